//! Counts, shares and moments of one variable, for everyone or a group.
//!
//! Like everything after the tally, this works on patterns: a [`Distribution`] holds the distinct answers with their frequencies, and
//! the reasons for missing answers.

pub(crate) mod alpha;
pub(crate) mod followup;
mod standing;

use std::collections::BTreeMap;

pub use alpha::{STATISTICS as ALPHA_STATISTICS, alpha};
pub use followup::{STATISTICS as FOLLOWUP_STATISTICS, followup};
pub use standing::{Standing, standings};

use crate::dictionary::Reason;
use crate::estimate::{
    Condition, Counted, RestsOn, Reveals, Role, Small, Statistic, Statistics, Term, Value,
};

pub static COUNT: Statistic = Statistic {
    name: "count",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Interior),
    about: "Persons with the answer that the term names.",
    source: "definition",
};
pub static SHARE: Statistic = Statistic {
    name: "share",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&COUNT),
    about: "Persons with the answer over persons with any answer (`valid`); a fraction.",
    source: "definition",
};
pub static VALID: Statistic = Statistic {
    name: "valid",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Base),
    about: "Persons with an answer.",
    source: "definition",
};
pub static MISSING: Statistic = Statistic {
    name: "missing",
    reveals: Reveals::Count,
    rests_on: RestsOn::Count { role: Role::Interior, small: Small::ByReason },
    about: "Persons without an answer, by reason.",
    source: "definition",
};
pub static MISSING_TOTAL: Statistic = Statistic {
    name: "missing_total",
    reveals: Reveals::Count,
    rests_on: RestsOn::Only(&[Counted::Each(&MISSING)]),
    about: "Persons without an answer, whatever the reason; given where there are any.",
    source: "definition",
};
const TOGETHER: Counted = Counted::Together { of: &COUNT, whole: &VALID };
pub static COMBINED_COUNT: Statistic = Statistic {
    name: "combined_count",
    reveals: Reveals::Count,
    rests_on: RestsOn::Only(&[TOGETHER]),
    about: "Persons with one of several answers; the term is their codes, `a+b`.",
    source: "definition",
};
pub static COMBINED_SHARE: Statistic = Statistic {
    name: "combined_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::Only(&[TOGETHER, Counted::Each(&VALID)]),
    about: "Persons with one of several answers over persons with any answer (`valid`), 0 to 1; the term is their codes, `a+b`.",
    source: "definition",
};
pub static CONDITIONAL_SHARE: Statistic = Statistic {
    name: "conditional_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::Only(&[Counted::Among(&COUNT), TOGETHER]),
    about: "Persons with an answer over persons with one of several (`combined_count`), 0 to 1; the term is `a|a+b`, a of a and b together.",
    source: "definition",
};
pub static MEAN: Statistic = Statistic {
    name: "mean",
    reveals: Reveals::Moment,
    rests_on: RestsOn::Counts(&[Counted::Each(&COUNT)]),
    about: "Arithmetic mean of the answers, in the item's unit.",
    source: "definition",
};
pub static SUM: Statistic = Statistic {
    name: "sum",
    reveals: Reveals::Moment,
    rests_on: RestsOn::Counts(&[Counted::Each(&COUNT)]),
    about: "Sum of the answers, in the item's unit.",
    source: "definition",
};
pub static SD: Statistic = Statistic {
    name: "sd",
    reveals: Reveals::Moment,
    rests_on: RestsOn::Counts(&[Counted::Each(&COUNT)]),
    about: "Standard deviation of the answers with divisor n − 1, in the item's unit.",
    source: "definition",
};
pub static MEDIAN: Statistic = Statistic {
    name: "median",
    reveals: Reveals::Extreme,
    rests_on: RestsOn::One,
    about: "Median of the answers: the mean of the two middle ones where n is even, in the item's unit.",
    source: "Hyndman & Fan 1996, The American Statistician 50:361–365, type 2 (at one half the same as R's type 7)",
};
pub static BOTH: Statistic = Statistic {
    name: "both",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Interior),
    about: "Persons for whom the variable and the one that the term names both hold.",
    source: "definition",
};

/// Never published: what those with and without an answer add up to.
pub static TOTAL: Statistic = Statistic {
    name: "total",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Total),
    about: "Persons of the group, with an answer or without.",
    source: "definition",
};

/// What [`counted`] may give.
pub const COUNTED: Statistics = &[&VALID, &MISSING, &MISSING_TOTAL, &COUNT];

pub const STATISTICS: Statistics = &[
    &COUNT,
    &SHARE,
    &VALID,
    &MISSING,
    &MISSING_TOTAL,
    &COMBINED_COUNT,
    &COMBINED_SHARE,
    &CONDITIONAL_SHARE,
    &MEAN,
    &SUM,
    &SD,
    &MEDIAN,
    &BOTH,
];

/// The answers of one variable: distinct values ascending with their frequencies, and the missing by reason.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Distribution {
    pub values: Vec<f64>,
    pub frequency: Vec<u64>,
    pub missing: BTreeMap<Reason, u64>,
}

impl Distribution {
    /// From patterns: `values` (NaN where missing), `reasons` (0 where present) and `frequency`, all of length k.
    /// Rows for which `keep` is false are left out.
    pub fn new(
        values: &[f64],
        reasons: &[u8],
        frequency: &[u64],
        keep: impl Fn(usize) -> bool,
    ) -> Distribution {
        let mut rows: Vec<(f64, u64)> = Vec::with_capacity(values.len());
        let mut missing = BTreeMap::new();
        for row in (0..values.len()).filter(|row| keep(*row)) {
            if values[row].is_nan() {
                let reason = Reason::from_number(reasons[row]).unwrap_or(Reason::Blank);
                *missing.entry(reason).or_default() += frequency[row];
            } else {
                rows.push((values[row], frequency[row]));
            }
        }
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows.dedup_by(|later, first| {
            let same = later.0 == first.0;
            first.1 += if same { later.1 } else { 0 };
            same
        });
        let (values, frequency) = rows.into_iter().unzip();
        Distribution { values, frequency, missing }
    }

    /// Persons with an answer.
    pub fn valid(&self) -> u64 {
        self.frequency.iter().sum()
    }

    /// Persons with the answer `value`.
    pub fn count(&self, value: f64) -> u64 {
        self.values.iter().position(|known| *known == value).map_or(0, |at| self.frequency[at])
    }

    /// Mean and standard deviation (divisor n − 1), by the two-pass formula.
    pub fn moments(&self) -> (f64, f64) {
        let n = self.valid() as f64;
        let sum = |f: &dyn Fn(f64) -> f64| -> f64 {
            self.values
                .iter()
                .zip(&self.frequency)
                .map(|(value, frequency)| *frequency as f64 * f(*value))
                .sum()
        };
        let mean = sum(&|value| value) / n;
        let mean = mean + sum(&|value| value - mean) / n;
        (mean, (sum(&|value| (value - mean).powi(2)) / (n - 1.0)).sqrt())
    }

    /// The sum of the answers.
    pub fn sum(&self) -> f64 {
        self.values.iter().zip(&self.frequency).map(|(value, frequency)| *frequency as f64 * value).sum()
    }

    /// The answer at `position` (from 0) when all answers are lined up.
    fn at(&self, position: u64) -> f64 {
        let mut before = 0;
        for (value, frequency) in self.values.iter().zip(&self.frequency) {
            before += frequency;
            if position < before {
                return *value;
            }
        }
        f64::NAN
    }

    pub fn median(&self) -> f64 {
        let n = self.valid();
        if n == 0 {
            return f64::NAN;
        }
        (self.at((n - 1) / 2) + self.at(n / 2)) / 2.0
    }
}

/// Statistics of a variable with the closed list of `codes`.
pub fn coded(distribution: &Distribution, codes: &[i64]) -> Vec<Value> {
    let valid = distribution.valid();
    let mut values = around(distribution);
    for (code, share) in codes.iter().zip(shares(distribution, codes)) {
        let count = distribution.count(*code as f64);
        values.push(Value::new(&COUNT, count as f64).term(code.to_string()).n(valid));
        values.push(share);
    }
    values
}

/// The share of each of `codes`.
pub fn shares(distribution: &Distribution, codes: &[i64]) -> Vec<Value> {
    let valid = distribution.valid();
    let share =
        |code: &i64| over(&SHARE, distribution.count(*code as f64), valid, "nobody").term(code.to_string());
    codes.iter().map(|code| share(code).n(valid)).collect()
}

/// How many gave one of `codes`, and their share of all who answered; with `each` also the share of each among them.
pub fn combined(distribution: &Distribution, codes: &[i64], each: bool) -> Vec<Value> {
    let valid = distribution.valid();
    let count = |code: &i64| distribution.count(*code as f64);
    let together: u64 = codes.iter().map(count).sum();
    let term = Term::together(codes);
    let mut values = vec![
        Value::new(&COMBINED_COUNT, together as f64).term(&term),
        over(&COMBINED_SHARE, together, valid, "nobody").term(&term),
    ];
    let among = |code: &i64| {
        over(&CONDITIONAL_SHARE, count(code), together, "nobody_among").term(Term::among(code, &term))
    };
    values.extend(codes.iter().filter(|_| each).map(among));
    values.into_iter().map(|value| value.n(valid)).collect()
}

/// `count` over `whole`; absent with the condition `nobody` where that is 0.
fn over(statistic: &'static Statistic, count: u64, whole: u64, nobody: &str) -> Value {
    match whole {
        0 => Value::absent(statistic, Condition::new(nobody, "")),
        _ => Value::new(statistic, count as f64 / whole as f64),
    }
}

/// How many gave each of `codes`, how many gave none and why, without shares.
pub fn counted(distribution: &Distribution, codes: &[i64]) -> Vec<Value> {
    let valid = distribution.valid();
    let counts = codes.iter().map(|code| {
        Value::new(&COUNT, distribution.count(*code as f64) as f64).term(code.to_string()).n(valid)
    });
    around(distribution).into_iter().chain(counts).collect()
}

/// Statistics of a number.
pub fn numeric(distribution: &Distribution) -> Vec<Value> {
    let valid = distribution.valid();
    let mut values = around(distribution);
    let (mean, sd) = distribution.moments();
    let or_absent = |statistic, number, least: u64| match valid >= least {
        true => Value::new(statistic, number).n(valid),
        false => Value::absent(statistic, Condition::new("too_few", format!("fewer than {least}"))).n(valid),
    };
    values.push(or_absent(&MEAN, mean, 1));
    values.push(or_absent(&SUM, distribution.sum(), 1));
    values.push(or_absent(&SD, sd, 2));
    values.push(or_absent(&MEDIAN, distribution.median(), 1));
    values
}

/// How many have both of two binary variables; `term` names the second.
pub fn both(count: u64, valid: u64, term: &str) -> Value {
    Value::new(&BOTH, count as f64).term(term).n(valid)
}

/// Who answered, and who did not and why.
fn around(distribution: &Distribution) -> Vec<Value> {
    let valid = distribution.valid();
    let asked = valid + distribution.missing.values().sum::<u64>();
    let mut values = vec![Value::new(&VALID, valid as f64).n(asked)];
    for (reason, count) in &distribution.missing {
        values.push(Value::new(&MISSING, *count as f64).term(reason.name()).n(asked));
    }
    if asked > valid {
        values.push(Value::new(&MISSING_TOTAL, (asked - valid) as f64).n(asked));
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distribution() -> Distribution {
        let nan = f64::NAN;
        Distribution::new(&[3.0, nan, 1.0, nan, 3.0], &[0, 1, 0, 2, 0], &[2, 1, 1, 4, 1], |_| true)
    }

    #[test]
    fn equal_answers_are_one_row_and_missing_ones_keep_their_reason() {
        let distribution = distribution();
        assert_eq!(
            (distribution.values.as_slice(), distribution.frequency.as_slice()),
            (&[1.0, 3.0][..], &[1, 3][..])
        );
        assert_eq!(distribution.missing, BTreeMap::from([(Reason::Blank, 1), (Reason::Unknown, 4)]));
        assert_eq!(distribution.count(3.0), 3);
        assert_eq!(distribution.count(2.0), 0);
    }

    #[test]
    fn moments_agree_with_r() {
        // R: x <- c(1, 3, 3, 3); mean(x); sd(x); median(x)
        let (mean, sd) = distribution().moments();
        assert_eq!((mean, sd), (2.5, 1.0));
        assert_eq!(distribution().median(), 3.0);
        let even = Distribution::new(&[1.0, 2.0], &[0, 0], &[1, 1], |_| true);
        assert_eq!(even.median(), 1.5);
    }

    #[test]
    fn answers_are_counted_together() {
        // By hand: 1 gave 1 and 3 gave 3, of 4; 5 gave none.
        let of = |codes: &[i64]| -> Vec<(String, Option<f64>)> {
            let values = combined(&distribution(), codes, true);
            values
                .into_iter()
                .map(|one| (format!("{} {}", one.statistic.name, one.term), one.value))
                .collect()
        };
        let shown = |name: &str, value| (name.to_owned(), Some(value));
        let expected = [
            shown("combined_count 2+3", 3.0),
            shown("combined_share 2+3", 0.75),
            shown("conditional_share 2|2+3", 0.0),
            shown("conditional_share 3|2+3", 1.0),
        ];
        assert_eq!(of(&[2, 3]), expected);
        assert_eq!(of(&[2])[2], ("conditional_share 2|2".to_owned(), None));
        let total = coded(&distribution(), &[1]).into_iter().find(|one| one.statistic == &MISSING_TOTAL);
        assert_eq!(total.and_then(|one| one.value), Some(5.0));
    }

    #[test]
    fn nobody_has_no_share_and_no_mean() {
        let empty = Distribution::default();
        assert!(
            coded(&empty, &[0, 1])
                .iter()
                .all(|value| value.statistic.name != "share" || value.value.is_none())
        );
        assert!(numeric(&empty).iter().skip(1).all(|value| value.value.is_none()));
    }
}
