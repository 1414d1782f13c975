//! # `nothing_corrected`
//!
//! ## What it does
//! Finds rows of a correction (`updates = true`) whose respondent has no earlier row at the wave.
//!
//! ## Why is this bad?
//! Most often the id is written differently. Then the wrong answer is not corrected, and the respondent is counted twice.
//!
//! ## Example
//! `17` in the corrections, `0017` in the file to be corrected.
//!
//! ## What to do
//! Write the id as in the file to be corrected. If corrections also bring new forms, or fill in blank ones, `nothing_corrected = "report"`
//! accepts them.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "nothing_corrected",
    about: "A correction has no row that it corrects.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Reject, Action::Report],
    rules: &[],
};
