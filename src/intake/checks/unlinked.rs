//! # `unlinked`
//!
//! ## What it does
//! Finds waves in which no form belongs to a respondent with a form at the first wave, or too many forms do not (`[limits] unlinked`, 0.05
//! if left out).
//!
//! ## Why is this bad?
//! Change is computed for people with both forms. If ids are written in two ways, nearly everyone looks lost, and that is not true.
//!
//! ## Example
//! `0017` in one file and `17` in the other, because Excel took the ids for numbers.
//!
//! ## What to do
//! Write the ids alike, or ignore the difference: `respondent = { column = "id", ignore = ["leading_zeros"] }`. If people join at later
//! waves, a cohort with `unit = "assessment"` counts them, or `[limits] unlinked = 1` accepts them.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "unlinked",
    about: "Too many forms of a wave belong to respondents without a form at the first wave.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Report],
    rules: &[],
};
