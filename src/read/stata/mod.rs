//! Stata's files (.dta), in every version from 102 to 119.
//!
//! The file is read from front to back: header, variables, characteristics (skipped), records, long texts, value labels. What comes after the
//! records is read first, by jumping over them. Its position follows from the variables, so the table of positions in newer files, which some
//! writers leave wrong, is not needed. Every length is compared with what is left of the file before memory is reserved, so that a damaged
//! file cannot ask for more memory than it has bytes.

mod bytes;
mod decode;
mod format;
mod header;
mod labels;
mod letters;
mod long;
mod number;

use std::path::Path;
use std::sync::Arc;

use super::{Block, Code, Column, ColumnKind, Fault, Format, Options, Table};
use bytes::Source;
use decode::{Layout, Seen};
use header::{Header, Kind, Variable};

pub const FORMAT: Format =
    Format { name: "Stata (.dta)", endings: &["dta"], recognises, open: |path, options| open(path, options) };

/// Records of a block, at most.
const RECORDS: u64 = 8_192;

/// Bytes of a block, about.
const BYTES: u64 = 4 << 20;

/// Long texts of a block in bytes, about: one text may be referred to by many records.
const LONG_BYTES: u64 = 32 << 20;

/// Newer files begin with a word. Older ones begin with their version, the order of their bytes (1 or 2; 0 in the
/// oldest) and a 1. No text begins so: a UTF-16 text whose first letter is the version's number has a zero second.
fn recognises(head: &[u8]) -> bool {
    match head {
        [102, 0, 1, 0, ..] => true,
        [102..=116, 1 | 2, 1, ..] => true,
        head => head.starts_with(b"<stata_dta>"),
    }
}

fn open(path: &Path, options: &Options) -> Result<Box<dyn Table>, Fault> {
    let mut source = Source::open(path)?;
    let mut letters = letters::Letters::new(options.encoding);
    let header = header::read(&mut source, &mut letters)?;
    let records = source.position();
    let size = header.records.checked_mul(header.width).filter(|size| *size <= source.left());
    let Some(size) = size else {
        let room = source.left() / header.width;
        let expected = format!("{} records, as the file says", header.records);
        return Err(Fault::new(format!("room for {room} records"), expected)
            .help("the file is cut short or damaged: copy it again, or save it again from Stata"));
    };
    source.seek(records + size)?;
    if header.release >= 117 {
        source.expect(b"</data>", "the end of the records")?;
    }
    let long = long::read(&mut source, &header)?;
    let sets = labels::read(&mut source, &header, &mut letters)?;
    source.seek(records)?;

    let columns = header.variables.iter().map(|variable| column(variable, &sets)).collect();
    let per_block = records_per_block(&header, &long);
    let layout = Layout { header, long, letters: letters.clone() };
    Ok(Box::new(Dta {
        source,
        columns,
        layout: Arc::new(layout),
        per_block,
        taken: 0,
        letters,
        seen: Seen::default(),
    }))
}

fn records_per_block(header: &Header, long: &long::Texts) -> u64 {
    let longs = header.variables.iter().filter(|variable| variable.kind == Kind::Long).count() as u64;
    let by_long = match longs * long.longest() {
        0 => RECORDS,
        bytes => LONG_BYTES / bytes,
    };
    (BYTES / header.width).min(by_long).clamp(1, RECORDS)
}

fn column(variable: &Variable, sets: &labels::Sets) -> Column {
    let kind = match (variable.kind, variable.unit) {
        (Kind::Text(_) | Kind::Long, _) => ColumnKind::Text,
        (_, None) => ColumnKind::Number,
        (_, Some(unit)) => unit.kind(),
    };
    let mut column = Column::named(variable.name.clone(), kind);
    column.label = (!variable.label.is_empty()).then(|| variable.label.clone());
    if let Some(set) = sets.get(&variable.labels).filter(|_| kind != ColumnKind::Text) {
        column.labels.clone_from(set);
        let tags = set.iter().map(|(code, _)| code).filter(|code| matches!(code, Code::Tag(_)));
        column.missing.values.extend(tags.cloned());
    }
    column
}

struct Dta {
    source: Source,
    columns: Vec<Column>,
    layout: Arc<Layout>,
    per_block: u64,
    taken: u64,
    letters: letters::Letters,
    /// What has been met in the records, for the remarks.
    seen: Seen,
}

impl Table for Dta {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn rows_declared(&self) -> Option<u64> {
        Some(self.layout.header.records)
    }

    fn next_block(&mut self) -> Result<Option<Block>, Fault> {
        let header = &self.layout.header;
        let records = self.per_block.min(header.records - self.taken);
        if records == 0 {
            return Ok(None);
        }
        // A block fits the file, whose size was held against the number of records at the start.
        let bytes = self.source.take(records * header.width, "the records")?;
        self.seen.look(&self.layout, &mut self.letters, &bytes);
        let first = self.taken + 1;
        self.taken += records;
        let layout = Arc::clone(&self.layout);
        Ok(Some(Block::new(move || Ok(Box::new(decode::batch(&layout, first, &bytes)?)))))
    }

    fn remarks(&self) -> Vec<String> {
        let release = self.layout.header.release;
        let mut remarks = Vec::new();
        if self.letters.utf8 && release < 118 {
            remarks.push(format!(
                "has texts in UTF-8, although a file of version {release} has them in the code page of the computer \
                 that wrote it; they are read as UTF-8"
            ));
        }
        if self.letters.other && release >= 118 {
            remarks.push(format!(
                "has texts that are not UTF-8, although a file of version {release} has all texts in UTF-8; these are \
                 read as Windows-1252"
            ));
        }
        if self.seen.other_references {
            remarks.push(
                "refers to its long texts as files of version 118 do, which R's haven writes in version 119 too; they are \
                 found and read"
                    .to_owned(),
            );
        }
        for variable in &self.layout.header.variables {
            if variable.calendar {
                remarks.push(format!(
                    "variable {} counts days of a business calendar, which stands in another file; it is read as \
                     numbers",
                    variable.name
                ));
            }
        }
        remarks
    }
}

#[cfg(test)]
mod tests {
    use super::recognises;

    #[test]
    fn only_stata_files_are_recognised() {
        assert!(recognises(b"<stata_dta><header>"));
        assert!(recognises(&[114, 2, 1, 0, 5, 0]));
        assert!(recognises(&[113, 1, 1, 0, 0, 5]));
        assert!(recognises(&[102, 0, 1, 0, 5, 0]));
        // `r;s`, `respondent` and `s` in UTF-16 with and without its mark; a file of another program.
        assert!(!recognises(b"r;s\n1;2\n"));
        assert!(!recognises(b"respondent,wave\n"));
        assert!(!recognises(&[b's', 0, b';', 0]));
        assert!(!recognises(&[0xff, 0xfe, b'r', 0]));
        assert!(!recognises(b"$FL2@(#)"));
        assert!(!recognises(b"<stata>"));
        assert!(!recognises(&[]));
    }
}
