//! # `unlisted_code`
//!
//! ## What it does
//! Finds codes that the dictionary lists neither as an answer nor as a reason for a missing answer.
//!
//! ## Why is this bad?
//! Nobody knows what the answer was. Often the file has a code for "don't know" that the dictionary lacks.
//!
//! ## Example
//! `9` for an item with the codes 1, 2, 3, 4.
//!
//! ## What to do
//! Look the code up in the codebook and list it, as an answer or under `missing` with its reason.

use super::{Check, Field, Rule};
use crate::dictionary::Item;
use crate::intake::answer::Answer;
use crate::plan::Action;

/// So many codes are listed in a message.
const CODES_LISTED: usize = 20;

pub const CHECK: Check = Check {
    id: "unlisted_code",
    about: "A code is not listed in the dictionary.",
    default_action: Action::SetMissing,
    allowed_actions: &[Action::SetMissing, Action::Reject, Action::Stop],
    rules: &[Rule::Field(unlisted)],
};

fn unlisted(field: &Field) -> Option<String> {
    let Answer::Code(code) = field.answer else {
        return None;
    };
    let listed_so = || format!("a code that is not listed; expected {}", listed(field.item));
    field.item.code(*code).is_none().then(listed_so)
}

/// "one of 1, 2, 3, 4 (missing: 8, 9)".
pub(super) fn listed(item: &Item) -> String {
    // Answers that share a column are told by the codes that stand there.
    let codes = item.part_of.as_ref().map_or(&item.codes, |part| &part.codes);
    let codes: Vec<String> = codes.iter().map(|code| code.code.to_string()).collect();
    let missing: Vec<String> = item.missing.iter().map(|missing| missing.code.to_string()).collect();
    let answers = match codes.len() > CODES_LISTED {
        true => {
            format!("one of {} and {} more", codes[..CODES_LISTED].join(", "), codes.len() - CODES_LISTED)
        }
        false => format!("one of {}", codes.join(", ")),
    };
    match missing.is_empty() {
        true => answers,
        false => format!("{answers} (missing: {})", missing.join(", ")),
    }
}
