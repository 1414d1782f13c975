//! Empty cells of a correction: the earlier answer is kept, unless the source says that empty cells remove it.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, UInt32Array};
use arrow::compute::take;
use arrow::datatypes::UInt8Type;
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;

use super::checks::{EMPTIED_ANSWER, EMPTY_IN_CORRECTION};
use super::finding::Findings;
use super::people::Columns;
use super::rows::OWN;
use super::{File, Request};
use crate::dictionary::Reason;

/// The answers that corrections leave as they were.
#[derive(Default)]
pub(super) struct Corrected {
    /// Row, place of the item, and the earlier row whose answer it takes over.
    stand: Vec<(u32, usize, u32)>,
}

/// A bucket as it was gathered.
pub(super) type Gathered<'g> = (&'g RecordBatch, &'g Columns<'g>, &'g [File<'g>], &'g Request<'g>);

impl Corrected {
    /// Looks at the rows of a form, in the order of their files, of which those in `counting` count.
    pub fn look(
        &mut self,
        form: &[u32],
        counting: &[u32],
        (batch, columns, files, request): &Gathered<'_>,
        findings: &mut [Findings<'_>],
    ) {
        let file = |row: u32| columns.files[row as usize] as usize;
        for row in counting.iter().copied().filter(|row| files[file(*row)].source.updates) {
            let own = &files[file(row)];
            // The latest first; beyond a row whose empty cells take answers away, nothing stands.
            let mut earlier: Vec<u32> = Vec::new();
            for other in form.iter().rev().copied().filter(|other| files[file(*other)].of < own.of) {
                earlier.push(other);
                if files[file(other)].source.empties {
                    break;
                }
            }
            let number = Some(columns.rows[row as usize]);
            let mut told = false;
            for (place, item) in request.instrument.items.iter().enumerate() {
                let reasons = batch.column(OWN + 2 * place + 1).as_primitive::<UInt8Type>();
                let reason = |row: u32| reasons.value(row as usize);
                let (blank, not_asked) = (item.blank.number(), Reason::NotAsked.number());
                let says_nothing = |row: u32| [blank, not_asked].contains(&reason(row));
                if !says_nothing(row) {
                    continue;
                }
                let Some(answered) = earlier.iter().copied().find(|other| !says_nothing(*other)) else {
                    continue;
                };
                // A column that the file does not have empties nothing.
                if own.source.empties && reason(row) == blank {
                    let message = "an answer that the correction empties; it is missing now";
                    findings[file(row)].add(EMPTIED_ANSWER, number, Some(&item.name), message.to_owned());
                    continue;
                }
                self.stand.push((row, place, answered));
                if reason(row) == blank && !told {
                    told = true;
                    let message = "a correction with empty cells; the earlier answers stand there (a missing code takes one away, updates = \"blanks_too\" all)";
                    findings[file(row)].add(EMPTY_IN_CORRECTION, number, None, message.to_owned());
                }
            }
        }
    }

    /// The batch with these answers; `None` where there are none.
    ///
    /// # Errors
    /// [`ArrowError`] where a column cannot be put together.
    pub fn fill(&self, batch: &RecordBatch) -> Result<Option<RecordBatch>, ArrowError> {
        if self.stand.is_empty() {
            return Ok(None);
        }
        let mut columns: Vec<ArrayRef> = batch.columns().to_vec();
        let mut places: Vec<usize> = self.stand.iter().map(|(_, place, _)| *place).collect();
        places.sort_unstable();
        places.dedup();
        for place in places {
            let mut from: Vec<u32> = (0..batch.num_rows() as u32).collect();
            for (row, _, earlier) in self.stand.iter().filter(|(_, other, _)| *other == place) {
                from[*row as usize] = *earlier;
            }
            let from = UInt32Array::from(from);
            for at in [OWN + 2 * place, OWN + 2 * place + 1] {
                columns[at] = take(&columns[at], &from, None)?;
            }
        }
        RecordBatch::try_new(Arc::clone(&batch.schema()), columns).map(Some)
    }
}
