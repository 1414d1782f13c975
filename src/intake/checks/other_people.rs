//! # `other_people`
//!
//! ## What it does
//! Finds `constant` items that differ between the waves for more than a tenth of the people, and for three at least. A number counts as
//! different if it differs by more than two.
//!
//! ## Why is this bad?
//! The ids most likely belong to other people at the later wave, and then every change is false.
//!
//! ## Example
//! The people in the second file were numbered anew.
//!
//! ## What to do
//! Look at the ids. If the item is not the same at all waves, remove `constant`. `other_people = "report"` continues.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "other_people",
    about: "A constant item differs between the waves of many persons.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Report],
    rules: &[],
};
