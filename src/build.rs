//! Build script: the digest of the sources, by which a run knows that its numbers come from another program.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a build script stops the build, and speaks to cargo"
)]

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn main() {
    let mut found = vec![PathBuf::from("Cargo.lock")];
    files(Path::new("src"), &mut found);
    found.sort();
    let mut hasher = DefaultHasher::new();
    for path in &found {
        path.to_string_lossy().replace('\\', "/").hash(&mut hasher);
        fs::read(path).unwrap_or_default().hash(&mut hasher);
    }
    println!("cargo::rustc-env=UTFALL_SOURCE_DIGEST={:016x}", hasher.finish());
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
}
