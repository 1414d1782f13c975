//! What a cell of an unknown column may be: a number with one of two decimal signs, a date, a mark, or a text.

use chrono::{Datelike, NaiveDate};

/// Ways of writing that an answer is absent, as other programs write it.
pub const MARKS: &[&str] =
    &["NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NULL", "null", "#NULL!", ".", "-", "–"];

/// Marks that stand for nothing else, even among texts.
pub const PLAIN_MARKS: &[&str] = &["NA", "#N/A", "<NA>", "NaN", "NULL", "#NULL!"];

/// Patterns of dates that are tried, the likeliest first.
pub const DATES: &[&str] = &[
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%Y/%m/%d",
    "%d-%m-%Y",
    "%d.%m.%y",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
];

/// What a text says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Word {
    /// The place in [`MARKS`].
    Mark(usize),
    Whole(i64),
    /// Digits with zeros before them: an id, a postal code.
    Zeros,
    /// With a decimal point.
    Point(f64),
    /// With a decimal comma.
    Comma(f64),
    /// A bit for each of [`DATES`] that it follows.
    Day(u16),
    Other,
}

/// Reads a text, without the blanks around it.
pub fn word(text: &str) -> Word {
    let Some(first) = text.bytes().next() else { return Word::Other };
    // No mark begins with a digit, and most cells do.
    if !first.is_ascii_digit()
        && text.len() <= 6
        && let Some(mark) = MARKS.iter().position(|mark| *mark == text)
    {
        return Word::Mark(mark);
    }
    if !(first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'.' | b',')) {
        return Word::Other;
    }
    let digits = text.trim_start_matches(['-', '+']);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return match text.trim_start_matches('+').parse::<i64>() {
            Ok(_) if digits.len() > 1 && digits.starts_with('0') => Word::Zeros,
            Ok(whole) if digits.len() < 16 => Word::Whole(whole),
            _ => Word::Other,
        };
    }
    if let Some(text) = ungrouped(text) {
        return word(&text);
    }
    if let Some(number) = decimal(text, '.') {
        return Word::Point(number);
    }
    if let Some(number) = decimal(text, ',') {
        return Word::Comma(number);
    }
    // `1.2.3` is a version of something.
    if text.len() < 6 {
        return Word::Other;
    }
    let mut fits = 0;
    for (place, pattern) in DATES.iter().enumerate() {
        let clock = pattern.contains("%H");
        if clock == (text.len() > 10) && follows(text, pattern) {
            fits |= 1 << place;
        }
    }
    if fits == 0 { Word::Other } else { Word::Day(fits) }
}

/// `1 250,5` without its spaces, where they set off groups of three digits.
fn ungrouped(text: &str) -> Option<String> {
    let whole = text.split(['.', ',']).next().unwrap_or(text);
    let mut groups = whole.trim_start_matches(['-', '+']).split([' ', '\u{A0}', '\u{202F}']);
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let first =
        groups.next().is_some_and(|first| digits(first) && first.len() <= 3 && !first.starts_with('0'));
    let mut others = groups.peekable();
    (first && others.peek().is_some() && others.all(|group| digits(group) && group.len() == 3))
        .then(|| text.replace([' ', '\u{A0}', '\u{202F}'], ""))
}

/// Whether the sign of a number may set off thousands: one to three digits before it, three after it.
pub fn may_be_thousands(text: &str, sign: char) -> bool {
    let unsigned = text.trim_start_matches(['-', '+']);
    unsigned.split_once(sign).is_some_and(|(before, after)| {
        (1..=3).contains(&before.len())
            && !before.starts_with('0')
            && after.len() == 3
            && [before, after].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// A number with at most one decimal sign and an exponent.
fn decimal(text: &str, sign: char) -> Option<f64> {
    let known = |letter: char| letter.is_ascii_digit() || matches!(letter, '-' | '+' | 'e' | 'E');
    if text.matches(sign).count() > 1 || !text.chars().all(|letter| letter == sign || known(letter)) {
        return None;
    }
    let number: f64 = if sign == ',' { text.replace(',', ".").parse() } else { text.parse() }.ok()?;
    number.is_finite().then_some(number)
}

fn follows(text: &str, pattern: &str) -> bool {
    let day = match pattern.contains("%H") {
        true => chrono::NaiveDateTime::parse_from_str(text, pattern)
            .or_else(|_| chrono::NaiveDateTime::parse_from_str(text, &format!("{pattern}%.f")))
            .map(|moment| moment.date()),
        false => NaiveDate::parse_from_str(text, pattern),
    };
    day.is_ok_and(|day| (1000..10_000).contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_in_one_way() {
        let iso = 1;
        for (text, said) in [
            ("12", Word::Whole(12)),
            ("-9", Word::Whole(-9)),
            ("007", Word::Zeros),
            ("0", Word::Whole(0)),
            ("1.50", Word::Point(1.5)),
            ("1 250", Word::Whole(1250)),
            ("1\u{a0}250,5", Word::Comma(1250.5)),
            ("22 33 44", Word::Other),
            (",5", Word::Comma(0.5)),
            ("1e+05", Word::Point(1e5)),
            (".", Word::Mark(10)),
            ("NA", Word::Mark(0)),
            ("2024-02-29", Word::Day(iso)),
            ("2023-02-29", Word::Other),
            ("31.12.85", Word::Day(1 << 6)),
            ("Oslo", Word::Other),
            ("1.2.3", Word::Other),
            ("12345678901234567890", Word::Other),
        ] {
            assert_eq!(word(text), said, "{text}");
        }
        let Word::Day(fits) = word("03/04/2024") else { panic!("no day") };
        assert_eq!(fits, 1 << 2 | 1 << 3, "day first or month first");
    }
}
