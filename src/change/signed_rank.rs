//! Wilcoxon's signed-rank test: does change lean one way, by the ranks of its size?
//!
//! Assumes independent people and, for testing "no change on average", changes that are symmetric about their middle. Sizes of change are
//! ranked, so for ordinal codes a step must mean the same everywhere on the scale. Not for lopsided changes, such as a few who stop
//! altogether among many small increases: the sign test needs no symmetry, and the t test is about the mean. Those who did not change are left
//! out (or, by Pratt, ranked and then left out), so the test says nothing about them. Its p belongs to no interval here: the interval of the
//! rank-biserial correlation has its own error. Sources: Wilcoxon 1945, Pratt 1959, Kerby 2014 (below). Checked against R's `wilcox.test`, coin's
//! `wilcoxsign_test` for Pratt's zeros, and SPSS's and Stata's formulas in R.

use super::convention;
use super::rank_biserial::{biserial_error, fisher_interval};
use super::transitions::TRANSITIONS;
use super::{Options, Pairs, Procedure, Scale, absent};
use crate::convention::Convention;
use crate::distribution::{normal_critical, normal_two_sided};
use crate::estimate::{Condition, Reveals, Statistic, Statistics, Value};

const WILCOXON_1945: &str = "Wilcoxon 1945, Biometrics Bulletin 1:80–83; Pratt 1959, JASA 54:655–667; ties and exact p as R's \
                             wilcox.test";
const INTERVAL: &str = "Hoeffding 1948, Annals of Mathematical Statistics 19:293–325 (error of a U statistic); Fisher 1921, \
                        Metron 1:3–32 (scale)";

pub static WILCOXON: Statistic = Statistic {
    name: "wilcoxon",
    reveals: Reveals::Inference,
    rests_on: TRANSITIONS,
    about: "Wilcoxon's signed-rank statistic V: the sum of the ranks of |change| of those who increased, midranks for ties.",
    source: WILCOXON_1945,
};
pub static WILCOXON_Z: Statistic = Statistic {
    name: "wilcoxon_z",
    reveals: Reveals::Inference,
    rests_on: TRANSITIONS,
    about: "V less its expectation, over its standard deviation with ties allowed for.",
    source: WILCOXON_1945,
};
pub static WILCOXON_P: Statistic = Statistic {
    name: "wilcoxon_p",
    reveals: Reveals::Inference,
    rests_on: TRANSITIONS,
    about: "Two-sided p-value of Wilcoxon's signed-rank test; in R exact below 50 changes without ties and zeros, else normal.",
    source: WILCOXON_1945,
};
pub static RANK_BISERIAL: Statistic = Statistic {
    name: "rank_biserial",
    reveals: Reveals::Inference,
    rests_on: TRANSITIONS,
    about: "Matched-pairs rank-biserial correlation (W₊ − W₋)/(W₊ + W₋), −1 to 1; positive for an increase.",
    source: "Kerby 2014, Comprehensive Psychology 3:11.IT.3.1",
};
pub static RANK_BISERIAL_LOW: Statistic = Statistic {
    name: "rank_biserial_low",
    reveals: Reveals::Inference,
    rests_on: TRANSITIONS,
    about: "Lower end of the interval for the rank-biserial correlation, on Fisher's z scale.",
    source: INTERVAL,
};
pub static RANK_BISERIAL_HIGH: Statistic = Statistic {
    name: "rank_biserial_high",
    reveals: Reveals::Inference,
    rests_on: TRANSITIONS,
    about: "Upper end of the interval for the rank-biserial correlation, on Fisher's z scale.",
    source: INTERVAL,
};

const STATISTICS: Statistics =
    &[&WILCOXON, &WILCOXON_Z, &WILCOXON_P, &RANK_BISERIAL, &RANK_BISERIAL_LOW, &RANK_BISERIAL_HIGH];

pub static PROCEDURE: Procedure =
    Procedure { id: "signed_rank", statistics: STATISTICS, applies: |scale| scale != Scale::Binary, compute };

/// What the signed-rank test does with those who did not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Zeros {
    /// They are left out before ranking, as Wilcoxon did.
    Dropped,
    /// They are ranked with the others, and their ranks then left out, as Pratt proposed.
    Pratt,
}

/// Ranks of |change|, summed by the sign of the change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignedRanks {
    /// W₊, R's V.
    pub positive: f64,
    /// W₋.
    pub negative: f64,
    /// Variance of W₊ if every sign were a fair coin: Σ r²/4, which is n(n+1)(2n+1)/24 less Σ(t³ − t)/48 where no zero is ranked.
    pub variance: f64,
    /// Number of changes.
    pub n: u64,
    /// Whether two changes are of the same size.
    pub ties: bool,
    /// Whether anybody did not change.
    pub zeros: bool,
}

/// Ranks `differences` with their `frequency`, which are of one length. Sizes are tied that agree in their first ten digits.
pub fn signed_ranks(differences: &[f64], frequency: &[u64], zeros: Zeros) -> SignedRanks {
    let mut sizes: Vec<(f64, bool, u64)> = differences
        .iter()
        .zip(frequency)
        .map(|(&difference, &times)| (ten_digits(difference.abs()), difference > 0.0, times))
        .collect();
    sizes.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut sums =
        SignedRanks { positive: 0.0, negative: 0.0, variance: 0.0, n: 0, ties: false, zeros: false };
    let mut ranked = 0u64;
    for tied in sizes.chunk_by(|one, other| one.0 == other.0) {
        let count = |positive| tied.iter().filter(|size| size.1 == positive).map(|size| size.2).sum();
        let (up, down): (u64, u64) = (count(true), count(false));
        let times = up + down;
        if times == 0 {
            continue;
        }
        if tied[0].0 == 0.0 {
            sums.zeros = true;
            ranked += if zeros == Zeros::Pratt { times } else { 0 };
            continue;
        }
        let rank = ranked as f64 + (times as f64 + 1.0) / 2.0;
        sums.positive += up as f64 * rank;
        sums.negative += down as f64 * rank;
        sums.variance += times as f64 * rank * rank / 4.0;
        sums.n += times;
        sums.ties |= times > 1;
        ranked += times;
    }
    sums
}

/// `number` rounded to ten significant digits: 0.3 − 0.1 and 0.2 are changes of one size, whatever their last bits say.
/// R's `wilcox.test` does the same with `digits.rank = 10`.
pub fn ten_digits(number: f64) -> f64 {
    // The text of a number is a number: the other branch is not reached.
    format!("{number:.9e}").parse().unwrap_or(number)
}

/// The normal deviate of W₊. With `continuity` its distance from the expectation is made smaller by ½.
pub fn normal_deviate(sums: &SignedRanks, continuity: bool) -> f64 {
    let distance = (sums.positive - sums.negative) / 2.0;
    // As in R, also where the distance is below ½.
    let correction = if continuity && distance != 0.0 { 0.5f64.copysign(distance) } else { 0.0 };
    (distance - correction) / sums.variance.sqrt()
}

/// Two-sided exact p-value of the smaller of W₊ and W₋ among `n` < 64 changes without ties: twice the share of the 2ⁿ
/// equally likely signs that give a sum as small, at most 1.
pub fn exact_p(smaller: u64, n: u64) -> f64 {
    let mut signs = vec![0u64; smaller as usize + 1];
    signs[0] = 1;
    for rank in 1..=(n as usize).min(smaller as usize) {
        for sum in (rank..signs.len()).rev() {
            signs[sum] += signs[sum - rank];
        }
    }
    let as_small = signs.iter().sum::<u64>() as f64;
    (2.0 * as_small / (n as f64).exp2()).min(1.0)
}

fn compute(pairs: &Pairs, options: &Options) -> Vec<Value> {
    /// R's bound.
    const EXACT_BELOW: u64 = 50;
    if pairs.n() == 0 {
        return absent(STATISTICS, "no_pairs");
    }
    let convention = options.convention;
    let differences = pairs.differences();
    let sums = signed_ranks(&differences, pairs.frequency(), convention::zeros(convention));
    if sums.n == 0 {
        return absent(STATISTICS, "no_change");
    }
    let z = normal_deviate(&sums, convention::continuity(convention));
    let (zeros, normal) = match convention {
        Convention::R => ("R: zeros dropped", "R: normal, corrected"),
        Convention::Spss => ("SPSS: zeros dropped", "SPSS: normal, uncorrected"),
        Convention::Stata => {
            ("Stata: zeros ranked (Pratt)", "Stata: zeros ranked (Pratt), normal, uncorrected")
        }
    };
    let exact = convention == Convention::R && sums.n < EXACT_BELOW && !sums.ties && !sums.zeros;
    let p = match exact {
        // Without ties the sums of ranks are whole.
        true => Value::new(&WILCOXON_P, exact_p(sums.positive.min(sums.negative) as u64, sums.n))
            .method("R: exact"),
        false => Value::new(&WILCOXON_P, normal_two_sided(z)).method(normal),
    };
    let biserial = (sums.positive - sums.negative) / (sums.positive + sums.negative);
    let error = biserial_error(&differences, pairs.frequency(), convention::zeros(convention));
    let mut values = vec![
        Value::new(&WILCOXON, sums.positive).method(zeros),
        Value::new(&WILCOXON_Z, z).method(normal),
        p,
        Value::new(&RANK_BISERIAL, biserial).method(zeros),
    ];
    let ends = fisher_interval(biserial, error, normal_critical(options.level));
    values.extend(match ends {
        Some((low, high)) => [Value::new(&RANK_BISERIAL_LOW, low), Value::new(&RANK_BISERIAL_HIGH, high)]
            .map(|end| end.method(zeros)),
        None => [&RANK_BISERIAL_LOW, &RANK_BISERIAL_HIGH]
            .map(|end| Value::absent(end, Condition::new("boundary", ""))),
    });
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_count_of_signs_agrees() {
        // Twin: every one of the 2ⁿ signs by itself.
        for n in 1..=10u64 {
            let total = n * (n + 1) / 2;
            for smaller in 0..=total / 2 {
                let sum = |signs: u64| -> u64 { (1..=n).filter(|r| signs >> (r - 1) & 1 == 1).sum() };
                let as_small = (0..1u64 << n).filter(|&signs| sum(signs) <= smaller).count();
                let plain = (2.0 * as_small as f64 / (1u64 << n) as f64).min(1.0);
                assert_eq!(exact_p(smaller, n), plain);
            }
        }
    }

    #[test]
    fn decimals_are_tied_as_they_were_written() {
        let sums = signed_ranks(&[0.3 - 0.1, 0.4 - 0.2, 0.1 - 0.3], &[1, 1, 1], Zeros::Dropped);
        assert_eq!((sums.positive, sums.negative, sums.ties), (4.0, 2.0, true));
    }
}
