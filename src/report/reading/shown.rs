//! Things that are compared by a number: which has the most, and which the least, where that can be said.
//!
//! It cannot where the number of any of them is not shown, for that one may have more or less; nor where the first and the last
//! are no further apart than chance alone would put them: where an interval of their difference holds zero. The interval is a number of
//! the release as others ([`crate::statistic::RANGE_LOW`]), worked out of what is shown of the things; here it is looked up.

use super::{Input, quoted};
use crate::dictionary::{Language, Text};
use crate::disclosure::{Cleared, Shown};
use crate::estimate::{Group, Term, Variable, WHOLE};
use crate::report::finding::TOO_FEW;
use crate::statistic::{RANGE_LOW, SHARE, VALID};
use crate::table::layout::At;
use crate::table::{Amount, AnalysisView, mark, number, words};

/// A thing with its number.
struct One {
    name: Text,
    shown: Amount,
    of: Of,
}

/// What a number is of, as far as chance has a part in it.
#[derive(Clone, Copy)]
enum Of {
    /// A share of so many; `None` where that is not shown.
    Share(Option<f64>),
    /// A mean with its standard deviation, of so many.
    Mean(Option<f64>, Option<f64>),
    /// All that there are, counted.
    All,
}

/// A number that is ranked with others, with what its interval follows from; see [`crate::report::Ranked`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Drawn {
    /// A share of `n`.
    Share { share: f64, n: f64 },
    /// A mean with its standard deviation, of `n`.
    Mean { mean: f64, sd: f64, n: f64 },
}

impl One {
    /// `None` where chance has no part in it.
    fn drawn(&self) -> Option<Drawn> {
        let value = self.shown.value;
        match self.of {
            Of::Share(n) => Some(Drawn::Share { share: value, n: n.unwrap_or(0.0) }),
            Of::Mean(sd, n) => Some(Drawn::Mean { mean: value, sd: sd.unwrap_or(0.0), n: n.unwrap_or(0.0) }),
            Of::All => None,
        }
    }
}

/// What is ranked. The members of the set follow from it, as the notebooks find them: the groups that the variables of `group` make,
/// or everyone, at `variable`, or at every variable of the table's analyses, by the statistic and its term that `term` names
/// ([`Term::ranked`]).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RankedBy {
    pub group: Group,
    pub variable: Variable,
    pub term: Term,
}

/// Numbers that a sentence ranks.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    pub by: RankedBy,
    pub all: Vec<Drawn>,
    /// Whether all of them are shown.
    pub is_whole: bool,
}

/// How a number is written in a sentence.
type Write<'w> = &'w dyn Fn(&Amount) -> String;

/// Things with a number each.
#[derive(Default)]
pub(super) struct Compared {
    by: RankedBy,
    shown: Vec<One>,
    /// Whether there are others whose number is not shown.
    hidden: bool,
}

/// The names of those that have the most, or the least.
struct End<'a> {
    names: Vec<&'a Text>,
    value: Amount,
}

impl Compared {
    /// None yet; see [`RankedBy`].
    pub fn by(group: impl Into<Group>, variable: &Variable, term: impl Into<Term>) -> Compared {
        let by = RankedBy { group: group.into(), variable: variable.clone(), term: term.into() };
        Compared { by, ..Compared::default() }
    }

    /// The numbers that the range is worked out of; `None` where chance has no part in them.
    pub fn ranked(&self) -> Option<Ranked> {
        let all: Vec<Drawn> = self.shown.iter().map(One::drawn).collect::<Option<_>>()?;
        Some(Ranked { by: self.by.clone(), all, is_whole: !self.hidden })
    }

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

    /// Adds a thing that none of those counted have.
    pub fn add_none(&mut self, name: Text, counted: Amount) {
        let shown = Amount { value: 0.0, of: counted.of };
        self.shown.push(One { name, shown, of: Of::Share(Some(counted.value)) });
    }

    /// Adds a thing whose number is not shown.
    pub fn add_hidden(&mut self) {
        self.hidden = true;
    }

    fn add_estimate(&mut self, name: Text, estimate: Option<&Cleared>, of: Of) {
        let Some(estimate) = estimate else { return };
        match Amount::of(estimate) {
            Some(shown) => self.shown.push(One { name, shown, of }),
            None if estimate.shown() == Shown::Suppressed => self.add_hidden(),
            None => {}
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
    fn end(&self, is_further: fn(f64, f64) -> bool, write: Write<'_>) -> Option<End<'_>> {
        let values = self.shown.iter().map(|one| one.shown.value);
        let value = values.reduce(|best, one| if is_further(one, best) { one } else { best })?;
        let written = |value: f64| write(&Amount { value, of: Vec::new() });
        let tied = || self.shown.iter().filter(|one| written(one.shown.value) == written(value));
        let of = tied().flat_map(|one| one.shown.of.clone()).collect();
        Some(End { names: tied().map(|one| &one.name).collect(), value: Amount { value, of } })
    }

    /// How far the most is from the least.
    #[expect(clippy::float_arithmetic, reason = "decides the words")]
    pub fn spread(&self) -> f64 {
        let values = || self.shown.iter().map(|one| one.shown.value);
        let most = values().fold(f64::NEG_INFINITY, f64::max);
        most - values().fold(f64::INFINITY, f64::min)
    }

    /// Whether the most lies above the least by more than chance alone would put it; always, where chance has no part.
    pub fn is_clear(&self, input: &Input<'_>) -> bool {
        if self.shown.iter().any(|one| matches!(one.of, Of::All)) {
            return self.spread() > 0.0;
        }
        let RankedBy { group, variable, term } = &self.by;
        let low = input.ranking.and_then(|ranking| ranking.find(group, variable, term, &RANGE_LOW));
        low.and_then(Cleared::value).is_some_and(|low| low > 0.0)
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
        input: &Input<'_>,
        language: Language,
        key: &str,
        write: Write<'_>,
        with: &[(&str, String)],
    ) -> Option<String> {
        let most = self.end(|one, best| one > best, write)?;
        let least = self.end(|one, best| one < best, write)?;
        let two = self.shown.len() == 2;
        let own = |case: &str| words::find(Language::En, &format!("{key}_{case}")).is_some();
        let case = match () {
            () if self.shown.len() == 1 => "only",
            () if self.hidden => "partly",
            () if mark::plain(&write(&most.value)) == mark::plain(&write(&least.value)) => "alike",
            () if two && own("pair") => "pair",
            () if !self.is_clear(input) => "unclear",
            () if two && own("two") => "two",
            () => "",
        };
        let ends = [
            ("most", named(language, &most.names)),
            ("most_names", most.names.len().to_string()),
            ("most_value", write(&most.value)),
            ("least", named(language, &least.names)),
            ("least_names", least.names.len().to_string()),
            ("least_value", write(&least.value)),
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
            let with = [("first", quoted(language, one)), ("n", number::counted(others.len(), language))];
            words::say(language, "read.and_others", &with)
        }
    }
}

/// The share of a code among some; nobody where they answered and none gave it.
pub(super) fn add_share(to: &mut Compared, name: Text, analysis: &AnalysisView<'_>, at: At<'_>, code: &Term) {
    let share = analysis.find(at.0, at.1, code, &SHARE);
    match (share, super::value(analysis, at, WHOLE, &VALID)) {
        (None, Some(valid)) if valid.value > 0.0 => to.add_none(name, valid),
        (share, valid) => to.add_share(name, share, valid.map(|n| n.value)),
    }
}

/// That shares rest on few answers, where they do; `n` is of the smallest group told of.
pub(super) fn few(language: Language, n: Option<Amount>) -> Option<String> {
    let n = n.filter(|n| n.value > 0.0 && n.value < TOO_FEW)?;
    Some(words::say(language, "read.few", &[("n", super::count(&n, language))]))
}

/// That the sentences are of the first of several, and the others stand in the table.
pub(super) fn first_of(language: Language, shown: usize, n: usize) -> String {
    words::say(
        language,
        "read.more",
        &[("shown", number::counted(shown, language)), ("n", number::counted(n, language))],
    )
}
