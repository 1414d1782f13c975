//! The columns of a linked cohort that say who was seen when, and who is in which state.

use crate::plan::{Cohort, State};

/// Mean length of a month in the Gregorian calendar, 365.2425 / 12 days.
pub const DAYS_PER_MONTH: f64 = 30.436_875;

/// 1 where the respondent has an assessment at the wave, otherwise 0.
pub fn seen_column(wave: &str) -> String {
    format!("(seen {wave})")
}

/// 1 where that assessment is within the wave's window, or the wave has none; 2 where it came after the window.
pub fn in_window_column(wave: &str) -> String {
    format!("(in window {wave})")
}

/// 1 where the state's condition holds at its wave, otherwise 0.
pub fn state_column(state: &State) -> String {
    format!("(state {} {})", state.id, state.wave)
}

/// The columns that say where each member is at one wave.
pub fn wave_columns(cohort: &Cohort, wave: &str) -> Vec<String> {
    let states = cohort.states.iter().filter(|state| state.wave == wave);
    std::iter::once(seen_column(wave)).chain(states.map(state_column)).collect()
}

/// The columns that a cohort's follow-up is counted over.
pub fn status_columns(cohort: &Cohort) -> Vec<String> {
    let waves = cohort.waves.iter().flat_map(|wave| [seen_column(wave), in_window_column(wave)]);
    waves.chain(cohort.states.iter().map(state_column)).collect()
}
