//! Files of answers → typed columns that the dictionary vouches for.
//!
//! [`locate`] finds a source's file, [`read`] reads it, and [`across`] compares all files of an instrument. Every
//! row that was read is either stored or rejected, and every departure from the dictionary is a [`Finding`] of a
//! [`Check`], which names file, row, item and rule, and never a value.
//!
//! A file is read whole into memory and once through: bytes → text (`encoding`) → records (`delimited`) → answers
//! (`answer`) → checks → columns (`columns`).

mod across;
mod answer;
mod checks;
mod columns;
mod delimited;
mod encoding;
mod error;
mod finding;
mod header;
mod locate;
mod number;
mod rejected;
mod rows;

use std::fmt;
use std::path::Path;

use arrow::record_batch::RecordBatch;
use csv::StringRecord;

pub use across::across;
pub use answer::is_date_pattern;
pub use checks::{CHECKS, Check, check};
pub use columns::{RESPONDENT, WAVE, data_type, reason_column, schema};
pub use delimited::LONGEST_FIELD;
pub use error::{IntakeError, Origin, Unreadable};
pub use finding::Finding;
pub use locate::locate;
pub use rejected::{Rejected, write_rejected};

use crate::dictionary::Instrument;
use crate::plan::{OnFinding, Source};
use delimited::{Delimited, Span};
use finding::Findings;
use header::Header;
use rows::Rows;

/// One file, taken in.
pub struct Intake {
    pub origin: Origin,
    /// The instrument's id.
    pub instrument: String,
    /// The evaluation's wave ids in order.
    pub waves: Vec<String>,
    /// The stored rows in the file's order, with the columns of [`schema`].
    pub batch: RecordBatch,
    /// The rows that were read and not stored, in the file's order.
    pub rejected: Vec<Rejected>,
    /// In the order of the first row that each is about; those over several files come last.
    pub findings: Vec<Finding>,
    /// Names of the file's columns that the dictionary or the pipeline wants, in the file's order.
    pub columns_kept: Vec<String>,
    /// Names of those that were passed over.
    pub columns_ignored: Vec<String>,
    /// Records after the heading; always [`Intake::rows_stored`] + [`Intake::rows_rejected`].
    pub rows_read: u64,
    text: String,
    spans: Vec<Span>,
}

impl Intake {
    pub fn rows_stored(&self) -> u64 {
        self.batch.num_rows() as u64
    }

    pub fn rows_rejected(&self) -> u64 {
        self.rejected.len() as u64
    }

    /// The line of the file on which a stored row starts; `row` is its index in the batch.
    ///
    /// # Panics
    /// Where the batch has no such row.
    pub fn row(&self, row: usize) -> u64 {
        self.spans[row].line
    }
}

/// Without the values.
impl fmt::Debug for Intake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intake")
            .field("origin", &self.origin)
            .field("rows_read", &self.rows_read)
            .field("rows_stored", &self.rows_stored())
            .field("rows_rejected", &self.rows_rejected())
            .field("findings", &self.findings)
            .finish_non_exhaustive()
    }
}

/// Reads the file at `path` as `source` declares it. `waves` are the evaluation's wave ids in order.
///
/// All of the file is looked at before it is refused, so that everything that stops the run is told at once.
///
/// # Errors
/// [`IntakeError::Unreadable`] where it is no such file, [`IntakeError::Refused`] where a check stops the run.
pub fn read(
    source: &Source,
    path: &Path,
    instrument: &Instrument,
    on_finding: &OnFinding,
    waves: &[String],
) -> Result<Intake, IntakeError> {
    let origin = locate::origin(source, path);
    let bytes = std::fs::read(path).map_err(|error| {
        Unreadable::new(&origin, error.to_string(), "a file that can be read")
            .help("check the path, and that you may read it")
    })?;
    if !is_date_pattern(&source.format.date) {
        let found = format!("the date pattern {:?} in the pipeline", source.format.date);
        return Err(Unreadable::new(&origin, found, "a pattern of a whole date, such as %d.%m.%Y").into());
    }
    let text = encoding::decode(bytes, source.format.encoding, &origin)?;
    let mut file = Delimited::new(&text, &source.format, &origin)?;
    let header = Header::new(file.heading()?, source, instrument);
    let mut rows = Rows::new(source, instrument, &header, waves, Findings::new(origin.clone(), on_finding));
    rows.check_header()?;

    let mut record = StringRecord::new();
    let (mut spans, mut rejected, mut rows_read) = (Vec::new(), Vec::new(), 0);
    while let Some(span) = file.next(&mut record)? {
        rows_read += 1;
        match rows.take_in(&record, &span) {
            Ok(()) => spans.push(span),
            Err((check, item)) => rejected.push(Rejected {
                row: span.line,
                check,
                item,
                raw_record: text[span.bytes].to_owned(),
            }),
        }
    }
    let (batch, findings) = rows.finish(rows_read)?;
    let (columns_kept, columns_ignored) = (header.kept(), header.ignored());
    Ok(Intake {
        origin,
        instrument: instrument.id.clone(),
        waves: waves.to_vec(),
        batch,
        rejected,
        findings,
        columns_kept,
        columns_ignored,
        rows_read,
        text,
        spans,
    })
}
