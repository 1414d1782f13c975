//! The pattern tables that an analysis was answered from, as CSV under `restricted/analysis/`: all that is needed to make its
//! numbers again elsewhere.
//!
//! A row is a distinct combination of answers with its `frequency`. Beside each column stands its reason, empty where there is
//! an answer. Where an analysis is asked of groups as well, `group` holds the group's key as in `estimates`, empty for everyone.
//! A model's table holds the rows that its condition lets in, with its clusters numbered 1, 2, … in the order of their ids.
//! An attrition's table holds the eligible, with whether each was followed up; what is weighted for loss has a table of its
//! own of those who were, with the terms that their weights are made of.

use super::Unanswered;
use super::answer::{grouped, groups};
use super::attrition::Attrition;
use crate::dictionary::Reason;
use crate::notebook::{FREQUENCY, GROUP, REASON, pattern_table};
use crate::plan::Column;
use crate::tally::{PatternColumn, Patterns, Tallied, Values};

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

pub fn names<'c>(columns: impl Iterator<Item = &'c Column>) -> Vec<String> {
    columns.map(|column| column.name.clone()).collect()
}

/// `columns` with the terms that weights are made of, each once: those that stand first where both are counted together.
pub fn with_terms(mut columns: Vec<String>, question: &Attrition) -> Vec<String> {
    for term in &question.terms {
        if !columns.contains(&term.column.name) {
            columns.push(term.column.name.clone());
        }
    }
    columns
}

/// The headings of columns and their reasons.
pub fn answers(columns: &[String]) -> impl Iterator<Item = String> {
    columns.iter().flat_map(|name| [name.clone(), format!("{name}{REASON}")])
}

/// The patterns of some columns, for everyone and each group.
pub fn of_groups(tallied: &Tallied, columns: &[String], by: &[Column]) -> Sheet {
    let mut sheet = Sheet::new(std::iter::once(GROUP.to_owned()).chain(answers(columns)));
    for (group, of) in groups(by) {
        let (patterns, keep) = grouped(tallied, columns.to_vec(), of);
        in_group(&mut sheet, &group, patterns, &keep, columns.len());
    }
    sheet
}

/// The rows of one group. The group's own column, the last, is told by its key.
pub fn in_group(sheet: &mut Sheet, group: &str, patterns: &Patterns, keep: &[bool], columns: usize) {
    for row in (0..patterns.len()).filter(|row| keep[*row]) {
        let answers = patterns.columns[..columns].iter().flat_map(|column| cells(column, row));
        sheet.push(std::iter::once(group.to_owned()).chain(answers).collect(), patterns.frequency[row]);
    }
}

/// An answer and the reason of its absence.
pub fn cells(column: &PatternColumn, row: usize) -> [String; 2] {
    let text = value(column, row);
    let reason = match text.is_empty() {
        true => Reason::from_number(column.reasons[row]).unwrap_or(Reason::Blank).name(),
        false => "",
    };
    [text, reason.to_owned()]
}

/// Rust's shortest form that reads back as the same number.
pub fn value(column: &PatternColumn, row: usize) -> String {
    match &column.values {
        Values::Number(numbers) if numbers[row].is_nan() => String::new(),
        Values::Number(numbers) => numbers[row].to_string(),
        // Only a cluster is text, and clusters are numbered.
        Values::Text(_) => String::new(),
    }
}

/// A table being put together.
pub struct Sheet {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    pub fn new(headings: impl Iterator<Item = String>) -> Sheet {
        Sheet { headings: headings.chain([FREQUENCY.to_owned()]).collect(), rows: Vec::new() }
    }

    pub fn push(&mut self, mut cells: Vec<String>, frequency: u64) {
        cells.push(frequency.to_string());
        self.rows.push(cells);
    }

    /// The table of an analysis whose name ends with `what`.
    ///
    /// # Errors
    /// Where the text cannot be put together.
    pub fn table(self, id: &str, what: &str) -> Result<PatternTable, Unanswered> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.headings).map_err(Unanswered::because)?;
        self.rows.iter().try_for_each(|row| writer.write_record(row)).map_err(Unanswered::because)?;
        let bytes = writer.into_inner().map_err(Unanswered::because)?;
        let text = String::from_utf8(bytes).map_err(Unanswered::because)?;
        Ok(PatternTable { file: file(&pattern_table(id, what)), text })
    }
}
