//! The codebook: every variable of an evaluation, what its codes mean, how it was made, and how many gave each answer.
//!
//! **Counts are only those that the release already has.** They are taken from the cleared estimates of descriptions and trajectories of a whole
//! cohort, whose name is beside them. Nothing is counted for the codebook alone. A count of every answer at every wave would be one more set of
//! tables linked to all others: compared with a table of change, which counts those who answered twice, it would reveal the answers of the few
//! who were lost. And differences between two analyses are what [`crate::disclosure`] does not examine. If nothing was described, the codebook
//! says so.
//!
//! The same [`Codebook`] is an HTML page in each language ([`html`]) and a DDI Codebook in all of them ([`ddi`]).

// Numbers are worked out by the stages; what is calculated here says why.
#![cfg_attr(not(test), deny(clippy::float_arithmetic))]

mod collect;
pub mod ddi;
mod element;
mod frequency;
mod html;

use std::sync::Arc;

pub use html::{CodebookError, html};

use crate::dictionary::{FormUnit, Instrument, Item, Language, Reason, Text};
use crate::plan::{Score, ScoreMethod, Wave};
use crate::table::{Cell, Content, words};

/// What is known of the variables of an evaluation.
#[derive(Debug, Clone, Default)]
pub struct Codebook {
    /// The evaluation's id; empty for dictionaries by themselves.
    pub id: String,
    pub title: Text,
    /// A sentence that every page of the release repeats; may be empty.
    pub notice: Text,
    /// What was asked and of whom; may be empty.
    pub about: Vec<Text>,
    /// The languages that the release has it in.
    pub languages: Vec<Language>,
    /// A short name for exactly the release's numbers; may be empty.
    pub edition: String,
    pub waves: Vec<Wave>,
    pub parts: Vec<Part>,
}

/// An instrument with the variables derived from it.
#[derive(Debug, Clone)]
pub struct Part {
    pub id: String,
    pub title: Text,
    pub unit: FormUnit,
    /// Where the instrument was published; may be empty.
    pub source: String,
    /// The ids of the waves at which the form was filled in, in order.
    pub waves: Vec<String>,
    /// In the order of the form, then what was derived, in the order in which it is computed.
    pub variables: Vec<Variable>,
}

#[derive(Debug, Clone)]
pub struct Variable {
    pub item: Arc<Item>,
    /// `None` for what the form asks.
    pub derivation: Option<Derivation>,
    /// By wave; none where the release has none.
    pub counts: Vec<Counts>,
}

/// How a variable was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Derivation {
    /// The SQL expression.
    pub rule: String,
    /// The names, without waves, of what it is made of.
    pub of: Vec<String>,
    /// Whether it is made of several waves of a respondent, and not of one assessment.
    pub over_waves: bool,
    /// What the expression does, where it was made from the declaration of a score.
    pub score: Option<Arc<Score>>,
}

impl Derivation {
    /// What is done, in words.
    pub fn told(&self, language: Language) -> String {
        let say = |key: &str, with: &[(&str, String)]| words::say(language, key, with);
        let per = say(if self.over_waves { "codebook.over_waves" } else { "codebook.per_assessment" }, &[]);
        let Some(score) = &self.score else { return per };
        let n = score.items.len();
        let turned = score.items.iter().filter(|item| item.is_reversed);
        let names: Vec<&str> = turned.map(|item| item.name.as_str()).collect();
        let reversed = match names.is_empty() {
            true => String::new(),
            false => say("codebook.score_reversed", &[("names", names.join(", "))]),
        };
        let (made, any) = match score.method {
            ScoreMethod::Sum => ("sum", ""),
            ScoreMethod::Mean => ("mean", ""),
            ScoreMethod::Any => ("any", "any_"),
            ScoreMethod::Count => ("count", ""),
        };
        let made = say(&format!("codebook.score_{made}"), &[("n", n.to_string()), ("reversed", reversed)]);
        let missing = match score.at_least == n {
            true => say(&format!("codebook.score_{any}complete"), &[]),
            false => {
                let with = [("least", score.at_least.to_string()), ("n", n.to_string())];
                say(&format!("codebook.score_{any}prorated"), &with)
            }
        };
        format!("{made} {missing} {per}")
    }
}

/// How many of a cohort gave each answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Counts {
    /// `None` for what is the same at every wave.
    pub wave: Option<String>,
    /// Who is counted.
    pub cohort: Text,
    pub valid: Cell,
    /// Code, how many, and their share of those who answered; empty for a number.
    pub answers: Vec<(i64, Cell, Cell)>,
    pub missing: Vec<(Reason, Cell)>,
    /// Whatever the reason.
    pub missing_total: Cell,
    /// Of a number: mean and standard deviation.
    pub moments: Option<[Cell; 2]>,
}

impl Codebook {
    /// Dictionaries by themselves: no waves, nothing derived, no counts.
    pub fn of_dictionaries(title: Text, instruments: &[Arc<Instrument>]) -> Codebook {
        let parts = instruments.iter().map(|instrument| Part::of(instrument, Vec::new())).collect();
        Codebook { title, parts, ..Codebook::default() }
    }

    /// The label of a wave; its id where it has none.
    pub fn wave(&self, id: &str) -> Text {
        match self.waves.iter().find(|wave| wave.id == id) {
            Some(wave) if !wave.label.is_empty() => wave.label.clone(),
            _ => Text::same(id),
        }
    }
}

impl Part {
    fn of(instrument: &Instrument, waves: Vec<String>) -> Part {
        let variables = instrument.items.iter().map(|item| Variable {
            item: Arc::new(item.clone()),
            derivation: None,
            counts: Vec::new(),
        });
        Part {
            id: instrument.id.clone(),
            title: instrument.title.clone(),
            unit: instrument.unit,
            source: instrument.source.clone(),
            waves,
            variables: variables.collect(),
        }
    }
}

impl Variable {
    /// The reasons for which an answer is missing: those that codes stand for, then others that were counted.
    pub fn reasons(&self) -> Vec<Reason> {
        let coded = self.item.missing.iter().map(|missing| missing.reason);
        let counted = self.counts.iter().flat_map(|counts| counts.missing.iter().map(|(reason, _)| *reason));
        let mut reasons: Vec<Reason> = Vec::new();
        for reason in coded.chain(counted) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        reasons
    }
}

impl Counts {
    /// How many have none for this reason; [`Content::Zero`] where the release names others only.
    pub fn missing(&self, reason: Reason) -> Cell {
        let found = self.missing.iter().find(|(known, _)| *known == reason);
        found.map_or(Content::Zero.into(), |(_, cell)| cell.clone())
    }
}
