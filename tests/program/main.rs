//! What the built program does, and the scripts and notebooks that stand beside it. A file here is a module, so that all of
//! them are linked once: `cargo test --test program staleness::`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::wildcard_imports,
    reason = "a test stops where something is wrong"
)]

#[path = "../common/mod.rs"]
mod common;

mod accessibility;
mod benches;
mod broken_input;
mod cases;
mod codebook;
mod compare;
mod determinism;
mod draft;
mod exchange;
mod explain;
mod found_in_files;
mod guide;
mod hard_data;
mod import;
mod multiple;
mod mutations;
mod next_wave;
mod notebooks;
mod numbers;
mod public_data;
mod published;
mod reference_scripts;
mod scores;
mod staleness;
mod verdicts;
