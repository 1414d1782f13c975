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
    (value.statistic.name.to_owned(), value.term.to_string())
}

/// What R says of a data set; `None` where a statistic does not exist.
pub type Expected = BTreeMap<Key, Option<f64>>;

/// What R says, by data set.
pub fn expected(file: &str) -> BTreeMap<String, Expected> {
    let mut expected: BTreeMap<String, Expected> = BTreeMap::new();
    for row in reference(file).iter().skip(1) {
        let value = (row[3] != "NA").then(|| row[3].parse().expect("a number"));
        expected.entry(row[0].clone()).or_default().insert((row[1].clone(), row[2].clone()), value);
    }
    expected
}

/// Relative agreement with R. Most agree to 1e-12.
const TOLERANCE: f64 = 1e-9;

/// The same for Firth's intervals and tests: R's scoring converges linearly and its root finding stops somewhere near, and a test of
/// nearly no effect is a difference of deviances that has lost most of its digits.
const PENALISED_TOLERANCE: f64 = 1e-7;

/// How far a value may be from R's, relatively.
pub fn tolerance(value: &Value) -> f64 {
    match value.statistic.name {
        "firth_estimate" | "firth_std_error" | "firth_odds_ratio" => TOLERANCE,
        name if name.starts_with("firth_") => PENALISED_TOLERANCE,
        _ => TOLERANCE,
    }
}

/// Absolute agreement that is enough: numbers that are zero but for rounding on both sides.
const ZERO: f64 = 1e-13;

/// How far a number is from R's, relatively; 0 where both are zero but for rounding.
pub fn distance(found: f64, reference: f64) -> f64 {
    match found.abs() < ZERO && reference.abs() < ZERO {
        true => 0.0,
        false => (found - reference).abs() / reference.abs().max(f64::MIN_POSITIVE),
    }
}

/// How a value differs from R's by more than `tolerance`, relatively, in words; `None` where it does not.
pub fn disagreement(value: &Value, reference: Option<f64>, tolerance: f64) -> Option<String> {
    let key = key(value);
    let (found, reference) = match (value.value, reference) {
        (None, None) => return None,
        (None, Some(_)) => return Some(format!("{key:?}: absent, {:?}", value.conditions)),
        (Some(_), None) => return Some(format!("{key:?}: absent in R")),
        (Some(found), Some(reference)) => (found, reference),
    };
    // A p-value has no zero to round to.
    let zero = !key.0.ends_with("p_value") && found.abs() < ZERO && reference.abs() < ZERO;
    let off = (found - reference).abs() / reference.abs().max(f64::MIN_POSITIVE);
    // Written so that NaN disagrees.
    let agrees = zero || off <= tolerance;
    (!agrees).then(|| format!("{key:?}: {found:e}, R {reference:e}, off {off:.1e}"))
}
