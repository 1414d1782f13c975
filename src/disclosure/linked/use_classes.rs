//! What adds up in classes of use: those who used before, those who did not, and the directions of the same change.

use super::Cells;
use crate::disclosure::system::{Role, System};

pub(super) fn link(system: &mut System, cells: &mut Cells<'_>) {
    let names =
        ["use_abstinent", "use_improved", "use_unchanged", "use_deteriorated", "use_none", "use_started"];
    let [Some(abstinent), Some(improved), Some(unchanged), Some(deteriorated), Some(none), Some(started)] =
        names.map(|name| cells.get(name, ""))
    else {
        return;
    };
    let (Some(pairs), Some(users)) = (cells.get("n_pairs", ""), cells.get("users_before", "")) else {
        return;
    };
    system.answers(users, &[abstinent, improved, unchanged, deteriorated]);
    if let Some(others) = system.difference(pairs, users, Role::Margin, true) {
        system.answers(others, &[none, started]);
        system.everyone(pairs, &[users, others]);
    }
    // By how many days: fewer, more or the same, where the change was below the thresholds.
    let directions: [(&str, &[usize]); 3] = [
        ("decreased", &[abstinent, improved]),
        ("increased", &[deteriorated, started]),
        ("unchanged", &[none]),
    ];
    let below: Vec<usize> = directions
        .into_iter()
        .filter_map(|(direction, parts)| {
            let whole = cells.get(direction, "")?;
            system.rest(whole, parts, Role::Interior, true)
        })
        .collect();
    if below.len() == directions.len() {
        system.sum(unchanged, &below);
    }
}
