//! How sure it is: how many intervals leave zero out, how far the main results are from it, whether they hold when the tests are
//! adjusted for multiple tests, and what chance, loss and confidentiality leave open.

use super::measure::Measure;
use super::{Answer, More, by_chance, primary};
use crate::disclosure::{Cleared, Shown};
use crate::estimate::{EVERYONE, Kind, Variable, WHOLE};
use crate::report::Page;
use crate::report::association::quoted;
use crate::report::finding::Verdict;
use crate::report::origin::listed;
use crate::report::reading::SMALL;
use crate::statistic::{FAMILY_P_VALUE, P_HOLM};
use crate::table::{AnalysisView, Format, number};

pub(super) fn answer(page: &Page<'_>, measures: &[Measure<'_>]) -> Answer {
    let language = page.language;
    let count = |n: usize| number::counted(n, language);
    let mut said = Vec::new();
    let of = |is: &dyn Fn(Verdict) -> bool| measures.iter().filter(|one| is(one.longest.verdict)).count();
    let clear = of(&Verdict::is_clear);
    let judged = clear + of(&|verdict| verdict == Verdict::Unclear);
    if judged > 0 {
        let key = if clear > 0 { "brief.sure_clear" } else { "brief.sure_none" };
        said.push(page.say(key, &[("n", count(judged)), ("clear", count(clear))]));
    }
    let mut answer = Answer::new("brief.sure", said);
    answer.points = primary::sureness(page, measures);
    answer.after.extend(page.report.analyses.iter().filter_map(|analysis| adjusted(page, analysis)));
    let judged = |verdict: Verdict| verdict.is_clear() || verdict == Verdict::Unclear;
    let compared = page.findings.iter().filter(|finding| judged(finding.verdict)).count();
    let of_change = |one: &&AnalysisView<'_>| one.kinds().any(|kind| kind == Kind::Change);
    let level = page.report.analyses.iter().filter(of_change).find_map(|analysis| analysis.level);
    if let Some(chance) = by_chance(compared, level) {
        answer.after.push(page.say("brief.chance", &[("n", count(compared)), ("chance", count(chance))]));
    }
    answer.after.push(page.say("reading.lost", &[]));
    let total = page.report.audit.total();
    if total.widened > 0 {
        answer.after.push(page.say("brief.widened", &[]));
    }
    if total.hidden() > 0 {
        let said = page.say("brief.hidden", &[("n", count(total.hidden()))]);
        answer.more = Some(More { said, section: "suppressed" });
    }
    answer
}

/// What is left of a declared family's small p-values when they are adjusted, and which are not.
fn adjusted(page: &Page<'_>, analysis: &AnalysisView<'_>) -> Option<String> {
    let language = page.language;
    let of_everyone = || {
        let of = analysis.cleared.iter().filter(|one| one.kind() == Kind::Family && one.group().is_empty());
        of.filter(|one| one.statistic() == &FAMILY_P_VALUE)
    };
    let shown: Vec<(&Variable, f64)> =
        of_everyone().filter_map(|one| Some((one.variable(), one.value()?))).collect();
    if shown.is_empty() {
        return None;
    }
    let small: Vec<&Variable> =
        shown.iter().filter(|(_, p)| *p < SMALL).map(|(variable, _)| *variable).collect();
    let holds = |variable: &Variable| {
        let adjusted = analysis.find(EVERYONE, variable, WHOLE, &P_HOLM).and_then(Cleared::value);
        adjusted.is_some_and(|p| p < SMALL)
    };
    let lost: Vec<String> = small
        .iter()
        .filter(|variable| !holds(variable))
        .map(|variable| quoted(language, &label(page, variable)))
        .collect();
    let count = |n: usize| number::counted(n, language);
    let hidden: Vec<String> = of_everyone()
        .filter(|one| matches!(one.shown(), Shown::Suppressed))
        .map(|one| quoted(language, &label(page, one.variable())))
        .collect();
    let with = [
        ("label", quoted(language, &analysis.label)),
        ("n", count(shown.len())),
        ("small", count(small.len())),
        ("holds", count(small.len() - lost.len())),
        ("limit", number::parameter(SMALL, Format::Decimal(2), language)),
        ("lost", listed(language, &lost.iter().map(String::as_str).collect::<Vec<_>>())),
        ("lost_tests", count(lost.len())),
        ("hidden", count(hidden.len())),
        ("hidden_tests", listed(language, &hidden.iter().map(String::as_str).collect::<Vec<_>>())),
    ];
    let key = match (small.len(), lost.len()) {
        (0, _) => "brief.family_none",
        (_, 0) => "brief.family_all",
        (all, lost) if all == lost => "brief.family_nothing",
        _ => "brief.family_some",
    };
    let mut said = page.say(key, &with);
    if !hidden.is_empty() {
        said = format!("{said} {}", page.say("brief.family_hidden", &with));
    }
    Some(said)
}

/// A measure's label, with its waves where the report compares it between several.
fn label(page: &Page<'_>, variable: &Variable) -> crate::dictionary::Text {
    let known = page.findings.iter().find(|finding| finding.variable == *variable);
    known.map_or_else(|| page.report.labels.variable(variable), |finding| finding.label.clone())
}
