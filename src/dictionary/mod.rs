//! Dictionaries: instruments, items, answer scales, value labels, and missing codes with their reasons.
//!
//! A dictionary is written once for each instrument ([`written`]). [`load`] resolves it: scales are copied into their items, so that no later
//! code meets an option that means "default". It controls checks, labels and simulation.

pub mod exchange;
mod multiple;
mod resolve;
mod shared;
mod text;
pub mod use_thresholds;
pub mod written;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use multiple::{Part, PartAnswer, Set, part_answer};
pub(crate) use resolve::reliability;
pub use resolve::{load, resolve};
pub use shared::{has_shared_label, shared_labels};
pub use text::{Language, Text};
pub use use_thresholds::UseThresholds;
pub use written::FormUnit;

/// One questionnaire or form.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Instrument {
    pub id: String,
    pub title: Text,
    pub unit: FormUnit,
    /// Where the instrument was published; may be empty.
    pub source: String,
    /// In the order of the questionnaire.
    pub items: Vec<Item>,
    /// Items that are the answers of one question; they are asked for together by the set's name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sets: Vec<Set>,
}

impl Instrument {
    pub fn item(&self, name: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.name == name)
    }
}

/// One question, or a variable derived from several.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    pub name: String,
    /// The column's name in files.
    pub column: String,
    pub label: Text,
    /// The heading of the part of the questionnaire that it stands in; may be empty.
    pub section: Text,
    pub kind: ItemType,
    /// Allowed codes in order; empty for numbers, dates and text.
    pub codes: Vec<Code>,
    pub missing: Vec<MissingCode>,
    pub better: Option<Better>,
    pub range: Option<[f64; 2]>,
    pub required: bool,
    pub constant: bool,
    /// At which waves the question is put. No number depends on it, so that it makes none stale.
    #[serde(skip)]
    pub asked: Asked,
    /// The reason of an empty field.
    pub blank: Reason,
    /// Declared for measures whose change is to be judged person by person.
    pub reliability: Option<Reliability>,
    /// Declared for a number of days on which a substance was used.
    pub use_thresholds: Option<UseThresholds>,
    /// The unit of a number; may be empty.
    pub unit: Text,
    /// Where the item is one answer of a question whose answers share a column: which. The others have the same column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_of: Option<Part>,
}

/// What is known of a measure's reliability, with the source that says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reliability {
    /// A test–retest or internal-consistency coefficient, from 0 to below 1.
    pub r: f64,
    /// The standard deviation that change is measured by; that of the respondents before, if left out.
    pub sd: Option<f64>,
    /// The value at which the worse side begins; whoever crosses it has recovered.
    pub cut_off: Option<f64>,
    /// Where these numbers were published.
    pub source: String,
}

impl Item {
    /// The units of a number that a reader can picture: the largest power of ten of which its declared range holds at least four; ten
    /// years of a life, ten points of a hundred, a tenth of a scale from 0 to 1. One unit where no range is declared.
    pub fn step(&self) -> f64 {
        match self.range {
            Some([low, high]) if high > low => 10_f64.powi(((high - low) / 4.0).log10().floor() as i32),
            _ => 1.0,
        }
    }

    /// An item of which nothing is declared but its type; an empty field is blank.
    pub fn bare(name: impl Into<String>, column: impl Into<String>, label: Text, kind: ItemType) -> Item {
        Item {
            name: name.into(),
            column: column.into(),
            label,
            section: Text::default(),
            kind,
            codes: Vec::new(),
            missing: Vec::new(),
            better: None,
            range: None,
            required: false,
            constant: false,
            asked: Asked::Every,
            blank: Reason::Blank,
            reliability: None,
            use_thresholds: None,
            unit: Text::default(),
            part_of: None,
        }
    }

    pub fn code(&self, code: i64) -> Option<&Code> {
        self.codes.iter().find(|known| known.code == code)
    }

    /// Whether answers are codes from a closed list.
    pub fn is_coded(&self) -> bool {
        matches!(self.kind, ItemType::Nominal | ItemType::Ordinal | ItemType::Binary)
    }

    /// The item without its words: what an analysis depends on. Two items that differ in labels only are the same here.
    pub fn meaning(&self) -> Item {
        let mut item = self.clone();
        item.label = Text::default();
        item.section = Text::default();
        item.unit = Text::default();
        item.codes.iter_mut().for_each(|code| code.label = Text::default());
        item.missing.iter_mut().for_each(|missing| missing.label = Text::default());
        item
    }
}

/// One allowed answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Code {
    pub code: i64,
    pub label: Text,
    /// Other ways in which files write it.
    pub written: Vec<String>,
}

impl Code {
    /// 0 and 1, as no and yes.
    pub fn no_yes() -> Vec<Code> {
        let code = |code, norwegian: &str, english: &str| {
            let [nb, nn, en] = [norwegian, norwegian, english].map(|word| Some(word.to_owned()));
            Code { code, label: Text { nb, nn, en }, written: Vec::new() }
        };
        vec![code(0, "Nei", "No"), code(1, "Ja", "Yes")]
    }
}

/// One code that stands for a missing answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MissingCode {
    pub code: i64,
    pub reason: Reason,
    pub label: Text,
    pub written: Vec<String>,
}

/// The type of an item's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ItemType {
    /// Codes without an order.
    Nominal,
    /// Codes in order.
    Ordinal,
    /// Two codes; the second is the event.
    Binary,
    Integer,
    Decimal,
    Date,
    Text,
}

/// Which direction of change is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    Higher,
    Lower,
}

/// At which of the waves that a form is used at a question is put.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Asked {
    #[default]
    Every,
    /// At the first one only.
    First,
    /// At every one but the first.
    Later,
    /// At these waves, by their ids in the pipeline.
    #[serde(untagged)]
    At(Vec<String>),
}

impl Asked {
    /// Those of `waves`, in order, at which the question is put.
    pub fn of<'w>(&self, waves: &'w [String]) -> Vec<&'w String> {
        let asked = waves.iter().enumerate().filter(|(place, wave)| match self {
            Asked::Every => true,
            Asked::First => *place == 0,
            Asked::Later => *place > 0,
            Asked::At(ids) => ids.contains(wave),
        });
        asked.map(|(_, wave)| wave).collect()
    }
}

/// Why a value is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The field was empty and nothing says why.
    Blank,
    /// The respondent or the staff did not know.
    Unknown,
    Refused,
    /// The question was not put to this respondent.
    NotAsked,
    NotApplicable,
    /// The answer was not allowed by the dictionary and was set missing by a check.
    Invalid,
    /// A derived variable whose ingredients are missing.
    NotDerived,
    /// The respondent was not seen at that wave.
    NotSeen,
}

impl Reason {
    /// All reasons; the position of each, plus one, is its number in the store's reason columns and in tallies.
    pub const ALL: [Reason; 8] = [
        Reason::Blank,
        Reason::Unknown,
        Reason::Refused,
        Reason::NotAsked,
        Reason::NotApplicable,
        Reason::Invalid,
        Reason::NotDerived,
        Reason::NotSeen,
    ];

    /// 1 … 8; 0 stands for a value that is present.
    pub fn number(self) -> u8 {
        1 + self as u8
    }

    pub fn from_number(number: u8) -> Option<Reason> {
        Reason::ALL.get(usize::from(number).checked_sub(1)?).copied()
    }

    /// The name in files and in `estimates`.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Blank => "blank",
            Reason::Unknown => "unknown",
            Reason::Refused => "refused",
            Reason::NotAsked => "not_asked",
            Reason::NotApplicable => "not_applicable",
            Reason::Invalid => "invalid",
            Reason::NotDerived => "not_derived",
            Reason::NotSeen => "not_seen",
        }
    }
}
