//! Axes: where the ticks stand, and where a number is.

use crate::dictionary::Language;
use crate::table::mark::{self, Aside};
use crate::table::{Format, number};

/// From numbers to places on the paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Axis {
    pub low: f64,
    pub high: f64,
    pub logarithmic: bool,
    /// Where `low` and `high` are drawn.
    pub from: f64,
    pub to: f64,
}

impl Axis {
    /// The place of a number; beyond the ends the end.
    pub fn at(&self, value: f64) -> f64 {
        let on = |value: f64| if self.logarithmic { value.ln() } else { value };
        let (low, high) = (on(self.low), on(self.high));
        let part = if high > low { (on(value) - low) / (high - low) } else { 0.5 };
        self.from + part.clamp(0.0, 1.0) * (self.to - self.from)
    }
}

/// Ticks at 1, 2 or 5 times a power of ten that enclose `low` and `high`, about `count` of them.
///
/// The first is at or below `low`, the last at or above `high`. A range without extent gets one around it.
pub(super) fn linear(low: f64, high: f64, count: usize) -> Vec<f64> {
    let (low, high) = (low.min(high), low.max(high));
    let size = low.abs().max(high.abs());
    let (low, high) = match high - low > size * 1e-9 {
        true => (low, high),
        false if size > 0.0 => (low - size / 2.0, high + size / 2.0),
        false => (-1.0, 1.0),
    };
    let rough = (high - low) / count.max(2) as f64;
    let power = 10.0_f64.powi(rough.log10().floor() as i32);
    let step =
        [1.0, 2.0, 5.0, 10.0].into_iter().map(|by| by * power).find(|step| *step >= rough * (1.0 - 1e-9));
    let step = step.unwrap_or(10.0 * power);
    let first = (low / step + 1e-9).floor() as i64;
    let last = (high / step - 1e-9).ceil() as i64;
    (first..=last).map(|at| at as f64 * step).collect()
}

/// Ticks of a ratio at powers of two, or of a power of two where they would be too many, that enclose `low` and `high` and
/// one: 0.25, 0.5, 1, 2, 4.
pub(super) fn ratio(low: f64, high: f64, count: usize) -> Vec<f64> {
    let first = (low.min(1.0).log2() + 1e-9).floor() as i32;
    let last = (high.max(1.0).log2() - 1e-9).ceil() as i32;
    let (first, last) = if first == last { (first - 1, last + 1) } else { (first, last) };
    let step = ((last - first) as usize).div_ceil(count.max(2)).max(1) as i32;
    // Counted from one, so that one is always a tick.
    (first.div_euclid(step)..=last.div_euclid(step) + i32::from(last.rem_euclid(step) > 0))
        .map(|at| 2.0_f64.powi(at * step))
        .collect()
}

/// Evenly spaced ticks with one more where all would lie on one side of `middle`: both directions have room.
pub(super) fn around(mut ticks: Vec<f64>, middle: f64) -> Vec<f64> {
    if let [first, second, ..] = ticks[..] {
        let step = second - first;
        let last = ticks[ticks.len() - 1];
        if first > middle - step * 0.5 {
            ticks.insert(0, first - step);
        }
        if last < middle + step * 0.5 {
            ticks.push(last + step);
        }
    }
    ticks
}

/// The ticks of a ratio that lie within `low` and `high`, three at least, with the ends of an axis around numbers and ticks.
pub(super) fn within(ticks: &[f64], low: f64, high: f64) -> (Vec<f64>, [f64; 2]) {
    const AROUND: f64 = 1.12;
    let inside = |tick: &&f64| **tick >= low / AROUND && **tick <= high * AROUND;
    let mut kept: Vec<f64> = ticks.iter().filter(inside).copied().collect();
    if kept.len() < 3 {
        kept = ticks.to_vec();
    }
    let ends = [kept[0].min(low / AROUND), kept[kept.len() - 1].max(high * AROUND)];
    (kept, ends)
}

/// Which of the ticks at `places` can have their words of these `widths` without one lying on another: `first`, and from there
/// outwards those that are free.
pub(super) fn legible(places: &[f64], widths: &[f64], first: usize) -> Vec<usize> {
    let mut kept: Vec<usize> = vec![first];
    let outwards = (first + 1..places.len()).chain((0..first).rev());
    for tick in outwards {
        let free = kept.iter().all(|other| {
            (places[tick] - places[*other]).abs() >= (widths[tick] + widths[*other]) / 2.0 + 4.0
        });
        if free {
            kept.push(tick);
        }
    }
    kept
}

/// The ticks with the fewest decimals that tell them apart.
pub(super) fn words(ticks: &[f64], format: Format, language: Language) -> Vec<String> {
    let with = |decimals: usize| match format {
        Format::Percent(_) => Format::Percent(decimals),
        Format::Points(_) => Format::Points(decimals),
        Format::Signed(_) => Format::Signed(decimals),
        Format::Count | Format::Decimal(_) | Format::P | Format::Ratio => Format::Decimal(decimals),
    };
    let scale = if matches!(format, Format::Percent(_) | Format::Points(_)) { 100.0 } else { 1.0 };
    let exact = |decimals: &usize| {
        let power = 10.0_f64.powi(*decimals as i32);
        ticks.iter().all(|tick| {
            let shown = tick * scale * power;
            (shown - shown.round()).abs() < 1e-6 * shown.abs().max(1.0)
        })
    };
    let said = |tick, format| mark::aside(&number::number(tick, format, language), Aside::Axis);
    // A ratio's ticks are each written as short as they are: 0.25, 0.5, 1.
    if format == Format::Ratio {
        return ticks
            .iter()
            .map(|tick| {
                let decimals = (0..=6).find(|decimals| {
                    let shown = tick * 10.0_f64.powi(*decimals);
                    (shown - shown.round()).abs() < 1e-9 * shown.abs().max(1.0)
                });
                said(*tick, Format::Decimal(decimals.unwrap_or(6) as usize))
            })
            .collect();
    }
    let decimals = (0..=6).find(exact).unwrap_or(6);
    ticks.iter().map(|tick| said(*tick, with(decimals))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ticks_are_round_numbers() {
        assert_eq!(linear(0.0, 1.0, 5), [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]);
        assert_eq!(linear(-0.31, 0.08, 4), [-0.4, -0.30000000000000004, -0.2, -0.1, 0.0, 0.1]);
        assert_eq!(linear(3.0, 3.0, 4), linear(1.5, 4.5, 4));
        assert_eq!(around(vec![0.0, 5.0, 10.0], 0.0), [-5.0, 0.0, 5.0, 10.0]);
        assert_eq!(around(vec![-1.0, 0.0, 1.0], 0.0), [-1.0, 0.0, 1.0]);
        assert_eq!(ratio(0.3, 3.0, 6), [0.25, 0.5, 1.0, 2.0, 4.0]);
        assert_eq!(ratio(1.2, 1.9, 6), [1.0, 2.0]);
        assert_eq!(ratio(0.01, 30.0, 6), [0.00390625, 0.015625, 0.0625, 0.25, 1.0, 4.0, 16.0, 64.0]);
    }

    #[test]
    fn ticks_are_written_with_the_fewest_decimals() {
        let read = |ticks: &[f64], format: Format, language: Language| -> Vec<String> {
            words(ticks, format, language).iter().map(|word| mark::plain(word).into_owned()).collect()
        };
        assert_eq!(
            read(&[0.0, 0.25, 0.5], Format::Percent(0), Language::Nb),
            ["0\u{a0}%", "25\u{a0}%", "50\u{a0}%"]
        );
        assert_eq!(read(&[-0.5, 0.0, 0.5], Format::Signed(0), Language::Nb), ["−0,5", "0,0", "+0,5"]);
        assert_eq!(read(&[0.25, 0.5, 1.0, 2.0], Format::Ratio, Language::En), ["0.25", "0.5", "1", "2"]);
    }

    proptest! {
        #[test]
        fn linear_ticks_enclose_the_range_and_are_few(low in -1e6f64..1e6, extent in 1e-6f64..1e6, count in 3usize..9) {
            let high = low + extent;
            let ticks = linear(low, high, count);
            let slack = 1e-6 * (high - low) + 1e-9 * low.abs().max(high.abs());
            prop_assert!(ticks.len() >= 2 && ticks.len() <= count + 3, "{ticks:?}");
            prop_assert!(ticks[0] <= low + slack && ticks[ticks.len() - 1] >= high - slack, "{ticks:?}");
            prop_assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]));
        }

        #[test]
        fn ratio_ticks_enclose_the_range_and_one(low in 1e-4f64..10.0, by in 1.0f64..1e4, count in 3usize..9) {
            let high = low * by;
            let ticks = ratio(low, high, count);
            prop_assert!(ticks.len() >= 2 && ticks.len() <= count + 3, "{ticks:?}");
            prop_assert!(ticks[0] <= low * 1.000_001 && ticks[ticks.len() - 1] >= high * 0.999_999, "{ticks:?}");
            prop_assert!(ticks.contains(&1.0));
        }

        #[test]
        fn an_axis_of_ratios_holds_its_numbers_and_one(low in 1e-3f64..1.0, high in 1.0f64..1e3, count in 3usize..9) {
            let (ticks, ends) = within(&ratio(low, high, count), low, high);
            prop_assert!(ticks.contains(&1.0) && ticks.len() >= 3, "{ticks:?}");
            prop_assert!(ends[0] <= low && ends[1] >= high);
            prop_assert!(ticks.iter().all(|tick| ends[0] <= *tick && *tick <= ends[1]));
        }

        #[test]
        fn legible_words_lie_beside_each_other(places in prop::collection::vec(0.0f64..300.0, 1..9), width in 5.0f64..60.0) {
            let widths = vec![width; places.len()];
            let kept = legible(&places, &widths, 0);
            prop_assert!(kept.contains(&0));
            for (at, one) in kept.iter().enumerate() {
                prop_assert!(kept[..at].iter().all(|other| (places[*one] - places[*other]).abs() >= width));
            }
        }

        #[test]
        fn places_stay_on_the_axis(value in -1e9f64..1e9) {
            let axis = Axis { low: -1.0, high: 3.0, logarithmic: false, from: 100.0, to: 500.0 };
            let at = axis.at(value);
            prop_assert!((100.0..=500.0).contains(&at));
        }
    }
}
