//! Predicted probabilities: the mean probability if every case showed a level of a factor, all else as it is.
//!
//! What a table for readers shows beside, or instead of, odds ratios. The interval is symmetric on the logit scale of the mean,
//! by the delta method, and so stays between 0 and 1. The mean is over the sample (standardisation), not at mean covariates:
//! nobody is of mean sex. Assumes that the model's mean is right, also for the cases that never show the level together with
//! their other answers: what the data lack, the model makes up. Not for the probability of a single person, nor for other users
//! than those like the sample, nor under separation. Two such intervals that overlap are no test of their difference: `ame` is.
//! Sources: Lane & Nelder 1982, Oehlert 1992. Checked against the same means written out in R, emmeans with `counterfactuals`
//! and `regrid`, and clubSandwich for CR2.

use crate::estimate::{Condition, Statistic, Statistics, Value};

use super::cluster::cluster_conditions;
use super::delta::{Covariances, Spread};
use super::fitted::Fitted;
use super::likelihood::logistic;
use super::standardisation::{Average, at_level, why_none};
use super::wald::Wald;
use super::{Options, Procedure, absent, inference};

const LANE: &str = "Lane, P. W. & Nelder, J. A. (1982). Analysis of covariance and standardization as instances of prediction. \
     Biometrics 38, 613–621; interval by the delta method on the logit of the mean";
const LANE_CR1: &str =
    "Lane & Nelder (1982); delta method with the CR1 covariance matrix, on the logit of the mean";
const LANE_CR2: &str = "Lane & Nelder (1982); delta method with the CR2 covariance matrix, on the logit of the mean, Student's t with \
     Satterthwaite's degrees of freedom of the gradient (Pustejovsky & Tipton 2018)";

const PREDICTED: Statistic = inference(
    "predicted",
    "Mean fitted probability if every case showed the level, the reference included.",
    LANE,
);
const STD_ERROR: Statistic = inference(
    "predicted_std_error",
    "Standard error of the mean probability, model-based; on the scale of the probability.",
    LANE,
);
const LOW: Statistic = inference("predicted_low", "Lower limit of the mean probability, model-based.", LANE);
const HIGH: Statistic =
    inference("predicted_high", "Upper limit of the mean probability, model-based.", LANE);
const CR1_STD_ERROR: Statistic = inference(
    "predicted_cr1_std_error",
    "Standard error of the mean probability, CR1; on the scale of the probability.",
    LANE_CR1,
);
const CR1_LOW: Statistic =
    inference("predicted_cr1_low", "Lower limit of the mean probability, CR1.", LANE_CR1);
const CR1_HIGH: Statistic =
    inference("predicted_cr1_high", "Upper limit of the mean probability, CR1.", LANE_CR1);
const CR2_STD_ERROR: Statistic = inference(
    "predicted_cr2_std_error",
    "Standard error of the mean probability, CR2; on the scale of the probability.",
    LANE_CR2,
);
const CR2_LOW: Statistic =
    inference("predicted_cr2_low", "Lower limit of the mean probability, CR2.", LANE_CR2);
const CR2_HIGH: Statistic =
    inference("predicted_cr2_high", "Upper limit of the mean probability, CR2.", LANE_CR2);

const MODEL: Statistics = &[&STD_ERROR, &LOW, &HIGH];
const CR1: Statistics = &[&CR1_STD_ERROR, &CR1_LOW, &CR1_HIGH];
const CR2: Statistics = &[&CR2_STD_ERROR, &CR2_LOW, &CR2_HIGH];
const STATISTICS: Statistics = &[
    &PREDICTED,
    &STD_ERROR,
    &LOW,
    &HIGH,
    &CR1_STD_ERROR,
    &CR1_LOW,
    &CR1_HIGH,
    &CR2_STD_ERROR,
    &CR2_LOW,
    &CR2_HIGH,
];

/// Predicted probabilities of each level of each factor; the robust intervals where the data name clusters.
pub const PROCEDURE: Procedure = Procedure { id: "predicted_probabilities", statistics: STATISTICS, compute };

fn compute(fitted: &Fitted, options: &Options) -> Vec<Value> {
    let covariances = Covariances::of(fitted);
    let mut values = Vec::new();
    for (covariate, reference) in fitted.design().references.iter().enumerate() {
        let Some(reference) = reference else {
            continue;
        };
        let hindrance = why_none(fitted, covariate);
        let others = fitted.design().terms.iter().filter(|term| term.covariate == Some(covariate));
        let levels = others.map(|term| (&term.name, term.column)).map(|(name, column)| (name, Some(column)));
        for (name, level) in [(reference, None)].into_iter().chain(levels) {
            let rows = match (level, &hindrance, &covariances) {
                (Some(None), _, _) => none(fitted, Condition::new("level_without_cases", name.clone())),
                (_, Some(reason), _) => none(fitted, reason.clone()),
                (_, None, None) => none(fitted, Condition::new("singular", "")),
                (level, None, Some(covariances)) => {
                    report(fitted, &at_level(fitted, covariate, level.flatten()), covariances, options)
                }
            };
            values.extend(rows.into_iter().map(|value| value.term(name.clone())));
        }
    }
    values
}

/// Every statistic absent that would have been reported.
fn none(fitted: &Fitted, reason: Condition) -> Vec<Value> {
    let reported = if fitted.clustered() { STATISTICS } else { &STATISTICS[..4] };
    absent(reported, Some(reason))
}

fn report(fitted: &Fitted, mean: &Average, covariances: &Covariances, options: &Options) -> Vec<Value> {
    let gradient = &mean.gradient;
    let mut values = vec![Value::new(&PREDICTED, mean.value)];
    values.extend(interval(
        MODEL,
        mean,
        Some(covariances.model(gradient)),
        options,
        ("delta method", "zero_variance"),
    ));
    if fitted.clustered() {
        let conditions = cluster_conditions(fitted);
        let why = if fitted.patterns().clusters.len() < 2 { "one_cluster" } else { "zero_variance" };
        let mut robust =
            interval(CR1, mean, covariances.cr1(gradient), options, ("delta method, CR1, normal", why));
        robust.extend(interval(CR2, mean, covariances.cr2(gradient), options, ("delta method, CR2, t", why)));
        values.extend(robust.into_iter().map(|value| value.conditions(conditions.clone())));
    }
    values.into_iter().map(|value| value.conditions(fitted.general_conditions())).collect()
}

fn interval(
    statistics: Statistics,
    mean: &Average,
    spread: Option<Spread>,
    options: &Options,
    (method, missing): (&'static str, &str),
) -> Vec<Value> {
    let spread =
        spread.filter(|spread| Wald::exists(spread.std_error) && spread.df.is_none_or(f64::is_finite));
    let values = match spread {
        None => absent(statistics, Some(Condition::new(missing, ""))),
        Some(spread) => {
            let p = mean.value;
            let logit = (p / (1.0 - p)).ln();
            let margin = spread.critical(options) * spread.std_error / (p * (1.0 - p));
            let values = [spread.std_error, logistic(logit - margin), logistic(logit + margin)];
            statistics.iter().zip(values).map(|(statistic, value)| Value::new(statistic, value)).collect()
        }
    };
    values.into_iter().map(|value: Value| value.method(method)).collect()
}
