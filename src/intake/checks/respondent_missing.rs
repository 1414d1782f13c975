//! # `respondent_missing`
//!
//! ## What it does
//! Finds rows without the id of the respondent (or of the service): an empty field, a sign for one such as `NA`, or what the
//! file declares to be missing.
//!
//! ## Why is this bad?
//! An assessment of nobody cannot be linked to the same person's other assessments.
//!
//! ## Example
//! The empty rows that a spreadsheet exports below its data: `;;;;`.
//!
//! ## What to do
//! Look the id up in the source, or delete the row there. Such rows are rejected; `respondent_missing = "stop"` is
//! stricter.

use super::{Check, Rule};
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "respondent_missing",
    about: "A row has no respondent's id.",
    default_action: Action::Reject,
    allowed_actions: &[Action::Reject, Action::Stop],
    rules: &[Rule::Row(|row| {
        row.respondent.is_empty().then(|| {
            format!("the row has no id; expected one in the column {:?}", row.source.respondent.column)
        })
    })],
};
