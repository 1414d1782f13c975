//! The reference values are what the scripts beside them write: R runs them again, in a copy.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::reference::{folder, skip};

const PACKAGES: [&str; 14] = [
    "coin",
    "MASS",
    "sandwich",
    "pROC",
    "psych",
    "survey",
    "vcd",
    "brglm2",
    "clubSandwich",
    "car",
    "emmeans",
    "geepack",
    "HSAUR3",
    "quantreg",
];

/// Another processor, another mathematical library or another version of R gives other last digits, and no more.
const LAST_DIGITS: f64 = 1e-9;

fn rscript() -> Command {
    let mut command = Command::new("Rscript");
    command.arg("--vanilla");
    command
}

fn r_is_there() -> bool {
    let libraries: Vec<String> = PACKAGES.iter().map(|package| format!("library({package})")).collect();
    let asked = rscript().args(["-e", &libraries.join(";")]).output();
    asked.is_ok_and(|output| output.status.success())
}

fn copy(from: &Path, to: &Path, extension: &str) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder of the project") {
        let path = entry.expect("a file of the project").path();
        if path.extension().is_some_and(|found| found == extension) {
            let name = path.file_name().expect("a file has a name");
            fs::copy(&path, to.join(name)).expect("a copy");
        }
    }
}

/// The first line that differs by more than last digits, the line of versions aside.
fn first_difference(written: &str, committed: &str) -> Option<String> {
    let near = |a: &str, b: &str| match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => (a - b).abs() <= LAST_DIGITS * b.abs().max(LAST_DIGITS),
        _ => a == b,
    };
    let same = |a: &str, b: &str| {
        let (a, b): (Vec<&str>, Vec<&str>) = (a.split(',').collect(), b.split(',').collect());
        a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| near(a, b))
    };
    let body = |text: &'_ str| -> Vec<String> {
        text.lines().filter(|line| !line.starts_with("# R ")).map(str::to_owned).collect()
    };
    let (written, committed) = (body(written), body(committed));
    if written.len() != committed.len() {
        return Some(format!("{} lines instead of {}", written.len(), committed.len()));
    }
    let pair = written.iter().zip(&committed).find(|(a, b)| !same(a, b))?;
    Some(format!("{} instead of {}", pair.0, pair.1))
}

/// Runs one script and holds all that it writes against the committed files.
fn rerun(script: &str) {
    if !r_is_there() {
        return skip(&format!("R with {}", PACKAGES.join(", ")));
    }
    let root = tempfile::tempdir().expect("a folder");
    let place = root.path().join("tests/reference");
    copy(&folder(), &place, "R");
    let data = "pipelines/sintef-lav/data";
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(data), &root.path().join(data), "csv");
    let output = rscript().arg(script).current_dir(&place).env("LC_ALL", "C").output().expect("Rscript runs");
    assert!(output.status.success(), "{script}:\n{}", String::from_utf8_lossy(&output.stderr));

    let mut files = 0;
    for entry in fs::read_dir(&place).expect("the folder") {
        let path = entry.expect("a file").path();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        files += 1;
        let name = path.file_name().expect("a file has a name");
        let [written, committed] = [path.clone(), folder().join(name)].map(|path| {
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        });
        if written != committed {
            let difference = first_difference(&written, &committed);
            assert_eq!(difference, None, "{script} writes another {}", name.display());
            eprintln!("{}: the last digits are others here, or the versions", name.display());
        }
    }
    assert!(files > 0, "{script} wrote nothing");
}

#[test]
fn change_is_what_the_script_writes() {
    rerun("change.R");
}

#[test]
fn beside_change_is_what_the_script_writes() {
    rerun("change_beside.R");
}

#[test]
fn scores_are_what_the_script_writes() {
    rerun("score.R");
}

#[test]
fn the_depth_of_models_is_what_the_script_writes() {
    rerun("depth.R");
}

#[test]
fn model_is_what_the_script_writes() {
    rerun("model.R");
}

#[test]
fn the_low_threshold_evaluation_is_what_the_script_writes() {
    rerun("sintef_lav.R");
}

#[test]
fn the_help_evaluation_is_what_the_script_writes() {
    match std::env::var_os("UTFALL_HELP_CSV") {
        Some(_) => rerun("help.R"),
        None => skip("the HELP study's file, named by UTFALL_HELP_CSV"),
    }
}
