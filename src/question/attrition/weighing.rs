//! Each pattern's weight for those who were lost: the response model of an attrition, and what is weighted by it.

use std::collections::HashMap;

use super::Attrition;
use crate::attrition;
use crate::change::Scale;
use crate::change::weighted::{self, WeightedPairs, WeightedPairsError};
use crate::cohort;
use crate::describe::{Standing, standings};
use crate::estimate::{Condition, Value};
use crate::model::{self, ModelData};
use crate::plan::{Cohort, Column, Comparison, Term};
use crate::question::answer::{Unanswered, event, grouped, numbers_of};
use crate::question::model::{Model, complete_rows, covariates, model_columns, model_data, model_rows};
use crate::tally::{Patterns, Tallied};

/// The columns that an attrition is counted over: its terms, and where each member is at its wave.
pub fn response_columns(question: &Attrition, cohort: &Cohort) -> Vec<String> {
    with_weights(question.terms.iter().map(|term| term.column.name.clone()).collect(), question, cohort)
}

/// `columns` with those that tell each row's weight, each once.
pub fn with_weights(mut columns: Vec<String>, question: &Attrition, cohort: &Cohort) -> Vec<String> {
    let terms = question.terms.iter().map(|term| term.column.name.clone());
    for name in terms.chain(cohort::wave_columns(cohort, &question.wave)) {
        if !columns.contains(&name) {
            columns.push(name);
        }
    }
    columns
}

/// The columns of a comparison.
pub fn pair(comparison: &Comparison) -> Vec<String> {
    vec![comparison.before.name.clone(), comparison.after.name.clone()]
}

/// What the response model is fitted to: the eligible whose terms are known.
pub struct Response {
    pub data: ModelData,
    /// For each row of the data, its row among the patterns.
    pub rows: Vec<usize>,
}

impl Response {
    /// # Errors
    /// On patterns that are not what the plan says.
    pub fn of(
        question: &Attrition,
        patterns: &Patterns,
        standings: &[Standing<'_>],
    ) -> Result<Response, model::ModelDataError> {
        let terms = terms_of(&question.terms, patterns);
        let complete = |row: usize| terms.iter().all(|values| !values[row].is_nan());
        let rows: Vec<usize> =
            (0..patterns.len()).filter(|row| standings[*row].eligible && complete(*row)).collect();
        let pick = |name: &str| -> Vec<f64> {
            let values = patterns.numbers(name).unwrap_or_default();
            rows.iter().map(|row| values[*row]).collect()
        };
        let outcome = rows.iter().map(|row| f64::from(u8::from(standings[*row].seen))).collect();
        let frequency = rows.iter().map(|row| patterns.frequency[*row] as f64).collect();
        let data = ModelData::new(outcome, frequency, None, covariates(&question.terms, pick))?;
        Ok(Response { data, rows })
    }
}

fn terms_of<'p>(terms: &[Term], patterns: &'p Patterns) -> Vec<&'p [f64]> {
    terms.iter().map(|term| patterns.numbers(&term.column.name).unwrap_or_default()).collect()
}

/// The answers to the terms as a key: equal numbers have equal bits, but for the two zeros.
fn key(terms: &[&[f64]], row: usize) -> Vec<u64> {
    terms.iter().map(|values| (values[row] + 0.0).to_bits()).collect()
}

/// The weight of each pattern of the terms.
pub struct PatternWeights<'a> {
    pub question: &'a Attrition,
    cohort: &'a Cohort,
    pub response: Response,
    /// One a row of the response's data; or why there are no weights.
    pub fitted: Result<attrition::Weights, Condition>,
    /// Answers to the terms → weight of a person followed up.
    of_terms: HashMap<Vec<u64>, f64>,
}

impl<'a> PatternWeights<'a> {
    /// Fits the response model of an attrition.
    ///
    /// # Errors
    /// [`Unanswered`] where the patterns are not what the plan says.
    pub fn of(
        question: &'a Attrition,
        cohort: &'a Cohort,
        tallied: &Tallied,
    ) -> Result<PatternWeights<'a>, Unanswered> {
        let patterns = tallied.of(&response_columns(question, cohort));
        let standings = standings(cohort, &question.wave, patterns);
        let response = Response::of(question, patterns, &standings)
            .map_err(|error| Unanswered(format!("weights of {}: {error}", question.wave)))?;
        let terms = terms_of(&question.terms, patterns);
        let fitted = attrition::Weights::of(&response.data, question.truncate);
        let of_rows = fitted.iter().flat_map(|weights| response.rows.iter().zip(&weights.of_row));
        let of_terms = of_rows.filter_map(|(row, weight)| Some((key(&terms, *row), (*weight)?))).collect();
        Ok(PatternWeights { question, cohort, response, fitted, of_terms })
    }

    /// Which of `rows` have a weight, with it: those followed up whose terms are known; nobody, with the reason, where there are no
    /// weights. `patterns` are over [`with_weights`].
    fn of_rows(&self, patterns: &Patterns, rows: &[usize]) -> (Vec<(usize, f64)>, Option<Condition>) {
        if let Err(reason) = &self.fitted {
            return (Vec::new(), Some(Condition::new("no_weights", reason.code.as_str())));
        }
        let standings = standings(self.cohort, &self.question.wave, patterns);
        let terms = terms_of(&self.question.terms, patterns);
        let followed = rows.iter().copied().filter(|row| standings[*row].seen && standings[*row].eligible);
        let found = followed.filter_map(|row| Some((row, *self.of_terms.get(&key(&terms, row))?)));
        (found.collect(), None)
    }

    /// Weighted change of a comparison, of everyone or of the group (column and code).
    ///
    /// # Errors
    /// On pairs that cannot be weighted, which the plan rules out.
    pub fn change(
        &self,
        tallied: &Tallied,
        (comparison, group): (&Comparison, Option<(&Column, f64)>),
        scale: Scale,
        level: f64,
    ) -> Result<Vec<Value>, WeightedPairsError> {
        let columns = with_weights(pair(comparison), self.question, self.cohort);
        let (patterns, keep) = grouped(tallied, columns, group);
        let (before, after) = (numbers_of(&patterns.columns[0]), numbers_of(&patterns.columns[1]));
        let rows: Vec<usize> = (0..patterns.len())
            .filter(|row| keep[*row] && !before[*row].is_nan() && !after[*row].is_nan())
            .collect();
        let (found, reason) = self.of_rows(patterns, &rows);
        let pick = |values: &[f64]| found.iter().map(|(row, _)| values[*row]).collect::<Vec<f64>>();
        let weight: Vec<f64> = found.iter().map(|(_, weight)| *weight).collect();
        let frequency: Vec<u64> = found.iter().map(|(row, _)| patterns.frequency[*row]).collect();
        let pairs = WeightedPairs::new(&pick(before), &pick(after), &weight, &frequency)?;
        let values = match scale {
            Scale::Binary => weighted::share_change(&pairs, event(&comparison.before.item), level),
            Scale::Ordinal | Scale::Numeric => weighted::mean_change(&pairs, level),
        };
        Ok(self.told(values, reason))
    }

    /// The weighted fit of a model on its complete rows that have a weight.
    ///
    /// # Errors
    /// [`Unanswered`] where the patterns are not what the plan says.
    pub fn model(
        &self,
        tallied: &Tallied,
        (id, model): (&str, &Model),
        options: &model::Options,
    ) -> Result<Vec<Value>, Unanswered> {
        let patterns = tallied.of(&with_weights(model_columns(id, model), self.question, self.cohort));
        let complete = complete_rows(model, patterns, &model_rows(id, model, patterns));
        let (found, reason) = self.of_rows(patterns, &complete);
        let (rows, weight): (Vec<usize>, Vec<f64>) = found.into_iter().unzip();
        let data = model_data(id, model, patterns, &rows)?;
        let values = model::weighted::analyse(&data, &weight, options)
            .map_err(|error| Unanswered(format!("{id}, weighted: {error}")))?;
        Ok(self.told(values, reason))
    }

    /// Without weights that is the reason of every weighted number; with them it has the response model's conditions.
    fn told(&self, values: Vec<Value>, reason: Option<Condition>) -> Vec<Value> {
        let told = |mut value: Value| {
            match &reason {
                Some(reason) => value.conditions = vec![reason.clone()],
                None => {
                    value.conditions.extend(self.fitted.iter().flat_map(|weights| weights.conditions.clone()))
                }
            }
            value.conditions.sort();
            value.conditions.dedup();
            value
        };
        values.into_iter().map(told).collect()
    }
}
