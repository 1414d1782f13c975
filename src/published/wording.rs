//! Published figures in the reader's words.

use super::claim::{Claim, Operator};
use super::judge::{Verdict, Why};
use super::ledger::{Figure, Ledger, Unit};
use crate::dictionary::Language;
use crate::table::{number, words};

/// How many decimals a published number has.
pub(super) fn decimals(claim: &Claim) -> usize {
    (0..9_i32).find(|decimals| claim.rounding >= 0.999 * 10f64.powi(-decimals)).unwrap_or(9) as usize
}

/// `over 70 %`
pub(super) fn figure(figure: &Figure, language: Language) -> String {
    let claim = &figure.claim;
    let write = |value: f64| match figure.unit {
        Unit::Percent => number::percent(value / 100.0, decimals(claim), language),
        Unit::Count | Unit::Number => number::decimal(value, decimals(claim), language),
    };
    let key = match claim.operator {
        Operator::Equal => "equal",
        other => other.as_str(),
    };
    let with = [("value", write(claim.value)), ("to", write(claim.to))];
    words::say(language, &format!("published_operator.{key}"), &with)
}

/// The publication's words in the reader's quotation marks, and where they stand.
pub(super) fn quoted_at(figure: &Figure, language: Language) -> String {
    let quote = words::say(language, "published.quote", &[("words", figure.words.clone())]);
    format!("{quote} ({})", page(figure, language))
}

/// `33 (p. 5)`
pub(super) fn placed(published: &Figure, language: Language) -> String {
    format!("{} ({})", figure(published, language), page(published, language))
}

/// `p. 18`, or the place as it is written where it is no page.
pub(super) fn page(figure: &Figure, language: Language) -> String {
    match figure.page.starts_with(|first: char| first.is_ascii_digit()) {
        true => words::say(language, "published.page", &[("page", figure.page.clone())]),
        false => match words::find(language, &format!("published_place.{}", figure.page)) {
            Some(place) => place.to_owned(),
            None => figure.page.clone(),
        },
    }
}

pub(super) fn verdict(verdict: &Verdict, language: Language) -> String {
    words::say(language, &format!("published_verdict.{}", verdict.as_str()), &[])
}

/// Why a figure is not tested; empty for one that is.
pub(super) fn why(ledger: &Ledger, verdict: &Verdict, language: Language) -> String {
    let Verdict::NotTestable(why) = verdict else { return String::new() };
    match why {
        Why::Declared(reason) => {
            ledger.reasons.get(reason).map_or_else(String::new, |text| text.get(language).to_owned())
        }
        Why::Definition => words::say(language, "published_why.definition", &[]),
        Why::Suppressed => words::say(language, "published_why.suppressed", &[]),
        Why::Absent => words::say(language, "published_why.absent", &[]),
        Why::NotComputed(_) => words::say(language, "published_why.not_computed", &[]),
    }
}
