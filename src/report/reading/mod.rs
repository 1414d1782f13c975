//! The sentences that say how to read a table: what stands out in it, from the cleared estimates it is made of.
//!
//! They name the largest and the smallest, or what most did, where chance alone would not have put these so far apart. Where an
//! interval is shown, the wording follows it. Nothing is called the largest or the smallest of some that are not all shown.
//!
//! A family of layouts is a file with a [`Family`] and a name in [`FAMILIES`]; every layout is in one.

mod shown;

use super::association::{Association, quoted};
use super::finding::Finding;
use crate::dictionary::Language;
use crate::disclosure::{Cleared, Shown};
use crate::estimate::{Statistic, Term};
use crate::registry::registry;
use crate::table::layout::At;
use crate::table::{Amount, AnalysisView, Format, Labels, number, words};

pub(super) use adjusted::SMALL;
pub(super) use answers::said_of_most_common as most_common;
pub(super) use change::{lower, verdicts};
pub(super) use followup::{followup, lost};
use shown::Compared;
pub use shown::{Drawn, Ranked, RankedBy};

registry! {
    /// Who says what of a table, a family of layouts a file.
    FAMILIES: Family = FAMILY in
        answers,
        numbers,
        received,
        course,
        change,
        judged,
        adjusted,
        regression,
        programs,
        followup,
}

/// Layouts that are read alike.
pub struct Family {
    readings: &'static [Reading],
}

/// What the sentences of a layout rank: things whose largest and smallest they name.
type Ranks = fn(&Input<'_>) -> Vec<Compared>;

/// The layouts whose sentences rank. A new one is a line.
const RANKS: &[(&str, Ranks)] = &[
    ("crosstab", answers::of_groups),
    ("items", answers::of_items),
    ("multiple_response", answers::of_events),
    ("numeric", numbers::of_groups),
    ("bands", numbers::of_groups),
    ("coverage", received::of_items),
    ("received", received::of_items),
    ("sufficient", received::of_items),
    ("unmet", received::of_items),
    ("goals", judged::of_goals),
    ("flow", course::of_answers),
];

/// Whether the sentences of a layout rank.
pub(super) fn ranks(layout: &str) -> bool {
    RANKS.iter().any(|(known, _)| *known == layout)
}

/// All that the sentences of a table rank.
pub(super) fn ranked(input: &Input<'_>) -> Vec<Ranked> {
    let ranks = RANKS.iter().find(|(layout, _)| *layout == input.layout);
    let compared = ranks.map_or_else(Vec::new, |(_, ranks)| ranks(input));
    let all: Vec<Ranked> = compared.iter().filter_map(Compared::ranked).collect();
    // Two analyses of a table may ask the same of the same groups; then the keys do not tell which of them a range is of.
    let is_told_apart = |one: &&Ranked| all.iter().filter(|other| other.by == one.by).count() == 1;
    all.iter().filter(is_told_apart).cloned().collect()
}

/// How the tables of a layout are read.
struct Reading {
    layout: &'static str,
    say: fn(&Input<'_>, Language) -> Vec<String>,
    /// How many the table rests on. The first statistic is how many there are at all.
    basis: &'static [Basis],
}

/// The words and the statistic.
type Basis = (&'static str, &'static Statistic);

/// What a table is read from.
pub(super) struct Input<'a> {
    pub layout: &'a str,
    /// Those that the table shows, in its order.
    pub analyses: Vec<&'a AnalysisView<'a>>,
    pub labels: &'a Labels,
    /// Of the whole release.
    pub findings: &'a [Finding],
    pub associations: &'a [Association],
    /// The ranges of what the sentences of this table rank.
    pub ranking: Option<&'a AnalysisView<'a>>,
}

impl Input<'_> {
    fn reading(&self) -> Option<&'static Reading> {
        FAMILIES.iter().flat_map(|family| family.readings).find(|one| one.layout == self.layout)
    }

    /// The estimates of everyone, of all analyses.
    fn everyone(&self) -> impl Iterator<Item = &Cleared> {
        let all = self.analyses.iter().flat_map(|analysis| analysis.cleared.iter().copied());
        all.filter(|one| one.group().is_empty())
    }
}

/// The sentences above a table; empty where nothing can be said.
pub(super) fn reading(input: &Input<'_>, language: Language) -> Vec<String> {
    let Some(reading) = input.reading() else { return Vec::new() };
    let said = (reading.say)(input, language);
    match said.is_empty() {
        true => nothing(input, reading, language).into_iter().collect(),
        false => said,
    }
}

/// Why nothing is said: nobody is in the table, or what it is about is not shown.
fn nothing(input: &Input<'_>, reading: &Reading, language: Language) -> Option<String> {
    let counted = reading.basis.first().map(|(_, statistic)| *statistic);
    let mut n = input.everyone().filter(|one| Some(one.statistic()) == counted).peekable();
    if n.peek().is_some() && n.all(|one| one.value() == Some(0.0)) {
        return Some(words::say(language, "read.nobody", &[]));
    }
    let mut all = input.analyses.iter().flat_map(|analysis| &analysis.cleared);
    let hidden = all.any(|one| matches!(one.shown(), Shown::Suppressed));
    hidden.then(|| words::say(language, "read.hidden", &[]))
}

/// A value that is shown.
fn value(analysis: &AnalysisView<'_>, at: At<'_>, term: &Term, statistic: &Statistic) -> Option<Amount> {
    analysis.find(at.0, at.1, term, statistic).and_then(Amount::of)
}

fn count(n: &Amount, language: Language) -> String {
    number::amount(n, Format::Count, language)
}

fn percent(share: &Amount, language: Language) -> String {
    number::amount(share, Format::Percent(0), language)
}

/// How many of what the page tells.
fn tally(n: usize, language: Language) -> String {
    number::counted(n, language)
}

/// How many the table rests on, and how many are missing; empty where neither is shown.
pub(super) fn basis(input: &Input<'_>, language: Language) -> String {
    let range = |statistic: &Statistic| -> Option<String> {
        let of = input.everyone().filter(|one| one.statistic() == statistic);
        let found = of.map(Amount::of).collect::<Option<Vec<Amount>>>()?;
        let values = || found.iter().cloned();
        let (least, most) = (values().reduce(Amount::least)?, values().reduce(Amount::most)?);
        Some(match least.value < most.value {
            true => words::say(
                language,
                "basis.range",
                &[("from", count(&least, language)), ("to", count(&most, language))],
            ),
            false => count(&most, language),
        })
    };
    let told = input.reading().map_or(&[][..], |reading| reading.basis);
    let told = told
        .iter()
        .filter_map(|(key, statistic)| Some(words::say(language, key, &[("n", range(statistic)?)])));
    told.collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests_of_the_list {
    use super::FAMILIES;
    use crate::table::layout::LAYOUTS;

    #[test]
    fn every_layout_is_read_once() {
        let mut read: Vec<&str> =
            FAMILIES.iter().flat_map(|family| family.readings).map(|one| one.layout).collect();
        let mut laid_out: Vec<&str> = LAYOUTS.iter().map(|layout| layout.name).collect();
        read.sort_unstable();
        laid_out.sort_unstable();
        assert_eq!(read, laid_out);
    }
}
