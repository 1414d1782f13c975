//! Collinearity: how much of a covariate the other covariates already say.
//!
//! The generalised variance inflation factor says how much larger the confidence region of a covariate's coefficients is (its squared volume)
//! than if the covariate were unrelated to the others. Its 2·df-th root can be compared between factors and numbers; its square is read
//! by the usual rules for variance inflation. Assumes the model-based covariance of the coefficients. This covariance has the fit's own
//! weights, so the outcome enters. Not for deciding what to leave out: a large factor explains a wide interval, but makes no estimate wrong,
//! and a confounder is needed exactly when it is related to the others. Source: Fox & Monette 1992 (below). Checked against car's `vif`.

use crate::estimate::{Condition, Statistic, Statistics, Value};

use super::cholesky::{Cholesky, Square};
use super::design::Term;
use super::fit::Coefficient;
use super::fitted::Fitted;
use super::{Options, Procedure, absent, inference, setting};

const FOX: &str = "Fox, J. & Monette, G. (1992). Generalized collinearity diagnostics. Journal of the American Statistical Association \
     87, 178–183";

pub static GVIF: Statistic = inference(
    "gvif",
    "Generalised variance inflation factor of a covariate: det R₁₁ det R₂₂ / det R, R the correlations of the coefficients.",
    FOX,
);
pub static GVIF_DF: Statistic = setting("gvif_df", "Coefficients of the covariate.", FOX);
pub static GVIF_SCALED: Statistic = inference(
    "gvif_scaled",
    "gvif^(1 / (2 df)): comparable between covariates with different numbers of coefficients; for a number the root of its \
     variance inflation factor.",
    FOX,
);

const STATISTICS: Statistics = &[&GVIF, &GVIF_DF, &GVIF_SCALED];

/// Generalised variance inflation factors, one a covariate.
pub const PROCEDURE: Procedure = Procedure { id: "collinearity", statistics: STATISTICS, compute };

fn compute(fitted: &Fitted, _: &Options) -> Vec<Value> {
    let mut values = Vec::new();
    for (covariate, variable) in fitted.variables().iter().enumerate() {
        let rows = match inflation(fitted, covariate, variable) {
            Err(reason) => absent(STATISTICS, Some(reason)),
            Ok((gvif, df)) => {
                let row = [gvif, df, gvif.powf(1.0 / (2.0 * df))];
                let value = |(statistic, value): (&&'static Statistic, f64)| {
                    Value::new(statistic, value).conditions(fitted.general_conditions())
                };
                STATISTICS.iter().zip(row).map(value).collect()
            }
        };
        values.extend(rows.into_iter().map(|value| value.term(variable.clone()).method("Fox & Monette")));
    }
    values
}

/// The factor, and the number of coefficients. Scales of the coefficients cancel, so covariances do for correlations.
fn inflation(fitted: &Fitted, covariate: usize, variable: &str) -> Result<(f64, f64), Condition> {
    if let Some(reason) = fitted.hopeless() {
        return Err(reason);
    }
    let slopes = || fitted.design().terms.iter().filter(|term| term.covariate.is_some());
    if let Some(term) = slopes()
        .filter(|term| term.covariate == Some(covariate))
        .find(|term| fitted.coef(term) == Some(Coefficient::Diverging))
    {
        return Err(Condition::new("separation", term.name.clone()));
    }
    let estimated: Vec<&Term> =
        slopes().filter(|term| matches!(fitted.coef(term), Some(Coefficient::Estimated(_)))).collect();
    let (own, others): (Vec<&Term>, Vec<&Term>) =
        estimated.iter().partition(|term| term.covariate == Some(covariate));
    if own.is_empty() {
        return Err(Condition::new("aliased", variable));
    }
    let log_determinant = |terms: &[&Term]| -> Option<f64> {
        let covariance: Option<Square> =
            terms.iter().map(|a| terms.iter().map(|b| fitted.vcov(a, b)).collect()).collect();
        Some(Cholesky::of(&covariance?)?.log_determinant())
    };
    let determinants =
        || Some((log_determinant(&own)?, log_determinant(&others)?, log_determinant(&estimated)?));
    match determinants() {
        Some((own_log, others_log, all_log)) => {
            Ok(((own_log + others_log - all_log).exp(), own.len() as f64))
        }
        None => Err(Condition::new("singular", "")),
    }
}
