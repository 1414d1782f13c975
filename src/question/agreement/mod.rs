//! Change as it was rated against change as the answers differ.

mod keys;
mod notebook;
mod numbers;

pub use keys::AgreementWritten;
pub use notebook::STAGE;

use serde::Serialize;

use super::{Answers, Question, Registered};
use crate::evaluation::Asked;
use crate::plan::{Column, Comparison};
use crate::report::{Teller, Told};

pub static KIND: Registered = Registered::of(&[&STAGE]);

/// Change as it was rated against change as the answers differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// The answers that are differenced; their item says which direction is better.
    pub comparison: Comparison,
    /// The item by which change was rated, at the later wave.
    pub rated: Column,
    /// Each code of the rating, and what it says: 1 better, 0 unchanged, −1 worse.
    pub levels: Vec<(i64, i8)>,
    /// Confidence level of intervals.
    pub level: f64,
}

impl Asked for Agreement {
    fn columns(&self) -> Vec<&Column> {
        vec![&self.comparison.before, &self.comparison.after, &self.rated]
    }

    fn shown(&self) -> Vec<&Column> {
        vec![&self.comparison.before, &self.rated]
    }

    fn level(&self) -> Option<f64> {
        Some(self.level)
    }

    fn about(&self) -> String {
        format!("agreement of {} with change of {}", self.rated.name, self.comparison.variable)
    }
}

impl Told for Agreement {
    fn told(&self, teller: &Teller<'_>) -> String {
        let [variable, rated] = [&self.comparison.before, &self.rated].map(|column| teller.label(column));
        teller.say("origin.agreement", &[("variable", variable), ("rated", rated)])
    }
}

impl Question for Agreement {
    fn answers(&self) -> Answers<'_> {
        Answers::Patterns(self)
    }
}
