//! Standard errors that allow for clusters, such as users of one service who answer alike.
//!
//! This is the sandwich with scores added up by cluster: CR0 without a factor, CR1 with G/(G − 1), CR1S with Stata's for linear models. Assumes
//! that clusters are independent of each other, many, and not too different in size and in what varies between them. It assumes nothing about
//! what cases of one cluster share. Not for few clusters (fewer than about 40) or unequal ones: then the errors are too small and the normal
//! reference is too narrow; use `cr2`. Not a remedy for a wrong mean: the coefficients stay those of independent cases. Sources: Liang &
//! Zeger 1986, Cameron & Miller 2015, Pustejovsky & Tipton 2018 (below). Checked against sandwich's `vcovCL` (CR0, CR1) and clubSandwich's
//! `vcovCR` (CR1S).

use crate::estimate::{Condition, RestsOn, Statistic, Statistics, Value};

use super::cluster_size::Sizes;
use super::fit::Coefficient;
use super::fitted::Fitted;
use super::wald::Wald;
use super::{Options, Procedure, absent, inference, setting};
use crate::distribution::normal_critical;

const SOURCE: &str = "Liang, K.-Y. & Zeger, S. L. (1986). Longitudinal data analysis using generalized linear models. \
     Biometrika 73, 13–22";
const CR1: &str = "Cameron, A. C. & Miller, D. L. (2015). A practitioner's guide to cluster-robust inference. Journal of Human \
     Resources 50, 317–372; factor G/(G − 1)";
const CR1S: &str = "Pustejovsky, J. E. & Tipton, E. (2018). Small-sample methods for cluster-robust variance estimation and hypothesis \
     testing in fixed effects models. Journal of Business & Economic Statistics 36, 672–683; N cases, p coefficients";

pub static N_CLUSTERS: Statistic =
    Statistic { rests_on: RestsOn::Nobody, ..setting("n_clusters", "Clusters.", "count") };
pub static CR0_STD_ERROR: Statistic =
    inference("cr0_std_error", "Cluster-robust standard error without a small-sample factor.", SOURCE);
pub static CR1_STD_ERROR: Statistic =
    inference("cr1_std_error", "Cluster-robust standard error, factor G/(G − 1).", CR1);
pub static CR1S_STD_ERROR: Statistic = inference(
    "cr1s_std_error",
    "Cluster-robust standard error, factor G(N − 1)/((G − 1)(N − p)), as Stata's regress takes; its logit takes CR1's.",
    CR1S,
);
pub static CR1_STATISTIC: Statistic =
    inference("cr1_statistic", "The coefficient over its CR1 standard error.", CR1);
pub static CR1_P_VALUE: Statistic =
    inference("cr1_p_value", "Two-sided p-value of cr1_statistic, standard normal.", CR1);
pub static CR1_CONF_LOW: Statistic =
    inference("cr1_conf_low", "Lower CR1 limit of the coefficient, standard normal.", CR1);
pub static CR1_CONF_HIGH: Statistic =
    inference("cr1_conf_high", "Upper CR1 limit of the coefficient, standard normal.", CR1);
pub static ODDS_RATIO_CR1_LOW: Statistic =
    inference("odds_ratio_cr1_low", "Exponential of the lower CR1 limit.", CR1);
pub static ODDS_RATIO_CR1_HIGH: Statistic =
    inference("odds_ratio_cr1_high", "Exponential of the upper CR1 limit.", CR1);

const TERM: Statistics = &[
    &CR0_STD_ERROR,
    &CR1_STD_ERROR,
    &CR1S_STD_ERROR,
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
    &CR1S_STD_ERROR,
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
/// Coefficient of variation of the clusters' sizes above which a few of them carry the result, and CR1 is too small however many
/// there are. The literature shows the harm (Carter, Schnepel & Steigerwald 2017, Review of Economics and Statistics 99, 698–709;
/// MacKinnon & Webb 2017, Journal of Applied Econometrics 32, 233–254) and names no threshold: this one is ours.
const UNEQUAL: f64 = 1.0;

/// What a reader of any cluster-robust number has to know: `unequal_clusters` where the sizes' coefficient of variation exceeds
/// 1. Nothing where there is nothing to model.
pub fn cluster_conditions(fitted: &Fitted) -> Vec<Condition> {
    let unequal = fitted.hopeless().is_none() && Sizes::of(&fitted.patterns().clusters).variation() > UNEQUAL;
    unequal.then(|| Condition::new("unequal_clusters", "")).into_iter().collect()
}

/// The same of a number with a normal reference (CR0, CR1), which few clusters make too sure besides: `few_clusters` below 40. CR2
/// with Satterthwaite's degrees of freedom allows for it.
pub fn normal_conditions(fitted: &Fitted) -> Vec<Condition> {
    let few = fitted.hopeless().is_none() && fitted.patterns().clusters.len() < FEW_CLUSTERS;
    let few = few.then(|| Condition::new("few_clusters", ""));
    few.into_iter().chain(cluster_conditions(fitted)).collect()
}

fn compute(fitted: &Fitted, options: &Options) -> Vec<Value> {
    if !fitted.clustered() {
        return Vec::new();
    }
    let clusters = fitted.patterns().clusters.len();
    let conditions = normal_conditions(fitted);
    let mut values = vec![Value::new(&N_CLUSTERS, clusters as f64).conditions(cluster_conditions(fitted))];
    let covariance = fitted.sandwich();
    let factors = Factors {
        cr1: clusters as f64 / (clusters as f64 - 1.0),
        cr1s: (fitted.n_obs() - 1.0) / (fitted.n_obs() - fitted.rank() as f64),
    };
    for term in &fitted.design().terms {
        let variance = covariance
            .as_ref()
            .zip(term.column)
            .and_then(|(covariance, column)| fitted.fit().covariance(covariance, column, column));
        let alone = fitted.one_cluster_tells(term);
        let rows = match (fitted.why_absent(term), fitted.coef(term), variance) {
            (None, _, _) if clusters < 2 => absent(TERM, Some(Condition::new("one_cluster", ""))),
            (None, _, _) if alone.is_some() => absent(TERM, alone),
            (None, Some(Coefficient::Estimated(estimate)), Some(variance)) => {
                robust(estimate, variance, factors, normal_critical(options.level))
                    .into_iter()
                    .map(|value| value.conditions(conditions.clone()).conditions(fitted.general_conditions()))
                    .collect()
            }
            (reason, _, _) => absent(TERM, reason),
        };
        values.extend(rows.into_iter().map(|value: Value| {
            let method = match value.statistic.name {
                "cr0_std_error" => "CR0",
                "cr1s_std_error" => "CR1S",
                _ => "CR1, normal",
            };
            value.term(term.name.clone()).method(method)
        }));
    }
    values
}

/// Small-sample factors of the variance.
#[derive(Debug, Clone, Copy)]
struct Factors {
    /// G/(G − 1).
    cr1: f64,
    /// (N − 1)/(N − p), beside the former; none where there are no more cases than coefficients.
    cr1s: f64,
}

fn robust(estimate: f64, variance: f64, factors: Factors, critical: f64) -> Vec<Value> {
    let error = (variance * factors.cr1).sqrt();
    let no_error = || Condition::new("zero_variance", "");
    if !Wald::exists(error) {
        return absent(TERM, Some(no_error()));
    }
    let wald = Wald::of(estimate, error, critical);
    let values = [
        variance.sqrt(),
        wald.std_error,
        (variance * factors.cr1 * factors.cr1s).sqrt(),
        wald.statistic,
        wald.p_value,
        wald.low,
        wald.high,
        wald.low.exp(),
        wald.high.exp(),
    ];
    let value = |(statistic, value): (&&'static Statistic, f64)| match f64::is_finite(value) {
        true => Value::new(statistic, value),
        false => Value::absent(statistic, Condition::new("saturated", "")),
    };
    TERM.iter().zip(values).map(value).collect()
}
