//! What a regression may say where a level of a factor has few cases, few events or none.

use super::attacker::*;
use utfall::disclosure::{Cleared, Policy, Shown, clear};
use utfall::estimate::{Condition, EVERYONE, Estimate, Kind, Subject, Value};

/// A model with factors: name, and cases and events by level.
fn model(factors: &[(&str, &[[u64; 2]])], clusters: f64, conditions: &[Condition]) -> Vec<Estimate> {
    let sum = |place: usize| factors[0].1.iter().map(|level| level[place]).sum::<u64>() as f64;
    let n = sum(0) as u64;
    let mut values = vec![
        Value::new(&N_OBS, sum(0)),
        Value::new(&N_EVENTS, sum(1)),
        Value::new(&N_CLUSTERS, clusters),
        Value::new(&NAGELKERKE, 0.2).n(n).conditions(conditions.to_vec()),
        Value::new(&ODDS_RATIO, 0.5).n(n).term("(intercept)"),
    ];
    for (name, levels) in factors {
        for (code, [cases, events]) in levels.iter().enumerate() {
            let term = format!("{name}={code}");
            values.push(Value::new(&LEVEL_CASES, *cases as f64).term(&term));
            values.push(Value::new(&LEVEL_EVENTS, *events as f64).term(&term));
            if code > 0 {
                values.push(Value::new(&ODDS_RATIO, 2.0).n(n).term(&term));
            }
        }
    }
    let subject = Subject {
        analysis: "model.m".into(),
        kind: Kind::Model,
        group: EVERYONE.clone(),
        variable: "y@w1".into(),
    };
    subject.estimates(values)
}

fn seen(cleared: &[Cleared], statistic: &str, term: &str) -> Shown {
    cleared.iter().find(|one| one.statistic().name == statistic && one.term() == term).unwrap().shown()
}

#[test]
fn a_model_of_one_covariate_with_a_small_level_is_hidden_whole() {
    let cleared = clear(&model(&[("sex", &[[18, 12], [28, 2]])], 26.0, &[]), Policy::Min5).cleared;
    assert!(cleared.iter().all(|one| one.shown() == Shown::Suppressed));
    let cleared = clear(&model(&[("sex", &[[18, 12], [28, 9]])], 26.0, &[]), Policy::Min5).cleared;
    assert!(cleared.iter().all(|one| one.shown() != Shown::Suppressed));
}

#[test]
fn a_factor_with_a_small_level_goes_and_the_others_stay() {
    let drop_in: &[[u64; 2]] = &[[50, 20], [50, 21]];
    // Few events, few without the outcome, few cases; nobody or everyone with the outcome at a level.
    let small: [&[[u64; 2]]; 5] = [
        &[[50, 3], [50, 38]],
        &[[50, 47], [50, 0]],
        &[[3, 1], [97, 40]],
        &[[20, 0], [80, 41]],
        &[[20, 20], [80, 21]],
    ];
    for levels in small {
        let total: u64 = levels.iter().map(|level| level[1]).sum();
        let drop_in: Vec<[u64; 2]> = vec![[50, 20], [drop_in[1][0], total - 20]];
        let release = clear(&model(&[("sex", levels), ("drop_in", &drop_in)], 26.0, &[]), Policy::Min5);
        for term in ["sex=0", "sex=1"] {
            assert_eq!(seen(&release.cleared, "level_cases", term), Shown::Suppressed, "{levels:?}");
            assert_eq!(seen(&release.cleared, "level_events", term), Shown::Suppressed, "{levels:?}");
        }
        assert_eq!(seen(&release.cleared, "odds_ratio", "sex=1"), Shown::Suppressed);
        assert_eq!(seen(&release.cleared, "odds_ratio", "drop_in=1"), Shown::Value(2.0));
        assert_eq!(seen(&release.cleared, "n_obs", ""), Shown::Value(100.0));
        assert_eq!(release.audit.exposed, 0);
    }
}

#[test]
fn conditions_that_tell_of_a_level_are_replaced() {
    let telling = [
        Condition::new("separation", "sex=1"),
        Condition::new("limiting_model", ""),
        Condition::new("firth", "separation"),
        Condition::new("aliased", "sex=1"),
    ];
    let kept = Condition::new("few_clusters", "");
    let conditions: Vec<Condition> = telling.iter().cloned().chain([kept.clone()]).collect();
    let factors: [(&str, &[[u64; 2]]); 2] =
        [("sex", &[[80, 41], [20, 20]]), ("drop_in", &[[50, 30], [50, 31]])];
    let cleared = clear(&model(&factors, 26.0, &conditions), Policy::Min5).cleared;
    let nagelkerke = cleared.iter().find(|one| one.statistic().name == "nagelkerke").unwrap();
    assert_eq!(nagelkerke.conditions(), [kept, Condition::new("withheld", "")]);
    let open = clear(&model(&factors, 26.0, &conditions), Policy::None).cleared;
    assert!(open.iter().any(|one| one.conditions() == conditions));
}

#[test]
fn a_model_of_few_clusters_is_hidden() {
    let factors: [(&str, &[[u64; 2]]); 2] = [("sex", &[[50, 20], [50, 21]]), ("age", &[[50, 20], [50, 21]])];
    for (clusters, hidden) in [(4.0, true), (5.0, false)] {
        let cleared = clear(&model(&factors, clusters, &[]), Policy::Min5).cleared;
        assert_eq!(seen(&cleared, "odds_ratio", "sex=1") == Shown::Suppressed, hidden);
    }
}
