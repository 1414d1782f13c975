//! # `emptied_answer`
//!
//! ## What it does
//! Finds answers that a correction with an empty cell takes away (`updates = "blanks_too"`).
//!
//! ## Why is this bad?
//! Where the file has the corrected answers only, all others are lost.
//!
//! ## Example
//! A row with the id, one answer, and forty empty cells.
//!
//! ## What to do
//! See that as many are told as are to be missing; `updates = true` lets the earlier answers stand.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "emptied_answer",
    about: "A correction takes an answer away.",
    default_action: Action::Report,
    allowed_actions: &[Action::Report, Action::Stop],
    rules: &[],
};
