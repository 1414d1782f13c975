//! The delta method: standard errors of functions of the coefficients, by each covariance matrix that is reported.

use super::cholesky::{Square, bilinear};
use super::cluster::{cluster_conditions, normal_conditions};
use super::fitted::Fitted;
use super::likelihood::logistic;
use super::standardisation::Average;
use super::wald::Wald;
use super::{Options, absent};
use crate::distribution::{normal_critical, t_critical};
use crate::estimate::{Condition, Statistic, Statistics, Value};

/// A standard error with its reference distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    pub std_error: f64,
    /// Degrees of freedom of Student's t; `None` for the standard normal.
    pub df: Option<f64>,
}

impl Spread {
    /// The quantile that an interval takes.
    pub fn critical(&self, options: &Options) -> f64 {
        match self.df {
            None => normal_critical(options.level),
            Some(df) => t_critical(options.level, df),
        }
    }
}

/// The covariance matrices of a fit.
pub struct Covariances<'a> {
    fitted: &'a Fitted,
    model: &'a Square,
    /// CR0 with the factor G/(G − 1); `None` without two clusters.
    cr1: Option<Square>,
}

impl<'a> Covariances<'a> {
    /// `None` where the information is singular to rounding.
    pub fn of(fitted: &'a Fitted) -> Option<Covariances<'a>> {
        let model = fitted.bread()?;
        let clusters = fitted.patterns().clusters.len() as f64;
        let factor = clusters / (clusters - 1.0);
        let cr1 = (clusters >= 2.0).then(|| fitted.sandwich()).flatten().map(|mut sandwich| {
            sandwich.iter_mut().flatten().for_each(|entry| *entry *= factor);
            sandwich
        });
        Some(Covariances { fitted, model, cr1 })
    }

    /// By the inverse information.
    pub fn model(&self, gradient: &[f64]) -> Spread {
        Spread { std_error: bilinear(gradient, self.model, gradient).sqrt(), df: None }
    }

    /// By CR1; `None` without two clusters.
    pub fn cr1(&self, gradient: &[f64]) -> Option<Spread> {
        let covariance = self.cr1.as_ref()?;
        Some(Spread { std_error: bilinear(gradient, covariance, gradient).max(0.0).sqrt(), df: None })
    }

    /// By CR2 with Satterthwaite's degrees of freedom of this combination; `None` without two clusters.
    pub fn cr2(&self, gradient: &[f64]) -> Option<Spread> {
        self.cr1.as_ref()?;
        let contrast = self.fitted.bias_reduced()?.contrast(gradient);
        Some(Spread { std_error: contrast.variance.sqrt(), df: Some(contrast.df) })
    }
}

/// What is reported of an average: itself, and the same measures of its uncertainty by each covariance matrix.
pub struct Measure {
    pub average: &'static Statistic,
    /// Model-based, CR1 and CR2: what `numbers` gives, in its order, as far as there are statistics for it.
    pub errors: [Statistics; 3],
    pub numbers: fn(&Average, Spread, &Options) -> Vec<f64>,
}

/// How the errors of [`Measure::errors`] were made.
const METHODS: [&str; 3] = ["delta method", "delta method, CR1, normal", "delta method, CR2, t"];

impl Measure {
    /// All of an average: the robust errors where the data name clusters, and absent where one cluster `alone` tells of it.
    pub fn report(
        &self,
        fitted: &Fitted,
        average: &Average,
        covariances: &Covariances,
        alone: Option<&Condition>,
        options: &Options,
    ) -> Vec<Value> {
        let gradient = &average.gradient;
        let spreads =
            [Some(covariances.model(gradient)), covariances.cr1(gradient), covariances.cr2(gradient)];
        let mut values = vec![Value::new(self.average, average.value)];
        for (place, spread) in spreads.into_iter().enumerate().take(self.reported(fitted.clustered())) {
            let exists =
                |spread: &Spread| Wald::exists(spread.std_error) && spread.df.is_none_or(f64::is_finite);
            let alone = alone.filter(|_| place > 0);
            let rows: Vec<Value> = match spread.filter(exists) {
                _ if alone.is_some() => absent(self.errors[place], alone.cloned()),
                None => absent(self.errors[place], Some(Condition::new(why_without(fitted, place), ""))),
                Some(spread) => {
                    let numbers = (self.numbers)(average, spread, options);
                    let pairs = self.errors[place].iter().zip(numbers);
                    pairs.map(|(statistic, value)| Value::new(statistic, value)).collect()
                }
            };
            let conditions = match place {
                0 => Vec::new(),
                1 => normal_conditions(fitted),
                _ => cluster_conditions(fitted),
            };
            values.extend(
                rows.into_iter().map(|value| value.method(METHODS[place]).conditions(conditions.clone())),
            );
        }
        values.into_iter().map(|value| value.conditions(fitted.general_conditions())).collect()
    }

    /// Every statistic absent that would have been reported.
    pub fn none(&self, clustered: bool, reason: Condition) -> Vec<Value> {
        let errors =
            self.errors.iter().take(self.reported(clustered)).flat_map(|errors| errors.iter().copied());
        let statistics = std::iter::once(self.average).chain(errors);
        statistics.map(|statistic| Value::absent(statistic, reason.clone())).collect()
    }

    /// How many covariance matrices there are.
    fn reported(&self, clustered: bool) -> usize {
        if clustered { self.errors.len() } else { 1 }
    }
}

/// The ends of an interval of a probability that is symmetric on the logit scale.
pub fn logit_limits(probability: f64, spread: Spread, options: &Options) -> [f64; 2] {
    let logit = (probability / (1.0 - probability)).ln();
    let margin = spread.critical(options) * spread.std_error / (probability * (1.0 - probability));
    [logistic(logit - margin), logistic(logit + margin)]
}

/// Why there is no error although there is an average.
fn why_without(fitted: &Fitted, place: usize) -> &'static str {
    if place > 0 && fitted.patterns().clusters.len() < 2 { "one_cluster" } else { "zero_variance" }
}
