//! Waves by date: each form goes to the wave whose window contains it, counted from the respondent's own first form.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::answer::plain_number;
use super::day::in_span;
use crate::plan::{EXCEL_DAYS, Format, Wave};

/// The mean length of a month, in days.
const DAYS_PER_MONTH: f64 = 30.4375;

/// Where a form belongs.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Assigned {
    /// The place of its wave.
    In(u16),
    /// Why it belongs to none.
    Beside(&'static str),
}

/// The wave of each form of one respondent. `since` are the days from the respondent's start.
///
/// A form goes to the nearest wave; within a wave's window if it lies in one. Of several that are nearest to one wave the
/// nearest in time counts, the earlier one where two are as near. Forms of one and the same time all go to the wave: which of
/// them counts is not for time to tell.
pub(super) fn assign(since: &[f64], waves: &[Wave]) -> Vec<Assigned> {
    let months: Vec<f64> = since.iter().map(|days| days / DAYS_PER_MONTH).collect();
    let nearest: Vec<Option<usize>> = months.iter().map(|month| nearest(*month, waves)).collect();
    let distance = |form: usize, wave: usize| (months[form] - waves[wave].month).abs();
    let mut counts: Vec<Option<usize>> = vec![None; waves.len()];
    for (form, wave) in nearest.iter().enumerate() {
        let Some(wave) = *wave else { continue };
        let better = match counts[wave] {
            None => true,
            Some(known) => (distance(form, wave), months[form]) < (distance(known, wave), months[known]),
        };
        if better {
            counts[wave] = Some(form);
        }
    }
    nearest
        .iter()
        .enumerate()
        .map(|(form, wave)| match wave {
            Some(wave) if counts[*wave].is_some_and(|counts| months[counts] == months[form]) => {
                Assigned::In(*wave as u16)
            }
            Some(_) => {
                Assigned::Beside("a form at a wave that has another one nearer in time; that one counts")
            }
            None if is_early(months[form], waves) => Assigned::Beside(
                "a form too early for its nearest wave; it belongs to no wave (the wave's `window` says how far it reaches)",
            ),
            None => Assigned::Beside(
                "a form too late for its nearest wave; it belongs to no wave (the wave's `window` says how far it reaches)",
            ),
        })
        .collect()
}

/// Why a form does not fit its wave, `days` after the respondent's start.
pub(super) fn astray(days: f64, wave: usize, waves: &[Wave]) -> Option<&'static str> {
    let month = days / DAYS_PER_MONTH;
    match nearest(month, waves) {
        Some(place) if place == wave => None,
        _ if month < waves[wave].month => Some("too early"),
        _ => Some("too late"),
    }
}

/// The wave in whose window a month lies; the nearest of those that have no window where there is none.
fn nearest(month: f64, waves: &[Wave]) -> Option<usize> {
    let fits = waves.iter().enumerate().filter(|(place, wave)| match wave.window {
        Some([from, to]) => (from..=to).contains(&month),
        None => reach(*place, waves).contains(&month),
    });
    let by_distance = |(_, wave): &(usize, &Wave)| (wave.month - month).abs();
    let closest = fits.min_by(|one, other| by_distance(one).total_cmp(&by_distance(other)))?;
    // The nearest wave of all may have a window that the form misses: then it is no form of another wave either, unless it
    // lies in that one's window.
    let of_all = waves.iter().map(|wave| (wave.month - month).abs()).fold(f64::INFINITY, f64::min);
    let windowed = closest.1.window.is_some();
    (windowed || by_distance(&closest) <= of_all).then_some(closest.0)
}

/// How far a wave without a window reaches: half-way to its neighbours, and outwards from the first and the last as far as on
/// their other side.
fn reach(place: usize, waves: &[Wave]) -> std::ops::RangeInclusive<f64> {
    let month = waves[place].month;
    let half = |other: Option<&Wave>| other.map(|other| (other.month - month).abs() / 2.0);
    let before = half(place.checked_sub(1).and_then(|before| waves.get(before)));
    let after = half(waves.get(place + 1));
    let to_before = before.or(after).unwrap_or(f64::INFINITY);
    let to_after = after.or(before).unwrap_or(f64::INFINITY);
    month - to_before..=month + to_after
}

fn is_early(month: f64, waves: &[Wave]) -> bool {
    let by_distance = |wave: &&Wave| (wave.month - month).abs();
    let nearest = waves.iter().min_by(|one, other| by_distance(one).total_cmp(&by_distance(other)));
    nearest.is_some_and(|wave| wave.month > month)
}

/// The places of the first or the last of rows by what stands in the column that orders them: several where they stand at the
/// same; `None` where that does not tell, being no order, or written in several ways.
pub(super) fn outermost(texts: &[&str], last: bool, format: &Format) -> Option<Vec<usize>> {
    let placed = texts.iter().map(|text| Placed::of(text, format)).collect::<Option<Vec<Placed>>>()?;
    let kind = std::mem::discriminant(placed.first()?);
    if placed.iter().any(|other| std::mem::discriminant(other) != kind) {
        return None;
    }
    let best = match last {
        true => placed.iter().max()?,
        false => placed.iter().min()?,
    };
    Some(placed.iter().enumerate().filter(|(_, other)| *other == best).map(|(place, _)| place).collect())
}

/// A value that rows are ordered by: a number, a moment, or its letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Placed {
    Number(i64, u64),
    Moment(NaiveDateTime),
    Text(String),
}

impl Placed {
    /// `None` where letters do not tell an order: an empty field, a day of another pattern.
    fn of(text: &str, format: &Format) -> Option<Placed> {
        let text = text.trim();
        if let Some(number) = plain_number(text, format) {
            if format.date.iter().any(|pattern| pattern == EXCEL_DAYS) {
                let start = NaiveDate::from_ymd_opt(1899, 12, 30)?.and_hms_opt(0, 0, 0)?;
                let since = TimeDelta::try_seconds((number * 86_400.0).round() as i64)?;
                return start.checked_add_signed(since).map(Placed::Moment);
            }
            // Ordered as numbers are: by the whole part, then by what is left of it, which is never negative.
            let left = number - number.floor();
            return Some(Placed::Number(number.floor() as i64, left.to_bits()));
        }
        let days = format.date.iter().map(String::as_str).chain(["%Y-%m-%d", "%d.%m.%Y"]);
        for pattern in days {
            for clock in ["", " %H:%M:%S", " %H:%M", "T%H:%M:%S"] {
                let pattern = format!("{pattern}{clock}");
                let moment = match clock {
                    "" => NaiveDate::parse_from_str(text, &pattern)
                        .ok()
                        .and_then(|day| day.and_hms_opt(0, 0, 0)),
                    _ => NaiveDateTime::parse_from_str(text, &pattern).ok(),
                };
                if let Some(moment) = moment {
                    let day = in_span(moment.date(), &pattern, format)?;
                    return Some(Placed::Moment(day.and_time(moment.time())));
                }
            }
        }
        // Letters order days that begin with the year; 12/31/2023 and 01/02/2024 they turn about.
        let year_first = text.len() > 4 && text.bytes().take(4).all(|byte| byte.is_ascii_digit());
        let ordered = !text.is_empty() && (year_first || !text.bytes().any(|byte| byte.is_ascii_digit()));
        ordered.then(|| Placed::Text(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Text;

    fn wave(id: &str, month: f64, window: Option<[f64; 2]>) -> Wave {
        Wave { id: id.to_owned(), label: Text::default(), month, number: month as i64, window }
    }

    #[test]
    fn forms_go_to_the_wave_whose_window_they_lie_in_and_one_counts() {
        let waves =
            [wave("t0", 0.0, None), wave("t6", 6.0, Some([5.0, 7.0])), wave("t12", 12.0, Some([11.0, 13.0]))];
        let days = |months: &[f64]| months.iter().map(|month| month * DAYS_PER_MONTH).collect::<Vec<_>>();
        let places = |months: &[f64]| -> Vec<i32> {
            let of = |assigned: &Assigned| match assigned {
                Assigned::In(wave) => i32::from(*wave),
                Assigned::Beside(_) => -1,
            };
            assign(&days(months), &waves).iter().map(of).collect()
        };
        assert_eq!(places(&[0.0, 6.2, 11.5]), [0, 1, 2]);
        // Two within one window: the nearer counts. One too late for the second wave, and too early for the third.
        assert_eq!(places(&[0.0, 5.2, 6.2, 8.0]), [0, -1, 1, -1]);
        assert_eq!(places(&[0.0, 2.0, 14.0]), [0, -1, -1]);
    }

    #[test]
    fn a_wave_without_a_window_reaches_half_way_to_the_next_and_as_far_outwards() {
        let waves = [wave("t0", 0.0, None), wave("t6", 6.0, None)];
        let place = |days: f64| match assign(&[days], &waves)[0] {
            Assigned::In(wave) => i32::from(wave),
            Assigned::Beside(_) => -1,
        };
        assert_eq!([-400.0, -14.0, 0.0, 180.0, 270.0, 1826.0].map(place), [-1, 0, 0, 1, 1, -1]);
        let only = [wave("t0", 0.0, None)];
        assert_eq!(assign(&[0.0, 400.0], &only)[0], Assigned::In(0));
        assert_eq!(astray(180.0, 1, &waves), None);
        assert_eq!(astray(-550.0, 1, &waves), Some("too early"));
        assert_eq!(astray(900.0, 1, &waves), Some("too late"));
    }

    #[test]
    fn forms_of_one_day_all_go_to_the_wave() {
        let waves = [wave("t0", 0.0, None), wave("t6", 6.0, None)];
        assert_eq!(assign(&[0.0, 0.0, 5.0], &waves)[..2], [Assigned::In(0), Assigned::In(0)]);
    }

    #[test]
    fn rows_are_ordered_by_number_moment_or_letters() {
        let format = Format { decimal: ',', ..Format::default() };
        let last =
            |texts: &[&str]| outermost(texts, true, &format).and_then(|places| places.first().copied());
        assert_eq!(last(&["9", "10"]), Some(1));
        assert_eq!(last(&["-2,25", "-2,5"]), Some(0));
        assert_eq!(last(&["2,5", "2,25"]), Some(0));
        // 1.250 would be either of two numbers; 1 250 is one.
        assert_eq!(last(&["1.250", "9"]), None);
        assert_eq!(last(&["9", "1 250"]), Some(1));
        assert_eq!(last(&["01.01.2024 07:00", "31.12.2023 08:00"]), Some(0));
        assert_eq!(last(&["a", "b"]), Some(1));
        assert_eq!(outermost(&["2", "1", "3"], false, &format), Some(vec![1]));
        assert_eq!(last(&["2024-05-01T10:00:00Z", "2024-04-01T10:00:00Z"]), Some(0));
    }

    #[test]
    fn what_does_not_tell_an_order_gives_none() {
        let format = Format::default();
        for texts in [
            ["2024-05-01", ""],
            ["45600", "2024-05-01"],
            ["12/31/2023", "01/02/2024"],
            ["version 9", "version 10"],
        ] {
            assert_eq!(outermost(&texts, true, &format), None, "{texts:?}");
        }
        assert_eq!(outermost(&["2024-05-01", "2024-05-01"], true, &format), Some(vec![0, 1]));
        let excel = Format { date: vec!["%Y-%m-%d".into(), "excel".into()], ..Format::default() };
        // 45600 is 2024-11-04.
        assert_eq!(outermost(&["45600", "2024-05-01"], true, &excel), Some(vec![0]));
    }
}
