//! # `second_heading`
//!
//! ## What it does
//! Finds rows right below the heading that hold words wherever numbers or days are due.
//!
//! ## Why is this bad?
//! They are question texts, and would be counted as a person.
//!
//! ## Example
//! Qualtrics, SurveyXact and SoSci write the question below each column name.
//!
//! ## What to do
//! Nothing: the rows are left out and told. `format = { skip = 1 }` passes over so many rows without a word;
//! `second_heading = "stop"` refuses such a file.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "second_heading",
    about: "A row below the heading is a second heading.",
    default_action: Action::Reject,
    allowed_actions: &[Action::Reject, Action::Stop],
    rules: &[],
};
