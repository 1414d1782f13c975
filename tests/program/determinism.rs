//! The same input gives the same bytes: on any number of threads, run after run, and whatever the order of the rows.

use std::path::Path;

use crate::common::{Evaluation, differing, reference, repository, tree, utfall};

/// Runs an evaluation into a folder of its own on `jobs` threads and gives its `release/` with the digests of its files.
fn release(pipeline: &Path, id: &str, jobs: &str) -> std::collections::BTreeMap<String, String> {
    let out = tempfile::tempdir().unwrap();
    let (pipeline, folder) = (pipeline.to_str().unwrap(), out.path().to_str().unwrap());
    let said = utfall(&["run", pipeline, "--out", folder, "--jobs", jobs], &[]);
    assert_eq!(said.code, 0, "{}", said.text);
    let release = tree(&out.path().join(id).join("release"));
    assert!(release.contains_key("estimates.csv"));
    release
}

fn same_on_any_number_of_threads(id: &str) {
    let pipeline = repository("pipelines").join(id);
    let one = release(&pipeline, id, "1");
    let two = release(&pipeline, id, "2");
    assert!(differing(&one, &two).is_empty(), "one thread and two differ in {:?}", differing(&one, &two));
}

#[test]
fn first() {
    same_on_any_number_of_threads("first");
    let pipeline = repository("pipelines/first");
    let (once, again) = (release(&pipeline, "first", "2"), release(&pipeline, "first", "3"));
    assert!(differing(&once, &again).is_empty());
}

#[test]
fn sintef_lav() {
    same_on_any_number_of_threads("sintef-lav");
}

/// The HELP data are public but not part of this project: the variable `UTFALL_HELP_CSV` says where they are.
#[test]
fn help() {
    match std::env::var("UTFALL_HELP_CSV") {
        Ok(_) => same_on_any_number_of_threads("help"),
        Err(_) => reference::skip("the HELP study's file, named by UTFALL_HELP_CSV"),
    }
}

#[test]
fn the_order_of_rows() {
    let plain = Evaluation::first();
    plain.ran();
    let shuffled = Evaluation::first();
    for (name, seed) in [("data/before.csv", 7), ("data/after.csv", 11)] {
        let text = shuffled.read(name);
        let mut lines: Vec<&str> = text.lines().collect();
        shuffle(&mut lines[1..], seed);
        shuffled.write(name, lines.join("\n") + "\n");
    }
    assert_ne!(plain.read("data/before.csv"), shuffled.read("data/before.csv"));
    shuffled.ran();
    let different = differing(&tree(&plain.place()), &tree(&shuffled.place()));
    // The record holds the files' digests and how long each step took.
    assert_eq!(different, ["run.json"]);
}

/// Fisher–Yates with a linear congruential generator.
fn shuffle(lines: &mut [&str], mut state: u64) {
    for last in (1..lines.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        lines.swap(last, (state >> 33) as usize % (last + 1));
    }
}
