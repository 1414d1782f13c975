//! # `trial_id`
//!
//! ## What it does
//! Finds rows whose id looks like a trial of the form, such as `test`, `TEST01`, `demo` or `xxx`, among other ids.
//!
//! ## Why is this bad?
//! Somebody tried the form before it was sent out, and would be counted as a respondent.
//!
//! ## Example
//! `test` as the first row of an export from a survey platform.
//!
//! ## What to do
//! Look at the rows. `respondent = { column = "id", without = ["test"] }` leaves out the rows of an id.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "trial_id",
    about: "An id looks like a trial of the form.",
    default_action: Action::Report,
    allowed_actions: &[Action::Report, Action::Stop],
    rules: &[],
};
