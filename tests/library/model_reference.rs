//! The logistic regression against R: every statistic of every data set in `reference/model_expected.csv`.

use std::collections::{BTreeMap, BTreeSet};

use crate::agreement::{Agreement, method};
use crate::model_support::{data, disagreement, distance, expected, key, tolerance};
use utfall::model::{Options, PREDICTION_STATISTICS, PROCEDURES, PredictionOptions, analyse, predict};

/// Statistics that R does not report, and why.
const WITHOUT_REFERENCE: &[&str] = &[
    // A property of our optimiser: R starts elsewhere.
    "iterations",
];

/// Every statistic that any reference file holds.
fn referenced(file: &str) -> BTreeSet<String> {
    expected(file).into_values().flat_map(|set| set.into_keys().map(|(statistic, _)| statistic)).collect()
}

#[test]
fn every_statistic_agrees_with_r() {
    let mut sets = expected("model_expected.csv");
    let elsewhere = referenced("depth_expected.csv");
    sets.remove("separated");
    assert_eq!(sets.len(), 7, "data sets");
    let mut compared: BTreeSet<&str> = BTreeSet::new();
    let mut failures = Vec::new();
    let mut agreement = Agreement::default();
    for (dataset, mut expected) in sets {
        let data = data(&format!("model_data_{dataset}.csv"));
        let steps = BTreeMap::from([("age".to_owned(), 10.0)]);
        let mut values = analyse(&data, &Options { steps, ..Options::default() });
        if expected.keys().any(|(statistic, _)| statistic.starts_with("ridge_")) {
            values.extend(predict(&data, &PredictionOptions::default()));
        }
        for value in &values {
            let reference = expected.remove(&key(value));
            failures.extend(match reference {
                Some(reference) => {
                    compared.extend(reference.map(|_| value.statistic.name));
                    if let (Some(found), Some(reference)) = (value.value, reference) {
                        agreement.compared(
                            &dataset,
                            method(value.statistic, None),
                            distance(found, reference),
                        );
                    }
                    disagreement(value, reference, tolerance(value))
                        .map(|failure| format!("{dataset} {failure}"))
                }
                None if value.value.is_none() || WITHOUT_REFERENCE.contains(&value.statistic.name) => None,
                None => Some(format!("{dataset} {:?}: no reference", key(value))),
            });
        }
        failures.extend(expected.keys().map(|key| format!("{dataset} {key:?}: not computed")));
    }
    assert!(failures.is_empty(), "{} disagree\n{}", failures.len(), failures.join("\n"));
    agreement.settle("Logistic regression");
    let inference = PROCEDURES.iter().flat_map(|procedure| procedure.statistics);
    let declared = inference.chain(PREDICTION_STATISTICS).map(|statistic| statistic.name);
    for name in declared.filter(|name| !WITHOUT_REFERENCE.contains(name)) {
        assert!(compared.contains(name) || elsewhere.contains(name), "{name} was never compared with R");
    }
}

#[test]
fn under_separation_the_limits_are_those_of_r() {
    let expected = &expected("model_expected.csv")["separated"];
    let values = analyse(&data("model_data_separated.csv"), &Options::default());
    for (wanted, &reference) in expected {
        let value =
            values.iter().find(|value| key(value) == *wanted).unwrap_or_else(|| panic!("no {wanted:?}"));
        assert_eq!(disagreement(value, reference, tolerance(value)), None);
    }
    let absent = |statistic: &str, code: &str| {
        let wanted = (statistic.to_owned(), "prison".to_owned());
        let value =
            values.iter().find(|value| key(value) == wanted).unwrap_or_else(|| panic!("no {wanted:?}"));
        assert_eq!(value.value, None, "{wanted:?}");
        assert!(
            value.conditions.iter().any(|condition| condition.code == code && condition.detail == "prison")
        );
    };
    absent("estimate", "separation");
    absent("odds_ratio_high", "separation");
    absent("profile_low", "infinite");
}
