//! Disclosure control. Only this module makes cleared estimates.
//!
//! [`clear`] takes the raw estimates of a whole release together, so that no table reveals what another one hides:
//!
//! 1. every count of people becomes an integer cell; what a reader can add up becomes a linear equation (`system`, `linked`);
//! 2. **primary suppression** hides counts that the policy calls small, and counts that say something about *everyone* in a group (100 %);
//! 3. **secondary suppression** hides further cells, until every hidden cell has a wide feasible interval under all equations (`protect`,
//!    `interval`);
//! 4. functions of hidden cells are hidden too: shares, moments, tests, denominators (`follow`). Each statistic declares which cells its value
//!    is a function of ([`RestsOn`](crate::estimate::RestsOn)). If transitions are hidden, the interval of the mean change becomes the widest
//!    that the published counts allow (`widen`);
//! 5. a regression loses the factors that have a small level, or a level where everyone had the same outcome, and the conditions that would
//!    reveal them. A model with a single covariate, or with few clusters, is hidden as a whole (`withhold`);
//! 6. a hidden p-value is also hidden in its family, and the others are adjusted as if it were 1 (`family`).
//!
//! Counts that are written in sentences, such as the number of forms left out, pass [`told_count`].
//!
//! We assume that the reader knows all that is published, that counts are not negative, and how many lack the variable that
//! groups are made of.
//!
//! **Protected**: counts within an analysis and between its groups and their whole, and the same count in other analyses (same kind, group,
//! variable, statistic, term and value). **Not protected**: the difference between two analyses, such as a variable described by groups and the
//! same table transposed, or all of a cohort and a subset of it (a model's `only`; all people and those who were seen twice). A regression
//! with several covariates is not examined for what its remaining coefficients and fit statistics together reveal about the withheld factor.
//!
//! Sources: Hundepool, Domingo-Ferrer, Franconi, Giessing, Schulte Nordholt, Spicer & de Wolf (2012), *Statistical Disclosure
//! Control*, Wiley, on tables (linked tables, feasibility intervals, secondary suppression, group disclosure).

mod audit;
mod family;
mod follow;
mod interval;
mod linked;
mod made;
mod policy;
mod protect;
mod system;
mod told;
mod widen;
mod withhold;

pub use audit::{Audit, AuditRow};
pub use made::{Inputs, Made, Maker, Seen, make, released};
pub use policy::Policy;
pub use told::{Precision, Told, told_count};

use std::collections::HashMap;
use std::sync::Arc;

use crate::estimate::{Condition, Estimate, Group, Kind, RestsOn, Reveals, Statistic, Term, Variable};
use family::Families;
use follow::Verdict;

/// The method of an interval that is wider than computed.
const WIDEST: &str = "widest that the published counts allow";

/// The method of an adjusted p-value that is larger than computed.
const AS_IF_ONE: &str = "hidden p-values taken as 1";

/// What a reader gets to see of an estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shown {
    Value(f64),
    /// The statistic does not exist on these data; the conditions say why.
    Absent,
    /// It exists or not, and is confidential; it is never shown as zero.
    Suppressed,
}

/// An estimate that may leave the house. Only [`clear`] makes one: there is no constructor and no deserialiser.
#[derive(Debug, Clone, PartialEq)]
pub struct Cleared {
    /// The raw estimate with its value, its `n` and its conditions already replaced by what may be seen of them.
    estimate: Estimate,
    id: Arc<str>,
    shown: Shown,
}

impl Cleared {
    pub fn analysis(&self) -> &str {
        &self.estimate.analysis
    }

    pub fn kind(&self) -> Kind {
        self.estimate.kind
    }

    pub fn group(&self) -> &Group {
        &self.estimate.group
    }

    pub fn variable(&self) -> &Variable {
        &self.estimate.variable
    }

    pub fn term(&self) -> &Term {
        &self.estimate.term
    }

    pub fn statistic(&self) -> &'static Statistic {
        self.estimate.statistic
    }

    /// What may be seen of the value.
    pub fn shown(&self) -> Shown {
        self.shown
    }

    /// Whether it is the value of one or two persons, as a median is, which a policy hides whatever the numbers are. To tell this
    /// gives nothing away; to tell a small count from one that is hidden to protect it would narrow the small one to what the
    /// policy hides, so nothing more is told of why a number is hidden.
    pub fn is_never_shown(&self) -> bool {
        self.shown == Shown::Suppressed && self.estimate.statistic.reveals == Reveals::Extreme
    }

    /// The value where there is one that may be seen.
    pub fn value(&self) -> Option<f64> {
        self.estimate.value
    }

    /// Persons that the number rests on; `None` also where that number is confidential.
    pub fn n(&self) -> Option<u64> {
        self.estimate.n
    }

    pub fn method(&self) -> &str {
        &self.estimate.method
    }

    /// Empty where the value is suppressed, since a condition such as `no_change` would say what is hidden.
    pub fn conditions(&self) -> &[Condition] {
        &self.estimate.conditions
    }

    /// The number's id, the same as that of the raw estimate.
    pub fn id(&self) -> &Arc<str> {
        &self.id
    }
}

/// What a policy lets out of a set of estimates.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// One for each estimate, in the same order.
    pub cleared: Vec<Cleared>,
    pub audit: Audit,
}

/// Clears the estimates of a whole release under a policy.
///
/// The estimates must be all that is published together: linked tables protect each other only where they are seen here.
pub fn clear(estimates: &[Estimate], policy: Policy) -> Release {
    clear_with(estimates, policy, &[])
}

/// The same where some of the estimates are worked out of others by `makers`: under a policy they are worked out again of what
/// may be seen. One that no maker makes is suppressed.
pub fn clear_with(estimates: &[Estimate], policy: Policy, makers: &[Box<Maker<'_>>]) -> Release {
    let Some(threshold) = policy.threshold() else {
        let cleared = estimates
            .iter()
            .map(|estimate| show(estimate, estimate.n, estimate.conditions.clone(), Verdict::Show))
            .collect();
        return Release { cleared, audit: Audit::open(policy) };
    };
    let (mut system, subjects) = linked::link(estimates);
    let protection = protect::protect(&mut system, threshold);
    let cells = follow::Cells::new(estimates, &system, &subjects, threshold);
    let families = Families::new(estimates, |index, estimate| cells.verdict(index, estimate));
    let mut audit = Audit::new(policy, &system, &protection);
    let mut cleared = Vec::with_capacity(estimates.len());
    let is_made = |estimate: &Estimate| matches!(estimate.statistic.rests_on, RestsOn::Released);
    for (index, estimate) in estimates.iter().enumerate() {
        let verdict = match estimate.kind {
            Kind::Family => families.verdict(estimate),
            _ => cells.verdict(index, estimate),
        };
        if !is_made(estimate) {
            audit.count(estimate, subjects.cell_of[index].map(|cell| &system.cells[cell]), verdict);
        }
        cleared.push(show(estimate, cells.denominator(estimate), cells.conditions(estimate), verdict));
    }
    let seen = Seen::new(&cleared);
    let made = makers.iter().flat_map(|maker| maker(&seen));
    let made = made.flat_map(|(subject, made)| {
        let hidden: Vec<bool> = made.iter().map(|one| one.is_hidden).collect();
        let estimates = subject.estimates(made.into_iter().map(|one| one.value).collect());
        estimates.into_iter().zip(hidden).collect::<Vec<_>>()
    });
    let made: HashMap<String, (Estimate, bool)> = made.map(|made| (made.0.id(), made)).collect();
    for (index, estimate) in estimates.iter().enumerate().filter(|(_, estimate)| is_made(estimate)) {
        let found = made.get(&estimate.id()).filter(|(_, is_hidden)| !is_hidden);
        let verdict = if found.is_some() { Verdict::Show } else { Verdict::Suppress };
        audit.count(estimate, None, verdict);
        if let Some((again, _)) = found {
            cleared[index] = show(again, again.n, again.conditions.clone(), verdict);
        }
    }
    Release { cleared, audit }
}

fn show(estimate: &Estimate, n: Option<u64>, conditions: Vec<Condition>, verdict: Verdict) -> Cleared {
    let mut estimate = Estimate { n, conditions, ..estimate.clone() };
    let shown = match (verdict, estimate.value) {
        (Verdict::Suppress, _) => {
            estimate.value = None;
            estimate.conditions.clear();
            estimate.method.clear();
            Shown::Suppressed
        }
        (Verdict::Widen(value), _) => {
            // Whatever the exact number was, also where there was none: this one rests on what is published.
            estimate.value = Some(value);
            estimate.method = WIDEST.to_owned();
            estimate.conditions = vec![Condition::new("widened", "")];
            Shown::Value(value)
        }
        (Verdict::Bound(value), _) => {
            estimate.value = Some(value);
            estimate.method = AS_IF_ONE.to_owned();
            estimate.conditions = vec![Condition::new("bounded", "")];
            Shown::Value(value)
        }
        (Verdict::Show, None) => Shown::Absent,
        (Verdict::Show, Some(value)) => Shown::Value(value),
    };
    let id = estimate.id().into();
    Cleared { estimate, id, shown }
}
