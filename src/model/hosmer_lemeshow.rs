//! The Hosmer–Lemeshow test of calibration, with its rule for groups and ties.
//!
//! Programs differ here, and a p-value without its rule can't be reproduced. R's `ResourceSelection::hoslem.test` cuts cases at
//! the quantiles 0/g, 1/g, …, g/g (type 7 of Hyndman & Fan 1996) of their fitted values into intervals closed on the right, the
//! lowest closed on both sides, equal quantiles being one; Stata's `estat gof` does so at quantiles of type 2. SPSS fills groups from
//! the lowest fitted value on: up to a target of N/g, rounded, cases with the same value together if half of them still fit, and
//! a last group of less than half the target is joined to the one before. Cases with the same fitted value are never split, so
//! with few patterns there are fewer groups than asked for; the degrees of freedom are the groups that there are, less 2
//! (`hoslem.test` takes those asked for).
//!
//! Assumes independent cases, expected counts that are not small (Cochran's advice, of which `small_expected` tells), and the data that the
//! model was fitted to. Not for proof that a model fits: with few cases it has little power, with very many any misfit is
//! significant (Paul, Pennell & Lemeshow 2013, Statistics in Medicine 32:67–80), and its p moves with the number of groups and
//! the rule for ties (Hosmer et al. 1997, Statistics in Medicine 16:965–980). Not for clusters. Source: Hosmer & Lemeshow 1980
//! (below). Checked against these groupings written out in R, with `quantile`, `cut` and `pchisq`.

use crate::convention::Convention;
use crate::estimate::{Condition, RestsOn, Reveals, Statistic, Statistics, Value};

use super::fitted::Fitted;
use super::patterns::{Tie, ties};
use super::{Options, Procedure, absent, inference};
use crate::distribution::chi_squared_upper;

const SOURCE: &str = "Hosmer, D. W. & Lemeshow, S. (1980). Goodness of fit tests for the multiple logistic regression model. \
     Communications in Statistics: Theory and Methods 9, 1043–1069";

/// The rule for groups that a program follows.
fn method(convention: Convention) -> &'static str {
    match convention {
        Convention::R => {
            "R: groups cut at type-7 quantiles of the fitted values, ties together; df = groups − 2"
        }
        Convention::Spss => "SPSS: groups filled up to a tenth of the cases, ties together; df = groups − 2",
        Convention::Stata => {
            "Stata: groups cut at type-2 quantiles of the fitted values, ties together; df = groups − 2"
        }
    }
}

pub static HOSMER_LEMESHOW: Statistic = inference(
    "hosmer_lemeshow",
    "Σ (observed − expected)² / expected over groups by fitted probability, both outcomes.",
    SOURCE,
);
pub static HOSMER_LEMESHOW_DF: Statistic = Statistic {
    name: "hosmer_lemeshow_df",
    reveals: Reveals::Setting,
    rests_on: RestsOn::Base,
    about: "Groups that there are, less 2.",
    source: SOURCE,
};
pub static HOSMER_LEMESHOW_P: Statistic =
    inference("hosmer_lemeshow_p", "P-value of hosmer_lemeshow, chi-squared.", SOURCE);

const STATISTICS: Statistics = &[&HOSMER_LEMESHOW, &HOSMER_LEMESHOW_DF, &HOSMER_LEMESHOW_P];

/// The Hosmer–Lemeshow test.
pub const PROCEDURE: Procedure = Procedure { id: "hosmer_lemeshow", statistics: STATISTICS, compute };

fn compute(fitted: &Fitted, options: &Options) -> Vec<Value> {
    let rows = match fitted.hopeless() {
        Some(reason) => absent(STATISTICS, Some(reason)),
        None => {
            let groups = groups(fitted, options.hosmer_lemeshow_groups, options.convention);
            let df = groups.len() as f64 - 2.0;
            match df > 0.0 {
                false => absent(STATISTICS, Some(Condition::new("few_groups", ""))),
                true => {
                    let chi2 = groups.iter().map(Group::chi2).sum();
                    let values = [chi2, df, chi_squared_upper(chi2, df)];
                    let small = small_expected(&groups).then(|| Condition::new("small_expected", ""));
                    STATISTICS
                        .iter()
                        .zip(values)
                        .map(|(statistic, value)| Value::new(statistic, value).conditions(small.clone()))
                        .collect()
                }
            }
        }
    };
    rows.into_iter().map(|value: Value| value.method(method(options.convention))).collect()
}

/// Cases of similar fitted probability: how many, how many events, how many expected.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    trials: f64,
    events: f64,
    expected: f64,
    expected_others: f64,
}

impl Group {
    fn chi2(&self) -> f64 {
        let difference = self.events - self.expected;
        // Separation can make an expectation zero, in the limit; what is observed is then zero as well.
        let part = |expected: f64| {
            if difference == 0.0 { 0.0 } else { difference * difference / expected }
        };
        part(self.expected) + part(self.expected_others)
    }
}

/// Whether the chi-squared distribution is a doubtful reference: an expected count below 1, or more than a fifth of them below 5
/// (Cochran 1954, Biometrics 10:417–451).
fn small_expected(groups: &[Group]) -> bool {
    let expected = || groups.iter().flat_map(|group| [group.expected, group.expected_others]);
    let below_five = expected().filter(|&count| count < 5.0).count();
    expected().any(|count| count < 1.0) || 5 * below_five > 2 * groups.len()
}

fn groups(fitted: &Fitted, wanted: usize, convention: Convention) -> Vec<Group> {
    let patterns = fitted.patterns();
    let probability = fitted.fitted_values();
    let (order, ties) = ties(&fitted.fit().linear_predictor, patterns);
    let assigned = match convention {
        Convention::R => intervals(&ties, &breaks(&ties, wanted, type_7)),
        Convention::Stata => intervals(&ties, &breaks(&ties, wanted, type_2)),
        Convention::Spss => filled(&ties, wanted),
    };
    let mut groups: Vec<(usize, Group)> = Vec::new();
    for (tie, interval) in ties.iter().zip(assigned) {
        if groups.last().is_none_or(|&(last, _)| last != interval) {
            groups.push((interval, Group::default()));
        }
        let Some((_, group)) = groups.last_mut() else {
            continue;
        };
        group.trials += tie.trials;
        group.events += tie.events;
        for &pattern in &order[tie.range.clone()] {
            group.expected += patterns.trials[pattern] * probability[pattern];
            group.expected_others += patterns.trials[pattern] * (1.0 - probability[pattern]);
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The interval of each tie: (b_k, b_k+1], the first [b_0, b_1].
fn intervals(ties: &[Tie], breaks: &[f64]) -> Vec<usize> {
    let interval = |rank: usize| breaks.iter().skip(1).filter(|&&at| at < rank as f64).count();
    (0..ties.len()).map(interval).collect()
}

/// The group of each tie where groups are filled up to a target.
fn filled(ties: &[Tie], wanted: usize) -> Vec<usize> {
    let total: f64 = ties.iter().map(|tie| tie.trials).sum();
    let target = (total / wanted as f64 + 0.5).floor();
    let mut assigned = Vec::with_capacity(ties.len());
    let (mut group, mut filled) = (0, 0.0);
    for tie in ties {
        let fits = filled == 0.0 || filled < target && filled + (0.5 * tie.trials).floor() <= target;
        if !fits {
            group += 1;
            filled = 0.0;
        }
        filled += tie.trials;
        assigned.push(group);
    }
    // The last group of less than half the target goes to the one before.
    if group > 0 && filled <= (0.5 * total / wanted as f64).floor() {
        assigned.iter_mut().filter(|of| **of == group).for_each(|of| *of -= 1);
    }
    assigned
}

/// The places, from 0, of the cases in order whose mean is the quantile k/g of n cases: type 7 of Hyndman & Fan (1996), where only
/// which cases it lies between matters.
fn type_7(k: usize, wanted: usize, n: f64) -> [f64; 2] {
    // Exact where the quantile falls on a case: the product is a whole number, and so is its quotient.
    let position = k as f64 * (n - 1.0) / wanted as f64;
    [position.floor(), position.ceil()]
}

/// Type 2: the case that the share reaches, or the mean of it and the next where it is reached exactly.
fn type_2(k: usize, wanted: usize, n: f64) -> [f64; 2] {
    let reached = k as f64 * n / wanted as f64;
    match reached == reached.floor() {
        true => [reached - 1.0, reached].map(|place| place.clamp(0.0, n - 1.0)),
        false => [reached.floor(); 2],
    }
}

/// Distinct quantiles k/g of the fitted values, in units of the rank of their ties: a whole number is that tie's own value, a
/// half lies between two. Only the order matters, so nothing is lost to rounding.
fn breaks(ties: &[Tie], wanted: usize, quantile: fn(usize, usize, f64) -> [f64; 2]) -> Vec<f64> {
    let total: f64 = ties.iter().map(|tie| tie.trials).sum();
    let rank_of = |place: f64| {
        let mut below = 0.0;
        let within = ties.iter().position(|tie| {
            below += tie.trials;
            place < below
        });
        within.unwrap_or(ties.len().saturating_sub(1)) as f64
    };
    let mut breaks: Vec<f64> = (0..=wanted)
        .map(|k| quantile(k, wanted, total).map(rank_of))
        .map(|[below, above]| if below == above { below } else { 0.5 * (below + above) })
        .collect();
    breaks.dedup();
    breaks
}
