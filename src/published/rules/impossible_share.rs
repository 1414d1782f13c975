//! # Impossible share
//!
//! **What it does**: holds each plain percentage whose denominator is published against all numerators that there are.
//!
//! **Why**: a share of few persons can only be some percentages. One that is none of them rests on another denominator
//! than the reader is told, or is misprinted.
//!
//! **Example**: "61 per cent of the services", of 30: 18 of 30 is 60 per cent and 19 of 30 is 63. It would be possible with
//! the 23 services that answered the follow-up form: 14 of 23.
//!
//! Source of the test: see [`super::super::possible`]. A percentage with a word before it (about, over) is not examined.

use super::{Found, Rule, placed};
use crate::published::claim::Operator;
use crate::published::ledger::{Figure, Ledger, Unit};
use crate::published::possible::{Nearest, impossible};
use crate::published::wording;
use crate::table::{number, words};

pub(super) const RULE: Rule = Rule { id: "impossible_share", check };

fn check(ledger: &Ledger) -> Vec<Found> {
    let plain = placed(ledger)
        .filter(|(_, figure)| figure.unit == Unit::Percent && figure.claim.operator == Operator::Equal);
    let found = plain.filter_map(|(place, figure)| {
        let of = figure.of?;
        let nearest = impossible(&figure.claim.exact(), of, 100.0)?;
        Some(Found { figures: vec![place], said: tell(ledger, figure, of, &nearest) })
    });
    found.collect()
}

fn tell(ledger: &Ledger, figure: &Figure, of: u64, nearest: &Nearest) -> crate::dictionary::Text {
    let others = other_denominators(ledger, figure);
    words::each(|language| {
        let percent =
            |value: f64| number::percent(value / 100.0, wording::decimals(&figure.claim) + 1, language);
        let with = [
            ("figure", wording::figure(figure, language)),
            ("of", of.to_string()),
            ("below", nearest.below.0.to_string()),
            ("below_percent", percent(nearest.below.1)),
            ("above", nearest.above.0.to_string()),
            ("above_percent", percent(nearest.above.1)),
        ];
        let mut said = words::say(language, "published_fault.impossible_share", &with);
        if !others.is_empty() {
            let others: Vec<String> = others.iter().map(u64::to_string).collect();
            said.push(' ');
            said += &words::say(language, "published_fault.possible_with", &[("others", others.join(", "))]);
        }
        said
    })
}

/// Denominators that the same document names for the same population, with which the percentage could be had.
fn other_denominators(ledger: &Ledger, figure: &Figure) -> Vec<u64> {
    let named = ledger.figures.iter().filter(|other| {
        other.document == figure.document && other.population == figure.population && other.of != figure.of
    });
    let mut others: Vec<u64> = named
        .filter_map(|other| other.of)
        .filter(|of| impossible(&figure.claim.exact(), *of, 100.0).is_none())
        .collect();
    others.sort_unstable();
    others.dedup();
    others
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{figure, ledger, with};
    use super::check;
    use crate::dictionary::Language;
    use crate::published::ledger::Unit;

    #[test]
    fn sixty_one_per_cent_of_thirty_and_of_twenty_three() {
        let percent = |id: &str, value: f64, of: u64| {
            with(figure(id, value), |figure| (figure.unit, figure.of) = (Unit::Percent, Some(of)))
        };
        let book = ledger(vec![
            percent("outreach", 61.0, 30),
            percent("same_building", 63.0, 30),
            percent("plans", 52.0, 23),
        ]);
        let found = check(&book);
        assert_eq!(found.iter().map(|found| found.figures.clone()).collect::<Vec<_>>(), [[0]]);
        let said = found[0].said.get(Language::En);
        for part in ["61", "18 of 30", "60.0%", "19 of 30", "63.3%", "23"] {
            assert!(said.contains(part), "{said}");
        }
    }
}
