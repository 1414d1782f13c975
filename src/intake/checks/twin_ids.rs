//! # `twin_ids`
//!
//! ## What it does
//! Finds ids that differ only in leading zeros, capitals, spaces or `.0`, and have a form each at the same wave.
//!
//! ## Why is this bad?
//! They most likely belong to the same person, who is then counted twice.
//!
//! ## Example
//! `007` and `7` in one file.
//!
//! ## What to do
//! Look at the rows. If they are one person, `respondent = { column = "id", ignore = ["leading_zeros"] }` makes them one, and `keep` says which
//! row counts.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "twin_ids",
    about: "Two ids of a wave differ only in how they are written.",
    default_action: Action::Report,
    allowed_actions: &[Action::Report, Action::Stop],
    rules: &[],
};
