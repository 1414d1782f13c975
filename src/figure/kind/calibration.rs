//! Calibration of one or several models: whether as many have the outcome as is predicted.

use super::{Drawn, FigureError, Input, Kind, interval_words};
use crate::dictionary::Text;
use crate::estimate;
use crate::estimate::{EVERYONE, Statistic, Variable, WHOLE};
use crate::figure::chart::curves::{Curves, Panel, Point};
use crate::plan::Cluster;
use crate::statistic::{
    CALIBRATED, CALIBRATED_CR2_HIGH, CALIBRATED_CR2_LOW, CALIBRATED_HIGH, CALIBRATED_LOW, LOCO_CALIBRATED,
    LOCO_CALIBRATED_CR2_HIGH, LOCO_CALIBRATED_CR2_LOW, LOCO_CALIBRATION_INTERCEPT, LOCO_CALIBRATION_SLOPE,
    SHRINKAGE,
};
use crate::table::layout::outcomes;
use crate::table::{AnalysisView, Cell, Content, Format, number, words};

/// More models than this make a figure that nobody reads.
const MOST: usize = 4;

pub(super) const KIND: Kind = Kind {
    name: "calibration",
    about: "The share with the outcome against the predicted probability, a panel for each model; another for clusters that the model has not seen, where there are some.",
    shows: estimate::Kind::Model,
    build,
};

/// The curve of a model's own cases, or of clusters that it has not seen.
struct Curve {
    statistic: &'static Statistic,
    /// The ends of its interval, the first of which there are any is drawn.
    ends: &'static [[&'static Statistic; 2]],
    /// The words that say whose curve it is: where persons, and where other clusters, are left out.
    of: [&'static str; 2],
}

const OWN: Curve = Curve {
    statistic: &CALIBRATED,
    ends: &[[&CALIBRATED_CR2_LOW, &CALIBRATED_CR2_HIGH], [&CALIBRATED_LOW, &CALIBRATED_HIGH]],
    of: ["figure.calibration_own"; 2],
};
const UNSEEN: Curve = Curve {
    statistic: &LOCO_CALIBRATED,
    ends: &[[&LOCO_CALIBRATED_CR2_LOW, &LOCO_CALIBRATED_CR2_HIGH]],
    of: ["figure.calibration_unseen_persons", "figure.calibration_unseen"],
};

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    let (mut panels, mut outcomes_of) = (Vec::new(), Vec::new());
    let mut robust = false;
    for (place, analysis) in input.analyses.iter().enumerate() {
        let found = analysis.cleared.iter().find(|one| one.statistic() == OWN.statistic);
        let (Some(found), true) = (found, place < MOST) else {
            return Err(input.lacks(&KIND, analysis, "a calibration curve, of four models at most"));
        };
        let outcome = found.variable();
        outcomes_of.push(outcome);
        for curve in [&OWN, &UNSEEN] {
            if analysis.has((EVERYONE, outcome), curve.statistic) {
                robust |= analysis.has((EVERYONE, outcome), UNSEEN.statistic);
                panels.push(panel(input, analysis, outcome, curve));
            }
        }
    }
    let level = input.analyses.iter().find_map(|analysis| analysis.level);
    let unseen = panels.len() > input.analyses.len();
    let chart = Curves {
        panels,
        axes: ["figure.axis_predicted", "figure.axis_observed"].map(words::word),
        agreement: words::word("figure.agreement"),
        about: interval_words("figure.about_calibration", level),
    };
    let mut notes =
        vec![interval_words("figure.shaded", level), outcomes(outcomes_of.into_iter(), input.labels)];
    notes.push(words::word(if robust { "figure.robust_cr2" } else { "figure.delta" }));
    notes.push(words::word("figure.calibration"));
    if unseen {
        let all_persons = input.analyses.iter().all(persons);
        notes.push(words::word(if all_persons { "figure.unseen_persons" } else { "figure.unseen" }));
    }
    Ok(Drawn::new(chart, notes))
}

/// Whether the clusters of an analysis are persons, seen several times.
fn persons(analysis: &AnalysisView<'_>) -> bool {
    analysis.cluster == Some(&Cluster::Respondent)
}

fn panel(input: &Input<'_>, analysis: &AnalysisView<'_>, outcome: &Variable, curve: &Curve) -> Panel {
    let several = input.analyses.len() > 1;
    let whose = words::word(curve.of[usize::from(!persons(analysis))]);
    let title = match several {
        false => whose,
        true => words::each(|language| format!("{}. {}", analysis.label.get(language), whose.get(language))),
    };
    Panel { title, said: said(analysis, outcome, curve), curve: points(analysis, outcome, curve) }
}

/// What sums a curve up: the slope to be expected of new cases, or slope and intercept as they were found.
fn said(analysis: &AnalysisView<'_>, outcome: &Variable, curve: &Curve) -> Vec<Text> {
    let format = Format::Decimal(2);
    let cell = |statistic: &Statistic| analysis.cell((EVERYONE, outcome), WHOLE, statistic, format);
    let numbers: &[(&str, &Statistic)] = match curve.statistic == UNSEEN.statistic {
        true => &[("slope", &LOCO_CALIBRATION_SLOPE), ("intercept", &LOCO_CALIBRATION_INTERCEPT)],
        false => &[("slope", &SHRINKAGE)],
    };
    let key =
        if curve.statistic == UNSEEN.statistic { "figure.slope_found" } else { "figure.slope_expected" };
    let cells: Vec<(&str, Cell)> = numbers.iter().map(|(name, statistic)| (*name, cell(statistic))).collect();
    // The slope to be expected knows no clusters; where there are some, the one that was found stands beside it.
    if curve.statistic == OWN.statistic && analysis.has((EVERYONE, outcome), UNSEEN.statistic) {
        return Vec::new();
    }
    // What is not shown of the curve's own numbers is told by the table of the regression.
    if !cells.iter().all(|(_, cell)| matches!(cell.content, Content::Number { .. })) {
        return Vec::new();
    }
    vec![words::each(|language| {
        let with: Vec<(&str, String)> =
            cells.iter().map(|(name, cell)| (*name, number::marked(cell, language))).collect();
        words::say(language, key, &with)
    })]
}

/// The points of a curve, in their order; the symbol of what is not shown, or does not exist.
fn points(analysis: &AnalysisView<'_>, outcome: &Variable, curve: &Curve) -> Result<Vec<Point>, Cell> {
    let at = (EVERYONE, outcome);
    let format = Format::Percent(0);
    let ends = curve.ends.iter().copied().find(|[low, _]| analysis.has(at, low));
    let mut points = Vec::new();
    for term in analysis.terms(outcome, curve.statistic) {
        let value = analysis.cell(at, term, curve.statistic, format);
        let (Ok(predicted), Some(_)) = (term.parse::<f64>(), value.number()) else { return Err(value) };
        let interval = ends.map_or(Content::Missing.into(), |ends| analysis.interval(at, term, ends, format));
        points.push(Point { at: predicted, value, interval });
    }
    points.sort_by(|one, other| one.at.total_cmp(&other.at));
    if points.is_empty() { Err(Content::Missing.into()) } else { Ok(points) }
}
