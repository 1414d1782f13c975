//! The cleared estimates of one analysis, found by what they are about.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::dictionary::{Language, Text};
use crate::disclosure::Cleared;
use crate::estimate::{Group, Kind, Statistic, Term, Variable, WHOLE, level_of};
use crate::plan::{Cluster, CohortUnit};
use crate::statistic::MISSING_TOTAL;
use crate::table::{Cell, Format, Labels, number, words};

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
    /// Which of the estimates have been looked up: what a table or figure that is made of the view rests on.
    looked_up: Vec<std::cell::Cell<bool>>,
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
        let looked_up = vec![std::cell::Cell::new(false); cleared.len()];
        AnalysisView { id, label, unit, cluster, level, cleared, index, looked_up }
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
        self.looked_up[position].set(true);
        Some(self.cleared[position])
    }

    /// Takes note of an estimate that stands in no cell and whose conditions concern those that do, as few events concern every
    /// odds ratio.
    pub fn rests_on(&self, at: At<'_>, statistic: &Statistic) {
        self.find(at.0, at.1, WHOLE, statistic);
    }

    /// The estimates that have been looked up, in order.
    fn looked_up(&self) -> impl Iterator<Item = &'a Cleared> {
        self.cleared.iter().zip(&self.looked_up).filter(|(_, found)| found.get()).map(|(one, _)| *one)
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
        match self.cell(at, WHOLE, &MISSING_TOTAL, Format::Count) {
            // It is given where somebody lacks an answer.
            Cell::Missing => Cell::Zero,
            cell => cell,
        }
    }
}

/// `0.71 (0.66–0.76)`: a number with its interval in one cell; without an interval the number alone.
pub(super) fn with_interval(value: Cell, interval: Cell) -> Cell {
    match (value, interval) {
        (value @ Cell::Number { .. }, interval @ Cell::Interval { .. }) => {
            Cell::Text(words::each(|language| {
                // Lines break between the number and its interval, not within it.
                let interval = number::cell(&interval, language).replace(' ', "\u{a0}");
                format!("{} ({interval})", number::cell(&value, language))
            }))
        }
        // That there is an interval which is not shown is said, too.
        (Cell::Number { value, format }, Cell::Suppressed) => Cell::Partly { value, format },
        (value, _) => value,
    }
}

fn distinct<'a, K: Ord>(all: impl Iterator<Item = &'a K>) -> Vec<&'a K> {
    let mut seen = BTreeSet::new();
    all.filter(|one| seen.insert(*one)).collect()
}

/// The conditions of what was looked up of the analyses and is `told`, but for those that the layout is quiet about, each with what
/// it concerns: a sentence below the table. What is not in the table has no reservations there.
pub(crate) fn conditions(
    analyses: &[AnalysisView<'_>],
    labels: &Labels,
    quiet: &[&str],
    told: &dyn Fn(&Cleared) -> bool,
) -> Vec<Text> {
    let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for analysis in analyses {
        for one in analysis.looked_up().filter(|one| told(one)) {
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
    }
    let sentence = |(code, about): (&str, BTreeSet<String>)| {
        let about: Vec<Text> = about.iter().filter_map(|detail| concerned(labels, detail)).collect();
        words::each(|language| {
            let mut sentence = condition(language, code);
            let names: BTreeSet<&str> = about.iter().map(|name| name.get(language)).collect();
            if !names.is_empty() {
                let names: Vec<&str> = names.into_iter().collect();
                sentence = format!("{} ({}).", sentence.trim_end_matches('.'), names.join("; "));
            }
            sentence
        })
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
