//! Tail probabilities and quantiles of the reference distributions.
//!
//! Tails come from survival functions, never from 1 − F: a p-value of 1e-30 keeps its digits. They come from the incomplete
//! gamma function, which statrs computes to 1e-14 relative; its `erfc` is good to some 1e-10 only.

use std::f64::consts::SQRT_2;

use statrs::function::beta::checked_beta_reg;
use statrs::function::erf::erfc_inv;
use statrs::function::gamma::{checked_gamma_ur, ln_gamma};

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

/// P(|T| ≥ |t|) for Student's t with `df` > 0 degrees of freedom, of which there need not be a whole number; NaN where t or df is
/// none.
pub fn student_two_sided(t: f64, df: f64) -> f64 {
    match t * t {
        _ if t.is_nan() || df.is_nan() || df <= 0.0 => f64::NAN,
        0.0 => 1.0,
        f64::INFINITY => 0.0,
        // Far out the tail itself, which keeps its digits; near zero the complement of what is small there.
        square if square < 0.5 => {
            checked_beta_reg(0.5, df / 2.0, square / (df + square)).map_or(f64::NAN, |p| 1.0 - p)
        }
        square => checked_beta_reg(df / 2.0, 0.5, df / (df + square)).unwrap_or(f64::NAN),
    }
}

/// t with P(|T| ≤ t) = `level`; NaN for a level outside (0, 1), or df that is none.
///
/// Newton's method on the logarithm of the tail by that of t, where it is nearly straight; kept between bounds.
pub fn student_critical(level: f64, df: f64) -> f64 {
    if !(level > 0.0 && level < 1.0 && df > 0.0 && df.is_finite()) {
        return f64::NAN;
    }
    let tail = 1.0 - level;
    let scale = (ln_gamma((df + 1.0) / 2.0) - ln_gamma(df / 2.0)).exp() / (df * std::f64::consts::PI).sqrt();
    let density = |t: f64| scale * (-(df + 1.0) / 2.0 * (t * t / df).ln_1p()).exp();
    let (mut low, mut high) = (0.0_f64, f64::INFINITY);
    let mut t = normal_critical(level);
    for _ in 0..200 {
        let p = student_two_sided(t, df);
        if p > tail {
            low = t
        } else {
            high = t
        }
        let newton = t * ((p / tail).ln() * p / (2.0 * density(t) * t)).exp();
        let next = match newton > low && newton < high {
            true => newton,
            false if high.is_finite() => (low + high) / 2.0,
            false => 2.0 * t,
        };
        if (next - t).abs() <= 1e-15 * t {
            return next;
        }
        t = next;
    }
    t
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn student_agrees_with_r() {
        // qt(0.975, df), qt(0.995, df) and 2 * pt(-2.5, df) of R 4.2.2.
        let known = [
            (0.8, 23.327935796003743, 174.49791196608615, 0.2894089240162462),
            (1.0, 12.706204736174694, 63.656741162871526, 0.2422378831816867),
            (3.7, 2.8675207071911917, 4.869252253227828, 0.07182202291182675),
            (25.0, 2.0595385527532977, 2.7874358136769706, 0.019343127569942695),
            (1234.5, 1.961887483331345, 2.5798177297333207, 0.01254826040285293),
        ];
        for (df, at_95, at_99, p) in known {
            let close = |found: f64, wanted: f64| (found / wanted - 1.0).abs() < 1e-11;
            assert!(close(student_critical(0.95, df), at_95), "{df} {}", student_critical(0.95, df));
            assert!(close(student_critical(0.99, df), at_99), "{df} {}", student_critical(0.99, df));
            assert!(close(student_two_sided(2.5, df), p), "{df} {}", student_two_sided(2.5, df));
        }
        // 2 * pt(-20, 500)
        assert!((student_two_sided(20.0, 500.0) / 8.112003036187792e-66 - 1.0).abs() < 1e-11);
    }
}
