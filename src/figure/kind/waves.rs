//! What the kinds that draw waves beside each other have in common.

use super::Input;
use crate::dictionary::{Better, Text};
use crate::estimate::{EVERYONE, Group, Variable};
use crate::figure::chart::lines::{Panel, Point, Series};
use crate::plan::Wave;
use crate::table::{AnalysisView, Cell, words};

/// The points of the waves that the figure has.
pub(super) fn only(panel: Panel, input: &Input<'_>, months: &[&Wave]) -> Panel {
    let kept = |place: usize| months.iter().any(|wave| wave.id == input.labels.waves[place].id);
    let series = panel.series.into_iter().map(|series| {
        let points = series.points.into_iter().enumerate().filter(|(place, _)| kept(*place));
        Series { points: points.map(|(_, point)| point).collect(), ..series }
    });
    let series = series.collect();
    Panel { series, ..panel }
}

pub(super) const NOTHING: Point = Point { value: Cell::EMPTY, interval: Cell::EMPTY, n: Cell::EMPTY };

/// The groups that have a line, with their names; everyone alone has none.
pub(super) fn groups<'a>(input: &Input<'a>, analysis: &AnalysisView<'a>) -> Vec<(&'a Group, Text)> {
    let groups = input.groups(analysis);
    match groups.len() {
        0 | 1 => vec![(EVERYONE, Text::default())],
        _ => {
            let named = groups.into_iter().filter(|group| !group.is_empty());
            named.map(|group| (group, code_of(input, group))).collect()
        }
    }
}

/// The label of a group of one variable is its answer: there is little room beside a line.
fn code_of(input: &Input<'_>, group: &Group) -> Text {
    match group.levels().collect::<Vec<_>>()[..] {
        [(variable, Some(code))] => input.labels.code(variable, code),
        _ => input.labels.group(group),
    }
}

pub(super) fn note_wave<'w>(months: &mut Vec<&'w Wave>, wave: &'w Wave) {
    if !months.iter().any(|known| known.id == wave.id) {
        months.push(wave);
    }
}

/// What is drawn upwards, with its unit and the side on which better is.
pub(super) fn axis(input: &Input<'_>, variable: &Variable, key: &'static str) -> Text {
    let item = input.labels.item(variable);
    let better = match item.and_then(|item| item.better) {
        Some(Better::Higher) => Some("figure.better_up"),
        Some(Better::Lower) => Some("figure.better_down"),
        None => None,
    };
    let unit = item.map(|item| item.unit.clone()).unwrap_or_default();
    words::each(|language| {
        let mut said = words::say(language, key, &[]);
        if !unit.is_empty() && matches!(key, "figure.axis_mean" | "figure.axis_level") {
            said = format!("{said}, {}", unit.get(language));
        }
        match better {
            Some(key) => format!("{said} {}", words::say(language, key, &[])),
            None => said,
        }
    })
}
