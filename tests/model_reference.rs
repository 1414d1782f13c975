//! The logistic regression against R: every statistic of every data set in `reference/model_expected.csv`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use utfall::estimate::Value;
use utfall::model::{Covariate, CovariateValues, ModelData, Options, PROCEDURES, analyse};

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
    let numbers = |index: usize| column(index).map(|text| text.parse().expect("a number")).collect::<Vec<f64>>();
    let find = |name: &str| header.iter().position(|column| column == name);
    let cluster = find("cluster").map(|index| column(index).map(|text| text.parse().expect("a cluster")).collect());
    let covariates = header
        .iter()
        .enumerate()
        .filter(|(_, name)| !["outcome", "frequency", "cluster"].contains(&name.as_str()))
        .map(|(index, name)| match name.strip_suffix("[factor]") {
            None => Covariate { name: name.clone(), values: CovariateValues::Numeric(numbers(index)) },
            Some(name) => {
                let levels: Vec<String> = column(index).collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect();
                let codes = column(index)
                    .map(|text| levels.iter().position(|level| level == text).expect("a level") as u32)
                    .collect();
                Covariate { name: name.to_owned(), values: CovariateValues::Factor { codes, levels, reference: 0 } }
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

/// Relative agreement that a statistic owes R.
fn tolerance(statistic: &str) -> f64 {
    match statistic {
        // R's own root finding, on a deviance that carries some 13 digits.
        _ if statistic.contains("profile") => 1e-6,
        // DeLong's variance is a sum of squares of differences near zero.
        _ if statistic.starts_with("auc_") => 1e-6,
        _ => 1e-8,
    }
}

/// Statistics that R does not report, and why.
const WITHOUT_REFERENCE: &[&str] = &[
    // A property of our optimiser: R starts elsewhere.
    "iterations",
];

#[test]
fn every_statistic_agrees_with_r() {
    let mut expected: BTreeMap<String, BTreeMap<Key, f64>> = BTreeMap::new();
    for row in reference("model_expected.csv").iter().skip(1) {
        let value = row[3].parse().expect("a number");
        expected.entry(row[0].clone()).or_default().insert((row[1].clone(), row[2].clone()), value);
    }
    assert_eq!(expected.len(), 7, "data sets");
    let mut compared: BTreeMap<&str, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    for (dataset, mut expected) in expected {
        for value in analyse(&data(&dataset), &Options::default()) {
            let Some(found) = value.value else {
                if expected.contains_key(&key(&value)) {
                    failures.push(format!("{dataset} {:?}: absent, {:?}", key(&value), value.conditions));
                }
                continue;
            };
            match expected.remove(&key(&value)) {
                None if WITHOUT_REFERENCE.contains(&value.statistic.name) => {}
                None => failures.push(format!("{dataset} {:?}: no reference", key(&value))),
                Some(reference) => {
                    *compared.entry(value.statistic.name).or_default() += 1;
                    let off = (found - reference).abs() / reference.abs().max(f64::MIN_POSITIVE);
                    if off > tolerance(value.statistic.name) {
                        failures.push(format!("{dataset} {:?}: {found:e}, R {reference:e}, off {off:.1e}", key(&value)));
                    }
                }
            }
        }
        failures.extend(expected.keys().map(|key| format!("{dataset} {key:?}: not computed")));
    }
    assert!(failures.is_empty(), "{} disagree\n{}", failures.len(), failures.join("\n"));
    let declared = PROCEDURES.iter().flat_map(|procedure| procedure.statistics).map(|statistic| statistic.name);
    for name in declared.filter(|name| !WITHOUT_REFERENCE.contains(name)) {
        assert!(compared.contains_key(name), "{name} was never compared with R");
    }
}
