//! # Same quantity
//!
//! **What it does**: looks whether figures that the ledger declares to say the same quantity have a number in common.
//!
//! **Why**: a number that stands differently in two places is wrong in one of them, or counts two things by one name.
//!
//! **Example**: the evaluation is of services in 33 municipalities on one page, in 34 on another, and in 32 in the title of
//! the interim report.

use super::{Found, Rule, said};
use crate::published::ledger::{Figure, Ledger};
use crate::published::wording;
use crate::table::words;

pub(super) const RULE: Rule = Rule { id: "same_quantity", check };

fn check(ledger: &Ledger) -> Vec<Found> {
    let found = ledger.same.iter().filter_map(|declared| {
        let figures: Vec<&Figure> = declared.figures.iter().map(|place| &ledger.figures[*place]).collect();
        // Intervals have a number in common where each two of them do.
        let apart = figures.iter().enumerate().any(|(at, one)| {
            figures[..at].iter().any(|other| {
                let in_unit = one.unit == other.unit;
                !in_unit || !said(one).meets(&said(other))
            })
        });
        let told = words::each(|language| {
            let places: Vec<String> =
                figures.iter().map(|figure| wording::placed(figure, language)).collect();
            words::say(language, "published_fault.same_quantity", &[("places", places.join("; "))])
        });
        apart.then(|| Found { figures: declared.figures.clone(), said: told })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{figure, ledger, with};
    use super::check;
    use crate::published::claim::Operator;
    use crate::published::ledger::Same;

    #[test]
    fn thirty_three_and_thirty_four() {
        let mut book = ledger(vec![figure("foreword", 33.0), figure("summary", 34.0), figure("again", 33.0)]);
        book.same = vec![Same { figures: vec![0, 2] }, Same { figures: vec![0, 1, 2] }];
        let found = check(&book);
        assert_eq!(found.iter().map(|found| found.figures.len()).collect::<Vec<_>>(), [3]);
        // *Over half* and *half* have numbers in common.
        let over = with(figure("over_half", 50.0), |figure| figure.claim.operator = Operator::Over);
        let mut book = ledger(vec![over, figure("half", 50.0)]);
        book.same = vec![Same { figures: vec![0, 1] }];
        assert!(check(&book).is_empty());
    }
}
