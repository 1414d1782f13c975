//! The probability of superiority: how likely a person is to be better after than before, where no change counts half.
//!
//! With it a mean change becomes a sentence: "of ten users, so many are better off". It needs only an order, so it suits ordinal answers
//! as well as numbers. It says nothing about how much better. Assumes independent people. Not to be confused with the probability of
//! superiority of two independent groups (Mann–Whitney), nor with the one that some programs derive from d_z under normality. Its interval
//! is a score interval: it excludes ½ exactly when χ² of better against worse, without correction, is significant, which is not always when
//! the exact `sign_p` is. Sources: Grissom & Kim 2012, Tango 1998 (below). Checked against R: the definition, and Tango's limits by root finding.

use super::counts::{Directions, directions};
use super::risk_difference::tango;
use super::transitions::DIRECTIONS;
use super::{Direction, Options, Pairs, Procedure, Scale, absent};
use crate::distribution::normal_critical;
use crate::estimate::{Reveals, Statistic, Statistics, Value};

const SOURCE: &str =
    "Grissom & Kim 2012, Effect Sizes for Research, 2nd ed., chapter 5 (dependent groups, ties half)";
const INTERVAL: &str = "Tango 1998, Statistics in Medicine 17:891–908, applied to (better − worse)/n";

// Shares all three: each is a function of the directions' counts and n alone, so it gives them away as a share does.
pub static PROBABILITY_OF_SUPERIORITY: Statistic = Statistic {
    name: "probability_of_superiority",
    reveals: Reveals::Share,
    rests_on: DIRECTIONS,
    about: "Persons better after than before plus half of the unchanged, over pairs, 0 to 1; higher for better where no \
            direction is declared.",
    source: SOURCE,
};
pub static PROBABILITY_OF_SUPERIORITY_LOW: Statistic = Statistic {
    name: "probability_of_superiority_low",
    reveals: Reveals::Share,
    rests_on: DIRECTIONS,
    about: "Lower end of the score interval for the probability of superiority.",
    source: INTERVAL,
};
pub static PROBABILITY_OF_SUPERIORITY_HIGH: Statistic = Statistic {
    name: "probability_of_superiority_high",
    reveals: Reveals::Share,
    rests_on: DIRECTIONS,
    about: "Upper end of the score interval for the probability of superiority.",
    source: INTERVAL,
};

const STATISTICS: Statistics =
    &[&PROBABILITY_OF_SUPERIORITY, &PROBABILITY_OF_SUPERIORITY_LOW, &PROBABILITY_OF_SUPERIORITY_HIGH];

pub static PROCEDURE: Procedure = Procedure {
    id: "probability_of_superiority",
    statistics: STATISTICS,
    applies: |scale| scale != Scale::Binary,
    compute,
};

fn compute(pairs: &Pairs, options: &Options) -> Vec<Value> {
    if pairs.n() == 0 {
        return absent(STATISTICS, "no_pairs");
    }
    let Directions { increased, decreased, .. } = directions(pairs);
    let (better, worse, method) = match pairs.better() {
        Direction::Higher => (increased, decreased, "better after than before"),
        Direction::Lower => (decreased, increased, "better after than before"),
        Direction::None => (increased, decreased, "higher after than before"),
    };
    // Better, worse and unchanged are a trinomial as the cells of a paired 2 × 2 table are, and ½ + (better − worse)/2n is
    // a risk difference on another scale: its score interval holds where all change one way, too.
    let n = pairs.n();
    let (low, high) = tango(better, worse, n, normal_critical(options.level));
    let on_scale = |difference: f64| (1.0 + difference) / 2.0;
    let share = on_scale((better as f64 - worse as f64) / n as f64);
    vec![
        Value::new(&PROBABILITY_OF_SUPERIORITY, share).method(method),
        Value::new(&PROBABILITY_OF_SUPERIORITY_LOW, on_scale(low)).method("Tango score"),
        Value::new(&PROBABILITY_OF_SUPERIORITY_HIGH, on_scale(high)).method("Tango score"),
    ]
}
