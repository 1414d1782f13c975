//! What must hold for any data, and what bad data must come to.

use proptest::prelude::*;

use super::*;
use crate::estimate::Value;

/// Rows of outcome, cluster, a numeric covariate (in steps that make ties), and a factor's code.
fn rows() -> impl Strategy<Value = Vec<(bool, u32, i32, u32)>> {
    prop::collection::vec((any::<bool>(), 0..6_u32, -8..8_i32, 0..3_u32), 12..60)
}

fn data(
    rows: &[(bool, u32, i32, u32)],
    frequency: Vec<f64>,
    reference: u32,
    shift: f64,
) -> ModelData {
    let levels = ["1", "2", "3"].map(str::to_owned).to_vec();
    let numeric = rows
        .iter()
        .map(|row| f64::from(row.2) / 4.0 + shift)
        .collect();
    let factor = CovariateValues::Factor {
        codes: rows.iter().map(|row| row.3).collect(),
        levels,
        reference,
    };
    ModelData::new(
        rows.iter().map(|row| f64::from(u8::from(row.0))).collect(),
        frequency,
        Some(rows.iter().map(|row| row.1).collect()),
        vec![
            Covariate {
                name: "x".to_owned(),
                values: CovariateValues::Numeric(numeric),
            },
            Covariate {
                name: "f".to_owned(),
                values: factor,
            },
        ],
    )
    .expect("valid by construction")
}

fn unit(rows: &[(bool, u32, i32, u32)]) -> ModelData {
    data(rows, vec![1.0; rows.len()], 0, 0.0)
}

fn find<'a>(values: &'a [Value], statistic: &str, term: &str) -> &'a Value {
    let mut found = values
        .iter()
        .filter(|value| value.statistic.name == statistic && value.term == term);
    found
        .next()
        .unwrap_or_else(|| panic!("{statistic} of `{term}` is not reported"))
}

fn has(value: &Value, code: &str) -> bool {
    value
        .conditions
        .iter()
        .any(|condition| condition.code == code)
}

fn close(a: &Value, b: &Value) -> bool {
    match (a.value, b.value) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-8 * (1.0 + a.abs()),
        (a, b) => a == b,
    }
}

proptest! {
    #[test]
    fn score_equations_vanish_at_the_fit(rows in rows()) {
        let fitted = Fitted::of(&unit(&rows));
        for column in &fitted.design().columns {
            let eta = &fitted.fit().linear_predictor;
            let score = fit::score(std::slice::from_ref(column), eta, fitted.patterns())[0];
            prop_assert!(score.abs() < 1e-8, "{score}");
        }
    }

    #[test]
    fn row_order_changes_nothing(rows in rows(), seed in any::<u64>()) {
        let mut shuffled = rows.clone();
        let mut state = seed | 1;
        shuffled.sort_by_cached_key(|_| { state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1); state >> 33 });
        let options = Options::default();
        prop_assert_eq!(analyse(&unit(&rows), &options), analyse(&unit(&shuffled), &options));
    }

    #[test]
    fn grouping_changes_nothing(rows in rows()) {
        let mut grouped = rows.clone();
        grouped.sort();
        let frequency = grouped.chunk_by(|a, b| a == b).map(|group| group.len() as f64).collect();
        grouped.dedup();
        let options = Options::default();
        prop_assert_eq!(analyse(&unit(&rows), &options), analyse(&data(&grouped, frequency, 0, 0.0), &options));
    }

    #[test]
    fn recentring_moves_only_the_intercept(rows in rows(), shift in -1000..1000_i32) {
        let options = Options::default();
        let before = analyse(&unit(&rows), &options);
        let after = analyse(&data(&rows, vec![1.0; rows.len()], 0, f64::from(shift)), &options);
        prop_assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            let moved = before.term == INTERCEPT || before.statistic.name == "iterations";
            prop_assert!(moved || close(before, after), "{before:?} {after:?}");
        }
    }

    #[test]
    fn the_reference_level_changes_no_test_of_the_factor(rows in rows()) {
        let options = Options::default();
        let first = analyse(&unit(&rows), &options);
        let last = analyse(&data(&rows, vec![1.0; rows.len()], 2, 0.0), &options);
        for statistic in ["lr_chi2", "lr_df", "lr_p"] {
            for term in ["x", "f"] {
                let (first, last) = (find(&first, statistic, term), find(&last, statistic, term));
                prop_assert!(close(first, last), "{first:?} {last:?}");
            }
        }
        for statistic in ["deviance", "auc", "omnibus_p", "hosmer_lemeshow"] {
            let (first, last) = (find(&first, statistic, ""), find(&last, statistic, ""));
            prop_assert!(close(first, last), "{first:?} {last:?}");
        }
    }

    #[test]
    fn the_profile_ends_where_the_test_of_its_limit_has_p_of_one_less_the_level(rows in rows()) {
        let values = analyse(&unit(&rows), &Options::default());
        for side in ["profile_low", "profile_high"] {
            let limit = find(&values, side, "x");
            let estimate = find(&values, "estimate", "x").value;
            if let (Some(limit), Some(estimate)) = (limit.value, estimate) {
                prop_assert_eq!(side == "profile_low", limit < estimate);
            }
            prop_assert!(!has(limit, "not_converged"), "{limit:?}");
            prop_assert!(!has(limit, "infinite") || has(find(&values, "deviance", ""), "separation"));
        }
    }
}

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
                        (0..p)
                            .filter(|&column| column != left_out)
                            .map(|column| z[row][column])
                            .collect()
                    })
                    .collect();
                if left_out % 2 == 0 {
                    determinant(&minor)
                } else {
                    -determinant(&minor)
                }
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
    fn extend(
        from: usize,
        n: usize,
        size: usize,
        chosen: &mut Vec<usize>,
        visit: &mut dyn FnMut(&[usize]),
    ) {
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
                .map(|row| {
                    row.iter()
                        .enumerate()
                        .filter(|&(k, _)| k != column)
                        .map(|(_, &x)| x)
                        .collect()
                })
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

fn numeric(name: &str, values: &[f64]) -> Covariate {
    Covariate {
        name: name.to_owned(),
        values: CovariateValues::Numeric(values.to_vec()),
    }
}

fn model(outcome: &[f64], cluster: Option<Vec<u32>>, covariates: Vec<Covariate>) -> ModelData {
    ModelData::new(
        outcome.to_vec(),
        vec![1.0; outcome.len()],
        cluster,
        covariates,
    )
    .expect("valid")
}

/// Everything reported, after checking that no number is one that isn't, and that what is absent says why.
fn reported(data: &ModelData) -> Vec<Value> {
    let mut values = analyse(data, &Options::default());
    values.extend(predict(data, &PredictionOptions::default()));
    for value in &values {
        assert!(value.value.is_none_or(f64::is_finite), "{value:?}");
        assert!(
            value.value.is_some() || !value.conditions.is_empty(),
            "{value:?}"
        );
        assert!(
            !has(value, "not_finite"),
            "an explicit reason is wanted: {value:?}"
        );
    }
    values
}

#[test]
fn a_constant_outcome_is_named() {
    let values = reported(&model(
        &[1.0; 6],
        None,
        vec![numeric("x", &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])],
    ));
    for statistic in [
        "deviance",
        "auc",
        "nagelkerke",
        "omnibus_p",
        "hosmer_lemeshow",
        "ridge_alpha",
    ] {
        assert!(
            has(find(&values, statistic, ""), "constant_outcome"),
            "{statistic}"
        );
    }
    assert!(has(find(&values, "estimate", "x"), "constant_outcome"));
    assert_eq!(find(&values, "n_obs", "").value, Some(6.0));
}

#[test]
fn no_cases_are_named() {
    let values = reported(&model(&[], Some(vec![]), vec![numeric("x", &[])]));
    assert!(has(find(&values, "deviance", ""), "no_cases"));
    assert_eq!(find(&values, "n_obs", "").value, Some(0.0));
}

#[test]
fn as_many_parameters_as_cases_are_named() {
    let values = reported(&model(
        &[0.0, 1.0, 1.0],
        None,
        vec![
            numeric("x", &[1.0, 2.0, 4.0]),
            numeric("z", &[3.0, 1.0, 7.0]),
        ],
    ));
    assert!(has(find(&values, "deviance", ""), "saturated"));
    assert_eq!(find(&values, "df_residual", "").value, Some(0.0));
}

#[test]
fn a_single_cluster_has_no_robust_error() {
    let outcome = [0.0, 1.0, 0.0, 1.0, 1.0, 0.0];
    let values = reported(&model(
        &outcome,
        Some(vec![4; 6]),
        vec![numeric("x", &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])],
    ));
    assert!(has(find(&values, "cr1_std_error", "x"), "one_cluster"));
    assert!(has(find(&values, "n_clusters", ""), "few_clusters"));
}

#[test]
fn a_covariate_that_says_nothing_is_aliased() {
    let outcome = [0.0, 1.0, 0.0, 1.0, 1.0, 0.0];
    let values = reported(&model(&outcome, None, vec![numeric("constant", &[3.0; 6])]));
    assert!(has(find(&values, "estimate", "constant"), "aliased"));
    assert!(has(find(&values, "lr_chi2", "constant"), "aliased"));
    assert!(has(find(&values, "aic", ""), "aliased"));
    assert_eq!(find(&values, "n_parameters", "").value, Some(1.0));
}

#[test]
fn scales_far_from_one_are_no_matter() {
    let x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
    let outcome = [0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0];
    let plain = reported(&model(&outcome, None, vec![numeric("x", &x)]));
    let large = reported(&model(
        &outcome,
        None,
        vec![numeric("x", &x.map(|x| 1e9 + 1e6 * x))],
    ));
    for statistic in ["statistic", "lr_p"] {
        assert!(close(
            find(&plain, statistic, "x"),
            find(&large, statistic, "x")
        ));
    }
    let ratio = find(&plain, "profile_high", "x")
        .value
        .zip(find(&large, "profile_high", "x").value)
        .map(|(a, b)| a / b);
    assert!(
        ratio.is_some_and(|ratio| (ratio / 1e6 - 1.0).abs() < 1e-8),
        "{ratio:?}"
    );
}

#[test]
fn levels_without_cases_are_named_and_a_missing_reference_is_replaced() {
    let levels = ["1", "2", "3", "4"].map(str::to_owned).to_vec();
    let codes = vec![1, 1, 1, 3, 3, 3, 1, 3];
    let factor = Covariate {
        name: "f".to_owned(),
        values: CovariateValues::Factor {
            codes,
            levels,
            reference: 0,
        },
    };
    let values = reported(&model(
        &[0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0],
        None,
        vec![factor],
    ));
    assert!(has(find(&values, "estimate", "f=3"), "no_cases"));
    assert!(has(
        find(&values, "deviance", ""),
        "reference_without_cases"
    ));
    // Three times the odds of 3:1 against 1:3.
    let odds_ratio = find(&values, "odds_ratio", "f=4").value.expect("estimated");
    assert!((odds_ratio - 9.0).abs() < 1e-9);
}

#[test]
fn misuse_is_refused_without_a_value_in_the_message() {
    let bad = |outcome: Vec<f64>, frequency: Vec<f64>, x: Vec<f64>| {
        ModelData::new(outcome, frequency, None, vec![numeric("x", &x)])
            .expect_err("misuse")
            .to_string()
    };
    assert!(bad(vec![0.0, 1.0], vec![1.0], vec![0.0, 0.0]).contains("`frequency` has 1 rows"));
    assert!(bad(vec![0.0, 1.0], vec![1.0, 1.0], vec![0.0]).contains("`x` has 1 rows"));
    assert!(!bad(vec![0.0, 77.0], vec![1.0, 1.0], vec![0.0, 0.0]).contains("77"));
    assert!(!bad(vec![0.0, 1.0], vec![1.0, -77.0], vec![0.0, 0.0]).contains("77"));
    assert!(bad(vec![0.0, 1.0], vec![1.0, 1.0], vec![0.0, f64::NAN]).contains("row 1"));
}

#[test]
fn ridge_has_the_outcome_s_sign_whichever_class_is_larger() {
    let x: Vec<f64> = (0..60).map(f64::from).collect();
    for cut in [15.0, 45.0] {
        // A few the wrong way round, so that the penalty is not all that holds the coefficient.
        let outcome: Vec<f64> = x
            .iter()
            .map(|&x| f64::from(u8::from((x > cut) != (x % 9.0 == 4.0))))
            .collect();
        let values = reported(&model(&outcome, None, vec![numeric("x", &x)]));
        assert!(
            find(&values, "ridge_coefficient", "x")
                .value
                .is_some_and(|b| b > 0.0),
            "{cut}"
        );
        assert!(
            find(&values, "ridge_auc", "")
                .value
                .is_some_and(|auc| auc > 0.6),
            "{cut}"
        );
    }
}

#[test]
fn ridge_without_penalty_is_maximum_likelihood_and_with_much_is_none() {
    let x: Vec<f64> = (0..40).map(|i| f64::from(i % 8)).collect();
    let outcome: Vec<f64> = (0..40)
        .map(|i| f64::from(u8::from((i * 7) % 11 < 2 + i % 8)))
        .collect();
    let data = model(&outcome, None, vec![numeric("x", &x)]);
    let likely = analyse(&data, &Options::default());
    let ridge = |alpha: f64| {
        let options = PredictionOptions {
            alphas: vec![alpha],
            ..PredictionOptions::default()
        };
        find(&predict(&data, &options), "ridge_coefficient", "x")
            .value
            .expect("fitted")
    };
    assert!(
        (ridge(1e-9) / find(&likely, "estimate", "x").value.expect("fitted") - 1.0).abs() < 1e-6
    );
    assert!(ridge(1e9).abs() < 1e-6);
}
