//! What goes with a hidden cell: every published function of it from which it could be computed.

use std::collections::BTreeMap;

use super::linked::{Cells as Subject, Key, Subjects, count};
use super::system::System;
use super::widen::MeanChanges;
use super::withhold::Models;
use crate::estimate::{Condition, Estimate, Kind, Reveals};

/// How an estimate may be shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Verdict {
    Show,
    /// As an end of the widest interval that the published counts allow.
    Widen(f64),
    /// As what it is at most, which is a function of what is published.
    Bound(f64),
    Suppress,
}

/// Statistics of a change that rest on its two margins alone, and not on who moved where: shown where the margins are.
const OF_MARGINS: [&str; 7] =
    ["mean_before", "mean_after", "mean_change", "sd_before", "sd_after", "d_av", "reliable_threshold"];

/// Statistics that rest on the counts of the directions alone: shown where these are.
const OF_DIRECTIONS: [&str; 4] = [
    "sign_p",
    "probability_of_superiority",
    "probability_of_superiority_low",
    "probability_of_superiority_high",
];

/// Statistics that rest on the number of pairs alone.
const OF_PAIRS: [&str; 1] = ["t_df"];

/// Statistics that rest on two moments of the change, shown for a number that has no transition table to be found by them.
const OF_NUMBERS: [&str; 7] =
    ["sd_change", "t", "t_p", "mean_change_low", "mean_change_high", "mean_change_std_error", "d_z"];

/// Settings that are not about persons: how many services took part, and what a code was read as.
const OF_NOBODY: [&str; 3] = ["n_clusters", "rated_level", "goal_level"];

const DIRECTIONS: [&str; 5] = ["improved", "unchanged", "worse", "increased", "decreased"];

/// The decided cells of a release, with what follows from them.
pub(super) struct Cells<'a> {
    system: &'a System,
    subjects: &'a Subjects<'a>,
    threshold: u64,
    models: Models<'a>,
    /// Both ends of the intervals that are wider than computed.
    widened: BTreeMap<Key<'a>, [f64; 2]>,
}

impl<'a> Cells<'a> {
    pub fn new(
        estimates: &'a [Estimate],
        system: &'a System,
        subjects: &'a Subjects<'a>,
        threshold: u64,
    ) -> Cells<'a> {
        let models = Models::new(estimates, system, subjects, threshold);
        let mut cells = Cells { system, subjects, threshold, models, widened: BTreeMap::new() };
        let changes = MeanChanges::new(estimates);
        for (&key, (_, subject)) in &subjects.of {
            let base_shown = subject.base().is_some_and(|base| !cells.hidden(base));
            let margins = cells.any_hidden(subject, &["before_count", "after_count"]);
            if base_shown && !margins && cells.any_hidden(subject, &["transition"]) {
                let widest = changes.widest(system, key, subject);
                cells.widened.extend(widest.map(|ends| (key, ends)));
            }
        }
        cells
    }

    /// The conditions of an estimate, as far as they may be seen.
    pub fn conditions(&self, estimate: &Estimate) -> Vec<Condition> {
        self.models.conditions(estimate)
    }

    fn hidden(&self, cell: usize) -> bool {
        self.system.cells[cell].hidden.is_some()
    }

    fn any_hidden(&self, subject: &Subject<'_>, statistics: &[&str]) -> bool {
        statistics.iter().any(|statistic| subject.cells(statistic).into_iter().any(|cell| self.hidden(cell)))
    }

    /// Whether an estimate may be seen; of a family its tests decide ([`super::family`]).
    pub fn verdict(&self, index: usize, estimate: &Estimate) -> Verdict {
        let key = key(estimate);
        let Some((_, subject)) = self.subjects.of.get(&key) else {
            return Verdict::Suppress;
        };
        if self.models.withholds(&key, estimate) {
            return Verdict::Suppress;
        }
        let small = |count: u64| (1..self.threshold).contains(&count);
        let base_hidden = subject.base().is_some_and(|base| self.hidden(base));
        match estimate.statistic.reveals {
            // Degrees of freedom are counts less a constant.
            Reveals::Setting if base_hidden && !OF_NOBODY.contains(&estimate.statistic.name) => {
                return Verdict::Suppress;
            }
            // The degrees of freedom of a test of a change count the levels that somebody moved between.
            Reveals::Setting if estimate.kind != Kind::Change => return Verdict::Show,
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
            // Shares of those who used before, not of all pairs.
            Reveals::Share
                if estimate.statistic.name.starts_with("use_")
                    && self.any_hidden(subject, &["users_before"]) =>
            {
                return Verdict::Suppress;
            }
            Reveals::Share if self.side_hidden(subject, estimate) || self.row_hidden(subject, estimate) => {
                return Verdict::Suppress;
            }
            Reveals::Share if OF_DIRECTIONS.contains(&estimate.statistic.name) => {}
            Reveals::Share => {
                let found = match numerator(estimate) {
                    Some((statistic, term)) => subject.get(statistic, term),
                    None => None,
                };
                let hidden = match found {
                    Some(cell) => self.hidden(cell),
                    None => self.any_count_hidden(subject),
                };
                return if hidden { Verdict::Suppress } else { Verdict::Show };
            }
            Reveals::Moment | Reveals::Inference | Reveals::Setting => {}
        }
        self.function(key, subject, estimate)
    }

    /// A moment or a test.
    fn function(&self, key: Key<'a>, subject: &Subject<'_>, estimate: &Estimate) -> Verdict {
        // Weighted for loss, a number gives away as much as unweighted.
        let name = estimate.statistic.name.strip_prefix("weighted_").unwrap_or(estimate.statistic.name);
        let suppress_if = |hidden: bool| {
            if hidden { Verdict::Suppress } else { Verdict::Show }
        };
        match estimate.kind {
            // A function of the weights alone: with equal ones it is their number.
            Kind::Change | Kind::Model if estimate.statistic.name == "weighted_effective_n" => {
                suppress_if(self.any_hidden(subject, &["weighted_n_pairs", "weighted_n_obs"]))
            }
            Kind::Change if subject.get("n11", "").is_some() => {
                // Four cells: any test of them, with n, gives them away.
                suppress_if(self.any_count_hidden(subject))
            }
            Kind::Change => {
                let margins = self.any_hidden(subject, &["before_count", "after_count"]);
                let directions = self.any_hidden(subject, &DIRECTIONS);
                let transitions = self.any_hidden(subject, &["transition"]);
                let is_number = subject.cells("transition").is_empty();
                // By name, so that a statistic that nobody has thought of here is suppressed.
                let hidden = match name {
                    _ if OF_MARGINS.contains(&name) => margins,
                    _ if OF_DIRECTIONS.contains(&name) => directions,
                    _ if OF_PAIRS.contains(&name) || is_number && OF_NUMBERS.contains(&name) => false,
                    _ => margins || directions || transitions,
                };
                match (hidden, estimate.statistic.name, self.widened.get(&key)) {
                    (false, ..) => Verdict::Show,
                    (true, "mean_change_low", Some([low, _])) => Verdict::Widen(*low),
                    (true, "mean_change_high", Some([_, high])) => Verdict::Widen(*high),
                    (true, ..) => Verdict::Suppress,
                }
            }
            Kind::Attrition => suppress_if(
                self.side_hidden(subject, estimate) || self.any_hidden(subject, &["n_events", "n_nonevents"]),
            ),
            // Unweighted, kappa rests on the diagonal and the margins; its error, and weighted kappa, on every cell.
            Kind::Agreement if name == "kappa" => {
                suppress_if(self.any_hidden(subject, &["agreed", "rated_count", "differenced_count"]))
            }
            Kind::Agreement => suppress_if(self.any_count_hidden(subject)),
            // A score sums over a person's goals: with one goal its mean and spread are functions of the counts.
            Kind::Goals => suppress_if(self.any_hidden_in(key.0)),
            // The ends of the interval give the number of those who answered every item away.
            Kind::Describe if name.starts_with("alpha") => {
                suppress_if(self.any_hidden(subject, &["complete", "count"]))
            }
            // The mean of a coded answer is a sum over its counts.
            Kind::Describe | Kind::Trajectory => suppress_if(self.any_hidden(subject, &["count"])),
            Kind::Model => suppress_if(self.any_hidden(subject, &["n_events", "n_nonevents"])),
            Kind::Followup => suppress_if(subject.by.values().any(|&cell| self.hidden(cell))),
            Kind::Family => Verdict::Suppress,
            Kind::Prediction => {
                let small = self.subjects.of.iter().any(|((analysis, ..), (_, cells))| {
                    *analysis == key.0 && self.any_hidden(cells, &["n_obs", "n_events", "n_nonevents"])
                });
                suppress_if(small)
            }
        }
    }

    /// Whether a number of attrition rests on a hidden count: of persons of its side (`_followed`, `_lost`; the standardised
    /// difference rests on both), or of those with the answer that its term names.
    fn side_hidden(&self, subject: &Subject<'_>, estimate: &Estimate) -> bool {
        if estimate.kind != Kind::Attrition {
            return false;
        }
        let name = estimate.statistic.name;
        ["followed", "lost"].into_iter().filter(|side| name == "smd" || name.ends_with(side)).any(|side| {
            let counts = [(format!("n_{side}"), ""), (format!("count_{side}"), estimate.term.as_str())];
            counts.iter().filter_map(|(count, term)| subject.get(count, term)).any(|cell| self.hidden(cell))
        })
    }

    /// Whether a share of a flow is of a level whose number before is hidden: the share would give it away.
    fn row_hidden(&self, subject: &Subject<'_>, estimate: &Estimate) -> bool {
        let before = estimate.term.split_once('>').map(|(before, _)| before);
        estimate.kind == Kind::Trajectory
            && before
                .and_then(|before| subject.get("before_count", before))
                .is_some_and(|cell| self.hidden(cell))
    }

    /// Whether any count of an analysis is hidden.
    fn any_hidden_in(&self, analysis: &str) -> bool {
        let mut own = self.subjects.of.iter().filter(|((of, ..), _)| *of == analysis);
        own.any(|(_, (_, cells))| cells.by.values().any(|&cell| self.hidden(cell)))
    }

    /// Whether any count of a subject is hidden, but for how many of them have a weight, of which nothing else is a function.
    fn any_count_hidden(&self, subject: &Subject<'_>) -> bool {
        let mut counts =
            subject.by.iter().filter(|((statistic, _), _)| !statistic.starts_with("weighted_n_"));
        counts.any(|(_, &cell)| self.hidden(cell))
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
        "share_followed" => Some(("count_followed", &estimate.term)),
        "wave_share" | "wave_share_low" | "wave_share_high" => Some(("wave_count", "")),
        "flow_share" => Some(("transition", &estimate.term)),
        "share_lost" => Some(("count_lost", &estimate.term)),
        // Cells that the two-by-two table keeps under the share's own name.
        name @ ("share_before" | "share_after") => Some((name, "")),
        // Whether in time or at all, and of whom, varies: decided by all counts of the wave.
        "followup_rate" => None,
        // Wilson's interval is a function of the share and n.
        "agreed_share_low" | "agreed_share_high" => Some(("agreed", "")),
        name => Some((name.strip_suffix("_share")?, &estimate.term)),
    }
}
