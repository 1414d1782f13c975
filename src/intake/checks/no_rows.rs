//! # `no_rows`
//!
//! ## What it does
//! Finds a file that has a heading and no rows.
//!
//! ## Why is this bad?
//! A wave without forms makes everyone lost to follow-up. More often the export went wrong.
//!
//! ## Example
//! A file with one line, the heading.
//!
//! ## What to do
//! Export the data again. If the wave has not been collected yet, write `no_rows = "report"`.

use super::{Check, Rule};
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "no_rows",
    about: "The file has a heading and no rows.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Report],
    rules: &[Rule::File(|rows| {
        (rows == 0).then(|| "the file has a heading and no rows; expected assessments".to_owned())
    })],
};
