//! Equations of classes of use: those who used before, those who did not, and the directions of the same change.

use super::Cells;
use crate::disclosure::system::System;
use crate::estimate::{Role, Statistic, WHOLE};
use crate::statistic::{
    DECREASED, INCREASED, N_PAIRS, UNCHANGED, USE_ABSTINENT, USE_DETERIORATED, USE_IMPROVED, USE_NONE,
    USE_STARTED, USE_UNCHANGED, USERS_BEFORE,
};

pub(super) fn link(system: &mut System, cells: &mut Cells<'_>) {
    let names = [&USE_ABSTINENT, &USE_IMPROVED, &USE_UNCHANGED, &USE_DETERIORATED, &USE_NONE, &USE_STARTED];
    let [Some(abstinent), Some(improved), Some(unchanged), Some(deteriorated), Some(none), Some(started)] =
        names.map(|name| cells.get(name, WHOLE))
    else {
        return;
    };
    let (Some(pairs), Some(users)) = (cells.get(&N_PAIRS, WHOLE), cells.get(&USERS_BEFORE, WHOLE)) else {
        return;
    };
    system.answers(users, &[abstinent, improved, unchanged, deteriorated]);
    if let Some(others) = system.difference(pairs, users, Role::Margin, true) {
        system.answers(others, &[none, started]);
        system.everyone(pairs, &[users, others]);
    }
    // By how many days: fewer, more or the same, where the change was below the thresholds.
    let directions: [(&'static Statistic, &[usize]); 3] =
        [(&DECREASED, &[abstinent, improved]), (&INCREASED, &[deteriorated, started]), (&UNCHANGED, &[none])];
    let below: Vec<usize> = directions
        .into_iter()
        .filter_map(|(direction, parts)| {
            let whole = cells.get(direction, WHOLE)?;
            system.rest(whole, parts, Role::Interior, true)
        })
        .collect();
    if below.len() == directions.len() {
        system.sum(unchanged, &below);
    }
}
