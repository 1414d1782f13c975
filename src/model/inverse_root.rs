//! The inverse square root of a diagonal matrix less one of low rank, times some vectors.
//!
//! A⁻½ = (2/π) ∫₀^∞ (A + s²)⁻¹ ds. With s = √m · sn(u)/cn(u) in Jacobi's elliptic functions the midpoint rule converges
//! geometrically: some 20 to 50 nodes for all digits (Hale, Higham & Trefethen 2008, Computing Aᵅ, log(A), and related matrix
//! functions by contour integrals. SIAM Journal on Numerical Analysis 46, 2505–2523, method 3). Each node solves a system that is
//! diagonal but for the low rank (Woodbury), so the cost grows with the number of rows, not with its cube as for an
//! eigendecomposition. The plain twin in the tests is that eigendecomposition.

use std::f64::consts::PI;

use super::aliasing::dot;
use super::cholesky::{Cholesky, Square};

/// A = diag(d) − Y Yᵀ, positive semidefinite.
pub struct Downdated<'a> {
    /// d, positive, one a row.
    pub diagonal: &'a [f64],
    /// Y: columns, each with one entry a row.
    pub columns: &'a [Vec<f64>],
    /// Orthonormal vectors that span the null space of A.
    pub null: &'a [Vec<f64>],
    /// A bound below all eigenvalues but the zeros of the null space.
    pub smallest: f64,
}

impl Downdated<'_> {
    /// A^{+½} of each of `vectors`, A⁺ the Moore–Penrose inverse; `None` where a system is singular to rounding.
    pub fn inverse_root(&self, vectors: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
        // A ≤ diag(d).
        let largest = self.diagonal.iter().fold(0.0, |largest: f64, &d| largest.max(d));
        let wanted: Vec<Vec<f64>> = vectors.iter().map(|vector| self.without_null(vector)).collect();
        let mut roots = vec![vec![0.0; self.diagonal.len()]; vectors.len()];
        for node in nodes((self.smallest / largest).sqrt().min(1.0)) {
            let solved = self.solve(node.cn * node.cn, self.smallest * node.sn * node.sn, &wanted)?;
            let weight = node.weight * self.smallest.sqrt();
            for (root, solved) in roots.iter_mut().zip(solved) {
                root.iter_mut().zip(solved).for_each(|(root, x)| *root += weight * x);
            }
        }
        // What rounding put along the null space was amplified: nothing belongs there.
        Some(roots.iter().map(|root| self.without_null(root)).collect())
    }

    fn without_null(&self, vector: &[f64]) -> Vec<f64> {
        let mut rest = vector.to_vec();
        for null in self.null {
            let along: f64 = null.iter().zip(&rest).map(|(n, x)| n * x).sum();
            rest.iter_mut().zip(null).for_each(|(x, n)| *x -= along * n);
        }
        rest
    }

    /// (αA + β)⁻¹ of each of `vectors`, by Woodbury's identity.
    fn solve(&self, alpha: f64, beta: f64, vectors: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
        let inverse: Vec<f64> = self.diagonal.iter().map(|d| 1.0 / (alpha * d + beta)).collect();
        let rank = self.columns.len();
        let capacitance: Square = (0..rank)
            .map(|i| {
                let product = |j: usize| alpha * dot(&self.columns[i], &self.columns[j], &inverse);
                (0..rank)
                    .map(|j| if j <= i { f64::from(u8::from(i == j)) - product(j) } else { 0.0 })
                    .collect()
            })
            .collect();
        let capacitance = Cholesky::of(&capacitance)?;
        let solve = |vector: &Vec<f64>| {
            let along: Vec<f64> =
                self.columns.iter().map(|column| alpha * dot(column, vector, &inverse)).collect();
            let along = capacitance.solve(&along);
            let mut sum = vector.clone();
            for (column, along) in self.columns.iter().zip(along) {
                sum.iter_mut().zip(column).for_each(|(sum, y)| *sum += along * y);
            }
            sum.iter_mut().zip(&inverse).for_each(|(x, inverse)| *x *= inverse);
            sum
        };
        Some(vectors.iter().map(solve).collect())
    }
}

/// A node of the midpoint rule in u, with ds = √m dn/cn² du; the cn² stands with the matrix.
struct Node {
    sn: f64,
    cn: f64,
    /// (2/π) dn Δu.
    weight: f64,
}

/// Digits wanted, as a natural logarithm: the error is exp(−π² nodes / K') at most.
const DIGITS: f64 = 38.0;

/// The nodes for eigenvalues between m and m/k², by k.
fn nodes(k: f64) -> Vec<Node> {
    let functions = Elliptic::of(k);
    let quarter = functions.quarter_period;
    let count = (DIGITS * quarter / (PI * PI)).ceil() + 1.0;
    let width = quarter / count;
    (0..count as usize)
        .map(|index| {
            let u = (index as f64 + 0.5) * width;
            // Near the quarter period cn is small: there it follows from the functions of what is left to it.
            let (sn, cn, dn) = match u <= quarter / 2.0 {
                true => functions.at(u),
                false => {
                    let (sn, cn, dn) = functions.at(quarter - u);
                    (cn / dn, k * sn / dn, k / dn)
                }
            };
            Node { sn, cn, weight: 2.0 / PI * dn * width }
        })
        .collect()
}

/// Jacobi's elliptic functions of parameter 1 − k², by the arithmetic-geometric mean (Abramowitz & Stegun 1964, section 16.4).
struct Elliptic {
    k: f64,
    /// The means aₙ and half differences cₙ.
    steps: Vec<(f64, f64)>,
    quarter_period: f64,
}

impl Elliptic {
    fn of(k: f64) -> Elliptic {
        let (mut a, mut b): (f64, f64) = (1.0, k);
        let mut steps = Vec::new();
        // Quadratic: six or seven steps for any k that a double can be.
        while (a - b).abs() > 1e-15 * a && steps.len() < 40 {
            let c = (a - b) / 2.0;
            (a, b) = ((a + b) / 2.0, (a * b).sqrt());
            steps.push((a, c));
        }
        Elliptic { k, steps, quarter_period: PI / (2.0 * a) }
    }

    /// (sn, cn, dn) at u.
    fn at(&self, u: f64) -> (f64, f64, f64) {
        let mean = self.steps.last().map_or(1.0, |step| step.0);
        let mut phi = 2.0_f64.powi(self.steps.len() as i32) * mean * u;
        for (a, c) in self.steps.iter().rev() {
            phi = (phi + (c / a * phi.sin()).clamp(-1.0, 1.0).asin()) / 2.0;
        }
        let (sn, cn) = phi.sin_cos();
        // 1 − (1 − k²) sn² without its cancellation.
        (sn, cn, (cn * cn + self.k * self.k * sn * sn).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::super::eigen::symmetric_eigen;
    use super::*;

    #[test]
    fn it_is_the_one_by_eigendecomposition() {
        for (spread, singular) in [(0.0, false), (3.0, false), (3.0, true), (6.0, true)] {
            let rows = 9;
            let diagonal: Vec<f64> = (0..rows).map(|i| (-spread * f64::from(i) / 9.0).exp()).collect();
            // Orthonormal columns before scaling, so that the eigenvalues of 1 − U Uᵀ are known: 1 − shrink².
            let shrink = if singular { 1.0 } else { 0.9 };
            let u: Vec<Vec<f64>> = [1.0, 0.7]
                .iter()
                .enumerate()
                .map(|(column, share)| {
                    let value = |i: i32| {
                        (f64::from(i * (column as i32 + 1)) * 2.0 * PI / 9.0 + 0.1).cos()
                            * (2.0 / 9.0_f64).sqrt()
                    };
                    (0..rows).map(|i| shrink * share * value(i)).collect()
                })
                .collect();
            let columns: Vec<Vec<f64>> =
                u.iter().map(|u| u.iter().zip(&diagonal).map(|(u, d)| u * d.sqrt()).collect()).collect();
            let null: Vec<Vec<f64>> = match singular {
                false => Vec::new(),
                true => {
                    let raw: Vec<f64> = u[0].iter().zip(&diagonal).map(|(u, d)| u / d.sqrt()).collect();
                    let norm = raw.iter().map(|x| x * x).sum::<f64>().sqrt();
                    vec![raw.iter().map(|x| x / norm).collect()]
                }
            };
            let full: Square = (0..rows as usize)
                .map(|i| {
                    (0..rows as usize)
                        .map(|j| {
                            let low: f64 = columns.iter().map(|y| y[i] * y[j]).sum();
                            if i == j { diagonal[i] - low } else { -low }
                        })
                        .collect()
                })
                .collect();
            let eigen = symmetric_eigen(&full);
            let vector: Vec<f64> = (0..rows).map(|i| f64::from(i % 4) - 1.2).collect();
            let matrix = Downdated { diagonal: &diagonal, columns: &columns, null: &null, smallest: 1e-6 };
            let found = &matrix.inverse_root(std::slice::from_ref(&vector)).expect("regular")[0];
            for (i, found) in found.iter().enumerate() {
                let wanted: f64 = eigen
                    .iter()
                    .filter(|(value, _)| *value > 1e-9)
                    .map(|(value, e)| {
                        e[i] * e.iter().zip(&vector).map(|(e, v)| e * v).sum::<f64>() / value.sqrt()
                    })
                    .sum();
                assert!((found - wanted).abs() < 1e-10 * (1.0 + wanted.abs()), "{spread} {found} {wanted}");
            }
        }
    }
}
