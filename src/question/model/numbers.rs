//! Logistic regression of a cohort's patterns, with weights for those who were lost and a ridge fit where they are asked for.

use std::collections::BTreeMap;

use super::Model;
use crate::describe::standings;
use crate::estimate::{self, Condition, Estimate, Group, Kind, Subject, Value};
use crate::evaluation::Asked;
use crate::model::{self, Covariate, CovariateValues, LEVEL_CASES, LEVEL_EVENTS, ModelData, N_MISSING};
use crate::notebook::{CLUSTER, WEIGHTED};
use crate::plan::{Cluster, Cohort, Term};
use crate::question::answer::{Ground, OfPatterns, Unanswered, codes, event, only_column};
use crate::question::attrition::weighing::{response_columns, with_weights};
use crate::question::attrition::{Attrition, Weights};
use crate::question::patterns::{PatternTable, Sheet, answers, cells, names, with_terms};
use crate::tally::{PatternColumn, Patterns, Values};

impl OfPatterns for Model {
    fn margins(&self, id: &str, cohort: &Cohort) -> Vec<Vec<String>> {
        let own = model_columns(id, self);
        let mut margins = vec![own.clone()];
        if let Some(Weights { attrition, .. }) = &self.weights {
            margins.push(response_columns(attrition, cohort));
            margins.push(with_weights(own, attrition, cohort));
        }
        margins
    }

    fn response(&self) -> Option<&Attrition> {
        self.weights.as_ref().map(|weights| &weights.attrition)
    }

    fn numbers(&self, ground: &Ground<'_>) -> Result<Vec<Estimate>, Unanswered> {
        let id = ground.id;
        let patterns = ground.tallied.of(&model_columns(id, self));
        let asked = model_rows(id, self, patterns);
        let complete = complete_rows(self, patterns, &asked);
        let total = |rows: &[usize]| -> u64 { rows.iter().map(|row| patterns.frequency[*row]).sum() };
        let missing = total(&asked) - total(&complete);
        let data = model_data(id, self, patterns, &complete)?;

        let subject = |kind: Kind| Subject {
            analysis: id.to_owned(),
            kind,
            group: Group::default(),
            variable: self.outcome.name.as_str().into(),
        };
        let options = model::Options {
            level: self.level,
            convention: self.convention,
            compare: self.compare,
            method: self.method,
            classification_cut: self.cut,
            steps: self.steps(),
            ..model::Options::default()
        };
        let mut values = model::analyse(&data, &options);
        let mut left_out = Value::new(&N_MISSING, missing as f64).n(total(&asked));
        if complete.is_empty() {
            left_out = left_out.conditions([Condition::new("no_cases", "")]);
        }
        values.push(left_out);
        values.extend(levels(&data));
        if let Some(response) = self.response() {
            let weights = ground.weights(response)?;
            values.extend(weights.model(ground.tallied, (id, self), &options)?);
        }
        let mut estimates = subject(Kind::Model).estimates(values);
        if let Some(folds) = self.prediction_folds {
            let options = model::PredictionOptions { folds, ..model::PredictionOptions::default() };
            estimates.extend(subject(Kind::Prediction).estimates(model::predict(&data, &options)));
        }
        Ok(estimates)
    }

    fn tables(&self, ground: &Ground<'_>) -> Result<Vec<PatternTable>, Unanswered> {
        let own = model_columns(ground.id, self);
        let patterns = ground.tallied.of(&own);
        let rows = model_rows(ground.id, self, patterns);
        let columns = names(self.shown().into_iter());
        let mut tables = vec![sheet(self, patterns, rows, &columns).table(ground.id, "")?];
        if let Some(Weights { attrition, .. }) = &self.weights {
            let patterns = ground.tallied.of(&with_weights(own, attrition, ground.cohort));
            let standings = standings(ground.cohort, &attrition.wave, patterns);
            let mut rows = model_rows(ground.id, self, patterns);
            rows.retain(|row| standings[*row].eligible && standings[*row].seen);
            let columns = with_terms(columns, attrition);
            tables.push(sheet(self, patterns, rows, &columns).table(ground.id, WEIGHTED)?);
        }
        Ok(tables)
    }
}

/// The columns that a model is counted over.
pub fn model_columns(analysis: &str, model: &Model) -> Vec<String> {
    let mut columns = vec![model.outcome.name.clone()];
    columns.extend(model.terms.iter().map(|term| term.column.name.clone()));
    match &model.cluster {
        Some(Cluster::Respondent) => columns.push("respondent".to_owned()),
        Some(Cluster::Column(column)) if !columns.contains(&column.name) => columns.push(column.name.clone()),
        _ => {}
    }
    if model.only.is_some() {
        columns.push(only_column(analysis));
    }
    columns
}

impl Model {
    /// For how many units more of its numbers the difference is told, where that is not one.
    pub(super) fn steps(&self) -> BTreeMap<String, f64> {
        let numbers = self.terms.iter().filter(|term| !term.column.item.is_coded());
        let steps = numbers.map(|term| (term.column.name.clone(), term.column.item.step()));
        steps.filter(|(_, step)| *step != 1.0).collect()
    }
}

/// How many cases and events stand behind each level of the coded covariates.
pub fn levels(data: &ModelData) -> Vec<Value> {
    let all = data.frequency().iter().sum::<f64>() as u64;
    let mut values = Vec::new();
    for covariate in data.covariates() {
        let CovariateValues::Factor { codes, levels, .. } = &covariate.values else { continue };
        for (level, name) in (0u32..).zip(levels) {
            let at = || (0..codes.len()).filter(|row| codes[*row] == level);
            let cases: f64 = at().map(|row| data.frequency()[row]).sum();
            let events: f64 = at().map(|row| data.frequency()[row] * data.outcome()[row]).sum();
            let term = estimate::Term::level(&covariate.name, name);
            values.push(Value::new(&LEVEL_CASES, cases).term(&term).n(all));
            values.push(Value::new(&LEVEL_EVENTS, events).term(term).n(all));
        }
    }
    values
}

/// The patterns that fulfil the model's condition.
pub fn model_rows(id: &str, model: &Model, patterns: &Patterns) -> Vec<usize> {
    let only = model.only.as_ref().and_then(|_| patterns.numbers(&only_column(id)));
    (0..patterns.len()).filter(|row| only.is_none_or(|holds| holds[*row] == 1.0)).collect()
}

/// The column that holds a model's clusters.
fn cluster_column(model: &Model) -> Option<&str> {
    match &model.cluster {
        None => None,
        Some(Cluster::Respondent) => Some("respondent"),
        Some(Cluster::Column(column)) => Some(column.name.as_str()),
    }
}

fn present(column: &PatternColumn, row: usize) -> bool {
    match &column.values {
        Values::Number(numbers) => !numbers[row].is_nan(),
        Values::Text(texts) => texts[row].is_some(),
    }
}

/// Those of `rows` on which nothing of the model is missing.
pub fn complete_rows(model: &Model, patterns: &Patterns, rows: &[usize]) -> Vec<usize> {
    let needed = std::iter::once(&model.outcome)
        .chain(model.terms.iter().map(|term| &term.column))
        .map(|column| column.name.as_str())
        .chain(cluster_column(model));
    let needed: Vec<Option<&PatternColumn>> = needed.map(|name| patterns.column(name)).collect();
    let complete =
        |row: &usize| needed.iter().all(|column| column.is_some_and(|column| present(column, *row)));
    rows.iter().copied().filter(complete).collect()
}

/// The model's data of some complete rows.
pub fn model_data(
    id: &str,
    model: &Model,
    patterns: &Patterns,
    rows: &[usize],
) -> Result<ModelData, Unanswered> {
    let pick = |name: &str| -> Vec<f64> {
        let values = patterns.numbers(name).unwrap_or_default();
        rows.iter().map(|row| values[*row]).collect()
    };
    let event = event(&model.outcome.item);
    let outcome = pick(&model.outcome.name).iter().map(|answer| f64::from(*answer == event)).collect();
    let frequency = rows.iter().map(|row| patterns.frequency[*row] as f64).collect();
    let cluster =
        cluster_column(model).and_then(|name| patterns.column(name)).map(|column| labels(column, rows));
    ModelData::new(outcome, frequency, cluster, covariates(&model.terms, pick))
        .map_err(|error| Unanswered(format!("{id}: {error}")))
}

/// The terms of a regression; `pick` gives the values of a column, one a row.
pub fn covariates(terms: &[Term], pick: impl Fn(&str) -> Vec<f64>) -> Vec<Covariate> {
    let of = |term: &Term| {
        let item = &term.column.item;
        let values = pick(&term.column.name);
        let levels = codes(item);
        // Every code in the store and of a derived variable is declared: checks and linkage see to it. One that is
        // not is out of range here, which the model refuses.
        let position = |code: f64| {
            levels.iter().position(|known| *known as f64 == code).map_or(u32::MAX, |place| place as u32)
        };
        let values = match item.is_coded() {
            false => CovariateValues::Numeric(values),
            true => CovariateValues::Factor {
                codes: values.iter().map(|code| position(*code)).collect(),
                reference: term.reference.map_or(0, |code| position(code as f64)),
                levels: levels.iter().map(i64::to_string).collect(),
            },
        };
        Covariate { name: term.column.name.clone(), values }
    };
    terms.iter().map(of).collect()
}

/// A number for each distinct cluster, in the order of their ids.
fn labels(column: &PatternColumn, rows: &[usize]) -> Vec<u32> {
    match &column.values {
        Values::Number(numbers) => {
            let mut known: Vec<f64> = rows.iter().map(|row| numbers[*row]).collect();
            known.sort_by(f64::total_cmp);
            known.dedup();
            rows.iter().map(|row| known.partition_point(|id| *id < numbers[*row]) as u32).collect()
        }
        Values::Text(texts) => {
            let mut known: Vec<&Option<String>> = rows.iter().map(|row| &texts[*row]).collect();
            known.sort();
            known.dedup();
            rows.iter().map(|row| known.partition_point(|id| *id < &texts[*row]) as u32).collect()
        }
    }
}

/// Some rows of a model's patterns, with its clusters.
fn sheet(model: &Model, patterns: &Patterns, rows: Vec<usize>, columns: &[String]) -> Sheet {
    let cluster = cluster_column(model);
    let mut sheet = Sheet::new(answers(columns).chain(cluster.map(|_| CLUSTER.to_owned())));
    let shown: Vec<&PatternColumn> = columns.iter().filter_map(|name| patterns.column(name)).collect();
    let clusters = cluster.and_then(|name| patterns.column(name)).map(|column| {
        let known: Vec<usize> = rows.iter().copied().filter(|row| present(column, *row)).collect();
        let mut numbers = vec![String::new(); patterns.len()];
        for (row, label) in known.iter().zip(labels(column, &known)) {
            numbers[*row] = (label + 1).to_string();
        }
        numbers
    });
    for row in rows {
        let mut cells: Vec<String> = shown.iter().flat_map(|column| cells(column, row)).collect();
        cells.extend(clusters.iter().map(|numbers| numbers[row].clone()));
        sheet.push(cells, patterns.frequency[row]);
    }
    sheet
}
