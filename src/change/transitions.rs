//! The table of an ordinal answer before against after.
//!
//! Assumes that the levels are the same in both waves. Not for telling the future: shares of moves between two waves are no
//! probabilities of a Markov chain, which needs more waves and a reason to think that only the present level counts. Source:
//! counting. Checked against the table counted cell by cell in R.

use super::counts::{DECREASED, IMPROVED, INCREASED, UNCHANGED, WORSE, share};
use super::{Options, Pairs, Procedure, Scale};
use crate::estimate::{Condition, Counted, RestsOn, Reveals, Role, Statistic, Statistics, Term, Value};

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

pub static BEFORE_SHARE: Statistic = Statistic {
    name: "before_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&BEFORE_COUNT),
    about: "Persons at a code before over all with an answer in both waves, 0 to 1; the term is the code.",
    source: SOURCE,
};
pub static AFTER_SHARE: Statistic = Statistic {
    name: "after_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&AFTER_COUNT),
    about: "Persons at a code after over all with an answer in both waves, 0 to 1; the term is the code.",
    source: SOURCE,
};
pub static TRANSITION_SHARE: Statistic = Statistic {
    name: "transition_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::Only(&[Counted::Same(&TRANSITION), Counted::Before(&BEFORE_COUNT)]),
    about: "Persons at code a before and code b after over those at code a before, 0 to 1; the term is `a>b`. Of everyone only.",
    source: SOURCE,
};

pub static JOINT_SHARE: Statistic = Statistic {
    name: "joint_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&TRANSITION),
    about: "Persons at code a before and code b after over all with an answer in both waves, 0 to 1; the term is `a>b`. Given where a figure draws the flows.",
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
    statistics: &[
        &TRANSITION,
        &BEFORE_COUNT,
        &AFTER_COUNT,
        &BEFORE_SHARE,
        &AFTER_SHARE,
        &TRANSITION_SHARE,
        &JOINT_SHARE,
    ],
    applies: |scale| scale == Scale::Ordinal,
    compute,
};

fn compute(pairs: &Pairs, options: &Options) -> Vec<Value> {
    let mut values = transitions(pairs);
    values.extend(margin_shares(pairs));
    if options.row_shares {
        values.extend(cell_shares(pairs, |count, row| share_of_row(&TRANSITION_SHARE, count, row)));
    }
    if options.joint_shares {
        values.extend(cell_shares(pairs, |count, _| share(&JOINT_SHARE, count, pairs.n())));
    }
    values
}

/// The share at each level before and after.
fn margin_shares(pairs: &Pairs) -> impl Iterator<Item = Value> {
    let (levels, table) = (pairs.levels(), pairs.transitions());
    let k = levels.len();
    (0..k).flat_map(move |level| {
        let before: u64 = (0..k).map(|after| table[level * k + after]).sum();
        let after: u64 = (0..k).map(|before| table[before * k + level]).sum();
        let of = [(&BEFORE_SHARE, before), (&AFTER_SHARE, after)];
        of.map(|(statistic, count)| share(statistic, count, pairs.n()).term(levels[level].to_string()))
    })
}

/// A share of each count of the table; `share` makes it of the count and what its row adds up to.
fn cell_shares(pairs: &Pairs, share: impl Fn(u64, u64) -> Value) -> Vec<Value> {
    let (levels, table) = (pairs.levels(), pairs.transitions());
    let mut values = Vec::with_capacity(table.len());
    for (row, before) in table.chunks(levels.len().max(1)).zip(levels) {
        let whole = row.iter().sum();
        let terms = levels.iter().map(|after| Term::moved(before, after));
        values.extend(row.iter().zip(terms).map(|(&count, term)| share(count, whole).term(term)));
    }
    values
}

/// `count` over those at a level before; absent where nobody was.
pub fn share_of_row(statistic: &'static Statistic, count: u64, before: u64) -> Value {
    match before {
        0 => Value::absent(statistic, Condition::new("nobody_before", "")),
        before => Value::new(statistic, count as f64 / before as f64),
    }
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
