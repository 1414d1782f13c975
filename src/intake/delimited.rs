//! The reader of delimited text (CSV): a heading, then records, each with its lines and its bytes in the file.

use std::ops::Range;

use csv::{Reader, ReaderBuilder, StringRecord};

use super::error::{Origin, Unreadable};
use crate::plan::Format;

/// No field of a questionnaire is longer (bytes); one that is means a broken file, such as a quotation mark that was
/// never closed.
pub const LONGEST_FIELD: usize = 1 << 20;

/// Characters that separate fields in practice.
const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];

/// Where a record stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    /// The line on which it starts, from 1.
    pub(crate) line: u64,
    /// The line on which it ends: a later one where a quoted field has line breaks.
    pub(crate) last_line: u64,
    /// Its bytes in the decoded text, without the line's end.
    pub(crate) bytes: Range<usize>,
    /// Whether a quoted field goes on after its closing mark, so that its end is a guess.
    pub(crate) stray_quote: bool,
}

/// Decoded text, read record by record.
pub(super) struct Delimited<'t> {
    text: &'t str,
    delimiter: u8,
    origin: &'t Origin,
    reader: Reader<&'t [u8]>,
    /// A byte of the text, and the line on which it stands.
    seen: (usize, u64),
}

impl<'t> Delimited<'t> {
    /// # Errors
    /// [`Unreadable`] where the text is empty or the declared delimiter cannot be one.
    pub(super) fn new(
        text: &'t str,
        format: &Format,
        origin: &'t Origin,
    ) -> Result<Delimited<'t>, Box<Unreadable>> {
        let expected = "a heading and rows";
        if text.trim().is_empty() {
            return Err(Unreadable::new(origin, "an empty file", expected)
                .help("export the data again, or name another file"));
        }
        let delimiter = u8::try_from(format.delimiter)
            .ok()
            .filter(|byte| byte.is_ascii() && !b"\"\r\n".contains(byte))
            .ok_or_else(|| {
                let found = format!("the delimiter {:?} in the pipeline", format.delimiter);
                Unreadable::new(origin, found, "a single ASCII character, such as ; or ,")
            })?;
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        Ok(Delimited { text, delimiter, origin, reader, seen: (0, 1) })
    }

    /// The names of the columns.
    ///
    /// # Errors
    /// [`Unreadable`] where the heading is broken, or shows that the file has another delimiter than declared.
    pub(super) fn heading(&mut self) -> Result<Vec<String>, Box<Unreadable>> {
        let mut record = StringRecord::new();
        self.next(&mut record)?;
        let names: Vec<String> = record.iter().map(str::to_owned).collect();
        let declared = char::from(self.delimiter);
        let expected = format!("columns separated by {declared:?}, as the pipeline declares");
        let Some(first) = names.first() else {
            return Err(Unreadable::new(self.origin, "an empty file", &expected));
        };
        if first.starts_with("sep=") && names.len() <= 2 {
            return Err(Unreadable::new(self.origin, "Excel's `sep=` line", "a heading").line(1).help(
                "delete that line, and declare the character that it names: format = { delimiter = \"…\" }",
            ));
        }
        let other = DELIMITERS
            .into_iter()
            .filter(|delimiter| *delimiter != declared)
            .map(|delimiter| (first.matches(delimiter).count(), delimiter))
            .max_by_key(|(count, _)| *count);
        match other {
            Some((count, other)) if names.len() == 1 && count > 0 => {
                let found = format!("one column only, whose heading holds {other:?} {count} times");
                Err(Unreadable::new(self.origin, found, &expected)
                    .line(1)
                    .help(format!("write format = {{ delimiter = {other:?} }}")))
            }
            _ => Ok(names),
        }
    }

    /// Reads the next record into `record`; `None` at the end of the file. Empty lines are passed over.
    ///
    /// # Errors
    /// [`Unreadable`] where a quotation mark is never closed or a field is longer than [`LONGEST_FIELD`].
    pub(super) fn next(&mut self, record: &mut StringRecord) -> Result<Option<Span>, Box<Unreadable>> {
        let bytes = self.text.as_bytes();
        let line_end = |byte: &u8| *byte == b'\n' || *byte == b'\r';
        let before = self.reader.position().byte() as usize;
        let more = self.reader.read_record(record).map_err(|error| {
            // Nothing in memory and flexible can fail here; if it does, the place is still known.
            let line = error.position().map_or(1, csv::Position::line);
            Unreadable::new(self.origin, "a record that cannot be read", "delimited text").line(line)
        })?;
        if !more {
            return Ok(None);
        }
        let after = self.reader.position().byte() as usize;
        let start = before + bytes[before..after].iter().take_while(|byte| line_end(byte)).count();
        let ends = bytes[start..after].iter().rev().take_while(|byte| line_end(byte)).count();
        let end = after - ends;
        let line = self.line_of(start);
        let quoting = quoting(&bytes[start..after], self.delimiter);
        if let Quoting::Unclosed(opened) = quoting {
            let line = self.line_of(start + opened);
            return Err(Unreadable::new(
                self.origin,
                "a quotation mark that is never closed",
                "quotation marks in pairs",
            )
            .line(line)
            .help("close it, or double it (\"\") where it is part of a text"));
        }
        if let Some(field) = record.iter().position(|field| field.len() > LONGEST_FIELD) {
            let found = format!("a field of over {LONGEST_FIELD} bytes (field {} of the row)", field + 1);
            return Err(Unreadable::new(self.origin, found, "answers to a questionnaire")
                .line(line)
                .help("look for a quotation mark that is never closed, or a delimiter that is another"));
        }
        let last_line = self.line_of(end);
        Ok(Some(Span { line, last_line, bytes: start..end, stray_quote: matches!(quoting, Quoting::Stray) }))
    }

    /// The line of a byte at or after the last one asked for. A line ends with `\n`, `\r\n`, or `\r`.
    fn line_of(&mut self, place: usize) -> u64 {
        let bytes = self.text.as_bytes();
        let (from, line) = self.seen;
        let ends = (from..place)
            .filter(|at| match bytes[*at] {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            })
            .count();
        self.seen = (place.max(from), line + ends as u64);
        self.seen.1
    }
}

/// How a record's quotation marks stand.
enum Quoting {
    Sound,
    /// A quoted field goes on after its closing mark: `"a"b`.
    Stray,
    /// The record ends inside the field that the mark at this place opens.
    Unclosed(usize),
}

/// RFC 4180: a field that starts with a quotation mark ends with one, and those within it are doubled. The csv
/// crate reads on where this is broken, and then swallows line ends, and with them rows, without a word.
fn quoting(record: &[u8], delimiter: u8) -> Quoting {
    let mut opened = None;
    let mut stray = false;
    let mut field_starts = true;
    let mut at = 0;
    while at < record.len() {
        let byte = record[at];
        let next = record.get(at + 1);
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
    match opened {
        Some(at) => Quoting::Unclosed(at),
        None if stray => Quoting::Stray,
        None => Quoting::Sound,
    }
}
