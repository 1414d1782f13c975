//! Equations of a follow-up: members, and who was eligible, seen, elsewhere or lost at each wave, and the patterns of waves.

use std::collections::BTreeMap;

use super::{Cells, Subjects};
use crate::disclosure::system::System;
use crate::estimate::{Group, Kind, Role, Variable, WHOLE};
use crate::statistic::{ELIGIBLE, LOST, MEMBERS, PATTERN, SEEN, SEEN_IN_WINDOW, SEEN_LATE, STATE, TOTAL};

pub(super) fn link(system: &mut System, subjects: &Subjects<'_>) {
    let mut cohorts: BTreeMap<(&str, &Group), Vec<(&Variable, &Cells<'_>)>> = BTreeMap::new();
    for (&(analysis, group, variable), (kind, cells)) in &subjects.of {
        if *kind == Kind::Followup {
            cohorts.entry((analysis, group)).or_default().push((variable, cells));
        }
    }
    for cohort in cohorts.values() {
        let whole = cohort.iter().find(|(variable, _)| variable.is_empty()).map(|(_, cells)| *cells);
        let members = whole.and_then(|cells| cells.get(&MEMBERS, WHOLE));
        for (_, cells) in cohort.iter().filter(|(variable, _)| !variable.is_empty()) {
            wave(system, cells, members);
        }
        if let Some(members) = members {
            described(system, subjects, members);
        }
        if let Some(whole) = whole {
            patterns(system, whole, members, cohort);
        }
    }
}

/// A description of the same members has as many with and without an answer. Where another cohort happens to be as large, the
/// reader is taken to know more than he does.
fn described(system: &mut System, subjects: &Subjects<'_>, members: usize) {
    for ((_, group, _), (kind, cells)) in &subjects.of {
        let counts_members = matches!(*kind, Kind::Describe | Kind::Trajectory) && group.is_empty();
        if let (true, Some(total)) = (counts_members, cells.get(&TOTAL, WHOLE)) {
            system.sum(members, &[total]);
        }
    }
}

/// One wave. Which states count as eligible, and which as seen, the pipeline decides: every way of adding up that the
/// counts obey is taken to be known.
fn wave(system: &mut System, cells: &Cells<'_>, members: Option<usize>) {
    let states = cells.cells(&STATE);
    let [eligible, seen, lost] = [&ELIGIBLE, &SEEN, &LOST].map(|name| cells.get(name, WHOLE));
    let core: Vec<usize> = [seen, lost].into_iter().flatten().collect();
    for whole in [eligible, members].into_iter().flatten() {
        add_up(system, whole, &core, &states);
    }
    if let (Some(members), Some(eligible)) = (members, eligible) {
        add_up(system, members, &[eligible], &states);
    }
    if let (Some(seen), Some(in_window)) = (seen, cells.get(&SEEN_IN_WINDOW, WHOLE)) {
        // To have been seen late says something of the study, not of the person.
        let others = system.difference(seen, in_window, Role::Margin, false);
        if let (Some(others), Some(late)) = (others, cells.get(&SEEN_LATE, WHOLE)) {
            system.sum_with_rest(others, &[late]);
        }
    }
}

/// Adds `whole = Σ core + Σ some of the states` for the largest choice of states that the counts obey.
pub(super) fn add_up(system: &mut System, whole: usize, core: &[usize], states: &[usize]) {
    if core.is_empty() || states.len() > 12 {
        return; // 2^12 choices; no study has more ways of not being there.
    }
    let mut choices: Vec<u32> = (0..1u32 << states.len()).collect();
    choices.sort_by_key(|choice| std::cmp::Reverse(choice.count_ones()));
    for choice in choices {
        let chosen =
            states.iter().enumerate().filter(|(bit, _)| choice >> bit & 1 == 1).map(|(_, &state)| state);
        let parts: Vec<usize> = core.iter().copied().chain(chosen).collect();
        if system.sum(whole, &parts) {
            return;
        }
    }
}

/// Patterns (`11001`, one digit a wave) add up to the members, and those with a 1 at a wave to the seen of that wave.
fn patterns(
    system: &mut System,
    whole: &Cells<'_>,
    members: Option<usize>,
    cohort: &[(&Variable, &Cells<'_>)],
) {
    let patterns = whole.all(&PATTERN);
    if let Some(members) = members {
        let parts: Vec<usize> = patterns.iter().map(|&(_, cell)| cell).collect();
        system.sum(members, &parts);
    }
    let waves = patterns.iter().map(|(term, _)| term.len()).max().unwrap_or_default();
    for wave in 0..waves {
        let parts: Vec<usize> = patterns
            .iter()
            .filter(|(term, _)| term.as_bytes().get(wave) == Some(&b'1'))
            .map(|&(_, cell)| cell)
            .collect();
        // The digits' order is the waves', which their ids need not sort by: taken where the counts agree.
        for (_, cells) in cohort {
            if let Some(seen) = cells.get(&SEEN, WHOLE) {
                system.sum(seen, &parts);
            }
        }
    }
}
