//! A coded variable by groups: column per cent.

use super::describe::{all_of, coded, groups, several_waves};
use super::{Body, Input, Layout, LayoutError};
use crate::estimate::{Kind, WHOLE};
use crate::statistic::VALID;
use crate::table::{Cell, Column, Format, Row, RowKind};

pub(super) const LAYOUT: Layout = Layout {
    name: "crosstab",
    about: "A coded variable by groups: number and column per cent of each answer, with n for each group.",
    kind: Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let variables = coded(input, &LAYOUT)?;
    let groups = groups(input, &LAYOUT)?;
    if groups.len() < 2 {
        return Err(input.lacks(&LAYOUT, &input.analyses[0], "groups (`by`)"));
    }
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
        for code in &coded.codes {
            let cells = groups.iter().flat_map(|group| {
                let at = (*group, coded.variable);
                analysis.count_and_share(at, code, Format::Percent(1))
            });
            let head = input.labels.code(coded.variable, code);
            rows.push(Row::new(kind, vec![head], cells.collect()));
        }
        let answered = groups.iter().flat_map(|group| {
            let valid = analysis.cell((*group, coded.variable), WHOLE, &VALID, Format::Count);
            let all = all_of(&valid);
            [valid, all]
        });
        rows.push(Row::new(RowKind::Foot, vec![input.heading("row.answered")], answered.collect()));
        let missing =
            groups.iter().flat_map(|group| [analysis.missing((*group, coded.variable)), Cell::EMPTY]);
        rows.push(Row::new(RowKind::Foot, vec![input.heading("row.missing")], missing.collect()));
    }
    let columns = groups.iter().flat_map(|group| {
        let over = input.labels.group(group);
        ["column.count", "column.percent"].map(|key| Column::under(&over, input.heading(key)))
    });
    let stub =
        if single { input.labels.variable(variables[0].variable) } else { input.heading("stub.answer") };
    Ok(Body {
        stub: vec![stub],
        columns: columns.collect(),
        rows,
        notes: vec![input.heading("note.of_answered")],
    })
}
