//! Where the reference values are, and the rule for tests that need what not every machine has.

use std::path::PathBuf;

/// The scripts and the values that they wrote.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference")
}

/// Says that a test has not been made for want of `what`. On the machine that guards the project, that is a failure.
pub fn skip(what: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{what} has to be there");
    eprintln!("SKIPPED for want of {what}");
}
