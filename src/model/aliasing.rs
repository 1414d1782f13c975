//! An orthonormal basis of the design, column by column, and the columns that add nothing new.
//!
//! Columns are taken in their order. If two columns say the same, the later one is aliased, as in R's `lm` and `glm` (LINPACK's `dqrdc2`); a QR
//! decomposition that pivots by norm would choose by scale. The fit then works in the basis, where every design is well conditioned and the
//! scale of a covariate (kroner, years) does not matter.

/// Norm left after projection, relative to the column's own, at or below which a column is aliased.
///
/// R's `glm` takes 1e-11; projecting twice leaves at most some 1e-15 of noise.
const TOLERANCE: f64 = 1e-10;

/// The decomposition X[:, kept] = Q R, with QᵀWQ = I for the weights that were given.
#[derive(Debug, Clone)]
pub struct Basis {
    /// Q: `rank` columns, each with one entry a pattern.
    pub columns: Vec<Vec<f64>>,
    /// For each column of X, its place among the kept ones; `None` where it is aliased.
    pub place: Vec<Option<usize>>,
    /// For each column of X, its coordinates in Q; shorter than the rank for early columns.
    coordinates: Vec<Vec<f64>>,
}

impl Basis {
    /// Orthonormalises `columns` in their order, in the inner product Σ wᵢ aᵢ bᵢ (Gram–Schmidt; projecting twice is enough:
    /// Giraud, Langou & Rozložník 2005).
    pub fn of<'a>(columns: impl IntoIterator<Item = &'a [f64]>, weights: &[f64]) -> Basis {
        let mut basis = Basis { columns: Vec::new(), place: Vec::new(), coordinates: Vec::new() };
        for column in columns {
            let mut residual = column.to_vec();
            let mut coordinates = vec![0.0; basis.columns.len()];
            let norm = dot(&residual, &residual, weights).sqrt();
            for _ in 0..2 {
                for (q, coordinate) in basis.columns.iter().zip(&mut coordinates) {
                    let along = dot(q, &residual, weights);
                    residual.iter_mut().zip(q).for_each(|(r, q)| *r -= along * q);
                    *coordinate += along;
                }
            }
            let left = dot(&residual, &residual, weights).sqrt();
            if left > TOLERANCE * norm {
                residual.iter_mut().for_each(|r| *r /= left);
                coordinates.push(left);
                basis.place.push(Some(basis.columns.len()));
                basis.columns.push(residual);
            } else {
                basis.place.push(None);
            }
            basis.coordinates.push(coordinates);
        }
        basis
    }

    /// Number of columns that are not aliased.
    pub fn rank(&self) -> usize {
        self.columns.len()
    }

    /// How the coefficient of each column of X follows from the coordinates γ in the basis: β_j = t_j·γ.
    ///
    /// `None` for a column whose coefficient the data do not determine: the aliased columns themselves, and with `strict` every
    /// column that an aliased one depends on. Without `strict` the coefficients are those where the aliased ones are zero.
    pub fn transform(&self, strict: bool) -> Vec<Option<Vec<f64>>> {
        let kept: Vec<usize> = (0..self.place.len()).filter(|&column| self.place[column].is_some()).collect();
        let rank = self.rank();
        // R⁻¹ by back substitution, a column of it at a time.
        let mut inverse = vec![vec![0.0; rank]; rank];
        for (target, &last) in kept.iter().enumerate() {
            let mut solution = vec![0.0; target + 1];
            solution[target] = 1.0 / self.coordinates[last][target];
            for row in (0..target).rev() {
                let known: f64 =
                    (row + 1..=target).map(|k| self.coordinates[kept[k]][row] * solution[k]).sum();
                solution[row] = -known / self.coordinates[kept[row]][row];
            }
            inverse.iter_mut().zip(solution).for_each(|(row, value)| row[target] = value);
        }
        let norm = |column: usize| self.coordinates[column].iter().map(|x| x * x).sum::<f64>().sqrt();
        let aliased: Vec<usize> =
            (0..self.place.len()).filter(|&column| self.place[column].is_none()).collect();
        (0..self.place.len())
            .map(|column| {
                let row = &inverse[self.place[column]?];
                // An aliased column is Σ c_j x_j over the kept ones, c = R⁻¹ · its coordinates; where c_j ≠ 0 its
                // coefficient can be traded against β_j. Judged by what c_j x_j amounts to beside the aliased column.
                let traded = aliased.iter().any(|&other| {
                    let c: f64 = row.iter().zip(&self.coordinates[other]).map(|(a, b)| a * b).sum();
                    c.abs() * norm(column) > 1e-7 * norm(other)
                });
                (!(strict && traded)).then(|| row.clone())
            })
            .collect()
    }
}

/// Σ wᵢ aᵢ bᵢ, in eight sums that take the rows in turn: one fixed order, and no sum waits for the last.
pub fn dot(a: &[f64], b: &[f64], weights: &[f64]) -> f64 {
    let ((a, a_rest), (b, b_rest), (w, w_rest)) =
        (a.as_chunks::<LANES>(), b.as_chunks::<LANES>(), weights.as_chunks::<LANES>());
    let mut sums = [0.0; LANES];
    for ((a, b), w) in a.iter().zip(b).zip(w) {
        for lane in 0..LANES {
            sums[lane] += w[lane] * a[lane] * b[lane];
        }
    }
    let rest: f64 = a_rest.iter().zip(b_rest).zip(w_rest).map(|((a, b), w)| w * a * b).sum();
    sums.iter().sum::<f64>() + rest
}

const LANES: usize = 8;
