//! Counts of the cases of a model, and counts that are published nowhere but that any reader can compute.

use crate::estimate::{RestsOn, Reveals, Role, Statistic, Statistics};

/// Cases that a model leaves out.
pub static N_MISSING: Statistic = Statistic {
    name: "n_missing",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Rows of the cohort that a model leaves out because a variable of the model is missing.",
    source: "complete-case analysis",
};

/// Cases at each level of a coded covariate.
pub static LEVEL_CASES: Statistic = Statistic {
    name: "level_cases",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Interior),
    about: "Cases of the model at the level that the term names.",
    source: "counting",
};

/// Events at each level of a coded covariate.
pub static LEVEL_EVENTS: Statistic = Statistic {
    name: "level_events",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Interior),
    about: "Cases of the model at the level that the term names whose outcome is the event.",
    source: "counting",
};

/// Never published: what the cases leave of the events.
pub static N_NONEVENTS: Statistic = Statistic {
    name: "n_nonevents",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Cases with outcome 0.",
    source: "count",
};

/// Never published: what the cases at a level leave of its events.
pub static LEVEL_NONEVENTS: Statistic = Statistic {
    name: "level_nonevents",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Interior),
    about: "Cases of the model at the level that the term names whose outcome is not the event.",
    source: "counting",
};

/// Counts at each level of the coded covariates.
pub const OF_LEVELS: Statistics = &[&LEVEL_CASES, &LEVEL_EVENTS, &LEVEL_NONEVENTS];
