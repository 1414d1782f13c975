//! Whether each member was seen at a wave, elsewhere in a declared state, or lost.

use crate::cohort::{seen_column, state_column};
use crate::plan::{Cohort, State};
use crate::tally::Patterns;

/// What a member is to the follow-up at one wave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing<'c> {
    /// The first of the wave's declared states whose condition holds; one in which people answer needs an assessment.
    pub state: Option<&'c State>,
    /// Has an assessment that is not a report of being elsewhere.
    pub seen: bool,
    /// Was to be followed up: not in a state that ends follow-up, such as death.
    pub eligible: bool,
}

impl Standing<'_> {
    /// Eligible, and neither seen nor known to be elsewhere.
    pub fn lost(self) -> bool {
        !self.seen && self.state.is_none()
    }
}

/// The standing of each pattern; `patterns` hold the wave's columns of [`status_columns`](crate::cohort::status_columns).
pub fn standings<'c>(cohort: &'c Cohort, wave: &str, patterns: &Patterns) -> Vec<Standing<'c>> {
    let flags = |name: &str| patterns.numbers(name).unwrap_or_default();
    let assessed = flags(&seen_column(wave));
    let states: Vec<(&State, &[f64])> = cohort
        .states
        .iter()
        .filter(|state| state.wave == wave)
        .map(|state| (state, flags(&state_column(state))))
        .collect();
    let holds = |flags: &[f64], row: usize| flags.get(row) == Some(&1.0);
    (0..patterns.len())
        .map(|row| {
            let assessed = holds(assessed, row);
            let state = states.iter().find(|(state, flags)| holds(flags, row) && (assessed || !state.seen));
            let elsewhere = state.map(|(state, _)| *state).filter(|state| !state.seen);
            Standing {
                state: state.map(|(state, _)| *state),
                seen: assessed && elsewhere.is_none(),
                eligible: elsewhere.is_none_or(|state| state.eligible),
            }
        })
        .collect()
}
