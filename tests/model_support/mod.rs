//! Reads the data sets and reference values that the scripts in `reference` write.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use utfall::estimate::Value;
use utfall::model::{Covariate, CovariateValues, ModelData};

/// Statistic and term.
pub type Key = (String, String);

fn reference(file: &str) -> Vec<Vec<String>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// The data of a file as R had them, covariates in the order of the columns.
pub fn data(file: &str) -> ModelData {
    let rows = reference(file);
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

pub fn key(value: &Value) -> Key {
    (value.statistic.name.to_owned(), value.term.clone())
}

/// What R says, by data set.
pub fn expected(file: &str) -> BTreeMap<String, BTreeMap<Key, f64>> {
    let mut expected: BTreeMap<String, BTreeMap<Key, f64>> = BTreeMap::new();
    for row in reference(file).iter().skip(1) {
        let value = row[3].parse().expect("a number");
        expected.entry(row[0].clone()).or_default().insert((row[1].clone(), row[2].clone()), value);
    }
    expected
}

/// A value that is farther from R's than `tolerance`, relatively, in words.
pub fn disagreement(value: &Value, found: f64, reference: f64, tolerance: f64) -> Option<String> {
    let off = (found - reference).abs() / reference.abs().max(f64::MIN_POSITIVE);
    // Written so that NaN disagrees.
    let agrees = off <= tolerance;
    (!agrees).then(|| format!("{:?}: {found:e}, R {reference:e}, off {off:.1e}", key(value)))
}
