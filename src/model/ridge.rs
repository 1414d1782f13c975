//! Ridge-penalised logistic regression by linfa-logistic, with what that crate leaves to its caller.
//!
//! linfa-logistic minimises −Σ log P(y) + α/2 ‖w‖², the intercept unpenalised, by L-BFGS, one row a case (it takes no
//! weights). It reports no convergence, stops early on raw scales, and calls the more frequent class positive. So covariates are
//! standardised, and the orientation is read from the labels. Its line search has no limit: asked for a gradient so small that
//! the steps it takes no longer change the objective's last digit, it searches for ever. So it is asked for one that it reaches
//! with digits to spare, and a few of Newton's steps take its result to the last digits.

use linfa::traits::Fit;
use linfa::{Dataset, DatasetBase};
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2};

use super::cholesky::{Cholesky, Square};
use super::likelihood::{residual, variance};

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
    /// Whether the gradient at the result is zero, to a billionth of the cases a coefficient.
    pub converged: bool,
}

/// The gradient's largest component at which linfa is to stop, for each case. The objective is then above its least by some
/// g²/2h, with the curvature h at most n/4 + α: for all n and α in use more than ten thousand times what rounding leaves of it.
const NEAR: f64 = 1e-4;
const ITERATIONS: u64 = 2000;
/// The same at which the maximum is reached.
const REACHED: f64 = 1e-9;
const NEWTON_STEPS: usize = 30;

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
            .gradient_tolerance(NEAR * n as f64)
            .max_iterations(ITERATIONS)
            .fit(&dataset)
            .ok()?;
        // `true` is our positive class, whichever linfa took.
        let sign = if model.labels().pos.class { 1.0 } else { -1.0 };
        let start: Vec<f64> = std::iter::once(model.intercept())
            .chain(model.params().iter().copied())
            .map(|w| sign * w)
            .collect();
        if start.iter().any(|w| !w.is_finite()) {
            return None;
        }
        let (at, converged) = maximum(dataset.records(), &cases.outcome, start, alpha);
        let (at_mean, slopes) = at.split_first()?;
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

/// The maximum of the penalised likelihood near `start` (the intercept, then the slopes) by Newton's method, and whether it was
/// reached.
fn maximum(x: &Array2<f64>, outcome: &[bool], start: Vec<f64>, alpha: f64) -> (Vec<f64>, bool) {
    let enough = REACHED * outcome.len() as f64;
    let mut at = start;
    let (mut gradient, mut information) = score(x, outcome, &at, alpha);
    for _ in 0..NEWTON_STEPS {
        let Some(factor) = Cholesky::of(&information) else { break };
        let next: Vec<f64> = at.iter().zip(factor.solve(&gradient)).map(|(b, step)| b + step).collect();
        let (of_next, information_of_next) = score(x, outcome, &next, alpha);
        // Newton's steps near a maximum halve the gradient at least, until rounding is all that is left of it.
        if largest(&of_next).partial_cmp(&largest(&gradient)) != Some(std::cmp::Ordering::Less) {
            break;
        }
        (at, gradient, information) = (next, of_next, information_of_next);
    }
    let reached = largest(&gradient) <= enough;
    (at, reached)
}

fn largest(gradient: &[f64]) -> f64 {
    gradient.iter().fold(0.0, |largest: f64, g| largest.max(g.abs()))
}

/// Gradient and negative Hessian of the penalised log-likelihood at the intercept and slopes `at`.
fn score(x: &Array2<f64>, outcome: &[bool], at: &[f64], alpha: f64) -> (Vec<f64>, Square) {
    let mut gradient: Vec<f64> = at.iter().map(|w| -alpha * w).collect();
    gradient[0] = 0.0;
    let mut information: Square = vec![vec![0.0; at.len()]; at.len()];
    for (j, row) in information.iter_mut().enumerate().skip(1) {
        row[j] = alpha;
    }
    let mut case = vec![1.0; at.len()];
    for (row, &y) in x.rows().into_iter().zip(outcome) {
        case[1..].iter_mut().zip(row).for_each(|(into, x)| *into = *x);
        let eta: f64 = case.iter().zip(at).map(|(x, w)| x * w).sum();
        let (residual, variance) = (residual(eta, 1.0, f64::from(u8::from(y))), variance(eta));
        for (j, &of_j) in case.iter().enumerate() {
            gradient[j] += residual * of_j;
            // The lower triangle is what is read.
            information[j].iter_mut().zip(&case[..=j]).for_each(|(sum, of_k)| *sum += variance * of_j * of_k);
        }
    }
    (gradient, information)
}
