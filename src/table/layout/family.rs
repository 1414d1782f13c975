//! A family of tests: each comparison with its p-value as it stands and adjusted for the tests being many.

use super::{AnalysisView, Body, Input, Layout, LayoutError};
use crate::dictionary::{ItemType, Text};
use crate::estimate::Kind;
use crate::table::{Cell, Column, Format, Row, RowKind, number, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "family",
    about: "Each comparison of a family: its test, its p-value, and this adjusted by Holm and by Benjamini and Hochberg.",
    kind: Kind::Family,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut rows = Vec::new();
    let mut notes = Vec::new();
    let several = input.analyses.len() > 1;
    let grouped = input.analyses.iter().any(|analysis| analysis.groups().len() > 1);
    for analysis in &input.analyses {
        let before = rows.len();
        if several {
            rows.push(Row::section(analysis.label.clone()));
        }
        for variable in analysis.variables().into_iter().filter(|variable| !variable.is_empty()) {
            for group in analysis.groups() {
                let at = (group, variable);
                if !analysis.has(at, "p_value") {
                    continue;
                }
                let p = |statistic| analysis.cell(at, "", statistic, Format::P);
                let mut heads = vec![input.labels.variable_at(variable)];
                heads.extend(grouped.then(|| input.labels.group(group)));
                let cells = vec![test(input, variable), p("p_value"), p("p_holm"), p("p_bh")];
                let kind = if several { RowKind::Inner } else { RowKind::Plain };
                rows.push(Row::new(kind, heads, cells));
            }
        }
        if rows.len() == before + usize::from(several) {
            return Err(input.lacks(&LAYOUT, analysis, "a test of a comparison"));
        }
        notes.extend(size(analysis));
    }
    let adjusted = input.heading("column.adjusted");
    let columns = vec![
        Column::new(input.heading("column.test")),
        Column::new(input.heading("column.p")),
        Column::under(&adjusted, input.heading("column.holm")),
        Column::under(&adjusted, input.heading("column.bh")),
    ];
    let mut stub = vec![input.heading("stub.variable")];
    stub.extend(grouped.then(|| input.heading("stub.group")));
    notes.extend(["note.holm", "note.bh", "note.family"].map(words::word));
    Ok(Body { stub, columns, rows, notes })
}

/// The declared test of a comparison, by its type: the one that tables of change show.
fn test(input: &Input<'_>, variable: &str) -> Cell {
    let key = match input.labels.item(variable).map(|item| item.kind) {
        Some(ItemType::Binary) => "test.mcnemar_mid",
        Some(ItemType::Ordinal) => "test.wilcoxon",
        Some(_) => "test.t",
        None => return Cell::Empty,
    };
    Cell::Text(words::word(key))
}

/// How many tests are adjusted for.
fn size(analysis: &AnalysisView<'_>) -> Option<Text> {
    let size = analysis.find("", "", "", "family_size")?.value()?;
    Some(words::each(|language| {
        let size = number::number(size, Format::Count, language);
        words::say(language, "note.family_size", &[("tests", size)])
    }))
}
