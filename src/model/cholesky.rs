//! Cholesky decomposition of an information matrix.
//!
//! The matrix is small: as many rows as the model has parameters. The code is written out so that every sum has one fixed order; a blocked or
//! threaded routine may round differently on different machines.

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

    /// log |A|.
    pub fn log_determinant(&self) -> f64 {
        2.0 * self.0.iter().enumerate().map(|(i, row)| row[i].ln()).sum::<f64>()
    }

    /// Z with Z Lᵀ = Q, so that a form QᵀVQ = A becomes ZᵀVZ = 1; `columns` are Q's, the result Z's.
    pub fn standardise(&self, columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let mut standardised: Vec<Vec<f64>> = Vec::with_capacity(columns.len());
        for (row, column) in self.0.iter().zip(columns) {
            let mut z = column.clone();
            for (known, factor) in standardised.iter().zip(row) {
                z.iter_mut().zip(known).for_each(|(z, known)| *z -= factor * known);
            }
            let diagonal = row[standardised.len()];
            z.iter_mut().for_each(|z| *z /= diagonal);
            standardised.push(z);
        }
        standardised
    }

    /// Q L: a form Q A Qᵀ becomes the product of it with its transpose; `columns` are Q's.
    pub fn spread(&self, columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let order = self.0.len();
        let length = columns.first().map_or(0, Vec::len);
        (0..order)
            .map(|j| {
                let mut sum = vec![0.0; length];
                for (row, column) in self.0.iter().zip(columns).skip(j) {
                    sum.iter_mut().zip(column).for_each(|(sum, x)| *sum += row[j] * x);
                }
                sum
            })
            .collect()
    }

    /// L y.
    pub fn times(&self, y: &[f64]) -> Vec<f64> {
        self.0.iter().map(|row| row.iter().zip(y).map(|(l, y)| l * y).sum()).collect()
    }

    /// L M Lᵀ with the leading block of L, as large as M: a form in the coordinates of Z, in those of Q.
    pub fn restore(&self, matrix: &Square) -> Square {
        let lower = &self.0[..matrix.len()];
        let entry = |a: &[f64], b: &[f64]| -> f64 {
            a.iter().zip(matrix).map(|(a, row)| a * row.iter().zip(b).map(|(m, b)| m * b).sum::<f64>()).sum()
        };
        lower.iter().map(|a| lower.iter().map(|b| entry(a, b)).collect()).collect()
    }

    /// The decomposition of the leading block of A.
    pub fn leading(&self, order: usize) -> Cholesky {
        Cholesky(self.0[..order].to_vec())
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
