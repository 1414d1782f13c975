//! Effect sizes of binary change: the odds of changing one way rather than the other.
//!
//! n01/n10 is the conditional maximum-likelihood estimate of one odds ratio that all people share; it assumes this, and independent people.
//! Not for comparison with the odds ratio of the two margins, which is nearer to 1 when a person's two answers are related. Not to be read
//! as a ratio of shares. The interval is exact (it has at least its level, usually more) and belongs to `mcnemar_exact`: it excludes 1
//! exactly when that p is below 1 − level. Cohen's g is the same on the scale of shares and has no interval. Sources: Agresti 2013, Clopper &
//! Pearson 1934, Cohen 1988 (below). Checked against R's `binom.test`, its limits as odds.

use super::two_by_two::TwoByTwo;
use super::{Options, Pairs, Procedure, Scale, absent};
use crate::distribution::clopper_pearson_odds;
use crate::estimate::{Condition, RestsOn, Reveals, Statistic, Statistics, Value};

const SOURCE: &str = "Agresti 2013, Categorical Data Analysis, 3rd ed., section 11.2; interval by Clopper & Pearson 1934, \
                      Biometrika 26:404–413";

pub static PAIRED_ODDS_RATIO: Statistic = Statistic {
    name: "odds_ratio",
    reveals: Reveals::Share,
    rests_on: RestsOn::All,
    about: "Paired (conditional) odds ratio n01/n10: those who changed to the second level over those who changed to the first.",
    source: SOURCE,
};
pub static PAIRED_ODDS_RATIO_LOW: Statistic = Statistic {
    name: "odds_ratio_low",
    reveals: Reveals::Inference,
    rests_on: RestsOn::All,
    about: "Lower end of the exact interval for the paired odds ratio.",
    source: SOURCE,
};
pub static PAIRED_ODDS_RATIO_HIGH: Statistic = Statistic {
    name: "odds_ratio_high",
    reveals: Reveals::Inference,
    rests_on: RestsOn::All,
    about: "Upper end of the exact interval for the paired odds ratio.",
    source: SOURCE,
};
pub static COHEN_G: Statistic = Statistic {
    name: "cohen_g",
    reveals: Reveals::Share,
    rests_on: RestsOn::All,
    about: "Cohen's g with its sign, −½ to ½: n01/(n01 + n10) − ½.",
    source: "Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., chapter 5",
};

const STATISTICS: Statistics =
    &[&PAIRED_ODDS_RATIO, &PAIRED_ODDS_RATIO_LOW, &PAIRED_ODDS_RATIO_HIGH, &COHEN_G];

pub static PROCEDURE: Procedure =
    Procedure { id: "odds_ratio", statistics: STATISTICS, applies: |scale| scale == Scale::Binary, compute };

fn compute(pairs: &Pairs, options: &Options) -> Vec<Value> {
    let TwoByTwo { n01, n10, .. } = TwoByTwo::of(pairs);
    if pairs.n() == 0 {
        return absent(STATISTICS, "no_pairs");
    }
    if n01 + n10 == 0 {
        return absent(STATISTICS, "no_change");
    }
    let (low, high) = clopper_pearson_odds(n01, n10, options.level);
    let bounded = |statistic, value: f64| match value.is_finite() {
        true => Value::new(statistic, value),
        false => Value::absent(statistic, Condition::new("unbounded", "")),
    };
    let (gained, lost) = (n01 as f64, n10 as f64);
    vec![
        bounded(&PAIRED_ODDS_RATIO, gained / lost).method("conditional"),
        bounded(&PAIRED_ODDS_RATIO_LOW, low).method("exact conditional"),
        bounded(&PAIRED_ODDS_RATIO_HIGH, high).method("exact conditional"),
        // Written as one fraction, so that a small difference does not cancel.
        Value::new(&COHEN_G, (gained - lost) / (2.0 * (gained + lost))).method("signed"),
    ]
}
