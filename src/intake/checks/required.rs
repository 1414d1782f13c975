//! # `required`
//!
//! ## What it does
//! Finds empty fields of items that the dictionary declares as `required`. A missing code is not an empty field: it says why there is no
//! answer.
//!
//! ## Why is this bad?
//! The evaluation depends on the item, and nothing says why the answer is missing.
//!
//! ## Example
//! No service is entered for a user, and services are compared.
//!
//! ## What to do
//! Ask the service. Or enter a missing code with its reason.

use super::{Check, Rule};
use crate::plan::Action;
use crate::read::Cell;

pub const CHECK: Check = Check {
    id: "required",
    about: "A required item's field is empty.",
    default_action: Action::Report,
    allowed_actions: &[Action::Report, Action::Reject, Action::Stop],
    rules: &[Rule::Field(|field| {
        (field.item.required && field.cell == Cell::Empty)
            .then(|| "an empty field; expected an answer or a missing code".to_owned())
    })],
};
