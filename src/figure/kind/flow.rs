//! Who moved from which answer to which.

use super::change::{compared, notes, rows};
use super::{Drawn, FigureError, Input, Kind};
use crate::dictionary::{Better, Text};
use crate::estimate;
use crate::estimate::{NO_VARIABLE, Term, WHOLE};
use crate::figure::chart::flow::{Flow, Moves};
use crate::figure::palette;
use crate::statistic::{AFTER_SHARE, BEFORE_COUNT, BEFORE_SHARE, JOINT_SHARE, JOINT_SHARES, MARGIN_SHARES};
use crate::table::layout::Scale;
use crate::table::{Cell, Format, number, words};

pub(super) const KIND: Kind = Kind {
    name: "flow",
    about: "The answers to one question before and after, with a band for who moved from which to which; a panel for each two waves (and group).",
    shows: estimate::Kind::Change,
    build,
};

/// More panels than this have no room.
const MOST: usize = 4;

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    let lines = compared(input, &KIND)?;
    let mut codes: Vec<Term> = Vec::new();
    let mut panels = Vec::new();
    let mut first = NO_VARIABLE;
    for row in rows(&lines) {
        let at = (row.group, row.variable);
        let binary = row.found.scale == Scale::Binary;
        if row.found.scale == Scale::Numeric {
            return Err(input.cannot_show(&KIND, row.analysis, row.variable, "coded variables"));
        }
        let found = row.analysis.terms(row.variable, &BEFORE_COUNT);
        let mut own = input.labels.codes(row.variable, &found);
        if binary && own.len() != 2 {
            own = vec![Term::code(0), Term::code(1)];
        }
        if panels.is_empty() {
            first = row.variable;
            codes = own.clone();
        }
        let same = input.labels.variable(first) == input.labels.variable(row.variable) && own == codes;
        if !same || panels.len() == MOST {
            let shows = "one question, with no more than four pairs of waves and groups";
            return Err(input.cannot_show(&KIND, row.analysis, row.variable, shows));
        }
        let n = row.found.n_pairs.clone();
        // Answers that nobody gave have no counts.
        let or_nobody = Cell::or_nobody;
        let moved = |from: usize, to: usize| match binary {
            true => row.analysis.cell(at, WHOLE, JOINT_SHARES[from][to], Format::Percent(0)),
            false => {
                let term = Term::moved(&codes[from], &codes[to]);
                or_nobody(row.analysis.cell(at, &term, &JOINT_SHARE, Format::Percent(0)))
            }
        };
        let all: Vec<usize> = (0..codes.len()).collect();
        let margin = |end: usize, level: usize| match binary {
            true => row.analysis.cell(at, WHOLE, MARGIN_SHARES[end][level], Format::Percent(0)),
            false => {
                let statistic = [&BEFORE_SHARE, &AFTER_SHARE][end];
                or_nobody(row.analysis.cell(at, &codes[level], statistic, Format::Percent(0)))
            }
        };
        let said_n = words::each(|language| {
            let n = number::marked(&n, language);
            let said = words::say(language, "figure.persons", &[("n", n)]);
            match row.group.is_empty() {
                true => said,
                false => format!("{}: {said}", input.labels.group(row.group).get(language)),
            }
        });
        let waves = input.both_waves(row.variable);
        panels.push(Moves {
            waves: waves.unwrap_or_else(|| ["column.before", "column.after"].map(words::word)),
            margins: [0, 1].map(|end| all.iter().map(|level| margin(end, *level)).collect()),
            moves: all.iter().map(|from| all.iter().map(|to| moved(*from, *to)).collect()).collect(),
            n: said_n,
        });
    }
    let mut notes = notes(input, &lines);
    if panels.iter().any(|panel| panel.moves.iter().flatten().any(|share| share.number().is_none())) {
        notes.insert(0, words::word("figure.hatched"));
    }
    let mut colours = palette::diverging(codes.len());
    if input.labels.item(first).is_some_and(|item| item.better == Some(Better::Higher)) {
        colours.reverse();
    }
    let names = codes.iter().map(|code| input.labels.code(first, code));
    let label = input.labels.variable(first);
    let about: Text = words::each(|language| {
        words::say(language, "figure.about_flow", &[("variable", label.get(language).to_owned())])
    });
    Ok(Drawn::new(Flow { levels: names.zip(colours).collect(), panels, about }, notes))
}
