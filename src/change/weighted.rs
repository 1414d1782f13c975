//! Weighted change: what the change would be if everybody had been followed up.
//!
//! Those who are seen again differ from those who are not. Each pair gets the inverse of its probability of being followed up as a weight; then
//! the mean over pairs estimates the mean over all who were due. Errors are linearised (sandwich) errors that take the weights as given. For
//! weights from a fitted response model they are, if anything, too large. Assumes that the model of follow-up has everything that drives both
//! follow-up and change, and that nobody's probability is near 0. A few large weights make an estimate of a few people;
//! `weighted_effective_n` shows this. Not for loss that depends on how people have fared since, which no weights repair. Report it beside the
//! unweighted change. Test and interval come from one t.
//! Sources: Horvitz & Thompson 1952, JASA 47:663–685; Binder 1983, International Statistical Review 51:279–292.
//! Checked against R's survey package: `svymean`, `confint` on the design's n − 1 degrees of freedom, and the statistic of
//! `svyttest` (which in survey 4.1 takes one degree of freedom more; here equal weights give the paired t test).

use std::collections::BTreeMap;

use thiserror::Error;

use super::pairs::Sortable;
use super::transitions::{MARGINS, MOMENTS};
use crate::distribution::{t_critical, t_two_sided};
use crate::estimate::{Condition, Counted, RestsOn, Reveals, Role, Statistic, Statistics, Value};

const HAJEK: &str =
    "Hájek 1971, in Foundations of Statistical Inference, 236; Horvitz & Thompson 1952, JASA 47:663–685";
const BINDER: &str = "Binder 1983, International Statistical Review 51:279–292";

const fn moment(
    name: &'static str,
    rests_on: RestsOn,
    about: &'static str,
    source: &'static str,
) -> Statistic {
    Statistic { name, reveals: Reveals::Moment, rests_on, about, source }
}

const fn share(name: &'static str, about: &'static str, source: &'static str) -> Statistic {
    Statistic { name, reveals: Reveals::Share, rests_on: RestsOn::All, about, source }
}

pub static WEIGHTED_N_PAIRS: Statistic = Statistic {
    name: "weighted_n_pairs",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Weighed),
    about: "Persons with an answer in both waves who have a weight.",
    source: "counting",
};
pub static WEIGHTED_EFFECTIVE_N: Statistic = Statistic {
    name: "weighted_effective_n",
    reveals: Reveals::Inference,
    rests_on: RestsOn::Counts(&[Counted::Each(&WEIGHTED_N_PAIRS)]),
    about: "Kish's effective number of pairs, (Σw)²/Σw²: that many of equal weight would say as much.",
    source: "Kish 1965, Survey Sampling",
};
pub static WEIGHTED_MEAN_BEFORE: Statistic =
    moment("weighted_mean_before", MARGINS, "Weighted mean before, in the item's unit.", HAJEK);
pub static WEIGHTED_MEAN_AFTER: Statistic =
    moment("weighted_mean_after", MARGINS, "Weighted mean after, in the item's unit.", HAJEK);
pub static WEIGHTED_MEAN_CHANGE: Statistic =
    moment("weighted_mean_change", MARGINS, "Weighted mean of after − before, in the item's unit.", HAJEK);
pub static WEIGHTED_MEAN_CHANGE_STD_ERROR: Statistic = moment(
    "weighted_mean_change_std_error",
    MOMENTS,
    "Linearised standard error of the weighted mean change, in the item's unit.",
    BINDER,
);
pub static WEIGHTED_MEAN_CHANGE_LOW: Statistic =
    moment("weighted_mean_change_low", MOMENTS, "Lower end of the t interval for it, on n − 1.", BINDER);
pub static WEIGHTED_MEAN_CHANGE_HIGH: Statistic =
    moment("weighted_mean_change_high", MOMENTS, "Upper end of the t interval for it, on n − 1.", BINDER);
pub static WEIGHTED_T: Statistic = Statistic {
    name: "weighted_t",
    reveals: Reveals::Inference,
    rests_on: MOMENTS,
    about: "The weighted mean change over its standard error.",
    source: BINDER,
};
pub static WEIGHTED_T_P: Statistic = Statistic {
    name: "weighted_t_p",
    reveals: Reveals::Inference,
    rests_on: MOMENTS,
    about: "Two-sided p-value of the weighted t, on n − 1.",
    source: BINDER,
};
const MEANS: [&Statistic; 8] = [
    &WEIGHTED_MEAN_BEFORE,
    &WEIGHTED_MEAN_AFTER,
    &WEIGHTED_MEAN_CHANGE,
    &WEIGHTED_MEAN_CHANGE_STD_ERROR,
    &WEIGHTED_MEAN_CHANGE_LOW,
    &WEIGHTED_MEAN_CHANGE_HIGH,
    &WEIGHTED_T,
    &WEIGHTED_T_P,
];
pub static WEIGHTED_SHARE_BEFORE: Statistic =
    share("weighted_share_before", "Weighted share with the event before, 0 to 1.", HAJEK);
pub static WEIGHTED_SHARE_AFTER: Statistic =
    share("weighted_share_after", "Weighted share with the event after, 0 to 1.", HAJEK);
pub static WEIGHTED_SHARE_CHANGE: Statistic =
    share("weighted_share_change", "Weighted share after less before, −1 to 1.", HAJEK);
pub static WEIGHTED_SHARE_CHANGE_STD_ERROR: Statistic = share(
    "weighted_share_change_std_error",
    "Linearised standard error of the change of the weighted share.",
    BINDER,
);
pub static WEIGHTED_SHARE_CHANGE_LOW: Statistic =
    share("weighted_share_change_low", "Lower end of the t interval for it, on n − 1.", BINDER);
pub static WEIGHTED_SHARE_CHANGE_HIGH: Statistic =
    share("weighted_share_change_high", "Upper end of the t interval for it, on n − 1.", BINDER);
pub static WEIGHTED_SHARE_T: Statistic =
    share("weighted_share_t", "The change of the weighted share over its standard error.", BINDER);
pub static WEIGHTED_SHARE_T_P: Statistic =
    share("weighted_share_t_p", "Two-sided p-value of that t, on n − 1.", BINDER);
const SHARES: [&Statistic; 8] = [
    &WEIGHTED_SHARE_BEFORE,
    &WEIGHTED_SHARE_AFTER,
    &WEIGHTED_SHARE_CHANGE,
    &WEIGHTED_SHARE_CHANGE_STD_ERROR,
    &WEIGHTED_SHARE_CHANGE_LOW,
    &WEIGHTED_SHARE_CHANGE_HIGH,
    &WEIGHTED_SHARE_T,
    &WEIGHTED_SHARE_T_P,
];

/// All that [`mean_change`] and [`share_change`] may give.
pub const STATISTICS: Statistics = &[
    &WEIGHTED_N_PAIRS,
    &WEIGHTED_EFFECTIVE_N,
    &WEIGHTED_MEAN_BEFORE,
    &WEIGHTED_MEAN_AFTER,
    &WEIGHTED_MEAN_CHANGE,
    &WEIGHTED_MEAN_CHANGE_STD_ERROR,
    &WEIGHTED_MEAN_CHANGE_LOW,
    &WEIGHTED_MEAN_CHANGE_HIGH,
    &WEIGHTED_T,
    &WEIGHTED_T_P,
    &WEIGHTED_SHARE_BEFORE,
    &WEIGHTED_SHARE_AFTER,
    &WEIGHTED_SHARE_CHANGE,
    &WEIGHTED_SHARE_CHANGE_STD_ERROR,
    &WEIGHTED_SHARE_CHANGE_LOW,
    &WEIGHTED_SHARE_CHANGE_HIGH,
    &WEIGHTED_SHARE_T,
    &WEIGHTED_SHARE_T_P,
];

/// Why weighted pairs cannot be analysed. No message holds an answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WeightedPairsError {
    #[error(
        "{before} answers before, {after} after, {weight} weights and {frequency} frequencies: they have to be of one length"
    )]
    Lengths { before: usize, after: usize, weight: usize, frequency: usize },
    #[error("pair {index}, counted from 0, holds a number that is not finite; leave incomplete pairs out")]
    NotFinite { index: usize },
    #[error("pair {index}, counted from 0, has a weight that is not a finite number above 0")]
    Weight { index: usize },
}

/// Distinct (before, after, weight) with frequencies, sorted, so that the order of rows never matters.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedPairs {
    before: Vec<f64>,
    after: Vec<f64>,
    weight: Vec<f64>,
    frequency: Vec<u64>,
}

impl WeightedPairs {
    /// All four are of one length; a weight is that of one person, whatever the frequency. Frequency 0 is left out.
    ///
    /// # Errors
    /// On lengths that differ, answers that are not finite, and weights that are not finite and above 0.
    pub fn new(
        before: &[f64],
        after: &[f64],
        weight: &[f64],
        frequency: &[u64],
    ) -> Result<WeightedPairs, WeightedPairsError> {
        let (x, y, w, f) = (before.len(), after.len(), weight.len(), frequency.len());
        if [y, w, f] != [x; 3] {
            return Err(WeightedPairsError::Lengths { before: x, after: y, weight: w, frequency: f });
        }
        let mut merged: BTreeMap<[Sortable; 3], u64> = BTreeMap::new();
        for index in 0..x {
            if !(before[index].is_finite() && after[index].is_finite()) {
                return Err(WeightedPairsError::NotFinite { index });
            }
            if !(weight[index].is_finite() && weight[index] > 0.0) {
                return Err(WeightedPairsError::Weight { index });
            }
            if frequency[index] > 0 {
                let key = [before[index], after[index], weight[index]].map(Sortable::new);
                *merged.entry(key).or_insert(0) += frequency[index];
            }
        }
        let column = |part: usize| merged.keys().map(|key| key[part].0).collect();
        let (before, after, weight) = (column(0), column(1), column(2));
        Ok(WeightedPairs { before, after, weight, frequency: merged.into_values().collect() })
    }

    /// Number of pairs.
    pub fn n(&self) -> u64 {
        self.frequency.iter().sum()
    }
}

/// A weighted mean with its linearised standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedMean {
    /// Σwy/Σw.
    pub mean: f64,
    /// √(n/(n − 1)·Σ(w(y − mean)/Σw)²): of independent persons drawn with unequal probabilities, as R's survey has it.
    pub std_error: f64,
}

/// `values`, `weight` and `frequency` are of one length; NaN without a value, the error also with one.
pub fn weighted_mean(values: &[f64], weight: &[f64], frequency: &[u64]) -> WeightedMean {
    let sum = |term: &dyn Fn(f64, f64) -> f64| -> f64 {
        let rows = values.iter().zip(weight).zip(frequency);
        rows.map(|((&value, &weight), &times)| times as f64 * term(value, weight)).sum()
    };
    let n = frequency.iter().sum::<u64>() as f64;
    let total = sum(&|_, weight| weight);
    // In two passes, as the unweighted moments.
    let rough = sum(&|value, weight| weight * value) / total;
    let mean = rough + sum(&|value, weight| weight * (value - rough)) / total;
    let meat = sum(&|value, weight| (weight / total * (value - mean)).powi(2));
    // What differs in its last bit alone does not differ: see `moments`.
    let largest = values.iter().fold(0.0f64, |most, value| most.max(value.abs()));
    let std_error = (n / (n - 1.0) * meat).sqrt();
    let rounding = std_error * n.sqrt() <= 10.0 * f64::EPSILON * largest;
    WeightedMean { mean, std_error: if rounding { 0.0 } else { std_error } }
}

/// The weighted mean change of numeric or scored answers, with its interval at `level`.
///
/// Every value's `n` is the number of pairs. Absent with `no_pairs`; the error and what rests on it with `too_few` for one
/// pair, `no_change` or `no_variation` where all changed alike.
pub fn mean_change(pairs: &WeightedPairs, level: f64) -> Vec<Value> {
    change(pairs, &MEANS, level, |answer| answer)
}

/// The change of the weighted share of those whose answer is `event`; otherwise as [`mean_change`].
///
/// The interval is a plain ± one: with few persons, or shares near 0 or 1, it may reach beyond what a share can be.
pub fn share_change(pairs: &WeightedPairs, event: f64, level: f64) -> Vec<Value> {
    change(pairs, &SHARES, level, |answer| f64::from(answer == event))
}

fn change(
    pairs: &WeightedPairs,
    statistics: &[&'static Statistic; 8],
    level: f64,
    score: impl Fn(f64) -> f64,
) -> Vec<Value> {
    let [before, after, change, error, low, high, t, p] = statistics;
    let n = pairs.n();
    let missing = |statistic, reason| Value::absent(statistic, Condition::new(reason, ""));
    if n == 0 {
        let rest = std::iter::once(&WEIGHTED_EFFECTIVE_N)
            .chain(statistics.iter().copied())
            .map(|statistic| missing(statistic, "no_pairs"));
        let all = std::iter::once(Value::new(&WEIGHTED_N_PAIRS, 0.0)).chain(rest);
        return all.map(|value| value.n(0)).collect();
    }
    let scored = |answers: &[f64]| answers.iter().map(|&answer| score(answer)).collect::<Vec<f64>>();
    let (x, y) = (scored(&pairs.before), scored(&pairs.after));
    let differences: Vec<f64> = x.iter().zip(&y).map(|(x, y)| y - x).collect();
    let of = |values: &[f64]| weighted_mean(values, &pairs.weight, &pairs.frequency);
    let (mean_before, mean_after, found) = (of(&x).mean, of(&y).mean, of(&differences));
    let power = |exponent: i32| -> f64 {
        pairs.weight.iter().zip(&pairs.frequency).map(|(w, &times)| times as f64 * w.powi(exponent)).sum()
    };
    let mut values = vec![
        Value::new(&WEIGHTED_N_PAIRS, n as f64),
        Value::new(&WEIGHTED_EFFECTIVE_N, power(1) * power(1) / power(2)).method("Kish"),
        Value::new(before, mean_before).method("weighted"),
        Value::new(after, mean_after).method("weighted"),
        Value::new(change, found.mean).method("weighted"),
    ];
    let obstacle = match (n, found.std_error == 0.0) {
        (1, _) => Some("too_few"),
        (_, true) if x == y => Some("no_change"),
        (_, true) => Some("no_variation"),
        (_, false) => None,
    };
    match obstacle {
        Some(reason) => values.extend([error, low, high, t, p].map(|statistic| missing(statistic, reason))),
        None => {
            let df = n as f64 - 1.0;
            let ratio = found.mean / found.std_error;
            let reach = t_critical(level, df) * found.std_error;
            let rest = [
                Value::new(error, found.std_error),
                Value::new(low, found.mean - reach),
                Value::new(high, found.mean + reach),
                Value::new(t, ratio),
                Value::new(p, t_two_sided(ratio, df)),
            ];
            values.extend(rest.map(|value| value.method("linearised, weights as known, t on n - 1")));
        }
    }
    values.into_iter().map(|value| value.n(n)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Direction, Options, Pairs, Scale, analyse};
    use proptest::prelude::*;

    /// Before, after, weight and frequency.
    type Row = (u8, u8, u8, u64);

    fn find(values: &[Value], name: &str) -> Option<f64> {
        values.iter().find(|value| value.statistic.name == name).and_then(|value| value.value)
    }

    proptest! {
        #[test]
        fn equal_weights_are_no_weights(
            rows in prop::collection::vec((0u8..29, 0u8..29), 0..30), weight in 0.01f64..100.0
        ) {
            let (before, after): (Vec<f64>, Vec<f64>) =
                rows.iter().map(|row| (f64::from(row.0), f64::from(row.1))).unzip();
            let once = vec![1; rows.len()];
            let plain = Pairs::new(&before, &after, &once, Scale::Numeric, Direction::None, &[]).unwrap();
            let plain = analyse(&plain, &Options::default());
            let pairs = WeightedPairs::new(&before, &after, &vec![weight; rows.len()], &once).unwrap();
            let weighted = mean_change(&pairs, 0.95);
            for (name, twin) in [
                ("weighted_mean_change", "mean_change"), ("weighted_mean_change_low", "mean_change_low"),
                ("weighted_mean_change_high", "mean_change_high"), ("weighted_t", "t"), ("weighted_t_p", "t_p"),
                ("weighted_effective_n", "n_pairs"),
            ] {
                match (find(&weighted, name), find(&plain, twin)) {
                    (Some(one), Some(other)) => prop_assert!((one - other).abs() <= 1e-9 * (1.0 + other.abs()), "{}", name),
                    (None, other) => prop_assert!(other.is_none() || rows.is_empty(), "{}", name),
                    (Some(_), None) => prop_assert!(false, "{}", name),
                }
            }
        }

        #[test]
        fn a_p_value_is_small_just_where_the_interval_leaves_no_change_out(
            rows in prop::collection::vec((0u8..2, 0u8..2, 1u8..40, 1u64..4), 0..20), level in 0.5f64..0.995
        ) {
            let column = |of: &dyn Fn(&Row) -> f64| rows.iter().map(of).collect::<Vec<f64>>();
            let frequency: Vec<u64> = rows.iter().map(|row| row.3).collect();
            let weight = column(&|row| f64::from(row.2));
            let pairs =
                WeightedPairs::new(&column(&|row| f64::from(row.0)), &column(&|row| f64::from(row.1)), &weight, &frequency)
                    .unwrap();
            for (values, p, low, high) in [
                (mean_change(&pairs, level), "weighted_t_p", "weighted_mean_change_low", "weighted_mean_change_high"),
                (share_change(&pairs, 1.0, level), "weighted_share_t_p", "weighted_share_change_low", "weighted_share_change_high"),
            ] {
                let beyond = find(&values, low).is_some_and(|low| low > 0.0) || find(&values, high).is_some_and(|high| high < 0.0);
                match find(&values, p) {
                    Some(p) if (p - (1.0 - level)).abs() < 1e-9 => {}
                    Some(found) => prop_assert_eq!(beyond, found < 1.0 - level, "{} {}", p, found),
                    None => prop_assert!(!beyond, "{} is absent", p),
                }
            }
        }

        #[test]
        fn the_order_of_rows_and_the_scale_of_weights_change_nothing(
            mut rows in prop::collection::vec((0u8..2, 0u8..2, 1u8..40, 1u64..4), 0..20)
        ) {
            let change = |rows: &[Row], scale: f64| {
                let column = |of: &dyn Fn(&Row) -> f64| rows.iter().map(of).collect::<Vec<f64>>();
                let frequency: Vec<u64> = rows.iter().map(|row| row.3).collect();
                let pairs = WeightedPairs::new(
                    &column(&|row| f64::from(row.0)), &column(&|row| f64::from(row.1)),
                    &column(&|row| f64::from(row.2) * scale), &frequency,
                );
                share_change(&pairs.unwrap(), 1.0, 0.95)
            };
            let there = change(&rows, 1.0);
            // Powers of two: not a bit is lost.
            prop_assert_eq!(&there, &change(&rows, 8.0));
            rows.reverse();
            prop_assert_eq!(there, change(&rows, 1.0));
        }
    }

    #[test]
    fn a_weight_that_cannot_be_is_refused() {
        for weight in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let pairs = WeightedPairs::new(&[1.0], &[1.0], &[weight], &[1]);
            assert_eq!(pairs, Err(WeightedPairsError::Weight { index: 0 }));
        }
    }
}
