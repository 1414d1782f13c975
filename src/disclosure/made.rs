//! Numbers that are worked out of other numbers of the release, such as the difference between two groups' changes.
//!
//! They are worked out by the same code twice: of the raw numbers, for the house, and of what may be seen of them, for the release.
//! Whoever reads the release could do the second too, so it gives nothing away.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::follow::Verdict;
use super::{Cleared, Policy, Shown, clear, show};
use crate::estimate::{Condition, Estimate, Group, Statistic, Subject, Term, Value, Variable};

/// What may be seen of a release, found by its keys.
pub struct Seen<'a> {
    cleared: &'a [Cleared],
    index: OnceCell<Index<'a>>,
}

/// Analysis, group, variable, term, statistic → estimate; made where something is looked up.
type Index<'a> = HashMap<([&'a str; 4], &'static Statistic), &'a Cleared>;

impl<'a> Seen<'a> {
    pub fn new(cleared: &'a [Cleared]) -> Seen<'a> {
        Seen { cleared, index: OnceCell::new() }
    }

    fn index(&self) -> &Index<'a> {
        self.index.get_or_init(|| {
            let key = |one: &'a Cleared| {
                ([one.analysis(), one.group(), one.variable(), one.term()], one.statistic())
            };
            self.cleared.iter().map(|one| (key(one), one)).collect()
        })
    }

    /// An estimate by its keys; `None` where it was not computed.
    pub fn find(
        &self,
        analysis: &str,
        (group, variable, term): (&Group, &Variable, &Term),
        statistic: &'static Statistic,
    ) -> Option<&'a Cleared> {
        self.index().get(&([analysis, group, variable, term], statistic)).copied()
    }
}

/// A number that was worked out of others.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    pub value: Value,
    /// Whether it rests on a number that may not be seen.
    pub is_hidden: bool,
}

impl Made {
    /// A number that rests on one that may not be seen.
    pub fn hidden(statistic: &'static Statistic) -> Made {
        let value = Value::absent(statistic, Condition::new("hidden", ""));
        Made { value, is_hidden: true }
    }

    pub fn term(self, term: impl Into<Term>) -> Made {
        Made { value: self.value.term(term), ..self }
    }
}

impl From<Value> for Made {
    fn from(value: Value) -> Made {
        Made { value, is_hidden: false }
    }
}

/// What numbers are worked out of.
pub enum Inputs<const N: usize> {
    Numbers([f64; N]),
    /// One of them may not be seen.
    Hidden,
    /// One of them does not exist on these data.
    Absent,
}

impl<const N: usize> Inputs<N> {
    /// Of as many estimates; one that was not computed does not exist.
    pub fn of(estimates: [Option<&Cleared>; N]) -> Inputs<N> {
        if estimates.iter().flatten().any(|one| one.shown() == Shown::Suppressed) {
            return Inputs::Hidden;
        }
        let mut numbers = [0.0; N];
        for (number, estimate) in numbers.iter_mut().zip(estimates) {
            match estimate.and_then(Cleared::value) {
                Some(value) => *number = value,
                None => return Inputs::Absent,
            }
        }
        Inputs::Numbers(numbers)
    }
}

/// Works numbers out of what may be seen: the same keys, whatever may be seen of the values.
pub type Maker<'m> = dyn Fn(&Seen<'_>) -> Vec<(Subject, Vec<Made>)> + 'm;

/// What a maker makes of what may be seen: as much as whoever reads the release could make of it.
pub fn released(cleared: &[Cleared], maker: &Maker<'_>) -> Vec<Cleared> {
    let made = maker(&Seen::new(cleared)).into_iter();
    made.flat_map(|(subject, made)| {
        let verdict = |one: &Made| if one.is_hidden { Verdict::Suppress } else { Verdict::Show };
        let verdicts: Vec<Verdict> = made.iter().map(verdict).collect();
        let estimates = subject.estimates(made.into_iter().map(|one| one.value).collect());
        let shown = estimates.iter().zip(verdicts);
        shown.map(|(one, verdict)| show(one, one.n, one.conditions.clone(), verdict)).collect::<Vec<_>>()
    })
    .collect()
}

/// What a maker makes of raw estimates.
pub fn make(estimates: &[Estimate], maker: &Maker<'_>) -> Vec<Estimate> {
    let open = clear(estimates, Policy::None).cleared;
    let made = maker(&Seen::new(&open));
    let estimates = made
        .into_iter()
        .flat_map(|(subject, made)| subject.estimates(made.into_iter().map(|one| one.value).collect()));
    estimates.collect()
}
