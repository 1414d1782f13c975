//! Things that are compared by a number, as far as it is shown: which has the most, and which the least.

use super::quoted;
use crate::dictionary::{Language, Text};
use crate::disclosure::{Cleared, Shown};
use crate::report::finding::TOO_FEW;
use crate::table::{AnalysisView, words};

/// Things with a number each.
#[derive(Default)]
pub(super) struct Compared {
    pub shown: Vec<(Text, f64)>,
    /// Whether there are others whose number is not shown.
    pub hidden: bool,
}

/// The names of those that have the most, or the least.
struct End<'a> {
    names: Vec<&'a Text>,
    value: f64,
}

impl Compared {
    /// Adds a thing by its estimate; one that does not exist has no number to compare.
    pub fn add(&mut self, name: Text, estimate: Option<&Cleared>) {
        match estimate.map(Cleared::shown) {
            Some(Shown::Value(value)) => self.shown.push((name, value)),
            Some(Shown::Suppressed) => self.hidden = true,
            Some(Shown::Absent) | None => {}
        }
    }

    fn end(&self, is_further: fn(f64, f64) -> bool) -> Option<End<'_>> {
        let values = self.shown.iter().map(|(_, value)| *value);
        let value = values.reduce(|best, one| if is_further(one, best) { one } else { best })?;
        let names = self.shown.iter().filter(|(_, one)| *one == value).map(|(name, _)| name).collect();
        Some(End { names, value })
    }

    /// How far the most is from the least.
    pub fn spread(&self) -> f64 {
        let values = || self.shown.iter().map(|(_, value)| *value);
        let most = values().fold(f64::NEG_INFINITY, f64::max);
        most - values().fold(f64::INFINITY, f64::min)
    }

    /// The sentence of a key that names `{most}` and `{least}` with their numbers, and what else it needs; `{key}_alike` where they
    /// differ by less than is written, and `{key}_only` where there is one, or the words for anything. `None` where nothing is shown.
    pub fn said(
        &self,
        language: Language,
        key: &str,
        write: &dyn Fn(f64) -> String,
        with: &[(&str, String)],
    ) -> Option<String> {
        let (most, least) = (self.end(|one, best| one > best)?, self.end(|one, best| one < best)?);
        let key = match () {
            () if self.shown.len() == 1 => or_plain(key, "only"),
            () if write(most.value) == write(least.value) => or_plain(key, "alike"),
            () => key.to_owned(),
        };
        let ends = [
            ("most", named(language, &most.names)),
            ("most_names", most.names.len().to_string()),
            ("most_value", write(most.value)),
            ("least", named(language, &least.names)),
            ("least_names", least.names.len().to_string()),
            ("least_value", write(least.value)),
        ];
        let with: Vec<(&str, String)> = ends.into_iter().chain(with.iter().cloned()).collect();
        let said = words::say(language, &key, &with);
        Some(if self.hidden { of_shown(language, &said) } else { said })
    }
}

/// `Of what is shown: …`, where what is not shown may be more or less.
pub(super) fn of_shown(language: Language, said: &str) -> String {
    words::say(language, "read.of_shown", &[("said", super::lower(said))])
}

/// A key's own words for a case, or those for anything.
fn or_plain(key: &str, case: &str) -> String {
    let own = format!("{key}_{case}");
    if words::find(Language::En, &own).is_some() { own } else { format!("read.{case}") }
}

/// `“A”`, `“A” and “B”`, or `“A” and 4 others`.
pub(super) fn named(language: Language, names: &[&Text]) -> String {
    let and = words::say(language, "origin.and", &[]);
    match names {
        [] => String::new(),
        [one] => quoted(language, one),
        [one, other] => format!("{} {and} {}", quoted(language, one), quoted(language, other)),
        [one, others @ ..] => {
            let with = [("first", quoted(language, one)), ("n", others.len().to_string())];
            words::say(language, "read.and_others", &with)
        }
    }
}

/// The share of a code among some; nobody where they answered and none gave it.
pub(super) fn add_share(
    to: &mut Compared,
    name: Text,
    analysis: &AnalysisView<'_>,
    at: (&str, &str),
    code: &str,
) {
    let share = analysis.find(at.0, at.1, code, "share");
    match (share, super::value(analysis, at, "", "valid")) {
        (None, Some(valid)) if valid > 0.0 => to.shown.push((name, 0.0)),
        (share, _) => to.add(name, share),
    }
}

/// That shares rest on few answers, where they do; `n` is of the smallest group told of.
pub(super) fn few(language: Language, n: Option<f64>) -> Option<String> {
    let n = n.filter(|n| *n > 0.0 && *n < TOO_FEW)?;
    Some(words::say(language, "read.few", &[("n", super::count(n, language))]))
}
