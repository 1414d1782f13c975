//! The logistic regression against R: every statistic of every data set in `reference/model_expected.csv`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use utfall::estimate::Value;
use utfall::model::{
    Covariate, CovariateValues, ModelData, Options, PREDICTION_STATISTICS, PROCEDURES, PredictionOptions,
    analyse, predict,
};

type Key = (String, String);

fn reference(file: &str) -> Vec<Vec<String>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// The data as R had them. `covariates` in the order in which R was given them: the order of the columns.
fn data(name: &str) -> ModelData {
    let rows = reference(&format!("model_data_{name}.csv"));
    let (header, rows) = rows.split_first().expect("a header");
    let column = |index: usize| rows.iter().map(move |row| row[index].as_str());
    let numbers =
        |index: usize| column(index).map(|text| text.parse().expect("a number")).collect::<Vec<f64>>();
    let find = |name: &str| header.iter().position(|column| column == name);
    let cluster =
        find("cluster").map(|index| column(index).map(|text| text.parse().expect("a cluster")).collect());
    let covariates = header
        .iter()
        .enumerate()
        .filter(|(_, name)| !["outcome", "frequency", "cluster"].contains(&name.as_str()))
        .map(|(index, name)| match name.strip_suffix("[factor]") {
            None => Covariate { name: name.clone(), values: CovariateValues::Numeric(numbers(index)) },
            Some(name) => {
                let levels: Vec<String> =
                    column(index).collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect();
                let codes = column(index)
                    .map(|text| levels.iter().position(|level| level == text).expect("a level") as u32)
                    .collect();
                Covariate {
                    name: name.to_owned(),
                    values: CovariateValues::Factor { codes, levels, reference: 0 },
                }
            }
        })
        .collect();
    let outcome = numbers(find("outcome").expect("an outcome"));
    let frequency = numbers(find("frequency").expect("a frequency"));
    ModelData::new(outcome, frequency, cluster, covariates).expect("valid reference data")
}

fn key(value: &Value) -> Key {
    (value.statistic.name.to_owned(), value.term.clone())
}

/// Relative agreement with R. Most agree to 1e-12; profile limits rest on R's root finding, and differences of nearly equal
/// numbers (a limit near zero) have lost digits on both sides.
const TOLERANCE: f64 = 1e-9;

/// The same for ridge: L-BFGS stops when the gradient is small, Newton's method when nothing moves any more.
const RIDGE_TOLERANCE: f64 = 1e-5;

/// Statistics that R does not report, and why.
const WITHOUT_REFERENCE: &[&str] = &[
    // A property of our optimiser: R starts elsewhere.
    "iterations",
];

fn expected() -> BTreeMap<String, BTreeMap<Key, f64>> {
    let mut expected: BTreeMap<String, BTreeMap<Key, f64>> = BTreeMap::new();
    for row in reference("model_expected.csv").iter().skip(1) {
        let value = row[3].parse().expect("a number");
        expected.entry(row[0].clone()).or_default().insert((row[1].clone(), row[2].clone()), value);
    }
    expected
}

fn disagreement(value: &Value, found: f64, reference: f64) -> Option<String> {
    let ridge = value.statistic.name.starts_with("ridge_");
    let tolerance = if ridge { RIDGE_TOLERANCE } else { TOLERANCE };
    let off = (found - reference).abs() / reference.abs().max(f64::MIN_POSITIVE);
    // Written so that NaN disagrees.
    let agrees = off <= tolerance;
    (!agrees).then(|| format!("{:?}: {found:e}, R {reference:e}, off {off:.1e}", key(value)))
}

#[test]
fn every_statistic_agrees_with_r() {
    let mut sets = expected();
    sets.remove("separated");
    assert_eq!(sets.len(), 7, "data sets");
    let mut compared: BTreeSet<&str> = BTreeSet::new();
    let mut failures = Vec::new();
    for (dataset, mut expected) in sets {
        let data = data(&dataset);
        let mut values = analyse(&data, &Options::default());
        if expected.keys().any(|(statistic, _)| statistic.starts_with("ridge_")) {
            values.extend(predict(&data, &PredictionOptions::default()));
        }
        for value in &values {
            let reference = expected.remove(&key(value));
            compared.extend(reference.map(|_| value.statistic.name));
            failures.extend(match (value.value, reference) {
                (Some(found), Some(reference)) => disagreement(value, found, reference),
                (None, None) => None,
                (Some(_), None) if WITHOUT_REFERENCE.contains(&value.statistic.name) => None,
                (Some(_), None) => Some(format!("{dataset} {:?}: no reference", key(value))),
                (None, Some(_)) => {
                    Some(format!("{dataset} {:?}: absent, {:?}", key(value), value.conditions))
                }
            });
        }
        failures.extend(expected.keys().map(|key| format!("{dataset} {key:?}: not computed")));
    }
    assert!(failures.is_empty(), "{} disagree\n{}", failures.len(), failures.join("\n"));
    let inference = PROCEDURES.iter().flat_map(|procedure| procedure.statistics);
    let declared = inference.chain(PREDICTION_STATISTICS).map(|statistic| statistic.name);
    for name in declared.filter(|name| !WITHOUT_REFERENCE.contains(name)) {
        assert!(compared.contains(name), "{name} was never compared with R");
    }
}

#[test]
fn under_separation_the_limits_are_those_of_r() {
    let expected = &expected()["separated"];
    let values = analyse(&data("separated"), &Options::default());
    for (wanted, &reference) in expected {
        let value =
            values.iter().find(|value| key(value) == *wanted).unwrap_or_else(|| panic!("no {wanted:?}"));
        let found = value.value.unwrap_or_else(|| panic!("{wanted:?} is absent: {:?}", value.conditions));
        assert_eq!(disagreement(value, found, reference), None);
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
