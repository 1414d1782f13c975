//! Profile-likelihood intervals.
//!
//! The interval has all values of a coefficient that a likelihood-ratio test does not reject, with the other coefficients maximised for each
//! value. It agrees with `profile_p_value` by construction, and needs no symmetry. Assumes independent cases, and the χ² distribution of
//! the ratio, which holds for fewer events than Wald's normal one but not for a handful. Not for clusters: the likelihood takes cases as
//! independent, so the interval is too narrow; use CR2. Not for few events or separation, where one end is infinite; use Firth's. Sources:
//! Venzon & Moolgavkar 1988, Wilks 1938 (below). Checked in R by `uniroot` on the deviance of `glm.fit` with an offset; `MASS:::confint.glm`
//! interpolates, and agrees to about 1e-4.

use rayon::prelude::*;

use crate::estimate::{Condition, Statistic, Statistics, Value};

use super::aliasing::Basis;
use super::fit::{Coefficient, maximise, score};
use super::fitted::Fitted;
use super::patterns::Patterns;
use super::profile_search::{Limit, Point, WALK, excess, limit};
use super::separation::finite_patterns;
use super::{Options, Procedure, absent, inference};
use crate::distribution::{chi_squared_upper, normal_critical};

const SOURCE: &str = "Venzon, D. J. & Moolgavkar, S. H. (1988). A method for computing profile-likelihood-based confidence \
     intervals. Applied Statistics 37, 87–94; limits found by root finding, not by interpolation";
const WILKS: &str = "Wilks, S. S. (1938). The large-sample distribution of the likelihood ratio for testing composite \
     hypotheses. Annals of Mathematical Statistics 9, 60–62";

pub static PROFILE_LOW: Statistic = inference(
    "profile_low",
    "Lower profile-likelihood limit of the coefficient: no smaller value is compatible with the data by a likelihood-ratio test.",
    SOURCE,
);
pub static PROFILE_HIGH: Statistic = inference(
    "profile_high",
    "Upper profile-likelihood limit of the coefficient: no larger value is compatible with the data by a likelihood-ratio test.",
    SOURCE,
);
pub static ODDS_RATIO_PROFILE_LOW: Statistic =
    inference("odds_ratio_profile_low", "Exponential of the lower profile-likelihood limit.", SOURCE);
pub static ODDS_RATIO_PROFILE_HIGH: Statistic =
    inference("odds_ratio_profile_high", "Exponential of the upper profile-likelihood limit.", SOURCE);

pub static PROFILE_CHI2: Statistic = inference(
    "profile_chi2",
    "Deviance where this one coefficient is zero less the deviance at the maximum.",
    WILKS,
);
pub static PROFILE_P_VALUE: Statistic = inference(
    "profile_p_value",
    "P-value of profile_chi2, chi-squared with one degree of freedom: below 1 − level just where the profile interval leaves \
     zero out.",
    WILKS,
);

const STATISTICS: Statistics = &[
    &PROFILE_LOW,
    &PROFILE_HIGH,
    &ODDS_RATIO_PROFILE_LOW,
    &ODDS_RATIO_PROFILE_HIGH,
    &PROFILE_CHI2,
    &PROFILE_P_VALUE,
];

/// Profile-likelihood intervals and tests of single coefficients; all levels of a factor together are tested by
/// [`super::likelihood_ratio`]. Under separation a diverging coefficient still has one finite limit, as a rule, and a test.
pub const PROCEDURE: Procedure = Procedure { id: "profile", statistics: STATISTICS, compute };

fn compute(fitted: &Fitted, options: &Options) -> Vec<Value> {
    let critical = normal_critical(options.level);
    // Terms are independent of each other and come back in their order, so threads change nothing.
    let rows: Vec<Vec<Value>> = fitted
        .design()
        .terms
        .par_iter()
        .map(|term| {
            let rows = match (term.column, fitted.coef(term), fitted.hopeless()) {
                (Some(column), Some(Coefficient::Estimated(_) | Coefficient::Diverging), None) => {
                    let profile = Profile::of(fitted, column);
                    report(profile.limits(critical), profile.chi2(), &term.name)
                        .into_iter()
                        .map(|value| value.conditions(fitted.general_conditions()))
                        .collect()
                }
                _ => absent(STATISTICS, fitted.why_absent(term)),
            };
            rows.into_iter()
                .map(|value: Value| value.term(term.name.clone()).method("profile likelihood"))
                .collect()
        })
        .collect();
    rows.into_iter().flatten().collect()
}

fn report(limits: [Limit; 2], chi2: Option<f64>, term: &str) -> Vec<Value> {
    let value = |statistic: &'static Statistic, limit: &Limit, scale: fn(f64) -> f64| match limit {
        Limit::Finite(limit) => Value::new(statistic, scale(*limit)),
        Limit::Infinite => Value::absent(statistic, Condition::new("infinite", term)),
        Limit::NotFound => Value::absent(statistic, Condition::new("not_converged", term)),
    };
    let test = |statistic: &'static Statistic, value: Option<f64>| match value {
        Some(value) => Value::new(statistic, value),
        None => Value::absent(statistic, Condition::new("not_converged", term)),
    };
    let [low, high] = &limits;
    vec![
        value(&PROFILE_LOW, low, |limit| limit),
        value(&PROFILE_HIGH, high, |limit| limit),
        value(&ODDS_RATIO_PROFILE_LOW, low, f64::exp),
        value(&ODDS_RATIO_PROFILE_HIGH, high, f64::exp),
        test(&PROFILE_CHI2, chi2),
        test(&PROFILE_P_VALUE, chi2.map(|chi2| chi_squared_upper(chi2, 1.0))),
    ]
}

/// The deviance as a function of one coefficient, maximised over the others.
///
/// The column is orthonormalised last, after all others. Then β = γ / r for its coordinate γ, and what is left of it beside the
/// others is the offset: neither its scale nor its mean enters.
struct Profile {
    patterns: Patterns,
    others: Vec<Vec<f64>>,
    /// What the column adds to the others, of unit length; `None` where it adds nothing to the patterns that stay finite
    /// whatever its coefficient: the profile is flat.
    column: Option<Vec<f64>>,
    /// β = γ · `scale`.
    scale: f64,
    deviance: f64,
    /// γ of the estimate, with its standard error; `None` where the coefficient diverges.
    estimate: Option<(f64, f64)>,
}

impl Profile {
    fn of(fitted: &Fitted, column: usize) -> Profile {
        let fit = fitted.fit();
        let columns = &fitted.design().columns;
        let aliased = |column: usize| fit.coefficients[column] == Coefficient::Aliased;
        let others: Vec<&[f64]> = (0..columns.len())
            .filter(|&other| other != column && !aliased(other))
            .map(|c| columns[c].as_slice())
            .collect();
        let mut patterns = fitted.patterns().clone();
        // With β fixed, the separation that is left is that of the other columns alone; an offset has no part in it.
        if fit.finite.is_some()
            && let Some(finite) = finite_patterns(&others, &patterns)
        {
            patterns = patterns.restricted(&finite);
        }
        let mut basis = Basis::of(others.into_iter().chain([columns[column].as_slice()]), &patterns.trials);
        let last = basis.place.last().copied().flatten();
        let scale =
            basis.transform(false).pop().flatten().and_then(|row| row.last().copied()).unwrap_or(f64::NAN);
        let unit = last.and_then(|_| basis.columns.pop());
        let estimate = match fit.coefficients[column] {
            Coefficient::Estimated(beta) => fitted
                .bread()
                .and_then(|bread| fit.covariance(bread, column, column))
                .map(|variance| (beta / scale, variance.sqrt() / scale.abs())),
            Coefficient::Aliased | Coefficient::Diverging => None,
        };
        Profile { patterns, others: basis.columns, column: unit, scale, deviance: fit.deviance, estimate }
    }

    fn point(&self, unit: &[f64], coordinate: f64, start: &[f64]) -> Point<Vec<f64>> {
        let offset: Vec<f64> = unit.iter().map(|x| coordinate * x).collect();
        let maximum = maximise(&self.others, &offset, start, &self.patterns);
        // At the maximum over the others the total derivative is the partial one.
        let slope = -2.0 * score(&[unit.to_vec()], &maximum.linear_predictor, &self.patterns)[0];
        Point {
            coordinate,
            deviance: maximum.deviance,
            slope,
            converged: maximum.convergence.converged,
            state: maximum.coordinates,
        }
    }

    /// D(0) − D̂; `None` where the maximum over the others was not reached.
    fn chi2(&self) -> Option<f64> {
        let Some(unit) = &self.column else {
            return Some(0.0);
        };
        let point = self.point(unit, 0.0, &vec![0.0; self.others.len()]);
        point.converged.then(|| excess(point.deviance, self.deviance))
    }

    /// Both ends of {β : D(β) − D ≤ z²}.
    fn limits(&self, critical: f64) -> [Limit; 2] {
        let Some(unit) = &self.column else {
            return [Limit::Infinite; 2];
        };
        let cut = critical * critical;
        if cut.is_nan() {
            return [Limit::NotFound; 2];
        }
        let start = vec![0.0; self.others.len()];
        match self.estimate {
            Some((estimate, error)) => {
                let inner = self.point(unit, estimate, &start);
                [-1.0, 1.0].map(|side| self.limit_from(unit, &inner, side * critical * error, cut))
            }
            None => {
                // Convex and without a minimum, the profile falls all the way to the side where the coefficient diverges. Walk
                // there until the deviance is below the cut-off, then back.
                let mut inner = self.point(unit, 0.0, &start);
                let mut stride = 1.0_f64.copysign(-inner.slope);
                for _ in 0..WALK {
                    if inner.deviance - self.deviance < cut {
                        break;
                    }
                    inner = self.point(unit, inner.coordinate + stride, &inner.state);
                    stride *= 2.0;
                }
                let finite = match inner.deviance - self.deviance < cut {
                    true => self.limit_from(unit, &inner, -1.0_f64.copysign(stride), cut),
                    false => Limit::NotFound,
                };
                if stride > 0.0 { [finite, Limit::Infinite] } else { [Limit::Infinite, finite] }
            }
        }
    }

    /// The limit on the side of `stride`, on the coefficient's scale. The scale is positive: R's diagonal is.
    fn limit_from(&self, unit: &[f64], inside: &Point<Vec<f64>>, stride: f64, cut: f64) -> Limit {
        let at = |coordinate: f64, start: &Vec<f64>| self.point(unit, coordinate, start);
        match limit(at, inside, stride, self.deviance, cut) {
            Limit::Finite(coordinate) => Limit::Finite(coordinate * self.scale),
            other => other,
        }
    }
}
