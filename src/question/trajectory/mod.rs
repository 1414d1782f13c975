//! Where everybody stands at each wave, for everyone and by groups, and who flows from where to where.

mod keys;
mod notebook;
mod numbers;

pub use keys::TrajectoryWritten;
pub use notebook::STAGE;

use serde::Serialize;

use super::{Answers, Question, Registered};
use crate::evaluation::Asked;
use crate::plan::Column;
use crate::report::{Teller, Told};

pub static KIND: Registered = Registered::of(&[&STAGE]);

/// Where everybody stands at each wave, for all and by groups, and who flows from where to where.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trajectory {
    pub courses: Vec<Course>,
    /// Groups of the numbers at each wave; the flow is of everyone.
    pub by: Vec<Column>,
    /// Whether the flow between the answers of coded variables is asked for.
    pub flow: bool,
    /// Whether only those with an answer at all of the waves are let in, by variable.
    pub complete: bool,
    /// Confidence level of intervals.
    pub level: f64,
}

/// One variable at several waves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Course {
    /// The variable without a wave.
    pub variable: String,
    /// In the order of the waves.
    pub at: Vec<Column>,
}

impl Asked for Trajectory {
    fn columns(&self) -> Vec<&Column> {
        self.courses.iter().flat_map(|course| &course.at).chain(&self.by).collect()
    }

    fn shown(&self) -> Vec<&Column> {
        self.columns()
    }

    fn counted(&self) -> Vec<&Column> {
        match self.complete {
            true => Vec::new(),
            false => self.courses.iter().flat_map(|course| &course.at).collect(),
        }
    }

    fn by(&self) -> &[Column] {
        &self.by
    }

    fn drawn(&self) -> Vec<&str> {
        self.courses.iter().map(|course| course.variable.as_str()).collect()
    }

    fn reads_states(&self) -> bool {
        true
    }

    fn level(&self) -> Option<f64> {
        Some(self.level)
    }

    fn about(&self) -> String {
        let who =
            if self.complete { "of those with an answer at all of the waves" } else { "of all who answered" };
        format!("the trajectories of {}, {who}", self.drawn().join(", "))
    }
}

impl Told for Trajectory {
    fn told(&self, teller: &Teller<'_>) -> String {
        let courses = teller.labels(self.courses.iter().filter_map(|course| course.at.first()));
        teller.say("origin.trajectory", &[("variables", courses), ("by", teller.by(&self.by))])
    }
}

impl Question for Trajectory {
    fn answers(&self) -> Answers<'_> {
        Answers::Patterns(self)
    }
}
