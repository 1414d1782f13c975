//! # `between_waves`
//!
//! ## What it does
//! Finds forms whose time lies in no wave's window, and forms at a wave that has another one nearer in time.
//!
//! ## Why is this bad?
//! Each respondent has one form at a wave; a form that is too early or too late does not tell how things stood then.
//!
//! ## Example
//! Visits at 0, 90 and 192 days, of which the waves at 0 and 6 months take the first and the last.
//!
//! ## What to do
//! Nothing, where the windows are as they should be; otherwise widen `window` of the `[[wave]]`.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "between_waves",
    about: "A form lies at no wave, or another one lies nearer.",
    default_action: Action::Reject,
    allowed_actions: &[Action::Reject, Action::Stop],
    rules: &[],
};
