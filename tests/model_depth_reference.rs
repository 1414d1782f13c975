//! Firth's likelihood, clusters, effects and diagnostics against R: `reference/depth_expected.csv`, written by `depth.R`.

mod model_support;

use std::collections::BTreeSet;

use model_support::{data, disagreement, expected, key};
use utfall::estimate::Value;
use utfall::model::{Method, Options, analyse};

/// Relative agreement with R.
const TOLERANCE: f64 = 1e-8;
/// Absolute agreement that is enough: numbers that are zero but for rounding on both sides.
const ZERO: f64 = 1e-13;
/// Limits and tests by root finding: R's root finding, and a difference of deviances that has lost half its digits.
const PROFILE_TOLERANCE: f64 = 1e-6;

fn tolerance(statistic: &str) -> f64 {
    let profile = ["firth_profile", "firth_odds_ratio_", "firth_chi2", "firth_p_value", "firth_lr"];
    match profile.iter().any(|prefix| statistic.starts_with(prefix)) {
        true => PROFILE_TOLERANCE,
        false => TOLERANCE,
    }
}

#[test]
fn every_statistic_agrees_with_r() {
    let sets = expected("depth_expected.csv");
    let names: BTreeSet<&str> =
        sets.values().flat_map(|set| set.keys().map(|(statistic, _)| statistic.as_str())).collect();
    let mut failures = Vec::new();
    for (dataset, expected) in &sets {
        let method = match expected.keys().any(|(statistic, _)| statistic.starts_with("firth_")) {
            true => Method::Firth,
            false => Method::MaximumLikelihood,
        };
        let options = Options { method, ..Options::default() };
        let values = analyse(&data(&format!("depth_data_{dataset}.csv")), &options);
        let mut missing: BTreeSet<_> = expected.keys().collect();
        // A part of the script that ran on this data set computed all of its statistics.
        let ran = |name: &str| expected.keys().any(|(statistic, _)| statistic == name);
        for value in &values {
            let key = key(value);
            missing.remove(&key);
            failures.extend(
                match (value.value, expected.get(&key)) {
                    (Some(found), Some(&reference)) => compare(value, found, reference),
                    (None, Some(_)) => Some(format!("{key:?}: absent, {:?}", value.conditions)),
                    (Some(_), None) if ran(&key.0) => Some(format!("{key:?}: no reference")),
                    (_, None) => None,
                }
                .map(|failure| format!("{dataset} {failure}")),
            );
        }
        failures.extend(missing.iter().map(|key| format!("{dataset} {key:?}: not computed")));
    }
    assert!(failures.is_empty(), "{} disagree\n{}", failures.len(), failures.join("\n"));
    assert!(!names.is_empty());
}

fn compare(value: &Value, found: f64, reference: f64) -> Option<String> {
    let both_zero =
        found.abs() < ZERO && reference.abs() < ZERO && !value.statistic.name.ends_with("p_value");
    if both_zero { None } else { disagreement(value, found, reference, tolerance(value.statistic.name)) }
}
