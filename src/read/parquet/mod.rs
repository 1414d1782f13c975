//! Parquet files, through Arrow's record batches: one batch in memory at a time.
//!
//! Nested columns (lists, structs, maps) have no place in a table of answers: they are left out, with a remark. Timestamps of the old 96-bit kind
//! are read in microseconds. Arrow reads them in nanoseconds, and then years before 1677 and after 2262 become other years without a warning.

mod convert;
mod described;
mod schema;

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use arrow::array::RecordBatch;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};

use super::{Block, Column, Fault, Format, Options, Table};
use convert::Wanted;

pub const FORMAT: Format = Format {
    name: "Parquet (.parquet)",
    endings: &["parquet", "pq"],
    recognises: |head| head.starts_with(PLAIN) || head.starts_with(ENCRYPTED),
    open: |path, _options: &Options| open(path),
};

const PLAIN: &[u8] = b"PAR1";
const ENCRYPTED: &[u8] = b"PARE";

/// Records of a batch, at most.
const RECORDS: u64 = 8_192;

/// Bytes of a batch, about.
const BYTES: u64 = 4 << 20;

/// Bytes of text in a block, about.
const TEXT_BYTES: u64 = 32 << 20;

fn open(path: &Path) -> Result<Box<dyn Table>, Fault> {
    let file = File::open(path).map_err(|error| Fault::io(&error))?;
    Ok(Box::new(guarded(|| Parquet::open(file))?))
}

struct Parquet {
    batches: ParquetRecordBatchReader,
    /// Parts of a batch that was too large, the last first.
    parts: Vec<RecordBatch>,
    columns: Vec<Column>,
    wanted: Vec<Wanted>,
    declared: u64,
    taken: u64,
    remarks: Vec<String>,
}

impl Parquet {
    fn open(file: File) -> Result<Parquet, Fault> {
        let metadata = schema::load(&file)?;
        let fields = metadata.schema().fields();
        let leaves = schema::leaves(&metadata);
        let mut remarks = Vec::new();
        let mut roots = Vec::new();
        let mut columns = Vec::new();
        let mut wanted = Vec::new();
        for (root, (field, leaf)) in fields.iter().zip(leaves).enumerate() {
            let Some(kind) = convert::kind(field.data_type()).filter(|_| leaf.is_some()) else {
                remarks.push(format!(
                    "column {} is left out: its cells are lists or records, or of another kind that is no number, \
                     text, date or time",
                    field.name()
                ));
                continue;
            };
            remarks.extend(schema::zone(field));
            let mut column = Column::named(field.name().clone(), kind);
            described::describe(&mut column, field.metadata());
            wanted.push(Wanted {
                name: column.name.clone(),
                uuid: leaf.is_some_and(|leaf| leaf.uuid),
                missing: column.missing.clone(),
            });
            columns.push(column);
            roots.push(root);
        }
        if columns.is_empty() {
            return Err(Fault::new("no column of numbers, texts, dates or times", "a table"));
        }
        let declared = u64::try_from(metadata.metadata().file_metadata().num_rows()).unwrap_or(0);
        let mask = ProjectionMask::roots(metadata.parquet_schema(), roots);
        let batches = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata.clone())
            .with_projection(mask)
            .with_batch_size(records_per_batch(&metadata))
            .build()
            .map_err(|error| schema::unreadable(&error))?;
        Ok(Parquet { batches, parts: Vec::new(), columns, wanted, declared, taken: 0, remarks })
    }

    fn next_batch(&mut self) -> Result<Option<RecordBatch>, Fault> {
        if let Some(part) = self.parts.pop() {
            return Ok(Some(part));
        }
        match self.batches.next() {
            None => Ok(None),
            Some(Ok(batch)) => {
                self.parts = parts(&batch);
                Ok(self.parts.pop())
            }
            // The message may hold bytes of a cell.
            Some(Err(_)) => Err(damaged().at(format!("after record {}", self.taken))),
        }
    }
}

/// A batch in parts of about so many bytes of text, the last first: a long text that occurs in many records stands in
/// the file and in the batch once, but in each of the records that are made of it.
fn parts(batch: &RecordBatch) -> Vec<RecordBatch> {
    let rows = batch.num_rows();
    // At most 8,192 parts, since there are no more records.
    let number = (convert::text_bytes(batch) / TEXT_BYTES + 1).min(RECORDS) as usize;
    let size = rows.div_ceil(number).max(1);
    (0..rows).step_by(size).rev().map(|start| batch.slice(start, size.min(rows - start))).collect()
}

fn records_per_batch(metadata: &ArrowReaderMetadata) -> usize {
    let groups = metadata.metadata().row_groups();
    let bytes: u64 = groups.iter().map(|group| u64::try_from(group.total_byte_size()).unwrap_or(0)).sum();
    let rows: u64 = groups.iter().map(|group| u64::try_from(group.num_rows()).unwrap_or(0)).sum();
    let per_row = (bytes / rows.max(1)).max(1);
    // At most 8,192.
    (BYTES / per_row).clamp(1, RECORDS) as usize
}

impl Table for Parquet {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn rows_declared(&self) -> Option<u64> {
        Some(self.declared)
    }

    fn next_block(&mut self) -> Result<Option<Block>, Fault> {
        let Some(batch) = guarded(|| self.next_batch())? else {
            return match self.taken == self.declared {
                true => Ok(None),
                false => Err(Fault::new(
                    format!("{} records", self.taken),
                    format!("{} records, as the file says", self.declared),
                )
                .help(AGAIN)),
            };
        };
        let first = self.taken + 1;
        self.taken += batch.num_rows() as u64;
        let wanted = self.wanted.clone();
        Ok(Some(Block::new(move || Ok(Box::new(guarded(|| convert::batch(&batch, first, &wanted))?)))))
    }

    fn remarks(&self) -> Vec<String> {
        self.remarks.clone()
    }
}

const AGAIN: &str = "the file is cut short or damaged: copy it again, or write it again";

fn damaged() -> Fault {
    Fault::new("damaged data", "records as the file describes them").help(AGAIN)
}

/// The parquet crate may stop the program on a damaged file where it should give an error.
fn guarded<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn recognised_by_its_first_bytes() {
        assert!((super::FORMAT.recognises)(b"PAR1\x15\x04"));
        assert!((super::FORMAT.recognises)(b"PARE\x15\x04"));
        assert!(!(super::FORMAT.recognises)(b"PARTICIPANT;WAVE\n"));
        assert!(!(super::FORMAT.recognises)(b"PAR"));
    }
}
