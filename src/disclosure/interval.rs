//! The feasible interval of a hidden cell: the smallest and the largest count that agree with all published numbers.

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem};

use super::system::System;

/// The least and the greatest feasible count of a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Interval {
    pub low: f64,
    /// Infinite where nothing published bounds it.
    pub high: f64,
}

impl Interval {
    /// Whether a cell with this interval is protected at a threshold (5: counts 1–4 are hidden).
    ///
    /// **The rule**: the interval contains every count that the policy hides (1 … 4), or it spans at least as many steps as
    /// the threshold less one (≥ 4). So nobody learns which of the small counts it is, nor a large count to within four.
    pub fn protects(self, threshold: u64) -> bool {
        let steps = threshold.saturating_sub(1) as f64;
        (self.low <= 1.0 && self.high >= steps) || self.high - self.low >= steps
    }
}

/// The feasible interval of a hidden cell by two linear programs over the cells that hang together with it (Hundepool et
/// al. 2012), rounded inwards to integers.
///
/// `None` where the solver finds no optimum, which the true counts rule out up to rounding; the cell then counts as exposed.
pub(super) fn feasible(system: &System, cell: usize) -> Option<Interval> {
    let (cells, equations) = system.component(cell);
    let end = |direction: OptimizationDirection| {
        let mut problem = Problem::new(direction);
        let variables: Vec<_> = cells
            .iter()
            .map(|&unknown| problem.add_var(f64::from(u8::from(unknown == cell)), (0.0, f64::INFINITY)))
            .collect();
        for &equation in &equations {
            let terms = system.equations[equation].terms.iter().filter_map(|&(term, coefficient)| {
                let position = cells.binary_search(&term).ok()?;
                Some((variables[position], coefficient as f64))
            });
            problem.add_constraint(
                terms.collect::<Vec<_>>().as_slice(),
                ComparisonOp::Eq,
                system.remainder(equation) as f64,
            );
        }
        match problem.solve() {
            Ok(solution) => Some(solution.objective()),
            Err(Error::Unbounded) => Some(f64::INFINITY),
            Err(_) => None,
        }
    };
    // Slack for the solver's rounding; counts are integers.
    let low = (end(OptimizationDirection::Minimize)? - 1e-6).ceil();
    let high = (end(OptimizationDirection::Maximize)? + 1e-6).floor();
    Some(Interval { low: low.max(0.0), high })
}
