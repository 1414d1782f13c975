//! Whether those who receive each thing get enough of it.

use super::coverage::{flows, items};
use super::{Body, Input, Layout, LayoutError};
use crate::estimate::{Kind, Term};
use crate::table::Column;

pub(super) const LAYOUT: Layout = Layout {
    name: "sufficient",
    about: "Items with four answers, as for `coverage`: of those who receive each, number and per cent with enough and without.",
    kind: Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let items = items(input, &LAYOUT)?;
    let (first, _, codes) = &items[0];
    let heading = |code: &Term| input.labels.code(first.variable, code);
    let mut columns = vec![Column::new(input.heading("column.receivers"))];
    for over in [heading(&codes[0]), heading(&codes[1])] {
        columns.push(Column::under(&over, input.heading("column.count")));
        columns.push(Column::under(&over, input.heading("column.percent_of_receivers")));
    }
    flows(input, &LAYOUT, columns, |flow| {
        vec![flow.receivers(), flow.enough(), flow.enough_share(1), flow.short(), flow.short_share(1)]
    })
}
