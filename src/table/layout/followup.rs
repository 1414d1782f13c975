//! Who was seen at each wave, and where the others are.

use super::{Body, Input, Layout, LayoutError};
use crate::dictionary::Text;
use crate::estimate::{EVERYONE, Kind, NO_VARIABLE, Term, Variable, WHOLE};
use crate::statistic::{
    ELIGIBLE, FOLLOWUP_RATE, LOST, MEMBERS, SEEN, SEEN_IN_WINDOW, SEEN_LATE, SEEN_OTHERWISE, STATE,
};
use crate::table::{Cell, Column, Content, Format, Row, RowKind, number, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "followup",
    about: "Each wave: eligible, seen, seen in time, late and otherwise, lost, and those in each declared state.",
    kind: Kind::Followup,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut states: Vec<&Term> = Vec::new();
    for analysis in &input.analyses {
        for variable in analysis.variables() {
            for state in analysis.terms(variable, &STATE) {
                if !states.contains(&state) {
                    states.push(state);
                }
            }
        }
    }
    let several = input.analyses.len() > 1;
    let in_window = input.analyses.iter().any(|analysis| {
        analysis.variables().into_iter().any(|wave| analysis.has((EVERYONE, wave), &SEEN_IN_WINDOW))
    });
    let mut rows = Vec::new();
    let mut notes = Vec::new();
    for analysis in &input.analyses {
        let waves: Vec<&Variable> = analysis
            .variables()
            .into_iter()
            .filter(|wave| analysis.has((EVERYONE, wave), &ELIGIBLE))
            .collect();
        if waves.is_empty() {
            return Err(input.lacks(&LAYOUT, analysis, "a wave with eligible persons"));
        }
        if several {
            rows.push(Row::section(analysis.label.clone()));
        }
        for wave in waves {
            let at = (EVERYONE, wave);
            let count = |statistic| analysis.cell(at, WHOLE, statistic, Format::Count);
            let rate = analysis.cell(at, WHOLE, &FOLLOWUP_RATE, Format::Percent(0));
            let mut cells = vec![count(&ELIGIBLE), count(&SEEN), rate];
            if in_window {
                // A wave without a window has none of them.
                let times = [&SEEN_IN_WINDOW, &SEEN_LATE, &SEEN_OTHERWISE].map(|time| or_absent(count(time)));
                cells.extend(times);
            }
            cells.push(count(&LOST));
            // A state that is not declared for this wave cannot occur at it.
            cells.extend(
                states.iter().map(|state| or_absent(analysis.cell(at, state, &STATE, Format::Count))),
            );
            let kind = if several { RowKind::Inner } else { RowKind::Plain };
            rows.push(Row::new(kind, vec![input.labels.wave(wave)], cells));
        }
        let members = analysis.cell((EVERYONE, NO_VARIABLE), WHOLE, &MEMBERS, Format::Count);
        if members.number().is_some() {
            let label: &Text = &analysis.label;
            notes.push(words::each(|language| {
                let members = number::marked(&members, language);
                let label = label.get(language).to_owned();
                words::say(language, "note.members", &[("label", label), ("members", members)])
            }));
        }
    }
    let of_window = ["column.in_window", "column.late", "column.seen_otherwise"];
    let names = ["column.eligible", "column.seen", "column.percent_of_eligible"].into_iter();
    let shown = names.chain(of_window.into_iter().filter(|_| in_window)).chain(["column.lost"]);
    let mut columns: Vec<Column> = shown.map(|key| Column::new(input.heading(key))).collect();
    let over = input.heading("column.state");
    columns.extend(states.iter().map(|state| Column::under(&over, input.labels.state(state))));
    // Where all were seen in time or late, that is all there is to say.
    const OTHERWISE: usize = 5;
    let is_nobody = |cell: &Cell| matches!(cell.content, Content::Zero | Content::Absent);
    let nobody = |row: &Row| row.cells.get(OTHERWISE).is_none_or(is_nobody);
    if in_window && rows.iter().all(nobody) {
        columns.remove(OTHERWISE);
        rows.iter_mut().filter(|row| row.kind != RowKind::Section).for_each(|row| {
            row.cells.remove(OTHERWISE);
        });
    }
    Ok(Body { stub: vec![input.heading("stub.wave")], columns, rows, notes })
}

/// What was not computed because it cannot be.
fn or_absent(cell: Cell) -> Cell {
    if cell == Content::Missing { Content::Absent.into() } else { cell }
}
