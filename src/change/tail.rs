//! Tail probabilities and quantiles of the tests, accurate in relative terms far out: never 1 minus a number near 1.

use statrs::distribution::{ChiSquared, ContinuousCDF};
use statrs::function::erf::erfc_inv;

use super::beta::{beta_kernel, beta_log_odds_quantile, beta_tails};

/// P(|Z| ≥ |z|) for a standard normal Z.
pub fn normal_two_sided(z: f64) -> f64 {
    // Z² is χ² on one degree of freedom, whose incomplete gamma function keeps 13 digits; `erfc` keeps 10.
    chi_squared_upper(z * z, 1)
}

/// The z that a standard normal variable exceeds, in either direction, with probability 1 − `level`.
pub fn normal_critical(level: f64) -> f64 {
    std::f64::consts::SQRT_2 * erfc_inv(1.0 - level)
}

/// P(X ≥ x) for X with the χ² distribution on `df` ≥ 1 degrees of freedom.
pub fn chi_squared_upper(x: f64, df: u64) -> f64 {
    match ChiSquared::new(df as f64) {
        Ok(distribution) => distribution.sf(x),
        // No degree of freedom: the statistic is 0 with certainty.
        Err(_) => 1.0,
    }
}

/// P(|T| ≥ |t|) for T with Student's distribution on `df` > 0 degrees of freedom.
pub fn t_two_sided(t: f64, df: f64) -> f64 {
    let square = t * t;
    beta_tails(df / 2.0, 0.5, df / (df + square), square / (df + square)).lower
}

/// The t that Student's T on `df` > 0 degrees of freedom exceeds, in either direction, with probability 1 − `level`.
pub fn t_critical(level: f64, df: f64) -> f64 {
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
