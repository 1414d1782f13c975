//! Wilson's score interval for a share.
//!
//! Assumes independent people. On average it is near its level for few people and for shares near 0 and 1, where the usual ± interval is not;
//! for single shares it may be somewhat below. Not for shares of people drawn by service, for which it is too narrow. Source: Wilson
//! 1927, JASA 22:209–212. Checked against R's `prop.test(correct = FALSE)`.

/// The interval (low, high) for `count`/`n`, `n` > 0, with `z` the normal critical value; both ends lie in [0, 1].
///
/// It holds for few persons and for shares near 0 and 1, where the usual ± interval does not.
pub fn wilson(count: u64, n: u64, z: f64) -> (f64, f64) {
    let (count, n) = (count as f64, n as f64);
    let centre = 2.0 * count + z * z;
    let half = z * (z * z + 4.0 * count * (1.0 - count / n)).sqrt();
    let limit = |end: f64| end / (2.0 * (n + z * z));
    (limit(centre - half).max(0.0), limit(centre + half).min(1.0))
}
