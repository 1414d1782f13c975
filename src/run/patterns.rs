//! The pattern tables that an analysis was answered from, as CSV under `restricted/analysis/`: all that is needed to make its
//! numbers again elsewhere.
//!
//! A row is a distinct combination of answers with its `frequency`. Beside each column stands its reason, empty where there is
//! an answer. Where an analysis is asked of groups as well, `group` holds the group's key as in `estimates`, empty for everyone.
//! A model's table holds the rows that its condition lets in, with its clusters numbered 1, 2, … in the order of their ids.
//! An attrition's table holds the eligible, with whether each was followed up; what is weighted for loss has a table of its
//! own of those who were, with the terms that their weights are made of.

use super::RunError;
use super::analyse::{
    Tallied, cluster_column, grouped, groups, labels, model_columns, model_rows, pairs, present, weights_of,
};
use super::attrition;
use crate::cohort;
use crate::describe::standings;
use crate::dictionary::Reason;
use crate::notebook::{CLUSTER, FOLLOWED, FREQUENCY, GROUP, REASON, WEIGHTED, pattern_table};
use crate::plan::{Analysis, Attrition, Change, Cohort, Column, Comparison, Model, Question, Weights};
use crate::tally::{PatternColumn, Patterns, Values};

/// The pattern table `name` within the evaluation's folder.
fn file(name: &str) -> String {
    format!("restricted/analysis/{name}.csv")
}

/// One pattern table.
pub struct PatternTable {
    /// Within the evaluation's folder.
    pub file: String,
    pub text: String,
}

/// The files of an analysis's pattern tables.
pub fn files(analysis: &Analysis) -> Vec<String> {
    match &analysis.question {
        Question::Followup | Question::Attrition(_) => vec![file(&pattern_table(&analysis.id, ""))],
        Question::Model(model) => {
            let weighted = model.weights.iter().map(|_| WEIGHTED);
            std::iter::once("").chain(weighted).map(|what| file(&pattern_table(&analysis.id, what))).collect()
        }
        Question::Describe(_) => parts(analysis).into_iter().map(|(name, ..)| file(&name)).collect(),
        Question::Change(change) => {
            let own = parts(analysis).into_iter().map(|(name, ..)| name);
            own.chain(weighted_parts(analysis, change).map(|(name, ..)| name))
                .map(|name| file(&name))
                .collect()
        }
    }
}

/// Name, columns and groups of each table of a description or a change.
fn parts(analysis: &Analysis) -> Vec<(String, Vec<String>, &[Column])> {
    let part = |what: &str, columns: &[&Column]| {
        let columns = columns.iter().map(|column| column.name.clone()).collect();
        (pattern_table(&analysis.id, what), columns)
    };
    match &analysis.question {
        Question::Followup | Question::Attrition(_) | Question::Model(_) => Vec::new(),
        Question::Describe(describe) => {
            let single = describe.variables.iter().map(|variable| part(&variable.name, &[variable]));
            let both = pairs(describe)
                .into_iter()
                .map(|(first, second)| part(&format!("{}+{}", first.name, second.name), &[first, second]));
            single.chain(both).map(|(name, columns)| (name, columns, &describe.by[..])).collect()
        }
        Question::Change(change) => change
            .comparisons
            .iter()
            .map(|comparison| part(&comparison.variable, &[&comparison.before, &comparison.after]))
            .map(|(name, columns)| (name, columns, &change.by[..]))
            .collect(),
    }
}

/// Comparison and weights of each weighted table of a change.
fn weighted_parts<'p>(
    analysis: &Analysis,
    change: &'p Change,
) -> impl Iterator<Item = (String, &'p Comparison, &'p Attrition)> {
    let id = analysis.id.clone();
    change.comparisons.iter().filter_map(move |comparison| {
        let weights = weights_of(change, comparison)?;
        let name = pattern_table(&id, &format!("{}.{WEIGHTED}", comparison.variable));
        Some((name, comparison, &weights.attrition))
    })
}

/// The pattern tables of an analysis, in the order of [`files`].
///
/// # Errors
/// Where the text cannot be put together, which is a mistake of the program.
pub fn tables(
    analysis: &Analysis,
    cohort: &Cohort,
    tallied: &Tallied,
) -> Result<Vec<PatternTable>, RunError> {
    match &analysis.question {
        Question::Followup => {
            let columns = cohort::status_columns(cohort);
            let patterns = tallied.of(&columns);
            let mut sheet = Sheet::new(columns.iter().map(|name| name.trim_matches(['(', ')']).to_owned()));
            for row in 0..patterns.len() {
                let cells = patterns.columns.iter().map(|column| value(column, row)).collect();
                sheet.push(cells, patterns.frequency[row]);
            }
            sheet.table(&pattern_table(&analysis.id, "")).map(|table| vec![table])
        }
        Question::Attrition(question) => {
            let patterns = tallied.of(&attrition::columns(question, cohort));
            let standings = standings(cohort, &question.wave, patterns);
            let terms: Vec<String> = names(question.terms.iter().map(|term| &term.column));
            let shown: Vec<&PatternColumn> = terms.iter().filter_map(|name| patterns.column(name)).collect();
            let mut sheet = Sheet::new(answers(&terms).chain([FOLLOWED.to_owned()]));
            for row in (0..patterns.len()).filter(|row| standings[*row].eligible) {
                let mut cells: Vec<String> = shown.iter().flat_map(|column| cells(column, row)).collect();
                cells.push(u8::from(standings[row].seen).to_string());
                sheet.push(cells, patterns.frequency[row]);
            }
            sheet.table(&pattern_table(&analysis.id, "")).map(|table| vec![table])
        }
        Question::Model(model) => {
            let patterns = tallied.of(&model_columns(&analysis.id, model));
            let rows = model_rows(&analysis.id, model, patterns);
            let columns =
                names(std::iter::once(&model.outcome).chain(model.terms.iter().map(|term| &term.column)));
            let own = of_model(model, patterns, rows, &columns).table(&pattern_table(&analysis.id, ""))?;
            let mut tables = vec![own];
            if let Some(Weights { attrition, .. }) = &model.weights {
                let own = model_columns(&analysis.id, model);
                let patterns = tallied.of(&attrition::with_weights(own, attrition, cohort));
                let standings = standings(cohort, &attrition.wave, patterns);
                let mut rows = model_rows(&analysis.id, model, patterns);
                rows.retain(|row| standings[*row].eligible && standings[*row].seen);
                let columns = with_terms(columns, attrition);
                let sheet = of_model(model, patterns, rows, &columns);
                tables.push(sheet.table(&pattern_table(&analysis.id, WEIGHTED))?);
            }
            Ok(tables)
        }
        Question::Describe(_) => of_parts(analysis, tallied).collect(),
        Question::Change(change) => {
            let weighted = weighted_parts(analysis, change).map(|(name, comparison, question)| {
                let columns = attrition::with_weights(attrition::pair(comparison), question, cohort);
                let shown = with_terms(attrition::pair(comparison), question);
                let mut sheet = Sheet::new(std::iter::once(GROUP.to_owned()).chain(answers(&shown)));
                for (group, of) in groups(&change.by) {
                    let (patterns, mut keep) = grouped(tallied, columns.clone(), of);
                    let followed = standings(cohort, &question.wave, patterns).into_iter();
                    keep.iter_mut().zip(followed).for_each(|(keep, one)| *keep &= one.eligible && one.seen);
                    in_group(&mut sheet, &group, patterns, &keep, shown.len());
                }
                sheet.table(&name)
            });
            of_parts(analysis, tallied).chain(weighted).collect()
        }
    }
}

fn names<'c>(columns: impl Iterator<Item = &'c Column>) -> Vec<String> {
    columns.map(|column| column.name.clone()).collect()
}

/// `columns` with the terms that weights are made of, each once: those that stand first where both are counted together.
fn with_terms(mut columns: Vec<String>, question: &Attrition) -> Vec<String> {
    for term in &question.terms {
        if !columns.contains(&term.column.name) {
            columns.push(term.column.name.clone());
        }
    }
    columns
}

/// The headings of columns and their reasons.
fn answers(columns: &[String]) -> impl Iterator<Item = String> {
    columns.iter().flat_map(|name| [name.clone(), format!("{name}{REASON}")])
}

/// Some rows of a model's patterns, with its clusters.
fn of_model(model: &Model, patterns: &Patterns, rows: Vec<usize>, columns: &[String]) -> Sheet {
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

/// The tables of a description's variables or a change's comparisons.
fn of_parts<'a>(
    analysis: &'a Analysis,
    tallied: &'a Tallied,
) -> impl Iterator<Item = Result<PatternTable, RunError>> + 'a {
    parts(analysis).into_iter().map(|(name, columns, by)| {
        let mut sheet = Sheet::new(std::iter::once(GROUP.to_owned()).chain(answers(&columns)));
        for (group, of) in groups(by) {
            let (patterns, keep) = grouped(tallied, columns.clone(), of);
            in_group(&mut sheet, &group, patterns, &keep, columns.len());
        }
        sheet.table(&name)
    })
}

/// The rows of one group. The group's own column, the last, is told by its key.
fn in_group(sheet: &mut Sheet, group: &str, patterns: &Patterns, keep: &[bool], columns: usize) {
    for row in (0..patterns.len()).filter(|row| keep[*row]) {
        let answers = patterns.columns[..columns].iter().flat_map(|column| cells(column, row));
        sheet.push(std::iter::once(group.to_owned()).chain(answers).collect(), patterns.frequency[row]);
    }
}

/// An answer and the reason of its absence.
fn cells(column: &PatternColumn, row: usize) -> [String; 2] {
    let text = value(column, row);
    let reason = match text.is_empty() {
        true => Reason::from_number(column.reasons[row]).unwrap_or(Reason::Blank).name(),
        false => "",
    };
    [text, reason.to_owned()]
}

/// Rust's shortest form that reads back as the same number.
fn value(column: &PatternColumn, row: usize) -> String {
    match &column.values {
        Values::Number(numbers) if numbers[row].is_nan() => String::new(),
        Values::Number(numbers) => numbers[row].to_string(),
        // Only a cluster is text, and clusters are numbered.
        Values::Text(_) => String::new(),
    }
}

/// A table being put together.
struct Sheet {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    fn new(headings: impl Iterator<Item = String>) -> Sheet {
        Sheet { headings: headings.chain([FREQUENCY.to_owned()]).collect(), rows: Vec::new() }
    }

    fn push(&mut self, mut cells: Vec<String>, frequency: u64) {
        cells.push(frequency.to_string());
        self.rows.push(cells);
    }

    fn table(self, name: &str) -> Result<PatternTable, RunError> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.headings).map_err(RunError::internal)?;
        self.rows.iter().try_for_each(|row| writer.write_record(row)).map_err(RunError::internal)?;
        let bytes = writer.into_inner().map_err(RunError::internal)?;
        let text = String::from_utf8(bytes).map_err(RunError::internal)?;
        Ok(PatternTable { file: file(name), text })
    }
}
