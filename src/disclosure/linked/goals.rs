//! Equations of goal attainment: the levels of each goal, those with any goal, and descriptions of the same ratings.

use std::collections::BTreeMap;

use super::{Cells, Key, Subjects};
use crate::disclosure::system::System;
use crate::estimate::{Estimate, Kind, NO_VARIABLE, Role, Term, WHOLE};
use crate::statistic::{ATTAINED, ATTAINMENT, COUNT, GOAL_LEVEL, VALID, WITH_ANY_GOAL, WITH_GOAL};

/// Those with any goal have this one or not, and a description counts the same ratings by their codes. By how many persons the
/// two differ, where they are not of the same cohort, the reader is taken to know.
pub(super) fn across(system: &mut System, subjects: &Subjects<'_>, estimates: &[Estimate]) {
    let read = read(estimates);
    for (key @ &(analysis, group, variable), (_, cells)) in
        subjects.of.iter().filter(|(_, (kind, _))| *kind == Kind::Goals)
    {
        let Some(with_goal) = cells.get(&WITH_GOAL, WHOLE) else { continue };
        let codes = read.get(key).map_or(&[][..], Vec::as_slice);
        levels(system, cells, with_goal, codes);
        let whole = subjects.of.get(&(analysis, group, NO_VARIABLE)).map(|(_, whole)| whole);
        if let Some(any) = whole.and_then(|whole| whole.get(&WITH_ANY_GOAL, WHOLE)) {
            // Not to have a goal that others have is no secret of few.
            system.difference(any, with_goal, Role::Margin, false);
        }
        for ((_, of_group, about), (kind, other)) in &subjects.of {
            if *kind == Kind::Describe && (*of_group, *about) == (group, variable) {
                described(system, cells, other, codes);
            }
        }
    }
}

/// Within one goal: levels −2 to 2, of which 0 and above are attained. That nobody is at a level which no code stands for is
/// known to the reader, and hiding it would hide nothing.
fn levels(system: &mut System, cells: &Cells<'_>, with_goal: usize, codes: &[(&Term, Term)]) {
    let mut levels = cells.all(&ATTAINMENT);
    levels.retain(|(level, _)| codes.is_empty() || codes.iter().any(|(_, read)| read == *level));
    system.answers(with_goal, &levels.iter().map(|&(_, cell)| cell).collect::<Vec<_>>());
    if let Some(attained) = cells.get(&ATTAINED, WHOLE) {
        let reached = |term: &Term| term.parse::<i8>().is_ok_and(|level| level >= 0);
        let reached: Vec<usize> =
            levels.iter().filter(|(term, _)| reached(term)).map(|&(_, cell)| cell).collect();
        system.sum(attained, &reached);
        if let Some(others) = system.difference(with_goal, attained, Role::Margin, true) {
            system.everyone(with_goal, &[attained, others]);
        }
    }
}

/// Each code of a goal's ratings, with the level that it is read as.
fn read(estimates: &[Estimate]) -> BTreeMap<Key<'_>, Vec<(&Term, Term)>> {
    let mut found: BTreeMap<Key<'_>, Vec<(&Term, Term)>> = BTreeMap::new();
    for estimate in estimates.iter().filter(|estimate| estimate.statistic == &GOAL_LEVEL) {
        let key: Key<'_> = (&estimate.analysis, &estimate.group, &estimate.variable);
        if let Some(level) = estimate.value {
            found.entry(key).or_default().push((&estimate.term, Term::code(level)));
        }
    }
    found
}

fn described(system: &mut System, goal: &Cells<'_>, ratings: &Cells<'_>, read: &[(&Term, Term)]) {
    if let (Some(valid), Some(with_goal)) = (ratings.get(&VALID, WHOLE), goal.get(&WITH_GOAL, WHOLE)) {
        system.apart(valid, &[with_goal]);
    }
    let mut levels: BTreeMap<&Term, Vec<usize>> = BTreeMap::new();
    for (code, level) in read {
        if let Some(cell) = ratings.get(&COUNT, code) {
            levels.entry(level).or_default().push(cell);
        }
    }
    for (level, answers) in levels {
        if let Some(own) = goal.get(&ATTAINMENT, level) {
            system.apart(own, &answers);
        }
    }
}
