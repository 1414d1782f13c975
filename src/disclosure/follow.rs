//! What goes with a hidden cell: every published function of it from which it could be computed.

use std::collections::BTreeSet;

use super::interval::freedom;
use super::linked::{Cells as Subject, Key, Subjects, count};
use super::system::System;
use crate::estimate::{Estimate, Kind, Reveals};

/// How an estimate may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Show,
    /// To three significant digits: a test at full precision would single out one of many possible tables.
    Coarsen,
    Suppress,
}

/// In how many independent ways the hidden transitions of a table must be able to move for its tests to be shown.
const FREEDOM: usize = 3;

/// Statistics of an ordinal or numeric change that rest on its two margins alone, and not on who moved where.
const OF_MARGINS: [&str; 5] = ["mean_before", "mean_after", "mean_change", "sd_before", "sd_after"];

/// Statistics that, with `n`, give `mean_change` away.
const OF_MEANS: [&str; 9] =
    ["mean_change_low", "mean_change_high", "t", "t_statistic", "t_p", "d_z", "d_av", "srm", "sd_change"];

/// The decided cells of a release, with what follows from them.
pub(super) struct Cells<'a> {
    system: &'a System,
    subjects: &'a Subjects<'a>,
    threshold: u64,
    /// Subjects in which hidden transitions leave a reader many possible tables.
    free: BTreeSet<Key<'a>>,
}

impl<'a> Cells<'a> {
    pub fn new(system: &'a System, subjects: &'a Subjects<'a>, threshold: u64) -> Cells<'a> {
        let free = subjects
            .of
            .iter()
            .filter(|(_, (_, cells))| freedom(system, &cells.cells("transition")) >= FREEDOM)
            .map(|(key, _)| *key)
            .collect();
        Cells { system, subjects, threshold, free }
    }

    fn hidden(&self, cell: usize) -> bool {
        self.system.cells[cell].hidden.is_some()
    }

    fn any_hidden(&self, subject: &Subject<'_>, statistics: &[&str]) -> bool {
        statistics.iter().any(|statistic| subject.cells(statistic).into_iter().any(|cell| self.hidden(cell)))
    }

    /// Whether an estimate may be seen.
    pub fn verdict(&self, index: usize, estimate: &Estimate) -> Verdict {
        let key = key(estimate);
        let Some((_, subject)) = self.subjects.of.get(&key) else {
            return Verdict::Suppress;
        };
        let small = |count: u64| (1..self.threshold).contains(&count);
        let base_hidden = subject.base().is_some_and(|base| self.hidden(base));
        match estimate.statistic.reveals {
            // Degrees of freedom are counts less a constant; how many services took part is not about persons.
            Reveals::Setting if base_hidden && estimate.statistic.name != "n_clusters" => {
                return Verdict::Suppress;
            }
            Reveals::Setting if estimate.statistic.name != "bowker_df" => return Verdict::Show,
            Reveals::Extreme => return Verdict::Suppress,
            Reveals::Count => {
                return match (self.subjects.cell_of[index], count(estimate), estimate.value) {
                    (Some(cell), ..) if self.hidden(cell) => Verdict::Suppress,
                    (Some(_), ..) | (None, None, None) => Verdict::Show,
                    // A count that is no integer (weighted) has no cell to be judged by.
                    _ => Verdict::Suppress,
                };
            }
            // A share at full precision is a fraction: it gives its denominator away as well.
            _ if base_hidden || estimate.n.is_some_and(small) => return Verdict::Suppress,
            Reveals::Share => {
                let found = match numerator(estimate) {
                    Some((statistic, term)) => subject.get(statistic, term),
                    None => None,
                };
                let hidden = match found {
                    Some(cell) => self.hidden(cell),
                    None => subject.by.values().any(|&cell| self.hidden(cell)),
                };
                return if hidden { Verdict::Suppress } else { Verdict::Show };
            }
            Reveals::Moment | Reveals::Inference | Reveals::Setting => {}
        }
        self.function(key, subject, estimate)
    }

    /// A moment or a test.
    fn function(&self, key: Key<'a>, subject: &Subject<'_>, estimate: &Estimate) -> Verdict {
        let name = estimate.statistic.name;
        let suppress_if = |hidden: bool| {
            if hidden { Verdict::Suppress } else { Verdict::Show }
        };
        let directions = ["improved", "unchanged", "worse", "increased", "decreased"];
        match estimate.kind {
            Kind::Change if subject.get("n11", "").is_some() => {
                // Four cells: any test of them, with n, gives them away.
                suppress_if(subject.by.values().any(|&cell| self.hidden(cell)))
            }
            Kind::Change => {
                let margins = self.any_hidden(subject, &["before_count", "after_count"]);
                if margins && (OF_MARGINS.contains(&name) || OF_MEANS.contains(&name))
                    || name.starts_with("sign") && self.any_hidden(subject, &directions)
                    // Bowker's degrees of freedom count the pairs of cells that are not both zero.
                    || name.starts_with("bowker") && self.any_hidden(subject, &["transition"])
                {
                    return Verdict::Suppress;
                }
                match self.any_hidden(subject, &["transition"]) && !OF_MARGINS.contains(&name) {
                    false => Verdict::Show,
                    true if self.free.contains(&key) => Verdict::Coarsen,
                    true => Verdict::Suppress,
                }
            }
            // The mean of a coded answer is a sum over its counts.
            Kind::Describe => suppress_if(self.any_hidden(subject, &["count"])),
            Kind::Model => suppress_if(self.any_hidden(subject, &["n_events", "n_nonevents"])),
            Kind::Followup => suppress_if(subject.by.values().any(|&cell| self.hidden(cell))),
            Kind::Prediction => {
                let small = self.subjects.of.iter().any(|((analysis, ..), (_, cells))| {
                    *analysis == key.0 && self.any_hidden(cells, &["n_obs", "n_events", "n_nonevents"])
                });
                suppress_if(small)
            }
        }
    }

    /// The `n` of an estimate as far as it may be seen: it is a count like any other.
    ///
    /// It is shown where it is the published base of its subject, or where its subject hides nothing and no hidden count of
    /// its analysis has the same value.
    pub fn denominator(&self, estimate: &Estimate) -> Option<u64> {
        let n = estimate.n?;
        let (_, subject) = self.subjects.of.get(&key(estimate))?;
        let base = subject.base().filter(|&base| self.system.cells[base].value == n);
        let shown = match base {
            Some(base) => !self.hidden(base),
            None => {
                let mut analysis =
                    self.subjects.of.iter().filter(|((analysis, ..), _)| *analysis == estimate.analysis);
                let same = |&cell: &usize| self.hidden(cell) && self.system.cells[cell].value == n;
                !subject.by.values().any(|&cell| self.hidden(cell))
                    && !analysis.any(|(_, (_, cells))| cells.by.values().any(same))
            }
        };
        (shown && !(1..self.threshold).contains(&n)).then_some(n)
    }
}

fn key(estimate: &Estimate) -> Key<'_> {
    (&estimate.analysis, &estimate.group, &estimate.variable)
}

/// The count that a share is made of: statistic and term.
fn numerator(estimate: &Estimate) -> Option<(&str, &str)> {
    match estimate.statistic.name {
        "share" => Some(("count", &estimate.term)),
        // Cells that the two-by-two table keeps under the share's own name.
        name @ ("share_before" | "share_after") => Some((name, "")),
        // Whether in time or at all, and of whom, varies: decided by all counts of the wave.
        "followup_rate" => None,
        name => Some((name.strip_suffix("_share")?, &estimate.term)),
    }
}

/// Three significant digits.
pub(super) fn coarsen(value: f64) -> f64 {
    // Through decimal text: correctly rounded, the same on every machine.
    format!("{value:.2e}").parse().unwrap_or(value)
}
