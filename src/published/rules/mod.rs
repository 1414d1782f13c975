//! Checks of the publication itself: its figures compared with each other. The ledger declares which figures belong together, and the rules find
//! what does not fit. A rule is one file that says what it does, why, and gives an example.

#[cfg(test)]
mod fixture;

use super::claim::{Operator, Span};
use super::ledger::{Figure, Ledger, Unit};
use crate::dictionary::Text;
use crate::registry::registry;

/// A rule.
pub struct Rule {
    /// The name in `published_checks.csv`; its heading is the word `published_rule.<id>`.
    pub id: &'static str,
    check: fn(&Ledger) -> Vec<Found>,
}

/// What a rule has found.
struct Found {
    /// Indices into [`Ledger::figures`].
    figures: Vec<usize>,
    said: Text,
}

/// Figures of a publication that cannot all be right.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    pub rule: &'static str,
    /// Indices into [`Ledger::figures`].
    pub figures: Vec<usize>,
    /// What does not fit, in the reader's language.
    pub said: Text,
}

registry! {
    /// Every rule, in the order in which faults are told.
    RULES: Rule = RULE in
        impossible_share,
        impossible_mean,
        more_than_everyone,
        count_and_percent,
        parts_and_whole,
        same_quantity,
}

/// What the rules find in a ledger.
pub fn faults(ledger: &Ledger) -> Vec<Fault> {
    let found = RULES.iter().flat_map(|rule| {
        let fault = |found: Found| Fault { rule: rule.id, figures: found.figures, said: found.said };
        (rule.check)(ledger).into_iter().map(fault)
    });
    found.collect()
}

/// The numbers that a figure can stand for: a plain count for itself, a plain number for what is nearer to it than half its
/// rounding, one with a word before it for what the word allows.
fn said(figure: &Figure) -> Span {
    let claim = &figure.claim;
    match (claim.operator, figure.unit) {
        (Operator::Equal, Unit::Count) if claim.rounding <= 1.0 => Span::closed(claim.value, claim.value),
        (Operator::Equal, _) => Span { low_open: true, high_open: true, ..claim.exact() },
        _ => claim.allowed(),
    }
}

/// The figures with their places.
fn placed(ledger: &Ledger) -> impl Iterator<Item = (usize, &Figure)> {
    ledger.figures.iter().enumerate()
}
