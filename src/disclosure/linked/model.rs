//! What adds up in a regression: cases and events, in all and at each level of each factor.

use std::collections::BTreeMap;

use super::Cells;
use crate::disclosure::system::{Role, System};
use crate::disclosure::withhold::variable;

pub(super) fn link<'a>(system: &mut System, cells: &mut Cells<'a>) {
    if let (Some(all), Some(events)) = (cells.get("n_obs", ""), cells.get("n_events", ""))
        && let Some(others) = system.difference(all, events, Role::Margin, true)
    {
        system.everyone(all, &[events, others]);
        cells.by.insert(("n_nonevents", ""), others);
    }
    for (level, cases) in cells.all("level_cases") {
        let Some(events) = cells.get("level_events", level) else {
            continue;
        };
        if let Some(others) = system.difference(cases, events, Role::Interior, true) {
            // A level at which everyone, or nobody, had the outcome.
            system.everyone(cases, &[events, others]);
            cells.by.insert(("level_nonevents", level), others);
        }
    }
    for (whole, of_level) in
        [("n_obs", "level_cases"), ("n_events", "level_events"), ("n_nonevents", "level_nonevents")]
    {
        let mut factors: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (level, cell) in cells.all(of_level) {
            factors.entry(variable(level)).or_default().push(cell);
        }
        if let Some(whole) = cells.get(whole, "") {
            factors.values().for_each(|levels| _ = system.sum(whole, levels));
        }
    }
}
