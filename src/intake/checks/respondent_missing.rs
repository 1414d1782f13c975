//! # `respondent_missing`
//!
//! ## What it does
//! Finds rows without the id of the respondent (or of the service): an empty field, a sign such as `NA`, or what the file declares to be
//! missing.
//!
//! ## Why is this bad?
//! A form without an id cannot be linked to the person's other forms.
//!
//! ## Example
//! The empty rows that a spreadsheet exports below its data: `;;;;`.
//!
//! ## What to do
//! Look the id up in the source, or delete the row there. Such rows are rejected; `respondent_missing = "stop"` stops the run instead.

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
