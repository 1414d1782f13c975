//! What adds up in a description: answers and reasons for their absence, groups, overlaps.

use std::collections::BTreeMap;

use super::{Cells, Subjects};
use crate::disclosure::system::System;
use crate::estimate::{Kind, Role};
use crate::statistic::{BOTH, COMPLETE, COUNT, INCOMPLETE, MISSING, TOTAL, VALID};

/// Answers add up to the valid ones.
pub(super) fn link(system: &mut System, cells: &mut Cells<'_>) {
    let answers = cells.cells(&COUNT);
    if let Some(valid) = cells.get(&VALID, "") {
        system.answers(valid, &answers);
    }
    // Who has a score and not all of its items lacks an answer: one may have refused it.
    if let (Some(valid), Some(complete)) = (cells.get(&VALID, ""), cells.get(&COMPLETE, "")) {
        system.difference(valid, complete, Role::Interior, true);
    }
}

/// Valid and missing answers add up to the group, which is the same for every variable of an analysis, and which the
/// description of the grouping variable gives away.
pub(super) fn totals(system: &mut System, subjects: &mut Subjects<'_>) {
    let mut known: BTreeMap<(&str, &str, u64), usize> = BTreeMap::new();
    let mut sizes: BTreeMap<(String, String, u64), usize> = BTreeMap::new();
    for (&(_, group, variable), (kind, cells)) in &subjects.of {
        if *kind == Kind::Describe && group.is_empty() {
            let name = variable.split('@').next().unwrap_or(variable);
            for (term, cell) in cells.all(&COUNT) {
                sizes.insert((name.to_owned(), term.to_owned(), system.cells[cell].value), cell);
            }
        }
    }
    for (&(analysis, group, _), (kind, cells)) in &mut subjects.of {
        if !matches!(kind, Kind::Describe | Kind::Trajectory) {
            continue;
        }
        let Some(valid) = cells.get(&VALID, "") else {
            continue;
        };
        let mut parts = cells.cells(&MISSING);
        parts.extend(cells.get(&INCOMPLETE, ""));
        parts.push(valid);
        let value = parts.iter().map(|&part| system.cells[part].value).sum();
        let total = *known.entry((analysis, group, value)).or_insert_with(|| {
            let total = system.add(value, Role::Total, !group.is_empty(), true);
            let column = group.split_once('=').map(|(name, code)| {
                (name.split('@').next().unwrap_or(name).to_owned(), code.to_owned(), value)
            });
            if let Some(&size) = column.and_then(|column| sizes.get(&column)) {
                system.sum(total, &[size]);
            }
            total
        });
        system.sum(total, &parts);
        cells.by.insert((&TOTAL, ""), total);
    }
}

/// Those with both, and those with one of the two only: `both` has the variable `a` and the term `b`.
pub(super) fn overlaps(system: &mut System, subjects: &Subjects<'_>) {
    for (&(analysis, group, variable), (_, cells)) in &subjects.of {
        for (other, both) in cells.all(&BOTH) {
            let mirror =
                subjects.of.get(&(analysis, group, other)).and_then(|(_, cells)| cells.get(&BOTH, variable));
            if let Some(mirror) = mirror.filter(|&mirror| mirror > both) {
                system.sum(both, &[mirror]);
            }
            for one in [variable, other] {
                // Those with the second code of a binary variable.
                let column = subjects.of.get(&(analysis, group, one));
                let Some((_, yes)) = column.and_then(|(_, cells)| cells.all(&COUNT).pop()) else {
                    continue;
                };
                if yes != both {
                    system.difference(yes, both, Role::Interior, true);
                }
            }
        }
    }
}
