//! The sign test: did as many increase as decrease?

use super::counts::directions;
use super::mcnemar::mcnemar;
use super::{Options, Pairs, Procedure, Scale, absent};
use crate::estimate::{Reveals, Statistic, Statistics, Value};

static SIGN_P: Statistic = Statistic {
    name: "sign_p",
    reveals: Reveals::Inference,
    about: "Two-sided exact p-value of the sign test: increases against decreases as throws of a fair coin.",
    source: "Dixon & Mood 1946, JASA 41:557–566",
};

const STATISTICS: Statistics = &[&SIGN_P];

pub static PROCEDURE: Procedure =
    Procedure { id: "sign_test", statistics: STATISTICS, applies: |scale| scale != Scale::Binary, compute };

fn compute(pairs: &Pairs, _: &Options) -> Vec<Value> {
    let counts = directions(pairs);
    if pairs.n() == 0 {
        return absent(STATISTICS, "no_pairs");
    }
    if counts.increased + counts.decreased == 0 {
        return absent(STATISTICS, "no_change");
    }
    // McNemar's exact test is the sign test of two levels.
    let p = mcnemar(counts.increased, counts.decreased).exact;
    vec![Value::new(&SIGN_P, p).method("exact, zeros dropped")]
}
