//! Equations of a regression: cases and events, in all and at each level of each factor.

use std::collections::BTreeMap;

use super::Cells;
use crate::disclosure::system::System;
use crate::estimate::{Role, WHOLE};
use crate::statistic::{LEVEL_CASES, LEVEL_EVENTS, LEVEL_NONEVENTS, N_EVENTS, N_NONEVENTS, N_OBS};

pub(super) fn link<'a>(system: &mut System, cells: &mut Cells<'a>) {
    if let (Some(all), Some(events)) = (cells.get(&N_OBS, WHOLE), cells.get(&N_EVENTS, WHOLE))
        && let Some(others) = system.difference(all, events, Role::Margin, true)
    {
        system.everyone(all, &[events, others]);
        cells.by.insert((&N_NONEVENTS, WHOLE), others);
    }
    for (level, cases) in cells.all(&LEVEL_CASES) {
        let Some(events) = cells.get(&LEVEL_EVENTS, level) else {
            continue;
        };
        if let Some(others) = system.difference(cases, events, Role::Interior, true) {
            // A level at which everyone, or nobody, had the outcome.
            system.everyone(cases, &[events, others]);
            cells.by.insert((&LEVEL_NONEVENTS, level), others);
        }
    }
    for (whole, of_level) in
        [(&N_OBS, &LEVEL_CASES), (&N_EVENTS, &LEVEL_EVENTS), (&N_NONEVENTS, &LEVEL_NONEVENTS)]
    {
        let mut factors: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (level, cell) in cells.all(of_level) {
            factors.entry(level.variable()).or_default().push(cell);
        }
        if let Some(whole) = cells.get(whole, WHOLE) {
            factors.values().for_each(|levels| _ = system.sum(whole, levels));
        }
    }
}
