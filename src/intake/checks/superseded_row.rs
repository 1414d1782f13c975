//! # `superseded_row`
//!
//! ## What it does
//! Finds rows of which another counts by the source's `keep`.
//!
//! ## Why is this bad?
//! It is what `keep` is for; the rows that do not count are told, and stand in rejected.csv.
//!
//! ## Example
//! A form that was sent in twice, where the last counts.
//!
//! ## What to do
//! Look at them in rejected.csv.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "superseded_row",
    about: "A row of which another one counts.",
    default_action: Action::Reject,
    allowed_actions: &[Action::Reject],
    rules: &[],
};
