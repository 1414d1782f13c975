//! # `empty_in_correction`
//!
//! ## What it does
//! Finds corrections (`updates = true`) with empty cells where the earlier row has an answer.
//!
//! ## Why is this bad?
//! It is not: the earlier answer stands, as where REDCap imports a file and ignores blank values. Whoever emptied a cell to take
//! an answer away is to know that it is still there.
//!
//! ## Example
//! A row with the id and the one answer that was wrong.
//!
//! ## What to do
//! Nothing; or write a missing code in the cell, or `updates = "blanks_too"` where every empty cell takes the answer away.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "empty_in_correction",
    about: "A correction has empty cells where the earlier row has answers.",
    default_action: Action::Report,
    allowed_actions: &[Action::Report, Action::Stop],
    rules: &[],
};
