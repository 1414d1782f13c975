//! Made-up estimates of a made-up evaluation, for the tests of tables and reports.

#![allow(clippy::needless_range_loop, reason = "the indices are levels, before and after")]

pub mod contrasts;
pub mod judged;
mod words;

use std::collections::BTreeMap;

pub use contrasts::clear_with_contrasts;
use utfall::dictionary::{Reason, Text};
use utfall::disclosure::{Cleared, Policy, Release};
use utfall::estimate::{Condition, Estimate, Kind, Statistic, Subject, Value};
use utfall::plan::CohortUnit;
use utfall::table::{AnalysisView, Input, Labels, LayoutError, Table, TableSpec, build};
pub use words::labels;

pub fn text(nb: &str, nn: &str, en: &str) -> Text {
    Text { nb: Some(nb.into()), nn: Some(nn.into()), en: Some(en.into()) }
}

/// The statistic of a name; a model's, where a change or a family has one of the same name. What it is is not said: pages would say
/// it, and are judged by what they say themselves.
pub fn statistic(name: &'static str) -> &'static Statistic {
    let of = |kind: Kind| utfall::question::statistic(kind, name);
    let known =
        [Kind::Model].into_iter().chain(utfall::question::stages().map(|stage| stage.kind)).find_map(of);
    let known = known.unwrap_or_else(|| panic!("{name} is a statistic"));
    // A test's few statistics live as long as the test.
    Box::leak(Box::new(Statistic {
        about: "What it is, in one sentence.",
        source: "Author (Year)",
        ..*known
    }))
}

pub fn value(name: &'static str, number: f64) -> Value {
    Value::new(statistic(name), number)
}

pub fn subject(analysis: &str, kind: Kind, group: &str, variable: &str) -> Subject {
    Subject { analysis: analysis.into(), kind, group: group.into(), variable: variable.into() }
}

/// A coded variable: the counts of its codes from `first` on, and missing answers.
pub fn coded(
    analysis: &str,
    group: &str,
    variable: &str,
    first: i64,
    counts: &[u64],
    missing: u64,
) -> Vec<Estimate> {
    let valid: u64 = counts.iter().sum();
    let mut values = vec![value("valid", valid as f64)];
    if missing > 0 {
        values.push(value("missing", missing as f64).term(Reason::Blank.name()));
        values.push(value("missing_total", missing as f64));
    }
    // Received and enough; received, not enough; not received, needed; neither: the first two and the last two together.
    if let &[a, b, c, d] = counts {
        for (at, [one, other]) in [(first, [a, b]), (first + 2, [c, d])] {
            let (whole, name) = (one + other, format!("{at}+{}", at + 1));
            values.push(value("combined_count", whole as f64).term(name.as_str()).n(valid));
            values.push(value("combined_share", whole as f64 / valid as f64).term(name.as_str()).n(valid));
            for (code, count) in (at..).zip([one, other]).filter(|_| whole > 0) {
                let term = format!("{code}|{name}");
                values.push(value("conditional_share", count as f64 / whole as f64).term(term).n(valid));
            }
        }
    }
    for (code, count) in (first..).zip(counts) {
        values.push(value("count", *count as f64).term(code.to_string()).n(valid));
        values.push(value("share", *count as f64 / valid as f64).term(code.to_string()).n(valid));
    }
    subject(analysis, Kind::Describe, group, variable).estimates(values)
}

pub fn numeric(analysis: &str, group: &str, variable: &str, n: u64, mean: f64, sd: f64) -> Vec<Estimate> {
    subject(analysis, Kind::Describe, group, variable).estimates(vec![
        value("valid", n as f64),
        value("mean", mean).n(n),
        value("sum", mean * n as f64).n(n),
        value("sd", sd).n(n),
        value("median", mean.round()).n(n),
    ])
}

/// An ordinal change (codes from 1, lower is better) from its transition table.
pub fn ordinal(analysis: &str, group: &str, variable: &str, table: &[Vec<u64>]) -> Vec<Estimate> {
    let levels = table.len();
    let cell = |pick: &dyn Fn(usize, usize) -> f64| {
        let mut sum = 0.0;
        for (before, row) in table.iter().enumerate() {
            for (after, count) in row.iter().enumerate() {
                sum += pick(before, after) * *count as f64;
            }
        }
        sum
    };
    let is = |yes: bool| f64::from(u8::from(yes));
    let n = cell(&|_, _| 1.0);
    let mut values = vec![value("n_pairs", n)];
    let [better, same, worse] = [cell(&|a, b| is(b < a)), cell(&|a, b| is(a == b)), cell(&|a, b| is(b > a))];
    for (name, share, count) in [
        ("improved", "improved_share", better),
        ("unchanged", "unchanged_share", same),
        ("worse", "worse_share", worse),
    ] {
        values.extend([value(name, count), value(share, count / n).n(n as u64)]);
    }
    values.extend([value("increased", worse), value("decreased", better)]);
    for level in 0..levels {
        let term = (level + 1).to_string();
        let [before, after] = [cell(&|a, _| is(a == level)), cell(&|_, b| is(b == level))];
        for (name, share, count) in
            [("before_count", "before_share", before), ("after_count", "after_share", after)]
        {
            values.push(value(name, count).term(term.as_str()));
            values.push(value(share, count / n).term(term.as_str()));
        }
        for to in 0..levels {
            let count = table[level][to] as f64;
            let term = format!("{}>{}", level + 1, to + 1);
            values.push(value("transition", count).term(term.as_str()));
            values.push(value("joint_share", count / n).term(term.as_str()));
            values.push(value("transition_share", count / before).term(term));
        }
    }
    let [before, after] = [cell(&|a, _| a as f64 + 1.0) / n, cell(&|_, b| b as f64 + 1.0) / n];
    let change = after - before;
    let spread = (cell(&|a, b| (b as f64 - a as f64 - change).powi(2)) / (n - 1.0)).sqrt();
    let half = 1.96 * spread / n.sqrt();
    values.extend([
        value("mean_before", before).n(n as u64),
        value("mean_after", after).n(n as u64),
        value("mean_change", change).n(n as u64),
        value("mean_change_low", change - half).n(n as u64),
        value("mean_change_high", change + half).n(n as u64),
        value("t_p", if half < change.abs() { 0.000_12 } else { 0.3456 }).n(n as u64),
        value("rank_biserial", (worse - better) / (worse + better)).n(n as u64),
    ]);
    subject(analysis, Kind::Change, group, variable).estimates(values)
}

/// Reliable change beside an ordinal one: of those who changed, the ones by two levels or more.
pub fn reliable(analysis: &str, variable: &str, table: &[Vec<u64>]) -> Vec<Estimate> {
    let far = |pick: fn(usize, usize) -> bool| -> u64 {
        let cells = table
            .iter()
            .enumerate()
            .flat_map(|(a, row)| row.iter().enumerate().map(move |(b, n)| (a, b, *n)));
        cells.filter(|(a, b, _)| pick(*a, *b)).map(|(_, _, count)| count).sum()
    };
    let n = far(|_, _| true);
    let (better, worse) = (far(|a, b| b + 2 <= a), far(|a, b| a + 2 <= b));
    let mut values = vec![value("reliable_threshold", 1.4).n(n)];
    for (name, share, count) in [
        ("reliable_improved", "reliable_improved_share", better),
        ("reliable_unchanged", "reliable_unchanged_share", n - better - worse),
        ("reliable_worse", "reliable_worse_share", worse),
    ] {
        values.extend([value(name, count as f64).n(n), value(share, count as f64 / n as f64).n(n)]);
    }
    subject(analysis, Kind::Change, "", variable).estimates(values)
}

/// Cohen's h of two shares, and of the first and that with the ends of an interval of the difference added.
pub fn cohens_h(before: f64, after: f64, ends: Option<[f64; 2]>) -> Vec<Value> {
    let angle = |share: f64| 2.0 * share.clamp(0.0, 1.0).sqrt().asin();
    let h = |after: f64| angle(after) - angle(before);
    let ends = ["cohens_h_low", "cohens_h_high"].into_iter().zip(ends.into_iter().flatten());
    let ends = ends.map(|(name, end)| value(name, h(before + end)));
    std::iter::once(value("cohens_h", h(after))).chain(ends).collect()
}

/// A binary change from n00, n01, n10, n11.
pub fn binary(analysis: &str, group: &str, variable: &str, [n00, n01, n10, n11]: [u64; 4]) -> Vec<Estimate> {
    let n = n00 + n01 + n10 + n11;
    let share = |count: u64| count as f64 / n as f64;
    let difference = share(n01) - share(n10);
    let mut values = vec![value("n_pairs", n as f64)];
    for (name, count) in [
        ("n00", n00),
        ("n01", n01),
        ("n10", n10),
        ("n11", n11),
        ("increased", n01),
        ("decreased", n10),
        ("unchanged", n00 + n11),
        ("improved", n01),
        ("worse", n10),
    ] {
        values.push(value(name, count as f64));
    }
    for (name, count) in [
        ("share_before", n10 + n11),
        ("share_after", n01 + n11),
        ("improved_share", n01),
        ("unchanged_share", n00 + n11),
        ("worse_share", n10),
    ] {
        values.push(value(name, share(count)).n(n));
    }
    let [first, second] = [n00 + n01, n10 + n11];
    for (name, count) in [
        ("first_before", first),
        ("second_before", second),
        ("first_after", n00 + n10),
        ("second_after", n01 + n11),
    ] {
        values.push(value(name, count as f64));
    }
    for (name, part, whole) in [
        ("first_share_before", first, n),
        ("first_share_after", n00 + n10, n),
        ("n00_share", n00, first),
        ("n01_share", n01, first),
        ("n10_share", n10, second),
        ("n11_share", n11, second),
        ("n00_joint_share", n00, n),
        ("n01_joint_share", n01, n),
        ("n10_joint_share", n10, n),
        ("n11_joint_share", n11, n),
    ] {
        values.push(value(name, part as f64 / whole as f64));
    }
    let before = share(second);
    values.extend(cohens_h(before, share(n01 + n11), Some([difference - 0.05, difference + 0.05])));
    values.extend([
        value("risk_difference", difference).n(n),
        value("tango_low", difference - 0.05).n(n),
        value("tango_high", difference + 0.05).n(n),
        value("mcnemar_p", 0.041_23).n(n),
        Value::new(&utfall::statistic::PAIRED_ODDS_RATIO, n01 as f64 / n10 as f64).n(n),
    ]);
    subject(analysis, Kind::Change, group, variable).estimates(values)
}

/// The variables of which a model has several levels.
fn factors<'a>(terms: &[(&'a str, f64)]) -> Vec<&'a str> {
    let mut variables: Vec<&str> =
        terms.iter().filter_map(|(term, _)| term.split_once('=')).map(|(variable, _)| variable).collect();
    let all = variables.clone();
    variables.dedup();
    variables.retain(|variable| all.iter().filter(|known| known == &variable).count() > 1);
    variables
}

/// A logistic regression: terms with their odds ratios.
pub fn model(analysis: &str, outcome: &str, terms: &[(&str, f64)], robust: bool) -> Vec<Estimate> {
    let mut values = Vec::new();
    for (term, ratio) in terms {
        let of = |name, number: f64| value(name, number).term(*term).n(380);
        values.extend([
            of("odds_ratio", *ratio),
            of("odds_ratio_low", ratio * 0.6),
            of("odds_ratio_high", ratio / 0.6),
        ]);
        for (name, number) in
            [("estimate", ratio.ln()), ("std_error", 0.3215), ("statistic", ratio.ln() / 0.3215)]
        {
            values.push(of(name, number));
        }
        values.extend([of("wald_chi2", (ratio.ln() / 0.3215).powi(2)), of("wald_df", 1.0)]);
        values.push(of("p_value", (ratio - 1.0).abs().mul_add(-0.4, 0.5).max(0.000_01)));
        if robust {
            let robust = [("odds_ratio_cr1_low", ratio * 0.5), ("odds_ratio_cr1_high", ratio / 0.5)];
            let few = || [Condition::new("few_clusters", "")];
            values.extend(robust.map(|(name, number)| of(name, number).conditions(few())));
            values.push(of("cr1_p_value", 0.012_34).conditions(few()));
        }
    }
    for variable in factors(terms) {
        for (name, number) in [("wald_chi2", 7.654), ("wald_df", 3.0), ("wald_p", 0.0537)] {
            values.push(value(name, number).term(variable).n(380));
        }
    }
    values.extend([value("n_obs", 380.0), value("n_events", 97.0)]);
    if robust {
        values.push(value("n_clusters", 26.0));
    }
    for (name, number) in [
        ("omnibus_chi2", 31.26),
        ("omnibus_df", 5.0),
        ("omnibus_p", 0.000_008),
        ("nagelkerke", 0.1234),
        ("cox_snell", 0.0837),
        ("deviance", 412.3456),
        ("classification_cut", 0.5),
        ("sensitivity", 0.2577),
        ("specificity", 0.9541),
        ("correctly_classified", 0.7763),
        ("no_information_rate", 283.0 / 380.0),
        ("hosmer_lemeshow", 6.54),
        ("hosmer_lemeshow_df", 8.0),
        ("hosmer_lemeshow_p", 0.587),
        ("auc", 0.703),
        ("auc_low", 0.645),
        ("auc_high", 0.761),
    ] {
        values.push(value(name, number).n(380));
    }
    subject(analysis, Kind::Model, "", outcome).estimates(values)
}

pub fn followup() -> Vec<Estimate> {
    let at = |wave: &str, values| subject("followup.mapped", Kind::Followup, "", wave).estimates(values);
    let mut estimates = at(
        "",
        vec![
            value("members", 400.0),
            value("pattern", 322.0).term("11"),
            value("pattern", 78.0).term("10"),
            value("pattern_share", 322.0 / 400.0).term("11"),
            value("pattern_share", 78.0 / 400.0).term("10"),
            value("pattern_share", 1.0),
        ],
    );
    estimates.extend(at(
        "w1",
        vec![
            value("eligible", 400.0),
            value("seen", 400.0),
            value("seen_in_window", 400.0),
            value("lost", 0.0),
            value("seen_share", 1.0),
            value("lost_share", 0.0),
            value("followup_rate", 1.0).n(400),
        ],
    ));
    estimates.extend(at(
        "w2",
        vec![
            value("eligible", 394.0),
            value("seen", 322.0),
            value("seen_in_window", 301.0),
            value("seen_late", 12.0),
            value("seen_otherwise", 9.0),
            value("seen_share", 322.0 / 400.0),
            value("lost_share", 52.0 / 400.0),
            value("state_share", 20.0 / 400.0).term("prison"),
            value("state_share", 6.0 / 400.0).term("dead"),
            value("lost", 52.0),
            value("state", 20.0).term("prison"),
            value("state", 6.0).term("dead"),
            value("followup_rate", 322.0 / 394.0).n(394),
        ],
    ));
    estimates
}

/// A coded and a numeric term among the followed and the lost, and the response model on them; `sex`: followed and lost by code.
pub fn attrition(sex: [[u64; 2]; 2]) -> Vec<Estimate> {
    let at =
        |variable: &str, values| subject("attrition.w2", Kind::Attrition, "", variable).estimates(values);
    let n = [0, 1].map(|side: usize| sex[0][side] + sex[1][side]);
    let sides = ["followed", "lost"].into_iter().enumerate();
    let mut whole = vec![value("eligible", (n[0] + n[1]) as f64)];
    whole.extend(sides.clone().map(|(side, name)| value(name, n[side] as f64)));
    for (name, number) in [("n_obs", n[0] + n[1]), ("n_events", n[0]), ("n_truncated", 7)] {
        whole.push(value(name, number as f64));
    }
    for (name, number) in [
        ("auc", 0.64),
        ("auc_low", 0.58),
        ("auc_high", 0.7),
        ("weight_mean", 0.998),
        ("weight_effective_n", 311.2),
    ] {
        whole.push(value(name, number).n(n[0] + n[1]));
    }
    for (term, ratio) in [("(intercept)", 4.2), ("sex=2", 0.81), ("age", 1.25)] {
        whole.push(value("odds_ratio", ratio).term(term));
        whole.push(value("odds_ratio_low", ratio - 0.25).term(term));
        whole.push(value("odds_ratio_high", ratio + 0.25).term(term));
    }
    let mut estimates = at("w2", whole);
    let mut coded = Vec::new();
    let mut numeric = vec![value("smd", -0.12)];
    for (side, name) in sides {
        let statistic = |of: &str| -> &'static str { Box::leak(format!("{of}_{name}").into_boxed_str()) };
        coded.push(value(statistic("n"), n[side] as f64));
        for (code, counts) in ["1", "2"].into_iter().zip(sex) {
            coded.push(value(statistic("count"), counts[side] as f64).term(code));
            let share = counts[side] as f64 / n[side] as f64;
            coded.push(value(statistic("share"), share).term(code).n(n[side]));
        }
        numeric.push(value(statistic("n"), n[side] as f64));
        numeric.push(value(statistic("mean"), 38.2).n(n[side]));
        numeric.push(value(statistic("sd"), 8.7).n(n[side]));
    }
    coded.extend(["1", "2"].map(|code| value("smd", 0.05).term(code).n(n[0] + n[1])));
    estimates.extend(at("sex", coded));
    estimates.extend(at("age", numeric));
    estimates
}

/// A coded variable at two waves, by the counts of its codes from `first` on, and from the one to the other by its transitions.
pub fn trajectory(variable: &str, first: i64, waves: [&[u64]; 2], table: &[Vec<u64>]) -> Vec<Estimate> {
    let at = |variable: String, values| {
        subject("trajectory.severity", Kind::Trajectory, "", &variable).estimates(values)
    };
    let mut estimates = Vec::new();
    for (wave, counts) in ["w1", "w2"].into_iter().zip(waves) {
        let n: u64 = counts.iter().sum();
        let mut values = vec![value("valid", n as f64).n(n)];
        for (code, count) in (first..).zip(counts) {
            values.push(value("count", *count as f64).term(code.to_string()).n(n));
        }
        let names = match counts {
            [_, yes] => {
                values.push(value("wave_count", *yes as f64).n(n));
                ["wave_share", "wave_share_low", "wave_share_high"]
            }
            _ => ["wave_mean", "wave_mean_low", "wave_mean_high"],
        };
        let sum: f64 = (first..).zip(counts).map(|(code, count)| code as f64 * *count as f64).sum();
        for (name, off) in names.into_iter().zip([0.0, -0.05, 0.05]) {
            values.push(value(name, sum / n as f64 + off).n(n));
        }
        estimates.extend(at(format!("{variable}@{wave}"), values));
    }
    let mut values = vec![value("n_pairs", table.iter().flatten().sum::<u64>() as f64)];
    for (from, row) in (first..).zip(table) {
        let before: u64 = row.iter().sum();
        values.push(value("before_count", before as f64).term(from.to_string()));
        let after: u64 = table.iter().map(|row| row[(from - first) as usize]).sum();
        values.push(value("after_count", after as f64).term(from.to_string()));
        for (to, count) in (first..).zip(row) {
            let term = format!("{from}>{to}");
            values.push(value("transition", *count as f64).term(term.as_str()));
            values.push(value("flow_share", *count as f64 / before as f64).term(term).n(before));
        }
    }
    estimates.extend(at(format!("{variable}@w1>w2"), values));
    estimates
}

/// The p-values of the made-up changes, and made-up adjustments.
pub fn family() -> Vec<Estimate> {
    let at = |variable: &str, values| subject("family.main", Kind::Family, "", variable).estimates(values);
    let mut estimates = at("", vec![value("family_size", 3.0)]);
    for (variable, test, p) in [
        ("mental_health@w1>w2", "t_p", 0.000_12),
        ("somatic_health@w1>w2", "t_p", 0.3456),
        ("plan@w1>w2", "mcnemar_p", 0.000_021),
    ] {
        let values = [("p_value", 1.0), ("p_holm", 2.0), ("p_bh", 1.5)];
        let values = values.map(|(name, times)| value(name, p * times).method(test)).to_vec();
        estimates.extend(at(variable, values));
    }
    estimates
}

/// All estimates of the made-up evaluation.
pub fn estimates() -> Vec<Estimate> {
    let mental = |scale: u64| {
        vec![
            vec![30 * scale, 12, 6, 0],
            vec![22 * scale, 40 * scale, 11, 5],
            vec![9 * scale, 26 * scale, 38 * scale, 8],
            vec![5, 7 * scale, 14 * scale, 18 * scale],
        ]
    };
    let mut all = followup();
    for (group, counts, missing) in
        [("", [75, 148, 121, 51], 5), ("drop_in=0", [45, 78, 61, 16], 3), ("drop_in=1", [30, 70, 60, 35], 2)]
    {
        all.extend(coded("describe.severity", group, "mental_health@w1", 1, &counts, missing));
    }
    for (variable, counts, missing) in
        [("somatic_health@w1", [98, 160, 100, 38], 4), ("dental_health@w1", [40, 90, 150, 110], 10)]
    {
        all.extend(coded("describe.items", "", variable, 1, &counts, missing));
    }
    all.extend(coded("describe.involvement", "", "plan@w1", 0, &[300, 100], 0));
    all.extend(coded("describe.involvement", "", "group@w1", 0, &[198, 200], 2));
    all.extend(
        subject("describe.involvement", Kind::Describe, "", "plan@w1")
            .estimates(vec![value("both", 61.0).term("group@w1").n(398)]),
    );
    all.extend(numeric("describe.age", "", "age", 400, 38.94, 8.71));
    all.extend(coded("describe.age_groups", "", "mental_health@w1", 1, &[40, 120, 150, 90], 0));
    for (group, n, mean) in
        [("", 30, 24.0), ("mental_health@w1=1", 12, 20.0), ("mental_health@w1=2", 18, 26.7)]
    {
        all.extend(numeric("describe.services", group, "age", n, mean, 3.0));
    }
    for (variable, counts) in
        [("somatic_health@w1", [200, 60, 20, 120]), ("dental_health@w1", [90, 30, 80, 200])]
    {
        all.extend(coded("describe.measures", "", variable, 1, &counts, 0));
    }
    for (group, scale) in [("", 2), ("drop_in=1", 1)] {
        all.extend(ordinal("change.severity", group, "mental_health@w1>w2", &mental(scale)));
    }
    let stable = vec![vec![40, 21, 8, 6], vec![20, 60, 22, 7], vec![9, 21, 44, 12], vec![7, 8, 13, 22]];
    let upside: Vec<Vec<u64>> = (0..4).map(|a| (0..4).map(|b| mental(2)[b][a]).collect()).collect();
    all.extend(reliable("change.severity", "somatic_health@w1>w2", &stable));
    all.extend(ordinal("change.severity", "", "somatic_health@w1>w2", &stable));
    all.extend(ordinal("change.severity", "", "dental_health@w1>w2", &upside));
    all.extend(ordinal("change.severity", "", "nutrition@w1>w2", &[vec![5, 0], vec![6, 5]]));
    all.extend(ordinal("change.severity", "", "housing@w1>w2", &[vec![2, 0], vec![1, 1]]));
    all.extend(binary("change.involvement", "", "plan@w1>w2", [210, 42, 12, 58]));
    all.extend(binary("change.involvement", "", "group@w1>w2", [150, 2, 3, 165]));
    let terms = [
        ("(intercept)", 0.21),
        ("age", 1.021),
        ("sex=2", 1.64),
        ("mental_health@w1=2", 1.12),
        ("mental_health@w1=3", 1.95),
        ("mental_health@w1=4", 2.48),
    ];
    all.extend(model("model.plan", "plan@w1", &terms, true));
    all.extend(model("model.group", "group@w1", &terms[..3], false));
    let weighted = |analysis, kind, variable, names: [&'static str; 3], term: &str| {
        let values = names.into_iter().zip([0.11, 0.05, 0.17]);
        let values = values.map(|(name, number)| value(name, number).term(term).n(318)).collect();
        subject(analysis, kind, "", variable).estimates(values)
    };
    let names = ["weighted_share_change", "weighted_share_change_low", "weighted_share_change_high"];
    all.extend(weighted("change.involvement", Kind::Change, "plan@w1>w2", names, ""));
    let names = ["weighted_odds_ratio", "weighted_odds_ratio_low", "weighted_odds_ratio_high"];
    all.extend(weighted("model.group", Kind::Model, "group@w1", names, "sex=2"));
    all.extend(attrition([[200, 55], [122, 17]]));
    let of_programs = |name: &'static str, numbers: [f64; 3]| -> Vec<Value> {
        let programs = ["(r)", "(spss)", "(stata)"].into_iter().zip(numbers);
        let apart = numbers.iter().fold(0.0_f64, |most, one| most.max((one - numbers[0]).abs()));
        let programs = programs.chain([("(apart)", apart)]);
        programs.map(|(program, number)| value(name, number).term(program).n(318)).collect()
    };
    let severity = subject("change.severity", Kind::Change, "", "mental_health@w1>w2");
    all.extend(severity.estimates(of_programs("wilcoxon_p", [0.031, 0.030, 0.030])));
    let plan = subject("model.plan", Kind::Model, "", "plan@w1");
    all.extend(plan.estimates(of_programs("hosmer_lemeshow", [7.1, 6.8, 7.1])));
    let shares = [("predicted", 0.25), ("predicted_low", 0.2), ("predicted_high", 0.31)];
    let share = |term: &'static str| shares.map(|(name, number)| value(name, number).term(term).n(318));
    let effect = [("ame", 0.06), ("ame_conf_low", 0.01), ("ame_conf_high", 0.11), ("ame_p_value", 0.02)];
    let group = subject("model.group", Kind::Model, "", "group@w1");
    all.extend(group.estimates(share("sex=1").to_vec()));
    all.extend(group.estimates(share("sex=2").to_vec()));
    all.extend(
        group.estimates(effect.map(|(name, number)| value(name, number).term("sex=2").n(318)).to_vec()),
    );
    let moved = vec![vec![40, 21, 8, 6], vec![20, 60, 22, 7], vec![9, 21, 44, 12], vec![7, 8, 13, 22]];
    all.extend(trajectory("mental_health", 1, [&[85, 120, 96, 60], &[86, 115, 92, 57]], &moved));
    all.extend(family());
    all.extend(judged::goals("goals.attained", ["plan@w1", "group@w1"], 2));
    let days =
        [(28.0, 0.0, 12), (28.0, 12.0, 31), (20.0, 18.0, 25), (10.0, 16.0, 9), (0.0, 0.0, 40), (0.0, 5.0, 6)];
    all.extend(judged::use_days("change.days", "days_used@w1>w2", &days));
    for (analysis, variable, table) in [
        ("agreement.mental_health", "mental_health@w1>w2", [[14, 13, 8], [14, 25, 13], [24, 45, 61]]),
        ("agreement.housing", "housing@w1>w2", [[18, 35, 0], [16, 170, 3], [0, 38, 23]]),
    ] {
        all.extend(judged::rated(analysis, variable, table));
    }
    all
}

pub const ANALYSES: &[&str] = &[
    "followup.mapped",
    "attrition.w2",
    "describe.severity",
    "describe.items",
    "describe.involvement",
    "describe.age",
    "describe.age_groups",
    "describe.services",
    "describe.measures",
    "change.severity",
    "change.involvement",
    "contrast.severity",
    "contrast.involvement",
    "agreement.mental_health",
    "agreement.housing",
    "goals.attained",
    "change.days",
    "model.plan",
    "model.group",
    "describe.nothing",
    "trajectory.severity",
    "family.main",
];

pub fn release(policy: Policy) -> Release {
    clear_with_contrasts(&estimates(), policy)
}

pub fn views<'a>(cleared: &'a [Cleared], ids: &[&'static str]) -> Vec<AnalysisView<'a>> {
    let label = |id: &str| match id {
        "followup.mapped" => {
            text("Oppfølging av kartlagte", "Oppfølging av kartlagde", "Follow-up of those mapped")
        }
        "change.severity" => text("Endring i problemer", "Endring i problem", "Change in problems"),
        "change.involvement" => {
            text("Endring i medvirkning", "Endring i medverknad", "Change in involvement")
        }
        _ => Text::same(id),
    };
    let view = |id: &&'static str| {
        let of = cleared.iter().filter(|one| one.analysis() == *id).collect();
        AnalysisView::new(id, label(id), CohortUnit::Respondent, None, Some(0.95), of)
    };
    ids.iter().map(view).collect()
}

/// Table → its ranges.
pub fn ranges(release: &Release, labels: &Labels) -> Vec<(String, Vec<Cleared>)> {
    let of_table = |(number, layout, from): &(&str, &str, &[&'static str])| {
        let id = spec(number, layout, from).id;
        let made = utfall::run::ranges(&id, layout, &views(&release.cleared, from), labels, &release.cleared);
        (id, made)
    };
    TABLES.iter().map(of_table).collect()
}

pub fn rankings(ranges: &[(String, Vec<Cleared>)]) -> BTreeMap<String, AnalysisView<'_>> {
    let mut views = BTreeMap::new();
    for (id, ranges) in ranges {
        let (label, unit) = (Text::same("Ranking"), CohortUnit::Respondent);
        views.insert(id.clone(), AnalysisView::new(id, label, unit, None, None, ranges.iter().collect()));
    }
    views
}

pub fn spec(number: &str, layout: &str, from: &[&str]) -> TableSpec {
    TableSpec {
        id: format!("T{}", number.replace('.', "_")),
        number: number.into(),
        title: Text::default(),
        note: Text::default(),
        layout: utfall::question::layouts().find(|known| known.name == layout).unwrap(),
        from: from.iter().map(|id| (*id).to_owned()).collect(),
    }
}

/// Builds one table of the made-up evaluation.
pub fn table(
    release: &Release,
    number: &str,
    layout: &str,
    from: &[&'static str],
) -> Result<Table, LayoutError> {
    let labels = labels();
    let spec = spec(number, layout, from);
    build(&Input { spec: &spec, analyses: views(&release.cleared, from), labels: &labels })
}

/// The tables of the made-up report: layout and analyses.
pub const TABLES: &[(&str, &str, &[&str])] = &[
    ("4.1", "followup", &["followup.mapped"]),
    ("4.2", "patterns", &["followup.mapped"]),
    ("4.3", "frequency", &["describe.severity"]),
    ("4.4", "crosstab", &["describe.severity"]),
    ("4.5", "items", &["describe.items"]),
    ("4.6", "multiple_response", &["describe.involvement"]),
    ("4.7", "overlap", &["describe.involvement"]),
    ("4.8", "numeric", &["describe.age"]),
    ("3.1", "listing", &["describe.services"]),
    ("3.2", "ranking", &["describe.services"]),
    ("3.3", "panel", &["describe.services"]),
    ("4.12", "bands", &["describe.age_groups", "describe.age"]),
    ("4.13", "coverage", &["describe.measures"]),
    ("4.14", "received", &["describe.measures"]),
    ("4.15", "sufficient", &["describe.measures"]),
    ("4.16", "unmet", &["describe.measures"]),
    ("4.9", "change", &["change.severity", "change.involvement"]),
    ("4.10", "transition", &["change.severity"]),
    ("4.11", "reliable", &["change.severity"]),
    ("4.23", "regression", &["model.plan", "model.group"]),
    ("4.24", "regression", &["model.plan"]),
    ("4.25", "attrition", &["attrition.w2"]),
    ("4.26", "conventions", &["change.severity"]),
    ("4.27", "regression_conventions", &["model.plan"]),
    ("4.28", "marginal_effects", &["model.group"]),
    ("4.29", "trajectory", &["trajectory.severity"]),
    ("4.30", "flow", &["trajectory.severity"]),
    ("4.31", "family", &["family.main"]),
    ("4.32", "regression_spss", &["model.plan"]),
    ("4.33", "regression_spss_summary", &["model.plan", "model.group"]),
    ("4.41", "rated_change", &["agreement.mental_health", "agreement.housing"]),
    ("4.42", "agreement", &["agreement.mental_health", "agreement.housing"]),
    ("4.43", "goals", &["goals.attained"]),
    ("4.44", "use_classes", &["change.days"]),
];
