//! Firth's penalised likelihood, for separation and few events: estimates, profile intervals and likelihood-ratio tests.
//!
//! Maximum likelihood overstates log odds ratios when events are few, and gives none under separation. The penalty ½ log |I| removes the leading
//! term of that bias, and keeps every estimate finite. Its Wald intervals are poor exactly where it is needed, so intervals and p-values come
//! from the penalised likelihood ratio (Heinze & Schemper 2002), and agree.
//!
//! Assumes independent cases and the χ² distribution of the penalised ratio, which is an approximation when events are few. Not for predicted
//! probabilities: the penalty pulls them towards one half, so that their mean is not the share of events. Not for clusters: it ignores
//! them. It adds no evidence where there is none: a wide interval is what the data say.
//!
//! Sources: Firth 1993, Heinze & Schemper 2002 (below). Checked against brglm2 (`type = "AS_mean"`) for estimates and errors, against root
//! finding on the penalised profile in R for intervals and tests, with firthmodels as a second opinion.

use rayon::prelude::*;

use crate::estimate::{Condition, Statistic, Statistics, Value};

use super::aliasing::{Basis, dot};
use super::design::Term;
use super::fit::{Coefficient, linear_predictor};
use super::fitted::Fitted;
use super::goodness_of_fit::{FEW_EVENTS, events_per_slope};
use super::penalised::{PenalisedMaximum, maximise_penalised};
use super::profile_search::{Limit, Point, excess, limit};
use super::{Method, Options, Procedure, absent, inference, setting};
use crate::distribution::{chi_squared_upper, normal_critical};

const FIRTH: &str = "Firth, D. (1993). Bias reduction of maximum likelihood estimates. Biometrika 80, 27–38";
const HEINZE: &str = "Heinze, G. & Schemper, M. (2002). A solution to the problem of separation in logistic regression. \
     Statistics in Medicine 21, 2409–2419";

pub static FIRTH_ESTIMATE: Statistic =
    inference("firth_estimate", "Coefficient at the maximum of the penalised likelihood.", FIRTH);
pub static FIRTH_STD_ERROR: Statistic = inference(
    "firth_std_error",
    "Standard error of firth_estimate from the inverse information there, as in brglm2; programs that put the penalty's weights \
     into the information (firthmodels does) print one a few per cent smaller. No interval is made of it.",
    FIRTH,
);
pub static FIRTH_ODDS_RATIO: Statistic =
    inference("firth_odds_ratio", "Exponential of firth_estimate.", FIRTH);
pub static FIRTH_PROFILE_LOW: Statistic = inference(
    "firth_profile_low",
    "Lower limit of the coefficient by the penalised likelihood ratio.",
    HEINZE,
);
pub static FIRTH_PROFILE_HIGH: Statistic = inference(
    "firth_profile_high",
    "Upper limit of the coefficient by the penalised likelihood ratio.",
    HEINZE,
);
pub static FIRTH_ODDS_RATIO_LOW: Statistic =
    inference("firth_odds_ratio_low", "Exponential of firth_profile_low.", HEINZE);
pub static FIRTH_ODDS_RATIO_HIGH: Statistic =
    inference("firth_odds_ratio_high", "Exponential of firth_profile_high.", HEINZE);
pub static FIRTH_CHI2: Statistic = inference(
    "firth_chi2",
    "Penalised likelihood-ratio statistic of this one coefficient being zero; the penalty is that of all coefficients.",
    HEINZE,
);
pub static FIRTH_P_VALUE: Statistic = inference(
    "firth_p_value",
    "P-value of firth_chi2, chi-squared with one degree of freedom: below 1 − level just where the interval leaves zero out.",
    HEINZE,
);
pub static FIRTH_LR_CHI2: Statistic = inference(
    "firth_lr_chi2",
    "Penalised likelihood-ratio statistic of all coefficients of the covariate being zero.",
    HEINZE,
);
pub static FIRTH_LR_DF: Statistic = setting("firth_lr_df", "Coefficients that firth_lr_chi2 tests.", HEINZE);
pub static FIRTH_LR_P: Statistic = inference("firth_lr_p", "P-value of firth_lr_chi2, chi-squared.", HEINZE);

const TERM: Statistics = &[
    &FIRTH_ESTIMATE,
    &FIRTH_STD_ERROR,
    &FIRTH_ODDS_RATIO,
    &FIRTH_PROFILE_LOW,
    &FIRTH_PROFILE_HIGH,
    &FIRTH_ODDS_RATIO_LOW,
    &FIRTH_ODDS_RATIO_HIGH,
    &FIRTH_CHI2,
    &FIRTH_P_VALUE,
];
const COVARIATE: Statistics = &[&FIRTH_LR_CHI2, &FIRTH_LR_DF, &FIRTH_LR_P];
const STATISTICS: Statistics = &[
    &FIRTH_ESTIMATE,
    &FIRTH_STD_ERROR,
    &FIRTH_ODDS_RATIO,
    &FIRTH_PROFILE_LOW,
    &FIRTH_PROFILE_HIGH,
    &FIRTH_ODDS_RATIO_LOW,
    &FIRTH_ODDS_RATIO_HIGH,
    &FIRTH_CHI2,
    &FIRTH_P_VALUE,
    &FIRTH_LR_CHI2,
    &FIRTH_LR_DF,
    &FIRTH_LR_P,
];

/// Firth's fit beside the maximum-likelihood one; nothing where [`Method`] does not call for it.
///
/// Every value carries the reason: `firth:separation`, `firth:few_events`, or `firth:requested`.
pub const PROCEDURE: Procedure = Procedure { id: "firth", statistics: STATISTICS, compute };

/// Why the penalised fit is reported; empty where it is not.
fn reasons(fitted: &Fitted, options: &Options) -> Vec<Condition> {
    if options.method == Method::MaximumLikelihood || fitted.hopeless().is_some() {
        return Vec::new();
    }
    let because = |called: bool, reason: &str| called.then(|| Condition::new("firth", reason));
    [
        because(options.method == Method::Firth, "requested"),
        because(fitted.fit().finite.is_some(), "separation"),
        because(events_per_slope(fitted).is_some_and(|ratio| ratio < FEW_EVENTS), "few_events"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn compute(fitted: &Fitted, options: &Options) -> Vec<Value> {
    let reasons = reasons(fitted, options);
    if reasons.is_empty() {
        return Vec::new();
    }
    let firth = Firth::of(fitted);
    let cut = normal_critical(options.level).powi(2);
    let terms: Vec<&Term> = fitted.design().terms.iter().collect();
    // Profiles are independent of each other and come back in their order, so threads change nothing.
    let of_terms: Vec<Vec<Value>> = terms.par_iter().map(|term| firth.term(fitted, term, cut)).collect();
    let of_covariates: Vec<Vec<Value>> =
        (0..fitted.variables().len()).into_par_iter().map(|index| firth.covariate(fitted, index)).collect();
    let values = of_terms.into_iter().chain(of_covariates).flatten();
    values.map(|value| value.method("Firth").conditions(reasons.iter().cloned())).collect()
}

/// The penalised fit of all columns that are not aliased.
struct Firth {
    basis: Basis,
    maximum: PenalisedMaximum,
    /// η, one a pattern.
    linear_predictor: Vec<f64>,
}

/// The design with the columns of interest last in the basis, so that all of them are zero just where their coordinates are.
struct Arranged {
    columns: Vec<Vec<f64>>,
    /// How many coordinates are not of interest.
    others: usize,
    /// The whole maximum in this basis.
    whole: PenalisedMaximum,
    /// β = γ · `scale` for the very last coordinate.
    scale: f64,
}

impl Firth {
    fn of(fitted: &Fitted) -> Firth {
        let patterns = fitted.patterns();
        let columns = fitted.design().columns.iter().map(Vec::as_slice);
        let basis = Basis::of(columns, &patterns.trials);
        let rank = basis.rank();
        let maximum = maximise_penalised(&basis.columns, rank, &vec![0.0; rank], None, patterns);
        let eta = linear_predictor(&basis.columns, &vec![0.0; patterns.len()], &maximum.coordinates);
        Firth { basis, maximum, linear_predictor: eta }
    }

    fn arranged(&self, fitted: &Fitted, last: &[usize]) -> Arranged {
        let patterns = fitted.patterns();
        let kept = |column: &usize| self.basis.place[*column].is_some();
        let columns = &fitted.design().columns;
        let others: Vec<usize> =
            (0..columns.len()).filter(kept).filter(|column| !last.contains(column)).collect();
        let order = others.iter().chain(last).map(|&column| columns[column].as_slice());
        let basis = Basis::of(order, &patterns.trials);
        let scale =
            basis.transform(false).pop().flatten().and_then(|row| row.last().copied()).unwrap_or(f64::NAN);
        // The same fit in another basis: η is in its span, and one step confirms it.
        let start: Vec<f64> =
            basis.columns.iter().map(|q| dot(q, &self.linear_predictor, &patterns.trials)).collect();
        let whole = maximise_penalised(&basis.columns, basis.rank(), &start, None, patterns);
        Arranged { others: others.len(), columns: basis.columns, whole, scale }
    }

    fn term(&self, fitted: &Fitted, term: &Term, cut: f64) -> Vec<Value> {
        let reason = match (term.column, fitted.coef(term)) {
            (None, _) => Some(Condition::new("level_without_cases", term.name.clone())),
            (_, Some(Coefficient::Aliased)) => Some(Condition::new("aliased", term.name.clone())),
            _ if !self.maximum.convergence.converged => {
                Some(Condition::new("not_converged", "penalised likelihood"))
            }
            _ => None,
        };
        let values = match (term.column, reason) {
            (Some(column), None) => self.inference(fitted, column, cut, &term.name),
            (_, reason) => absent(TERM, reason),
        };
        values.into_iter().map(|value| value.term(term.name.clone())).collect()
    }

    fn inference(&self, fitted: &Fitted, column: usize, cut: f64, term: &str) -> Vec<Value> {
        let patterns = fitted.patterns();
        let arranged = self.arranged(fitted, &[column]);
        let (whole, scale, last) = (&arranged.whole, arranged.scale, arranged.others);
        let Some(inverse) = &whole.inverse_information else {
            return absent(TERM, Some(Condition::new("singular", "")));
        };
        let at = |coordinate: f64, near: &PenalisedMaximum| {
            let mut start = near.coordinates.clone();
            start[last] = coordinate;
            let curvature = near.curvature.as_ref().map(|curvature| curvature.leading(last));
            let maximum = maximise_penalised(&arranged.columns, last, &start, curvature, patterns);
            Point {
                coordinate,
                deviance: maximum.deviance,
                slope: -2.0 * maximum.score[last],
                converged: maximum.convergence.converged,
                state: maximum,
            }
        };
        let (estimate, error) = (whole.coordinates[last], inverse[last][last].sqrt());
        let inside = Point {
            coordinate: estimate,
            deviance: whole.deviance,
            slope: 0.0,
            converged: true,
            state: whole.clone(),
        };
        let [low, high] =
            [-1.0, 1.0].map(|side| limit(at, &inside, side * cut.sqrt() * error, whole.deviance, cut));
        let null = at(0.0, whole);
        let chi2 = null.converged.then(|| excess(null.deviance, whole.deviance));
        let not_found = |statistic| Value::absent(statistic, Condition::new("not_converged", term));
        let end = |statistic, limit: Limit, shown: fn(f64) -> f64| match limit {
            Limit::Finite(coordinate) => Value::new(statistic, shown(coordinate * scale)),
            Limit::Infinite | Limit::NotFound => not_found(statistic),
        };
        let test = |statistic, value: Option<f64>| match value {
            Some(value) => Value::new(statistic, value),
            None => not_found(statistic),
        };
        vec![
            Value::new(&FIRTH_ESTIMATE, estimate * scale),
            Value::new(&FIRTH_STD_ERROR, error * scale),
            Value::new(&FIRTH_ODDS_RATIO, (estimate * scale).exp()),
            end(&FIRTH_PROFILE_LOW, low, |limit| limit),
            end(&FIRTH_PROFILE_HIGH, high, |limit| limit),
            end(&FIRTH_ODDS_RATIO_LOW, low, f64::exp),
            end(&FIRTH_ODDS_RATIO_HIGH, high, f64::exp),
            test(&FIRTH_CHI2, chi2),
            test(&FIRTH_P_VALUE, chi2.map(|chi2| chi_squared_upper(chi2, 1.0))),
        ]
    }

    /// The test of all coefficients of a covariate.
    fn covariate(&self, fitted: &Fitted, index: usize) -> Vec<Value> {
        let variable = &fitted.variables()[index];
        let mut tested = fitted.design().columns_of(index);
        tested.retain(|&column| self.basis.place[column].is_some());
        let values = match tested.len() {
            0 => absent(COVARIATE, Some(Condition::new("aliased", variable.clone()))),
            df => {
                let arranged = self.arranged(fitted, &tested);
                let mut start = arranged.whole.coordinates.clone();
                start[arranged.others..].fill(0.0);
                let curvature = arranged.whole.curvature.as_ref().map(|c| c.leading(arranged.others));
                let patterns = fitted.patterns();
                let null =
                    maximise_penalised(&arranged.columns, arranged.others, &start, curvature, patterns);
                match null.convergence.converged && self.maximum.convergence.converged {
                    false => absent(COVARIATE, Some(Condition::new("not_converged", variable.clone()))),
                    true => {
                        let chi2 = excess(null.deviance, arranged.whole.deviance);
                        let values = [chi2, df as f64, chi_squared_upper(chi2, df as f64)];
                        COVARIATE.iter().zip(values).map(|(s, value)| Value::new(s, value)).collect()
                    }
                }
            }
        };
        values.into_iter().map(|value: Value| value.term(variable.clone())).collect()
    }
}
