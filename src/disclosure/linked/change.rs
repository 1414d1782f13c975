//! Equations of a paired change: pairs, directions, the 2 × 2 table, the transition table and its margins.

use std::collections::BTreeMap;

use super::Cells;
use crate::disclosure::system::System;
use crate::estimate::{Role, Statistic, Term, WHOLE};
use crate::statistic::{
    AFTER_COUNT, BEFORE_COUNT, CASES_BEFORE, DECREASED, IMPROVED, INCREASED, N_PAIRS, N00, N01, N10, N11,
    RECOVERED, RELIABLE_IMPROVED, RELIABLE_UNCHANGED, RELIABLE_WORSE, SHARE_AFTER, SHARE_BEFORE, TRANSITION,
    UNCHANGED, WEIGHTED_N_PAIRS, WORSE,
};

/// `threshold`: the published change beyond which a change is reliable, where there is one.
pub(super) fn link<'a>(system: &mut System, cells: &mut Cells<'a>, threshold: Option<f64>) {
    let Some(pairs) = cells.get(&N_PAIRS, WHOLE) else {
        return;
    };
    for [up, same, down] in [[&IMPROVED, &UNCHANGED, &WORSE], [&INCREASED, &UNCHANGED, &DECREASED]] {
        let parts = [cells.get(up, WHOLE), cells.get(same, WHOLE), cells.get(down, WHOLE)];
        if let [Some(up), Some(same), Some(down)] = parts {
            system.answers(pairs, &[up, same, down]);
        }
    }
    // Which direction is better is known to the reader: each holds in one orientation at least.
    for (named, raw) in
        [(&IMPROVED, &INCREASED), (&IMPROVED, &DECREASED), (&WORSE, &INCREASED), (&WORSE, &DECREASED)]
    {
        if let (Some(named), Some(raw)) = (cells.get(named, WHOLE), cells.get(raw, WHOLE)) {
            system.sum(named, &[raw]);
        }
    }
    super::weighted(system, cells, [&N_PAIRS, &WEIGHTED_N_PAIRS]);
    reliable(system, cells, pairs);
    two_by_two(system, cells, pairs);
    transitions(system, cells, pairs, threshold);
}

/// Reliable change: three classes of the pairs; those who changed reliably are among those who changed, and who recovered is
/// among those who improved reliably and among the cases before.
fn reliable<'a>(system: &mut System, cells: &mut Cells<'a>, pairs: usize) {
    let parts = [&RELIABLE_IMPROVED, &RELIABLE_UNCHANGED, &RELIABLE_WORSE].map(|name| cells.get(name, WHOLE));
    let [Some(improved), Some(unchanged), Some(worse)] = parts else {
        return;
    };
    system.answers(pairs, &[improved, unchanged, worse]);
    let (cases, recovered) = (cells.get(&CASES_BEFORE, WHOLE), cells.get(&RECOVERED, WHOLE));
    let among = [
        (cells.get(&IMPROVED, WHOLE), Some(improved)),
        (cells.get(&WORSE, WHOLE), Some(worse)),
        (Some(improved), recovered),
        (cases, recovered),
        (Some(pairs), cases),
    ];
    for (whole, part) in among {
        if let (Some(whole), Some(part)) = (whole, part) {
            system.difference(whole, part, Role::Margin, true);
        }
    }
}

/// Where a table of two by two keeps the count at the first level, which no statistic publishes.
const FIRST: &Term = &Term::aside("first");

/// n01: first level before, second level after.
fn two_by_two<'a>(system: &mut System, cells: &mut Cells<'a>, pairs: usize) {
    let parts = [&N00, &N01, &N10, &N11].map(|name| cells.get(name, WHOLE));
    let [Some(n00), Some(n01), Some(n10), Some(n11)] = parts else {
        return;
    };
    if !system.sum(pairs, &[n00, n01, n10, n11]) {
        return;
    }
    system.everyone(pairs, &[n00, n01, n10, n11]);
    let grouped = system.cells[pairs].grouped;
    // The published shares before and after give these margins away.
    let shares = [(&SHARE_BEFORE, [[n00, n01], [n10, n11]]), (&SHARE_AFTER, [[n00, n10], [n01, n11]])];
    for (share, [no, yes]) in shares {
        let margin = [no, yes].map(|parts| {
            let value = parts.iter().map(|&part| system.cells[part].value).sum();
            let cell = system.add(value, Role::Margin, grouped, true);
            system.sum(cell, &parts);
            cell
        });
        system.answers(pairs, &margin);
        cells.by.insert((share, FIRST), margin[0]);
        cells.by.insert((share, WHOLE), margin[1]);
    }
    let directions: [(&'static Statistic, &[usize]); 3] =
        [(&UNCHANGED, &[n00, n11]), (&INCREASED, &[n01]), (&DECREASED, &[n10])];
    for (direction, parts) in directions {
        if let Some(whole) = cells.get(direction, WHOLE) {
            system.sum(whole, parts);
        }
    }
}

/// The term of a transition is `before>after`.
fn transitions(system: &mut System, cells: &Cells<'_>, pairs: usize, threshold: Option<f64>) {
    let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut columns: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let [mut up, mut same, mut down] = [const { Vec::new() }; 3];
    let mut steps: Vec<(f64, usize)> = Vec::new();
    for (term, cell) in cells.all(&TRANSITION) {
        let Some((before, after)) = term.as_move() else {
            continue;
        };
        rows.entry(before).or_default().push(cell);
        columns.entry(after).or_default().push(cell);
        if let (Ok(from), Ok(to)) = (before.parse::<f64>(), after.parse::<f64>()) {
            steps.push((to - from, cell));
        }
        match (before.parse::<f64>(), after.parse::<f64>()) {
            (Ok(from), Ok(to)) if from < to => up.push(cell),
            (Ok(from), Ok(to)) if from > to => down.push(cell),
            _ => same.push(cell),
        }
    }
    for (margin, lines) in [(&BEFORE_COUNT, &rows), (&AFTER_COUNT, &columns)] {
        for (level, parts) in lines {
            if let Some(whole) = cells.get(margin, &Term::code(level)) {
                system.answers(whole, parts);
            }
        }
        let margins = cells.cells(margin);
        system.answers(pairs, &margins);
    }
    if !rows.is_empty() {
        let all: Vec<usize> = cells.cells(&TRANSITION);
        system.sum(pairs, &all);
    }
    for (direction, parts) in [(&INCREASED, up), (&UNCHANGED, same), (&DECREASED, down)] {
        if let Some(whole) = cells.get(direction, WHOLE) {
            system.sum(whole, &parts);
        }
    }
    // Who changed reliably moved by more than the threshold, the better way or the worse. Which way is better the directions
    // tell; where they have the same counts, both ways that the counts obey are taken to be known.
    let whole = [&RELIABLE_IMPROVED, &RELIABLE_WORSE].map(|name| cells.get(name, WHOLE));
    if let ([Some(improved), Some(worse)], Some(threshold)) = (whole, threshold) {
        let far = |way: f64| -> Vec<usize> {
            steps.iter().filter(|(step, _)| way * step > threshold).map(|&(_, cell)| cell).collect()
        };
        let sum = |parts: &[usize]| parts.iter().map(|&part| system.cells[part].value).sum::<u64>();
        let obeys = |way: &f64| {
            sum(&far(*way)) == system.cells[improved].value && sum(&far(-way)) == system.cells[worse].value
        };
        let value = |name: &'static Statistic| cells.get(name, WHOLE).map(|cell| system.cells[cell].value);
        let better = |way: &f64| match *way > 0.0 {
            true => value(&IMPROVED) == value(&INCREASED),
            false => value(&IMPROVED) == value(&DECREASED),
        };
        let ways: Vec<f64> = [1.0, -1.0].into_iter().filter(better).filter(obeys).collect();
        for way in ways {
            let parts = [far(way), far(-way)];
            system.sum(improved, &parts[0]);
            system.sum(worse, &parts[1]);
        }
    }
}
