//! Reliable change: how many changed by more than the instrument's own unreliability allows.

use super::{Body, Input, Layout, LayoutError};
use crate::dictionary::Text;
use crate::estimate::{Kind, WHOLE};
use crate::statistic::{
    N_PAIRS, RECOVERED_SHARE, RELIABLE_IMPROVED, RELIABLE_IMPROVED_SHARE, RELIABLE_THRESHOLD,
    RELIABLE_UNCHANGED_SHARE, RELIABLE_WORSE_SHARE,
};
use crate::table::{Column, Format, Row, RowKind, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "reliable",
    about: "Each comparison of an item with a declared reliability: share reliably better, unchanged, worse, and recovered.",
    kind: Kind::Change,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut rows = Vec::new();
    let mut left_out: Vec<Text> = Vec::new();
    for analysis in &input.analyses {
        let before = rows.len();
        for variable in analysis.variables() {
            let label = input.labels.variable(variable);
            if analysis.terms(variable, &RELIABLE_IMPROVED).is_empty() && !left_out.contains(&label) {
                left_out.push(label);
            }
            for group in analysis.groups() {
                let at = (group, variable);
                if !analysis.has(at, &RELIABLE_IMPROVED) {
                    continue;
                }
                let share = |statistic| analysis.cell(at, WHOLE, statistic, Format::Percent(0));
                let cells = vec![
                    analysis.cell(at, WHOLE, &N_PAIRS, Format::Count),
                    analysis.cell(at, WHOLE, &RELIABLE_THRESHOLD, Format::Decimal(1)),
                    share(&RELIABLE_IMPROVED_SHARE),
                    share(&RELIABLE_UNCHANGED_SHARE),
                    share(&RELIABLE_WORSE_SHARE),
                    share(&RECOVERED_SHARE),
                ];
                let heads = vec![input.labels.variable_at(variable), input.labels.group(group)];
                rows.push(Row::new(RowKind::Plain, heads, cells));
            }
        }
        if rows.len() == before {
            return Err(input.lacks(&LAYOUT, analysis, "an item with a declared reliability"));
        }
    }
    let mut notes = vec![words::word("note.reliable")];
    if !left_out.is_empty() {
        notes.push(words::each(|language| {
            let names: Vec<&str> = left_out.iter().map(|label| label.get(language)).collect();
            words::say(language, "note.without_reliability", &[("variables", names.join(", "))])
        }));
    }
    let over = input.heading("column.reliably");
    let columns = vec![
        Column::new(input.heading("column.pairs")),
        Column::new(input.heading("column.threshold")),
        Column::under(&over, input.heading("column.better")),
        Column::under(&over, input.heading("column.unchanged")),
        Column::under(&over, input.heading("column.worse")),
        Column::new(input.heading("column.recovered")),
    ];
    Ok(Body { stub: vec![input.heading("stub.variable"), input.heading("stub.group")], columns, rows, notes })
}
