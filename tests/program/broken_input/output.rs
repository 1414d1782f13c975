//! Places that cannot be written to, and earlier output that is damaged.

use std::fs;

use super::{accepted, evaluation, no_litter, run_refused, says};
use crate::common::{differing, tree, utfall};

#[test]
fn a_file_where_the_folder_of_outputs_should_be() {
    let broken = evaluation();
    let file = broken.file("taken");
    fs::write(&file, "mine").unwrap();
    run_refused(&broken, &["--out", file.to_str().unwrap()], &[], 2, &[]);
    let said = utfall(&["run", broken.pipeline().to_str().unwrap(), "--out", file.to_str().unwrap()], &[]);
    assert_eq!(said.code, 7, "{}", said.text);
    says(&said, &["taken", "the output cannot be written", "check that the folder exists"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn a_file_where_the_output_should_be() {
    let broken = evaluation();
    fs::remove_dir_all(broken.place()).unwrap();
    fs::write(broken.place(), "mine").unwrap();
    let said = broken.run(&[]);
    assert_eq!(said.code, 7, "{}", said.text);
    says(&said, &["found what is not a folder", "move it away, or choose another folder with --out"]);
    assert_eq!(fs::read_to_string(broken.place()).unwrap(), "mine");
    no_litter(&broken);
}

/// `--out` above the pipeline's own folder, whose name is the evaluation's id.
#[test]
fn the_pipeline_itself_where_the_output_should_be() {
    let broken = evaluation();
    let out = tempfile::tempdir().unwrap();
    let pipeline = out.path().join("first");
    crate::common::copy(&broken.pipeline(), &pipeline);
    let before = tree(&pipeline);
    let said = utfall(&["run", pipeline.to_str().unwrap(), "--out", out.path().to_str().unwrap()], &[]);
    assert_eq!(said.code, 7, "{}", said.text);
    says(&said, &["found `data` in it, which no run has written", "expected the output of an earlier run"]);
    assert!(differing(&before, &tree(&pipeline)).is_empty());
}

#[test]
fn another_run_that_holds_the_lock() {
    let broken = evaluation();
    let lock = fs::File::create(broken.out().join(".first.lock")).unwrap();
    lock.lock().unwrap();
    run_refused(
        &broken,
        &[],
        &[],
        7,
        &["another run is writing", "wait for it to end, or choose another folder with --out"],
    );
    drop(lock);
    accepted(&broken, &["nothing is stale"]);
}

#[test]
fn a_store_that_was_damaged_is_made_again() {
    for file in ["bucket-0000.parquet", "manifest.json"] {
        let broken = evaluation();
        let whole = tree(&broken.place());
        let path = broken.place().join("restricted/store/form").join(file);
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0xFF;
        fs::write(&path, bytes).unwrap();
        accepted(&broken, &["store.form: restricted/store/form/", "is not as it was written"]);
        assert_eq!(differing(&whole, &tree(&broken.place())), ["run.json"]);
        fs::remove_file(&path).unwrap();
        accepted(&broken, &["is not there any more"]);
        assert_eq!(differing(&whole, &tree(&broken.place())), ["run.json"]);
    }
}

#[test]
fn estimates_that_were_damaged_are_made_again() {
    for file in [
        "restricted/estimates.parquet",
        "release/estimates.csv",
        "release/tables/T3.nb.csv",
        "release/report.en.html",
    ] {
        let broken = evaluation();
        let whole = tree(&broken.place());
        let path = broken.place().join(file);
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x01;
        fs::write(&path, bytes).unwrap();
        accepted(&broken, &[file, "is not as it was written"]);
        assert_eq!(differing(&whole, &tree(&broken.place())), ["run.json"]);
    }
}

#[test]
fn a_record_that_was_damaged_is_made_again() {
    let broken = evaluation();
    let whole = tree(&broken.place());
    let path = broken.place().join("run.json");
    for text in ["", "{", "{}", "{\"format\": 99}", "\u{0}"] {
        fs::write(&path, text).unwrap();
        accepted(&broken, &["21 steps done, 0 kept"]);
        assert_eq!(differing(&whole, &tree(&broken.place())), ["run.json"]);
    }
    fs::remove_file(&path).unwrap();
    accepted(&broken, &["21 steps done, 0 kept"]);
}

#[test]
fn a_run_that_was_killed_leaves_nothing_in_the_way() {
    let broken = evaluation();
    let whole = tree(&broken.place());
    fs::create_dir_all(broken.out().join(".first.building/release")).unwrap();
    fs::write(broken.out().join(".first.building/release/half.csv"), "half").unwrap();
    fs::rename(broken.place(), broken.out().join(".first.earlier")).unwrap();
    accepted(&broken, &["nothing is stale"]);
    assert!(differing(&whole, &tree(&broken.place())).is_empty());
}
