//! # `between_waves`
//!
//! ## What it does
//! Finds forms whose date is in no wave's window, and forms at a wave for which another form is nearer in time.
//!
//! ## Why is this bad?
//! Each respondent has one form at a wave. A form that is too early or too late does not show the situation at that wave.
//!
//! ## Example
//! Visits at 0, 90 and 192 days: the waves at 0 and 6 months take the first and the last.
//!
//! ## What to do
//! Nothing, if the windows are right. Otherwise widen `window` of the `[[wave]]`.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "between_waves",
    about: "A form's date is in no wave's window, or another form is nearer to the wave.",
    default_action: Action::Reject,
    allowed_actions: &[Action::Reject, Action::Stop],
    rules: &[],
};
