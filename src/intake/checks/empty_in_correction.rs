//! # `empty_in_correction`
//!
//! ## What it does
//! Finds corrections (`updates = true`) with empty cells where the earlier row has an answer.
//!
//! ## Why is this bad?
//! It is not bad: the earlier answer is kept, as when REDCap imports a file and ignores blank values. But if you emptied a cell to remove an
//! answer, you must know that the answer is still there.
//!
//! ## Example
//! A row with the id and the one answer that was wrong.
//!
//! ## What to do
//! Nothing. Or write a missing code in the cell, or `updates = "blanks_too"` if every empty cell is to remove the answer.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "empty_in_correction",
    about: "A correction has empty cells where the earlier row has answers.",
    default_action: Action::Report,
    allowed_actions: &[Action::Report, Action::Stop],
    rules: &[],
};
