//! The followed and the lost compared, and the model of who was followed up.

use super::Attrition;
use super::weighing::response_columns;
use crate::attrition::ATTRITION_N_MISSING;
use crate::attrition::{self, balance};
use crate::describe::{Distribution, Standing, standings};
use crate::estimate::{Estimate, Group, Kind, Subject, Value};
use crate::model;
use crate::notebook::FOLLOWED;
use crate::plan::Cohort;
use crate::question::answer::{Ground, OfPatterns, Unanswered, codes, numbers_of};
use crate::question::model::levels;
use crate::question::patterns::{PatternTable, Sheet, answers, cells, names};
use crate::tally::PatternColumn;

impl OfPatterns for Attrition {
    fn margins(&self, _id: &str, cohort: &Cohort) -> Vec<Vec<String>> {
        vec![response_columns(self, cohort)]
    }

    fn response(&self) -> Option<&Attrition> {
        Some(self)
    }

    fn numbers(&self, ground: &Ground<'_>) -> Result<Vec<Estimate>, Unanswered> {
        let patterns = ground.tallied.of(&response_columns(self, ground.cohort));
        let standings = standings(ground.cohort, &self.wave, patterns);
        let total = |counts: &dyn Fn(Standing<'_>) -> bool| -> u64 {
            let rows = standings.iter().zip(&patterns.frequency);
            rows.filter(|(standing, _)| counts(**standing)).map(|(_, times)| times).sum()
        };
        let subject = |variable: &str| Subject {
            analysis: ground.id.to_owned(),
            kind: Kind::Attrition,
            group: Group::default(),
            variable: variable.into(),
        };
        let followed = total(&|standing| standing.seen);
        let eligible = total(&|standing| standing.eligible);
        let mut estimates = subject(&self.wave).estimates(attrition::counts(followed, eligible - followed));
        for term in &self.terms {
            let column = &term.column;
            let Some(answers) = patterns.column(&column.name) else { continue };
            let of = |seen: bool| {
                Distribution::new(numbers_of(answers), &answers.reasons, &patterns.frequency, |row| {
                    standings[row].eligible && standings[row].seen == seen
                })
            };
            let values = match column.item.is_coded() {
                true => balance::coded(&of(true), &of(false), &codes(&column.item)),
                false => balance::numeric(&of(true), &of(false)),
            };
            estimates.extend(subject(&column.name).estimates(values));
        }
        let weights = ground.weights(self)?;
        let response = &weights.response;
        let options = model::Options { level: self.level, ..model::Options::default() };
        let mut values = model::analyse(&response.data, &options);
        let n: u64 = response.rows.iter().map(|row| patterns.frequency[*row]).sum();
        values.push(Value::new(&ATTRITION_N_MISSING, (eligible - n) as f64).n(eligible));
        values.extend(levels(&response.data));
        values.extend(match &weights.fitted {
            Ok(weights) => weights.values(),
            Err(reason) => attrition::absent_weights(reason),
        });
        estimates.extend(subject(&self.wave).estimates(values));
        Ok(estimates)
    }

    fn tables(&self, ground: &Ground<'_>) -> Result<Vec<PatternTable>, Unanswered> {
        let patterns = ground.tallied.of(&response_columns(self, ground.cohort));
        let standings = standings(ground.cohort, &self.wave, patterns);
        let terms = names(self.terms.iter().map(|term| &term.column));
        let shown: Vec<&PatternColumn> = terms.iter().filter_map(|name| patterns.column(name)).collect();
        let mut sheet = Sheet::new(answers(&terms).chain([FOLLOWED.to_owned()]));
        for row in (0..patterns.len()).filter(|row| standings[*row].eligible) {
            let mut cells: Vec<String> = shown.iter().flat_map(|column| cells(column, row)).collect();
            cells.push(u8::from(standings[row].seen).to_string());
            sheet.push(cells, patterns.frequency[row]);
        }
        Ok(vec![sheet.table(ground.id, "")?])
    }
}
