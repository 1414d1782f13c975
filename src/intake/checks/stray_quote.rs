//! # `stray_quote`
//!
//! ## What it does
//! Finds rows in which a field in quotation marks continues after the closing mark.
//!
//! ## Why is this bad?
//! Then nobody knows where the field ends. A mark that is opened and never closed pairs with the next one, several rows later, and all rows
//! between them become one text.
//!
//! ## Example
//! `17;"she said "no" twice";2`. The inner marks should be doubled: `"she said ""no"" twice"`.
//!
//! ## What to do
//! Export the data with a program that doubles quotation marks. `stray_quote = "reject"` leaves such rows out.

use super::ragged_row::runs_on;
use super::{Check, Row, Rule};
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "stray_quote",
    about: "A field continues after its closing quotation mark.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Reject],
    rules: &[Rule::Row(stray)],
};

fn stray(row: &Row) -> Option<String> {
    row.stray_quote.then(|| {
        format!(
            "text after a closing quotation mark; expected the delimiter, or the mark doubled{}",
            runs_on(row)
        )
    })
}
