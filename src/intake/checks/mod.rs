//! Checks: what a file of answers must fulfil, one file each. A check owns its description and its rule.
//!
//! A new check is one new file here and one line in [`CHECKS`].

use super::Intake;
use super::answer::Answer;
use super::delimited::Span;
use super::header::Header;
use crate::dictionary::{Instrument, Item};
use crate::plan::{Action, Format, OnFinding, Source};
use crate::registry::registry;

registry! {
    /// Every check, in the order in which they look. Rules of a kind run in this order.
    CHECKS: Check = CHECK in
        mojibake,
        column_absent,
        column_twice,
        no_rows,
        ragged_row,
        stray_quote,
        respondent_missing,
        unknown_wave,
        r#type,
        unlisted_code,
        range,
        required,
        duplicate_respondent,
        constant_changes,
}

pub(super) use mojibake::repaired;

/// The check of that id.
pub fn check(id: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|check| check.id == id)
}

/// Something that data must fulfil, what to do where they do not, and how to find out.
#[derive(Debug)]
pub struct Check {
    /// The name in pipelines (`[intake]`), findings and `rejected.csv`.
    pub id: &'static str,
    /// What it finds, in one sentence.
    pub about: &'static str,
    /// What follows if the pipeline says nothing.
    pub default_action: Action,
    /// What a pipeline may ask for instead.
    pub allowed_actions: &'static [Action],
    pub(crate) rules: &'static [Rule],
}

impl Check {
    /// What follows a finding. An action that this check does not allow, which resolving a pipeline reports as a
    /// mistake, is not followed.
    pub fn action(&self, on_finding: &OnFinding) -> Action {
        let declared = on_finding.actions.iter().find(|(id, _)| id == self.id);
        declared
            .map(|(_, action)| *action)
            .filter(|action| self.allowed_actions.contains(action))
            .unwrap_or(self.default_action)
    }
}

/// Where a rule looks. Each returns what was found and what was expected, in words without any respondent's value.
#[derive(Debug)]
pub(crate) enum Rule {
    /// At the heading, before any row.
    Header(fn(&Header) -> Vec<HeaderBreach>),
    /// At one record as a whole. After the first breach the record is looked at no further.
    Row(fn(&Row) -> Option<String>),
    /// At one item's field of a record that passed the row rules.
    Field(fn(&Field) -> Option<String>),
    /// At the file when all is read: the number of its rows.
    File(fn(u64) -> Option<String>),
    /// At all files of an instrument together.
    Instrument(fn(&Instrument, &[Intake]) -> Vec<Clash>),
}

/// What is wrong with a heading.
pub(crate) struct HeaderBreach {
    pub(crate) item: Option<String>,
    pub(crate) message: String,
    /// Without this column no row can be taken in, whatever the pipeline declares.
    pub(crate) essential: bool,
}

/// One record.
pub(crate) struct Row<'a> {
    pub(crate) span: &'a Span,
    /// The number of its fields.
    pub(crate) fields: usize,
    /// The number of columns in the heading.
    pub(crate) columns: usize,
    pub(crate) respondent: &'a str,
    /// Whether the row belongs to a wave of the evaluation.
    pub(crate) wave: Option<&'a str>,
    pub(crate) source: &'a Source,
}

/// One item's field in a record.
pub(crate) struct Field<'a> {
    pub(crate) item: &'a Item,
    /// As it stands in the file, trimmed.
    pub(crate) text: &'a str,
    pub(crate) answer: Answer<'a>,
    pub(crate) format: &'a Format,
}

/// An assessment that does not agree with another one.
pub(crate) struct Clash {
    /// Index of the file among those compared.
    pub(crate) intake: usize,
    /// Index of the row among the file's stored rows.
    pub(crate) row: usize,
    pub(crate) item: Option<String>,
    pub(crate) message: String,
}
