//! Prediction: ridge regression with its strength chosen by cross-validation, and how well it predicts cases it has not seen.
//!
//! Nested cross-validation (Stone 1974, Journal of the Royal Statistical Society B 36, 111–147; Varma & Simon 2006): the
//! strength that predicts a fold is chosen without that fold, so that the out-of-fold figures are those of the whole procedure.
//! Assumes that new cases come as these did, by service where there are clusters. Not for inference: a penalised coefficient is
//! biased on purpose, and has neither error nor p-value. Not for few cases, where the figures depend on how the folds fall,
//! which is fixed here and shows no spread. Sources: le Cessie & van Houwelingen 1992, Varma & Simon 2006, Cox 1958 (below).
//! Checked against Newton's method on the penalised likelihood and the same folds in R, pROC for the area.
//!
//! Every case is a row here, whatever its frequency, since linfa-logistic takes no weights: time and memory grow with the
//! cases, not with the patterns.

use rayon::prelude::*;

use crate::estimate::{Condition, INTERCEPT, RestsOn, Statistic, Statistics, Value};

use super::calibration::{Calibration, calibration};
use super::data::ModelData;
use super::design::{Design, Term};
use super::discrimination::{Auc, brier};

use super::cases::N_NONEVENTS;
use super::goodness_of_fit::{N_EVENTS, N_OBS};
use super::likelihood::{deviance, logistic};
use super::patterns::Patterns;
use super::ridge::{Cases, Ridge};
use super::{absent, inference, setting};

const RIDGE: &str = "le Cessie, S. & van Houwelingen, J. C. (1992). Ridge estimators in logistic regression. Applied Statistics \
     41, 191–201";
const OUT_OF_FOLD: &str = "Varma, S. & Simon, R. (2006). Bias in error estimation when using cross-validation for model \
     selection. BMC Bioinformatics 7, 91; nested cross-validation";
const CALIBRATION: &str =
    "Cox, D. R. (1958). Two further applications of a model for binary regression. Biometrika 45, 562–565";

const CASES: Statistics = &[&N_OBS, &N_EVENTS, &N_NONEVENTS];

/// A statistic of the prediction, which rests on the cases of the model that it travels with.
const fn predicted(name: &'static str, about: &'static str, source: &'static str) -> Statistic {
    Statistic { rests_on: RestsOn::OfAnalysis(CASES), ..inference(name, about, source) }
}

pub static RIDGE_ALPHA: Statistic = setting(
    "ridge_alpha",
    "Strength of the penalty, α/2 · Σ (standardised coefficient)²: the one of smallest cross-validated log loss.",
    RIDGE,
);
pub static RIDGE_COEFFICIENT: Statistic = predicted(
    "ridge_coefficient",
    "Penalised coefficient on the covariate's own scale; shrunk towards zero, for prediction only.",
    RIDGE,
);
pub static RIDGE_AUC: Statistic =
    predicted("ridge_auc", "Area under the curve of out-of-fold probabilities.", OUT_OF_FOLD);
pub static RIDGE_BRIER: Statistic =
    predicted("ridge_brier", "Brier score of out-of-fold probabilities.", OUT_OF_FOLD);
pub static RIDGE_LOG_LOSS: Statistic =
    predicted("ridge_log_loss", "Mean −log probability of the outcome, out-of-fold.", OUT_OF_FOLD);
pub static RIDGE_CALIBRATION_SLOPE: Statistic = predicted(
    "ridge_calibration_slope",
    "Slope of the outcome on the out-of-fold linear predictor in a logistic regression: 1 is right, less is overfitted.",
    CALIBRATION,
);
pub static RIDGE_CALIBRATION_INTERCEPT: Statistic = predicted(
    "ridge_calibration_intercept",
    "Intercept of the outcome with the out-of-fold linear predictor as an offset: 0 is right, more is predicted too low.",
    CALIBRATION,
);

/// Statistics that [`predict`] may return.
pub const PREDICTION_STATISTICS: Statistics = &[
    &RIDGE_ALPHA,
    &RIDGE_COEFFICIENT,
    &RIDGE_AUC,
    &RIDGE_BRIER,
    &RIDGE_LOG_LOSS,
    &RIDGE_CALIBRATION_SLOPE,
    &RIDGE_CALIBRATION_INTERCEPT,
];
const METHOD: &str = "ridge, nested cross-validation";

/// How the ridge regression is tuned and judged.
#[derive(Debug, Clone, PartialEq)]
pub struct PredictionOptions {
    /// Number of folds, at least 3: one is predicted, one chooses the strength, the others fit.
    pub folds: usize,
    /// Strengths to choose from, positive.
    pub alphas: Vec<f64>,
}

impl Default for PredictionOptions {
    /// Five folds, and strengths from 0.01 to 10 000 by factors of √10.
    fn default() -> PredictionOptions {
        PredictionOptions {
            folds: 5,
            alphas: (-4..=8).map(|half_decade| 10.0_f64.powf(f64::from(half_decade) / 2.0)).collect(),
        }
    }
}

/// Fits a ridge regression for prediction and reports how well it predicts out of fold.
///
/// Folds are dealt out in the order of the patterns, cases with either outcome in turn; where there are clusters, whole clusters
/// in the order of their labels. There is no chance in it: the same data give the same folds.
pub fn predict(data: &ModelData, options: &PredictionOptions) -> Vec<Value> {
    let patterns = Patterns::of(data);
    let design = Design::of(data, &patterns);
    let n = patterns.total().round() as u64;
    let values = match Prediction::of(&patterns, &design, options) {
        Ok(prediction) => prediction.values(&design),
        Err(reason) => absent(PREDICTION_STATISTICS, Some(reason)),
    };
    values.into_iter().map(|value| value.n(n).method(METHOD)).collect()
}

/// The chosen fit, with out-of-fold predictions.
struct Prediction {
    alpha: f64,
    ridge: Ridge,
    /// The out-of-fold linear predictors as patterns of their own: one a case.
    score: Vec<f64>,
    outcomes: Patterns,
    conditions: Vec<Condition>,
}

impl Prediction {
    fn of(
        patterns: &Patterns,
        design: &Design,
        options: &PredictionOptions,
    ) -> Result<Prediction, Condition> {
        let unusable = |code: &str| Condition::new(code, "");
        let events = patterns.total_events();
        match () {
            () if patterns.is_empty() => return Err(unusable("no_cases")),
            () if events == 0.0 || events == patterns.total() => {
                return Err(unusable("constant_outcome"));
            }
            () if patterns.clusters.len() == 1 => return Err(unusable("one_cluster")),
            () if design.columns.len() < 2 => return Err(unusable("intercept_only")),
            () if options.folds < 3 || options.alphas.is_empty() => {
                return Err(unusable("no_folds"));
            }
            // A fit to cases of one outcome has no end; with an outcome a fold it is at the mercy of how they fall.
            () if patterns.total_events().min(patterns.total() - patterns.total_events())
                < options.folds as f64 =>
            {
                return Err(unusable("too_few_outcomes"));
            }
            () => {}
        }
        let (cases, fold) =
            expand(patterns, design, options.folds).ok_or_else(|| unusable("fractional_frequency"))?;
        let path = Path::of(&cases, &fold, options).ok_or_else(|| unusable("few_cases"))?;
        let alpha = options.alphas[path.best(None).ok_or_else(|| unusable("few_cases"))?];
        let ridge = Ridge::of(&cases, alpha).ok_or_else(|| unusable("not_converged"))?;
        let mut score = vec![0.0; fold.len()];
        let mut converged = ridge.converged;
        for left_out in 0..options.folds {
            let best = path.best(Some(left_out)).ok_or_else(|| unusable("few_cases"))?;
            let fit = &path.single[left_out][best];
            converged &= fit.converged;
            for row in (0..fold.len()).filter(|&row| fold[row] == left_out) {
                score[row] = fit.linear_predictor(&cases, row);
            }
        }
        let outcomes = Patterns {
            rows: (0..fold.len()).collect(),
            trials: vec![1.0; fold.len()],
            events: cases.outcome.iter().map(|&y| f64::from(u8::from(y))).collect(),
            clusters: Vec::new(),
        };
        let (smallest, largest) = options
            .alphas
            .iter()
            .fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), &a| (low.min(a), high.max(a)));
        let mut conditions = design.conditions.clone();
        if !converged {
            conditions.push(unusable("not_converged"));
        }
        if alpha == smallest || alpha == largest {
            conditions.push(unusable("alpha_at_end_of_range"));
        }
        Ok(Prediction { alpha, ridge, score, outcomes, conditions })
    }

    fn values(&self, design: &Design) -> Vec<Value> {
        let n = self.score.len() as f64;
        let probability: Vec<f64> = self.score.iter().map(|&eta| logistic(eta)).collect();
        let Calibration { intercept, slope } = calibration(&self.score, &self.outcomes);
        let calibrated = |statistic, value: Option<f64>| match value {
            Some(value) => Value::new(statistic, value),
            None => Value::absent(statistic, Condition::new("not_converged", "calibration")),
        };
        let mut values = vec![
            Value::new(&RIDGE_ALPHA, self.alpha),
            Value::new(&RIDGE_AUC, Auc::of(&self.score, &self.outcomes).area),
            Value::new(&RIDGE_BRIER, brier(&probability, &self.outcomes)),
            Value::new(&RIDGE_LOG_LOSS, deviance(&self.score, &self.outcomes) / (2.0 * n)),
            calibrated(&RIDGE_CALIBRATION_SLOPE, slope),
            calibrated(&RIDGE_CALIBRATION_INTERCEPT, intercept),
        ];
        for value in &mut values {
            value.conditions.extend(self.conditions.iter().cloned());
        }
        let coefficient = |term: &Term| {
            let value = match term.column {
                None => Value::absent(
                    &RIDGE_COEFFICIENT,
                    Condition::new("level_without_cases", term.name.clone()),
                ),
                Some(0) => Value::new(&RIDGE_COEFFICIENT, self.ridge.intercept),
                Some(column) => Value::new(&RIDGE_COEFFICIENT, self.ridge.coefficients[column - 1]),
            };
            value.term(term.name.clone())
        };
        debug_assert_eq!(&design.terms[0].name, INTERCEPT);
        values.extend(design.terms.iter().map(coefficient));
        values
    }
}

/// Cross-validated losses along the strengths.
struct Path {
    /// Fits without one fold: folds × strengths.
    single: Vec<Vec<Ridge>>,
    /// Log loss on fold k of the fit without folds k and l, for each strength; where k = l, of the fit without k alone.
    loss: Vec<Vec<Vec<f64>>>,
}

impl Path {
    /// Fits without every fold and every pair of folds. A pair serves twice: either of it is the fold that is predicted.
    fn of(cases: &Cases, fold: &[usize], options: &PredictionOptions) -> Option<Path> {
        let folds = options.folds;
        let pairs: Vec<(usize, usize)> = (0..folds).flat_map(|k| (k..folds).map(move |l| (k, l))).collect();
        let fits: Option<Vec<Vec<Ridge>>> = pairs
            .par_iter()
            .map(|&(k, l)| {
                let rows: Vec<usize> =
                    (0..fold.len()).filter(|&row| fold[row] != k && fold[row] != l).collect();
                let training = cases.select(&rows);
                options.alphas.iter().map(|&alpha| Ridge::of(&training, alpha)).collect()
            })
            .collect();
        let mut single = Vec::with_capacity(folds);
        let mut loss = vec![vec![Vec::new(); folds]; folds];
        for ((k, l), fits) in pairs.into_iter().zip(fits?) {
            let on = |left_out: usize| {
                fits.iter().map(|fit| log_loss(fit, cases, fold, left_out)).collect::<Vec<f64>>()
            };
            loss[k][l] = on(k);
            loss[l][k] = on(l);
            if k == l {
                single.push(fits);
            }
        }
        Some(Path { single, loss })
    }

    /// The strength of smallest loss: over all folds, or, to predict fold `without`, over the others, fitted without it as well.
    fn best(&self, without: Option<usize>) -> Option<usize> {
        let folds = self.loss.len();
        let strengths = self.single.first()?.len();
        let total = |strength: usize| -> f64 {
            match without {
                None => (0..folds).map(|k| self.loss[k][k][strength]).sum(),
                Some(l) => (0..folds).filter(|&k| k != l).map(|k| self.loss[k][l][strength]).sum(),
            }
        };
        (0..strengths).min_by(|&a, &b| total(a).total_cmp(&total(b)))
    }
}

fn log_loss(fit: &Ridge, cases: &Cases, fold: &[usize], left_out: usize) -> f64 {
    (0..fold.len())
        .filter(|&row| fold[row] == left_out)
        .map(|row| {
            let eta = fit.linear_predictor(cases, row);
            super::likelihood::softplus(if cases.outcome[row] { -eta } else { eta })
        })
        .sum()
}

/// One row a case, with its fold; `None` where a frequency is not a whole number.
fn expand(patterns: &Patterns, design: &Design, folds: usize) -> Option<(Cases, Vec<usize>)> {
    // Pattern, outcome and fold (of its cluster) of each case.
    let mut cases: Vec<(usize, bool, Option<usize>)> = Vec::new();
    let mut add = |pattern: usize, trials: f64, events: f64, fold: Option<usize>| {
        for (outcome, count) in [(false, trials - events), (true, events)] {
            if count.fract() != 0.0 {
                return None;
            }
            cases.extend((0..count as u64).map(|_| (pattern, outcome, fold)));
        }
        Some(())
    };
    if patterns.clusters.is_empty() {
        for pattern in 0..patterns.len() {
            add(pattern, patterns.trials[pattern], patterns.events[pattern], None)?;
        }
    }
    for (index, cluster) in patterns.clusters.iter().enumerate() {
        for cell in cluster {
            add(cell.pattern, cell.trials, cell.events, Some(index % folds))?;
        }
    }
    let mut dealt = [0, 0];
    let fold = cases
        .iter()
        .map(|&(_, outcome, fold)| {
            fold.unwrap_or_else(|| {
                let turn = &mut dealt[usize::from(outcome)];
                *turn += 1;
                (*turn - 1) % folds
            })
        })
        .collect();
    let columns = design.columns[1..]
        .iter()
        .map(|column| cases.iter().map(|&(pattern, ..)| column[pattern]).collect())
        .collect();
    Some((Cases { columns, outcome: cases.iter().map(|&(_, outcome, _)| outcome).collect() }, fold))
}
