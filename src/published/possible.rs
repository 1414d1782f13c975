//! Whether a printed share or mean can come from whole persons: the granularity test.
//!
//! A share of *n* persons is a whole number over *n*, so that only some percentages can be had from a small *n*: of 30, 60 %
//! and 63 % but not 61 %. Likewise the mean of *n* whole answers is a whole number over *n*.
//! Source: Brown & Heathers (2017), *The GRIM test: a simple technique detects numerous anomalies in the reporting of results
//! in psychology*, Social Psychological and Personality Science 8:363–369.

use super::claim::Span;

/// The nearest values that can be had, below and above.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest {
    /// The numerator and the value it gives.
    pub below: (u64, f64),
    pub above: (u64, f64),
}

/// Whether a value of `span` is `scale · k / of` for a whole number k; otherwise the nearest that are. `scale` is 100 for
/// percentages, 1 for means. `None` also where `of` is 0, of which nothing can be said.
pub fn impossible(span: &Span, of: u64, scale: f64) -> Option<Nearest> {
    if of == 0 || !span.low.is_finite() || !span.high.is_finite() {
        return None;
    }
    let value = |k: f64| scale * k / of as f64;
    let middle = (span.low + span.high) / 2.0;
    let below = (middle * of as f64 / scale).floor().max(0.0);
    let candidates = [below - 1.0, below, below + 1.0, below + 2.0];
    let wide = span.high - span.low >= scale / of as f64;
    if wide || candidates.into_iter().any(|k| k >= 0.0 && span.contains(value(k))) {
        return None;
    }
    let at = |k: f64| (k as u64, value(k));
    Some(Nearest { below: at(below), above: at(below + 1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::published::claim::{Claim, Operator};
    use proptest::prelude::*;

    fn percent(value: f64) -> Span {
        Claim { operator: Operator::Equal, value, to: value, rounding: 1.0 }.exact()
    }

    #[test]
    fn sixty_one_per_cent_of_thirty() {
        let nearest = impossible(&percent(61.0), 30, 100.0).unwrap();
        assert_eq!((nearest.below.0, nearest.above.0), (18, 19));
        assert!((nearest.below.1 - 60.0).abs() < 1e-9 && (nearest.above.1 - 63.333_333).abs() < 1e-5);
        assert_eq!(impossible(&percent(63.0), 30, 100.0), None);
        assert_eq!(impossible(&percent(61.0), 23, 100.0), None);
        assert_eq!(impossible(&percent(61.0), 0, 100.0), None);
    }

    proptest! {
        /// Against every numerator there is, with halves rounded either way.
        #[test]
        fn agrees_with_brute_force(of in 1..300_u64, printed in 0..1001_u64, decimals in 0..2_i32) {
            let step = 10f64.powi(-decimals);
            let value = (printed as f64 / 10.0 / step).round() * step;
            let span = Claim { operator: Operator::Equal, value, to: value, rounding: step }.exact();
            // In units of the last digit, as whole numbers: 2·(scale·k/of)/step against 2·value/step ± 1.
            let units = (value / step).round() as i128;
            let scale = 100 * 10i128.pow(decimals as u32);
            let possible = (0..=of as i128 + 1).any(|k| {
                let twice = 2 * scale * k;
                (2 * units - 1) * of as i128 <= twice && twice <= (2 * units + 1) * of as i128
            });
            prop_assert_eq!(impossible(&span, of, 100.0).is_none(), possible, "{} of {}", value, of);
        }
    }
}
