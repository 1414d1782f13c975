//! # `trial_id`
//!
//! ## What it does
//! Finds rows whose id is a word for a trial of the form, such as `test`, `TEST01`, `demo` or `xxx`, among other ids.
//!
//! ## Why is this bad?
//! Whoever tried the form before it was sent out is counted as a respondent.
//!
//! ## Example
//! `test` as the first row of an export from a survey platform.
//!
//! ## What to do
//! Look at the rows; `respondent = { column = "id", without = ["test"] }` leaves those of an id out.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "trial_id",
    about: "An id looks like a trial of the form.",
    default_action: Action::Report,
    allowed_actions: &[Action::Report, Action::Stop],
    rules: &[],
};
