//! Files under version control that hold what the program says, to be read before they are committed.
//!
//! Not a snapshot library: expect-test prints both texts whole where one line of two thousand differs, insta keeps files of a
//! form of its own, and neither can leave out the last digits that differ from machine to machine.

use std::fs;
use std::path::{Path, PathBuf};

/// If `UTFALL_WRITE` asks for the committed files to be written anew.
pub fn is_written_anew() -> bool {
    std::env::var_os("UTFALL_WRITE").is_some()
}

/// A file of this repository.
fn place(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

/// Fails with the first line in which a committed file is not `text`, or writes it. `test` is the name that `cargo test` finds
/// the caller by, with the binary: `program notebooks::the_committed`.
pub fn hold(file: &str, text: &str, test: &str) {
    if is_written_anew() {
        fs::write(place(file), text).unwrap_or_else(|error| panic!("{file}: {error}"));
        return;
    }
    let known = fs::read_to_string(place(file)).unwrap_or_default();
    if known == text {
        return;
    }
    let (mut then, mut now) = (known.lines(), text.lines());
    let differs = (1_usize..)
        .map(|line| (line, then.next(), now.next()))
        .find(|(_, then, now)| then != now || now.is_none());
    let (line, then, now) = differs.expect("two texts differ or end");
    panic!(
        "{file}:{line} is not what the program says: UTFALL_WRITE=1 cargo test --test {test} writes it anew\n\
         committed: {}\n      now: {}",
        then.unwrap_or("(the file ends)"),
        now.unwrap_or("(the text ends)"),
    );
}
