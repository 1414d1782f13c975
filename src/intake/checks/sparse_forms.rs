//! # `sparse_forms`
//!
//! ## What it does
//! Finds waves in which more than a tenth of the forms, and at least five, answer one and the same question and nothing else, while most
//! other forms answer three or more. If an instrument has five questions or more, fewer such forms are reported but do not stop the run.
//!
//! ## Why is this bad?
//! A status, a row number or a computed sum of 0 is filled in even if the form was never opened. Its person is then counted as seen.
//!
//! ## Example
//! Half of the second wave has nothing but "not started" in the column `status`.
//!
//! ## What to do
//! Say what makes a row a form: `form = "status = 2"` in the source. Or leave the column out of the dictionary. `sparse_forms = "report"` stores
//! the rows as forms.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "sparse_forms",
    about: "Many forms answer one question and nothing else.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Report],
    rules: &[],
};
