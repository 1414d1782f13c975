//! Questions with the same ordered answers, each a bar to both sides of a line.

use super::describe::{all_answers, coded};
use super::{Drawn, FigureError, Input, Kind};
use crate::dictionary::{Better, ItemType};
use crate::estimate;
use crate::estimate::Variable;
use crate::figure::palette;

pub(super) const KIND: Kind = Kind {
    name: "profile",
    about: "A bar for each question (and group) with the same ordered answers: the share of each answer, the lower half to the left of a line and the upper half to the right.",
    shows: estimate::Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    let all = coded(input, &KIND)?;
    let first = &all[0];
    let ordered =
        |variable: &Variable| input.labels.item(variable).is_none_or(|item| item.kind != ItemType::Nominal);
    if let Some(other) = all.iter().find(|coded| !ordered(coded.variable)) {
        let shows = "questions that all have the same ordered answers";
        return Err(input.cannot_show(&KIND, other.analysis, other.variable, shows));
    }
    let mut colours = palette::diverging(first.codes.len());
    if input.labels.item(first.variable).is_some_and(|item| item.better == Some(Better::Higher)) {
        colours.reverse();
    }
    all_answers(input, &KIND, &all, colours, true)
}
