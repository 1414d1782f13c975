//! Checks separation against Konis' linear programme, solved by simplex. It has nothing in common with the least squares of `separation`.

use microlp::{ComparisonOp, OptimizationDirection, Problem};
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::*;

/// Random designs that are looked at.
const DESIGNS: u64 = 4000;
/// An optimum above this is above 0: rows are small integers, so a separating direction in the box reaches far more.
const ABOVE_ZERO: f64 = 1e-6;

/// The largest zᵀδ summed over the rows of `gain`, for |δ| ≤ 1 with zᵀδ ≥ 0 for every row of `z` (Konis 2007): 0 exactly if
/// none of them is separated.
fn gain(z: &[Vec<f64>], gain: &[usize]) -> f64 {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let delta: Vec<_> = (0..z[0].len())
        .map(|column| problem.add_var(gain.iter().map(|&row| z[row][column]).sum(), (-1.0, 1.0)))
        .collect();
    for row in z {
        let margin: Vec<_> = delta.iter().copied().zip(row.iter().copied()).collect();
        problem.add_constraint(margin.as_slice(), ComparisonOp::Ge, 0.0);
    }
    problem.solve().expect("δ = 0 is feasible and the box is bounded").objective()
}

/// The largest t with zᵀδ ≥ t for every row and |δ| ≤ 1: above 0 exactly if the separation is complete.
fn least_margin(z: &[Vec<f64>]) -> f64 {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let t = problem.add_var(1.0, (0.0, 1.0));
    let delta: Vec<_> = (0..z[0].len()).map(|_| problem.add_var(0.0, (-1.0, 1.0))).collect();
    for row in z {
        let margin: Vec<_> = delta.iter().copied().zip(row.iter().copied()).chain([(t, -1.0)]).collect();
        problem.add_constraint(margin.as_slice(), ComparisonOp::Ge, 0.0);
    }
    problem.solve().expect("0 is feasible and the box is bounded").objective()
}

/// A random design: what the model gets, and the rows x of the same design in small integers.
struct Drawn {
    data: ModelData,
    x: Vec<Vec<f64>>,
}

/// Numbers and factors, outcomes at random or by a rule that separates them wholly, but for ties, or but for one case.
fn drawn(seed: u64) -> Drawn {
    let mut random = ChaCha12Rng::seed_from_u64(seed);
    let mut below = move |n: u64| random.next_u64() % n;
    let rows = 5 + below(26) as usize;
    let mut x = vec![vec![1.0]; rows];
    let mut covariates = Vec::new();
    for index in 0..1 + below(4) {
        let name = format!("v{index}");
        let values = if below(5) < 3 {
            // Separation does not depend on origin and unit; the model gets other ones than the programme.
            let (origin, unit) = ([0.0, 1950.0][below(2) as usize], [1.0, 0.001, 1000.0][below(3) as usize]);
            let steps = 1 + below(6);
            let column: Vec<f64> = (0..rows).map(|_| below(steps + 1) as f64 - (steps / 2) as f64).collect();
            x.iter_mut().zip(&column).for_each(|(row, value)| row.push(*value));
            CovariateValues::Numeric(column.iter().map(|value| origin + unit * value).collect())
        } else {
            let levels = 2 + below(3);
            let codes: Vec<u32> = (0..rows).map(|_| below(levels) as u32).collect();
            let reference = below(levels) as u32;
            for level in (0..levels as u32).filter(|level| *level != reference) {
                x.iter_mut()
                    .zip(&codes)
                    .for_each(|(row, code)| row.push(f64::from(u8::from(*code == level))));
            }
            let levels = (0..levels).map(|level| level.to_string()).collect();
            CovariateValues::Factor { codes, levels, reference }
        };
        covariates.push(Covariate { name, values });
    }
    let rule: Vec<i64> = (0..x[0].len()).map(|_| below(5) as i64 - 2).collect();
    let kind = below(4);
    let mut outcome: Vec<f64> = x
        .iter()
        .map(|row| {
            let score: f64 = row.iter().zip(&rule).map(|(x, weight)| x * *weight as f64).sum();
            let chance = below(2) == 1;
            f64::from(u8::from(match kind {
                0 => chance,
                1 => score > 0.0 || score == 0.0 && chance,
                _ => score > 0.0,
            }))
        })
        .collect();
    if kind == 3 {
        let flipped = below(rows as u64) as usize;
        outcome[flipped] = 1.0 - outcome[flipped];
    }
    let frequency = (0..rows).map(|_| if below(3) == 0 { 1.0 + below(9) as f64 } else { 1.0 }).collect();
    Drawn { data: ModelData::new(outcome, frequency, None, covariates).expect("valid by construction"), x }
}

#[test]
fn separated_data_are_always_told_and_others_never() {
    let (mut complete, mut quasi_complete, mut overlapping) = (0, 0, 0);
    for seed in 0..DESIGNS {
        let Drawn { data, x } = drawn(seed);
        let sign = |y: &f64| if *y == 1.0 { 1.0 } else { -1.0 };
        let z: Vec<Vec<f64>> =
            x.iter().zip(data.outcome()).map(|(x, y)| x.iter().map(|x| sign(y) * x).collect()).collect();
        let everyone: Vec<usize> = (0..z.len()).collect();
        let separated = gain(&z, &everyone) > ABOVE_ZERO;
        match (separated, least_margin(&z) > ABOVE_ZERO) {
            (true, true) => complete += 1,
            (true, false) => quasi_complete += 1,
            (false, of_all) => {
                assert!(!of_all, "design {seed}: the two programmes contradict each other");
                overlapping += 1;
            }
        }
        let fitted = Fitted::of(&data);
        assert_eq!(fitted.fit().finite.is_some(), separated, "design {seed}");
        if fitted.hopeless().is_none() {
            let told = fitted.conditions().iter().any(|condition| condition.code == "separation");
            assert_eq!(told, separated, "design {seed}: the condition");
        }
        assert!(fitted.convergence().converged, "design {seed}: what is finite is found");
        let Some(finite) = &fitted.fit().finite else {
            continue;
        };
        // Not only that: which cases are fitted perfectly.
        for (pattern, &row) in fitted.patterns().rows.iter().enumerate() {
            assert_eq!(finite[pattern], gain(&z, &[row]) <= ABOVE_ZERO, "design {seed}, pattern {pattern}");
        }
    }
    for (kind, times) in
        [("complete", complete), ("quasi-complete", quasi_complete), ("overlapping", overlapping)]
    {
        assert!(times >= 500, "{times} designs are {kind}: too few to say anything of");
    }
}
