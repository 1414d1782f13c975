//! How many changed, in which direction, and which direction is better.
//!
//! Assumes that both waves asked the same question with the same codes, and for "better" that the dictionary declares a direction. Not for
//! deciding whether people changed by more than chance (use the tests) or by more than the instrument's error (use `reliable`). For a number
//! with many values, any difference counts as a change here. Source: counting. Checked against counting in R.

use super::{Direction, Options, Pairs, Procedure};
use crate::estimate::{Condition, RestsOn, Reveals, Role, Statistic, Value};

const SOURCE: &str = "counting";

pub static N_PAIRS: Statistic = Statistic {
    name: "n_pairs",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Base),
    about: "Persons with an answer in both waves.",
    source: SOURCE,
};
pub static INCREASED: Statistic = Statistic {
    name: "increased",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons whose code is higher after than before.",
    source: SOURCE,
};
pub static DECREASED: Statistic = Statistic {
    name: "decreased",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons whose code is lower after than before.",
    source: SOURCE,
};
pub static UNCHANGED: Statistic = Statistic {
    name: "unchanged",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons with the same code in both waves.",
    source: SOURCE,
};
pub static IMPROVED: Statistic = Statistic {
    name: "improved",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons whose code changed in the direction that is declared better.",
    source: SOURCE,
};
pub static WORSE: Statistic = Statistic {
    name: "worse",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons whose code changed against the direction that is declared better.",
    source: SOURCE,
};
pub static IMPROVED_SHARE: Statistic = Statistic {
    name: "improved_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&IMPROVED),
    about: "Improved persons over pairs, 0 to 1.",
    source: SOURCE,
};
pub static UNCHANGED_SHARE: Statistic = Statistic {
    name: "unchanged_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&UNCHANGED),
    about: "Unchanged persons over pairs, 0 to 1; given where a better direction is declared.",
    source: SOURCE,
};
pub static WORSE_SHARE: Statistic = Statistic {
    name: "worse_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&WORSE),
    about: "Persons who became worse over pairs, 0 to 1.",
    source: SOURCE,
};

pub static PROCEDURE: Procedure = Procedure {
    id: "counts",
    statistics: &[
        &N_PAIRS,
        &INCREASED,
        &DECREASED,
        &UNCHANGED,
        &IMPROVED,
        &WORSE,
        &IMPROVED_SHARE,
        &UNCHANGED_SHARE,
        &WORSE_SHARE,
    ],
    applies: |_| true,
    compute,
};

/// Persons by the direction of their change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Directions {
    pub increased: u64,
    pub decreased: u64,
    pub unchanged: u64,
}

/// Counts persons by the direction of after − before.
pub fn directions(pairs: &Pairs) -> Directions {
    let mut counts = Directions { increased: 0, decreased: 0, unchanged: 0 };
    for ((before, after), times) in pairs.before().iter().zip(pairs.after()).zip(pairs.frequency()) {
        // The answers are compared, not their difference with 0: it is the same, and free of rounding.
        let count = match after.total_cmp(before) {
            std::cmp::Ordering::Greater => &mut counts.increased,
            std::cmp::Ordering::Less => &mut counts.decreased,
            std::cmp::Ordering::Equal => &mut counts.unchanged,
        };
        *count += times;
    }
    counts
}

fn compute(pairs: &Pairs, _: &Options) -> Vec<Value> {
    let Directions { increased, decreased, unchanged } = directions(pairs);
    let mut values = vec![
        Value::new(&N_PAIRS, pairs.n() as f64),
        Value::new(&INCREASED, increased as f64),
        Value::new(&DECREASED, decreased as f64),
        Value::new(&UNCHANGED, unchanged as f64),
    ];
    let (improved, worse) = match pairs.better() {
        Direction::Higher => (increased, decreased),
        Direction::Lower => (decreased, increased),
        Direction::None => return values,
    };
    values.push(Value::new(&IMPROVED, improved as f64));
    values.push(Value::new(&WORSE, worse as f64));
    let shares = [(&IMPROVED_SHARE, improved), (&UNCHANGED_SHARE, unchanged), (&WORSE_SHARE, worse)];
    values.extend(shares.map(|(statistic, count)| share(statistic, count, pairs.n())));
    values
}

/// `count` over `n` pairs; absent without a pair.
pub fn share(statistic: &'static Statistic, count: u64, n: u64) -> Value {
    match n {
        0 => Value::absent(statistic, Condition::new("no_pairs", "")),
        _ => Value::new(statistic, count as f64 / n as f64),
    }
}
