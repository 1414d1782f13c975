//! Linearity in the logit: is the relation with a numeric covariate a straight line?
//!
//! This is the likelihood-ratio test of a quadratic term beside the covariate. It finds a bend, not every departure. Box and Tidwell's test
//! (1962, Technometrics 4, 531–550) finds much the same, and does not exist for covariates with values at or below zero. Assumes independent
//! cases, and that the rest of the model is right. Not for choosing the shape and then reading p-values as if it had been known: a small
//! p-value is a reason to look, or to make classes of the covariate. With many cases an unimportant bend is significant, with few a large one
//! is not. Not for clusters. Source: Harrell 2015 (below). Checked against the deviances of R's `glm.fit` with and without the square.

use rayon::prelude::*;

use crate::estimate::{Condition, Statistic, Statistics, Value};

use super::design::Term;
use super::fit::Fit;
use super::fitted::Fitted;
use super::profile_search::excess;
use super::{Options, Procedure, absent, inference, setting};
use crate::distribution::chi_squared_upper;

const HARRELL: &str = "Harrell, F. E. (2015). Regression Modeling Strategies, 2nd ed. Springer, section 2.4; likelihood ratio of a squared term";

pub static LINEARITY_CHI2: Statistic = inference(
    "linearity_chi2",
    "Deviance of the model less that of the model with the square of this covariate added.",
    HARRELL,
);
pub static LINEARITY_DF: Statistic =
    setting("linearity_df", "Degrees of freedom of linearity_chi2: 1.", HARRELL);
pub static LINEARITY_P: Statistic =
    inference("linearity_p", "P-value of linearity_chi2, chi-squared.", HARRELL);

const STATISTICS: Statistics = &[&LINEARITY_CHI2, &LINEARITY_DF, &LINEARITY_P];

/// Tests of linearity in the logit, one a numeric covariate.
pub const PROCEDURE: Procedure = Procedure { id: "linearity", statistics: STATISTICS, compute };

fn compute(fitted: &Fitted, _: &Options) -> Vec<Value> {
    let numeric =
        |term: &&Term| term.covariate.is_some_and(|index| fitted.design().references[index].is_none());
    let terms: Vec<&Term> = fitted.design().terms.iter().filter(numeric).collect();
    let rows: Vec<Vec<Value>> = terms.par_iter().map(|term| of_term(fitted, term)).collect();
    rows.into_iter().flatten().collect()
}

fn of_term(fitted: &Fitted, term: &Term) -> Vec<Value> {
    let rows = match (fitted.hopeless(), term.column) {
        (None, Some(column)) => test(fitted, column, &term.name),
        (reason, _) => absent(STATISTICS, reason),
    };
    let row = |value: Value| value.term(term.name.clone()).method("likelihood ratio, quadratic term");
    rows.into_iter().map(row).collect()
}

fn test(fitted: &Fitted, column: usize, name: &str) -> Vec<Value> {
    let design = fitted.design();
    let x = &design.columns[column];
    let trials = &fitted.patterns().trials;
    // Squared from the mean: the test is the same, and the square is no longer nearly a multiple of the covariate.
    let mean = x.iter().zip(trials).map(|(x, m)| x * m).sum::<f64>() / fitted.n_obs();
    let square: Vec<f64> = x.iter().map(|x| (x - mean) * (x - mean)).collect();
    let columns: Vec<&[f64]> = design.columns.iter().chain([&square]).map(Vec::as_slice).collect();
    let bent = Fit::near(&columns, fitted.patterns(), fitted.fit());
    if bent.rank == fitted.rank() {
        // The square says nothing new, as of a covariate with two values.
        return absent(STATISTICS, Some(Condition::new("aliased", name)));
    }
    let chi2 = excess(fitted.deviance(), bent.deviance);
    let not_converged =
        (!bent.maximum.convergence.converged).then(|| Condition::new("not_converged", "quadratic term"));
    let values = [chi2, 1.0, chi_squared_upper(chi2, 1.0)];
    let row = |(statistic, value): (&&'static Statistic, f64)| {
        Value::new(statistic, value).conditions(not_converged.clone()).conditions(fitted.general_conditions())
    };
    STATISTICS.iter().zip(values).map(row).collect()
}
