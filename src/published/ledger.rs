//! The resolved ledger: every published figure, what it says and about whom, and the number that it is compared with.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::claim::Claim;
use crate::dictionary::Text;

/// The published figures of one evaluation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ledger {
    /// In the order written.
    pub documents: Vec<Document>,
    /// What a reader has to know of all the verdicts; may be empty.
    pub note: Text,
    /// Who figures are about, by key.
    pub populations: BTreeMap<String, Text>,
    /// Why figures cannot be tested, by key.
    pub reasons: BTreeMap<String, Text>,
    pub figures: Vec<Figure>,
    pub wholes: Vec<Whole>,
    pub same: Vec<Same>,
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    pub id: String,
    /// As it is cited.
    pub title: String,
}

/// One published figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    pub id: String,
    /// Index into [`Ledger::documents`].
    pub document: usize,
    /// As printed; a page, or `abstract`.
    pub page: String,
    /// The exact words.
    pub words: String,
    /// A key of [`Ledger::populations`].
    pub population: String,
    pub denominator: Denominator,
    pub claim: Claim,
    pub unit: Unit,
    /// How many the publication says that the figure rests on.
    pub of: Option<u64>,
    /// Whether it is the mean of whole numbers.
    pub of_whole_numbers: bool,
    /// The figure that gives the same as a count of persons; an index into [`Ledger::figures`].
    pub count: Option<usize>,
    pub against: Against,
    /// Whether the publication does not say how it is defined.
    pub definition_unknown: bool,
    /// The definition that was used, or what was tried; may be empty.
    pub note: Text,
}

/// What a figure is held against.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Against {
    Computed(Expression),
    /// Nothing, for a reason: a key of [`Ledger::reasons`].
    Nothing(String),
}

/// A small arithmetic of computed numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Expression {
    /// A number by its id.
    Estimate(String),
    Sum(Vec<Expression>),
    /// The first less the second.
    Difference(Box<[Expression; 2]>),
    /// The first over the second.
    Ratio(Box<[Expression; 2]>),
    /// One less a share.
    Complement(Box<Expression>),
}

impl Expression {
    /// The ids of the numbers in it, in order.
    pub fn ids(&self) -> Vec<&str> {
        match self {
            Expression::Estimate(id) => vec![id],
            Expression::Sum(parts) => parts.iter().flat_map(Expression::ids).collect(),
            Expression::Difference(pair) | Expression::Ratio(pair) => {
                pair.iter().flat_map(Expression::ids).collect()
            }
            Expression::Complement(share) => share.ids(),
        }
    }
}

/// What a figure is a number of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A number of persons, services or anything else that is counted.
    #[default]
    Count,
    /// A share, in per cent: the computed share times 100.
    Percent,
    /// A mean, a median, a ratio: as it is computed.
    Number,
}

impl Unit {
    /// A computed number in the published unit.
    pub fn of(self, computed: f64) -> f64 {
        match self {
            Unit::Percent => 100.0 * computed,
            Unit::Count | Unit::Number => computed,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Count => "count",
            Unit::Percent => "percent",
            Unit::Number => "number",
        }
    }
}

/// Whom a figure counts among.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Denominator {
    /// Everyone in the population.
    #[default]
    All,
    /// Those who answered the question.
    Answered,
    /// Those who receive what is asked about.
    Receivers,
    /// Those who do not receive it.
    NonReceivers,
    /// Those who were asked.
    Asked,
}

impl Denominator {
    pub fn as_str(self) -> &'static str {
        match self {
            Denominator::All => "all",
            Denominator::Answered => "answered",
            Denominator::Receivers => "receivers",
            Denominator::NonReceivers => "non_receivers",
            Denominator::Asked => "asked",
        }
    }
}

/// Parts that the publication says make up a whole, nobody in two of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Whole {
    /// Indices into [`Ledger::figures`].
    pub parts: Vec<usize>,
    pub whole: WholeOf,
}

/// What parts make up.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum WholeOf {
    /// A figure; an index into [`Ledger::figures`].
    Figure(usize),
    /// A number in the parts' unit, such as 100 per cent.
    Number(f64),
}

/// Figures that say the same quantity in several places; indices into [`Ledger::figures`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Same {
    pub figures: Vec<usize>,
}
