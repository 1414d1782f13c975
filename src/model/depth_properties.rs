//! Properties that must hold on any data, of what is reported beside maximum likelihood.

use proptest::prelude::*;

use super::bad_data::{find, has};
use super::properties::{data, rows, unit};
use super::*;

/// Families of a test and its interval: the names of the p-value and of the limits, and what the limits are compared with.
const FAMILIES: &[(&str, &str, &str, f64)] = &[
    ("p_value", "conf_low", "conf_high", 0.0),
    ("p_value", "odds_ratio_low", "odds_ratio_high", 1.0),
    ("profile_p_value", "profile_low", "profile_high", 0.0),
    ("profile_p_value", "odds_ratio_profile_low", "odds_ratio_profile_high", 1.0),
    ("cr1_p_value", "cr1_conf_low", "cr1_conf_high", 0.0),
    ("cr1_p_value", "odds_ratio_cr1_low", "odds_ratio_cr1_high", 1.0),
    ("cr2_p_value", "cr2_conf_low", "cr2_conf_high", 0.0),
    ("cr2_p_value", "odds_ratio_cr2_low", "odds_ratio_cr2_high", 1.0),
    ("cv3_p_value", "cv3_conf_low", "cv3_conf_high", 0.0),
    ("cv3_p_value", "odds_ratio_cv3_low", "odds_ratio_cv3_high", 1.0),
    ("ame_p_value", "ame_conf_low", "ame_conf_high", 0.0),
    ("ame_cr1_p_value", "ame_cr1_conf_low", "ame_cr1_conf_high", 0.0),
    ("ame_cr2_p_value", "ame_cr2_conf_low", "ame_cr2_conf_high", 0.0),
    ("firth_p_value", "firth_profile_low", "firth_profile_high", 0.0),
    ("firth_p_value", "firth_odds_ratio_low", "firth_odds_ratio_high", 1.0),
    ("weighted_p_value", "weighted_odds_ratio_low", "weighted_odds_ratio_high", 1.0),
];

fn firth() -> Options {
    Options { method: Method::Firth, ..Options::default() }
}

proptest! {
    #[test]
    fn a_p_value_is_small_just_where_the_interval_of_its_family_leaves_zero_out(rows in rows(), level in 0.5..0.99) {
        let options = Options { level, ..firth() };
        let mut values = analyse(&unit(&rows), &options);
        // Weights that vary from row to row.
        let weight: Vec<f64> = (0..rows.len()).map(|row| 0.4 + (row % 7) as f64 / 4.0).collect();
        values.extend(weighted::analyse(&unit(&rows), &weight, &options).expect("one weight a row"));
        for (p, low, high, none) in FAMILIES {
            for term in ["x", "f=2", "f=3"] {
                let value = |name: &str| values.iter().find(|v| v.statistic.name == name && v.term == term);
                let (Some(p), Some(low), Some(high)) = (value(p), value(low), value(high)) else {
                    continue;
                };
                let Some(p) = p.value else {
                    continue;
                };
                let infinite = |limit: &crate::estimate::Value| limit.value.is_none();
                prop_assert!(!(infinite(low) && infinite(high)) || p == 1.0);
                let outside = low.value.is_some_and(|low| low > *none) || high.value.is_some_and(|high| high < *none);
                // Nothing is claimed within rounding of the level itself.
                prop_assert!(outside == (p < 1.0 - level) || (p - (1.0 - level)).abs() < 1e-8, "{p} {low:?} {high:?}");
            }
        }
    }

    #[test]
    fn firth_is_finite_whatever_the_data(rows in rows(), cut in -8..8_i32) {
        // The outcome follows from x: separated, unless x is constant.
        let separated: Vec<_> = rows.iter().map(|&(_, cluster, x, f)| (x > cut, cluster, x, f)).collect();
        for rows in [&rows, &separated] {
            let values = analyse(&unit(rows), &firth());
            if has(find(&values, "deviance", ""), "constant_outcome") {
                continue;
            }
            for value in values.iter().filter(|value| value.statistic.name.starts_with("firth_")) {
                // The estimate is known to be finite. Its profile may be all but flat, and have two maxima over the others.
                let interval = !["firth_estimate", "firth_std_error", "firth_odds_ratio"].contains(&value.statistic.name);
                let excused = has(value, "aliased") || has(value, "level_without_cases") || interval && has(value, "not_converged");
                prop_assert!(value.value.is_some_and(f64::is_finite) || excused, "{value:?}");
            }
        }
    }

    #[test]
    fn firth_is_reported_where_it_is_called_for_with_the_reason(rows in rows()) {
        let values = analyse(&unit(&rows), &Options::default());
        let shown = values.iter().find(|value| value.statistic.name == "firth_estimate");
        let deviance = find(&values, "deviance", "");
        let separated = has(deviance, "separation");
        let few = has(find(&values, "events_per_parameter", ""), "few_events");
        prop_assert_eq!(shown.is_some(), (separated || few) && !has(deviance, "constant_outcome"));
        if let Some(shown) = shown {
            let named = |reason: &str| shown.conditions.contains(&Condition::new("firth", reason));
            prop_assert_eq!((named("separation"), named("few_events"), named("requested")), (separated, few, false));
        }
        let never = Options { method: Method::MaximumLikelihood, ..Options::default() };
        prop_assert!(!analyse(&unit(&rows), &never).iter().any(|value| value.statistic.name.starts_with("firth_")));
    }

    #[test]
    fn order_and_grouping_change_nothing_with_every_method(rows in rows()) {
        let mut grouped = rows.clone();
        grouped.sort();
        let frequency = grouped.chunk_by(|a, b| a == b).map(|group| group.len() as f64).collect();
        grouped.dedup();
        let mut reversed = rows.clone();
        reversed.reverse();
        let first = analyse(&unit(&rows), &firth());
        prop_assert_eq!(&first, &analyse(&unit(&reversed), &firth()));
        prop_assert_eq!(&first, &analyse(&data(&grouped, frequency, 0, 0.0), &firth()));
    }

    /// MacKinnon & White (1985): residuals over √(1 − leverage).
    #[test]
    fn cr2_of_clusters_of_one_is_hc2(rows in rows()) {
        let single: Vec<_> =
            rows.iter().enumerate().map(|(row, &(y, _, x, f))| (y, row as u32, x, f)).collect();
        let fitted = Fitted::of(&unit(&single));
        let (Some(bread), None, None) = (fitted.bread(), fitted.hopeless(), &fitted.fit().finite) else {
            return Ok(());
        };
        let columns = &fitted.fit().basis.columns;
        let rank = columns.len();
        let mut meat = vec![vec![0.0; rank]; rank];
        for pattern in 0..fitted.patterns().len() {
            let (trials, events) = (fitted.patterns().trials[pattern], fitted.patterns().events[pattern]);
            let probability = fitted.fitted_values()[pattern];
            let q: Vec<f64> = columns.iter().map(|column| column[pattern]).collect();
            let leverage = probability * (1.0 - probability) * cholesky::bilinear(&q, bread, &q);
            let squares =
                events * (1.0 - probability).powi(2) + (trials - events) * probability.powi(2);
            prop_assume!(leverage < 1.0 - 1e-6);
            for (row, a) in meat.iter_mut().zip(&q) {
                row.iter_mut().zip(&q).for_each(|(sum, b)| *sum += squares / (1.0 - leverage) * a * b);
            }
        }
        let values = analyse(&unit(&single), &Options::default());
        for term in &fitted.design().terms {
            let Some(transform) = term.column.and_then(|column| fitted.fit().transform(column)) else {
                continue;
            };
            let outer: Vec<f64> =
                bread.iter().map(|row| row.iter().zip(transform).map(|(m, t)| m * t).sum()).collect();
            let hc2 = cholesky::bilinear(&outer, &meat, &outer).sqrt();
            let cr2 = find(&values, "cr2_std_error", &term.name);
            prop_assert!(cr2.value.is_some_and(|cr2| (cr2 / hc2 - 1.0).abs() < 1e-8), "{cr2:?} {hc2}");
        }
    }

    #[test]
    fn a_cluster_left_out_by_hand_gives_the_same_fit(rows in rows()) {
        let fitted = Fitted::of(&unit(&rows));
        let columns: Vec<&[f64]> = fitted.design().columns.iter().map(Vec::as_slice).collect();
        for cells in &fitted.patterns().clusters {
            let left = fitted.patterns().without(cells);
            let (near, plain) = (Fit::near(&columns, &left, fitted.fit()), Fit::of(&columns, &left));
            for (near, plain) in near.coefficients.iter().zip(&plain.coefficients) {
                match (near, plain) {
                    (Coefficient::Estimated(near), Coefficient::Estimated(plain)) => {
                        prop_assert!((near - plain).abs() < 1e-8 * (1.0 + plain.abs()), "{near} {plain}");
                    }
                    (near, plain) => prop_assert_eq!(near, plain),
                }
            }
        }
    }

    #[test]
    fn what_is_reported_is_finite_and_what_is_absent_says_why(rows in rows(), constant in any::<bool>()) {
        // With `constant`, one covariate says nothing, and each case is a cluster of its own.
        let flat: Vec<_> = rows.iter().enumerate().map(|(row, &(y, _, _, f))| (y, row as u32, 3, f)).collect();
        let data = unit(if constant { &flat } else { &rows });
        let values = analyse(&data, &firth());
        for value in &values {
            prop_assert!(value.value.is_none_or(f64::is_finite), "{value:?}");
            prop_assert!(value.value.is_some() || !value.conditions.is_empty(), "{value:?}");
            prop_assert!(!has(value, "not_finite"), "an explicit reason is wanted: {value:?}");
        }
        let mut keys: Vec<_> = values.iter().map(|value| (value.statistic.name, &value.term)).collect();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), values.len(), "a statistic is reported twice");
    }

    #[test]
    fn where_the_outcome_depends_on_nothing_there_is_no_effect(rows in rows()) {
        // Each case with either outcome.
        let both: Vec<_> =
            rows.iter().flat_map(|&(_, cluster, x, f)| [(true, cluster, x, f), (false, cluster, x, f)]).collect();
        let values = analyse(&unit(&both), &Options::default());
        for value in &values {
            let Some(found) = value.value else {
                continue;
            };
            match value.statistic.name {
                "ame" => prop_assert!(found.abs() < 1e-9, "{value:?}"),
                "predicted" => prop_assert!((found - 0.5).abs() < 1e-9, "{value:?}"),
                _ => {}
            }
        }
    }

    #[test]
    fn the_effect_of_a_level_is_the_difference_of_predictions(rows in rows()) {
        let values = analyse(&unit(&rows), &Options::default());
        for term in ["f=2", "f=3"] {
            let value = |statistic: &str, term: &str| {
                values.iter().find(|v| v.statistic.name == statistic && v.term == term).and_then(|v| v.value)
            };
            if let (Some(effect), Some(at), Some(reference)) =
                (value("ame", term), value("predicted", term), value("predicted", "f=1"))
            {
                prop_assert!((effect - (at - reference)).abs() < 1e-12);
            }
        }
    }

    /// The score equations: why the calibration of a fit on its own data is not reported.
    #[test]
    fn a_fit_is_calibrated_on_its_own_data(rows in rows()) {
        let fitted = Fitted::of(&unit(&rows));
        prop_assume!(fitted.hopeless().is_none() && fitted.fit().finite.is_none());
        let own = calibration::calibration(&fitted.fit().linear_predictor, fitted.patterns());
        prop_assert!(own.intercept.is_some_and(|intercept| intercept.abs() < 1e-8), "{own:?}");
        prop_assert!(own.slope.is_none_or(|slope| (slope - 1.0).abs() < 1e-5), "{own:?}");
    }
}
