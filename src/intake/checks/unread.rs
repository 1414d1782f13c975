//! # `unread`
//!
//! ## What it does
//! Finds items of which no answer, or too few answers, could be read (`[limits] unread`, 0.05 if left out, is the share that may be unread).
//!
//! ## Why is this bad?
//! A column that is not read is missing for everyone. It then looks like a question that nobody answered.
//!
//! ## Example
//! A column with decimal points where commas are declared; dates as Excel's numbers; another list of codes than the dictionary's.
//!
//! ## What to do
//! Correct what is declared about the file: its `format`, the item's `type`, its codes. `[limits] unread = 0.2` allows more, and
//! `unread = "report"` always continues.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "unread",
    about: "Too many of an item's answers could not be read.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Report],
    rules: &[],
};
