//! Things that are compared by a number: which has the most, and which the least, where that can be said.
//!
//! It cannot where the number of any of them is not shown, for that one may have more or less; nor where the first and the last
//! are no further apart than chance alone would put them: where an interval of their difference holds zero. It follows from an
//! interval for each (Wilson's for shares, Student's for means) by MOVER ([`difference`]), of shares that is Newcombe's; and since
//! the two are picked out of all pairs, its level is Bonferroni's for as many. Persons are taken to be others in each; where the
//! same were asked of several things, which tend to be answered alike, that asks for more than it need.

use super::quoted;
use crate::change::wilson;
use crate::dictionary::{Language, Text};
use crate::disclosure::{Cleared, Shown};
use crate::distribution::{normal_critical, t_critical};
use crate::estimate::{Term, WHOLE};
use crate::report::contrast::difference;
use crate::report::finding::TOO_FEW;
use crate::statistic::{SHARE, VALID};
use crate::table::layout::At;
use crate::table::{AnalysisView, words};

/// The level of the interval of a difference between two that were not picked out of more.
const LEVEL: f64 = 0.95;

/// A thing with its number.
struct One {
    name: Text,
    value: f64,
    of: Of,
}

/// What a number is of, as far as chance has a part in it.
enum Of {
    /// A share of so many; `None` where that is not shown.
    Share(Option<f64>),
    /// A mean with its standard deviation, of so many.
    Mean(Option<f64>, Option<f64>),
    /// All that there are, counted.
    All,
}

impl One {
    /// The number with the ends of its interval.
    #[expect(clippy::float_arithmetic, reason = "rankings are no estimates yet")]
    fn interval(&self, level: f64) -> [f64; 3] {
        let value = self.value;
        match self.of {
            Of::All => [value; 3],
            Of::Share(Some(n)) if n >= 1.0 => {
                // Shares are counts over `n`: what is rounded away is the computer's.
                let (low, high) = wilson((value * n).round() as u64, n as u64, normal_critical(level));
                [value, low, high]
            }
            Of::Mean(Some(sd), Some(n)) if n >= 2.0 => {
                let reach = t_critical(level, n - 1.0) * sd / n.sqrt();
                [value, value - reach, value + reach]
            }
            // One person has no spread, and of an unknown number nothing is known.
            Of::Share(_) | Of::Mean(..) => [value, f64::NEG_INFINITY, f64::INFINITY],
        }
    }
}

/// Things with a number each.
#[derive(Default)]
pub(super) struct Compared {
    shown: Vec<One>,
    /// Whether there are others whose number is not shown.
    hidden: bool,
}

/// The names of those that have the most, or the least.
struct End<'a> {
    names: Vec<&'a Text>,
    value: f64,
}

impl Compared {
    /// Adds a thing by the share of `n` that it has; one that does not exist has no number to compare.
    pub fn add_share(&mut self, name: Text, share: Option<&Cleared>, n: Option<f64>) {
        self.add_estimate(name, share, Of::Share(n));
    }

    /// Adds a thing by the mean, with its standard deviation, of `n`.
    pub fn add_mean(&mut self, name: Text, mean: Option<&Cleared>, sd: Option<f64>, n: Option<f64>) {
        self.add_estimate(name, mean, Of::Mean(sd, n));
    }

    /// Adds a thing by a number that is counted, not drawn.
    pub fn add_count(&mut self, name: Text, estimate: Option<&Cleared>) {
        self.add_estimate(name, estimate, Of::All);
    }

    /// Adds a thing that none of `n` have.
    pub fn add_none(&mut self, name: Text, n: f64) {
        self.shown.push(One { name, value: 0.0, of: Of::Share(Some(n)) });
    }

    /// Adds a thing whose number is not shown.
    pub fn add_hidden(&mut self) {
        self.hidden = true;
    }

    fn add_estimate(&mut self, name: Text, estimate: Option<&Cleared>, of: Of) {
        match estimate.map(Cleared::shown) {
            Some(Shown::Value(value)) => self.shown.push(One { name, value, of }),
            Some(Shown::Suppressed) => self.add_hidden(),
            Some(Shown::Absent) | None => {}
        }
    }

    /// How many numbers are shown.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    pub fn is_whole(&self) -> bool {
        !self.hidden
    }

    /// Those that have the most or the least, as far as it is written.
    fn end(&self, is_further: fn(f64, f64) -> bool, write: &dyn Fn(f64) -> String) -> Option<End<'_>> {
        let values = self.shown.iter().map(|one| one.value);
        let value = values.reduce(|best, one| if is_further(one, best) { one } else { best })?;
        let written = write(value);
        let names = self.shown.iter().filter(|one| write(one.value) == written).map(|one| &one.name);
        Some(End { names: names.collect(), value })
    }

    /// How far the most is from the least.
    #[expect(clippy::float_arithmetic, reason = "rankings are no estimates yet")]
    pub fn spread(&self) -> f64 {
        let values = || self.shown.iter().map(|one| one.value);
        let most = values().fold(f64::NEG_INFINITY, f64::max);
        most - values().fold(f64::INFINITY, f64::min)
    }

    /// Whether the most lies above the least by more than chance alone would put it.
    #[expect(clippy::float_arithmetic, reason = "rankings are no estimates yet")]
    pub fn is_clear(&self) -> bool {
        let by_value = |a: &&One, b: &&One| a.value.total_cmp(&b.value);
        let n = self.shown.len() as f64;
        let pairs = n * (n - 1.0) / 2.0;
        match (self.shown.iter().max_by(by_value), self.shown.iter().min_by(by_value)) {
            (Some(most), Some(least)) if pairs >= 1.0 => {
                let level = 1.0 - (1.0 - LEVEL) / pairs;
                difference(most.interval(level), least.interval(level))[0] > 0.0
            }
            _ => false,
        }
    }

    /// The sentence of a key that names `{most}` and `{least}` with their numbers, and what else it needs. The key has words of
    /// its own, or those for anything, for when
    ///
    /// | | |
    /// |---|---|
    /// | `_only` | one number is shown |
    /// | `_partly` | others are not shown |
    /// | `_alike` | they differ by less than is written |
    /// | `_pair` | there are two, which are told without ranking them |
    /// | `_unclear` | they differ by no more than chance alone would have it |
    /// | `_two` | the more of two has more |
    ///
    /// `None` where nothing is shown.
    pub fn said(
        &self,
        language: Language,
        key: &str,
        write: &dyn Fn(f64) -> String,
        with: &[(&str, String)],
    ) -> Option<String> {
        let most = self.end(|one, best| one > best, write)?;
        let least = self.end(|one, best| one < best, write)?;
        let two = self.shown.len() == 2;
        let own = |case: &str| words::find(Language::En, &format!("{key}_{case}")).is_some();
        let case = match () {
            () if self.shown.len() == 1 => "only",
            () if self.hidden => "partly",
            () if write(most.value) == write(least.value) => "alike",
            () if two && own("pair") => "pair",
            () if !self.is_clear() => "unclear",
            () if two && own("two") => "two",
            () => "",
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
        let key = match case {
            "" => key.to_owned(),
            case if own(case) => format!("{key}_{case}"),
            case => format!("read.{case}"),
        };
        let said = words::say(language, &key, &with);
        Some(match case {
            "only" if self.hidden => format!("{said} {}", words::say(language, "read.others_hidden", &[])),
            _ => said,
        })
    }
}

/// `Of what is shown: …`, where more could be told if all were shown.
pub(super) fn of_shown(language: Language, said: &str) -> String {
    words::say(language, "read.of_shown", &[("said", super::lower(said))])
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
pub(super) fn add_share(to: &mut Compared, name: Text, analysis: &AnalysisView<'_>, at: At<'_>, code: &Term) {
    let share = analysis.find(at.0, at.1, code, &SHARE);
    match (share, super::value(analysis, at, WHOLE, &VALID)) {
        (None, Some(valid)) if valid > 0.0 => to.add_none(name, valid),
        (share, valid) => to.add_share(name, share, valid),
    }
}

/// That shares rest on few answers, where they do; `n` is of the smallest group told of.
pub(super) fn few(language: Language, n: Option<f64>) -> Option<String> {
    let n = n.filter(|n| *n > 0.0 && *n < TOO_FEW)?;
    Some(words::say(language, "read.few", &[("n", super::count(n, language))]))
}

/// That the sentences are of the first of several, and the others stand in the table.
pub(super) fn first_of(language: Language, shown: usize, n: usize) -> String {
    words::say(language, "read.more", &[("shown", shown.to_string()), ("n", n.to_string())])
}
