//! Scores: what the ranking of respondents depends on.

use super::column::{Cell, Index};
use super::random::ONE;

/// One ingredient of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Weight {
    pub column: Index,
    /// Of having this answer, rather than of the answer's code.
    pub code: Option<i64>,
    /// Noise has a standard deviation of [`ONE`]; a weight of `ONE` on a code moves by one deviation a code.
    pub weight: i64,
}

impl Weight {
    /// Adds the ingredient to the scores of `rows`; in `column` a one is written as `unit`. A missing answer counts as the mean of
    /// the others.
    pub fn add(&self, column: &[Cell], unit: i64, rows: &[u32], scores: &mut [i64]) {
        let weight = self.weight;
        match (self.code, unit) {
            (Some(code), _) => {
                let meant = Cell::value(code);
                for (row, score) in rows.iter().zip(scores) {
                    *score += if column[*row as usize] == meant { weight } else { 0 };
                }
            }
            // Known divisors, which are the usual ones, are divided by several times faster.
            (None, 1) => add(column, rows, scores, |value| value * weight),
            (None, ONE) => add(column, rows, scores, |value| value * weight / ONE),
            (None, unit) => add(column, rows, scores, |value| value * weight / unit),
        }
    }
}

fn add(column: &[Cell], rows: &[u32], scores: &mut [i64], amount: impl Fn(i64) -> i64) {
    let mut known: i64 = 0;
    let mut sum: i64 = 0;
    for (row, score) in rows.iter().zip(scores.iter_mut()) {
        if let Some(value) = column[*row as usize].valid() {
            let amount = amount(value);
            known += 1;
            sum += amount;
            *score += amount;
        }
    }
    if known == 0 || known == rows.len() as i64 {
        return;
    }
    let mean = sum / known;
    for (row, score) in rows.iter().zip(scores) {
        if column[*row as usize].valid().is_none() {
            *score += mean;
        }
    }
}

/// A weight as written, in fixed point.
pub fn fixed(weight: f64) -> i64 {
    (weight * ONE as f64).round() as i64
}
