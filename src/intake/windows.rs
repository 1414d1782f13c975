//! Waves told by time: each form of a respondent goes to the wave whose window it lies in, counted from the respondent's
//! own first form.

use chrono::{NaiveDate, NaiveDateTime};

use crate::plan::{Format, Wave};

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
/// nearest in time counts, the earlier one where two are as near.
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
            Some(wave) if counts[*wave] == Some(form) => Assigned::In(*wave as u16),
            Some(_) => Assigned::Beside("a form at a wave that has another one nearer in time; that one counts"),
            None if before_all(months[form], waves) => {
                Assigned::Beside("a form before the window of its nearest wave; it belongs to no wave")
            }
            None => Assigned::Beside("a form after the window of its nearest wave; it belongs to no wave"),
        })
        .collect()
}

/// The wave in whose window a month lies; the nearest of those that have no window where there is none.
fn nearest(month: f64, waves: &[Wave]) -> Option<usize> {
    let inside = |wave: &Wave| match wave.window {
        Some([from, to]) => (from..=to).contains(&month),
        None => true,
    };
    let fits = waves.iter().enumerate().filter(|(_, wave)| inside(wave));
    let by_distance = |(_, wave): &(usize, &Wave)| (wave.month - month).abs();
    let closest = fits.min_by(|one, other| by_distance(one).total_cmp(&by_distance(other)))?;
    // The nearest wave of all may have a window that the form misses: then it is no form of another wave either, unless it
    // lies in that one's window.
    let of_all = waves.iter().map(|wave| (wave.month - month).abs()).fold(f64::INFINITY, f64::min);
    let windowed = closest.1.window.is_some();
    (windowed || by_distance(&closest) <= of_all).then_some(closest.0)
}

fn before_all(month: f64, waves: &[Wave]) -> bool {
    let by_distance = |wave: &&Wave| (wave.month - month).abs();
    let nearest = waves.iter().min_by(|one, other| by_distance(one).total_cmp(&by_distance(other)));
    nearest.is_some_and(|wave| wave.month > month)
}

/// A value that rows are ordered by: a number, a moment, or its letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Placed {
    Number(i64, u64),
    Moment(NaiveDateTime),
    Text(String),
}

impl Placed {
    pub(super) fn of(text: &str, format: &Format) -> Placed {
        let text = text.trim();
        if let Ok(number) = text.replace(format.decimal, ".").parse::<f64>()
            && number.is_finite()
        {
            // Ordered as numbers are: by the whole part, then by what is left of it, which is never negative.
            let left = number - number.floor();
            return Placed::Number(number.floor() as i64, left.to_bits());
        }
        let days = format.date.iter().map(String::as_str).chain(["%Y-%m-%d", "%d.%m.%Y"]);
        for pattern in days {
            for clock in ["", " %H:%M:%S", " %H:%M", "T%H:%M:%S"] {
                let pattern = format!("{pattern}{clock}");
                let moment = match clock {
                    "" => NaiveDate::parse_from_str(text, &pattern).ok().and_then(|day| day.and_hms_opt(0, 0, 0)),
                    _ => NaiveDateTime::parse_from_str(text, &pattern).ok(),
                };
                if let Some(moment) = moment {
                    return Placed::Moment(moment);
                }
            }
        }
        Placed::Text(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Text;

    fn wave(id: &str, month: f64, window: Option<[f64; 2]>) -> Wave {
        Wave { id: id.to_owned(), label: Text::default(), month, window }
    }

    #[test]
    fn forms_go_to_the_wave_whose_window_they_lie_in_and_one_counts() {
        let waves = [wave("t0", 0.0, None), wave("t6", 6.0, Some([5.0, 7.0])), wave("t12", 12.0, Some([11.0, 13.0]))];
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
    fn rows_are_ordered_by_number_moment_or_letters() {
        let format = Format { decimal: ',', ..Format::default() };
        let of = |text: &str| Placed::of(text, &format);
        assert!(of("9") < of("10") && of("-2,5") < of("-2,25") && of("2,25") < of("2,5"));
        assert!(of("31.12.2023 08:00") < of("01.01.2024 07:00"));
        assert!(of("a") < of("b"));
    }
}
