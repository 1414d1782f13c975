//! At which waves persons were seen.

use super::{Body, Input, Layout, LayoutError};
use crate::estimate::{EVERYONE, Kind, NO_VARIABLE, Variable, WHOLE};
use crate::statistic::{MEMBERS, PATTERN, PATTERN_SHARE};
use crate::table::{Cell, Column, Format, Row, RowKind, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "patterns",
    about: "Each pattern of waves seen and not seen: number and per cent of the members.",
    kind: Kind::Followup,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let several = input.analyses.len() > 1;
    let mut columns = Vec::new();
    let mut rows = Vec::new();
    for analysis in &input.analyses {
        let mut patterns = analysis.terms(NO_VARIABLE, &PATTERN);
        // From all waves to the first only.
        patterns.sort_by(|a, b| b.cmp(a));
        let Some(length) = patterns.iter().map(|pattern| pattern.len()).max() else {
            return Err(input.lacks(&LAYOUT, analysis, "patterns of waves"));
        };
        let waves: Vec<&Variable> =
            analysis.variables().into_iter().filter(|wave| !wave.is_empty()).collect();
        if columns.is_empty() {
            let over = input.heading("column.seen");
            columns = (0..length)
                .map(|position| match waves.get(position).filter(|_| waves.len() == length) {
                    Some(wave) => Column::under(&over, input.labels.wave(wave)),
                    None => Column::under(&over, words::each(|_| (position + 1).to_string())),
                })
                .collect();
            columns.extend(["column.count", "column.percent"].map(|key| Column::new(input.heading(key))));
        } else if columns.len() != length + 2 {
            return Err(input.lacks(&LAYOUT, analysis, "the same number of waves as the other analyses"));
        }
        if several {
            rows.push(Row::section(analysis.label.clone()));
        }
        let at = (EVERYONE, NO_VARIABLE);
        let kind = if several { RowKind::Inner } else { RowKind::Plain };
        for (position, pattern) in patterns.iter().enumerate() {
            let seen = |digit| words::word(if digit == '1' { "cell.seen" } else { "cell.not_seen" }).into();
            let mut cells: Vec<Cell> = pattern.chars().map(seen).collect();
            cells.resize(length, Cell::EMPTY);
            cells.push(analysis.cell(at, pattern, &PATTERN, Format::Count));
            cells.push(analysis.cell(at, pattern, &PATTERN_SHARE, Format::Percent(1)));
            rows.push(Row::new(kind, vec![words::each(|_| (position + 1).to_string())], cells));
        }
        let mut foot = vec![Cell::EMPTY; length];
        foot.push(analysis.cell(at, WHOLE, &MEMBERS, Format::Count));
        foot.push(analysis.cell(at, WHOLE, &PATTERN_SHARE, Format::Percent(0)));
        rows.push(Row::new(RowKind::Foot, vec![input.heading("column.all")], foot));
    }
    Ok(Body { stub: vec![input.heading("stub.pattern")], columns, rows, notes: Vec::new() })
}
