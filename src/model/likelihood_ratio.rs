//! Likelihood-ratio tests: each covariate against the model without it, and all covariates against the intercept alone.
//!
//! Assumes independent cases, nested models of the same cases, and so many events that the difference of deviances has its χ² distribution. A
//! factor is tested as a whole, and its reference level does not matter. Not for clusters: then the ratio of a likelihood that takes cases as
//! independent has no χ² distribution, and the test is too sure. Not for terms chosen because they were significant. Source: Wilks 1938
//! (below). Checked against R's `drop1(test = "LRT")`.

use crate::estimate::{Condition, RestsOn, Reveals, Statistic, Statistics, Value};

use super::fit::Fit;
use super::fitted::Fitted;
use super::profile_search::excess;
use super::{Options, Procedure, absent, inference};
use crate::distribution::chi_squared_upper;

const SOURCE: &str = "Wilks, S. S. (1938). The large-sample distribution of the likelihood ratio for testing composite \
     hypotheses. Annals of Mathematical Statistics 9, 60–62";

pub static LR_CHI2: Statistic =
    inference("lr_chi2", "Deviance without the covariate less the deviance with it.", SOURCE);
pub static LR_DF: Statistic = Statistic {
    name: "lr_df",
    reveals: Reveals::Setting,
    rests_on: RestsOn::Base,
    about: "Coefficients that the covariate adds; all levels of a factor are tested together.",
    source: SOURCE,
};
pub static LR_P: Statistic = inference("lr_p", "P-value of lr_chi2, chi-squared.", SOURCE);
pub static OMNIBUS_CHI2: Statistic = inference("omnibus_chi2", "Null deviance less the deviance.", SOURCE);
pub static OMNIBUS_DF: Statistic = Statistic {
    name: "omnibus_df",
    reveals: Reveals::Setting,
    rests_on: RestsOn::Base,
    about: "Coefficients besides the intercept.",
    source: SOURCE,
};
pub static OMNIBUS_P: Statistic = inference("omnibus_p", "P-value of omnibus_chi2, chi-squared.", SOURCE);

const TERM: Statistics = &[&LR_CHI2, &LR_DF, &LR_P];
const STATISTICS: Statistics = &[&LR_CHI2, &LR_DF, &LR_P, &OMNIBUS_CHI2, &OMNIBUS_DF, &OMNIBUS_P];

/// Likelihood-ratio tests. They exist under separation as well: the likelihood has a supremum.
pub const PROCEDURE: Procedure = Procedure { id: "likelihood_ratio", statistics: STATISTICS, compute };

fn compute(fitted: &Fitted, _: &Options) -> Vec<Value> {
    let mut values = omnibus(fitted);
    for (covariate, variable) in fitted.variables().iter().enumerate() {
        let rows = without(fitted, covariate);
        values.extend(rows.into_iter().map(|value| value.term(variable.clone()).method("likelihood ratio")));
    }
    values
}

fn omnibus(fitted: &Fitted) -> Vec<Value> {
    let df = fitted.rank() as f64 - 1.0;
    let rows = match (fitted.hopeless(), df > 0.0) {
        (Some(reason), _) => absent(&STATISTICS[3..], Some(reason)),
        (None, false) => absent(&STATISTICS[3..], Some(Condition::new("intercept_only", ""))),
        (None, true) => test(&STATISTICS[3..], fitted.null_deviance(), fitted.deviance(), df),
    };
    rows.into_iter().map(|value| value.method("likelihood ratio")).collect()
}

/// The test of one covariate. The reduced model takes all other columns, so that one which was aliased with the covariate comes
/// back in, as in R's `drop1`.
fn without(fitted: &Fitted, covariate: usize) -> Vec<Value> {
    if let Some(reason) = fitted.hopeless() {
        return absent(TERM, Some(reason));
    }
    let design = fitted.design();
    let dropped = design.columns_of(covariate);
    let others: Vec<&[f64]> = (0..design.columns.len())
        .filter(|column| !dropped.contains(column))
        .map(|column| design.columns[column].as_slice())
        .collect();
    // A model nested in one without separation has none: its separating directions would be the larger model's.
    let reduced = match fitted.fit().finite {
        None => Fit::of_overlapping(&others, fitted.patterns()),
        Some(_) => Fit::of(&others, fitted.patterns()),
    };
    match fitted.rank() - reduced.rank {
        0 => absent(TERM, Some(Condition::new("aliased", fitted.variables()[covariate].clone()))),
        df => test(TERM, reduced.deviance, fitted.deviance(), df as f64)
            .into_iter()
            .map(|value| {
                let story = reduced.maximum.convergence;
                let not_converged =
                    (!story.converged).then(|| Condition::new("not_converged", "reduced model"));
                value.conditions(not_converged).conditions(fitted.general_conditions())
            })
            .collect(),
    }
}

/// The test of a model's `deviance` against that of a model nested in it.
fn test(statistics: Statistics, nested: f64, deviance: f64, df: f64) -> Vec<Value> {
    let chi2 = excess(nested, deviance);
    let values = [chi2, df, chi_squared_upper(chi2, df)];
    statistics.iter().zip(values).map(|(statistic, value)| Value::new(statistic, value)).collect()
}
