//! Yes-or-no items of which a person may have several.

use super::describe::{coded, groups, several_waves};
use super::{Body, Input, Layout, LayoutError};
use crate::estimate::{Kind, WHOLE};
use crate::plan::CohortUnit;
use crate::statistic::VALID;
use crate::table::{Column, Format, Row, RowKind};

pub(super) const LAYOUT: Layout = Layout {
    name: "multiple_response",
    about: "Yes-or-no items: number and per cent of persons with each; a person may have several.",
    kind: Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let variables = coded(input, &LAYOUT)?;
    if let Some(other) = variables.iter().find(|coded| coded.codes.len() != 2) {
        let analysis = &input.analyses[other.analysis];
        let fits = "frequency, crosstab, items";
        return Err(input.leaves_out(&LAYOUT, analysis, other.variable, "binary variables", fits));
    }
    let waves = several_waves(&input.analyses);
    let groups = groups(input, &LAYOUT)?;
    let row = |coded: &super::describe::Coded<'_>| {
        let analysis = &input.analyses[coded.analysis];
        let cells = groups.iter().flat_map(|group| {
            let at = (*group, coded.variable);
            // The second code of a binary item is the event.
            let event = &coded.codes[1];
            let [count, share] = analysis.count_and_share(at, event, Format::Percent(1));
            [count, share, analysis.cell(at, WHOLE, &VALID, Format::Count)]
        });
        let label = match waves {
            true => input.labels.variable_at(coded.variable),
            false => input.labels.variable(coded.variable),
        };
        Row::new(RowKind::Plain, vec![input.labels.event(coded.variable, label)], cells.collect())
    };
    let rows = variables.iter().map(row).collect();
    let columns = groups.iter().flat_map(|group| {
        let over = if groups.len() > 1 { input.labels.group(group) } else { Default::default() };
        ["column.count", "column.percent", "column.answered"]
            .map(|key| Column::under(&over, input.heading(key)))
    });
    Ok(Body {
        stub: vec![input.heading("stub.item")],
        columns: columns.collect(),
        rows,
        notes: vec![input.heading(match input.analyses[0].unit {
            CohortUnit::Respondent => "note.several",
            CohortUnit::Assessment => "note.several_assessments",
        })],
    })
}
