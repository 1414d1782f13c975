//! # `column_twice`
//!
//! ## What it does
//! Finds a needed column whose name is in the heading more than once.
//!
//! ## Why is this bad?
//! Nobody can know which of the columns holds the answers. Columns that are not needed may share a name.
//!
//! ## Example
//! A heading `id;sex;age;sex`.
//!
//! ## What to do
//! Rename or delete one of them in the export.

use super::{Check, HeaderBreach, Rule};
use crate::intake::header::Header;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "column_twice",
    about: "A needed column is in the heading more than once.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop],
    rules: &[Rule::Header(twice)],
};

fn twice(header: &Header) -> Vec<HeaderBreach> {
    let twice = header.wanted.iter().filter(|wanted| wanted.at.len() > 1);
    twice
        .map(|wanted| {
            let places: Vec<String> = wanted.at.iter().map(|at| (at + 1).to_string()).collect();
            HeaderBreach {
                item: wanted.role.item().map(str::to_owned),
                message: format!(
                    "columns {} are all called {:?}; expected one",
                    places.join(" and "),
                    wanted.column
                ),
                action: Some(Action::Stop),
            }
        })
        .collect()
}
