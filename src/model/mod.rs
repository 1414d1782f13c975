//! Logistic regression with full inference, on frequency-weighted covariate patterns.
//!
//! ```text
//! ModelData ─▶ Patterns ─▶ Design ─▶ aliasing ─▶ separation ─▶ Fit ─▶ Fitted ─▶ one Procedure a file ─▶ values
//! ```
//!
//! Aliased columns and diverging coefficients are found before the fit and named in conditions. What the data do determine is still
//! reported. To add a statistic, add a file with a [`Procedure`], and a line in [`PROCEDURES`].
//!
//! Beside maximum likelihood there are Firth's penalised likelihood, if [`Method`] asks for it; cluster-robust errors, if the data have
//! clusters (CR0, CR1, CR1S, CR2, the jackknife CV3); effects on the scale of probabilities; and diagnostics. A p-value and the interval with the
//! same name come from one method, so that they cannot contradict each other. [`weighted`] fits with a weight for each case, such as the
//! inverse of its probability of being followed up. [`predict`] is separate: a penalised fit is for prediction, and its coefficients have no
//! inference.

mod aliasing;
#[cfg(test)]
mod bad_data;
mod bias_reduced;
pub(crate) mod cases;
mod cholesky;
mod convention;
mod data;
mod delta;
#[cfg(test)]
mod depth_properties;
mod design;
mod eigen;
mod fit;
mod fitted;
mod inverse_root;
mod likelihood;
pub(crate) mod marginal_step;
mod patterns;
mod penalised;
pub(crate) mod prediction;
mod probability;
mod profile_search;
#[cfg(test)]
mod properties;
mod ridge;
mod separation;
#[cfg(test)]
mod separation_oracle;
#[cfg(test)]
mod separation_programme;
mod standardisation;
pub mod weighted;

pub use cases::{LEVEL_CASES, LEVEL_EVENTS, N_MISSING, N_NONEVENTS, OF_LEVELS};
pub use convention::DIFFERENCES;
pub use data::{Covariate, CovariateValues, ModelData, ModelDataError};
pub use design::{Design, Term};
pub use fit::{Coefficient, Convergence, Fit};
pub use fitted::Fitted;
pub use patterns::{Cell, Patterns};
pub use prediction::{PREDICTION_STATISTICS, PredictionOptions, predict};
pub use probability::fitted_probabilities;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::convention::{Convention, apart, differs};
use crate::estimate::{Condition, Counted, RestsOn, Reveals, Statistic, Statistics, Value};
use crate::registry::registry;

/// How an analysis is to be reported.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Confidence level of every interval, in (0, 1).
    pub level: f64,
    /// Number of groups that the Hosmer–Lemeshow test aims at.
    pub hosmer_lemeshow_groups: usize,
    /// Fitted probability, in (0, 1), from which on the classification table takes a case for one with outcome 1.
    pub classification_cut: f64,
    /// The program whose variants are computed.
    pub convention: Convention,
    /// Whether what differs between the programs is also given as each of them has it, under the program's term.
    pub compare: bool,
    /// Which likelihood is maximised besides the plain one, which always is.
    pub method: Method,
    /// For how many units more of a number the difference to the probability is also given, by the number's name.
    pub steps: BTreeMap<String, f64>,
}

/// When Firth's penalised likelihood is reported beside maximum likelihood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Where separation was found, or where there are fewer than ten events or non-events a parameter.
    #[default]
    Auto,
    /// Never.
    MaximumLikelihood,
    /// Always.
    Firth,
}

impl Method {
    pub const ALL: [Method; 3] = [Method::Auto, Method::MaximumLikelihood, Method::Firth];

    /// The word for it in a pipeline.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Auto => "auto",
            Method::MaximumLikelihood => "maximum_likelihood",
            Method::Firth => "firth",
        }
    }
}

impl Default for Options {
    fn default() -> Options {
        Options {
            level: 0.95,
            hosmer_lemeshow_groups: 10,
            classification_cut: 0.5,
            convention: Convention::R,
            compare: false,
            method: Method::default(),
            steps: BTreeMap::new(),
        }
    }
}

/// A set of statistics computed together from a fitted model.
#[derive(Debug)]
pub struct Procedure {
    /// The procedure's name in documentation and settings.
    pub id: &'static str,
    /// All that it may return.
    pub statistics: Statistics,
    /// Returns its statistics, absent ones with the reason.
    pub compute: fn(&Fitted, &Options) -> Vec<Value>,
}

registry! {
    /// What [`analyse`] reports, in this order.
    PROCEDURES: Procedure = PROCEDURE in
        goodness_of_fit,
        wald,
        wald_joint,
        profile,
        likelihood_ratio,
        pseudo_r2,
        hosmer_lemeshow,
        discrimination,
        cluster_size,
        cluster,
        cr2,
        leave_one_out,
        firth,
        marginal_effects,
        predicted_probabilities,
        calibration,
        calibration_curve,
        classification,
        collinearity,
        linearity,
        influence,
}

/// Fits the logistic regression of `data` by maximum likelihood and reports every procedure's statistics.
///
/// Each value rests on `n` cases. A value of the whole analysis carries all conditions of the analysis (`separation`, `aliased`,
/// `no_cases`, `level_without_cases`, `constant_outcome`, `saturated`, `not_converged`, …), a term's value those that concern the term.
pub fn analyse(data: &ModelData, options: &Options) -> Vec<Value> {
    let fitted = Fitted::of(data);
    let conditions = fitted.conditions();
    let n = fitted.n_obs().round() as u64;
    let computed = |options: &Options| -> Vec<Value> {
        let all = PROCEDURES.iter().flat_map(|procedure| (procedure.compute)(&fitted, options));
        all.map(|value| value.n(n)).collect()
    };
    let of_program = |convention: Convention| {
        let options = Options { convention, ..options.clone() };
        let procedures = PROCEDURES
            .iter()
            .filter(|procedure| procedure.statistics.iter().any(|statistic| differs(DIFFERENCES, statistic)));
        let all = procedures.flat_map(|procedure| (procedure.compute)(&fitted, &options)).collect::<Vec<_>>();
        let differing = all.into_iter().filter(|value| differs(DIFFERENCES, value.statistic));
        differing.map(move |value| value.n(n).term(convention.term()))
    };
    let mut values = computed(options);
    values.extend(Convention::ALL.into_iter().filter(|_| options.compare).flat_map(of_program));
    let of_program = |term: &str| Convention::ALL.iter().any(|convention| convention.term() == term);
    for value in &mut values {
        if value.term.is_empty() || of_program(&value.term) {
            value.conditions.extend(conditions.iter().cloned());
        }
        // What made a value absent is often a condition of the analysis as well.
        value.conditions.sort();
        value.conditions.dedup();
    }
    let apart = apart(&values, DIFFERENCES.iter().flat_map(|difference| difference.statistics));
    values.extend(apart);
    values
}

/// What rests on how many had the outcome and how many had not, as all does that is fitted.
pub(crate) const EVENTS: RestsOn =
    RestsOn::Counts(&[Counted::Each(&goodness_of_fit::N_EVENTS), Counted::Each(&N_NONEVENTS)]);

/// A statistic that is a function of many counts.
const fn inference(name: &'static str, about: &'static str, source: &'static str) -> Statistic {
    Statistic { name, reveals: Reveals::Inference, rests_on: EVENTS, about, source }
}

/// A statistic that is a property of the analysis, not of persons.
const fn setting(name: &'static str, about: &'static str, source: &'static str) -> Statistic {
    Statistic { name, reveals: Reveals::Setting, rests_on: RestsOn::Base, about, source }
}

/// Each of `statistics` absent for the same reason.
fn absent(statistics: Statistics, reason: Option<Condition>) -> Vec<Value> {
    let reason = reason.unwrap_or_else(|| Condition::new("not_estimated", ""));
    statistics.iter().map(|statistic| Value::absent(statistic, reason.clone())).collect()
}
