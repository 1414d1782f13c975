//! Reliable change: who changed by more than the instrument's measurement error alone would give.
//!
//! RC = (after − before)/(SD·√(2(1 − r))); beyond ±1.96 the change is reliable. Assumes an instrument whose error is the same for everybody, a
//! reliability `r` from a population like this one, and (with the SD of these people before) that they were not selected for extreme
//! scores. Not for single items without a published reliability. Not for judging a group: with many people a mean change is certain
//! long before one person's is, and of those who did not change, about 5 % are counted as changed. Source: Jacobson & Truax 1991, Journal of
//! Consulting and Clinical Psychology 59:12–19. Checked against R's arithmetic person by person.

use super::transitions::MARGINS;
use thiserror::Error;

use super::counts::share;
use super::moments::PairedMoments;
use super::signed_rank::ten_digits;
use super::{Direction, Options, Pairs, Procedure, Scale, absent};
use crate::estimate::{RestsOn, Reveals, Role, Statistic, Statistics, Value};

const SOURCE: &str = "Jacobson & Truax 1991, Journal of Consulting and Clinical Psychology 59:12–19";

pub static RELIABLE_THRESHOLD: Statistic = Statistic {
    name: "reliable_threshold",
    // Not a setting: with the SD of these persons it gives `sd_before` away to whoever knows r.
    reveals: Reveals::Moment,
    rests_on: MARGINS,
    about: "The change beyond which a person's change is reliable, in the item's unit: 1.96·SD·√(2(1 − r)).",
    source: SOURCE,
};
pub static RELIABLE_IMPROVED: Statistic = Statistic {
    name: "reliable_improved",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons who changed reliably in the direction that is declared better.",
    source: SOURCE,
};
pub static RELIABLE_UNCHANGED: Statistic = Statistic {
    name: "reliable_unchanged",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons without a reliable change.",
    source: SOURCE,
};
pub static RELIABLE_WORSE: Statistic = Statistic {
    name: "reliable_worse",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons who changed reliably against the direction that is declared better.",
    source: SOURCE,
};
pub static RELIABLE_IMPROVED_SHARE: Statistic = Statistic {
    name: "reliable_improved_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&RELIABLE_IMPROVED),
    about: "Reliably improved persons over pairs, 0 to 1.",
    source: SOURCE,
};
pub static RELIABLE_UNCHANGED_SHARE: Statistic = Statistic {
    name: "reliable_unchanged_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&RELIABLE_UNCHANGED),
    about: "Persons without a reliable change over pairs, 0 to 1.",
    source: SOURCE,
};
pub static RELIABLE_WORSE_SHARE: Statistic = Statistic {
    name: "reliable_worse_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&RELIABLE_WORSE),
    about: "Reliably worse persons over pairs, 0 to 1.",
    source: SOURCE,
};
pub static CASES_BEFORE: Statistic = Statistic {
    name: "cases_before",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons at or beyond the cut-off before, on its worse side: those who can recover.",
    source: SOURCE,
};
pub static RECOVERED: Statistic = Statistic {
    name: "recovered",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons who improved reliably and crossed the cut-off.",
    source: SOURCE,
};
pub static RECOVERED_SHARE: Statistic = Statistic {
    name: "recovered_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::share_of(&RECOVERED),
    about: "Recovered persons over pairs, 0 to 1.",
    source: SOURCE,
};

const CLASSES: Statistics = &[
    &RELIABLE_THRESHOLD,
    &RELIABLE_IMPROVED,
    &RELIABLE_UNCHANGED,
    &RELIABLE_WORSE,
    &RELIABLE_IMPROVED_SHARE,
    &RELIABLE_UNCHANGED_SHARE,
    &RELIABLE_WORSE_SHARE,
    &CASES_BEFORE,
    &RECOVERED,
    &RECOVERED_SHARE,
];
/// How many of the above exist without a cut-off.
const WITHOUT_CUT_OFF: usize = 7;

/// Given where [`Options::reliability`] is and a better direction is declared.
pub static PROCEDURE: Procedure = Procedure {
    id: "reliable_change",
    statistics: CLASSES,
    applies: |scale| scale != Scale::Binary,
    compute,
};

/// Jacobson and Truax's criterion: the two-sided 5 % point of a normal deviate, as they print it.
const CRITERION: f64 = 1.96;

/// The standard deviation that a change is measured by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spread {
    /// That of these persons before, on n − 1.
    Baseline,
    /// That of everyone before, of whom these persons are a group: the same change is then reliable in all groups, and no share
    /// of the whole lies outside those of its parts.
    Everyone(f64),
    /// One from the instrument's norms, in the item's unit.
    Declared(f64),
}

/// What is known of an instrument's reliability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reliability {
    r: f64,
    sd: Spread,
    cut_off: Option<f64>,
}

/// Why a reliability cannot be used.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ReliabilityError {
    #[error("a reliability of {0}: it lies between 0 and 1, and is below 1 for any instrument with error")]
    Coefficient(f64),
    #[error("a standard deviation of {0}: it is a number above 0")]
    Deviation(f64),
    #[error("a cut-off of {0}: it is a finite number in the item's unit")]
    CutOff(f64),
}

impl Reliability {
    /// `r` is a test–retest or internal-consistency coefficient in [0, 1). The cut-off belongs to the worse side: a person
    /// at it is a case still.
    ///
    /// # Errors
    /// On a coefficient outside [0, 1), and a deviation or cut-off that is no such number.
    pub fn new(r: f64, sd: Spread, cut_off: Option<f64>) -> Result<Reliability, ReliabilityError> {
        if !(0.0..1.0).contains(&r) {
            return Err(ReliabilityError::Coefficient(r));
        }
        match (sd, cut_off) {
            (Spread::Declared(sd) | Spread::Everyone(sd), _) if !(sd.is_finite() && sd > 0.0) => {
                Err(ReliabilityError::Deviation(sd))
            }
            (_, Some(cut_off)) if !cut_off.is_finite() => Err(ReliabilityError::CutOff(cut_off)),
            _ => Ok(Reliability { r, sd, cut_off }),
        }
    }

    /// The same for a group of `everyone`: without a declared standard deviation, that of everyone before.
    pub fn in_group_of(self, everyone: &Pairs) -> Reliability {
        match self.sd {
            Spread::Baseline if everyone.n() > 1 => {
                Reliability { sd: Spread::Everyone(PairedMoments::of(everyone).before.sd), ..self }
            }
            _ => self,
        }
    }
}

/// Persons by reliable change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReliableClasses {
    pub improved: u64,
    pub unchanged: u64,
    pub worse: u64,
    /// On the worse side of the cut-off before; 0 without a cut-off.
    pub cases: u64,
    /// Improved, and crossed the cut-off; 0 without one.
    pub recovered: u64,
}

/// Counts persons whose change exceeds `threshold`, both in the item's unit. `higher` says which direction is better.
pub fn classify(pairs: &Pairs, threshold: f64, cut_off: Option<f64>, higher: bool) -> ReliableClasses {
    let mut classes = ReliableClasses::default();
    let threshold = ten_digits(threshold);
    let gain = |from: f64, to: f64| if higher { to - from } else { from - to };
    for ((&before, &after), &times) in pairs.before().iter().zip(pairs.after()).zip(pairs.frequency()) {
        let improvement = gain(before, after);
        // Ten digits: 0.3 − 0.1 does not exceed 0.2.
        let reliable = ten_digits(improvement.abs()) > threshold;
        let class = match (reliable, improvement > 0.0) {
            (false, _) => &mut classes.unchanged,
            (true, true) => &mut classes.improved,
            (true, false) => &mut classes.worse,
        };
        *class += times;
        if let Some(cut_off) = cut_off {
            let case = gain(cut_off, before) <= 0.0;
            let healthy = gain(cut_off, after) > 0.0;
            classes.cases += if case { times } else { 0 };
            classes.recovered += if reliable && case && healthy { times } else { 0 };
        }
    }
    classes
}

fn compute(pairs: &Pairs, options: &Options) -> Vec<Value> {
    let Some(Reliability { r, sd, cut_off }) = options.reliability else {
        return Vec::new();
    };
    let higher = match pairs.better() {
        Direction::Higher => true,
        Direction::Lower => false,
        Direction::None => return Vec::new(),
    };
    let given = if cut_off.is_some() { CLASSES } else { &CLASSES[..WITHOUT_CUT_OFF] };
    let (sd, method) = match sd {
        Spread::Declared(sd) => (sd, "declared SD"),
        Spread::Everyone(sd) => (sd, "SD before, everyone"),
        Spread::Baseline => match pairs.n() {
            0 => return absent(given, "no_pairs"),
            1 => return absent(given, "too_few"),
            _ => (PairedMoments::of(pairs).before.sd, "SD before"),
        },
    };
    if sd == 0.0 {
        return absent(given, "no_variation");
    }
    let threshold = CRITERION * sd * (2.0 * (1.0 - r)).sqrt();
    let classes = classify(pairs, threshold, cut_off, higher);
    let n = pairs.n();
    let mut values = vec![
        Value::new(&RELIABLE_THRESHOLD, threshold),
        Value::new(&RELIABLE_IMPROVED, classes.improved as f64),
        Value::new(&RELIABLE_UNCHANGED, classes.unchanged as f64),
        Value::new(&RELIABLE_WORSE, classes.worse as f64),
        share(&RELIABLE_IMPROVED_SHARE, classes.improved, n),
        share(&RELIABLE_UNCHANGED_SHARE, classes.unchanged, n),
        share(&RELIABLE_WORSE_SHARE, classes.worse, n),
    ];
    if cut_off.is_some() {
        values.push(Value::new(&CASES_BEFORE, classes.cases as f64));
        values.push(Value::new(&RECOVERED, classes.recovered as f64));
        values.push(share(&RECOVERED_SHARE, classes.recovered, n));
    }
    values.into_iter().map(|value| value.method(method)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reliability_that_cannot_be_is_refused() {
        for r in [1.0, -0.1, f64::NAN] {
            assert!(matches!(
                Reliability::new(r, Spread::Baseline, None),
                Err(ReliabilityError::Coefficient(_))
            ));
        }
        assert_eq!(Reliability::new(0.8, Spread::Declared(0.0), None), Err(ReliabilityError::Deviation(0.0)));
        assert!(Reliability::new(0.8, Spread::Baseline, Some(f64::INFINITY)).is_err());
    }

    #[test]
    fn who_stands_at_the_cut_off_is_a_case_and_a_change_as_large_as_the_threshold_is_none() {
        let pairs = Pairs::new(
            &[10.0, 10.0, 9.0, 0.3],
            &[9.0, 10.0, 5.0, 0.1],
            &[1, 2, 4, 8],
            Scale::Numeric,
            Direction::Lower,
            &[],
        )
        .unwrap();
        let classes = classify(&pairs, 0.2, Some(10.0), false);
        assert_eq!(classes, ReliableClasses { improved: 5, unchanged: 10, worse: 0, cases: 3, recovered: 1 });
    }
}
