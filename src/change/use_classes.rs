//! Classes of substance use: abstinent, improved, unchanged, deteriorated, from days of use before and after.
//!
//! | before | after | class |
//! |---|---|---|
//! | some use | none | abstinent |
//! | some use | fewer days by the threshold or more | improved |
//! | some use | more days by the threshold or more | deteriorated |
//! | some use | otherwise | unchanged |
//! | none | none | not using |
//! | none | some | started |
//!
//! The first four are shares of those who used before; who did not use before has nothing to improve on and is counted
//! apart. Assumes that both answers count days in a window of the same length, by the same instrument. Not for answers in
//! bands ("weekly"), nor where the window falls in prison or an institution. The thresholds are data: they differ between
//! substances and come from a file that cites its source, which the dictionary names; none is built in. The scheme is that of
//! the Treatment Outcomes Profile (Marsden et al. 2008, Addiction 103:1450–1460). Checked against R, person by person.

use thiserror::Error;

use super::counts::share;
use super::{Direction, Options, Pairs, Procedure, Scale, absent};
use crate::estimate::{Counted, RestsOn, Reveals, Role, Statistic, Statistics, Value};

const SOURCE: &str = "Marsden et al. 2008, Addiction 103:1450–1460; thresholds from the file that is named";

const fn count(name: &'static str, about: &'static str) -> Statistic {
    Statistic { name, reveals: Reveals::Count, rests_on: RestsOn::count(Role::Margin), about, source: SOURCE }
}

const fn share_of_users(name: &'static str, of: &'static Statistic, about: &'static str) -> Statistic {
    let rests_on = RestsOn::Share { of, beside: USERS };
    Statistic { name, reveals: Reveals::Share, rests_on, about, source: SOURCE }
}

const USERS: &[Counted] = &[Counted::Each(&USERS_BEFORE)];

pub static USERS_BEFORE: Statistic = count("users_before", "Persons with a day of use or more before.");
pub static USE_ABSTINENT: Statistic =
    count("use_abstinent", "Persons who used before and had no day of use after.");
pub static USE_IMPROVED: Statistic =
    count("use_improved", "Persons who used before and reduced by the threshold or more, not to none.");
pub static USE_UNCHANGED: Statistic =
    count("use_unchanged", "Persons who used before and changed by less than the thresholds.");
pub static USE_DETERIORATED: Statistic =
    count("use_deteriorated", "Persons who used before and increased by the threshold or more.");
pub static USE_NONE: Statistic = count("use_none", "Persons without a day of use in both waves.");
pub static USE_STARTED: Statistic =
    count("use_started", "Persons without a day of use before and with one or more after.");
pub static USE_ABSTINENT_SHARE: Statistic =
    share_of_users("use_abstinent_share", &USE_ABSTINENT, "Abstinent persons over users before, 0 to 1.");
pub static USE_IMPROVED_SHARE: Statistic =
    share_of_users("use_improved_share", &USE_IMPROVED, "Improved persons over users before, 0 to 1.");
pub static USE_UNCHANGED_SHARE: Statistic =
    share_of_users("use_unchanged_share", &USE_UNCHANGED, "Unchanged persons over users before, 0 to 1.");
pub static USE_DETERIORATED_SHARE: Statistic = share_of_users(
    "use_deteriorated_share",
    &USE_DETERIORATED,
    "Deteriorated persons over users before, 0 to 1.",
);

const STATISTICS: Statistics = &[
    &USERS_BEFORE,
    &USE_ABSTINENT,
    &USE_IMPROVED,
    &USE_UNCHANGED,
    &USE_DETERIORATED,
    &USE_NONE,
    &USE_STARTED,
    &USE_ABSTINENT_SHARE,
    &USE_IMPROVED_SHARE,
    &USE_UNCHANGED_SHARE,
    &USE_DETERIORATED_SHARE,
];

/// Given where [`Options::classes`] is.
pub static PROCEDURE: Procedure = Procedure {
    id: "use_classes",
    statistics: STATISTICS,
    applies: |scale| scale == Scale::Numeric,
    compute,
};

/// The thresholds of one substance, in days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UseThresholds {
    /// Length of the window that the answers count days in.
    window: f64,
    /// A reduction by as many days or more is an improvement.
    improved: f64,
    /// An increase by as many days or more is a deterioration.
    deteriorated: f64,
}

/// Why thresholds cannot be used.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum UseThresholdsError {
    #[error(
        "a threshold of {found} days in a window of {window}: it lies above 0 and at most at the window's length"
    )]
    Threshold { found: f64, window: f64 },
}

impl UseThresholds {
    /// # Errors
    /// Where a threshold is not above 0, or longer than the window.
    pub fn new(window: f64, improved: f64, deteriorated: f64) -> Result<UseThresholds, UseThresholdsError> {
        match [improved, deteriorated].into_iter().find(|days| !(*days > 0.0 && *days <= window)) {
            Some(found) => Err(UseThresholdsError::Threshold { found, window }),
            None => Ok(UseThresholds { window, improved, deteriorated }),
        }
    }
}

/// Persons by class of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UseClasses {
    pub abstinent: u64,
    pub improved: u64,
    pub unchanged: u64,
    pub deteriorated: u64,
    pub not_using: u64,
    pub started: u64,
}

/// Classes of persons whose answers are days within the thresholds' window; `None` where one is not.
pub fn classify(pairs: &Pairs, thresholds: &UseThresholds) -> Option<UseClasses> {
    let days = 0.0..=thresholds.window;
    let mut classes = UseClasses::default();
    for ((before, after), times) in pairs.before().iter().zip(pairs.after()).zip(pairs.frequency()) {
        if !(days.contains(before) && days.contains(after)) {
            return None;
        }
        let class = match (*before > 0.0, *after > 0.0) {
            (false, false) => &mut classes.not_using,
            (false, true) => &mut classes.started,
            (true, false) => &mut classes.abstinent,
            (true, true) if before - after >= thresholds.improved => &mut classes.improved,
            (true, true) if after - before >= thresholds.deteriorated => &mut classes.deteriorated,
            (true, true) => &mut classes.unchanged,
        };
        *class += times;
    }
    Some(classes)
}

fn compute(pairs: &Pairs, options: &Options) -> Vec<Value> {
    let Some(thresholds) = options.classes else {
        return Vec::new();
    };
    // Days of abstinence, or of work, are no days of use.
    if pairs.better() == Direction::Higher {
        return absent(STATISTICS, "not_use");
    }
    let Some(classes) = classify(pairs, &thresholds) else {
        return absent(STATISTICS, "outside_window");
    };
    let UseClasses { abstinent, improved, unchanged, deteriorated, not_using, started } = classes;
    let users = abstinent + improved + unchanged + deteriorated;
    let share = |statistic, count| match (pairs.n(), users) {
        (1.., 0) => Value::absent(statistic, crate::estimate::Condition::new("no_users", "")),
        _ => share(statistic, count, users),
    };
    vec![
        Value::new(&USERS_BEFORE, users as f64),
        Value::new(&USE_ABSTINENT, abstinent as f64),
        Value::new(&USE_IMPROVED, improved as f64),
        Value::new(&USE_UNCHANGED, unchanged as f64),
        Value::new(&USE_DETERIORATED, deteriorated as f64),
        Value::new(&USE_NONE, not_using as f64),
        Value::new(&USE_STARTED, started as f64),
        share(&USE_ABSTINENT_SHARE, abstinent),
        share(&USE_IMPROVED_SHARE, improved),
        share(&USE_UNCHANGED_SHARE, unchanged),
        share(&USE_DETERIORATED_SHARE, deteriorated),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_lies_in_the_window() {
        let short = UseThresholds::new(12.0, 13.0, 10.0);
        assert_eq!(short, Err(UseThresholdsError::Threshold { found: 13.0, window: 12.0 }));
        assert!(UseThresholds::new(28.0, 13.0, 0.0).is_err());
    }

    #[test]
    fn a_change_as_large_as_the_threshold_counts_and_days_outside_the_window_do_not() {
        let days = |before: &[f64], after: &[f64]| {
            let once = vec![1; before.len()];
            let pairs = Pairs::new(before, after, &once, Scale::Numeric, Direction::Lower, &[]).unwrap();
            classify(&pairs, &UseThresholds::new(28.0, 13.0, 10.0).unwrap())
        };
        let found = days(&[20.0, 20.0, 20.0, 5.0, 5.0, 0.0, 0.0], &[7.0, 8.0, 0.0, 15.0, 14.0, 0.0, 1.0]);
        let expected =
            UseClasses { abstinent: 1, improved: 1, unchanged: 2, deteriorated: 1, not_using: 1, started: 1 };
        assert_eq!(found, Some(expected));
        assert_eq!(days(&[29.0], &[1.0]), None);
        assert_eq!(days(&[2.0], &[-1.0]), None);
    }
}
