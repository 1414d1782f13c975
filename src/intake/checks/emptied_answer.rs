//! # `emptied_answer`
//!
//! ## What it does
//! Finds answers that a correction removes with an empty cell (`updates = "blanks_too"`).
//!
//! ## Why is this bad?
//! If the file holds only the corrected answers, all other answers are lost.
//!
//! ## Example
//! A row with the id, one answer, and forty empty cells.
//!
//! ## What to do
//! Check that the number reported is the number that should be missing. `updates = true` keeps the earlier answers.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "emptied_answer",
    about: "A correction removes an answer.",
    default_action: Action::Report,
    allowed_actions: &[Action::Report, Action::Stop],
    rules: &[],
};
