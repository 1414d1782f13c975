//! Averages of fitted probabilities over the sample, with one covariate set to a value for everyone, and how they move with the
//! coefficients.
//!
//! Lane, P. W. & Nelder, J. A. (1982). Analysis of covariance and standardization as instances of prediction. Biometrics 38, 613–621.

use crate::estimate::Condition;

use super::fit::Coefficient;
use super::fitted::Fitted;
use super::likelihood::{logistic, variance};

/// A function of the coefficients, with its gradient.
#[derive(Debug, Clone, PartialEq)]
pub struct Average {
    pub value: f64,
    /// By the coordinates of the basis.
    pub gradient: Vec<f64>,
}

impl Average {
    /// What the first exceeds the second by.
    pub fn less(&self, other: &Average) -> Average {
        Average {
            value: self.value - other.value,
            gradient: self.gradient.iter().zip(&other.gradient).map(|(a, b)| a - b).collect(),
        }
    }
}

/// Why there is no average over the effects of a covariate; `None` where there is one.
///
/// Its coefficients have to be determined by the data, each by itself: one that can be traded against an aliased column says
/// nothing about what happens if the covariate alone changes.
pub fn why_none(fitted: &Fitted, covariate: usize) -> Option<Condition> {
    if let Some(reason) = fitted.hopeless() {
        return Some(reason);
    }
    if fitted.fit().finite.is_some() {
        return Some(Condition::new("separation", ""));
    }
    if fitted.bread().is_none() {
        return Some(Condition::new("singular", ""));
    }
    let determined = fitted.fit().basis.transform(true);
    let terms = fitted.design().terms.iter().filter(|term| term.covariate == Some(covariate));
    terms
        .filter(|term| term.column.is_some_and(|column| determined[column].is_none()))
        .map(|term| Condition::new("aliased", term.name.clone()))
        .next()
}

/// Mean probability if every case showed the level of a factor whose column is `level`; `None` for the reference.
///
/// Requires that [`why_none`] says nothing.
pub fn at_level(fitted: &Fitted, covariate: usize, level: Option<usize>) -> Average {
    let own = fitted.design().columns_of(covariate);
    let columns = &fitted.design().columns;
    let shift = level.map_or(0.0, |column| beta(fitted, column));
    let eta: Vec<f64> = (0..fitted.patterns().len())
        .map(|pattern| {
            let shown: f64 = own.iter().map(|&column| beta(fitted, column) * columns[column][pattern]).sum();
            fitted.fit().linear_predictor[pattern] - shown + shift
        })
        .collect();
    let trials = &fitted.patterns().trials;
    let value = eta.iter().zip(trials).map(|(&eta, m)| m * logistic(eta)).sum::<f64>() / fitted.n_obs();
    let weights: Vec<f64> = eta.iter().zip(trials).map(|(&eta, m)| m * variance(eta)).collect();
    let by_column = |column: usize| match own.contains(&column) {
        true if level == Some(column) => weights.iter().sum(),
        true => 0.0,
        false => weights.iter().zip(&columns[column]).map(|(w, x)| w * x).sum::<f64>(),
    };
    Average { value, gradient: by_coordinates(fitted, |column| by_column(column) / fitted.n_obs()) }
}

/// Mean derivative of the probability by a numeric covariate: β Σ π(1 − π) / n.
///
/// Requires that [`why_none`] says nothing.
pub fn derivative(fitted: &Fitted, column: usize) -> Average {
    let beta = beta(fitted, column);
    let patterns = fitted.fit().linear_predictor.iter().zip(&fitted.patterns().trials);
    let (slopes, bends): (Vec<f64>, Vec<f64>) = patterns
        .map(|(&eta, m)| (m * variance(eta), m * variance(eta) * (logistic(-eta) - logistic(eta))))
        .unzip();
    let slope: f64 = slopes.iter().sum();
    let by_column = |other: usize| {
        let x = &fitted.design().columns[other];
        let indirect = beta * bends.iter().zip(x).map(|(bend, x)| bend * x).sum::<f64>();
        if other == column { indirect + slope } else { indirect }
    };
    let gradient = by_coordinates(fitted, |column| by_column(column) / fitted.n_obs());
    Average { value: beta * slope / fitted.n_obs(), gradient }
}

fn beta(fitted: &Fitted, column: usize) -> f64 {
    match fitted.fit().coefficients[column] {
        Coefficient::Estimated(beta) => beta,
        // Zero by convention; not reached for the covariate itself.
        Coefficient::Aliased | Coefficient::Diverging => 0.0,
    }
}

/// The fitted probability of a case with this row of the design.
///
/// Requires that the fit is finite.
pub fn at_row(fitted: &Fitted, row: &[f64]) -> Average {
    let eta: f64 = row.iter().enumerate().map(|(column, x)| beta(fitted, column) * x).sum();
    let slope = variance(eta);
    Average { value: logistic(eta), gradient: by_coordinates(fitted, |column| slope * row[column]) }
}

/// The gradient by the coordinates γ, from that by the coefficients β = Tγ.
fn by_coordinates(fitted: &Fitted, by_column: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut gradient = vec![0.0; fitted.fit().basis.rank()];
    for column in 0..fitted.design().columns.len() {
        if let Some(transform) = fitted.fit().transform(column) {
            let slope = by_column(column);
            gradient.iter_mut().zip(transform).for_each(|(sum, t)| *sum += slope * t);
        }
    }
    gradient
}
