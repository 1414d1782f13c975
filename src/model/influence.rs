//! Influence of single covariate patterns: how many have a large leverage, or move the coefficients far.
//!
//! Diagnostics are of patterns, not of cases (Hosmer, Lemeshow & Sturdivant 2013, *Applied Logistic Regression*, 3rd ed., section 5.3): cases of
//! one pattern have one fitted value. Only the numbers of patterns beyond the usual cuts are reported. The largest leverage or distance
//! belongs to a single pattern, often a single person, and would identify it. The influence of whole services is in the range of the
//! coefficients without each service (`loco_low`, `loco_high`).
//!
//! Assumes that one step from the fit is close to the fit without the pattern, which is rough for a pattern of one case. The cuts (twice the
//! mean leverage, and a Cook's distance above 1 by the definition that divides by the number of coefficients) are conventions, not tests. Not
//! for removing cases: a pattern that moves the fit is a reason to look at the form and the model. Sources: Pregibon 1981, Cook & Weisberg
//! 1982, Hoaglin & Welsch 1978 (below). Checked against R's `hatvalues` and `cooks.distance` on the grouped data.

use crate::estimate::{Condition, RestsOn, Reveals, Role, Statistic, Statistics, Value};

use super::cholesky::bilinear;
use super::fitted::Fitted;
use super::likelihood::{residual, variance};
use super::{Options, Procedure, absent};

pub static N_PATTERNS: Statistic = Statistic {
    name: "n_patterns",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Distinct covariate patterns.",
    source: "count",
};
pub static N_HIGH_LEVERAGE: Statistic = Statistic {
    name: "n_high_leverage",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Covariate patterns whose leverage exceeds twice the mean, 2 p / patterns.",
    source: "Hoaglin, D. C. & Welsch, R. E. (1978). The hat matrix in regression and ANOVA. American Statistician 32, 17–22; in \
             logistic regression Pregibon, D. (1981). Annals of Statistics 9, 705–724",
};
pub static N_HIGH_COOKS_DISTANCE: Statistic = Statistic {
    name: "n_high_cooks_distance",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Covariate patterns whose Cook's distance, by one step from the fit, exceeds 1.",
    source: "Cook, R. D. & Weisberg, S. (1982). Residuals and Influence in Regression. Chapman & Hall; in logistic regression \
             Pregibon, D. (1981). Annals of Statistics 9, 705–724",
};

const STATISTICS: Statistics = &[&N_PATTERNS, &N_HIGH_LEVERAGE, &N_HIGH_COOKS_DISTANCE];

/// Numbers of patterns with a large leverage or Cook's distance.
pub const PROCEDURE: Procedure = Procedure { id: "influence", statistics: STATISTICS, compute };

/// Of the mean leverage.
const HIGH_LEVERAGE: f64 = 2.0;
const HIGH_COOK: f64 = 1.0;
/// What rounding adds: a leverage at the cut, such as that of equal patterns, is not beyond it.
const ROUNDING: f64 = 1e-9;

fn compute(fitted: &Fitted, _: &Options) -> Vec<Value> {
    let patterns = fitted.patterns();
    let count = Value::new(&N_PATTERNS, patterns.len() as f64);
    let bread = match (fitted.hopeless(), fitted.bread()) {
        (Some(reason), _) => return [vec![count], absent(&STATISTICS[1..], Some(reason))].concat(),
        (None, None) => {
            return [vec![count], absent(&STATISTICS[1..], Some(Condition::new("singular", "")))].concat();
        }
        (None, Some(bread)) => bread,
    };
    let rank = fitted.fit().basis.rank() as f64;
    let (mut high_leverage, mut high_cook) = (0.0, 0.0);
    for pattern in 0..patterns.len() {
        let eta = fitted.fit().linear_predictor[pattern];
        let weight = patterns.trials[pattern] * variance(eta);
        let q: Vec<f64> = fitted.fit().basis.columns.iter().map(|column| column[pattern]).collect();
        // Patterns that separation fits perfectly have no weight, and no influence on what is finite.
        if weight == 0.0 {
            continue;
        }
        let leverage = weight * bilinear(&q, bread, &q);
        let residual = residual(eta, patterns.trials[pattern], patterns.events[pattern]);
        high_leverage +=
            f64::from(u8::from(leverage > HIGH_LEVERAGE * rank / patterns.len() as f64 + ROUNDING));
        // A leverage of one leaves no residual, and the distance is not defined.
        let left = 1.0 - leverage;
        let cook = residual * residual / weight * leverage / (rank * left * left);
        high_cook += f64::from(u8::from(left > ROUNDING && cook > HIGH_COOK + ROUNDING));
    }
    vec![
        count,
        Value::new(&N_HIGH_LEVERAGE, high_leverage).method(PATTERN),
        Value::new(&N_HIGH_COOKS_DISTANCE, high_cook).method(PATTERN),
    ]
}

const PATTERN: &str = "by covariate pattern";
