//! The first page: what was asked, of whom, what changed, for which group most, how sure that is, and what must not be concluded.

use minijinja::{Value, context};

use super::contrast::Contrast;
use super::finding::{Finding, Verdict, later_wave};
use super::reading::{followup, lower, tally};
use super::size::Size;
use super::{Page, ReportError, Section};
use crate::dictionary::Language;
use crate::disclosure::Cleared;
use crate::estimate::Kind;
use crate::table::labels::Key;
use crate::table::layout::Scale;
use crate::table::{Cell, Format, number, words};

/// So many contrasts between groups, and so many regressions, are told one by one; of more, the sections below tell.
const MOST: usize = 6;

/// One question of the first page with its answer.
struct Answer {
    question: &'static str,
    paragraphs: Vec<String>,
    points: Vec<Point>,
    after: Vec<String>,
}

/// A line of a list: what it is about, and what is said of it.
struct Point {
    label: String,
    said: String,
}

impl Answer {
    fn new(question: &'static str, paragraphs: Vec<String>) -> Answer {
        Answer { question, paragraphs, points: Vec::new(), after: Vec::new() }
    }
}

pub(super) fn section(page: &Page<'_>) -> Result<Option<Section>, ReportError> {
    let answers = [
        asked(page),
        whom(page),
        Some(changed(page)),
        groups(page),
        together(page),
        Some(sure(page)),
        Some(not(page)),
    ];
    let answers = answers.into_iter().flatten().filter(|answer| !answer.paragraphs.is_empty());
    let answers: Vec<Value> = answers
        .map(|answer| {
            let point = |point: &Point| context! { label => &point.label, said => &point.said };
            context! {
                question => page.say(answer.question, &[]),
                paragraphs => answer.paragraphs,
                points => answer.points.iter().map(point).collect::<Vec<_>>(),
                after => answer.after,
            }
        })
        .collect();
    page.section("summary", context! { answers }).map(Some)
}

fn asked(page: &Page<'_>) -> Option<Answer> {
    let about = page.report.about.first()?;
    Some(Answer::new("brief.asked", vec![about.get(page.language).to_owned()]))
}

/// Each follow-up: how many there are, and how many were seen at the last wave.
fn whom(page: &Page<'_>) -> Option<Answer> {
    let mut said = Vec::new();
    for analysis in &page.report.analyses {
        let Some(members) = analysis.find("", "", "", "members").and_then(Cleared::value) else { continue };
        let members = number::number(members, Format::Count, page.language);
        let label = analysis.label.get(page.language).to_owned();
        let last = followup(analysis, page.report.labels, page.language).pop().unwrap_or_default();
        let all = page.say("brief.members", &[("label", label), ("members", members)]);
        said.push(format!("{all} {last}").trim_end().to_owned());
    }
    (!said.is_empty()).then(|| Answer::new("brief.whom", said))
}

/// How many comparisons came out how, the clear ones with their size, and the names of the others.
fn changed(page: &Page<'_>) -> Answer {
    let findings = &page.findings;
    let language = page.language;
    let Some(counted) = tally(language, findings.iter().map(|finding| finding.verdict)) else {
        return Answer::new("brief.changed", vec![page.say("summary.none", &[])]);
    };
    let mut answer = Answer::new("brief.changed", vec![counted]);
    for verdict in Verdict::ALL.into_iter().filter(|verdict| verdict.is_clear()) {
        answer.points.extend(points(page, verdict));
    }
    let others = Verdict::ALL.into_iter().filter(|verdict| !verdict.is_clear());
    answer.points.extend(others.filter_map(|verdict| rest(page, verdict)));
    let clear: Vec<&Finding> = findings.iter().filter(|finding| finding.verdict.is_clear()).collect();
    if !clear.is_empty() && clear.iter().all(|finding| finding.size == Some(Size::VerySmall)) {
        answer.after.push(page.say("brief.all_very_small", &[]));
    }
    if clear.iter().any(|finding| finding.size.is_some()) {
        answer.after.push(page.say("brief.conventions", &[]));
    }
    answer
}

/// The variables of a verdict, each with its findings.
fn variables<'p>(page: &'p Page<'_>, verdict: Verdict) -> Vec<(&'p str, Vec<&'p Finding>)> {
    let mut variables: Vec<(&str, Vec<&Finding>)> = Vec::new();
    for finding in page.findings.iter().filter(|finding| finding.verdict == verdict) {
        let name = Key::parse(&finding.variable).name;
        match variables.iter_mut().find(|(known, _)| *known == name) {
            Some((_, of)) => of.push(finding),
            None => variables.push((name, vec![finding])),
        }
    }
    variables
}

/// The waves that a finding compares, where not all findings compare the same: the later one, and the earlier one too where
/// it is not the one that most comparisons start at.
fn waves(page: &Page<'_>, finding: &Finding) -> Option<String> {
    let labels = page.report.labels;
    let first = page.findings.first()?;
    if page.findings.iter().all(|other| labels.waves(&other.variable) == labels.waves(&first.variable)) {
        return None;
    }
    let from = |finding: &Finding| Key::parse(&finding.variable).wave.map(str::to_owned);
    Some(match from(finding) == from(first) {
        true => later_wave(labels, &finding.variable).get(page.language).to_owned(),
        false => labels.waves(&finding.variable).get(page.language).to_owned(),
    })
}

/// A clear verdict's variables, each with the sizes of its changes and the waves they were found at.
fn points(page: &Page<'_>, verdict: Verdict) -> Vec<Point> {
    let (language, labels) = (page.language, page.report.labels);
    let point = |(name, of): (&str, Vec<&Finding>)| {
        let mut sizes: Vec<(Option<Size>, Vec<String>)> = Vec::new();
        for finding in of {
            let wave = waves(page, finding);
            match sizes.iter_mut().find(|(known, _)| *known == finding.size) {
                Some((_, waves)) => waves.extend(wave),
                None => sizes.push((finding.size, wave.into_iter().collect())),
            }
        }
        let said = sizes.into_iter().filter_map(|(size, waves)| {
            let size = size.map(|size| size.change(language));
            match (size, waves.is_empty()) {
                (Some(size), false) => Some(format!("{size} ({})", waves.join(", "))),
                (size, true) => size,
                (None, false) => Some(waves.join(", ")),
            }
        });
        let said = said.collect::<Vec<_>>().join("; ");
        let verdict = lower(&page.say(verdict.key(), &[]));
        let said = if said.is_empty() { verdict } else { format!("{verdict}: {said}") };
        Point { label: labels.variable(name).get(language).to_owned(), said }
    };
    variables(page, verdict).into_iter().map(point).collect()
}

/// All variables of a verdict that is not a clear one, so that each area is found on the first page.
fn rest(page: &Page<'_>, verdict: Verdict) -> Option<Point> {
    let name = |(name, of): (&str, Vec<&Finding>)| {
        let label = page.report.labels.variable(name).get(page.language).to_owned();
        let waves: Vec<String> = of.into_iter().filter_map(|finding| waves(page, finding)).collect();
        if waves.is_empty() { label } else { format!("{label} ({})", waves.join(", ")) }
    };
    let names: Vec<String> = variables(page, verdict).into_iter().map(name).collect();
    let said = format!("{}.", names.join("; "));
    (!names.is_empty()).then(|| Point { label: page.say(verdict.key(), &[]), said })
}

/// For which group change was largest: only where an interval tells the groups apart.
fn groups(page: &Page<'_>) -> Option<Answer> {
    let contrasts = &page.contrasts;
    if contrasts.is_empty() {
        return None;
    }
    let language = page.language;
    let clear: Vec<&Contrast> = contrasts.iter().filter(|contrast| contrast.clear).collect();
    let count = |n: usize| number::number(n as f64, Format::Count, language);
    let counts = [("n", count(contrasts.len())), ("clear", count(clear.len()))];
    let key = if clear.is_empty() { "brief.groups_alike" } else { "brief.groups_differ" };
    let mut paragraph = page.say(key, &counts);
    let mut by: Vec<String> = Vec::new();
    for contrast in contrasts {
        let name = super::association::quoted(language, &contrast.by);
        if !by.contains(&name) {
            by.push(name);
        }
    }
    let and = format!(" {} ", page.say("origin.and", &[]));
    let compared = page.say("brief.groups_by", &[("by", by.join(&and))]);
    paragraph = format!("{paragraph} {compared}");
    let level = contrasts.iter().find_map(|contrast| contrast.level);
    if let Some(chance) = by_chance(contrasts.len(), level).filter(|_| !clear.is_empty()) {
        let chance = number::number(chance, Format::Count, language);
        paragraph = format!("{paragraph} {}", page.say("brief.groups_chance", &[("chance", chance)]));
    }
    let mut answer = Answer::new("brief.groups", vec![paragraph]);
    answer.points = clear.iter().take(MOST).map(|contrast| differ(page, contrast)).collect();
    if clear.len() > MOST {
        answer.after.push(page.say("brief.groups_more", &[("n", count(clear.len() - MOST))]));
    }
    Some(answer)
}

fn differ(page: &Page<'_>, contrast: &Contrast) -> Point {
    let language = page.language;
    let key = if contrast.directed { "brief.group_better" } else { "brief.group_more" };
    let [first, second] = &contrast.groups;
    let change = |cell: &Cell| {
        let change = number::cell(cell, language);
        match contrast.scale {
            Scale::Binary => page.say("brief.points", &[("change", change)]),
            Scale::Ordinal | Scale::Numeric => change,
        }
    };
    let [change_first, change_second] = contrast.changes.each_ref().map(change);
    let said = page.say(
        key,
        &[
            ("first", super::association::quoted(language, first)),
            ("change_first", change_first),
            ("second", super::association::quoted(language, second)),
            ("change_second", change_second),
        ],
    );
    Point { label: contrast.label.get(language).to_owned(), said }
}

/// How many of `n` intervals leave zero out on average where there is nothing to find; `None` below one.
fn by_chance(n: usize, level: Option<f64>) -> Option<f64> {
    let expected = (n as f64 * (1.0 - level?)).round();
    (expected >= 1.0).then_some(expected)
}

/// How many terms of the regressions go together with their outcome.
fn together(page: &Page<'_>) -> Option<Answer> {
    let told = &page.associations;
    if told.is_empty() {
        return None;
    }
    let sum = |of: &dyn Fn(&super::Association) -> usize| {
        number::number(told.iter().map(of).sum::<usize>() as f64, Format::Count, page.language)
    };
    let with = [
        ("models", number::number(told.len() as f64, Format::Count, page.language)),
        ("clear", sum(&|one| one.clear.len())),
        ("compared", sum(&|one| one.compared)),
    ];
    let any = told.iter().any(|one| !one.clear.is_empty());
    let key = if any { "brief.regressions" } else { "brief.regressions_unclear" };
    let mut answer = Answer::new("brief.together", vec![page.say(key, &with)]);
    let largest = told.iter().filter_map(|one| Some((one, one.clear.first()?)));
    let more = largest.clone().count().saturating_sub(MOST);
    if more > 0 {
        let n = number::number(more as f64, Format::Count, page.language);
        let section = page.say("report.associations", &[]);
        answer.after.push(page.say("brief.regressions_more", &[("n", n), ("section", section)]));
    }
    answer.points = largest
        .take(MOST)
        .map(|(one, said)| Point {
            label: one.label.get(page.language).to_owned(),
            said: said.get(page.language).to_owned(),
        })
        .collect();
    Some(answer)
}

/// How sure it is: chance among many comparisons, those not met again, and what is not shown.
fn sure(page: &Page<'_>) -> Answer {
    let language = page.language;
    let mut said = vec![page.say("reading.interval", &[])];
    let compared = page
        .findings
        .iter()
        .filter(|finding| finding.verdict.is_clear() || finding.verdict == Verdict::Unclear);
    let compared = compared.count();
    let mut of_change =
        page.report.analyses.iter().filter(|analysis| analysis.kinds().any(|kind| kind == Kind::Change));
    let level = of_change.find_map(|analysis| analysis.level);
    if let Some(chance) = by_chance(compared, level) {
        let counts = [("n", compared as f64), ("chance", chance)];
        let counts = counts.map(|(name, n)| (name, number::number(n, Format::Count, language)));
        said.push(page.say("brief.chance", &counts));
    }
    said.push(page.say("reading.lost", &[]));
    let total = page.report.audit.total().hidden();
    if total > 0 {
        let total = number::number(total as f64, Format::Count, language);
        let section = page.say("report.suppressed", &[]);
        said.push(page.say("brief.hidden", &[("n", total), ("section", section)]));
    }
    Answer::new("brief.sure", said)
}

/// What must not be concluded: in the author's words where there are any.
fn not(page: &Page<'_>) -> Answer {
    let own: Vec<String> =
        page.report.about.iter().skip(1).map(|text| text.get(page.language).to_owned()).collect();
    match own.is_empty() {
        false => Answer::new("brief.not", own),
        true => Answer::new(
            "brief.not",
            ["reading.change", "reading.regression"].map(|key| page.say(key, &[])).into(),
        ),
    }
}

/// The verdicts of each comparison, one by one.
pub(super) fn every_change(page: &Page<'_>) -> Result<Option<Section>, ReportError> {
    let language = page.language;
    let mut groups = Vec::new();
    for verdict in Verdict::ALL {
        let of: Vec<&Finding> = page.findings.iter().filter(|finding| finding.verdict == verdict).collect();
        if of.is_empty() {
            continue;
        }
        let told = |finding: &Finding| {
            let may = !matches!(verdict, Verdict::TooFew | Verdict::Suppressed);
            context! {
                label => finding.label.get(language),
                said => finding.said.get(language),
                bar => if may { bar(finding, language) } else { None },
            }
        };
        groups.push(context! {
            verdict => page.say(verdict.key(), &[]),
            class => verdict.key().trim_start_matches("summary."),
            findings => of.into_iter().map(told).collect::<Vec<_>>(),
        });
    }
    if groups.is_empty() {
        return Ok(None);
    }
    page.section("changes", context! { groups }).map(Some)
}

/// Shares better, unchanged, worse: per cent for the widths, and the same in words. `None` where one of them is not shown.
fn bar(finding: &Finding, language: Language) -> Option<Value> {
    let shares = super::finding::shares(&finding.comparison)?;
    let [better, unchanged, worse] = shares.map(|share| number::percent(share, 0, language));
    let with = [("better", better), ("unchanged", unchanged), ("worse", worse)];
    let said = words::say(language, "summary.bar", &with);
    let [better, unchanged, worse] = shares.map(|share| format!("{:.1}", 100.0 * share));
    Some(context! { better, unchanged, worse, said })
}
