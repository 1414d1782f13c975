//! The delta method: standard errors of functions of the coefficients, by each covariance matrix that is reported.

use super::Options;
use super::cholesky::{Square, bilinear};
use super::fitted::Fitted;
use crate::distribution::{normal_critical, t_critical};

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
