//! CR2 standard errors with Satterthwaite's degrees of freedom: what to report where clusters are few or unequal.
//!
//! Assumes that clusters are independent of each other and that the model's mean is right; what cases of one cluster have in
//! common is left open, but for the degrees of freedom and the correction, which take the working model of independent cases.
//! Unlike CR1, which multiplies all by one factor, CR2 corrects each cluster by its leverage. The reference is Student's t, its
//! degrees of freedom by coefficient: a covariate that varies between a handful of clusters has few, whatever their number. Not
//! for fewer than some four degrees of freedom, where the p-value is not to be relied on (Tipton 2015, Psychological Methods
//! 20, 375–393): the condition `few_df` says so. Not for one cluster, and not for a term that one cluster alone tells of: its
//! error is far too small, its degrees of freedom may be many all the same, and it is absent with `aliased_without_a_cluster`. The interval and `cr2_p_value` are of one t. Sources:
//! Bell & McCaffrey 2002, Pustejovsky & Tipton 2018 (below). Checked against clubSandwich's `vcovCR(type = "CR2")` and
//! `coef_test`; with clusters of one case it is HC2.

use crate::estimate::{Condition, Statistic, Statistics, Value};

use super::cluster::cluster_conditions;
use super::fit::Coefficient;
use super::fitted::Fitted;
use super::wald::Wald;
use super::{Options, Procedure, absent, inference};

const BELL: &str = "Bell, R. M. & McCaffrey, D. F. (2002). Bias reduction in standard errors for linear regression with multi-stage \
     samples. Survey Methodology 28, 169–181; working model and symmetric adjustment as in Pustejovsky, J. E. & Tipton, E. \
     (2018). Journal of Business & Economic Statistics 36, 672–683";

pub static CR2_STD_ERROR: Statistic =
    inference("cr2_std_error", "Bias-reduced cluster-robust standard error of the coefficient.", BELL);
pub static CR2_VARIANCE_RATIO: Statistic = inference(
    "cr2_variance_ratio",
    "CR2 variance over the model's: what the clusters cost this coefficient.",
    "Skinner, C. J. (1989). Domain means, regression and multivariate analysis. In Analysis of Complex Surveys, 59–87",
);
pub static CR2_DF: Statistic =
    inference("cr2_df", "Satterthwaite's degrees of freedom under the working model.", BELL);
pub static CR2_STATISTIC: Statistic =
    inference("cr2_statistic", "The coefficient over its CR2 standard error.", BELL);
pub static CR2_P_VALUE: Statistic =
    inference("cr2_p_value", "Two-sided p-value of cr2_statistic, Student's t with cr2_df.", BELL);
pub static CR2_CONF_LOW: Statistic =
    inference("cr2_conf_low", "Lower CR2 limit of the coefficient, Student's t with cr2_df.", BELL);
pub static CR2_CONF_HIGH: Statistic =
    inference("cr2_conf_high", "Upper CR2 limit of the coefficient, Student's t with cr2_df.", BELL);
pub static ODDS_RATIO_CR2_LOW: Statistic =
    inference("odds_ratio_cr2_low", "Exponential of the lower CR2 limit.", BELL);
pub static ODDS_RATIO_CR2_HIGH: Statistic =
    inference("odds_ratio_cr2_high", "Exponential of the upper CR2 limit.", BELL);

const STATISTICS: Statistics = &[
    &CR2_STD_ERROR,
    &CR2_VARIANCE_RATIO,
    &CR2_DF,
    &CR2_STATISTIC,
    &CR2_P_VALUE,
    &CR2_CONF_LOW,
    &CR2_CONF_HIGH,
    &ODDS_RATIO_CR2_LOW,
    &ODDS_RATIO_CR2_HIGH,
];

/// CR2 errors, tests and intervals; nothing where the data name no clusters.
pub const PROCEDURE: Procedure = Procedure { id: "cr2", statistics: STATISTICS, compute };

/// Degrees of freedom below which the t reference is known to fail (Tipton 2015).
const FEW_DF: f64 = 4.0;

fn compute(fitted: &Fitted, options: &Options) -> Vec<Value> {
    if !fitted.clustered() {
        return Vec::new();
    }
    let conditions = cluster_conditions(fitted);
    let one = fitted.patterns().clusters.len() < 2;
    let mut values = Vec::new();
    for term in &fitted.design().terms {
        let transform = term.column.and_then(|column| fitted.fit().transform(column));
        let alone = fitted.one_cluster_tells(term);
        let rows = match (fitted.why_absent(term), fitted.coef(term), transform.zip(fitted.bias_reduced())) {
            (None, _, _) if one => absent(STATISTICS, Some(Condition::new("one_cluster", ""))),
            (None, _, _) if alone.is_some() => absent(STATISTICS, alone),
            (None, Some(Coefficient::Estimated(estimate)), Some((transform, reduced))) => {
                let contrast = reduced.contrast(transform);
                let error = contrast.variance.sqrt();
                // No cluster but those that the adjustment leaves out says anything about the coefficient.
                match Wald::exists(error) && contrast.df.is_finite() && contrast.df > 0.0 {
                    false => absent(STATISTICS, Some(Condition::new("zero_variance", ""))),
                    true => {
                        let wald = Wald::student(estimate, error, contrast.df, options.level);
                        let model = fitted.vcov(term, term).unwrap_or(f64::NAN);
                        report(wald, contrast.variance / model, contrast.df)
                            .into_iter()
                            .map(|v| v.conditions(conditions.clone()).conditions(fitted.general_conditions()))
                            .collect()
                    }
                }
            }
            (None, _, None) => absent(STATISTICS, Some(Condition::new("singular", ""))),
            (reason, _, _) => absent(STATISTICS, reason),
        };
        values.extend(rows.into_iter().map(|value: Value| value.term(term.name.clone()).method("CR2, t")));
    }
    values
}

fn report(wald: Wald, ratio: f64, df: f64) -> Vec<Value> {
    let few = (df < FEW_DF).then(|| Condition::new("few_df", ""));
    let values = [
        wald.std_error,
        ratio,
        df,
        wald.statistic,
        wald.p_value,
        wald.low,
        wald.high,
        wald.low.exp(),
        wald.high.exp(),
    ];
    let row = |(statistic, value)| bounded(statistic, value).conditions(few.clone());
    STATISTICS.iter().copied().zip(values).map(row).collect()
}

/// A value, absent where it is too large for a number: an interval on one degree of freedom is easily that wide.
pub fn bounded(statistic: &'static Statistic, value: f64) -> Value {
    match value == f64::INFINITY {
        true => Value::absent(statistic, Condition::new("infinite", "")),
        false => Value::new(statistic, value),
    }
}
