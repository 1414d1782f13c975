//! A row for each unit, such as a service: its own figures, and what they add up to.

use super::panel::whole;
use super::{AnalysisView, At, Body, Input, Layout, LayoutError};
use crate::disclosure::Cleared;
use crate::estimate::{EVERYONE, Group, Kind, Term, Variable, WHOLE};
use crate::statistic::{COUNT, SUM, VALID};
use crate::table::{Cell, Column, Content, Format, Row, RowKind};

pub(super) const LAYOUT: Layout = Layout {
    name: "listing",
    about: "Each unit of the grouping variable (`by`) in the dictionary's order: its numbers and answers, with totals.",
    kind: Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    listed(input, &LAYOUT, |_| {})
}

/// A unit's row, and the number that its first variable has.
pub(super) struct Unit {
    pub first: Option<f64>,
    row: Row,
}

/// The units that have an answer, in the order that `arrange` gives them, and the totals.
pub(super) fn listed(
    input: &Input<'_>,
    layout: &Layout,
    arrange: fn(&mut [Unit]),
) -> Result<Body, LayoutError> {
    let analysis = &input.analyses[0];
    // The columns are the variables of one analysis: another's would have none.
    if let Some(other) = input.analyses.get(1) {
        return Err(input.lacks(layout, other, "a table of its own"));
    }
    let groups: Vec<&Group> = analysis.groups().into_iter().filter(|group| !group.is_empty()).collect();
    let variable_of = |group: &Group| group.first().map(|(variable, _)| variable.to_owned());
    let by = groups.first().and_then(|group| variable_of(group));
    let Some(by) = by.filter(|by| groups.iter().all(|group| variable_of(group).as_ref() == Some(by))) else {
        return Err(input.lacks(layout, analysis, "one grouping variable (`by`)"));
    };
    let variables = analysis.variables();
    let mut units: Vec<Unit> = Vec::new();
    for group in groups {
        let answers = |variable: &&Variable| analysis.cell((group, variable), WHOLE, &VALID, Format::Count);
        if variables.iter().map(answers).all(|valid| valid == Content::Zero) {
            continue;
        }
        let code = group.first().map_or("", |(_, code)| code);
        let cells = variables.iter().map(|variable| own(input, analysis, (group, variable))).collect();
        units.push(Unit {
            first: variables
                .first()
                .and_then(|first| analysis.find(group, first, WHOLE, &SUM))
                .and_then(Cleared::value),
            row: Row::new(RowKind::Plain, vec![input.labels.code(&by, code)], cells),
        });
    }
    if units.is_empty() {
        return Err(input.lacks(layout, analysis, "units with an answer"));
    }
    arrange(&mut units);
    let mut rows: Vec<Row> = units.into_iter().map(|unit| unit.row).collect();
    let totals = variables.iter().map(|variable| match analysis.has((EVERYONE, variable), &SUM) {
        true => analysis.cell((EVERYONE, variable), WHOLE, &SUM, whole(input, variable)),
        false => Cell::EMPTY,
    });
    rows.push(Row::new(RowKind::Foot, vec![input.heading("row.total")], totals.collect()));
    Ok(Body {
        stub: vec![input.labels.variable(&by)],
        columns: variables.iter().map(|variable| Column::new(input.labels.variable(variable))).collect(),
        rows,
        notes: Vec::new(),
    })
}

/// A number, or the answer that all of the unit's forms have.
fn own(input: &Input<'_>, analysis: &AnalysisView<'_>, at: At<'_>) -> Cell {
    if analysis.has(at, &SUM) {
        let sum = analysis.cell(at, WHOLE, &SUM, whole(input, at.1));
        return if sum == Content::Absent { Cell { content: Content::Missing, ..sum } } else { sum };
    }
    let valid = analysis.cell(at, WHOLE, &VALID, Format::Count);
    if !matches!(valid.content, Content::Number { .. }) {
        return if valid == Content::Zero { Content::Missing.into() } else { valid };
    }
    let all = |code: &Term| Some((code.clone(), analysis.cell(at, code, &COUNT, Format::Count)));
    let mut counts = analysis.terms(at.1, &COUNT).into_iter().filter_map(all);
    let answer = counts.find(|(_, count)| count.content == valid.content);
    answer.map_or(Cell::EMPTY, |(code, count)| Cell::words(input.labels.code(at.1, &code), [&count]))
}
