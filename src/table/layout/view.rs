//! The cleared estimates of one analysis, found by what they are about.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::dictionary::{Language, Text};
use crate::disclosure::Cleared;
use crate::estimate::{DOUBTS, Group, Kind, Statistic, Term, Variable, WHOLE, level_of};
use crate::plan::{Cluster, CohortUnit};
use crate::statistic::{COUNT, MISSING_TOTAL, SHARE};
use crate::table::{Cell, Content, Format, Labels, number, words};

/// Of whom and of what: a group and a variable.
pub type At<'k> = (&'k Group, &'k Variable);

/// One analysis of a release.
#[derive(Clone)]
pub struct AnalysisView<'a> {
    pub id: &'a str,
    pub label: Text,
    /// What it counts: persons, or assessments of which a person may have several.
    pub unit: CohortUnit,
    /// What its standard errors are clustered by; `None` where they are not.
    pub cluster: Option<&'a Cluster>,
    /// The confidence level of its intervals; `None` where it has none.
    pub level: Option<f64>,
    pub cleared: Vec<&'a Cleared>,
    /// Group, variable, term, statistic → position.
    index: HashMap<[&'a str; 4], usize>,
}

impl<'a> AnalysisView<'a> {
    pub fn new(
        id: &'a str,
        label: Text,
        unit: CohortUnit,
        cluster: Option<&'a Cluster>,
        level: Option<f64>,
        cleared: Vec<&'a Cleared>,
    ) -> AnalysisView<'a> {
        let key = |one: &&'a Cleared| {
            [one.group().as_str(), one.variable().as_str(), one.term().as_str(), one.statistic().name]
        };
        let index = cleared.iter().enumerate().map(|(position, one)| (key(one), position)).collect();
        AnalysisView { id, label, unit, cluster, level, cleared, index }
    }

    /// An estimate by group, variable, term and statistic.
    pub fn find(
        &self,
        group: &Group,
        variable: &Variable,
        term: &Term,
        statistic: &Statistic,
    ) -> Option<&'a Cleared> {
        let &position =
            self.index.get(&[group.as_str(), variable.as_str(), term.as_str(), statistic.name])?;
        Some(self.cleared[position])
    }

    /// The id of an estimate that stands in no cell and whose conditions concern those that do, as few events concern every odds
    /// ratio.
    pub fn id(&self, at: At<'_>, statistic: &Statistic) -> Option<Arc<str>> {
        self.find(at.0, at.1, WHOLE, statistic).map(|one| one.id().clone())
    }

    pub fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.cleared.iter().map(|one| one.kind())
    }

    /// The cell of an estimate.
    pub fn cell(&self, at: At<'_>, term: &Term, statistic: &Statistic, format: Format) -> Cell {
        Cell::of(self.find(at.0, at.1, term, statistic), format)
    }

    /// Decimals with which a number is read: about two significant digits of its standard deviation.
    pub fn decimals(&self, at: At<'_>, sd: &Statistic) -> usize {
        match self.find(at.0, at.1, WHOLE, sd).and_then(Cleared::value) {
            Some(sd) if sd < 0.2 => 3,
            Some(sd) if sd < 2.0 => 2,
            Some(_) => 1,
            None => 2,
        }
    }

    /// How many gave an answer. A code that nobody gave may have no estimate: nobody is what its absence means.
    pub fn count_or_nobody(&self, at: At<'_>, code: &Term) -> Cell {
        self.cell(at, code, &COUNT, Format::Count).or_nobody()
    }

    /// How many gave an answer, and their share of those who answered; nobody where the code has no estimate.
    pub fn count_and_share(&self, at: At<'_>, code: &Term, share: Format) -> [Cell; 2] {
        match self.cell(at, code, &COUNT, Format::Count) {
            cell if cell == Content::Missing => [Content::Zero, Content::Zero].map(Cell::from),
            count => [count, self.cell(at, code, &SHARE, share)],
        }
    }

    pub fn interval(&self, at: At<'_>, term: &Term, ends: [&Statistic; 2], format: Format) -> Cell {
        let [low, high] = ends.map(|end| self.find(at.0, at.1, term, end));
        Cell::interval(low, high, format)
    }

    /// Whether a statistic was computed for a variable of a group, shown or not.
    pub fn has(&self, at: At<'_>, statistic: &Statistic) -> bool {
        self.cleared
            .iter()
            .any(|one| one.group() == at.0 && one.variable() == at.1 && one.statistic() == statistic)
    }

    /// The variables, in the order in which they stand.
    pub fn variables(&self) -> Vec<&'a Variable> {
        distinct(self.cleared.iter().map(|one| one.variable()))
    }

    /// The groups, in the order in which they stand; the empty one is everyone.
    pub fn groups(&self) -> Vec<&'a Group> {
        distinct(self.cleared.iter().map(|one| one.group()))
    }

    /// The terms of a statistic of a variable, over all groups.
    pub fn terms(&self, variable: &Variable, statistic: &Statistic) -> Vec<&'a Term> {
        let of = |one: &&&Cleared| one.variable() == variable && one.statistic() == statistic;
        distinct(self.cleared.iter().filter(of).map(|one| one.term()))
    }

    /// The terms of a statistic in parentheses: the programs that it is compared between.
    pub(super) fn terms_of(&self, statistic: &Statistic) -> Vec<&'a Term> {
        let of = |one: &&&Cleared| one.statistic() == statistic && one.term().is_aside();
        distinct(self.cleared.iter().filter(of).map(|one| one.term()))
    }

    /// Missing answers of all reasons together.
    pub fn missing(&self, at: At<'_>) -> Cell {
        // It is given where somebody lacks an answer.
        self.cell(at, WHOLE, &MISSING_TOTAL, Format::Count).or_nobody()
    }
}

/// `0.71 (0.66–0.76)`: a number with its interval in one cell; without an interval the number alone.
pub(super) fn with_interval(value: Cell, interval: Cell) -> Cell {
    match (&value.content, &interval.content) {
        (Content::Number { .. }, Content::Interval { .. }) => {
            let said = words::each(|language| {
                // Lines break between the number and its interval, not within it.
                let interval = number::cell(&interval, language).replace(' ', "\u{a0}");
                format!("{} ({interval})", number::cell(&value, language))
            });
            Cell::words(said, [&value, &interval])
        }
        // That there is an interval which is not shown is said, too.
        (&Content::Number { value: number, format }, Content::Suppressed) => {
            Cell::from(Content::Partly { value: number, format }).with([&value, &interval])
        }
        _ => value,
    }
}

fn distinct<'a, K: Ord>(all: impl Iterator<Item = &'a K>) -> Vec<&'a K> {
    let mut seen = BTreeSet::new();
    all.filter(|one| seen.insert(*one)).collect()
}

/// A condition of what a table or figure shows, in words.
pub(crate) struct Told {
    pub code: String,
    /// Whether the numbers that carry it are not to be trusted.
    pub is_doubt: bool,
    pub said: Text,
}

/// The conditions of the estimates that a table or figure shows, but for those that it is quiet about, each with what it concerns: a
/// sentence below it. What is not shown has no reservations there.
pub(crate) fn conditions<'i>(
    analyses: &[AnalysisView<'_>],
    labels: &Labels,
    quiet: &[&str],
    shown: impl IntoIterator<Item = &'i Arc<str>>,
) -> Vec<Told> {
    let shown: HashSet<&str> = shown.into_iter().map(|id| &**id).collect();
    let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for one in analyses.iter().flat_map(|analysis| &analysis.cleared) {
        if one.conditions().is_empty() || !shown.contains(&**one.id()) {
            continue;
        }
        for condition in one.conditions() {
            if quiet.contains(&condition.code.as_ref()) {
                continue;
            }
            let about = found.entry(&condition.code).or_default();
            if !condition.detail.is_empty() {
                about.insert(condition.detail.clone());
            }
        }
    }
    let sentence = |(code, about): (&str, BTreeSet<String>)| {
        let about: Vec<Text> = about.iter().filter_map(|detail| concerned(labels, detail)).collect();
        let said = words::each(|language| {
            let mut sentence = condition(language, code);
            let names: BTreeSet<&str> = about.iter().map(|name| name.get(language)).collect();
            if !names.is_empty() {
                let names: Vec<&str> = names.into_iter().collect();
                sentence = format!("{} ({}).", sentence.trim_end_matches('.'), names.join("; "));
            }
            sentence
        });
        Told { is_doubt: DOUBTS.contains(&code), code: code.to_owned(), said }
    };
    found.into_iter().map(sentence).collect()
}

/// What a condition says, in words; its code where there are none.
pub fn condition(language: Language, code: &str) -> String {
    match words::find(language, &format!("condition.{code}")) {
        Some(words) => words.to_owned(),
        None => words::say(language, "condition.other", &[("code", code.replace('_', " "))]),
    }
}

/// A condition's detail is often a term, which has words in every language; what has none stays in the file of estimates.
fn concerned(labels: &Labels, detail: &str) -> Option<Text> {
    match level_of(detail) {
        (variable, Some(code)) if labels.item(variable).is_some() => {
            let (variable, code) = (labels.variable(variable), labels.code(variable, code));
            Some(words::each(|language| format!("{}: {}", variable.get(language), code.get(language))))
        }
        _ if labels.item(detail).is_some() => Some(labels.variable(detail)),
        _ => None,
    }
}
