//! # `blank_form`
//!
//! ## What it does
//! Finds rows without an answer to any of the form's own questions, and rows that do not meet the source's `form` condition. Items that are
//! `constant` are not the form's own questions. Neither are unticked boxes (REDCap's `___` columns at 0) and `…_complete`.
//!
//! ## Why is this bad?
//! Such a row is not a form: nobody was seen. Counted as a form, it makes lost people look followed up, and unticked boxes look like the
//! answer "No".
//!
//! ## Example
//! REDCap exports a row for each event of each person, even if the form was never opened. A wide file that was reshaped to long form has a
//! row for every wave of everyone.
//!
//! ## What to do
//! Nothing: such rows are counted as blank and are not stored. `blank_form = "report"` stores them as forms.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "blank_form",
    about: "A row has no answer to any of the form's own questions.",
    default_action: Action::Reject,
    allowed_actions: &[Action::Reject, Action::Report, Action::Stop],
    rules: &[],
};
