//! Classes of use: how many of those who used became abstinent, used less, the same or more.

use super::{Body, Input, Layout, LayoutError};
use crate::dictionary::Text;
use crate::estimate::{Kind, Variable, WHOLE};
use crate::statistic::{
    N_PAIRS, USE_ABSTINENT_SHARE, USE_DETERIORATED_SHARE, USE_IMPROVED_SHARE, USE_NONE, USE_STARTED,
    USE_UNCHANGED_SHARE, USERS_BEFORE,
};
use crate::table::{Column, Format, Labels, Row, RowKind, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "use_classes",
    about: "Each comparison of days of use with declared thresholds: of those who used before, per cent abstinent, improved, unchanged and deteriorated; how many did not use, or started.",
    kind: Kind::Change,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut rows = Vec::new();
    let mut notes = vec![words::word("note.use_classes")];
    for analysis in &input.analyses {
        let before = rows.len();
        for variable in analysis.variables() {
            if analysis.terms(variable, &USERS_BEFORE).is_empty() {
                let shows = "days of use with thresholds in the dictionary";
                return Err(input.leaves_out(&LAYOUT, analysis, variable, shows, "change"));
            }
            let told = thresholds(input.labels, variable);
            if !told.is_empty() && !notes.contains(&told) {
                notes.push(told);
            }
            for group in analysis.groups() {
                let at = (group, variable);
                let count = |statistic| analysis.cell(at, WHOLE, statistic, Format::Count);
                let share = |statistic| analysis.cell(at, WHOLE, statistic, Format::Percent(0));
                let cells = vec![
                    count(&N_PAIRS),
                    count(&USERS_BEFORE),
                    share(&USE_ABSTINENT_SHARE),
                    share(&USE_IMPROVED_SHARE),
                    share(&USE_UNCHANGED_SHARE),
                    share(&USE_DETERIORATED_SHARE),
                    count(&USE_NONE),
                    count(&USE_STARTED),
                ];
                let heads = vec![input.labels.variable_at(variable), input.labels.group(group)];
                rows.push(Row::new(RowKind::Plain, heads, cells));
            }
        }
        if rows.len() == before {
            return Err(input.lacks(&LAYOUT, analysis, "days of use with thresholds in the dictionary"));
        }
    }
    let [users, others] = ["column.of_users", "column.of_others"].map(|key| input.heading(key));
    let columns = vec![
        Column::new(input.heading("column.pairs")),
        Column::under(&users, input.heading("column.count")),
        Column::under(&users, input.heading("column.use_abstinent")),
        Column::under(&users, input.heading("column.use_improved")),
        Column::under(&users, input.heading("column.use_unchanged")),
        Column::under(&users, input.heading("column.use_deteriorated")),
        Column::under(&others, input.heading("column.use_none")),
        Column::under(&others, input.heading("column.use_started")),
    ];
    Ok(Body { stub: vec![input.heading("stub.variable"), input.heading("stub.group")], columns, rows, notes })
}

/// What is a change for the better or worse, in days, and where that stands; empty where the dictionary is not known.
fn thresholds(labels: &Labels, variable: &Variable) -> Text {
    let Some(known) = labels.item(variable).and_then(|item| item.use_thresholds.as_ref()) else {
        return Text::default();
    };
    let name = labels.variable(variable);
    words::each(|language| {
        let with = [
            ("variable", name.get(language).to_owned()),
            ("improved", known.improved.to_string()),
            ("deteriorated", known.deteriorated.to_string()),
            ("window", known.window.to_string()),
            ("source", known.source.trim_end_matches('.').to_owned()),
        ];
        words::say(language, "note.use_thresholds", &with)
    })
}
