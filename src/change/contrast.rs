//! The difference between two groups' changes, with its interval.
//!
//! Answers which of two groups changed more and how sure that is. The groups share no person, so the interval follows from those of the two changes
//! by MOVER, the method of variance estimates recovery: it needs nothing but what is published of each group, and asks of each interval only that it
//! be a good one. Assumes independent groups; not for two waves of the same persons, nor for picking the largest of many differences by chance
//! (intervals are not adjusted for how many pairs there are). Of two shares with Wilson's intervals it is Newcombe's interval. Sources: Zou &
//! Donner 2008, Newcombe 1998 (below). Checked against R: the formula on t intervals of `t.test` and on Tango's by root finding.

use crate::estimate::{Condition, RestsOn, Reveals, Statistic, Statistics, Value};

const SOURCE: &str = "Zou & Donner 2008, Statistics in Medicine 27:1693–1702, equations 4 and 5 (MOVER)";

pub static DIFFERENCE: Statistic = Statistic {
    name: "difference",
    reveals: Reveals::Inference,
    rests_on: RestsOn::Released,
    about: "Change in the first of two groups less that in the second: of means in units of the variable, of shares on 0 to 1.",
    source: "its definition",
};
pub static DIFFERENCE_LOW: Statistic = Statistic {
    name: "difference_low",
    reveals: Reveals::Inference,
    rests_on: RestsOn::Released,
    about: "Lower end of the interval for the difference between two groups' changes, from the intervals of both.",
    source: SOURCE,
};
pub static DIFFERENCE_HIGH: Statistic = Statistic {
    name: "difference_high",
    reveals: Reveals::Inference,
    rests_on: RestsOn::Released,
    about: "Upper end of the interval for the difference between two groups' changes, from the intervals of both.",
    source: SOURCE,
};
pub static SUPERIORITY_DIFFERENCE: Statistic = Statistic {
    name: "superiority_difference",
    reveals: Reveals::Inference,
    rests_on: RestsOn::Released,
    about: "Probability of superiority in the first of two groups less that in the second, −1 to 1.",
    source: "its definition",
};
pub static SUPERIORITY_DIFFERENCE_LOW: Statistic = Statistic {
    name: "superiority_difference_low",
    reveals: Reveals::Inference,
    rests_on: RestsOn::Released,
    about: "Lower end of the interval for the difference between two groups' probabilities of superiority, from the intervals of both.",
    source: SOURCE,
};
pub static SUPERIORITY_DIFFERENCE_HIGH: Statistic = Statistic {
    name: "superiority_difference_high",
    reveals: Reveals::Inference,
    rests_on: RestsOn::Released,
    about: "Upper end of the interval for the difference between two groups' probabilities of superiority, from the intervals of both.",
    source: SOURCE,
};

/// The difference of changes with its ends.
pub const OF_CHANGES: [&Statistic; 3] = [&DIFFERENCE, &DIFFERENCE_LOW, &DIFFERENCE_HIGH];

/// The difference of probabilities of superiority with its ends.
pub const OF_SUPERIORITY: [&Statistic; 3] =
    [&SUPERIORITY_DIFFERENCE, &SUPERIORITY_DIFFERENCE_LOW, &SUPERIORITY_DIFFERENCE_HIGH];

/// All that a contrast may give.
pub const STATISTICS: Statistics = &[
    &DIFFERENCE,
    &DIFFERENCE_LOW,
    &DIFFERENCE_HIGH,
    &SUPERIORITY_DIFFERENCE,
    &SUPERIORITY_DIFFERENCE_LOW,
    &SUPERIORITY_DIFFERENCE_HIGH,
];

/// The first of two estimates of independent groups less the second with the ends of its interval; each is given as value, low,
/// high.
///
/// Zou & Donner 2008, equations 4 and 5.
pub fn mover([a, a_low, a_high]: [f64; 3], [b, b_low, b_high]: [f64; 3]) -> [f64; 3] {
    let between = a - b;
    [between, between - (a - a_low).hypot(b_high - b), between + (a_high - a).hypot(b - b_low)]
}

/// The three numbers of a contrast under their names. Absent with `no_interval` where a group has no interval.
pub fn values(of: [&'static Statistic; 3], groups: Option<[[f64; 3]; 2]>) -> Vec<Value> {
    match groups {
        Some([first, second]) => {
            let numbers = mover(first, second);
            of.iter()
                .zip(numbers)
                .map(|(statistic, number)| Value::new(statistic, number).method("MOVER"))
                .collect()
        }
        None => of.map(|statistic| Value::absent(statistic, Condition::new("no_interval", ""))).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::mover;

    #[test]
    fn symmetric_intervals_give_the_usual_interval_of_a_difference() {
        let [value, low, high] = mover([1.0, 1.0 - 3.0, 1.0 + 3.0], [0.5, 0.5 - 4.0, 0.5 + 4.0]);
        assert!((low - (0.5 - 5.0)).abs() < 1e-12 && (high - (0.5 + 5.0)).abs() < 1e-12);
        assert!((value - 0.5).abs() < 1e-12);
    }

    #[test]
    fn newcombes_interval_of_two_shares_is_its_special_case() {
        // Newcombe 1998, Statistics in Medicine 17, 873–890, table II (a), method 10: 56/70 − 48/80 is 0.0524 to 0.3339,
        // from Wilson's intervals of the two shares.
        let wilson = |events: f64, n: f64| {
            let (z, p) = (1.959_963_984_540_054_f64, events / n);
            let (middle, half) = (2.0 * n * p + z * z, z * (z * z + 4.0 * n * p * (1.0 - p)).sqrt());
            [p, (middle - half) / (2.0 * (n + z * z)), (middle + half) / (2.0 * (n + z * z))]
        };
        let [_, low, high] = mover(wilson(56.0, 70.0), wilson(48.0, 80.0));
        assert!((low - 0.0524).abs() < 5e-5 && (high - 0.3339).abs() < 5e-5, "{low} {high}");
    }
}
