//! Those followed up and those lost, compared on one term.
//!
//! The standardised mean difference is that of the lost less the followed: above 0 where the lost have more. It has the same
//! meaning for every term and does not grow with the number of persons, as a test would. Assumes that means and shares are what
//! matters of the term: two groups may differ in spread and have a difference of 0. Not for a verdict: about 0.1 is commonly
//! taken to be small, but with some hundred persons on each side chance alone gives that much (its error is near √(1/n₁ +
//! 1/n₂)), and a small difference in a term that drives the outcome matters more than a large one in a term that does not.
//! Source: Austin 2009 (below). Checked against the formula in R, by `mean` and `var`, also on a real study.

use crate::describe::Distribution;
use crate::estimate::{Condition, Counted, RestsOn, Reveals, Role, Small, Statistic, Statistics, Value};

const AUSTIN: &str = "Austin 2009, Statistics in Medicine 28:3083–3107";
const DEFINITION: &str = "definition";
/// Which of the standard deviations in use the difference is divided by.
const POOLED: &str = "pooled sd: root of the mean of the two variances";

const fn count(name: &'static str, rests_on: RestsOn, about: &'static str) -> Statistic {
    Statistic { name, reveals: Reveals::Count, rests_on, about, source: DEFINITION }
}

const fn share(name: &'static str, rests_on: RestsOn, about: &'static str) -> Statistic {
    Statistic { name, reveals: Reveals::Share, rests_on, about, source: DEFINITION }
}

const fn moment(name: &'static str, rests_on: RestsOn, about: &'static str) -> Statistic {
    Statistic { name, reveals: Reveals::Moment, rests_on, about, source: DEFINITION }
}

/// Where the reason for a missing answer is not told, it is taken to be one of the form.
const WITHOUT_AN_ANSWER: RestsOn = RestsOn::Count { role: Role::Margin, small: Small::OfForms };

/// What is computed of the persons of one side.
const FOLLOWED: RestsOn = RestsOn::Counts(&[Counted::Each(&N_FOLLOWED), Counted::Same(&COUNT_FOLLOWED)]);
const LOST: RestsOn = RestsOn::Counts(&[Counted::Each(&N_LOST), Counted::Same(&COUNT_LOST)]);

pub static N_FOLLOWED: Statistic =
    count("n_followed", RestsOn::count(Role::Side), "Persons followed up who have an answer to the term.");
pub static N_LOST: Statistic =
    count("n_lost", RestsOn::count(Role::Side), "Persons lost who have an answer to the term.");
const N: [&Statistic; 2] = [&N_FOLLOWED, &N_LOST];
pub static MISSING_FOLLOWED: Statistic =
    count("missing_followed", WITHOUT_AN_ANSWER, "Persons followed up without an answer to the term.");
pub static MISSING_LOST: Statistic =
    count("missing_lost", WITHOUT_AN_ANSWER, "Persons lost without an answer to the term.");
const MISSING: [&Statistic; 2] = [&MISSING_FOLLOWED, &MISSING_LOST];
pub static COUNT_FOLLOWED: Statistic = count(
    "count_followed",
    RestsOn::count(Role::Interior),
    "Persons followed up with the answer that the term names.",
);
pub static COUNT_LOST: Statistic =
    count("count_lost", RestsOn::count(Role::Interior), "Persons lost with the answer that the term names.");
const COUNT: [&Statistic; 2] = [&COUNT_FOLLOWED, &COUNT_LOST];
pub static SHARE_FOLLOWED: Statistic = share(
    "share_followed",
    RestsOn::Share { of: &COUNT_FOLLOWED, beside: &[Counted::Each(&N_FOLLOWED)] },
    "Persons with the answer over those with any, of the followed; a fraction.",
);
pub static SHARE_LOST: Statistic = share(
    "share_lost",
    RestsOn::Share { of: &COUNT_LOST, beside: &[Counted::Each(&N_LOST)] },
    "Persons with the answer over those with any, of the lost; a fraction.",
);
const SHARE: [&Statistic; 2] = [&SHARE_FOLLOWED, &SHARE_LOST];
pub static MEAN_FOLLOWED: Statistic =
    moment("mean_followed", FOLLOWED, "Mean of those followed up, in the item's unit.");
pub static MEAN_LOST: Statistic = moment("mean_lost", LOST, "Mean of those lost, in the item's unit.");
const MEAN: [&Statistic; 2] = [&MEAN_FOLLOWED, &MEAN_LOST];
pub static SD_FOLLOWED: Statistic = moment(
    "sd_followed",
    FOLLOWED,
    "Standard deviation (divisor n − 1) of those followed up, in the item's unit.",
);
pub static SD_LOST: Statistic =
    moment("sd_lost", LOST, "Standard deviation (divisor n − 1) of those lost, in the item's unit.");
const SD: [&Statistic; 2] = [&SD_FOLLOWED, &SD_LOST];
pub static SMD: Statistic = Statistic {
    name: "smd",
    reveals: Reveals::Moment,
    rests_on: RestsOn::Counts(&[
        Counted::Each(&N_FOLLOWED),
        Counted::Each(&N_LOST),
        Counted::Same(&COUNT_FOLLOWED),
        Counted::Same(&COUNT_LOST),
    ]),
    about: "Standardised mean difference, the lost less the followed: of means, or of the shares with the answer that the term names, over the root of the mean of the two variances.",
    source: AUSTIN,
};

/// All that [`numeric`] and [`coded`] may give.
pub const STATISTICS: Statistics = &[
    &N_FOLLOWED,
    &N_LOST,
    &MISSING_FOLLOWED,
    &MISSING_LOST,
    &COUNT_FOLLOWED,
    &COUNT_LOST,
    &SHARE_FOLLOWED,
    &SHARE_LOST,
    &MEAN_FOLLOWED,
    &MEAN_LOST,
    &SD_FOLLOWED,
    &SD_LOST,
    &SMD,
];

/// A number: means, standard deviations and their standardised difference.
pub fn numeric(followed: &Distribution, lost: &Distribution) -> Vec<Value> {
    let sides = [followed, lost];
    let mut values = around(sides);
    let moments = sides.map(Distribution::moments);
    for (side, (mean, sd)) in moments.into_iter().enumerate() {
        values.push(of_at_least(1, MEAN[side], mean, sides, side));
        values.push(of_at_least(2, SD[side], sd, sides, side));
    }
    let [(mean_followed, sd_followed), (mean_lost, sd_lost)] = moments;
    let lacking = [0, 1].into_iter().find_map(|side| lacks(2, sides, side));
    let difference = match lacking {
        Some(reason) => Value::absent(&SMD, reason),
        None => {
            // Answers that are all the same may leave a rest in the last bit.
            let rounding = 10.0 * f64::EPSILON * mean_followed.abs().max(mean_lost.abs());
            let [followed, lost] = [sd_followed, sd_lost].map(|sd| if sd <= rounding { 0.0 } else { sd });
            smd(mean_lost - mean_followed, followed.powi(2), lost.powi(2))
        }
    };
    values.push(difference.n(followed.valid() + lost.valid()));
    values
}

/// A variable with the closed list of `codes`: for each code, counts, shares and the standardised difference of the shares.
///
/// The variance of a share p is p(1 − p), so each level of a factor has a difference of its own.
pub fn coded(followed: &Distribution, lost: &Distribution, codes: &[i64]) -> Vec<Value> {
    let sides = [followed, lost];
    let mut values = around(sides);
    let n = sides.map(Distribution::valid);
    for code in codes {
        let counts = sides.map(|side| side.count(*code as f64));
        let shares = [0, 1].map(|side| counts[side] as f64 / n[side] as f64);
        let mut of_code = Vec::with_capacity(5);
        for side in [0, 1] {
            of_code.push(Value::new(COUNT[side], counts[side] as f64).n(n[side]));
            of_code.push(of_at_least(1, SHARE[side], shares[side], sides, side));
        }
        let difference = match [0, 1].into_iter().find_map(|side| lacks(1, sides, side)) {
            Some(reason) => Value::absent(&SMD, reason).method(POOLED),
            None => smd(shares[1] - shares[0], shares[0] * (1.0 - shares[0]), shares[1] * (1.0 - shares[1])),
        };
        of_code.push(difference.n(n[0] + n[1]));
        values.extend(of_code.into_iter().map(|value| value.term(code.to_string())));
    }
    values
}

fn smd(difference: f64, variance_followed: f64, variance_lost: f64) -> Value {
    let pooled = ((variance_followed + variance_lost) / 2.0).sqrt();
    let value = match pooled > 0.0 {
        true => Value::new(&SMD, difference / pooled),
        false => Value::absent(&SMD, Condition::new("no_variation", "")),
    };
    value.method(POOLED)
}

/// Who has an answer and who has none.
fn around(sides: [&Distribution; 2]) -> Vec<Value> {
    let mut values = Vec::new();
    for (side, distribution) in sides.into_iter().enumerate() {
        let (valid, missing) = (distribution.valid(), distribution.missing.values().sum::<u64>());
        values.push(Value::new(N[side], valid as f64).n(valid + missing));
        values.push(Value::new(MISSING[side], missing as f64).n(valid + missing));
    }
    values
}

/// Why a side has no measure that takes `least` answers: nobody is on it, nobody there answered, or too few did.
fn lacks(least: u64, sides: [&Distribution; 2], side: usize) -> Option<Condition> {
    let persons = sides[side].valid() + sides[side].missing.values().sum::<u64>();
    match sides[side].valid() {
        n if n >= least => None,
        _ if persons == 0 => Some(Condition::new(["nobody_followed", "nobody_lost"][side], "")),
        0 => Some(Condition::new("nobody", "")),
        _ => Some(Condition::new("too_few", format!("fewer than {least}"))),
    }
}

fn of_at_least(
    least: u64,
    statistic: &'static Statistic,
    number: f64,
    sides: [&Distribution; 2],
    side: usize,
) -> Value {
    let value = match lacks(least, sides, side) {
        None => Value::new(statistic, number),
        Some(reason) => Value::absent(statistic, reason),
    };
    value.n(sides[side].valid())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn distribution(answers: &[f64]) -> Distribution {
        let one = vec![1; answers.len()];
        Distribution::new(answers, &vec![0; answers.len()], &one, |_| true)
    }

    fn find(values: &[Value], name: &str, term: &str) -> Option<f64> {
        let found = values.iter().find(|value| value.statistic.name == name && value.term == term);
        found.unwrap_or_else(|| panic!("{name} {term} is given")).value
    }

    #[test]
    fn differences_agree_with_r() {
        // R: f <- c(1, 2, 4, 7); l <- c(2, 5, 9); (mean(l) - mean(f)) / sqrt((var(f) + var(l)) / 2)
        let values = numeric(&distribution(&[1.0, 2.0, 4.0, 7.0]), &distribution(&[2.0, 5.0, 9.0]));
        let smd = find(&values, "smd", "").unwrap();
        assert!((smd - 0.589_661_894_160_787_1).abs() < 1e-12, "{smd}");
        // R: p <- c(1/4, 2/3); diff(p) / sqrt(mean(p * (1 - p)))
        let values = coded(&distribution(&[1.0, 2.0, 2.0, 2.0]), &distribution(&[1.0, 1.0, 2.0]), &[1, 2, 3]);
        let smd = find(&values, "smd", "1").unwrap();
        assert!((smd - 0.920_574_617_898_323_3).abs() < 1e-12, "{smd}");
        assert!((find(&values, "smd", "2").unwrap() + smd).abs() < 1e-12);
        assert_eq!(find(&values, "smd", "3"), None, "nobody has it: no variation");
        assert_eq!(find(&values, "count_lost", "1"), Some(2.0));
    }

    #[test]
    fn nobody_lost_is_nobody_to_compare_with() {
        let none = Distribution::default();
        let values = numeric(&distribution(&[1.0, 2.0]), &none);
        assert_eq!((find(&values, "smd", ""), find(&values, "mean_lost", "")), (None, None));
        assert_eq!(find(&values, "n_lost", ""), Some(0.0));
        let values = coded(&distribution(&[1.0, 2.0]), &none, &[1]);
        assert_eq!((find(&values, "smd", "1"), find(&values, "share_lost", "1")), (None, None));
        assert_eq!(find(&values, "share_followed", "1"), Some(0.5));
        let reason = |name: &str| -> Vec<&str> {
            let of = values.iter().filter(|value| value.statistic.name == name);
            of.flat_map(|value| &value.conditions).map(|condition| condition.code.as_str()).collect()
        };
        assert_eq!((reason("smd"), reason("share_lost")), (vec!["nobody_lost"], vec!["nobody_lost"]));
    }

    #[test]
    fn lost_without_an_answer_are_not_nobody() {
        let silent = Distribution::new(&[f64::NAN; 3], &[1; 3], &[1; 3], |_| true);
        for values in
            [numeric(&distribution(&[1.0, 2.0]), &silent), coded(&distribution(&[1.0, 2.0]), &silent, &[1])]
        {
            let smd = values.iter().find(|value| value.statistic.name == "smd").unwrap();
            assert_eq!(smd.conditions, [Condition::new("nobody", "")]);
        }
    }

    proptest! {
        #[test]
        fn turning_sides_turns_the_sign_and_another_unit_changes_nothing(
            a in prop::collection::vec(0u8..20, 2..15), b in prop::collection::vec(0u8..20, 2..15)
        ) {
            let scaled = |answers: &[u8], unit: f64| {
                distribution(&answers.iter().map(|&answer| f64::from(answer) * unit + 3.0).collect::<Vec<f64>>())
            };
            let smd = |a: &Distribution, b: &Distribution| find(&numeric(a, b), "smd", "");
            let there = smd(&scaled(&a, 1.0), &scaled(&b, 1.0));
            for other in [smd(&scaled(&b, 1.0), &scaled(&a, 1.0)).map(|smd| -smd), smd(&scaled(&a, 7.0), &scaled(&b, 7.0))] {
                match (there, other) {
                    (Some(one), Some(two)) => prop_assert!((one - two).abs() <= 1e-9 * (1.0 + one.abs())),
                    (one, two) => prop_assert_eq!(one, two),
                }
            }
        }
    }
}
