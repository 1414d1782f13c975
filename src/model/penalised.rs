//! Maximum of the penalised likelihood ℓ + ½ log |I|: Firth's reduction of bias, by Jeffreys' prior.
//!
//! Firth, D. (1993). Bias reduction of maximum likelihood estimates. Biometrika 80, 27–38. The maximum is finite whatever the
//! data, for a design of full rank (Kosmidis & Firth 2021, Biometrika 108, 71–82).

use super::aliasing::dot;
use super::cholesky::{Cholesky, Square};
use super::fit::{Convergence, DEVIANCE, HALVINGS, SCORE, information, linear_predictor};
use super::likelihood::{deviance, logistic, residual, variance};
use super::patterns::Patterns;

/// Where the penalised likelihood is largest over some coordinates of a basis, the others being given.
#[derive(Debug, Clone)]
pub struct PenalisedMaximum {
    /// γ, one a column of the basis.
    pub coordinates: Vec<f64>,
    /// −2 (log-likelihood + ½ log |I|), I the information of all coordinates; depends on the basis by a constant.
    pub deviance: f64,
    /// Derivative of the penalised log-likelihood, one a column: zero for the coordinates that were free.
    pub score: Vec<f64>,
    /// I⁻¹ of all coordinates, without the penalty; `None` where it is singular to rounding.
    pub inverse_information: Option<Square>,
    /// The optimiser's story.
    pub convergence: Convergence,
    /// Minus the second derivatives by the free coordinates, at or near the maximum: a start for the next one.
    pub curvature: Option<Cholesky>,
}

/// A point at which the penalised likelihood and its derivatives are known.
struct Place<'a> {
    columns: &'a [Vec<f64>],
    patterns: &'a Patterns,
    eta: Vec<f64>,
    deviance: f64,
    information: Cholesky,
    /// Z = Q L⁻ᵀ with I = L Lᵀ, columns: in these coordinates the information is the identity.
    standardised: Vec<Vec<f64>>,
    /// Leverage of each pattern's cases together: mᵢ πᵢ (1 − πᵢ) |zᵢ|².
    leverage: Vec<f64>,
}

impl<'a> Place<'a> {
    /// `None` where the information is singular to rounding.
    fn at(columns: &'a [Vec<f64>], coordinates: &[f64], patterns: &'a Patterns) -> Option<Place<'a>> {
        let eta = linear_predictor(columns, &vec![0.0; patterns.len()], coordinates);
        let information = Cholesky::of(&information(columns, &eta, patterns))?;
        let deviance = deviance(&eta, patterns) - information.log_determinant();
        let standardised = information.standardise(columns);
        let leverage = (0..eta.len())
            .map(|pattern| {
                let norm: f64 = standardised.iter().map(|z| z[pattern] * z[pattern]).sum();
                patterns.trials[pattern] * variance(eta[pattern]) * norm
            })
            .collect();
        Some(Place { columns, patterns, eta, deviance, information, standardised, leverage })
    }

    /// U* = Qᵀ(y − π + h(½ − π)): Firth's modified score, one a column.
    fn score(&self) -> Vec<f64> {
        let residuals: Vec<f64> = (0..self.eta.len())
            .map(|pattern| {
                let (eta, leverage) = (self.eta[pattern], self.leverage[pattern]);
                residual(eta, self.patterns.trials[pattern], self.patterns.events[pattern])
                    + leverage * (0.5 - logistic(eta))
            })
            .collect();
        self.columns.iter().map(|column| column.iter().zip(&residuals).map(|(x, r)| x * r).sum()).collect()
    }

    /// Minus the second derivatives of the penalised log-likelihood by the first `free` coordinates.
    ///
    /// In the coordinates of Z they are 1 − Σ hᵢ(½ − 3vᵢ) zᵢzᵢᵀ + ½ Σ_tu T_rtu T_stu, with T_rtu = Σ mᵢvᵢ(1 − 2πᵢ) zᵢᵣzᵢₜzᵢᵤ and
    /// v = π(1 − π): differentiate the modified score. Where that is not positive definite, far from the maximum, the
    /// information stands in.
    fn curvature(&self, free: usize) -> Option<Cholesky> {
        let z = &self.standardised;
        let bend: Vec<f64> = self
            .eta
            .iter()
            .zip(&self.leverage)
            .map(|(&eta, leverage)| leverage * (0.5 - 3.0 * variance(eta)))
            .collect();
        let third = self.third_moments();
        let inner: Square = (0..free)
            .map(|r| {
                (0..free)
                    .map(|s| {
                        let products: f64 = third[r].iter().zip(&third[s]).map(|(a, b)| a * b).sum();
                        f64::from(u8::from(r == s)) - dot(&z[r], &z[s], &bend) + products / 2.0
                    })
                    .collect()
            })
            .collect();
        Cholesky::of(&self.information.restore(&inner)).or_else(|| Some(self.information.leading(free)))
    }

    /// T_rtu by r, then all t and u.
    fn third_moments(&self) -> Vec<Vec<f64>> {
        let z = &self.standardised;
        let rank = z.len();
        let skew: Vec<f64> = self
            .eta
            .iter()
            .zip(&self.patterns.trials)
            .map(|(&eta, trials)| trials * variance(eta) * (logistic(-eta) - logistic(eta)))
            .collect();
        let mut third = vec![vec![0.0; rank * rank]; rank];
        for r in 0..rank {
            let weights: Vec<f64> = skew.iter().zip(&z[r]).map(|(skew, z)| skew * z).collect();
            for t in 0..=r {
                for u in 0..=t {
                    let moment = dot(&z[t], &z[u], &weights);
                    for (a, b, c) in [(r, t, u), (r, u, t), (t, r, u), (t, u, r), (u, r, t), (u, t, r)] {
                        third[a][b * rank + c] = moment;
                    }
                }
            }
        }
        third
    }
}

/// How much the squared Newton decrement has to fall for the curvature to be used again.
const REUSE: f64 = 1e-4;

/// Steps before the fit is given up. Far more than plain likelihood needs: where the information stands in for a curvature that is not
/// positive definite, progress is linear.
const ITERATIONS: usize = 1000;

/// Squared Newton decrement, relative to the deviance, at which a fit that makes no more progress is at its maximum: the estimates are
/// then within some 1e-6 of their errors of it.
const ROUNDING: f64 = 1e-12;

/// Newton's method with step-halving over the first `free` coordinates; the others stay at `start`.
///
/// The curvature is computed anew only where the last one (or `curvature`, from a point near by) brings no quick progress: it
/// costs far more than a step.
pub fn maximise_penalised(
    columns: &[Vec<f64>],
    free: usize,
    start: &[f64],
    curvature: Option<Cholesky>,
    patterns: &Patterns,
) -> PenalisedMaximum {
    let mut coordinates = start.to_vec();
    let mut curvature = curvature;
    let mut story = Convergence {
        converged: false,
        iterations: 0,
        halvings: 0,
        deviance_change: f64::INFINITY,
        score: f64::INFINITY,
    };
    let Some(mut place) = Place::at(columns, &coordinates, patterns) else {
        return PenalisedMaximum {
            coordinates,
            deviance: f64::NAN,
            score: vec![f64::NAN; columns.len()],
            inverse_information: None,
            convergence: story,
            curvature: None,
        };
    };
    let mut score = place.score();
    while story.iterations < ITERATIONS && !story.converged {
        let before = story.score;
        let used = curvature.take();
        let fresh = used.is_none();
        let Some(solver) = used.or_else(|| place.curvature(free)) else {
            break;
        };
        let step = solver.solve(&score[..free]);
        story.score = step.iter().zip(&score).map(|(s, u)| s * u).sum();
        let tolerance = |relative: f64| relative * (place.deviance.abs() + 1.0);
        if !fresh && story.score > (REUSE * before).max(tolerance(SCORE)) && before.is_finite() {
            // Too slow with the old curvature: the same point again with its own.
            story.score = before;
            continue;
        }
        story.iterations += 1;
        let mut length = 1.0;
        let (next, next_place) = loop {
            let mut next = coordinates.clone();
            next.iter_mut().zip(&step).for_each(|(c, s)| *c += length * s);
            match Place::at(columns, &next, patterns) {
                Some(found) if found.deviance <= place.deviance + tolerance(DEVIANCE) => {
                    break (next, Some(found));
                }
                _ if length < 0.5_f64.powi(HALVINGS as i32) => break (next, None),
                _ => (),
            }
            length /= 2.0;
            story.halvings += 1;
        };
        let Some(next_place) = next_place else {
            break;
        };
        story.deviance_change = (place.deviance - next_place.deviance).abs();
        story.converged = story.score <= tolerance(SCORE) && story.deviance_change <= tolerance(DEVIANCE);
        curvature = (length == 1.0).then_some(solver);
        (coordinates, place) = (next, next_place);
        score = place.score();
    }
    // Where the likelihood is all but flat, rounding keeps the score from falling further.
    let flat = ROUNDING * (place.deviance.abs() + 1.0);
    story.converged |= story.score.abs() <= flat && story.deviance_change <= flat;
    PenalisedMaximum {
        coordinates,
        deviance: place.deviance,
        score,
        inverse_information: Some(place.information.inverse()),
        convergence: story,
        curvature,
    }
}
