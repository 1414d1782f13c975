//! The resolved plan of an evaluation: what is asked of the data, with every name looked up and every default filled in.
//!
//! `pipeline` makes it from the file that people write; the stages read their part of it. It holds no logic.

mod question;
mod source;

use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use crate::dictionary::{Instrument, Item, Language, Text};
pub use question::{
    Agreement, Analysis, Attrition, Change, Cluster, Combined, Comparison, Course, Describe, DescribedScore,
    Family, Flows, Goal, Goals, Model, Question, Term, Test, Trajectory, Weights,
};
pub use source::{
    Action, Clock, EXCEL_DAYS, Encoding, Format, Ignore, Keep, Limits, OnFinding, Respondent, Source, WaveOf,
    Wide, has_short_year,
};

/// One evaluation.
#[derive(Debug, Clone)]
pub struct Plan {
    pub id: String,
    pub title: Text,
    /// A sentence that every page of the release repeats, such as that its people are simulated; may be empty.
    pub notice: Text,
    /// Paragraphs that open the report: what was asked, of whom, and what must not be concluded.
    pub about: Vec<Text>,
    /// The folder of the pipeline file; paths in it are relative to this.
    pub folder: PathBuf,
    pub languages: Vec<Language>,
    pub instruments: Vec<Arc<Instrument>>,
    pub waves: Vec<Wave>,
    pub sources: Vec<Source>,
    pub on_finding: OnFinding,
    pub cohorts: Vec<Arc<Cohort>>,
    pub analyses: Vec<Analysis>,
    pub tables: Vec<TableSpec>,
    /// The file of published figures that the results are held against.
    pub published: Option<PathBuf>,
    pub figures: Vec<FigureSpec>,
    /// The ids of the analyses that the report opens with, in this order.
    pub primary: Vec<String>,
    pub design: Design,
    /// The disclosure policy's name: `none`, `min5`.
    pub policy: String,
}

/// How people came to be in the groups that are compared: what a difference between groups may be read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Design {
    /// There is no comparison group.
    #[default]
    BeforeAfter,
    /// There is one, not made by lot.
    Comparison,
    /// Groups were made by lot.
    Randomised,
}

/// One point of measurement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Wave {
    pub id: String,
    pub label: Text,
    /// Months since the first measurement.
    pub month: f64,
    /// Its code where the wave of a row is a variable: whole months, or one more than the wave before where that would be the same.
    pub number: i64,
    /// The months since the first measurement within which an assessment counts as in time.
    pub window: Option<[f64; 2]>,
}

/// Who is asked about: the people of an instrument, their waves linked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cohort {
    pub id: String,
    pub label: Text,
    pub instrument: String,
    /// Whether one row of the cohort is a respondent (waves side by side) or an assessment (waves below each other).
    pub unit: CohortUnit,
    /// Wave ids in order; the first is the baseline: who has an assessment there is a member.
    pub waves: Vec<String>,
    /// Variables derived per assessment, in the order in which they must be computed.
    pub per_assessment: Vec<Derived>,
    /// Variables derived per respondent over waves, in order.
    pub per_respondent: Vec<Derived>,
    /// Services' variables, attached by key.
    pub attach: Vec<Attach>,
    /// Condition that members (rows) fulfil.
    pub only: Option<Sql>,
    pub states: Vec<State>,
    pub elapsed: Option<Elapsed>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum CohortUnit {
    Respondent,
    Assessment,
}

/// A SQL expression with the columns it reads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sql {
    pub text: String,
    pub columns: Vec<Column>,
}

/// A derived variable.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Derived {
    /// Its meaning, as if it were an item.
    pub item: Arc<Item>,
    pub sql: Sql,
    /// What the SQL does, where it was made from the declaration of a score. The SQL alone decides what comes out.
    #[serde(skip)]
    pub score: Option<Arc<Score>>,
}

/// What a score is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    pub method: ScoreMethod,
    pub items: Vec<ScoreItem>,
    /// So many items must be answered; all of them, unless it is prorated.
    pub at_least: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ScoreItem {
    /// An item, or a score that was declared before.
    pub name: String,
    /// Whether it is turned round: least + greatest possible answer − answer.
    pub is_reversed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoreMethod {
    Sum,
    Mean,
    /// Whether any item is beyond its first code, or above 0.
    Any,
    /// How many items are.
    Count,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attach {
    /// The instrument whose forms are about services.
    pub instrument: String,
    /// The wave of that instrument.
    pub wave: String,
    /// The respondents' column that holds the service's id.
    pub by: Column,
    pub variables: Vec<String>,
}

/// A way of not being seen, or of being seen elsewhere, that is an outcome and not a missing value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct State {
    pub id: String,
    pub label: Text,
    /// Condition over the respondent's columns, `"situation@w2" = 7`.
    pub sql: Sql,
    pub wave: String,
    /// Whether a respondent in this state has answers at that wave (in treatment, say) or not (dead).
    pub seen: bool,
    /// Whether someone in this state is still to be followed up: the dead are not.
    pub eligible: bool,
}

/// How long after the first measurement an assessment was made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Elapsed {
    /// The item: days since the first measurement.
    pub item: String,
}

/// A column of a linked cohort, as an analysis names it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// `mental_health@w1`, `sex`, `drop_in`.
    pub name: String,
    /// The item or derived variable.
    pub item: Arc<Item>,
    /// `None` for what is the same at all waves, and for the row's own wave in a cohort of assessments.
    pub wave: Option<String>,
    pub origin: Origin,
}

/// Where a column of a linked cohort comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Origin {
    /// An item, or a variable derived per assessment, at the wave that the column names (or the row's own).
    Assessment,
    /// An item that is the same at all waves: its first answer.
    Constant,
    /// Derived per respondent over waves.
    Respondent,
    /// A service's variable.
    Attached,
    /// The row's wave, in a cohort of assessments; its codes are the waves' numbers.
    Wave,
}

/// A table of the report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableSpec {
    /// The key in the pipeline, and the file's name: `T4_23`.
    pub id: String,
    /// The number that readers know it by: `4.23`.
    pub number: String,
    pub title: Text,
    pub note: Text,
    /// The layout's name.
    pub layout: String,
    /// Ids of analyses, in order.
    pub from: Vec<String>,
}

/// A figure of the report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureSpec {
    /// The key in the pipeline, and the file's name: `F4_8`.
    pub id: String,
    /// The number that readers know it by: `4.8`.
    pub number: String,
    pub title: Text,
    pub note: Text,
    /// The kind's name.
    pub kind: String,
    /// Ids of analyses, in order.
    pub from: Vec<String>,
    /// Names without waves of the variables that are drawn; all of the analyses where there are none.
    pub variables: Vec<String>,
    /// Whether the analyses' groups are drawn beside everyone.
    pub groups: bool,
    /// The variable, without its wave, whose groups alone are drawn, in place of everyone.
    pub by: Option<String>,
    /// Codes of answers that are counted together; none where each is drawn by itself.
    pub answers: Vec<i64>,
}
