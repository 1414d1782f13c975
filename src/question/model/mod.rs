//! Logistic regression, with weights for those who were lost and a ridge fit where they are asked for.

mod keys;
mod notebook;
mod numbers;

pub use keys::ModelWritten;
pub use notebook::{PREDICTION, STAGE, of_fit};
pub use numbers::{complete_rows, covariates, levels, model_columns, model_data, model_rows};

use serde::Serialize;

use super::attrition::Weights;
use super::{Answers, Question, Registered};
use crate::convention::Convention;
use crate::evaluation::Asked;
use crate::model::Method;
use crate::plan::{Cluster, Column, Sql, Term};
use crate::report::{Teller, Told};

pub static KIND: Registered = Registered::of(&[&STAGE, &PREDICTION]);

/// A logistic regression.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Model {
    /// Binary; the second code is the event.
    pub outcome: Column,
    pub terms: Vec<Term>,
    pub cluster: Option<Cluster>,
    /// Condition over the cohort's columns; whoever does not fulfil it is left out.
    pub only: Option<Sql>,
    pub level: f64,
    /// The program whose variants are computed.
    pub convention: Convention,
    /// Whether the variants of all programs are computed as well.
    pub compare: bool,
    pub method: Method,
    /// The fitted probability from which on a case is classified as having the outcome.
    pub cut: f64,
    /// Folds of the cross-validated ridge fit for prediction; `None` where none is asked for.
    pub prediction_folds: Option<usize>,
    /// Weights for those who were lost at the outcome's wave.
    pub weights: Option<Weights>,
}

impl Asked for Model {
    fn columns(&self) -> Vec<&Column> {
        let cluster = match &self.cluster {
            Some(Cluster::Column(column)) => Some(column),
            Some(Cluster::Respondent) | None => None,
        };
        let only = self.only.iter().flat_map(|only| &only.columns);
        let weights = self.weights.iter().flat_map(Weights::columns);
        self.shown().into_iter().chain(only).chain(weights).chain(cluster).collect()
    }

    fn shown(&self) -> Vec<&Column> {
        std::iter::once(&self.outcome).chain(self.terms.iter().map(|term| &term.column)).collect()
    }

    fn drawn(&self) -> Vec<&str> {
        self.terms.iter().map(|term| term.column.item.name.as_str()).collect()
    }

    fn only(&self) -> Option<&Sql> {
        self.only.as_ref()
    }

    fn weights(&self) -> Option<&str> {
        self.weights.as_ref().map(|weights| weights.analysis.as_str())
    }

    fn lost_at(&self) -> Option<&str> {
        self.weights.as_ref().map(|weights| weights.attrition.wave.as_str())
    }

    fn can_be_primary(&self) -> bool {
        true
    }

    fn level(&self) -> Option<f64> {
        Some(self.level)
    }

    fn cluster(&self) -> Option<&Cluster> {
        self.cluster.as_ref()
    }

    fn about(&self) -> String {
        let names: Vec<&str> = self.terms.iter().map(|term| term.column.name.as_str()).collect();
        format!("logistic regression of {} on {}", self.outcome.name, names.join(", "))
    }
}

impl Told for Model {
    fn told(&self, teller: &Teller<'_>) -> String {
        let terms = teller.labels(self.terms.iter().map(|term| &term.column));
        teller.say("origin.model", &[("outcome", teller.label(&self.outcome)), ("terms", terms)])
    }
}

impl Question for Model {
    fn answers(&self) -> Answers<'_> {
        Answers::Patterns(self)
    }
}
