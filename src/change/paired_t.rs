//! Student's paired t test: is the mean change different from 0?
//!
//! Assumes independent people and a mean change that is near normal. It is exact for normal changes, good for many people whatever the changes
//! are, and not to be trusted for few people with skewed changes. Not for ordinal codes unless their steps are taken as equal, as the mean
//! does too; the sign test needs no such step. The interval belongs to `t_p`: it excludes 0 exactly when p is below 1 − level. Source: Student
//! 1908 (below). Checked against R's `t.test(paired = TRUE)`.

use super::moments::PairedMoments;
use super::transitions::MOMENTS;
use super::{Options, Pairs, Procedure, Scale, absent};
use crate::distribution::{t_critical, t_two_sided};
use crate::estimate::{RestsOn, Reveals, Statistic, Statistics, Value};

const STUDENT: &str = "Student 1908, Biometrika 6:1–25";

pub static T: Statistic = Statistic {
    name: "t",
    reveals: Reveals::Inference,
    rests_on: MOMENTS,
    about: "Student's paired t: the mean change over its standard error.",
    source: STUDENT,
};
pub static T_DF: Statistic = Statistic {
    name: "t_df",
    reveals: Reveals::Setting,
    rests_on: RestsOn::Base,
    about: "Degrees of freedom of the paired t: pairs less 1.",
    source: STUDENT,
};
pub static T_P: Statistic = Statistic {
    name: "t_p",
    reveals: Reveals::Inference,
    rests_on: MOMENTS,
    about: "Two-sided p-value of the paired t.",
    source: STUDENT,
};
pub static MEAN_CHANGE_LOW: Statistic = Statistic {
    name: "mean_change_low",
    reveals: Reveals::Moment,
    rests_on: MOMENTS,
    about: "Lower end of the t interval for the mean change, in the item's unit.",
    source: STUDENT,
};
pub static MEAN_CHANGE_HIGH: Statistic = Statistic {
    name: "mean_change_high",
    reveals: Reveals::Moment,
    rests_on: MOMENTS,
    about: "Upper end of the t interval for the mean change, in the item's unit.",
    source: STUDENT,
};

const STATISTICS: Statistics = &[&T, &T_DF, &T_P, &MEAN_CHANGE_LOW, &MEAN_CHANGE_HIGH];

pub static PROCEDURE: Procedure =
    Procedure { id: "paired_t", statistics: STATISTICS, applies: |scale| scale != Scale::Binary, compute };

/// Why a mean change cannot be compared with its standard deviation, if it cannot.
pub fn obstacle(pairs: &Pairs, moments: &PairedMoments) -> Option<&'static str> {
    match (pairs.n(), moments.change.sd == 0.0) {
        (0, _) => Some("no_pairs"),
        (1, _) => Some("too_few"),
        (_, true) if pairs.before() == pairs.after() => Some("no_change"),
        (_, true) => Some("no_variation"),
        (_, false) => None,
    }
}

/// The t interval of the mean change of `n` pairs at `level`; not a number where n is below 2.
pub fn interval(moments: &PairedMoments, n: u64, level: f64) -> [f64; 2] {
    let (mean, n) = (moments.change.mean, n as f64);
    let reach = t_critical(level, n - 1.0) * (moments.change.sd / n.sqrt());
    [mean - reach, mean + reach]
}

fn compute(pairs: &Pairs, options: &Options) -> Vec<Value> {
    let moments = PairedMoments::of(pairs);
    if let Some(reason) = obstacle(pairs, &moments) {
        return absent(STATISTICS, reason);
    }
    let n = pairs.n() as f64;
    let mean = moments.change.mean;
    let error = moments.change.sd / n.sqrt();
    let t = mean / error;
    let [low, high] = interval(&moments, pairs.n(), options.level);
    vec![
        Value::new(&T, t),
        Value::new(&T_DF, n - 1.0),
        Value::new(&T_P, t_two_sided(t, n - 1.0)),
        Value::new(&MEAN_CHANGE_LOW, low).method("t"),
        Value::new(&MEAN_CHANGE_HIGH, high).method("t"),
    ]
}
