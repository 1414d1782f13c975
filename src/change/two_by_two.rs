//! The 2×2 table of a binary answer before against after.
//!
//! Assumes that each person answered in both waves; who answered once is in no cell. Not for the share of everybody who
//! answered at a wave, which has another denominator (`trajectory`, or a description of the wave). Source: counting. Checked
//! against cells counted in R.

use super::counts::{N_PAIRS, share};
use super::transitions::share_of_row;
use super::{Options, Pairs, Procedure, Scale};
use crate::estimate::{Counted, RestsOn, Reveals, Role, Statistic, Statistics, Value};

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

const fn margin(name: &'static str, counted: &'static [Counted], about: &'static str) -> Statistic {
    let rests_on = RestsOn::Only(counted);
    Statistic { name, reveals: Reveals::Count, rests_on, about, source: SOURCE }
}

pub static FIRST_BEFORE: Statistic = margin(
    "first_before",
    &[Counted::Each(&N00), Counted::Each(&N01)],
    "Persons at the first level before: n00 + n01.",
);
pub static SECOND_BEFORE: Statistic = margin(
    "second_before",
    &[Counted::Each(&N10), Counted::Each(&N11)],
    "Persons at the second level before: n10 + n11.",
);
pub static FIRST_AFTER: Statistic = margin(
    "first_after",
    &[Counted::Each(&N00), Counted::Each(&N10)],
    "Persons at the first level after: n00 + n10.",
);
pub static SECOND_AFTER: Statistic = margin(
    "second_after",
    &[Counted::Each(&N01), Counted::Each(&N11)],
    "Persons at the second level after: n01 + n11.",
);

const fn share_of(name: &'static str, counted: &'static [Counted], about: &'static str) -> Statistic {
    Statistic { name, reveals: Reveals::Share, rests_on: RestsOn::Only(counted), about, source: SOURCE }
}

pub static FIRST_SHARE_BEFORE: Statistic = share_of(
    "first_share_before",
    &[Counted::Each(&N00), Counted::Each(&N01), Counted::Each(&N_PAIRS)],
    "Persons at the first level before, over pairs, 0 to 1.",
);
pub static FIRST_SHARE_AFTER: Statistic = share_of(
    "first_share_after",
    &[Counted::Each(&N00), Counted::Each(&N10), Counted::Each(&N_PAIRS)],
    "Persons at the first level after, over pairs, 0 to 1.",
);

const FIRST_ROW: &[Counted] = &[Counted::Each(&N00), Counted::Each(&N01)];
const SECOND_ROW: &[Counted] = &[Counted::Each(&N10), Counted::Each(&N11)];

pub static N00_SHARE: Statistic = share_of(
    "n00_share",
    FIRST_ROW,
    "Persons at the first level in both waves, over those at the first level before, 0 to 1.",
);
pub static N01_SHARE: Statistic = share_of(
    "n01_share",
    FIRST_ROW,
    "Persons at the first level before and the second after, over those at the first level before, 0 to 1.",
);
pub static N10_SHARE: Statistic = share_of(
    "n10_share",
    SECOND_ROW,
    "Persons at the second level before and the first after, over those at the second level before, 0 to 1.",
);
pub static N11_SHARE: Statistic = share_of(
    "n11_share",
    SECOND_ROW,
    "Persons at the second level in both waves, over those at the second level before, 0 to 1.",
);

pub static N00_JOINT_SHARE: Statistic = share_of(
    "n00_joint_share",
    &[Counted::Each(&N00), Counted::Each(&N_PAIRS)],
    "Persons at the first level in both waves, over pairs, 0 to 1. Given where a figure draws the flows.",
);
pub static N01_JOINT_SHARE: Statistic = share_of(
    "n01_joint_share",
    &[Counted::Each(&N01), Counted::Each(&N_PAIRS)],
    "Persons at the first level before and the second after, over pairs, 0 to 1. Given where a figure draws the flows.",
);
pub static N10_JOINT_SHARE: Statistic = share_of(
    "n10_joint_share",
    &[Counted::Each(&N10), Counted::Each(&N_PAIRS)],
    "Persons at the second level before and the first after, over pairs, 0 to 1. Given where a figure draws the flows.",
);
pub static N11_JOINT_SHARE: Statistic = share_of(
    "n11_joint_share",
    &[Counted::Each(&N11), Counted::Each(&N_PAIRS)],
    "Persons at the second level in both waves, over pairs, 0 to 1. Given where a figure draws the flows.",
);

/// The four counts, by level before and level after.
pub const TWO_BY_TWO: [[&Statistic; 2]; 2] = [[&N00, &N01], [&N10, &N11]];

/// The share of each count in its row.
pub const ROW_SHARES: [[&Statistic; 2]; 2] = [[&N00_SHARE, &N01_SHARE], [&N10_SHARE, &N11_SHARE]];

/// The share of each count among all pairs.
pub const JOINT_SHARES: [[&Statistic; 2]; 2] =
    [[&N00_JOINT_SHARE, &N01_JOINT_SHARE], [&N10_JOINT_SHARE, &N11_JOINT_SHARE]];

/// The counts before and after, by level.
pub const MARGIN_COUNTS: [[&Statistic; 2]; 2] =
    [[&FIRST_BEFORE, &SECOND_BEFORE], [&FIRST_AFTER, &SECOND_AFTER]];

/// The shares before and after, by level.
pub const MARGIN_SHARES: [[&Statistic; 2]; 2] =
    [[&FIRST_SHARE_BEFORE, &SHARE_BEFORE], [&FIRST_SHARE_AFTER, &SHARE_AFTER]];

const STATISTICS: Statistics = &[
    &N00,
    &N01,
    &N10,
    &N11,
    &SHARE_BEFORE,
    &SHARE_AFTER,
    &FIRST_BEFORE,
    &SECOND_BEFORE,
    &FIRST_AFTER,
    &SECOND_AFTER,
    &FIRST_SHARE_BEFORE,
    &FIRST_SHARE_AFTER,
    &N00_SHARE,
    &N01_SHARE,
    &N10_SHARE,
    &N11_SHARE,
    &N00_JOINT_SHARE,
    &N01_JOINT_SHARE,
    &N10_JOINT_SHARE,
    &N11_JOINT_SHARE,
];

pub static PROCEDURE: Procedure =
    Procedure { id: "two_by_two", statistics: STATISTICS, applies: |scale| scale == Scale::Binary, compute };

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

fn compute(pairs: &Pairs, options: &Options) -> Vec<Value> {
    let table = TwoByTwo::of(pairs);
    let cells = [[table.n00, table.n01], [table.n10, table.n11]];
    let margins =
        [cells.map(|[first, second]| first + second), [0, 1].map(|after| cells[0][after] + cells[1][after])];
    let mut values = Vec::with_capacity(STATISTICS.len());
    for level in [0, 1] {
        for other in [0, 1] {
            values.push(Value::new(TWO_BY_TWO[level][other], cells[level][other] as f64));
            let of_row = share_of_row(ROW_SHARES[level][other], cells[level][other], margins[0][level]);
            values.extend(options.row_shares.then_some(of_row));
            let of_pairs = share(JOINT_SHARES[level][other], cells[level][other], table.n());
            values.extend(options.joint_shares.then_some(of_pairs));
            values.push(Value::new(MARGIN_COUNTS[level][other], margins[level][other] as f64));
            values.push(share(MARGIN_SHARES[level][other], margins[level][other], table.n()));
        }
    }
    values
}
