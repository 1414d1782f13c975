//! Who was eligible, seen, lost or elsewhere at each wave: what every cohort of several waves is asked.

mod notebook;
mod numbers;

pub use notebook::STAGE;

use std::sync::Arc;

use serde::Serialize;

use super::{Answers, Question, Registered};
use crate::evaluation::Asked;
use crate::plan::{Cohort, CohortUnit, Column};
use crate::report::{Teller, Told};

pub static KIND: Registered = Registered::of(&[&STAGE]);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Followup;

/// The question, where the rows of a cohort are respondents who can be followed up.
pub fn of_cohort(cohort: &Cohort) -> Option<Arc<dyn Question>> {
    let can_be_lost = cohort.unit == CohortUnit::Respondent && cohort.waves.len() > 1;
    can_be_lost.then(|| Arc::new(Followup) as Arc<dyn Question>)
}

impl Asked for Followup {
    fn columns(&self) -> Vec<&Column> {
        Vec::new()
    }

    fn shown(&self) -> Vec<&Column> {
        Vec::new()
    }

    fn reads_states(&self) -> bool {
        true
    }

    fn is_undeclared(&self) -> bool {
        true
    }

    fn about(&self) -> String {
        "who was seen at each wave".to_owned()
    }
}

impl Told for Followup {
    fn told(&self, teller: &Teller<'_>) -> String {
        teller.say("origin.followup", &[])
    }
}

impl Question for Followup {
    fn answers(&self) -> Answers<'_> {
        Answers::Patterns(self)
    }
}
