//! # Parts and whole
//!
//! **What it does**: adds up figures that the ledger declares to be the parts of another, each as far as its words and its
//! rounding let it go, and looks whether the sum can be the whole.
//!
//! **Why**: parts that do not add up leave something out that the reader is not told, or one of them is wrong.
//!
//! **Example**: the named changes of situation (about 10, 5, 5, 1, 5 and 1 per cent) add up to 25 to 30 per cent, while the
//! text says that the other half of the users had a change.

use super::{Found, Rule, said};
use crate::published::claim::Span;
use crate::published::ledger::{Figure, Ledger, Unit, WholeOf};
use crate::published::wording;
use crate::table::{number, words};

pub(super) const RULE: Rule = Rule { id: "parts_and_whole", check };

fn check(ledger: &Ledger) -> Vec<Found> {
    let found = ledger.wholes.iter().filter_map(|declared| {
        let parts: Vec<&Figure> = declared.parts.iter().map(|part| &ledger.figures[*part]).collect();
        let whole = match declared.whole {
            WholeOf::Figure(place) => said(&ledger.figures[place]),
            WholeOf::Number(number) => Span::closed(number, number),
        };
        let sum = parts.iter().fold(Span::closed(0.0, 0.0), |sum, part| sum.plus(&said(part)));
        if sum.meets(&whole) {
            return None;
        }
        let parts_unit = parts.first().map(|part| part.unit).unwrap_or_default();
        let told = words::each(|language| {
            let parts: Vec<String> = parts.iter().map(|part| wording::figure(part, language)).collect();
            let end = |value: f64| match parts_unit {
                Unit::Percent => number::percent(value / 100.0, 1, language),
                Unit::Count | Unit::Number => number::decimal(value, 1, language),
            };
            let with = [
                ("parts", parts.join(" + ")),
                ("low", end(sum.low)),
                ("high", end(sum.high)),
                (
                    "whole",
                    match declared.whole {
                        WholeOf::Figure(place) => wording::figure(&ledger.figures[place], language),
                        WholeOf::Number(number) => end(number),
                    },
                ),
            ];
            words::say(language, "published_fault.parts_and_whole", &with)
        });
        let whole = match declared.whole {
            WholeOf::Figure(place) => Some(place),
            WholeOf::Number(_) => None,
        };
        let figures = declared.parts.iter().copied().chain(whole).collect();
        Some(Found { figures, said: told })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{figure, ledger, with};
    use super::check;
    use crate::published::claim::Operator;
    use crate::published::ledger::{Unit, Whole, WholeOf};

    /// The change of situation as the SINTEF report has it, and with a whole that it can be.
    #[test]
    fn named_changes_are_not_the_other_half() {
        let percent = |id: &str, value: f64| with(figure(id, value), |figure| figure.unit = Unit::Percent);
        let about = with(percent("institution", 10.0), |figure| figure.claim.operator = Operator::About);
        let others =
            ["psychiatric", "lar", "stopped", "prison", "dead"].into_iter().zip([5.0, 5.0, 1.0, 5.0, 1.0]);
        let mut figures = vec![about];
        figures.extend(others.map(|(id, value)| percent(id, value)));
        for (whole, faults) in [(50.0, 1), (27.0, 0), (24.0, 0), (23.0, 1), (30.0, 0), (31.0, 1)] {
            let mut figures = figures.clone();
            figures.push(percent("changed", whole));
            let mut book = ledger(figures);
            book.wholes = vec![Whole { parts: (0..6).collect(), whole: WholeOf::Figure(6) }];
            assert_eq!(check(&book).len(), faults, "{whole}");
            book.wholes = vec![Whole { parts: (0..6).collect(), whole: WholeOf::Number(whole.round()) }];
            assert_eq!(check(&book).len(), usize::from(!(23.5..=30.5).contains(&whole)), "{whole}");
        }
    }
}
