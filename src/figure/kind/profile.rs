//! Questions with the same ordered answers, each a bar to both sides of a line.

use super::describe::{Answered, coded, notes, stacked};
use super::{Drawn, FigureError, Input, Kind};
use crate::dictionary::{Better, ItemType};
use crate::estimate;
use crate::figure::chart::stack::{Bar, Stack};
use crate::figure::palette;
use crate::table::words;

pub(super) const KIND: Kind = Kind {
    name: "profile",
    about: "A bar for each question (and group) with the same ordered answers: the share of each answer, the lower half to the left of a line and the upper half to the right.",
    shows: estimate::Kind::Describe,
    statistics: &["count", "share", "valid"],
    build,
};

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    let all = coded(input, &KIND)?;
    let first = &all[0];
    let ordered =
        |variable: &str| input.labels.item(variable).is_none_or(|item| item.kind != ItemType::Nominal);
    if let Some(other) = all.iter().find(|coded| !ordered(coded.variable)) {
        let shows = "questions that all have the same ordered answers";
        return Err(input.cannot_show(&KIND, other.analysis, other.variable, shows));
    }
    let answered = Answered::of(input, &all);
    let lines = stacked(input, &KIND, &all, |coded, group, label| Bar {
        label,
        shares: coded.codes.iter().map(|code| coded.share(group, code)).collect(),
        counts: answered.counts(coded, group),
    })?;
    let mut colours = palette::diverging(first.codes.len());
    if input.labels.item(first.variable).is_some_and(|item| item.better == Some(Better::Higher)) {
        colours.reverse();
    }
    let names = first.codes.iter().map(|code| input.labels.code(first.variable, code));
    let chart = Stack {
        parts: names.zip(colours).collect(),
        lines,
        diverging: true,
        columns: answered.columns,
        about: words::word("figure.about_profile"),
    };
    Ok(Drawn::new(chart, notes(input, &all)))
}
