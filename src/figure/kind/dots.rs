//! Change with its interval: in points of a share, in the answers' own unit, or standardised where the units differ.

use super::change::{Compared, compared, each, notes, rows};
use super::{Drawn, FigureError, Input, Kind, interval_words};
use crate::dictionary::{Better, Item, Text};
use crate::estimate;
use crate::estimate::{NO_VARIABLE, Variable, WHOLE};
use crate::figure::chart::Line;
use crate::figure::chart::intervals::{Dot, Dots, Intervals, Panel};
use crate::statistic::{RANK_BISERIAL, RANK_BISERIAL_HIGH, RANK_BISERIAL_LOW};
use crate::table::layout::Scale;
use crate::table::{Format, words};

pub(super) const KIND: Kind = Kind {
    name: "dots",
    about: "A dot with its interval for each comparison: the change of a share, of a mean, or the rank-biserial correlation where variables have different units.",
    shows: estimate::Kind::Change,
    build,
};

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    /// The difference of two shares.
    Points,
    /// The mean change, all variables having one unit.
    Mean,
    /// Matched-pairs rank-biserial correlation: comparable whatever the unit.
    RankBiserial,
}

impl Measure {
    fn of<'r>(
        input: &Input<'_>,
        rows: impl Iterator<Item = &'r Compared<'r, 'r>> + Clone,
    ) -> Option<Measure> {
        let binary = rows.clone().filter(|row| row.found.scale == Scale::Binary).count();
        if binary > 0 {
            return (binary == rows.count()).then_some(Measure::Points);
        }
        let units: Vec<Option<&Item>> = rows.map(|row| input.labels.item(row.variable)).collect();
        let same = |one: &Item, other: &Item| {
            one.name == other.name
                || (one.codes == other.codes
                    && one.unit == other.unit
                    && (!one.codes.is_empty() || !one.unit.is_empty()))
        };
        let all_same = units.windows(2).all(|pair| match pair {
            [Some(one), Some(other)] => same(one, other),
            _ => false,
        });
        Some(if all_same { Measure::Mean } else { Measure::RankBiserial })
    }

    fn words(self) -> [&'static str; 3] {
        match self {
            Measure::Points => ["figure.axis_points", "figure.about_dots_points", "figure.heading_points"],
            Measure::Mean => ["figure.axis_mean", "figure.about_dots_mean", "figure.heading_mean"],
            Measure::RankBiserial => ["figure.axis_rank", "figure.about_dots_rank", "figure.heading_rank"],
        }
    }
}

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    let lines = compared(input, &KIND)?;
    let Some(measure) = Measure::of(input, rows(&lines).collect::<Vec<_>>().into_iter()) else {
        let other = rows(&lines).find(|row| row.found.scale == Scale::Binary);
        // There is one, or there would be a measure.
        let (analysis, variable) =
            other.map_or((&input.analyses[0], NO_VARIABLE), |row| (row.analysis, row.variable));
        let shows = "either binary variables or others, not both";
        return Err(input.cannot_show(&KIND, analysis, variable, shows));
    };
    let mut directions: Vec<Option<Better>> =
        rows(&lines).map(|row| input.labels.item(row.variable).and_then(|item| item.better)).collect();
    directions.dedup();
    let sides = match directions.as_slice() {
        [Some(Better::Higher)] => Some(["column.worse", "column.better"].map(words::word)),
        [Some(Better::Lower)] => Some(["column.better", "column.worse"].map(words::word)),
        _ => None,
    };
    let mixed = directions.len() > 1;
    let dots = each(&lines, |row| {
        let at = (row.group, row.variable);
        let (value, interval) = match measure {
            Measure::Points | Measure::Mean => (row.found.change.clone(), row.found.interval.clone()),
            Measure::RankBiserial => (
                row.analysis.cell(at, WHOLE, &RANK_BISERIAL, Format::Signed(2)),
                row.analysis.interval(
                    at,
                    WHOLE,
                    [&RANK_BISERIAL_LOW, &RANK_BISERIAL_HIGH],
                    Format::Signed(2),
                ),
            ),
        };
        let n = Some(row.found.n_pairs.clone());
        Ok(Dots {
            label: row.label.clone(),
            dots: vec![Dot::Estimate { value, interval: Box::new(interval) }],
            n,
        })
    })?;
    // Where better is not on the same side for all, each variable says on which it is.
    let dots = if mixed { directed(input, &lines, dots) } else { dots };
    let level = input.analyses.iter().find_map(|analysis| analysis.level);
    let [axis, about, heading] = measure.words();
    let unit =
        rows(&lines).next().and_then(|row| input.labels.item(row.variable)).map(|item| item.unit.clone());
    let axis = words::each(|language| {
        let said = words::say(language, axis, &[]);
        match unit
            .as_ref()
            .map(|unit| unit.get(language))
            .filter(|unit| !unit.is_empty() && measure == Measure::Mean)
        {
            Some(unit) => format!("{said}, {unit}"),
            None => said,
        }
    });
    let chart = Intervals {
        panels: vec![Panel { label: Text::default(), n: Text::default() }],
        lines: dots,
        none: 0.0,
        axis,
        sides,
        format: if measure == Measure::Points { Format::Points(0) } else { Format::Signed(2) },
        heading: interval_words(heading, level),
        about: interval_words(about, level),
    };
    let mut all = vec![interval_words("figure.filled", level)];
    if measure == Measure::RankBiserial {
        all.push(words::word("figure.rank_biserial"));
    }
    all.extend(notes(input, &lines));
    Ok(Drawn::new(chart, all))
}

/// Each heading, or row without one, with the side on which better is.
fn directed(input: &Input<'_>, lines: &[Line<Compared<'_, '_>>], dots: Vec<Line<Dots>>) -> Vec<Line<Dots>> {
    let side = |label: &Text, variable: &Variable| {
        let better = input.labels.item(variable).and_then(|item| item.better);
        let key = match better {
            Some(Better::Higher) => "figure.better_right",
            Some(Better::Lower) => "figure.better_left",
            None => return label.clone(),
        };
        words::each(|language| format!("{} {}", label.get(language), words::say(language, key, &[])))
    };
    // A heading names the variable only where its rows are waves or groups.
    let by_variable = rows(lines).any(|row| {
        row.label != input.labels.variable(row.variable)
            && row.label != input.labels.event(row.variable, input.labels.variable(row.variable))
    });
    let mut directed = Vec::with_capacity(dots.len());
    for (place, dot) in dots.into_iter().enumerate() {
        let variable = lines[place..].iter().find_map(Line::row).map_or(NO_VARIABLE, |row| row.variable);
        directed.push(match dot {
            Line::Section(label) if by_variable => Line::Section(side(&label, variable)),
            Line::Row(row) if !by_variable => Line::Row(Dots { label: side(&row.label, variable), ..row }),
            Line::Inner(row) if !by_variable => {
                Line::Inner(Dots { label: side(&row.label, variable), ..row })
            }
            line => line,
        });
    }
    directed
}
