//! Who moved where: answers before by answers after.

use super::flow::befores;
use super::{Body, Input, Layout, LayoutError};
use crate::estimate::{EVERYONE, Kind, NO_VARIABLE, Term, Variable, WHOLE};
use crate::statistic::{
    AFTER_COUNT, AFTER_SHARE, BEFORE_COUNT, MARGIN_COUNTS, MARGIN_SHARES, N_PAIRS, N11, ROW_SHARES,
    TRANSITION, TRANSITION_SHARE, TWO_BY_TWO,
};
use crate::table::{Column, Format, Row, RowKind, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "transition",
    about: "Answers before by answers after: number of persons, with row per cent.",
    kind: Kind::Change,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut levels: Vec<Term> = Vec::new();
    let mut columns = Vec::new();
    let mut rows = Vec::new();
    let mut first = NO_VARIABLE;
    for analysis in &input.analyses {
        let before = rows.len();
        for variable in analysis.variables() {
            let binary = analysis.has((EVERYONE, variable), &N11);
            let terms = analysis.terms(variable, &TRANSITION);
            if terms.is_empty() && !binary {
                return Err(input.leaves_out(&LAYOUT, analysis, variable, "coded variables", "change"));
            }
            let codes = match binary {
                // The term of a two-by-two table has no codes; without a dictionary they are called 0 and 1.
                true => Some(input.labels.codes(variable, &[])).filter(|codes| codes.len() == 2),
                false => Some(input.labels.codes(variable, &befores(&terms).iter().collect::<Vec<_>>())),
            };
            let codes = codes.unwrap_or_else(|| vec![Term::code(0), Term::code(1)]);
            if columns.is_empty() {
                first = variable;
                levels = codes.clone();
                columns = head(input, variable, &levels);
            } else if codes.len() != levels.len() {
                let (shows, fits) = ("variables with the same number of levels", "change");
                return Err(input.leaves_out(&LAYOUT, analysis, variable, shows, fits));
            }
            rows.push(Row::section(input.labels.variable_at(variable)));
            rows.extend(body(input, analysis, variable, &codes, binary));
        }
        if rows.len() == before {
            return Err(input.lacks(&LAYOUT, analysis, "transitions of a coded variable"));
        }
    }
    let sections = rows.iter().filter(|row| row.kind == RowKind::Section).count();
    let about = if sections == 1 { input.labels.variable_at(first) } else { input.labels.waves(first) };
    let note = words::each(|language| {
        words::say(language, "note.transition", &[("about", about.get(language).to_owned())])
    });
    if sections == 1 {
        rows.remove(0);
        rows.iter_mut().filter(|row| row.kind == RowKind::Inner).for_each(|row| row.kind = RowKind::Plain);
    }
    Ok(Body { stub: vec![input.heading("stub.before")], columns, rows, notes: vec![note] })
}

fn head(input: &Input<'_>, variable: &Variable, levels: &[Term]) -> Vec<Column> {
    let label = |code: &Term| input.labels.code(variable, code);
    let counts = input.heading("column.after_count");
    let shares = input.heading("column.after_percent");
    let mut columns: Vec<Column> = levels.iter().map(|code| Column::under(&counts, label(code))).collect();
    columns.push(Column::under(&counts, input.heading("column.all")));
    columns.extend(levels.iter().map(|code| Column::under(&shares, label(code))));
    columns
}

fn body(
    input: &Input<'_>,
    analysis: &super::AnalysisView<'_>,
    variable: &Variable,
    codes: &[Term],
    binary: bool,
) -> Vec<Row> {
    let at = (EVERYONE, variable);
    let cell = |from: usize, to: usize| match binary {
        true => analysis.cell(at, WHOLE, TWO_BY_TWO[from][to], Format::Count),
        false => analysis.cell(at, &Term::moved(&codes[from], &codes[to]), &TRANSITION, Format::Count),
    };
    let share = |from: usize, to: usize| match binary {
        true => analysis.cell(at, WHOLE, ROW_SHARES[from][to], Format::Percent(0)),
        false => {
            let term = Term::moved(&codes[from], &codes[to]);
            analysis.cell(at, &term, &TRANSITION_SHARE, Format::Percent(0))
        }
    };
    let margin = |end: usize, level: usize| match binary {
        true => analysis.cell(at, WHOLE, MARGIN_COUNTS[end][level], Format::Count),
        false => analysis.cell(at, &codes[level], [&BEFORE_COUNT, &AFTER_COUNT][end], Format::Count),
    };
    let margin_share = |level: usize| match binary {
        true => analysis.cell(at, WHOLE, MARGIN_SHARES[1][level], Format::Percent(0)),
        false => analysis.cell(at, &codes[level], &AFTER_SHARE, Format::Percent(0)),
    };
    let all: Vec<usize> = (0..codes.len()).collect();
    let mut rows: Vec<Row> = all
        .iter()
        .map(|&from| {
            let counts = all.iter().map(|&to| cell(from, to));
            let shares = all.iter().map(|&to| share(from, to));
            let cells = counts.chain([margin(0, from)]).chain(shares).collect();
            Row::new(RowKind::Inner, vec![input.labels.code(variable, &codes[from])], cells)
        })
        .collect();
    let pairs = analysis.cell(at, WHOLE, &N_PAIRS, Format::Count);
    let counts = all.iter().map(|&to| margin(1, to));
    let shares = all.iter().map(|&to| margin_share(to));
    let cells = counts.chain([pairs]).chain(shares).collect();
    rows.push(Row::new(RowKind::Foot, vec![input.heading("column.all")], cells));
    rows
}
