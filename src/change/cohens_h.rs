//! Cohen's h: how large the change of a share is, where a point weighs more near 0 and 1.
//!
//! h is the difference of 2·arcsin √share after less before; Cohen's conventions call 0.2 small, 0.5 medium and 0.8 large. Its
//! limits are h of the share before and of that share with an end of Tango's interval for the difference added, kept within 0
//! and 1: the share before is taken as known, so they say how large a change the interval of the difference leaves possible, and
//! they hold 0 just where that does. Assumes what Tango's interval assumes. Not for comparing studies whose shares before differ
//! much, nor a test of its own. Source: Cohen 1988 (below). Checked against Cohen's table 6.2.2 and against the definition in R.

use super::risk_difference::tango;
use super::two_by_two::TwoByTwo;
use super::{Options, Pairs, Procedure, Scale, absent};
use crate::distribution::normal_critical;
use crate::estimate::{RestsOn, Reveals, Statistic, Statistics, Value};

const COHEN: &str =
    "Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., section 6.2";

pub static COHENS_H: Statistic = Statistic {
    name: "cohens_h",
    reveals: Reveals::Inference,
    rests_on: RestsOn::All,
    about: "Cohen's h of the shares before and after: 2·arcsin √share after less before; 0.2 is small, 0.5 medium, 0.8 large.",
    source: COHEN,
};
pub static COHENS_H_LOW: Statistic = Statistic {
    name: "cohens_h_low",
    reveals: Reveals::Inference,
    rests_on: RestsOn::All,
    about: "Cohen's h of the share before and that share with the lower end of Tango's interval added.",
    source: COHEN,
};
pub static COHENS_H_HIGH: Statistic = Statistic {
    name: "cohens_h_high",
    reveals: Reveals::Inference,
    rests_on: RestsOn::All,
    about: "Cohen's h of the share before and that share with the upper end of Tango's interval added.",
    source: COHEN,
};

const STATISTICS: Statistics = &[&COHENS_H, &COHENS_H_LOW, &COHENS_H_HIGH];

pub static PROCEDURE: Procedure =
    Procedure { id: "cohens_h", statistics: STATISTICS, applies: |scale| scale == Scale::Binary, compute };

/// Cohen's h between two shares (0 … 1; what lies outside is taken for the nearest).
pub fn cohens_h(before: f64, after: f64) -> f64 {
    let angle = |share: f64| 2.0 * share.clamp(0.0, 1.0).sqrt().asin();
    angle(after) - angle(before)
}

fn compute(pairs: &Pairs, options: &Options) -> Vec<Value> {
    let table = TwoByTwo::of(pairs);
    if table.n() == 0 {
        return absent(STATISTICS, "no_pairs");
    }
    let share = |count: u64| count as f64 / table.n() as f64;
    let (before, after) = (share(table.n10 + table.n11), share(table.n01 + table.n11));
    let (low, high) = tango(table.n01, table.n10, table.n(), normal_critical(options.level));
    vec![
        Value::new(&COHENS_H, cohens_h(before, after)),
        Value::new(&COHENS_H_LOW, cohens_h(before, before + low)).method("Tango"),
        Value::new(&COHENS_H_HIGH, cohens_h(before, before + high)).method("Tango"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cohens_h_is_that_of_his_table() {
        // Cohen 1988, table 6.2.2: φ of 0.50 is 1.571, of 0.60 1.772, of 0.05 0.451, of 0.10 0.644.
        assert!((cohens_h(0.5, 0.6) - (1.772 - 1.571)).abs() < 1e-3);
        assert!((cohens_h(0.05, 0.1) - (0.644 - 0.451)).abs() < 1e-3);
        assert!(cohens_h(0.6, 0.5) < 0.0);
        assert!((cohens_h(0.0, 1.0) - std::f64::consts::PI).abs() < 1e-12);
        assert_eq!(cohens_h(1.0, 1.0 + 1e-9), 0.0);
    }
}
