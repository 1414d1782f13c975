//! No hidden count can be computed from what is published: an attacker of its own tries, on random tables.

mod agreement;
mod attacker;
mod attrition;
mod enumerator;
mod judged;
mod knowledge;
mod made;
mod models;
mod tables;
mod trajectory;

use attacker::*;
use knowledge::is_wide;
use proptest::prelude::*;
use utfall::disclosure::{Cleared, Policy, Shown, clear};
use utfall::estimate::{Condition, Estimate, Kind, Reveals, Subject, Value};

fn subject(analysis: &str, kind: Kind, group: &str, variable: &str) -> Subject {
    Subject { analysis: analysis.into(), kind, group: group.into(), variable: variable.into() }
}

fn change_estimates(persons: &Persons, levels: usize) -> Vec<Estimate> {
    let mut estimates = Vec::new();
    for group in ["", "drop_in=0", "drop_in=1"] {
        let n = total(persons, group, &|_, _| 1.0);
        let mut values = Vec::new();
        for number in published(levels) {
            let sum = total(persons, group, &number.weight);
            let value = match (number.per_pair, n == 0.0) {
                (false, _) => Value::new(number.statistic, sum),
                (true, false) => Value::new(number.statistic, sum / n),
                (true, true) => Value::absent(number.statistic, Condition::new("no_pairs", "")),
            };
            values.push(value.term(number.term).n(n as u64));
        }
        let test = if levels == 2 { &MCNEMAR } else { &WILCOXON };
        values.push(Value::new(test, 0.123_456_789).n(n as u64));
        estimates.extend(subject("change.x", Kind::Change, group, "x@w1>w2").estimates(values));
    }
    estimates
}

/// Counts as they are in small places: many zeros and small ones, a few large.
fn persons(levels: usize) -> impl Strategy<Value = Persons> {
    let count = prop_oneof![2 => Just(0u64), 3 => 1u64..5, 4 => 5u64..30, 1 => 30u64..200];
    let table = prop::collection::vec(prop::collection::vec(count, levels), levels);
    (table.clone(), table.clone(), prop_oneof![Just(None), table.prop_map(Some)])
        .prop_map(move |(a, b, none)| vec![a, b, none.unwrap_or_else(|| vec![vec![0; levels]; levels])])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn hidden_counts_of_a_two_by_two_table_stay_hidden(persons in persons(2)) {
        holds(&persons, 2)?;
    }

    #[test]
    fn hidden_counts_of_a_transition_table_stay_hidden(persons in persons(3)) {
        holds(&persons, 3)?;
    }

    #[test]
    fn hidden_answers_stay_hidden(
        counts in prop::collection::vec(prop::collection::vec(0u64..40, 4), 2),
        missing in prop::collection::vec(0u64..9, 4),
    ) {
        let estimates = describe_estimates(&counts, &missing);
        let release = clear(&estimates, Policy::Min5);
        prop_assert_eq!(release.audit.exposed, 0);
        for (hidden, low, high) in attack_answers(&release.cleared) {
            prop_assert!(is_wide(low, high), "{} lies in {}..{}", hidden, low, high);
        }
    }
}

fn holds(persons: &Persons, levels: usize) -> Result<(), TestCaseError> {
    let estimates = change_estimates(persons, levels);
    let release = clear(&estimates, Policy::Min5);
    prop_assert_eq!(release.cleared.len(), estimates.len());
    prop_assert_eq!(release.audit.exposed, 0);
    for (raw, cleared) in estimates.iter().zip(&release.cleared) {
        prop_assert_eq!(raw.id(), cleared.id().to_string());
        let small = raw.value.is_some_and(|value| (1.0..5.0).contains(&value));
        if raw.statistic.reveals == Reveals::Count && small {
            prop_assert_eq!(cleared.shown(), Shown::Suppressed);
        }
        prop_assert!(!cleared.n().is_some_and(|n| (1..5).contains(&n)));
        if cleared.shown() == Shown::Suppressed {
            prop_assert!(cleared.value().is_none() && cleared.conditions().is_empty());
        }
    }
    // A shown denominator is the published number of pairs.
    for cleared in release.cleared.iter().filter(|cleared| cleared.n().is_some()) {
        let pairs = release
            .cleared
            .iter()
            .find(|other| other.statistic().name == "n_pairs" && other.group() == cleared.group());
        prop_assert_eq!(pairs.and_then(Cleared::value), cleared.n().map(|n| n as f64));
    }
    for (hidden, low, high) in attack(persons, levels, &release.cleared) {
        prop_assert!(is_wide(low, high), "{} lies in {}..{}", hidden, low, high);
    }
    Ok(())
}

/// One variable of four answers in two groups; missing: blank and refused in each group.
#[allow(clippy::needless_range_loop, reason = "a code stands in each group's counts")]
fn describe_estimates(counts: &[Vec<u64>], missing: &[u64]) -> Vec<Estimate> {
    let mut estimates = Vec::new();
    for (group, of) in [("", vec![0, 1]), ("sex=1", vec![0]), ("sex=2", vec![1])] {
        let mut values = Vec::new();
        let sum = |pick: &dyn Fn(usize) -> u64| of.iter().map(|&g| pick(g)).sum::<u64>();
        let valid = sum(&|g| counts[g].iter().sum());
        for code in 0..4 {
            let count = sum(&|g| counts[g][code]);
            values.push(Value::new(&COUNT, count as f64).term(code.to_string()).n(valid));
            values.push(match valid {
                0 => Value::absent(&SHARE, Condition::new("no_answers", "")).term(code.to_string()),
                _ => Value::new(&SHARE, count as f64 / valid as f64).term(code.to_string()).n(valid),
            });
        }
        values.push(Value::new(&VALID, valid as f64));
        for (position, reason) in ["blank", "refused"].into_iter().enumerate() {
            values.push(Value::new(&MISSING, sum(&|g| missing[2 * g + position]) as f64).term(reason));
        }
        estimates.extend(subject("describe.a", Kind::Describe, group, "a@w1").estimates(values));
    }
    estimates
}

/// What is shown of one number.
fn shown(cleared: &[Cleared], statistic: &str, group: &str, term: &str) -> Shown {
    let found = cleared
        .iter()
        .find(|one| one.statistic().name == statistic && one.group() == group && one.term() == term);
    found.unwrap_or_else(|| panic!("{statistic} {group} {term} was published")).shown()
}

#[test]
fn policies_are_known_by_name() {
    assert_eq!(Policy::parse("min5"), Some(Policy::Min5));
    assert_eq!(Policy::parse("none"), Some(Policy::None));
    assert_eq!(Policy::parse("min6"), None);
    assert_eq!(Policy::names(), ["none", "min5"]);
}

#[test]
fn without_a_policy_all_is_shown_as_it_is() {
    let estimates = change_estimates(&vec![vec![vec![1, 2], vec![3, 4]]; 3], 2);
    let release = clear(&estimates, Policy::None);
    assert!(release.audit.rows.is_empty());
    for (raw, cleared) in estimates.iter().zip(&release.cleared) {
        assert_eq!((raw.value, raw.n), (cleared.value(), cleared.n()));
    }
}

#[test]
fn tests_of_a_two_by_two_table_go_with_its_cells() {
    let persons =
        vec![vec![vec![40, 7], vec![2, 30]], vec![vec![50, 9], vec![8, 60]], vec![vec![0, 0], vec![0, 0]]];
    let release = clear(&change_estimates(&persons, 2), Policy::Min5);
    assert_eq!(shown(&release.cleared, "n10", "drop_in=0", ""), Shown::Suppressed);
    assert_eq!(shown(&release.cleared, "mcnemar_exact", "drop_in=0", ""), Shown::Suppressed);
    // The other group and the whole would together give it away: one of them is hidden too.
    let others = ["", "drop_in=1"].map(|group| shown(&release.cleared, "n10", group, ""));
    assert!(others.contains(&Shown::Suppressed));
    assert_eq!(shown(&release.cleared, "n_pairs", "", ""), Shown::Value(206.0));
    assert!(release.audit.total().small >= 1 && release.audit.total().secondary >= 1);
}

#[test]
fn what_is_true_of_everyone_in_a_group_is_hidden() {
    let counts = vec![vec![30, 0, 0, 0], vec![10, 9, 8, 7]];
    let release = clear(&describe_estimates(&counts, &[0; 4]), Policy::Min5);
    assert_eq!(shown(&release.cleared, "count", "sex=1", "0"), Shown::Suppressed);
    assert_eq!(shown(&release.cleared, "share", "sex=1", "0"), Shown::Suppressed);
    assert_eq!(shown(&release.cleared, "valid", "", ""), Shown::Value(64.0));
}

#[test]
fn an_empty_field_is_no_secret_but_a_refusal_is() {
    let counts = vec![vec![20, 20, 20, 20], vec![20, 20, 20, 20]];
    let blank = clear(&describe_estimates(&counts, &[2, 0, 1, 0]), Policy::Min5);
    assert!(blank.cleared.iter().all(|one| one.shown() != Shown::Suppressed));
    let refused = clear(&describe_estimates(&counts, &[9, 2, 9, 6]), Policy::Min5);
    assert_eq!(shown(&refused.cleared, "missing", "sex=1", "refused"), Shown::Suppressed);
    assert_eq!(shown(&refused.cleared, "count", "sex=1", "0"), Shown::Value(20.0));
}

/// By hand, of 97 answers: 3, 4, 40 and 50 gave each of four, and 2 refused, of 9 who lack an answer.
#[test]
fn what_is_worked_out_of_counts_is_shown_just_where_they_are() {
    let describe = |valid: bool, others: bool| {
        let count = |code: &str, count: f64| Value::new(&COUNT, count).term(code);
        let share = |statistic, value: f64, term: &str| Value::new(statistic, value).term(term);
        let mut values = vec![
            count("1", 3.0),
            count("2", 4.0),
            Value::new(&MISSING, 2.0).term("refused"),
            Value::new(&MISSING, 7.0).term("blank"),
            Value::new(&MISSING_TOTAL, 9.0),
            share(&COMBINED_COUNT, 7.0, "1+2"),
            share(&COMBINED_SHARE, 7.0 / 97.0, "1+2"),
            share(&CONDITIONAL_SHARE, 3.0 / 7.0, "1|1+2"),
            share(&CONDITIONAL_SHARE, 4.0 / 9.0, "3|3+4"),
        ];
        values.extend(valid.then(|| Value::new(&VALID, 97.0)));
        let rest = if others { [40.0, 50.0] } else { [40.0, 3.0] };
        values.extend([count("3", rest[0]), count("4", rest[1])]);
        clear(&subject("describe.a", Kind::Describe, "", "a@w1").estimates(values), Policy::Min5).cleared
    };
    let cleared = describe(true, true);
    // Neither 3 nor 4 is shown, and yet whoever sees the others and all of them knows what they add up to.
    assert_eq!(shown(&cleared, "count", "", "1"), Shown::Suppressed);
    assert_eq!(shown(&cleared, "combined_count", "", "1+2"), Shown::Value(7.0));
    assert_eq!(shown(&cleared, "combined_share", "", "1+2"), Shown::Value(7.0 / 97.0));
    assert_eq!(shown(&cleared, "conditional_share", "", "1|1+2"), Shown::Suppressed);
    assert_eq!(shown(&cleared, "conditional_share", "", "3|3+4"), Shown::Value(4.0 / 9.0));
    // A refusal is hidden, and so is what would give it away with the others.
    assert_eq!(shown(&cleared, "missing", "", "refused"), Shown::Suppressed);
    assert_eq!(shown(&cleared, "missing_total", "", ""), Shown::Suppressed);
    // One of the others is hidden as well: the sum would tell too much.
    let cleared = describe(false, false);
    assert_eq!(shown(&cleared, "combined_count", "", "1+2"), Shown::Suppressed);
    assert_eq!(shown(&cleared, "conditional_share", "", "3|3+4"), Shown::Suppressed);
}

#[test]
fn medians_few_persons_and_small_models_are_hidden() {
    let numeric = |n: u64| {
        subject("describe.age", Kind::Describe, "", "age").estimates(vec![
            Value::new(&VALID, n as f64),
            Value::new(&MEAN, 39.1).n(n),
            Value::new(&MEDIAN, 38.0).n(n),
        ])
    };
    let many = clear(&numeric(40), Policy::Min5).cleared;
    assert_eq!(shown(&many, "mean", "", ""), Shown::Value(39.1));
    assert_eq!(shown(&many, "median", "", ""), Shown::Suppressed);
    let few = clear(&numeric(4), Policy::Min5).cleared;
    assert_eq!(shown(&few, "mean", "", ""), Shown::Suppressed);
    assert!(few.iter().all(|one| one.n().is_none()));

    let model = |events: f64| {
        subject("model.plan", Kind::Model, "", "plan@w1").estimates(vec![
            Value::new(&N_OBS, 100.0),
            Value::new(&N_EVENTS, events),
            Value::new(&ODDS_RATIO, 2.0).term("sex=2").n(100),
            Value::new(&N_CLUSTERS, 26.0),
        ])
    };
    for (events, expected) in [(40.0, Shown::Value(2.0)), (3.0, Shown::Suppressed), (98.0, Shown::Suppressed)]
    {
        let cleared = clear(&model(events), Policy::Min5).cleared;
        assert_eq!(shown(&cleared, "odds_ratio", "", "sex=2"), expected);
        assert_eq!(shown(&cleared, "n_clusters", "", ""), Shown::Value(26.0));
    }
}

#[test]
fn a_state_of_few_is_not_found_by_subtraction() {
    let at = |variable: &str, values: Vec<Value>| {
        subject("followup.mapped", Kind::Followup, "", variable).estimates(values)
    };
    let mut estimates = at(
        "",
        vec![
            Value::new(&MEMBERS, 400.0),
            Value::new(&PATTERN, 330.0).term("11"),
            Value::new(&PATTERN, 70.0).term("10"),
        ],
    );
    estimates.extend(at(
        "w2",
        vec![
            Value::new(&ELIGIBLE, 397.0),
            Value::new(&SEEN, 330.0),
            Value::new(&LOST, 47.0),
            Value::new(&STATE, 3.0).term("dead"),
            Value::new(&STATE, 20.0).term("prison"),
            Value::new(&RATE, 330.0 / 397.0).n(397),
        ],
    ));
    let release = clear(&estimates, Policy::Min5);
    let cleared = &release.cleared;
    assert_eq!(shown(cleared, "state", "", "dead"), Shown::Suppressed);
    // 400 − 397 = 3, and 400 − 330 − 47 − 20 = 3.
    assert!(
        [shown(cleared, "members", "", ""), shown(cleared, "eligible", "", "")].contains(&Shown::Suppressed)
    );
    let parts = [shown(cleared, "lost", "", ""), shown(cleared, "state", "", "prison")];
    assert!(parts.contains(&Shown::Suppressed));
    assert_eq!(shown(cleared, "followup_rate", "", ""), Shown::Suppressed);
    assert_eq!(release.audit.exposed, 0);
}

#[test]
fn those_with_one_of_two_only_are_not_found_by_subtraction() {
    let of = |variable: &str, values: Vec<Value>| {
        subject("describe.substances", Kind::Describe, "", variable).estimates(values)
    };
    let column = |count: f64| {
        vec![
            Value::new(&COUNT, 400.0 - count).term("0"),
            Value::new(&COUNT, count).term("1"),
            Value::new(&VALID, 400.0),
        ]
    };
    let mut heroin = column(97.0);
    heroin.push(Value::new(&BOTH, 95.0).term("rohypnol"));
    let mut estimates = of("heroin", heroin);
    estimates.extend(of("rohypnol", column(180.0)));
    let cleared = clear(&estimates, Policy::Min5).cleared;
    // 97 − 95 = 2 persons with heroin alone.
    let found: Vec<Shown> = cleared
        .iter()
        .filter(|one| one.variable() == "heroin" && one.value() != Some(400.0))
        .map(Cleared::shown)
        .collect();
    assert!(found.contains(&Shown::Suppressed));
    assert_eq!(cleared.iter().filter(|one| one.statistic().name == "both").count(), 1);
}

#[test]
fn the_order_of_hiding_is_the_same_each_time() {
    let persons = vec![vec![vec![3, 9, 4], vec![12, 40, 2], vec![1, 8, 33]]; 3];
    let estimates = change_estimates(&persons, 3);
    assert_eq!(clear(&estimates, Policy::Min5), clear(&estimates, Policy::Min5));
}

/// What the change table of an ordinal item of 320 persons shows: many cells of the transition table are small.
#[test]
fn what_rests_on_hidden_transitions_is_hidden_and_its_interval_widened() {
    let table = vec![60, 14, 3, 1, 22, 70, 12, 4, 6, 24, 48, 9, 2, 7, 14, 24];
    let estimates = enumerator::estimates(&table, 4, true);
    let release = clear(&estimates, Policy::Min5);
    let seen = |statistic: &str, term: &str| shown(&release.cleared, statistic, "", term);
    for hidden in ["0>2", "0>3", "1>3", "3>0"] {
        assert_eq!(seen("transition", hidden), Shown::Suppressed, "{hidden}");
    }
    assert_eq!(seen("n_pairs", ""), Shown::Value(320.0));
    for margins in ["mean_before", "mean_after", "mean_change", "sd_before", "sd_after", "d_av", "sign_p"] {
        assert!(matches!(seen(margins, ""), Shown::Value(_)), "{margins}");
    }
    assert!(matches!(seen("probability_of_superiority", ""), Shown::Value(_)));
    assert!(matches!(seen("t_df", ""), Shown::Value(_)));
    let raw = |statistic: &str| {
        estimates.iter().find(|one| one.statistic.name == statistic).and_then(|one| one.value).unwrap()
    };
    for inference in [
        "sd_change",
        "t",
        "t_p",
        "d_z",
        "wilcoxon_p",
        "rank_biserial",
        "stuart_maxwell_p",
        "bhapkar",
        "bowker_df",
    ] {
        assert_eq!(seen(inference, ""), Shown::Suppressed, "{inference}");
    }
    let (Shown::Value(low), Shown::Value(high)) = (seen("mean_change_low", ""), seen("mean_change_high", ""))
    else {
        panic!("the interval is shown, widened");
    };
    assert!(low < raw("mean_change_low") && high > raw("mean_change_high"));
    // Wider, but not without use: these margins leave the standard deviation less than twice what it is.
    assert!(high - low < 2.0 * (raw("mean_change_high") - raw("mean_change_low")));
    assert!((low + high - 2.0 * raw("mean_change")).abs() < 1e-12);
    let widened: Vec<&Cleared> =
        release.cleared.iter().filter(|one| one.conditions().iter().any(|c| c.code == "widened")).collect();
    assert_eq!(widened.len(), 4);
    // On the scale of d_av too: whoever sees the mean change, d_av and the widened interval can work that out.
    let spread = raw("mean_change") / raw("d_av");
    for (end, shown) in [(low, seen("d_av_low", "")), (high, seen("d_av_high", ""))] {
        assert!(matches!(shown, Shown::Value(value) if (value - end / spread).abs() < 1e-12));
    }
    assert!(widened.iter().all(|one| one.method() == "widest that the published counts allow"));
    assert_eq!(release.audit.total().widened, 4);
}

/// Where nobody changed, the exact interval does not exist; that must not show in the widened one.
#[test]
fn a_change_without_variation_looks_like_any_other() {
    let alike = |table: Vec<u64>| {
        let mut estimates = enumerator::estimates(&table, 3, false);
        // Another subject of the analysis has an interval to know the level by.
        let mut other = enumerator::estimates(&vec![20, 10, 5, 8, 30, 6, 7, 9, 11], 3, false);
        other.iter_mut().for_each(|estimate| estimate.variable = "y@w1>w2".into());
        estimates.extend(other);
        clear(&estimates, Policy::Min5)
    };
    let release = alike(vec![20, 0, 0, 0, 15, 0, 0, 0, 9]);
    assert_eq!(shown(&release.cleared, "unchanged", "", ""), Shown::Suppressed);
    let mean = shown(&release.cleared, "mean_change", "", "");
    let high = shown(&release.cleared, "mean_change_high", "", "");
    assert_eq!(matches!(mean, Shown::Value(_)), matches!(high, Shown::Value(_)), "{mean:?} {high:?}");
}
