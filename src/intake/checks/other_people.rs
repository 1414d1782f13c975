//! # `other_people`
//!
//! ## What it does
//! Finds items that are `constant` and differ between the waves of more than a tenth of the persons, three at least: a code, or a number by
//! more than two.
//!
//! ## Why is this bad?
//! The ids are most likely of other people at the later wave, and then every change is an artefact.
//!
//! ## Example
//! The persons of the second file were numbered anew.
//!
//! ## What to do
//! Look at the ids. Where the item is not the same at all waves, take `constant` away; `other_people = "report"` goes on.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "other_people",
    about: "A constant item differs between the waves of many persons.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Report],
    rules: &[],
};
