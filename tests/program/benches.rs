//! The benches that are scripts, at their smallest size.

use std::path::Path;
use std::process::Command;

/// Python with numpy, from `UTFALL_PYTHON`; fails where there is none on a machine that says `CI`.
fn python() -> Option<String> {
    let python = std::env::var("UTFALL_PYTHON").ok();
    let has = |python: &String| {
        let seen = Command::new(python).args(["-c", "import numpy"]).output();
        seen.is_ok_and(|seen| seen.status.success())
    };
    let found = python.filter(has);
    assert!(found.is_some() || std::env::var_os("CI").is_none(), "UTFALL_PYTHON names no Python with numpy");
    if found.is_none() {
        eprintln!("SKIPPED: UTFALL_PYTHON names no Python with numpy");
    }
    found
}

#[test]
fn the_bench_of_taking_files_in_runs() {
    let Some(python) = python() else { return };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/intake.py");
    let said = Command::new(python)
        .arg(script)
        .args(["--rows", "400", "--items", "5", "--rounds", "1", "--program", env!("CARGO_BIN_EXE_utfall")])
        .output()
        .unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    assert!(said.status.success(), "{text}");
    assert!(text.contains("400 rows of 5 items") && text.contains("| utfall, CSV | "), "{text}");
}
