//! Tables of how it went from wave to wave.

use super::shown::{Compared, first_of};
use super::{Basis, Family, Input, Reading, percent, quoted, value};
use crate::dictionary::Language;
use crate::estimate::{EVERYONE, Group, Term, Variable};
use crate::statistic::{BEFORE_COUNT, FLOW_SHARE, N_PAIRS, VALID};
use crate::table::layout::{CourseOfEveryone, courses_of_everyone};
use crate::table::{AnalysisView, Cell, Content, Format, number, words};

const ANSWERED: &[Basis] = &[("basis.wave", &VALID)];
const PAIRS: &[Basis] = &[("basis.pairs", &N_PAIRS)];

pub const FAMILY: Family = Family {
    readings: &[
        Reading { layout: "trajectory", say: trajectory, basis: ANSWERED },
        Reading { layout: "flow", say: flow, basis: PAIRS },
    ],
};

/// Of more variables, or pairs of waves, the sentences would be the table over again.
const MOST: usize = 4;

/// Where the first variables stood at the first and the last wave at which they are shown, with their intervals.
fn trajectory(input: &Input<'_>, language: Language) -> Vec<String> {
    let courses = input.analyses.iter().flat_map(|analysis| courses_of_everyone(analysis, input.labels));
    let courses: Vec<CourseOfEveryone> = courses.collect();
    let mut said: Vec<String> =
        courses.iter().take(MOST).filter_map(|course| ends(input, course, language)).collect();
    if said.is_empty() {
        return said;
    }
    // What the numbers are stands together, at the end.
    let mut rest = Vec::new();
    if courses.len() > MOST {
        rest.push(first_of(language, said.len(), courses.len()));
    }
    if let Some(level) = input.analyses.iter().find_map(|analysis| analysis.level) {
        let level = number::parameter(level, Format::Percent(0), language);
        rest.push(words::say(language, "read.in_parentheses", &[("level", level)]));
    }
    // Each interval is of one wave: they do not say how sure a change is, which is compared in persons.
    let compared = |course: &CourseOfEveryone| {
        input.findings.iter().any(|finding| finding.variable.name() == course.name)
    };
    if courses.iter().any(compared) {
        let section = words::say(language, "report.changes", &[]);
        rest.push(words::say(language, "read.change_where", &[("section", section)]));
    }
    if !rest.is_empty() {
        said.push(rest.join(" "));
    }
    said
}

fn ends(input: &Input<'_>, course: &CourseOfEveryone, language: Language) -> Option<String> {
    let is_shown = |cell: &Cell| {
        matches!(cell.content, Content::Number { .. } | Content::Text(_) | Content::Partly { .. })
    };
    let shown: Vec<&(String, Cell)> = course.waves.iter().filter(|(_, cell)| is_shown(cell)).collect();
    let ((first, before), (last, after)) = (shown.first()?, shown.last()?);
    let wave = |id: &str| input.labels.wave(id).get(language).to_owned();
    let with = [
        ("variable", quoted(language, &course.label)),
        ("before", number::marked(before, language)),
        ("first", wave(first)),
        ("after", number::marked(after, language)),
        ("last", wave(last)),
    ];
    Some(words::say(language, if first == last { "read.course_only" } else { "read.course" }, &with))
}

/// The pairs of waves, each with its analysis.
fn pairs<'i>(input: &'i Input<'_>) -> Vec<(&'i AnalysisView<'i>, &'i Variable)> {
    let pairs = input.analyses.iter().flat_map(|analysis| {
        let has = |variable: &&Variable| !analysis.terms(variable, &FLOW_SHARE).is_empty();
        analysis.variables().into_iter().filter(has).map(|variable| (*analysis, variable))
    });
    pairs.collect()
}

/// The answers before by the share who stayed at each.
fn by_answer(input: &Input<'_>, analysis: &AnalysisView<'_>, variable: &Variable) -> Compared {
    let mut compared = Compared::by(Group::default(), variable, Term::ranked(&FLOW_SHARE, "a>a"));
    for code in input.labels.codes(variable, &[]) {
        let stayed = analysis.find(EVERYONE, variable, &Term::moved(&code, &code), &FLOW_SHARE);
        let before = value(analysis, (EVERYONE, variable), &code, &BEFORE_COUNT);
        compared.add_share(input.labels.code(variable, &code), stayed, before.map(|n| n.value));
    }
    compared
}

/// What the sentences of a table of flows rank.
pub(super) fn of_answers(input: &Input<'_>) -> Vec<Compared> {
    let of = |(analysis, variable): (&AnalysisView<'_>, &Variable)| by_answer(input, analysis, variable);
    pairs(input).into_iter().take(MOST).map(of).collect()
}

/// At each pair of waves, which answer most and fewest stayed at.
fn flow(input: &Input<'_>, language: Language) -> Vec<String> {
    let pairs = pairs(input);
    let mut said = Vec::new();
    for (analysis, variable) in pairs.iter().take(MOST) {
        let compared = by_answer(input, analysis, variable);
        let Some(sentence) =
            compared.said(input, language, "read.stayed", &|share| percent(share, language), &[])
        else {
            continue;
        };
        said.push(format!("{}: {sentence}", input.labels.variable_at(variable).get(language)));
    }
    if pairs.len() > MOST && !said.is_empty() {
        said.push(first_of(language, said.len(), pairs.len()));
    }
    said
}
