//! What must be hidden together with a hidden cell: every published number from which it could be computed.

use std::collections::BTreeMap;

use super::linked::{Cells as Subject, Key, Subjects};
use super::system::System;
use super::widen::MeanChanges;
use super::withhold::Models;
use crate::estimate::{Condition, Counted, Estimate, RestsOn, Role, Statistic, Term, WHOLE};
use crate::statistic::{
    AFTER_COUNT, BEFORE_COUNT, D_AV_HIGH, D_AV_LOW, MEAN_CHANGE_HIGH, MEAN_CHANGE_LOW, N11, TRANSITION,
};

/// How an estimate may be shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Verdict {
    Show,
    /// As an end of the widest interval that the published counts allow.
    Widen(f64),
    /// As what it is at most, which is a function of what is published.
    Bound(f64),
    Suppress,
}

/// The decided cells of a release, with what follows from them.
pub(super) struct Cells<'a> {
    system: &'a System,
    subjects: &'a Subjects<'a>,
    threshold: u64,
    models: Models<'a>,
    /// Both ends of the intervals that are wider than computed, with what divides them on the scale of d_av.
    widened: BTreeMap<Key<'a>, ([f64; 2], Option<f64>)>,
}

impl<'a> Cells<'a> {
    pub fn new(
        estimates: &'a [Estimate],
        system: &'a System,
        subjects: &'a Subjects<'a>,
        threshold: u64,
    ) -> Cells<'a> {
        let models = Models::new(estimates, system, subjects, threshold);
        let mut cells = Cells { system, subjects, threshold, models, widened: BTreeMap::new() };
        let changes = MeanChanges::new(estimates);
        for (&key, (_, subject)) in &subjects.of {
            let base_shown = subject.base().is_some_and(|base| !cells.hidden(base));
            let margins = cells.any_hidden(subject, &[&BEFORE_COUNT, &AFTER_COUNT]);
            if base_shown && !margins && cells.any_hidden(subject, &[&TRANSITION]) {
                let widest = changes.widest(system, key, subject);
                cells.widened.extend(widest.map(|ends| (key, (ends, changes.spread(key)))));
            }
        }
        cells
    }

    /// The conditions of an estimate, as far as they may be seen.
    pub fn conditions(&self, estimate: &Estimate) -> Vec<Condition> {
        self.models.conditions(estimate)
    }

    fn hidden(&self, cell: usize) -> bool {
        self.system.cells[cell].hidden.is_some()
    }

    fn any_hidden(&self, subject: &Subject<'_>, statistics: &[&'static Statistic]) -> bool {
        statistics.iter().any(|statistic| subject.cells(statistic).into_iter().any(|cell| self.hidden(cell)))
    }

    /// Whether an estimate may be seen; of a family its tests decide ([`super::family`]).
    pub fn verdict(&self, index: usize, estimate: &Estimate) -> Verdict {
        let key = key(estimate);
        let Some((_, subject)) = self.subjects.of.get(&key) else {
            return Verdict::Suppress;
        };
        if self.models.withholds(&key, estimate) || self.hides(index, subject, estimate) {
            let Some(&([low, high], spread)) = self.widened.get(&key) else { return Verdict::Suppress };
            let is = |statistic: &Statistic| estimate.statistic == statistic;
            return match spread {
                _ if is(&MEAN_CHANGE_LOW) => Verdict::Widen(low),
                _ if is(&MEAN_CHANGE_HIGH) => Verdict::Widen(high),
                Some(spread) if is(&D_AV_LOW) => Verdict::Widen(low / spread),
                Some(spread) if is(&D_AV_HIGH) => Verdict::Widen(high / spread),
                _ => Verdict::Suppress,
            };
        }
        Verdict::Show
    }

    /// Whether a count is hidden that the value of an estimate rests on.
    fn hides(&self, index: usize, subject: &Subject<'_>, estimate: &Estimate) -> bool {
        let base = || subject.base().is_some_and(|base| self.hidden(base));
        let small = || estimate.n.is_some_and(|n| (1..self.threshold).contains(&n));
        match estimate.statistic.rests_on {
            RestsOn::Nobody => false,
            RestsOn::One | RestsOn::Tests | RestsOn::Released => true,
            RestsOn::Count { .. } => match self.subjects.cell_of[index] {
                Some(cell) => self.hidden(cell),
                // A count that is no integer (weighted) has no cell to be judged by.
                None => estimate.value.is_some(),
            },
            RestsOn::Base => base(),
            RestsOn::Only(counts) => self.any_counted(subject, counts, estimate),
            // A number at full precision is a fraction: it gives its denominator away as well.
            _ if base() || small() => true,
            RestsOn::Share { of, beside } => {
                self.any_counted(subject, beside, estimate)
                    || match subject.get(of, &estimate.term) {
                        Some(cell) => self.hidden(cell),
                        None => self.any_count_hidden(subject),
                    }
            }
            RestsOn::Counts(counts) => self.any_counted(subject, counts, estimate),
            RestsOn::Moves(_) | RestsOn::MovesOfTable(_) if subject.get(&N11, WHOLE).is_some() => {
                self.any_count_hidden(subject)
            }
            RestsOn::MovesOfTable(_) if subject.cells(&TRANSITION).is_empty() => false,
            RestsOn::Moves(counts) | RestsOn::MovesOfTable(counts) => self.any_hidden(subject, counts),
            RestsOn::All => self.any_count_hidden(subject),
            RestsOn::AllOfAnalysis => self.of_analysis(estimate).any(|cells| self.any_count_hidden(cells)),
            RestsOn::OfAnalysis(counts) => {
                self.of_analysis(estimate).any(|cells| self.any_hidden(cells, counts))
            }
        }
    }

    fn any_counted(&self, subject: &Subject<'_>, counts: &[Counted], estimate: &Estimate) -> bool {
        let term = &estimate.term;
        let any = |cells: Vec<usize>| cells.into_iter().any(|cell| self.hidden(cell));
        let at = |statistic, term: &Term| any(subject.get(statistic, term).into_iter().collect());
        counts.iter().any(|count| match *count {
            Counted::Each(statistic) => any(subject.cells(statistic)),
            Counted::Same(statistic) => at(statistic, term),
            Counted::Before(statistic) => {
                term.as_move().is_some_and(|(before, _)| at(statistic, &Term::code(before)))
            }
            Counted::Among(statistic) => term.as_among().is_some_and(|one| at(statistic, &Term::code(one))),
            Counted::Together { of, whole } => {
                let is_named = |code: &Term| term.as_together().any(|named| *code == named);
                let (named, others): (Vec<_>, Vec<_>) =
                    subject.all(of).into_iter().partition(|(code, _)| is_named(code));
                let cells = |all: Vec<(&Term, usize)>| all.into_iter().map(|(_, cell)| cell).collect();
                any(cells(named)) && (any(subject.cells(whole)) || any(cells(others)))
            }
            Counted::OfAnalysis(statistic) => {
                self.of_analysis(estimate).any(|cells| self.any_hidden(cells, &[statistic]))
            }
        })
    }

    /// The subjects of the analysis that an estimate is of.
    fn of_analysis(&self, estimate: &Estimate) -> impl Iterator<Item = &Subject<'a>> {
        let own = self.subjects.of.iter().filter(|((analysis, ..), _)| *analysis == estimate.analysis);
        own.map(|(_, (_, cells))| cells)
    }

    /// Whether any count of a subject is hidden, but for how many of them have a weight, of which nothing else is a function.
    fn any_count_hidden(&self, subject: &Subject<'_>) -> bool {
        let weighed =
            |statistic: &Statistic| matches!(statistic.rests_on, RestsOn::Count { role: Role::Weighed, .. });
        subject.by.iter().any(|((statistic, _), &cell)| !weighed(statistic) && self.hidden(cell))
    }

    /// The `n` of an estimate as far as it may be seen: it is a count like any other.
    ///
    /// It is shown where it is the published base of its subject, or where its subject hides nothing and no hidden count of
    /// its analysis has the same value.
    pub fn denominator(&self, estimate: &Estimate) -> Option<u64> {
        let n = estimate.n?;
        let (_, subject) = self.subjects.of.get(&key(estimate))?;
        let base = subject.base().filter(|&base| self.system.cells[base].value == n);
        let shown = match base {
            Some(base) => !self.hidden(base),
            None => {
                let same = |&cell: &usize| self.hidden(cell) && self.system.cells[cell].value == n;
                !subject.by.values().any(|&cell| self.hidden(cell))
                    && !self.of_analysis(estimate).any(|cells| cells.by.values().any(same))
            }
        };
        (shown && !(1..self.threshold).contains(&n)).then_some(n)
    }
}

fn key(estimate: &Estimate) -> Key<'_> {
    (&estimate.analysis, &estimate.group, &estimate.variable)
}
