//! Where everybody stands at each wave: a row for each variable and group, the waves side by side.

use super::view::with_interval;
use super::{AnalysisView, At, Body, Input, Layout, LayoutError};
use crate::dictionary::{Language, Text};
use crate::estimate::{EVERYONE, Group, Kind, Variable, WHOLE, Waves};
use crate::statistic::{
    COUNT, INCOMPLETE, VALID, WAVE_MEAN, WAVE_MEAN_HIGH, WAVE_MEAN_LOW, WAVE_SD, WAVE_SHARE, WAVE_SHARE_HIGH,
    WAVE_SHARE_LOW,
};
use crate::table::{Cell, Column, Content, Format, Labels, Row, RowKind, number, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "trajectory",
    about: "Each variable and group: mean or share at each wave with its interval, and how many answered.",
    kind: Kind::Trajectory,
    build,
};

/// What a variable's numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Mean,
    Share,
}

impl Measure {
    fn of(analysis: &AnalysisView<'_>, variable: &Variable) -> Option<Measure> {
        let at = (EVERYONE, variable);
        match () {
            () if analysis.has(at, &WAVE_MEAN) => Some(Measure::Mean),
            () if analysis.has(at, &WAVE_SHARE) => Some(Measure::Share),
            () => None,
        }
    }

    /// Value, ends and format, with the decimals of the first wave at all of them.
    fn cell(self, analysis: &AnalysisView<'_>, first: At<'_>, at: At<'_>, coded: bool) -> Cell {
        let (value, ends, format) = match self {
            Measure::Mean => {
                let decimals = if coded { 2 } else { analysis.decimals(first, &WAVE_SD) };
                (&WAVE_MEAN, [&WAVE_MEAN_LOW, &WAVE_MEAN_HIGH], Format::Decimal(decimals))
            }
            Measure::Share => (&WAVE_SHARE, [&WAVE_SHARE_LOW, &WAVE_SHARE_HIGH], Format::Percent(0)),
        };
        with_interval(analysis.cell(at, WHOLE, value, format), analysis.interval(at, WHOLE, ends, format))
    }
}

/// A variable without its waves, and its key at each of them.
struct Course<'a> {
    measure: Measure,
    at: Vec<&'a Variable>,
}

impl Course<'_> {
    fn label(&self, labels: &Labels) -> Text {
        let label = labels.variable(self.at[0]);
        match self.measure {
            Measure::Share => labels.event(self.at[0], label),
            Measure::Mean => label,
        }
    }
}

/// The variables of an analysis, each with its waves in order.
fn courses<'a>(analysis: &AnalysisView<'a>) -> Vec<Course<'a>> {
    let mut courses: Vec<Course<'_>> = Vec::new();
    for variable in analysis.variables() {
        let Some(measure) = Measure::of(analysis, variable) else { continue };
        let same = |known: &&mut Course<'_>| Waves::of(known.at[0]).name == Waves::of(variable).name;
        match courses.iter_mut().find(same) {
            Some(known) => known.at.push(variable),
            None => courses.push(Course { measure, at: vec![variable] }),
        }
    }
    courses
}

/// Where everyone stands at each wave.
pub(crate) struct CourseOfEveryone {
    /// The variable without its waves.
    pub name: String,
    /// Its label, with the answer that shares are of.
    pub label: Text,
    /// The value with its interval at each wave, by the wave's id.
    pub waves: Vec<(String, Cell)>,
}

/// The courses of an analysis among everyone.
pub(crate) fn courses_of_everyone(analysis: &AnalysisView<'_>, labels: &Labels) -> Vec<CourseOfEveryone> {
    let course = |course: Course<'_>| {
        let waves = course.at.iter().map(|variable| {
            let wave = Waves::of(variable).wave.unwrap_or_default();
            let [value, _] = at_wave(analysis, &course, EVERYONE, wave);
            (wave.to_owned(), value)
        });
        let name = Waves::of(course.at[0]).name.to_owned();
        CourseOfEveryone { name, label: course.label(labels), waves: waves.collect() }
    };
    courses(analysis).into_iter().map(course).collect()
}

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut waves: Vec<&str> = Vec::new();
    for analysis in &input.analyses {
        for variable in courses(analysis).iter().flat_map(|course| course.at.clone()) {
            let wave = Waves::of(variable).wave.unwrap_or_default();
            if !waves.contains(&wave) {
                waves.push(wave);
            }
        }
    }
    waves.sort_by_key(|wave| input.labels.waves.iter().position(|known| known.id == *wave));
    let several_groups = input.analyses.iter().any(|analysis| analysis.groups().len() > 1);
    let mut measures: Vec<Measure> = Vec::new();
    let mut rows = Vec::new();
    for analysis in &input.analyses {
        let before = rows.len();
        for course in courses(analysis) {
            measures.push(course.measure);
            let label = course.label(input.labels);
            if several_groups {
                rows.push(Row::section(label.clone()));
            }
            for group in analysis.groups() {
                let head = if several_groups { input.labels.group(group) } else { label.clone() };
                let kind = if several_groups { RowKind::Inner } else { RowKind::Plain };
                let cells = waves.iter().flat_map(|wave| at_wave(analysis, &course, group, wave)).collect();
                rows.push(Row::new(kind, vec![head], cells));
            }
        }
        if rows.len() == before {
            return Err(input.lacks(&LAYOUT, analysis, "a variable at a wave"));
        }
    }
    let stub = if several_groups { "stub.group" } else { "stub.variable" };
    Ok(Body {
        stub: vec![input.heading(stub)],
        columns: columns(input, &waves, &measures),
        rows,
        notes: notes(input, &measures),
    })
}

/// The value with its interval, and how many answered.
fn at_wave(analysis: &AnalysisView<'_>, course: &Course<'_>, group: &Group, wave: &str) -> [Cell; 2] {
    let found = course.at.iter().find(|variable| Waves::of(variable).wave == Some(wave));
    let Some(variable) = found else { return [Content::Absent, Content::Absent].map(Cell::from) };
    let at = (group, *variable);
    let coded = !analysis.terms(variable, &COUNT).is_empty();
    let value = course.measure.cell(analysis, (EVERYONE, course.at[0]), at, coded);
    [value, analysis.cell(at, WHOLE, &VALID, Format::Count)]
}

fn columns(input: &Input<'_>, waves: &[&str], measures: &[Measure]) -> Vec<Column> {
    let level = input.analyses.iter().find_map(|analysis| analysis.level);
    let key = match (measures.contains(&Measure::Mean), measures.contains(&Measure::Share)) {
        (true, true) => "column.wave_value",
        (false, true) => "column.wave_share",
        _ => "column.wave_mean",
    };
    let value = words::each(|language: Language| {
        let level = level.map(|level| number::percent(level, 0, language)).unwrap_or_default();
        words::say(language, key, &[("level", level)])
    });
    let of_wave = |wave: &&str| -> [Column; 2] {
        let over = input.labels.wave(wave);
        [Column::under(&over, value.clone()), Column::under(&over, input.heading("column.wave_n"))]
    };
    waves.iter().flat_map(of_wave).collect()
}

/// Who is in, and what the numbers are.
fn notes(input: &Input<'_>, measures: &[Measure]) -> Vec<Text> {
    let mut notes = vec![match has_same_persons(input) {
        true => words::word("note.same_persons"),
        false => words::word("note.different_persons"),
    }];
    for (measure, key) in [(Measure::Mean, "note.wave_mean"), (Measure::Share, "note.wave_share")] {
        if measures.contains(&measure) {
            notes.push(words::word(key));
        }
    }
    notes
}

/// Whether the waves have the same persons.
pub(super) fn has_same_persons(input: &Input<'_>) -> bool {
    let left_out =
        |analysis: &AnalysisView<'_>| analysis.cleared.iter().any(|one| one.statistic() == &INCOMPLETE);
    input.analyses.iter().all(left_out)
}
