//! The evaluations that come with the program, whole, against R: `tests/reference/help.R` and `sintef_lav.R` read the same raw files,
//! code the answers anew, link the waves and compute every number by R's own functions.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::agreement::{Agreement, method};
use crate::common::reference::{folder, skip};
use arrow::array::AsArray;
use arrow::compute::cast;
use arrow::datatypes::DataType;
use tempfile::TempDir;
use utfall::estimate::{Condition, Estimate, Kind};
use utfall::run::{Outcome, Progress, Request};
use utfall::store::Store;

/// Differences between groups, a stage of which only its own room knows the name.
const CONTRAST: Kind = Kind::new("contrast");

/// Everything is a closed form or a converged optimum.
const RELATIVE: f64 = 1e-8;
/// For values that are 0, or that rounding has left of 0.
const ABSOLUTE: f64 = 1e-12;
/// A test of nearly no curvature is a difference of deviances that has lost most of its digits.
const LINEARITY: f64 = 1e-6;

/// What R has no value for: where our optimiser starts is its own affair.
const WITHOUT_REFERENCE: [&str; 1] = ["iterations"];

/// Analysis, group, variable, term and statistic.
type Key = [String; 5];

/// The values of a reference file; `None` where the statistic does not exist on these data.
fn expected(file: &str) -> BTreeMap<Key, Option<f64>> {
    let path = folder().join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = text.lines();
    let versions = lines.next().unwrap_or_default();
    assert!(versions.starts_with("# R "), "{file}: the first line names the versions");
    assert_eq!(lines.next(), Some("analysis,group,variable,term,statistic,value"));
    let mut expected = BTreeMap::new();
    for line in lines {
        let fields: Vec<&str> = line.split(',').collect();
        let fields: [&str; 6] = fields.try_into().unwrap_or_else(|_| panic!("{file}: six fields: {line}"));
        let [key @ .., value] = fields;
        let value = (value != "NA").then(|| value.parse().unwrap_or_else(|_| panic!("{file}: {line}")));
        assert!(expected.insert(key.map(str::to_owned), value).is_none(), "{file} twice: {line}");
    }
    expected
}

/// Runs an evaluation. The folder goes with the value.
fn evaluate(pipeline: &str) -> (TempDir, Outcome, Vec<Estimate>) {
    let folder = tempfile::tempdir().expect("a folder");
    let request = Request {
        pipeline: Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines").join(pipeline),
        out: folder.path().to_owned(),
        languages: None,
        force: false,
    };
    let outcome = utfall::run::run(&request, &Progress::new(true)).unwrap_or_else(|error| panic!("{error}"));
    let estimates = utfall::run::read_estimates(&outcome.place.join("restricted/estimates.parquet"));
    (folder, outcome, estimates.expect("the raw estimates"))
}

fn key(estimate: &Estimate) -> Key {
    let Estimate { analysis, group, variable, term, statistic, .. } = estimate;
    [analysis.as_str(), group, variable, term, statistic.name].map(str::to_owned)
}

/// What has been compared of one kind.
#[derive(Default)]
struct Tally {
    compared: usize,
    absent: usize,
    worst: f64,
}

/// Compares every value with R's, and its n with what R counted; `floor` is how many comparisons of each kind there must be.
fn compare(
    section: &str,
    estimates: &[Estimate],
    expected: &BTreeMap<Key, Option<f64>>,
    floor: &[(Kind, usize)],
) {
    let mut agreement = Agreement::default();
    let mut wrong = Vec::new();
    let mut tallies: BTreeMap<Kind, Tally> = BTreeMap::new();
    let mut found: BTreeSet<Key> = BTreeSet::new();
    for estimate in estimates {
        let key = key(estimate);
        assert!(found.insert(key.clone()), "{key:?} stands twice");
        let Some(reference) = expected.get(&key) else {
            if !WITHOUT_REFERENCE.contains(&estimate.statistic.name) {
                wrong.push(format!("{key:?} has no reference"));
            }
            continue;
        };
        let tally = tallies.entry(estimate.kind).or_default();
        match (estimate.value, *reference) {
            (Some(value), Some(reference)) => {
                let off = distance(value, reference);
                tally.compared += 1;
                tally.worst = tally.worst.max(off);
                let method = method(estimate.statistic, Some(estimate.kind));
                agreement.compared(estimate.kind.as_str(), method, off);
                let tolerance = match estimate.statistic.name {
                    name if name.starts_with("linearity_") => LINEARITY,
                    _ => RELATIVE,
                };
                if off > tolerance {
                    wrong.push(format!("{key:?} is {value:e}, R has {reference:e}: {off:.1e}"));
                }
            }
            (None, None) => {
                tally.absent += 1;
                let unexplained = |condition: &Condition| condition.code == "not_finite";
                if estimate.conditions.iter().all(unexplained) {
                    wrong.push(format!("{key:?} is absent without a reason"));
                }
            }
            (value, reference) => wrong.push(format!("{key:?} is {value:?}, R has {reference:?}")),
        }
        if let Some(n) = rests_on(&key, estimate.kind, expected)
            && estimate.n != Some(n as u64)
        {
            wrong.push(format!("{key:?} rests on {:?}, in R on {n}", estimate.n));
        }
    }
    wrong.extend(
        expected.keys().filter(|key| !found.contains(*key)).map(|key| format!("{key:?} was not computed")),
    );
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    agreement.settle(section);
    for (kind, Tally { compared, absent, worst }) in &tallies {
        println!(
            "{}: {compared} compared, {absent} absent in both, largest difference {worst:.1e}",
            kind.as_str()
        );
    }
    for (kind, least) in floor {
        let compared = tallies.get(kind).map_or(0, |tally| tally.compared);
        assert!(compared >= *least, "{}: {compared} compared, at least {least} expected", kind.as_str());
    }
}

/// Relative, unless both are 0 to rounding; infinite where a value is not a number.
fn distance(value: f64, reference: f64) -> f64 {
    match (value - reference).abs() {
        difference if difference <= ABSOLUTE && reference.abs() <= ABSOLUTE => 0.0,
        difference if difference.is_nan() => f64::INFINITY,
        difference => difference / reference.abs(),
    }
}

fn is_weighted(statistic: &str) -> bool {
    statistic.starts_with("weighted_")
}

/// The persons that a number rests on, as R counted them. `None` for pairs of variables, whose common answers it does not list.
fn rests_on(key: &Key, kind: Kind, expected: &BTreeMap<Key, Option<f64>>) -> Option<f64> {
    let [analysis, group, variable, term, statistic] = key;
    let at = |variable: &str, statistic: &str| {
        let key = [analysis, group, variable, "", statistic].map(|part: &str| part.to_owned());
        expected.get(&key).copied().flatten()
    };
    let count = |statistic: &str| at(variable, statistic);
    let missing = || -> f64 {
        let own = expected
            .iter()
            .filter(|([a, g, v, _, s], _)| [a, g, v] == [analysis, group, variable] && s == "missing");
        own.filter_map(|(_, count)| *count).sum()
    };
    match (kind, statistic.as_str()) {
        (Kind::Change, name) if is_weighted(name) => count("weighted_n_pairs"),
        (Kind::Change, _) => count("n_pairs"),
        // What a code was read as rests on nobody.
        (Kind::Agreement, "rated_level") => None,
        (Kind::Agreement, name @ ("n_unrated" | "n_undifferenced")) => Some(count("n_rated")? + count(name)?),
        (Kind::Agreement, _) => count("n_rated"),
        (Kind::Goals, "goal_level") => None,
        (Kind::Goals, "with_any_goal") => count("with_any_goal"),
        (Kind::Goals, name) if name.starts_with("goal_t_") => count("with_any_goal"),
        (Kind::Goals, _) => count("with_goal"),
        (Kind::Model, name) if is_weighted(name) => count("weighted_n_obs"),
        (Kind::Model, "n_missing") => Some(count("n_obs")? + count("n_missing")?),
        (Kind::Model | Kind::Prediction, _) => count("n_obs"),
        // The p-values of a family are of its members, and their adjustment of all of them.
        (Kind::Family, _) => None,
        (kind, _) if kind == CONTRAST => None,
        (Kind::Trajectory, "flow_share") => {
            let before = term.split_once('>').map_or("", |(before, _)| before);
            let key = [analysis, group, variable, before, "before_count"].map(|part: &str| part.to_owned());
            expected.get(&key).copied().flatten()
        }
        (Kind::Trajectory, "incomplete") => Some(count("valid")? + count("incomplete")?),
        (Kind::Trajectory, _) if variable.contains('>') => count("n_pairs"),
        (Kind::Describe | Kind::Trajectory, "valid" | "missing" | "missing_total") => {
            Some(count("valid")? + missing())
        }
        (Kind::Describe, "both") => None,
        (Kind::Describe | Kind::Trajectory, _) => count("valid"),
        (Kind::Followup, "seen" | "lost" | "followup_rate") => count("eligible"),
        (Kind::Followup, "seen_in_window" | "seen_late" | "seen_otherwise") => count("seen"),
        (Kind::Followup, _) => at("", "members"),
        (Kind::Attrition, "eligible" | "followed" | "lost" | "n_missing") => count("eligible"),
        (Kind::Attrition, "weight_mean" | "weight_effective_n" | "n_truncated") => count("n_events"),
        (Kind::Attrition, "smd") => Some(count("n_followed")? + count("n_lost")?),
        (Kind::Attrition, name) => match name.rsplit_once('_') {
            Some(("n" | "missing", side @ ("followed" | "lost"))) => {
                Some(count(&format!("n_{side}"))? + count(&format!("missing_{side}"))?)
            }
            Some((_, side @ ("followed" | "lost"))) => count(&format!("n_{side}")),
            _ => count("n_obs"),
        },
        (other, _) => panic!("it is not said what numbers of {} rest on", other.as_str()),
    }
}

#[test]
fn the_low_threshold_evaluation_agrees_with_r() {
    let (_folder, outcome, estimates) = evaluate("sintef-lav");
    let floor = [
        (Kind::Followup, 17),
        (Kind::Attrition, 280),
        (Kind::Describe, 4100),
        (Kind::Trajectory, 190),
        (Kind::Change, 3900),
        (Kind::Agreement, 108),
        (Kind::Goals, 45),
        (Kind::Model, 2100),
        (Kind::Family, 49),
        (CONTRAST, 140),
    ];
    compare("The low-threshold evaluation", &estimates, &expected("sintef_lav_expected.csv"), &floor);
    let rows = |source: &str| {
        let sources = outcome.record.sources.iter().filter(|known| known.instrument == source);
        sources.map(|known| known.rows_stored).sum::<u64>()
    };
    let instruments = ["kartlegging", "tiltak", "brukersurvey", "politidistrikt"];
    assert_eq!(instruments.map(rows), [400 + 372, 33, 691, 27]);
}

#[test]
fn the_help_evaluation_agrees_with_r() {
    if std::env::var_os("UTFALL_HELP_CSV").is_none() {
        return skip("the HELP study's file, named by UTFALL_HELP_CSV");
    }
    let (_folder, outcome, estimates) = evaluate("help");
    let floor = [
        (Kind::Followup, 80),
        (Kind::Attrition, 280),
        (Kind::Describe, 180),
        (Kind::Change, 4700),
        (Kind::Agreement, 38),
        (Kind::Model, 2300),
        (Kind::Trajectory, 900),
        (Kind::Prediction, 18),
        (Kind::Family, 85),
        (CONTRAST, 200),
    ];
    compare("The HELP evaluation", &estimates, &expected("help_expected.csv"), &floor);

    // Interviews as the study reports them (Samet et al. 2003), and what is known of the file.
    assert_eq!(
        stored_per_wave(&outcome),
        [("w0", 470), ("w12", 217), ("w18", 254), ("w24", 277), ("w6", 254)]
            .map(|(wave, rows)| (wave.to_owned(), rows))
            .into()
    );
    let find = |analysis: &str, variable: &str, term: &str, statistic: &str| {
        let key = [analysis, "", variable, term, statistic];
        estimates.iter().find(|estimate| self::key(estimate) == key).and_then(|estimate| estimate.value)
    };
    let pattern = |digits| find("followup.enrolled", "", digits, "pattern");
    assert_eq!(["11111", "10000", "11000"].map(pattern), [Some(99.0), Some(70.0), Some(38.0)]);
    // Of 27 who are recorded as dead, 7 were interviewed at the last wave: they were seen there.
    let last = |term, statistic| find("followup.enrolled", "w24", term, statistic);
    assert_eq!([last("dead", "state"), last("", "seen")], [Some(20.0), Some(277.0)]);
    // Saitz et al. 2004: 400 with a follow-up, 63 per cent of them with a visit.
    assert_eq!(find("describe.linked", "any_visit", "", "valid"), Some(400.0));
    assert_eq!(find("describe.linked", "any_visit", "1", "count"), Some(253.0));
}

fn stored_per_wave(outcome: &Outcome) -> BTreeMap<String, usize> {
    let store = Store::open(&outcome.place.join("restricted/store"), "help").expect("the store");
    let mut rows = BTreeMap::new();
    for bucket in 0..store.manifest().buckets.len() {
        let batch = store.bucket(bucket, &["wave"]).expect("the bucket");
        let waves = cast(batch.column(0), &DataType::Utf8).expect("names of waves");
        for wave in waves.as_string::<i32>().iter().flatten() {
            *rows.entry(wave.to_owned()).or_insert(0) += 1;
        }
    }
    rows
}
