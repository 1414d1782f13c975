//! Attrition: who was lost, by level, stays hidden beside what the follow-up and descriptions of the same members say.

use proptest::prelude::*;
use utfall::disclosure::{Cleared, Policy, Shown, clear};
use utfall::estimate::{Condition, Estimate, Kind, Reveals, Statistic, Value};

use utfall::statistic::{ATTRITION_ELIGIBLE, ATTRITION_LOST};

use super::attacker::*;
use super::knowledge::is_wide;
use super::subject;

/// Everyone by sex and standing (followed, lost, dead); with the follow-up and a description of all.
fn attrition_estimates(counts: &[[u64; 3]; 3]) -> Vec<Estimate> {
    let total = |standing: usize| counts.iter().map(|level| level[standing]).sum::<u64>();
    let [followed, lost, dead] = [0, 1, 2].map(total);
    let members = followed + lost + dead;
    let at =
        |variable: &str, values| subject("attrition.w2", Kind::Attrition, "", variable).estimates(values);
    let mut estimates =
        subject("followup.all", Kind::Followup, "", "").estimates(vec![count(&MEMBERS, members)]);
    let wave = vec![
        count(&ATTRITION_ELIGIBLE, followed + lost),
        count(&SEEN, followed),
        count(&ATTRITION_LOST, lost),
        count(&STATE, dead).term("dead"),
    ];
    estimates.extend(subject("followup.all", Kind::Followup, "", "w2").estimates(wave));
    estimates.extend(at(
        "w2",
        vec![
            count(&ATTRITION_ELIGIBLE, followed + lost),
            count(&FOLLOWED, followed),
            count(&ATTRITION_LOST, lost),
        ],
    ));
    let mut term = vec![
        count(&N_FOLLOWED, followed),
        count(&N_LOST, lost),
        count(&MISSING_FOLLOWED, 0),
        count(&MISSING_LOST, 0),
    ];
    let mut described = vec![count(&VALID, members)];
    for (code, level) in counts.iter().enumerate() {
        let of = |value: Value| value.term(code.to_string());
        term.extend([of(count(&COUNT_FOLLOWED, level[0])), of(count(&COUNT_LOST, level[1]))]);
        for (statistic, count, all) in [(&SHARE_FOLLOWED, level[0], followed), (&SHARE_LOST, level[1], lost)]
        {
            if all > 0 {
                term.push(of(Value::new(statistic, count as f64 / all as f64)).n(all));
            }
        }
        term.push(of(Value::new(&SMD, 0.123)).n(followed + lost));
        described.push(of(count(&COUNT, level.iter().sum())));
    }
    estimates.extend(at("sex", term));
    estimates.extend(subject("describe.all", Kind::Describe, "", "sex").estimates(described));
    estimates
}

fn count(statistic: &'static Statistic, count: u64) -> Value {
    Value::new(statistic, count as f64)
}

fn shown_of(cleared: &[Cleared], analysis: &str, statistic: &str, term: &str) -> Shown {
    let found = cleared
        .iter()
        .find(|one| one.analysis() == analysis && one.statistic().name == statistic && one.term() == term);
    found.unwrap_or_else(|| panic!("{analysis} {statistic} {term} was published")).shown()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, ..ProptestConfig::default() })]

    #[test]
    fn who_was_lost_stays_hidden_also_beside_follow_up_and_description(
        followed in prop::collection::vec(0u64..40, 3), lost in prop::collection::vec(0u64..12, 3),
        dead in prop::collection::vec(0u64..5, 3),
    ) {
        let counts = [0, 1, 2].map(|level| [followed[level], lost[level], dead[level]]);
        let estimates = attrition_estimates(&counts);
        let release = clear(&estimates, Policy::Min5);
        prop_assert_eq!(release.audit.exposed, 0);
        for (raw, cleared) in estimates.iter().zip(&release.cleared) {
            let value = raw.value.unwrap_or_default();
            let is_count = raw.statistic.reveals == Reveals::Count;
            if is_count && (1.0..5.0).contains(&value) {
                prop_assert_eq!(cleared.shown(), Shown::Suppressed, "{}", raw.id());
            }
            // A share, or a difference of shares, of a level goes with its counts.
            if cleared.shown() != Shown::Suppressed && !is_count {
                for (side, name) in [("followed", "count_followed"), ("lost", "count_lost")] {
                    if raw.statistic.name.ends_with(side) || raw.statistic.name == "smd" {
                        let own = shown_of(&release.cleared, "attrition.w2", name, &raw.term);
                        prop_assert!(own != Shown::Suppressed, "{}", raw.id());
                    }
                }
            }
        }
        for (hidden, low, high) in attack_attrition(&release.cleared) {
            prop_assert!(is_wide(low, high), "{} lies in {}..{}", hidden, low, high);
        }
    }
}

#[test]
fn a_level_that_nobody_lost_has_is_not_given_away_by_the_response_model() {
    let clear = |counts: &[[u64; 3]; 3], more: &[(&str, Vec<Value>)]| {
        let mut estimates = attrition_estimates(counts);
        for (variable, values) in more {
            estimates
                .extend(subject("attrition.w2", Kind::Attrition, "", variable).estimates(values.clone()));
        }
        clear(&estimates, Policy::Min5).cleared
    };
    let counts = [[60, 24, 0], [30, 0, 0], [20, 9, 0]];
    let mut response = vec![
        count(&N_OBS, 143),
        count(&N_EVENTS, 110),
        Value::absent(&ODDS_RATIO, Condition::new("separation", "sex=1")).term("sex=1"),
        Value::new(&ODDS_RATIO, 1.3).term("sex=2").n(143),
        Value::new(&ODDS_RATIO, 1.02).term("age").n(143),
        Value::new(&AUC, 0.6).n(143).conditions([Condition::new("separation", "sex=1")]),
    ];
    for (code, [followed, lost, _]) in counts.iter().enumerate() {
        let level = format!("sex={code}");
        response.push(count(&LEVEL_CASES, followed + lost).term(level.as_str()));
        response.push(count(&LEVEL_EVENTS, *followed).term(level));
    }
    let age = vec![count(&N_FOLLOWED, 110), count(&N_LOST, 33)];
    let cleared = clear(&counts, &[("w2", response.clone()), ("age", age)]);
    let at = |statistic, term| shown_of(&cleared, "attrition.w2", statistic, term);
    for level in ["sex=1", "sex=2"] {
        assert_eq!(at("odds_ratio", level), Shown::Suppressed);
    }
    assert_eq!((at("odds_ratio", "age"), at("auc", "")), (Shown::Value(1.02), Shown::Value(0.6)));
    assert!(cleared.iter().flat_map(Cleared::conditions).all(|condition| condition.code != "separation"));
    // With a single term the whole response model is a function of hidden counts.
    response.retain(|value| value.term != "age");
    let cleared = clear(&counts, &[("w2", response)]);
    assert_eq!(shown_of(&cleared, "attrition.w2", "auc", ""), Shown::Suppressed);
}

/// With one lost person among 33 everything goes, and a zero that went with it may be found: it is nobody's.
#[test]
fn one_lost_and_nobody_dead_hide_everything_and_expose_no_one() {
    let estimates = attrition_estimates(&[[0, 1, 0], [0, 0, 0], [32, 0, 0]]);
    let release = clear(&estimates, Policy::Min5);
    assert_eq!(release.audit.exposed, 0);
    for (hidden, low, high) in attack_attrition(&release.cleared) {
        assert!(is_wide(low, high), "{hidden} lies in {low}..{high}");
    }
}
