//! Delimited text (CSV), also packed with gzip or zstd: a heading, then records, each with its lines in the file.
//!
//! The file is read in [chunks](chunk) that end with a record. A chunk's letters are [decoded](encoding) and its
//! [records] told apart on any thread.

mod chunk;
mod encoding;
mod heading;
mod records;
mod scan;
mod signature;
mod source;
#[cfg(test)]
mod tests;

use std::path::Path;

use super::{Batch, Block, Column, ColumnKind, Encoding, Fault, Format, Options, Table};
use chunk::{CHUNK, Chunk, Chunks, LONGEST_RECORD};
use encoding::Utf8;
use heading::Delimiter;
use records::Records;
use source::Source;

/// Stands last among the formats: it recognises whatever no other does.
pub const FORMAT: Format = Format {
    name: "delimited text (.csv, .tsv, .txt; also .gz, .zst)",
    endings: &["csv", "tsv", "tab", "txt", "gz", "zst"],
    recognises: |_| true,
    open,
};

fn open(path: &Path, options: &Options) -> Result<Box<dyn Table>, Fault> {
    let text = Text::new(Source::open(path)?, options, CHUNK, LONGEST_RECORD)?;
    Ok(Box::new(text))
}

/// A file of delimited text.
struct Text {
    chunks: Chunks,
    delimiter: u8,
    encoding: Encoding,
    columns: Vec<Column>,
    /// Records that were decoded while the heading was looked for.
    decoded: Option<Records>,
    utf8: Utf8,
    estimated_rows: Option<u64>,
    remarks: Vec<String>,
}

impl Text {
    /// `size` and `longest` are those of [`Chunks`].
    fn new(source: Source, options: &Options, size: usize, longest: usize) -> Result<Text, Fault> {
        let declared = options.encoding.unwrap_or(Encoding::Utf8);
        let mut remarks = Vec::new();
        if source.is_utf16() {
            remarks.push("the file is UTF-16, as its first bytes say".to_owned());
        }
        // UTF-16 comes from its source as UTF-8.
        let encoding = if source.is_utf16() { Encoding::Utf8 } else { declared };
        if source.marked_utf8 && encoding != Encoding::Utf8 {
            return Err(encoding::utf8_declared_otherwise(encoding));
        }
        let file_size = source.size;
        let mut chunks = Chunks::new(source, size, longest);
        let delimiter = Delimiter::of(&mut chunks, options)?;
        remarks.extend(delimiter.remark(options.delimiter));
        let mut text = Text {
            chunks,
            delimiter: delimiter.byte,
            encoding,
            columns: Vec::new(),
            decoded: None,
            utf8: Utf8::Unknown,
            estimated_rows: None,
            remarks,
        };
        text.read_heading(delimiter, options)?;
        text.pass_over(options.skip)?;
        text.estimated_rows = text.estimate(file_size);
        Ok(text)
    }

    fn read_heading(&mut self, delimiter: Delimiter, options: &Options) -> Result<(), Fault> {
        if let Some(line) = options.heading.map(u64::from).filter(|line| *line > self.chunks.line()) {
            let there = self.chunks.pass_to(line)? && !self.chunks.peek_line()?.is_empty();
            if !there {
                return Err(Fault::new("no text on that line", "the heading, as the pipeline declares")
                    .at(format!("line {line}"))
                    .help("write the line on which the names of the columns stand"));
            }
        }
        let mut rows = Vec::new();
        let mut line = 1;
        while rows.len() < options.heading_rows.max(1) as usize {
            let Some(mut records) = self.next_records()? else { break };
            let blank = records.is_empty() || (self.chunks.ended() && records.is_blank());
            if rows.is_empty() && blank {
                records.fault.take().map_or(Ok(()), Err)?;
                continue;
            }
            if rows.is_empty() {
                line = records.row(0);
            }
            let taken = records.len().min(options.heading_rows.max(1) as usize - rows.len());
            rows.extend((0..taken).map(|row| records.texts(row).map(str::to_owned).collect::<Vec<_>>()));
            records.pass(taken);
            self.decoded = Some(records);
        }
        if rows.is_empty() {
            return Err(Fault::new("an empty file", "a heading and rows")
                .help("export the data again, or name another file"));
        }
        let names = heading::names(&rows, delimiter, line)?;
        self.columns = names.into_iter().map(|name| Column::named(name, ColumnKind::Mixed)).collect();
        Ok(())
    }

    fn pass_over(&mut self, mut records: u64) -> Result<(), Fault> {
        while records > 0 {
            let Some(mut next) = self.next_records()? else { break };
            let passed = next.len().min(usize::try_from(records).unwrap_or(usize::MAX));
            next.pass(passed);
            records -= passed as u64;
            self.decoded = Some(next);
        }
        Ok(())
    }

    /// The records of the file, if all are like those at its beginning.
    fn estimate(&self, size: Option<u64>) -> Option<u64> {
        if self.chunks.ended() {
            return Some(self.decoded.as_ref().map_or(0, |records| records.len() as u64));
        }
        let first = self.decoded.as_ref()?;
        let bytes = first.bytes() as u64;
        (bytes > 0).then(|| size.map(|size| (first.len() as u64 * size).div_ceil(bytes)))?
    }

    /// The next records, decoded here and now; what is left of those decoded before comes first.
    fn next_records(&mut self) -> Result<Option<Records>, Fault> {
        if let Some(mut records) = self.decoded.take() {
            if !records.is_empty() {
                return Ok(Some(records));
            }
            records.fault.take().map_or(Ok(()), Err)?;
        }
        match self.next_chunk()? {
            Some(undecoded) => undecoded.decode().map(Some),
            None => Ok(None),
        }
    }

    fn next_chunk(&mut self) -> Result<Option<Undecoded>, Fault> {
        let chunk = self.chunks.next(self.delimiter)?;
        if self.encoding != Encoding::Utf8 {
            self.utf8 = self.utf8.and(chunk.as_ref().map_or(&[], |chunk| &chunk.bytes));
            if self.utf8 == Utf8::Likely && chunk.as_ref().is_none_or(|chunk| chunk.last) {
                return Err(encoding::utf8_declared_otherwise(self.encoding));
            }
        }
        let Text { delimiter, encoding, utf8, .. } = *self;
        Ok(chunk.map(|chunk| Undecoded { chunk, delimiter, encoding, utf8 }))
    }
}

/// A chunk, with what is needed to decode it.
struct Undecoded {
    chunk: Chunk,
    delimiter: u8,
    encoding: Encoding,
    utf8: Utf8,
}

impl Undecoded {
    /// The records up to a fault of their quotation marks or lengths, and that fault with them.
    fn decode(self) -> Result<Records, Fault> {
        let Undecoded { chunk, delimiter, encoding, utf8 } = self;
        let (first_line, cut) = (chunk.first_line, chunk.cut);
        let text = encoding::decode(chunk, encoding, utf8)?;
        Ok(Records::new(text, delimiter, first_line, cut))
    }
}

fn sound(mut records: Records) -> Result<Box<dyn Batch>, Fault> {
    match records.fault.take() {
        Some(fault) => Err(fault),
        None => Ok(Box::new(records)),
    }
}

impl Table for Text {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn estimated_rows(&self) -> Option<u64> {
        self.estimated_rows
    }

    fn next_block(&mut self) -> Result<Option<Block>, Fault> {
        if let Some(records) = self.decoded.take() {
            return Ok(Some(Block::new(move || sound(records))));
        }
        let chunk = self.next_chunk()?;
        Ok(chunk.map(|chunk| Block::new(move || sound(chunk.decode()?))))
    }

    fn remarks(&self) -> Vec<String> {
        self.remarks.clone()
    }
}
