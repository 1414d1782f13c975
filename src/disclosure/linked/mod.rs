//! From estimates to linked cells: which counts are the same, and which add up to which.
//!
//! The identities are those of the field: answers and missing add up to the group, transitions to their margins, groups to the whole.
//! [`System::sum`] accepts an identity only if the counts obey it.

mod agreement;
mod attrition;
mod change;
mod describe;
mod followup;
mod goals;
mod model;
mod trajectory;
mod use_classes;

use std::collections::BTreeMap;

use super::system::System;
use crate::dictionary::Reason;
use crate::estimate::{Estimate, Group, Kind, RestsOn, Role, Small, Statistic, Term, Variable, WHOLE};
use crate::statistic::{N_OBS, RELIABLE_THRESHOLD, WEIGHTED_N_OBS};

/// What a set of estimates is about: analysis, group, variable.
pub(super) type Key<'a> = (&'a str, &'a Group, &'a Variable);

/// The cells of one subject.
#[derive(Debug, Default)]
pub(super) struct Cells<'a> {
    /// Statistic and term → cell; also cells that are not published but that a reader can compute (`before_count`).
    pub by: BTreeMap<(&'static Statistic, &'a Term), usize>,
}

impl<'a> Cells<'a> {
    pub fn get(&self, statistic: &'static Statistic, term: &Term) -> Option<usize> {
        self.by.get(&(statistic, term)).copied()
    }

    /// The cells of a statistic with their terms, in the order of the terms.
    pub fn all(&self, statistic: &'static Statistic) -> Vec<(&'a Term, usize)> {
        let found = self.by.iter().filter(|((known, _), _)| *known == statistic);
        found.map(|((_, term), &cell)| (*term, cell)).collect()
    }

    pub fn cells(&self, statistic: &'static Statistic) -> Vec<usize> {
        self.all(statistic).into_iter().map(|(_, cell)| cell).collect()
    }

    /// The number of persons that the subject's shares, moments and tests rest on.
    pub fn base(&self) -> Option<usize> {
        let is_base =
            |statistic: &Statistic| matches!(statistic.rests_on, RestsOn::Count { role: Role::Base, .. });
        self.by.iter().find(|((known, term), _)| is_base(known) && term.is_empty()).map(|(_, &cell)| cell)
    }
}

/// All subjects of a release, and the cell of each estimate that is a count.
#[derive(Debug)]
pub(super) struct Subjects<'a> {
    pub of: BTreeMap<Key<'a>, (Kind, Cells<'a>)>,
    /// By the position of the estimate.
    pub cell_of: Vec<Option<usize>>,
}

/// Builds the cells and equations of a release.
pub(super) fn link(estimates: &[Estimate]) -> (System, Subjects<'_>) {
    let mut system = System::default();
    let mut subjects = Subjects { of: BTreeMap::new(), cell_of: Vec::with_capacity(estimates.len()) };
    // The same count in two analyses is one cell. That the value is part of the key keeps different cohorts apart; where
    // two cohorts happen to agree, the reader is taken to know more than he does.
    let mut known = BTreeMap::new();
    for estimate in estimates {
        let key = (estimate.analysis.as_str(), &estimate.group, &estimate.variable);
        let (_, cells) = subjects.of.entry(key).or_insert_with(|| (estimate.kind, Cells::default()));
        let cell = count(estimate).map(|(value, role, small)| {
            let (statistic, term) = (estimate.statistic, &estimate.term);
            let same = (trajectory::counted_as(estimate), key.1, key.2, statistic, term, value);
            let cell = *known.entry(same).or_insert_with(|| {
                // The followed and the lost are groups of all members.
                let grouped = !key.1.is_empty() || estimate.kind == Kind::Attrition;
                system.add(value, role, grouped, sensitive(small, term))
            });
            cells.by.insert((statistic, term), cell);
            cell
        });
        subjects.cell_of.push(cell);
    }
    let thresholds: BTreeMap<Key<'_>, f64> = estimates
        .iter()
        .filter(|estimate| estimate.statistic == &RELIABLE_THRESHOLD)
        .filter_map(|estimate| {
            Some(((&*estimate.analysis, &estimate.group, &estimate.variable), estimate.value?))
        })
        .collect();
    for (key, (kind, cells)) in &mut subjects.of {
        match *kind {
            Kind::Change => {
                change::link(&mut system, cells, thresholds.get(key).copied());
                use_classes::link(&mut system, cells);
            }
            Kind::Describe => describe::link(&mut system, cells),
            Kind::Attrition => attrition::link(&mut system, cells),
            Kind::Agreement => agreement::link(&mut system, cells),
            Kind::Model => {
                model::link(&mut system, cells);
                weighted(&mut system, cells, [&N_OBS, &WEIGHTED_N_OBS]);
            }
            Kind::Trajectory => trajectory::link(&mut system, cells),
            _ => {}
        }
    }
    describe::totals(&mut system, &mut subjects);
    describe::overlaps(&mut system, &subjects);
    followup::link(&mut system, &subjects);
    attrition::across(&mut system, &subjects);
    trajectory::across(&mut system, &subjects);
    agreement::across(&mut system, &subjects, estimates);
    goals::across(&mut system, &subjects, estimates);
    groups(&mut system, &subjects);
    (system, subjects)
}

/// The count of an estimate, where it is a number of persons: with its place in the table, and what a small one tells.
pub(super) fn count(estimate: &Estimate) -> Option<(u64, Role, Small)> {
    let RestsOn::Count { role, small } = estimate.statistic.rests_on else { return None };
    let value = estimate.value?;
    // Weighted counts are no cells; above 2^53 a float holds no unit.
    (value >= 0.0 && value.fract() == 0.0 && value < 9.0e15).then_some((value as u64, role, small))
}

/// Whether a small count says something about persons. That a field was left empty, not known, not allowed or not derivable
/// is a property of the form; to have refused, or not to have been asked or seen, is one of the person. Where the reason is not
/// told, as in attrition, it is taken to be one of the form.
fn sensitive(small: Small, term: &Term) -> bool {
    let of_form = [Reason::Blank, Reason::Unknown, Reason::Invalid, Reason::NotDerived];
    match small {
        Small::OfPersons => true,
        Small::OfForms => false,
        Small::ByReason => !of_form.iter().any(|reason| *term == reason.name()),
    }
}

/// Who stands in an analysis without a weight was not followed up for all that, or lacks an answer: the difference is a count.
fn weighted(system: &mut System, cells: &Cells<'_>, [all, weighed]: [&'static Statistic; 2]) {
    if let (Some(all), Some(weighed)) = (cells.get(all, WHOLE), cells.get(weighed, WHOLE)) {
        system.difference(all, weighed, Role::Interior, true);
    }
}

/// The groups of each grouping variable add up to the whole, but for those who lack the grouping variable.
fn groups(system: &mut System, subjects: &Subjects<'_>) {
    for (&(analysis, group, variable), (_, whole)) in &subjects.of {
        if !group.is_empty() {
            continue;
        }
        let mut parts: BTreeMap<Vec<&str>, Vec<&Cells<'_>>> = BTreeMap::new();
        for (&(of, part, about), (_, cells)) in &subjects.of {
            if of == analysis && about == variable && !part.is_empty() {
                parts.entry(part.variables()).or_default().push(cells);
            }
        }
        for part in parts.values() {
            for (&(statistic, term), &cell) in &whole.by {
                let of_groups: Vec<usize> =
                    part.iter().filter_map(|cells| cells.by.get(&(statistic, term)).copied()).collect();
                system.sum_with_rest(cell, &of_groups);
            }
        }
    }
}
