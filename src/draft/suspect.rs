//! Numbers that may stand for a missing answer, and ranges.

use super::profile::SUSPECTS;

/// Of the numbers that people use for a missing answer, those that do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judged {
    pub missing: Vec<i64>,
    /// Taken for answers, though they may stand for missing ones.
    pub doubtful: Vec<i64>,
    /// The ends of the answers.
    pub least: f64,
    pub greatest: f64,
}

pub fn is_suspect(number: i64) -> bool {
    SUSPECTS.contains(&number)
}

/// Whether a number lies so far outside the others that it is none of them.
pub fn far(number: i64, least: i64, greatest: i64) -> bool {
    is_suspect(number) && judge(least as f64, greatest as f64, &[number]).missing == [number]
}

/// Judges numbers that were found beside others from `least` to `greatest` (infinite where there are none).
pub fn judge(least: f64, greatest: f64, suspects: &[i64]) -> Judged {
    let mut judged = Judged { least, greatest, ..Judged::default() };
    if least > greatest {
        // Nothing else: they are the answers.
        judged.least = suspects.iter().map(|number| *number as f64).fold(f64::INFINITY, f64::min);
        judged.greatest = suspects.iter().map(|number| *number as f64).fold(f64::NEG_INFINITY, f64::max);
        return judged;
    }
    let mut above: Vec<i64> = suspects.iter().copied().filter(|number| *number as f64 > greatest).collect();
    above.sort_unstable();
    for number in above {
        let value = number as f64;
        if value - judged.greatest >= 3.0 && value >= 1.8 * judged.greatest && judged.greatest >= 0.0 {
            judged.missing.push(number);
        } else {
            // What follows on the others is one of them, but a gap before it is worth a word.
            if value - judged.greatest >= 3.0 && number > 9 {
                judged.doubtful.push(number);
            }
            judged.greatest = value;
        }
    }
    let below: Vec<i64> = suspects.iter().copied().filter(|number| (*number as f64) < least).collect();
    // −2, −1, 0, 1, 2 is a scale of change.
    let run = (1..=5_i64).take_while(|step| below.contains(&-step)).count() as i64;
    let scale =
        least == 0.0 && run >= 2 && (run as f64) <= greatest && below.iter().all(|number| *number >= -run);
    for number in below {
        if least >= 0.0 && !scale {
            judged.missing.push(number);
        } else {
            judged.least = judged.least.min(number as f64);
        }
    }
    judged.missing.sort_unstable();
    judged
}

/// Whether numbers may be the steps of an answer scale: three to eleven, from 0 to 10, hardly a step absent.
pub fn is_scale(found: &[i64]) -> bool {
    let (Some(least), Some(greatest)) = (found.first(), found.last()) else { return false };
    let width = greatest - least + 1;
    (0..=10).contains(least)
        && *greatest <= 10
        && (3..=11).contains(&width)
        && 4 * found.len() as i64 >= 3 * width
}

/// The ends rounded outward to half a power of ten; below zero only where something is. `None` where there is no number.
pub fn rounded(least: f64, greatest: f64, whole: bool) -> Option<[f64; 2]> {
    if !(least.is_finite() && greatest.is_finite()) {
        return None;
    }
    let width = (greatest - least).max(if whole { 1.0 } else { greatest.abs().max(1e-9) / 10.0 });
    let mut step = 10f64.powf(width.log10().floor()) / 2.0;
    if whole {
        step = step.max(1.0).round();
    }
    // Of a step below one, by dividing by its inverse, so that 0.3 stays 0.3.
    let inverse = (1.0 / step).round();
    let to = |end: f64, round: fn(f64) -> f64| match step < 1.0 {
        true => round(end * inverse) / inverse,
        false => round(end / step) * step,
    };
    let (from, until) = (to(least, f64::floor), to(greatest, f64::ceil));
    let from = if least >= 0.0 { from.max(0.0) } else { from };
    Some([from.min(least), until.max(greatest)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(least: f64, greatest: f64, suspects: &[i64]) -> (Vec<i64>, Vec<i64>) {
        let judged = judge(least, greatest, suspects);
        (judged.missing, judged.doubtful)
    }

    #[test]
    fn codes_far_outside_are_missing() {
        assert_eq!(missing(1.0, 4.0, &[9]), (vec![9], vec![]));
        assert_eq!(missing(1.0, 6.0, &[7]), (vec![], vec![]));
        assert_eq!(missing(1.0, 6.0, &[7, 8, 9]), (vec![], vec![]), "they follow on");
        assert_eq!(missing(0.0, 28.0, &[98, 99]), (vec![98, 99], vec![]));
        assert_eq!(missing(17.0, 83.0, &[99]), (vec![], vec![99]), "an age");
        assert_eq!(missing(0.0, 10.0, &[-9, -1]), (vec![-9, -1], vec![]));
        assert_eq!(missing(0.0, 2.0, &[-1, -2]), (vec![], vec![]), "a scale of change");
        assert_eq!(missing(-7.5, 12.0, &[-9]), (vec![], vec![]), "other values are below zero");
        assert_eq!(missing(f64::INFINITY, f64::NEG_INFINITY, &[7, 8, 9]), (vec![], vec![]));
    }

    #[test]
    fn ranges_hold_what_was_found() {
        assert_eq!(rounded(17.0, 83.0, true), Some([15.0, 85.0]));
        assert_eq!(rounded(0.0, 3.0, true), Some([0.0, 3.0]));
        assert_eq!(rounded(0.12, 0.61, false), Some([0.1, 0.65]));
        assert_eq!(rounded(120.0, 120.0, true), Some([120.0, 120.0]));
        assert_eq!(rounded(f64::INFINITY, f64::NEG_INFINITY, true), None);
        assert!(is_scale(&[0, 1, 2, 3]));
        assert!(!is_scale(&[0, 1]));
        assert!(!is_scale(&[1, 5, 9]));
    }
}
