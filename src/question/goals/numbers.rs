//! How far those who have a goal came with it, goal by goal and summed up.

use super::Goals;
use crate::change::attainment::{self, GOAL_LEVEL, of_goal, t_scores};
use crate::estimate::{Estimate, Group, Kind, Subject, Value};
use crate::plan::Cohort;
use crate::question::answer::{Ground, OfPatterns, Unanswered, level_of, numbers_of};
use crate::question::patterns::names;

fn columns(question: &Goals) -> Vec<String> {
    names(question.goals.iter().map(|goal| &goal.rating))
}

impl OfPatterns for Goals {
    fn margins(&self, _id: &str, _cohort: &Cohort) -> Vec<Vec<String>> {
        vec![columns(self)]
    }

    fn numbers(&self, ground: &Ground<'_>) -> Result<Vec<Estimate>, Unanswered> {
        let internal = |error: attainment::GoalsError| Unanswered(format!("{}: {error}", ground.id));
        let names = columns(self);
        let patterns = ground.tallied.of(&names);
        let ratings: Vec<&[f64]> = patterns.columns.iter().map(numbers_of).collect();
        let level = |code: f64| level_of(&self.levels, code);
        let (mut attained, mut weights) = (Vec::new(), Vec::new());
        for row in 0..patterns.len() {
            attained.extend(ratings.iter().map(|rating| level(rating[row])));
            weights.extend(self.goals.iter().map(|goal| goal.weight));
        }
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        let goals =
            attainment::Goals::new(&known, &attained, &weights, &patterns.frequency).map_err(internal)?;
        let subject = |variable: &str| Subject {
            analysis: ground.id.to_owned(),
            kind: Kind::Goals,
            group: Group::default(),
            variable: variable.into(),
        };
        let mut estimates = Vec::new();
        for (place, name) in names.iter().enumerate() {
            let mut values = of_goal(&goals, place);
            let codes = &self.goals[place].rating.item.codes;
            let read = codes.iter().filter_map(|code| Some((code.code, level(code.code as f64)?)));
            values.extend(
                read.map(|(code, level)| Value::new(&GOAL_LEVEL, f64::from(level)).term(code.to_string())),
            );
            estimates.extend(subject(name).estimates(values));
        }
        estimates.extend(subject("").estimates(t_scores(&goals, self.rho, self.level).map_err(internal)?));
        Ok(estimates)
    }
}
