//! What R, SPSS and Stata would print of the same regression, where they differ.

use super::Layout;
use super::conventions::{Line, lay_out};
use crate::estimate::Kind;
use crate::statistic::{
    CORRECTLY_CLASSIFIED, HOSMER_LEMESHOW, HOSMER_LEMESHOW_DF, HOSMER_LEMESHOW_P, SENSITIVITY, SPECIFICITY,
};
use crate::table::Format;

pub(super) const LAYOUT: Layout = Layout {
    name: "regression_conventions",
    about: "Each regression with `conventions = true`: the statistics that R, SPSS and Stata print differently.",
    kind: Kind::Model,
    build: |input| lay_out(input, &LAYOUT, OF_MODEL),
};

/// Of regression.
pub(crate) const OF_MODEL: &[Line] = &[
    (&HOSMER_LEMESHOW, Format::Decimal(2), "hosmer_lemeshow"),
    (&HOSMER_LEMESHOW_DF, Format::Decimal(0), "hosmer_lemeshow"),
    (&HOSMER_LEMESHOW_P, Format::P, "hosmer_lemeshow"),
    (&SENSITIVITY, Format::Percent(1), "classification"),
    (&SPECIFICITY, Format::Percent(1), "classification"),
    (&CORRECTLY_CLASSIFIED, Format::Percent(1), "classification"),
];
