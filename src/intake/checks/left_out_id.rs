//! # `left_out_id`
//!
//! ## What it does
//! Finds rows of the ids that the pipeline leaves out: `respondent = { column = "id", without = ["test"] }`.
//!
//! ## Why is this bad?
//! It is not bad: the pipeline asks for it. The rows are counted, and `rejected.csv` lists them.
//!
//! ## Example
//! A trial of the form.
//!
//! ## What to do
//! Nothing.

use super::{Check, Row, Rule};
use crate::intake::identity::without;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "left_out_id",
    about: "A row has an id that the pipeline leaves out.",
    default_action: Action::Reject,
    allowed_actions: &[Action::Reject],
    rules: &[Rule::Row(is_left_out)],
};

fn is_left_out(row: &Row) -> Option<String> {
    let respondent = &row.source.respondent;
    let is_meant = |id: &String| without(id.trim(), &respondent.ignore) == row.respondent;
    respondent.without.iter().any(is_meant).then(|| "a row of an id that the pipeline leaves out".to_owned())
}
