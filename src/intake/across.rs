//! Checks over all files of an instrument together: what no single file can tell.

use arrow::array::{Array, AsArray, BooleanArray};
use arrow::compute::filter_record_batch;

use super::checks::{CHECKS, Rule};
use super::error::{IntakeError, Unreadable};
use super::finding::{Finding, Findings, refuse};
use super::rejected::Rejected;
use super::{Intake, columns};
use crate::dictionary::Instrument;
use crate::plan::{Action, OnFinding};

/// One stored row, by respondent and wave.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Assessment<'a> {
    pub(crate) respondent: &'a str,
    /// The wave's place in the evaluation's order.
    pub(crate) wave: usize,
    /// Index of the file.
    pub(crate) intake: usize,
    /// Index among the file's stored rows.
    pub(crate) row: usize,
}

/// All stored rows, sorted by respondent, then wave, then file and row.
pub(crate) fn assessments(intakes: &[Intake]) -> Vec<Assessment<'_>> {
    let mut assessments = Vec::new();
    for (index, intake) in intakes.iter().enumerate() {
        let text = |name: &str| intake.batch.column_by_name(name).and_then(|c| c.as_string_opt::<i32>());
        let (Some(respondents), Some(waves)) = (text(columns::RESPONDENT), text(columns::WAVE)) else {
            continue;
        };
        assessments.extend((0..respondents.len()).map(|row| Assessment {
            respondent: respondents.value(row),
            wave: intake.waves.iter().position(|wave| wave == waves.value(row)).unwrap_or(usize::MAX),
            intake: index,
            row,
        }));
    }
    assessments.sort_unstable();
    assessments
}

/// Compares the files of one instrument: the checks `duplicate_respondent` and `constant_changes`. To be called
/// once, with all of the instrument's intakes; findings are added to them, and rejected rows move from their
/// batches to `rejected`.
///
/// # Errors
/// [`IntakeError::Refused`] where a check whose action is `stop` found something.
pub fn across(
    intakes: &mut [Intake],
    instrument: &Instrument,
    on_finding: &OnFinding,
) -> Result<(), IntakeError> {
    for check in CHECKS {
        for rule in check.rules {
            let Rule::Instrument(rule) = rule else {
                continue;
            };
            let mut clashes = rule(instrument, intakes);
            clashes.sort_by_key(|clash| (clash.intake, clash.row));
            let mut all: Vec<Finding> = Vec::new();
            for (index, intake) in intakes.iter_mut().enumerate() {
                let mut findings = Findings::new(intake.origin.clone(), on_finding);
                let mut rejected = vec![None; intake.batch.num_rows()];
                for clash in clashes.iter().filter(|clash| clash.intake == index) {
                    let line = Some(intake.row(clash.row));
                    let item = clash.item.as_deref();
                    if findings.add(check, line, item, clash.message.clone()) == Action::Reject {
                        rejected[clash.row].get_or_insert((check.id, clash.item.clone()));
                    }
                }
                let found = findings.into_findings();
                all.extend(found.clone());
                intake.findings.extend(found);
                reject(intake, rejected)?;
            }
            refuse(&all)?;
        }
    }
    Ok(())
}

/// Moves rows from a file's batch to its rejected rows. `reasons` has one entry a stored row.
fn reject(
    intake: &mut Intake,
    reasons: Vec<Option<(&'static str, Option<String>)>>,
) -> Result<(), IntakeError> {
    if reasons.iter().all(Option::is_none) {
        return Ok(());
    }
    let kept: BooleanArray = reasons.iter().map(|reason| Some(reason.is_none())).collect();
    intake.batch = filter_record_batch(&intake.batch, &kept).map_err(|_| {
        Unreadable::new(&intake.origin, "columns of different lengths", "as many answers as rows")
    })?;
    let spans = std::mem::take(&mut intake.spans);
    for (span, reason) in spans.into_iter().zip(reasons) {
        match reason {
            None => intake.spans.push(span),
            Some((check, item)) => intake.rejected.push(Rejected {
                row: span.line,
                check,
                item,
                raw_record: intake.text[span.bytes].to_owned(),
            }),
        }
    }
    intake.rejected.sort_by_key(|rejected| rejected.row);
    Ok(())
}
