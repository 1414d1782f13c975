//! How well the fitted probabilities separate the two outcomes: area under the curve and Brier score.
//!
//! Assumes independent cases. DeLong's error takes the fitted probabilities as given, as if they had not been fitted to these outcomes. Both
//! measures are of the model's own cases, so they are optimistic, more so with many terms and few events (`loco_auc` and `ridge_auc` are of
//! cases that the fit had not seen). The interval is symmetric and cut at 0 and 1. Not for areas near 1, or few cases of either outcome; an
//! area of 1 has no interval. Not for calibration: an area of 0.8 is possible with probabilities that are all too high. The Brier score
//! depends on how common the outcome is. Sources: Hanley & McNeil 1982, DeLong, DeLong & Clarke-Pearson 1988, Brier 1950 (below). Checked
//! against pROC's `auc`, `var` and `ci.auc`.

use crate::estimate::{Condition, Statistic, Statistics, Value};

use super::fitted::Fitted;
use super::patterns::{Patterns, ties};
use super::{Options, Procedure, absent, inference};
use crate::distribution::normal_critical;

const DELONG: &str = "DeLong, E. R., DeLong, D. M. & Clarke-Pearson, D. L. (1988). Comparing the areas under two or more \
     correlated receiver operating characteristic curves. Biometrics 44, 837–845";

pub static AUC: Statistic = inference(
    "auc",
    "Area under the receiver operating characteristic curve: probability that a case with outcome 1 is fitted higher than one \
     with outcome 0, ties counting half.",
    "Hanley, J. A. & McNeil, B. J. (1982). The meaning and use of the area under a receiver operating characteristic (ROC) \
     curve. Radiology 143, 29–36",
);
pub static AUC_SE: Statistic = inference("auc_se", "Standard error of the area.", DELONG);
pub static AUC_LOW: Statistic = inference("auc_low", "Lower limit of the area, not below 0.", DELONG);
pub static AUC_HIGH: Statistic = inference("auc_high", "Upper limit of the area, not above 1.", DELONG);
pub static BRIER: Statistic = inference(
    "brier",
    "Mean squared difference of outcome and fitted probability.",
    "Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. Monthly Weather Review 78, 1–3",
);

const STATISTICS: Statistics = &[&AUC, &AUC_SE, &AUC_LOW, &AUC_HIGH, &BRIER];

/// Area under the curve with DeLong's interval, and the Brier score; on the data that the model was fitted to.
pub const PROCEDURE: Procedure = Procedure { id: "discrimination", statistics: STATISTICS, compute };

fn compute(fitted: &Fitted, options: &Options) -> Vec<Value> {
    if let Some(reason) = fitted.hopeless() {
        return absent(STATISTICS, Some(reason));
    }
    let patterns = fitted.patterns();
    let auc = Auc::of(&fitted.fit().linear_predictor, patterns);
    let margin = normal_critical(options.level) * auc.std_error;
    let interval = |statistic, value: f64| match auc.std_error {
        // A variance takes two cases of each outcome.
        error if !error.is_finite() => Value::absent(statistic, Condition::new("few_cases", "")),
        // Where every case with the outcome is fitted higher than every one without it, no placement varies: an error of 0
        // would say that the area is known for certain, and says only that these cases were told apart.
        _ if auc.area == 0.0 || auc.area == 1.0 => Value::absent(statistic, Condition::new("boundary", "")),
        _ => Value::new(statistic, value),
    };
    vec![
        Value::new(&AUC, auc.area).method("DeLong"),
        interval(&AUC_SE, auc.std_error).method("DeLong"),
        interval(&AUC_LOW, (auc.area - margin).max(0.0)).method("DeLong"),
        interval(&AUC_HIGH, (auc.area + margin).min(1.0)).method("DeLong"),
        Value::new(&BRIER, brier(&fitted.fitted_values(), patterns)),
    ]
}

/// Area under the curve and its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Auc {
    pub area: f64,
    /// NaN with fewer than two cases of either outcome.
    pub std_error: f64,
}

impl Auc {
    /// The area for `score` (one a pattern, such as the linear predictor), in O(k log k) for k patterns.
    ///
    /// DeLong's placement values are the same for all cases that tie, so they are computed once a tie: V₁₀ of a case with outcome
    /// 1 is the share of the others below it, V₀₁ of a case with outcome 0 the share of those with outcome 1 above it.
    pub fn of(score: &[f64], patterns: &Patterns) -> Auc {
        let (_, ties) = ties(score, patterns);
        let events: f64 = ties.iter().map(|tie| tie.events).sum();
        let others: f64 = ties.iter().map(|tie| tie.trials - tie.events).sum();
        let (mut events_below, mut others_below) = (0.0, 0.0);
        let placements: Vec<[f64; 4]> = ties
            .iter()
            .map(|tie| {
                let (here, others_here) = (tie.events, tie.trials - tie.events);
                let v10 = (others_below + others_here / 2.0) / others;
                let v01 = (events - events_below - here / 2.0) / events;
                events_below += here;
                others_below += others_here;
                [here, v10, others_here, v01]
            })
            .collect();
        let area = placements.iter().map(|[here, v10, ..]| here * v10).sum::<f64>() / events;
        let spread = |count: f64, v: f64| count * (v - area) * (v - area);
        let s10 = placements.iter().map(|&[here, v10, ..]| spread(here, v10)).sum::<f64>() / (events - 1.0);
        let s01 =
            placements.iter().map(|&[.., others, v01]| spread(others, v01)).sum::<f64>() / (others - 1.0);
        let enough = events > 1.0 && others > 1.0;
        Auc { area, std_error: if enough { (s10 / events + s01 / others).sqrt() } else { f64::NAN } }
    }
}

/// Mean of (y − π)² over cases; `probability` is one a pattern.
pub fn brier(probability: &[f64], patterns: &Patterns) -> f64 {
    let counts = patterns.trials.iter().zip(&patterns.events);
    let sum: f64 = probability
        .iter()
        .zip(counts)
        .map(|(p, (trials, events))| events * (1.0 - p) * (1.0 - p) + (trials - events) * p * p)
        .sum();
    sum / patterns.total()
}
