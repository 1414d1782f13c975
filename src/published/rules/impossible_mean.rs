//! # Impossible mean
//!
//! **What it does**: holds each plain mean of whole numbers whose n is published against all sums that there are.
//!
//! **Why**: the sum of whole numbers is whole, so that the mean of few persons can only have some decimals.
//!
//! **Example**: a mean of 5.19 whole hours in 28 services: 145 over 28 is 5.18 and 146 over 28 is 5.21.
//!
//! Source of the test: see [`super::super::possible`].

use super::{Found, Rule, placed};
use crate::published::claim::Operator;
use crate::published::ledger::{Ledger, Unit};
use crate::published::possible::impossible;
use crate::published::wording;
use crate::table::{number, words};

pub(super) const RULE: Rule = Rule { id: "impossible_mean", check };

fn check(ledger: &Ledger) -> Vec<Found> {
    let plain = placed(ledger).filter(|(_, figure)| {
        figure.unit == Unit::Number && figure.of_whole_numbers && figure.claim.operator == Operator::Equal
    });
    let found = plain.filter_map(|(place, figure)| {
        let of = figure.of?;
        let nearest = impossible(&figure.claim.exact(), of, 1.0)?;
        let said = words::each(|language| {
            let mean = |value: f64| number::decimal(value, wording::decimals(&figure.claim) + 1, language);
            let with = [
                ("figure", wording::figure(figure, language)),
                ("of", of.to_string()),
                ("below", mean(nearest.below.1)),
                ("above", mean(nearest.above.1)),
            ];
            words::say(language, "published_fault.impossible_mean", &with)
        });
        Some(Found { figures: vec![place], said })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{figure, ledger, with};
    use super::check;
    use crate::published::ledger::Unit;

    #[test]
    fn a_mean_of_whole_hours() {
        let mean = |value: f64, of: u64| {
            with(figure("mean", value), |figure| {
                (figure.unit, figure.of, figure.of_whole_numbers) = (Unit::Number, Some(of), true);
                figure.claim.rounding = 0.01;
            })
        };
        assert_eq!(check(&ledger(vec![mean(5.19, 28)])).len(), 1);
        assert!(check(&ledger(vec![mean(5.18, 28)])).is_empty());
        assert!(check(&ledger(vec![mean(5.19, 400)])).is_empty());
    }
}
