//! How far the largest of several numbers is above the smallest, with an interval that allows for picking the two out.
//!
//! Answers whether "most" and "least" may be said: they may where the interval lies above zero. The interval is that of a difference by MOVER
//! ([`mover`]) from an interval of each number, Wilson's for a share and Student's for a mean; and since the two are picked out of all pairs, its
//! level is Bonferroni's for as many. Assumes other persons in each; where the same were asked of several things, which tend to be answered alike,
//! it asks for more than it need. Not for things that are counted rather than drawn, such as deaths in a district. Sources: Zou & Donner 2008,
//! Wilson 1927, Bonferroni 1936 (below). Checked against R: `prop.test`, `t.test` and the formula.

use super::contrast::mover;
use super::wilson;
use crate::distribution::{normal_critical, t_critical};
use crate::estimate::{Condition, RestsOn, Reveals, Statistic, Statistics, Value};

const SOURCE: &str = "Zou & Donner 2008, Statistics in Medicine 27:1693–1702 (MOVER); Bonferroni's level for all pairs; \
                      Wilson 1927, Journal of the American Statistical Association 22:209–212, for shares; Student's interval for means";

pub static RANGE: Statistic = Statistic {
    name: "range",
    reveals: Reveals::Inference,
    rests_on: RestsOn::Released,
    about: "The largest of several numbers less the smallest: of shares on 0 to 1, of means in units of the variable.",
    source: "its definition",
};
pub static RANGE_LOW: Statistic = Statistic {
    name: "range_low",
    reveals: Reveals::Inference,
    rests_on: RestsOn::Released,
    about: "Lower end of the interval for the largest less the smallest, which allows for their being picked out of all pairs.",
    source: SOURCE,
};
pub static RANGE_HIGH: Statistic = Statistic {
    name: "range_high",
    reveals: Reveals::Inference,
    rests_on: RestsOn::Released,
    about: "Upper end of the interval for the largest less the smallest, which allows for their being picked out of all pairs.",
    source: SOURCE,
};
pub static N_COMPARED: Statistic = Statistic {
    name: "n_compared",
    reveals: Reveals::Setting,
    rests_on: RestsOn::Released,
    about: "How many numbers the largest and the smallest are picked out of.",
    source: "counting",
};

/// All that a ranking may give.
pub const STATISTICS: Statistics = &[&RANGE, &RANGE_LOW, &RANGE_HIGH, &N_COMPARED];

/// The level of the interval of a difference between two that were not picked out of more.
const LEVEL: f64 = 0.95;

/// One of the numbers that are compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum One {
    /// A share of `n`, 0 to 1.
    Share { share: f64, n: f64 },
    /// A mean with its standard deviation, of `n`.
    Mean { mean: f64, sd: f64, n: f64 },
}

impl One {
    fn value(self) -> f64 {
        match self {
            One::Share { share, .. } => share,
            One::Mean { mean, .. } => mean,
        }
    }

    /// The number with the ends of its interval; without ends where it has none.
    fn interval(self, level: f64) -> [f64; 3] {
        match self {
            One::Share { share, n } if n >= 1.0 => {
                // Shares are counts over `n`: what is rounded away is the computer's.
                let (low, high) = wilson((share * n).round() as u64, n as u64, normal_critical(level));
                [share, low, high]
            }
            One::Mean { mean, sd, n } if n >= 2.0 => {
                let reach = t_critical(level, n - 1.0) * sd / n.sqrt();
                [mean, mean - reach, mean + reach]
            }
            // One person has no spread.
            _ => [self.value(), f64::NEG_INFINITY, f64::INFINITY],
        }
    }
}

/// The largest less the smallest of `all`, with its interval, and how many there are. An interval without an end is absent with
/// `no_interval`, a difference of fewer than two with `no_pairs`.
pub fn range(all: &[One]) -> Vec<Value> {
    let by_value = |a: &&One, b: &&One| a.value().total_cmp(&b.value());
    let counted = Value::new(&N_COMPARED, all.len() as f64);
    let (Some(most), Some(least), true) =
        (all.iter().max_by(by_value), all.iter().min_by(by_value), all.len() > 1)
    else {
        let absent = [&RANGE, &RANGE_LOW, &RANGE_HIGH];
        let absent = absent.map(|statistic| Value::absent(statistic, Condition::new("no_pairs", "")));
        return absent.into_iter().chain([counted]).collect();
    };
    let pairs = all.len() as f64 * (all.len() as f64 - 1.0) / 2.0;
    let level = 1.0 - (1.0 - LEVEL) / pairs;
    let [value, low, high] = mover(most.interval(level), least.interval(level));
    let end = |statistic, end: f64| match end.is_finite() {
        true => Value::new(statistic, end).method("MOVER, Bonferroni"),
        false => Value::absent(statistic, Condition::new("no_interval", "")),
    };
    vec![Value::new(&RANGE, value), end(&RANGE_LOW, low), end(&RANGE_HIGH, high), counted]
}
