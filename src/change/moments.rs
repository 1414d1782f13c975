//! Means and standard deviations before, after and of the change.
//!
//! Assumes that answers are numbers with equal units; for an ordinal item that its codes stand at equal steps, which is a
//! choice of whoever made the codes. Not for describing skewed counts of days by themselves, whose mean may be nobody's number:
//! counts and classes of use say more. Standard deviations have divisor n − 1. Source: definition. Checked against R's `mean`
//! and `sd`.

use super::transitions::{MARGINS, MOMENTS};
use super::{Options, Pairs, Procedure, Scale};
use crate::estimate::{Condition, Reveals, Statistic, Value};

const MEAN: &str = "arithmetic mean";
const SD: &str = "square root of the sum of squared deviations over n − 1";

pub static MEAN_BEFORE: Statistic = Statistic {
    name: "mean_before",
    reveals: Reveals::Moment,
    rests_on: MARGINS,
    about: "Mean before, in the item's unit; for an ordinal item the codes are the scores.",
    source: MEAN,
};
pub static MEAN_AFTER: Statistic = Statistic {
    name: "mean_after",
    reveals: Reveals::Moment,
    rests_on: MARGINS,
    about: "Mean after, in the item's unit; for an ordinal item the codes are the scores.",
    source: MEAN,
};
pub static MEAN_CHANGE: Statistic = Statistic {
    name: "mean_change",
    reveals: Reveals::Moment,
    rests_on: MARGINS,
    about: "Mean of after less before, in the item's unit.",
    source: MEAN,
};
pub static SD_BEFORE: Statistic = Statistic {
    name: "sd_before",
    reveals: Reveals::Moment,
    rests_on: MARGINS,
    about: "Standard deviation before, in the item's unit.",
    source: SD,
};
pub static SD_AFTER: Statistic = Statistic {
    name: "sd_after",
    reveals: Reveals::Moment,
    rests_on: MARGINS,
    about: "Standard deviation after, in the item's unit.",
    source: SD,
};
pub static SD_CHANGE: Statistic = Statistic {
    name: "sd_change",
    reveals: Reveals::Moment,
    rests_on: MOMENTS,
    about: "Standard deviation of after less before, in the item's unit.",
    source: SD,
};

pub static PROCEDURE: Procedure = Procedure {
    id: "moments",
    statistics: &[&MEAN_BEFORE, &MEAN_AFTER, &MEAN_CHANGE, &SD_BEFORE, &SD_AFTER, &SD_CHANGE],
    applies: |scale| scale != Scale::Binary,
    compute,
};

/// Mean and standard deviation of values with frequencies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// NaN without a value.
    pub mean: f64,
    /// On n − 1; NaN with fewer than two values.
    pub sd: f64,
}

/// `values` and `frequency` are of one length.
pub fn moments(values: &[f64], frequency: &[u64]) -> Moments {
    let weighted = |term: &dyn Fn(f64) -> f64| -> f64 {
        values.iter().zip(frequency).map(|(&value, &times)| times as f64 * term(value)).sum()
    };
    let n = frequency.iter().sum::<u64>() as f64;
    if n == 0.0 {
        return Moments { mean: f64::NAN, sd: f64::NAN };
    }
    // In two passes: a sum of squares less a squared sum would cancel. The second pass also corrects the mean.
    let rough = weighted(&|value| value) / n;
    let rest = weighted(&|value| value - rough) / n;
    let squares = weighted(&|value| (value - rough - rest).powi(2));
    Moments { mean: rough + rest, sd: (squares / (n - 1.0)).sqrt() }
}

/// The moments that change is judged by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairedMoments {
    pub before: Moments,
    pub after: Moments,
    pub change: Moments,
}

impl PairedMoments {
    /// Those of `pairs`. A standard deviation is exactly 0 where all numbers are the same but for rounding.
    pub fn of(pairs: &Pairs) -> PairedMoments {
        let answers = || pairs.before().iter().chain(pairs.after());
        let largest = answers().fold(0.0, |most: f64, answer| most.max(answer.abs()));
        // Decimals such as 0.3 − 0.1 and 0.4 − 0.2 differ in their last bit. A deviation of that size is rounding, and
        // would make an enormous t (R's `t.test` refuses the same: "data are essentially constant").
        let settled = |values: &[f64]| {
            let Moments { mean, sd } = moments(values, pairs.frequency());
            let rounding = sd <= 10.0 * f64::EPSILON * largest;
            Moments { mean, sd: if rounding { 0.0 } else { sd } }
        };
        PairedMoments {
            before: settled(pairs.before()),
            after: settled(pairs.after()),
            change: settled(&pairs.differences()),
        }
    }
}

fn compute(pairs: &Pairs, _: &Options) -> Vec<Value> {
    let PairedMoments { before, after, change } = PairedMoments::of(pairs);
    let mean = |statistic, value| match pairs.n() {
        0 => Value::absent(statistic, Condition::new("no_pairs", "")),
        _ => Value::new(statistic, value),
    };
    let sd = |statistic, value| match pairs.n() {
        0 => Value::absent(statistic, Condition::new("no_pairs", "")),
        1 => Value::absent(statistic, Condition::new("too_few", "")),
        _ => Value::new(statistic, value).method("n - 1"),
    };
    vec![
        mean(&MEAN_BEFORE, before.mean),
        mean(&MEAN_AFTER, after.mean),
        mean(&MEAN_CHANGE, change.mean),
        sd(&SD_BEFORE, before.sd),
        sd(&SD_AFTER, after.sd),
        sd(&SD_CHANGE, change.sd),
    ]
}
