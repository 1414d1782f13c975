//! # `carried_along`
//!
//! ## What it does
//! Finds rows that answer only items that never change within a person, while other rows answer more. It looks at people with several rows,
//! and counts an item as unchanging if at least five people have several answers to it and no two differ, and it is not the same for
//! everybody. It reports five such rows or more.
//!
//! ## Why is this bad?
//! Such a row comes from a reshaped file or an unopened form: nobody was seen. Counted as a form, it makes lost people look followed up.
//!
//! ## Example
//! A wide file that was reshaped to long form has a row for every wave of everyone, with sex and service in each, and the dictionary does not
//! declare these as `constant`.
//!
//! ## What to do
//! Write `constant = true` at these items in the dictionary: rows without any other answer are then blank. `carried_along = "report"` stores
//! the rows as forms.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "carried_along",
    about: "A row answers only items that never change within a person.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Report],
    rules: &[],
};
