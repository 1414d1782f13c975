//! Intake: files of forms → a validated store with typed columns.
//!
//! [`locate`] finds the files of a source, and [`take_in`] reads all files of an instrument. Every row is stored, blank, rejected or
//! merged into another. Every departure from the dictionary is a [`Finding`] of a [`Check`]; it names file, row, item and rule, and never
//! a value.
//!
//! Files are read once, in batches, on all threads: cells → answers (`answer`) → checks → columns (`item`, `rows`). Each row goes to the
//! bucket of its respondent. Then each bucket is examined by itself, respondent by respondent (`people`), and written. Memory is bounded
//! by one batch and one bucket, whatever the size of the files.

mod answer;
mod carried;
mod checks;
mod corrected;
mod day;
mod error;
mod files;
mod finding;
mod header;
mod heading_again;
pub(crate) mod identity;
mod item;
mod labels;
mod linked;
mod locate;
mod number;
mod people;
mod rejected;
mod rows;
mod several;
mod sums;
mod unread;
mod windows;

use arrow::record_batch::RecordBatch;

pub(crate) use checks::is_word_for_total;
pub use checks::{CHECKS, Check, check};
pub use day::is_date_pattern;
pub use error::{IntakeError, Origin, Unreadable};
pub use files::{Declared, take_in};
pub use finding::{Finding, told};
pub use locate::{Located, locate};
pub use rejected::{Rejected, RejectedFile};

use crate::dictionary::Instrument;
use crate::plan::{OnFinding, Source, Wave};
use crate::store::{Buckets, Manifest};

/// What all files of an instrument are taken in by.
pub struct Request<'a> {
    pub instrument: &'a Instrument,
    /// The evaluation's waves in order.
    pub waves: &'a [Wave],
    /// The ids of the waves at which the instrument is used, in order.
    pub used_at: Vec<String>,
    pub on_finding: &'a OnFinding,
    /// The place of the wave that forms of later waves are linked to, where a cohort of respondents asks for it.
    pub linked_to: Option<usize>,
    pub buckets: Buckets,
}

/// Tells for each row whether it is a form: a source's `form`, computed on the answers. The error says why it cannot be.
pub type FormCondition<'a> = dyn Fn(&RecordBatch) -> Result<Vec<bool>, String> + Sync + 'a;

/// One file on its way.
pub(crate) struct File<'a> {
    pub(crate) source: &'a Source,
    /// The place of the source among the instrument's.
    pub(crate) of: usize,
    pub(crate) origin: Origin,
}

/// What became of the files of an instrument.
#[derive(Debug)]
pub struct TakenIn {
    pub files: Vec<FileReport>,
    pub manifest: Manifest,
}

/// What became of one file: rows read = stored + blank + rejected + merged.
#[derive(Debug, Clone, PartialEq)]
pub struct FileReport {
    pub origin: Origin,
    pub rows_read: u64,
    pub rows_stored: u64,
    /// Rows without an answer: no forms.
    pub rows_blank: u64,
    pub rows_rejected: u64,
    /// Rows that another row stands for: corrected, identical, or superseded.
    pub rows_merged: u64,
    /// In the order of the first row that each is about; those over several rows come last.
    pub findings: Vec<Finding>,
    /// Names of the file's columns that the dictionary or the pipeline wants, in the file's order.
    pub columns_kept: Vec<String>,
    /// Names of those that were passed over.
    pub columns_ignored: Vec<String>,
}
