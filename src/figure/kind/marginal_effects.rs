//! Average marginal effects of one or several models: differences of probabilities, in percentage points.

use super::terms::{Measure, drawn};
use super::{Drawn, FigureError, Input, Kind};
use crate::estimate;
use crate::statistic::AME;
use crate::table::layout::Inference;
use crate::table::{Format, words};

pub(super) const KIND: Kind = Kind {
    name: "marginal_effects",
    about: "Average differences of the modelled probability with their intervals, in percentage points: a row for each term, a panel for each model.",
    shows: estimate::Kind::Model,
    build,
};

const DIFFERENCE: Measure = Measure {
    statistic: &AME,
    needs: "average marginal effects, of four models at most",
    estimate: |inference| (&AME, inference.marginal_effect().0),
    none: 0.0,
    format: Format::Points(1),
    ticks: Format::Points(0),
    axis: "figure.axis_probability",
    heading: "figure.heading_probability",
    about: "figure.about_probability",
    filled: "figure.filled",
    source: Inference::note_of_effect_intervals,
};

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    drawn(input, &KIND, &DIFFERENCE, |_| [vec![words::word("figure.probability")], Vec::new()])
}
