//! Cohen's d of paired change, by the two standard deviations that the field compares a mean change with.
//!
//! d_z is also called the standardised response mean (SRM). It grows with the correlation of the two waves, so it compares
//! instruments on the same persons, not studies; d_av is on the scale of the answers. Assumes that the standard deviation is a
//! fair yardstick: near-normal numbers of persons like those it is compared with. Not for skewed counts of days, nor for
//! persons picked for extreme scores, whose small spread makes d large. With few persons both are too large on average; Hedges'
//! factor on n − 1 degrees of freedom makes up for it, exactly for d_z of normal changes, for d_av by convention. Sources:
//! Cohen 1988, Cumming 2012, Lakens 2013, Hedges 1981 (below). Checked against the definitions in R, and effectsize's
//! `hedges_g` where it is installed.

use super::transitions::{MARGINS, MOMENTS};
use statrs::function::gamma::ln_gamma;

use super::moments::PairedMoments;
use super::paired_t::{interval, obstacle};
use super::{Options, Pairs, Procedure, Scale};
use crate::distribution::beta::stirling_error;
use crate::estimate::{Condition, Reveals, Statistic, Statistics, Value};

const CUMMING: &str = "Cumming 2012, Understanding the New Statistics, chapter 11; Lakens 2013, Frontiers in Psychology 4:863, equation 10";

pub static D_Z: Statistic = Statistic {
    name: "d_z",
    reveals: Reveals::Inference,
    rests_on: MOMENTS,
    about: "Mean change over the standard deviation of change; also called standardised response mean.",
    source: "Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., section 2.3.5",
};
pub static D_AV: Statistic = Statistic {
    name: "d_av",
    reveals: Reveals::Inference,
    rests_on: MARGINS,
    about: "Mean change over the average of the standard deviations before and after.",
    source: CUMMING,
};

pub static D_AV_LOW: Statistic = Statistic {
    name: "d_av_low",
    reveals: Reveals::Inference,
    rests_on: MOMENTS,
    about: "Lower end of the t interval for the mean change over the average of the standard deviations before and after, which are taken as known.",
    source: CUMMING,
};
pub static D_AV_HIGH: Statistic = Statistic {
    name: "d_av_high",
    reveals: Reveals::Inference,
    rests_on: MOMENTS,
    about: "Upper end of the t interval for the mean change over the average of the standard deviations before and after, which are taken as known.",
    source: CUMMING,
};

const STATISTICS: Statistics = &[&D_Z, &D_AV, &D_AV_LOW, &D_AV_HIGH];

pub static PROCEDURE: Procedure =
    Procedure { id: "cohen_d", statistics: STATISTICS, applies: |scale| scale != Scale::Binary, compute };

/// Hedges' factor J = Γ(m/2)/(√(m/2)·Γ((m − 1)/2)) for `df` = m degrees of freedom, m ≥ 1; 0 for one.
///
/// Source: Hedges 1981, Journal of Educational Statistics 6:107–128, equation 6e.
pub fn hedges_factor(df: f64) -> f64 {
    let a = df / 2.0;
    if df <= 3.0 {
        return (ln_gamma(a) - ln_gamma(a - 0.5)).exp() / a.sqrt();
    }
    // Stirling's formula for both gamma functions: the large logarithms cancel on paper, not in floating point.
    let logarithm = (a - 0.5) * f64::ln_1p(-1.0 / a) - (a - 1.0) * f64::ln_1p(-1.5 / a) - 0.5
        + stirling_error(a - 1.0)
        - stirling_error(a - 1.5);
    logarithm.exp()
}

fn compute(pairs: &Pairs, options: &Options) -> Vec<Value> {
    let (factor, method) = match options.hedges {
        // With one pair there is no standard deviation either.
        true if pairs.n() > 1 => (hedges_factor(pairs.n() as f64 - 1.0), "Hedges' correction"),
        _ => (1.0, "no small-sample correction"),
    };
    let moments = PairedMoments::of(pairs);
    let average = (moments.before.sd + moments.after.sd) / 2.0;
    let over = |statistic, change: f64, sd: f64, reason: Option<&str>| match reason {
        // One degree of freedom: the factor is 0, and so would every effect be.
        None if factor == 0.0 => Value::absent(statistic, Condition::new("too_few", "")),
        None => Value::new(statistic, factor * change / sd).method(method),
        Some(reason) => Value::absent(statistic, Condition::new(reason, "")),
    };
    let d_av = match pairs.n() {
        0 => Some("no_pairs"),
        1 => Some("too_few"),
        _ if average == 0.0 => Some("no_variation"),
        _ => None,
    };
    let (mean, no_interval) = (moments.change.mean, obstacle(pairs, &moments));
    let [low, high] = match no_interval {
        None => interval(&moments, pairs.n(), options.level),
        Some(_) => [f64::NAN; 2],
    };
    vec![
        over(&D_Z, mean, moments.change.sd, no_interval),
        over(&D_AV, mean, average, d_av),
        over(&D_AV_LOW, low, average, d_av.or(no_interval)),
        over(&D_AV_HIGH, high, average, d_av.or(no_interval)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_is_that_of_the_gamma_functions_and_of_its_series() {
        // J(2) = 1/Γ(½) = 1/√π; J(4) = Γ(2)/(√2·Γ(3/2)).
        let pi = std::f64::consts::PI;
        assert!((hedges_factor(2.0) - 1.0 / pi.sqrt()).abs() < 1e-13);
        assert!((hedges_factor(4.0) - (2.0 / pi).sqrt()).abs() < 1e-13);
        assert_eq!(hedges_factor(1.0), 0.0);
        let m = 1e8;
        assert!((hedges_factor(m) - (1.0 - 3.0 / (4.0 * m - 1.0))).abs() < 1e-15);
    }
}
