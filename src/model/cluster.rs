//! Standard errors that allow for clusters, such as the users of one service answering alike.

use crate::estimate::{Condition, Statistic, Statistics, Value};

use super::cholesky::{Square, bilinear};
use super::distribution::normal_critical;
use super::fit::Coefficient;
use super::fitted::Fitted;
use super::wald::Wald;
use super::{Options, Procedure, absent, inference, setting};

const SOURCE: &str = "Liang, K.-Y. & Zeger, S. L. (1986). Longitudinal data analysis using generalized linear models. \
     Biometrika 73, 13–22";
const CR1: &str = "Cameron, A. C. & Miller, D. L. (2015). A practitioner's guide to cluster-robust inference. Journal of Human \
     Resources 50, 317–372; factor G/(G − 1)";

const N_CLUSTERS: Statistic = setting("n_clusters", "Clusters.", "count");
const CR0_STD_ERROR: Statistic =
    inference("cr0_std_error", "Cluster-robust standard error without a small-sample factor.", SOURCE);
const CR1_STD_ERROR: Statistic =
    inference("cr1_std_error", "Cluster-robust standard error, factor G/(G − 1).", CR1);
const CR1_STATISTIC: Statistic =
    inference("cr1_statistic", "The coefficient over its CR1 standard error.", CR1);
const CR1_P_VALUE: Statistic =
    inference("cr1_p_value", "Two-sided p-value of cr1_statistic, standard normal.", CR1);
const CR1_CONF_LOW: Statistic =
    inference("cr1_conf_low", "Lower CR1 limit of the coefficient, standard normal.", CR1);
const CR1_CONF_HIGH: Statistic =
    inference("cr1_conf_high", "Upper CR1 limit of the coefficient, standard normal.", CR1);
const ODDS_RATIO_CR1_LOW: Statistic =
    inference("odds_ratio_cr1_low", "Exponential of the lower CR1 limit.", CR1);
const ODDS_RATIO_CR1_HIGH: Statistic =
    inference("odds_ratio_cr1_high", "Exponential of the upper CR1 limit.", CR1);

const TERM: Statistics = &[
    &CR0_STD_ERROR,
    &CR1_STD_ERROR,
    &CR1_STATISTIC,
    &CR1_P_VALUE,
    &CR1_CONF_LOW,
    &CR1_CONF_HIGH,
    &ODDS_RATIO_CR1_LOW,
    &ODDS_RATIO_CR1_HIGH,
];
const STATISTICS: Statistics = &[
    &N_CLUSTERS,
    &CR0_STD_ERROR,
    &CR1_STD_ERROR,
    &CR1_STATISTIC,
    &CR1_P_VALUE,
    &CR1_CONF_LOW,
    &CR1_CONF_HIGH,
    &ODDS_RATIO_CR1_LOW,
    &ODDS_RATIO_CR1_HIGH,
];

/// Cluster-robust errors, tests and intervals; nothing where the data name no clusters.
pub const PROCEDURE: Procedure = Procedure { id: "cluster", statistics: STATISTICS, compute };

/// Clusters below which sandwich errors are known to be too small (Cameron & Miller 2015, section VI).
const FEW_CLUSTERS: usize = 40;

fn compute(fitted: &Fitted, options: &Options) -> Vec<Value> {
    if !fitted.clustered() {
        return Vec::new();
    }
    let clusters = fitted.patterns().clusters.len();
    let few = (clusters < FEW_CLUSTERS).then(|| Condition::new("few_clusters", ""));
    let mut values = vec![Value::new(&N_CLUSTERS, clusters as f64).conditions(few.clone())];
    let covariance = sandwich(fitted);
    for term in &fitted.design().terms {
        let variance = covariance
            .as_ref()
            .zip(term.column)
            .and_then(|(covariance, column)| fitted.fit().covariance(covariance, column, column));
        let rows = match (fitted.why_absent(term), fitted.coef(term), variance) {
            (None, _, _) if clusters < 2 => absent(TERM, Some(Condition::new("one_cluster", ""))),
            (None, Some(Coefficient::Estimated(estimate)), Some(variance)) => {
                robust(estimate, variance, clusters as f64, normal_critical(options.level))
                    .into_iter()
                    .map(|value| value.conditions(few.clone()).conditions(fitted.general_conditions()))
                    .collect()
            }
            (reason, _, _) => absent(TERM, reason),
        };
        values.extend(rows.into_iter().map(|value: Value| {
            let method = if value.statistic == &CR0_STD_ERROR { "CR0" } else { "CR1, normal" };
            value.term(term.name.clone()).method(method)
        }));
    }
    values
}

fn robust(estimate: f64, variance: f64, clusters: f64, critical: f64) -> Vec<Value> {
    let wald = Wald::of(estimate, (variance * clusters / (clusters - 1.0)).sqrt(), critical);
    let values = [
        variance.sqrt(),
        wald.std_error,
        wald.z,
        wald.p_value,
        wald.low,
        wald.high,
        wald.low.exp(),
        wald.high.exp(),
    ];
    TERM.iter().zip(values).map(|(statistic, value)| Value::new(statistic, value)).collect()
}

/// Bread · meat · bread, in the coordinates of the basis.
fn sandwich(fitted: &Fitted) -> Option<Square> {
    let (bread, meat) = (fitted.bread()?, fitted.meat());
    Some(bread.iter().map(|a| bread.iter().map(|b| bilinear(a, &meat, b)).collect()).collect())
}
