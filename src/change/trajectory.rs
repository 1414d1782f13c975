//! Trajectories: where everybody stands at each wave, and who flows from where to where between two of them.
//!
//! [`mean_at_wave`] and [`share_at_wave`] rest on all who answered at that wave, not on pairs: the waves have different
//! persons, and a line between them is no change of anybody, unless only those with an answer at all of them are let in.
//! Intervals are for each wave by itself. Not for whether two waves differ, which is a question for paired change. Assumes
//! independent persons and, for the t interval, a mean that is near normal, which with few persons and skewed counts of days it
//! is not. Sources: Student 1908, Wilson 1927, Anderson & Goodman 1957 (below). Checked against R's `t.test` and `prop.test`.

use super::counts::{N_PAIRS, share};
use super::moments::moments;
use super::transitions::{AFTER_COUNT, BEFORE_COUNT, TRANSITION, share_of_row, transitions};
use super::wilson::wilson;
use super::{Pairs, absent};
use crate::describe::COUNT;
use crate::distribution::{normal_critical, t_critical};
use crate::estimate::{Condition, Counted, RestsOn, Reveals, Role, Statistic, Statistics, Term, Value};

const STUDENT: &str = "Student 1908, Biometrika 6:1–25";
const WILSON: &str = "Wilson 1927, JASA 22:209–212";

pub static WAVE_MEAN: Statistic = Statistic {
    name: "wave_mean",
    reveals: Reveals::Moment,
    rests_on: RestsOn::Counts(&[Counted::Each(&COUNT)]),
    about: "Mean of the answers at a wave, in the item's unit.",
    source: "textbook",
};
pub static WAVE_SD: Statistic = Statistic {
    name: "wave_sd",
    reveals: Reveals::Moment,
    rests_on: RestsOn::Counts(&[Counted::Each(&COUNT)]),
    about: "Standard deviation of the answers at a wave, on n − 1, in the item's unit.",
    source: "textbook",
};
pub static WAVE_MEAN_LOW: Statistic = Statistic {
    name: "wave_mean_low",
    reveals: Reveals::Moment,
    rests_on: RestsOn::Counts(&[Counted::Each(&COUNT)]),
    about: "Lower end of the t interval for the mean at a wave, in the item's unit.",
    source: STUDENT,
};
pub static WAVE_MEAN_HIGH: Statistic = Statistic {
    name: "wave_mean_high",
    reveals: Reveals::Moment,
    rests_on: RestsOn::Counts(&[Counted::Each(&COUNT)]),
    about: "Upper end of the t interval for the mean at a wave, in the item's unit.",
    source: STUDENT,
};
pub static WAVE_COUNT: Statistic = Statistic {
    name: "wave_count",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons with the event at a wave.",
    source: "counting",
};
pub static WAVE_SHARE: Statistic = Statistic {
    name: "wave_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&WAVE_COUNT),
    about: "Persons with the event over those who answered at a wave, 0 to 1.",
    source: "counting",
};
// Shares, not inference: with n, an end of Wilson's interval gives the count away.
pub static WAVE_SHARE_LOW: Statistic = Statistic {
    name: "wave_share_low",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&WAVE_COUNT),
    about: "Lower end of Wilson's interval for the share at a wave.",
    source: WILSON,
};
pub static WAVE_SHARE_HIGH: Statistic = Statistic {
    name: "wave_share_high",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&WAVE_COUNT),
    about: "Upper end of Wilson's interval for the share at a wave.",
    source: WILSON,
};
pub static FLOW_SHARE: Statistic = Statistic {
    name: "flow_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::Share { of: &TRANSITION, beside: &[Counted::Before(&BEFORE_COUNT)] },
    about: "Persons at code b after over those at code a before, 0 to 1; the term is `a>b`.",
    source: "counting; Anderson & Goodman 1957, Annals of Mathematical Statistics 28:89–110",
};

pub static INCOMPLETE: Statistic = Statistic {
    name: "incomplete",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Interior),
    about: "Persons left out for want of an answer at one of the waves, where only those with an answer at all of them are let in.",
    source: "counting",
};

/// All that [`mean_at_wave`], [`share_at_wave`] and [`flow`] may give.
pub const STATISTICS: Statistics = &[
    &WAVE_MEAN,
    &WAVE_SD,
    &WAVE_MEAN_LOW,
    &WAVE_MEAN_HIGH,
    &WAVE_COUNT,
    &WAVE_SHARE,
    &WAVE_SHARE_LOW,
    &WAVE_SHARE_HIGH,
    &FLOW_SHARE,
];

/// What is counted beside them: [`flow_table`] and [`incomplete`].
pub const COUNTED: Statistics = &[&N_PAIRS, &TRANSITION, &BEFORE_COUNT, &AFTER_COUNT, &INCOMPLETE];

/// Of these, what a change between the same two waves counts as well.
pub const COUNTED_IN_PAIRS: Statistics = &[&N_PAIRS, &TRANSITION, &BEFORE_COUNT, &AFTER_COUNT];

/// The mean of one wave's distinct `answers` with their `frequency`, of one length, with its t interval at `level`.
///
/// Answers are sorted first, so that their order never matters. Every value's `n` is the number of answers. Absent with
/// `no_answers`; all but the mean with `too_few` where one person answered.
pub fn mean_at_wave(answers: &[f64], frequency: &[u64], level: f64) -> Vec<Value> {
    let mut rows: Vec<(f64, u64)> = answers.iter().copied().zip(frequency.iter().copied()).collect();
    rows.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let (answers, frequency): (Vec<f64>, Vec<u64>) = rows.into_iter().unzip();
    let n: u64 = frequency.iter().sum();
    let found = moments(&answers, &frequency);
    let missing = |statistic, reason| Value::absent(statistic, Condition::new(reason, ""));
    let values = match n {
        0 => absent(&STATISTICS[..4], "no_answers"),
        1 => vec![
            Value::new(&WAVE_MEAN, found.mean),
            missing(&WAVE_SD, "too_few"),
            missing(&WAVE_MEAN_LOW, "too_few"),
            missing(&WAVE_MEAN_HIGH, "too_few"),
        ],
        _ => {
            let reach = t_critical(level, n as f64 - 1.0) * found.sd / (n as f64).sqrt();
            vec![
                Value::new(&WAVE_MEAN, found.mean),
                Value::new(&WAVE_SD, found.sd).method("n - 1"),
                Value::new(&WAVE_MEAN_LOW, found.mean - reach).method("t"),
                Value::new(&WAVE_MEAN_HIGH, found.mean + reach).method("t"),
            ]
        }
    };
    values.into_iter().map(|value| value.n(n)).collect()
}

/// The share of `count` persons among the `n` who answered at one wave, with Wilson's interval at `level`.
///
/// Every value's `n` is `n`; absent with `no_answers`.
pub fn share_at_wave(count: u64, n: u64, level: f64) -> Vec<Value> {
    let values = match n {
        0 => absent(&STATISTICS[4..8], "no_answers"),
        _ => {
            let (low, high) = wilson(count, n, normal_critical(level));
            vec![
                Value::new(&WAVE_COUNT, count as f64),
                share(&WAVE_SHARE, count, n),
                Value::new(&WAVE_SHARE_LOW, low).method("Wilson"),
                Value::new(&WAVE_SHARE_HIGH, high).method("Wilson"),
            ]
        }
    };
    values.into_iter().map(|value| value.n(n)).collect()
}

/// How many are left out because an answer is missing at one of the waves; `n` is everyone.
pub fn incomplete(count: u64, n: u64) -> Value {
    Value::new(&INCOMPLETE, count as f64).n(n)
}

/// The table that [`flow`] is a function of: pairs, transitions and margins. Every value's `n` is the number of pairs.
pub fn flow_table(pairs: &Pairs) -> Vec<Value> {
    let pairs_counted = std::iter::once(Value::new(&N_PAIRS, pairs.n() as f64));
    pairs_counted.chain(transitions(pairs)).map(|value| value.n(pairs.n())).collect()
}

/// Of those at each level before, the share at each level after; the counts are `transition` of the same pairs.
///
/// Levels may be states (in contact, in prison, dead) as well as answers. A value's `n` is the number at the level before;
/// absent with `nobody_before` where there is none. Nothing for a numeric scale, which has no levels.
pub fn flow(pairs: &Pairs) -> Vec<Value> {
    let levels = pairs.levels();
    let k = levels.len();
    let table = pairs.transitions();
    let mut values = Vec::with_capacity(k * k);
    for i in 0..k {
        let row = &table[i * k..(i + 1) * k];
        let before = row.iter().sum();
        for (level, &count) in levels.iter().zip(row) {
            let value = share_of_row(&FLOW_SHARE, count, before);
            values.push(value.term(Term::moved(levels[i], level)).n(before));
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_of_answers_changes_nothing(mut rows in prop::collection::vec((0u8..9, 1u64..5), 0..20)) {
            let mean = |rows: &[(u8, u64)]| {
                let (answers, frequency): (Vec<f64>, Vec<u64>) =
                    rows.iter().map(|row| (f64::from(row.0) / 10.0, row.1)).unzip();
                mean_at_wave(&answers, &frequency, 0.95)
            };
            let there = mean(&rows);
            rows.reverse();
            prop_assert_eq!(there, mean(&rows));
        }

        #[test]
        fn a_share_lies_in_its_interval(n in 1u64..2000, part in 0.0f64..=1.0) {
            let count = (n as f64 * part) as u64;
            let values = share_at_wave(count, n, 0.95);
            let [share, low, high] = [1, 2, 3].map(|index| values[index].value.unwrap());
            prop_assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
        }
    }
}
