//! Constructed tables: what the numbers are, by layout, and nothing of what is to be said of them.

use crate::common::ids::without_ids;
use utfall::dictionary::{Language, Text};
use utfall::disclosure::{Policy, clear};
use utfall::estimate::{Estimate, Kind};
use utfall::plan::CohortUnit;
use utfall::plan::Design;
use utfall::report::{Entry, Report, html};
use utfall::table::{AnalysisView, Input, build};

use crate::made_up::{
    binary, coded, judged, labels, model, numeric, ordinal, rankings, reliable, spec, statistic, subject,
    text, trajectory, value,
};

pub struct Case {
    pub layout: &'static str,
    pub name: &'static str,
    estimates: Vec<Estimate>,
    policy: Policy,
}

impl Case {
    /// What stands above the table in a report of it alone: the sentences, and what it rests on.
    pub fn told(&self, language: Language) -> String {
        let release = clear(&self.estimates, self.policy);
        let labels = labels();
        let mut ids: Vec<&str> = self.estimates.iter().map(|one| one.analysis.as_str()).collect();
        ids.dedup();
        let view = |id: &&'static str| {
            let of = release.cleared.iter().filter(|one| one.analysis() == *id).collect();
            AnalysisView::new(id, Text::same(id), CohortUnit::Respondent, None, Some(0.95), of)
        };
        // The ids live as long as the test.
        let ids: Vec<&'static str> = ids.into_iter().map(|id| &*id.to_owned().leak()).collect();
        let views = || ids.iter().map(view).collect::<Vec<_>>();
        let spec = spec("1", self.layout, &ids);
        let table = build(&Input { spec: &spec, analyses: views(), labels: &labels });
        let entry = Entry {
            table: match table {
                Ok(table) => table,
                Err(error) => return error.to_string(),
            },
            layout: self.layout.to_owned(),
            from: ids.iter().map(|id| (*id).to_owned()).collect(),
            origins: Vec::new(),
        };
        let made = utfall::run::ranges(&spec.id, self.layout, &views(), &labels, &release.cleared);
        let ranges = [(spec.id.clone(), made)];
        let report = Report {
            title: text("Tittel", "Tittel", "Title"),
            notice: Text::default(),
            about: Vec::new(),
            primary: Vec::new(),
            design: Design::BeforeAfter,
            languages: vec![language],
            edition: String::new(),
            analyses: views(),
            tables: vec![entry],
            published: Vec::new(),
            figures: &[],
            remarks: Vec::new(),
            labels: &labels,
            audit: &release.audit,
            rankings: rankings(&ranges),
        };
        above(&without_ids(&html(&report, language).expect("the page is made")), "1")
    }
}

/// The sentences above the table of a number, and its basis.
pub fn above(page: &str, number: &str) -> String {
    let mut entries = page.split("<article class=\"entry");
    let entry = entries.find(|entry| entry.contains(&format!(" {number}</span>"))).unwrap_or_default();
    let part = |before: &str, after: &str| {
        let found = entry.split_once(before)?.1.split_once(after)?.0;
        let lines = found.replace("</li>", "").replace("<li>", "");
        Some(lines.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "))
    };
    let reads = part("<p class=\"reads\">", "</p>").or_else(|| part("<ul class=\"reads\">", "</ul>"));
    [reads, part("<p class=\"basis\">", "</p>")].into_iter().flatten().collect::<Vec<_>>().join(" | ")
}

/// Trips of one person between answers, before by after.
const MENTAL: &str = "mental_health@w1>w2";

fn severity(counts: &[u64], missing: u64) -> Vec<Estimate> {
    coded("describe.a", "", "mental_health@w1", 1, counts, missing)
}

/// A coded variable among everyone and the groups of `drop_in`.
fn by_group(variable: &str, first: i64, groups: [&[u64]; 2]) -> Vec<Estimate> {
    let sum: Vec<u64> = groups[0].iter().zip(groups[1]).map(|(a, b)| a + b).collect();
    let of = |group: &str, counts: &[u64]| coded("describe.a", group, variable, first, counts, 0);
    [of("", &sum), of("drop_in=0", groups[0]), of("drop_in=1", groups[1])].concat()
}

fn two_items(first: &[u64], second: &[u64], variables: [&str; 2], from: i64) -> Vec<Estimate> {
    let [one, other] = variables;
    [coded("describe.a", "", one, from, first, 0), coded("describe.a", "", other, from, second, 0)].concat()
}

fn three_items(counts: [&[u64]; 3], variables: [&str; 3], from: i64) -> Vec<Estimate> {
    let of = counts.into_iter().zip(variables);
    of.flat_map(|(counts, variable)| coded("describe.a", "", variable, from, counts, 0)).collect()
}

const FOUR_OF_THREE: [&str; 3] = ["mental_health@w1", "somatic_health@w1", "dental_health@w1"];
const YES_OF_THREE: [&str; 3] = ["plan@w1", "group@w1", "drop_in@w1"];
const FOUR: [&str; 2] = ["somatic_health@w1", "dental_health@w1"];
const YES: [&str; 2] = ["plan@w1", "group@w1"];

fn overlap(both: f64) -> Vec<Estimate> {
    let mut all = two_items(&[300, 100], &[198, 200], YES, 0);
    all.extend(
        subject("describe.a", Kind::Describe, "", "plan@w1")
            .estimates(vec![value("both", both).term("group@w1").n(398)]),
    );
    all
}

fn units(sums: &[u64]) -> Vec<Estimate> {
    let n = sums.iter().filter(|sum| **sum > 0).count() as u64;
    let of = |group: &str, n: u64, sum: u64| {
        let values = vec![value("valid", n as f64), value("sum", sum as f64).n(n), value("mean", 1.0).n(n)];
        subject("describe.a", Kind::Describe, group, "age").estimates(values)
    };
    let mut all = of("", n, sums.iter().sum());
    for (code, sum) in (1..).zip(sums) {
        all.extend(of(&format!("mental_health@w1={code}"), u64::from(*sum > 0), *sum));
    }
    all
}

fn mean_of(variable: &str, n: u64, mean: f64) -> Vec<Estimate> {
    numeric("describe.a", "", variable, n, mean, 8.0)
}

/// Two variables with p-values, plain and adjusted.
fn family(p: [f64; 3], n: u64) -> Vec<Estimate> {
    let mut all = subject("family.a", Kind::Family, "", "").estimates(vec![value("family_size", 2.0)]);
    for (variable, times) in [(MENTAL, 1.0), ("plan@w1>w2", 1.2)] {
        let names = ["p_value", "p_holm", "p_bh"].into_iter().zip(p);
        let values = names.map(|(name, p)| value(name, p * times).method("t_p").n(n)).collect();
        all.extend(subject("family.a", Kind::Family, "", variable).estimates(values));
    }
    all
}

fn of_programs(name: &'static str, numbers: [f64; 3], kind: Kind, variable: &str) -> Vec<Estimate> {
    let programs = ["(r)", "(spss)", "(stata)"].into_iter().zip(numbers);
    let apart = numbers.iter().fold(0.0_f64, |most, one| most.max((one - numbers[0]).abs()));
    let programs = programs.chain([("(apart)", apart)]);
    let values = programs.map(|(program, number)| value(name, number).term(program).n(318)).collect();
    let analysis = if kind == Kind::Model { "model.a" } else { "change.a" };
    subject(analysis, kind, "", variable).estimates(values)
}

fn spss(n: f64, events: f64, right: f64) -> Vec<Estimate> {
    let values = [
        ("n_obs", n),
        ("n_events", events),
        ("nagelkerke", 0.085),
        ("correctly_classified", right),
        ("no_information_rate", events.max(n - events) / n),
    ];
    let values = values.map(|(name, number)| value(name, number).n(n as u64)).to_vec();
    subject("model.a", Kind::Model, "", "plan@w1").estimates(values)
}

/// Two terms of a model with their differences and intervals.
/// Odds ratios of an age and a sex, their intervals from 0.6 to 1/0.6 times the ratio, and the differences with theirs.
fn differences([age, sex]: [f64; 2], of: [[f64; 3]; 2]) -> Vec<Estimate> {
    let mut all = model("model.a", "plan@w1", &[("(intercept)", 0.2), ("age", age), ("sex=2", sex)], false);
    for (term, numbers) in ["age", "sex=2"].into_iter().zip(of) {
        let names = ["ame", "ame_conf_low", "ame_conf_high"].into_iter().zip(numbers);
        let values = names.map(|(name, number)| value(name, number).term(term).n(380)).collect();
        all.extend(subject("model.a", Kind::Model, "", "plan@w1").estimates(values));
    }
    all
}

fn patterns(both: f64, first: f64) -> Vec<Estimate> {
    let values = vec![
        value("members", both + first),
        value("pattern", both).term("11"),
        value("pattern", first).term("10"),
        value("pattern_share", both / (both + first)).term("11"),
        value("pattern_share", first / (both + first)).term("10"),
    ];
    subject("followup.a", Kind::Followup, "", "").estimates(values)
}

fn followup(eligible: f64, seen: f64) -> Vec<Estimate> {
    let at = |wave: &str, values| subject("followup.a", Kind::Followup, "", wave).estimates(values);
    let of = |n: f64| {
        vec![
            value("eligible", eligible),
            value("seen", n),
            value("seen_in_window", n),
            value("lost", eligible - n),
            value("followup_rate", n / eligible),
        ]
    };
    [at("", vec![value("members", eligible)]), at("w1", of(eligible)), at("w2", of(seen))].concat()
}

fn lost(smd: f64, [followed, lost]: [f64; 2]) -> Vec<Estimate> {
    let at =
        |variable: &str, values| subject("attrition.w2", Kind::Attrition, "", variable).estimates(values);
    let sides = [("n_followed", followed), ("n_lost", lost)];
    let mut of_age: Vec<_> = sides.map(|(name, n)| value(name, n)).to_vec();
    for name in ["mean_followed", "mean_lost", "sd_followed", "sd_lost"] {
        of_age.push(value(name, 9.0).n(followed as u64));
    }
    of_age.push(value("smd", smd).n((followed + lost) as u64));
    let whole = [("eligible", followed + lost), ("followed", followed), ("lost", lost)];
    [at("w2", whole.map(|(name, n)| value(name, n)).to_vec()), at("age", of_age)].concat()
}

/// One pair each way, times so many.
fn moved(times: u64) -> Vec<Vec<u64>> {
    [[12, 5, 1, 0], [9, 14, 4, 2], [6, 9, 12, 4], [2, 5, 8, 9]]
        .map(|row| row.map(|n| n * times).to_vec())
        .to_vec()
}

fn still(n: u64) -> Vec<Vec<u64>> {
    vec![vec![n, 0, 0, 0], vec![0, n, 0, 0], vec![0, 0, n, 0], vec![0, 0, 0, n]]
}

pub fn cases() -> Vec<Case> {
    let open = Policy::None;
    let kept = Policy::Min5;
    let nobody = |variable: &str| {
        let values = vec![value("n_pairs", 0.0)];
        subject("change.a", Kind::Change, "", variable).estimates(values)
    };
    let days = |users: u64| {
        judged::use_days(
            "change.a",
            "days_used@w1>w2",
            &[
                (28.0, 0.0, users),
                (28.0, 12.0, 2 * users),
                (20.0, 18.0, 3 * users),
                (10.0, 16.0, users),
                (0.0, 0.0, 40),
            ],
        )
    };
    let rated = |table| judged::rated("agreement.a", MENTAL, table);
    let one_goal = |scale| {
        let mut all = judged::goals("goals.a", YES, scale);
        all.retain(|one| one.variable != "group@w1");
        all
    };
    // An answer above as expected, without which a score cannot be above 50.
    let with_room = |mut all: Vec<Estimate>| {
        let of = |one: &Estimate| one.statistic.name == "with_goal";
        let goals: Vec<String> =
            all.iter().filter(|one| of(one)).map(|one| one.variable.to_string()).collect();
        for goal in goals {
            let above = vec![value("goal_level", 1.0).term("4")];
            all.extend(subject("goals.a", Kind::Goals, "", &goal).estimates(above));
        }
        all
    };
    let t_score = |n: f64, ends: [f64; 3]| {
        let names = ["goal_t_mean", "goal_t_mean_low", "goal_t_mean_high"];
        let mut values = vec![value("with_any_goal", n)];
        values.extend(names.into_iter().zip(ends).map(|(name, number)| value(name, number).n(n as u64)));
        let mut all = with_room(one_goal(1));
        all.retain(|one| !one.variable.is_empty());
        all.extend(subject("goals.a", Kind::Goals, "", "").estimates(values));
        all
    };
    let course = |waves: [&[u64]; 2], table: &[Vec<u64>]| trajectory("mental_health", 1, waves, table);
    let all: Vec<(&'static str, &'static str, Vec<Estimate>, Policy)> = vec![
        ("frequency", "one answer is the most common", severity(&[75, 148, 121, 51], 5), open),
        ("frequency", "two answers are the most common", severity(&[75, 148, 148, 51], 5), open),
        ("frequency", "four answers are equally common", severity(&[20, 20, 20, 20], 0), open),
        ("frequency", "small counts are hidden, the largest is certain", severity(&[3, 148, 12, 2], 0), kept),
        ("frequency", "small counts are hidden, the largest may be", severity(&[30, 31, 30, 3], 0), kept),
        ("frequency", "yes or no", coded("describe.a", "", "plan@w1", 0, &[300, 100], 2), open),
        ("frequency", "few answers", severity(&[5, 0, 6, 0], 0), open),
        ("frequency", "one answer only", severity(&[1, 0, 0, 0], 0), open),
        ("frequency", "everything is hidden", severity(&[1, 2, 0, 1], 0), kept),
        ("frequency", "nobody answered", severity(&[0, 0, 0, 0], 7), open),
        ("crosstab", "yes or no, the groups differ", by_group("plan@w1", 0, [&[150, 60], &[120, 70]]), open),
        (
            "crosstab",
            "yes or no, the groups are alike",
            by_group("plan@w1", 0, [&[150, 50], &[75, 25]]),
            open,
        ),
        ("crosstab", "one group is hidden", by_group("plan@w1", 0, [&[150, 60], &[120, 2]]), kept),
        (
            "crosstab",
            "four answers",
            by_group("mental_health@w1", 1, [&[20, 90, 40, 8], &[30, 60, 50, 9]]),
            open,
        ),
        ("crosstab", "yes or no, clearly apart", by_group("plan@w1", 0, [&[160, 50], &[90, 100]]), open),
        (
            "crosstab",
            "small answers are hidden, the most common is certain",
            by_group("mental_health@w1", 1, [&[20, 90, 40, 3], &[30, 60, 50, 2]]),
            kept,
        ),
        ("crosstab", "few in a group", by_group("plan@w1", 0, [&[150, 60], &[8, 3]]), open),
        ("items", "two items", two_items(&[90, 60, 30, 20], &[50, 60, 50, 40], FOUR, 1), open),
        ("items", "equal items", two_items(&[90, 60, 30, 20], &[80, 70, 30, 20], FOUR, 1), open),
        ("items", "one item is hidden", two_items(&[90, 60, 46, 4], &[50, 60, 50, 40], FOUR, 1), kept),
        (
            "items",
            "three items, apart",
            three_items([&[90, 60, 30, 20], &[50, 60, 50, 60], &[80, 60, 30, 30]], FOUR_OF_THREE, 1),
            open,
        ),
        (
            "items",
            "three items, no clear difference",
            three_items([&[90, 60, 30, 20], &[80, 60, 32, 28], &[85, 60, 30, 25]], FOUR_OF_THREE, 1),
            open,
        ),
        (
            "items",
            "one of three is hidden",
            three_items([&[90, 60, 46, 4], &[50, 60, 50, 60], &[80, 60, 30, 30]], FOUR_OF_THREE, 1),
            kept,
        ),
        ("items", "nobody answered", two_items(&[0, 0, 0, 0], &[0, 0, 0, 0], FOUR, 1), open),
        ("multiple_response", "two items", two_items(&[300, 100], &[198, 200], YES, 0), open),
        (
            "multiple_response",
            "three items",
            three_items([&[300, 100], &[198, 200], &[299, 101]], YES_OF_THREE, 0),
            open,
        ),
        (
            "multiple_response",
            "three items, no clear difference",
            three_items([&[300, 100], &[290, 110], &[299, 101]], YES_OF_THREE, 0),
            open,
        ),
        (
            "multiple_response",
            "one of three is hidden",
            three_items([&[397, 3], &[198, 202], &[299, 101]], YES_OF_THREE, 0),
            kept,
        ),
        ("multiple_response", "equal items", two_items(&[300, 100], &[300, 100], YES, 0), open),
        ("multiple_response", "one is hidden", two_items(&[397, 3], &[198, 202], YES, 0), kept),
        ("multiple_response", "one item", coded("describe.a", "", "plan@w1", 0, &[300, 100], 0), open),
        ("overlap", "some have both", overlap(61.0), open),
        ("overlap", "nobody has both", overlap(0.0), open),
        ("overlap", "hidden", overlap(3.0), kept),
        (
            "numeric",
            "groups differ",
            [
                mean_of("age", 400, 38.9),
                numeric("describe.a", "sex=1", "age", 250, 39.4, 8.0),
                numeric("describe.a", "sex=2", "age", 150, 38.1, 8.0),
            ]
            .concat(),
            open,
        ),
        (
            "numeric",
            "groups clearly apart",
            [
                mean_of("age", 400, 38.9),
                numeric("describe.a", "sex=1", "age", 250, 40.4, 8.0),
                numeric("describe.a", "sex=2", "age", 150, 36.1, 8.0),
            ]
            .concat(),
            open,
        ),
        (
            "numeric",
            "a group is hidden",
            [
                mean_of("age", 254, 38.9),
                numeric("describe.a", "sex=1", "age", 250, 40.4, 8.0),
                numeric("describe.a", "sex=2", "age", 4, 36.1, 8.0),
            ]
            .concat(),
            kept,
        ),
        (
            "numeric",
            "one answer",
            subject("describe.a", Kind::Describe, "", "age").estimates(vec![
                value("valid", 1.0),
                value("mean", 38.0).n(1),
                utfall::estimate::Value::absent(
                    statistic("sd"),
                    utfall::estimate::Condition::new("too_few", ""),
                ),
            ]),
            open,
        ),
        ("numeric", "hidden", mean_of("age", 3, 38.9), kept),
        ("panel", "two years", [mean_of("age@w1", 20, 14.0), mean_of("age@w2", 30, 24.0)].concat(), open),
        (
            "panel",
            "the last is hidden",
            [mean_of("age@w1", 20, 14.0), mean_of("age@w2", 3, 24.0)].concat(),
            kept,
        ),
        ("listing", "units", units(&[60, 25, 9, 6]), open),
        ("listing", "equal units", units(&[9, 9, 4, 4]), open),
        ("listing", "one unit", units(&[9, 0, 0, 0]), open),
        (
            "bands",
            "bands and a mean",
            [
                coded("describe.a", "", "mental_health@w1", 1, &[40, 120, 150, 90], 0),
                mean_of("age", 400, 38.9),
            ]
            .concat(),
            open,
        ),
        ("received", "two items", two_items(&[200, 60, 20, 120], &[90, 30, 80, 200], FOUR, 1), open),
        (
            "coverage",
            "three items",
            three_items([&[200, 60, 20, 120], &[90, 30, 80, 200], &[150, 120, 60, 70]], FOUR_OF_THREE, 1),
            open,
        ),
        (
            "coverage",
            "three items, no clear difference",
            three_items([&[200, 60, 20, 120], &[195, 65, 22, 118], &[198, 60, 20, 122]], FOUR_OF_THREE, 1),
            open,
        ),
        ("sufficient", "two items", two_items(&[200, 60, 20, 120], &[90, 30, 80, 200], FOUR, 1), open),
        ("unmet", "two items", two_items(&[200, 60, 20, 120], &[90, 30, 80, 200], FOUR, 1), open),
        ("unmet", "one is hidden", two_items(&[200, 60, 3, 120], &[90, 30, 80, 200], FOUR, 1), kept),
        ("unmet", "few are without it", two_items(&[200, 60, 3, 9], &[90, 30, 80, 200], FOUR, 1), open),
        ("coverage", "nobody answered", two_items(&[0, 0, 0, 0], &[0, 0, 0, 0], FOUR, 1), open),
        ("trajectory", "two waves", course([&[85, 120, 96, 60], &[86, 115, 92, 57]], &moved(3)), open),
        ("trajectory", "a wave is hidden", course([&[85, 120, 96, 60], &[2, 0, 1, 0]], &moved(3)), kept),
        (
            "trajectory",
            "nobody at the second wave",
            course([&[85, 120, 96, 60], &[0, 0, 0, 0]], &moved(3)),
            open,
        ),
        ("flow", "some moved", course([&[85, 120, 96, 60], &[86, 115, 92, 57]], &moved(3)), open),
        ("flow", "nobody moved", course([&[9, 9, 9, 9], &[9, 9, 9, 9]], &still(9)), open),
        ("flow", "hidden", course([&[85, 120, 96, 60], &[86, 115, 92, 57]], &moved(1)), kept),
        ("change", "one comparison, clear", ordinal("change.a", "", MENTAL, &moved(3)), open),
        (
            "change",
            "one comparison, too few",
            ordinal("change.a", "", MENTAL, &[vec![3, 1], vec![2, 2]]),
            open,
        ),
        (
            "change",
            "one comparison, hidden",
            ordinal("change.a", "", MENTAL, &[vec![1, 1], vec![2, 0]]),
            kept,
        ),
        ("change", "one comparison, nobody", nobody(MENTAL), open),
        ("transition", "clear", ordinal("change.a", "", MENTAL, &moved(3)), open),
        ("transition", "too few", ordinal("change.a", "", MENTAL, &[vec![3, 1], vec![2, 2]]), open),
        ("transition", "one person", ordinal("change.a", "", MENTAL, &[vec![1, 0], vec![0, 0]]), open),
        (
            "reliable",
            "clear",
            [reliable("change.a", MENTAL, &moved(3)), ordinal("change.a", "", MENTAL, &moved(3))].concat(),
            open,
        ),
        (
            "reliable",
            "nobody became reliably better or worse",
            [reliable("change.a", MENTAL, &still(9)), ordinal("change.a", "", MENTAL, &still(9))].concat(),
            open,
        ),
        (
            "reliable",
            "too few",
            [
                reliable("change.a", MENTAL, &[vec![3, 1], vec![2, 2]]),
                ordinal("change.a", "", MENTAL, &[vec![3, 1], vec![2, 2]]),
            ]
            .concat(),
            open,
        ),
        ("use_classes", "many used", days(12), open),
        ("use_classes", "few used", days(2), open),
        ("use_classes", "hidden", days(3), kept),
        (
            "use_classes",
            "nobody used",
            judged::use_days("change.a", "days_used@w1>w2", &[(0.0, 0.0, 40)]),
            open,
        ),
        ("family", "both stay small", family([0.001, 0.002, 0.001], 300), open),
        ("family", "none stays small", family([0.03, 0.06, 0.06], 300), open),
        (
            "regression",
            "one of two is clear",
            differences([1.0, 1.8], [[0.01, -0.01, 0.03], [0.1, 0.02, 0.18]]),
            open,
        ),
        (
            "regression",
            "none is clear by the odds ratios, and both are in points",
            differences([1.0, 1.6], [[0.01, 0.005, 0.03], [0.1, 0.02, 0.18]]),
            open,
        ),
        (
            "marginal_effects",
            "both are clear, and no odds ratio is",
            differences([1.0, 1.6], [[0.01, 0.005, 0.03], [0.1, 0.02, 0.18]]),
            open,
        ),
        (
            "marginal_effects",
            "none is clear, and an odds ratio is",
            differences([1.0, 1.8], [[0.01, -0.005, 0.03], [0.1, -0.02, 0.18]]),
            open,
        ),
        (
            "regression",
            "odds ratios only",
            model("model.a", "plan@w1", &[("(intercept)", 0.2), ("sex=2", 2.6)], false),
            open,
        ),
        (
            "regression_spss",
            "one is clear",
            differences([1.0, 1.8], [[0.01, -0.01, 0.03], [0.1, 0.02, 0.18]]),
            open,
        ),
        ("regression_spss_summary", "the more common outcome is as good", spss(380.0, 97.0, 0.7763), open),
        (
            "conventions",
            "on both sides",
            of_programs("wilcoxon_p", [0.051, 0.049, 0.049], Kind::Change, MENTAL),
            open,
        ),
        (
            "conventions",
            "on one side",
            of_programs("wilcoxon_p", [0.031, 0.030, 0.030], Kind::Change, MENTAL),
            open,
        ),
        ("conventions", "alike", of_programs("wilcoxon_p", [0.03, 0.03, 0.03], Kind::Change, MENTAL), open),
        (
            "regression_conventions",
            "apart",
            of_programs("hosmer_lemeshow", [7.1, 6.8, 7.1], Kind::Model, "plan@w1"),
            open,
        ),
        ("rated_change", "many", rated([[14, 13, 8], [14, 25, 13], [24, 45, 61]]), open),
        ("rated_change", "few", rated([[2, 1, 0], [1, 3, 1], [0, 2, 4]]), open),
        ("rated_change", "hidden", rated([[1, 0, 0], [0, 0, 1], [0, 1, 0]]), kept),
        ("agreement", "more than chance", rated([[34, 13, 8], [14, 25, 13], [4, 15, 61]]), open),
        ("agreement", "no more than chance", rated([[10, 10, 10], [10, 11, 10], [10, 10, 11]]), open),
        ("agreement", "less than chance", rated([[2, 10, 20], [10, 1, 10], [20, 10, 2]]), open),
        ("agreement", "few", rated([[2, 1, 0], [1, 3, 1], [0, 2, 4]]), open),
        ("goals", "two goals", with_room(judged::goals("goals.a", YES, 2)), open),
        ("goals", "two goals, no answer above as expected", judged::goals("goals.a", YES, 2), open),
        ("goals", "one goal, no answer above as expected", one_goal(2), open),
        ("goals", "one goal, farther than expected", t_score(120.0, [52.1, 50.4, 53.8]), open),
        ("goals", "one goal, less far", t_score(120.0, [47.9, 46.2, 49.6]), open),
        ("goals", "one goal, unclear", t_score(120.0, [49.9, 48.2, 51.6]), open),
        ("goals", "few", t_score(12.0, [52.1, 50.4, 53.8]), open),
        ("followup", "most were seen", followup(395.0, 349.0), open),
        ("followup", "one was seen", followup(12.0, 1.0), open),
        ("followup", "hidden", followup(4.0, 2.0), kept),
        ("patterns", "most were seen", patterns(322.0, 78.0), open),
        ("patterns", "hidden", patterns(322.0, 3.0), kept),
        ("attrition", "alike", lost(0.04, [322.0, 72.0]), open),
        ("flow", "clearly apart", course([&[85, 120, 96, 60], &[86, 115, 92, 57]], &moved(20)), open),
        ("attrition", "different", lost(-0.31, [322.0, 72.0]), open),
    ];
    let mut all: Vec<Case> = all
        .into_iter()
        .map(|(layout, name, estimates, policy)| Case { layout, name, estimates, policy })
        .collect();
    all.push(Case {
        layout: "change",
        name: "some of several are clear",
        estimates: [
            ordinal("change.a", "", MENTAL, &moved(3)),
            ordinal("change.a", "", "somatic_health@w1>w2", &still(20)),
            binary("change.b", "", "plan@w1>w2", [210, 62, 12, 58]),
        ]
        .concat(),
        policy: open,
    });
    all.push(Case {
        layout: "change",
        name: "clear from one wave to the next, and not to the one after",
        estimates: [
            ordinal("change.a", "", MENTAL, &moved(3)),
            ordinal("change.a", "", "mental_health@w2>w3", &still(20)),
        ]
        .concat(),
        policy: open,
    });
    all
}
