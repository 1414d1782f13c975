//! Numbers: how many, mean and spread.

use super::describe::several_waves;
use super::{Body, Input, Layout, LayoutError};
use crate::estimate::Kind;
use crate::table::{Column, Format, Row, RowKind};

pub(super) const LAYOUT: Layout = Layout {
    name: "numeric",
    about: "Numeric variables: n, mean, standard deviation, median and missing, for each variable and group.",
    kind: Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let waves = several_waves(&input.analyses);
    let mut rows = Vec::new();
    for analysis in &input.analyses {
        let before = rows.len();
        for variable in analysis.variables() {
            if !analysis.has(("", variable), "mean") {
                continue;
            }
            let label = match waves {
                true => input.labels.variable_at(variable),
                false => input.labels.variable(variable),
            };
            for group in analysis.groups() {
                let at = (group, variable);
                let cells = vec![
                    analysis.cell(at, "", "valid", Format::Count),
                    analysis.cell(at, "", "mean", Format::Decimal(1)),
                    analysis.cell(at, "", "sd", Format::Decimal(1)),
                    analysis.cell(at, "", "median", Format::Decimal(1)),
                    analysis.missing(at),
                ];
                rows.push(Row::new(RowKind::Plain, vec![label.clone(), input.labels.group(group)], cells));
            }
        }
        if rows.len() == before {
            return Err(input.lacks(&LAYOUT, analysis, "means of a numeric variable"));
        }
    }
    let names = ["column.answered", "column.mean", "column.sd", "column.median", "column.missing"];
    let mut body = Body {
        stub: vec![input.heading("stub.variable"), input.heading("stub.group")],
        columns: names.map(|key| Column::new(input.heading(key))).into(),
        rows,
        notes: Vec::new(),
    };
    drop_group_column(&mut body, input);
    Ok(body)
}

/// A column of groups says nothing where there is only everyone.
pub(super) fn drop_group_column(body: &mut Body, input: &Input<'_>) {
    if input.analyses.iter().all(|analysis| analysis.groups().len() < 2) {
        body.stub.truncate(1);
        body.rows.iter_mut().for_each(|row| row.heads.truncate(1));
    }
}
