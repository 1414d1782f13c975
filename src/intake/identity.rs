//! Compares respondents' ids, and ignores the differences that the pipeline declares (leading zeros, case, …).

use super::answer::is_mark;
use crate::plan::Ignore;
use crate::read::{Cell, shown};

/// An id without what the pipeline lets pass; empty where the cell says that there is none: a sign for an empty field, one that
/// the source declares (`marks`), or what the file declares to be missing.
pub(crate) fn normal(cell: Cell<'_>, ignore: &[Ignore], marks: &[String]) -> String {
    if matches!(cell, Cell::Declared(_) | Cell::DeclaredText(_) | Cell::Tag(_)) {
        return String::new();
    }
    let text = shown(cell);
    let is_unknown =
        || ["-", "–", "?", "ukjent", "ukjend", "unknown"].contains(&text.to_lowercase().as_str());
    // None of them has a digit, and nearly every id has.
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    if !has_digit && is_unknown() || is_mark(&text) || marks.contains(&text) {
        return String::new();
    }
    match ignore.is_empty() {
        true => text,
        false => without(&text, ignore),
    }
}

/// An id without what `ignore` names.
pub(crate) fn without(id: &str, ignore: &[Ignore]) -> String {
    let mut id = id.to_owned();
    if ignore.contains(&Ignore::Spaces) {
        // Also those that nobody sees: zero-width spaces and byte order marks.
        id.retain(|letter| !letter.is_whitespace() && !['\u{200B}', '\u{FEFF}', '\u{AD}'].contains(&letter));
    }
    if ignore.contains(&Ignore::Decimals)
        && let Some((whole, zeros)) = id.split_once(['.', ','])
        && !whole.is_empty()
        && !zeros.is_empty()
        && whole.bytes().all(|byte| byte.is_ascii_digit())
        && zeros.bytes().all(|byte| byte == b'0')
    {
        id = whole.to_owned();
    }
    if ignore.contains(&Ignore::LeadingZeros) {
        let plain = id.trim_start_matches('0');
        // An id of zeros only keeps one.
        id = if plain.is_empty() && !id.is_empty() { "0".to_owned() } else { plain.to_owned() };
    }
    if ignore.contains(&Ignore::Case) {
        id = id.to_lowercase();
    }
    id
}

/// Whether an id could be written more plainly, so that another one may be it.
pub(crate) fn is_odd(id: &str) -> bool {
    let plain =
        |letter: char| letter.is_ascii_digit() || letter.is_lowercase() || matches!(letter, '-' | '_');
    let zeros = id.len() > 1 && id.starts_with('0');
    (zeros || !id.chars().all(plain)) && without(id, &Ignore::ALL) != id
}

/// Words that people type to try a form.
const TRIALS: [&str; 16] = [
    "test",
    "tester",
    "testing",
    "testperson",
    "testpasient",
    "testbruker",
    "testid",
    "testcase",
    "dummy",
    "demo",
    "prøve",
    "asdf",
    "qwerty",
    "eksempel",
    "example",
    "fake",
];

/// Whether an id is a word for a trial of the form, with or without a number: `test`, `TEST01`, `xxx`.
pub(crate) fn is_trial(id: &str) -> bool {
    // Most ids are numbers.
    if !id.starts_with(char::is_alphabetic) {
        return false;
    }
    let word = id.trim_end_matches(|letter: char| !letter.is_alphabetic());
    // `P0017` and its like, which many ids are, need no closer look.
    if word.len() < 3 {
        return false;
    }
    let word: String =
        word.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase).collect();
    TRIALS.contains(&word.as_str()) || word.len() > 2 && word.bytes().all(|letter| letter == b'x')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lose_what_does_not_tell_them_apart_and_nothing_else() {
        use Ignore::{Case, Decimals, LeadingZeros, Spaces};
        for (id, ignore, left) in [
            ("0017", &[LeadingZeros][..], "17"),
            ("000", &[LeadingZeros], "0"),
            ("A017", &[LeadingZeros], "A017"),
            ("17.0", &[Decimals], "17"),
            ("17.05", &[Decimals], "17.05"),
            ("1.0.0", &[Decimals], "1.0.0"),
            ("AB 17", &[Spaces], "AB17"),
            ("\u{200B}AB\u{A0}17", &[Spaces], "AB17"),
            ("Ærø", &[Case], "ærø"),
            ("0017.0 ", &Ignore::ALL, "17"),
            ("0017", &[Case, Spaces], "0017"),
        ] {
            assert_eq!(without(id, ignore), left, "{id}");
        }
    }

    #[test]
    fn words_that_people_try_a_form_by() {
        for id in ["test", "TEST01", "Test-person 2", "dummy", "demo_3", "xxx", "XXXX1"] {
            assert!(is_trial(id), "{id}");
        }
        for id in ["17", "T01", "testa", "Tess", "xx1", "demokrat", "", "99test"] {
            assert!(!is_trial(id), "{id}");
        }
    }

    #[test]
    fn ids_that_could_be_written_more_plainly() {
        for id in ["007", "AB17", "17.0", "a 17", "00"] {
            assert!(is_odd(id), "{id}");
        }
        for id in ["7", "ab-17", "0", "a.17"] {
            assert!(!is_odd(id), "{id}");
        }
    }
}
