//! What the report says of itself: methods, what was held back, reservations.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Value, context};

use super::Report;
use crate::dictionary::Language;
use crate::disclosure::AuditRow;
use crate::estimate::{Kind, Statistic};
use crate::table::{Format, layout, number, words};

/// Each statistic of the release once, by kind, in the order in which it was computed.
pub(super) fn methods(report: &Report<'_>, language: Language) -> Vec<Value> {
    let mut kinds: BTreeMap<Kind, Vec<&'static Statistic>> = BTreeMap::new();
    for one in report.analyses.iter().flat_map(|analysis| &analysis.cleared) {
        let statistics = kinds.entry(one.kind()).or_default();
        let statistic = one.statistic();
        if !statistics.iter().any(|known| known.name == statistic.name) {
            statistics.push(statistic);
        }
    }
    let entry = |statistic: &'static Statistic| {
        context! { name => statistic.name, about => statistic.about, source => statistic.source }
    };
    let methods = kinds.into_iter().map(|(kind, statistics)| {
        context! {
            kind => words::say(language, &format!("methods.kind_{}", kind.as_str()), &[]),
            show => words::say(language, "methods.show", &[("n", statistics.len().to_string())]),
            statistics => statistics.into_iter().map(entry).collect::<Vec<_>>(),
        }
    });
    methods.collect()
}

/// What was held back: the rule, how it was checked, and how many numbers of each analysis.
pub(super) fn suppressed(report: &Report<'_>, language: Language) -> Value {
    let audit = report.audit;
    let count = |count: usize| number::number(count as f64, Format::Count, language);
    let say = |key: &str| words::say(language, key, &[]);
    let mut paragraphs = vec![say(&format!("suppressed.policy_{}", audit.policy.name()))];
    if audit.policy.threshold().is_some() {
        let examined = [("cells", count(audit.cells)), ("equations", count(audit.equations))];
        paragraphs.push(words::say(language, "suppressed.checked", &examined));
        paragraphs.extend(match audit.narrowest {
            Some(steps) if steps.is_finite() => {
                let steps = number::number(steps, Format::Count, language);
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
    context! {
        paragraphs,
        rows => audit.rows.iter().map(|of| row(label(&of.analysis), of)).collect::<Vec<_>>(),
        total => (audit.rows.len() > 1).then(|| row(say("suppressed.total"), &audit.total())),
    }
}

/// Each reservation with the analyses that it concerns.
pub(super) fn conditions(report: &Report<'_>, language: Language) -> Vec<Value> {
    let mut found: BTreeMap<&str, (Vec<String>, BTreeSet<&str>)> = BTreeMap::new();
    for analysis in &report.analyses {
        let label = analysis.label.get(language);
        let label = if label.is_empty() { analysis.id } else { label };
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
    reservations.collect()
}
