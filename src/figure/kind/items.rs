//! Questions with the same answers, each a bar of a hundred per cent.

use super::describe::{all_answers, coded};
use super::{Drawn, FigureError, Input, Kind};
use crate::dictionary::{Better, Item, ItemType};
use crate::estimate;
use crate::figure::palette::{self, Colour};

pub(super) const KIND: Kind = Kind {
    name: "items",
    about: "A bar for each question (and group) with the same answers, ordered or not: the share of each answer, stacked to a hundred per cent.",
    shows: estimate::Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    let all = coded(input, &KIND)?;
    let first = &all[0];
    let colours = colours(input.labels.item(first.variable), first.codes.len());
    all_answers(input, &KIND, &all, colours, false)
}

/// Answers of which one end is better go from blue to vermilion, others that are ordered from dark to pale, and those without
/// order have colours that differ in lightness as well.
fn colours(item: Option<&Item>, count: usize) -> Vec<Colour> {
    match item.map(|item| (item.better, item.kind)) {
        Some((Some(Better::Lower), _)) => palette::diverging(count),
        Some((Some(Better::Higher), _)) => palette::diverging(count).into_iter().rev().collect(),
        Some((None, ItemType::Ordinal)) => palette::sequential(count),
        _ => palette::nominal(count),
    }
}
