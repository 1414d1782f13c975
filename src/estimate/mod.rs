//! Estimates: the machine's face of everything that was computed, one row a statistic.
//!
//! A stage computes [`Value`]s; [`Subject::estimates`] says what they are about and makes [`Estimate`]s of them.
//! Numbers exist here once, at full precision. What a statistic is, which formula it follows and what it rests on stands in
//! a [`Statistic`] beside the code that computes it; whom and what an estimate is of its keys say ([`Group`], [`Variable`],
//! [`Term`]).

mod doubt;
mod key;
mod statistic;

use std::fmt;

pub use doubt::DOUBTS;
pub use key::{EVERYONE, Group, INTERCEPT, NO_VARIABLE, Term, Variable, WHOLE, Waves, level_of};
pub use statistic::{Counted, RestsOn, Reveals, Role, Small, Statistic, Statistics};

/// Which stage an estimate comes from, by its name in `estimates` and at the beginning of analyses' ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind {
    name: &'static str,
    is_regression: bool,
}

/// The stages that other rooms than their own know of: which identities their counts obey, and which tables show them. What a new
/// stage is called its own room says.
#[allow(non_upper_case_globals, reason = "they are told apart as the variants of an enum are")]
impl Kind {
    /// Who was eligible, seen, lost or elsewhere at each wave.
    pub const Followup: Kind = Kind::new("followup");
    /// Who was lost at a wave, and the weights that make up for it.
    pub const Attrition: Kind = Kind::regression("attrition");
    /// Counts, shares and moments of one wave.
    pub const Describe: Kind = Kind::new("describe");
    /// Where everybody stands at each wave, and who flows from where to where.
    pub const Trajectory: Kind = Kind::new("trajectory");
    /// Paired change between two waves.
    pub const Change: Kind = Kind::new("change");
    /// Change as it was rated against change as the answers differ.
    pub const Agreement: Kind = Kind::new("agreement");
    /// How far users came with the goals that they set.
    pub const Goals: Kind = Kind::new("goals");
    /// Logistic regression: inference.
    pub const Model: Kind = Kind::regression("model");
    /// Penalised regression for prediction; never to be read as inference.
    pub const Prediction: Kind = Kind::regression("prediction");
    /// A declared family of tests, their p-values adjusted for multiple tests.
    pub const Family: Kind = Kind::new("family");

    pub const fn new(name: &'static str) -> Kind {
        Kind { name, is_regression: false }
    }

    /// A stage that fits terms to an outcome: disclosure control withholds what small levels and few clusters would tell, and what
    /// the fit could not do is said of the analysis.
    pub const fn regression(name: &'static str) -> Kind {
        Kind { name, is_regression: true }
    }

    pub fn as_str(self) -> &'static str {
        self.name
    }

    pub fn is_regression(self) -> bool {
        self.is_regression
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
