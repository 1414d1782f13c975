//! Tail probabilities and quantiles of the reference distributions.
//!
//! Tails come from survival functions, never from 1 − F: a p-value of 1e-30 keeps its digits. They come from the incomplete
//! gamma function, which statrs computes to 1e-14 relative; its `erfc` is good to some 1e-10 only.

use std::f64::consts::SQRT_2;

use statrs::function::erf::erfc_inv;
use statrs::function::gamma::checked_gamma_ur;

/// P(|Z| ≥ |z|) for a standard normal Z: z² is chi-squared with one degree of freedom.
pub fn normal_two_sided(z: f64) -> f64 {
    chi_squared_upper(z * z, 1.0)
}

/// P(X ≥ x) for a chi-squared X with `df` > 0 degrees of freedom; NaN where x or df is none.
pub fn chi_squared_upper(x: f64, df: f64) -> f64 {
    match x {
        _ if x.is_nan() || df.is_nan() || df <= 0.0 => f64::NAN,
        _ if x <= 0.0 => 1.0,
        f64::INFINITY => 0.0,
        _ => checked_gamma_ur(df / 2.0, x / 2.0).unwrap_or(f64::NAN),
    }
}

/// z with P(|Z| ≤ z) = `level`; NaN for a level outside (0, 1).
pub fn normal_critical(level: f64) -> f64 {
    match level > 0.0 && level < 1.0 {
        true => SQRT_2 * erfc_inv(1.0 - level),
        false => f64::NAN,
    }
}
