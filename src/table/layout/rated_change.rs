//! Change as it was rated by change as the answers differ.

use super::{AnalysisView, Body, Input, Layout, LayoutError};
use crate::dictionary::Text;
use crate::estimate::{EVERYONE, Kind, Statistic, Term, Variable, WHOLE};
use crate::statistic::{
    DIFFERENCED_COUNT, DIFFERENCED_SHARE, N_RATED, RATED_COUNT, RATED_DIFFERENCED, RATED_DIFFERENCED_SHARE,
};
use crate::table::{Cell, Column, Format, Row, RowKind, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "rated_change",
    about: "Change as it was rated by change as the answers differ: number of persons, with row per cent.",
    kind: Kind::Agreement,
    build,
};

/// As readers expect them: better first.
const LEVELS: [(i8, &str); 3] = [(1, "column.better"), (0, "column.unchanged"), (-1, "column.worse")];

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut rows = Vec::new();
    let mut all_compared: Vec<Text> = Vec::new();
    for analysis in &input.analyses {
        for variable in analysis.variables() {
            if !analysis.has((EVERYONE, variable), &N_RATED) {
                return Err(input.lacks(&LAYOUT, analysis, "rated and differenced change"));
            }
            rows.push(Row::section(analysis.label.clone()));
            rows.extend(body(input, analysis, variable));
            let waves = input.labels.waves(variable);
            if !all_compared.contains(&waves) {
                all_compared.push(waves);
            }
        }
    }
    if rows.iter().filter(|row| row.kind == RowKind::Section).count() == 1 {
        rows.remove(0);
        rows.iter_mut().filter(|row| row.kind == RowKind::Inner).for_each(|row| row.kind = RowKind::Plain);
    }
    let note = words::each(|language| {
        let waves: Vec<&str> = all_compared.iter().map(|waves| waves.get(language)).collect();
        words::say(language, "note.rated_change", &[("waves", waves.join("; "))])
    });
    let [counts, shares] = ["column.differenced_count", "column.differenced_percent"].map(words::word);
    let level = |(_, head): (i8, &str)| input.heading(head);
    let columns = LEVELS
        .map(|at| Column::under(&counts, level(at)))
        .into_iter()
        .chain([Column::under(&counts, input.heading("column.all"))])
        .chain(LEVELS.map(|at| Column::under(&shares, level(at))))
        .collect();
    Ok(Body { stub: vec![input.heading("stub.rated")], columns, rows, notes: vec![note] })
}

/// A row for each rating, and the differenced ones of all.
fn body(input: &Input<'_>, analysis: &AnalysisView<'_>, variable: &Variable) -> Vec<Row> {
    let count = |term: &Term, statistic: &Statistic| {
        analysis.cell((EVERYONE, variable), term, statistic, Format::Count)
    };
    let share = |term: &Term, statistic: &Statistic| {
        analysis.cell((EVERYONE, variable), term, statistic, Format::Percent(0))
    };
    let row = |kind, head: Text, cells: [Cell; 3], whole: Cell, shares: [Cell; 3]| {
        Row::new(kind, vec![head], cells.into_iter().chain([whole]).chain(shares).collect())
    };
    let mut rows: Vec<Row> = LEVELS
        .iter()
        .map(|(rated, head)| {
            let moves = LEVELS.map(|(found, _)| Term::moved(rated, found));
            let cells = moves.each_ref().map(|term| count(term, &RATED_DIFFERENCED));
            let shares = moves.each_ref().map(|term| share(term, &RATED_DIFFERENCED_SHARE));
            row(RowKind::Inner, input.heading(head), cells, count(&Term::code(rated), &RATED_COUNT), shares)
        })
        .collect();
    let margins = LEVELS.map(|(found, _)| count(&Term::code(found), &DIFFERENCED_COUNT));
    let shares = LEVELS.map(|(found, _)| share(&Term::code(found), &DIFFERENCED_SHARE));
    rows.push(row(RowKind::Foot, input.heading("column.all"), margins, count(WHOLE, &N_RATED), shares));
    rows
}
