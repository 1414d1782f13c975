//! # `replaced_row`
//!
//! ## What it does
//! Finds rows that a later source with `updates = true` corrects.
//!
//! ## Why is this bad?
//! It is what such a source is for; the rows that it replaced are told, and stand in rejected.csv.
//!
//! ## Example
//! A second file with three corrected forms.
//!
//! ## What to do
//! Look at them in rejected.csv.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "replaced_row",
    about: "A row is corrected by a later file.",
    default_action: Action::Reject,
    allowed_actions: &[Action::Reject],
    rules: &[],
};
