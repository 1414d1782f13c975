//! Finds out what a delimited text does not say: the sign between its fields, and its encoding.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::read::{Encoding, Fault, Options};

/// So much of a file is looked at for its delimiter.
const HEAD: u64 = 256 * 1024;
const LINES: usize = 60;
const DELIMITERS: [char; 4] = [';', '\t', ',', '|'];

/// How to open a file: of a delimited text with the delimiter that fits its first lines, from its heading on; whether it is
/// one. The row of the heading counts from 1.
///
/// # Errors
/// A [`Fault`] where it cannot be read.
pub fn options(path: &Path, heading: Option<u32>) -> Result<(Options, bool), Fault> {
    let head = head(path).map_err(|error| Fault::io(&error))?;
    let mut options = Options::default();
    if !is_text(&head) {
        return Ok((options, false));
    }
    let text = match head.strip_prefix(b"\xff\xfe").or_else(|| head.strip_prefix(b"\xfe\xff")) {
        Some(wide) => wide.iter().copied().filter(|byte| *byte != 0).collect(),
        None => head,
    };
    let before = heading.map_or(0, |row| row.saturating_sub(1) as usize);
    let lines = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let start = before.checked_sub(1).and_then(|last| lines.map(|(at, _)| at + 1).nth(last));
    options.delimiter = delimiter(&text[start.unwrap_or(0)..]);
    // Whether the rest is UTF-8 too is seen when it is read.
    if std::str::from_utf8(&text).is_err_and(|error| error.error_len().is_some()) {
        options.encoding = Some(Encoding::Windows1252);
    }
    Ok((options, true))
}

fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut start = [0; 4];
    let got = File::open(path)?.read(&mut start)?;
    let file = File::open(path)?;
    let mut head = Vec::new();
    let read = match &start[..got] {
        [0x1f, 0x8b, ..] => flate2::read::MultiGzDecoder::new(file).take(HEAD).read_to_end(&mut head),
        [0x28, 0xb5, 0x2f, 0xfd] => zstd::Decoder::new(file)?.take(HEAD).read_to_end(&mut head),
        _ => file.take(HEAD).read_to_end(&mut head),
    };
    // A compressed file that ends too early is for its reader to tell.
    match (read, head.is_empty()) {
        (Err(error), true) => Err(error),
        _ => Ok(head),
    }
}

fn is_text(head: &[u8]) -> bool {
    let known: [&[u8]; 6] = [b"PK\x03\x04", b"$FL2", b"$FL3", b"PAR1", b"<stata_dta>", b"\xd0\xcf\x11\xe0"];
    let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    wide || !known.iter().any(|mark| head.starts_with(mark)) && !head.iter().take(512).any(|byte| *byte == 0)
}

/// The delimiter by which most lines have as many fields as the first, at least two; a comma where none does.
fn delimiter(text: &[u8]) -> char {
    let score = |delimiter: char| {
        let counts = fields(text, delimiter as u8);
        let Some(first) = counts.first().copied().filter(|first| *first > 1) else { return (0, 0) };
        let alike = counts.iter().filter(|count| **count == first).count();
        (100 * alike / counts.len(), first)
    };
    DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|delimiter| score(*delimiter))
        .filter(|found| score(*found).0 > 0)
        .unwrap_or(',')
}

/// How many fields each of the first records has, quoted fields read as one.
fn fields(text: &[u8], delimiter: u8) -> Vec<usize> {
    let reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text);
    // The last record may be cut off.
    let mut counts: Vec<usize> =
        reader.into_byte_records().map_while(Result::ok).take(LINES + 1).map(|record| record.len()).collect();
    if counts.len() > 2 {
        counts.pop();
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_fits_most_lines() {
        assert_eq!(delimiter(b"id;a;b\n1;0,5;2\n2;1,5;3\n"), ';');
        assert_eq!(delimiter(b"id,a,b\n1,\"x;y\",2\n2,1,3\n"), ',');
        assert_eq!(delimiter(b"id\ta\n1\t0,5\n"), '\t');
        assert_eq!(delimiter(b"id\n1\n2\n"), ',');
    }
}
