//! # `constant_changes`
//!
//! ## What it does
//! Finds respondents whose answer to a `constant` item differs between waves.
//!
//! ## Why is this bad?
//! A year of birth does not change. Either an answer is wrong, or two people share an id, and then their changes are not real.
//!
//! ## Example
//! A man at the first wave is a woman at the second.
//!
//! ## What to do
//! Look at the forms. The first answer counts. `constant_changes = "stop"` stops the run instead.

use std::cmp::Ordering;

use arrow::array::{Array, make_comparator};
use arrow::compute::SortOptions;

use super::{Check, Clash, People, Rule};
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "constant_changes",
    about: "A constant item differs between a respondent's waves.",
    default_action: Action::Report,
    allowed_actions: &[Action::Report, Action::Stop],
    rules: &[Rule::People(changes)],
};

fn changes(people: &People) -> Vec<Clash> {
    let mut clashes = Vec::new();
    for item in people.request.instrument.items.iter().filter(|item| item.constant) {
        let Some(column) = people.column(&item.name) else { continue };
        let Ok(compare) = make_comparator(column, column, SortOptions::default()) else { continue };
        for person in people.each() {
            let mut answered = person.iter().copied().filter(|row| column.is_valid(*row as usize));
            let Some(first) = answered.next() else { continue };
            let differs = |row: &u32| compare(*row as usize, first as usize) != Ordering::Equal;
            clashes.extend(answered.filter(differs).map(|row| {
                Clash {
                    row,
                    item: Some(item.name.clone()),
                    message: "the answer differs from the respondent's first; expected the same at all waves"
                        .to_owned(),
                }
            }));
        }
    }
    clashes
}
