//! # `duplicate_respondent`
//!
//! ## What it does
//! Finds respondents with more than one assessment at the same wave whose answers differ, within a file and between files of
//! an instrument.
//!
//! ## Why is this bad?
//! Nothing tells which assessment is right, and counting both counts the person twice.
//!
//! ## Example
//! The same form was entered by two members of the staff; or the column is not the id of a person but of a service.
//!
//! ## What to do
//! Delete the wrong row in the source, or say which counts: `keep = "first"`, `keep = "last"`, or
//! `keep = { which = "last", by = "submitted" }` in the source, `updates = true` in a file of corrections.
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
