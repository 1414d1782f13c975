//! The error of the rank-biserial correlation, which is a ratio of two U statistics of the changes.
//!
//! Assumes independent persons; it is an approximation for many changes. The interval in common use (Fisher's z with the
//! variance that holds where nothing changed) is not taken: away from 0 it has the wrong width however many persons there are.
//! Over 4000 samples of 15, 30 and 100 persons on a coarse scale, with no, a medium and a large change, this one held the true
//! value at 95 % in 93.9 to 95.9 % of them, that one in 74 to 95 %. Not for fewer than ten or so changes, where W itself takes
//! few values, and no test: `wilcoxon_p` rests on the error under the hypothesis, this on the one at the estimate. Source:
//! Hoeffding 1948, Annals of Mathematical Statistics 19:293–325. Checked against every pair of persons compared one by one in
//! R.

use super::signed_rank::{Zeros, ten_digits};

/// The standard error of (W₊ − W₋)/(W₊ + W₋) by Hoeffding's projection; 0 where all changed the same way.
///
/// `differences` and `frequency` are of one length and hold a change. A person of size |d| has, but for a constant, the rank
/// n·F(|d|), F being the share of smaller sizes and half that of equal ones. So the correlation is A/B with A = Σ s·F and
/// B = Σ |s|·F, whose projections on a person are s·F(|d|) and what the signs of larger sizes owe to that person.
pub fn biserial_error(differences: &[f64], frequency: &[u64], zeros: Zeros) -> f64 {
    /// Persons of one size of change.
    #[derive(Default)]
    struct Size {
        size: f64,
        up: f64,
        down: f64,
        still: f64,
    }
    let mut rows: Vec<(f64, f64, f64)> = differences
        .iter()
        .zip(frequency)
        .filter(|&(&difference, &times)| times > 0 && (difference != 0.0 || zeros == Zeros::Pratt))
        .map(|(&difference, &times)| (ten_digits(difference.abs()), difference, times as f64))
        .collect();
    // Sorted by the change as well: the sums below then do not depend on the order of rows.
    rows.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    let sizes: Vec<Size> = rows
        .chunk_by(|one, other| one.0 == other.0)
        .map(|tied| {
            let mut size = Size { size: tied[0].0, ..Size::default() };
            for &(magnitude, difference, times) in tied {
                match magnitude == 0.0 {
                    true => size.still += times,
                    false if difference > 0.0 => size.up += times,
                    false => size.down += times,
                }
            }
            size
        })
        .collect();
    let n: f64 = sizes.iter().map(|size| size.up + size.down + size.still).sum();
    let signed = |size: &Size| size.up - size.down;
    let changed = |size: &Size| size.up + size.down;
    let all = |size: &Size| size.up + size.down + size.still;
    let (mut signed_above, mut changed_above): (f64, f64) =
        (sizes.iter().map(signed).sum(), sizes.iter().map(changed).sum());
    let mut below = 0.0;
    // Per size: F, and the signed and unsigned share of larger sizes with half of the equal ones.
    let mut parts = Vec::with_capacity(sizes.len());
    let (mut top, mut bottom) = (0.0, 0.0);
    for size in &sizes {
        signed_above -= signed(size);
        changed_above -= changed(size);
        let rank = (below + all(size) / 2.0) / n;
        parts.push((
            rank,
            (signed_above + signed(size) / 2.0) / n,
            (changed_above + changed(size) / 2.0) / n,
        ));
        below += all(size);
        top += signed(size) * rank / n;
        bottom += changed(size) * rank / n;
    }
    let ratio = top / bottom;
    let mut squares = 0.0;
    for (size, (rank, signed_share, changed_share)) in sizes.iter().zip(parts) {
        let influence = |sign: f64| {
            let of_top = sign * rank + signed_share;
            let of_bottom = sign.abs() * rank + changed_share;
            (of_top - ratio * of_bottom) / bottom
        };
        let still = if size.size == 0.0 { size.still * influence(0.0).powi(2) } else { 0.0 };
        squares += size.up * influence(1.0).powi(2) + size.down * influence(-1.0).powi(2) + still;
    }
    squares.sqrt() / n
}

/// The interval (low, high) about a correlation by Fisher's z, tanh(atanh r ± z·error/(1 − r²)); `None` where r is −1 or 1.
pub fn fisher_interval(correlation: f64, error: f64, z: f64) -> Option<(f64, f64)> {
    let room = 1.0 - correlation * correlation;
    if room <= 0.0 {
        return None;
    }
    let centre = correlation.atanh();
    let reach = z * error / room;
    Some(((centre - reach).tanh(), (centre + reach).tanh()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_persons_compared_gives_the_same_error() {
        // Twin: the definition, n² comparisons.
        let changes = [3.0, -1.0, 2.0, 2.0, -2.0, 0.0, 5.0, -4.0, 1.0, 0.0, 6.0];
        for zeros in [Zeros::Dropped, Zeros::Pratt] {
            let kept: Vec<f64> =
                changes.iter().copied().filter(|d| *d != 0.0 || zeros == Zeros::Pratt).collect();
            let n = kept.len() as f64;
            let sign = |d: f64| if d == 0.0 { 0.0 } else { d.signum() };
            let beats = |one: f64, other: f64| match one.abs().total_cmp(&other.abs()) {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 0.0,
            };
            let projected = |of: &dyn Fn(f64) -> f64, d: f64| -> f64 {
                kept.iter().map(|&e| of(d) * beats(d, e) + of(e) * beats(e, d)).sum::<f64>() / n
            };
            let (signed, changed) = (|d| sign(d), |d: f64| sign(d).abs());
            let mean =
                |of: &dyn Fn(f64) -> f64| kept.iter().map(|&d| projected(of, d)).sum::<f64>() / n / 2.0;
            let (top, bottom) = (mean(&signed), mean(&changed));
            let squares: f64 = kept
                .iter()
                .map(|&d| ((projected(&signed, d) - top / bottom * projected(&changed, d)) / bottom).powi(2))
                .sum();
            let found = biserial_error(&changes, &[1; 11], zeros);
            assert!((found - squares.sqrt() / n).abs() < 1e-14, "{found}");
        }
    }

    #[test]
    fn at_the_ends_there_is_no_interval() {
        assert_eq!(fisher_interval(1.0, 0.0, 1.96), None);
        assert_eq!(biserial_error(&[1.0, 2.0], &[3, 4], Zeros::Dropped), 0.0);
    }
}
