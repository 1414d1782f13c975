//! Covariate patterns: the likelihood of a logistic regression depends on nothing else.
//!
//! Rows are sorted and added up by pattern before anything is computed. So results depend neither on the order of the rows nor on how the
//! caller grouped them, down to the last bit, as long as frequencies are whole numbers.

use std::cmp::Ordering;
use std::ops::Range;

use super::data::{CovariateValues, ModelData};

/// Distinct covariate patterns in ascending order.
#[derive(Debug, Clone)]
pub struct Patterns {
    /// For each pattern, a row of the data that shows it.
    pub rows: Vec<usize>,
    /// For each pattern, its cases: Σ frequency.
    pub trials: Vec<f64>,
    /// For each pattern, its cases with outcome 1.
    pub events: Vec<f64>,
    /// Cases by cluster and pattern, clusters in ascending order; empty without clusters.
    pub clusters: Vec<Vec<Cell>>,
}

/// The cases of one cluster that show one pattern.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    pub pattern: usize,
    pub trials: f64,
    pub events: f64,
}

impl Patterns {
    /// Sorts the rows of `data` and adds them up by covariate pattern, and by cluster and pattern.
    pub fn of(data: &ModelData) -> Patterns {
        let mut order: Vec<usize> = (0..data.outcome().len()).collect();
        // Frequency is the last key: fractional frequencies are then added up in the same order, whatever the rows'.
        order.sort_by(|&a, &b| {
            compare_patterns(data, a, b)
                .then(data.outcome()[a].total_cmp(&data.outcome()[b]))
                .then(data.frequency()[a].total_cmp(&data.frequency()[b]))
        });
        let mut patterns =
            Patterns { rows: Vec::new(), trials: Vec::new(), events: Vec::new(), clusters: Vec::new() };
        let mut pattern_of = vec![0; order.len()];
        for &row in &order {
            if patterns.rows.last().is_none_or(|&last| compare_patterns(data, last, row).is_ne()) {
                patterns.rows.push(row);
                patterns.trials.push(0.0);
                patterns.events.push(0.0);
            }
            let pattern = patterns.rows.len() - 1;
            pattern_of[row] = pattern;
            patterns.trials[pattern] += data.frequency()[row];
            patterns.events[pattern] += data.frequency()[row] * data.outcome()[row];
        }
        if let Some(cluster) = data.cluster() {
            // A stable sort keeps the patterns within a cluster in their order.
            order.sort_by_key(|&row| cluster[row]);
            patterns.clusters = order
                .chunk_by(|&a, &b| cluster[a] == cluster[b])
                .map(|rows| cells(data, rows, &pattern_of))
                .collect();
        }
        patterns
    }

    /// Number of patterns.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no case at all.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Cases in all.
    pub fn total(&self) -> f64 {
        self.trials.iter().sum()
    }

    /// Cases with outcome 1.
    pub fn total_events(&self) -> f64 {
        self.events.iter().sum()
    }

    /// The same patterns without the cases of one cluster.
    pub fn without(&self, cells: &[Cell]) -> Patterns {
        let (mut trials, mut events) = (self.trials.clone(), self.events.clone());
        for &Cell { pattern, trials: own, events: own_events } in cells {
            // Fractional frequencies leave rounding where nothing is left.
            let left = trials[pattern] - own;
            trials[pattern] = if left > NOTHING * own { left } else { 0.0 };
            let (left, most) = (events[pattern] - own_events, trials[pattern]);
            events[pattern] = match left {
                left if left <= NOTHING * own => 0.0,
                left if most - left <= NOTHING * own => most,
                left => left,
            };
        }
        Patterns { rows: self.rows.clone(), trials, events, clusters: Vec::new() }
    }

    /// The same patterns without the cases of those where `keep` is false.
    pub fn restricted(&self, keep: &[bool]) -> Patterns {
        let zeroed = |counts: &[f64]| {
            counts.iter().zip(keep).map(|(&count, &keep)| if keep { count } else { 0.0 }).collect()
        };
        Patterns {
            rows: self.rows.clone(),
            trials: zeroed(&self.trials),
            events: zeroed(&self.events),
            clusters: Vec::new(),
        }
    }
}

/// What is left of a count after it is taken away, relative to it, that is rounding.
const NOTHING: f64 = 1e-9;

fn cells(data: &ModelData, rows: &[usize], pattern_of: &[usize]) -> Vec<Cell> {
    let sum = |rows: &[usize]| {
        let trials = rows.iter().map(|&row| data.frequency()[row]).sum();
        let events = rows.iter().map(|&row| data.frequency()[row] * data.outcome()[row]).sum();
        Cell { pattern: pattern_of[rows[0]], trials, events }
    };
    rows.chunk_by(|&a, &b| pattern_of[a] == pattern_of[b]).map(sum).collect()
}

fn compare_patterns(data: &ModelData, a: usize, b: usize) -> Ordering {
    data.covariates().iter().fold(Ordering::Equal, |order, covariate| {
        order.then_with(|| match &covariate.values {
            // Finite by construction; adding zero makes −0 and 0 one pattern.
            CovariateValues::Numeric(values) => (values[a] + 0.0).total_cmp(&(values[b] + 0.0)),
            CovariateValues::Factor { codes, .. } => codes[a].cmp(&codes[b]),
        })
    })
}

/// Patterns whose fitted values are the same but for rounding.
#[derive(Debug, Clone)]
pub struct Tie {
    /// Positions in the order by fitted value.
    pub range: Range<usize>,
    pub trials: f64,
    pub events: f64,
}

/// Linear predictors nearer to each other than this (relative where they exceed 1) are ties. Patterns that a model gives the
/// same probability come out apart by rounding alone, and whether they tie must not depend on that.
pub const TIE: f64 = 1e-9;

/// Orders patterns by `score` (a linear predictor, possibly infinite) and groups the ties.
///
/// Returns the patterns in ascending order, and the ties as ranges of that order with their cases.
pub fn ties(score: &[f64], patterns: &Patterns) -> (Vec<usize>, Vec<Tie>) {
    let mut order: Vec<usize> = (0..score.len()).collect();
    order.sort_by(|&a, &b| score[a].total_cmp(&score[b]));
    // Two infinities of one sign are one value; of −∞ everything else is infinitely far.
    let tied = |a: f64, b: f64| a == b || a.is_finite() && (b - a).abs() <= TIE * a.abs().max(1.0);
    let mut start = 0;
    let ties = order
        .chunk_by(|&a, &b| tied(score[a], score[b]))
        .map(|chunk| {
            let range = start..start + chunk.len();
            start = range.end;
            Tie {
                range,
                trials: chunk.iter().map(|&pattern| patterns.trials[pattern]).sum(),
                events: chunk.iter().map(|&pattern| patterns.events[pattern]).sum(),
            }
        })
        .collect();
    (order, ties)
}
