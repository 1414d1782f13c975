//! The change of a share, with intervals that hold for small and lopsided tables.
//!
//! Newcombe's method 10 joins Wilson's intervals of the two shares by their correlation; no test belongs to it. Tango's interval inverts
//! the score test: it excludes 0 exactly when McNemar's χ² without correction is significant, so tables show these two together. Assumes
//! independent people. Both are approximations: near their level on average, and sometimes below it for rare changes. Not for people who resemble
//! each other within services (too narrow), nor for a ratio of shares. Sources: Newcombe 1998, Tango 1998 (below). Checked against Newcombe's own
//! example, and in R against `prop.test`'s Wilson limits joined by hand and Tango's score equation solved by `uniroot`; Tango's also against the
//! published limits for 40 against 20 changes of 160.

use super::two_by_two::TwoByTwo;
use super::wilson::wilson;
use super::{Options, Pairs, Procedure, Scale, absent};
use crate::distribution::normal_critical;
use crate::estimate::{RestsOn, Reveals, Statistic, Statistics, Value};

const NEWCOMBE: &str = "Newcombe 1998, Statistics in Medicine 17:2635–2650, method 10";
const TANGO: &str = "Tango 1998, Statistics in Medicine 17:891–908";

pub static RISK_DIFFERENCE: Statistic = Statistic {
    name: "risk_difference",
    reveals: Reveals::Share,
    rests_on: RestsOn::All,
    about: "Share at the second level after less before, −1 to 1: (n01 − n10)/n.",
    source: NEWCOMBE,
};
pub static RISK_DIFFERENCE_LOW: Statistic = Statistic {
    name: "risk_difference_low",
    reveals: Reveals::Inference,
    rests_on: RestsOn::All,
    about: "Lower end of Newcombe's interval for the paired risk difference.",
    source: NEWCOMBE,
};
pub static RISK_DIFFERENCE_HIGH: Statistic = Statistic {
    name: "risk_difference_high",
    reveals: Reveals::Inference,
    rests_on: RestsOn::All,
    about: "Upper end of Newcombe's interval for the paired risk difference.",
    source: NEWCOMBE,
};
pub static TANGO_LOW: Statistic = Statistic {
    name: "tango_low",
    reveals: Reveals::Inference,
    rests_on: RestsOn::All,
    about: "Lower end of Tango's score interval for the paired risk difference.",
    source: TANGO,
};
pub static TANGO_HIGH: Statistic = Statistic {
    name: "tango_high",
    reveals: Reveals::Inference,
    rests_on: RestsOn::All,
    about: "Upper end of Tango's score interval for the paired risk difference.",
    source: TANGO,
};

const STATISTICS: Statistics =
    &[&RISK_DIFFERENCE, &RISK_DIFFERENCE_LOW, &RISK_DIFFERENCE_HIGH, &TANGO_LOW, &TANGO_HIGH];

pub static PROCEDURE: Procedure = Procedure {
    id: "risk_difference",
    statistics: STATISTICS,
    applies: |scale| scale == Scale::Binary,
    compute,
};

/// Newcombe's interval (low, high) for (n01 − n10)/n of a table that is not empty: Wilson's limits of the two shares,
/// joined by the continuity-corrected correlation φ of the two answers. `z` is the normal critical value.
pub fn newcombe(table: &TwoByTwo, z: f64) -> (f64, f64) {
    let n = table.n() as f64;
    let after = Distances::of(table.n01 + table.n11, table.n(), z);
    let before = Distances::of(table.n10 + table.n11, table.n(), z);
    let difference = (table.n01 as f64 - table.n10 as f64) / n;
    let phi = phi(table);
    let joined = |x: f64, y: f64| (x * x - 2.0 * phi * x * y + y * y).max(0.0).sqrt();
    (difference - joined(after.below, before.above), difference + joined(after.above, before.below))
}

/// How far Wilson's limits lie from a share.
struct Distances {
    below: f64,
    above: f64,
}

impl Distances {
    fn of(count: u64, n: u64, z: f64) -> Distances {
        let share = count as f64 / n as f64;
        let (low, high) = wilson(count, n, z);
        Distances { below: share - low, above: high - share }
    }
}

/// Correlation of the two answers, its numerator moved towards 0 by n/2 where it is positive (Newcombe's method 10); 0
/// where a margin is empty.
fn phi(table: &TwoByTwo) -> f64 {
    let product = |x: u64, y: u64| i128::from(x) * i128::from(y);
    // Whole numbers: with large counts the difference of the products would cancel.
    let twice = 2 * (product(table.n00, table.n11) - product(table.n01, table.n10));
    let n = i128::from(table.n());
    let numerator = if twice > 0 { (twice - n).max(0) } else { twice };
    let margins =
        [table.n00 + table.n01, table.n10 + table.n11, table.n00 + table.n10, table.n01 + table.n11];
    let denominator: f64 = margins.iter().map(|&margin| (margin as f64).sqrt()).product();
    match denominator == 0.0 {
        true => 0.0,
        false => numerator as f64 / 2.0 / denominator,
    }
}

/// Tango's score interval (low, high) for (`gained` − `lost`)/`n`, with `n` > 0 and `z` the normal critical value.
pub fn tango(gained: u64, lost: u64, n: u64, z: f64) -> (f64, f64) {
    // Turning the table over turns the interval over: one end has to be found only.
    (-tango_high(lost, gained, n, z), tango_high(gained, lost, n, z))
}

/// The largest difference that the score test does not reject.
fn tango_high(gained: u64, lost: u64, n: u64, z: f64) -> f64 {
    let (gained_count, lost_count, pairs) = (gained as f64, lost as f64, n as f64);
    // Positive as long as the score statistic at `delta` is above −z.
    let margin = |delta: f64| {
        // Tango's restricted estimate of the share that was lost is the larger root of 2n·q² + linear·q + constant, taken
        // for delta ≥ 0, where the constant is not positive and the root does not cancel; below 0 the two counts change places.
        let (moved, kept, size) = match delta >= 0.0 {
            true => (gained_count, lost_count, delta),
            false => (lost_count, gained_count, -delta),
        };
        let linear = (2.0 * pairs - moved + kept) * size - moved - kept;
        let constant = -kept * size * (1.0 - size);
        let root = (linear * linear - 8.0 * pairs * constant).sqrt();
        let share = match linear > 0.0 {
            true => -2.0 * constant / (root + linear),
            false => (root - linear) / (4.0 * pairs),
        };
        let variance = pairs * (2.0 * share + size * (1.0 - size));
        gained_count - lost_count - pairs * delta + z * variance.max(0.0).sqrt()
    };
    // The margin is not negative at the estimate and not positive at 1, and changes its sign once between: halving ends at
    // neighbouring numbers.
    let (mut low, mut high) = ((gained_count - lost_count) / pairs, 1.0);
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return low + (high - low) / 2.0;
        }
        match margin(middle) >= 0.0 {
            true => low = middle,
            false => high = middle,
        }
    }
}

fn compute(pairs: &Pairs, options: &Options) -> Vec<Value> {
    let table = TwoByTwo::of(pairs);
    if table.n() == 0 {
        return absent(STATISTICS, "no_pairs");
    }
    let z = normal_critical(options.level);
    let difference = (table.n01 as f64 - table.n10 as f64) / table.n() as f64;
    let (low, high) = newcombe(&table, z);
    let (tango_low, tango_high) = tango(table.n01, table.n10, table.n(), z);
    vec![
        Value::new(&RISK_DIFFERENCE, difference).method("after - before"),
        Value::new(&RISK_DIFFERENCE_LOW, low).method("Newcombe"),
        Value::new(&RISK_DIFFERENCE_HIGH, high).method("Newcombe"),
        Value::new(&TANGO_LOW, tango_low).method("Tango"),
        Value::new(&TANGO_HIGH, tango_high).method("Tango"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newcombes_own_example() {
        let table = TwoByTwo { n00: 22, n01: 5, n10: 0, n11: 14 };
        let (low, high) = newcombe(&table, normal_critical(0.95));
        assert!((low - 0.01148).abs() < 5e-6 && (high - 0.22649).abs() < 5e-6);
    }

    #[test]
    fn tango_on_forty_against_twenty_of_160() {
        let (low, high) = tango(40, 20, 160, normal_critical(0.95));
        assert!((low - 0.030865).abs() < 5e-7 && (high - 0.218064).abs() < 5e-7);
    }

    #[test]
    fn tango_where_nobody_or_everybody_changed() {
        let z = normal_critical(0.95);
        let (low, high) = tango(0, 0, 20, z);
        let expected = z * z / (20.0 + z * z);
        assert!((high - expected).abs() < 1e-14 && (low + expected).abs() < 1e-14);
        let (low, high) = tango(20, 0, 20, z);
        assert!(high == 1.0 && (0.0..1.0).contains(&low));
    }
}
