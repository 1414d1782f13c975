//! What was found in the files that numbers are from, as a reader is told: in the report's reservations and below the tables and
//! figures that it concerns.

use super::mark::{self, Aside};
use super::{Format, number, words};
use crate::dictionary::{Language, Text};
use crate::disclosure::{Precision, Told};

/// One thing that was found: a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// The key of its words, `remark.<matter>`.
    pub matter: &'static str,
    /// Where it was found, such as a form at a wave; may be empty.
    pub place: Text,
    /// How often, where rows or forms are meant.
    pub count: Option<Told>,
    /// The questions or variables that are meant.
    pub about: Vec<About>,
}

/// A question or variable with what was found of it.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    pub label: Text,
    pub count: Option<Told>,
    /// Of how many answers, told only beside an exact count.
    pub of: Option<u64>,
}

impl Remark {
    /// The sentence.
    pub fn text(&self) -> Text {
        words::each(|language| {
            let about: Vec<String> = self.about.iter().map(|about| about.say(language)).collect();
            let count = self.count.map(|told| say(told, language)).unwrap_or_default();
            let with = [("n", count), ("about", about.join(", "))];
            let said = words::say(language, &format!("remark.{}", self.matter), &with);
            match self.place.get(language) {
                "" => capital(&said),
                place => {
                    let with = [("place", place.to_owned()), ("said", said)];
                    capital(&words::say(language, "remark.placed", &with))
                }
            }
        })
    }
}

impl About {
    #[expect(clippy::float_arithmetic, reason = "a share of forms or answers, which are counted in intake")]
    fn say(&self, language: Language) -> String {
        let label = ("label", self.label.get(language).to_owned());
        let Some(told) = self.count else { return words::say(language, "remark.label", &[label]) };
        let count = match (told.precision(), self.of) {
            (Precision::Exactly(count), Some(of)) if of > 0 => {
                let share = found(&number::percent(count as f64 / of as f64, 1, language));
                let of = found(&number::number(of as f64, Format::Count, language));
                words::say(
                    language,
                    "remark.share",
                    &[("n", say(told, language)), ("of", of), ("share", share)],
                )
            }
            _ => say(told, language),
        };
        words::say(language, "remark.counted", &[label, ("n", count)])
    }
}

/// A count in words, as exactly as it may be told.
fn say(told: Told, language: Language) -> String {
    let number = |count: u64| found(&number::number(count as f64, Format::Count, language));
    match told.precision() {
        Precision::Exactly(count) => number(count),
        Precision::FewerThan(limit) => words::say(language, "remark.fewer", &[("n", number(limit))]),
        Precision::Between(from, to) => {
            words::say(language, "remark.between", &[("from", number(from)), ("to", number(to))])
        }
        Precision::Some => words::word("remark.some").get(language).to_owned(),
    }
}

/// Rows, forms and answers are counted by intake, not estimated.
fn found(number: &str) -> String {
    mark::aside(number, Aside::Found)
}

fn capital(said: &str) -> String {
    let mut letters = said.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
