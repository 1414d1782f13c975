//! What the words of a publication allow a computed number to be.
//!
//! A figure is printed with a word before it (about, over, nearly …) and with some number of digits. Together they describe a set of
//! numbers. [`Claim::exact`] is the set in which the computed number equals the published one at the published rounding.
//! [`Claim::allowed`] is the wider set that the word and the rounding allow.
//!
//! With *v* the published number, *r* its rounding (one unit of its last digit) and *w* its leeway:
//!
//! | word | reproduced | compatible | contradicted |
//! |---|---|---|---|
//! | `=` | v − r/2 … v + r/2 | nearer than r: cut off or rounded up instead of rounded | otherwise |
//! | `about` | v − r/2 … v + r/2 | v − w … v + w | otherwise |
//! | `over` | above v, to v + r/2 | above v − r/2, however far | at or below v − r/2 |
//! | `under` | below v, from v − r/2 | below v + r/2, however far | at or above v + r/2 |
//! | `nearly` | below v, from v − r/2 | v − w … v + r/2 | otherwise |
//! | `at_least`, `at_most` | as `over`, `under`, with v itself | the same | otherwise |
//! | `between` (v and `to`) | v − r/2 … to + r/2 | nearer than r to either | otherwise |
//!
//! What is literally true is not contradicted, however much it says too little: 95 % is *over half*.
//!
//! The leeway of a round number is half the step of the coarsest scale that it stands on (80 stands on the scale of tens,
//! 35 on that of fives, 39 on that of ones), but never less than r: w = max(r, g/2), g the largest of 1, 5, 10, 50, … × r
//! that divides v and is at most v/4. So *about 80 per cent* is 75 to 85, *about 39 years* 38 to 40.
//! Source: Krifka (2007), *Approximate interpretation of number words*, in Bouma, Krämer & Zwarts (eds), Cognitive
//! Foundations of Interpretation, 111–126 (a round number is read on the coarsest scale that it is on); the scales of fives
//! and tens: Jansen & Pollmann (2001), Journal of Quantitative Linguistics 8:187–201. The bound v/4 is ours.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The word before a published number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// No word, or *exactly*.
    #[serde(rename = "=")]
    Equal,
    /// About, roughly, around.
    About,
    /// Over, more than.
    Over,
    /// Under, less than.
    Under,
    /// Nearly, almost.
    Nearly,
    /// At least, or more.
    AtLeast,
    /// At most, up to.
    AtMost,
    /// From `value` to `to`.
    Between,
}

impl Operator {
    pub const ALL: [Operator; 8] = [
        Operator::Equal,
        Operator::About,
        Operator::Over,
        Operator::Under,
        Operator::Nearly,
        Operator::AtLeast,
        Operator::AtMost,
        Operator::Between,
    ];

    /// The name in ledgers and in `published.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::About => "about",
            Operator::Over => "over",
            Operator::Under => "under",
            Operator::Nearly => "nearly",
            Operator::AtLeast => "at_least",
            Operator::AtMost => "at_most",
            Operator::Between => "between",
        }
    }
}

/// A published number with the word before it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Claim {
    pub operator: Operator,
    pub value: f64,
    /// The upper end of [`Operator::Between`]; otherwise `value`.
    pub to: f64,
    /// One unit of the last published digit; positive.
    pub rounding: f64,
}

/// How a computed number stands to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It is the published number at the published rounding.
    Reproduced,
    /// The word and the rounding let it through.
    Compatible,
    Contradicted,
}

/// An interval of numbers; an end may be infinite, and may belong to it or not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    pub low: f64,
    pub high: f64,
    pub low_open: bool,
    pub high_open: bool,
}

impl Span {
    /// With both ends.
    pub fn closed(low: f64, high: f64) -> Span {
        Span { low, high, low_open: false, high_open: false }
    }

    /// Without its ends.
    pub fn open(low: f64, high: f64) -> Span {
        Span { low, high, low_open: true, high_open: true }
    }

    /// Whether `x` lies in it. Published decimals are not binary numbers: an end is met within a billionth of its size.
    pub fn contains(&self, x: f64) -> bool {
        let above = match self.low_open {
            true => x > self.low + slack(self.low),
            false => x >= self.low - slack(self.low),
        };
        let below = match self.high_open {
            true => x < self.high - slack(self.high),
            false => x <= self.high + slack(self.high),
        };
        above && below
    }

    /// The sums of a number of this span and one of the other.
    pub fn plus(&self, other: &Span) -> Span {
        Span {
            low: self.low + other.low,
            high: self.high + other.high,
            low_open: self.low_open || other.low_open,
            high_open: self.high_open || other.high_open,
        }
    }

    /// Whether the two have a number in common.
    pub fn meets(&self, other: &Span) -> bool {
        let (low, low_open) = match self.low.total_cmp(&other.low) {
            std::cmp::Ordering::Greater => (self.low, self.low_open),
            std::cmp::Ordering::Less => (other.low, other.low_open),
            std::cmp::Ordering::Equal => (self.low, self.low_open || other.low_open),
        };
        let (high, high_open) = match self.high.total_cmp(&other.high) {
            std::cmp::Ordering::Less => (self.high, self.high_open),
            std::cmp::Ordering::Greater => (other.high, other.high_open),
            std::cmp::Ordering::Equal => (self.high, self.high_open || other.high_open),
        };
        let room = slack(low).max(slack(high));
        match low_open || high_open {
            true => low < high - room,
            false => low <= high + room,
        }
    }
}

fn slack(end: f64) -> f64 {
    if end.is_finite() { 1e-9 * end.abs().max(1e-3) } else { 0.0 }
}

impl Claim {
    /// The step of the coarsest scale that the number stands on; see the module.
    fn granularity(&self) -> f64 {
        let value = self.value.abs();
        let mut coarsest = self.rounding;
        let mut ten = self.rounding;
        while ten <= value / 4.0 {
            for step in [ten, 5.0 * ten] {
                let steps = value / step;
                if step <= value / 4.0 && (steps - steps.round()).abs() < 1e-6 {
                    coarsest = coarsest.max(step);
                }
            }
            ten *= 10.0;
        }
        coarsest
    }

    /// How far from a round number *about* and *nearly* reach.
    pub fn leeway(&self) -> f64 {
        self.rounding.max(self.granularity() / 2.0)
    }

    /// The numbers that are the published one at its rounding, halves both ways.
    pub fn exact(&self) -> Span {
        let (value, half) = (self.value, self.rounding / 2.0);
        match self.operator {
            Operator::Equal | Operator::About => Span::closed(value - half, value + half),
            Operator::Over => Span { low_open: true, ..Span::closed(value, value + half) },
            Operator::AtLeast => Span::closed(value, value + half),
            Operator::Under | Operator::Nearly => {
                Span { high_open: true, ..Span::closed(value - half, value) }
            }
            Operator::AtMost => Span::closed(value - half, value),
            Operator::Between => Span::closed(value - half, self.to + half),
        }
    }

    /// The numbers that the word and the rounding let through; holds [`Claim::exact`].
    pub fn allowed(&self) -> Span {
        let (value, step, half) = (self.value, self.rounding, self.rounding / 2.0);
        match self.operator {
            Operator::Equal => Span::open(value - step, value + step),
            Operator::About => Span::closed(value - self.leeway(), value + self.leeway()),
            Operator::Over => Span::open(value - half, f64::INFINITY),
            Operator::AtLeast => Span { high_open: true, ..Span::closed(value - half, f64::INFINITY) },
            Operator::Under => Span::open(f64::NEG_INFINITY, value + half),
            Operator::AtMost => Span { low_open: true, ..Span::closed(f64::NEG_INFINITY, value + half) },
            Operator::Nearly => Span::closed(value - self.leeway(), value + half),
            Operator::Between => Span::open(value - step, self.to + step),
        }
    }

    /// How a computed number, in the published unit, stands to the claim.
    pub fn fit(&self, computed: f64) -> Fit {
        match () {
            () if self.exact().contains(computed) => Fit::Reproduced,
            () if self.allowed().contains(computed) => Fit::Compatible,
            () => Fit::Contradicted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn claim(operator: Operator, value: f64, rounding: f64) -> Claim {
        Claim { operator, value, to: value, rounding }
    }

    /// Word, published, rounding, computed → how they fit.
    #[test]
    fn the_rules_by_example() {
        use Fit::{Compatible, Contradicted, Reproduced};
        use Operator::{About, AtLeast, AtMost, Equal, Nearly, Over, Under};
        for (operator, value, rounding, computed, expected) in [
            (Equal, 400.0, 1.0, 400.0, Reproduced),
            (Equal, 400.0, 1.0, 399.0, Contradicted),
            (Equal, 63.0, 1.0, 63.25, Reproduced),
            (Equal, 63.0, 1.0, 62.5, Reproduced),
            (Equal, 63.0, 1.0, 63.5, Reproduced),
            (Equal, 63.0, 1.0, 63.9, Compatible),
            (Equal, 63.0, 1.0, 62.1, Compatible),
            (Equal, 63.0, 1.0, 64.0, Contradicted),
            (Equal, 0.0003, 0.0001, 0.000_261, Reproduced),
            (Equal, 0.0003, 0.0001, 0.000_41, Contradicted),
            (Equal, 35.3, 0.1, 35.349_999, Reproduced),
            (Equal, 35.3, 0.1, 35.41, Contradicted),
            (About, 39.0, 1.0, 39.4, Reproduced),
            (About, 39.0, 1.0, 38.0, Compatible),
            (About, 39.0, 1.0, 37.9, Contradicted),
            (About, 80.0, 1.0, 80.4, Reproduced),
            (About, 80.0, 1.0, 85.0, Compatible),
            (About, 80.0, 1.0, 85.1, Contradicted),
            (About, 10.0, 1.0, 9.0, Compatible),
            (About, 10.0, 1.0, 8.9, Contradicted),
            (Over, 70.0, 1.0, 70.2, Reproduced),
            (Over, 70.0, 1.0, 73.0, Compatible),
            (Over, 70.0, 1.0, 70.0, Compatible),
            (Over, 50.0, 1.0, 95.0, Compatible),
            (Over, 70.0, 1.0, 69.5, Contradicted),
            (Under, 70.0, 1.0, 69.8, Reproduced),
            (Under, 70.0, 1.0, 12.0, Compatible),
            (Under, 70.0, 1.0, 70.5, Contradicted),
            (Nearly, 80.0, 1.0, 79.6, Reproduced),
            (Nearly, 80.0, 1.0, 75.0, Compatible),
            (Nearly, 80.0, 1.0, 80.4, Compatible),
            (Nearly, 80.0, 1.0, 74.9, Contradicted),
            (Nearly, 80.0, 1.0, 80.6, Contradicted),
            (AtLeast, 5.0, 1.0, 5.0, Reproduced),
            (AtLeast, 5.0, 1.0, 9.0, Compatible),
            (AtLeast, 5.0, 1.0, 4.0, Contradicted),
            (AtMost, 5.0, 1.0, 5.0, Reproduced),
            (AtMost, 5.0, 1.0, 0.0, Compatible),
            (AtMost, 5.0, 1.0, 6.0, Contradicted),
        ] {
            let found = claim(operator, value, rounding).fit(computed);
            assert_eq!(found, expected, "{} {value} and {computed}", operator.as_str());
        }
        let between = Claim { operator: Operator::Between, value: 2.0, to: 3.0, rounding: 1.0 };
        let found = [1.5, 2.7, 3.5, 3.9, 4.0].map(|computed| between.fit(computed));
        assert_eq!(found, [Reproduced, Reproduced, Reproduced, Compatible, Contradicted]);
    }

    #[test]
    fn the_leeway_follows_the_scale_of_a_round_number() {
        for (value, rounding, leeway) in [
            (80.0, 1.0, 5.0),
            (40.0, 1.0, 5.0),
            (20.0, 1.0, 2.5),
            (35.0, 1.0, 2.5),
            (39.0, 1.0, 1.0),
            (7.0, 1.0, 1.0),
            (10.0, 1.0, 1.0),
            (4000.0, 1.0, 500.0),
            (0.45, 0.01, 0.025),
            (0.0, 1.0, 1.0),
        ] {
            let found = claim(Operator::About, value, rounding).leeway();
            assert!((found - leeway).abs() < 1e-9, "{value}: {found}");
        }
    }

    fn any_operator() -> impl Strategy<Value = Operator> {
        proptest::sample::select(Operator::ALL.to_vec())
    }

    proptest! {
        /// A number that was rounded in any of the usual ways is reproduced from the number itself.
        #[test]
        fn a_rounded_number_is_reproduced(x in -1000.0..1000.0_f64, digits in 0..4_i32) {
            let step = 10f64.powi(-digits);
            let published = (x / step).round() * step;
            prop_assert_eq!(claim(Operator::Equal, published, step).fit(x), Fit::Reproduced);
            prop_assert_eq!(claim(Operator::About, published, step).fit(x), Fit::Reproduced);
            // Cut off instead of rounded, it is not contradicted, unless it is the next number to within the slack.
            let cut = (x / step).trunc() * step;
            prop_assume!(step - (x - cut).abs() > 2.0 * slack(x));
            prop_assert_ne!(claim(Operator::Equal, cut, step).fit(x), Fit::Contradicted);
        }

        /// What is reproduced is also allowed.
        #[test]
        fn the_exact_is_allowed(
            operator in any_operator(), tens in 1..400_i32, more in 0..50_i32, digits in 0..3_i32, x in -50.0..500.0_f64,
        ) {
            let step = 10f64.powi(-digits);
            let value = f64::from(tens) * step;
            let claim = Claim { operator, value, to: value + f64::from(more) * step, rounding: step };
            for x in [x, value, claim.exact().low, claim.exact().high] {
                prop_assert!(!claim.exact().contains(x) || claim.allowed().contains(x), "{claim:?} {x}");
            }
        }

        /// A finer rounding never lets through what a coarser one contradicts, nor does a unit change a verdict.
        #[test]
        fn rounding_and_unit(operator in any_operator(), tens in 1..100_i32, x in 0.0..110.0_f64) {
            let value = f64::from(tens);
            let coarse = claim(operator, value, 1.0);
            if coarse.fit(x) == Fit::Contradicted && !matches!(operator, Operator::About | Operator::Nearly) {
                prop_assert_eq!(claim(operator, value, 0.1).fit(x), Fit::Contradicted);
            }
            let thousands = claim(operator, value / 1024.0, 1.0 / 1024.0);
            prop_assert_eq!(coarse.fit(x), thousands.fit(x / 1024.0));
        }

        /// Two spans meet where some number lies in both.
        #[test]
        fn meeting_is_having_a_number_in_common(
            a in 0..20_i32, b in 0..20_i32, c in 0..20_i32, d in 0..20_i32, open in any::<[bool; 4]>(),
        ) {
            let span = |low: i32, high: i32, low_open, high_open| Span {
                low: f64::from(low.min(high)), high: f64::from(low.max(high)), low_open, high_open,
            };
            let (one, other) = (span(a, b, open[0], open[1]), span(c, d, open[2], open[3]));
            let common = (0..=80).map(|quarter| f64::from(quarter) / 4.0);
            let brute = common.into_iter().any(|x| one.contains(x) && other.contains(x));
            prop_assert_eq!(one.meets(&other), brute);
        }
    }
}
