//! The interval of a mean change when its transitions are hidden: the widest interval that the published counts allow.
//!
//! The exact interval depends on who moved where, and at full precision it often identifies the only table that fits. The wide interval is a
//! function of published numbers alone: any reader could have computed it, so it reveals nothing. It is never narrower than the exact one, so
//! its coverage is at least the nominal one.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use super::linked::{Cells, Key};
use super::system::System;
use crate::distribution::{t_critical, t_two_sided};
use crate::estimate::{Estimate, Kind, Statistic, Term, WHOLE};
use crate::statistic::{
    AFTER_COUNT, BEFORE_COUNT, D_AV, DECREASED, INCREASED, MEAN_CHANGE, MEAN_CHANGE_HIGH, N_PAIRS, SD_CHANGE,
    TRANSITION, UNCHANGED,
};

/// Relative slack on top of the solver's and the quantile's rounding, so that no interval comes out narrower than it should.
const SLACK: f64 = 1e-6;

/// What the t intervals of a release are made of, by subject.
#[derive(Debug, Default)]
pub(super) struct MeanChanges<'a> {
    of: BTreeMap<Key<'a>, BTreeMap<&'static Statistic, f64>>,
}

impl<'a> MeanChanges<'a> {
    pub fn new(estimates: &'a [Estimate]) -> MeanChanges<'a> {
        let mut found = MeanChanges::default();
        let of_pairs = |estimate: &&Estimate| estimate.kind == Kind::Change && estimate.term.is_empty();
        for estimate in estimates.iter().filter(of_pairs) {
            let key: Key<'a> = (&estimate.analysis, &estimate.group, &estimate.variable);
            let Some(value) = estimate.value else { continue };
            found.of.entry(key).or_default().insert(estimate.statistic, value);
        }
        found
    }

    /// The confidence level that an analysis declares, found from its exact intervals or, where it has none, from those of
    /// another; to six decimals, so that nothing of those intervals but the level comes through.
    fn level(&self, analysis: &str) -> Option<f64> {
        let of = |(_, numbers): (&Key<'a>, &BTreeMap<&Statistic, f64>)| {
            let n = *numbers.get(&N_PAIRS)?;
            let sd = numbers.get(&SD_CHANGE).copied().filter(|sd| *sd > 0.0)?;
            let reach = numbers.get(&MEAN_CHANGE_HIGH)? - numbers.get(&MEAN_CHANGE)?;
            let level = 1.0 - t_two_sided(reach * n.sqrt() / sd, n - 1.0);
            let level = (level * 1e6).round() / 1e6;
            (level > 0.0 && level < 1.0).then_some(level)
        };
        let own = self.of.iter().filter(|((known, ..), _)| *known == analysis).find_map(of);
        own.or_else(|| self.of.iter().find_map(of))
    }

    /// What a mean change is divided by to give d_av, as whoever sees the two can work it out; `None` where it cannot be.
    pub fn spread(&self, key: Key<'a>) -> Option<f64> {
        let numbers = self.of.get(&key)?;
        let spread = numbers.get(&MEAN_CHANGE)? / numbers.get(&D_AV)?;
        (spread.is_finite() && spread > 0.0).then_some(spread)
    }

    /// Both ends of the widest interval for a subject whose mean change and number of pairs are shown.
    ///
    /// With M the greatest Σ(b − a)²·n_ab over all tables that agree with what is published, the variance of the change is
    /// at most (M − n·mean²)/(n − 1). `None` where nothing published bounds it.
    pub fn widest(&self, system: &System, key: Key<'a>, subject: &Cells<'_>) -> Option<[f64; 2]> {
        let numbers = self.of.get(&key)?;
        let (mean, n) = (*numbers.get(&MEAN_CHANGE)?, *numbers.get(&N_PAIRS)?);
        let level = self.level(key.0)?;
        let critical = t_critical(level, n - 1.0);
        let variance = (greatest_squares(system, subject)? - n * mean * mean).max(0.0) / (n - 1.0);
        let half = rounded_up(critical * (variance / n).sqrt())?;
        Some([mean - half, mean + half])
    }
}

/// The greatest Σ(b − a)²·n_ab over the hidden transitions, by a linear program with the subject's own margins, directions
/// and shown transitions fixed.
///
/// Not with all equations of the system: some of those hold by chance, and a bound that they tighten would say that they hold.
fn greatest_squares(system: &System, subject: &Cells<'_>) -> Option<f64> {
    let shown = |statistic: &'static Statistic, term: &Term| {
        let cell = subject.get(statistic, term).map(|cell| &system.cells[cell])?;
        cell.hidden.is_none().then_some(cell.value as f64)
    };
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let mut known = 0.0;
    // By statistic and term of the published sum.
    let mut sums: BTreeMap<(&Statistic, Term), HiddenSum> = BTreeMap::new();
    for (term, cell) in subject.all(&TRANSITION) {
        let (before, after) = term.as_move()?;
        let change = after.parse::<f64>().ok()? - before.parse::<f64>().ok()?;
        let direction = match change.total_cmp(&0.0) {
            Ordering::Greater => &INCREASED,
            Ordering::Less => &DECREASED,
            Ordering::Equal => &UNCHANGED,
        };
        let [before, after] = [before, after].map(Term::code);
        let of = [
            (&BEFORE_COUNT, before),
            (&AFTER_COUNT, after),
            (direction, WHOLE.clone()),
            (&N_PAIRS, WHOLE.clone()),
        ];
        let cell = &system.cells[cell];
        let variable = cell.hidden.map(|_| problem.add_var(change * change, (0.0, f64::INFINITY)));
        if variable.is_none() {
            known += change * change * cell.value as f64;
        }
        for (statistic, term) in of {
            let Some(whole) = shown(statistic, &term) else { continue };
            let (rest, hidden) = sums.entry((statistic, term)).or_insert((whole, Vec::new()));
            match variable {
                Some(variable) => hidden.push((variable, 1.0)),
                None => *rest -= cell.value as f64,
            }
        }
    }
    for (rest, hidden) in sums.values().filter(|(_, hidden)| !hidden.is_empty()) {
        problem.add_constraint(hidden.as_slice(), ComparisonOp::Eq, *rest);
    }
    Some(known + problem.solve().ok()?.objective())
}

/// What the hidden transitions of a published sum add up to, and which these are.
type HiddenSum = (f64, Vec<(Variable, f64)>);

/// Six significant digits, never less than `value`.
fn rounded_up(value: f64) -> Option<f64> {
    // Half a unit of the sixth digit is at most 5e-6 of the number; through decimal text, the same on every machine.
    format!("{:.5e}", value * (1.0 + SLACK + 5e-6)).parse().ok().filter(|half: &f64| half.is_finite())
}
