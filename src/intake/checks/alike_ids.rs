//! # `alike_ids`
//!
//! ## What it does
//! Finds forms whose id is not known at the first wave, but would be without leading zeros, spaces, capitals or `.0`.
//!
//! ## Why is this bad?
//! They are most likely of the same person, who is counted as lost.
//!
//! ## Example
//! `AB17` at the first wave, `ab17` at the second.
//!
//! ## What to do
//! Look at the rows; `respondent = { column = "id", ignore = ["case"] }` in all sources of the form links them.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "alike_ids",
    about: "An id would be known at the first wave if it were written alike.",
    default_action: Action::Report,
    allowed_actions: &[Action::Report, Action::Stop],
    rules: &[],
};
