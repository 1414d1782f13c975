//! Text → records and fields. A field is a part of the text. It is copied only if its quotation marks must be removed.

use super::super::{Batch, Cell, Fault};
use super::scan::Turns;

/// No field of a questionnaire is longer (bytes); one that is means a broken file, such as a quotation mark that was
/// never closed.
pub(super) const LONGEST_FIELD: usize = 1 << 20;

/// Where a record stands.
#[derive(Debug, Clone, Copy)]
struct Record {
    /// Its first byte in the text.
    start: u32,
    /// Its first field among those of the text.
    field: u32,
    /// The lines on which it starts and ends, counted from the text's first.
    line: u32,
    last_line: u32,
    /// Whether a quoted field goes on after its closing mark, so that its end is a guess.
    stray_quote: bool,
}

/// A stretch of text that starts with a record and ends with one.
///
/// Places are 32 bits wide: a chunk of a file is far below 4 GB, and so is its text.
pub(super) struct Records {
    text: String,
    first_line: u64,
    records: Vec<Record>,
    /// Where each field ends. The next one of the same record starts a byte later.
    ends: Vec<u32>,
    /// How many fields the records have; what follows belongs to one that is broken.
    fields: u32,
    /// Fields that hold doubled quotation marks or go on after the closing one: number and text, in order.
    unescaped: Vec<(u32, String)>,
    /// What keeps the text from being read to its end. The records before it stand.
    pub(super) fault: Option<Fault>,
}

impl Records {
    /// `cut` is the length at which the text was cut off, where it holds no whole record.
    pub(super) fn new(text: String, delimiter: u8, first_line: u64, cut: Option<usize>) -> Records {
        // Answers are short.
        let fields = text.len() / 4;
        let mut records = Records {
            text,
            first_line,
            records: Vec::new(),
            ends: Vec::with_capacity(fields),
            fields: 0,
            unescaped: Vec::new(),
            fault: None,
        };
        records.fault = records.tokenise(delimiter, cut).err();
        records
    }

    /// RFC 4180: a field that starts with a quotation mark ends with one, and those within it are doubled. Elsewhere
    /// a quotation mark is a letter. Empty lines are passed over.
    fn tokenise(&mut self, delimiter: u8, cut: Option<usize>) -> Result<(), Fault> {
        let text = std::mem::take(&mut self.text);
        let outcome = self.tokens(&text, delimiter, cut);
        self.text = text;
        outcome
    }

    fn tokens(&mut self, text: &str, delimiter: u8, cut: Option<usize>) -> Result<(), Fault> {
        let bytes = text.as_bytes();
        let mut line = 0;
        let mut record = Record { start: 0, field: 0, line: 0, last_line: 0, stray_quote: false };
        let mut start = 0;
        let mut opened = None;
        // Whether the field must be kept a second time.
        let mut odd = false;
        let mut doubled = usize::MAX;
        for at in Turns::new(bytes, delimiter) {
            let byte = bytes[at];
            if opened.is_some() {
                if byte == b'"' && at != doubled {
                    match bytes.get(at + 1) {
                        Some(b'"') => (odd, doubled) = (true, at + 1),
                        next => {
                            opened = None;
                            if next.is_some_and(|next| *next != delimiter && !b"\r\n".contains(next)) {
                                (odd, record.stray_quote) = (true, true);
                            }
                        }
                    }
                } else if byte == b'\n' || byte == b'\r' {
                    line += u32::from(ends_line(bytes, at));
                }
            } else if byte == delimiter {
                self.end_field(text, start, at, &mut odd);
                start = at + 1;
            } else if byte == b'\n' || byte == b'\r' {
                if at > record.start as usize {
                    self.end_field(text, start, at, &mut odd);
                    self.end_record(text, Record { last_line: line, ..record })?;
                }
                line += u32::from(ends_line(bytes, at));
                start = at + 1;
                record = Record {
                    start: start as u32,
                    field: self.ends.len() as u32,
                    line,
                    last_line: line,
                    stray_quote: false,
                };
            } else if byte == b'"' && at == start {
                opened = Some(line);
            }
        }
        if let Some(line) = opened {
            let found = match cut {
                None => "a quotation mark that is never closed".to_owned(),
                Some(length) => format!("a quotation mark that is not closed within {length} bytes"),
            };
            return Err(Fault::new(found, "quotation marks in pairs")
                .at(format!("line {}", self.first_line + u64::from(line)))
                .help(
                    "add the closing quotation mark; if the mark is part of a text, write it twice (\"\")",
                ));
        }
        if (record.start as usize) < bytes.len() {
            self.end_field(text, start, bytes.len(), &mut odd);
            self.end_record(text, Record { last_line: line, ..record })?;
        }
        match cut {
            None => Ok(()),
            Some(length) => {
                self.records.pop();
                self.fields = record.field;
                Err(self.too_long(record.line, format!("a row of over {length} bytes")))
            }
        }
    }

    #[inline(always)]
    fn end_field(&mut self, text: &str, start: usize, end: usize, odd: &mut bool) {
        if *odd {
            self.unescaped.push((self.ends.len() as u32, unescaped(&text[start..end])));
            *odd = false;
        }
        self.ends.push(end as u32);
    }

    fn end_record(&mut self, text: &str, record: Record) -> Result<(), Fault> {
        let length = self.ends.last().map_or(0, |end| end - record.start) as usize;
        if length > LONGEST_FIELD {
            let long = |field: &usize| self.field(text, &record, *field).len() > LONGEST_FIELD;
            if let Some(field) = (0..self.ends.len() - record.field as usize).find(long) {
                let found = format!("a field of over {LONGEST_FIELD} bytes (field {} of the row)", field + 1);
                return Err(self.too_long(record.line, found));
            }
        }
        self.records.push(record);
        self.fields = self.ends.len() as u32;
        Ok(())
    }

    fn too_long(&self, line: u32, found: String) -> Fault {
        Fault::new(found, "answers to a questionnaire")
            .at(format!("line {}", self.first_line + u64::from(line)))
            .help("look for a quotation mark that is never closed, or a delimiter that is another")
    }

    /// A field of a record that has it, without its quotation marks.
    #[inline]
    fn field<'t>(&'t self, text: &'t str, record: &Record, field: usize) -> &'t str {
        let at = record.field as usize + field;
        let start = if field == 0 { record.start } else { self.ends[at - 1] + 1 };
        let field = &text[start as usize..self.ends[at] as usize];
        if !field.starts_with('"') {
            return field;
        }
        match self.unescaped.binary_search_by_key(&(at as u32), |(field, _)| *field) {
            Ok(found) => &self.unescaped[found].1,
            // The text of an unclosed field is never asked for.
            Err(_) => field.get(1..field.len() - 1).unwrap_or(""),
        }
    }

    fn count(&self, record: usize) -> usize {
        let end = self.records.get(record + 1).map_or(self.fields, |next| next.field);
        (end - self.records[record].field) as usize
    }

    /// The fields of a record, as they are written but for their quotation marks.
    pub(super) fn texts(&self, record: usize) -> impl Iterator<Item = &str> {
        (0..self.count(record)).map(move |field| self.field(&self.text, &self.records[record], field))
    }

    /// Whether the text is nothing but white space.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Passes over the first records.
    pub(super) fn pass(&mut self, records: usize) {
        self.records.drain(..records);
    }

    /// Bytes of the text in which the records that are left stand.
    pub(super) fn bytes(&self) -> usize {
        self.records.first().map_or(0, |record| self.text.len() - record.start as usize)
    }
}

/// Whether a `\n` or `\r` ends a line; of `\r\n`, the first byte does.
fn ends_line(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b'\r' || at == 0 || bytes[at - 1] != b'\r'
}

/// A quoted field without its quotation marks. What stands after the closing one is kept as it is.
fn unescaped(field: &str) -> String {
    let mut text = String::with_capacity(field.len());
    let mut rest = field.strip_prefix('"').unwrap_or(field);
    while let Some((before, after)) = rest.split_once('"') {
        text.push_str(before);
        match after.strip_prefix('"') {
            Some(after) => {
                text.push('"');
                rest = after;
            }
            None => {
                rest = after;
                break;
            }
        }
    }
    text.push_str(rest);
    text
}

impl Batch for Records {
    fn len(&self) -> usize {
        self.records.len()
    }

    fn row(&self, record: usize) -> u64 {
        self.first_line + u64::from(self.records[record].line)
    }

    fn last_row(&self, record: usize) -> u64 {
        self.first_line + u64::from(self.records[record].last_line)
    }

    fn cell(&self, record: usize, column: usize) -> Cell<'_> {
        if column >= self.count(record) {
            return Cell::Empty;
        }
        match trimmed(self.field(&self.text, &self.records[record], column)) {
            "" => Cell::Empty,
            text => Cell::Text(text),
        }
    }

    fn fields(&self, record: usize) -> Option<usize> {
        Some(self.count(record))
    }

    fn stray_quote(&self, record: usize) -> bool {
        self.records[record].stray_quote
    }

    fn raw(&self, record: usize) -> String {
        let place = &self.records[record];
        let last = self.ends[place.field as usize + self.count(record) - 1];
        self.text[place.start as usize..last as usize].to_owned()
    }
}

/// [`str::trim`], quick for the usual text that has nothing to trim.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] | [first @ last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}
