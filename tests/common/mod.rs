//! Evaluations in folders of their own, run through the built program.

#![allow(dead_code, reason = "each test binary uses its part of this")]

pub mod committed;
pub mod ids;
pub mod reference;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::SystemTime;

use tempfile::TempDir;

/// What the program said and how it ended.
pub struct Said {
    pub code: i32,
    /// Standard output followed by standard error.
    pub text: String,
}

/// Runs the program; `variables` are set in its environment, everything else is as here.
pub fn utfall(arguments: &[&str], variables: &[(&str, &str)]) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_utfall"))
        .args(arguments)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Said { code: output.status.code().unwrap_or(-1), text }
}

/// A folder of this repository.
pub fn repository(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

/// A pipeline's folder and its output in a temporary folder, which goes when this goes.
pub struct Evaluation {
    folder: TempDir,
    /// Its id: the output's folder.
    pub id: String,
}

impl Evaluation {
    /// A copy of `pipelines/first`.
    pub fn first() -> Evaluation {
        let evaluation = Evaluation { folder: tempfile::tempdir().unwrap(), id: "first".to_owned() };
        copy(&repository("pipelines/first"), &evaluation.pipeline());
        evaluation
    }

    /// `pipelines/first`, run once a test binary and copied for each test.
    pub fn first_ran() -> Evaluation {
        static FIRST: OnceLock<Evaluation> = OnceLock::new();
        let first = FIRST.get_or_init(|| {
            let first = Evaluation::first();
            first.ran();
            first
        });
        first.copied()
    }

    /// The same evaluation with its output, elsewhere.
    pub fn copied(&self) -> Evaluation {
        let folder = tempfile::tempdir().unwrap();
        copy(self.folder.path(), folder.path());
        Evaluation { folder, id: self.id.clone() }
    }

    pub fn pipeline(&self) -> PathBuf {
        self.folder.path().join("pipeline")
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.pipeline().join(name)
    }

    pub fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    pub fn place(&self) -> PathBuf {
        self.out().join(&self.id)
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap()
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.file(name), bytes).unwrap();
    }

    /// Replaces `from`, wherever it stands in a file of the pipeline, by `to`.
    pub fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{name} has no {from:?}");
        self.write(name, text.replace(from, to));
    }

    pub fn append(&self, name: &str, text: &str) {
        self.write(name, self.read(name) + text);
    }

    /// `name:line` of the first line that holds `text`, as messages name a place.
    pub fn line(&self, name: &str, text: &str) -> String {
        let text = self
            .read(name)
            .lines()
            .position(|line| line.contains(text))
            .map(|at| format!("{name}:{}", at + 1));
        text.unwrap_or_else(|| panic!("{name} has no such line"))
    }

    pub fn run(&self, more: &[&str]) -> Said {
        self.run_with(more, &[])
    }

    pub fn run_with(&self, more: &[&str], variables: &[(&str, &str)]) -> Said {
        let (pipeline, out) = (self.pipeline(), self.out());
        let mut arguments = vec!["run", pipeline.to_str().unwrap(), "--out", out.to_str().unwrap()];
        arguments.extend(more);
        utfall(&arguments, variables)
    }

    /// Runs it, and is done only if that succeeds.
    pub fn ran(&self) -> String {
        let said = self.run(&[]);
        assert_eq!(said.code, 0, "{}", said.text);
        said.text
    }

    pub fn check(&self) -> Said {
        utfall(&["check", self.pipeline().to_str().unwrap()], &[])
    }

    pub fn explain(&self, more: &[&str]) -> Said {
        let (pipeline, out) = (self.pipeline(), self.out());
        let mut arguments = vec!["explain", pipeline.to_str().unwrap(), "--out", out.to_str().unwrap()];
        arguments.extend(more);
        utfall(&arguments, &[])
    }
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => fs::copy(entry.path(), &target).map(|_| ()).unwrap(),
        }
    }
}

/// Every file below a folder: its path from there → what `of` makes of it.
fn walk<T>(folder: &Path, of: &dyn Fn(&Path) -> T) -> BTreeMap<String, T> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        for entry in fs::read_dir(&path).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => waiting.push(path),
                false => {
                    let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                    found.insert(name, of(&path));
                }
            }
        }
    }
    found
}

/// The digest of every file below a folder.
pub fn tree(folder: &Path) -> BTreeMap<String, String> {
    walk(folder, &|path| blake3::hash(&fs::read(path).unwrap()).to_string())
}

/// When every file below a folder was last written.
pub fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    walk(folder, &|path| fs::metadata(path).unwrap().modified().unwrap())
}

/// The names of files that differ between two trees, or are in one of them only.
pub fn differing(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> Vec<String> {
    let names = one.keys().chain(other.keys());
    let mut names: Vec<String> = names.filter(|name| one.get(*name) != other.get(*name)).cloned().collect();
    names.sort();
    names.dedup();
    names
}
