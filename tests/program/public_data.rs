//! From the files of public data sets to numbers that R agrees with, with at most twenty lines added to each draft:
//! `tests/public/run.sh` makes the files from R's packages, drafts, checks, runs and compares.

use std::path::Path;
use std::process::Command;

use crate::common::reference::skip;

const PACKAGES: [&str; 8] = ["HSAUR3", "MASS", "carData", "geepack", "haven", "lme4", "openxlsx", "survival"];

fn r_is_there() -> bool {
    let libraries: Vec<String> =
        PACKAGES.iter().map(|package| format!("loadNamespace(\"{package}\")")).collect();
    let asked = Command::new("Rscript").args(["--vanilla", "-e", &libraries.join(";")]).output();
    asked.is_ok_and(|output| output.status.success())
}

fn pyarrow_is_there() -> bool {
    let python = std::env::var_os("UTFALL_PYTHON").unwrap_or_else(|| "python3".into());
    let asked = Command::new(python).args(["-c", "import pyarrow.csv, pyarrow.parquet"]).output();
    asked.is_ok_and(|output| output.status.success())
}

#[test]
fn drafts_of_public_data_give_the_numbers_of_r() {
    if !r_is_there() {
        return skip(&format!("R with {}", PACKAGES.join(", ")));
    }
    if !pyarrow_is_there() {
        return skip("Python with pyarrow");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/public/run.sh");
    let output = Command::new("bash")
        .arg(script)
        .arg(folder.path())
        .arg(env!("CARGO_BIN_EXE_utfall"))
        .output()
        .expect("bash runs");
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (table, complaints) = (said(&output.stdout), said(&output.stderr));
    assert!(output.status.success(), "{table}{complaints}");
    // A set and its comparisons a line, below the heading.
    assert!(table.lines().count() > 10, "fewer than ten sets were compared:\n{table}");
}
