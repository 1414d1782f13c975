//! Tail probabilities and quantiles of the reference distributions: of every test and interval of the house.
//!
//! Tails are accurate in relative terms far out, never 1 minus a number near 1: a p-value of 1e-30 keeps its digits. Those of the
//! normal and the χ² come from statrs' incomplete gamma function, which is good to 1e-14 (its `erfc` to some 1e-10 only); those of
//! Student's t and of counts from [`beta`], which is our own. Checked against R's `pt`, `qt`, `pbinom`, `binom.test`.

pub mod beta;

use statrs::function::erf::erfc_inv;
use statrs::function::gamma::checked_gamma_ur;

use beta::{beta_kernel, beta_log_odds_quantile, beta_tails};

/// P(|Z| ≥ |z|) for a standard normal Z: Z² is χ² on one degree of freedom.
pub fn normal_two_sided(z: f64) -> f64 {
    chi_squared_upper(z * z, 1.0)
}

/// The z that a standard normal variable exceeds, in either direction, with probability 1 − `level`; NaN for a level outside (0, 1).
pub fn normal_critical(level: f64) -> f64 {
    match level > 0.0 && level < 1.0 {
        true => std::f64::consts::SQRT_2 * erfc_inv(1.0 - level),
        false => f64::NAN,
    }
}

/// P(X ≥ x) for X with the χ² distribution on `df` degrees of freedom; on none X is 0 with certainty. NaN where x or df is none.
pub fn chi_squared_upper(x: f64, df: f64) -> f64 {
    match x {
        _ if x.is_nan() || df.is_nan() || df < 0.0 => f64::NAN,
        _ if x <= 0.0 => 1.0,
        _ if df == 0.0 || x == f64::INFINITY => 0.0,
        _ => checked_gamma_ur(df / 2.0, x / 2.0).unwrap_or(f64::NAN),
    }
}

/// P(|T| ≥ |t|) for T with Student's distribution on `df` > 0 degrees of freedom, of which there need not be a whole number; NaN
/// where t or df is none.
pub fn t_two_sided(t: f64, df: f64) -> f64 {
    match t * t {
        _ if t.is_nan() || df.is_nan() || df <= 0.0 => f64::NAN,
        f64::INFINITY => 0.0,
        square => beta_tails(df / 2.0, 0.5, df / (df + square), square / (df + square)).lower,
    }
}

/// The t that Student's T on `df` degrees of freedom exceeds, in either direction, with probability 1 − `level`; NaN for a level
/// outside (0, 1), or df that is not above 0 and finite.
pub fn t_critical(level: f64, df: f64) -> f64 {
    if !(level > 0.0 && level < 1.0 && df > 0.0 && df.is_finite()) {
        return f64::NAN;
    }
    // df/t² are the odds of the beta variable df/(df + t²).
    (0.5 * (df.ln() - beta_log_odds_quantile(df / 2.0, 0.5, 1.0 - level))).exp()
}

/// A fair coin thrown n times: the probability of heads in `k` or fewer, and in exactly `k` of the throws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FairCoin {
    /// P(X ≤ k).
    pub at_most: f64,
    /// P(X = k).
    pub exactly: f64,
}

/// X ~ Bin(`n`, ½) at `k` < `n`; both probabilities to 12 digits or more, up to n = 2⁵³.
pub fn fair_coin(k: u64, n: u64) -> FairCoin {
    let (a, b) = ((n - k) as f64, k as f64 + 1.0);
    FairCoin { at_most: beta_tails(a, b, 0.5, 0.5).lower, exactly: 2.0 * beta_kernel(a, b, 0.5, 0.5) / a }
}

/// The odds p/(1 − p) at the ends of Clopper and Pearson's interval for p, `successes` against `failures`, not both 0.
///
/// The lower end is 0 without a success, the upper one infinite without a failure.
/// Source: Clopper & Pearson 1934, Biometrika 26:404–413; its ends are beta quantiles.
pub fn clopper_pearson_odds(successes: u64, failures: u64, level: f64) -> (f64, f64) {
    let tail = (1.0 - level) / 2.0;
    let (s, f) = (successes as f64, failures as f64);
    let low = match successes {
        0 => 0.0,
        _ => beta_log_odds_quantile(s, f + 1.0, tail).exp(),
    };
    // The upper end is the lower end of the other outcome, turned over.
    let high = match failures {
        0 => f64::INFINITY,
        _ => (-beta_log_odds_quantile(f, s + 1.0, tail)).exp(),
    };
    (low, high)
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
            assert!(close(t_critical(0.95, df), at_95), "{df} {}", t_critical(0.95, df));
            assert!(close(t_critical(0.99, df), at_99), "{df} {}", t_critical(0.99, df));
            assert!(close(t_two_sided(2.5, df), p), "{df} {}", t_two_sided(2.5, df));
        }
        // 2 * pt(-0.01, 3.7)
        assert!((t_two_sided(0.01, 3.7) / 0.992536927011859 - 1.0).abs() < 1e-11);
        // 2 * pt(-20, 500)
        assert!((t_two_sided(20.0, 500.0) / 8.112003036187792e-66 - 1.0).abs() < 1e-11);
    }
}
