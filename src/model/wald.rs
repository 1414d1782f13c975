//! Coefficients with Wald tests and intervals, and their odds ratios.
//!
//! Assumes independent cases, a logit that is linear and additive in the terms, and so many events that the log-likelihood is near quadratic
//! about its maximum. Not for few events or strong coefficients, where the Wald statistic falls as the coefficient grows (Hauck & Donner 1977,
//! JASA 72:851–853): the profile interval holds longer; under separation there is none. Not for users of the same services: CR2 gives their
//! errors. An odds ratio is not a ratio of shares, and changes with the other terms even if these are no confounders. Sources: Wald 1943,
//! Nelder & Wedderburn 1972, Cornfield 1951 (below). Checked against R's `glm`, `coef` and `vcov`.

use crate::estimate::{Statistic, Statistics, Value};

use super::fit::Coefficient;
use super::fitted::Fitted;
use super::{Options, Procedure, absent, inference};
use crate::distribution::{normal_critical, normal_two_sided, t_critical, t_two_sided};

const SOURCE: &str = "Wald, A. (1943). Tests of statistical hypotheses concerning several parameters when the number of \
     observations is large. Transactions of the American Mathematical Society 54, 426–482";

pub static ESTIMATE: Statistic = inference(
    "estimate",
    "Maximum-likelihood coefficient: log odds ratio, of the intercept log odds.",
    "Nelder, J. A. & Wedderburn, R. W. M. (1972). Generalized linear models. Journal of the Royal Statistical \
             Society A 135, 370–384",
);
pub static STD_ERROR: Statistic =
    inference("std_error", "Standard error of the coefficient from the inverse information.", SOURCE);
pub static STATISTIC: Statistic =
    inference("statistic", "Wald z: the coefficient over its standard error.", SOURCE);
pub static P_VALUE: Statistic = inference("p_value", "Two-sided p-value of z, standard normal.", SOURCE);
pub static CONF_LOW: Statistic = inference("conf_low", "Lower Wald limit of the coefficient.", SOURCE);
pub static CONF_HIGH: Statistic = inference("conf_high", "Upper Wald limit of the coefficient.", SOURCE);
pub static ODDS_RATIO: Statistic = inference(
    "odds_ratio",
    "Exponential of the coefficient: ratio of the odds, of the intercept the odds.",
    "Cornfield, J. (1951). A method of estimating comparative rates from clinical data. Journal of the National \
             Cancer Institute 11, 1269–1275",
);
pub static ODDS_RATIO_LOW: Statistic =
    inference("odds_ratio_low", "Exponential of the lower Wald limit.", SOURCE);
pub static ODDS_RATIO_HIGH: Statistic =
    inference("odds_ratio_high", "Exponential of the upper Wald limit.", SOURCE);

const STATISTICS: Statistics = &[
    &ESTIMATE,
    &STD_ERROR,
    &STATISTIC,
    &P_VALUE,
    &CONF_LOW,
    &CONF_HIGH,
    &ODDS_RATIO,
    &ODDS_RATIO_LOW,
    &ODDS_RATIO_HIGH,
];

/// Coefficients, Wald tests and Wald intervals.
pub const PROCEDURE: Procedure = Procedure { id: "wald", statistics: STATISTICS, compute };

fn compute(fitted: &Fitted, options: &Options) -> Vec<Value> {
    let critical = normal_critical(options.level);
    let mut values = Vec::new();
    for term in &fitted.design().terms {
        let rows = match (fitted.why_absent(term), fitted.coef(term), fitted.vcov(term, term)) {
            (None, Some(Coefficient::Estimated(estimate)), Some(variance)) => {
                let wald = Wald::of(estimate, variance.sqrt(), critical);
                [
                    estimate,
                    wald.std_error,
                    wald.statistic,
                    wald.p_value,
                    wald.low,
                    wald.high,
                    estimate.exp(),
                    wald.low.exp(),
                    wald.high.exp(),
                ]
                .iter()
                .zip(STATISTICS)
                .map(|(&value, statistic)| {
                    Value::new(statistic, value).conditions(fitted.general_conditions())
                })
                .collect()
            }
            (reason, _, _) => absent(STATISTICS, reason),
        };
        values.extend(rows.into_iter().map(|value: Value| value.term(term.name.clone()).method("Wald")));
    }
    values
}

/// A test of an estimate being zero and its interval, both from one standard error and one reference distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wald {
    pub std_error: f64,
    /// The estimate over its standard error.
    pub statistic: f64,
    pub p_value: f64,
    pub low: f64,
    pub high: f64,
}

impl Wald {
    /// By the standard normal; `critical` is its quantile for the level.
    pub fn of(estimate: f64, std_error: f64, critical: f64) -> Wald {
        let statistic = estimate / std_error;
        Wald {
            std_error,
            statistic,
            p_value: normal_two_sided(statistic),
            low: estimate - critical * std_error,
            high: estimate + critical * std_error,
        }
    }

    /// By Student's t with `df` degrees of freedom.
    pub fn student(estimate: f64, std_error: f64, df: f64, level: f64) -> Wald {
        let wald = Wald::of(estimate, std_error, t_critical(level, df));
        Wald { p_value: t_two_sided(wald.statistic, df), ..wald }
    }

    /// Whether there is anything to test: an error of zero is what rounding leaves of none.
    pub fn exists(std_error: f64) -> bool {
        std_error.is_finite() && std_error > 0.0
    }
}
