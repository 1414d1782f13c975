//! The change since the first wave, at each later one.

use super::waves::{NOTHING, axis, groups, note_wave, only};
use super::{Drawn, FigureError, Input, Kind};
use crate::estimate;
use crate::estimate::Variable;
use crate::figure::chart::lines::{Lines, Panel, Point, Series};
use crate::plan::Wave;
use crate::table::layout::{Comparison, Scale};
use crate::table::{AnalysisView, Content, Format, words};

pub(super) const KIND: Kind = Kind {
    name: "change_since",
    about: "A panel for each variable: its change since the first wave at each later one, with its interval and n; a line for each group where groups are asked for.",
    shows: estimate::Kind::Change,
    build,
};

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    let mut panels = Vec::new();
    let mut months: Vec<&Wave> = Vec::new();
    for analysis in &input.analyses {
        let all = input.variables(analysis);
        let mut names: Vec<&str> = Vec::new();
        for name in all.iter().map(|variable| variable.name()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let before = panels.len();
        for name in names {
            let of: Vec<&Variable> = all.iter().copied().filter(|one| one.name() == name).collect();
            panels.extend(since(input, analysis, &of, &mut months));
        }
        if panels.len() == before {
            return Err(input.lacks(&KIND, analysis, "comparisons of two waves"));
        }
    }
    months.sort_by(|one, other| one.month.total_cmp(&other.month));
    let chart = Lines {
        panels: panels.into_iter().map(|panel| only(panel, input, &months)).collect(),
        waves: months.iter().map(|wave| (wave.month, wave.label.clone())).collect(),
        about: words::word("figure.about_since"),
    };
    Ok(Drawn::new(chart, ["figure.since_first", "note.not_caused"].map(words::word).into()))
}

/// The change since the first wave, of the comparisons of one variable; nothing where there is none.
fn since<'a>(
    input: &Input<'a>,
    analysis: &AnalysisView<'a>,
    comparisons: &[&'a Variable],
    months: &mut Vec<&'a Wave>,
) -> Option<Panel> {
    let variable = comparisons.first()?;
    let from = variable.wave()?;
    let waves = &input.labels.waves;
    let mut scale = Scale::Numeric;
    let series: Vec<Series> = groups(input, analysis)
        .into_iter()
        .map(|(group, label)| {
            let mut points = vec![NOTHING; waves.len()];
            for (place, wave) in waves.iter().enumerate() {
                if wave.id == from {
                    note_wave(months, wave);
                    let value = Content::Number { value: 0.0, format: Format::Decimal(0) }.into();
                    points[place] = Point { value, ..NOTHING };
                    continue;
                }
                let comparison =
                    comparisons.iter().find(|one| one.wave() == Some(from) && one.to() == Some(&wave.id));
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
    Some(Panel { title, axis: axis(input, variable, key), format, zero: true, series, rows: Vec::new() })
}
