//! # `sums_row`
//!
//! ## What it does
//! Finds a last row whose numbers are the sums or means of the rows above in two columns or more. It looks at tables of up to 20 000 rows,
//! which people make by hand.
//!
//! ## Why is this bad?
//! The row would be counted as a person, with answers that nobody can have.
//!
//! ## Example
//! `71;178;1120` as the last row of 70 people, with their number where the id should be.
//!
//! ## What to do
//! Delete the row in the file, or leave it out by its id: `respondent = { column = "id", without = ["71"] }`. `sums_row = "report"` stores it
//! as a form.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "sums_row",
    about: "The last row holds the sums or means of the rows above it.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Report],
    rules: &[],
};
