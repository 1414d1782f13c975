//! Constructed results: what the numbers are, and nothing of what is to be said of them.

use utfall::dictionary::Text;
use utfall::disclosure::{Policy, clear};
use utfall::estimate::{Condition, Estimate, Kind, Subject, Value};
use utfall::plan::CohortUnit;
use utfall::report::{Association, Finding, associations, findings};
use utfall::table::{AnalysisView, Labels};

use crate::made_up::{cohens_h, labels, statistic, value};

pub struct Case {
    pub name: &'static str,
    pub estimates: Vec<Estimate>,
    pub level: Option<f64>,
}

fn view<'a>(cleared: &'a [utfall::disclosure::Cleared], level: Option<f64>) -> [AnalysisView<'a>; 1] {
    let unit = CohortUnit::Respondent;
    [AnalysisView::new("an.analysis", Text::same("X"), unit, None, level, cleared.iter().collect())]
}

/// Labels with a number that has a range and a unit, and a score without a direction.
fn words() -> Labels {
    let mut labels = labels();
    for (name, range) in [("age", [16.0, 100.0]), ("index", [0.0, 1.0])] {
        let mut item = labels.items["age"].clone();
        item.range = Some(range);
        if name == "age" {
            item.unit = crate::made_up::text("år", "år", "years");
        } else {
            item.unit = Text::default();
            item.label = crate::made_up::text("Rusindeks", "Rusindeks", "Drug index");
        }
        labels.items.insert(name.to_owned(), item);
    }
    labels
}

pub fn findings_of(estimates: &[Estimate], level: Option<f64>) -> Vec<Finding> {
    findings(&view(&clear(estimates, Policy::None).cleared, level), &words())
}

pub fn associations_of(estimates: &[Estimate], level: Option<f64>) -> Vec<Association> {
    associations(&view(&clear(estimates, Policy::None).cleared, level), &words())
}

fn of(kind: Kind, variable: &str, values: Vec<Value>) -> Vec<Estimate> {
    let (analysis, group) = ("an.analysis".to_owned(), String::new());
    Subject { analysis, kind, group: group.into(), variable: variable.into() }.estimates(values)
}

fn absent(name: &'static str, why: &str) -> Value {
    Value::absent(statistic(name), Condition::new(why, ""))
}

/// A change of means: n, before, after, the ends of its interval and d_av, each absent where it is `None`.
fn mean(
    variable: &str,
    n: f64,
    [before, after]: [f64; 2],
    ends: Option<[f64; 2]>,
    d_av: Option<f64>,
) -> Vec<Estimate> {
    let n_pairs = n as u64;
    let mut values = vec![value("n_pairs", n)];
    for (name, number) in
        [("mean_before", before), ("mean_after", after), ("mean_change", after - before), ("sd_before", 0.9)]
    {
        values.push(value(name, number).n(n_pairs));
    }
    for (place, name) in ["mean_change_low", "mean_change_high"].into_iter().enumerate() {
        values
            .push(ends.map_or_else(|| absent(name, "no_change"), |ends| value(name, ends[place]).n(n_pairs)));
    }
    values.extend(d_av.map(|d| value("d_av", d).n(n_pairs)));
    let spread = d_av.map(|d| (after - before) / d).filter(|spread| spread.is_finite() && *spread > 0.0);
    if let (Some([low, high]), Some(spread)) = (ends, spread) {
        values.extend([value("d_av_low", low / spread), value("d_av_high", high / spread)]);
    }
    of(Kind::Change, variable, values)
}

/// A change of means whose interval disclosure control made wider, with the probability of superiority and its ends.
fn widened(
    variable: &str,
    [before, after]: [f64; 2],
    ends: [f64; 2],
    superiority: Option<[f64; 3]>,
) -> Vec<Estimate> {
    let mut estimates = mean(variable, 338.0, [before, after], Some(ends), Some((after - before) / 0.93));
    for estimate in &mut estimates {
        if ["mean_change_low", "mean_change_high"].contains(&estimate.statistic.name) {
            estimate.conditions.push(Condition::new("widened", ""));
        }
    }
    let names =
        ["probability_of_superiority", "probability_of_superiority_low", "probability_of_superiority_high"];
    let shown = superiority.into_iter().flat_map(|numbers| names.into_iter().zip(numbers));
    let mut values: Vec<Value> = shown.map(|(name, number)| value(name, number).n(338)).collect();
    if let (Some([superiority, ..]), true) = (superiority, variable != "age@w1>w2") {
        // Better less worse is twice what exceeds one half.
        values.push(value("improved_share", 0.2 + superiority - 0.5).n(338));
        values.push(value("worse_share", 0.2 - superiority + 0.5).n(338));
    }
    estimates.extend(of(Kind::Change, variable, values));
    estimates
}

/// A change of shares.
fn share(variable: &str, n: f64, [before, after]: [f64; 2], ends: Option<[f64; 2]>) -> Vec<Estimate> {
    let n_pairs = n as u64;
    let mut values = vec![value("n_pairs", n), value("n11", 0.0)];
    for (name, number) in
        [("share_before", before), ("share_after", after), ("risk_difference", after - before)]
    {
        values.push(value(name, number).n(n_pairs));
    }
    values.extend(cohens_h(before, after, ends));
    for (place, name) in ["tango_low", "tango_high"].into_iter().enumerate() {
        values
            .push(ends.map_or_else(|| absent(name, "no_change"), |ends| value(name, ends[place]).n(n_pairs)));
    }
    of(Kind::Change, variable, values)
}

/// A regression of having a plan: terms with their difference in points and its interval. The odds ratio is that of a logit with
/// a slope of six and has an interval that is clear where that of the difference is.
fn model(
    terms: &[(&'static str, Option<[f64; 3]>)],
    clusters: Option<f64>,
    conditions: &[Condition],
) -> Vec<Estimate> {
    let ratio = |numbers: [f64; 3]| numbers.map(|number| (6.0 * number).exp());
    let terms: Vec<Term> = terms.iter().map(|(term, points)| (*term, points.map(ratio), *points)).collect();
    model_of(&terms, clusters, conditions)
}

/// A term, its odds ratio and its difference in points, each with its interval.
type Term = (&'static str, Option<[f64; 3]>, Option<[f64; 3]>);

/// The difference of the units that are told of at a time, by the ranges in [`words`].
fn per_step(term: &'static str, difference: [f64; 3]) -> Vec<Value> {
    let step = match term {
        "age" => 10.0,
        "index" => 0.1,
        _ => return Vec::new(),
    };
    let names = ["ame_step", "ame_step_low", "ame_step_high"].into_iter().zip(difference);
    names.map(|(name, one)| value(name, step * one).term(term)).collect()
}

fn model_of(terms: &[Term], clusters: Option<f64>, conditions: &[Condition]) -> Vec<Estimate> {
    let mut values = vec![value("n_obs", 380.0), value("n_events", 97.0).conditions(conditions.to_vec())];
    values.extend(clusters.map(|clusters| value("n_clusters", clusters)));
    let few = conditions.iter().find(|condition| condition.code == "few_events");
    values.extend(few.map(|few| value("events_per_parameter", 4.0).conditions([few.clone()])));
    let firth = conditions.iter().find(|condition| condition.code == "firth");
    let (ratios, points) = match (clusters, firth) {
        (Some(_), _) => (
            ["odds_ratio", "odds_ratio_cr2_low", "odds_ratio_cr2_high"],
            ["ame", "ame_cr2_conf_low", "ame_cr2_conf_high"],
        ),
        (None, Some(_)) => (
            ["firth_odds_ratio", "firth_odds_ratio_low", "firth_odds_ratio_high"],
            ["ame", "ame_conf_low", "ame_conf_high"],
        ),
        (None, None) => {
            (["odds_ratio", "odds_ratio_low", "odds_ratio_high"], ["ame", "ame_conf_low", "ame_conf_high"])
        }
    };
    for (term, ratio, difference) in terms {
        for (names, numbers) in [(ratios, ratio), (points, difference)] {
            for (place, name) in names.into_iter().enumerate() {
                let one = match numbers {
                    Some(numbers) => value(name, numbers[place]),
                    None => absent(name, "separation"),
                };
                let why = firth.filter(|_| name.starts_with("firth")).cloned();
                // What concerns every cluster-robust number travels with it.
                let unequal =
                    conditions.iter().filter(|one| one.code == "unequal_clusters" && name.contains("cr2"));
                values.push(one.term(*term).conditions(why).conditions(unequal.cloned()));
            }
        }
        values.extend(difference.iter().flat_map(|difference| per_step(term, *difference)));
        if firth.is_some() {
            values.push(absent("odds_ratio", "separation").term(*term));
        }
        if clusters.is_some() {
            values.push(value("cr2_p_value", 0.01).term(*term));
        }
    }
    of(Kind::Model, "plan@w1", values)
}

pub fn cases() -> Vec<Case> {
    let mental = "mental_health@w1>w2";
    let plan = "plan@w1>w2";
    let drop_in = "drop_in@w1>w2";
    let age = "age@w1>w2";
    let all: Vec<(&'static str, Vec<Estimate>)> = vec![
        (
            "clear fall, lower is better, very small",
            mean(mental, 338.0, [2.56, 2.49], Some([-0.12, -0.02]), Some(-0.08)),
        ),
        (
            "clear fall, lower is better, small",
            mean(mental, 338.0, [2.56, 2.26], Some([-0.41, -0.19]), Some(-0.33)),
        ),
        (
            "clear fall, lower is better, medium",
            mean(mental, 338.0, [2.56, 2.01], Some([-0.66, -0.44]), Some(-0.61)),
        ),
        (
            "clear fall, lower is better, large",
            mean(mental, 338.0, [2.96, 1.96], Some([-1.12, -0.88]), Some(-1.1)),
        ),
        ("clear rise, lower is better", mean(mental, 338.0, [2.26, 2.56], Some([0.19, 0.41]), Some(0.33))),
        (
            "size at the limit as it is shown",
            mean(mental, 338.0, [2.56, 2.38], Some([-0.3, -0.06]), Some(-0.1996)),
        ),
        (
            "huge n, trifling change",
            mean(mental, 4e8, [2.5600, 2.5520], Some([-0.0081, -0.0079]), Some(-0.009)),
        ),
        (
            "huge n, no clear change, only very small ones possible",
            mean(mental, 4e8, [2.56, 2.56001], Some([-0.0001, 0.00012]), Some(0.00001)),
        ),
        (
            "no clear change, wide interval",
            mean(mental, 40.0, [2.56, 2.46], Some([-0.42, 0.22]), Some(-0.11)),
        ),
        (
            "no clear change, narrow interval",
            mean(mental, 338.0, [2.56, 2.55], Some([-0.08, 0.06]), Some(-0.011)),
        ),
        (
            "interval touches zero from below",
            mean(mental, 60.0, [2.56, 2.36], Some([-0.4, 0.0]), Some(-0.22)),
        ),
        ("interval touches zero from above", mean(mental, 60.0, [2.36, 2.56], Some([0.0, 0.4]), Some(0.22))),
        (
            "interval barely leaves zero out",
            mean(mental, 60.0, [2.36, 2.56], Some([0.0004, 0.4]), Some(0.22)),
        ),
        ("no change at all", mean(mental, 60.0, [2.36, 2.36], Some([-0.2, 0.2]), Some(0.0))),
        ("one pair too few", mean(mental, 19.0, [2.56, 1.56], Some([-1.3, -0.7]), Some(-1.1))),
        ("just enough pairs", mean(mental, 20.0, [2.56, 1.56], Some([-1.3, -0.7]), Some(-1.1))),
        ("one person", mean(mental, 1.0, [2.0, 1.0], None, None)),
        (
            "all missing",
            of(
                Kind::Change,
                mental,
                vec![
                    value("n_pairs", 0.0),
                    absent("mean_before", "no_pairs"),
                    absent("mean_change", "no_pairs"),
                ],
            ),
        ),
        ("no interval", mean(mental, 60.0, [2.36, 2.36], None, None)),
        (
            "a clear change whose size is not known",
            mean(mental, 338.0, [2.56, 2.49], Some([-0.12, -0.02]), None),
        ),
        ("no direction is better, rise", mean(age, 338.0, [38.2, 40.2], Some([1.2, 2.8]), Some(0.22))),
        ("no direction is better, fall", mean(age, 338.0, [40.2, 38.2], Some([-2.8, -1.2]), Some(-0.22))),
        (
            "no direction is better, no clear change",
            mean(age, 338.0, [40.2, 38.2], Some([-5.8, 1.2]), Some(-0.22)),
        ),
        (
            "widened interval, clearly more became better",
            widened(mental, [2.565, 2.485], [-0.21, 0.05], Some([0.54, 0.514, 0.566])),
        ),
        (
            "widened interval, clearly more became worse",
            widened(mental, [2.485, 2.565], [-0.05, 0.21], Some([0.46, 0.434, 0.486])),
        ),
        (
            "widened interval, not clear which way more went",
            widened(mental, [2.565, 2.535], [-0.16, 0.1], Some([0.515, 0.489, 0.541])),
        ),
        (
            "widened interval that leaves zero out all the same",
            widened(mental, [2.565, 2.385], [-0.31, -0.05], Some([0.58, 0.55, 0.61])),
        ),
        (
            "widened interval, the mean went the other way than most persons",
            widened(mental, [2.485, 2.565], [-0.05, 0.21], Some([0.54, 0.514, 0.566])),
        ),
        ("widened interval, directions not shown", widened(mental, [2.565, 2.485], [-0.21, 0.05], None)),
        (
            "widened interval, no direction is better, more went up",
            widened(age, [38.2, 39.0], [-0.2, 1.8], Some([0.58, 0.55, 0.61])),
        ),
        ("share, clear rise, higher is better", share(plan, 322.0, [0.2236, 0.3168], Some([0.0434, 0.1430]))),
        (
            "share, clear fall, higher is better",
            share(plan, 322.0, [0.3168, 0.2236], Some([-0.1430, -0.0434])),
        ),
        ("share, large rise", share(plan, 322.0, [0.21, 0.71], Some([0.43, 0.56]))),
        ("share, from nobody", share(plan, 322.0, [0.0, 0.1], Some([0.07, 0.14]))),
        ("share, no clear change", share(plan, 45.0, [0.2, 0.3], Some([-0.05, 0.24]))),
        ("share, no clear change, narrow interval", share(plan, 3220.0, [0.2, 0.204], Some([-0.011, 0.019]))),
        ("share, huge n, trifling change", share(plan, 4e8, [0.22, 0.2208], Some([0.0007, 0.0009]))),
        ("share, interval touches zero", share(plan, 45.0, [0.2, 0.3], Some([0.0, 0.2]))),
        ("share, no interval", share(plan, 45.0, [1.0, 1.0], None)),
        ("share, too few", share(plan, 12.0, [0.2, 0.9], Some([0.4, 0.9]))),
        ("share, nobody", of(Kind::Change, plan, vec![value("n_pairs", 0.0), value("n11", 0.0)])),
        (
            "share, no direction is better, rise",
            share(drop_in, 322.0, [0.2236, 0.3168], Some([0.0434, 0.1430])),
        ),
        (
            "share, no direction is better, fall",
            share(drop_in, 322.0, [0.3168, 0.2236], Some([-0.1430, -0.0434])),
        ),
        (
            "share, no direction is better, no clear change",
            share(drop_in, 45.0, [0.2, 0.3], Some([-0.05, 0.24])),
        ),
        (
            "regression, a yes with more",
            model(
                &[("drop_in=1", Some([0.084, 0.021, 0.142])), ("sex=2", Some([0.03, -0.02, 0.08]))],
                None,
                &[],
            ),
        ),
        (
            "regression, a yes with less, few clusters",
            model(
                &[("drop_in=1", Some([-0.181, -0.33, -0.04])), ("sex=2", Some([0.03, -0.02, 0.08]))],
                Some(26.0),
                &[Condition::new("few_clusters", "")],
            ),
        ),
        ("regression, a level", model(&[("sex=2", Some([0.128, 0.034, 0.221]))], None, &[])),
        (
            "regression, numbers by the range of their scale",
            model(
                &[("age", Some([0.0121, 0.0032, 0.0218])), ("index", Some([-0.41, -0.7, -0.12]))],
                None,
                &[],
            ),
        ),
        (
            "regression, an interval close to zero",
            model(
                &[("sex=2", Some([0.073, 0.003, 0.142])), ("age", Some([0.000_4, 0.000_01, 0.000_8]))],
                None,
                &[],
            ),
        ),
        (
            "regression, nothing clear",
            model(&[("sex=2", Some([0.03, -0.02, 0.08])), ("age", Some([0.001, -0.001, 0.003]))], None, &[]),
        ),
        (
            "regression, the reference is not known",
            model(
                &[
                    ("mental_health@w1=3", Some([0.128, 0.034, 0.221])),
                    ("mental_health@w1=4", Some([0.2, 0.1, 0.3])),
                ],
                None,
                &[],
            ),
        ),
        (
            "regression, points that do not agree with the odds ratio are left out",
            model_of(
                &[
                    ("drop_in=1", Some([1.8, 1.1, 2.9]), Some([0.08, -0.01, 0.17])),
                    ("sex=2", Some([1.5, 0.9, 2.4]), Some([0.07, 0.01, 0.13])),
                    ("age", Some([0.97, 0.94, 0.998]), None),
                ],
                None,
                &[],
            ),
        ),
        (
            "regression, an odds ratio barely leaves one out",
            model_of(&[("drop_in=1", Some([1.3, 1.002, 1.7]), Some([0.05, 0.002, 0.1]))], None, &[]),
        ),
        (
            "regression of one variable",
            model_of(&[("sex=2", Some([2.57, 1.61, 4.1]), Some([0.217, 0.113, 0.321]))], None, &[]),
        ),
        (
            "regression, separation, Firth",
            model_of(
                &[
                    ("sex=2", Some([9.3, 1.2, 1200.0]), None),
                    ("drop_in=1", Some([1.8, 1.1, 2.9]), Some([0.2, 0.1, 0.3])),
                ],
                None,
                &[Condition::new("separation", "sex=2"), Condition::new("firth", "separation")],
            ),
        ),
        (
            "regression, few events, Firth",
            model(
                &[("drop_in=1", Some([0.2, 0.1, 0.3]))],
                None,
                &[Condition::new("few_events", ""), Condition::new("firth", "few_events")],
            ),
        ),
        (
            "regression, few events",
            model(&[("drop_in=1", Some([0.2, 0.1, 0.3]))], None, &[Condition::new("few_events", "")]),
        ),
        (
            "regression, unequal clusters",
            model(
                &[("drop_in=1", Some([0.2, 0.1, 0.3]))],
                Some(50.0),
                &[Condition::new("unequal_clusters", ""), Condition::new("aliased", "x")],
            ),
        ),
    ];
    let mut cases: Vec<Case> =
        all.into_iter().map(|(name, estimates)| Case { name, estimates, level: Some(0.95) }).collect();
    cases.push(Case {
        name: "another level",
        estimates: mean(mental, 338.0, [2.56, 2.49], Some([-0.11, -0.03]), Some(-0.08)),
        level: Some(0.9),
    });
    cases.push(Case {
        name: "no level",
        estimates: mean(mental, 338.0, [2.56, 2.49], Some([-0.11, -0.03]), Some(-0.08)),
        level: None,
    });
    cases
}
