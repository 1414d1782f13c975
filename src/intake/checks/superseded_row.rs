//! # `superseded_row`
//!
//! ## What it does
//! Finds rows that do not count because the source's `keep` chooses another row.
//!
//! ## Why is this bad?
//! It is not bad: `keep` asks for it. The rows are counted, and `rejected.csv` lists them.
//!
//! ## Example
//! A form that was sent twice; the last one counts.
//!
//! ## What to do
//! Look at them in `rejected.csv`.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "superseded_row",
    about: "Another row of the same respondent and wave counts (`keep`).",
    default_action: Action::Reject,
    allowed_actions: &[Action::Reject],
    rules: &[],
};
