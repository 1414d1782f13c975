//! # `carried_along`
//!
//! ## What it does
//! Finds rows of persons with several rows that answer nothing but items which never change within a person (five persons or more have
//! several answers to them, and no two differ) and are not the same for everybody, while other rows answer more: five such rows at least.
//!
//! ## Why is this bad?
//! Such a row was made by a reshape, or its form was never opened: nobody was seen. Counted as a form it makes people followed up
//! who were not.
//!
//! ## Example
//! A wide file brought to long form has a row a wave for everyone, with sex and service in each of them, and the dictionary does not say
//! that these are `constant`.
//!
//! ## What to do
//! Say `constant = true` of the items in the dictionary: rows without another answer are then blank. `carried_along = "report"` takes the
//! rows as forms.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "carried_along",
    about: "A row answers nothing but items that never change within a person.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Report],
    rules: &[],
};
