//! Rejected rows: kept as they were in the file, with the reason. Stays in `restricted/`.

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};

use super::IntakeError;

/// A row that was read and not stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The line on which it starts in its file.
    pub row: u64,
    /// The check that rejected it: the first, where several did.
    pub check: &'static str,
    pub item: Option<String>,
    /// As it stood in the file. It holds a respondent's values: it goes to `restricted/rejected.csv` and nowhere
    /// else.
    pub raw_record: String,
}

/// Without the values.
impl fmt::Debug for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rejected")
            .field("row", &self.row)
            .field("check", &self.check)
            .field("item", &self.item)
            .finish_non_exhaustive()
    }
}

/// The file of rows that were read and not stored, written as they come: UTF-8 CSV with the columns `source, row, check, item,
/// raw_record`. The raw record, which may have another delimiter, is one quoted field.
pub struct RejectedFile {
    path: PathBuf,
    writer: csv::Writer<File>,
    /// How many rows it has.
    pub rows: u64,
}

impl RejectedFile {
    /// # Errors
    /// [`IntakeError::Write`] where the file cannot be written.
    pub fn create(path: &Path) -> Result<RejectedFile, IntakeError> {
        let failed = |error| IntakeError::Write { path: path.to_owned(), error };
        let mut writer = csv::Writer::from_path(path).map_err(failed)?;
        writer.write_record(["source", "row", "check", "item", "raw_record"]).map_err(failed)?;
        Ok(RejectedFile { path: path.to_owned(), writer, rows: 0 })
    }

    pub(super) fn add(&mut self, source: &str, rejected: &Rejected) -> Result<(), IntakeError> {
        let item = rejected.item.as_deref().unwrap_or_default();
        let row = rejected.row.to_string();
        self.rows += 1;
        let written = self.writer.write_record([source, &row, rejected.check, item, &rejected.raw_record]);
        written.map_err(|error| IntakeError::Write { path: self.path.clone(), error })
    }

    /// # Errors
    /// [`IntakeError::Write`] where the file cannot be written.
    pub fn finish(mut self) -> Result<(), IntakeError> {
        self.writer
            .flush()
            .map_err(|error| IntakeError::Write { path: self.path.clone(), error: error.into() })
    }
}
