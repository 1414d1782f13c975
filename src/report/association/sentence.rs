//! The sentence of a clear association.

#![expect(clippy::float_arithmetic, reason = "rounding, and a difference told without its sign")]

use super::{Regression, quoted};
use crate::dictionary::{Item, Text};
use crate::estimate::{EVERYONE, Term};
use crate::statistic::{AME, AME_STEP, AME_STEP_HIGH, AME_STEP_LOW};
use crate::table::{Cell, Format, Ids, mark, number, words};

impl Regression<'_> {
    /// The level that a term is compared with: the one without a term of its own. Of several, which is which is not known.
    fn reference(&self, variable: &str) -> Option<Text> {
        let levels = self.terms.iter().filter_map(|term| term.as_level());
        let found: Vec<Term> =
            levels.filter(|(of, _)| *of == variable).map(|(_, code)| Term::code(code)).collect();
        let mut without = self.labels.codes(variable, &found.iter().collect::<Vec<_>>());
        without.retain(|code| !found.contains(code));
        match without.as_slice() {
            [reference] => Some(self.labels.code(variable, reference)),
            _ => None,
        }
    }

    /// How many units a number's difference is told for.
    fn step(&self, term: &Term) -> f64 {
        match term.as_level().is_some() {
            true => 1.0,
            false => self.labels.item(term).map_or(1.0, Item::step),
        }
    }

    /// The difference in percentage points with its interval, as shares; `None` where it is not shown, or its interval and that of the
    /// odds ratio do not agree on there being a difference.
    fn points(&self, term: &Term, more: bool) -> Option<Points> {
        let at = (EVERYONE, self.variable);
        let (effect, ends) = match self.step(term) == 1.0 {
            true => (&AME, self.inference.marginal_effect().0),
            false => (&AME_STEP, [&AME_STEP_LOW, &AME_STEP_HIGH]),
        };
        let cell = self.analysis.cell(at, term, effect, Format::Decimal(0));
        let interval = self.analysis.interval(at, term, ends, Format::Decimal(0));
        let (value, [low, high]) = (cell.value()?, interval.ends()?);
        let shares = match more {
            true => (low > 0.0).then_some([value, low, high])?,
            // What is so much less common is told by how much, without signs.
            false => (high < 0.0).then_some([-value, -high, -low])?,
        };
        Some(Points { shares, of: [cell.of, interval.of] })
    }

    /// Whether the model holds more than one variable.
    fn is_adjusted(&self) -> bool {
        let first = self.terms.first().map(|term| term.variable());
        self.terms.iter().any(|term| Some(term.variable()) != first)
    }

    /// An odds ratio with its interval in words, and the difference in percentage points where the two agree.
    pub(super) fn sentence(&self, term: &Term, ratio: &Cell, interval: &Cell) -> Text {
        let more = ratio.value() > Some(1.0);
        let step = self.step(term);
        let points = self.points(term, more);
        let variable = term.as_level().map(|(variable, _)| variable);
        let reference = variable.and_then(|variable| self.reference(variable));
        let [key_more, key_less] = match (variable, &reference) {
            (Some(variable), Some(_)) if self.is_yes(term) && self.labels.item(variable).is_some() => {
                ["association.yes_more", "association.yes_less"]
            }
            (Some(_), Some(_)) => ["association.level_more", "association.level_less"],
            (Some(_), None) => ["association.other_more", "association.other_less"],
            (None, _) => ["association.number_more", "association.number_less"],
        };
        let size = match (points.is_some(), variable) {
            (true, Some(_)) => "association.size_points",
            (true, None) => "association.size_points_number",
            (false, Some(_)) => "association.size_ratio",
            (false, None) => "association.size_ratio_number",
        };
        words::each(|language| {
            let level =
                self.analysis.level.map(|level| number::parameter(level, Format::Percent(0), language));
            let reference = reference.as_ref().map(|reference| quoted(language, reference));
            let named = [
                ("term", quoted(language, &self.term(term))),
                ("outcome", quoted(language, &self.outcome())),
                ("reference", reference.unwrap_or_default()),
            ];
            let mut said = words::say(language, if more { key_more } else { key_less }, &named);
            if self.is_adjusted() {
                said.push_str(&words::say(language, "association.alike", &[]));
            }
            let unit = self.labels.item(term).map(|item| item.unit.get(language)).unwrap_or_default();
            let amount = number::parameter(step, Format::Decimal(places(step)), language);
            let amount = format!("{amount}\u{a0}{unit}");
            let mut with = vec![
                ("said", said),
                ("ratio", number::marked(ratio, language)),
                ("ratio_interval", number::marked(interval, language)),
                ("level", level.unwrap_or_default()),
                ("amount", amount.trim_end().to_owned()),
            ];
            if let Some(Points { shares, of: [of_value, of_ends] }) = &points {
                let decimals = decimals(*shares);
                let [value, low, high] = shares.map(|share| 100.0 * share);
                let interval = number::interval(low, high, Format::Decimal(decimals), language);
                with.push(("points", mark::marked(number::decimal(value, decimals, language), of_value)));
                with.push(("interval", mark::marked(interval, of_ends)));
            }
            words::say(language, size, &with)
        })
    }
}

/// A difference as shares, with the ends of its interval, and the estimates that these are of.
struct Points {
    shares: [f64; 3],
    of: [Ids; 2],
}

/// Decimals of a power of ten.
fn places(step: f64) -> usize {
    (-step.log10().round()).max(0.0) as usize
}

/// Decimals with which none of the numbers is rounded to zero percentage points.
fn decimals(shares: [f64; 3]) -> usize {
    match shares.map(|share| 100.0 * share.abs()).into_iter().fold(f64::INFINITY, f64::min) {
        least if least >= 0.5 => 0,
        least if least >= 0.05 => 1,
        _ => 2,
    }
}
