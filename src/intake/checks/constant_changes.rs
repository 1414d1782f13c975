//! # `constant_changes`
//!
//! ## What it does
//! Finds respondents whose answer to an item that the dictionary declares as `constant` differs between waves.
//!
//! ## Why is this bad?
//! A year of birth does not change. Either an answer is wrong, or two persons share an id, and then every change
//! of theirs is an artefact.
//!
//! ## Example
//! A man at the first wave is a woman at the second.
//!
//! ## What to do
//! Look at the forms. The first answer counts; `constant_changes = "stop"` insists on agreement.

use arrow::array::Array;

use super::{Check, Clash, Rule};
use crate::dictionary::Instrument;
use crate::intake::Intake;
use crate::intake::across::{Assessment, assessments};
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "constant_changes",
    about: "A constant item differs between a respondent's waves.",
    default_action: Action::Report,
    allowed_actions: &[Action::Report, Action::Stop],
    rules: &[Rule::Instrument(changes)],
};

fn changes(instrument: &Instrument, intakes: &[Intake]) -> Vec<Clash> {
    let assessments = assessments(intakes);
    let mut clashes = Vec::new();
    for item in instrument.items.iter().filter(|item| item.constant) {
        // A file's answers to the item; every file of the instrument has its column.
        let columns: Vec<_> =
            intakes.iter().filter_map(|intake| intake.batch.column_by_name(&item.name)).collect();
        if columns.len() != intakes.len() {
            continue;
        }
        let present = |row: &&Assessment| columns[row.intake].is_valid(row.row);
        for respondent in assessments.chunk_by(|one, other| one.respondent == other.respondent) {
            let mut answered = respondent.iter().filter(present);
            let Some(first) = answered.next() else {
                continue;
            };
            let value = columns[first.intake].slice(first.row, 1);
            let value: &dyn Array = &value;
            let differs = |row: &&Assessment| columns[row.intake].slice(row.row, 1).as_ref() != value;
            clashes.extend(answered.filter(differs).map(|row| {
                Clash {
                    intake: row.intake,
                    row: row.row,
                    item: Some(item.name.clone()),
                    message: "the answer differs from the respondent's first; expected the same at all waves"
                        .to_owned(),
                }
            }));
        }
    }
    clashes
}
