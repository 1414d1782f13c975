//! # `replaced_row`
//!
//! ## What it does
//! Finds rows that a later source with `updates = true` corrects.
//!
//! ## Why is this bad?
//! It is not bad: such a source is for that. The replaced rows are counted, and `rejected.csv` lists them.
//!
//! ## Example
//! A second file with three corrected forms.
//!
//! ## What to do
//! Look at them in `rejected.csv`.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "replaced_row",
    about: "A later file corrects the row.",
    default_action: Action::Reject,
    allowed_actions: &[Action::Reject],
    rules: &[],
};
