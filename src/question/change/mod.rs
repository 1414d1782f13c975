//! Paired change of variables between two waves, for everyone and by groups, and weighted for those who were lost.

mod keys;
mod notebook;
mod numbers;

pub use keys::ChangeWritten;
pub use notebook::STAGE;
pub use numbers::direction;

use serde::Serialize;

use super::attrition::Weights;
use super::{Answers, Question, Registered};
use crate::convention::Convention;
use crate::evaluation::Asked;
use crate::figure::{FLOWS, FigureSpec};
use crate::plan::{Column, Comparison};
use crate::report::{Teller, Told};
use crate::table::TableSpec;

pub static KIND: Registered = Registered::of(&[&STAGE]);

/// Paired change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    pub comparisons: Vec<Comparison>,
    pub by: Vec<Column>,
    /// Confidence level of intervals.
    pub level: f64,
    /// The program whose variants of the tests are computed.
    pub convention: Convention,
    /// Whether the variants of all programs are computed as well.
    pub compare: bool,
    /// For the comparisons whose later wave is that of the weights.
    pub weights: Option<Weights>,
    #[serde(skip_serializing_if = "Flows::are_of_nobody")]
    pub flows: Flows,
}

/// Of whom a figure draws who moved from which answer to which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub enum Flows {
    #[default]
    Nobody,
    Everyone,
    /// And of everyone.
    Groups,
}

impl Flows {
    fn are_of_nobody(&self) -> bool {
        *self == Flows::Nobody
    }
}

impl Asked for Change {
    fn columns(&self) -> Vec<&Column> {
        let pairs = self.comparisons.iter().flat_map(|comparison| [&comparison.before, &comparison.after]);
        self.by.iter().chain(pairs).chain(self.weights.iter().flat_map(Weights::columns)).collect()
    }

    fn shown(&self) -> Vec<&Column> {
        self.comparisons.iter().map(|comparison| &comparison.before).chain(&self.by).collect()
    }

    fn by(&self) -> &[Column] {
        &self.by
    }

    fn drawn(&self) -> Vec<&str> {
        self.comparisons.iter().map(|comparison| comparison.before.item.name.as_str()).collect()
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

    fn about(&self) -> String {
        let names: Vec<&str> =
            self.comparisons.iter().map(|comparison| comparison.variable.as_str()).collect();
        format!("change of {}", names.join(", "))
    }
}

impl Told for Change {
    fn told(&self, teller: &Teller<'_>) -> String {
        let variables = teller.labels(self.comparisons.iter().map(|comparison| &comparison.before));
        teller.say("origin.change", &[("variables", variables), ("by", teller.by(&self.by))])
    }
}

impl Question for Change {
    fn answers(&self) -> Answers<'_> {
        Answers::Patterns(self)
    }

    fn shown_in(&mut self, _tables: &[&TableSpec], figures: &[&FigureSpec]) {
        let drawn = figures.iter().filter(|figure| figure.kind.name == FLOWS);
        let of_groups = |figure: &&FigureSpec| figure.groups || figure.by.is_some();
        let flows = drawn.map(|one| if of_groups(one) { Flows::Groups } else { Flows::Everyone });
        self.flows = flows.max().unwrap_or_default();
    }
}

impl Change {
    /// The weights that concern a comparison: those of its later wave.
    fn weights_of(&self, comparison: &Comparison) -> Option<&Weights> {
        let concerned = |weights: &&Weights| comparison.after.wave.as_ref() == Some(&weights.attrition.wave);
        self.weights.as_ref().filter(concerned)
    }
}
