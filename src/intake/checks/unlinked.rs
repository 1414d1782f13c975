//! # `unlinked`
//!
//! ## What it does
//! Finds waves of which no form, or more than a share of them (`[limits] unlinked`, 0.05 if left out), is of a respondent with a form
//! at the first wave.
//!
//! ## Why is this bad?
//! Change is of those with both. Where ids are written in two ways, nearly everyone is lost to follow-up, and it is not true.
//!
//! ## Example
//! `0017` in one file and `17` in the other, where Excel took the ids for numbers.
//!
//! ## What to do
//! Write the ids alike, or let what does not tell them apart pass: `respondent = { column = "id", ignore = ["leading_zeros"] }`.
//! Where people come in at later waves, a cohort with `unit = "assessment"` counts them, or `[limits] unlinked = 1` lets them be.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "unlinked",
    about: "Too many forms of a wave are of respondents without a form at the first.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Report],
    rules: &[],
};
