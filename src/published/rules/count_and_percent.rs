//! # Count and percentage
//!
//! **What it does**: where the same thing is given as a percentage and as a count, works the percentage out from the count.
//!
//! **Why**: the two are one number; where they disagree, one of them or the denominator is another than printed.
//!
//! **Example**: "two per cent (15 persons)" of 691 agrees, for 15 of 691 is 2.2 per cent; of 400 it would not: 3.8.

use super::{Found, Rule, placed};
use crate::published::claim::Operator;
use crate::published::ledger::Ledger;
use crate::published::wording;
use crate::table::{number, words};

pub(super) const RULE: Rule = Rule { id: "count_and_percent", check };

fn check(ledger: &Ledger) -> Vec<Found> {
    let found = placed(ledger).filter_map(|(place, figure)| {
        let (count_at, of) = (figure.count?, figure.of?);
        let count = &ledger.figures[count_at];
        let worked_out = 100.0 * count.claim.value / of as f64;
        let claim = &figure.claim;
        let allowed = if claim.operator == Operator::Equal { claim.exact() } else { claim.allowed() };
        if allowed.contains(worked_out) {
            return None;
        }
        let told = words::each(|language| {
            let decimals = wording::decimals(&figure.claim) + 1;
            let with = [
                ("figure", wording::figure(figure, language)),
                ("count", wording::figure(count, language)),
                ("of", of.to_string()),
                ("percent", number::percent(worked_out / 100.0, decimals, language)),
            ];
            words::say(language, "published_fault.count_and_percent", &with)
        });
        Some(Found { figures: vec![place, count_at], said: told })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{figure, ledger, with};
    use super::check;
    use crate::dictionary::Language;
    use crate::published::ledger::Unit;

    #[test]
    fn fifteen_of_691_is_two_per_cent_and_of_400_four() {
        let book = |of: u64| {
            let percent = with(figure("less_good", 2.0), |figure| {
                (figure.unit, figure.of, figure.count) = (Unit::Percent, Some(of), Some(1));
            });
            ledger(vec![percent, figure("persons", 15.0)])
        };
        assert!(check(&book(691)).is_empty());
        let found = check(&book(400));
        assert_eq!(found[0].figures, [0, 1]);
        assert!(found[0].said.get(Language::Nb).contains("3,8"), "{:?}", found[0].said);
    }
}
