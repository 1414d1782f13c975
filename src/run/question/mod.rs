//! What each kind of question reads of a cohort, is counted over and is answered with: one file a kind.

pub mod agreement;
pub mod attrition;
mod change;
mod describe;
pub mod family;
mod followup;
pub mod goals;
pub mod model;
mod trajectory;
mod weights;

pub use weights::PatternWeights;

use super::RunError;
use super::analyse::Tallied;
use super::patterns::{PatternTable, of_groups};
use crate::dictionary::Item;
use crate::estimate::{Estimate, Group};
use crate::plan::{Attrition, Cluster, Cohort, Column, Question, Wave};
use crate::tally::{PatternColumn, Patterns, Values};

/// What an analysis is answered from.
pub struct Ground<'a> {
    /// The analysis.
    pub id: &'a str,
    pub cohort: &'a Cohort,
    pub waves: &'a [Wave],
    pub tallied: &'a Tallied,
    /// The response models of the cohort, each with the weights by it.
    pub weights: &'a [PatternWeights<'a>],
    /// The estimates of the analyses that it is made of.
    pub estimates: &'a [&'a Estimate],
}

impl<'a> Ground<'a> {
    /// The weights by the response model of an attrition.
    ///
    /// # Errors
    /// [`RunError::Internal`] where [`Asked::response`] does not name it.
    pub fn weights(&self, question: &Attrition) -> Result<&'a PatternWeights<'a>, RunError> {
        let found = self.weights.iter().find(|weights| weights.question == question);
        found
            .ok_or_else(|| RunError::Internal(format!("{}: no response model at {}", self.id, question.wave)))
    }
}

/// A kind of question.
pub trait Asked {
    /// The columns that it reads, those of its conditions and weights among them; one may stand twice.
    fn columns(&self) -> Vec<&Column> {
        Vec::new()
    }

    /// The columns whose labels its tables show.
    fn shown(&self) -> Vec<&Column>;

    /// The sets of columns that it is counted over; one may stand twice.
    fn margins(&self, _id: &str, _cohort: &Cohort) -> Vec<Vec<String>> {
        Vec::new()
    }

    /// The analyses whose estimates it is made of, by id; it is then answered from these and counted over nothing.
    fn made_of(&self) -> &[String] {
        &[]
    }

    /// The attrition by whose response model it weights.
    fn response(&self) -> Option<&Attrition> {
        None
    }

    /// Its numbers from what it is answered from.
    ///
    /// # Errors
    /// [`RunError::Internal`] where the patterns are not what the plan says.
    fn numbers(&self, ground: &Ground<'_>) -> Result<Vec<Estimate>, RunError>;

    /// Its pattern tables; unless the kind says otherwise, one over its first margin.
    ///
    /// # Errors
    /// Where the text cannot be put together, which is a mistake of the program.
    fn tables(&self, ground: &Ground<'_>) -> Result<Vec<PatternTable>, RunError> {
        let margins = self.margins(ground.id, ground.cohort).into_iter().take(1);
        margins.map(|columns| of_groups(ground.tallied, &columns, &[]).table(ground.id, "")).collect()
    }

    /// The confidence level of its intervals; `None` where it has none.
    fn level(&self) -> Option<f64> {
        None
    }

    /// What its standard errors are clustered by.
    fn cluster(&self) -> Option<&Cluster> {
        None
    }

    /// In a few words, for whoever asks where a number came from.
    fn about(&self) -> String;
}

/// The question as what it is asked of.
pub fn asked(question: &Question) -> &dyn Asked {
    match question {
        Question::Followup => &followup::Followup,
        Question::Attrition(question) => question,
        Question::Describe(question) => question,
        Question::Trajectory(question) => question,
        Question::Change(question) => question,
        Question::Agreement(question) => question,
        Question::Goals(question) => question,
        Question::Model(question) => &**question,
        Question::Family(question) => question,
    }
}

/// `columns`, and `columns` with each group's column after them.
fn with_groups(columns: &[String], by: &[Column]) -> Vec<Vec<String>> {
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

fn numbers_of(column: &PatternColumn) -> &[f64] {
    match &column.values {
        Values::Number(numbers) => numbers,
        Values::Text(_) => unreachable!("the plan lets no text be described, compared or modelled"),
    }
}

/// What a code is read as; `None` of a code that is not, and of no answer.
fn level_of(levels: &[(i64, i8)], code: f64) -> Option<i8> {
    levels.iter().find(|(known, _)| *known as f64 == code).map(|(_, level)| *level)
}

fn codes(item: &Item) -> Vec<i64> {
    item.codes.iter().map(|code| code.code).collect()
}

/// The code of a binary item that counts as the event: its second.
fn event(item: &Item) -> f64 {
    item.codes.last().map_or(f64::NAN, |code| code.code as f64)
}
