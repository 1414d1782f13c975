//! Equations of a trajectory: answers at each wave, which a description may count as well; transitions between waves, which a change may count
//! as well; and those who answered at only one of two waves.

use std::collections::BTreeMap;

use super::{Cells, Subjects, change, describe};
use crate::change::trajectory::COUNTED_IN_PAIRS;
use crate::describe::COUNTED as COUNTED_AT_WAVE;
use crate::disclosure::system::System;
use crate::estimate::{Estimate, Group, Kind, Role, Statistic, Variable, WHOLE};
use crate::statistic::{
    AFTER_COUNT, BEFORE_COUNT, COUNT, INCOMPLETE, N_PAIRS, N00, N01, N10, N11, TRANSITION, VALID, WAVE_COUNT,
};

/// The stage that counts the same: a person with an answer at a wave is one, whoever counts.
pub(super) fn counted_as(estimate: &Estimate) -> Kind {
    match estimate.kind {
        Kind::Trajectory if COUNTED_AT_WAVE.contains(&estimate.statistic) => Kind::Describe,
        Kind::Trajectory if COUNTED_IN_PAIRS.contains(&estimate.statistic) => Kind::Change,
        kind => kind,
    }
}

/// Within one wave, or one step from a wave to the next.
pub(super) fn link<'a>(system: &mut System, cells: &mut Cells<'a>) {
    describe::link(system, cells);
    change::link(system, cells, None);
    // The event is the second code of a binary variable.
    if let (Some(event), Some((_, yes))) = (cells.get(&WAVE_COUNT, WHOLE), cells.all(&COUNT).pop()) {
        system.sum(yes, &[event]);
    }
}

/// Between waves and steps: who answered at a wave is one of the pairs of a step or answered at one of its waves only.
pub(super) fn across(system: &mut System, subjects: &Subjects<'_>) {
    let mut left_out: BTreeMap<(&str, &Group, &str), Vec<usize>> = BTreeMap::new();
    for (&(analysis, group, variable), (_, cells)) in
        subjects.of.iter().filter(|(_, (kind, _))| *kind == Kind::Trajectory)
    {
        let name = variable.name();
        if let Some(cell) = cells.get(&INCOMPLETE, WHOLE) {
            left_out.entry((analysis, group, name)).or_default().push(cell);
        }
        let (Some(from), Some(to)) = (variable.wave(), variable.to()) else { continue };
        for (wave, margin) in [(from, &BEFORE_COUNT), (to, &AFTER_COUNT)] {
            let at = Variable::at(name, wave);
            if let Some((_, at_wave)) = subjects.of.get(&(analysis, group, &at)) {
                only_there(system, at_wave, cells, margin);
            }
        }
        for ((_, of, about), (kind, other)) in &subjects.of {
            if (*kind, *of, *about) == (Kind::Change, group, variable) {
                two_by_two(system, cells, other);
            }
        }
    }
    // Those who are left out are the same at all waves.
    for cells in left_out.values() {
        for pair in cells.windows(2) {
            system.sum(pair[0], &[pair[1]]);
        }
    }
}

/// Those with an answer at the wave who are not among the pairs, in all and by answer.
fn only_there(system: &mut System, at_wave: &Cells<'_>, step: &Cells<'_>, margin: &'static Statistic) {
    let (Some(valid), Some(pairs)) = (at_wave.get(&VALID, WHOLE), step.get(&N_PAIRS, WHOLE)) else { return };
    let Some(all) = system.difference(valid, pairs, Role::Margin, true) else { return };
    let by_answer: Vec<usize> = at_wave
        .all(&COUNT)
        .into_iter()
        .filter_map(|(code, count)| system.difference(count, step.get(margin, code)?, Role::Interior, true))
        .collect();
    system.sum(all, &by_answer);
}

/// The transitions of two codes are the table of a binary change.
fn two_by_two(system: &mut System, step: &Cells<'_>, change: &Cells<'_>) {
    let transitions = step.cells(&TRANSITION);
    let cells = [&N00, &N01, &N10, &N11].map(|name| change.get(name, WHOLE));
    if transitions.len() == cells.len() {
        for (whole, part) in cells.into_iter().zip(transitions) {
            if let Some(whole) = whole {
                system.sum(whole, &[part]);
            }
        }
    }
}
