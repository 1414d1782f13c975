//! # `alike_ids`
//!
//! ## What it does
//! Finds forms whose id is unknown at the first wave, but would be known without leading zeros, spaces, capitals or `.0`.
//!
//! ## Why is this bad?
//! They most likely belong to the same person, who is then counted as lost.
//!
//! ## Example
//! `AB17` at the first wave, `ab17` at the second.
//!
//! ## What to do
//! Look at the rows. Write `respondent = { column = "id", ignore = ["case"] }` in all sources of the form to link them.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "alike_ids",
    about: "An id would match one of the first wave if both were written in the same way.",
    default_action: Action::Report,
    allowed_actions: &[Action::Report, Action::Stop],
    rules: &[],
};
