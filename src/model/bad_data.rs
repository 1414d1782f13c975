//! What bad and difficult data must give.

use super::*;
use crate::estimate::Value;

pub fn find<'a>(values: &'a [Value], statistic: &str, term: &str) -> &'a Value {
    let mut found = values.iter().filter(|value| value.statistic.name == statistic && value.term == term);
    found.next().unwrap_or_else(|| panic!("{statistic} of `{term}` is not reported"))
}

pub fn has(value: &Value, code: &str) -> bool {
    value.conditions.iter().any(|condition| condition.code == code)
}

pub fn close(a: &Value, b: &Value) -> bool {
    match (a.value, b.value) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-8 * (1.0 + a.abs()),
        (a, b) => a == b,
    }
}

fn numeric(name: &str, values: &[f64]) -> Covariate {
    Covariate { name: name.to_owned(), values: CovariateValues::Numeric(values.to_vec()) }
}

fn model(outcome: &[f64], cluster: Option<Vec<u32>>, covariates: Vec<Covariate>) -> ModelData {
    ModelData::new(outcome.to_vec(), vec![1.0; outcome.len()], cluster, covariates).expect("valid")
}

/// Everything reported, after checking that no number is one that isn't, and that what is absent says why.
fn reported(data: &ModelData) -> Vec<Value> {
    let mut values = analyse(data, &Options::default());
    values.extend(predict(data, &PredictionOptions::default()));
    for value in &values {
        assert!(value.value.is_none_or(f64::is_finite), "{value:?}");
        assert!(value.value.is_some() || !value.conditions.is_empty(), "{value:?}");
        assert!(!has(value, "not_finite"), "an explicit reason is wanted: {value:?}");
    }
    values
}

#[test]
fn a_constant_outcome_is_named() {
    let values = reported(&model(&[1.0; 6], None, vec![numeric("x", &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])]));
    for statistic in ["deviance", "auc", "nagelkerke", "omnibus_p", "hosmer_lemeshow", "ridge_alpha"] {
        assert!(has(find(&values, statistic, ""), "constant_outcome"), "{statistic}");
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
        vec![numeric("x", &[1.0, 2.0, 4.0]), numeric("z", &[3.0, 1.0, 7.0])],
    ));
    assert!(has(find(&values, "deviance", ""), "saturated"));
    assert_eq!(find(&values, "df_residual", "").value, Some(0.0));
}

#[test]
fn a_single_cluster_has_no_robust_error() {
    let outcome = [0.0, 1.0, 0.0, 1.0, 1.0, 0.0];
    let values =
        reported(&model(&outcome, Some(vec![4; 6]), vec![numeric("x", &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])]));
    assert!(has(find(&values, "cr1_std_error", "x"), "one_cluster"));
}

#[test]
fn as_many_clusters_as_cases_have_hc2_and_no_likeness_within() {
    let outcome = [0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0];
    let each = (0..8).collect();
    let x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
    let values = reported(&model(&outcome, Some(each), vec![numeric("x", &x)]));
    for statistic in ["icc", "design_effect", "effective_n"] {
        assert!(has(find(&values, statistic, ""), "one_case_a_cluster"), "{statistic}");
    }
    assert!(find(&values, "cr2_std_error", "x").value.is_some());
    // Few clusters concern what has a normal reference, and nothing else.
    assert!(has(find(&values, "cr1_p_value", "x"), "few_clusters"));
    for (statistic, term) in [("cr2_p_value", "x"), ("n_clusters", "")] {
        assert!(!has(find(&values, statistic, term), "few_clusters"), "{statistic}");
    }
}

#[test]
fn a_factor_that_says_what_another_says_is_aliased_and_the_others_are_tested() {
    let codes = vec![0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2];
    let factor = |name: &str, codes: Vec<u32>| {
        let levels = ["1", "2", "3"].map(str::to_owned).to_vec();
        Covariate { name: name.to_owned(), values: CovariateValues::Factor { codes, levels, reference: 0 } }
    };
    // The same three groups by other names.
    let other = codes.iter().map(|code| (code + 1) % 3).collect();
    let outcome = [0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0];
    let x: Vec<f64> = (0..12).map(f64::from).collect();
    let covariates = vec![factor("f", codes), factor("g", other), numeric("x", &x)];
    let values = reported(&model(&outcome, None, covariates));
    assert!(
        has(find(&values, "estimate", "g=2"), "aliased") && has(find(&values, "estimate", "g=3"), "aliased")
    );
    // Neither adds anything to the other.
    assert!(has(find(&values, "lr_chi2", "f"), "aliased") && has(find(&values, "lr_chi2", "g"), "aliased"));
    assert!(find(&values, "lr_chi2", "x").value.is_some());
    assert_eq!(find(&values, "omnibus_df", "").value, Some(3.0));
}

#[test]
fn two_cases_are_separated_and_told_apart_wholly() {
    let values = reported(&model(&[0.0, 1.0], Some(vec![1, 2]), vec![numeric("x", &[1.0, 2.0])]));
    assert!(has(find(&values, "estimate", "x"), "separation"));
    assert!(has(find(&values, "deviance", ""), "saturated"));
    for statistic in ["auc", "tjur", "nagelkerke", "mcfadden"] {
        let value = find(&values, statistic, "").value;
        assert!(value.is_some_and(|value| (value - 1.0).abs() < 1e-9), "{statistic} {value:?}");
    }
    assert!(has(find(&values, "auc_low", ""), "few_cases"));
    assert!(has(find(&values, "ridge_auc", ""), "too_few_outcomes"));
}

/// The optimiser of the ridge fit searched for ever along lines on which the objective was flat to its last digit: one in thirty of
/// these designs.
#[test]
fn the_ridge_fit_ends_and_is_a_maximum_on_small_and_nearly_separated_data() {
    use rand_chacha::rand_core::{Rng, SeedableRng};
    let design = |seed: u64| {
        let mut random = rand_chacha::ChaCha12Rng::seed_from_u64(seed);
        let mut uniform = move || (random.next_u64() >> 11) as f64 / (1u64 << 53) as f64;
        let (n, columns) = (12 + (uniform() * 60.0) as usize, 1 + (uniform() * 4.0) as usize);
        let (scale, strength) = (10f64.powf(uniform() * 6.0 - 2.0), uniform() * 6.0);
        let x: Vec<Vec<f64>> =
            (0..columns).map(|_| (0..n).map(|_| (uniform() * 20.0).floor() - 10.0).collect()).collect();
        let outcome: Vec<f64> = (0..n)
            .map(|row| {
                let linear: f64 = x.iter().map(|column| 0.3 * strength * column[row]).sum();
                f64::from(u8::from(uniform() < 1.0 / (1.0 + (1.0 - linear).exp())))
            })
            .collect();
        let named = x.iter().enumerate().map(|(j, column)| {
            numeric(&format!("x{j}"), &column.iter().map(|x| x * scale).collect::<Vec<f64>>())
        });
        model(&outcome, None, named.collect())
    };
    let (send, ended) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for seed in 1..=90 {
            let values = predict(&design(seed), &PredictionOptions::default());
            let short = values.iter().any(|value| value.value.is_some() && has(value, "not_converged"));
            // Whoever waits may have given up.
            let _ = send.send((seed, short));
        }
    });
    for seed in 1..=90 {
        let wait = std::time::Duration::from_secs(60);
        assert_eq!(ended.recv_timeout(wait), Ok((seed, false)), "seed {seed}");
    }
}

#[test]
fn what_is_fitted_as_impossible_is_no_tie_with_what_is_not() {
    // Nobody with x = 0 has the outcome; the others have it half the time, more often with a larger z.
    let x = [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];
    let z = [1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 4.0];
    let outcome = [0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0];
    let values = reported(&model(&outcome, None, vec![numeric("x", &x), numeric("z", &z)]));
    assert!(has(find(&values, "deviance", ""), "limiting_model"));
    // By hand: all six pairs with x = 0 are right, and of the four others all but one.
    assert_eq!(find(&values, "auc", "").value, Some(9.0 / 10.0));
}

#[test]
fn a_weight_that_cannot_be_is_refused_without_its_value() {
    let data = model(&[0.0, 1.0, 1.0], None, vec![numeric("x", &[1.0, 2.0, 1.0])]);
    for weight in [0.0, -77.0, f64::NAN, f64::INFINITY] {
        let refused = weighted::analyse(&data, &[1.0, weight, 1.0], &Options::default());
        assert_eq!(refused, Err(ModelDataError::Weight { row: 1 }));
    }
    let refused = weighted::analyse(&data, &[1.0], &Options::default());
    assert!(matches!(refused, Err(ModelDataError::Length { found: 1, expected: 3, .. })));
    assert!(!ModelDataError::Weight { row: 1 }.to_string().contains("77"));
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
    let large = reported(&model(&outcome, None, vec![numeric("x", &x.map(|x| 1e9 + 1e6 * x))]));
    for statistic in ["statistic", "lr_p"] {
        assert!(close(find(&plain, statistic, "x"), find(&large, statistic, "x")));
    }
    let ratio = find(&plain, "profile_high", "x")
        .value
        .zip(find(&large, "profile_high", "x").value)
        .map(|(a, b)| a / b);
    assert!(ratio.is_some_and(|ratio| (ratio / 1e6 - 1.0).abs() < 1e-8), "{ratio:?}");
}

#[test]
fn levels_without_cases_are_named_and_a_missing_reference_is_replaced() {
    let levels = ["1", "2", "3", "4"].map(str::to_owned).to_vec();
    let codes = vec![1, 1, 1, 3, 3, 3, 1, 3];
    let factor =
        Covariate { name: "f".to_owned(), values: CovariateValues::Factor { codes, levels, reference: 0 } };
    let values = reported(&model(&[0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0], None, vec![factor]));
    assert!(has(find(&values, "estimate", "f=3"), "level_without_cases"));
    assert!(has(find(&values, "deviance", ""), "reference_without_cases"));
    // Three times the odds of 3:1 against 1:3.
    let odds_ratio = find(&values, "odds_ratio", "f=4").value.expect("estimated");
    assert!((odds_ratio - 9.0).abs() < 1e-9);
}

#[test]
fn misuse_is_refused_without_a_value_in_the_message() {
    let bad = |outcome: Vec<f64>, frequency: Vec<f64>, x: Vec<f64>| {
        ModelData::new(outcome, frequency, None, vec![numeric("x", &x)]).expect_err("misuse").to_string()
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
        let outcome: Vec<f64> =
            x.iter().map(|&x| f64::from(u8::from((x > cut) != (x % 9.0 == 4.0)))).collect();
        let values = reported(&model(&outcome, None, vec![numeric("x", &x)]));
        assert!(find(&values, "ridge_coefficient", "x").value.is_some_and(|b| b > 0.0), "{cut}");
        assert!(find(&values, "ridge_auc", "").value.is_some_and(|auc| auc > 0.6), "{cut}");
    }
}

#[test]
fn ridge_without_penalty_is_maximum_likelihood_and_with_much_is_none() {
    let x: Vec<f64> = (0..40).map(|i| f64::from(i % 8)).collect();
    let outcome: Vec<f64> = (0..40).map(|i| f64::from(u8::from((i * 7) % 11 < 2 + i % 8))).collect();
    let data = model(&outcome, None, vec![numeric("x", &x)]);
    let likely = analyse(&data, &Options::default());
    let ridge = |alpha: f64| {
        let options = PredictionOptions { alphas: vec![alpha], ..PredictionOptions::default() };
        find(&predict(&data, &options), "ridge_coefficient", "x").value.expect("fitted")
    };
    assert!((ridge(1e-9) / find(&likely, "estimate", "x").value.expect("fitted") - 1.0).abs() < 1e-6);
    assert!(ridge(1e9).abs() < 1e-6);
}
