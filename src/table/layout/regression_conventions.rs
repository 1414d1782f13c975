//! What R, SPSS and Stata would print of the same regression, where they differ.

use super::Layout;
use super::conventions::{Line, lay_out};
use crate::estimate::Kind;
use crate::table::Format;

pub(super) const LAYOUT: Layout = Layout {
    name: "regression_conventions",
    about: "Each regression with `conventions = true`: the statistics that R, SPSS and Stata print differently.",
    kind: Kind::Model,
    build: |input| lay_out(input, &LAYOUT, OF_MODEL),
};

/// Of regression.
pub(crate) const OF_MODEL: &[Line] = &[
    ("hosmer_lemeshow", Format::Decimal(2), "hosmer_lemeshow"),
    ("hosmer_lemeshow_df", Format::Decimal(0), "hosmer_lemeshow"),
    ("hosmer_lemeshow_p", Format::P, "hosmer_lemeshow"),
    ("sensitivity", Format::Percent(1), "classification"),
    ("specificity", Format::Percent(1), "classification"),
    ("correctly_classified", Format::Percent(1), "classification"),
];
