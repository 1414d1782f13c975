//! # More than everyone
//!
//! **What it does**: finds counts that are greater than the number they are said to be of.
//!
//! **Why**: a part is not greater than its whole.
//!
//! **Example**: "32 of 30 services".

use super::{Found, Rule, placed};
use crate::published::ledger::{Ledger, Unit};
use crate::published::wording;
use crate::table::words;

pub(super) const RULE: Rule = Rule { id: "more_than_everyone", check };

fn check(ledger: &Ledger) -> Vec<Found> {
    let counts = placed(ledger).filter(|(_, figure)| figure.unit == Unit::Count);
    let found = counts.filter_map(|(place, figure)| {
        let of = figure.of.filter(|of| figure.claim.exact().low > *of as f64)?;
        let said = words::each(|language| {
            let with = [("figure", wording::figure(figure, language)), ("of", of.to_string())];
            words::say(language, "published_fault.more_than_everyone", &with)
        });
        Some(Found { figures: vec![place], said })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{figure, ledger, with};
    use super::check;

    #[test]
    fn thirty_two_of_thirty() {
        let of_thirty = |value: f64| with(figure("services", value), |figure| figure.of = Some(30));
        assert_eq!(check(&ledger(vec![of_thirty(32.0)])).len(), 1);
        assert!(check(&ledger(vec![of_thirty(30.0)])).is_empty());
    }
}
