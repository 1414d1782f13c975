//! The bias-reduced linearisation CR2: residuals of each cluster adjusted so that the sandwich is unbiased if the model holds.
//!
//! Bell, R. M. & McCaffrey, D. F. (2002). Bias reduction in standard errors for linear regression with multi-stage samples.
//! Survey Methodology 28, 169–181; for generalised linear models Pustejovsky, J. E. & Tipton, E. (2018). Small-sample methods for
//! cluster-robust variance estimation and hypothesis testing in fixed effects models. Journal of Business & Economic Statistics
//! 36, 672–683. The working model is the logistic one itself, cases independent with variance v = π(1 − π), and the adjustment
//! is the symmetric one, A = V^½ [V(I − H)V]^{+½} V^½ on the scale of the outcome: the convention of R's clubSandwich. Clusters
//! that determine a coefficient alone make I − H singular; the Moore–Penrose inverse leaves them out.
//!
//! Cases of one cluster with one covariate pattern share x and v, and the adjustment leaves what differs between them alone. So all is
//! computed on the cluster's patterns, each once.

use super::aliasing::{Basis, dot};
use super::cholesky::{Cholesky, Square, bilinear};
use super::eigen::symmetric_eigen;
use super::fitted::Fitted;
use super::inverse_root::Downdated;
use super::likelihood::{residual, variance};
use super::patterns::Cell;

/// Columns of a matrix, one after the other.
type Columns = Vec<Vec<f64>>;

/// What CR2 needs of each cluster, in the coordinates of the basis; p is the rank.
#[derive(Debug, Clone)]
pub struct BiasReduced {
    bread: Square,
    /// XᵀA e, one a cluster: p entries.
    scores: Vec<Vec<f64>>,
    /// For the degrees of freedom: DᵀA X and XᵀA V A X by cluster, p × p, D = V X.
    crossed: Vec<(Square, Square)>,
    /// What the coordinates can be moved by without any cluster but one noticing: X z = 0 in all others.
    sole: Vec<Vec<f64>>,
}

/// A linear combination's variance, and the degrees of freedom of its t statistic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    pub variance: f64,
    pub df: f64,
}

impl BiasReduced {
    /// `None` where the information is singular to rounding.
    pub fn of(fitted: &Fitted) -> Option<BiasReduced> {
        let bread = fitted.bread()?.clone();
        let root = Cholesky::of(&bread)?;
        let mut reduced = BiasReduced { bread, scores: Vec::new(), crossed: Vec::new(), sole: Vec::new() };
        for cells in &fitted.patterns().clusters {
            let cluster = Cluster::of(fitted, cells);
            let (adjusted, alone) = cluster.adjusted(&root)?;
            reduced.sole.extend(alone.iter().map(|direction| root.times(direction)));
            let rank = adjusted.len();
            let half: Vec<f64> = cluster.variance.iter().map(|v| v.sqrt()).collect();
            let score = adjusted.iter().map(|t| dot(t, &cluster.residual, &half)).collect();
            let (three_halves, squares): (Vec<f64>, Vec<f64>) =
                cluster.variance.iter().map(|&v| (v * v.sqrt(), v * v)).unzip();
            let form = |left: &[Vec<f64>], weights: &[f64]| -> Square {
                (0..rank).map(|r| (0..rank).map(|s| dot(&left[r], &adjusted[s], weights)).collect()).collect()
            };
            reduced.crossed.push((form(&cluster.design, &three_halves), form(&adjusted, &squares)));
            reduced.scores.push(score);
        }
        Some(reduced)
    }

    /// The covariance matrix of the coordinates.
    pub fn covariance(&self) -> Square {
        let rank = self.bread.len();
        let mut meat = vec![vec![0.0; rank]; rank];
        for score in &self.scores {
            for (row, a) in meat.iter_mut().zip(score) {
                row.iter_mut().zip(score).for_each(|(sum, b)| *sum += a * b);
            }
        }
        self.bread.iter().map(|a| self.bread.iter().map(|b| bilinear(a, &meat, b)).collect()).collect()
    }

    /// Whether one cluster alone tells of cᵀγ: without it cᵀγ could be anything. The score equation of the fit is then that cluster's
    /// own and zero, so that it has no part in the meat, and a sandwich's error is far too small however many clusters there are.
    pub fn is_told_by_one_cluster(&self, c: &[f64]) -> bool {
        let size = bilinear(c, &self.bread, c).sqrt();
        self.sole.iter().any(|direction| inner(c, direction).abs() > ALONE * size)
    }

    /// Variance of cᵀγ for `c` in the coordinates of the basis, with Satterthwaite's degrees of freedom under the working model:
    /// (Σλ)²/Σλ² for the eigenvalues λ of Ω, Ω_gh = δ_gh aᵀV a − (Dᵀa)_gᵀ M (Dᵀa)_h.
    pub fn contrast(&self, c: &[f64]) -> Contrast {
        let b: Vec<f64> = self.bread.iter().map(|row| inner(row, c)).collect();
        let variance = self.scores.iter().map(|score| inner(score, &b)).map(|s| s * s).sum();
        let (mut trace, mut squares) = (0.0, 0.0);
        let rank = b.len();
        // Σ over pairs of clusters of (s_gᵀ M s_h)², as the square of a p × p sum.
        let mut moment = vec![vec![0.0; rank]; rank];
        for (crossed, own) in &self.crossed {
            let s: Vec<f64> = crossed.iter().map(|row| inner(row, &b)).collect();
            let ms: Vec<f64> = self.bread.iter().map(|row| inner(row, &s)).collect();
            let (spread, shared) = (bilinear(&b, own, &b), inner(&s, &ms));
            trace += spread - shared;
            squares += (spread - shared) * (spread - shared) - shared * shared;
            for (row, s) in moment.iter_mut().zip(&s) {
                row.iter_mut().zip(&ms).for_each(|(sum, ms)| *sum += s * ms);
            }
        }
        for (r, row) in moment.iter().enumerate() {
            squares += row.iter().zip(&moment).map(|(there, back)| there * back[r]).sum::<f64>();
        }
        Contrast { variance, df: trace * trace / squares }
    }
}

fn inner(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The patterns of a cluster; rows are scaled by √m, as the unit vectors of what m equal cases have in common.
struct Cluster {
    /// √m q: columns of the basis, each with one entry a pattern.
    design: Vec<Vec<f64>>,
    /// π(1 − π).
    variance: Vec<f64>,
    /// Σ (y − π) / √m.
    residual: Vec<f64>,
}

/// Eigenvalues of I − H below this are zero but for rounding.
const SINGULAR: f64 = 1e-9;

/// The cosine of an angle below this is zero but for rounding: eigenvectors are as exact as the root of [`SINGULAR`] allows.
const ALONE: f64 = 1e-4;

impl Cluster {
    fn of(fitted: &Fitted, cells: &[Cell]) -> Cluster {
        let eta = &fitted.fit().linear_predictor;
        // Patterns fitted perfectly have no residual and no weight.
        let cells: Vec<&Cell> = cells.iter().filter(|cell| variance(eta[cell.pattern]) > 0.0).collect();
        let column = |q: &Vec<f64>| cells.iter().map(|cell| cell.trials.sqrt() * q[cell.pattern]).collect();
        Cluster {
            design: fitted.fit().basis.columns.iter().map(column).collect(),
            variance: cells.iter().map(|cell| variance(eta[cell.pattern])).collect(),
            residual: cells
                .iter()
                .map(|cell| residual(eta[cell.pattern], cell.trials, cell.events) / cell.trials.sqrt())
                .collect(),
        }
    }

    /// [V(I − H)V]^{+½} V^½ X, columns; A X is V^½ times it. `root` is the decomposition of (XᵀVX)⁻¹. And what the cluster alone
    /// determines, in the coordinates of the root.
    fn adjusted(&self, root: &Cholesky) -> Option<(Columns, Columns)> {
        if self.variance.is_empty() {
            return Some((vec![Vec::new(); self.design.len()], Vec::new()));
        }
        let scaled = |columns: &[Vec<f64>], power: f64| -> Vec<Vec<f64>> {
            let scale: Vec<f64> = self.variance.iter().map(|v| v.powf(power)).collect();
            columns
                .iter()
                .map(|column| column.iter().zip(&scale).map(|(x, scale)| x * scale).collect())
                .collect()
        };
        // H = U Uᵀ with U = V^½ X L for (XᵀVX)⁻¹ = L Lᵀ.
        let u = root.spread(&scaled(&self.design, 0.5));
        let (null, alone, smallest) = self.null(&u);
        let null = scaled(&null, -1.0);
        let unit = vec![1.0; self.variance.len()];
        let null = Basis::of(null.iter().map(Vec::as_slice), &unit).columns;
        let (least, most) = self
            .variance
            .iter()
            .fold((f64::INFINITY, 0.0), |(least, most): (f64, f64), &v| (least.min(v), most.max(v)));
        // Where there is a null space of V(I − H)V, what is orthogonal to it is not quite orthogonal to that of I − H: by the
        // angle that Kantorovich's inequality bounds.
        let angle = match null.is_empty() {
            true => 1.0,
            false => (2.0 * most * least / (most * most + least * least)).powi(2),
        };
        let squares: Vec<f64> = self.variance.iter().map(|v| v * v).collect();
        let matrix = Downdated {
            diagonal: &squares,
            columns: &scaled(&u, 1.0),
            null: &null,
            smallest: least * least * smallest * angle,
        };
        Some((matrix.inverse_root(&scaled(&self.design, 0.5))?, alone))
    }

    /// A basis of the null space of I − U Uᵀ, the same as combinations of the columns of U, and a bound below its other
    /// eigenvalues.
    fn null(&self, u: &[Vec<f64>]) -> (Columns, Columns, f64) {
        let unit = vec![1.0; self.variance.len()];
        let gram: Square = u.iter().map(|a| u.iter().map(|b| dot(a, b, &unit)).collect()).collect();
        let mut rest = gram.clone();
        for (i, row) in rest.iter_mut().enumerate() {
            row.iter_mut().for_each(|x| *x = -*x);
            row[i] += 1.0;
        }
        if let Some(cholesky) = Cholesky::of(&rest) {
            let trace: f64 = cholesky.inverse().iter().enumerate().map(|(i, row)| row[i]).sum();
            // Of a positive matrix: the smallest eigenvalue exceeds the inverse of the trace of the inverse.
            if trace * SINGULAR < 1e-2 {
                return (Vec::new(), Vec::new(), 1.0 / trace);
            }
        }
        let (mut null, mut alone, mut smallest) = (Vec::new(), Vec::new(), 1.0_f64);
        for (value, vector) in symmetric_eigen(&gram) {
            if 1.0 - value > SINGULAR {
                smallest = smallest.min(1.0 - value);
                continue;
            }
            let mut sum = vec![0.0; self.variance.len()];
            for (column, x) in u.iter().zip(&vector) {
                sum.iter_mut().zip(column).for_each(|(sum, u)| *sum += x * u);
            }
            null.push(sum);
            alone.push(vector);
        }
        (null, alone, smallest)
    }
}
