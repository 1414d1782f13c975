//! Dates and times: numbers counted from 1960, whose display format says whether they are days, weeks, months, ….

use chrono::{Datelike, Months, NaiveDate};

use super::super::{ColumnKind, OwnedCell};

/// What a variable counts, from 1 January 1960 on where nothing else is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Days,
    /// 52 in every year; the last has eight or nine days.
    Weeks,
    Months,
    Quarters,
    HalfYears,
    /// The year itself: 2024.
    Years,
    Milliseconds,
    /// Milliseconds with the leap seconds counted.
    LeapMilliseconds,
}

/// Days from 1960-01-01 to 1970-01-01.
const TO_1970: i64 = 3_653;

/// The first days that follow a leap second, as days since 1960-01-01: twice a year at most, after June or December.
const LEAPS: [(i32, u32); 27] = [
    (1972, 7),
    (1973, 1),
    (1974, 1),
    (1975, 1),
    (1976, 1),
    (1977, 1),
    (1978, 1),
    (1979, 1),
    (1980, 1),
    (1981, 7),
    (1982, 7),
    (1983, 7),
    (1985, 7),
    (1988, 1),
    (1990, 1),
    (1991, 1),
    (1992, 7),
    (1993, 7),
    (1994, 7),
    (1996, 1),
    (1997, 7),
    (1999, 1),
    (2006, 1),
    (2009, 1),
    (2012, 7),
    (2015, 7),
    (2017, 1),
];

/// The part of a display format that says what a number is: `td` of `%tdDD_Mon_CCYY`, `%-td`.
fn kind(format: &str) -> &str {
    format.trim_start_matches('%').trim_start_matches(['-', '0'])
}

/// Whether a format is of a business calendar, whose days another file lists.
pub(super) fn is_calendar(format: &str) -> bool {
    kind(format).starts_with("tb")
}

impl Unit {
    /// What a display format counts; `None` for a number.
    pub(super) fn of(format: &str) -> Option<Unit> {
        let mut letters = kind(format).chars();
        match (letters.next()?, letters.next()) {
            ('d', _) | ('t', Some('d')) => Some(Unit::Days),
            ('t', Some('w')) => Some(Unit::Weeks),
            ('t', Some('m')) => Some(Unit::Months),
            ('t', Some('q')) => Some(Unit::Quarters),
            ('t', Some('h')) => Some(Unit::HalfYears),
            ('t', Some('y')) => Some(Unit::Years),
            ('t', Some('c')) => Some(Unit::Milliseconds),
            ('t', Some('C')) => Some(Unit::LeapMilliseconds),
            _ => None,
        }
    }

    pub(super) fn kind(self) -> ColumnKind {
        match self {
            Unit::Milliseconds | Unit::LeapMilliseconds => ColumnKind::Moment,
            _ => ColumnKind::Date,
        }
    }

    /// Days since 1970-01-01 of the first day; `None` for no day of the calendar.
    pub(super) fn days(self, value: f64) -> Option<i32> {
        let count = whole(value)?;
        let months = match self {
            Unit::Days => return i32::try_from(count - TO_1970).ok().filter(|days| within(*days)),
            Unit::Weeks => {
                let year = first_of(count.div_euclid(52) * 12)?;
                return i32::try_from(i64::from(year) + count.rem_euclid(52) * 7).ok();
            }
            Unit::Months => count,
            Unit::Quarters => count.checked_mul(3)?,
            Unit::HalfYears => count.checked_mul(6)?,
            Unit::Years => count.checked_sub(1960)?.checked_mul(12)?,
            Unit::Milliseconds | Unit::LeapMilliseconds => return None,
        };
        first_of(months)
    }

    /// Seconds since 1970-01-01 00:00; `None` for no moment of the calendar.
    pub(super) fn seconds(self, value: f64) -> Option<i64> {
        let since_1960 = whole(value)?.div_euclid(1000);
        let leaps = if self == Unit::LeapMilliseconds { leap_seconds(since_1960) } else { 0 };
        let seconds = since_1960 - leaps - TO_1970 * 86_400;
        let days = i32::try_from(seconds.div_euclid(86_400)).ok()?;
        within(days).then_some(seconds)
    }
}

/// A count without its fraction, as Stata shows it; `None` beyond 2⁵³, where doubles have gaps.
fn whole(value: f64) -> Option<i64> {
    let whole = value.floor();
    // Within ±2⁵³ it fits.
    (whole.abs() <= 9_007_199_254_740_992.0).then_some(whole as i64)
}

/// The first day of a month, counted from January 1960, as days since 1970-01-01.
fn first_of(months: i64) -> Option<i32> {
    let start = NaiveDate::from_ymd_opt(1960, 1, 1)?;
    let step = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    let date = if months < 0 { start.checked_sub_months(step) } else { start.checked_add_months(step) }?;
    let days = date.to_epoch_days();
    within(days).then_some(days)
}

/// Stata's calendar has the years 100 to 9999.
fn within(days: i32) -> bool {
    NaiveDate::from_epoch_days(days).is_some_and(|date| (100..=9999).contains(&date.year()))
}

/// How many leap seconds have passed of a count of seconds since 1960 that has them in it.
fn leap_seconds(since_1960: i64) -> i64 {
    let starts = LEAPS.iter().filter_map(|(year, month)| NaiveDate::from_ymd_opt(*year, *month, 1));
    let days = starts.map(|date| i64::from(date.to_epoch_days()) + TO_1970);
    // The n-th leap second is the last second before its day, counted with the n − 1 before it.
    let before = days.zip(0..).take_while(|(day, earlier)| since_1960 >= day * 86_400 + earlier);
    before.count() as i64
}

/// Cells of a column of which one at least has a tag or is no day.
pub(super) fn cell(unit: Unit, value: f64) -> OwnedCell {
    let day = || unit.days(value).map(OwnedCell::Date);
    let cell = match unit.kind() {
        ColumnKind::Moment => unit.seconds(value).map(OwnedCell::Moment),
        _ => day(),
    };
    cell.unwrap_or(OwnedCell::Fault(super::super::CellFault::NoSuchDay))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Option<i32> {
        NaiveDate::from_ymd_opt(year, month, day).map(|date| date.to_epoch_days())
    }

    #[test]
    fn units_of_formats() {
        assert_eq!(Unit::of("%td"), Some(Unit::Days));
        assert_eq!(Unit::of("%d"), Some(Unit::Days));
        assert_eq!(Unit::of("%dD_m_Y"), Some(Unit::Days));
        assert_eq!(Unit::of("%-tdDD_Mon_CCYY"), Some(Unit::Days));
        assert_eq!(Unit::of("%tCHH:MM"), Some(Unit::LeapMilliseconds));
        assert_eq!(Unit::of("%tcHH:MM"), Some(Unit::Milliseconds));
        assert_eq!(Unit::of("%9.0g"), None);
        assert_eq!(Unit::of("%tbsimple"), None);
        assert_eq!(Unit::of("%08.2f"), None);
        assert_eq!(Unit::of(""), None);
    }

    /// Stata's manual, `help datetime`: the values of the functions that make these.
    #[test]
    fn counts_are_days() {
        assert_eq!(Unit::Days.days(0.0), day(1960, 1, 1));
        assert_eq!(Unit::Days.days(-1.0), day(1959, 12, 31));
        assert_eq!(Unit::Days.days(23_435.9), day(2024, 2, 29));
        assert_eq!(Unit::Weeks.days(51.0), day(1960, 12, 23));
        assert_eq!(Unit::Weeks.days(52.0), day(1961, 1, 1));
        assert_eq!(Unit::Weeks.days(-1.0), day(1959, 12, 24));
        assert_eq!(Unit::Months.days(-1.0), day(1959, 12, 1));
        assert_eq!(Unit::Months.days(769.0), day(2024, 2, 1));
        assert_eq!(Unit::Quarters.days(256.0), day(2024, 1, 1));
        assert_eq!(Unit::HalfYears.days(129.0), day(2024, 7, 1));
        assert_eq!(Unit::Years.days(2024.0), day(2024, 1, 1));
        assert_eq!(Unit::Days.days(1e300), None);
        assert_eq!(Unit::Months.days(-1e15), None);
        assert_eq!(Unit::Weeks.days(9e15), None);
    }

    #[test]
    fn leap_seconds_are_taken_away() {
        // 2024-02-29 13:45:10 and the 27 leap seconds before it.
        let plain = Unit::Milliseconds.seconds(2_024_833_510_000.0);
        assert_eq!(Unit::LeapMilliseconds.seconds(2_024_833_537_000.0), plain);
        assert_eq!(plain, day(2024, 2, 29).map(|days| i64::from(days) * 86_400 + 13 * 3600 + 45 * 60 + 10));
        // The first leap second, at the end of June 1972, and those beside it.
        let first = (i64::from(day(1972, 7, 1).unwrap_or(0)) + TO_1970) * 86_400;
        assert_eq!(leap_seconds(first - 1), 0);
        assert_eq!(leap_seconds(first), 1);
        assert_eq!(leap_seconds(first + 1), 1);
    }
}
