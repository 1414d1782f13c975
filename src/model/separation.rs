//! Separation: directions in which the likelihood rises for ever, so that some coefficients have no finite estimate.
//!
//! Sources: the papers that are named. With z = x for a case with outcome 1 and z = −x for one with outcome 0, the estimates
//! are all finite exactly if no δ ≠ 0 has zᵀδ ≥ 0 for every case (Albert & Anderson 1984, Biometrika 71, 1–10). Finding such a
//! δ is a linear programme (Konis 2007, *Linear programming algorithms for detecting separated data in binary logistic
//! regression models*, DPhil thesis, Oxford). We solve its least-squares twin, which the theory of alternatives offers
//! (Stiemke): the point of the cone {Σ w z : w ≥ w₀ > 0} that is nearest to the origin either is the origin, which proves that
//! there is no separation, or is itself such a δ. Non-negative least squares (Lawson & Hanson 1974, ch. 23) reaches it in
//! finitely many steps, and δ is checked against every case.
//!
//! Assumes a design whose rounding is small beside its separation: what is separated by less than a ten-millionth of its own
//! scale is not told from what is not. Not for judging whether a separated term matters: that the data are separated says that
//! they cannot bound its coefficient on one side, and Firth's interval says how far they do on the other. Checked against exact
//! enumeration in integers and against Konis' linear programme by simplex, on thousands of random designs each.

use super::aliasing::Basis;
use super::patterns::Patterns;

/// How far zᵀδ may fall below zero by rounding, relative to its maximum. Noise has both signs in equal size.
const ROUNDING: f64 = 1e-7;

/// Which patterns keep a finite linear predictor at the supremum of the likelihood; `None` without separation.
///
/// `columns` is the design, each column with one entry a pattern. The patterns for which this is true carry the limiting conditional
/// model (Geyer 2009), in which every estimate is finite; the others are fitted perfectly, with probability 0 or 1.
pub fn finite_patterns(columns: &[&[f64]], patterns: &Patterns) -> Option<Vec<bool>> {
    let mut finite = vec![true; patterns.len()];
    let mut separated = false;
    // A direction leaves on its hyperplane a model of lower rank, which may be separated in its turn.
    loop {
        let remaining = patterns.restricted(&finite);
        // From the design itself each time: a column of the last basis may be nothing but rounding on what remains.
        let basis = Basis::of(columns.iter().copied(), &remaining.trials);
        let Some(margins) = separating_margins(&basis.columns, &remaining) else {
            break;
        };
        let largest = margins.iter().fold(0.0, |largest: f64, &(_, margin)| largest.max(margin));
        for (pattern, margin) in margins {
            finite[pattern] &= margin <= ROUNDING * largest;
        }
        separated = true;
    }
    separated.then_some(finite)
}

/// zᵀδ for a separating direction δ, by pattern; `None` where there is no such direction.
fn separating_margins(columns: &[Vec<f64>], patterns: &Patterns) -> Option<Vec<(usize, f64)>> {
    let mut rows: Vec<(usize, Vec<f64>)> = Vec::new();
    for pattern in (0..patterns.len()).filter(|&pattern| patterns.trials[pattern] > 0.0) {
        let x: Vec<f64> = columns.iter().map(|column| column[pattern]).collect();
        // Length does not matter for the sign of zᵀδ; unit rows keep the margins comparable.
        let norm = x.iter().map(|x| x * x).sum::<f64>().sqrt();
        if norm == 0.0 {
            continue;
        }
        if patterns.events[pattern] > 0.0 {
            rows.push((pattern, x.iter().map(|x| x / norm).collect()));
        }
        if patterns.events[pattern] < patterns.trials[pattern] {
            rows.push((pattern, x.iter().map(|x| -x / norm).collect()));
        }
    }
    let generators: Vec<&[f64]> = rows.iter().map(|(_, z)| z.as_slice()).collect();
    let nearest = nearest_point(&generators)?;
    let margins: Vec<(usize, f64)> = rows.iter().map(|(pattern, z)| (*pattern, inner(z, &nearest))).collect();
    let largest = margins.iter().fold(0.0, |largest: f64, &(_, margin)| largest.max(margin));
    let separates = largest > 0.0 && margins.iter().all(|&(_, margin)| margin >= -ROUNDING * largest);
    separates.then_some(margins)
}

/// The point of {Σ wᵢ zᵢ : wᵢ ≥ 1/m} nearest to the origin, by Lawson and Hanson's algorithm NNLS on v = w − 1/m; `None`
/// where it is the origin. `generators` are m unit vectors.
fn nearest_point(generators: &[&[f64]]) -> Option<Vec<f64>> {
    let dimension = generators.first()?.len();
    let share = 1.0 / generators.len() as f64;
    let mut target = vec![0.0; dimension];
    for z in generators {
        target.iter_mut().zip(*z).for_each(|(t, z)| *t -= share * z);
    }
    let mut passive: Vec<usize> = Vec::new();
    let mut weights: Vec<f64> = Vec::new();
    // Generators that rounding lets in and at once out again; they wait until another one has moved the point.
    let mut blocked: Vec<usize> = Vec::new();
    let mut residual = target.clone();
    // Each round ends at a point strictly nearer than the last, so no passive set comes twice and the loop is finite; the
    // limit only stops rounding from keeping it going. What it then returns is checked by the caller as any other.
    for _ in 0..(100 * dimension + 3 * generators.len()) {
        let norm = inner(&residual, &residual).sqrt();
        if norm <= 1e-13 * (1.0 + weights.iter().sum::<f64>()) {
            return None;
        }
        let candidate = (0..generators.len())
            .filter(|index| !passive.contains(index) && !blocked.contains(index))
            .map(|index| (index, inner(generators[index], &residual)))
            .fold(None, |best: Option<(usize, f64)>, next| match best {
                Some(best) if best.1 >= next.1 => Some(best),
                _ => Some(next),
            });
        let Some((entering, gain)) = candidate else {
            break;
        };
        if gain <= 1e-10 * norm {
            break;
        }
        passive.push(entering);
        weights.push(0.0);
        loop {
            let solution = least_squares(generators, &passive, &target);
            if solution.iter().all(|&v| v > 0.0) {
                weights = solution;
                break;
            }
            // Go as far towards the solution as all weights stay non-negative; what reaches zero leaves.
            let step = weights
                .iter()
                .zip(&solution)
                .filter(|(_, s)| **s <= 0.0)
                .map(|(w, s)| w / (w - s))
                .fold(1.0, |step: f64, limit| step.min(if limit.is_finite() { limit } else { 0.0 }));
            weights.iter_mut().zip(&solution).for_each(|(w, s)| *w += step * (s - *w));
            let smallest = weights
                .iter()
                .zip(&solution)
                .filter(|(_, s)| **s <= 0.0)
                .fold(f64::INFINITY, |smallest, (&w, _)| smallest.min(w));
            let stays: Vec<bool> =
                weights.iter().zip(&solution).map(|(&w, &s)| s > 0.0 || w > smallest).collect();
            let mut keep = stays.iter();
            passive.retain(|_| keep.next().copied().unwrap_or(true));
            let mut keep = stays.iter();
            weights.retain(|_| keep.next().copied().unwrap_or(true));
        }
        match passive.contains(&entering) {
            true => blocked.clear(),
            false => blocked.push(entering),
        }
        residual.clone_from(&target);
        for (&index, &weight) in passive.iter().zip(&weights) {
            residual.iter_mut().zip(generators[index]).for_each(|(r, z)| *r -= weight * z);
        }
    }
    Some(residual.iter().map(|r| -r).collect())
}

/// The weights v that bring Σ vᵢ zᵢ over the passive set nearest to `target`.
fn least_squares(generators: &[&[f64]], passive: &[usize], target: &[f64]) -> Vec<f64> {
    let unit = vec![1.0; target.len()];
    let basis = Basis::of(passive.iter().map(|&index| generators[index]), &unit);
    let along: Vec<f64> = basis.columns.iter().map(|q| inner(q, target)).collect();
    basis.transform(false).into_iter().map(|row| row.map_or(0.0, |row| inner(&row, &along))).collect()
}

fn inner(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
