//! Goals and classes of use: hidden counts are not given away by what adds up around them.

use proptest::prelude::*;
use utfall::change::attainment::{Goals, of_goal, t_scores};
use utfall::change::{Direction, Options, Pairs, Scale, UseThresholds, analyse};
use utfall::disclosure::{Cleared, Policy, Shown, clear};
use utfall::estimate::{Estimate, Kind, Reveals, Value};
use utfall::statistic::GOAL_LEVEL;

use super::attacker::{COUNT, VALID};
use super::knowledge::{attack_sums, is_wide};
use super::subject;

/// A published count by its analysis, statistic and term, and the finest counts that it sums.
type Published = ((&'static str, &'static str, String), Vec<usize>);

/// The feasible interval of every hidden count of a release, where each published count sums some of `finest` counts.
fn attack(finest: usize, published: &[Published], cleared: &[Cleared]) -> Vec<(String, f64, f64)> {
    attack_sums(finest, cleared, |one| {
        let at = (one.analysis(), one.statistic().name, one.term().as_str());
        let found = published
            .iter()
            .find(|((analysis, statistic, term), _)| (*analysis, *statistic, term.as_str()) == at);
        found.map(|(_, sums)| sums.clone())
    })
}

fn small_counts_are_hidden(raw: &[Estimate], cleared: &[Cleared]) -> Result<(), TestCaseError> {
    for (raw, cleared) in raw.iter().zip(cleared) {
        if raw.statistic.reveals == Reveals::Count && (1.0..5.0).contains(&raw.value.unwrap_or_default()) {
            prop_assert_eq!(cleared.shown(), Shown::Suppressed, "{}", raw.id());
        }
    }
    Ok(())
}

/// What the codes 1 to 4 are read as.
const READ: [i8; 4] = [0, -1, -2, -2];

/// One goal by the codes of its rating, with a description of the same ratings.
fn goal(counts: &[u64; 4]) -> (Vec<Estimate>, Vec<Published>) {
    let goals = Goals::new(&["g"], &READ.map(Some), &[1.0; 4], counts).unwrap();
    let mut values = of_goal(&goals, 0);
    values.extend(
        (1..)
            .zip(READ)
            .map(|(code, level): (i32, i8)| Value::new(&GOAL_LEVEL, level.into()).term(code.to_string())),
    );
    let mut estimates = subject("goals.g", Kind::Goals, "", "g@w2").estimates(values);
    estimates.extend(subject("goals.g", Kind::Goals, "", "").estimates(t_scores(&goals, 0.3, 0.95).unwrap()));
    let all: Vec<usize> = (0..4).collect();
    let count = |statistic, sums: &[usize]| {
        Value::new(statistic, sums.iter().map(|code| counts[*code]).sum::<u64>() as f64)
    };
    let mut described = vec![count(&VALID, &all)];
    let mut published: Vec<Published> = vec![(("describe.g", "valid", String::new()), all.clone())];
    for code in 0..4 {
        let term = (code + 1).to_string();
        described.push(count(&COUNT, &[code]).term(term.clone()));
        published.push((("describe.g", "count", term), vec![code]));
    }
    estimates.extend(subject("describe.g", Kind::Describe, "", "g@w2").estimates(described));
    for (statistic, least) in [("with_goal", -2), ("attained", 0)] {
        let sums = all.iter().copied().filter(|code| READ[*code] >= least).collect();
        published.push((("goals.g", statistic, String::new()), sums));
    }
    published.push((("goals.g", "with_any_goal", String::new()), all.clone()));
    for level in -2..=2 {
        let sums = all.iter().copied().filter(|code| READ[*code] == level).collect();
        published.push((("goals.g", "attainment", level.to_string()), sums));
    }
    (estimates, published)
}

/// Days before and after: a pair for each class, and for each way of changing by less than the thresholds.
const DAYS: [(f64, f64); 9] = [
    (9.0, 0.0),
    (20.0, 4.0),
    (20.0, 18.0),
    (20.0, 20.0),
    (20.0, 21.0),
    (5.0, 25.0),
    (0.0, 0.0),
    (0.0, 2.0),
    (0.0, 27.0),
];

fn use_classes(counts: &[u64; 9]) -> (Vec<Estimate>, Vec<Published>) {
    let [before, after] = [DAYS.map(|(before, _)| before), DAYS.map(|(_, after)| after)];
    let pairs = Pairs::new(&before, &after, counts, Scale::Numeric, Direction::Lower, &[]).unwrap();
    let classes = UseThresholds::new(28.0, 6.0, 4.0).unwrap();
    let values = analyse(&pairs, &Options { classes: Some(classes), ..Options::default() });
    let estimates = subject("change.d", Kind::Change, "", "d@w1>w2").estimates(values);
    let sums: [(&str, &[usize]); 13] = [
        ("n_pairs", &[0, 1, 2, 3, 4, 5, 6, 7, 8]),
        ("users_before", &[0, 1, 2, 3, 4, 5]),
        ("use_abstinent", &[0]),
        ("use_improved", &[1]),
        ("use_unchanged", &[2, 3, 4]),
        ("use_deteriorated", &[5]),
        ("use_none", &[6]),
        ("use_started", &[7, 8]),
        ("decreased", &[0, 1, 2]),
        ("improved", &[0, 1, 2]),
        ("unchanged", &[3, 6]),
        ("increased", &[4, 5, 7, 8]),
        ("worse", &[4, 5, 7, 8]),
    ];
    let published =
        sums.into_iter().map(|(name, sums)| (("change.d", name, String::new()), sums.to_vec())).collect();
    (estimates, published)
}

fn count() -> impl Strategy<Value = u64> {
    prop_oneof![2 => Just(0u64), 3 => 1u64..5, 4 => 5u64..30, 1 => 30u64..200]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, ..ProptestConfig::default() })]

    #[test]
    fn a_hidden_level_of_a_goal_is_not_given_away(counts in prop::array::uniform4(count())) {
        let (estimates, published) = goal(&counts);
        let release = clear(&estimates, Policy::Min5);
        prop_assert_eq!(release.audit.exposed, 0);
        small_counts_are_hidden(&estimates, &release.cleared)?;
        for (hidden, low, high) in attack(4, &published, &release.cleared) {
            prop_assert!(is_wide(low, high), "{} lies in {}..{}", hidden, low, high);
        }
        // With one goal the mean score is a mean of the levels.
        let hidden = |one: &&Cleared| one.kind() == Kind::Goals && one.shown() == Shown::Suppressed;
        let count_hidden = release.cleared.iter().filter(hidden).any(|one| one.statistic().reveals == Reveals::Count);
        for one in release.cleared.iter().filter(|one| count_hidden && one.statistic().name.starts_with("goal_t")) {
            prop_assert_eq!(one.shown(), Shown::Suppressed, "{}", one.id());
        }
    }

    #[test]
    fn a_hidden_class_of_use_is_not_given_away(counts in prop::array::uniform9(count())) {
        let (estimates, published) = use_classes(&counts);
        let release = clear(&estimates, Policy::Min5);
        prop_assert_eq!(release.audit.exposed, 0);
        small_counts_are_hidden(&estimates, &release.cleared)?;
        for (hidden, low, high) in attack(9, &published, &release.cleared) {
            prop_assert!(is_wide(low, high), "{} lies in {}..{}", hidden, low, high);
        }
        let shown = |statistic: &str| {
            release.cleared.iter().find(|one| one.statistic().name == statistic).map(Cleared::shown)
        };
        for class in ["abstinent", "improved", "unchanged", "deteriorated"] {
            let hidden = [format!("use_{class}"), "users_before".to_owned()]
                .iter()
                .any(|count| shown(count) == Some(Shown::Suppressed));
            let share = shown(&format!("use_{class}_share"));
            prop_assert!(!hidden || share == Some(Shown::Suppressed), "{class}");
        }
    }
}
