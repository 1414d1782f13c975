//! Cholesky decomposition of an information matrix.
//!
//! As many rows as the model has parameters: small. Written out so that every sum has one fixed order; a blocked or threaded
//! routine may round differently from one machine to the next.

/// A square matrix by rows.
pub type Square = Vec<Vec<f64>>;

/// The lower triangle L of A = L Lᵀ.
#[derive(Debug, Clone)]
pub struct Cholesky(Square);

impl Cholesky {
    /// Decomposes a symmetric matrix (its lower triangle is read); `None` where it is not positive definite.
    pub fn of(matrix: &Square) -> Option<Cholesky> {
        let mut lower: Square = Vec::with_capacity(matrix.len());
        for (i, given) in matrix.iter().enumerate() {
            let mut row = given[..=i].to_vec();
            for j in 0..=i {
                let products: f64 = (0..j).map(|k| row[k] * if j == i { row[k] } else { lower[j][k] }).sum();
                let rest = row[j] - products;
                row[j] = match j == i {
                    // Less than rounding leaves of a singular matrix.
                    true if rest > 1e-14 * given[i] => rest.sqrt(),
                    true => return None,
                    false => rest / lower[j][j],
                };
            }
            lower.push(row);
        }
        Some(Cholesky(lower))
    }

    /// Solves A x = b.
    pub fn solve(&self, b: &[f64]) -> Vec<f64> {
        let lower = &self.0;
        let mut x = b.to_vec();
        for i in 0..x.len() {
            let known: f64 = (0..i).map(|k| lower[i][k] * x[k]).sum();
            x[i] = (x[i] - known) / lower[i][i];
        }
        for i in (0..x.len()).rev() {
            let known: f64 = (i + 1..x.len()).map(|k| lower[k][i] * x[k]).sum();
            x[i] = (x[i] - known) / lower[i][i];
        }
        x
    }

    /// A⁻¹, symmetric to rounding.
    pub fn inverse(&self) -> Square {
        let order = self.0.len();
        let unit = |i: usize| (0..order).map(|k| if k == i { 1.0 } else { 0.0 }).collect::<Vec<f64>>();
        (0..order).map(|i| self.solve(&unit(i))).collect()
    }
}

/// The bilinear form aᵀ M b.
pub fn bilinear(a: &[f64], matrix: &Square, b: &[f64]) -> f64 {
    a.iter().zip(matrix).map(|(a, row)| a * row.iter().zip(b).map(|(m, b)| m * b).sum::<f64>()).sum()
}
