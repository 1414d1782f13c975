//! The audit: what was hidden and why, without any number of people.

use serde::Serialize;

use super::follow::Verdict;
use super::policy::Policy;
use super::protect::Protection;
use super::system::{Cell, System, Why};
use crate::estimate::Estimate;

/// An account of a suppression: how many numbers were hidden and for what reason, never which counts they were.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Audit {
    pub policy: Policy,
    /// By analysis, in the order of their ids; analyses in which nothing was hidden are left out.
    pub rows: Vec<AuditRow>,
    /// The narrowest feasible interval of a hidden count, in steps of one person, as a lower bound. `None` where nothing is
    /// hidden, infinite where what is published bounds none from above.
    pub narrowest: Option<f64>,
    /// Counts hidden for their own sake that could not be shown to be protected; 0 in a sound release.
    pub exposed: usize,
    /// Counts that a reader can be led to, and equations between them, that were examined.
    pub cells: usize,
    pub equations: usize,
}

/// What was hidden in one analysis: numbers of *estimates*.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AuditRow {
    pub analysis: String,
    /// Counts hidden because they are small.
    pub small: usize,
    /// Counts hidden because they are everyone in a group.
    pub everyone: usize,
    /// Counts hidden because others could be computed from them.
    pub secondary: usize,
    /// Shares, means, tests hidden because a hidden count could be computed from them, and medians.
    pub with_them: usize,
    /// Ends of intervals that are wider than computed.
    pub widened: usize,
}

impl AuditRow {
    /// Estimates of the analysis that are not shown.
    pub fn hidden(&self) -> usize {
        self.small + self.everyone + self.secondary + self.with_them
    }
}

impl Audit {
    /// Of a policy that hides nothing.
    pub(super) fn open(policy: Policy) -> Audit {
        Audit { policy, rows: Vec::new(), narrowest: None, exposed: 0, cells: 0, equations: 0 }
    }

    pub(super) fn new(policy: Policy, system: &System, protection: &Protection) -> Audit {
        Audit {
            narrowest: protection.narrowest,
            exposed: protection.exposed,
            cells: system.cells.len(),
            equations: system.equations.len(),
            ..Audit::open(policy)
        }
    }

    /// Sums over all analyses.
    pub fn total(&self) -> AuditRow {
        self.rows.iter().fold(AuditRow::default(), |sum, row| AuditRow {
            analysis: String::new(),
            small: sum.small + row.small,
            everyone: sum.everyone + row.everyone,
            secondary: sum.secondary + row.secondary,
            with_them: sum.with_them + row.with_them,
            widened: sum.widened + row.widened,
        })
    }

    pub(super) fn count(&mut self, estimate: &Estimate, cell: Option<&Cell>, verdict: Verdict) {
        // A bound hides no number of persons: the p-values that it stands for are counted themselves.
        if matches!(verdict, Verdict::Show | Verdict::Bound(_)) {
            return;
        }
        let position = match self.rows.binary_search_by(|row| row.analysis.as_str().cmp(&estimate.analysis)) {
            Ok(position) => position,
            Err(position) => {
                let row = AuditRow { analysis: estimate.analysis.clone(), ..AuditRow::default() };
                self.rows.insert(position, row);
                position
            }
        };
        let row = &mut self.rows[position];
        match (verdict, cell.and_then(|cell| cell.hidden)) {
            (Verdict::Widen(_), _) => row.widened += 1,
            (_, Some(Why::Small)) => row.small += 1,
            (_, Some(Why::Everyone)) => row.everyone += 1,
            (_, Some(Why::Secondary)) => row.secondary += 1,
            (_, None) => row.with_them += 1,
        }
    }
}
