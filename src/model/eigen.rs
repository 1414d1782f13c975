//! Eigenvalues and eigenvectors of a small symmetric matrix.

use super::cholesky::Square;

/// Sweeps before giving up; convergence is quadratic, and some eight are the rule.
const SWEEPS: usize = 60;

/// Eigenvalues with their unit eigenvectors, by Jacobi's rotations in cyclic order (Golub & Van Loan 2013, *Matrix Computations*,
/// 4th ed., section 8.5): slow beside other methods, and accurate to rounding.
pub fn symmetric_eigen(matrix: &Square) -> Vec<(f64, Vec<f64>)> {
    let order = matrix.len();
    let mut a = matrix.clone();
    let mut vectors: Square =
        (0..order).map(|i| (0..order).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    let size: f64 = a.iter().flatten().map(|x| x * x).sum::<f64>();
    for _ in 0..SWEEPS {
        let off: f64 =
            (0..order).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| a[i][j] * a[i][j]).sum();
        if off <= 1e-34 * size {
            break;
        }
        for i in 0..order {
            for j in 0..i {
                rotate(&mut a, &mut vectors, i, j);
            }
        }
    }
    a.iter().enumerate().map(|(i, row)| (row[i], vectors[i].clone())).collect()
}

/// The rotation that makes a_ij zero; eigenvectors are kept as rows.
fn rotate(a: &mut Square, vectors: &mut Square, i: usize, j: usize) {
    if a[i][j] == 0.0 {
        return;
    }
    let theta = (a[j][j] - a[i][i]) / (2.0 * a[i][j]);
    let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    for row in a.iter_mut() {
        (row[i], row[j]) = (cosine * row[i] - sine * row[j], sine * row[i] + cosine * row[j]);
    }
    for of in [a, vectors] {
        let (first, second) = (of[i].clone(), of[j].clone());
        let pairs = first.iter().zip(&second);
        of[i] = pairs.clone().map(|(x, y)| cosine * x - sine * y).collect();
        of[j] = pairs.map(|(x, y)| sine * x + cosine * y).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matrix_is_the_sum_of_its_eigenspaces() {
        let matrix: Square = (0..6)
            .map(|i: i32| (0..6).map(|j: i32| f64::from((i * j) % 4 + i + j) / 7.0).collect())
            .collect();
        let pairs = symmetric_eigen(&matrix);
        for i in 0..6 {
            for j in 0..6 {
                let sum: f64 = pairs.iter().map(|(value, vector)| value * vector[i] * vector[j]).sum();
                assert!((sum - matrix[i][j]).abs() < 1e-13, "{i} {j}");
            }
        }
    }
}
