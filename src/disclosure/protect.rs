//! Primary and secondary suppression over a system of linked cells.

use super::interval::feasible;
use super::system::{System, Why};
use crate::estimate::Role;

/// How many times dearer a cell may be for standing in an equation with the exposed one.
const FAR: u64 = 12;

/// What suppression achieved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Protection {
    /// The narrowest feasible interval of a hidden cell, in steps of one person; infinite where none is bounded, `None`
    /// where nothing is hidden. Intervals only widen as more is hidden, so it is a lower bound.
    pub narrowest: Option<f64>,
    /// Cells hidden for their own sake whose interval could not be shown to be wide enough although all that they hang together
    /// with is hidden.
    pub exposed: usize,
}

/// Hides small cells, and then the cheapest further cells until every hidden cell is protected ([`super::interval::Interval::protects`]).
///
/// Greedy: (1) an equation with a single hidden cell gets a second one; (2) each hidden cell's feasible interval is computed,
/// and where it is too narrow the cheapest cell near it is hidden too. Hiding more only widens intervals, so what is once
/// protected stays so, and the loop ends at the latest when all is hidden.
pub(super) fn protect(system: &mut System, threshold: u64) -> Protection {
    for cell in &mut system.cells {
        if cell.sensitive && (1..threshold).contains(&cell.value) {
            cell.hidden = Some(Why::Small);
        }
    }
    let mut settled = vec![false; system.cells.len()];
    let mut narrowest: Option<f64> = None;
    let mut exposed = 0;
    loop {
        while let Some(cell) = lonely(system).and_then(|equation| cheapest(system, &[equation], threshold)) {
            system.cells[cell].hidden = Some(Why::Secondary);
        }
        let mut opened = false;
        let open = |cell: &usize| !settled[*cell] && system.cells[*cell].hidden.is_some();
        for cell in (0..system.cells.len()).filter(open).collect::<Vec<_>>() {
            let interval = feasible(system, cell);
            if let Some(interval) = interval.filter(|interval| interval.protects(threshold)) {
                settled[cell] = true;
                let width = interval.high - interval.low;
                narrowest = Some(narrowest.map_or(width, |narrow| narrow.min(width)));
                continue;
            }
            match nearby(system, cell, threshold) {
                Some(other) => {
                    system.cells[other].hidden = Some(Why::Secondary);
                    opened = true;
                    break;
                }
                // Large counts and zeros that were hidden for others' sake are no secret themselves; what follows from knowing
                // them the intervals of the others have counted with.
                None => {
                    settled[cell] = true;
                    exposed += usize::from(system.cells[cell].hidden != Some(Why::Secondary));
                }
            }
        }
        if !opened {
            break;
        }
    }
    let narrowest = give_back(system, threshold, narrowest);
    Protection { narrowest, exposed }
}

/// Shows the costliest cells again that the greedy choice hid without need (the clean-up step of Hundepool et al. 2012):
/// the numbers that whole tables rest on, each where all that hangs together with it stays protected without it.
fn give_back(system: &mut System, threshold: u64, mut narrowest: Option<f64>) -> Option<f64> {
    let costly = |cell: &usize| {
        let cell = &system.cells[*cell];
        cell.hidden == Some(Why::Secondary) && matches!(cell.role, Role::Side | Role::Base | Role::Total)
    };
    let mut hidden: Vec<usize> = (0..system.cells.len()).filter(costly).collect();
    hidden.sort_by_key(|&cell| (std::cmp::Reverse(cost(system, cell, threshold)), cell));
    for cell in hidden {
        let others: Vec<usize> =
            system.component(cell).0.into_iter().filter(|&other| other != cell).collect();
        system.cells[cell].hidden = None;
        let protected =
            |&other: &usize| feasible(system, other).filter(|interval| interval.protects(threshold));
        match others.iter().map(protected).collect::<Option<Vec<_>>>() {
            Some(intervals) => {
                let widths = intervals.into_iter().map(|interval| interval.high - interval.low);
                narrowest = widths.chain(narrowest).reduce(f64::min);
            }
            None => system.cells[cell].hidden = Some(Why::Secondary),
        }
    }
    narrowest
}

/// The published cell to hide for a hidden one that is too exposed: the cheapest of its own equations, or one of those
/// further off where it is cheaper by far.
fn nearby(system: &System, cell: usize, threshold: u64) -> Option<usize> {
    let near = cheapest(system, &system.touching[cell], threshold);
    let far = cheapest(system, &system.component(cell).1, threshold);
    match (near, far) {
        (Some(near), Some(far)) if cost(system, near, threshold) > FAR * cost(system, far, threshold) => {
            Some(far)
        }
        (near, far) => near.or(far),
    }
}

/// The first equation that gives its only hidden cell away.
fn lonely(system: &System) -> Option<usize> {
    (0..system.equations.len()).find(|&equation| system.unknowns(equation).take(2).count() == 1)
}

/// The published cell of these equations whose loss costs a reader least; the first of equals.
fn cheapest(system: &System, equations: &[usize], threshold: u64) -> Option<usize> {
    equations
        .iter()
        .flat_map(|&equation| system.equations[equation].terms.iter().map(|&(cell, _)| cell))
        .filter(|&cell| system.cells[cell].hidden.is_none())
        .min_by_key(|&cell| (cost(system, cell, threshold), cell))
}

/// What hiding a cell costs: by its role, its count, and the further cells that it would make necessary.
fn cost(system: &System, cell: usize, threshold: u64) -> u64 {
    let found = &system.cells[cell];
    let role = match found.role {
        Role::Interior => 1,
        Role::Margin | Role::Weighed => 12,
        Role::Side | Role::Base => 60,
        Role::Total => 10_000,
    };
    let whole = if found.grouped { 1 } else { 3 };
    // A zero lends a small count no room (3 + 0 = 3), and hiding it hides nothing: taken where nothing else is there.
    let size = match found.value {
        0 => 60,
        small if small < threshold => 5,
        large => 10 + large.min(1000) / 4,
    };
    // Each equation in which it would be the only hidden cell will cost another.
    let lonely =
        system.touching[cell].iter().filter(|&&equation| system.unknowns(equation).next().is_none()).count();
    role * whole * (size + 25 * lonely as u64)
}
