//! Who should have had each thing and does not.

use super::coverage::{flows, items};
use super::{Body, Input, Layout, LayoutError};
use crate::estimate::Kind;
use crate::table::Column;

pub(super) const LAYOUT: Layout = Layout {
    name: "unmet",
    about: "Items with four answers, as for `coverage`: of those who do not receive each, number and per cent who should.",
    kind: Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let items = items(input, &LAYOUT)?;
    let (first, _, codes) = &items[0];
    let over = input.labels.code(first.variable, &codes[2]);
    let columns = vec![
        Column::new(input.heading("column.others")),
        Column::under(&over, input.heading("column.count")),
        Column::under(&over, input.heading("column.percent_of_others")),
    ];
    flows(input, &LAYOUT, columns, |flow| vec![flow.others(), flow.unmet(), flow.unmet_share(1)])
}
