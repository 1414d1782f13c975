//! Who flows from where to where: of those at each answer, the share at each answer at the next wave.

use super::{AnalysisView, Body, Input, Layout, LayoutError, trajectory};
use crate::estimate::{EVERYONE, Kind, Term, Variable};
use crate::statistic::{BEFORE_COUNT, COUNT, FLOW_SHARE, WAVE_MEAN};
use crate::table::{Column, Format, Row, RowKind};

pub(super) const LAYOUT: Layout = Layout {
    name: "flow",
    about: "Each pair of waves: of those at each answer, the share at each answer at the next wave.",
    kind: Kind::Trajectory,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut levels: Vec<Term> = Vec::new();
    let mut columns = Vec::new();
    let mut rows = Vec::new();
    for analysis in &input.analyses {
        let before = rows.len();
        for variable in analysis.variables() {
            if analysis.has((EVERYONE, variable), &WAVE_MEAN) && analysis.terms(variable, &COUNT).is_empty() {
                return Err(input.leaves_out(&LAYOUT, analysis, variable, "coded variables", "trajectory"));
            }
            let terms = analysis.terms(variable, &FLOW_SHARE);
            if terms.is_empty() {
                continue;
            }
            let codes = input.labels.codes(variable, &befores(&terms).iter().collect::<Vec<_>>());
            if columns.is_empty() {
                levels = codes.clone();
                columns = head(input, variable, &levels);
            } else if codes.len() != levels.len() {
                let (shows, fits) = ("variables with the same number of levels", "trajectory");
                return Err(input.leaves_out(&LAYOUT, analysis, variable, shows, fits));
            }
            rows.push(Row::section(input.labels.variable_at(variable)));
            rows.extend(codes.iter().map(|from| row(input, analysis, variable, from, &codes)));
        }
        if rows.len() == before {
            return Err(input.lacks(&LAYOUT, analysis, "a coded variable at two waves"));
        }
    }
    let mut notes = vec![input.heading("note.flow")];
    notes.push(match trajectory::has_same_persons(input) {
        true => input.heading("note.same_persons"),
        false => input.heading("note.flow_pairs"),
    });
    Ok(Body { stub: vec![input.heading("stub.before")], columns, rows, notes })
}

/// The levels that moves begin at.
pub(super) fn befores(moves: &[&Term]) -> Vec<Term> {
    moves.iter().filter_map(|term| Some(Term::code(term.as_move()?.0))).collect()
}

fn head(input: &Input<'_>, variable: &Variable, levels: &[Term]) -> Vec<Column> {
    let over = input.heading("column.flow_share");
    let shares = levels.iter().map(|code| Column::under(&over, input.labels.code(variable, code)));
    std::iter::once(Column::new(input.heading("column.flow_before"))).chain(shares).collect()
}

fn row(
    input: &Input<'_>,
    analysis: &AnalysisView<'_>,
    variable: &Variable,
    from: &Term,
    codes: &[Term],
) -> Row {
    let at = (EVERYONE, variable);
    let share = |to: &Term| analysis.cell(at, &Term::moved(from, to), &FLOW_SHARE, Format::Percent(0));
    let before = analysis.cell(at, from, &BEFORE_COUNT, Format::Count);
    let cells = std::iter::once(before).chain(codes.iter().map(share)).collect();
    Row::new(RowKind::Inner, vec![input.labels.code(variable, from)], cells)
}
