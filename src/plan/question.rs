//! What is asked of a cohort: an analysis, and the question of each kind.

use serde::Serialize;

use super::{Column, Sql};
use crate::dictionary::Text;
use crate::estimate::{Group, Variable};

/// One analysis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Analysis {
    /// With its kind: `change.mental_health`.
    pub id: String,
    pub label: Text,
    /// Index into [`Plan::cohorts`].
    pub cohort: usize,
    pub question: Question,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Question {
    Followup,
    Attrition(Attrition),
    Describe(Describe),
    Trajectory(Trajectory),
    Change(Change),
    Agreement(Agreement),
    Goals(Goals),
    Model(Box<Model>),
    Family(Family),
}

/// Who was lost at a wave: the followed and the lost compared, and weights by which the followed stand for all who were due.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attrition {
    /// The wave at which someone was followed up or lost.
    pub wave: String,
    /// What the two are compared on, and what the probability of being followed up is modelled by: known before that wave.
    pub terms: Vec<Term>,
    /// The quantiles of the weights, lower and upper, beyond which a weight is set to the quantile.
    pub truncate: [f64; 2],
    /// Confidence level of the response model's intervals.
    pub level: f64,
}

/// The weights that an analysis gives beside its unweighted numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weights {
    /// The analysis that they come from: `attrition.w24`.
    pub analysis: String,
    pub attrition: Attrition,
}

/// Counts, shares and moments of variables, for all and by groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Describe {
    pub variables: Vec<Column>,
    /// Each by itself, not crossed.
    pub by: Vec<Column>,
    /// Also counts each pair of (binary) variables.
    pub overlap: bool,
    /// Those of the variables that are scores, with their items.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<DescribedScore>,
    /// Answers that a table or figure shows counted together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub combined: Vec<Combined>,
}

/// Answers to one variable that are counted together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Combined {
    /// The variable's column.
    pub variable: String,
    pub codes: Vec<i64>,
    /// Whether the share of each among them is asked for.
    pub each: bool,
}

/// A score at a wave, whose items are held against each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DescribedScore {
    /// The score's column.
    pub variable: String,
    /// The columns of its items, at the same wave.
    pub items: Vec<Column>,
    /// Whether each is turned round.
    pub reversed: Vec<bool>,
}

impl DescribedScore {
    /// The names of the items' columns.
    pub fn columns(&self) -> Vec<String> {
        self.items.iter().map(|item| item.name.clone()).collect()
    }
}

/// Where everybody stands at each wave, for all and by groups, and who flows from where to where.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trajectory {
    pub courses: Vec<Course>,
    /// Groups of the numbers at each wave; the flow is of everyone.
    pub by: Vec<Column>,
    /// Whether the flow between the answers of coded variables is asked for.
    pub flow: bool,
    /// Whether only those with an answer at all of the waves are let in, by variable.
    pub complete: bool,
    /// Confidence level of intervals.
    pub level: f64,
}

/// One variable at several waves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Course {
    /// The variable without a wave.
    pub variable: String,
    /// In the order of the waves.
    pub at: Vec<Column>,
}

/// Tests that were declared to belong together, their p-values adjusted for multiple tests.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Family {
    /// The analyses that the tests are of, in order.
    pub of: Vec<String>,
    pub tests: Vec<Test>,
}

/// One test of a family: the comparison whose p-value it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Test {
    pub analysis: String,
    pub group: Group,
    /// `mental_health@w1>w2`
    pub variable: Variable,
    /// What is compared; its type says which test it is.
    pub before: Column,
    /// The variable that the group is made by.
    pub of_group: Option<Column>,
}

/// Paired change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    pub comparisons: Vec<Comparison>,
    pub by: Vec<Column>,
    /// Confidence level of intervals.
    pub level: f64,
    /// The program whose variants of the tests are computed: `r`, `spss`, `stata`.
    pub convention: String,
    /// Whether the variants of all programs are computed as well.
    pub compare: bool,
    /// For the comparisons whose later wave is that of the weights.
    pub weights: Option<Weights>,
    #[serde(skip_serializing_if = "Flows::are_of_nobody")]
    pub flows: Flows,
}

/// Of whom a figure draws who moved from which answer to which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub enum Flows {
    #[default]
    Nobody,
    Everyone,
    /// And of everyone.
    Groups,
}

impl Flows {
    fn are_of_nobody(&self) -> bool {
        *self == Flows::Nobody
    }
}

/// One variable at two waves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// `mental_health@w1>w2`: the key in `estimates`.
    pub variable: Variable,
    pub before: Column,
    pub after: Column,
}

/// Change as it was rated against change as the answers differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// The answers that are differenced; their item says which direction is better.
    pub comparison: Comparison,
    /// The item by which change was rated, at the later wave.
    pub rated: Column,
    /// Each code of the rating, and what it says: 1 better, 0 unchanged, −1 worse.
    pub levels: Vec<(i64, i8)>,
    /// Confidence level of intervals.
    pub level: f64,
}

/// How far users came with their goals.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Goals {
    pub goals: Vec<Goal>,
    /// Each code of the ratings, which all goals share, and the level that it is read as: −2 to 2, 0 as expected.
    pub levels: Vec<(i64, i8)>,
    /// The correlation between a person's ratings, in [0, 1].
    pub rho: f64,
    /// Confidence level of intervals.
    pub level: f64,
}

/// A goal, with what it weighs in a person's score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Goal {
    /// The rating of its attainment; missing for those who do not have it.
    pub rating: Column,
    /// Above 0.
    pub weight: f64,
}

/// A logistic regression.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Model {
    /// Binary; the second code is the event.
    pub outcome: Column,
    pub terms: Vec<Term>,
    pub cluster: Option<Cluster>,
    /// Condition over the cohort's columns; whoever does not fulfil it is left out.
    pub only: Option<Sql>,
    pub level: f64,
    /// The program whose variants are computed: `r`, `spss`, `stata`.
    pub convention: String,
    /// Whether the variants of all programs are computed as well.
    pub compare: bool,
    /// `auto`, `maximum_likelihood`, `firth`.
    pub method: String,
    /// The fitted probability from which on a case is classified as having the outcome.
    pub cut: f64,
    /// Folds of the cross-validated ridge fit for prediction; `None` where none is asked for.
    pub prediction_folds: Option<usize>,
    /// Weights for those who were lost at the outcome's wave.
    pub weights: Option<Weights>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Term {
    pub column: Column,
    /// The reference level of a coded variable.
    pub reference: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Cluster {
    Respondent,
    Column(Column),
}
