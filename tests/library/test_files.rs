//! No file of tests is forgotten: what no `mod` names is not compiled, and so never fails.

use std::fs;
use std::path::{Path, PathBuf};

/// The Rust files below a folder that the file which stands above them does not declare; `parent` is that file.
fn undeclared(folder: &Path, parent: &Path, found: &mut Vec<PathBuf>) {
    let text = fs::read_to_string(parent).unwrap_or_default();
    let declares =
        |name: &str| text.lines().any(|line| line.trim_start_matches("pub ") == format!("mod {name};"));
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            let (inside, beside) = (path.join("mod.rs"), path.with_extension("rs"));
            undeclared(&path, if inside.exists() { &inside } else { &beside }, found);
            if inside.exists() && !declares(&stem) {
                found.push(inside);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !["main", "mod"].contains(&stem.as_str())
            && !declares(&stem)
        {
            found.push(path);
        }
    }
}

#[test]
fn every_file_of_tests_is_declared() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut found = Vec::new();
    for binary in ["library", "program"] {
        undeclared(&tests.join(binary), &tests.join(binary).join("main.rs"), &mut found);
    }
    undeclared(&tests.join("common"), &tests.join("common/mod.rs"), &mut found);
    assert!(found.is_empty(), "no `mod` names {found:?}, so their tests are not compiled");
}
