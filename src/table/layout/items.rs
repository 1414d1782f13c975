//! Several items on one scale: per cent of each answer, an item a row.

use super::describe::{coded, several_waves};
use super::{Body, Input, Layout, LayoutError};
use crate::estimate::{Kind, WHOLE};
use crate::statistic::{COUNT, SHARE, VALID};
use crate::table::{Cell, Column, Content, Format, Row, RowKind};

pub(super) const LAYOUT: Layout = Layout {
    name: "items",
    about: "Several items with the same answers: per cent of each answer and n for each item (and group).",
    kind: Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let variables = coded(input, &LAYOUT)?;
    let first = &variables[0];
    if let Some(other) = variables.iter().find(|coded| coded.codes != first.codes) {
        let analysis = &input.analyses[other.analysis];
        let (shows, fits) = ("items that all have the same codes", "frequency, crosstab");
        return Err(input.leaves_out(&LAYOUT, analysis, other.variable, shows, fits));
    }
    let waves = several_waves(&input.analyses);
    let grouped = input.analyses.iter().any(|analysis| analysis.groups().len() > 1);
    let mut rows = Vec::new();
    for coded in &variables {
        let analysis = &input.analyses[coded.analysis];
        let label = match waves {
            true => input.labels.variable_at(coded.variable),
            false => input.labels.variable(coded.variable),
        };
        if grouped {
            rows.push(Row::section(label.clone()));
        }
        for group in analysis.groups() {
            let at = (group, coded.variable);
            let mut cells: Vec<Cell> = coded
                .codes
                .iter()
                .map(|code| match analysis.find(group, coded.variable, code, &COUNT) {
                    None => Content::Zero.into(),
                    Some(_) => analysis.cell(at, code, &SHARE, Format::Percent(0)),
                })
                .collect();
            cells.push(analysis.cell(at, WHOLE, &VALID, Format::Count));
            cells.push(analysis.missing(at));
            let (kind, head) = match grouped {
                true => (RowKind::Inner, input.labels.group(group)),
                false => (RowKind::Plain, label.clone()),
            };
            rows.push(Row::new(kind, vec![head], cells));
        }
    }
    let over = input.heading("column.percent_of_answered");
    let mut columns: Vec<Column> = first
        .codes
        .iter()
        .map(|code| Column::under(&over, input.labels.code(first.variable, code)))
        .collect();
    columns.push(Column::new(input.heading("column.answered")));
    columns.push(Column::new(input.heading("column.missing")));
    Ok(Body { stub: vec![input.heading("stub.item")], columns, rows, notes: Vec::new() })
}
