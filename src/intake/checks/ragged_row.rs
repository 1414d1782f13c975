//! # `ragged_row`
//!
//! ## What it does
//! Finds rows that have more or fewer fields than the heading has columns.
//!
//! ## Why is this bad?
//! After the fault, every answer is in another item's column.
//!
//! ## Example
//! A free text that contains the delimiter and has no quotation marks: `17;2;tired; and cold;1`.
//!
//! ## What to do
//! Put the text in quotation marks, or export the data again. `ragged_row = "reject"` leaves such rows out.

use super::{Check, Row, Rule};
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "ragged_row",
    about: "A row has more or fewer fields than the heading has columns.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Reject],
    rules: &[Rule::Row(ragged)],
};

fn ragged(row: &Row) -> Option<String> {
    let (found, expected) = (row.fields?, row.columns);
    if found == expected {
        return None;
    }
    Some(format!("found {found} fields; expected {expected}, as in the heading{}", runs_on(row)))
}

/// What to say of a row over several lines.
pub(super) fn runs_on(row: &Row) -> String {
    match row.last_row > row.row {
        false => String::new(),
        true => format!(
            "; the row runs to line {}: is a quotation mark opened in it and never closed?",
            row.last_row
        ),
    }
}
