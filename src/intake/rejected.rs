//! Rows that were not taken in: kept as they stood, with the reason, for those who may see them.

use std::fmt;
use std::path::Path;

use super::{Intake, IntakeError};

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

/// Writes the rejected rows of all files as UTF-8 CSV with the columns `source, row, check, item, raw_record`, and
/// returns how many they are. The raw record, which may have another delimiter, is one quoted field.
///
/// # Errors
/// [`IntakeError::Write`] where the file cannot be written.
pub fn write_rejected(path: &Path, intakes: &[Intake]) -> Result<u64, IntakeError> {
    let write = || -> Result<u64, csv::Error> {
        let mut writer = csv::Writer::from_path(path)?;
        writer.write_record(["source", "row", "check", "item", "raw_record"])?;
        let mut written = 0;
        for intake in intakes {
            for rejected in &intake.rejected {
                let item = rejected.item.as_deref().unwrap_or_default();
                let row = rejected.row.to_string();
                let source = &intake.origin.source;
                writer.write_record([source, &row, rejected.check, item, &rejected.raw_record])?;
                written += 1;
            }
        }
        writer.flush()?;
        Ok(written)
    };
    write().map_err(|error| IntakeError::Write { path: path.to_owned(), error })
}
