//! Cases that none of our files show: names of encodings, ends of the calendar, records as old writers wrote them.

use super::decode::{date, moment, span};
use super::extension::Extensions;
use super::letters::Letters;
use super::source::{Fields, Order};
use crate::read::Encoding;

fn read(given: Option<Encoding>, name: Option<&str>, code: Option<i32>, bytes: &[u8]) -> Option<String> {
    let (letters, _) = Letters::choose(given, name.map(str::as_bytes), code);
    letters.text(bytes).map(|text| text.into_owned())
}

/// The bytes are those that Python 3.11's codecs give for these letters.
#[test]
fn encodings_are_known_by_the_names_and_numbers_that_writers_give_them() {
    for (name, bytes) in [
        ("UTF-8", &b"bl\xc3\xa5b\xc3\xa6r"[..]),
        ("utf8", b"bl\xc3\xa5b\xc3\xa6r"),
        ("windows-1252", b"bl\xe5b\xe6r"),
        ("CP1252", b"bl\xe5b\xe6r"),
        ("ISO-8859-1", b"bl\xe5b\xe6r"),
        ("ISO_8859-1:1987", b"bl\xe5b\xe6r"),
        ("iso-8859-15", b"bl\xe5b\xe6r"),
        ("macintosh", b"bl\x8cb\xber"),
        ("cp850", b"bl\x86b\x91r"),
        ("IBM850", b"bl\x86b\x91r"),
        ("ibm-850_P100-1995", b"bl\x86b\x91r"),
        ("CP437", b"bl\x86b\x91r"),
        ("cp865", b"bl\x86b\x91r"),
    ] {
        assert_eq!(read(None, Some(name), Some(1252), bytes).as_deref(), Some("blåbær"), "{name}");
        assert_eq!(Letters::choose(None, Some(name.as_bytes()), None).1, None, "{name}");
    }
    for (code, bytes) in [
        (65001, &b"\xc3\xb8\xc3\x98"[..]),
        (1252, b"\xf8\xd8"),
        (28591, b"\xf8\xd8"),
        (850, b"\x9b\x9d"),
        (858, b"\x9b\x9d"),
        (865, b"\x9b\x9d"),
        (10_000, b"\xbf\xaf"),
    ] {
        assert_eq!(read(None, None, Some(code), bytes).as_deref(), Some("øØ"), "{code}");
    }
    assert_eq!(read(None, None, Some(858), b"\xd5").as_deref(), Some("€"));
    assert_eq!(read(None, None, Some(850), b"\xff").as_deref(), Some("\u{a0}"));
}

#[test]
fn what_is_given_comes_before_what_is_named_and_what_is_named_before_a_number() {
    let bytes = b"\xc3\xb8";
    assert_eq!(read(Some(Encoding::Utf8), Some("windows-1252"), Some(1252), bytes).as_deref(), Some("ø"));
    assert_eq!(read(None, Some("windows-1252"), Some(65001), bytes).as_deref(), Some("Ã¸"));
    assert_eq!(read(None, Some("of-our-own"), Some(1252), bytes).as_deref(), Some("Ã¸"));
    // A guess takes each text by itself.
    assert_eq!(read(None, None, Some(2), bytes).as_deref(), Some("ø"));
    assert_eq!(read(None, None, None, b"\xf8").as_deref(), Some("ø"));
    let (_, remark) = Letters::choose(None, Some(b"of-our-own"), None);
    assert!(remark.is_some_and(|remark| remark.contains("not known")));
}

#[test]
fn bytes_that_are_no_letters_are_none() {
    assert_eq!(read(None, Some("UTF-8"), None, b"bl\xe5"), None);
    assert_eq!(read(None, Some("windows-1252"), None, b"\x81"), None, "free in Windows-1252");
    assert_eq!(read(None, Some("shift_jis"), None, b"\x81"), None, "half a letter");
    assert_eq!(read(None, Some("UTF-8"), None, b"\xef\xbb\xbfa").as_deref(), Some("\u{feff}a"));
}

/// Seconds since 1582-10-14, as PSPP 1.6.2 computes them for 1970-01-01, 1582-10-15 and the end of 9999.
#[test]
fn days_are_counted_downwards_also_before_1970() {
    assert_eq!(date(12_219_379_200.0), Some(0));
    assert_eq!(date(12_219_379_199.0), Some(-1));
    assert_eq!(date(12_219_379_200.0 - 43_200.0), Some(-1), "noon of 31 December 1969");
    assert_eq!(moment(12_219_379_199.5), Some(-1));
    assert_eq!(date(86_400.0), Some(-141_427), "the calendar's first day, 1582-10-15");
    assert_eq!(date(99.0), None);
    assert_eq!(date(-1.0), None);
    assert_eq!(date(265_621_679_999.0), Some(2_932_896), "9999-12-31");
    assert_eq!(date(265_621_680_000.0), None);
    assert_eq!(date(f64::MAX), None);
    assert_eq!(date(f64::NAN), None);
    assert_eq!(moment(f64::INFINITY), None);
    assert_eq!(span(-60.0), Some(-60));
    assert_eq!(span(1e300), None);
}

/// `name`, one byte of count, the length of a value, the values.
fn missing(before_each: bool) -> Vec<u8> {
    let mut bytes = b"\x04\0\0\0navn\x02\x08\0\0\0ukjent  ".to_vec();
    if before_each {
        bytes.extend(8_i32.to_le_bytes());
    }
    bytes.extend(b"sperret ");
    bytes
}

#[test]
fn missing_values_of_long_texts_are_read_as_old_and_new_writers_wrote_them() {
    for before_each in [false, true] {
        let mut found = Extensions::default();
        let bytes = missing(before_each);
        found.read(22, Fields { rest: &bytes, order: Order::Little }).unwrap();
        assert_eq!(found.long_missing.len(), 1);
        assert_eq!(found.long_missing[0].variable, b"navn");
        assert_eq!(found.long_missing[0].values, [b"ukjent".to_vec(), b"sperret".to_vec()]);
        let short = &bytes[..bytes.len() - 1];
        assert!(Extensions::default().read(22, Fields { rest: short, order: Order::Little }).is_none());
    }
}
