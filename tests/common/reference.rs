//! Where the reference values are, and the rule for tests that need what not every machine has.

use std::io::Write;
use std::path::PathBuf;

/// The scripts and the values that they wrote.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference")
}

/// Says that a test has not been made for want of `what`, also where the test runner keeps what passing tests print. On the
/// machine that guards the project, that is a failure.
pub fn skip(what: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{what} has to be there");
    let said = std::io::stderr().write_all(format!("SKIPPED for want of {what}\n").as_bytes());
    said.expect("standard error takes a line");
}
