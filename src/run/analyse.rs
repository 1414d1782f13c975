//! Analyses of the plan → the stages that answer them: which columns each reads, and its numbers from their patterns.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use polars::prelude::DataFrame;
use rayon::prelude::*;

use super::RunError;
use super::attrition::{self, PatternWeights};
use super::patterns::{self, PatternTable};
use crate::change::{self, Convention, Direction, Pairs, Reliability, ReliabilityError, Scale, Spread};
use crate::cohort::{self, Forms, reason_of};
use crate::describe::{self, Distribution};
use crate::dictionary::{Better, Item, ItemType};
use crate::estimate::{Condition, Estimate, Kind, Reveals, Statistic, Subject, Value};
use crate::model::{self, Covariate, CovariateValues, ModelData};
use crate::plan::{
    Analysis, Change, Cluster, Cohort, Column, Comparison, Describe, Model, Plan, Question, Term, Wave,
    Weights,
};
use crate::store::{Store, bridge};
use crate::tally::{self, PatternColumn, Patterns, Values};

/// Cases that a model leaves out.
pub static N_MISSING: Statistic = Statistic {
    name: "n_missing",
    reveals: Reveals::Count,
    about: "Rows of the cohort that a model leaves out because a variable of the model is missing.",
    source: "complete-case analysis",
};

/// Cases at each level of a coded covariate.
pub static LEVEL_CASES: Statistic = Statistic {
    name: "level_cases",
    reveals: Reveals::Count,
    about: "Cases of the model at the level that the term names.",
    source: "counting",
};
/// Events at each level of a coded covariate.
pub static LEVEL_EVENTS: Statistic = Statistic {
    name: "level_events",
    reveals: Reveals::Count,
    about: "Cases of the model at the level that the term names whose outcome is the event.",
    source: "counting",
};

/// The numbers of some analyses of one cohort, in the analyses' order, and the cohort's rows.
pub struct Answers {
    pub rows: u64,
    /// Wave → forms of respondents who are no members.
    pub unlinked: BTreeMap<String, u64>,
    pub estimates: Vec<Vec<Estimate>>,
    /// The pattern tables that each was answered from.
    pub tables: Vec<Vec<PatternTable>>,
}

/// Links, tallies and answers.
///
/// # Errors
/// As [`count`].
pub fn answer(
    plan: &Plan,
    cohort: &Arc<Cohort>,
    analyses: &[&Analysis],
    stores: &Stores,
) -> Result<Answers, RunError> {
    let tallied = count(plan, cohort, analyses, stores)?;
    let estimates = analyses
        .par_iter()
        .map(|analysis| numbers(analysis, cohort, &plan.waves, &tallied))
        .collect::<Result<Vec<_>, RunError>>()?;
    let tables = analyses
        .par_iter()
        .map(|analysis| patterns::tables(analysis, cohort, &tallied))
        .collect::<Result<Vec<_>, RunError>>()?;
    Ok(Answers { rows: tallied.of(&[]).total(), unlinked: tallied.unlinked, estimates, tables })
}

/// Links and tallies: each bucket by itself, on any thread.
///
/// # Errors
/// [`RunError`] where the store cannot be read, an expression cannot be computed, or the cohort has nobody.
pub fn count(
    plan: &Plan,
    cohort: &Arc<Cohort>,
    analyses: &[&Analysis],
    stores: &Stores,
) -> Result<Tallied, RunError> {
    let columns = columns_read(analyses);
    let mut margins: BTreeSet<Vec<String>> = BTreeSet::from([Vec::new()]);
    for analysis in analyses {
        margins.extend(margins_of(analysis, cohort));
    }
    let margins: Vec<Vec<String>> = margins.into_iter().collect();

    let items = cohort::items_read(cohort, &columns);
    let store = stores.get(&cohort.instrument)?;
    let services = cohort
        .attach
        .iter()
        .map(|attach| stores.get(&attach.instrument)?.whole(&attach.variables))
        .collect::<Result<Vec<DataFrame>, RunError>>()?;
    let counts = (0..store.buckets())
        .into_par_iter()
        .map(|bucket| {
            let respondents = store.bucket(bucket, &items)?;
            let forms = Forms { respondents: &respondents, services: &services };
            let mut frame = cohort::link(cohort, &plan.waves, &forms, &columns)?;
            for analysis in analyses {
                if let Question::Model(model) = &analysis.question
                    && let Some(only) = &model.only
                {
                    let what = format!("`only` of `{}`", analysis.id);
                    frame = cohort::condition(frame, &what, only, &only_column(&analysis.id))?;
                }
            }
            let counts = margins
                .iter()
                .map(|margin| tally::count(&frame, margin).map_err(RunError::internal))
                .collect::<Result<Vec<DataFrame>, RunError>>()?;
            Ok((counts, cohort::unlinked(cohort, &respondents)?))
        })
        .collect::<Result<Vec<_>, RunError>>()?;
    let mut unlinked: BTreeMap<String, u64> = BTreeMap::new();
    for (wave, forms) in counts.iter().flat_map(|(_, unlinked)| unlinked) {
        *unlinked.entry(wave.clone()).or_default() += forms;
    }
    let patterns = (0..margins.len())
        .into_par_iter()
        .map(|position| {
            let of_buckets: Vec<DataFrame> =
                counts.iter().map(|(bucket, _)| bucket[position].clone()).collect();
            tally::add(&of_buckets, &margins[position]).map_err(RunError::internal)
        })
        .collect::<Result<Vec<Patterns>, RunError>>()?;
    let tallied = Tallied { margins, patterns, unlinked };
    match tallied.of(&[]).total() {
        0 => Err(RunError::EmptyCohort { cohort: cohort.id.clone(), why: why_empty(cohort) }),
        _ => Ok(tallied),
    }
}

fn why_empty(cohort: &Cohort) -> String {
    match &cohort.only {
        Some(only) => format!("no row fulfils its condition: {}", only.text),
        None => format!("no respondent has an assessment at its first wave, {}", cohort.waves[0]),
    }
}

/// The stores that a run reads.
pub struct Stores {
    pub stores: Vec<(String, Store)>,
}

/// One instrument's store, read as frames.
struct Instrument<'a>(&'a Store);

impl Stores {
    fn get(&self, instrument: &str) -> Result<Instrument<'_>, RunError> {
        let found = self.stores.iter().find(|(id, _)| id == instrument);
        found
            .map(|(_, store)| Instrument(store))
            .ok_or_else(|| RunError::Internal(format!("the store of `{instrument}` has not been opened")))
    }
}

impl Instrument<'_> {
    fn buckets(&self) -> usize {
        self.0.manifest().buckets.len()
    }

    fn bucket(&self, bucket: usize, items: &[String]) -> Result<DataFrame, RunError> {
        let mut columns = vec!["respondent".to_owned(), "wave".to_owned()];
        columns.extend(items.iter().flat_map(|item| [item.clone(), reason_of(item)]));
        let names: Vec<&str> = columns.iter().map(String::as_str).collect();
        let batch = self.0.bucket(bucket, &names)?;
        bridge::to_polars(&batch).map_err(RunError::internal)
    }

    fn whole(&self, items: &[String]) -> Result<DataFrame, RunError> {
        let mut all = self.bucket(0, items)?;
        for bucket in 1..self.buckets() {
            all.vstack_mut(&self.bucket(bucket, items)?).map_err(RunError::internal)?;
        }
        Ok(all)
    }
}

/// A cohort's pattern tables, by the columns that they are over.
pub struct Tallied {
    /// Wave → forms of respondents who are no members.
    unlinked: BTreeMap<String, u64>,
    margins: Vec<Vec<String>>,
    patterns: Vec<Patterns>,
}

impl Tallied {
    pub fn of(&self, columns: &[String]) -> &Patterns {
        match self.margins.iter().position(|margin| margin == columns) {
            Some(position) => &self.patterns[position],
            None => unreachable!("every margin that an analysis reads has been counted"),
        }
    }
}

/// The columns that analyses read, each once.
pub fn columns_read(analyses: &[&Analysis]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut add = |column: &Column| {
        if columns.iter().all(|known| known.name != column.name) {
            columns.push(column.clone());
        }
    };
    for analysis in analyses {
        match &analysis.question {
            Question::Followup => {}
            Question::Attrition(question) => question.terms.iter().for_each(|term| add(&term.column)),
            Question::Describe(describe) => describe.variables.iter().chain(&describe.by).for_each(&mut add),
            Question::Change(change) => {
                change.by.iter().for_each(&mut add);
                change.comparisons.iter().for_each(|comparison| {
                    add(&comparison.before);
                    add(&comparison.after);
                });
                change
                    .weights
                    .iter()
                    .flat_map(|weights| &weights.attrition.terms)
                    .for_each(|term| add(&term.column));
            }
            Question::Model(model) => {
                add(&model.outcome);
                model.terms.iter().for_each(|term| add(&term.column));
                model.only.iter().flat_map(|only| &only.columns).for_each(&mut add);
                model
                    .weights
                    .iter()
                    .flat_map(|weights| &weights.attrition.terms)
                    .for_each(|term| add(&term.column));
                if let Some(Cluster::Column(column)) = &model.cluster {
                    add(column);
                }
            }
        }
    }
    columns
}

fn only_column(analysis: &str) -> String {
    format!("(only {analysis})")
}

/// The sets of columns that an analysis is counted over.
fn margins_of(analysis: &Analysis, cohort: &Cohort) -> Vec<Vec<String>> {
    let with_groups = |columns: Vec<String>, by: &[Column]| {
        let mut margins = vec![columns.clone()];
        for group in by {
            let mut margin = columns.clone();
            margin.push(group.name.clone());
            margins.push(margin);
        }
        margins
    };
    match &analysis.question {
        Question::Followup => vec![cohort::status_columns(cohort)],
        Question::Attrition(question) => vec![attrition::columns(question, cohort)],
        Question::Describe(describe) => {
            let mut margins: Vec<Vec<String>> = describe
                .variables
                .iter()
                .flat_map(|variable| with_groups(vec![variable.name.clone()], &describe.by))
                .collect();
            for (first, second) in pairs(describe) {
                margins.extend(with_groups(vec![first.name.clone(), second.name.clone()], &describe.by));
            }
            margins
        }
        Question::Change(change) => {
            let weighed = change.weights.iter().map(|weights| attrition::columns(&weights.attrition, cohort));
            let margins = change.comparisons.iter().flat_map(|comparison| {
                let columns = vec![comparison.before.name.clone(), comparison.after.name.clone()];
                let mut margins = with_groups(columns.clone(), &change.by);
                if let Some(weights) = weights_of(change, comparison) {
                    let columns = attrition::with_weights(columns, &weights.attrition, cohort);
                    margins.extend(with_groups(columns, &change.by));
                }
                margins
            });
            margins.chain(weighed).collect()
        }
        Question::Model(model) => {
            let weighed = model.weights.iter().map(|weights| attrition::columns(&weights.attrition, cohort));
            let own = model_columns(&analysis.id, model);
            let mut margins: Vec<Vec<String>> = weighed.collect();
            if let Some(weights) = &model.weights {
                margins.push(attrition::with_weights(own.clone(), &weights.attrition, cohort));
            }
            margins.push(own);
            margins
        }
    }
}

/// The weights that concern a comparison.
pub fn weights_of<'p>(change: &'p Change, comparison: &Comparison) -> Option<&'p Weights> {
    change.weights.as_ref().filter(|weights| comparison.after.wave.as_ref() == Some(&weights.attrition.wave))
}

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

/// Pairs of variables for an overlap; none where none is asked for.
pub fn pairs(describe: &Describe) -> Vec<(&Column, &Column)> {
    if !describe.overlap {
        return Vec::new();
    }
    let variables = &describe.variables;
    (0..variables.len())
        .flat_map(|first| {
            (first + 1..variables.len()).map(move |second| (&variables[first], &variables[second]))
        })
        .collect()
}

fn numbers(
    analysis: &Analysis,
    cohort: &Cohort,
    waves: &[Wave],
    tallied: &Tallied,
) -> Result<Vec<Estimate>, RunError> {
    match &analysis.question {
        Question::Followup => {
            let patterns = tallied.of(&cohort::status_columns(cohort));
            Ok(describe::followup(&analysis.id, cohort, waves, patterns))
        }
        Question::Attrition(question) => attrition::numbers(&analysis.id, question, cohort, tallied),
        Question::Describe(question) => Ok(describe_numbers(&analysis.id, question, tallied)),
        Question::Change(question) => change_numbers(&analysis.id, question, cohort, tallied),
        Question::Model(question) => model_numbers(&analysis.id, question, cohort, tallied),
    }
}

/// Everyone, then each group of each variable of `by`: (group key, column and code).
pub fn groups(by: &[Column]) -> Vec<(String, Option<(&Column, f64)>)> {
    let mut groups = vec![(String::new(), None)];
    for column in by {
        for code in &column.item.codes {
            groups.push((format!("{}={}", column.name, code.code), Some((column, code.code as f64))));
        }
    }
    groups
}

/// The patterns of `columns` with the group's column, and which rows belong to the group.
pub fn grouped<'t>(
    tallied: &'t Tallied,
    mut columns: Vec<String>,
    group: Option<(&Column, f64)>,
) -> (&'t Patterns, Vec<bool>) {
    if let Some((column, _)) = group {
        columns.push(column.name.clone());
    }
    let patterns = tallied.of(&columns);
    let keep = match group {
        None => vec![true; patterns.len()],
        // The group's column comes last, also where it is the variable itself.
        Some((_, code)) => match patterns.columns.last().map(|column| &column.values) {
            Some(Values::Number(codes)) => codes.iter().map(|known| *known == code).collect(),
            _ => vec![false; patterns.len()],
        },
    };
    (patterns, keep)
}

pub(super) fn numbers_of(column: &PatternColumn) -> &[f64] {
    match &column.values {
        Values::Number(numbers) => numbers,
        Values::Text(_) => unreachable!("the plan lets no text be described, compared or modelled"),
    }
}

fn describe_numbers(id: &str, question: &Describe, tallied: &Tallied) -> Vec<Estimate> {
    let mut estimates = Vec::new();
    for (group, of) in groups(&question.by) {
        let subject = |variable: &str| Subject {
            analysis: id.to_owned(),
            kind: Kind::Describe,
            group: group.clone(),
            variable: variable.to_owned(),
        };
        for variable in &question.variables {
            let (patterns, keep) = grouped(tallied, vec![variable.name.clone()], of);
            let answers = &patterns.columns[0];
            let distribution =
                Distribution::new(numbers_of(answers), &answers.reasons, &patterns.frequency, |row| {
                    keep[row]
                });
            let values = match variable.item.is_coded() {
                true => describe::coded(&distribution, &codes(&variable.item)),
                false => describe::numeric(&distribution),
            };
            estimates.extend(subject(&variable.name).estimates(values));
        }
        for (first, second) in pairs(question) {
            let (patterns, keep) = grouped(tallied, vec![first.name.clone(), second.name.clone()], of);
            let events = [event(&first.item), event(&second.item)];
            let answers = [numbers_of(&patterns.columns[0]), numbers_of(&patterns.columns[1])];
            let total = |counts: &dyn Fn(usize) -> bool| -> u64 {
                let rows = (0..patterns.len()).filter(|row| keep[*row] && counts(*row));
                rows.map(|row| patterns.frequency[row]).sum()
            };
            let both = total(&|row| answers[0][row] == events[0] && answers[1][row] == events[1]);
            let valid = total(&|row| !answers[0][row].is_nan() && !answers[1][row].is_nan());
            let value = describe::both(both, valid, &second.name);
            estimates.extend(subject(&first.name).estimates(vec![value]));
        }
    }
    estimates
}

pub(super) fn codes(item: &Item) -> Vec<i64> {
    item.codes.iter().map(|code| code.code).collect()
}

/// The code of a binary item that counts as the event: its second.
pub(super) fn event(item: &Item) -> f64 {
    item.codes.last().map_or(f64::NAN, |code| code.code as f64)
}

fn change_numbers(
    id: &str,
    question: &Change,
    cohort: &Cohort,
    tallied: &Tallied,
) -> Result<Vec<Estimate>, RunError> {
    let weights = question.weights.as_ref();
    let weights =
        weights.map(|weights| PatternWeights::of(&weights.attrition, cohort, tallied)).transpose()?;
    let convention = Convention::parse(&question.convention)
        .ok_or_else(|| RunError::Internal(format!("{id}: the convention has been looked up")))?;
    let mut estimates = Vec::new();
    for comparison in &question.comparisons {
        let item = &comparison.before.item;
        let scale = match item.kind {
            ItemType::Binary => Scale::Binary,
            ItemType::Ordinal => Scale::Ordinal,
            _ => Scale::Numeric,
        };
        let better = match item.better {
            Some(Better::Higher) => Direction::Higher,
            Some(Better::Lower) => Direction::Lower,
            None => Direction::None,
        };
        let options = change::Options {
            level: question.level,
            convention,
            reliability: reliability(item).map_err(|error| RunError::Internal(format!("{id}: {error}")))?,
            ..change::Options::default()
        };
        let levels: Vec<f64> = item.codes.iter().map(|code| code.code as f64).collect();
        for (group, of) in groups(&question.by) {
            let columns = vec![comparison.before.name.clone(), comparison.after.name.clone()];
            let (patterns, keep) = grouped(tallied, columns, of);
            let (before, after) = (numbers_of(&patterns.columns[0]), numbers_of(&patterns.columns[1]));
            let complete: Vec<usize> = (0..patterns.len())
                .filter(|row| keep[*row] && !before[*row].is_nan() && !after[*row].is_nan())
                .collect();
            let pick = |values: &[f64]| -> Vec<f64> { complete.iter().map(|row| values[*row]).collect() };
            let frequency: Vec<u64> = complete.iter().map(|row| patterns.frequency[*row]).collect();
            let pairs = Pairs::new(&pick(before), &pick(after), &frequency, scale, better, &levels)
                .map_err(|error| RunError::Internal(format!("{id}, {}: {error}", comparison.variable)))?;
            let subject = Subject {
                analysis: id.to_owned(),
                kind: Kind::Change,
                group,
                variable: comparison.variable.clone(),
            };
            let mut values = change::analyse(&pairs, &options);
            if let Some(weights) = weights.as_ref().filter(|_| weights_of(question, comparison).is_some()) {
                let of = (comparison, of);
                let weighted = weights.change(tallied, of, scale, question.level);
                values.extend(weighted.map_err(|error| RunError::Internal(format!("{id}: {error}")))?);
            }
            estimates.extend(subject.estimates(values));
        }
    }
    Ok(estimates)
}

/// How many cases and events stand behind each level of the coded covariates.
pub(super) fn levels(data: &ModelData) -> Vec<Value> {
    let all = data.frequency().iter().sum::<f64>() as u64;
    let mut values = Vec::new();
    for covariate in data.covariates() {
        let CovariateValues::Factor { codes, levels, .. } = &covariate.values else { continue };
        for (level, name) in (0u32..).zip(levels) {
            let at = || (0..codes.len()).filter(|row| codes[*row] == level);
            let cases: f64 = at().map(|row| data.frequency()[row]).sum();
            let events: f64 = at().map(|row| data.frequency()[row] * data.outcome()[row]).sum();
            let term = format!("{}={name}", covariate.name);
            values.push(Value::new(&LEVEL_CASES, cases).term(term.as_str()).n(all));
            values.push(Value::new(&LEVEL_EVENTS, events).term(term).n(all));
        }
    }
    values
}

/// The declared reliability of a measure, which the dictionary has checked.
fn reliability(item: &Item) -> Result<Option<Reliability>, ReliabilityError> {
    let Some(declared) = &item.reliability else { return Ok(None) };
    let spread = declared.sd.map_or(Spread::Baseline, Spread::Declared);
    Reliability::new(declared.r, spread, declared.cut_off).map(Some)
}

/// The patterns that fulfil the model's condition.
pub fn model_rows(id: &str, model: &Model, patterns: &Patterns) -> Vec<usize> {
    let only = model.only.as_ref().and_then(|_| patterns.numbers(&only_column(id)));
    (0..patterns.len()).filter(|row| only.is_none_or(|holds| holds[*row] == 1.0)).collect()
}

/// The column that holds a model's clusters.
pub fn cluster_column(model: &Model) -> Option<&str> {
    match &model.cluster {
        None => None,
        Some(Cluster::Respondent) => Some("respondent"),
        Some(Cluster::Column(column)) => Some(column.name.as_str()),
    }
}

pub fn present(column: &PatternColumn, row: usize) -> bool {
    match &column.values {
        Values::Number(numbers) => !numbers[row].is_nan(),
        Values::Text(texts) => texts[row].is_some(),
    }
}

/// Those of `rows` on which nothing of the model is missing.
pub(super) fn complete_rows(model: &Model, patterns: &Patterns, rows: &[usize]) -> Vec<usize> {
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
pub(super) fn model_data(
    id: &str,
    model: &Model,
    patterns: &Patterns,
    rows: &[usize],
) -> Result<ModelData, RunError> {
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
        .map_err(|error| RunError::Internal(format!("{id}: {error}")))
}

fn model_numbers(
    id: &str,
    question: &Model,
    cohort: &Cohort,
    tallied: &Tallied,
) -> Result<Vec<Estimate>, RunError> {
    let patterns = tallied.of(&model_columns(id, question));
    let asked = model_rows(id, question, patterns);
    let complete = complete_rows(question, patterns, &asked);
    let total = |rows: &[usize]| -> u64 { rows.iter().map(|row| patterns.frequency[*row]).sum() };
    let missing = total(&asked) - total(&complete);
    let data = model_data(id, question, patterns, &complete)?;

    let subject = |kind: Kind| Subject {
        analysis: id.to_owned(),
        kind,
        group: String::new(),
        variable: question.outcome.name.clone(),
    };
    let options = model::Options { level: question.level, ..model::Options::default() };
    let mut values = model::analyse(&data, &options);
    let mut left_out = Value::new(&N_MISSING, missing as f64).n(total(&asked));
    if complete.is_empty() {
        left_out = left_out.conditions([Condition::new("no_cases", "")]);
    }
    values.push(left_out);
    values.extend(levels(&data));
    if let Some(weights) = &question.weights {
        let weights = PatternWeights::of(&weights.attrition, cohort, tallied)?;
        values.extend(weights.model(tallied, (id, question), &options)?);
    }
    let mut estimates = subject(Kind::Model).estimates(values);
    if let Some(folds) = question.prediction_folds {
        let options = model::PredictionOptions { folds, ..model::PredictionOptions::default() };
        estimates.extend(subject(Kind::Prediction).estimates(model::predict(&data, &options)));
    }
    Ok(estimates)
}

/// The terms of a regression; `pick` gives the values of a column, one a row.
pub(super) fn covariates(terms: &[Term], pick: impl Fn(&str) -> Vec<f64>) -> Vec<Covariate> {
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
pub fn labels(column: &PatternColumn, rows: &[usize]) -> Vec<u32> {
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
