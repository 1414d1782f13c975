//! A fitted model: data, design, fit and null model, with accessors that have the field's names.

use std::sync::OnceLock;

use crate::estimate::{Condition, Statistic, Value};

use super::bias_reduced::BiasReduced;
use super::cholesky::{Square, bilinear};
use super::data::ModelData;
use super::design::{Design, Term};
use super::fit::{Coefficient, Convergence, Fit};
use super::likelihood::residual;
use super::patterns::Patterns;

/// A model fitted by maximum likelihood, and what every statistic of it is computed from.
#[derive(Debug, Clone)]
pub struct Fitted {
    variables: Vec<String>,
    patterns: Patterns,
    design: Design,
    fit: Fit,
    null: Fit,
    clustered: bool,
    /// CR2 costs more than the fit, and several procedures need it.
    bias_reduced: OnceLock<Option<BiasReduced>>,
}

impl Fitted {
    /// Fits the logistic regression of the outcome on all covariates, and the one on the intercept alone.
    pub fn of(data: &ModelData) -> Fitted {
        let patterns = Patterns::of(data);
        let design = Design::of(data, &patterns);
        let columns: Vec<&[f64]> = design.columns.iter().map(Vec::as_slice).collect();
        let fit = Fit::of(&columns, &patterns);
        let null = Fit::of(&columns[..1], &patterns);
        let variables = data.covariates().iter().map(|covariate| covariate.name.clone()).collect();
        Fitted {
            variables,
            patterns,
            design,
            fit,
            null,
            clustered: data.cluster().is_some(),
            bias_reduced: OnceLock::new(),
        }
    }

    /// Names of the covariates.
    pub fn variables(&self) -> &[String] {
        &self.variables
    }

    /// The covariate patterns with their cases.
    pub fn patterns(&self) -> &Patterns {
        &self.patterns
    }

    /// The design matrix and its terms.
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// The fit itself.
    pub fn fit(&self) -> &Fit {
        &self.fit
    }

    /// The fit on the intercept alone.
    pub fn null(&self) -> &Fit {
        &self.null
    }

    /// What became of a term's coefficient; `None` for a level that no case shows.
    pub fn coef(&self, term: &Term) -> Option<Coefficient> {
        term.column.map(|column| self.fit.coefficients[column])
    }

    /// Model-based covariance (XᵀVX)⁻¹ of two terms' estimates; `None` where either has none.
    pub fn vcov(&self, a: &Term, b: &Term) -> Option<f64> {
        self.fit.covariance(self.bread()?, a.column?, b.column?)
    }

    /// The inverse information in the coordinates of the basis; `None` where it is singular to rounding.
    pub fn bread(&self) -> Option<&Square> {
        self.fit.maximum.inverse_information.as_ref()
    }

    /// Score contributions Σ x (y − π) of each cluster, in the coordinates of the basis: clusters × rank.
    pub fn scores(&self) -> Vec<Vec<f64>> {
        let score = |cluster: &Vec<super::patterns::Cell>| {
            let mut sum = vec![0.0; self.fit.basis.rank()];
            for cell in cluster {
                let residual = residual(self.fit.linear_predictor[cell.pattern], cell.trials, cell.events);
                sum.iter_mut()
                    .zip(&self.fit.basis.columns)
                    .for_each(|(sum, q)| *sum += residual * q[cell.pattern]);
            }
            sum
        };
        self.patterns.clusters.iter().map(score).collect()
    }

    /// The sum over clusters of the outer products of [`Fitted::scores`].
    pub fn meat(&self) -> Square {
        let rank = self.fit.basis.rank();
        let mut meat = vec![vec![0.0; rank]; rank];
        for score in self.scores() {
            for (row, a) in meat.iter_mut().zip(&score) {
                row.iter_mut().zip(&score).for_each(|(sum, b)| *sum += a * b);
            }
        }
        meat
    }

    /// Bread · meat · bread, the sandwich CR0, in the coordinates of the basis; `None` where the information is singular.
    pub fn sandwich(&self) -> Option<Square> {
        let (bread, meat) = (self.bread()?, self.meat());
        Some(bread.iter().map(|a| bread.iter().map(|b| bilinear(a, &meat, b)).collect()).collect())
    }

    /// The bias-reduced sandwich CR2; `None` where the information is singular.
    pub fn bias_reduced(&self) -> Option<&BiasReduced> {
        self.bias_reduced.get_or_init(|| BiasReduced::of(self)).as_ref()
    }

    /// Why no cluster-robust error of a term can be trusted, where the data name clusters and one of them alone tells of it.
    pub fn one_cluster_tells(&self, term: &Term) -> Option<Condition> {
        let transform = term.column.and_then(|column| self.fit.transform(column))?;
        let several = self.patterns.clusters.len() > 1;
        let told = several && self.bias_reduced()?.is_told_by_one_cluster(transform);
        told.then(|| Condition::new("aliased_without_a_cluster", term.name.clone()))
    }

    /// −2 log-likelihood of the individual outcomes: does not depend on how cases are grouped.
    pub fn deviance(&self) -> f64 {
        self.fit.deviance
    }

    /// The deviance of the model with the intercept alone.
    pub fn null_deviance(&self) -> f64 {
        self.null.deviance
    }

    /// π, one a pattern.
    pub fn fitted_values(&self) -> Vec<f64> {
        self.fit.fitted_values()
    }

    /// Cases.
    pub fn n_obs(&self) -> f64 {
        self.patterns.total()
    }

    /// Number of coefficients that are not aliased.
    pub fn rank(&self) -> usize {
        self.fit.rank
    }

    /// Whether the data say which cluster a case belongs to.
    pub fn clustered(&self) -> bool {
        self.clustered
    }

    /// The optimiser's story.
    pub fn convergence(&self) -> Convergence {
        self.fit.maximum.convergence
    }

    /// What a reader of any statistic of the whole analysis has to know.
    pub fn conditions(&self) -> Vec<Condition> {
        let mut conditions = self.general_conditions();
        // Of no cases, or of one outcome, every term is aliased or separated: that says nothing more.
        if self.hopeless().is_some() {
            return conditions;
        }
        conditions.extend(self.design.conditions.iter().cloned());
        for term in &self.design.terms {
            conditions.extend(match self.coef(term) {
                Some(Coefficient::Aliased) => Some(Condition::new("aliased", term.name.clone())),
                Some(Coefficient::Diverging) => Some(Condition::new("separation", term.name.clone())),
                Some(Coefficient::Estimated(_)) | None => None,
            });
        }
        conditions
    }

    /// Conditions that concern every number, also those of single terms.
    ///
    /// `limiting_model` says that there is separation, and that what is finite all the same is the limit: it rests on
    /// the cases that the model does not fit perfectly.
    pub fn general_conditions(&self) -> Vec<Condition> {
        let mut conditions = Vec::new();
        if let Some(reason) = self.hopeless() {
            conditions.push(reason);
        } else if self.rank() as f64 >= self.n_obs() {
            conditions.push(Condition::new("saturated", ""));
        }
        if self.hopeless().is_none() && self.fit.finite.is_some() {
            conditions.push(Condition::new("limiting_model", ""));
        }
        if !self.convergence().converged && !self.patterns.is_empty() {
            conditions.push(Condition::new("not_converged", ""));
        }
        conditions
    }

    /// Why there is nothing to model: no cases at all, or all with the same outcome.
    pub fn hopeless(&self) -> Option<Condition> {
        let events = self.patterns.total_events();
        match () {
            () if self.patterns.is_empty() => Some(Condition::new("no_cases", "")),
            () if events == 0.0 || events == self.n_obs() => Some(Condition::new("constant_outcome", "")),
            () => None,
        }
    }

    /// Why a term has no estimate, or none with a standard error; `None` where it has both.
    pub fn why_absent(&self, term: &Term) -> Option<Condition> {
        if let Some(reason) = self.hopeless() {
            return Some(reason);
        }
        match self.coef(term) {
            None => Some(Condition::new("level_without_cases", term.name.clone())),
            Some(Coefficient::Aliased) => Some(Condition::new("aliased", term.name.clone())),
            Some(Coefficient::Diverging) => Some(Condition::new("separation", term.name.clone())),
            Some(Coefficient::Estimated(_)) => self.bread().is_none().then(|| Condition::new("singular", "")),
        }
    }

    /// A statistic of the whole analysis, absent where there is nothing to model.
    pub fn whole(&self, statistic: &'static Statistic, value: f64) -> Value {
        match self.hopeless() {
            Some(reason) => Value::absent(statistic, reason),
            None => Value::new(statistic, value),
        }
    }
}
