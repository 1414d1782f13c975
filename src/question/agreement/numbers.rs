//! Agreement of change as it was rated with change as the answers differ.

use super::Agreement;
use crate::change::agreement::{N_UNDIFFERENCED, N_UNRATED, RATED_LEVEL, agreement, differenced};
use crate::change::{Direction, Pairs, Scale};
use crate::estimate::{Estimate, Group, Kind, Subject, Term, Value};
use crate::plan::Cohort;
use crate::question::answer::{Ground, OfPatterns, Unanswered, level_of, numbers_of};
use crate::question::attrition::weighing::pair;
use crate::question::change::direction;

/// Worse, unchanged, better.
const LEVELS: [f64; 3] = [-1.0, 0.0, 1.0];

/// What the differenced answers and the rating are counted over.
fn columns(question: &Agreement) -> Vec<String> {
    let mut columns = pair(&question.comparison);
    columns.push(question.rated.name.clone());
    columns
}

impl OfPatterns for Agreement {
    fn margins(&self, _id: &str, _cohort: &Cohort) -> Vec<Vec<String>> {
        vec![columns(self)]
    }

    fn numbers(&self, ground: &Ground<'_>) -> Result<Vec<Estimate>, Unanswered> {
        let id = ground.id;
        let internal = |error: &dyn std::fmt::Display| Unanswered(format!("{id}: {error}"));
        let patterns = ground.tallied.of(&columns(self));
        let [before, after, rated] = [0, 1, 2].map(|place| numbers_of(&patterns.columns[place]));
        let better = direction(&self.comparison.before.item);
        let differences = differenced(before, after, better)
            .ok_or_else(|| internal(&"the plan lets nothing be differenced without a better direction"))?;
        let (mut given, mut found, mut frequency) = (Vec::new(), Vec::new(), Vec::new());
        let (mut unrated, mut undifferenced) = (0, 0);
        for (row, &times) in patterns.frequency.iter().enumerate() {
            let paired = !before[row].is_nan() && !after[row].is_nan();
            match (level_of(&self.levels, rated[row]), paired) {
                (Some(level), true) => {
                    given.push(f64::from(level));
                    found.push(differences[row]);
                    frequency.push(times);
                }
                (None, true) => unrated += times,
                (Some(_), false) => undifferenced += times,
                (None, false) => {}
            }
        }
        let ratings = Pairs::new(&given, &found, &frequency, Scale::Ordinal, Direction::Higher, &LEVELS)
            .map_err(|error| internal(&error))?;
        let mut values = agreement(&ratings, self.level);
        let n = ratings.n();
        values.push(Value::new(&N_UNRATED, unrated as f64).n(n + unrated));
        values.push(Value::new(&N_UNDIFFERENCED, undifferenced as f64).n(n + undifferenced));
        values.extend(self.levels.iter().map(|(code, level)| {
            Value::new(&RATED_LEVEL, f64::from(*level)).term(Term::level(&self.rated.name, code))
        }));
        let subject = Subject {
            analysis: id.to_owned(),
            kind: Kind::Agreement,
            group: Group::default(),
            variable: self.comparison.variable.clone(),
        };
        Ok(subject.estimates(values))
    }
}
