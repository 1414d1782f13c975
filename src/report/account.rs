//! What the report says of itself: how to read it, methods, words, what was held back, reservations, how to cite it.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use minijinja::{Value, context};

use super::{Page, ReportError, Section, brief, entry};
use crate::dictionary::Language;
use crate::disclosure::AuditRow;
use crate::estimate::{Kind, Statistic};
use crate::table::mark::{self, Aside};
use crate::table::{AnalysisView, Format, layout, number, words};

type Made = Result<Option<Section>, ReportError>;

/// How to read the figures.
pub(super) fn reading(page: &Page<'_>) -> Made {
    let keys =
        ["regression", "interval", "size", "many", "lost", "rounding"].map(|key| format!("reading.{key}"));
    let design = brief::design(page.report.design).to_owned();
    let advice: Vec<String> = [design].into_iter().chain(keys).map(|key| page.say(&key, &[])).collect();
    page.section("reading", context! { advice }).map(Some)
}

/// What the report's words mean, in the order of the alphabet.
pub(super) fn glossary(page: &Page<'_>) -> Made {
    let said = words::catalogue(page.language).iter().filter_map(|(key, meaning)| {
        let name = key.strip_prefix("glossary.")?.strip_suffix("_means")?;
        let term = words::find(page.language, &format!("glossary.{name}"))?;
        Some((term, meaning))
    });
    let mut terms: Vec<(&str, &String)> = said.collect();
    terms.sort_by_key(|(term, _)| term.to_lowercase());
    let terms = terms.into_iter().map(|(term, meaning)| context! { term => term, meaning => meaning });
    page.section("glossary", context! { terms => terms.collect::<Vec<_>>() }).map(Some)
}

/// How to quote the report.
pub(super) fn cite(page: &Page<'_>) -> Made {
    let report = page.report;
    let title = report.title.get(page.language).to_owned();
    let mut with = vec![("version", env!("CARGO_PKG_VERSION").to_owned()), ("title", title)];
    let key = if report.edition.is_empty() { "cite.text" } else { "cite.text_edition" };
    with.push(("edition", report.edition.clone()));
    let edition = !report.edition.is_empty();
    // What is said at the top of the page, such as that the people are made up, goes with what is quoted of it.
    let notice = report.notice.get(page.language);
    let cite = format!("{} {notice}", page.say(key, &with));
    page.section("cite", context! { cite => cite.trim_end(), edition }).map(Some)
}

/// Each statistic of the release once, by kind, in the order in which it was computed.
pub(super) fn methods(page: &Page<'_>) -> Made {
    let (report, language) = (page.report, page.language);
    let mut kinds: IndexMap<Kind, Vec<&'static Statistic>> = IndexMap::new();
    for one in report.analyses.iter().flat_map(|analysis| &analysis.cleared) {
        let statistics = kinds.entry(one.kind()).or_default();
        let statistic = one.statistic();
        if !statistics.iter().any(|known| known.name == statistic.name) {
            statistics.push(statistic);
        }
    }
    let methods = kinds.into_iter().map(|(kind, statistics)| {
        context! {
            kind => words::say(language, &format!("methods.kind_{}", kind.as_str()), &[]),
            show => words::say(language, "methods.show", &[("n", number::counted(statistics.len(), language))]),
            statistics => statistics.into_iter().map(|statistic| entry::define(statistic, language)).collect::<Vec<_>>(),
        }
    });
    page.section("methods", context! { language => language.tag(), methods => methods.collect::<Vec<_>>() })
        .map(Some)
}

/// What was held back: the rule, how it was checked, and how many numbers of each analysis.
pub(super) fn suppressed(page: &Page<'_>) -> Made {
    let (report, language) = (page.report, page.language);
    let audit = report.audit;
    let count = |count: usize| number::counted(count, language);
    let say = |key: &str| words::say(language, key, &[]);
    let mut paragraphs = vec![say(&format!("suppressed.policy_{}", audit.policy.name()))];
    if audit.policy.threshold().is_some() {
        let examined = [("cells", count(audit.cells)), ("equations", count(audit.equations))];
        paragraphs.push(words::say(language, "suppressed.checked", &examined));
        paragraphs.extend(match audit.narrowest {
            Some(steps) if steps.is_finite() => {
                let steps = mark::aside(&number::number(steps, Format::Count, language), Aside::Counted);
                Some(words::say(language, "suppressed.narrowest", &[("steps", steps)]))
            }
            Some(_) => Some(say("suppressed.unbounded")),
            None => None,
        });
        if audit.exposed > 0 {
            paragraphs.push(words::say(language, "suppressed.exposed", &[("n", count(audit.exposed))]));
        }
        if audit.rows.is_empty() {
            paragraphs.push(say("suppressed.nothing"));
        }
    }
    let row = |analysis: String, row: &AuditRow| {
        let counts = [row.small, row.everyone, row.secondary, row.with_them, row.widened].map(count);
        context! { analysis, counts => counts.to_vec() }
    };
    let label = |id: &str| {
        let known = report.analyses.iter().find(|analysis| analysis.id == id);
        let label = known.map(|analysis| analysis.label.get(language)).filter(|label| !label.is_empty());
        label.unwrap_or(id).to_owned()
    };
    let rows: Vec<Value> = audit.rows.iter().map(|of| row(label(&of.analysis), of)).collect();
    let total = (audit.rows.len() > 1).then(|| row(say("suppressed.total"), &audit.total()));
    page.section("suppressed", context! { paragraphs, rows, total }).map(Some)
}

/// Each reservation with the analyses that it concerns: first what was found in the files, then the conditions of numbers.
pub(super) fn conditions(page: &Page<'_>) -> Made {
    let (report, language) = (page.report, page.language);
    let found_in_files = report.remarks.iter().map(|(remark, concerned)| {
        let of: Vec<&AnalysisView<'_>> =
            report.analyses.iter().filter(|one| concerned.iter().any(|id| id == one.id)).collect();
        let analyses = match of.len() > 1 && of.len() == report.analyses.len() {
            true => vec![page.say("remark.all", &[])],
            false => of.into_iter().map(|one| name(one, language).to_owned()).collect(),
        };
        context! { said => remark.text().get(language), analyses }
    });
    let found_in_files: Vec<Value> = found_in_files.collect();
    let mut found: BTreeMap<&str, (Vec<String>, BTreeSet<&str>)> = BTreeMap::new();
    for analysis in &report.analyses {
        let label = name(analysis, language);
        for condition in analysis.cleared.iter().flat_map(|one| one.conditions()) {
            let (labels, told) = found.entry(&condition.code).or_default();
            if told.insert(analysis.id) {
                labels.push(label.to_owned());
            }
        }
    }
    let reservations = found
        .into_iter()
        .map(|(code, (analyses, _))| context! { said => layout::condition(language, code), analyses });
    let all: Vec<Value> = found_in_files.into_iter().chain(reservations).collect();
    page.section("conditions", context! { conditions => all }).map(Some)
}

/// The label of an analysis; its id where it has none.
fn name<'a>(analysis: &'a AnalysisView<'_>, language: Language) -> &'a str {
    match analysis.label.get(language) {
        "" => analysis.id,
        label => label,
    }
}
