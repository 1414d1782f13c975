//! The interval of a mean change whose transitions are hidden: the widest that the published counts allow.
//!
//! The exact interval rests on who moved where, and at full precision often singles out the one table that fits. This one is a
//! function of published numbers alone: whoever reads them could have made it, so it gives nothing away, and it is never
//! narrower than the exact one, so its coverage is at least the nominal one.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, OptimizationDirection, Problem};
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::linked::{Cells, Key};
use super::system::System;
use crate::estimate::{Estimate, Kind};

/// Relative slack on top of the solver's and the quantile's rounding, so that no interval comes out narrower than it should.
const SLACK: f64 = 1e-6;

/// What the t intervals of a release are made of, by subject.
#[derive(Debug, Default)]
pub(super) struct MeanChanges<'a> {
    of: BTreeMap<Key<'a>, BTreeMap<&'a str, f64>>,
    pairs: BTreeMap<Key<'a>, f64>,
}

impl<'a> MeanChanges<'a> {
    pub fn new(estimates: &'a [Estimate]) -> MeanChanges<'a> {
        let mut found = MeanChanges::default();
        for estimate in estimates.iter().filter(|estimate| estimate.kind == Kind::Change) {
            let key: Key<'a> = (&estimate.analysis, &estimate.group, &estimate.variable);
            let Some(value) = estimate.value else { continue };
            match estimate.statistic.name {
                "n_pairs" => _ = found.pairs.insert(key, value),
                name @ ("mean_change" | "mean_change_high" | "sd_change") => {
                    found.of.entry(key).or_default().insert(name, value);
                }
                _ => {}
            }
        }
        found
    }

    /// The confidence level that an analysis declares, found from its exact intervals or, where it has none, from those of
    /// another; to six decimals, so that nothing of those intervals but the level comes through.
    fn level(&self, analysis: &str) -> Option<f64> {
        let of = |(key, numbers): (&Key<'a>, &BTreeMap<&str, f64>)| {
            let n = *self.pairs.get(key)?;
            let sd = numbers.get("sd_change").copied().filter(|sd| *sd > 0.0)?;
            let reach = numbers.get("mean_change_high")? - numbers.get("mean_change")?;
            let student = StudentsT::new(0.0, 1.0, n - 1.0).ok()?;
            let level = 1.0 - 2.0 * student.sf(reach * n.sqrt() / sd);
            let level = (level * 1e6).round() / 1e6;
            (level > 0.0 && level < 1.0).then_some(level)
        };
        let own = self.of.iter().filter(|((known, ..), _)| *known == analysis).find_map(of);
        own.or_else(|| self.of.iter().find_map(of))
    }

    /// Both ends of the widest interval for a subject whose mean change and number of pairs are shown.
    ///
    /// With M the greatest Σ(b − a)²·n_ab over all tables that agree with what is published, the variance of the change is
    /// at most (M − n·mean²)/(n − 1). `None` where nothing published bounds it.
    pub fn widest(&self, system: &System, key: Key<'a>, subject: &Cells<'_>) -> Option<[f64; 2]> {
        let mean = *self.of.get(&key)?.get("mean_change")?;
        let n = *self.pairs.get(&key)?;
        let level = self.level(key.0)?;
        let critical = StudentsT::new(0.0, 1.0, n - 1.0).ok()?.inverse_cdf((1.0 + level) / 2.0);
        let variance = (greatest_squares(system, subject)? - n * mean * mean).max(0.0) / (n - 1.0);
        let half = rounded_up(critical * (variance / n).sqrt())?;
        Some([mean - half, mean + half])
    }
}

/// The greatest Σ(b − a)²·n_ab over the hidden transitions, with all that is shown fixed: a linear program over the cells
/// that hang together with them, as the feasible intervals are.
fn greatest_squares(system: &System, subject: &Cells<'_>) -> Option<f64> {
    let mut known = 0.0;
    let mut squares: BTreeMap<usize, f64> = BTreeMap::new();
    let (mut cells, mut equations) = (BTreeSet::new(), BTreeSet::new());
    for (term, cell) in subject.all("transition") {
        let (before, after) = term.split_once('>')?;
        let square = (after.parse::<f64>().ok()? - before.parse::<f64>().ok()?).powi(2);
        if system.cells[cell].hidden.is_none() {
            known += square * system.cells[cell].value as f64;
            continue;
        }
        *squares.entry(cell).or_default() += square;
        if !cells.contains(&cell) {
            let (unknown, between) = system.component(cell);
            cells.extend(unknown);
            equations.extend(between);
        }
    }
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let variables: BTreeMap<usize, _> = cells
        .into_iter()
        .map(|cell| {
            let square = squares.get(&cell).copied().unwrap_or_default();
            (cell, problem.add_var(square, (0.0, f64::INFINITY)))
        })
        .collect();
    for equation in equations {
        let terms = system.equations[equation].terms.iter();
        let terms: Vec<_> = terms
            .filter_map(|(cell, coefficient)| Some((*variables.get(cell)?, *coefficient as f64)))
            .collect();
        problem.add_constraint(terms.as_slice(), ComparisonOp::Eq, system.remainder(equation) as f64);
    }
    Some(known + problem.solve().ok()?.objective())
}

/// Six significant digits, never less than `value`.
fn rounded_up(value: f64) -> Option<f64> {
    // Half a unit of the sixth digit is at most 5e-6 of the number; through decimal text, the same on every machine.
    format!("{:.5e}", value * (1.0 + SLACK + 5e-6)).parse().ok().filter(|half: &f64| half.is_finite())
}
