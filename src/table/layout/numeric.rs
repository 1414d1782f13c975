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
    let sections = input.analyses.iter().any(|analysis| analysis.groups().len() > 1);
    let mut rows = Vec::new();
    for analysis in &input.analyses {
        let before = rows.len();
        for variable in analysis.variables() {
            if !analysis.has(("", variable), "mean") {
                let fits = "frequency, crosstab, items";
                return Err(input.leaves_out(&LAYOUT, analysis, variable, "numeric variables", fits));
            }
            let label = match waves {
                true => input.labels.variable_at(variable),
                false => input.labels.variable(variable),
            };
            if sections {
                rows.push(Row::section(label.clone()));
            }
            for group in analysis.groups() {
                let at = (group, variable);
                let decimals = analysis.decimals(at, "sd");
                let cells = vec![
                    analysis.cell(at, "", "valid", Format::Count),
                    analysis.cell(at, "", "mean", Format::Decimal(decimals)),
                    analysis.cell(at, "", "sd", Format::Decimal(decimals)),
                    analysis.cell(at, "", "median", Format::Decimal(decimals)),
                    analysis.missing(at),
                ];
                match sections {
                    true => rows.push(Row::new(RowKind::Inner, vec![input.labels.group(group)], cells)),
                    false => rows.push(Row::new(RowKind::Plain, vec![label.clone()], cells)),
                }
            }
        }
        if rows.len() == before {
            return Err(input.lacks(&LAYOUT, analysis, "means of a numeric variable"));
        }
    }
    let names = ["column.answered", "column.mean", "column.sd", "column.median", "column.missing"];
    Ok(Body {
        stub: vec![input.heading("stub.variable")],
        columns: names.map(|key| Column::new(input.heading(key))).into(),
        rows,
        notes: Vec::new(),
    })
}
