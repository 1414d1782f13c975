//! Calibration: whether predicted probabilities are as extreme, and as high, as they ought to be.
//!
//! Cox, D. R. (1958). Two further applications of a model for binary regression. Biometrika 45, 562–565. On the data that a
//! maximum-likelihood fit was made of, slope and intercept are 1 and 0 whatever the model is worth (the score equations say
//! so); they are news only of predictions for cases that the fit has not seen.

use super::fit::{Coefficient, Fit, maximise};
use super::patterns::Patterns;

/// Cox's calibration of predictions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// With the linear predictor as an offset; `None` where it diverges.
    pub intercept: Option<f64>,
    /// Of the linear predictor, with a free intercept; `None` where it diverges, or where all predictions are the same.
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
            Coefficient::Estimated(slope) => Some(slope),
            Coefficient::Aliased | Coefficient::Diverging => None,
        },
    }
}
