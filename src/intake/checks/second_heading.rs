//! # `second_heading`
//!
//! ## What it does
//! Finds rows directly below the heading that hold words wherever numbers or dates are expected.
//!
//! ## Why is this bad?
//! They are question texts, and would be counted as a person.
//!
//! ## Example
//! Qualtrics, SurveyXact and SoSci write the question below each column name.
//!
//! ## What to do
//! Nothing: the rows are left out and reported. `format = { skip = 1 }` skips them without a report; `second_heading = "stop"` stops the run
//! instead.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "second_heading",
    about: "A row below the heading is a second heading.",
    default_action: Action::Reject,
    allowed_actions: &[Action::Reject, Action::Stop],
    rules: &[],
};
