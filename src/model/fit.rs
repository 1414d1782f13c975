//! Maximum likelihood where it exists, and its limit where it does not.

use super::aliasing::{Basis, dot};
use super::cholesky::{Cholesky, Square, bilinear};
use super::likelihood::{deviance, logistic, residual, variance};
use super::patterns::Patterns;
use super::separation::finite_patterns;

/// What the optimiser did: its story as a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Convergence {
    /// Whether both tests were met: the deviance stands still and the score is zero, to rounding.
    pub converged: bool,
    /// Newton steps taken.
    pub iterations: usize,
    /// Times that a step was halved because it would have raised the deviance.
    pub halvings: usize,
    /// Change of the deviance in the last step.
    pub deviance_change: f64,
    /// Squared Newton decrement UᵀI⁻¹U before the last step: the score test of the point, zero at the maximum.
    pub score: f64,
}

/// Where the likelihood is largest over the coordinates γ of a basis, other things (an offset) being given.
#[derive(Debug, Clone)]
pub struct Maximum {
    /// γ, one a column of the basis.
    pub coordinates: Vec<f64>,
    /// η, one a pattern.
    pub linear_predictor: Vec<f64>,
    /// −2 log-likelihood of the individual outcomes.
    pub deviance: f64,
    /// (QᵀVQ)⁻¹, V the binomial variances at the maximum; `None` where the information is singular to rounding.
    pub inverse_information: Option<Square>,
    /// The optimiser's story.
    pub convergence: Convergence,
}

/// Score relative to the deviance at which the point is the maximum; Newton's next error is its square.
pub const SCORE: f64 = 1e-20;
/// Change of the deviance, relative to it, at which it stands still.
pub const DEVIANCE: f64 = 1e-12;
/// Newton steps before giving up.
pub const ITERATIONS: usize = 100;
/// Halvings of one step before it is taken all the same.
pub const HALVINGS: usize = 40;

/// Newton's method with step-halving (iteratively reweighted least squares: Nelder & Wedderburn 1972) from `start`.
///
/// `columns` are the basis, each with one entry a pattern; `offset` is one a pattern, `start` one a column. The
/// log-likelihood is concave, so what is found is the maximum if there is one; separation is to be ruled out before.
pub fn maximise(columns: &[Vec<f64>], offset: &[f64], start: &[f64], patterns: &Patterns) -> Maximum {
    let mut coordinates = start.to_vec();
    let mut eta = linear_predictor(columns, offset, &coordinates);
    let mut current = deviance(&eta, patterns);
    let mut story = Convergence {
        converged: false,
        iterations: 0,
        halvings: 0,
        deviance_change: f64::INFINITY,
        score: f64::INFINITY,
    };
    while story.iterations < ITERATIONS && !story.converged {
        let Some(information) = Cholesky::of(&information(columns, &eta, patterns)) else {
            break;
        };
        let score = score(columns, &eta, patterns);
        let step = information.solve(&score);
        story.score = step.iter().zip(&score).map(|(s, u)| s * u).sum();
        story.iterations += 1;
        let mut length = 1.0;
        let (next, next_eta, next_deviance) = loop {
            let next: Vec<f64> = coordinates.iter().zip(&step).map(|(c, s)| c + length * s).collect();
            let next_eta = linear_predictor(columns, offset, &next);
            let next_deviance = deviance(&next_eta, patterns);
            if next_deviance <= current + DEVIANCE * (current + 1.0) || length < 0.5_f64.powi(HALVINGS as i32)
            {
                break (next, next_eta, next_deviance);
            }
            length /= 2.0;
            story.halvings += 1;
        };
        story.deviance_change = (current - next_deviance).abs();
        story.converged =
            story.score <= SCORE * (current + 1.0) && story.deviance_change <= DEVIANCE * (current + 1.0);
        (coordinates, eta, current) = (next, next_eta, next_deviance);
    }
    let inverse_information =
        Cholesky::of(&information(columns, &eta, patterns)).map(|cholesky| cholesky.inverse());
    Maximum { coordinates, linear_predictor: eta, deviance: current, inverse_information, convergence: story }
}

/// η = offset + Qγ, one a pattern.
pub fn linear_predictor(columns: &[Vec<f64>], offset: &[f64], coordinates: &[f64]) -> Vec<f64> {
    let mut eta = offset.to_vec();
    for (column, coordinate) in columns.iter().zip(coordinates) {
        eta.iter_mut().zip(column).for_each(|(eta, x)| *eta += coordinate * x);
    }
    eta
}

/// U = Qᵀ(y − π), one a column.
pub fn score(columns: &[Vec<f64>], eta: &[f64], patterns: &Patterns) -> Vec<f64> {
    let counts = patterns.trials.iter().zip(&patterns.events);
    let residuals: Vec<f64> =
        eta.iter().zip(counts).map(|(&eta, (&trials, &events))| residual(eta, trials, events)).collect();
    columns.iter().map(|column| column.iter().zip(&residuals).map(|(x, r)| x * r).sum()).collect()
}

/// I = QᵀVQ with V = diag(mᵢ πᵢ (1 − πᵢ)); the lower triangle.
pub fn information(columns: &[Vec<f64>], eta: &[f64], patterns: &Patterns) -> Square {
    let weights: Vec<f64> =
        eta.iter().zip(&patterns.trials).map(|(&eta, trials)| trials * variance(eta)).collect();
    (0..columns.len())
        .map(|i| {
            (0..columns.len())
                .map(|j| if j <= i { dot(&columns[i], &columns[j], &weights) } else { 0.0 })
                .collect()
        })
        .collect()
}

fn dot_product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Newton steps within which a fit that starts nearby is taken for converged to a maximum.
const FEW_STEPS: usize = 12;

/// What became of a column's coefficient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Coefficient {
    /// Finite, and determined by the data.
    Estimated(f64),
    /// The column is a linear combination of columns before it.
    Aliased,
    /// The likelihood rises for ever along a direction that moves this coefficient.
    Diverging,
}

/// A model fitted to patterns by maximum likelihood, or by its limit under separation.
#[derive(Debug, Clone)]
pub struct Fit {
    /// One a column of the design.
    pub coefficients: Vec<Coefficient>,
    /// Number of columns that are not aliased.
    pub rank: usize,
    /// η, one a pattern; ±∞ where separation fits a pattern perfectly.
    pub linear_predictor: Vec<f64>,
    /// Deviance of the individual outcomes; under separation its infimum.
    pub deviance: f64,
    /// The patterns of finite linear predictor, where there is separation.
    pub finite: Option<Vec<bool>>,
    /// The orthonormal basis that the fit was made in.
    pub basis: Basis,
    /// The maximum in that basis.
    pub maximum: Maximum,
    /// t_j with β_j = t_j·γ, for each column that is estimated.
    transform: Vec<Option<Vec<f64>>>,
}

impl Fit {
    /// Fits `columns` (one entry a pattern each), in their order, to `patterns`.
    ///
    /// Under separation the limiting conditional model is fitted, on the patterns whose linear predictor stays finite: its
    /// estimates, errors and deviance are the limits of the whole (Geyer 2009, Electron. J. Stat. 3, 259–289).
    pub fn of(columns: &[&[f64]], patterns: &Patterns) -> Fit {
        let basis = Basis::of(columns.iter().copied(), &patterns.trials);
        let finite = finite_patterns(columns, patterns);
        Fit::limiting(columns, patterns, basis, finite)
    }

    /// The same where it is known that there is no separation, as in a model nested in one without.
    pub fn of_overlapping(columns: &[&[f64]], patterns: &Patterns) -> Fit {
        let basis = Basis::of(columns.iter().copied(), &patterns.trials);
        Fit::limiting(columns, patterns, basis, None)
    }

    /// The same starting from the linear predictor of a fit to nearly the same patterns, which saves most of the work.
    pub fn near(columns: &[&[f64]], patterns: &Patterns, whole: &Fit) -> Fit {
        let basis = Basis::of(columns.iter().copied(), &patterns.trials);
        let events: f64 = patterns.events.iter().sum();
        // With one outcome only, or separation in the whole, nothing is gained.
        if whole.finite.is_some() || events == 0.0 || events == patterns.total() {
            return Fit::of(columns, patterns);
        }
        let start: Vec<f64> =
            basis.columns.iter().map(|q| dot(q, &whole.linear_predictor, &patterns.trials)).collect();
        let maximum = maximise(&basis.columns, &vec![0.0; patterns.len()], &start, patterns);
        // Under separation the linear predictor of the cases to be separated grows by one with every step, and the score falls
        // below the tolerance only near 40. So convergence in a few steps is to a maximum, and the costly proof can be spared.
        match maximum.convergence.converged && maximum.convergence.iterations <= FEW_STEPS {
            true => Fit::at(columns.len(), basis, maximum),
            false => Fit::of(columns, patterns),
        }
    }

    /// The fit without separation whose maximum is known.
    fn at(columns: usize, basis: Basis, maximum: Maximum) -> Fit {
        let transform = basis.transform(false);
        let coefficients = (0..columns)
            .map(|column| match &transform[column] {
                None => Coefficient::Aliased,
                Some(row) => Coefficient::Estimated(dot_product(row, &maximum.coordinates)),
            })
            .collect();
        Fit {
            coefficients,
            rank: basis.rank(),
            linear_predictor: maximum.linear_predictor.clone(),
            deviance: maximum.deviance,
            finite: None,
            basis,
            maximum,
            transform,
        }
    }

    fn limiting(columns: &[&[f64]], patterns: &Patterns, full: Basis, finite: Option<Vec<bool>>) -> Fit {
        let rank = full.rank();
        let place = full.place.clone();
        let (basis, patterns_left) = match &finite {
            None => (full, patterns.clone()),
            Some(finite) => {
                let left = patterns.restricted(finite);
                // Columns aliased in the whole must not come back in through the limit, where the order could favour them.
                let kept = columns.iter().enumerate().filter(|&(column, _)| place[column].is_some());
                (Basis::of(kept.map(|(_, values)| *values), &left.trials), left)
            }
        };
        let offset = vec![0.0; patterns.len()];
        let maximum = maximise(&basis.columns, &offset, &vec![0.0; basis.rank()], &patterns_left);
        let transform = match &finite {
            None => basis.transform(false),
            Some(_) => {
                let mut kept = basis.transform(true).into_iter();
                place.iter().map(|place| place.and_then(|_| kept.next().flatten())).collect()
            }
        };
        let coefficients = place
            .iter()
            .zip(&transform)
            .map(|(place, transform)| match (place, transform) {
                (None, _) => Coefficient::Aliased,
                (Some(_), None) => Coefficient::Diverging,
                (Some(_), Some(row)) => Coefficient::Estimated(dot_product(row, &maximum.coordinates)),
            })
            .collect();
        let linear_predictor = match &finite {
            None => maximum.linear_predictor.clone(),
            Some(finite) => (0..patterns.len())
                .map(|pattern| match (finite[pattern], patterns.events[pattern] > 0.0) {
                    (true, _) => maximum.linear_predictor[pattern],
                    (false, true) => f64::INFINITY,
                    (false, false) => f64::NEG_INFINITY,
                })
                .collect(),
        };
        let deviance = maximum.deviance;
        Fit { coefficients, rank, linear_predictor, deviance, finite, basis, maximum, transform }
    }

    /// cov(β_j, β_k) for a covariance matrix of the coordinates; `None` where either is not estimated.
    pub fn covariance(&self, coordinates: &Square, j: usize, k: usize) -> Option<f64> {
        Some(bilinear(self.transform[j].as_ref()?, coordinates, self.transform[k].as_ref()?))
    }

    /// t with β = t·γ for the coordinates γ of the basis; `None` where the coefficient is not estimated.
    pub fn transform(&self, column: usize) -> Option<&[f64]> {
        self.transform[column].as_deref()
    }

    /// π, one a pattern.
    pub fn fitted_values(&self) -> Vec<f64> {
        self.linear_predictor.iter().map(|&eta| logistic(eta)).collect()
    }
}
