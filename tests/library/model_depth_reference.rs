//! Firth's likelihood, clusters, effects and diagnostics on data that call for them, against R: `reference/depth.R`.

use std::collections::BTreeSet;

use crate::agreement::{self, Agreement};
use crate::model_support::{Key, data, disagreement, distance, expected, key, tolerance};
use utfall::model::{Method, Options, analyse};

#[test]
fn every_statistic_agrees_with_r() {
    let mut failures = Vec::new();
    let mut near = Agreement::default();
    let (mut compared, mut withheld) = (0, 0);
    for (dataset, expected) in &expected("depth_expected.csv") {
        let method = match expected.keys().any(|(statistic, _)| statistic.starts_with("firth_")) {
            true => Method::Firth,
            false => Method::MaximumLikelihood,
        };
        let options = Options { method, ..Options::default() };
        let values = analyse(&data(&format!("depth_data_{dataset}.csv")), &options);
        let mut missing: BTreeSet<&Key> = expected.keys().collect();
        // A part of the script that ran on this data set computed all of its statistics.
        let ran = |name: &str| expected.keys().any(|(statistic, _)| statistic == name);
        for value in &values {
            let key = key(value);
            missing.remove(&key);
            // R has a number there: of a sandwich in which the only cluster that tells of the term has no part.
            if value.conditions.iter().any(|condition| condition.code == "aliased_without_a_cluster")
                && !value.statistic.name.starts_with("cv3")
                && !value.statistic.name.starts_with("loco")
            {
                assert_eq!((dataset.as_str(), &*value.term), ("alone", "housing=3"), "{key:?}");
                assert_eq!(value.value, None, "{key:?}");
                withheld += 1;
                continue;
            }
            let failure = match expected.get(&key) {
                Some(&reference) => disagreement(value, reference, tolerance(value)),
                None if value.value.is_some() && ran(&key.0) => Some(format!("{key:?}: no reference")),
                None => continue,
            };
            compared += 1;
            if let (Some(found), Some(&Some(reference))) = (value.value, expected.get(&key)) {
                near.compared(dataset, agreement::method(value.statistic, None), distance(found, reference));
            }
            failures.extend(failure.map(|failure| format!("{dataset} {failure}")));
        }
        failures.extend(missing.iter().map(|key| format!("{dataset} {key:?}: not computed")));
    }
    assert!(failures.is_empty(), "{} disagree\n{}", failures.len(), failures.join("\n"));
    assert!(withheld > 0, "the one service with the third kind of housing has robust errors");
    near.settle("Logistic regression in depth");
    assert!(compared > 1800, "{compared} compared");
}
