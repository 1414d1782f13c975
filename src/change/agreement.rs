//! Agreement of two ratings of the same people: change as users rate it, against the difference between their answers.
//!
//! Kappa is agreement beyond what the two margins give by chance. Weighted kappa counts near misses as partial agreement; the credit falls
//! with the distance (linear) or with its square (quadratic). Assumes that both ratings are of the same people on the same levels, and, for
//! the weights, that the levels are equally spaced. Kappa is low when nearly everybody is at one level, however well the ratings agree: read
//! it together with the share that agrees. Not for before against after, which is change. Sources: Cohen 1960 and 1968, Fleiss, Cohen &
//! Everitt 1969 (below). Checked against `vcd::Kappa`; the estimates also against `psych::cohen.kappa`, the errors also against the delta method.

use super::counts::share;
use super::wilson::wilson;
use super::{Direction, Pairs, absent};
use crate::distribution::normal_critical;
use crate::estimate::{
    Condition, Counted, RestsOn, Reveals, Role, Small, Statistic, Statistics, Term, Value,
};

const COHEN: &str = "Cohen 1968, Psychological Bulletin 70:213–220";
const ERROR: &str = "Fleiss, Cohen & Everitt 1969, Psychological Bulletin 72:323–327";
const WILSON: &str = "Wilson 1927, JASA 22:209–212";

const fn inference(name: &'static str, about: &'static str, source: &'static str) -> Statistic {
    Statistic { name, reveals: Reveals::Inference, rests_on: RestsOn::All, about, source }
}

const fn count(name: &'static str, role: Role, about: &'static str) -> Statistic {
    Statistic { name, reveals: Reveals::Count, rests_on: RestsOn::count(role), about, source: "counting" }
}

pub static N_RATED: Statistic =
    count("n_rated", Role::Base, "Persons with both ratings of change: the one given, and the difference.");
pub static RATED_DIFFERENCED: Statistic = count(
    "rated_differenced",
    Role::Interior,
    "Persons rated at level a whose answers differ by level b; the term is `a>b`, 1 better, 0 unchanged, −1 worse.",
);
pub static RATED_COUNT: Statistic = count(
    "rated_count",
    Role::Margin,
    "Persons rated at a level, of those with both ratings; the term is the level.",
);
pub static DIFFERENCED_COUNT: Statistic = count(
    "differenced_count",
    Role::Margin,
    "Persons whose answers differ by a level, of those with both ratings; the term is the level.",
);

pub static RATED_DIFFERENCED_SHARE: Statistic = Statistic {
    name: "rated_differenced_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::Only(&[Counted::Same(&RATED_DIFFERENCED), Counted::Before(&RATED_COUNT)]),
    about: "Persons rated at level a whose answers differ by level b over all rated at level a, 0 to 1; the term is `a>b`.",
    source: "counting",
};
pub static RATED_SHARE: Statistic = Statistic {
    name: "rated_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::Only(&[Counted::Same(&RATED_COUNT), Counted::Each(&N_RATED)]),
    about: "Persons rated at a level over those with both ratings, 0 to 1; the term is the level.",
    source: "counting",
};
pub static DIFFERENCED_SHARE: Statistic = Statistic {
    name: "differenced_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::Only(&[Counted::Same(&DIFFERENCED_COUNT), Counted::Each(&N_RATED)]),
    about: "Persons whose answers differ by a level over those with both ratings, 0 to 1; the term is the level.",
    source: "counting",
};

/// The table of the two ratings, which [`agreement`] gives first.
pub const COUNTS: Statistics = &[
    &N_RATED,
    &RATED_DIFFERENCED,
    &RATED_COUNT,
    &DIFFERENCED_COUNT,
    &RATED_DIFFERENCED_SHARE,
    &RATED_SHARE,
    &DIFFERENCED_SHARE,
];

pub static AGREED: Statistic = Statistic {
    name: "agreed",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons whom both ratings put at the same level.",
    source: "counting",
};
pub static AGREED_SHARE: Statistic = Statistic {
    name: "agreed_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&AGREED),
    about: "Persons whom both ratings put at the same level, over pairs, 0 to 1.",
    source: "counting",
};
// Shares, not inference: with n, an end of Wilson's interval gives the count away.
pub static AGREED_SHARE_LOW: Statistic = Statistic {
    name: "agreed_share_low",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&AGREED),
    about: "Lower end of Wilson's interval for the share that agrees.",
    source: WILSON,
};
pub static AGREED_SHARE_HIGH: Statistic = Statistic {
    name: "agreed_share_high",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&AGREED),
    about: "Upper end of Wilson's interval for the share that agrees.",
    source: WILSON,
};
/// Unweighted, kappa rests on the diagonal and the margins; its error, and weighted kappa, on every cell.
const DIAGONAL_AND_MARGINS: &[Counted] =
    &[Counted::Each(&AGREED), Counted::Each(&RATED_COUNT), Counted::Each(&DIFFERENCED_COUNT)];

pub static KAPPA: Statistic = Statistic {
    rests_on: RestsOn::Counts(DIAGONAL_AND_MARGINS),
    ..inference(
        "kappa",
        "Cohen's kappa, unweighted; 1 for full agreement, 0 for that of chance.",
        "Cohen 1960, Educational and Psychological Measurement 20:37–46",
    )
};
pub static KAPPA_STD_ERROR: Statistic =
    inference("kappa_std_error", "Large-sample standard error of kappa, not that under the null.", ERROR);
pub static KAPPA_LOW: Statistic =
    inference("kappa_low", "Lower end of the normal interval for kappa.", ERROR);
pub static KAPPA_HIGH: Statistic =
    inference("kappa_high", "Upper end of the normal interval for kappa.", ERROR);
const UNWEIGHTED: [&Statistic; 4] = [&KAPPA, &KAPPA_STD_ERROR, &KAPPA_LOW, &KAPPA_HIGH];
pub static KAPPA_LINEAR: Statistic =
    inference("kappa_linear", "Weighted kappa with weights 1 − |i − j|/(k − 1).", COHEN);
pub static KAPPA_LINEAR_STD_ERROR: Statistic =
    inference("kappa_linear_std_error", "Large-sample standard error of linearly weighted kappa.", ERROR);
pub static KAPPA_LINEAR_LOW: Statistic =
    inference("kappa_linear_low", "Lower end of the normal interval for linearly weighted kappa.", ERROR);
pub static KAPPA_LINEAR_HIGH: Statistic =
    inference("kappa_linear_high", "Upper end of the normal interval for linearly weighted kappa.", ERROR);
const LINEAR: [&Statistic; 4] =
    [&KAPPA_LINEAR, &KAPPA_LINEAR_STD_ERROR, &KAPPA_LINEAR_LOW, &KAPPA_LINEAR_HIGH];
pub static KAPPA_QUADRATIC: Statistic =
    inference("kappa_quadratic", "Weighted kappa with weights 1 − (i − j)²/(k − 1)².", COHEN);
pub static KAPPA_QUADRATIC_STD_ERROR: Statistic = inference(
    "kappa_quadratic_std_error",
    "Large-sample standard error of quadratically weighted kappa.",
    ERROR,
);
pub static KAPPA_QUADRATIC_LOW: Statistic = inference(
    "kappa_quadratic_low",
    "Lower end of the normal interval for quadratically weighted kappa.",
    ERROR,
);
pub static KAPPA_QUADRATIC_HIGH: Statistic = inference(
    "kappa_quadratic_high",
    "Upper end of the normal interval for quadratically weighted kappa.",
    ERROR,
);
const QUADRATIC: [&Statistic; 4] =
    [&KAPPA_QUADRATIC, &KAPPA_QUADRATIC_STD_ERROR, &KAPPA_QUADRATIC_LOW, &KAPPA_QUADRATIC_HIGH];

/// What [`agreement`] measures the table by.
pub const STATISTICS: Statistics = &[
    &AGREED,
    &AGREED_SHARE,
    &AGREED_SHARE_LOW,
    &AGREED_SHARE_HIGH,
    &KAPPA,
    &KAPPA_STD_ERROR,
    &KAPPA_LOW,
    &KAPPA_HIGH,
    &KAPPA_LINEAR,
    &KAPPA_LINEAR_STD_ERROR,
    &KAPPA_LINEAR_LOW,
    &KAPPA_LINEAR_HIGH,
    &KAPPA_QUADRATIC,
    &KAPPA_QUADRATIC_STD_ERROR,
    &KAPPA_QUADRATIC_LOW,
    &KAPPA_QUADRATIC_HIGH,
];

pub static N_UNRATED: Statistic = Statistic {
    name: "n_unrated",
    reveals: Reveals::Count,
    rests_on: RestsOn::Count { role: Role::Margin, small: Small::OfForms },
    about: "Persons with an answer at both waves whose change was not rated.",
    source: "counting",
};

pub static N_UNDIFFERENCED: Statistic = Statistic {
    name: "n_undifferenced",
    reveals: Reveals::Count,
    rests_on: RestsOn::Count { role: Role::Margin, small: Small::OfForms },
    about: "Persons whose change was rated and who lack an answer at one of the waves.",
    source: "counting",
};

pub static RATED_LEVEL: Statistic = Statistic {
    name: "rated_level",
    reveals: Reveals::Setting,
    rests_on: RestsOn::Nobody,
    about: "What a code of the rating is read as: 1 better, 0 unchanged, −1 worse; the term is `variable=code`.",
    source: "the pipeline",
};

/// What stands around the table of the two ratings.
pub const AROUND: Statistics = &[&N_UNRATED, &N_UNDIFFERENCED, &RATED_LEVEL];

/// How much two ratings agree that are `distance` levels apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weights {
    /// At the same level or not at all.
    Unweighted,
    /// 1 − |i − j|/(k − 1).
    Linear,
    /// 1 − (i − j)²/(k − 1)².
    Quadratic,
}

impl Weights {
    fn of(self, i: usize, j: usize, k: usize) -> f64 {
        let apart = i.abs_diff(j) as f64 / (k as f64 - 1.0);
        match self {
            Weights::Unweighted => f64::from(i == j),
            Weights::Linear => 1.0 - apart,
            Weights::Quadratic => 1.0 - apart * apart,
        }
    }
}

/// Kappa with its large-sample standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kappa {
    pub estimate: f64,
    pub std_error: f64,
}

/// Kappa of a `k` × `k` table of counts, row by row, k ≥ 2; `None` where chance alone gives full agreement.
pub fn kappa(table: &[u64], k: usize, weights: Weights) -> Option<Kappa> {
    let n: f64 = table.iter().sum::<u64>() as f64;
    let cell = |i: usize, j: usize| table[i * k + j] as f64 / n;
    let weight = |i: usize, j: usize| weights.of(i, j, k);
    let rows: Vec<f64> = (0..k).map(|i| (0..k).map(|j| cell(i, j)).sum()).collect();
    let columns: Vec<f64> = (0..k).map(|j| (0..k).map(|i| cell(i, j)).sum()).collect();
    let over_cells = |term: &dyn Fn(usize, usize) -> f64| -> f64 {
        (0..k).flat_map(|i| (0..k).map(move |j| (i, j))).map(|(i, j)| term(i, j)).sum()
    };
    // Disagreement is summed instead of agreement: it does not cancel where nearly all agree.
    let observed = over_cells(&|i, j| (1.0 - weight(i, j)) * cell(i, j));
    let expected = over_cells(&|i, j| (1.0 - weight(i, j)) * rows[i] * columns[j]);
    if n == 0.0 || expected == 0.0 {
        return None;
    }
    let ratio = observed / expected;
    let estimate = 1.0 - ratio;
    // Mean weights of each level against the other rating's margin.
    let of_row: Vec<f64> = (0..k).map(|i| (0..k).map(|j| columns[j] * weight(i, j)).sum()).collect();
    let of_column: Vec<f64> = (0..k).map(|j| (0..k).map(|i| rows[i] * weight(i, j)).sum()).collect();
    let square = over_cells(&|i, j| cell(i, j) * (weight(i, j) - (of_row[i] + of_column[j]) * ratio).powi(2));
    let centre = estimate - (1.0 - expected) * ratio;
    let variance = (square - centre * centre).max(0.0) / (n * expected * expected);
    Some(Kappa { estimate, std_error: variance.sqrt() })
}

/// The direction of each change as a level: −1 worse, 0 unchanged, 1 better; `None` where no better direction is declared.
///
/// Ratings of change, brought to the same three levels, are paired with these in [`Pairs`] of an ordinal scale.
pub fn differenced(before: &[f64], after: &[f64], better: Direction) -> Option<Vec<f64>> {
    let sign = match better {
        Direction::Higher => 1.0,
        Direction::Lower => -1.0,
        Direction::None => return None,
    };
    let level = |(before, after): (&f64, &f64)| match after.partial_cmp(before) {
        Some(std::cmp::Ordering::Greater) => sign,
        Some(std::cmp::Ordering::Less) => -sign,
        Some(std::cmp::Ordering::Equal) | None => 0.0,
    };
    Some(before.iter().zip(after).map(level).collect())
}

/// The cells of a table of `levels` × `levels` counts, row by row, and its margins.
fn counts(levels: &[f64], table: &[u64]) -> Vec<Value> {
    let k = levels.len();
    let number = |statistic, count: u64| Value::new(statistic, count as f64);
    let n = table.iter().sum();
    let mut values = vec![number(&N_RATED, n)];
    for (i, first) in levels.iter().enumerate() {
        let row = &table[i * k..(i + 1) * k];
        let rated: u64 = row.iter().sum();
        for (&count, second) in row.iter().zip(levels) {
            let of_row = match rated {
                0 => Value::absent(&RATED_DIFFERENCED_SHARE, Condition::new("nobody_among", "")),
                rated => share(&RATED_DIFFERENCED_SHARE, count, rated),
            };
            let term = Term::moved(first, second);
            values.extend([number(&RATED_DIFFERENCED, count).term(&term), of_row.term(&term)]);
        }
    }
    for (i, level) in levels.iter().enumerate() {
        let row = table[i * k..(i + 1) * k].iter().sum();
        let column = (0..k).map(|row| table[row * k + i]).sum();
        values.push(number(&RATED_COUNT, row).term(level.to_string()));
        values.push(share(&RATED_SHARE, row, n).term(level.to_string()));
        values.push(number(&DIFFERENCED_COUNT, column).term(level.to_string()));
        values.push(share(&DIFFERENCED_SHARE, column, n).term(level.to_string()));
    }
    values
}

/// The table and the agreement of the two ratings of `ratings` (a binary or ordinal scale, its levels in their order), intervals at `level`.
///
/// Every value's `n` is the number of pairs. Absent with `no_pairs`; `no_variation` where both ratings put everybody at one
/// level; `boundary` for the interval of full agreement, whose error is 0.
pub fn agreement(ratings: &Pairs, level: f64) -> Vec<Value> {
    let n = ratings.n();
    let k = ratings.levels().len();
    let table = ratings.transitions();
    let mut values = counts(ratings.levels(), &table);
    if n == 0 || k == 0 {
        values.extend(absent(STATISTICS, "no_pairs"));
        return values.into_iter().map(|value| value.n(n)).collect();
    }
    let z = normal_critical(level);
    let agreed = (0..k).map(|i| table[i * k + i]).sum();
    let (low, high) = wilson(agreed, n, z);
    values.extend([
        Value::new(&AGREED, agreed as f64),
        share(&AGREED_SHARE, agreed, n),
        Value::new(&AGREED_SHARE_LOW, low).method("Wilson"),
        Value::new(&AGREED_SHARE_HIGH, high).method("Wilson"),
    ]);
    let variants = [
        (&UNWEIGHTED, Weights::Unweighted, "unweighted"),
        (&LINEAR, Weights::Linear, "linear weights"),
        (&QUADRATIC, Weights::Quadratic, "quadratic weights"),
    ];
    for (statistics, weights, method) in variants {
        let [estimate, error, low, high] = statistics;
        let missing = |statistic, reason| Value::absent(statistic, Condition::new(reason, ""));
        let found = match kappa(&table, k, weights) {
            None => statistics.iter().map(|statistic| missing(statistic, "no_variation")).collect(),
            Some(kappa) if kappa.estimate == 1.0 => vec![
                Value::new(estimate, 1.0),
                Value::new(error, 0.0),
                missing(low, "boundary"),
                missing(high, "boundary"),
            ],
            Some(kappa) => vec![
                Value::new(estimate, kappa.estimate),
                Value::new(error, kappa.std_error),
                Value::new(low, kappa.estimate - z * kappa.std_error),
                Value::new(high, kappa.estimate + z * kappa.std_error),
            ],
        };
        values.extend(found.into_iter().map(|value| value.method(method)));
    }
    values.into_iter().map(|value| value.n(n)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_raters_may_change_places(table in prop::collection::vec(0u64..9, 9)) {
            let turned: Vec<u64> = (0..9).map(|cell| table[cell % 3 * 3 + cell / 3]).collect();
            for weights in [Weights::Unweighted, Weights::Linear, Weights::Quadratic] {
                match (kappa(&table, 3, weights), kappa(&turned, 3, weights)) {
                    (Some(one), Some(other)) => {
                        prop_assert!((one.estimate - other.estimate).abs() < 1e-12);
                        prop_assert!((one.std_error - other.std_error).abs() < 1e-7);
                        prop_assert!(one.estimate <= 1.0);
                    }
                    (one, other) => prop_assert_eq!(one, other),
                }
            }
        }

        #[test]
        fn with_two_levels_there_is_one_kappa(table in prop::collection::vec(1u64..50, 4)) {
            let [plain, linear, quadratic] = [Weights::Unweighted, Weights::Linear, Weights::Quadratic]
                .map(|weights| kappa(&table, 2, weights));
            prop_assert_eq!(plain, linear);
            prop_assert_eq!(plain, quadratic);
        }
    }

    #[test]
    fn a_fall_is_better_where_lower_is() {
        let levels = differenced(&[3.0, 2.0, 2.0], &[1.0, 2.0, 4.0], Direction::Lower);
        assert_eq!(levels, Some(vec![1.0, 0.0, -1.0]));
        assert_eq!(differenced(&[1.0], &[2.0], Direction::None), None);
    }
}
