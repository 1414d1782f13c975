//! Numbers: how many, mean and spread.

use super::describe::several_waves;
use super::view::with_interval;
use super::{At, Body, Input, Layout, LayoutError};
use crate::estimate::{EVERYONE, Kind, WHOLE};
use crate::statistic::{ALPHA, ALPHA_HIGH, ALPHA_LOW, MEAN, MEDIAN, SD, VALID};
use crate::table::{AnalysisView, Cell, Column, Format, Row, RowKind, number, words};

/// The confidence level of Cronbach’s α.
const ALPHA_LEVEL: f64 = 0.95;

pub(super) const LAYOUT: Layout = Layout {
    name: "numeric",
    about: "Numeric variables: n, mean, standard deviation, median and missing, and of a score Cronbach’s α, for each variable and group.",
    kind: Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let waves = several_waves(&input.analyses);
    let is_score = |analysis: &AnalysisView<'_>| {
        analysis.variables().into_iter().any(|variable| analysis.has((EVERYONE, variable), &ALPHA))
    };
    let scores = input.analyses.iter().any(is_score);
    let sections = input.analyses.iter().any(|analysis| analysis.groups().len() > 1);
    let mut rows = Vec::new();
    for analysis in &input.analyses {
        let before = rows.len();
        for variable in analysis.variables() {
            if !analysis.has((EVERYONE, variable), &MEAN) {
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
                let decimals = analysis.decimals(at, &SD);
                let mut cells = vec![
                    analysis.cell(at, WHOLE, &VALID, Format::Count),
                    analysis.cell(at, WHOLE, &MEAN, Format::Decimal(decimals)),
                    analysis.cell(at, WHOLE, &SD, Format::Decimal(decimals)),
                    analysis.cell(at, WHOLE, &MEDIAN, Format::Decimal(decimals)),
                    analysis.missing(at),
                ];
                if scores {
                    cells.push(alpha(analysis, at));
                }
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
    let mut columns: Vec<Column> = names.map(|key| Column::new(input.heading(key))).into();
    if scores {
        let heading = |language| {
            words::say(language, "column.alpha", &[("level", number::percent(ALPHA_LEVEL, 0, language))])
        };
        columns.push(Column::new(words::each(heading)));
    }
    Ok(Body {
        stub: vec![input.heading("stub.variable")],
        columns,
        rows,
        notes: if scores { vec![words::word("note.alpha")] } else { Vec::new() },
    })
}

/// Cronbach's α with its interval; nothing for a variable that is no score.
fn alpha(analysis: &AnalysisView<'_>, at: At<'_>) -> Cell {
    match analysis.has(at, &ALPHA) {
        false => Cell::EMPTY,
        true => with_interval(
            analysis.cell(at, WHOLE, &ALPHA, Format::Decimal(2)),
            analysis.interval(at, WHOLE, [&ALPHA_LOW, &ALPHA_HIGH], Format::Decimal(2)),
        ),
    }
}
