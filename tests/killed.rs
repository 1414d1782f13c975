//! A run that is killed at any moment leaves the earlier output whole.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::wildcard_imports,
    reason = "a test stops where something is wrong"
)]

mod common;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::{Evaluation, differing, tree};

/// What depends on the clock.
const CLOCK: &[&str] = &["run.json"];

#[test]
fn the_earlier_output_is_whole_whenever_a_run_is_killed() {
    let evaluation = Evaluation::first_ran();
    let before = tree(&evaluation.place());
    let answers = evaluation.read("data/after.csv");
    let shorter: Vec<&str> = answers.lines().collect();
    evaluation.write("data/after.csv", shorter[..shorter.len() - 3].join("\n") + "\n");
    let fresh = evaluation.copied();
    let started = Instant::now();
    fresh.ran();
    let whole = started.elapsed();
    let after = tree(&fresh.place());
    assert!(!differing(&before, &after).is_empty());

    let mut killed = 0;
    for part in 0..16 {
        let mut run = Command::new(env!("CARGO_BIN_EXE_utfall"))
            .args([
                "run",
                evaluation.pipeline().to_str().unwrap(),
                "--out",
                evaluation.out().to_str().unwrap(),
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole.mul_f64(f64::from(part) / 15.0) + Duration::from_millis(1));
        let ended = run.try_wait().unwrap().is_some();
        run.kill().unwrap();
        run.wait().unwrap();
        killed += u32::from(!ended);
        let now = tree(&evaluation.place());
        let lost = differing(&before, &now);
        let done: Vec<String> =
            differing(&after, &now).into_iter().filter(|file| !CLOCK.contains(&file.as_str())).collect();
        assert!(lost.is_empty() || done.is_empty(), "after {part} of 15 parts of the time: {lost:?}");
        if done.is_empty() {
            break;
        }
    }
    assert!(killed >= 5, "of the runs only {killed} were killed while they ran");
    evaluation.ran();
    let left = differing(&after, &tree(&evaluation.place()));
    assert!(left.iter().all(|file| CLOCK.contains(&file.as_str())), "{left:?}");
}
