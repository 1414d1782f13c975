//! Over all waves: the mean or the share at each.

use super::waves::{NOTHING, axis, groups, note_wave, only};
use super::{Drawn, FigureError, Input, Kind};
use crate::estimate;
use crate::estimate::{EVERYONE, Statistic, Variable, WHOLE};
use crate::figure::chart::lines::{Lines, Panel, Point, Series};
use crate::plan::Wave;
use crate::statistic::{
    INCOMPLETE, WAVE_MEAN, WAVE_MEAN_HIGH, WAVE_MEAN_LOW, WAVE_SD, WAVE_SHARE, WAVE_SHARE_HIGH,
    WAVE_SHARE_LOW,
};
use crate::table::{AnalysisView, Cell, Content, Format, words};

pub(super) const KIND: Kind = Kind {
    name: "trajectory",
    about: "A panel for each variable: its mean or share at each wave, with its interval and n; a line for each group where groups are asked for.",
    shows: estimate::Kind::Trajectory,
    build,
};

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    let mut panels = Vec::new();
    let mut months: Vec<&Wave> = Vec::new();
    for analysis in &input.analyses {
        let before = panels.len();
        let mut names: Vec<&str> = Vec::new();
        for variable in input.variables(analysis) {
            let at = (EVERYONE, variable);
            let name = variable.name();
            let standing = analysis.has(at, &WAVE_MEAN) || analysis.has(at, &WAVE_SHARE);
            if standing && !names.contains(&name) {
                names.push(name);
                panels.push(at_each(input, analysis, variable, &mut months));
            }
        }
        if panels.len() == before {
            return Err(input.lacks(&KIND, analysis, "means or shares at a wave"));
        }
    }
    months.sort_by(|one, other| one.month.total_cmp(&other.month));
    let chart = Lines {
        // Points were read for all waves of the evaluation; those that no panel has are left out.
        panels: panels.into_iter().map(|panel| only(panel, input, &months)).collect(),
        waves: months.iter().map(|wave| (wave.month, wave.label.clone())).collect(),
        about: words::word("figure.about_trajectory"),
    };
    // Where only those with an answer at all waves are let in, it is counted who is not.
    let complete =
        |analysis: &AnalysisView<'_>| analysis.cleared.iter().any(|one| one.statistic() == &INCOMPLETE);
    let standing = match input.analyses.iter().all(complete) {
        true => "note.same_persons",
        false => "figure.at_each_wave",
    };
    Ok(Drawn::new(chart, [standing, "note.not_caused"].map(words::word).into()))
}

/// The mean or share of a variable (`MCS@w0`) at each wave.
fn at_each<'a>(
    input: &Input<'a>,
    analysis: &AnalysisView<'a>,
    variable: &Variable,
    months: &mut Vec<&'a Wave>,
) -> Panel {
    let shares = analysis.has((EVERYONE, variable), &WAVE_SHARE);
    let (statistic, ends) = match shares {
        true => (&WAVE_SHARE, [&WAVE_SHARE_LOW, &WAVE_SHARE_HIGH]),
        false => (&WAVE_MEAN, [&WAVE_MEAN_LOW, &WAVE_MEAN_HIGH]),
    };
    let coded = input.labels.item(variable).is_some_and(|item| item.is_coded());
    let format = match (shares, coded) {
        (true, _) => Format::Percent(0),
        (false, true) => Format::Decimal(2),
        (false, false) => Format::Decimal(analysis.decimals((EVERYONE, variable), &WAVE_SD)),
    };
    let name = variable.name();
    let waves = &input.labels.waves;
    let series = groups(input, analysis).into_iter().map(|(group, label)| {
        let points = waves.iter().map(|wave| {
            let key = Variable::at(name, &wave.id);
            let Some(found) = analysis.find(group, &key, WHOLE, statistic) else { return NOTHING };
            let content = match found.n() {
                None => Content::Suppressed,
                Some(n) => Content::Number { value: n as f64, format: Format::Count },
            };
            // How many an estimate rests on is a part of it.
            let n = Cell { content, of: vec![found.id().clone()], notes: Vec::new() };
            let end = |end: &Statistic| analysis.find(group, &key, WHOLE, end);
            Point {
                value: Cell::of(Some(found), format),
                interval: Cell::interval(end(ends[0]), end(ends[1]), format),
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
        rows: Vec::new(),
        series,
    }
}
