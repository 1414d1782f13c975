//! Build script: the digests of the sources, by which a run knows that its steps were done by another program. Of the code, which
//! makes numbers; and of the words, styles and templates, which make pages alone.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a build script stops the build, and speaks to cargo"
)]

use std::fs;
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

/// 16 hexadecimal digits of BLAKE3 over the names and the bytes of files, each with its length before it.
fn digest(files: &[PathBuf]) -> String {
    let mut hasher = blake3::Hasher::new();
    for path in files {
        let name = path.to_string_lossy().replace('\\', "/").into_bytes();
        for bytes in [name, fs::read(path).unwrap_or_default()] {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(&bytes);
        }
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

fn main() {
    let mut found = vec![PathBuf::from("Cargo.lock")];
    files(Path::new("src"), &mut found);
    found.sort();
    let is_code = |path: &PathBuf| path.extension().is_some_and(|end| end == "rs" || end == "lock");
    let (code, texts): (Vec<PathBuf>, Vec<PathBuf>) = found.into_iter().partition(is_code);
    println!("cargo::rustc-env=UTFALL_SOURCE_DIGEST={}", digest(&code));
    println!("cargo::rustc-env=UTFALL_TEXTS_DIGEST={}", digest(&texts));
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
}
