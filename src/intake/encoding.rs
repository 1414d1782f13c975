//! Bytes → text. A byte that is not a character in the declared encoding is an error with its place, never a
//! replacement character: "Bjørn" must not become "Bj�rn" without a word.

use super::error::{Origin, Unreadable};
use crate::plan::Encoding;

/// First bytes by which files that are not delimited text are known, and what they are.
const SIGNATURES: [(&[u8], &str); 11] = [
    (b"PK\x03\x04", "a zip archive, such as an Excel workbook (.xlsx)"),
    (b"\xD0\xCF\x11\xE0", "an old Office file, such as an Excel workbook (.xls)"),
    (b"$FL2", "an SPSS file (.sav)"),
    (b"$FL3", "a compressed SPSS file (.zsav)"),
    (b"<stata_dta>", "a Stata file (.dta)"),
    (b"PAR1", "a Parquet file"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"%PDF", "a PDF file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\xFF\xFE", "UTF-16 text"),
    (b"\xFE\xFF", "UTF-16 text"),
];

/// Bytes that stand for no character in Windows-1252. The WHATWG table of `encoding_rs` maps them to control
/// characters for the sake of old web pages; in a data file they mean that the encoding is another one.
const UNDEFINED_1252: [u8; 5] = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

/// æ ø å Æ Ø Å in Windows-1252 and Latin-1.
const NORWEGIAN_1252: [u8; 6] = [0xE6, 0xF8, 0xE5, 0xC6, 0xD8, 0xC5];
/// æ ø å Æ Ø Å in the DOS code pages 850 and 865 (the latter has ø at 0x9B as well).
const NORWEGIAN_DOS: [u8; 6] = [0x91, 0x9B, 0x86, 0x92, 0x9D, 0x8F];

/// Decodes a whole file, without its byte order mark.
///
/// # Errors
/// [`Unreadable`] where the bytes are not text, or not text of the declared encoding.
pub(super) fn decode(bytes: Vec<u8>, encoding: Encoding, origin: &Origin) -> Result<String, Box<Unreadable>> {
    for (signature, what) in SIGNATURES {
        if bytes.starts_with(signature) {
            let help = match what {
                "UTF-16 text" => "save it as UTF-8 (in Excel: \"CSV UTF-8\")",
                _ => "export it as CSV, and name that file in the pipeline",
            };
            return Err(Unreadable::new(origin, what, "delimited text (CSV)").help(help));
        }
    }
    if let Some(place) = bytes.iter().position(|byte| *byte == 0) {
        let zeros = bytes.iter().filter(|byte| **byte == 0).count();
        let (what, help) = match zeros * 3 > bytes.len() {
            true => ("UTF-16 text without a byte order mark", "save it as UTF-8"),
            false => ("a zero byte, which text does not have", "export the data as CSV again"),
        };
        return Err(at(Unreadable::new(origin, what, "delimited text (CSV)"), &bytes, place).help(help));
    }
    match encoding {
        Encoding::Utf8 => utf8(bytes, origin),
        Encoding::Windows1252 | Encoding::Latin1 => single_byte(&bytes, encoding, origin),
    }
}

fn utf8(mut bytes: Vec<u8>, origin: &Origin) -> Result<String, Box<Unreadable>> {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let unreadable =
            Unreadable::new(origin, "bytes that are not UTF-8", "UTF-8 text, as the pipeline declares");
        at(unreadable, bytes, place).help(guess(bytes))
    })
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

fn single_byte(bytes: &[u8], encoding: Encoding, origin: &Origin) -> Result<String, Box<Unreadable>> {
    let name = match encoding {
        Encoding::Latin1 => "Latin-1 text, as the pipeline declares",
        _ => "Windows-1252 text, as the pipeline declares",
    };
    // Windows-1252 text with a letter outside ASCII is next to never valid UTF-8 by accident.
    if !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() {
        return Err(Unreadable::new(origin, "UTF-8 text", name).help("write encoding = \"utf-8\""));
    }
    let undefined = |byte: &u8| match encoding {
        // Latin-1 has control characters there, which no questionnaire holds: it is Windows-1252 or something else.
        Encoding::Latin1 => (0x80..0xA0).contains(byte),
        _ => UNDEFINED_1252.contains(byte),
    };
    if let Some(place) = bytes.iter().position(undefined) {
        let help = match bytes.iter().any(|byte| UNDEFINED_1252.contains(byte)) {
            true => guess(bytes),
            false => "it looks like Windows-1252: write encoding = \"windows-1252\"",
        };
        return Err(at(Unreadable::new(origin, "a byte that is no character", name), bytes, place).help(help));
    }
    Ok(match encoding {
        Encoding::Latin1 => encoding_rs::mem::decode_latin1(bytes).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    })
}

/// Adds line and column of the byte at `place`.
fn at(unreadable: Box<Unreadable>, bytes: &[u8], place: usize) -> Box<Unreadable> {
    let before = &bytes[..place];
    let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let column = 1 + String::from_utf8_lossy(&before[start..]).chars().count();
    unreadable.line(line as u64).column(column as u64)
}
