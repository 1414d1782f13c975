//! What the kinds that draw paired change have in common.

use super::{FigureError, Input, Kind};
use crate::dictionary::Text;
use crate::estimate::{Group, Variable};
use crate::figure::chart::Line;
use crate::table::layout::{Comparison, Scale};
use crate::table::{AnalysisView, words};

/// A comparison with what it is of.
pub(super) struct Compared<'i, 'a> {
    pub analysis: &'i AnalysisView<'a>,
    pub group: &'a Group,
    /// `mental_health@w1>w2`.
    pub variable: &'a Variable,
    pub found: Comparison,
    /// What its row is called.
    pub label: Text,
}

/// The comparisons that are drawn, each below the heading that it needs.
///
/// Where a variable has several rows (waves, groups) its name stands above them; otherwise several analyses have theirs.
///
/// # Errors
/// Where an analysis has none.
pub(super) fn compared<'i, 'a>(
    input: &'i Input<'a>,
    kind: &Kind,
) -> Result<Vec<Line<Compared<'i, 'a>>>, FigureError> {
    let waves: Vec<Text> = {
        let all = input.analyses.iter().flat_map(|analysis| input.variables(analysis));
        let mut waves: Vec<Text> = Vec::new();
        for pair in all.map(|variable| input.labels.waves(variable)) {
            if !waves.contains(&pair) {
                waves.push(pair);
            }
        }
        waves
    };
    let several_waves = waves.len() > 1;
    let several_groups = input.analyses.iter().any(|analysis| input.groups(analysis).len() > 1);
    let several_analyses = input.analyses.len() > 1;
    let mut lines = Vec::new();
    for analysis in &input.analyses {
        let before = lines.len();
        let mut section = Text::default();
        for variable in input.variables(analysis) {
            for group in input.groups(analysis) {
                let Some(found) = Comparison::read(analysis, group, variable) else { continue };
                let label = input.labels.variable(variable);
                let label = match found.scale {
                    Scale::Binary => input.labels.event(variable, label),
                    Scale::Ordinal | Scale::Numeric => label,
                };
                let own = match (several_waves, several_groups) {
                    (true, true) => {
                        let (waves, group) = (input.labels.waves(variable), input.labels.group(group));
                        words::each(|language| format!("{}, {}", waves.get(language), group.get(language)))
                    }
                    (true, false) => input.labels.waves(variable),
                    (false, true) => input.labels.group(group),
                    (false, false) => Text::default(),
                };
                let (heading, label) = match (own.is_empty(), several_analyses) {
                    (false, _) => (label, own),
                    (true, true) => (analysis.label.clone(), label),
                    (true, false) => (Text::default(), label),
                };
                let row = Compared { analysis, group, variable, found, label };
                if heading.is_empty() {
                    lines.push(Line::Row(row));
                    continue;
                }
                if heading != section {
                    lines.push(Line::Section(heading.clone()));
                    section = heading;
                }
                lines.push(Line::Inner(row));
            }
        }
        if lines.len() == before {
            return Err(input.lacks(kind, analysis, "a comparison of two waves"));
        }
    }
    Ok(lines)
}

/// The rows of some comparisons, without their headings.
pub(super) fn rows<'l, 'i, 'a>(
    lines: &'l [Line<Compared<'i, 'a>>],
) -> impl Iterator<Item = &'l Compared<'i, 'a>> {
    lines.iter().filter_map(Line::row)
}

/// The lines with something else in each row.
///
/// # Errors
/// The first of `make`.
pub(super) fn each<'i, 'a, T>(
    lines: &[Line<Compared<'i, 'a>>],
    make: impl Fn(&Compared<'i, 'a>) -> Result<T, FigureError>,
) -> Result<Vec<Line<T>>, FigureError> {
    let line = |line: &Line<Compared<'i, 'a>>| match line {
        Line::Section(text) => Ok(Line::Section(text.clone())),
        Line::Row(row) => make(row).map(Line::Row),
        Line::Inner(row) => make(row).map(Line::Inner),
    };
    lines.iter().map(line).collect()
}

/// What every figure of change says: which waves, who is in it, and that change is not its cause.
pub(super) fn notes(input: &Input<'_>, lines: &[Line<Compared<'_, '_>>]) -> Vec<Text> {
    let mut pairs: Vec<Text> = Vec::new();
    for row in rows(lines) {
        let waves = input.labels.waves(row.variable);
        if !pairs.contains(&waves) {
            pairs.push(waves);
        }
    }
    let mut notes = match pairs.as_slice() {
        [waves] if !waves.is_empty() => vec![words::each(|language| {
            words::say(language, "note.waves", &[("waves", waves.get(language).to_owned())])
        })],
        _ => vec![words::word("figure.both_waves")],
    };
    notes.push(words::word("note.not_caused"));
    notes
}
