//! The kind of a number in a spreadsheet, from its number format: a plain number, a date, a moment, a time or a duration.

use super::super::{CellFault, OwnedCell};

/// What a number format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    Date,
    Moment,
    /// A time of the day.
    Time,
    /// Hours, minutes or seconds that are not cut at a day: `[h]:mm`.
    Span,
    /// Some of these, with a number format that the file does not spell out: the number itself decides.
    Unnamed,
}

impl Clock {
    /// What a format code shows; `None` for a plain number. Only the first section counts, as Excel writes it for values
    /// above zero.
    pub(super) fn of(code: &str) -> Option<Clock> {
        let tokens = tokens(code);
        if tokens.contains(&Token::Span) {
            return Some(Clock::Span);
        }
        let (mut date, mut time) = (false, false);
        for (index, token) in tokens.iter().enumerate() {
            match token {
                Token::Day => date = true,
                Token::Hour | Token::Second => time = true,
                // An m after an hour or before a second is minutes.
                Token::MonthOrMinute => {
                    let after_hour = index > 0 && tokens[index - 1] == Token::Hour;
                    match after_hour || tokens.get(index + 1) == Some(&Token::Second) {
                        true => time = true,
                        false => date = true,
                    }
                }
                Token::Span => {}
            }
        }
        match (date, time) {
            (true, false) => Some(Clock::Date),
            (true, true) => Some(Clock::Moment),
            (false, true) => Some(Clock::Time),
            (false, false) => None,
        }
    }

    /// What a number format shows that every workbook has and no workbook spells out.
    pub(super) fn built_in(id: u16) -> Option<Clock> {
        match id {
            14..=17 => Some(Clock::Date),
            18..=21 | 45 | 47 => Some(Clock::Time),
            22 => Some(Clock::Moment),
            46 => Some(Clock::Span),
            // Of East Asian editions, where these differ from one to the other.
            27..=36 | 50..=58 => Some(Clock::Unnamed),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Day,
    MonthOrMinute,
    Hour,
    Second,
    Span,
}

/// The letters of a format code that stand for dates and times: runs count once, quoted and escaped text not at all.
fn tokens(code: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut letters = code.chars().map(|letter| letter.to_ascii_lowercase()).peekable();
    let mut previous = ' ';
    while let Some(letter) = letters.next() {
        let token = match letter {
            ';' => break,
            '"' => {
                while letters.next().is_some_and(|quoted| quoted != '"') {}
                None
            }
            // The letter that follows is shown, left as room, or repeated.
            '\\' | '_' | '*' => {
                letters.next();
                None
            }
            '[' => {
                let mut inside = String::new();
                while let Some(letter) = letters.next_if(|letter| *letter != ']') {
                    inside.push(letter);
                }
                let span = ["h", "m", "s"]
                    .iter()
                    .any(|unit| !inside.is_empty() && inside.chars().all(|letter| unit.starts_with(letter)));
                span.then_some(Token::Span)
            }
            // AM/PM or A/P: a clock, and its m is no month.
            'a' if matches!(letters.peek(), Some('m' | '/')) => {
                while letters.next_if(|letter| matches!(letter, 'a' | 'm' | '/' | 'p')).is_some() {}
                None
            }
            'y' | 'd' => Some(Token::Day),
            'm' => Some(Token::MonthOrMinute),
            'h' => Some(Token::Hour),
            's' => Some(Token::Second),
            _ => None,
        };
        if letter != previous {
            tokens.extend(token);
        }
        previous = letter;
    }
    tokens
}

/// The calendar of a workbook, which counts days from 1900 or from 1904.
#[derive(Debug, Clone, Default)]
pub(super) struct Calendar {
    pub from_1904: bool,
    /// How many dates before 1 March 1900 have been met.
    pub early: u64,
}

const DAY: i64 = 86_400;
/// 1900-01-01 and 1904-01-01, in days since 1970-01-01.
const YEAR_1900: i64 = -25_567;
const YEAR_1904: i64 = -24_107;
/// 9999-12-31, the last day that a spreadsheet has.
const LAST_DAY: i64 = 2_932_896;
/// 1900-03-01.
const MARCH_1900: i64 = YEAR_1900 + 59;

impl Calendar {
    /// A number that is formatted as a date or a time.
    pub(super) fn cell(&mut self, number: f64, clock: Clock) -> OwnedCell {
        // A hundred thousand years, so that what follows cannot overflow.
        if !number.is_finite() || number.abs() > 4e7 {
            return OwnedCell::Fault(CellFault::NoSuchDay);
        }
        let seconds = (number * DAY as f64).round() as i64;
        let whole = seconds % DAY == 0;
        match clock {
            Clock::Span => OwnedCell::Time(seconds),
            Clock::Time | Clock::Unnamed if (0..DAY).contains(&seconds) => OwnedCell::Time(seconds),
            Clock::Date => self.day(seconds).map_or_else(OwnedCell::Fault, date),
            Clock::Unnamed if whole => self.day(seconds).map_or_else(OwnedCell::Fault, date),
            // A clock's format over a number with days in it hides a date, which is kept.
            Clock::Moment | Clock::Time | Clock::Unnamed => self
                .day(seconds)
                .map_or_else(OwnedCell::Fault, |day| OwnedCell::Moment(day * DAY + seconds.rem_euclid(DAY))),
        }
    }

    /// The day of a number of seconds since the calendar's start.
    fn day(&mut self, seconds: i64) -> Result<i64, CellFault> {
        let serial = seconds.div_euclid(DAY);
        let day = match (self.from_1904, serial) {
            (true, 0..) => YEAR_1904 + serial,
            // Day 60 is 29 February 1900, which Excel has and the calendar has not.
            (false, 1..=59) => YEAR_1900 + serial - 1,
            (false, 61..) => YEAR_1900 + serial - 2,
            _ => return Err(CellFault::NoSuchDay),
        };
        self.early += u64::from(day < MARCH_1900);
        if day > LAST_DAY { Err(CellFault::NoSuchDay) } else { Ok(day) }
    }

    /// A date, a moment or a time in ISO 8601, as OpenDocument writes them: `2024-05-01`, `2024-05-01T12:30:00`,
    /// `12:30:00`, `PT12H30M00S`.
    pub(super) fn iso(&mut self, text: &str) -> OwnedCell {
        let text = text.trim().trim_end_matches('Z');
        let cell = match text.split_once('T') {
            Some(("P" | "-P", _)) => span(text).map(OwnedCell::Time),
            Some((day, time)) => {
                iso_day(day).zip(iso_clock(time)).map(|(day, seconds)| OwnedCell::Moment(day * DAY + seconds))
            }
            None if text.contains(':') => iso_clock(text).map(OwnedCell::Time),
            None => iso_day(text).map(date),
        };
        let day = match &cell {
            Some(OwnedCell::Date(day)) => i64::from(*day),
            Some(OwnedCell::Moment(seconds)) => seconds.div_euclid(DAY),
            _ => MARCH_1900,
        };
        self.early += u64::from(day < MARCH_1900);
        cell.unwrap_or(OwnedCell::Fault(CellFault::NoSuchDay))
    }
}

fn date(day: i64) -> OwnedCell {
    i32::try_from(day).map_or(OwnedCell::Fault(CellFault::NoSuchDay), OwnedCell::Date)
}

fn iso_day(text: &str) -> Option<i64> {
    let date = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    Some(i64::from(date.to_epoch_days()))
}

/// Seconds since midnight, to the nearest; `24:00:00` for the end of a day.
fn iso_clock(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, ':');
    let hours: i64 = parts.next()?.parse().ok()?;
    let minutes: i64 = parts.next()?.parse().ok()?;
    let seconds: f64 = parts.next().unwrap_or("0").parse().ok()?;
    let sound = (0..=24).contains(&hours) && (0..60).contains(&minutes) && (0.0..60.5).contains(&seconds);
    sound.then(|| hours * 3600 + minutes * 60 + seconds.round() as i64)
}

/// Seconds of a duration: `PT12H34M51S`, `-PT30M`.
fn span(text: &str) -> Option<i64> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest.strip_prefix("PT")?),
        None => (1.0, text.strip_prefix("PT")?),
    };
    let mut seconds = 0.0;
    while let Some(end) = rest.find(['H', 'M', 'S']) {
        let number: f64 = rest[..end].replace(',', ".").parse().ok()?;
        seconds += number
            * match rest.as_bytes()[end] {
                b'H' => 3600.0,
                b'M' => 60.0,
                _ => 1.0,
            };
        rest = &rest[end + 1..];
    }
    let sound = rest.is_empty() && f64::is_finite(seconds) && seconds < 1e15;
    sound.then_some((sign * seconds).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_formats_show_dates_times_or_numbers() {
        let cases = [
            ("General", None),
            ("0.00%", None),
            ("0.00E+00", None),
            ("0 \"dager\"", None),
            ("#,##0\\ \"kr d\"", None),
            ("0\"h\"", None),
            ("[Red]0.0;[Blue]d", None),
            ("@", None),
            ("mm-dd-yy", Some(Clock::Date)),
            ("dd.mm.yyyy;@", Some(Clock::Date)),
            ("[$-414]d. mmmm yyyy", Some(Clock::Date)),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", Some(Clock::Date)),
            ("MMM", Some(Clock::Date)),
            ("h:mm AM/PM", Some(Clock::Time)),
            ("hh:mm", Some(Clock::Time)),
            ("HH:MM:SS", Some(Clock::Time)),
            ("mm:ss.0", Some(Clock::Time)),
            ("dd.mm.yyyy hh:mm", Some(Clock::Moment)),
            ("yyyy-mm-dd\\Thh:mm:ss", Some(Clock::Moment)),
            ("[h]:mm:ss", Some(Clock::Span)),
            ("[mm]:ss", Some(Clock::Span)),
        ];
        for (code, clock) in cases {
            assert_eq!(Clock::of(code), clock, "{code}");
        }
    }

    #[test]
    fn days_around_the_29_february_that_never_was() {
        let mut calendar = Calendar::default();
        let no_day = OwnedCell::Fault(CellFault::NoSuchDay);
        // 1899-12-31 is no day of Excel's, 1 is 1900-01-01, 59 is 1900-02-28, 61 is 1900-03-01.
        assert_eq!(calendar.cell(0.0, Clock::Date), no_day);
        assert_eq!(calendar.cell(1.0, Clock::Date), OwnedCell::Date(-25_567));
        assert_eq!(calendar.cell(59.0, Clock::Date), OwnedCell::Date(-25_509));
        assert_eq!(calendar.early, 2);
        assert_eq!(calendar.cell(60.0, Clock::Date), no_day);
        assert_eq!(calendar.cell(61.0, Clock::Date), OwnedCell::Date(-25_508));
        assert_eq!(calendar.cell(2_958_465.0, Clock::Date), OwnedCell::Date(2_932_896));
        assert_eq!(calendar.cell(2_958_466.0, Clock::Date), no_day);
        assert_eq!(calendar.cell(-1.0, Clock::Date), no_day);
        assert_eq!(calendar.early, 2);
    }

    #[test]
    fn iso_texts() {
        let mut calendar = Calendar::default();
        assert_eq!(calendar.iso("1970-01-02"), OwnedCell::Date(1));
        assert_eq!(calendar.iso("1970-01-02T00:00:01.4"), OwnedCell::Moment(86_401));
        assert_eq!(calendar.iso("12:34:51"), OwnedCell::Time(45_291));
        assert_eq!(calendar.iso("PT12H34M51S"), OwnedCell::Time(45_291));
        assert_eq!(calendar.iso("-PT0H30M"), OwnedCell::Time(-1_800));
        for odd in ["", "T", "PT", "1900-02-29", "25:00", "PTxS", "2024-01-01T", "æ"] {
            let cell = calendar.iso(odd);
            assert!(matches!(cell, OwnedCell::Fault(_) | OwnedCell::Time(0)), "{odd}");
        }
    }
}
