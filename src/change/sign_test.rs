//! The sign test: did as many increase as decrease?
//!
//! Assumes only independent people and an order of the answers. It is McNemar's exact test of the two directions. Not for the size of
//! changes: it ignores size, and so has less power where changes are symmetric (use Wilcoxon's test). Not for those who did not change, whom it
//! ignores too. The exact p keeps its level and is conservative with few changes. Source: Dixon & Mood 1946 (below). Checked against R's
//! `binom.test`; the large-sample variant of SPSS against its formula in R.

use super::convention::SPSS_EXACT_UP_TO;
use super::counts::directions;
use super::mcnemar::{mcnemar, spss_large};
use super::transitions::DIRECTIONS;
use super::{Options, Pairs, Procedure, Scale, absent};
use crate::convention::Convention;
use crate::estimate::{Reveals, Statistic, Statistics, Value};

pub static SIGN_P: Statistic = Statistic {
    name: "sign_p",
    reveals: Reveals::Inference,
    rests_on: DIRECTIONS,
    about: "Two-sided p-value of the sign test: increases against decreases as throws of a fair coin.",
    source: "Dixon & Mood 1946, JASA 41:557–566; variants by program",
};

const STATISTICS: Statistics = &[&SIGN_P];

pub static PROCEDURE: Procedure =
    Procedure { id: "sign_test", statistics: STATISTICS, applies: |scale| scale != Scale::Binary, compute };

fn compute(pairs: &Pairs, options: &Options) -> Vec<Value> {
    let counts = directions(pairs);
    if pairs.n() == 0 {
        return absent(STATISTICS, "no_pairs");
    }
    if counts.increased + counts.decreased == 0 {
        return absent(STATISTICS, "no_change");
    }
    // McNemar's test is the sign test of two levels.
    let (up, down) = (counts.increased, counts.decreased);
    let (p, method) = match options.convention {
        Convention::Spss if up + down > SPSS_EXACT_UP_TO => {
            (spss_large(up, down), "SPSS: normal, corrected, zeros dropped")
        }
        Convention::Spss => (mcnemar(up, down).exact, "SPSS: exact, zeros dropped"),
        Convention::R => (mcnemar(up, down).exact, "R: exact, zeros dropped"),
        Convention::Stata => (mcnemar(up, down).exact, "Stata: exact, zeros dropped"),
    };
    vec![Value::new(&SIGN_P, p).method(method)]
}
