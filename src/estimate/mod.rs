//! Estimates: the machine's face of everything that was computed, one row a statistic.
//!
//! A stage computes [`Value`]s; [`Subject::estimates`] says what they are about and makes [`Estimate`]s of them.
//! Numbers exist here once, at full precision. What a statistic is, which formula it follows and what it rests on stands in
//! a [`Statistic`] beside the code that computes it; whom and what an estimate is of its keys say ([`Group`], [`Variable`],
//! [`Term`]).

mod key;
mod statistic;

use std::fmt;

pub use key::{EVERYONE, Group, INTERCEPT, NO_VARIABLE, Term, Variable, WHOLE, Waves, level_of};
pub use statistic::{Counted, RestsOn, Reveals, Role, Small, Statistic, Statistics};

/// Which stage an estimate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Who was eligible, seen, lost or elsewhere at each wave.
    Followup,
    /// Who was lost at a wave, and the weights that make up for it.
    Attrition,
    /// Counts, shares and moments of one wave.
    Describe,
    /// Where everybody stands at each wave, and who flows from where to where.
    Trajectory,
    /// Paired change between two waves.
    Change,
    /// Change as it was rated against change as the answers differ.
    Agreement,
    /// How far users came with the goals that they set.
    Goals,
    /// Logistic regression: inference.
    Model,
    /// Penalised regression for prediction; never to be read as inference.
    Prediction,
    /// A declared family of tests, their p-values adjusted for multiple tests.
    Family,
    /// The difference between two groups' changes.
    Contrast,
    /// How far the largest of what a table's sentences rank is above the smallest.
    Ranking,
}

impl Kind {
    pub const ALL: [Kind; 12] = [
        Kind::Followup,
        Kind::Attrition,
        Kind::Describe,
        Kind::Trajectory,
        Kind::Change,
        Kind::Agreement,
        Kind::Goals,
        Kind::Model,
        Kind::Prediction,
        Kind::Family,
        Kind::Contrast,
        Kind::Ranking,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Followup => "followup",
            Kind::Attrition => "attrition",
            Kind::Describe => "describe",
            Kind::Trajectory => "trajectory",
            Kind::Change => "change",
            Kind::Agreement => "agreement",
            Kind::Goals => "goals",
            Kind::Model => "model",
            Kind::Prediction => "prediction",
            Kind::Family => "family",
            Kind::Contrast => "contrast",
            Kind::Ranking => "ranking",
        }
    }

    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Something a reader has to know about a number: it travels with the estimate and is always printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Condition {
    /// A word from the documented list, such as `separation` or `aliased`.
    pub code: String,
    /// What it concerns, such as a term; may be empty. Never a respondent's value.
    pub detail: String,
}

impl Condition {
    pub fn new(code: &str, detail: impl Into<String>) -> Condition {
        Condition { code: code.to_owned(), detail: detail.into() }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.detail.is_empty() {
            true => write!(f, "{}", self.code),
            false => write!(f, "{}:{}", self.code, self.detail),
        }
    }
}

/// A computed statistic before it is known what it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    pub statistic: &'static Statistic,
    pub term: Term,
    /// `None` where the statistic does not exist on these data; a condition says why. Never NaN.
    pub value: Option<f64>,
    /// Persons (or assessments, where those are the unit) that the number rests on.
    pub n: Option<u64>,
    /// The convention or method that gave the number, such as `exact` or `CR1`; may be empty.
    pub method: &'static str,
    pub conditions: Vec<Condition>,
}

impl Value {
    /// A value of the whole analysis. A number that is not finite becomes `None`, with the condition `not_finite`.
    pub fn new(statistic: &'static Statistic, value: f64) -> Value {
        let finite = value.is_finite();
        Value {
            statistic,
            term: Term::default(),
            value: finite.then_some(value),
            n: None,
            method: "",
            conditions: if finite { Vec::new() } else { vec![Condition::new("not_finite", "")] },
        }
    }

    /// A statistic that does not exist on these data, with the reason.
    pub fn absent(statistic: &'static Statistic, reason: Condition) -> Value {
        Value { statistic, term: Term::default(), value: None, n: None, method: "", conditions: vec![reason] }
    }

    pub fn term(mut self, term: impl Into<Term>) -> Value {
        self.term = term.into();
        self
    }

    pub fn n(mut self, n: u64) -> Value {
        self.n = Some(n);
        self
    }

    pub fn method(mut self, method: &'static str) -> Value {
        self.method = method;
        self
    }

    pub fn conditions(mut self, conditions: impl IntoIterator<Item = Condition>) -> Value {
        self.conditions.extend(conditions);
        self
    }
}

/// What a set of values is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The analysis's id in the pipeline, with its kind: `change.mental_health`.
    pub analysis: String,
    pub kind: Kind,
    pub group: Group,
    pub variable: Variable,
}

impl Subject {
    pub fn estimates(&self, values: Vec<Value>) -> Vec<Estimate> {
        values
            .into_iter()
            .map(|value| Estimate {
                analysis: self.analysis.clone(),
                kind: self.kind,
                group: self.group.clone(),
                variable: self.variable.clone(),
                term: value.term,
                statistic: value.statistic,
                value: value.value,
                n: value.n,
                method: value.method.to_owned(),
                conditions: value.conditions,
            })
            .collect()
    }
}

/// One row of `estimates`: a statistic, what it is about, what it rests on and how it was made.
///
/// These are raw: they may give persons away. Only `disclosure` makes cleared ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    pub analysis: String,
    pub kind: Kind,
    pub group: Group,
    pub variable: Variable,
    pub term: Term,
    pub statistic: &'static Statistic,
    pub value: Option<f64>,
    pub n: Option<u64>,
    pub method: String,
    pub conditions: Vec<Condition>,
}

impl Estimate {
    /// The number's id, by which `utfall explain` finds it: the five key columns joined by `/`.
    pub fn id(&self) -> String {
        [&self.analysis, &*self.group, &self.variable, &self.term, self.statistic.name].join("/")
    }
}
