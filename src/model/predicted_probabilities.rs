//! Predicted probabilities: the mean probability if every case had a level of a factor, with everything else as it is.
//!
//! Readers see it beside odds ratios, or instead of them. The interval is symmetric on the logit scale of the mean, by the delta method, so it
//! stays between 0 and 1. The mean is over the sample (standardisation), not at mean covariates: nobody is of mean sex. Assumes that the
//! model's mean is right, also for combinations of the level with other answers that no case has: there the model replaces the data. Not for the
//! probability of a single person, nor for users who differ from the sample, nor under separation. Two such intervals that overlap are no test of
//! their difference: `ame` is. Sources: Lane & Nelder 1982, Oehlert 1992. Checked against the same means written out in R, emmeans with
//! `counterfactuals` and `regrid`, and clubSandwich for CR2.

use crate::estimate::{Condition, Statistic, Statistics, Value};

use super::delta::{Covariances, Measure, Spread, logit_limits};
use super::design::Term;
use super::fitted::Fitted;
use super::standardisation::{Average, at_level, why_none};
use super::{Options, Procedure, inference};

const LANE: &str = "Lane, P. W. & Nelder, J. A. (1982). Analysis of covariance and standardization as instances of prediction. \
     Biometrics 38, 613–621; interval by the delta method on the logit of the mean";
const LANE_CR1: &str =
    "Lane & Nelder (1982); delta method with the CR1 covariance matrix, on the logit of the mean";
const LANE_CR2: &str = "Lane & Nelder (1982); delta method with the CR2 covariance matrix, on the logit of the mean, Student's t with \
     Satterthwaite's degrees of freedom of the gradient (Pustejovsky & Tipton 2018)";

pub static PREDICTED: Statistic = inference(
    "predicted",
    "Mean fitted probability if every case showed the level, the reference included.",
    LANE,
);
pub static PREDICTED_STD_ERROR: Statistic = inference(
    "predicted_std_error",
    "Standard error of the mean probability, model-based; on the scale of the probability.",
    LANE,
);
pub static PREDICTED_LOW: Statistic =
    inference("predicted_low", "Lower limit of the mean probability, model-based.", LANE);
pub static PREDICTED_HIGH: Statistic =
    inference("predicted_high", "Upper limit of the mean probability, model-based.", LANE);
pub static PREDICTED_CR1_STD_ERROR: Statistic = inference(
    "predicted_cr1_std_error",
    "Standard error of the mean probability, CR1; on the scale of the probability.",
    LANE_CR1,
);
pub static PREDICTED_CR1_LOW: Statistic =
    inference("predicted_cr1_low", "Lower limit of the mean probability, CR1.", LANE_CR1);
pub static PREDICTED_CR1_HIGH: Statistic =
    inference("predicted_cr1_high", "Upper limit of the mean probability, CR1.", LANE_CR1);
pub static PREDICTED_CR2_STD_ERROR: Statistic = inference(
    "predicted_cr2_std_error",
    "Standard error of the mean probability, CR2; on the scale of the probability.",
    LANE_CR2,
);
pub static PREDICTED_CR2_LOW: Statistic =
    inference("predicted_cr2_low", "Lower limit of the mean probability, CR2.", LANE_CR2);
pub static PREDICTED_CR2_HIGH: Statistic =
    inference("predicted_cr2_high", "Upper limit of the mean probability, CR2.", LANE_CR2);

const MODEL: Statistics = &[&PREDICTED_STD_ERROR, &PREDICTED_LOW, &PREDICTED_HIGH];
const CR1: Statistics = &[&PREDICTED_CR1_STD_ERROR, &PREDICTED_CR1_LOW, &PREDICTED_CR1_HIGH];
const CR2: Statistics = &[&PREDICTED_CR2_STD_ERROR, &PREDICTED_CR2_LOW, &PREDICTED_CR2_HIGH];
const STATISTICS: Statistics = &[
    &PREDICTED,
    &PREDICTED_STD_ERROR,
    &PREDICTED_LOW,
    &PREDICTED_HIGH,
    &PREDICTED_CR1_STD_ERROR,
    &PREDICTED_CR1_LOW,
    &PREDICTED_CR1_HIGH,
    &PREDICTED_CR2_STD_ERROR,
    &PREDICTED_CR2_LOW,
    &PREDICTED_CR2_HIGH,
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
        // Of the reference one cluster alone tells where it does of every contrast with it.
        let own = |term: &&Term| term.covariate == Some(covariate) && term.column.is_some();
        let own: Vec<&Term> = fitted.design().terms.iter().filter(own).collect();
        let told: Vec<Option<Condition>> = own.iter().map(|term| fitted.one_cluster_tells(term)).collect();
        let all = told.iter().all(Option::is_some);
        let alone = |name: &str| match own.iter().position(|term| term.name == name) {
            Some(place) => told[place].clone(),
            None => told.first().cloned().flatten().filter(|_| all),
        };
        let others = fitted.design().terms.iter().filter(|term| term.covariate == Some(covariate));
        let levels = others.map(|term| (&term.name, term.column)).map(|(name, column)| (name, Some(column)));
        for (name, level) in [(reference, None)].into_iter().chain(levels) {
            let rows = match (level, &hindrance, &covariances) {
                (Some(None), _, _) => {
                    MEASURE.none(fitted.clustered(), Condition::new("level_without_cases", name.clone()))
                }
                (_, Some(reason), _) => MEASURE.none(fitted.clustered(), reason.clone()),
                (_, None, None) => MEASURE.none(fitted.clustered(), Condition::new("singular", "")),
                (level, None, Some(covariances)) => MEASURE.report(
                    fitted,
                    &at_level(fitted, covariate, level.flatten()),
                    covariances,
                    alone(name).as_ref(),
                    options,
                ),
            };
            values.extend(rows.into_iter().map(|value| value.term(name.clone())));
        }
    }
    values
}

const MEASURE: Measure = Measure { average: &PREDICTED, errors: [MODEL, CR1, CR2], numbers };

/// The error, and an interval that is symmetric on the logit scale.
fn numbers(mean: &Average, spread: Spread, options: &Options) -> Vec<f64> {
    let [low, high] = logit_limits(mean.value, spread, options);
    vec![spread.std_error, low, high]
}
