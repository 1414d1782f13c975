//! # `unread`
//!
//! ## What it does
//! Finds items of which no answer, or more than a share of them (`[limits] unread`, 0.05 if left out), could be read.
//!
//! ## Why is this bad?
//! A column that is not read is missing for everyone, and looks like a question that nobody answered.
//!
//! ## Example
//! A column with decimal points where commas are declared; days as Excel counts them; another code list than the dictionary's.
//!
//! ## What to do
//! Mend what is declared of the file: its `format`, the item's `type`, its codes. `[limits] unread = 0.2` allows more, and
//! `unread = "report"` goes on in any case.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "unread",
    about: "Too many of an item's answers could not be read.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Report],
    rules: &[],
};
