//! The logistic likelihood on covariate patterns, in forms that neither overflow nor lose digits.

use super::patterns::Patterns;

/// The logistic distribution function 1 / (1 + e^−η).
pub fn logistic(eta: f64) -> f64 {
    if eta >= 0.0 {
        1.0 / (1.0 + (-eta).exp())
    } else {
        let odds = eta.exp();
        odds / (1.0 + odds)
    }
}

/// log(1 + e^η), which is −log P(Y = 0).
pub fn softplus(eta: f64) -> f64 {
    eta.max(0.0) + (-eta.abs()).exp().ln_1p()
}

/// Variance of a 0/1 outcome at η: π(1 − π).
pub fn variance(eta: f64) -> f64 {
    let odds = (-eta.abs()).exp();
    odds / ((1.0 + odds) * (1.0 + odds))
}

/// Σ (y − π) over `trials` cases with `events` ones at η. Written so that nothing cancels where π rounds to 0 or 1.
pub fn residual(eta: f64, trials: f64, events: f64) -> f64 {
    events * logistic(-eta) - (trials - events) * logistic(eta)
}

/// −2 log-likelihood of the individual 0/1 outcomes, Σ over patterns; `linear_predictor` is one a pattern.
///
/// An infinite linear predictor is the limit under separation: its cases are all of the outcome it predicts, and add nothing.
pub fn deviance(linear_predictor: &[f64], patterns: &Patterns) -> f64 {
    let counts = patterns.trials.iter().zip(&patterns.events);
    2.0 * linear_predictor
        .iter()
        .zip(counts)
        .map(|(&eta, (&trials, &events))| {
            let part = |count: f64, eta: f64| {
                if count == 0.0 { 0.0 } else { count * softplus(eta) }
            };
            part(events, -eta) + part(trials - events, eta)
        })
        .sum::<f64>()
}
