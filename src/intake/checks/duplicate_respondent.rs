//! # `duplicate_respondent`
//!
//! ## What it does
//! Finds respondents who have more than one form at the same wave, with different answers, within one file or in several files of an
//! instrument.
//!
//! ## Why is this bad?
//! Nobody can know which form is right, and counting both counts the person twice.
//!
//! ## Example
//! Two members of the staff entered the same form. Or the column is the id of a service, not of a person.
//!
//! ## What to do
//! Delete the wrong row in the source, or say which one counts: `keep = "first"`, `keep = "last"`, or
//! `keep = { which = "last", by = "submitted" }` in the source; `updates = true` in a file of corrections.
//! `duplicate_respondent = "reject"` rejects all rows of that respondent at that wave.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "duplicate_respondent",
    about: "A respondent has more than one assessment at a wave.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Reject],
    rules: &[],
};
