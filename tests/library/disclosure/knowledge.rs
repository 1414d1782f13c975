//! What an attacker knows of counts that are hidden, and what follows from it, by linear programming.

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, Variable};
use utfall::disclosure::{Cleared, Shown};

/// Counts with their weights, and between what their sum lies.
type Sum = (Vec<(usize, f64)>, [f64; 2]);

/// Counts, each 0 or more, and sums of them that are known.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    counts: usize,
    sums: Vec<Sum>,
}

impl Knowledge {
    /// Nothing of so many counts.
    pub fn of(counts: usize) -> Knowledge {
        Knowledge { counts, sums: Vec::new() }
    }

    /// These counts sum to `value`.
    pub fn sum(&mut self, counts: impl IntoIterator<Item = usize>, value: f64) {
        self.sums.push((counts.into_iter().map(|count| (count, 1.0)).collect(), [value; 2]));
    }

    /// Counts by their weights sum to `value`, up to rounding: an equality with such coefficients may be infeasible by the last bit.
    pub fn weighted_sum(&mut self, weights: Vec<(usize, f64)>, value: f64) {
        self.sums.push((weights, [value - 1e-7, value + 1e-7]));
    }

    /// The least and the greatest whole number that a sum of counts, each by its weight, can be.
    pub fn range(&self, weights: &[(usize, f64)]) -> (f64, f64) {
        let end = |direction| {
            let mut problem = Problem::new(direction);
            let cost =
                |count| weights.iter().filter(|(known, _)| *known == count).map(|(_, weight)| weight).sum();
            let variables: Vec<Variable> =
                (0..self.counts).map(|count| problem.add_var(cost(count), (0.0, f64::INFINITY))).collect();
            for (weights, [low, high]) in &self.sums {
                let terms: Vec<(Variable, f64)> =
                    weights.iter().map(|(count, weight)| (variables[*count], *weight)).collect();
                if low == high {
                    problem.add_constraint(terms.as_slice(), ComparisonOp::Eq, *low);
                } else {
                    problem.add_constraint(terms.as_slice(), ComparisonOp::Ge, *low);
                    problem.add_constraint(terms.as_slice(), ComparisonOp::Le, *high);
                }
            }
            match problem.solve() {
                Ok(solution) => solution.objective(),
                Err(Error::Unbounded) => f64::INFINITY,
                Err(error) => panic!("the attacker's problem: {error:?}"),
            }
        };
        let low = (end(OptimizationDirection::Minimize) - 1e-4).ceil();
        (low, (end(OptimizationDirection::Maximize) + 1e-4).floor())
    }

    /// The same of a plain sum.
    pub fn range_of(&self, counts: impl IntoIterator<Item = usize>) -> (f64, f64) {
        self.range(&counts.into_iter().map(|count| (count, 1.0)).collect::<Vec<(usize, f64)>>())
    }
}

/// The range of every hidden number of a release that `sums` says is a sum of some of so many counts, from those that are shown.
pub fn attack_sums<'a>(
    counts: usize,
    cleared: impl IntoIterator<Item = &'a Cleared>,
    sums: impl Fn(&Cleared) -> Option<Vec<usize>>,
) -> Vec<(String, f64, f64)> {
    let mut knowledge = Knowledge::of(counts);
    let mut hidden = Vec::new();
    for one in cleared {
        match (one.shown(), sums(one)) {
            (Shown::Value(value), Some(sum)) => knowledge.sum(sum, value),
            (Shown::Suppressed, Some(sum)) => hidden.push((one.id().to_string(), sum)),
            _ => {}
        }
    }
    let ranges = hidden.into_iter().map(|(id, sum)| {
        let (low, high) = knowledge.range_of(sum);
        (id, low, high)
    });
    ranges.collect()
}

/// Whether a range leaves open who is behind a small count.
pub fn is_wide(low: f64, high: f64) -> bool {
    (low <= 1.0 && high >= 4.0) || high - low >= 4.0
}

#[test]
fn what_is_left_over_is_found() {
    let mut knowledge = Knowledge::of(3);
    knowledge.sum([0, 1, 2], 9.0);
    knowledge.sum([2], 6.0);
    assert_eq!(knowledge.range_of([0]), (0.0, 3.0));
    knowledge.weighted_sum(vec![(0, 1.0), (1, -1.0)], 1.0);
    assert_eq!((knowledge.range_of([0]), knowledge.range_of([0, 1])), ((2.0, 2.0), (3.0, 3.0)));
    assert!(!is_wide(2.0, 2.0) && is_wide(1.0, 4.0));
}
