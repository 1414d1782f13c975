//! No hidden count can be computed from what is published: an attacker of its own tries, on random tables.
//!
//! The attacker does not share the cells and equations of `utfall::disclosure`. It reasons over the finest counts (persons by
//! group, answer before, answer after), of which everything published is a linear function.

#![allow(clippy::needless_range_loop)] // The indices are answers and groups, and stand on both sides.

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, Variable};
use proptest::prelude::*;
use utfall::disclosure::{Cleared, Policy, Shown, clear};
use utfall::estimate::{Condition, Estimate, Kind, Reveals, Statistic, Subject, Value};

macro_rules! statistics {
    ($($constant:ident $name:literal $reveals:ident),* $(,)?) => {
        $(static $constant: Statistic =
            Statistic { name: $name, reveals: Reveals::$reveals, about: "for tests", source: "tests" };)*
    };
}

statistics! {
    N_PAIRS "n_pairs" Count, IMPROVED "improved" Count, UNCHANGED "unchanged" Count, WORSE "worse" Count,
    INCREASED "increased" Count, DECREASED "decreased" Count, TRANSITION "transition" Count,
    BEFORE_COUNT "before_count" Count, AFTER_COUNT "after_count" Count, N00 "n00" Count, N01 "n01" Count,
    N10 "n10" Count, N11 "n11" Count, IMPROVED_SHARE "improved_share" Share, SHARE_BEFORE "share_before" Share,
    SHARE_AFTER "share_after" Share, MEAN_BEFORE "mean_before" Moment, MEAN_AFTER "mean_after" Moment,
    MCNEMAR "mcnemar_exact" Inference, WILCOXON "wilcoxon_p" Inference, COUNT "count" Count, SHARE "share" Share,
    VALID "valid" Count, MISSING "missing" Count, MEAN "mean" Moment, MEDIAN "median" Extreme, N_OBS "n_obs" Count,
    N_EVENTS "n_events" Count, ODDS_RATIO "odds_ratio" Inference, N_CLUSTERS "n_clusters" Setting,
    MEMBERS "members" Count, ELIGIBLE "eligible" Count, SEEN "seen" Count, LOST "lost" Count, STATE "state" Count,
    RATE "followup_rate" Share, PATTERN "pattern" Count, BOTH "both" Count,
}

fn subject(analysis: &str, kind: Kind, group: &str, variable: &str) -> Subject {
    Subject { analysis: analysis.into(), kind, group: group.into(), variable: variable.into() }
}

/// Persons by group (0, 1, and 2 for those who lack the grouping variable), answer before and answer after.
type Persons = Vec<Vec<Vec<u64>>>;

/// The groups that a published group covers.
fn members(group: &str) -> &'static [usize] {
    match group {
        "" => &[0, 1, 2],
        "drop_in=0" => &[0],
        _ => &[1],
    }
}

/// One published number as a linear function of the finest counts: the weight of a person, and what it is divided by.
struct Published {
    statistic: &'static Statistic,
    term: String,
    weight: Box<dyn Fn(usize, usize) -> f64>,
    per_pair: bool,
}

fn published(levels: usize) -> Vec<Published> {
    let mut all: Vec<Published> = Vec::new();
    let mut add = |statistic, term: String, per_pair, weight: Box<dyn Fn(usize, usize) -> f64>| {
        all.push(Published { statistic, term, weight, per_pair });
    };
    fn is(yes: bool) -> f64 {
        f64::from(u8::from(yes))
    }
    add(&N_PAIRS, String::new(), false, Box::new(|_, _| 1.0));
    add(&IMPROVED, String::new(), false, Box::new(|a, b| is(b < a)));
    add(&UNCHANGED, String::new(), false, Box::new(|a, b| is(b == a)));
    add(&WORSE, String::new(), false, Box::new(|a, b| is(b > a)));
    add(&INCREASED, String::new(), false, Box::new(|a, b| is(b > a)));
    add(&DECREASED, String::new(), false, Box::new(|a, b| is(b < a)));
    add(&IMPROVED_SHARE, String::new(), true, Box::new(|a, b| is(b < a)));
    if levels == 2 {
        for (statistic, x, y) in [(&N00, 0, 0), (&N01, 0, 1), (&N10, 1, 0), (&N11, 1, 1)] {
            add(statistic, String::new(), false, Box::new(move |a, b| is(a == x && b == y)));
        }
        add(&SHARE_BEFORE, String::new(), true, Box::new(|a, _| is(a == 1)));
        add(&SHARE_AFTER, String::new(), true, Box::new(|_, b| is(b == 1)));
        return all;
    }
    for x in 0..levels {
        add(&BEFORE_COUNT, x.to_string(), false, Box::new(move |a, _| is(a == x)));
        add(&AFTER_COUNT, x.to_string(), false, Box::new(move |_, b| is(b == x)));
        for y in 0..levels {
            add(&TRANSITION, format!("{x}>{y}"), false, Box::new(move |a, b| is(a == x && b == y)));
        }
    }
    add(&MEAN_BEFORE, String::new(), true, Box::new(|a, _| a as f64));
    add(&MEAN_AFTER, String::new(), true, Box::new(|_, b| b as f64));
    all
}

fn total(persons: &Persons, group: &str, weight: &dyn Fn(usize, usize) -> f64) -> f64 {
    let mut sum = 0.0;
    for &g in members(group) {
        for (a, row) in persons[g].iter().enumerate() {
            for (b, &count) in row.iter().enumerate() {
                sum += weight(a, b) * count as f64;
            }
        }
    }
    sum
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

/// The attacker's feasible interval of every hidden count, given all that is shown.
fn attack(persons: &Persons, levels: usize, cleared: &[Cleared]) -> Vec<(String, f64, f64)> {
    let numbers = published(levels);
    let weight_of = |shown: &Cleared| {
        let number = numbers
            .iter()
            .find(|number| number.statistic.name == shown.statistic().name && number.term == shown.term());
        number.filter(|number| number.statistic.reveals != Reveals::Inference)
    };
    let end = |target: &Cleared, direction: OptimizationDirection| {
        let objective = &weight_of(target).expect("counts are linear").weight;
        let mut problem = Problem::new(direction);
        let mut variables: Vec<(usize, usize, usize, Variable)> = Vec::new();
        for g in 0..3 {
            for a in 0..levels {
                for b in 0..levels {
                    let inside = members(target.group()).contains(&g);
                    let cost = if inside { objective(a, b) } else { 0.0 };
                    // The attacker knows those who are in no group.
                    let known = persons[g][a][b] as f64;
                    let range = if g == 2 { (known, known) } else { (0.0, f64::INFINITY) };
                    variables.push((g, a, b, problem.add_var(cost, range)));
                }
            }
        }
        for shown in cleared {
            let (Shown::Value(value), Some(number)) = (shown.shown(), weight_of(shown)) else {
                continue;
            };
            let group = members(shown.group());
            // Σ w·x = value, or Σ (w − value)·x = 0 for what is divided by the number of pairs.
            let (shift, right) = if number.per_pair { (value, 0.0) } else { (0.0, value) };
            let terms: Vec<(Variable, f64)> = variables
                .iter()
                .filter(|(g, ..)| group.contains(g))
                .map(|&(_, a, b, variable)| (variable, (number.weight)(a, b) - shift))
                .filter(|(_, weight)| *weight != 0.0)
                .collect();
            if number.per_pair {
                // A band as wide as rounding: an equality with such coefficients may be infeasible by the last bit.
                problem.add_constraint(terms.as_slice(), ComparisonOp::Le, right + 1e-7);
                problem.add_constraint(terms.as_slice(), ComparisonOp::Ge, right - 1e-7);
            } else {
                problem.add_constraint(terms.as_slice(), ComparisonOp::Eq, right);
            }
        }
        match problem.solve() {
            Ok(solution) => solution.objective(),
            Err(Error::Unbounded) => f64::INFINITY,
            Err(error) => panic!("the attacker's problem: {error:?}"),
        }
    };
    cleared
        .iter()
        .filter(|hidden| hidden.shown() == Shown::Suppressed && hidden.statistic().reveals == Reveals::Count)
        .map(|hidden| {
            let low = (end(hidden, OptimizationDirection::Minimize) - 1e-4).ceil();
            let high = (end(hidden, OptimizationDirection::Maximize) + 1e-4).floor();
            (hidden.id(), low, high)
        })
        .collect()
}

fn is_wide(low: f64, high: f64) -> bool {
    (low <= 1.0 && high >= 4.0) || high - low >= 4.0
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
        prop_assert_eq!(raw.id(), cleared.id());
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

/// The attacker on answers: knows the size of each group.
fn attack_answers(cleared: &[Cleared]) -> Vec<(String, f64, f64)> {
    let groups = ["sex=1", "sex=2"];
    let names: Vec<(usize, &str, String)> = (0..2)
        .flat_map(|g| {
            let answers = (0..4).map(move |code| (g, "count", code.to_string()));
            answers.chain(["blank", "refused"].map(|reason| (g, "missing", reason.to_owned())))
        })
        .collect();
    let covers = |shown: &Cleared, name: &(usize, &str, String)| {
        let group = shown.group().is_empty() || groups[name.0] == shown.group();
        let statistic = match shown.statistic().name {
            "valid" => name.1 == "count",
            known => known == name.1 && shown.term() == name.2,
        };
        group && statistic
    };
    let counts: Vec<&Cleared> =
        cleared.iter().filter(|shown| shown.statistic().reveals == Reveals::Count).collect();
    let end = |target: &Cleared, direction| {
        let mut problem = Problem::new(direction);
        let variables: Vec<Variable> = names
            .iter()
            .map(|name| problem.add_var(f64::from(u8::from(covers(target, name))), (0.0, f64::INFINITY)))
            .collect();
        for shown in &counts {
            let Shown::Value(value) = shown.shown() else {
                continue;
            };
            let terms: Vec<(Variable, f64)> = names
                .iter()
                .zip(&variables)
                .filter(|(name, _)| covers(shown, name))
                .map(|(_, &v)| (v, 1.0))
                .collect();
            problem.add_constraint(terms.as_slice(), ComparisonOp::Eq, value);
        }
        match problem.solve() {
            Ok(solution) => solution.objective(),
            Err(Error::Unbounded) => f64::INFINITY,
            Err(error) => panic!("the attacker's problem: {error:?}"),
        }
    };
    let hidden = counts.iter().filter(|hidden| hidden.shown() == Shown::Suppressed);
    hidden
        .map(|hidden| {
            let low = (end(hidden, OptimizationDirection::Minimize) - 1e-6).ceil();
            let high = (end(hidden, OptimizationDirection::Maximize) + 1e-6).floor();
            (hidden.id(), low, high)
        })
        .collect()
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
fn a_test_over_many_hidden_transitions_is_shown_to_three_digits() {
    let everyone = vec![vec![60, 14, 3, 1], vec![22, 70, 12, 4], vec![6, 24, 48, 9], vec![2, 7, 14, 24]];
    let none = vec![vec![0; 4]; 4];
    let estimates: Vec<Estimate> = change_estimates(&vec![everyone, none.clone(), none], 4)
        .into_iter()
        .filter(|estimate| estimate.group.is_empty())
        .collect();
    let release = clear(&estimates, Policy::Min5);
    for hidden in ["0>2", "0>3", "1>3", "3>0"] {
        assert_eq!(shown(&release.cleared, "transition", "", hidden), Shown::Suppressed, "{hidden}");
    }
    assert_eq!(shown(&release.cleared, "n_pairs", "", ""), Shown::Value(320.0));
    assert!(matches!(shown(&release.cleared, "mean_before", "", ""), Shown::Value(_)));
    assert_eq!(shown(&release.cleared, "wilcoxon_p", "", ""), Shown::Value(0.123));
    let coarsened = release
        .cleared
        .iter()
        .filter(|one| one.conditions().iter().any(|condition| condition.code == "coarsened"));
    assert_eq!(coarsened.count(), release.audit.total().coarsened);
}
