//! Over all waves: means or shares at each, or the change since the first.

use super::{Drawn, FigureError, Input, Kind};
use crate::dictionary::{Better, Text};
use crate::estimate;
use crate::figure::chart::lines::{Lines, Panel, Point, Series};
use crate::plan::Wave;
use crate::table::labels::Key;
use crate::table::layout::{Comparison, Scale};
use crate::table::{AnalysisView, Cell, Format, words};

pub(super) const KIND: Kind = Kind {
    name: "trajectory",
    about: "A panel for each variable: its mean or share at each wave with its interval (or, without those, the change since the first wave), with n; a line for each group where groups are asked for.",
    shows: estimate::Kind::Change,
    statistics: &[
        "wave_mean",
        "wave_mean_low",
        "wave_mean_high",
        "wave_share",
        "wave_share_low",
        "wave_share_high",
        "mean_change",
        "mean_change_low",
        "mean_change_high",
        "risk_difference",
        "risk_difference_low",
        "risk_difference_high",
    ],
    build,
};

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    let mut panels = Vec::new();
    let mut notes: Vec<&'static str> = Vec::new();
    let mut months: Vec<&Wave> = Vec::new();
    for analysis in &input.analyses {
        let at_waves = |variable: &&str| {
            ["wave_mean", "wave_share"]
                .into_iter()
                .any(|statistic| !analysis.terms(variable, statistic).is_empty())
        };
        let all = input.variables(analysis);
        let levels: Vec<&str> = all.iter().copied().filter(at_waves).collect();
        let before = panels.len();
        if levels.is_empty() {
            let mut names: Vec<&str> = Vec::new();
            for name in all.iter().map(|variable| Key::parse(variable).name) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            for name in names {
                let of: Vec<&str> = all.iter().copied().filter(|one| Key::parse(one).name == name).collect();
                panels.extend(since(input, analysis, &of, &mut months));
            }
            notes.push("figure.since_first");
        } else {
            for variable in levels {
                panels.push(at_each(input, analysis, variable, &mut months));
            }
            notes.push("figure.at_each_wave");
        }
        if panels.len() == before {
            return Err(input.lacks(&KIND, analysis, "comparisons of one wave with several later ones"));
        }
    }
    months.sort_by(|one, other| one.month.total_cmp(&other.month));
    notes.dedup();
    let about =
        if notes.contains(&"figure.at_each_wave") { "figure.about_trajectory" } else { "figure.about_since" };
    let chart = Lines {
        // Points were read for all waves of the evaluation; those that no panel has are left out.
        panels: panels.into_iter().map(|panel| only(panel, input, &months)).collect(),
        waves: months.iter().map(|wave| (wave.month, wave.label.clone())).collect(),
        about: words::word(about),
    };
    let notes = notes.into_iter().chain(["note.not_caused"]);
    Ok(Drawn::new(chart, notes.map(words::word).collect()))
}

/// The points of the waves that the figure has.
fn only(panel: Panel, input: &Input<'_>, months: &[&Wave]) -> Panel {
    let kept = |place: usize| months.iter().any(|wave| wave.id == input.labels.waves[place].id);
    let series = panel.series.into_iter().map(|series| {
        let points = series.points.into_iter().enumerate().filter(|(place, _)| kept(*place));
        Series { points: points.map(|(_, point)| point).collect(), ..series }
    });
    let series = series.collect();
    Panel { series, ..panel }
}

const NOTHING: Point = Point { value: Cell::Empty, interval: Cell::Empty, n: Cell::Empty };

/// The groups that have a line, with their names; everyone alone has none.
fn groups<'a>(input: &Input<'a>, analysis: &AnalysisView<'a>) -> Vec<(&'a str, Text)> {
    let groups = input.groups(analysis);
    match groups.len() {
        0 | 1 => vec![("", Text::default())],
        _ => {
            let named = groups.into_iter().filter(|group| !group.is_empty());
            named.map(|group| (group, code_of(input, group))).collect()
        }
    }
}

/// The label of a group of one variable is its answer: there is little room beside a line.
fn code_of(input: &Input<'_>, group: &str) -> Text {
    match group.split_once('=') {
        Some((variable, code)) if !group.contains(" & ") => input.labels.code(variable, code),
        _ => input.labels.group(group),
    }
}

fn note_wave<'w>(months: &mut Vec<&'w Wave>, wave: &'w Wave) {
    if !months.iter().any(|known| known.id == wave.id) {
        months.push(wave);
    }
}

/// The mean or share at each wave.
fn at_each<'a>(
    input: &Input<'a>,
    analysis: &AnalysisView<'a>,
    variable: &str,
    months: &mut Vec<&'a Wave>,
) -> Panel {
    let shares = !analysis.terms(variable, "wave_share").is_empty();
    let (statistic, ends) = match shares {
        true => ("wave_share", ["wave_share_low", "wave_share_high"]),
        false => ("wave_mean", ["wave_mean_low", "wave_mean_high"]),
    };
    let format = if shares { Format::Percent(0) } else { Format::Decimal(1) };
    let waves = &input.labels.waves;
    let series = groups(input, analysis).into_iter().map(|(group, label)| {
        let points = waves.iter().map(|wave| {
            let Some(found) = analysis.find(group, variable, &wave.id, statistic) else { return NOTHING };
            let n = found
                .n()
                .map_or(Cell::Suppressed, |n| Cell::Number { value: n as f64, format: Format::Count });
            let at = (group, variable);
            Point {
                value: Cell::of(Some(found), format),
                interval: analysis.interval(at, &wave.id, ends, format),
                n,
            }
        });
        Series { label, points: points.collect() }
    });
    let series: Vec<Series> = series.collect();
    for (place, wave) in waves.iter().enumerate() {
        if series.iter().any(|one| one.points[place] != NOTHING) {
            note_wave(months, wave);
        }
    }
    let label = input.labels.variable(variable);
    Panel {
        title: if shares { input.labels.event(variable, label) } else { label },
        axis: axis(input, variable, if shares { "figure.axis_share" } else { "figure.axis_level" }),
        format,
        zero: false,
        series,
    }
}

/// The change since the first wave, of the comparisons of one variable; nothing where there is none.
fn since<'a>(
    input: &Input<'a>,
    analysis: &AnalysisView<'a>,
    comparisons: &[&'a str],
    months: &mut Vec<&'a Wave>,
) -> Option<Panel> {
    let variable = comparisons.first()?;
    let from = Key::parse(variable).wave?;
    let waves = &input.labels.waves;
    let mut scale = Scale::Numeric;
    let series: Vec<Series> = groups(input, analysis)
        .into_iter()
        .map(|(group, label)| {
            let mut points = vec![NOTHING; waves.len()];
            for (place, wave) in waves.iter().enumerate() {
                if wave.id == from {
                    note_wave(months, wave);
                    let value = Cell::Number { value: 0.0, format: Format::Decimal(0) };
                    points[place] = Point { value, ..NOTHING };
                    continue;
                }
                let comparison = comparisons.iter().find(|one| {
                    let key = Key::parse(one);
                    key.wave == Some(from) && key.to == Some(&wave.id)
                });
                let Some(found) = comparison.and_then(|one| Comparison::read(analysis, group, one)) else {
                    continue;
                };
                note_wave(months, wave);
                scale = found.scale;
                points[place] = Point { value: found.change, interval: found.interval, n: found.n_pairs };
            }
            Series { label, points }
        })
        .collect();
    let label = input.labels.variable(variable);
    let (title, key, format) = match scale {
        Scale::Binary => (input.labels.event(variable, label), "figure.axis_points", Format::Points(0)),
        Scale::Ordinal | Scale::Numeric => (label, "figure.axis_mean", Format::Signed(1)),
    };
    Some(Panel { title, axis: axis(input, variable, key), format, zero: true, series })
}

/// What is drawn upwards, with its unit and the side on which better is.
fn axis(input: &Input<'_>, variable: &str, key: &'static str) -> Text {
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
