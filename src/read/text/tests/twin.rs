//! The plain twin of the streaming reader: the csv crate on a whole text in memory, with the lines counted and the
//! quotation marks walked record by record.

use csv::{ReaderBuilder, StringRecord};

/// What there is to know of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) line: u64,
    pub(super) last_line: u64,
    pub(super) raw: String,
    pub(super) stray_quote: bool,
    pub(super) fields: Vec<String>,
}

/// All records; where a quotation mark is never closed, those before it and the line of that mark.
pub(super) fn records(text: &str, delimiter: u8) -> (Vec<Seen>, Option<u64>) {
    let bytes = text.as_bytes();
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes);
    let mut record = StringRecord::new();
    let mut seen = Vec::new();
    loop {
        let before = reader.position().byte() as usize;
        if !reader.read_record(&mut record).unwrap() {
            return (seen, None);
        }
        let after = reader.position().byte() as usize;
        let line_end = |byte: &&u8| b"\r\n".contains(byte);
        let start = before + bytes[before..after].iter().take_while(line_end).count();
        let end = after - bytes[start..after].iter().rev().take_while(line_end).count();
        let stray_quote = match quoting(&bytes[start..after], delimiter) {
            Err(opened) => return (seen, Some(line_of(bytes, start + opened))),
            Ok(stray) => stray,
        };
        seen.push(Seen {
            line: line_of(bytes, start),
            last_line: line_of(bytes, end),
            raw: text[start..end].to_owned(),
            stray_quote,
            fields: record.iter().map(str::to_owned).collect(),
        });
    }
}

fn line_of(bytes: &[u8], place: usize) -> u64 {
    let ends = (0..place).filter(|at| match bytes[*at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    1 + ends.count() as u64
}

/// Whether a quoted field goes on after its closing mark, or where one is opened that is never closed.
fn quoting(record: &[u8], delimiter: u8) -> Result<bool, usize> {
    let (mut opened, mut stray, mut field_starts, mut at) = (None, false, true, 0);
    while at < record.len() {
        let (byte, next) = (record[at], record.get(at + 1));
        match opened {
            Some(_) if byte == b'"' && next == Some(&b'"') => at += 1,
            Some(_) if byte == b'"' => {
                opened = None;
                stray |= next.is_some_and(|next| *next != delimiter && !b"\r\n".contains(next));
            }
            None if byte == b'"' && field_starts => opened = Some(at),
            _ => {}
        }
        field_starts = opened.is_none() && byte == delimiter;
        at += 1;
    }
    opened.map_or(Ok(stray), Err)
}
