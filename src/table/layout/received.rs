//! Who receives each thing, in each group.

use super::coverage::{Flow, items};
use super::describe::groups;
use super::{Body, Input, Layout, LayoutError};
use crate::estimate::Kind;
use crate::table::{Column, Row, RowKind};

pub(super) const LAYOUT: Layout = Layout {
    name: "received",
    about: "Items with four answers, as for `coverage`: number and per cent who receive each, for everyone and each group.",
    kind: Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let groups = groups(input, &LAYOUT)?;
    let mut rows = Vec::new();
    for (item, label, codes) in items(input, &LAYOUT)? {
        let analysis = &input.analyses[item.analysis];
        let cells = groups.iter().flat_map(|group| {
            let flow = Flow::new(analysis, (group, item.variable), &codes);
            [flow.receivers(), flow.received_share(1), flow.answered()]
        });
        rows.push(Row::new(RowKind::Plain, vec![label], cells.collect()));
    }
    let columns = groups.iter().flat_map(|group| {
        let over = if groups.len() > 1 { input.labels.group(group) } else { Default::default() };
        ["column.receivers", "column.percent", "column.answered"]
            .map(|key| Column::under(&over, input.heading(key)))
    });
    Ok(Body {
        stub: vec![input.heading("stub.item")],
        columns: columns.collect(),
        rows,
        notes: vec![input.heading("note.several")],
    })
}
