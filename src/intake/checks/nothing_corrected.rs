//! # `nothing_corrected`
//!
//! ## What it does
//! Finds rows of a source of corrections (`updates = true`) whose respondent has no earlier row at the wave.
//!
//! ## Why is this bad?
//! Most often the id is written in another way: then the wrong answer stands uncorrected, and its respondent is counted twice.
//!
//! ## Example
//! `17` among the corrections of a file with `0017`.
//!
//! ## What to do
//! Write the id as it stands in the file that is corrected. Where corrections also bring new forms, or fill in forms that were
//! blank, `nothing_corrected = "report"` takes them in.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "nothing_corrected",
    about: "A correction has no row that it corrects.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Reject, Action::Report],
    rules: &[],
};
