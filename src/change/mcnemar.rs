//! McNemar's test: did as many change to the second level as to the first?
//!
//! All variants are conditional on the number who changed, and assume that people are independent of each other. The exact test keeps its
//! level but is conservative; χ² with Edwards' correction is conservative too. The mid-p does not guarantee the level, but kept it in each of
//! the 9595 settings that Fagerland, Lydersen & Laake (2013) enumerated. χ² without correction often exceeds the level, by little, and has
//! the most power. Not for people who resemble each other within services: all variants are then too sure; fit a model with clusters. Not for
//! reading a small number of changes as "no change": the test ignores those who stayed. `mcnemar_p` belongs to Tango's interval,
//! `mcnemar_exact` to the interval of the odds ratio. Sources: McNemar 1947, Edwards 1948, Liddell 1983, Fagerland et al. 2013 (below).
//! Checked against R's `mcnemar.test` and `binom.test`; the mid-p against its definition by `dbinom`.

use super::convention::SPSS_EXACT_UP_TO;
use super::two_by_two::TwoByTwo;
use super::{Options, Pairs, Procedure, Scale, absent};
use crate::convention::Convention;
use crate::distribution::{chi_squared_upper, fair_coin};
use crate::estimate::{RestsOn, Reveals, Statistic, Statistics, Value};

pub static MCNEMAR_EXACT: Statistic = Statistic {
    name: "mcnemar_exact",
    reveals: Reveals::Inference,
    rests_on: RestsOn::All,
    about: "Two-sided p-value of McNemar's exact test: 2·P(X ≤ min(n01, n10)), X ~ Bin(n01 + n10, ½), at most 1.",
    source: "Liddell 1983, Journal of Epidemiology and Community Health 37:82–84",
};
pub static MCNEMAR_MID: Statistic = Statistic {
    name: "mcnemar_mid",
    reveals: Reveals::Inference,
    rests_on: RestsOn::All,
    about: "Two-sided mid-p of McNemar's test: the exact p less P(X = min); 1 − ½·P(X = n01) where n01 = n10.",
    source: "Fagerland, Lydersen & Laake 2013, BMC Medical Research Methodology 13:91",
};
pub static MCNEMAR_CHI2: Statistic = Statistic {
    name: "mcnemar_chi2",
    reveals: Reveals::Inference,
    rests_on: RestsOn::All,
    about: "McNemar's χ² on 1 degree of freedom, without continuity correction.",
    source: "McNemar 1947, Psychometrika 12:153–157",
};
pub static MCNEMAR_P: Statistic = Statistic {
    name: "mcnemar_p",
    reveals: Reveals::Inference,
    rests_on: RestsOn::All,
    about: "p-value of McNemar's χ² without continuity correction.",
    source: "McNemar 1947, Psychometrika 12:153–157",
};
pub static MCNEMAR_CORRECTED_CHI2: Statistic = Statistic {
    name: "mcnemar_corrected_chi2",
    reveals: Reveals::Inference,
    rests_on: RestsOn::All,
    about: "McNemar's χ² on 1 degree of freedom, with continuity correction; 0 where n01 = n10.",
    source: "Edwards 1948, Psychometrika 13:185–187",
};
pub static MCNEMAR_CORRECTED_P: Statistic = Statistic {
    name: "mcnemar_corrected_p",
    reveals: Reveals::Inference,
    rests_on: RestsOn::All,
    about: "p-value of McNemar's χ² with continuity correction.",
    source: "Edwards 1948, Psychometrika 13:185–187",
};
pub static MCNEMAR_PROGRAM_P: Statistic = Statistic {
    name: "mcnemar_program_p",
    reveals: Reveals::Inference,
    rests_on: RestsOn::All,
    about: "p-value of McNemar's test in the variant that the program of the convention gives.",
    source: "R's mcnemar.test; IBM SPSS Statistics Algorithms, NPAR TESTS; Stata Base Reference Manual, Epitab (mcc)",
};

const STATISTICS: Statistics = &[
    &MCNEMAR_EXACT,
    &MCNEMAR_MID,
    &MCNEMAR_CHI2,
    &MCNEMAR_P,
    &MCNEMAR_CORRECTED_CHI2,
    &MCNEMAR_CORRECTED_P,
    &MCNEMAR_PROGRAM_P,
];

pub static PROCEDURE: Procedure =
    Procedure { id: "mcnemar", statistics: STATISTICS, applies: |scale| scale == Scale::Binary, compute };

/// McNemar's test in its variants; all fields but the two χ² are two-sided p-values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct McNemar {
    pub exact: f64,
    pub mid: f64,
    pub chi2: f64,
    pub p: f64,
    pub corrected_chi2: f64,
    pub corrected_p: f64,
}

/// The test on the discordant counts `b` and `c`, not both 0.
pub fn mcnemar(b: u64, c: u64) -> McNemar {
    let fair = fair_coin(b.min(c), b + c);
    let (exact, mid) = match b == c {
        true => (1.0, 1.0 - 0.5 * fair.exactly),
        // The cap is for rounding: with b ≠ c twice the tail is below 1, or equal to it where |b − c| = 1.
        false => ((2.0 * fair.at_most).min(1.0), 2.0 * fair.at_most - fair.exactly),
    };
    let distance = b.abs_diff(c) as f64;
    let discordant = (b + c) as f64;
    let chi2 = distance * distance / discordant;
    // As in R: no correction where the difference is 0, for (0 − 1)² would be evidence made of nothing.
    let corrected = (distance - 1.0).max(0.0);
    let corrected_chi2 = corrected * corrected / discordant;
    McNemar {
        exact,
        mid,
        chi2,
        p: chi_squared_upper(chi2, 1.0),
        corrected_chi2,
        corrected_p: chi_squared_upper(corrected_chi2, 1.0),
    }
}

/// The p-value that a program gives for the discordant counts `b` and `c`, not both 0, with the name of its variant.
pub fn program_p(b: u64, c: u64, convention: Convention) -> (f64, &'static str) {
    let test = mcnemar(b, c);
    match convention {
        Convention::R => (test.corrected_p, "R: χ², corrected"),
        Convention::Stata => (test.p, "Stata: χ², uncorrected"),
        Convention::Spss if b + c <= SPSS_EXACT_UP_TO => (test.exact, "SPSS: exact"),
        Convention::Spss => (spss_large(b, c), "SPSS: χ², corrected"),
    }
}

/// The p-value of (|b − c| − 1)²/(b + c) on 1 degree of freedom, as SPSS's algorithms write it: also where b = c.
///
/// Its normal deviate is the one of SPSS's sign test, (max(b, c) − (b + c)/2 − ½)/(½√(b + c)).
pub fn spss_large(b: u64, c: u64) -> f64 {
    let distance = b.abs_diff(c) as f64 - 1.0;
    chi_squared_upper(distance * distance / (b + c) as f64, 1.0)
}

fn compute(pairs: &Pairs, options: &Options) -> Vec<Value> {
    let table = TwoByTwo::of(pairs);
    if table.n() == 0 {
        return absent(STATISTICS, "no_pairs");
    }
    if table.n01 + table.n10 == 0 {
        return absent(STATISTICS, "no_change");
    }
    let test = mcnemar(table.n01, table.n10);
    let (program_p, variant) = program_p(table.n01, table.n10, options.convention);
    vec![
        Value::new(&MCNEMAR_EXACT, test.exact).method("exact conditional"),
        Value::new(&MCNEMAR_MID, test.mid).method("mid-p"),
        Value::new(&MCNEMAR_CHI2, test.chi2).method("uncorrected"),
        Value::new(&MCNEMAR_P, test.p).method("uncorrected"),
        Value::new(&MCNEMAR_CORRECTED_CHI2, test.corrected_chi2).method("Edwards correction"),
        Value::new(&MCNEMAR_CORRECTED_P, test.corrected_p).method("Edwards correction"),
        Value::new(&MCNEMAR_PROGRAM_P, program_p).method(variant),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_against_seven() {
        let test = mcnemar(1, 7);
        assert!((test.p - 0.033895).abs() < 1e-6);
        assert!((test.exact - 0.0703125).abs() < 1e-13);
        assert!((test.mid - 0.0390625).abs() < 1e-13);
        assert!((test.corrected_p - 0.077100).abs() < 1e-6);
    }

    #[test]
    fn a_hundred_million_changes_are_no_trouble() {
        let test = mcnemar(50_000_000, 50_000_000);
        assert_eq!((test.exact, test.corrected_p), (1.0, 1.0));
        let far = mcnemar(1, 100_000_000);
        assert!(far.exact >= 0.0 && far.mid >= 0.0);
    }
}
