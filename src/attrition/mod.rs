//! Who was lost at a wave, and weights by which those who were followed up stand for all who were due.
//!
//! Followed up is who was eligible and seen; lost is who was eligible and not seen, wherever they are. The dead and others
//! whose follow-up has ended are neither. [`balance`] compares the two on each term, a logistic regression of being followed
//! up on the terms says what goes with loss, and [`Weights`] are the inverse of its probabilities. Everything is a function
//! of patterns: a person's weight is a function of the answers to the terms.
//!
//! What weights can do is make up for loss that the terms explain; loss that goes with how people have fared since is not
//! made up for by anything here.

pub mod balance;
mod weights;

pub use weights::{STATISTICS as WEIGHT_STATISTICS, Weights, absent as absent_weights};

use crate::estimate::{Reveals, Statistic, Statistics, Value};

static ELIGIBLE: Statistic = Statistic {
    name: "eligible",
    reveals: Reveals::Count,
    about: "Members still to be followed up at the wave, as the follow-up counts them.",
    source: "definition",
};
static FOLLOWED: Statistic = Statistic {
    name: "followed",
    reveals: Reveals::Count,
    about: "Eligible members who were seen at the wave.",
    source: "definition",
};
static LOST: Statistic = Statistic {
    name: "lost",
    reveals: Reveals::Count,
    about: "Eligible members who were not seen at the wave, also those who are known to be elsewhere.",
    source: "definition",
};

/// What [`counts`] gives.
pub const STATISTICS: Statistics = &[&ELIGIBLE, &FOLLOWED, &LOST];

/// How many were followed up and how many were lost.
pub fn counts(followed: u64, lost: u64) -> Vec<Value> {
    let eligible = followed + lost;
    let count = |statistic, count: u64| Value::new(statistic, count as f64).n(eligible);
    vec![count(&ELIGIBLE, eligible), count(&FOLLOWED, followed), count(&LOST, lost)]
}
