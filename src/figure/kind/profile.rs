//! Questions with the same ordered answers, each a bar to both sides of a line.

use super::describe::{coded, notes, several_waves};
use super::{Drawn, FigureError, Input, Kind};
use crate::dictionary::{Better, ItemType};
use crate::estimate;
use crate::figure::chart::Line;
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
    let other = all.iter().find(|coded| coded.codes != first.codes || !ordered(coded.variable));
    if let Some(other) = other {
        let shows = "questions that all have the same ordered answers";
        return Err(input.cannot_show(&KIND, other.analysis, other.variable, shows));
    }
    let waves = several_waves(&all);
    let several_groups = all.iter().any(|coded| input.groups(coded.analysis).len() > 1);
    let mut lines = Vec::new();
    let mut section = "";
    for coded in &all {
        let label = coded.label(input, waves);
        if several_groups {
            lines.push(Line::Section(label.clone()));
        } else if input.analyses.len() > 1 && coded.analysis.id != section {
            lines.push(Line::Section(coded.analysis.label.clone()));
            section = coded.analysis.id;
        }
        for group in input.groups(coded.analysis) {
            let label = if several_groups { input.labels.group(group) } else { label.clone() };
            let shares = coded.codes.iter().map(|code| coded.share(group, code)).collect();
            let bar = Bar { label, shares, n: coded.valid(group) };
            let inner = several_groups || input.analyses.len() > 1;
            lines.push(if inner { Line::Inner(bar) } else { Line::Row(bar) });
        }
    }
    let mut colours = palette::diverging(first.codes.len());
    if input.labels.item(first.variable).is_some_and(|item| item.better == Some(Better::Higher)) {
        colours.reverse();
    }
    let names = first.codes.iter().map(|code| input.labels.code(first.variable, code));
    let chart = Stack {
        parts: names.zip(colours).collect(),
        lines,
        diverging: true,
        counted: input.counted(),
        about: words::word("figure.about_profile"),
    };
    Ok(Drawn::new(chart, notes(input, &all)))
}
