//! Paired change against R: `tests/reference/change.R` writes the data and the values, with R's version.

use std::collections::BTreeMap;

use crate::agreement::{Agreement, method};

use utfall::change::{Direction, Options, Pairs, Reliability, Scale, Spread, UseThresholds, analyse};
use utfall::convention::Convention;
use utfall::estimate::{Condition, Reveals};

/// The quantities are closed forms or converged roots.
const RELATIVE: f64 = 1e-8;
/// For values that are 0.
const ABSOLUTE: f64 = 1e-12;

/// The records of a reference file below its line of versions and its header; no field holds a comma.
fn records<const COLUMNS: usize>(text: &str) -> impl Iterator<Item = [&str; COLUMNS]> {
    assert!(text.starts_with("# R "), "the first line names the versions");
    text.lines().skip(2).map(|line| {
        let fields: Vec<&str> = line.split(',').collect();
        fields.try_into().unwrap_or_else(|_| panic!("{COLUMNS} columns expected: {line}"))
    })
}

fn number(text: &str) -> f64 {
    text.parse().unwrap_or_else(|_| panic!("a number expected: {text}"))
}

/// Every data set by name, with what is asked of it.
fn data_sets() -> BTreeMap<&'static str, (Pairs, Options)> {
    type Columns = (Vec<f64>, Vec<f64>, Vec<u64>);
    let mut columns: BTreeMap<&str, Columns> = BTreeMap::new();
    for [dataset, before, after, frequency] in records(include_str!("../reference/change_data.csv")) {
        let (befores, afters, frequencies) = columns.entry(dataset).or_default();
        befores.push(number(before));
        afters.push(number(after));
        frequencies.push(frequency.parse().unwrap());
    }
    records(include_str!("../reference/change_datasets.csv"))
        .map(|[dataset, scale, better, levels, level, convention, hedges, reliability, classes]| {
            let scale = match scale {
                "binary" => Scale::Binary,
                "ordinal" => Scale::Ordinal,
                "numeric" => Scale::Numeric,
                _ => panic!("unknown scale {scale}"),
            };
            let better = match better {
                "higher" => Direction::Higher,
                "lower" => Direction::Lower,
                "none" => Direction::None,
                _ => panic!("unknown direction {better}"),
            };
            let parts = |field: &'static str| field.split('|').filter(|part| !part.is_empty());
            let levels: Vec<f64> = parts(levels).map(number).collect();
            let reliability = match parts(reliability).collect::<Vec<_>>()[..] {
                [] => None,
                [r, sd, cut_off] => {
                    let sd = if sd == "baseline" { Spread::Baseline } else { Spread::Declared(number(sd)) };
                    let cut_off = (cut_off != "NA").then(|| number(cut_off));
                    Some(Reliability::new(number(r), sd, cut_off).unwrap())
                }
                _ => panic!("r, SD and cut-off expected"),
            };
            let classes = match parts(classes).map(number).collect::<Vec<_>>()[..] {
                [] => None,
                [window, improved, deteriorated] => {
                    Some(UseThresholds::new(window, improved, deteriorated).unwrap())
                }
                _ => panic!("window and two thresholds expected"),
            };
            let (before, after, frequency) = columns.remove(dataset).unwrap_or_default();
            let pairs = Pairs::new(&before, &after, &frequency, scale, better, &levels).unwrap();
            let options = Options {
                compare: false,
                row_shares: true,
                joint_shares: true,
                level: number(level),
                convention: Convention::parse(convention).unwrap(),
                hedges: hedges.parse().unwrap(),
                reliability,
                classes,
            };
            (dataset, (pairs, options))
        })
        .collect()
}

#[test]
fn every_statistic_agrees_with_r() {
    let mut expected: BTreeMap<(&str, &str, String), Option<f64>> = BTreeMap::new();
    for [dataset, statistic, term, value] in records(include_str!("../reference/change_expected.csv")) {
        let value = (value != "NA").then(|| number(value));
        let seen = expected.insert((dataset, statistic, term.to_owned()), value);
        assert!(seen.is_none(), "{dataset} {statistic} {term} stands twice");
    }
    let (mut compared, mut absent, mut worst) = (0, 0, 0.0f64);
    let mut wrong = Vec::new();
    let mut agreement = Agreement::default();
    for (dataset, (pairs, options)) in data_sets() {
        for value in analyse(&pairs, &options) {
            let key = (dataset, value.statistic.name, value.term.to_string());
            assert_eq!(value.n, Some(pairs.n()), "{key:?}");
            let Some(reference) = expected.remove(&key) else {
                if value.value.is_some() && value.statistic.reveals != Reveals::Count {
                    wrong.push(format!("{key:?} has no reference"));
                }
                continue;
            };
            match (value.value, reference) {
                (Some(found), Some(reference)) => {
                    let distance = (found - reference).abs();
                    let mut off = 0.0;
                    if distance > ABSOLUTE || reference.abs() > ABSOLUTE {
                        let relative = distance / reference.abs();
                        worst = worst.max(relative);
                        off = relative;
                        if relative.is_nan() || relative > RELATIVE {
                            wrong.push(format!("{key:?} is {found:e}, R has {reference:e}: {relative:e}"));
                        }
                    }
                    agreement.compared(dataset, method(value.statistic, None), off);
                    compared += 1;
                }
                (None, None) => {
                    let unexplained = Condition::new("not_finite", "");
                    if value.conditions.is_empty() || value.conditions.contains(&unexplained) {
                        wrong.push(format!("{key:?} is absent without a reason"));
                    }
                    absent += 1;
                }
                (found, reference) => wrong.push(format!("{key:?} is {found:?}, R has {reference:?}")),
            }
        }
    }
    wrong.extend(expected.keys().map(|key| format!("{key:?} was not computed")));
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    agreement.settle("Paired change");
    println!("{compared} values compared, {absent} absent in both, largest relative difference {worst:e}");
    assert!(compared > 1000 && absent > 50, "{compared} compared, {absent} absent: the files are not whole");
}
