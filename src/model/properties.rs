//! Properties that must hold on any data.

use crate::estimate::INTERCEPT;
use proptest::prelude::*;

use super::bad_data::{close, find, has};
use super::*;

/// Rows of outcome, cluster, a numeric covariate (in steps that make ties), and a factor's code.
pub fn rows() -> impl Strategy<Value = Vec<(bool, u32, i32, u32)>> {
    prop::collection::vec((any::<bool>(), 0..6_u32, -8..8_i32, 0..3_u32), 12..60)
}

pub fn data(rows: &[(bool, u32, i32, u32)], frequency: Vec<f64>, reference: u32, shift: f64) -> ModelData {
    let levels = ["1", "2", "3"].map(str::to_owned).to_vec();
    let numeric = rows.iter().map(|row| f64::from(row.2) / 4.0 + shift).collect();
    let factor = CovariateValues::Factor { codes: rows.iter().map(|row| row.3).collect(), levels, reference };
    ModelData::new(
        rows.iter().map(|row| f64::from(u8::from(row.0))).collect(),
        frequency,
        Some(rows.iter().map(|row| row.1).collect()),
        vec![
            Covariate { name: "x".to_owned(), values: CovariateValues::Numeric(numeric) },
            Covariate { name: "f".to_owned(), values: factor },
        ],
    )
    .expect("valid by construction")
}

pub fn unit(rows: &[(bool, u32, i32, u32)]) -> ModelData {
    data(rows, vec![1.0; rows.len()], 0, 0.0)
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

    /// The same from the rows as they were given, with nothing of the fit but its probabilities.
    #[test]
    fn residuals_are_orthogonal_to_every_covariate_and_level(rows in rows()) {
        let Ok((probability, _)) = fitted_probabilities(&unit(&rows)) else {
            return Ok(());
        };
        let residual = |row: usize| f64::from(u8::from(rows[row].0)) - probability[row];
        let sum = |x: &dyn Fn(usize) -> f64| (0..rows.len()).map(|row| x(row) * residual(row)).sum::<f64>();
        let level = |row: usize, code: u32| f64::from(u8::from(rows[row].3 == code));
        let sums = [sum(&|_| 1.0), sum(&|row| f64::from(rows[row].2)), sum(&|row| level(row, 0)), sum(&|row| level(row, 1))];
        for score in sums {
            prop_assert!(score.abs() < 1e-8, "{sums:?}");
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
            // Calibration left-cluster-out is a fit to predictions that may be as good as infinite: rounding decides its digits.
            let moved = before.term == *INTERCEPT
                || before.statistic.name == "iterations"
                || before.statistic.name.starts_with("loco_calibration");
            // The exponential of a limit multiplies its rounding by the limit itself.
            let logarithm = |value: &Value| value.value.map(f64::ln);
            let ratio = before.statistic.name.starts_with("odds_ratio")
                && matches!((logarithm(before), logarithm(after)), (Some(a), Some(b)) if (a - b).abs() <= 1e-8 * (1.0 + a.abs()));
            prop_assert!(moved || ratio || close(before, after), "{before:?} {after:?}");
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
