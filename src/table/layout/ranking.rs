//! Units by their figures, the greatest first.

use super::listing::{Unit, listed};
use super::{Body, Input, Layout, LayoutError};
use crate::estimate::Kind;

pub(super) const LAYOUT: Layout = Layout {
    name: "ranking",
    about: "Each unit of the grouping variable (`by`), the greatest in the first variable first, with totals.",
    kind: Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    listed(input, &LAYOUT, by_first)
}

/// Equal ones stay in the dictionary's order; those without a number come last.
fn by_first(units: &mut [Unit]) {
    let number = |unit: &Unit| unit.first.unwrap_or(f64::NEG_INFINITY);
    units.sort_by(|one, other| number(other).total_cmp(&number(one)));
}
