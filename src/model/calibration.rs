//! Calibration: are predicted probabilities as extreme, and as high, as they should be?
//!
//! On the data that a maximum-likelihood fit was made of, slope and intercept are always 1 and 0 (the score equations say so). They are
//! informative only for predictions of cases that the fit has not seen. For the fit itself we report the slope to be expected of new cases,
//! (χ² − df)/χ². Assumes independent cases like these, and terms that were chosen beforehand; it is a heuristic, and too optimistic if
//! terms were chosen by their p-values. Not for clusters: `loco_calibration_slope` is observed, not expected. Sources: Cox 1958, Biometrika
//! 45, 562–565; Van Houwelingen & le Cessie 1990 (below). Checked against the formula with deviances of R's `glm.fit`, and `glm` with an offset
//! for the slope and intercept of unseen clusters.

use crate::estimate::{Condition, Statistic, Statistics, Value};

use super::fit::{Coefficient, Fit, maximise};
use super::fitted::Fitted;
use super::patterns::Patterns;
use super::{Options, Procedure, inference};

pub static SHRINKAGE: Statistic = inference(
    "shrinkage",
    "Calibration slope to be expected of new cases: (χ² − df) / χ² of the omnibus test. Well below 1 the coefficients promise too \
     much; below 0 the model predicts worse than the share of events.",
    "Van Houwelingen, J. C. & le Cessie, S. (1990). Predictive value of statistical models. Statistics in Medicine 9, 1303–1325",
);

const STATISTICS: Statistics = &[&SHRINKAGE];

/// The calibration to be expected of the fit; where there are clusters, [`super::leave_one_out`] has the one that was found.
pub const PROCEDURE: Procedure = Procedure { id: "calibration", statistics: STATISTICS, compute };

fn compute(fitted: &Fitted, _: &Options) -> Vec<Value> {
    let chi2 = fitted.null_deviance() - fitted.deviance();
    let df = fitted.rank() as f64 - 1.0;
    vec![match (fitted.hopeless(), df > 0.0, chi2 > 1e-10 * fitted.null_deviance()) {
        (Some(reason), _, _) => Value::absent(&SHRINKAGE, reason),
        (None, false, _) => Value::absent(&SHRINKAGE, Condition::new("intercept_only", "")),
        // Nothing is predicted, so there is nothing to be calibrated.
        (None, true, false) => Value::absent(&SHRINKAGE, Condition::new("no_effect", "")),
        (None, true, true) => Value::new(&SHRINKAGE, (chi2 - df) / chi2).method("heuristic"),
    }]
}

/// Cox's calibration of predictions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// With the linear predictor as an offset; `None` where it diverges.
    pub intercept: Option<f64>,
    /// Of the linear predictor, with a free intercept; `None` where it diverges, or where all predictions are the same, to rounding.
    pub slope: Option<f64>,
}

/// Calibration of the linear predictor `score`, one a pattern of `outcomes`.
pub fn calibration(score: &[f64], outcomes: &Patterns) -> Calibration {
    let ones = vec![1.0; score.len()];
    let shifted = maximise(std::slice::from_ref(&ones), score, &[0.0], outcomes);
    let fit = Fit::of(&[&ones, score], outcomes);
    Calibration {
        intercept: shifted.convergence.converged.then(|| shifted.coordinates[0]),
        slope: match fit.coefficients[1] {
            Coefficient::Estimated(slope) if differ(score) => Some(slope),
            Coefficient::Estimated(_) | Coefficient::Aliased | Coefficient::Diverging => None,
        },
    }
}

/// Whether predictions differ by more than what rounding leaves of predictions that are all the same.
pub(super) fn differ(score: &[f64]) -> bool {
    let (low, high) = score
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &eta| (low.min(eta), high.max(eta)));
    high - low > 1e-10 * (1.0 + low.abs().max(high.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rounding_leaves_of_one_prediction_has_no_slope() {
        let outcomes =
            Patterns { rows: vec![0, 1], trials: vec![4.0; 2], events: vec![1.0, 3.0], clusters: Vec::new() };
        assert_eq!(calibration(&[1e-16, -2e-16], &outcomes).slope, None);
        // R: coef(glm(cbind(c(1, 3), c(3, 1)) ~ c(-.5, .5), binomial))[[2]] is 2 log 3.
        let slope = calibration(&[-0.5, 0.5], &outcomes).slope.unwrap();
        assert!((slope - 2.0 * 3f64.ln()).abs() < 1e-9, "{slope}");
    }
}
