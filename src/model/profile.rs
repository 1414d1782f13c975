//! Profile-likelihood intervals.

use rayon::prelude::*;

use crate::estimate::{Condition, Statistic, Statistics, Value};

use super::aliasing::Basis;
use super::distribution::normal_critical;
use super::fit::{Coefficient, maximise, score};
use super::fitted::Fitted;
use super::patterns::Patterns;
use super::separation::finite_patterns;
use super::{Options, Procedure, absent, inference};

const SOURCE: &str = "Venzon, D. J. & Moolgavkar, S. H. (1988). A method for computing profile-likelihood-based confidence \
     intervals. Applied Statistics 37, 87–94; limits found by root finding, not by interpolation";

const LOW: Statistic = inference(
    "profile_low",
    "Lower profile-likelihood limit of the coefficient: no smaller value is compatible with the data by a likelihood-ratio test.",
    SOURCE,
);
const HIGH: Statistic = inference(
    "profile_high",
    "Upper profile-likelihood limit of the coefficient: no larger value is compatible with the data by a likelihood-ratio test.",
    SOURCE,
);
const ODDS_RATIO_LOW: Statistic =
    inference("odds_ratio_profile_low", "Exponential of the lower profile-likelihood limit.", SOURCE);
const ODDS_RATIO_HIGH: Statistic =
    inference("odds_ratio_profile_high", "Exponential of the upper profile-likelihood limit.", SOURCE);

const STATISTICS: Statistics = &[&LOW, &HIGH, &ODDS_RATIO_LOW, &ODDS_RATIO_HIGH];

/// Profile-likelihood intervals. Under separation a diverging coefficient still has one finite limit, as a rule.
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
                    report(Profile::of(fitted, column).limits(critical), &term.name)
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

fn report(limits: [Limit; 2], term: &str) -> Vec<Value> {
    let value = |statistic: &'static Statistic, limit: &Limit, scale: fn(f64) -> f64| match limit {
        Limit::Finite(limit) => Value::new(statistic, scale(*limit)),
        Limit::Infinite => Value::absent(statistic, Condition::new("infinite", term)),
        Limit::NotFound => Value::absent(statistic, Condition::new("not_converged", term)),
    };
    let [low, high] = &limits;
    vec![
        value(&LOW, low, |limit| limit),
        value(&HIGH, high, |limit| limit),
        value(&ODDS_RATIO_LOW, low, f64::exp),
        value(&ODDS_RATIO_HIGH, high, f64::exp),
    ]
}

/// Where an interval ends.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Limit {
    Finite(f64),
    /// The deviance never rises above the cut-off on this side: separation.
    Infinite,
    /// Root finding gave up.
    NotFound,
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

/// A point of the profile: γ, deviance, its derivative, and the other coordinates, to start the next point from.
struct Point {
    coordinate: f64,
    deviance: f64,
    slope: f64,
    others: Vec<f64>,
    converged: bool,
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

    fn point(&self, unit: &[f64], coordinate: f64, start: &[f64]) -> Point {
        let offset: Vec<f64> = unit.iter().map(|x| coordinate * x).collect();
        let maximum = maximise(&self.others, &offset, start, &self.patterns);
        // At the maximum over the others the total derivative is the partial one.
        let slope = -2.0 * score(&[unit.to_vec()], &maximum.linear_predictor, &self.patterns)[0];
        Point {
            coordinate,
            deviance: maximum.deviance,
            slope,
            others: maximum.coordinates,
            converged: maximum.convergence.converged,
        }
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
                    inner = self.point(unit, inner.coordinate + stride, &inner.others);
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

    /// From a point inside the interval, walks outwards by `stride` until the deviance exceeds the cut-off, and then closes in on
    /// the root of √(D − D̂) − z, which is nearly linear: Newton's method, kept between the bounds.
    fn limit_from(&self, unit: &[f64], inside: &Point, stride: f64, cut: f64) -> Limit {
        let (mut inner, mut stride) = (inside.coordinate, stride);
        let mut point = self.point(unit, inner + stride, &inside.others);
        for _ in 0..WALK {
            if point.deviance - self.deviance >= cut {
                break;
            }
            inner = point.coordinate;
            stride *= 2.0;
            point = self.point(unit, inner + stride, &point.others);
        }
        let mut outer = point.coordinate;
        for _ in 0..STEPS {
            let excess = point.deviance - self.deviance;
            if !point.converged {
                return Limit::NotFound;
            }
            if (excess - cut).abs() <= PRECISION * cut + ROUNDING * self.deviance {
                // The scale is positive: R's diagonal is.
                return Limit::Finite(point.coordinate * self.scale);
            }
            if excess < cut {
                inner = point.coordinate
            } else {
                outer = point.coordinate
            }
            let root = excess.max(0.0).sqrt();
            let newton = point.coordinate + (cut.sqrt() - root) * 2.0 * root / point.slope;
            let between = (newton - inner) * (newton - outer) < 0.0;
            let next = if between { newton } else { (inner + outer) / 2.0 };
            point = self.point(unit, next, &point.others);
        }
        Limit::NotFound
    }
}

/// Doublings of the stride before giving up.
const WALK: usize = 60;
/// Steps of root finding before giving up; halving alone would take some 40.
const STEPS: usize = 100;
/// Of the deviance's excess over its minimum, relative to the cut-off.
const PRECISION: f64 = 1e-11;
/// What rounding leaves of a difference of deviances, relative to the deviance.
const ROUNDING: f64 = 1e-13;
