//! The 2×2 table of a binary answer before against after.
//!
//! Assumes that each person answered in both waves; who answered once is in no cell. Not for the share of everybody who
//! answered at a wave, which has another denominator (`trajectory`, or a description of the wave). Source: counting. Checked
//! against cells counted in R.

use super::counts::share;
use super::{Options, Pairs, Procedure, Scale};
use crate::estimate::{RestsOn, Reveals, Role, Statistic, Value};

const SOURCE: &str = "counting";

pub static N00: Statistic = Statistic {
    name: "n00",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons at the first level in both waves.",
    source: SOURCE,
};
pub static N01: Statistic = Statistic {
    name: "n01",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons at the first level before and the second after.",
    source: SOURCE,
};
pub static N10: Statistic = Statistic {
    name: "n10",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons at the second level before and the first after.",
    source: SOURCE,
};
pub static N11: Statistic = Statistic {
    name: "n11",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons at the second level in both waves.",
    source: SOURCE,
};
pub static SHARE_BEFORE: Statistic = Statistic {
    name: "share_before",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&SHARE_BEFORE),
    about: "Persons at the second level before, over pairs, 0 to 1.",
    source: SOURCE,
};
pub static SHARE_AFTER: Statistic = Statistic {
    name: "share_after",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&SHARE_AFTER),
    about: "Persons at the second level after, over pairs, 0 to 1.",
    source: SOURCE,
};

/// The four counts, by level before and level after.
pub const TWO_BY_TWO: [[&Statistic; 2]; 2] = [[&N00, &N01], [&N10, &N11]];

pub static PROCEDURE: Procedure = Procedure {
    id: "two_by_two",
    statistics: &[&N00, &N01, &N10, &N11, &SHARE_BEFORE, &SHARE_AFTER],
    applies: |scale| scale == Scale::Binary,
    compute,
};

/// Binary answers before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TwoByTwo {
    pub n00: u64,
    /// First level before, second after.
    pub n01: u64,
    /// Second level before, first after.
    pub n10: u64,
    pub n11: u64,
}

impl TwoByTwo {
    /// The table of binary pairs; all zero for another scale.
    pub fn of(pairs: &Pairs) -> TwoByTwo {
        match pairs.transitions()[..] {
            [n00, n01, n10, n11] => TwoByTwo { n00, n01, n10, n11 },
            _ => TwoByTwo { n00: 0, n01: 0, n10: 0, n11: 0 },
        }
    }

    /// Number of pairs.
    pub fn n(&self) -> u64 {
        self.n00 + self.n01 + self.n10 + self.n11
    }
}

fn compute(pairs: &Pairs, _: &Options) -> Vec<Value> {
    let table = TwoByTwo::of(pairs);
    vec![
        Value::new(&N00, table.n00 as f64),
        Value::new(&N01, table.n01 as f64),
        Value::new(&N10, table.n10 as f64),
        Value::new(&N11, table.n11 as f64),
        share(&SHARE_BEFORE, table.n10 + table.n11, table.n()),
        share(&SHARE_AFTER, table.n01 + table.n11, table.n()),
    ]
}
