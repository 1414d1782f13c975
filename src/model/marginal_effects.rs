//! Average marginal effects: the difference that a covariate makes to the probability, in points of probability.
//!
//! An odds ratio is often read as a ratio of risks, which it is not. A difference of mean probabilities can be read as what it says. For a level
//! of a factor it is the mean probability if everyone had the level, minus that if everyone had the reference (a discrete change). For a
//! numeric covariate it is the mean derivative: about the difference that one unit more makes.
//!
//! Assumes that the model's mean is right. The mean is over the cases of the sample, with their covariates as given, so another sample of users
//! has another mean. The interval does not include the chance by which these covariates were drawn. Not for reading as the effect of an action,
//! unless the model has everything that affects both covariate and outcome. Not under separation: a probability of zero or one has no
//! error. Sources: Bartus 2005, Oehlert 1992 (below). Checked against the same means and analytic gradients written out in R, clubSandwich's
//! `linear_contrast` for CR2, and statsmodels' `get_margeff` as a second opinion.

use crate::estimate::{Condition, Statistic, Statistics, Value};

use super::delta::{Covariances, Measure, Spread};
use super::fitted::Fitted;
use super::marginal_step::{self, AME_STEP, AME_STEP_HIGH, AME_STEP_LOW};
use super::standardisation::{Average, at_level, derivative, why_none};
use super::wald::Wald;
use super::{Options, Procedure, inference};
use crate::distribution::normal_critical;

pub(super) const BARTUS: &str =
    "Bartus, T. (2005). Estimation of marginal effects using margeff. Stata Journal 5, 309–329";
const DELTA: &str =
    "delta method, Oehlert, G. W. (1992). A note on the delta method. American Statistician 46, 27–29";
const DELTA_CR1: &str = "delta method with the CR1 covariance matrix, as Stata's margins after vce(cluster)";
const DELTA_CR2: &str = "delta method with the CR2 covariance matrix; Satterthwaite's degrees of freedom of the gradient (Pustejovsky & \
     Tipton 2018)";

pub static AME: Statistic = inference(
    "ame",
    "Average marginal effect on the probability: discrete change from the reference for a level, derivative for a number.",
    BARTUS,
);
pub static AME_STD_ERROR: Statistic =
    inference("ame_std_error", "Standard error of the average marginal effect, model-based.", DELTA);
pub static AME_STATISTIC: Statistic =
    inference("ame_statistic", "The average marginal effect over ame_std_error.", DELTA);
pub static AME_P_VALUE: Statistic =
    inference("ame_p_value", "Two-sided p-value of ame_statistic, standard normal.", DELTA);
pub static AME_CONF_LOW: Statistic =
    inference("ame_conf_low", "Lower limit of the average marginal effect, standard normal.", DELTA);
pub static AME_CONF_HIGH: Statistic =
    inference("ame_conf_high", "Upper limit of the average marginal effect, standard normal.", DELTA);
pub static AME_CR1_STD_ERROR: Statistic =
    inference("ame_cr1_std_error", "Standard error of the average marginal effect, CR1.", DELTA_CR1);
pub static AME_CR1_STATISTIC: Statistic =
    inference("ame_cr1_statistic", "The average marginal effect over ame_cr1_std_error.", DELTA_CR1);
pub static AME_CR1_P_VALUE: Statistic =
    inference("ame_cr1_p_value", "Two-sided p-value of ame_cr1_statistic, standard normal.", DELTA_CR1);
pub static AME_CR1_CONF_LOW: Statistic =
    inference("ame_cr1_conf_low", "Lower limit of the average marginal effect, standard normal.", DELTA_CR1);
pub static AME_CR1_CONF_HIGH: Statistic =
    inference("ame_cr1_conf_high", "Upper limit of the average marginal effect, standard normal.", DELTA_CR1);
pub static AME_CR2_STD_ERROR: Statistic =
    inference("ame_cr2_std_error", "Standard error of the average marginal effect, CR2.", DELTA_CR2);
pub static AME_CR2_STATISTIC: Statistic =
    inference("ame_cr2_statistic", "The average marginal effect over ame_cr2_std_error.", DELTA_CR2);
pub static AME_CR2_P_VALUE: Statistic = inference(
    "ame_cr2_p_value",
    "Two-sided p-value of ame_cr2_statistic, Student's t with ame_cr2_df.",
    DELTA_CR2,
);
pub static AME_CR2_CONF_LOW: Statistic = inference(
    "ame_cr2_conf_low",
    "Lower limit of the average marginal effect, Student's t with ame_cr2_df.",
    DELTA_CR2,
);
pub static AME_CR2_CONF_HIGH: Statistic = inference(
    "ame_cr2_conf_high",
    "Upper limit of the average marginal effect, Student's t with ame_cr2_df.",
    DELTA_CR2,
);
pub static AME_CR2_DF: Statistic =
    inference("ame_cr2_df", "Satterthwaite's degrees of freedom of the average marginal effect.", DELTA_CR2);

const MODEL: Statistics = &[&AME_STD_ERROR, &AME_STATISTIC, &AME_P_VALUE, &AME_CONF_LOW, &AME_CONF_HIGH];
const CR1: Statistics =
    &[&AME_CR1_STD_ERROR, &AME_CR1_STATISTIC, &AME_CR1_P_VALUE, &AME_CR1_CONF_LOW, &AME_CR1_CONF_HIGH];
const CR2: Statistics = &[
    &AME_CR2_STD_ERROR,
    &AME_CR2_STATISTIC,
    &AME_CR2_P_VALUE,
    &AME_CR2_CONF_LOW,
    &AME_CR2_CONF_HIGH,
    &AME_CR2_DF,
];
const STATISTICS: Statistics = &[
    &AME,
    &AME_STD_ERROR,
    &AME_STATISTIC,
    &AME_P_VALUE,
    &AME_CONF_LOW,
    &AME_CONF_HIGH,
    &AME_CR1_STD_ERROR,
    &AME_CR1_STATISTIC,
    &AME_CR1_P_VALUE,
    &AME_CR1_CONF_LOW,
    &AME_CR1_CONF_HIGH,
    &AME_CR2_STD_ERROR,
    &AME_CR2_STATISTIC,
    &AME_CR2_P_VALUE,
    &AME_CR2_CONF_LOW,
    &AME_CR2_CONF_HIGH,
    &AME_CR2_DF,
    &AME_STEP,
    &AME_STEP_LOW,
    &AME_STEP_HIGH,
];

/// Average marginal effects with their errors, the robust ones where the data name clusters; and of so many units more of a number
/// where that is asked for.
pub const PROCEDURE: Procedure = Procedure { id: "marginal_effects", statistics: STATISTICS, compute };

fn compute(fitted: &Fitted, options: &Options) -> Vec<Value> {
    let covariances = Covariances::of(fitted);
    let mut values = Vec::new();
    for (covariate, reference) in fitted.design().references.iter().enumerate() {
        let hindrance = why_none(fitted, covariate);
        let base =
            reference.as_ref().filter(|_| hindrance.is_none()).map(|_| at_level(fitted, covariate, None));
        for term in fitted.design().terms.iter().filter(|term| term.covariate == Some(covariate)) {
            let rows = match (term.column, &hindrance, &covariances) {
                (None, _, _) => {
                    MEASURE.none(fitted.clustered(), Condition::new("level_without_cases", term.name.clone()))
                }
                (_, Some(reason), _) => MEASURE.none(fitted.clustered(), reason.clone()),
                (_, None, None) => MEASURE.none(fitted.clustered(), Condition::new("singular", "")),
                (Some(column), None, Some(covariances)) => {
                    let effect = match &base {
                        Some(base) => at_level(fitted, covariate, Some(column)).less(base),
                        None => derivative(fitted, column),
                    };
                    let alone = fitted.one_cluster_tells(term);
                    MEASURE.report(fitted, &effect, covariances, alone.as_ref(), options)
                }
            };
            let step = options.steps.get(term.name.as_str()).filter(|_| reference.is_none());
            let stepped = step.map(|step| marginal_step::of(&rows, *step, fitted.clustered()));
            let rows = rows.into_iter().chain(stepped.into_iter().flatten());
            values.extend(rows.map(|value| value.term(term.name.clone())));
        }
    }
    values
}

const MEASURE: Measure = Measure { average: &AME, errors: [MODEL, CR1, CR2], numbers };

fn numbers(effect: &Average, spread: Spread, options: &Options) -> Vec<f64> {
    let Spread { std_error, df } = spread;
    let wald = match df {
        None => Wald::of(effect.value, std_error, normal_critical(options.level)),
        Some(df) => Wald::student(effect.value, std_error, df, options.level),
    };
    let values = [wald.std_error, wald.statistic, wald.p_value, wald.low, wald.high];
    values.into_iter().chain(df).collect()
}
