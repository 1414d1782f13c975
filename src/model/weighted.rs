//! Weighted logistic regression: what the coefficients would be if everybody had been followed up.
//!
//! Each case counts as many times as its weight says. The errors are sandwich errors, because a weight is not a number of people: HC0, which
//! takes each person separately, or CR1 if the data name clusters. Weights are taken as given; for inverse probabilities from a fitted response
//! model the errors are then, if anything, too large (Robins, Rotnitzky & Zhao 1995, JASA 90, 106–121). Assumes that the terms of the response
//! model have everything that drives both loss and outcome, and that nobody's probability is near 0. Not for loss that depends on how people have
//! fared since. Not for few clusters: CR1 with a normal reference is too sure there, and there is no weighted CR2 here. Report it beside the
//! unweighted model. Sources: Binder 1983, Kish 1965 (below). Checked against R: `glm` with weights, `sandwich::vcovHC` and `vcovCL`, and
//! `survey::svyglm`, whose covariance is HC0 · n/(n − 1), with clusters CR1.

use crate::estimate::{Condition, Counted, RestsOn, Reveals, Role, Statistic, Statistics, Value};

use super::cholesky::{Square, bilinear};
use super::data::{ModelData, ModelDataError};
use super::fit::Coefficient;
use super::fitted::Fitted;
use super::{Options, absent, inference};
use crate::distribution::{normal_critical, normal_two_sided};

const BINDER: &str = "Binder, D. A. (1983). On the variances of asymptotically normal estimators from complex surveys. International \
     Statistical Review 51, 279–292";
const KISH: &str = "Kish, L. (1965). Survey Sampling. Wiley";

pub static WEIGHTED_N_OBS: Statistic = Statistic {
    name: "weighted_n_obs",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Weighed),
    about: "Cases of the model that have a weight.",
    source: "count",
};
pub static MODEL_WEIGHTED_EFFECTIVE_N: Statistic = Statistic {
    rests_on: RestsOn::Counts(&[Counted::Each(&WEIGHTED_N_OBS)]),
    ..inference(
        "weighted_effective_n",
        "Kish's effective number of cases, (Σw)²/Σw²: that many of equal weight would say as much.",
        KISH,
    )
};
pub static WEIGHTED_ESTIMATE: Statistic =
    inference("weighted_estimate", "Coefficient that maximises the weighted likelihood.", BINDER);
pub static WEIGHTED_STD_ERROR: Statistic = inference(
    "weighted_std_error",
    "Sandwich standard error of it: HC0, or CR1 where there are clusters.",
    BINDER,
);
pub static WEIGHTED_P_VALUE: Statistic =
    inference("weighted_p_value", "Two-sided p-value of it over its error, standard normal.", BINDER);
pub static WEIGHTED_ODDS_RATIO: Statistic =
    inference("weighted_odds_ratio", "Exponential of the weighted coefficient.", BINDER);
pub static WEIGHTED_ODDS_RATIO_LOW: Statistic =
    inference("weighted_odds_ratio_low", "Exponential of its lower limit, standard normal.", BINDER);
pub static WEIGHTED_ODDS_RATIO_HIGH: Statistic =
    inference("weighted_odds_ratio_high", "Exponential of its upper limit, standard normal.", BINDER);

const TERM: Statistics = &[
    &WEIGHTED_ESTIMATE,
    &WEIGHTED_STD_ERROR,
    &WEIGHTED_P_VALUE,
    &WEIGHTED_ODDS_RATIO,
    &WEIGHTED_ODDS_RATIO_LOW,
    &WEIGHTED_ODDS_RATIO_HIGH,
];

/// All that [`analyse`] may give.
pub const STATISTICS: Statistics = &[
    &WEIGHTED_N_OBS,
    &MODEL_WEIGHTED_EFFECTIVE_N,
    &WEIGHTED_ESTIMATE,
    &WEIGHTED_STD_ERROR,
    &WEIGHTED_P_VALUE,
    &WEIGHTED_ODDS_RATIO,
    &WEIGHTED_ODDS_RATIO_LOW,
    &WEIGHTED_ODDS_RATIO_HIGH,
];

/// Fits the logistic regression of `data`, each case of a row counting `weight` times; `weight` has one entry a row, finite
/// and above 0, and is that of one case, whatever the row's frequency.
///
/// Every value's `n` is the number of cases. Conditions are those of [`super::analyse`].
///
/// # Errors
/// On another number of weights than of rows, and a weight that is not finite and above 0.
pub fn analyse(data: &ModelData, weight: &[f64], options: &Options) -> Result<Vec<Value>, ModelDataError> {
    let weighted = data.weighted(weight)?;
    let clustered = data.cluster().is_some();
    let fitted = Fitted::of(&if clustered { weighted } else { weighted.each_row_alone() });
    let n: f64 = data.frequency().iter().sum();
    let power = |exponent: i32| -> f64 {
        data.frequency().iter().zip(weight).map(|(times, weight)| times * weight.powi(exponent)).sum()
    };
    let conditions = fitted.conditions();
    let mut values = vec![Value::new(&WEIGHTED_N_OBS, n)];
    values.push(match fitted.patterns().is_empty() {
        true => Value::absent(&MODEL_WEIGHTED_EFFECTIVE_N, Condition::new("no_cases", "")),
        false => Value::new(&MODEL_WEIGHTED_EFFECTIVE_N, power(1) * power(1) / power(2)).method("Kish"),
    });
    for value in &mut values {
        value.conditions.extend(conditions.iter().cloned());
        value.conditions.sort();
        value.conditions.dedup();
    }
    let meat = match clustered {
        true => {
            let clusters = fitted.patterns().clusters.len() as f64;
            (clusters > 1.0).then(|| scaled(fitted.meat(), clusters / (clusters - 1.0)))
        }
        false => Some(meat_of_persons(&fitted, data.frequency())),
    };
    let method = match clustered {
        true => "CR1, normal, weights as known",
        false => "HC0, normal, weights as known",
    };
    for term in &fitted.design().terms {
        let variance =
            fitted.bread().zip(meat.as_ref()).zip(term.column).and_then(|((bread, meat), column)| {
                fitted.fit().covariance(&sandwich(bread, meat), column, column)
            });
        let rows = match (fitted.why_absent(term), fitted.coef(term), variance) {
            (None, _, _) if meat.is_none() => absent(TERM, Some(Condition::new("one_cluster", ""))),
            (None, Some(Coefficient::Estimated(estimate)), Some(variance)) => {
                let std_error = variance.sqrt();
                let reach = normal_critical(options.level) * std_error;
                [
                    estimate,
                    std_error,
                    normal_two_sided(estimate / std_error),
                    estimate.exp(),
                    (estimate - reach).exp(),
                    (estimate + reach).exp(),
                ]
                .iter()
                .zip(TERM)
                .map(|(&value, statistic)| {
                    Value::new(statistic, value).conditions(fitted.general_conditions())
                })
                .collect()
            }
            (reason, _, _) => absent(TERM, reason),
        };
        values.extend(rows.into_iter().map(|value| value.term(term.name.clone()).method(method)));
    }
    Ok(values.into_iter().map(|value| value.n(n.round() as u64)).collect())
}

/// Σ over persons of the outer products of their scores; each row is a cluster, whose `frequency` persons are alike.
fn meat_of_persons(fitted: &Fitted, frequency: &[f64]) -> Square {
    let rank = fitted.fit().basis.rank();
    let mut meat = vec![vec![0.0; rank]; rank];
    // The score of a row is that of its persons together: f s, and f s sᵀ = (f s)(f s)ᵀ / f.
    for (score, frequency) in fitted.scores().iter().zip(frequency) {
        for (row, a) in meat.iter_mut().zip(score) {
            row.iter_mut().zip(score).for_each(|(sum, b)| *sum += a * b / frequency);
        }
    }
    meat
}

fn scaled(mut square: Square, factor: f64) -> Square {
    square.iter_mut().flatten().for_each(|entry| *entry *= factor);
    square
}

/// Bread · meat · bread, in the coordinates of the basis.
fn sandwich(bread: &Square, meat: &Square) -> Square {
    bread.iter().map(|a| bread.iter().map(|b| bilinear(a, meat, b)).collect()).collect()
}
