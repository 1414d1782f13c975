//! Counts, shares and moments of variables, for everyone and by groups.

mod combined;
mod keys;
mod notebook;
mod numbers;
mod scores;

pub use combined::Combined;
pub use keys::DescribeWritten;
pub use notebook::STAGE;

use serde::Serialize;

use super::{Answers, Question, Registered};
use crate::evaluation::Asked;
use crate::figure::FigureSpec;
use crate::plan::Column;
use crate::report::{Teller, Told};
use crate::table::TableSpec;

pub static KIND: Registered = Registered::of(&[&STAGE]);

/// Counts, shares and moments of variables, for all and by groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Describe {
    pub variables: Vec<Column>,
    /// Each by itself, not crossed.
    pub by: Vec<Column>,
    /// Also counts each pair of (binary) variables.
    pub overlap: bool,
    /// Those of the variables that are scores, with their items.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<DescribedScore>,
    /// Answers that a table or figure shows counted together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub combined: Vec<Combined>,
}

/// A score at a wave, whose items are held against each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DescribedScore {
    /// The score's column.
    pub variable: String,
    /// The columns of its items, at the same wave.
    pub items: Vec<Column>,
    /// Whether each is turned round.
    pub reversed: Vec<bool>,
}

impl DescribedScore {
    /// The names of the items' columns.
    pub fn columns(&self) -> Vec<String> {
        self.items.iter().map(|item| item.name.clone()).collect()
    }
}

impl Asked for Describe {
    fn columns(&self) -> Vec<&Column> {
        let items = self.scores.iter().flat_map(|score| &score.items);
        self.variables.iter().chain(&self.by).chain(items).collect()
    }

    fn shown(&self) -> Vec<&Column> {
        self.variables.iter().chain(&self.by).collect()
    }

    fn counted(&self) -> Vec<&Column> {
        self.variables.iter().collect()
    }

    fn by(&self) -> &[Column] {
        &self.by
    }

    fn drawn(&self) -> Vec<&str> {
        self.variables.iter().map(|column| column.item.name.as_str()).collect()
    }

    fn can_be_primary(&self) -> bool {
        true
    }

    fn about(&self) -> String {
        let names: Vec<&str> = self.variables.iter().map(|column| column.name.as_str()).collect();
        format!("the distribution of {}", names.join(", "))
    }
}

impl Told for Describe {
    fn told(&self, teller: &Teller<'_>) -> String {
        let said = [("variables", teller.labels(&self.variables)), ("by", teller.by(&self.by))];
        teller.say("origin.describe", &said)
    }
}

impl Question for Describe {
    fn answers(&self) -> Answers<'_> {
        Answers::Patterns(self)
    }

    fn shown_in(&mut self, tables: &[&TableSpec], figures: &[&FigureSpec]) {
        self.combined = self.combined_in(tables, figures);
    }
}
