//! Tail probabilities and quantiles of the reference distributions.
//!
//! Tails come from survival functions, never from 1 − F: a p-value of 1e-30 keeps its digits.

use std::f64::consts::{FRAC_1_SQRT_2, PI, SQRT_2};

use statrs::function::erf::{erfc, erfc_inv};
use statrs::function::gamma::checked_gamma_ur;

/// P(|Z| ≥ |z|) for a standard normal Z.
pub fn normal_two_sided(z: f64) -> f64 {
    erfc(z.abs() * FRAC_1_SQRT_2)
}

/// P(X ≥ x) for a chi-squared X with `df` > 0 degrees of freedom; NaN where x or df is none.
pub fn chi_squared_upper(x: f64, df: f64) -> f64 {
    match x {
        _ if x.is_nan() || df.is_nan() || df <= 0.0 => f64::NAN,
        _ if x <= 0.0 => 1.0,
        _ if df == 1.0 => erfc((x / 2.0).sqrt()),
        _ => checked_gamma_ur(df / 2.0, x / 2.0).unwrap_or(f64::NAN),
    }
}

/// z with P(|Z| ≤ z) = `level`; NaN for a level outside (0, 1).
pub fn normal_critical(level: f64) -> f64 {
    if !(level > 0.0 && level < 1.0) {
        return f64::NAN;
    }
    let tail = 1.0 - level;
    let z = SQRT_2 * erfc_inv(tail);
    // One Newton step on the tail takes the inverse to the precision of erfc itself.
    let density = 2.0 * (-z * z / 2.0).exp() / (2.0 * PI).sqrt();
    z + (normal_two_sided(z) - tail) / density
}
