//! Tests that were declared to belong together, their p-values adjusted for multiple tests.

mod keys;
mod notebook;
mod numbers;

pub use keys::FamilyWritten;
pub use notebook::STAGE;

use serde::Serialize;

use super::{Answers, Question, Registered};
use crate::estimate::{Group, Variable};
use crate::evaluation::Asked;
use crate::plan::Column;
use crate::report::{Teller, Told};

pub static KIND: Registered = Registered::of(&[&STAGE]);

/// Tests that were declared to belong together, their p-values adjusted for multiple tests.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Family {
    /// The analyses that the tests are of, in order.
    pub of: Vec<String>,
    pub tests: Vec<Test>,
}

/// One test of a family: the comparison whose p-value it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Test {
    pub analysis: String,
    pub group: Group,
    /// `mental_health@w1>w2`
    pub variable: Variable,
    /// What is compared; its type says which test it is.
    pub before: Column,
    /// The variable that the group is made by.
    pub of_group: Option<Column>,
}

impl Asked for Family {
    fn columns(&self) -> Vec<&Column> {
        Vec::new()
    }

    fn shown(&self) -> Vec<&Column> {
        self.tests.iter().flat_map(|test| std::iter::once(&test.before).chain(&test.of_group)).collect()
    }

    fn subjects(&self) -> Vec<&Column> {
        Vec::new()
    }

    fn of(&self) -> &[String] {
        &self.of
    }

    fn about(&self) -> String {
        format!("{} tests of {} adjusted for multiple tests", self.tests.len(), self.of.join(", "))
    }
}

impl Told for Family {
    fn told(&self, teller: &Teller<'_>) -> String {
        teller.say("origin.family", &[("analyses", teller.listed(&self.of))])
    }
}

impl Question for Family {
    fn answers(&self) -> Answers<'_> {
        Answers::Estimates(self)
    }
}
