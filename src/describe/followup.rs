//! Follow-up: who was eligible, seen, seen in time, lost, dead or elsewhere at each wave, and the patterns of waves.

use super::{Standing, standings};
use crate::cohort::{in_window_column, seen_column};
use crate::estimate::{
    Condition, Counted, Group, Kind, RestsOn, Reveals, Role, Small, Statistic, Statistics, Subject, Value,
};
use crate::plan::{Cohort, Wave};
use crate::tally::Patterns;

const SOURCE: &str = "definition; terms as in GPRA's six-month follow-up: eligible, due, done";

pub static MEMBERS: Statistic = Statistic {
    name: "members",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Total),
    about: "Respondents of the cohort: those with an assessment at its first wave.",
    source: SOURCE,
};
pub static ELIGIBLE: Statistic = Statistic {
    name: "eligible",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Total),
    about: "Members still to be followed up at the wave: all but those in a state that ends follow-up, such as death.",
    source: SOURCE,
};
pub static SEEN: Statistic = Statistic {
    name: "seen",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Side),
    about: "Eligible members with an assessment at the wave that is not a report of being elsewhere.",
    source: SOURCE,
};
pub static SEEN_IN_WINDOW: Statistic = Statistic {
    name: "seen_in_window",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Members seen at the wave within the declared window of months since the first measurement.",
    source: SOURCE,
};
pub static SEEN_LATE: Statistic = Statistic {
    name: "seen_late",
    reveals: Reveals::Count,
    rests_on: RestsOn::Count { role: Role::Margin, small: Small::OfForms },
    about: "Members seen at the wave after the declared window had closed; who was seen and is in neither was seen early, or at an unknown time.",
    source: SOURCE,
};
pub static STATE: Statistic = Statistic {
    name: "state",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Members in a declared state (dead, in prison, in an institution …) at the wave.",
    source: SOURCE,
};
pub static LOST: Statistic = Statistic {
    name: "lost",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Eligible members who were neither seen nor known to be elsewhere at the wave.",
    source: SOURCE,
};
pub static SEEN_OTHERWISE: Statistic = Statistic {
    name: "seen_otherwise",
    reveals: Reveals::Count,
    rests_on: RestsOn::Only(&[
        Counted::Each(&SEEN),
        Counted::Each(&SEEN_IN_WINDOW),
        Counted::Each(&SEEN_LATE),
    ]),
    about: "Members seen at the wave before the declared window opened or at an unknown time.",
    source: SOURCE,
};
pub static SEEN_SHARE: Statistic = Statistic {
    name: "seen_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::Only(&[Counted::Each(&SEEN), Counted::OfAnalysis(&MEMBERS)]),
    about: "Members seen at the wave over all members, 0 to 1.",
    source: SOURCE,
};
pub static STATE_SHARE: Statistic = Statistic {
    name: "state_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::Only(&[Counted::Same(&STATE), Counted::OfAnalysis(&MEMBERS)]),
    about: "Members in a declared state at the wave over all members, 0 to 1.",
    source: SOURCE,
};
pub static LOST_SHARE: Statistic = Statistic {
    name: "lost_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::Only(&[Counted::Each(&LOST), Counted::OfAnalysis(&MEMBERS)]),
    about: "Members lost at the wave over all members, 0 to 1.",
    source: SOURCE,
};
pub static PATTERN_SHARE: Statistic = Statistic {
    name: "pattern_share",
    reveals: Reveals::Share,
    rests_on: RestsOn::Only(&[Counted::Same(&PATTERN), Counted::Each(&MEMBERS)]),
    about: "Members with this pattern of forms over all members, 0 to 1; without a term, of all patterns together.",
    source: SOURCE,
};
pub static FOLLOWUP_RATE: Statistic = Statistic {
    name: "followup_rate",
    reveals: Reveals::Share,
    rests_on: RestsOn::Only(&[Counted::Each(&SEEN), Counted::Each(&ELIGIBLE)]),
    about: "Members seen at the wave over those eligible.",
    source: SOURCE,
};
pub static PATTERN: Statistic = Statistic {
    name: "pattern",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Interior),
    about: "Members with this pattern of forms: one digit a wave, 1 where there is a form, also one that tells of a state.",
    source: SOURCE,
};

pub const STATISTICS: Statistics = &[
    &MEMBERS,
    &ELIGIBLE,
    &SEEN,
    &SEEN_IN_WINDOW,
    &SEEN_LATE,
    &SEEN_OTHERWISE,
    &STATE,
    &LOST,
    &FOLLOWUP_RATE,
    &SEEN_SHARE,
    &STATE_SHARE,
    &LOST_SHARE,
    &PATTERN,
    &PATTERN_SHARE,
];

/// Counts a cohort's follow-up; `patterns` are over [`status_columns`](crate::cohort::status_columns).
///
/// At each wave every member is exactly one of: seen, in a state without answers, lost. A member is in the first
/// declared state of the wave whose condition holds; a state with `seen = true` needs an assessment and is counted
/// among the seen as well.
pub fn followup(
    analysis: &str,
    cohort: &Cohort,
    waves: &[Wave],
    patterns: &Patterns,
) -> Vec<crate::estimate::Estimate> {
    let flag = |name: &str, row: usize| patterns.numbers(name).is_some_and(|numbers| numbers[row] == 1.0);
    let subject = |variable: &str| Subject {
        analysis: analysis.to_owned(),
        kind: Kind::Followup,
        group: Group::default(),
        variable: variable.into(),
    };
    let members = patterns.total();
    let of_members = |statistic, count: u64| {
        let share = match members {
            0 => Value::absent(statistic, Condition::new("no_members", "")),
            _ => Value::new(statistic, count as f64 / members as f64),
        };
        share.n(members)
    };
    let mut estimates = subject("").estimates(vec![Value::new(&MEMBERS, members as f64).n(members)]);
    for wave in &cohort.waves {
        let standings = standings(cohort, wave, patterns);
        let total = |counts: &dyn Fn(usize, Standing<'_>) -> bool| -> u64 {
            let rows = standings.iter().zip(&patterns.frequency).enumerate();
            rows.filter(|(row, (standing, _))| counts(*row, **standing)).map(|(_, (_, times))| times).sum()
        };
        let eligible = total(&|_, standing| standing.eligible);
        let seen = total(&|_, standing| standing.seen);
        let in_window = total(&|row, standing| standing.seen && flag(&in_window_column(wave), row));
        let timing = |row: usize| patterns.numbers(&in_window_column(wave)).map(|timing| timing[row]);
        let late = total(&|row, standing| standing.seen && timing(row) == Some(2.0));
        let lost = total(&|_, standing| standing.lost());
        let mut values = vec![
            Value::new(&ELIGIBLE, eligible as f64).n(members),
            Value::new(&SEEN, seen as f64).n(eligible),
        ];
        // Without a window, or without the days since the first measurement, nobody can be in time or late.
        let window = waves.iter().any(|known| known.id == *wave && known.window.is_some());
        if window && cohort.elapsed.is_some() {
            values.push(Value::new(&SEEN_IN_WINDOW, in_window as f64).n(seen));
            values.push(Value::new(&SEEN_LATE, late as f64).n(seen));
            values.push(Value::new(&SEEN_OTHERWISE, (seen - in_window - late) as f64).n(seen));
        }
        for state in cohort.states.iter().filter(|state| state.wave == *wave) {
            let count = total(&|_, standing| standing.state == Some(state));
            values.push(Value::new(&STATE, count as f64).term(state.id.as_str()).n(members));
            values.push(of_members(&STATE_SHARE, count).term(state.id.as_str()));
        }
        values.push(Value::new(&LOST, lost as f64).n(eligible));
        values.extend([of_members(&SEEN_SHARE, seen), of_members(&LOST_SHARE, lost)]);
        if eligible > 0 {
            values.push(Value::new(&FOLLOWUP_RATE, seen as f64 / eligible as f64).n(eligible));
        }
        estimates.extend(subject(wave).estimates(values));
    }
    let mut by_pattern = std::collections::BTreeMap::<String, u64>::new();
    for row in 0..patterns.len() {
        let digits = cohort.waves.iter().map(|wave| if flag(&seen_column(wave), row) { '1' } else { '0' });
        *by_pattern.entry(digits.collect()).or_default() += patterns.frequency[row];
    }
    let of_pattern = |(pattern, count): (String, u64)| {
        let shown = Value::new(&PATTERN, count as f64).term(pattern.as_str()).n(members);
        [shown, of_members(&PATTERN_SHARE, count).term(pattern)]
    };
    let values = by_pattern.into_iter().rev().flat_map(of_pattern);
    estimates.extend(subject("").estimates(values.chain([of_members(&PATTERN_SHARE, members)]).collect()));
    estimates
}
