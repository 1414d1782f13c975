//! Loss to follow-up: who was lost at a wave, and weights that make the followed represent everyone who was due.
//!
//! Followed: eligible and seen. Lost: eligible and not seen, wherever they are. The dead, and others whose follow-up has ended, are
//! neither. [`balance`] compares the two groups on each term. A logistic regression of being followed up on the terms says what is
//! associated with loss. [`Weights`] are the inverse of its probabilities. Everything is a function of patterns: a person's weight
//! depends only on the answers to the terms.
//!
//! Weights make up for loss that the terms explain. Nothing here makes up for loss that depends on how people have fared since.

pub mod balance;
pub(crate) mod weights;

pub use weights::{STATISTICS as WEIGHT_STATISTICS, Weights, absent as absent_weights};

use crate::estimate::{RestsOn, Reveals, Role, Small, Statistic, Statistics, Value};

pub static ATTRITION_ELIGIBLE: Statistic = Statistic {
    name: "eligible",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Total),
    about: "Members still to be followed up at the wave, as the follow-up counts them.",
    source: "definition",
};
pub static FOLLOWED: Statistic = Statistic {
    name: "followed",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Side),
    about: "Eligible members who were seen at the wave.",
    source: "definition",
};
pub static ATTRITION_LOST: Statistic = Statistic {
    name: "lost",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Eligible members who were not seen at the wave, also those who are known to be elsewhere.",
    source: "definition",
};

/// Who lacks a term is left out of the response model, and that says nothing of the person.
pub static ATTRITION_N_MISSING: Statistic = Statistic {
    name: "n_missing",
    reveals: Reveals::Count,
    rests_on: RestsOn::Count { role: Role::Margin, small: Small::OfForms },
    about: "Rows of the cohort that a model leaves out because a variable of the model is missing.",
    source: "complete-case analysis",
};

/// What [`counts`] gives.
pub const STATISTICS: Statistics = &[&ATTRITION_ELIGIBLE, &FOLLOWED, &ATTRITION_LOST];

/// How many were followed up and how many were lost.
pub fn counts(followed: u64, lost: u64) -> Vec<Value> {
    let eligible = followed + lost;
    let count = |statistic, count: u64| Value::new(statistic, count as f64).n(eligible);
    vec![count(&ATTRITION_ELIGIBLE, eligible), count(&FOLLOWED, followed), count(&ATTRITION_LOST, lost)]
}
