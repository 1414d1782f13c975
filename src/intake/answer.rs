//! One field → an answer of the item's type, or why there is none.

use chrono::{Datelike, NaiveDate};

use super::number::{NotANumber, canonical};
use crate::dictionary::{Item, ItemType, Reason};
use crate::plan::Format;

/// What a field says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Answer<'a> {
    Missing(Reason),
    /// Of a coded item; whether the code is listed is for a check to say.
    Code(i64),
    Integer(i64),
    Decimal(f64),
    /// Days since 1970-01-01.
    Date(i32),
    Text(&'a str),
    Invalid(Invalid),
}

/// Why a field is not of its item's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Invalid {
    NotANumber,
    /// A point where a comma is declared, or the other way about.
    DecimalSign,
    NotWhole,
    /// Beyond what a computer holds exactly.
    TooLarge,
    NotADate,
    /// A year before 1000: two digits where the pattern has four.
    ShortYear,
}

/// Integers up to here are exact in a double; an exponent or a fraction of zeros goes through one.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Days from 0001-01-01 (which chrono counts as day 1) to 1970-01-01.
const EPOCH_FROM_CE: i32 = 719_163;

/// Reads a trimmed field. Spellings that the dictionary lists come first, then missing codes, then the item's type.
pub(crate) fn parse<'a>(text: &'a str, item: &Item, format: &Format) -> Answer<'a> {
    if text.is_empty() {
        return Answer::Missing(item.blank);
    }
    let spelled = |written: &[String]| written.iter().any(|known| same_word(known.trim(), text));
    if let Some(missing) = item.missing.iter().find(|missing| spelled(&missing.written)) {
        return Answer::Missing(missing.reason);
    }
    if let Some(code) = item.codes.iter().find(|code| spelled(&code.written)) {
        return Answer::Code(code.code);
    }
    match item.kind {
        ItemType::Nominal | ItemType::Ordinal | ItemType::Binary => {
            integer(text, item, format).map_or_else(|other| other, Answer::Code)
        }
        ItemType::Integer => integer(text, item, format).map_or_else(|other| other, Answer::Integer),
        ItemType::Decimal => decimal(text, item, format),
        ItemType::Date => match missing_by_text(text, item) {
            Some(reason) => Answer::Missing(reason),
            None => date(text, format),
        },
        ItemType::Text => match missing_by_text(text, item) {
            Some(reason) => Answer::Missing(reason),
            None => Answer::Text(text),
        },
    }
}

fn same_word(one: &str, other: &str) -> bool {
    one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase))
}

fn missing_by_text(text: &str, item: &Item) -> Option<Reason> {
    let code: i64 = text.parse().ok()?;
    item.missing.iter().find(|missing| missing.code == code).map(|missing| missing.reason)
}

/// A whole number, or the answer that stands in its place.
fn integer<'a>(text: &str, item: &Item, format: &Format) -> Result<i64, Answer<'a>> {
    let number = canonical(text, format.decimal).map_err(not_a_number)?;
    let value = match number.contains(['.', 'e', 'E']) {
        false => number.parse().map_err(|_| Answer::Invalid(Invalid::TooLarge))?,
        true => {
            // `canonical` leaves only what f64 parses; a failure would be no number either.
            let value: f64 = number.parse().map_err(|_| Answer::Invalid(Invalid::NotANumber))?;
            if value.fract() != 0.0 {
                return Err(Answer::Invalid(Invalid::NotWhole));
            }
            if value.abs() > EXACT {
                return Err(Answer::Invalid(Invalid::TooLarge));
            }
            value as i64
        }
    };
    match item.missing.iter().find(|missing| missing.code == value) {
        Some(missing) => Err(Answer::Missing(missing.reason)),
        None => Ok(value),
    }
}

fn decimal<'a>(text: &str, item: &Item, format: &Format) -> Answer<'a> {
    let number = match canonical(text, format.decimal) {
        Ok(number) => number,
        Err(why) => return not_a_number(why),
    };
    match number.parse::<f64>() {
        Ok(value) if value.is_finite() => {
            match item.missing.iter().find(|missing| missing.code as f64 == value) {
                Some(missing) => Answer::Missing(missing.reason),
                // Adding zero turns −0 into 0, so that equal numbers have equal bytes.
                None => Answer::Decimal(value + 0.0),
            }
        }
        Ok(_) => Answer::Invalid(Invalid::TooLarge),
        Err(_) => Answer::Invalid(Invalid::NotANumber),
    }
}

fn not_a_number<'a>(why: NotANumber) -> Answer<'a> {
    Answer::Invalid(match why {
        NotANumber::DecimalSign => Invalid::DecimalSign,
        NotANumber::Other => Invalid::NotANumber,
    })
}

fn date<'a>(text: &str, format: &Format) -> Answer<'a> {
    match NaiveDate::parse_from_str(text, &format.date) {
        Err(_) => Answer::Invalid(Invalid::NotADate),
        // chrono reads 31.12.85 with %d.%m.%Y as the year 85.
        Ok(date) if date.year() < 1000 => Answer::Invalid(Invalid::ShortYear),
        Ok(date) => Answer::Date(date.num_days_from_ce() - EPOCH_FROM_CE),
    }
}

/// Whether `pattern` is a chrono pattern by which a date can be written and read again.
pub fn is_date_pattern(pattern: &str) -> bool {
    use std::fmt::Write;
    let Some(day) = NaiveDate::from_ymd_opt(2001, 2, 3) else {
        return false;
    };
    let Some(moment) = day.and_hms_opt(4, 5, 6) else {
        return false;
    };
    let mut text = String::new();
    // `format` fails (and `to_string` would panic) on a pattern that chrono does not know.
    write!(text, "{}", moment.format(pattern)).is_ok()
        && NaiveDate::parse_from_str(&text, pattern).is_ok_and(|read| read == day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_patterns() {
        assert!(is_date_pattern("%Y-%m-%d"));
        assert!(is_date_pattern("%d.%m.%y"));
        assert!(is_date_pattern("%d.%m.%Y %H:%M"));
        assert!(!is_date_pattern("dd.mm.yyyy"));
        assert!(!is_date_pattern("%d.%m"));
        assert!(!is_date_pattern("%Q"));
    }

    #[test]
    fn the_epoch_is_day_zero() {
        let format = Format {
            delimiter: ';',
            decimal: ',',
            encoding: crate::plan::Encoding::Utf8,
            date: "%d.%m.%Y".into(),
        };
        assert_eq!(date("01.01.1970", &format), Answer::Date(0));
        assert_eq!(date("31.12.1969", &format), Answer::Date(-1));
        assert_eq!(date("31.12.85", &format), Answer::Invalid(Invalid::ShortYear));
        assert_eq!(date("31.02.2001", &format), Answer::Invalid(Invalid::NotADate));
    }
}
