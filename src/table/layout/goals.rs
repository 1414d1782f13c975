//! How far those who have a goal came with it.

use super::view::with_interval;
use super::{AnalysisView, Body, Input, Layout, LayoutError};
use crate::dictionary::Text;
use crate::estimate::{EVERYONE, Kind, NO_VARIABLE, Term, Variable, WHOLE};
use crate::statistic::{
    ATTAINED_SHARE, ATTAINMENT_SHARE, GOAL_LEVEL, GOAL_T_MEAN, GOAL_T_MEAN_HIGH, GOAL_T_MEAN_LOW, GOAL_T_SD,
    WITH_ANY_GOAL, WITH_GOAL,
};
use crate::table::{Cell, Column, Format, Row, RowKind, number, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "goals",
    about: "Each goal: how many have it, per cent at each level of attainment and as expected or better; the mean T score with its interval.",
    kind: Kind::Goals,
    build,
};

const LEVELS: [(&str, &str); 5] = [
    ("-2", "column.goal_much_less"),
    ("-1", "column.goal_less"),
    ("0", "column.goal_expected"),
    ("1", "column.goal_more"),
    ("2", "column.goal_much_more"),
];

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    // A level that no code stands for has no column.
    let shown: Vec<(&str, &str)> = LEVELS.into_iter().filter(|(level, _)| stood_for(input, level)).collect();
    // Where no answer stands for more, to have attained it is to be at the level as expected.
    let best_is_expected = shown.last().is_some_and(|(level, _)| *level == "0");
    let several = input.analyses.len() > 1;
    let mut rows = Vec::new();
    for analysis in &input.analyses {
        if several {
            rows.push(Row::section(analysis.label.clone()));
        }
        let goals: Vec<&Variable> =
            analysis.variables().into_iter().filter(|goal| !goal.is_empty()).collect();
        if goals.is_empty() {
            return Err(input.lacks(&LAYOUT, analysis, "a goal"));
        }
        let kind = if several { RowKind::Inner } else { RowKind::Plain };
        rows.extend(goals.iter().map(|goal| {
            let at = (EVERYONE, *goal);
            let levels = shown.iter().map(|(level, _)| {
                analysis.cell(at, &Term::code(level), &ATTAINMENT_SHARE, Format::Percent(0))
            });
            let mut cells = vec![analysis.cell(at, WHOLE, &WITH_GOAL, Format::Count)];
            cells.extend(levels);
            if !best_is_expected {
                cells.push(analysis.cell(at, WHOLE, &ATTAINED_SHARE, Format::Percent(0)));
            }
            Row::new(kind, vec![input.labels.variable(goal)], cells)
        }));
        rows.extend(foot(analysis, shown.len() + if best_is_expected { 1 } else { 2 }));
    }
    let over = input.heading("column.percent_of_goal");
    let mut columns = vec![Column::new(input.heading("column.with_goal"))];
    columns.extend(shown.iter().map(|(_, head)| Column::under(&over, input.heading(head))));
    if !best_is_expected {
        columns.push(Column::under(&over, input.heading("column.goal_attained")));
    }
    let t_score = if best_is_expected { "note.goal_t_capped" } else { "note.goal_t" };
    let notes = ["note.goals", t_score].map(words::word);
    Ok(Body { stub: vec![input.heading("stub.goal")], columns, rows, notes: notes.into() })
}

/// The levels that codes are read as; none where it is not told.
pub(crate) fn levels_of(analysis: &AnalysisView<'_>) -> Vec<f64> {
    let of = analysis.cleared.iter().filter(|one| one.statistic() == &GOAL_LEVEL);
    of.filter_map(|one| one.value()).collect()
}

/// Whether a code is read as the level; all are shown where it is not told.
fn stood_for(input: &Input<'_>, level: &str) -> bool {
    let read: Vec<f64> = input.analyses.iter().flat_map(levels_of).collect();
    read.is_empty() || read.iter().any(|known| known.to_string() == level)
}

/// The persons' scores, summed up.
fn foot(analysis: &AnalysisView<'_>, columns: usize) -> Vec<Row> {
    let at = (EVERYONE, NO_VARIABLE);
    let row = |head: Text, cell: Cell| {
        let mut cells = vec![cell];
        cells.resize(columns, Cell::EMPTY);
        Row::new(RowKind::Foot, vec![head], cells)
    };
    let level = analysis.level.unwrap_or(0.95);
    let mean = words::each(|language| {
        words::say(language, "row.goal_t_mean", &[("level", number::percent(level, 0, language))])
    });
    let score = with_interval(
        analysis.cell(at, WHOLE, &GOAL_T_MEAN, Format::Decimal(1)),
        analysis.interval(at, WHOLE, [&GOAL_T_MEAN_LOW, &GOAL_T_MEAN_HIGH], Format::Decimal(1)),
    );
    vec![
        row(words::word("row.with_any_goal"), analysis.cell(at, WHOLE, &WITH_ANY_GOAL, Format::Count)),
        row(mean, score),
        row(words::word("row.goal_t_sd"), analysis.cell(at, WHOLE, &GOAL_T_SD, Format::Decimal(1))),
    ]
}
