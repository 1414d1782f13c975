//! Ridge-penalised logistic regression by linfa-logistic, with what that crate leaves to its caller.
//!
//! linfa-logistic minimises −Σ log P(y) + α/2 ‖w‖², the intercept unpenalised, by L-BFGS, one row a case (it takes no
//! weights). It reports no convergence, stops early on raw scales, and calls the more frequent class positive. So covariates are
//! standardised, the gradient at the result is looked at, and the orientation is read from the labels.

use linfa::traits::Fit;
use linfa::{Dataset, DatasetBase};
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2};

use super::likelihood::residual;

/// Cases, one a row: covariate columns (each as long as `outcome`) without an intercept.
#[derive(Debug, Clone)]
pub struct Cases {
    pub columns: Vec<Vec<f64>>,
    pub outcome: Vec<bool>,
}

impl Cases {
    /// The cases at `rows`.
    pub fn select(&self, rows: &[usize]) -> Cases {
        Cases {
            columns: self
                .columns
                .iter()
                .map(|column| rows.iter().map(|&row| column[row]).collect())
                .collect(),
            outcome: rows.iter().map(|&row| self.outcome[row]).collect(),
        }
    }
}

/// A ridge fit on the scale of the covariates as they were given.
#[derive(Debug, Clone, PartialEq)]
pub struct Ridge {
    pub intercept: f64,
    /// One a column.
    pub coefficients: Vec<f64>,
    /// Whether the gradient at the result is zero, to a ten-millionth of the cases a coefficient.
    pub converged: bool,
}

const GRADIENT_TOLERANCE: f64 = 1e-8;
const ITERATIONS: u64 = 2000;

impl Ridge {
    /// Fits by penalised maximum likelihood, penalty `alpha` / 2 on the sum of squares of the standardised coefficients.
    ///
    /// `None` where the cases have one outcome only, or the optimiser fails. A constant column gets the coefficient 0.
    pub fn of(cases: &Cases, alpha: f64) -> Option<Ridge> {
        let n = cases.outcome.len();
        let events = cases.outcome.iter().filter(|&&y| y).count();
        if events == 0 || events == n {
            return None;
        }
        let scales: Vec<(f64, f64)> = cases.columns.iter().map(|column| mean_and_sd(column)).collect();
        let standardised = Array2::from_shape_fn((n, scales.len()), |(row, j)| {
            (cases.columns[j][row] - scales[j].0) / scales[j].1
        });
        let labels = Array1::from_iter(cases.outcome.iter().copied());
        let dataset: Dataset<f64, bool, ndarray::Ix1> = DatasetBase::new(standardised, labels);
        let model = LogisticRegression::default()
            .alpha(alpha)
            .gradient_tolerance(GRADIENT_TOLERANCE)
            .max_iterations(ITERATIONS)
            .fit(&dataset)
            .ok()?;
        // `true` is our positive class, whichever linfa took.
        let sign = if model.labels().pos.class { 1.0 } else { -1.0 };
        let slopes: Vec<f64> = model.params().iter().map(|w| sign * w).collect();
        let at_mean = sign * model.intercept();
        if !(at_mean.is_finite() && slopes.iter().all(|slope| slope.is_finite())) {
            return None;
        }
        let converged =
            gradient(dataset.records(), &cases.outcome, at_mean, &slopes, alpha) <= 1e-7 * n as f64;
        let coefficients: Vec<f64> = slopes.iter().zip(&scales).map(|(slope, (_, sd))| slope / sd).collect();
        let shift: f64 =
            coefficients.iter().zip(&scales).map(|(coefficient, (mean, _))| coefficient * mean).sum();
        Some(Ridge { intercept: at_mean - shift, coefficients, converged })
    }

    /// Linear predictor of the case at `row`.
    pub fn linear_predictor(&self, cases: &Cases, row: usize) -> f64 {
        let products = self.coefficients.iter().zip(&cases.columns).map(|(b, column)| b * column[row]);
        self.intercept + products.sum::<f64>()
    }
}

/// Mean and (population) standard deviation; ∞ in place of 0, which takes a constant column to zero and its coefficient as well.
fn mean_and_sd(column: &[f64]) -> (f64, f64) {
    let n = column.len() as f64;
    let mean = column.iter().sum::<f64>() / n;
    let sd = (column.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).sqrt();
    // Rounding leaves of a constant some 1e-16 of its size.
    if sd > 1e-12 * mean.abs() { (mean, sd) } else { (mean, f64::INFINITY) }
}

/// Largest component of the gradient of the penalised log-likelihood.
fn gradient(x: &Array2<f64>, outcome: &[bool], intercept: f64, slopes: &[f64], alpha: f64) -> f64 {
    let mut intercept_gradient = 0.0;
    let mut gradient: Vec<f64> = slopes.iter().map(|slope| -alpha * slope).collect();
    for (row, &y) in x.rows().into_iter().zip(outcome) {
        let eta = intercept + row.iter().zip(slopes).map(|(x, b)| x * b).sum::<f64>();
        let residual = residual(eta, 1.0, f64::from(u8::from(y)));
        intercept_gradient += residual;
        gradient.iter_mut().zip(row).for_each(|(g, x)| *g += residual * x);
    }
    gradient.iter().fold(intercept_gradient.abs(), |largest: f64, g| largest.max(g.abs()))
}
