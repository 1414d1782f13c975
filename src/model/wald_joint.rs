//! Joint Wald tests of all coefficients of a covariate; and the χ² of each level's coefficient and of the intercept's alone, which
//! SPSS prints beside them.
//!
//! Assumes what a single Wald test assumes: independent cases, and a log-likelihood near quadratic. It is given because SPSS prints it beside
//! each factor. Not for few events or strong coefficients, where it loses its power (Hauck & Donner 1977): `lr_p` tests the same hypothesis
//! and keeps it. Not for clusters, which it ignores. Unlike the tests of single levels it does not depend on the reference. Source: Wald 1943
//! (below). Checked against βᵀV⁻¹β with R's `coef` and `vcov` of `glm`.

use crate::estimate::{Condition, RestsOn, Reveals, Statistic, Statistics, Value};

use super::cholesky::{Cholesky, Square};
use super::design::Term;
use super::fit::Coefficient;
use super::fitted::Fitted;
use super::wald::Wald;
use super::{Options, Procedure, absent, inference};
use crate::distribution::chi_squared_upper;

const SOURCE: &str = "Wald, A. (1943). Tests of statistical hypotheses concerning several parameters when the number of \
     observations is large. Transactions of the American Mathematical Society 54, 426–482";

pub static WALD_CHI2: Statistic = inference(
    "wald_chi2",
    "βᵀ V⁻¹ β over the coefficients of the term; SPSS prints it beside each factor and each coefficient, where it is the square of z.",
    SOURCE,
);
pub static WALD_DF: Statistic = Statistic {
    name: "wald_df",
    reveals: Reveals::Setting,
    rests_on: RestsOn::Base,
    about: "Coefficients of the term that are estimated.",
    source: SOURCE,
};
pub static WALD_P: Statistic = inference("wald_p", "P-value of wald_chi2, chi-squared.", SOURCE);

const STATISTICS: Statistics = &[&WALD_CHI2, &WALD_DF, &WALD_P];

/// Joint Wald tests, one a covariate.
pub const PROCEDURE: Procedure = Procedure { id: "wald_joint", statistics: STATISTICS, compute };

fn compute(fitted: &Fitted, _: &Options) -> Vec<Value> {
    let mut values = Vec::new();
    for (covariate, variable) in fitted.variables().iter().enumerate() {
        let rows = match test(fitted, covariate, variable) {
            Ok(rows) => rows,
            Err(reason) => absent(STATISTICS, Some(reason)),
        };
        values.extend(rows.into_iter().map(|value| value.term(variable.clone()).method("Wald")));
    }
    // The p-value of one coefficient is that of its z.
    let is_alone = |term: &&Term| !fitted.variables().iter().any(|name| term.name == **name);
    for term in fitted.design().terms.iter().filter(is_alone) {
        let rows = match (fitted.why_absent(term), fitted.coef(term), fitted.vcov(term, term)) {
            (None, Some(Coefficient::Estimated(estimate)), Some(variance)) => {
                let z = Wald::of(estimate, variance.sqrt(), 0.0).statistic;
                let values = STATISTICS.iter().zip([z.powi(2), 1.0]);
                let row = |(statistic, value): (&&'static Statistic, f64)| {
                    Value::new(statistic, value).conditions(fitted.general_conditions())
                };
                values.map(row).collect()
            }
            (reason, _, _) => absent(&STATISTICS[..2], reason),
        };
        values.extend(rows.into_iter().map(|value: Value| value.term(term.name.clone()).method("Wald")));
    }
    values
}

/// Levels without cases and aliased columns have no coefficient and are left out; one that diverges leaves no test.
fn test(fitted: &Fitted, covariate: usize, variable: &str) -> Result<Vec<Value>, Condition> {
    if let Some(reason) = fitted.hopeless() {
        return Err(reason);
    }
    let mut tested: Vec<(&Term, f64)> = Vec::new();
    for term in fitted.design().terms.iter().filter(|term| term.covariate == Some(covariate)) {
        match fitted.coef(term) {
            Some(Coefficient::Estimated(estimate)) => tested.push((term, estimate)),
            Some(Coefficient::Diverging) => return Err(Condition::new("separation", term.name.clone())),
            Some(Coefficient::Aliased) | None => {}
        }
    }
    if tested.is_empty() {
        return Err(Condition::new("aliased", variable));
    }
    let covariance: Option<Square> =
        tested.iter().map(|(a, _)| tested.iter().map(|(b, _)| fitted.vcov(a, b)).collect()).collect();
    let estimates: Vec<f64> = tested.iter().map(|&(_, estimate)| estimate).collect();
    let solved = covariance
        .and_then(|covariance| Cholesky::of(&covariance))
        .map(|cholesky| cholesky.solve(&estimates))
        .ok_or_else(|| Condition::new("singular", ""))?;
    let chi2 = estimates.iter().zip(&solved).map(|(a, b)| a * b).sum();
    let df = estimates.len() as f64;
    let values = [chi2, df, chi_squared_upper(chi2, df)];
    let row = |(statistic, value): (&&'static Statistic, f64)| {
        Value::new(statistic, value).conditions(fitted.general_conditions())
    };
    Ok(STATISTICS.iter().zip(values).map(row).collect())
}
