//! How cases are spread over clusters, and what that costs: intraclass correlation and design effect.
//!
//! Assumes that clusters are like draws from many, with one correlation between any two cases of a cluster. The design effect is that of a
//! mean of the outcome, before covariates. That of a coefficient is `cr2_variance_ratio`: larger for what varies between clusters, smaller for
//! what varies within. Not for few clusters: the correlation is then estimated so badly that it has no interval here. Not as a correction
//! factor for other errors: CR2 is computed, not scaled. Sources: Donner & Koval 1980, Eldridge, Ashby & Kerry 2006 (below). Checked against
//! R's `anova` of `lm` and the formulas written out.

use crate::estimate::{Condition, Reveals, Statistic, Statistics, Value};

use super::EVENTS;
use super::fitted::Fitted;
use super::patterns::Cell;
use super::{Options, Procedure, inference};

const SIZES: &str = "moments of the numbers of cases by cluster, over clusters";
const DONNER: &str = "Donner, A. & Koval, J. J. (1980). The estimation of intraclass correlation in the analysis of family data. \
     Biometrics 36, 19–25; of the outcome as it stands, before the covariates";
const ELDRIDGE: &str = "Eldridge, S. M., Ashby, D. & Kerry, S. (2006). Sample size for cluster randomized trials: effect of coefficient \
     of variation of cluster size and analysis method. International Journal of Epidemiology 35, 1292–1300";

pub static CLUSTER_SIZE_MEAN: Statistic = Statistic {
    name: "cluster_size_mean",
    reveals: Reveals::Moment,
    rests_on: EVENTS,
    about: "Mean number of cases in a cluster.",
    source: SIZES,
};
pub static CLUSTER_SIZE_CV: Statistic = Statistic {
    name: "cluster_size_cv",
    reveals: Reveals::Moment,
    rests_on: EVENTS,
    about: "Coefficient of variation of the clusters' sizes: standard deviation (divisor G) over mean.",
    source: SIZES,
};
pub static ICC: Statistic = inference(
    "icc",
    "Intraclass correlation of the outcome by analysis of variance: how much more alike two cases of one cluster are than two of \
     different ones. Below zero where they are less alike.",
    DONNER,
);
pub static DESIGN_EFFECT: Statistic = inference(
    "design_effect",
    "How much larger the variance of a mean is than with independent cases: 1 + ((1 + cv²) mean size − 1) · icc, an icc below zero \
     taken as zero.",
    ELDRIDGE,
);
pub static EFFECTIVE_N: Statistic = inference(
    "effective_n",
    "Independent cases that would say as much about a mean: cases over design effect.",
    ELDRIDGE,
);

const STATISTICS: Statistics = &[&CLUSTER_SIZE_MEAN, &CLUSTER_SIZE_CV, &ICC, &DESIGN_EFFECT, &EFFECTIVE_N];

/// Sizes of the clusters and their design effect; nothing where the data name no clusters.
pub const PROCEDURE: Procedure = Procedure { id: "cluster_size", statistics: STATISTICS, compute };

/// Numbers of cases by cluster.
#[derive(Debug, Clone)]
pub struct Sizes(Vec<f64>);

impl Sizes {
    /// Those of clusters given by their cells.
    pub fn of(clusters: &[Vec<Cell>]) -> Sizes {
        Sizes(clusters.iter().map(|cells| cells.iter().map(|cell| cell.trials).sum()).collect())
    }

    fn total(&self) -> f64 {
        self.0.iter().sum()
    }

    fn mean(&self) -> f64 {
        self.total() / self.0.len() as f64
    }

    /// Σ size² / Σ size: the size of the cluster that a case is in, on average.
    fn by_case(&self) -> f64 {
        self.0.iter().map(|size| size * size).sum::<f64>() / self.total()
    }

    /// Coefficient of variation, divisor G; NaN without clusters.
    pub fn variation(&self) -> f64 {
        (self.by_case() / self.mean() - 1.0).max(0.0).sqrt()
    }
}

fn compute(fitted: &Fitted, _: &Options) -> Vec<Value> {
    if !fitted.clustered() {
        return Vec::new();
    }
    let sizes = Sizes::of(&fitted.patterns().clusters);
    let icc = match fitted.hopeless() {
        Some(reason) => Err(reason),
        None => intraclass_correlation(&fitted.patterns().clusters, &sizes),
    };
    let design_effect = icc.clone().map(|icc| 1.0 + (sizes.by_case() - 1.0) * icc.max(0.0));
    let value = |statistic, found: Result<f64, Condition>| match found {
        Ok(found) => Value::new(statistic, found),
        Err(reason) => Value::absent(statistic, reason),
    };
    let size = |of: f64| match fitted.patterns().is_empty() {
        true => Err(Condition::new("no_cases", "")),
        false => Ok(of),
    };
    vec![
        value(&CLUSTER_SIZE_MEAN, size(sizes.mean())),
        value(&CLUSTER_SIZE_CV, size(sizes.variation())),
        value(&ICC, icc).method("analysis of variance"),
        value(&DESIGN_EFFECT, design_effect.clone()),
        value(&EFFECTIVE_N, design_effect.map(|effect| sizes.total() / effect)),
    ]
}

/// (MSB − MSW) / (MSB + (n₀ − 1) MSW), n₀ = (N − Σ size²/N) / (G − 1).
fn intraclass_correlation(clusters: &[Vec<Cell>], sizes: &Sizes) -> Result<f64, Condition> {
    let (n, groups) = (sizes.total(), clusters.len() as f64);
    if groups < 2.0 {
        return Err(Condition::new("one_cluster", ""));
    }
    if n <= groups {
        return Err(Condition::new("one_case_a_cluster", ""));
    }
    let events: Vec<f64> = clusters.iter().map(|cells| cells.iter().map(|cell| cell.events).sum()).collect();
    let share = events.iter().sum::<f64>() / n;
    let (mut between, mut within) = (0.0, 0.0);
    for (events, size) in events.iter().zip(&sizes.0) {
        let own = events / size;
        between += size * (own - share) * (own - share);
        within += size * own * (1.0 - own);
    }
    let (between, within) = (between / (groups - 1.0), within / (n - groups));
    let usual = (n - sizes.by_case()) / (groups - 1.0);
    match between + (usual - 1.0) * within {
        spread if spread > 0.0 => Ok((between - within) / spread),
        _ => Err(Condition::new("zero_variance", "")),
    }
}
