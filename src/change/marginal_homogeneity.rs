//! Stuart–Maxwell and Bhapkar: are the levels as frequent after as before?
//!
//! Both tests use the same difference of margins. Stuart–Maxwell uses its covariance under the hypothesis, Bhapkar the covariance without it
//! (a Wald test). So Bhapkar's χ² is never smaller; with many people they agree. Assumes independent people, and enough moves for χ² on the
//! degrees of freedom. With a handful of moves between many levels, trust neither, and Bhapkar's least. Not for the direction in which
//! ordered levels moved: both tests ignore it; the sign and signed-rank tests do not. Sources: Stuart 1955, Maxwell 1970, Bhapkar 1966, Keefe
//! 1982 (below). Checked against coin's `mh_test`, and Bhapkar's against the Wald form with `MASS::ginv`.

use super::transitions::TRANSITIONS;
use super::{Options, Pairs, Procedure, Scale, absent};
use crate::distribution::chi_squared_upper;
use crate::estimate::{Condition, Reveals, Statistic, Statistics, Value};

const STUART: &str =
    "Stuart 1955, Biometrika 42:412–416; Maxwell 1970, British Journal of Psychiatry 116:651–655";
const BHAPKAR_1966: &str = "Bhapkar 1966, JASA 61:228–235; Keefe 1982, Biometrika 69:683–684";

pub static STUART_MAXWELL: Statistic = Statistic {
    name: "stuart_maxwell",
    reveals: Reveals::Inference,
    rests_on: TRANSITIONS,
    about: "Stuart and Maxwell's χ² for equal margins, dᵀS⁻¹d; McNemar's χ² with two levels.",
    source: STUART,
};
pub static STUART_MAXWELL_DF: Statistic = Statistic {
    name: "stuart_maxwell_df",
    reveals: Reveals::Setting,
    rests_on: TRANSITIONS,
    about: "Degrees of freedom of Stuart–Maxwell and Bhapkar: the rank of S.",
    source: STUART,
};
pub static STUART_MAXWELL_P: Statistic = Statistic {
    name: "stuart_maxwell_p",
    reveals: Reveals::Inference,
    rests_on: TRANSITIONS,
    about: "p-value of Stuart and Maxwell's χ².",
    source: STUART,
};
pub static BHAPKAR: Statistic = Statistic {
    name: "bhapkar",
    reveals: Reveals::Inference,
    rests_on: TRANSITIONS,
    about: "Bhapkar's χ² for equal margins, from Stuart–Maxwell's: SM/(1 − SM/n).",
    source: BHAPKAR_1966,
};
pub static BHAPKAR_P: Statistic = Statistic {
    name: "bhapkar_p",
    reveals: Reveals::Inference,
    rests_on: TRANSITIONS,
    about: "p-value of Bhapkar's χ².",
    source: BHAPKAR_1966,
};

const STATISTICS: Statistics =
    &[&STUART_MAXWELL, &STUART_MAXWELL_DF, &STUART_MAXWELL_P, &BHAPKAR, &BHAPKAR_P];

pub static PROCEDURE: Procedure = Procedure {
    id: "marginal_homogeneity",
    statistics: STATISTICS,
    applies: |scale| scale == Scale::Ordinal,
    compute,
};

/// Stuart and Maxwell's statistic with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct StuartMaxwell {
    pub chi2: f64,
    /// Rank of S; 0 where nobody moved.
    pub df: u64,
    /// Levels that nobody moved into or out of.
    pub still: usize,
    /// Groups of two or more levels, with no move from one group to another.
    pub groups: usize,
}

/// The statistic of a `k` × `k` table of transitions, row by row.
///
/// S is the Laplacian of the graph whose edge between two levels weighs the moves between them, in both directions. So its
/// rank is known without a tolerance: the levels less the connected groups of them. d sums to 0 within a group, and dᵀS⁻d
/// is the sum over groups of a positive definite system that leaves out one of the group's levels. With one group this is
/// Stuart's and Maxwell's formula; with levels that nobody moved into or out of it is their formula without those levels.
pub fn stuart_maxwell(table: &[u64], k: usize) -> StuartMaxwell {
    let cell = |i: usize, j: usize| table[i * k + j];
    let moves = |i: usize, j: usize| cell(i, j) + cell(j, i);
    let mut result = StuartMaxwell { chi2: 0.0, df: 0, still: 0, groups: 0 };
    for group in connected(k, |i, j| moves(i, j) > 0) {
        let Some((_, kept)) = group.split_last().filter(|(_, kept)| !kept.is_empty()) else {
            result.still += 1;
            continue;
        };
        let difference: Vec<f64> =
            kept.iter().map(|&i| (0..k).map(|j| cell(j, i) as f64 - cell(i, j) as f64).sum()).collect();
        let covariance: Vec<Vec<f64>> = kept
            .iter()
            .map(|&i| {
                let leaving: u64 = (0..k).filter(|&j| j != i).map(|j| moves(i, j)).sum();
                let entry = |&j: &usize| {
                    if i == j { leaving as f64 } else { -(moves(i, j) as f64) }
                };
                kept.iter().map(entry).collect()
            })
            .collect();
        result.chi2 += inverse_form(covariance, difference);
        result.df += kept.len() as u64;
        result.groups += 1;
    }
    result
}

/// The connected groups among `k` levels, each in ascending order.
fn connected(k: usize, joined: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut groups = Vec::new();
    let mut apart: Vec<usize> = (0..k).collect();
    while !apart.is_empty() {
        let mut group = vec![apart.remove(0)];
        let mut reached = 0;
        while let Some(&level) = group.get(reached) {
            group.extend(apart.extract_if(.., |&mut other| joined(level, other)));
            reached += 1;
        }
        group.sort_unstable();
        groups.push(group);
    }
    groups
}

/// dᵀA⁻¹d for a symmetric positive definite A, by elimination without exchanges: A = LDLᵀ, and the form is Σ (L⁻¹d)²/D.
fn inverse_form(mut a: Vec<Vec<f64>>, mut d: Vec<f64>) -> f64 {
    let mut form = 0.0;
    for pivot in 0..d.len() {
        let top = a[pivot].clone();
        form += d[pivot] * d[pivot] / top[pivot];
        for row in pivot + 1..d.len() {
            let factor = a[row][pivot] / top[pivot];
            for (entry, above) in a[row].iter_mut().zip(&top) {
                *entry -= factor * above;
            }
            d[row] -= factor * d[pivot];
        }
    }
    form
}

fn compute(pairs: &Pairs, _: &Options) -> Vec<Value> {
    if pairs.n() == 0 {
        return absent(STATISTICS, "no_pairs");
    }
    let k = pairs.levels().len();
    let test = stuart_maxwell(&pairs.transitions(), k);
    if test.df == 0 {
        return absent(STATISTICS, "no_change");
    }
    let mut conditions = Vec::new();
    if test.still > 0 {
        conditions.push(Condition::new("levels_dropped", format!("{} of {k}", test.still)));
    }
    if test.groups > 1 {
        conditions.push(Condition::new("levels_apart", format!("{} groups", test.groups)));
    }
    let share = test.chi2 / pairs.n() as f64;
    let bhapkar = test.chi2 / (1.0 - share);
    // SM ≤ n, and equal where the moves have no variance left, such as everybody moving from one level to one other.
    let bounded = |statistic, value: f64| match share < 1.0 - 1e-12 {
        true => Value::new(statistic, value).method("Bhapkar"),
        false => Value::absent(statistic, Condition::new("unbounded", "")),
    };
    [
        Value::new(&STUART_MAXWELL, test.chi2).method("Stuart-Maxwell"),
        Value::new(&STUART_MAXWELL_DF, test.df as f64),
        Value::new(&STUART_MAXWELL_P, chi_squared_upper(test.chi2, test.df as f64)).method("Stuart-Maxwell"),
        bounded(&BHAPKAR, bhapkar),
        bounded(&BHAPKAR_P, chi_squared_upper(bhapkar, test.df as f64)),
    ]
    .map(|value| value.conditions(conditions.clone()))
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_levels() {
        let test = stuart_maxwell(&[20, 10, 5, 3, 30, 15, 0, 5, 40], 3);
        assert!((test.chi2 - 13.764706).abs() < 5e-7);
        assert_eq!((test.df, test.still, test.groups), (2, 0, 1));
    }

    #[test]
    fn groups_without_moves_between_them_are_tests_of_their_own() {
        // Levels 0 and 1 exchange 9 against 4, levels 2 and 3 exchange 6 against 1, level 4 stands still.
        let mut table = vec![0; 25];
        (table[1], table[5], table[13], table[17], table[24]) = (9, 4, 6, 1, 7);
        let test = stuart_maxwell(&table, 5);
        assert!((test.chi2 - (25.0 / 13.0 + 25.0 / 7.0)).abs() < 1e-12);
        assert_eq!((test.df, test.still, test.groups), (2, 1, 2));
    }
}
