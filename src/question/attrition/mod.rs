//! Who was lost at a wave: the followed and the lost compared, and weights by which the followed stand for all who were due.

mod keys;
mod notebook;
mod numbers;
pub mod weighing;

pub use keys::{AttritionWritten, weights};
pub use notebook::{STAGE, said_of_weights, weights_of};
pub use weighing::PatternWeights;

use serde::Serialize;

use super::{Answers, Question, Registered};
use crate::evaluation::Asked;
use crate::plan::{Column, Term};
use crate::report::{Teller, Told};

pub static KIND: Registered = Registered::of(&[&STAGE]);

/// Who was lost at a wave: the followed and the lost compared, and weights by which the followed stand for all who were due.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attrition {
    /// The wave at which someone was followed up or lost.
    pub wave: String,
    /// What the two are compared on, and what the probability of being followed up is modelled by: known before that wave.
    pub terms: Vec<Term>,
    /// The quantiles of the weights, lower and upper, beyond which a weight is set to the quantile.
    pub truncate: [f64; 2],
    /// Confidence level of the response model's intervals.
    pub level: f64,
}

/// The weights that an analysis gives beside its unweighted numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weights {
    /// The analysis that they come from: `attrition.w24`.
    pub analysis: String,
    pub attrition: Attrition,
}

impl Asked for Attrition {
    fn columns(&self) -> Vec<&Column> {
        self.terms.iter().map(|term| &term.column).collect()
    }

    fn shown(&self) -> Vec<&Column> {
        self.columns()
    }

    fn lost_at(&self) -> Option<&str> {
        Some(&self.wave)
    }

    fn level(&self) -> Option<f64> {
        Some(self.level)
    }

    fn about(&self) -> String {
        let names: Vec<&str> = self.terms.iter().map(|term| term.column.name.as_str()).collect();
        format!("who was lost at {}, by {}", self.wave, names.join(", "))
    }
}

impl Told for Attrition {
    fn told(&self, teller: &Teller<'_>) -> String {
        let terms = teller.labels(self.columns());
        teller.say("origin.attrition", &[("wave", teller.wave(&self.wave)), ("terms", terms)])
    }
}

impl Question for Attrition {
    fn answers(&self) -> Answers<'_> {
        Answers::Patterns(self)
    }
}

impl Weights {
    /// The columns that they are made of.
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        self.attrition.terms.iter().map(|term| &term.column)
    }
}
