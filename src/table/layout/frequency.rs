//! One coded variable: how many gave each answer.

use super::describe::{all_of, coded, several_waves};
use super::{AnalysisView, Body, Input, Layout, LayoutError};
use crate::estimate::{EVERYONE, Kind, Term, Variable, WHOLE};
use crate::statistic::VALID;
use crate::table::{Cell, Column, Format, Row, RowKind};

pub(super) const LAYOUT: Layout = Layout {
    name: "frequency",
    about: "One coded variable: number and per cent of each answer, of those who answered.",
    kind: Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let variables = coded(input, &LAYOUT)?;
    let waves = several_waves(&input.analyses);
    let single = variables.len() == 1;
    let mut rows = Vec::new();
    for coded in &variables {
        let analysis = &input.analyses[coded.analysis];
        if !single {
            rows.push(Row::section(match waves {
                true => input.labels.variable_at(coded.variable),
                false => input.labels.variable(coded.variable),
            }));
        }
        let kind = if single { RowKind::Plain } else { RowKind::Inner };
        rows.extend(answers(input, analysis, coded.variable, &coded.codes, kind));
    }
    let stub =
        if single { input.labels.variable(variables[0].variable) } else { input.heading("stub.answer") };
    Ok(Body {
        stub: vec![stub],
        columns: vec![
            Column::new(input.heading("column.count")),
            Column::new(input.heading("column.percent")),
        ],
        rows,
        notes: vec![input.heading("note.of_answered")],
    })
}

/// A row for each answer, number and per cent, and how many answered and did not.
pub(super) fn answers(
    input: &Input<'_>,
    analysis: &AnalysisView<'_>,
    variable: &Variable,
    codes: &[Term],
    kind: RowKind,
) -> Vec<Row> {
    let at = (EVERYONE, variable);
    let mut rows = Vec::with_capacity(codes.len() + 2);
    for code in codes {
        let cells = analysis.count_and_share(at, code, Format::Percent(1)).to_vec();
        rows.push(Row::new(kind, vec![input.labels.code(variable, code)], cells));
    }
    let valid = analysis.cell(at, WHOLE, &VALID, Format::Count);
    let all = all_of(&valid);
    rows.push(Row::new(RowKind::Foot, vec![input.heading("row.answered")], vec![valid, all]));
    let missing = vec![analysis.missing(at), Cell::EMPTY];
    rows.push(Row::new(RowKind::Foot, vec![input.heading("row.missing")], missing));
    rows
}
