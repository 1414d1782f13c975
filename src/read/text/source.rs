//! The bytes of a text file: unpacked if it is a gzip or zstd file, UTF-16 as UTF-8, without byte order mark.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

use encoding_rs::{Decoder, DecoderResult, UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;

use super::super::Fault;
use super::signature;

/// Bytes by which a file is known.
const HEAD: u64 = 512;
/// Bytes of UTF-16 decoded at a time.
const PIECE: usize = 1 << 16;

/// A file, read as a stream.
pub(super) struct Source {
    input: Box<dyn Read + Send>,
    packed: Option<&'static str>,
    utf16: Option<Utf16>,
    /// The size of the file in bytes of UTF-8, about; `None` where it is packed, or no regular file.
    pub(super) size: Option<u64>,
    /// Whether it starts with UTF-8's byte order mark.
    pub(super) marked_utf8: bool,
}

struct Utf16 {
    decoder: Decoder,
    /// Where the decoder is, from 1.
    line: u64,
    column: u64,
}

impl Source {
    /// # Errors
    /// A [`Fault`] where the file cannot be read, or begins as no text does.
    pub(super) fn open(path: &Path) -> Result<Source, Fault> {
        let file = File::open(path).map_err(|error| Fault::io(&error))?;
        let size = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|data| data.len());
        Source::new(Box::new(file), size)
    }

    /// # Errors
    /// As [`Source::open`].
    pub(super) fn new(input: Box<dyn Read + Send>, size: Option<u64>) -> Result<Source, Fault> {
        let (head, input) = begun(input).map_err(|error| Fault::io(&error))?;
        let (input, packed): (Box<dyn Read + Send>, _) = if head.starts_with(b"\x1F\x8B") {
            (Box::new(MultiGzDecoder::new(input)), Some("gzip"))
        } else if head.starts_with(b"\x28\xB5\x2F\xFD") {
            let unpacked = zstd::Decoder::new(input).map_err(|error| Fault::io(&error))?;
            (Box::new(unpacked), Some("zstd"))
        } else {
            return Source::of_text(head, input, None, size);
        };
        let (head, input) = begun(input).map_err(|error| damaged(packed, &error))?;
        Source::of_text(head, input, packed, None)
    }

    fn of_text(
        head: Vec<u8>,
        mut input: Box<dyn Read + Send>,
        packed: Option<&'static str>,
        size: Option<u64>,
    ) -> Result<Source, Fault> {
        if let Some(what) = signature::of(&head) {
            return Err(Fault::new(what, "delimited text (CSV)")
                .help("export it as CSV, and name that file in the pipeline"));
        }
        let utf16 = match head.as_slice() {
            [0xFF, 0xFE, ..] => Some(UTF_16LE),
            [0xFE, 0xFF, ..] => Some(UTF_16BE),
            _ => None,
        };
        let mut mark = if utf16.is_some() { 2 } else { 0 };
        // Programs that add a mark to one that is there are not rare.
        while utf16.is_none() && head[mark..].starts_with(b"\xEF\xBB\xBF") {
            mark += 3;
        }
        let mut passed = vec![0; mark];
        input.read_exact(&mut passed).map_err(|error| damaged(packed, &error))?;
        Ok(Source {
            input,
            packed,
            utf16: utf16.map(|encoding| Utf16 {
                decoder: encoding.new_decoder_without_bom_handling(),
                line: 1,
                column: 1,
            }),
            size: size.map(|size| if utf16.is_some() { size / 2 } else { size }),
            marked_utf8: mark >= 3,
        })
    }

    pub(super) fn is_utf16(&self) -> bool {
        self.utf16.is_some()
    }

    /// Adds about as many bytes as are wanted; tells whether the file has ended.
    ///
    /// # Errors
    /// A [`Fault`] where the file cannot be read on, is damaged, or is not the UTF-16 that its first bytes say.
    pub(super) fn fill(&mut self, bytes: &mut Vec<u8>, wanted: usize) -> Result<bool, Fault> {
        let Source { input, packed, utf16, .. } = self;
        let Some(utf16) = utf16 else {
            bytes.reserve(wanted);
            let read = input
                .by_ref()
                .take(wanted as u64)
                .read_to_end(bytes)
                .map_err(|error| damaged(*packed, &error))?;
            return Ok(read < wanted);
        };
        let until = bytes.len() + wanted;
        let mut piece = Vec::with_capacity(PIECE);
        while bytes.len() < until {
            piece.clear();
            let read = input
                .by_ref()
                .take(PIECE as u64)
                .read_to_end(&mut piece)
                .map_err(|error| damaged(*packed, &error))?;
            let last = read < PIECE;
            bytes.extend(utf16.decode(&piece, last)?.into_bytes());
            if last {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Utf16 {
    fn decode(&mut self, piece: &[u8], last: bool) -> Result<String, Fault> {
        // Two bytes of UTF-16 are at most three of UTF-8; a letter may be left from the last piece.
        let mut text = String::with_capacity(piece.len() / 2 * 3 + 16);
        let (outcome, _) = self.decoder.decode_to_string_without_replacement(piece, &mut text, last);
        self.line += memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64;
        match text.rsplit_once('\n') {
            Some((_, line)) => self.column = 1 + line.chars().count() as u64,
            None => self.column += text.chars().count() as u64,
        }
        match outcome {
            DecoderResult::InputEmpty => Ok(text),
            // The text has room for all of the piece, so that it is the piece that is wrong.
            DecoderResult::OutputFull | DecoderResult::Malformed(..) => {
                Err(Fault::new("bytes that are not UTF-16", "UTF-16 text, as the file's first bytes say")
                    .at(format!("line {}, column {}", self.line, self.column))
                    .help("save it as UTF-8 (in Excel: \"CSV UTF-8\")"))
            }
        }
    }
}

/// The first bytes of a stream, and the stream from its beginning.
fn begun(mut input: Box<dyn Read + Send>) -> std::io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let mut head = Vec::new();
    input.by_ref().take(HEAD).read_to_end(&mut head)?;
    let whole = Cursor::new(head.clone()).chain(input);
    Ok((head, Box::new(whole)))
}

fn damaged(packed: Option<&str>, error: &std::io::Error) -> Fault {
    match packed {
        None => Fault::io(error),
        Some(packed) => Fault::new(
            format!("a {packed} file that cannot be unpacked to its end ({error})"),
            format!("a whole {packed} file"),
        )
        .help("copy or export the file again"),
    }
}
