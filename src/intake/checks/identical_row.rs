//! # `identical_row`
//!
//! ## What it does
//! Finds rows with the same respondent, wave and answers as another row.
//!
//! ## Why is this bad?
//! The form was exported or entered twice. One of the rows counts; it does not matter which.
//!
//! ## Example
//! A file that was appended to itself.
//!
//! ## What to do
//! Nothing: one is kept. `identical_row = "stop"` stops the run instead.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "identical_row",
    about: "A row is identical to another one.",
    default_action: Action::Reject,
    allowed_actions: &[Action::Reject, Action::Stop],
    rules: &[],
};
