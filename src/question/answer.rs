//! What a question is answered from: patterns of a cohort's answers, or the numbers of other analyses.

use super::attrition::{Attrition, PatternWeights};
use super::patterns::{PatternTable, of_groups};
use crate::dictionary::Item;
use crate::estimate::{Estimate, Group};
use crate::plan::{Cohort, Column, Wave};
use crate::tally::{PatternColumn, Patterns, Tallied, Values};

/// What a question is answered from.
pub enum Answers<'q> {
    /// The patterns of its cohort's answers.
    Patterns(&'q dyn OfPatterns),
    /// The numbers of the analyses that [`of`](crate::evaluation::Asked::of) names, after them.
    Estimates(&'q dyn OfEstimates),
}

/// What an analysis is answered from.
pub struct Ground<'a> {
    /// The analysis.
    pub id: &'a str,
    pub cohort: &'a Cohort,
    pub waves: &'a [Wave],
    pub tallied: &'a Tallied,
    /// The response models of the cohort, each with the weights by it.
    pub weights: &'a [PatternWeights<'a>],
}

impl<'a> Ground<'a> {
    /// The weights by the response model of an attrition.
    ///
    /// # Errors
    /// [`Unanswered`] where [`OfPatterns::response`] does not name it.
    pub fn weights(&self, question: &Attrition) -> Result<&'a PatternWeights<'a>, Unanswered> {
        let found = self.weights.iter().find(|weights| weights.question == question);
        found.ok_or_else(|| Unanswered(format!("{}: no response model at {}", self.id, question.wave)))
    }
}

/// The numbers cannot be had: a mistake of the program, such as patterns that are not what the plan says.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unanswered(pub String);

impl Unanswered {
    pub fn because(error: impl std::fmt::Display) -> Unanswered {
        Unanswered(error.to_string())
    }
}

/// A question that is answered from patterns.
pub trait OfPatterns {
    /// The sets of columns that it is counted over; one may stand twice.
    fn margins(&self, id: &str, cohort: &Cohort) -> Vec<Vec<String>>;

    /// Its numbers from their patterns.
    ///
    /// # Errors
    /// [`Unanswered`] where the patterns are not what the plan says.
    fn numbers(&self, ground: &Ground<'_>) -> Result<Vec<Estimate>, Unanswered>;

    /// The attrition by whose response model it weights.
    fn response(&self) -> Option<&Attrition> {
        None
    }

    /// Its pattern tables; unless the kind says otherwise, one over its first margin.
    ///
    /// # Errors
    /// Where the text cannot be put together, which is a mistake of the program.
    fn tables(&self, ground: &Ground<'_>) -> Result<Vec<PatternTable>, Unanswered> {
        let margins = self.margins(ground.id, ground.cohort);
        let columns = margins.first().map(Vec::as_slice).unwrap_or_default();
        Ok(vec![of_groups(ground.tallied, columns, &[]).table(ground.id, "")?])
    }
}

/// A question that is answered from the numbers of other analyses.
pub trait OfEstimates {
    /// Its numbers; `estimates` are those of the analyses that it is made of, and may be of others as well.
    ///
    /// # Errors
    /// [`Unanswered`] where an analysis has not given what was declared of it.
    fn numbers(&self, id: &str, estimates: &[&Estimate]) -> Result<Vec<Estimate>, Unanswered>;
}

/// `columns`, and `columns` with each group's column after them.
pub fn with_groups(columns: &[String], by: &[Column]) -> Vec<Vec<String>> {
    let grouped = by.iter().map(|group| {
        let mut margin = columns.to_vec();
        margin.push(group.name.clone());
        margin
    });
    std::iter::once(columns.to_vec()).chain(grouped).collect()
}

/// Everyone, then each group of each variable of `by`: (group key, column and code).
pub fn groups(by: &[Column]) -> Vec<(Group, Option<(&Column, f64)>)> {
    let mut groups = vec![(Group::default(), None)];
    for column in by {
        for code in &column.item.codes {
            groups.push((Group::level(&column.name, code.code), Some((column, code.code as f64))));
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

pub fn numbers_of(column: &PatternColumn) -> &[f64] {
    match &column.values {
        Values::Number(numbers) => numbers,
        Values::Text(_) => unreachable!("the plan lets no text be described, compared or modelled"),
    }
}

/// What a code is read as; `None` of a code that is not, and of no answer.
pub fn level_of(levels: &[(i64, i8)], code: f64) -> Option<i8> {
    levels.iter().find(|(known, _)| *known as f64 == code).map(|(_, level)| *level)
}

pub fn codes(item: &Item) -> Vec<i64> {
    item.codes.iter().map(|code| code.code).collect()
}

/// The code of a binary item that counts as the event: its second.
pub fn event(item: &Item) -> f64 {
    item.codes.last().map_or(f64::NAN, |code| code.code as f64)
}

/// The column that tells whether a row fulfils the condition of an analysis.
pub fn only_column(analysis: &str) -> String {
    format!("(only {analysis})")
}
