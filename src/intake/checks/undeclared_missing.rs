//! # `undeclared_missing`
//!
//! ## What it does
//! Finds answers that the file itself declares as missing, with a code that the dictionary does not list.
//!
//! ## Why is this bad?
//! Nobody knows why the answer is missing, and if the file is wrong, an answer is lost.
//!
//! ## Example
//! SPSS declares 9 as missing, or Stata has `.a`, and the dictionary lists neither.
//!
//! ## What to do
//! List the code under `missing` with its reason (`written = [".a"]` for Stata's). If it is an answer, list it under `codes`.

use super::{Check, Field, Rule};
use crate::intake::answer::Answer;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "undeclared_missing",
    about: "The file declares a code missing that the dictionary does not list.",
    default_action: Action::Report,
    allowed_actions: &[Action::Report, Action::Reject, Action::Stop],
    rules: &[Rule::Field(undeclared)],
};

fn undeclared(field: &Field) -> Option<String> {
    (*field.answer == Answer::Undeclared)
        .then(|| "a code that the file declares missing and the dictionary does not list; expected it under `missing`".to_owned())
}
