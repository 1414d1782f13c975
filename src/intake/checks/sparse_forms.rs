//! # `sparse_forms`
//!
//! ## What it does
//! Finds waves of which more than a tenth of the forms, five at least, answer one and the same question and nothing else, while most of
//! the others answer three or more. Fewer such forms, of an instrument with five questions or more, are told and do not stop.
//!
//! ## Why is this bad?
//! A status, a row number or a computed sum of 0 stands in a form that was never opened, and its person is counted as seen.
//!
//! ## Example
//! Half of the second wave has nothing but "not started" in the column `status`.
//!
//! ## What to do
//! Say what makes a row a form: `form = "status = 2"` in the source; or leave the column out of the dictionary. `sparse_forms = "report"` takes
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
