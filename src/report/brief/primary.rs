//! What was asked for first, with its numbers.

use super::measure::Measure;
use super::{Answer, Point};
use crate::estimate::{Kind, Variable, Waves};
use crate::report::reading::{lower, most_common};
use crate::report::{Association, Page};
use crate::table::AnalysisView;

/// The primary analyses of a page, in the order in which the pipeline names them.
fn analyses<'p>(page: &'p Page<'_>) -> impl Iterator<Item = &'p AnalysisView<'p>> {
    page.report.primary.iter().filter_map(|id| page.report.analyses.iter().find(|one| one.id == *id))
}

/// Whether a measure is of a primary analysis of change.
pub(super) fn is_primary(page: &Page<'_>, measure: &Measure<'_>) -> bool {
    analyses(page).any(|analysis| is_of(analysis, measure))
}

fn is_of(analysis: &AnalysisView<'_>, measure: &Measure<'_>) -> bool {
    let of_change = analysis.cleared.iter().filter(|one| one.kind() == Kind::Change);
    of_change.map(|one| one.variable()).any(|variable| Waves::of(variable).name == measure.name)
}

/// The main results: the changes, regressions and descriptions that were asked for first.
pub(super) fn answer(page: &Page<'_>, measures: &[Measure<'_>]) -> Option<Answer> {
    let language = page.language;
    let mut points = Vec::new();
    for analysis in analyses(page) {
        let of = measures.iter().filter(|measure| is_of(analysis, measure));
        points.extend(of.map(|measure| changed(page, measure)));
        if let Some(told) = association(page, analysis) {
            let clear = told.clear.iter().map(|one| &one.said);
            let said = clear.chain(&told.rest).chain([&told.counted]);
            let said: Vec<&str> = said.map(|text| text.get(language)).collect();
            points.push(Point::new(told.label.get(language), said.join(" ")));
        }
        points.extend(described(page, analysis));
    }
    (!points.is_empty()).then(|| Answer {
        points,
        ..Answer::new("brief.primary", vec![page.say("brief.primary_means", &[])])
    })
}

fn association<'p>(page: &'p Page<'_>, analysis: &AnalysisView<'_>) -> Option<&'p Association> {
    page.associations.iter().find(|one| one.analysis == analysis.id)
}

/// A measure with its verdict, its numbers, and since when it has been so.
fn changed(page: &Page<'_>, measure: &Measure<'_>) -> Point {
    let longest = measure.longest;
    let verdict = lower(&page.say(longest.verdict.key(), &[]));
    let mut said = format!("{verdict}. {}", longest.said.get(page.language));
    if let Some(since) = super::changed::since(page, measure) {
        said = format!("{said} {since}");
    }
    Point::new(page.report.labels.variable(measure.name).get(page.language), said)
}

/// The most common answer to each question that is only described.
fn described(page: &Page<'_>, analysis: &AnalysisView<'_>) -> Vec<Point> {
    let coded = analysis.variables().into_iter().filter(|variable| {
        let of_them = |one: &&&crate::disclosure::Cleared| one.variable() == *variable;
        analysis.cleared.iter().filter(of_them).any(|one| one.kind() == Kind::Describe)
    });
    let point = |variable: &Variable| {
        let said = most_common(page.report.labels, analysis, variable, page.language)?;
        Some(Point::new(page.report.labels.variable(variable).get(page.language), said))
    };
    coded.filter_map(point).collect()
}

/// How far the intervals of the main results are from what they would hold if there were nothing to find.
pub(super) fn sureness(page: &Page<'_>, measures: &[Measure<'_>]) -> Vec<Point> {
    let language = page.language;
    let mut points = Vec::new();
    for analysis in analyses(page) {
        for measure in measures.iter().filter(|measure| is_of(analysis, measure)) {
            let said = measure.longest.sureness.get(language);
            if !said.is_empty() {
                let label = page.report.labels.variable(measure.name).get(language).to_owned();
                points.push(Point::new(&label, said.to_owned()));
            }
        }
        for clear in association(page, analysis).into_iter().flat_map(|told| &told.clear) {
            let label = format!("{}: {}", analysis.label.get(language), clear.term.get(language));
            let with = [("interval", clear.interval.get(language).to_owned())];
            points.push(Point::new(&label, page.say("brief.sure_ratio", &with)));
        }
    }
    points
}
