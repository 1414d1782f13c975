//! The first page: what was asked, of whom, the main results, what changed, for which group most, how sure that is, and what must not
//! be concluded. Each question is a file.

mod changed;
mod groups;
mod measure;
mod primary;
mod sure;
mod together;

use minijinja::{Value, context};

use super::reading::{followup, lost};
use super::{Page, ReportError, Section, entry};
use crate::estimate::{EVERYONE, NO_VARIABLE, WHOLE};
use crate::plan::Design;
use crate::statistic::MEMBERS;
use crate::table::{Amount, Format, number};

/// One question of the first page with its answer.
struct Answer {
    question: &'static str,
    paragraphs: Vec<String>,
    points: Vec<Point>,
    after: Vec<String>,
    /// Where the rest is told.
    more: Option<More>,
}

/// A line of a list: what it is about, and what is said of it.
struct Point {
    label: String,
    said: String,
}

/// A sentence that leads to a section of the page.
struct More {
    said: String,
    section: &'static str,
}

impl Answer {
    fn new(question: &'static str, paragraphs: Vec<String>) -> Answer {
        Answer { question, paragraphs, points: Vec::new(), after: Vec::new(), more: None }
    }
}

impl Point {
    fn new(label: &str, said: String) -> Point {
        Point { label: label.to_owned(), said }
    }
}

pub(super) fn section(page: &Page<'_>) -> Result<Option<Section>, ReportError> {
    let measures = measure::measures(&page.findings, page.report.labels);
    let answers = [
        asked(page),
        whom(page),
        primary::answer(page, &measures),
        Some(changed::answer(page, &measures)),
        groups::answer(page),
        together::answer(page),
        Some(sure::answer(page, &measures)),
        Some(not(page)),
    ];
    let answers = answers.into_iter().flatten().map(|answer| {
        let point = |point: &Point| context! { label => &point.label, said => &point.said };
        let more = |more: &More| {
            let title = match more.section {
                "tables" => entry::title(page),
                section => page.say(&format!("report.{section}"), &[]),
            };
            context! { said => &more.said, section => more.section, title }
        };
        // A section without anything in it is not on the page.
        let is_there = |more: &&More| more.section != "changes" || !page.findings.is_empty();
        context! {
            question => page.say(answer.question, &[]),
            paragraphs => answer.paragraphs,
            points => answer.points.iter().map(point).collect::<Vec<_>>(),
            after => answer.after,
            more => answer.more.as_ref().filter(is_there).map(more),
        }
    });
    let answers: Vec<Value> = answers.collect();
    page.section("summary", context! { answers }).map(Some)
}

fn asked(page: &Page<'_>) -> Option<Answer> {
    let about = page.report.about.first()?;
    Some(Answer::new("brief.asked", vec![about.get(page.language).to_owned()]))
}

/// Each follow-up: how many there are, how many were seen at the last wave, and how those lost differ.
fn whom(page: &Page<'_>) -> Option<Answer> {
    let mut said = Vec::new();
    for analysis in &page.report.analyses {
        let members = analysis.find(EVERYONE, NO_VARIABLE, WHOLE, &MEMBERS).and_then(Amount::of);
        let Some(members) = members else { continue };
        let members = number::amount(&members, Format::Count, page.language);
        let label = analysis.label.get(page.language).to_owned();
        let last = followup(analysis, page.report.labels, page.language).pop().unwrap_or_default();
        let all = page.say("brief.members", &[("label", label), ("members", members)]);
        said.push(format!("{all} {last}").trim_end().to_owned());
    }
    let analyses = page.report.analyses.iter();
    said.extend(analyses.filter_map(|analysis| lost(analysis, page.report.labels, page.language)));
    (!said.is_empty()).then(|| Answer::new("brief.whom", said))
}

/// How many of `n` intervals leave zero out on average where there is nothing to find; `None` below one.
#[expect(clippy::float_arithmetic, reason = "a property of the method")]
fn by_chance(n: usize, level: Option<f64>) -> Option<usize> {
    let expected = (n as f64 * (1.0 - level?)).round();
    (expected >= 1.0).then_some(expected as usize)
}

/// What must not be concluded: in the author's words where there are any.
fn not(page: &Page<'_>) -> Answer {
    let own: Vec<String> =
        page.report.about.iter().skip(1).map(|text| text.get(page.language).to_owned()).collect();
    match own.is_empty() {
        false => Answer::new("brief.not", own),
        true => Answer::new(
            "brief.not",
            [design(page.report.design), "reading.regression"].map(|key| page.say(key, &[])).into(),
        ),
    }
}

/// The words for what the design allows to be read of a change.
pub(super) fn design(design: Design) -> &'static str {
    match design {
        Design::BeforeAfter => "reading.before_after",
        Design::Comparison => "reading.comparison",
        Design::Randomised => "reading.randomised",
    }
}

/// A word at the start of a sentence.
fn upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
