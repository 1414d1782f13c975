//! How many gave each answer: a bar for each, or one for each group.

use super::describe::{coded, notes, several_waves};
use super::{Drawn, FigureError, Input, Kind};
use crate::estimate;
use crate::figure::chart::Line;
use crate::figure::chart::pairs::{Pair, Pairs};
use crate::table::words;

pub(super) const KIND: Kind = Kind {
    name: "shares",
    about: "A bar for each answer to a coded question, or for the event of each binary one: its share, of everyone or (with groups) of each group.",
    shows: estimate::Kind::Describe,
    statistics: &["count", "share", "valid"],
    build,
};

/// Bars of a row; more groups are a table.
const MOST: usize = 4;

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    let all = coded(input, &KIND)?;
    let groups = input.groups(all[0].analysis);
    for coded in &all {
        if groups.len() > MOST || input.groups(coded.analysis) != groups {
            let needs = "the same groups as the others, four at most with everyone";
            return Err(input.lacks(&KIND, coded.analysis, needs));
        }
    }
    let waves = several_waves(&all);
    // Of a binary question among others the event says it all.
    let event = |codes: &[String]| all.len() > 1 && codes.len() == 2;
    let mut lines = Vec::new();
    for coded in &all {
        let label = coded.label(input, waves);
        // With several groups the number of everyone stands for the row; the table has the others.
        let n = coded.valid("");
        let shares = |code: &str| groups.iter().map(|group| coded.share(group, code)).collect();
        if event(&coded.codes) {
            let label = input.labels.event(coded.variable, label);
            lines.push(Line::Row(Pair { label, shares: shares(&coded.codes[1]), n }));
            continue;
        }
        if all.len() > 1 {
            lines.push(Line::Section(label));
        }
        lines.extend(coded.codes.iter().map(|code| {
            let label = input.labels.code(coded.variable, code);
            let pair = Pair { label, shares: shares(code), n: n.clone() };
            if all.len() > 1 { Line::Inner(pair) } else { Line::Row(pair) }
        }));
    }
    let ends = match groups.as_slice() {
        [_] => vec![crate::dictionary::Text::default()],
        groups => groups.iter().map(|group| input.labels.group(group)).collect(),
    };
    let chart = Pairs { ends, lines, counted: input.counted(), about: words::word("figure.about_shares") };
    Ok(Drawn::new(chart, notes(input, &all)))
}
