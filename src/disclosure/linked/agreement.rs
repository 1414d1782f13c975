//! Equations of agreement: the table of rated against computed change with its margins, and the changes and descriptions that count the same
//! people.

use std::collections::BTreeMap;

use super::{Cells, Key, Subjects};
use crate::disclosure::system::System;
use crate::estimate::{Estimate, Kind, Role, Term, WHOLE};
use crate::statistic::{
    AGREED, COUNT, DIFFERENCED_COUNT, IMPROVED, N_PAIRS, N_RATED, RATED_COUNT, RATED_DIFFERENCED,
    RATED_LEVEL, UNCHANGED, VALID, WORSE,
};

/// Within one table: levels −1, 0 and 1, `rated>differenced`.
pub(super) fn link(system: &mut System, cells: &mut Cells<'_>) {
    let Some(n) = cells.get(&N_RATED, WHOLE) else { return };
    let table = cells.all(&RATED_DIFFERENCED);
    let at = |side: usize, level: &Term| -> Vec<usize> {
        let of = |term: &Term| term.as_move().is_some_and(|(row, column)| *level == [row, column][side]);
        table.iter().filter(|(term, _)| of(term)).map(|&(_, cell)| cell).collect()
    };
    for (side, margin) in [&RATED_COUNT, &DIFFERENCED_COUNT].into_iter().enumerate() {
        for (level, whole) in cells.all(margin) {
            system.sum(whole, &at(side, level));
        }
        system.answers(n, &cells.cells(margin));
    }
    if let Some(agreed) = cells.get(&AGREED, WHOLE) {
        let same = |term: &Term| term.as_move().is_some_and(|(row, column)| row == column);
        let diagonal: Vec<usize> =
            table.iter().filter(|(term, _)| same(term)).map(|&(_, cell)| cell).collect();
        system.sum(agreed, &diagonal);
        if let Some(others) = system.difference(n, agreed, Role::Margin, true) {
            system.everyone(n, &[agreed, others]);
        }
    }
}

/// Between analyses: change counts the same answers, with those who were not rated; a description of the rating counts the
/// same ratings, with those who lack an answer. How many these are is shown, and at which levels the reader is taken to know.
pub(super) fn across(system: &mut System, subjects: &Subjects<'_>, estimates: &[Estimate]) {
    let ratings = ratings(estimates);
    for (key @ &(_, group, variable), (_, cells)) in
        subjects.of.iter().filter(|(_, (kind, _))| *kind == Kind::Agreement)
    {
        let rating = ratings.get(key);
        for (&(_, of_group, about), (kind, other)) in &subjects.of {
            match *kind {
                Kind::Change if (of_group, about) == (group, variable) => changed(system, cells, other),
                Kind::Describe if of_group == group => {
                    let codes = rating.filter(|(rated, _)| *about == *rated).map(|(_, codes)| codes);
                    codes.into_iter().for_each(|codes| described(system, cells, other, codes));
                }
                _ => {}
            }
        }
    }
}

/// The rated variable of a table, and its codes with the level that each is read as.
type Rating<'a> = (&'a str, Vec<(Term, Term)>);

/// By the table that they are of.
fn ratings(estimates: &[Estimate]) -> BTreeMap<Key<'_>, Rating<'_>> {
    let mut found: BTreeMap<Key<'_>, Rating<'_>> = BTreeMap::new();
    for estimate in estimates.iter().filter(|estimate| estimate.statistic == &RATED_LEVEL) {
        let key: Key<'_> = (&estimate.analysis, &estimate.group, &estimate.variable);
        if let (Some((variable, code)), Some(level)) = (estimate.term.as_level(), estimate.value) {
            let (_, codes) = found.entry(key).or_insert_with(|| (variable, Vec::new()));
            codes.push((Term::code(code), Term::code(level)));
        }
    }
    found
}

fn changed(system: &mut System, table: &Cells<'_>, change: &Cells<'_>) {
    let among = [
        (&N_PAIRS, &N_RATED, WHOLE.clone()),
        (&IMPROVED, &DIFFERENCED_COUNT, Term::code(1)),
        (&UNCHANGED, &DIFFERENCED_COUNT, Term::code(0)),
        (&WORSE, &DIFFERENCED_COUNT, Term::code(-1)),
    ];
    for (whole, part, level) in among {
        if let (Some(whole), Some(part)) = (change.get(whole, WHOLE), table.get(part, &level)) {
            system.sum_with_rest(whole, &[part]);
        }
    }
}

fn described(system: &mut System, table: &Cells<'_>, rating: &Cells<'_>, codes: &[(Term, Term)]) {
    if let (Some(whole), Some(part)) = (rating.get(&VALID, WHOLE), table.get(&N_RATED, WHOLE)) {
        system.sum_with_rest(whole, &[part]);
    }
    let mut levels: BTreeMap<&Term, Vec<usize>> = BTreeMap::new();
    for (code, level) in codes {
        if let Some(cell) = rating.get(&COUNT, code) {
            levels.entry(level).or_default().push(cell);
        }
    }
    for (level, answers) in levels {
        if let Some(part) = table.get(&RATED_COUNT, level) {
            system.apart(part, &answers);
        }
    }
}
