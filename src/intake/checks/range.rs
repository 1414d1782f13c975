//! # `range`
//!
//! ## What it does
//! Finds numbers below the smallest or above the largest value that the dictionary allows.
//!
//! ## Why is this bad?
//! One typing error, 350 instead of 35 days, moves a mean more than the change that the evaluation looks for.
//!
//! ## Example
//! `31` for an item with `range = [0, 30]`.
//!
//! ## What to do
//! Correct the value in the source. If the value is right, widen the range. `range = "report"` keeps it.

use super::{Check, Field, Rule};
use crate::intake::answer::Answer;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "range",
    about: "A number is outside its item's range.",
    default_action: Action::SetMissing,
    allowed_actions: &[Action::SetMissing, Action::Reject, Action::Stop, Action::Report],
    rules: &[Rule::Field(outside)],
};

fn outside(field: &Field) -> Option<String> {
    let [least, greatest] = field.item.range?;
    let number = match field.answer {
        Answer::Integer(number) => *number as f64,
        Answer::Decimal(number) => *number,
        _ => return None,
    };
    (!(least..=greatest).contains(&number))
        .then(|| format!("a number outside the range; expected {least} to {greatest}"))
}
