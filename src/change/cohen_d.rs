//! Cohen's d of paired change, by the two standard deviations that the field compares a mean change with.

use super::moments::PairedMoments;
use super::paired_t::obstacle;
use super::{Options, Pairs, Procedure, Scale};
use crate::estimate::{Condition, Reveals, Statistic, Statistics, Value};

static D_Z: Statistic = Statistic {
    name: "d_z",
    reveals: Reveals::Inference,
    about: "Mean change over the standard deviation of change; also called standardised response mean.",
    source: "Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., section 2.3.5",
};
static D_AV: Statistic = Statistic {
    name: "d_av",
    reveals: Reveals::Inference,
    about: "Mean change over the average of the standard deviations before and after.",
    source: "Cumming 2012, Understanding the New Statistics, chapter 11; Lakens 2013, Frontiers in Psychology 4:863, equation 10",
};

const STATISTICS: Statistics = &[&D_Z, &D_AV];

pub static PROCEDURE: Procedure =
    Procedure { id: "cohen_d", statistics: STATISTICS, applies: |scale| scale != Scale::Binary, compute };

fn compute(pairs: &Pairs, _: &Options) -> Vec<Value> {
    let moments = PairedMoments::of(pairs);
    let average = (moments.before.sd + moments.after.sd) / 2.0;
    let over = |statistic, sd: f64, reason: Option<&str>| match reason {
        None => Value::new(statistic, moments.change.mean / sd).method("no small-sample correction"),
        Some(reason) => Value::absent(statistic, Condition::new(reason, "")),
    };
    let d_av = match pairs.n() {
        0 => Some("no_pairs"),
        1 => Some("too_few"),
        _ if average == 0.0 => Some("no_variation"),
        _ => None,
    };
    vec![over(&D_Z, moments.change.sd, obstacle(pairs, &moments)), over(&D_AV, average, d_av)]
}
