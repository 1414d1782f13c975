//! Bowker's test: did as many move from any level to any other as moved back?
//!
//! Symmetry is more than equal margins: levels may be as frequent as before although the moves between them are lopsided. Assumes
//! independent people, and enough moves between each pair of levels for χ². Not for many levels with few moves each: join levels first. Not
//! for whether people became better: Stuart–Maxwell is about the margins, the sign test about the direction. Source: Bowker 1948 (below).
//! Checked against R's `mcnemar.test`; where that divides by an empty pair of cells, against the sum without that pair.

use super::transitions::TRANSITIONS;
use super::{Options, Pairs, Procedure, Scale, absent};
use crate::distribution::chi_squared_upper;
use crate::estimate::{Condition, Reveals, Statistic, Statistics, Value};

const SOURCE: &str = "Bowker 1948, JASA 43:572–574";

pub static BOWKER: Statistic = Statistic {
    name: "bowker",
    reveals: Reveals::Inference,
    rests_on: TRANSITIONS,
    about: "Bowker's χ² for a symmetric table, Σ (n_ij − n_ji)²/(n_ij + n_ji); McNemar's χ² with two levels.",
    source: SOURCE,
};
pub static BOWKER_DF: Statistic = Statistic {
    name: "bowker_df",
    reveals: Reveals::Setting,
    rests_on: TRANSITIONS,
    about: "Degrees of freedom of Bowker's χ²: pairs of levels between which anybody moved.",
    source: SOURCE,
};
pub static BOWKER_P: Statistic = Statistic {
    name: "bowker_p",
    reveals: Reveals::Inference,
    rests_on: TRANSITIONS,
    about: "p-value of Bowker's χ².",
    source: SOURCE,
};

const STATISTICS: Statistics = &[&BOWKER, &BOWKER_DF, &BOWKER_P];

pub static PROCEDURE: Procedure =
    Procedure { id: "bowker", statistics: STATISTICS, applies: |scale| scale == Scale::Ordinal, compute };

/// Bowker's χ² and its degrees of freedom, of a `k` × `k` table of transitions, row by row.
pub fn bowker(table: &[u64], k: usize) -> (f64, u64) {
    let mut chi2 = 0.0;
    let mut df = 0;
    for i in 0..k {
        for j in i + 1..k {
            let (there, back) = (table[i * k + j], table[j * k + i]);
            if there + back > 0 {
                let distance = there.abs_diff(back) as f64;
                chi2 += distance * distance / (there + back) as f64;
                df += 1;
            }
        }
    }
    (chi2, df)
}

fn compute(pairs: &Pairs, _: &Options) -> Vec<Value> {
    if pairs.n() == 0 {
        return absent(STATISTICS, "no_pairs");
    }
    let k = pairs.levels().len();
    let (chi2, df) = bowker(&pairs.transitions(), k);
    if df == 0 {
        return absent(STATISTICS, "no_change");
    }
    // Programs differ: R's `mcnemar.test` counts the pairs of empty cells too, and then divides 0 by 0.
    let all = (k * (k - 1) / 2) as u64;
    let dropped =
        (df < all).then(|| Condition::new("levels_dropped", format!("{} of {all} pairs", all - df)));
    [
        Value::new(&BOWKER, chi2),
        Value::new(&BOWKER_DF, df as f64),
        Value::new(&BOWKER_P, chi_squared_upper(chi2, df as f64)),
    ]
    .map(|value| value.method("empty cell pairs left out").conditions(dropped.clone()))
    .into()
}
