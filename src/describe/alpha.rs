//! Cronbach's α of a score: how well its items hang together, with Feldt's interval.
//!
//! α = k/(k − 1) · (1 − Σ sᵢ²/s²), where sᵢ² is the variance of item i and s² that of their sum, over those who answered every item.
//! Under Feldt's model (1 − α̂)⁻¹(1 − α) has the F distribution on n − 1 and (n − 1)(k − 1) degrees of freedom.

use super::COUNT;
use crate::distribution::beta::beta_log_odds_quantile;
use crate::estimate::{Condition, Counted, RestsOn, Reveals, Role, Statistic, Statistics, Value};

pub static COMPLETE: Statistic = Statistic {
    name: "complete",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Interior),
    about: "Persons with an answer to every item of the score.",
    source: "definition",
};
pub static ALPHA: Statistic = Statistic {
    name: "alpha",
    reveals: Reveals::Moment,
    rests_on: RestsOn::Counts(&[Counted::Each(&COMPLETE), Counted::Each(&COUNT)]),
    about: "Cronbach's α of the score's items, over those who answered all of them (`complete`).",
    source: "Cronbach 1951, Psychometrika 16:297–334",
};
pub static ALPHA_LOW: Statistic = Statistic {
    name: "alpha_low",
    reveals: Reveals::Moment,
    rests_on: RestsOn::Counts(&[Counted::Each(&COMPLETE), Counted::Each(&COUNT)]),
    about: "Lower limit of Cronbach's α, Feldt's interval; 95 %.",
    source: FELDT,
};
pub static ALPHA_HIGH: Statistic = Statistic {
    name: "alpha_high",
    reveals: Reveals::Moment,
    rests_on: RestsOn::Counts(&[Counted::Each(&COMPLETE), Counted::Each(&COUNT)]),
    about: "Upper limit of Cronbach's α, Feldt's interval; 95 %.",
    source: FELDT,
};

const FELDT: &str =
    "Feldt, Woodruff & Salih 1987, Applied Psychological Measurement 11:93–103; R psych::alpha.ci";

/// The confidence level of the interval.
const LEVEL: f64 = 0.95;

pub const STATISTICS: Statistics = &[&COMPLETE, &ALPHA, &ALPHA_LOW, &ALPHA_HIGH];

/// α of the answers to items: `items` are k ≥ 2 columns of patterns (NaN where missing), `reversed` says of each whether it is turned
/// round, `frequency` how many gave the pattern. Patterns for which `keep` is false are left out.
pub fn alpha(
    items: &[&[f64]],
    reversed: &[bool],
    frequency: &[u64],
    keep: impl Fn(usize) -> bool,
) -> Vec<Value> {
    let complete = |row: &usize| keep(*row) && items.iter().all(|answers| !answers[*row].is_nan());
    let rows: Vec<usize> = (0..frequency.len()).filter(complete).collect();
    let n: u64 = rows.iter().map(|row| frequency[*row]).sum();
    let sign = |reversed: &bool| if *reversed { -1.0 } else { 1.0 };
    // What is added to every answer moves no variance, so that the other end of the scale is not needed to turn an item round.
    let total =
        |row: usize| items.iter().zip(reversed).map(|(answers, turned)| sign(turned) * answers[row]).sum();
    let squares = |of: &dyn Fn(usize) -> f64| squares(&rows, frequency, n, of);
    let of_total = squares(&total);
    let of_items: f64 = items.iter().map(|answers| squares(&|row| answers[row])).sum();
    let mut values = vec![Value::new(&COMPLETE, n as f64).n(n)];
    let none = match n {
        0 => Some(Condition::new("nobody", "")),
        1 => Some(Condition::new("too_few", "fewer than 2")),
        _ if of_total == 0.0 => Some(Condition::new("no_variation", "")),
        _ => None,
    };
    if let Some(none) = none {
        values.extend(STATISTICS[1..].iter().map(|statistic| Value::absent(statistic, none.clone()).n(n)));
        return values;
    }
    let k = items.len() as f64;
    let found = k / (k - 1.0) * (1.0 - of_items / of_total);
    let (df, df_within) = ((n - 1) as f64, (n - 1) as f64 * (k - 1.0));
    let tail = (1.0 - LEVEL) / 2.0;
    let end = |p: f64| 1.0 - (1.0 - found) * f_quantile(df, df_within, p);
    let below = (found < 0.0).then(|| Condition::new("negative_alpha", ""));
    values.push(Value::new(&ALPHA, found).n(n).conditions(below));
    values.push(Value::new(&ALPHA_LOW, end(1.0 - tail)).n(n).method("Feldt"));
    values.push(Value::new(&ALPHA_HIGH, end(tail)).n(n).method("Feldt"));
    values
}

/// The sum of squares about the mean, by the two-pass formula.
fn squares(rows: &[usize], frequency: &[u64], n: u64, of: &dyn Fn(usize) -> f64) -> f64 {
    let sum =
        |f: &dyn Fn(f64) -> f64| -> f64 { rows.iter().map(|&row| frequency[row] as f64 * f(of(row))).sum() };
    let mean = sum(&|value| value) / n as f64;
    let mean = mean + sum(&|value| value - mean) / n as f64;
    sum(&|value| (value - mean).powi(2))
}

/// The quantile of the F distribution: of x = d₁F/(d₁F + d₂), which is a beta variable, the odds are d₁F/d₂.
fn f_quantile(d1: f64, d2: f64, p: f64) -> f64 {
    // In the upper tail the other end of the beta distribution is asked, where p is small.
    let log_odds = match p <= 0.5 {
        true => beta_log_odds_quantile(d1 / 2.0, d2 / 2.0, p),
        false => -beta_log_odds_quantile(d2 / 2.0, d1 / 2.0, 1.0 - p),
    };
    log_odds.exp() * d2 / d1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'v>(values: &'v [Value], name: &str) -> &'v Value {
        values.iter().find(|value| value.statistic.name == name).unwrap()
    }

    #[test]
    fn quantiles_agree_with_r() {
        // qf(p, d1, d2) of R 4.2.2.
        for (p, d1, d2, wanted) in [
            (0.975, 65.0, 260.0, 1.4396119574382071),
            (0.025, 65.0, 260.0, 0.6638315291343222),
            (0.975, 1.0, 1.0, 647.789_011_477_844),
            (0.025, 1.0, 1.0, 0.0015437125086741332),
            (0.975, 9.0, 171.0, 2.1890245399730617),
            (0.5, 20.0, 20.0, 1.0000000000000004),
            // By qbeta: above 4e5 degrees of freedom `qf` takes the χ² distribution for F.
            (0.025, 999_999.0, 3_999_996.0, 0.996904362926159),
        ] {
            let found = f_quantile(d1, d2, p);
            assert!((found / wanted - 1.0).abs() < 1e-10, "{p} {d1} {d2}: {found}");
        }
    }

    #[test]
    fn the_same_answers_of_everyone_and_nobody_have_none() {
        let same = [2.0, f64::NAN];
        let values = alpha(&[&same, &same], &[false, false], &[9, 3], |_| true);
        assert_eq!(of(&values, "complete").value, Some(9.0));
        assert_eq!(of(&values, "alpha").conditions, [Condition::new("no_variation", "")]);
        let values = alpha(&[&same, &same], &[false, false], &[9, 3], |row| row == 1);
        assert_eq!(of(&values, "alpha_low").conditions, [Condition::new("nobody", "")]);
        let values = alpha(&[&same, &same], &[false, false], &[1, 3], |_| true);
        assert_eq!(of(&values, "alpha_high").conditions, [Condition::new("too_few", "fewer than 2")]);
    }

    #[test]
    fn items_that_say_the_same_have_an_alpha_of_one_turned_round_or_not() {
        let (up, down) = ([1.0, 2.0, 3.0], [3.0, 2.0, 1.0]);
        for (other, turned) in [(&up, false), (&down, true)] {
            let values = alpha(&[&up, other], &[false, turned], &[1, 2, 3], |_| true);
            for name in ["alpha", "alpha_low", "alpha_high"] {
                assert_eq!(of(&values, name).value, Some(1.0), "{name}");
            }
        }
    }
}
