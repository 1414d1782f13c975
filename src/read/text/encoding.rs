//! Bytes → text. A byte that is not a character in the declared encoding is an error with its position, never a replacement character: "Bjørn"
//! must not become "Bj�rn" without a warning.

use memchr::{memchr, memchr_iter, memrchr2};

use super::super::{Encoding, Fault};
use super::chunk::Chunk;
use super::scan::line_ends;

/// Bytes that stand for no character in Windows-1252. The WHATWG table of `encoding_rs` maps them to control
/// characters for the sake of old web pages; in a data file they mean that the encoding is another one.
const UNDEFINED_1252: [u8; 5] = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

/// æ ø å Æ Ø Å in Windows-1252 and Latin-1.
const NORWEGIAN_1252: [u8; 6] = [0xE6, 0xF8, 0xE5, 0xC6, 0xD8, 0xC5];
/// æ ø å Æ Ø Å in the DOS code pages 850 and 865 (the latter has ø at 0x9B as well).
const NORWEGIAN_DOS: [u8; 6] = [0x91, 0x9B, 0x86, 0x92, 0x9D, 0x8F];

/// Whether a file that is declared to have one byte a letter may be UTF-8 after all. Windows-1252 text with a letter
/// outside ASCII is next to never valid UTF-8 by accident, but only the whole file tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Utf8 {
    /// Letters of ASCII only so far.
    Unknown,
    /// Other letters, and all are UTF-8.
    Likely,
    /// Bytes that are not UTF-8.
    No,
}

impl Utf8 {
    /// What is known when these bytes have been seen too.
    pub(super) fn and(self, bytes: &[u8]) -> Utf8 {
        match self {
            Utf8::No => Utf8::No,
            so_far if bytes.is_ascii() => so_far,
            _ if std::str::from_utf8(bytes).is_ok() => Utf8::Likely,
            _ => Utf8::No,
        }
    }
}

/// What is said of a file that is UTF-8, unlike declared.
pub(super) fn utf8_declared_otherwise(encoding: Encoding) -> Fault {
    Fault::new("UTF-8 text", expected(encoding)).help("write encoding = \"utf-8\"")
}

fn expected(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8 text, as the pipeline declares",
        Encoding::Latin1 => "Latin-1 text, as the pipeline declares",
        Encoding::Windows1252 => "Windows-1252 text, as the pipeline declares",
    }
}

/// The text of a chunk. `utf8` is what is known of the file up to its end.
///
/// # Errors
/// A [`Fault`] where the bytes are not text, or not text of the declared encoding.
pub(super) fn decode(chunk: Chunk, encoding: Encoding, utf8: Utf8) -> Result<String, Fault> {
    if let Some(place) = memchr(0, &chunk.bytes) {
        let zeros = memchr_iter(0, &chunk.bytes).count();
        let (what, help) = match zeros * 3 > chunk.bytes.len() {
            true => ("UTF-16 text without a byte order mark", "save it as UTF-8"),
            false => ("a zero byte, which text does not have", "export the data as CSV again"),
        };
        let place = line_and_column(&chunk.bytes, place, chunk.first_line, encoding);
        return Err(Fault::new(what, "delimited text (CSV)").at(place).help(help));
    }
    match encoding {
        Encoding::Utf8 => String::from_utf8(chunk.bytes).map_err(|error| {
            let place = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            Fault::new("bytes that are not UTF-8", expected(encoding))
                .at(line_and_column(bytes, place, chunk.first_line, encoding))
                .help(guess(bytes))
        }),
        Encoding::Windows1252 | Encoding::Latin1 => single_byte(chunk, encoding, utf8),
    }
}

/// What the encoding of text that is not UTF-8 looks like, and what to write.
fn guess(bytes: &[u8]) -> &'static str {
    let high = |byte: &&u8| **byte >= 0x80;
    let of = |letters: &[u8]| bytes.iter().filter(high).filter(|byte| letters.contains(byte)).count();
    let total = bytes.iter().filter(high).count();
    let valid_pairs = String::from_utf8_lossy(bytes)
        .chars()
        .filter(|letter| !letter.is_ascii() && *letter != char::REPLACEMENT_CHARACTER)
        .count();
    if valid_pairs * 4 > total {
        "most of the file is UTF-8, so this place is damaged or was pasted from elsewhere: mend it there"
    } else if of(&NORWEGIAN_DOS) * 2 > total {
        "it looks like a DOS code page (850 or 865): save it as UTF-8"
    } else if UNDEFINED_1252.iter().any(|byte| bytes.contains(byte)) {
        "its encoding is not known here: save it as UTF-8"
    } else if of(&NORWEGIAN_1252) > 0 || bytes.iter().all(|byte| *byte < 0x80 || *byte >= 0xA0) {
        "it looks like Windows-1252: write encoding = \"windows-1252\""
    } else {
        "it may be Windows-1252 (write encoding = \"windows-1252\"); if letters are wrong then, save it as UTF-8"
    }
}

fn single_byte(chunk: Chunk, encoding: Encoding, utf8: Utf8) -> Result<String, Fault> {
    let bytes = match String::from_utf8(chunk.bytes) {
        Ok(text) if text.is_ascii() => return Ok(text),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let undefined = |byte: &u8| match encoding {
        // Latin-1 has control characters there, which no questionnaire holds: it is Windows-1252 or something else.
        Encoding::Latin1 => (0x80..0xA0).contains(byte),
        _ => UNDEFINED_1252.contains(byte),
    };
    if let Some(place) = bytes.iter().position(undefined) {
        if utf8 == Utf8::Likely {
            return Err(utf8_declared_otherwise(encoding));
        }
        let help = match bytes.iter().any(|byte| UNDEFINED_1252.contains(byte)) {
            true => guess(&bytes),
            false => "it looks like Windows-1252: write encoding = \"windows-1252\"",
        };
        return Err(Fault::new("a byte that is no character", expected(encoding))
            .at(line_and_column(&bytes, place, chunk.first_line, encoding))
            .help(help));
    }
    Ok(match encoding {
        Encoding::Latin1 => encoding_rs::mem::decode_latin1(&bytes).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned(),
    })
}

/// Line and column of the byte at `place`, for bytes that start with a line.
fn line_and_column(bytes: &[u8], place: usize, first_line: u64, encoding: Encoding) -> String {
    let before = &bytes[..place];
    let line = first_line + line_ends(before);
    let start = memrchr2(b'\n', b'\r', before).map_or(0, |end| end + 1);
    let letters = match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(&before[start..]).chars().count(),
        Encoding::Windows1252 | Encoding::Latin1 => place - start,
    };
    format!("line {line}, column {}", letters + 1)
}
