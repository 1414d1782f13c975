//! Scores: what the ranking of respondents depends on.

use super::column::{Cell, Index};
use super::population::View;
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
    /// Adds the ingredient to the scores of `rows`. A missing answer counts as the mean of the others.
    pub fn add(&self, view: &View<'_>, rows: &[usize], scores: &mut [i64]) {
        let unit = view.unit(self.column);
        let amount = |cell: Cell| match self.code {
            Some(code) => Some(if cell == Cell::Value(code) { self.weight } else { 0 }),
            None => cell.valid().map(|value| value * self.weight / unit),
        };
        let mut known: i64 = 0;
        let mut sum: i64 = 0;
        for row in rows {
            if let Some(amount) = amount(view.cell(self.column, *row)) {
                known += 1;
                sum += amount;
            }
        }
        let mean = if known == 0 { 0 } else { sum / known };
        for (row, score) in rows.iter().zip(scores) {
            *score += amount(view.cell(self.column, *row)).unwrap_or(mean);
        }
    }
}

/// A weight as written, in fixed point.
pub fn fixed(weight: f64) -> i64 {
    (weight * ONE as f64).round() as i64
}
