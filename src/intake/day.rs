//! Dates in text, and dates as spreadsheets count them.

use chrono::{Datelike, NaiveDate};

use super::answer::{Answer, Invalid, number_of};
use crate::plan::{EXCEL_DAYS, Format, has_short_year};

/// Days from 0001-01-01 (which chrono counts as day 1) to 1970-01-01.
const EPOCH_FROM_CE: i32 = 719_163;

/// Days from 1899-12-30, which spreadsheets count from, to 1970-01-01.
const EPOCH_FROM_EXCEL: f64 = 25_569.0;

/// Day numbers of 1927-05-18 to 2099-12-31: what a number in a column of dates is taken for.
const LIKELY_DAYS: std::ops::RangeInclusive<f64> = 10_000.0..=73_050.0;

/// A day that a spreadsheet counts.
pub(super) fn excel_day<'a>(number: f64) -> Answer<'a> {
    let days = (number - EPOCH_FROM_EXCEL).floor();
    // Before March 1900 Excel counts a day that never was.
    match number >= 61.0 && days < f64::from(i32::MAX) && NaiveDate::from_epoch_days(days as i32).is_some() {
        true => Answer::Date(days as i32),
        false => Answer::Invalid(Invalid::NotADate),
    }
}

/// What a number in a column of dates is taken for.
pub(super) fn day_number(number: f64) -> Invalid {
    match LIKELY_DAYS.contains(&number) {
        true => Invalid::DayNumber,
        false => Invalid::NotADate,
    }
}

/// Reads a day by the source's patterns.
pub(super) fn date<'a>(text: &str, format: &Format) -> Answer<'a> {
    let mut short = false;
    for pattern in &format.date {
        if pattern == EXCEL_DAYS {
            if let Some(number) = number_of(text, format)
                && let answer @ Answer::Date(_) = excel_day(number)
            {
                return answer;
            }
            continue;
        }
        match NaiveDate::parse_from_str(text, pattern) {
            Err(_) => {}
            // chrono reads 31.12.85 with %d.%m.%Y as the year 85.
            Ok(date) if date.year() < 1000 => short = true,
            Ok(date) => {
                if let Some(date) = in_span(date, pattern, format) {
                    return Answer::Date(date.num_days_from_ce() - EPOCH_FROM_CE);
                }
            }
        }
    }
    Answer::Invalid(match (short, number_of(text, format)) {
        (true, _) => Invalid::ShortYear,
        (false, Some(number)) => day_number(number),
        (false, None) => Invalid::NotADate,
    })
}

/// A day of a year of two digits within the hundred years that the source declares; chrono takes 69 to 99 for the last century,
/// as R does. `None` where the day is none in that year: 29 February 1900.
pub(super) fn in_span(date: NaiveDate, pattern: &str, format: &Format) -> Option<NaiveDate> {
    match format.years_from {
        Some(from) if has_short_year(pattern) => date.with_year(from + (date.year() - from).rem_euclid(100)),
        _ => Some(date),
    }
}

/// Whether `pattern` is one by which a date can be read: chrono's, or [`EXCEL_DAYS`].
pub fn is_date_pattern(pattern: &str) -> bool {
    use std::fmt::Write;
    if pattern == EXCEL_DAYS {
        return true;
    }
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
        assert!(is_date_pattern("excel"));
        assert!(!is_date_pattern("dd.mm.yyyy"));
        assert!(!is_date_pattern("%d.%m"));
        assert!(!is_date_pattern("%Q"));
    }

    #[test]
    fn the_epoch_is_day_zero() {
        let format = |patterns: &[&str]| Format {
            date: patterns.iter().map(|pattern| (*pattern).to_owned()).collect(),
            ..Format::default()
        };
        let norwegian = format(&["%d.%m.%Y"]);
        assert_eq!(date("01.01.1970", &norwegian), Answer::Date(0));
        assert_eq!(date("31.12.1969", &norwegian), Answer::Date(-1));
        assert_eq!(date("31.12.85", &norwegian), Answer::Invalid(Invalid::ShortYear));
        assert_eq!(date("31.02.2001", &norwegian), Answer::Invalid(Invalid::NotADate));
        // 43831 is 2020-01-01, 18262 days after 1970-01-01.
        assert_eq!(date("43831", &norwegian), Answer::Invalid(Invalid::DayNumber));
        assert_eq!(date("2015", &norwegian), Answer::Invalid(Invalid::NotADate));
        assert_eq!(date("43831", &format(&["%d.%m.%Y", "excel"])), Answer::Date(18_262));
        assert_eq!(date("2020-01-01", &format(&["%d.%m.%Y", "%Y-%m-%d"])), Answer::Date(18_262));
    }

    #[test]
    fn years_of_two_digits_lie_in_the_declared_hundred_years() {
        let read = |text: &str, from: i32| {
            let date_format =
                Format { date: vec!["%d.%m.%y".into()], years_from: Some(from), ..Format::default() };
            match date(text, &date_format) {
                Answer::Date(days) => NaiveDate::from_epoch_days(days).map(|date| date.to_string()),
                _ => None,
            }
        };
        for (text, from, found) in [
            ("17.05.45", 1927, Some("1945-05-17")),
            ("17.05.26", 1927, Some("2026-05-17")),
            ("17.05.27", 1927, Some("1927-05-17")),
            // R's and POSIX's century.
            ("17.05.68", 1969, Some("2068-05-17")),
            ("17.05.69", 1969, Some("1969-05-17")),
            // 2000 has the day, 1900 has not.
            ("29.02.00", 1927, Some("2000-02-29")),
            ("29.02.00", 1850, None),
            ("17.05.1945", 1927, None),
        ] {
            assert_eq!(read(text, from).as_deref(), found, "{text} from {from}");
        }
    }
}
