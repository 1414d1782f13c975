//! # `blank_form`
//!
//! ## What it does
//! Finds rows without an answer to any of the form's own questions, and rows that do not fulfil the source's `form`. Items that are
//! `constant` are no questions of the form's own, nor are unticked boxes (REDCap's `___` columns at 0) and `…_complete`.
//!
//! ## Why is this bad?
//! Such a row is no form: nobody was seen. Counted as one it makes people followed up who were not, and unticked boxes
//! answers "No".
//!
//! ## Example
//! REDCap exports a row for each event of each person, also where the form was never opened; a wide file brought to long form
//! has a row a wave for everyone.
//!
//! ## What to do
//! Nothing: such rows are counted as blank and are not stored. `blank_form = "report"` stores them as forms all the same.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "blank_form",
    about: "A row has no answer to any of the form's own questions.",
    default_action: Action::Reject,
    allowed_actions: &[Action::Reject, Action::Report, Action::Stop],
    rules: &[],
};
