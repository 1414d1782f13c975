//! The table of an ordinal answer before against after.
//!
//! Assumes that the levels are the same in both waves. Not for telling the future: shares of moves between two waves are no
//! probabilities of a Markov chain, which needs more waves and a reason to think that only the present level counts. Source:
//! counting. Checked against the table counted cell by cell in R.

use super::counts::{DECREASED, IMPROVED, INCREASED, UNCHANGED, WORSE};
use super::{Options, Pairs, Procedure, Scale};
use crate::estimate::{RestsOn, Reveals, Role, Statistic, Statistics, Term, Value};

const SOURCE: &str = "counting";

pub static TRANSITION: Statistic = Statistic {
    name: "transition",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Interior),
    about: "Persons at code a before and code b after; the term is `a>b`.",
    source: SOURCE,
};
pub static BEFORE_COUNT: Statistic = Statistic {
    name: "before_count",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons at a code before, of those with an answer in both waves; the term is the code.",
    source: SOURCE,
};
pub static AFTER_COUNT: Statistic = Statistic {
    name: "after_count",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons at a code after, of those with an answer in both waves; the term is the code.",
    source: SOURCE,
};

/// What rests on the two margins alone, and not on who moved where.
pub const MARGINS: RestsOn = RestsOn::Moves(&[&BEFORE_COUNT, &AFTER_COUNT]);

/// What rests on how many moved which way.
pub const DIRECTIONS: RestsOn = RestsOn::Moves(&[&IMPROVED, &UNCHANGED, &WORSE, &INCREASED, &DECREASED]);

/// What rests on who moved where.
pub const TRANSITIONS: RestsOn = RestsOn::Moves(MOVES);

/// What rests on two moments of the change.
pub const MOMENTS: RestsOn = RestsOn::MovesOfTable(MOVES);

const MOVES: Statistics =
    &[&BEFORE_COUNT, &AFTER_COUNT, &TRANSITION, &IMPROVED, &UNCHANGED, &WORSE, &INCREASED, &DECREASED];

pub static PROCEDURE: Procedure = Procedure {
    id: "transitions",
    statistics: &[&TRANSITION, &BEFORE_COUNT, &AFTER_COUNT],
    applies: |scale| scale == Scale::Ordinal,
    compute,
};

fn compute(pairs: &Pairs, _: &Options) -> Vec<Value> {
    transitions(pairs)
}

/// The table and its margins, of a binary or ordinal answer.
pub fn transitions(pairs: &Pairs) -> Vec<Value> {
    let levels = pairs.levels();
    let k = levels.len();
    let table = pairs.transitions();
    let cell = |i: usize, j: usize| table[i * k + j];
    let mut values = Vec::with_capacity(k * k + 2 * k);
    for i in 0..k {
        for j in 0..k {
            let term = Term::moved(levels[i], levels[j]);
            values.push(Value::new(&TRANSITION, cell(i, j) as f64).term(term));
        }
    }
    values.extend(levels.iter().enumerate().map(|(i, level)| {
        let count: u64 = (0..k).map(|j| cell(i, j)).sum();
        Value::new(&BEFORE_COUNT, count as f64).term(level.to_string())
    }));
    values.extend(levels.iter().enumerate().map(|(j, level)| {
        let count: u64 = (0..k).map(|i| cell(i, j)).sum();
        Value::new(&AFTER_COUNT, count as f64).term(level.to_string())
    }));
    values
}
