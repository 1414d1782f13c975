//! Many tests at once: p-values adjusted within a declared family.
//!
//! Of twenty tests of nothing, one is "significant" at 5 % on average. Holm's adjustment keeps the chance of any false finding at the level,
//! however the tests depend on each other. Benjamini and Hochberg's keeps the expected share of false findings among the findings, and
//! assumes for this that tests are independent or positively dependent. Both assume that the family was declared before the results were
//! seen; the report says which tests it has. Not for a family chosen by its p-values, which adjusts nothing. Not for intervals: they
//! are not adjusted. Sources: Holm 1979, Benjamini & Hochberg 1995 (below). Checked against R's `p.adjust`.

use super::mcnemar::MCNEMAR_P;
use super::paired_t::T_P;
use crate::estimate::{Condition, RestsOn, Reveals, Statistic, Statistics, Value};

pub static FAMILY_P_VALUE: Statistic = Statistic {
    name: "p_value",
    reveals: Reveals::Inference,
    rests_on: RestsOn::Tests,
    about: "p-value of the comparison's declared test before adjustment; the method names the test.",
    source: "that of the test",
};
pub static P_HOLM: Statistic = Statistic {
    name: "p_holm",
    reveals: Reveals::Inference,
    rests_on: RestsOn::Tests,
    about: "p-value adjusted by Holm's method within the declared family.",
    source: "Holm 1979, Scandinavian Journal of Statistics 6:65–70",
};
pub static P_BH: Statistic = Statistic {
    name: "p_bh",
    reveals: Reveals::Inference,
    rests_on: RestsOn::Tests,
    about: "p-value adjusted by Benjamini and Hochberg's method within the declared family (false discovery rate).",
    source: "Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57:289–300",
};
pub static FAMILY_SIZE: Statistic = Statistic {
    name: "family_size",
    reveals: Reveals::Setting,
    rests_on: RestsOn::Tests,
    about: "Tests in the family that have a p-value: those that are adjusted for.",
    source: "counting",
};

/// All that [`family`] may give.
pub const STATISTICS: Statistics = &[&P_HOLM, &P_BH, &FAMILY_SIZE];

/// What stands beside them: [`unadjusted`].
pub const TESTED: Statistics = &[&FAMILY_P_VALUE];

/// The test of a comparison by its type, declared before any number is seen: the one that tables of change show beside the
/// interval of its own method.
pub fn declared(two_answers: bool) -> &'static Statistic {
    if two_answers { &MCNEMAR_P } else { &T_P }
}

/// The p-value of a test as it stands before adjustment. Absent with `no_test`.
pub fn unadjusted(test: &'static Statistic, p: Option<f64>) -> Value {
    let value = match p {
        Some(p) => Value::new(&FAMILY_P_VALUE, p),
        None => Value::absent(&FAMILY_P_VALUE, Condition::new("no_test", "")),
    };
    value.method(test.name)
}

/// How p-values are adjusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Adjustment {
    /// Family-wise error rate; Holm 1979.
    Holm,
    /// False discovery rate; Benjamini & Hochberg 1995.
    BenjaminiHochberg,
}

/// Adjusted p-values, one for each of `p` in its order. What is NaN is not a test of the family and stays NaN.
///
/// The i-th smallest of m is multiplied by m − i + 1 (Holm) or m/i (Benjamini–Hochberg), and is then at least the one below
/// it (Holm) or at most the one above it (Benjamini–Hochberg), and at most 1. Equal p-values stay equal.
pub fn adjust(p: &[f64], method: Adjustment) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).filter(|&index| !p[index].is_nan()).collect();
    order.sort_by(|&one, &other| p[one].total_cmp(&p[other]));
    let m = order.len() as f64;
    let mut adjusted = vec![f64::NAN; p.len()];
    match method {
        Adjustment::Holm => {
            let mut least = 0.0f64;
            for (rank, &index) in order.iter().enumerate() {
                least = least.max((m - rank as f64) * p[index]);
                adjusted[index] = least.min(1.0);
            }
        }
        Adjustment::BenjaminiHochberg => {
            let mut most = 1.0f64;
            for (rank, &index) in order.iter().enumerate().rev() {
                most = most.min(m / (rank as f64 + 1.0) * p[index]);
                adjusted[index] = most;
            }
        }
    }
    adjusted
}

/// Both adjustments of a declared family of tests, each with its term; a test without a p-value stays without.
pub fn family(tests: &[(String, Option<f64>)]) -> Vec<Value> {
    let p: Vec<f64> = tests.iter().map(|test| test.1.unwrap_or(f64::NAN)).collect();
    let size = p.iter().filter(|p| !p.is_nan()).count();
    let mut values = vec![Value::new(&FAMILY_SIZE, size as f64)];
    for (statistic, method) in [(&P_HOLM, Adjustment::Holm), (&P_BH, Adjustment::BenjaminiHochberg)] {
        values.extend(tests.iter().zip(adjust(&p, method)).map(|((term, _), adjusted)| {
            let value = match adjusted.is_nan() {
                true => Value::absent(statistic, Condition::new("no_test", "")),
                false => Value::new(statistic, adjusted),
            };
            value.term(term.as_str())
        }));
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn adjusting_keeps_the_order_and_makes_no_p_smaller(p in prop::collection::vec(0.0f64..=1.0, 0..30)) {
            let [holm, bh] = [Adjustment::Holm, Adjustment::BenjaminiHochberg].map(|method| adjust(&p, method));
            for i in 0..p.len() {
                prop_assert!(p[i] <= bh[i] * (1.0 + 1e-15) && bh[i] <= holm[i] * (1.0 + 1e-15) && holm[i] <= 1.0);
                for j in 0..p.len() {
                    prop_assert!(p[i] > p[j] || (holm[i] <= holm[j] && bh[i] <= bh[j]));
                }
            }
        }
    }
}
