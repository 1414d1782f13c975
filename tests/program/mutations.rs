//! Seeded mutations of every file that people write: whatever stands in them, the program answers with a result or with one
//! of its documented errors, and never with a panic or an internal error.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::common::Evaluation;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use utfall::run::{self, EXITS, Progress, Request};

/// How many mutations each kind of file is put through.
const SEEDS: u64 = 150;

/// What is put in somewhere: signs that mean something to one of the parsers, and numbers at the edges.
const PIECES: [&str; 28] = [
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "=",
    ";",
    ",",
    "\n",
    "\r",
    "\t",
    "\0",
    "#",
    "@",
    "*",
    "\\",
    "ø",
    "\u{FEFF}",
    "Ã¸",
    "-",
    "nan",
    "inf",
    "1e400",
    "9223372036854775808",
    "-0",
    "NULL",
    "true",
];

/// Applies one to three mutations.
fn mutate(bytes: &mut Vec<u8>, rng: &mut impl Rng) {
    for _ in 0..rng.random_range(1..=3) {
        let lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        if lines.is_empty() {
            return;
        }
        let line = rng.random_range(0..lines.len());
        let place = rng.random_range(0..bytes.len());
        match rng.random_range(0..9) {
            0 => bytes[place] ^= 1 << rng.random_range(0..8),
            1 => bytes[place] = rng.random(),
            2 => *bytes = [&lines[..line], &lines[line + 1..]].concat().concat(),
            3 => *bytes = [&lines[..=line], &lines[line..]].concat().concat(),
            4 => {
                let mut lines = lines;
                let other = rng.random_range(0..lines.len());
                lines.swap(line, other);
                *bytes = lines.concat();
            }
            5 => {
                let (from, to) = (
                    [b';', b',', b'"', b'='][rng.random_range(0..4)],
                    [b',', b'\t', b';', b' '][rng.random_range(0..4)],
                );
                bytes.iter_mut().filter(|byte| **byte == from).for_each(|byte| *byte = to);
            }
            6 => bytes.truncate(place),
            7 => {
                let end = (place + rng.random_range(1..12)).min(bytes.len());
                bytes.drain(place..end);
            }
            _ => {
                let piece = PIECES[rng.random_range(0..PIECES.len())];
                bytes.splice(place..place, piece.bytes());
            }
        }
    }
}

/// Puts a file of `pipelines/first` through the mutations. `check` sees each; `run` those that `check` lets pass.
fn survives(file: &str) {
    let evaluation = Evaluation::first();
    let original = std::fs::read(evaluation.file(file)).unwrap();
    let request =
        Request { pipeline: evaluation.pipeline(), out: evaluation.out(), languages: None, force: false };
    let progress = Progress::new(true);
    let documented = |code: u8| code != 70 && EXITS.iter().any(|exit| exit.code == code);
    let mut codes = std::collections::BTreeMap::<u8, usize>::new();
    let mut failed = Vec::new();
    for seed in 0..SEEDS {
        let mut bytes = original.clone();
        mutate(&mut bytes, &mut ChaCha8Rng::seed_from_u64(seed));
        evaluation.write(file, &bytes);
        let answer = catch_unwind(AssertUnwindSafe(|| {
            let checked = run::check(&request, &progress).map(|_| ());
            checked
                .and_then(|()| run::run(&request, &progress).map(|_| ()))
                .map_err(|error| (error.exit_code(), error.to_string()))
        }));
        match answer {
            Ok(Ok(())) => *codes.entry(0).or_default() += 1,
            Ok(Err((code, text))) if documented(code) && !text.is_empty() => {
                *codes.entry(code).or_default() += 1
            }
            Ok(Err((code, text))) => failed.push(format!("seed {seed}: exit code {code}: {text}")),
            Err(_) => failed.push(format!("seed {seed}: a panic")),
        }
    }
    assert!(failed.is_empty(), "{file}:\n{}", failed.join("\n"));
    // Mutations that are all refused, or all let pass, would try little.
    assert!(codes.len() > 1 && codes.contains_key(&0), "{file}: {codes:?}");
}

#[test]
fn data() {
    survives("data/before.csv");
}

#[test]
fn dictionary() {
    survives("dictionary.toml");
}

#[test]
fn pipeline() {
    survives("pipeline.toml");
}
