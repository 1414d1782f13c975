//! Goal attainment: how far users came with the goals that were set.
//!
//! Attainment is rated from −2 (much less than expected) over 0 (as expected) to +2 (much more than expected). Levels are counted goal by
//! goal among those who have the goal: not having it is no failure. A person's goals are summed up as T = 50 + 10·Σwx/√((1 − ρ)Σw² + ρ(Σw)²),
//! which has a mean of 50 and a standard deviation of 10 if the goals were realistic. Assumes that expectations were written down
//! beforehand, one step apart, by somebody who knows what can be expected, and that ratings of one person correlate by ρ. Not for comparing
//! services that set goals of different difficulty. Source: Kiresuk & Sherman 1968, Community Mental Health Journal 4:443–453. Checked by hand
//! and in R.

use std::collections::BTreeMap;

use thiserror::Error;

use super::counts::share;
use super::moments::moments;
use super::pairs::Sortable;
use crate::distribution::t_critical;
use crate::estimate::{Condition, RestsOn, Reveals, Role, Statistic, Statistics, Value};

const SOURCE: &str = "Kiresuk & Sherman 1968, Community Mental Health Journal 4:443–453";
const STUDENT: &str = "Student 1908, Biometrika 6:1–25";

const fn count(name: &'static str, role: Role, about: &'static str) -> Statistic {
    Statistic { name, reveals: Reveals::Count, rests_on: RestsOn::count(role), about, source: SOURCE }
}

const fn share_of(name: &'static str, of: &'static Statistic, about: &'static str) -> Statistic {
    Statistic { name, reveals: Reveals::Share, rests_on: RestsOn::share_of(of), about, source: SOURCE }
}

/// A score sums over a person's goals: with one goal its mean and spread are functions of the counts.
const fn score(name: &'static str, about: &'static str, source: &'static str) -> Statistic {
    Statistic { name, reveals: Reveals::Moment, rests_on: RestsOn::AllOfAnalysis, about, source }
}

pub static WITH_GOAL: Statistic =
    count("with_goal", Role::Base, "Persons who have the goal, and a rating of it.");
pub static ATTAINMENT: Statistic = count(
    "attainment",
    Role::Interior,
    "Persons at a level of attainment, of those who have the goal; the term is the level, −2 to 2.",
);
pub static ATTAINMENT_SHARE: Statistic = share_of(
    "attainment_share",
    &ATTAINMENT,
    "Persons at a level of attainment over those who have the goal, 0 to 1; the term is the level.",
);
pub static ATTAINED: Statistic =
    count("attained", Role::Margin, "Persons who attained the goal as expected or better, level 0 or above.");
pub static ATTAINED_SHARE: Statistic = share_of(
    "attained_share",
    &ATTAINED,
    "Persons who attained the goal as expected or better over those who have it, 0 to 1.",
);
pub static WITH_ANY_GOAL: Statistic =
    count("with_any_goal", Role::Base, "Persons who have a goal or more, rated.");
pub static GOAL_T_MEAN: Statistic = score("goal_t_mean", "Mean of the persons' T scores.", SOURCE);
pub static GOAL_T_SD: Statistic =
    score("goal_t_sd", "Standard deviation of the persons' T scores, on n − 1.", SOURCE);
pub static GOAL_T_MEAN_LOW: Statistic =
    score("goal_t_mean_low", "Lower end of the t interval for the mean T score.", STUDENT);
pub static GOAL_T_MEAN_HIGH: Statistic =
    score("goal_t_mean_high", "Upper end of the t interval for the mean T score.", STUDENT);

/// What a code was read as.
pub static GOAL_LEVEL: Statistic = Statistic {
    name: "goal_level",
    reveals: Reveals::Setting,
    rests_on: RestsOn::Nobody,
    about: "The level, −2 to 2, that a code of the rating is read as; the term is the code.",
    source: "the pipeline",
};

/// All that [`of_goal`] and [`t_scores`] may give.
pub const STATISTICS: Statistics = &[
    &WITH_GOAL,
    &ATTAINMENT,
    &ATTAINMENT_SHARE,
    &ATTAINED,
    &ATTAINED_SHARE,
    &WITH_ANY_GOAL,
    &GOAL_T_MEAN,
    &GOAL_T_SD,
    &GOAL_T_MEAN_LOW,
    &GOAL_T_MEAN_HIGH,
];

/// The correlation between a person's ratings that Kiresuk and Sherman assume.
pub const RHO: f64 = 0.3;

/// Why goals cannot be analysed. No message holds a rating.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum GoalsError {
    #[error(
        "found {attainment} ratings and {weight} weights for {patterns} patterns and {goals} goals; expected patterns × goals of each"
    )]
    Lengths { attainment: usize, weight: usize, patterns: usize, goals: usize },
    #[error("pattern {pattern}, counted from 0, has a rating of `{goal}` that is none of −2, −1, 0, 1, 2")]
    Rating { pattern: usize, goal: String },
    #[error("pattern {pattern}, counted from 0, has a weight of `{goal}` that is not a number above 0")]
    Weight { pattern: usize, goal: String },
    #[error("a correlation of {0} between ratings: it lies in [0, 1]")]
    Rho(f64),
}

/// A person's goals: for each goal the rating and the weight, nothing where the goal is not theirs.
type Pattern = Vec<Option<(i8, Sortable)>>;

/// Distinct patterns of attainment with their frequencies, sorted, so that the order of rows never matters.
#[derive(Debug, Clone, PartialEq)]
pub struct Goals {
    patterns: BTreeMap<Pattern, u64>,
}

impl Goals {
    /// `attainment` and `weight` are patterns × goals, row by row; `None` is a goal that is not the person's, whose weight
    /// is not looked at. `frequency` is one a pattern; patterns of frequency 0 are left out.
    ///
    /// # Errors
    /// On lengths that do not fit, ratings outside −2 to 2, and weights that are not finite and above 0.
    pub fn new(
        names: &[&str],
        attainment: &[Option<i8>],
        weight: &[f64],
        frequency: &[u64],
    ) -> Result<Goals, GoalsError> {
        let (goals, rows) = (names.len(), frequency.len());
        if attainment.len() != goals * rows || weight.len() != goals * rows {
            let (attainment, weight) = (attainment.len(), weight.len());
            return Err(GoalsError::Lengths { attainment, weight, patterns: rows, goals });
        }
        let mut patterns: BTreeMap<Pattern, u64> = BTreeMap::new();
        for (row, &times) in frequency.iter().enumerate() {
            let mut pattern = Vec::with_capacity(goals);
            for (goal, name) in names.iter().enumerate() {
                let (rating, weight) = (attainment[row * goals + goal], weight[row * goals + goal]);
                let name = || (*name).to_owned();
                pattern.push(match rating {
                    None => None,
                    Some(rating) if !(-2..=2).contains(&rating) => {
                        return Err(GoalsError::Rating { pattern: row, goal: name() });
                    }
                    Some(_) if !(weight.is_finite() && weight > 0.0) => {
                        return Err(GoalsError::Weight { pattern: row, goal: name() });
                    }
                    Some(rating) => Some((rating, Sortable::new(weight))),
                });
            }
            if times > 0 {
                *patterns.entry(pattern).or_insert(0) += times;
            }
        }
        Ok(Goals { patterns })
    }
}

/// The T score of one person's `ratings` (−2 to 2) with their `weights` above 0; `None` without a goal. One length each.
pub fn t_score(ratings: &[f64], weights: &[f64], rho: f64) -> Option<f64> {
    let sum: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    let weighted: f64 = ratings.iter().zip(weights).map(|(rating, weight)| rating * weight).sum();
    let variance = (1.0 - rho) * squares + rho * sum * sum;
    (variance > 0.0).then(|| 50.0 + 10.0 * weighted / variance.sqrt())
}

/// The distribution of attainment of the goal at `place` among `goals`.
///
/// Every value's `n` is the number of persons who have the goal. Shares are absent with `no_goal` where nobody has.
pub fn of_goal(goals: &Goals, place: usize) -> Vec<Value> {
    let mut counts = [0u64; 5];
    for (pattern, times) in &goals.patterns {
        if let Some((rating, _)) = pattern[place] {
            // −2 to 2: `new` checked it.
            counts[usize::from((rating + 2).unsigned_abs())] += times;
        }
    }
    by_level(counts)
}

/// The mean of the T scores with its interval at `level`.
///
/// Every value's `n` is the number of persons who have a goal. Moments are absent with `no_goal` where nobody has, `too_few`
/// where one person has.
///
/// # Errors
/// On a `rho` outside [0, 1].
pub fn t_scores(goals: &Goals, rho: f64, level: f64) -> Result<Vec<Value>, GoalsError> {
    if !(0.0..=1.0).contains(&rho) {
        return Err(GoalsError::Rho(rho));
    }
    let (mut scores, mut frequency) = (Vec::new(), Vec::new());
    for (pattern, &times) in &goals.patterns {
        let own = || pattern.iter().flatten();
        let ratings: Vec<f64> = own().map(|(rating, _)| f64::from(*rating)).collect();
        let weights: Vec<f64> = own().map(|(_, weight)| weight.0).collect();
        if let Some(score) = t_score(&ratings, &weights, rho) {
            scores.push(score);
            frequency.push(times);
        }
    }
    Ok(of_scores(&scores, &frequency, level))
}

/// Persons by level −2 to 2 of one goal.
fn by_level(counts: [u64; 5]) -> Vec<Value> {
    let n = counts.iter().sum();
    let shared = |statistic, count| match n {
        0 => Value::absent(statistic, Condition::new("no_goal", "")),
        n => share(statistic, count, n),
    };
    let attained = counts[2..].iter().sum();
    let mut values = vec![Value::new(&WITH_GOAL, n as f64)];
    for (level, count) in (-2..=2).zip(counts) {
        let term = level.to_string();
        values.push(Value::new(&ATTAINMENT, count as f64).term(term.clone()));
        values.push(shared(&ATTAINMENT_SHARE, count).term(term));
    }
    values.push(Value::new(&ATTAINED, attained as f64));
    values.push(shared(&ATTAINED_SHARE, attained));
    values.into_iter().map(|value| value.n(n)).collect()
}

fn of_scores(scores: &[f64], frequency: &[u64], level: f64) -> Vec<Value> {
    let n: u64 = frequency.iter().sum();
    let missing = |statistic, reason| Value::absent(statistic, Condition::new(reason, ""));
    let found = moments(scores, frequency);
    let rest = match n {
        0 => [&GOAL_T_MEAN, &GOAL_T_SD, &GOAL_T_MEAN_LOW, &GOAL_T_MEAN_HIGH]
            .map(|statistic| missing(statistic, "no_goal")),
        1 => [
            Value::new(&GOAL_T_MEAN, found.mean),
            missing(&GOAL_T_SD, "too_few"),
            missing(&GOAL_T_MEAN_LOW, "too_few"),
            missing(&GOAL_T_MEAN_HIGH, "too_few"),
        ],
        _ => {
            let reach = t_critical(level, n as f64 - 1.0) * found.sd / (n as f64).sqrt();
            [
                Value::new(&GOAL_T_MEAN, found.mean),
                Value::new(&GOAL_T_SD, found.sd).method("n - 1"),
                Value::new(&GOAL_T_MEAN_LOW, found.mean - reach).method("t"),
                Value::new(&GOAL_T_MEAN_HIGH, found.mean + reach).method("t"),
            ]
        }
    };
    let first = Value::new(&WITH_ANY_GOAL, n as f64);
    std::iter::once(first).chain(rest).map(|value| value.n(n)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // Weights 3, 1, 2 and ratings 1, −1, 2: Σwx = 6, Σw² = 14, (Σw)² = 36; 0.7·14 + 0.3·36 = 20.6.
        let score = t_score(&[1.0, -1.0, 2.0], &[3.0, 1.0, 2.0], RHO).unwrap();
        assert!((score - (50.0 + 60.0 / 20.6f64.sqrt())).abs() < 1e-12);
        assert_eq!(t_score(&[2.0], &[7.0], RHO), Some(70.0));
        assert_eq!(t_score(&[], &[], RHO), None);
    }

    #[test]
    fn the_scale_of_the_weights_and_the_order_of_persons_change_nothing() {
        let (ratings, weights) = ([Some(1), None, Some(-2), Some(0)], [2.0, f64::NAN, 1.0, 3.0]);
        let goals = Goals::new(&["work", "home"], &ratings, &weights, &[3, 2]).unwrap();
        let turned = Goals::new(
            &["work", "home"],
            &[ratings[2], ratings[3], ratings[0], None],
            &[1.0, 3.0, 2.0, 0.0],
            &[2, 3],
        );
        assert_eq!(goals, turned.unwrap());
        let [one, tenfold] =
            [1.0, 10.0].map(|scale| t_score(&[1.0, -2.0], &[scale, 3.0 * scale], RHO).unwrap());
        assert!((one - tenfold).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_is_refused_without_a_rating() {
        let rating = Goals::new(&["work"], &[Some(3)], &[1.0], &[1]);
        assert_eq!(rating, Err(GoalsError::Rating { pattern: 0, goal: "work".to_owned() }));
        assert!(Goals::new(&["work"], &[Some(1)], &[0.0], &[1]).is_err());
        assert!(Goals::new(&["work"], &[Some(1)], &[1.0], &[1, 2]).is_err());
        let goals = Goals::new(&["work"], &[Some(1)], &[1.0], &[1]).unwrap();
        assert_eq!(t_scores(&goals, 1.5, 0.95), Err(GoalsError::Rho(1.5)));
    }
}
