//! The regularised incomplete beta function, accurate in the far tail and for counts up to 2⁵³.
//!
//! Binomial and t probabilities are values of it. We have our own because the usual way, through logarithms of the gamma function, loses
//! nine digits at 10⁸ pairs, and because a continued fraction with a fixed number of terms stops too early there.

use std::f64::consts::TAU;

use statrs::function::gamma::ln_gamma;

/// The two tails of a beta distribution at one point; they sum to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BetaTails {
    /// I_x(a, b), the probability below x.
    pub lower: f64,
    /// I_y(b, a), the probability above x.
    pub upper: f64,
}

/// Both tails of the beta distribution with shapes `a`, `b` > 0 at `x` = 1 − `y`.
///
/// `x` and `y` are both asked for, because a caller that knows both loses nothing near 0 and 1. The smaller tail has its
/// full relative accuracy, however small. Source: DiDonato & Morris 1992, ACM TOMS 18:360–373, equation 9.
pub fn beta_tails(a: f64, b: f64, x: f64, y: f64) -> BetaTails {
    if x <= 0.0 {
        return BetaTails { lower: 0.0, upper: 1.0 };
    }
    if y <= 0.0 {
        return BetaTails { lower: 1.0, upper: 0.0 };
    }
    // The fraction converges fast below the mean only; above it, the other tail is the one that stands below its mean.
    if x * (b + 1.0) <= y * (a + 1.0) {
        let lower = beta_kernel(a, b, x, y) / fraction(a, b, x, y);
        BetaTails { lower, upper: 1.0 - lower }
    } else {
        let upper = beta_kernel(b, a, y, x) / fraction(b, a, y, x);
        BetaTails { lower: 1.0 - upper, upper }
    }
}

/// The logarithm of the odds x/(1 − x) below which the beta distribution with shapes `a`, `b` has probability `p`;
/// NaN unless 0 < `p` < 1.
///
/// Odds keep their relative accuracy at both ends, where x or 1 − x alone would round to 1. On the scale of log-odds the
/// beta density is log-concave, hence so is its distribution function F (Prékopa 1973, Acta Scientiarum Mathematicarum
/// 34:335–343), and Newton's method on ln F never passes the quantile from below: a tangent lies above a concave curve.
pub fn beta_log_odds_quantile(a: f64, b: f64, p: f64) -> f64 {
    /// Newton doubles the digits: a step this small leaves an error below rounding, even where the density is narrow.
    const LAST_STEP: f64 = 1e-10;
    const MOST_STEPS: usize = 1000;
    if !(p > 0.0 && p < 1.0) {
        return f64::NAN;
    }
    let mut log_odds = (a / b).ln();
    let mut step = 0.0;
    for round in 0..MOST_STEPS {
        let here = log_odds - step;
        let (x, y) = (1.0 / (1.0 + (-here).exp()), 1.0 / (1.0 + here.exp()));
        let lower = beta_tails(a, b, x, y).lower;
        // A step from above may end so far below that nothing is left to take a logarithm of.
        if lower < f64::MIN_POSITIVE {
            step /= 2.0;
            continue;
        }
        log_odds = here;
        if round > 0 && step.abs() <= LAST_STEP {
            break;
        }
        step = (lower / p).ln() * lower / beta_kernel(a, b, x, y);
    }
    log_odds
}

/// xᵃ yᵇ / B(a, b), with x + y = 1: the beta density on the scale of log-odds.
///
/// The saddle-point form of Loader 2000, "Fast and accurate computation of binomial probabilities": no difference of
/// large logarithms occurs in it.
pub fn beta_kernel(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    let exponent = stirling_error(n)
        - stirling_error(a)
        - stirling_error(b)
        - deviance_part(a, n * x)
        - deviance_part(b, n * y);
    (a / n * b / TAU).sqrt() * exponent.exp()
}

/// The continued fraction of I_x(a, b), by Lentz's method: every partial denominator is positive below the mean.
fn fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    /// Far more terms than the √max(a, b) or so that are needed: only a bound for the loop.
    const MOST_TERMS: u64 = 1 << 28;
    let denominator = |m: f64| {
        let along = m * (b - m) * x / (a + 2.0 * m - 1.0);
        let across = (a + m) * (a * y - b * x + 1.0 + m * (1.0 + y)) / (a + 2.0 * m + 1.0);
        m + along + across
    };
    let mut value = a * (a * y - b * x + 1.0) / (a + 1.0);
    let (mut ahead, mut behind) = (value, 0.0);
    for m in (1..MOST_TERMS).map(|m| m as f64) {
        let span = a + 2.0 * m - 1.0;
        let numerator = (a + m - 1.0) / span * ((a + b + m - 1.0) / span) * m * (b - m) * x * x;
        // For whole b the fraction is finite.
        if numerator == 0.0 {
            break;
        }
        let partial = denominator(m);
        behind = 1.0 / (partial + numerator * behind);
        ahead = partial + numerator / ahead;
        let factor = ahead * behind;
        value *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

/// ln Γ(x + 1) less Stirling's approximation, x > 0 (Loader 2000).
pub fn stirling_error(x: f64) -> f64 {
    const LN_SQRT_TAU: f64 = 0.918_938_533_204_672_8;
    if x <= 15.0 {
        return ln_gamma(x + 1.0) - (x + 0.5) * x.ln() + x - LN_SQRT_TAU;
    }
    const SERIES: [f64; 6] =
        [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0];
    let inverse_square = 1.0 / (x * x);
    SERIES.iter().rev().fold(0.0, |sum, term| sum * inverse_square + term) / x
}

/// x ln(x/m) + m − x, without cancellation where x is near its expectation m (Loader 2000).
fn deviance_part(x: f64, m: f64) -> f64 {
    let distance = x - m;
    if distance.abs() >= 0.1 * (x + m) {
        return x * (x / m).ln() + m - x;
    }
    let v = distance / (x + m);
    let mut sum = distance * v;
    let mut term = 2.0 * x * v;
    // Each term is a hundredth of the last one, or less.
    for odd in (3u32..99).step_by(2) {
        term *= v * v;
        let next = sum + term / f64::from(odd);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64, tolerance: f64) {
        let distance = (found - expected).abs();
        assert!(distance <= tolerance * expected.abs(), "{found:e} against {expected:e}");
    }

    #[test]
    fn tails_agree_with_the_closed_forms() {
        // I_x(1, b) = 1 − (1 − x)ᵇ and I_x(a, 1) = xᵃ.
        for shape in [0.5, 1.0, 3.0, 40.0, 1000.0] {
            for x in [1e-12, 0.01, 0.3, 0.5, 0.9] {
                let y = 1.0 - x;
                close(beta_tails(1.0, shape, x, y).lower, -(shape * f64::ln_1p(-x)).exp_m1(), 1e-12);
                close(beta_tails(shape, 1.0, x, y).lower, x.powf(shape), 1e-12);
                close(beta_tails(1.0, shape, x, y).upper, (shape * f64::ln_1p(-x)).exp(), 1e-12);
            }
        }
    }

    #[test]
    fn the_median_of_equal_shapes_is_a_half_however_large() {
        for shape in [0.5, 2.0, 1e3, 1e6, 5e7, 4e15] {
            close(beta_tails(shape, shape, 0.5, 0.5).lower, 0.5, 1e-11);
        }
    }

    #[test]
    fn quantiles_invert_the_tails() {
        for (a, b) in [(0.5, 0.5), (1.0, 1e8), (1e8, 1.0), (3.0, 4.0), (4e7, 6e7), (5e7, 0.5)] {
            for p in [1e-12, 0.025, 0.5, 0.975] {
                let u: f64 = beta_log_odds_quantile(a, b, p);
                let (x, y) = (1.0 / (1.0 + (-u).exp()), 1.0 / (1.0 + u.exp()));
                close(beta_tails(a, b, x, y).lower, p, 1e-9);
            }
        }
    }
}
