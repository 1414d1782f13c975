//! # `totals_row`
//!
//! ## What it does
//! Finds rows whose id is a word for a sum, such as `Total`.
//!
//! ## Why is this bad?
//! They sum the rows above, and would be counted as a person.
//!
//! ## Example
//! `Total;40` as the last row of a spreadsheet.
//!
//! ## What to do
//! Nothing: the row is left out and told.

use super::{Check, Row, Rule};
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "totals_row",
    about: "A row is a total of the rows above it.",
    default_action: Action::Reject,
    allowed_actions: &[Action::Reject, Action::Stop],
    rules: &[Rule::Row(is_total)],
};

/// What spreadsheets and their users call the row below the last.
const TOTALS: [&str; 12] = [
    "total",
    "totalt",
    "totals",
    "totalsum",
    "grand total",
    "subtotal",
    "sum",
    "i alt",
    "samlet",
    "gjennomsnitt",
    "average",
    "mean",
];

fn is_total(row: &Row) -> Option<String> {
    // Spaces may have been left out of the id already, where the source lets them pass.
    let letters = |text: &str| text.replace(char::is_whitespace, "").to_lowercase();
    let id = letters(row.respondent.trim_end_matches(':'));
    TOTALS.iter().any(|total| letters(total) == id).then(|| "a row of totals; expected a respondent's id".to_owned())
}
