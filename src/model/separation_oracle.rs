//! Checks separation against exact enumeration in integers.

use proptest::prelude::*;

use super::*;

/// The exact separation oracle: extreme rays of {δ : zᵀδ ≥ 0} by enumeration, in integers.
///
/// The cone is pointed where the rows have full rank, and then has a ray on p − 1 independent rows if it is not {0}.
fn extreme_rays(z: &[Vec<i64>], p: usize) -> Vec<Vec<i64>> {
    let mut rays = Vec::new();
    for_each_subset(z.len(), p - 1, &mut |subset| {
        let ray: Vec<i64> = (0..p)
            .map(|left_out| {
                let minor: Vec<Vec<i64>> = subset
                    .iter()
                    .map(|&row| {
                        (0..p).filter(|&column| column != left_out).map(|column| z[row][column]).collect()
                    })
                    .collect();
                if left_out % 2 == 0 { determinant(&minor) } else { -determinant(&minor) }
            })
            .collect();
        if ray.iter().all(|&x| x == 0) {
            return;
        }
        let margin = |row: &Vec<i64>| row.iter().zip(&ray).map(|(a, b)| a * b).sum::<i64>();
        if z.iter().all(|row| margin(row) >= 0) || z.iter().all(|row| margin(row) <= 0) {
            rays.push(ray);
        }
    });
    rays
}

fn for_each_subset(n: usize, size: usize, visit: &mut dyn FnMut(&[usize])) {
    fn extend(from: usize, n: usize, size: usize, chosen: &mut Vec<usize>, visit: &mut dyn FnMut(&[usize])) {
        if chosen.len() == size {
            return visit(chosen);
        }
        for next in from..n {
            chosen.push(next);
            extend(next + 1, n, size, chosen, visit);
            chosen.pop();
        }
    }
    extend(0, n, size, &mut Vec::new(), visit);
}

fn determinant(matrix: &[Vec<i64>]) -> i64 {
    let Some((first, rest)) = matrix.split_first() else {
        return 1;
    };
    (0..first.len())
        .map(|column| {
            let minor: Vec<Vec<i64>> = rest
                .iter()
                .map(|row| row.iter().enumerate().filter(|&(k, _)| k != column).map(|(_, &x)| x).collect())
                .collect();
            let sign = if column % 2 == 0 { 1 } else { -1 };
            sign * first[column] * determinant(&minor)
        })
        .sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn separation_and_its_terms_are_those_of_exact_enumeration(
        rows in prop::collection::vec((any::<bool>(), prop::array::uniform3(-2..3_i64)), 4..16),
        covariates in 1..4_usize,
    ) {
        let p = covariates + 1;
        let x: Vec<Vec<i64>> = rows.iter().map(|(_, x)| [&[1], &x[..covariates]].concat()).collect();
        let mut full_rank = false;
        for_each_subset(x.len(), p, &mut |subset| {
            full_rank |= determinant(&subset.iter().map(|&row| x[row].clone()).collect::<Vec<_>>()) != 0;
        });
        prop_assume!(full_rank);
        let z: Vec<Vec<i64>> =
            rows.iter().zip(&x).map(|((y, _), x)| x.iter().map(|x| if *y { *x } else { -x }).collect()).collect();
        let rays = extreme_rays(&z, p);
        let data = ModelData::new(
            rows.iter().map(|(y, _)| f64::from(u8::from(*y))).collect(),
            vec![1.0; rows.len()],
            None,
            (0..covariates)
                .map(|j| Covariate {
                    name: format!("x{j}"),
                    values: CovariateValues::Numeric(rows.iter().map(|(_, x)| x[j] as f64).collect()),
                })
                .collect(),
        )
        .expect("valid by construction");
        let fitted = Fitted::of(&data);
        let patterns = fitted.patterns();
        prop_assert_eq!(fitted.fit().finite.is_some(), !rays.is_empty());
        for (j, coefficient) in fitted.fit().coefficients.iter().enumerate() {
            let diverges = rays.iter().any(|ray| ray[j] != 0);
            prop_assert_eq!(*coefficient == Coefficient::Diverging, diverges, "column {} of {:?}", j, rays);
        }
        if let Some(finite) = &fitted.fit().finite {
            for (pattern, &row) in patterns.rows.iter().enumerate() {
                let zero = rays.iter().all(|ray| ray.iter().zip(&z[row]).map(|(a, b)| a * b).sum::<i64>() == 0);
                prop_assert_eq!(finite[pattern], zero);
            }
        }
        prop_assert!(fitted.convergence().converged);
    }
}
