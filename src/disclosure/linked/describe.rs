//! Equations of a description: answers and reasons for their absence, groups, overlaps.

use std::collections::BTreeMap;

use super::{Cells, Subjects};
use crate::disclosure::system::System;
use crate::estimate::{Group, Kind, Role, Term, Variable, WHOLE, Waves};
use crate::statistic::{BOTH, COMPLETE, COUNT, INCOMPLETE, MISSING, TOTAL, VALID};

/// Answers add up to the valid ones.
pub(super) fn link(system: &mut System, cells: &mut Cells<'_>) {
    let answers = cells.cells(&COUNT);
    if let Some(valid) = cells.get(&VALID, WHOLE) {
        system.answers(valid, &answers);
    }
    // Who has a score and not all of its items lacks an answer: one may have refused it.
    if let (Some(valid), Some(complete)) = (cells.get(&VALID, WHOLE), cells.get(&COMPLETE, WHOLE)) {
        system.difference(valid, complete, Role::Interior, true);
    }
}

/// Valid and missing answers add up to the group, which is the same for every variable of an analysis, and which the
/// description of the grouping variable gives away.
pub(super) fn totals(system: &mut System, subjects: &mut Subjects<'_>) {
    let mut known: BTreeMap<(&str, &Group, u64), usize> = BTreeMap::new();
    let mut sizes: BTreeMap<(String, Term, u64), usize> = BTreeMap::new();
    for (&(_, group, variable), (kind, cells)) in &subjects.of {
        if *kind == Kind::Describe && group.is_empty() {
            for (term, cell) in cells.all(&COUNT) {
                sizes.insert((variable.name().to_owned(), term.clone(), system.cells[cell].value), cell);
            }
        }
    }
    for (&(analysis, group, _), (kind, cells)) in &mut subjects.of {
        if !matches!(*kind, Kind::Describe | Kind::Trajectory) {
            continue;
        }
        let Some(valid) = cells.get(&VALID, WHOLE) else {
            continue;
        };
        let mut parts = cells.cells(&MISSING);
        parts.extend(cells.get(&INCOMPLETE, WHOLE));
        parts.push(valid);
        let value = parts.iter().map(|&part| system.cells[part].value).sum();
        let total = *known.entry((analysis, group, value)).or_insert_with(|| {
            let total = system.add(value, Role::Total, !group.is_empty(), true);
            let level = group.first();
            let column = level.map(|(name, code)| (Waves::of(name).name.to_owned(), Term::code(code), value));
            if let Some(&size) = column.and_then(|column| sizes.get(&column)) {
                system.sum(total, &[size]);
            }
            total
        });
        system.sum(total, &parts);
        cells.by.insert((&TOTAL, WHOLE), total);
    }
}

/// Those with both, and those with one of the two only: `both` has the variable `a` and the term `b`.
pub(super) fn overlaps(system: &mut System, subjects: &Subjects<'_>) {
    for (&(analysis, group, variable), (_, cells)) in &subjects.of {
        for (other, both) in cells.all(&BOTH) {
            // The term is a variable, and the variable a term.
            let (other, own) = (&Variable::from(other.as_str()), &Term::from(variable.as_str()));
            let mirror =
                subjects.of.get(&(analysis, group, other)).and_then(|(_, cells)| cells.get(&BOTH, own));
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
