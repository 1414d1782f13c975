//! Odds ratios of one or several models.

use super::terms::{Measure, drawn};
use super::{Drawn, FigureError, Input, Kind};
use crate::estimate;
use crate::statistic::{self};
use crate::table::Format;
use crate::table::layout::{Inference, outcomes};
use crate::table::words;

pub(super) const KIND: Kind = Kind {
    name: "forest",
    about: "Odds ratios with their intervals on a logarithmic axis: a row for each term, a panel for each model.",
    shows: estimate::Kind::Model,
    build,
};

const ODDS_RATIO: Measure = Measure {
    statistic: &statistic::ODDS_RATIO,
    needs: "odds ratios, of four models at most",
    estimate: |inference| {
        let (odds_ratio, ends, _) = inference.odds_ratio();
        (odds_ratio, ends)
    },
    none: 1.0,
    format: Format::Ratio,
    ticks: Format::Ratio,
    axis: "figure.axis_odds_ratio",
    heading: "figure.heading_odds_ratio",
    about: "figure.about_forest",
    filled: "figure.filled_one",
    source: Inference::note_of_intervals,
};

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    drawn(input, &KIND, &ODDS_RATIO, |models| {
        let before = vec![outcomes(models.iter().map(|model| model.outcome), input.labels)];
        let mut after = Vec::new();
        if models.iter().any(|model| model.inference.leaves_firth_out(model.analysis, model.outcome)) {
            after.push(words::word("note.firth_not_shown"));
        }
        after.push(words::word("note.odds_ratio"));
        [before, after]
    })
}
