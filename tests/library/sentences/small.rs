//! Small evaluations whose first pages have something of their own to say: groups that differ or do not, several waves, groups made by
//! lot, and those lost who differ.

use crate::common::ids::without_ids;
use utfall::dictionary::{Language, Text};
use utfall::disclosure::Policy;
use utfall::estimate::{Condition, Estimate, Kind};
use utfall::plan::{CohortUnit, Design, Wave};
use utfall::report::{Report, html};
use utfall::table::{AnalysisView, Labels};

use crate::made_up::{attrition, binary, clear_with_contrasts, labels, ordinal, subject, text, value};

pub struct Small {
    pub name: &'static str,
    estimates: Vec<Estimate>,
    primary: &'static [&'static str],
    design: Design,
    policy: Policy,
}

/// Labels with a third wave.
fn words() -> Labels {
    let mut labels = labels();
    let (id, label) = ("w3".to_owned(), text("Vår 2008", "Vår 2008", "Spring 2008"));
    labels.waves.push(Wave { id, label, month: 12.0, number: 12, window: None });
    labels
}

impl Small {
    pub fn page(&self, language: Language) -> String {
        let (release, labels) = (clear_with_contrasts(&self.estimates, self.policy), words());
        let mut ids: Vec<&str> = release.cleared.iter().map(|one| one.analysis()).collect();
        ids.dedup();
        let view = |id: &&str| {
            let of = release.cleared.iter().filter(|one| one.analysis() == *id).collect();
            // The ids live as long as the test.
            let id: &'static str = (*id).to_owned().leak();
            AnalysisView::new(id, Text::same(id), CohortUnit::Respondent, None, Some(0.95), of)
        };
        let report = Report {
            title: text("Tittel", "Tittel", "Title"),
            notice: Text::default(),
            about: Vec::new(),
            primary: self.primary.iter().map(|id| (*id).to_owned()).collect(),
            design: self.design,
            languages: vec![language],
            edition: String::new(),
            analyses: ids.iter().map(view).collect(),
            tables: Vec::new(),
            published: Vec::new(),
            figures: &[],
            remarks: Vec::new(),
            labels: &labels,
            audit: &release.audit,
            rankings: Default::default(),
        };
        without_ids(&html(&report, language).expect("the page is made"))
    }
}

/// A plan before and after, of two groups.
fn groups(first: [u64; 4], second: [u64; 4]) -> Vec<Estimate> {
    let all: [u64; 4] = std::array::from_fn(|cell| first[cell] + second[cell]);
    let of = |group: &str, counts| binary("change.plan", group, "plan@w1>w2", counts);
    [of("", all), of("drop_in=0", first), of("drop_in=1", second)].concat()
}

/// A clear change to the second wave and another to the third.
fn waves(second: [u64; 4], third: [u64; 4]) -> Vec<Estimate> {
    let of = |variable: &str, counts| binary("change.plan", "", variable, counts);
    [of("plan@w1>w2", second), of("plan@w1>w3", third), of("plan@w2>w3", [200, 4, 3, 100])].concat()
}

/// A regression of one variable whose odds ratio is clear.
fn one_variable() -> Vec<Estimate> {
    let term = |name, number| value(name, number).term("drop_in=1").n(317);
    let values = [
        ("odds_ratio", 2.57),
        ("odds_ratio_low", 1.61),
        ("odds_ratio_high", 4.1),
        ("ame", 0.217),
        ("ame_conf_low", 0.113),
        ("ame_conf_high", 0.321),
    ];
    let mut values: Vec<_> = values.into_iter().map(|(name, number)| term(name, number)).collect();
    values.extend([value("n_obs", 317.0), value("n_events", 198.0)]);
    subject("model.plan", Kind::Model, "", "plan@w1").estimates(values)
}

/// Three tests of a family: p-values as they are and by Holm; a hidden one has neither.
fn family(tests: [(&str, f64, f64); 3]) -> Vec<Estimate> {
    let of = |(variable, p, holm): (&str, f64, f64)| {
        let values = vec![value("p_value", p), value("p_holm", holm)];
        subject("family.all", Kind::Family, "", variable).estimates(values)
    };
    tests.into_iter().flat_map(of).collect()
}

/// Loss that goes with an age whose odds ratio of being followed up is clear.
fn loss() -> Vec<Estimate> {
    let mut all = attrition([[200, 55], [122, 17]]);
    for one in &mut all {
        if one.term == "age" && one.statistic.name == "odds_ratio_low" {
            one.value = Some(1.04);
        }
        if one.term == "age" && one.statistic.name == "odds_ratio" {
            one.conditions = vec![Condition::new("aliased", "x")];
        }
    }
    all
}

pub fn evaluations() -> Vec<Small> {
    let open = Policy::None;
    let small = |name, estimates, primary, design, policy| Small { name, estimates, primary, design, policy };
    let moved: Vec<Vec<u64>> = vec![vec![40, 21], vec![60, 60]];
    let with_score = [
        one_variable(),
        ordinal("change.problems", "", "mental_health@w1>w2", &moved),
        family([("mental_health@w1>w2", 0.01, 0.03), ("plan@w1>w2", 0.04, 0.08), ("group@w1>w2", 0.4, 0.4)]),
    ];
    let none: &[&str] = &[];
    vec![
        small("groups differ", groups([90, 12, 10, 60], [60, 40, 8, 30]), none, Design::BeforeAfter, open),
        small(
            "groups do not differ",
            groups([90, 12, 10, 60], [80, 13, 9, 62]),
            none,
            Design::Comparison,
            open,
        ),
        small(
            "groups are hidden",
            groups([90, 12, 10, 60], [20, 2, 1, 30]),
            none,
            Design::Comparison,
            Policy::Min5,
        ),
        small(
            "clear since the second wave",
            waves([150, 42, 12, 58], [140, 52, 12, 58]),
            none,
            Design::BeforeAfter,
            open,
        ),
        small(
            "clear at the last wave only",
            waves([150, 12, 12, 58], [140, 52, 12, 58]),
            none,
            Design::BeforeAfter,
            open,
        ),
        small(
            "groups by lot, and a family",
            with_score.concat(),
            &["model.plan", "change.problems"],
            Design::Randomised,
            open,
        ),
        small("those lost differ", loss(), none, Design::BeforeAfter, open),
    ]
}
