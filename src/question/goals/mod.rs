//! How far those who have a goal came with it, goal by goal and summed up.

mod keys;
mod notebook;
mod numbers;

pub use keys::GoalsWritten;
pub use notebook::STAGE;

use serde::Serialize;

use super::{Answers, Question, Registered};
use crate::evaluation::Asked;
use crate::plan::Column;
use crate::report::{Teller, Told};

pub static KIND: Registered = Registered::of(&[&STAGE]);

/// How far users came with their goals.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Goals {
    pub goals: Vec<Goal>,
    /// Each code of the ratings, which all goals share, and the level that it is read as: −2 to 2, 0 as expected.
    pub levels: Vec<(i64, i8)>,
    /// The correlation between a person's ratings, in [0, 1].
    pub rho: f64,
    /// Confidence level of intervals.
    pub level: f64,
}

/// A goal, with what it weighs in a person's score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Goal {
    /// The rating of its attainment; missing for those who do not have it.
    pub rating: Column,
    /// Above 0.
    pub weight: f64,
}

impl Asked for Goals {
    fn columns(&self) -> Vec<&Column> {
        self.goals.iter().map(|goal| &goal.rating).collect()
    }

    fn shown(&self) -> Vec<&Column> {
        self.columns()
    }

    fn level(&self) -> Option<f64> {
        Some(self.level)
    }

    fn about(&self) -> String {
        let names: Vec<&str> = self.goals.iter().map(|goal| goal.rating.name.as_str()).collect();
        format!("attainment of {}", names.join(", "))
    }
}

impl Told for Goals {
    fn told(&self, teller: &Teller<'_>) -> String {
        teller.say("origin.goals", &[("goals", teller.labels(self.columns()))])
    }
}

impl Question for Goals {
    fn answers(&self) -> Answers<'_> {
        Answers::Patterns(self)
    }
}
