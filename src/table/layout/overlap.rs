//! How many have both of two things: a matrix.

use super::{Body, Input, Layout, LayoutError};
use crate::estimate::{EVERYONE, Kind, Term, Variable};
use crate::plan::CohortUnit;
use crate::statistic::{BOTH, COUNT};
use crate::table::{Cell, Column, Content, Format, Row, RowKind};

pub(super) const LAYOUT: Layout = Layout {
    name: "overlap",
    about: "Pairs of yes-or-no items: number of persons with both; the diagonal has those with each.",
    kind: Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut columns: Vec<Column> = Vec::new();
    let mut rows = Vec::new();
    // The columns are the variables of one analysis: another's would have none.
    if let Some(other) = input.analyses.get(1) {
        return Err(input.lacks(&LAYOUT, other, "a table of its own"));
    }
    for analysis in &input.analyses {
        let mut variables: Vec<Variable> = Vec::new();
        for variable in analysis.variables() {
            let partners = analysis.terms(variable, &BOTH);
            // The term is a variable.
            let own = std::iter::once(variable.clone()).filter(|_| !partners.is_empty());
            for name in own.chain(partners.iter().map(|other| Variable::from(other.as_str()))) {
                if !variables.contains(&name) {
                    variables.push(name);
                }
            }
        }
        if variables.is_empty() {
            return Err(input.lacks(&LAYOUT, analysis, "counts of pairs (`overlap = true`)"));
        }
        if columns.is_empty() {
            columns = variables.iter().map(|name| Column::new(input.labels.variable(name))).collect();
        }
        let both = |one: &Variable, other: &Variable| {
            analysis.cell((EVERYONE, one), &Term::from(other.as_str()), &BOTH, Format::Count)
        };
        for one in &variables {
            let cells = variables.iter().map(|other| match one == other {
                true => own(input, analysis, one),
                // Each pair is counted once, under either of the two.
                false => {
                    let cell = both(one, other);
                    if cell == Content::Missing { both(other, one) } else { cell }
                }
            });
            rows.push(Row::new(RowKind::Plain, vec![input.labels.variable(one)], cells.collect()));
        }
    }
    Ok(Body {
        stub: vec![input.heading("stub.item")],
        columns,
        rows,
        notes: vec![input.heading(match input.analyses[0].unit {
            CohortUnit::Respondent => "note.overlap",
            CohortUnit::Assessment => "note.overlap_assessments",
        })],
    })
}

/// Those with the second code of a binary variable.
fn own(input: &Input<'_>, analysis: &super::AnalysisView<'_>, variable: &Variable) -> Cell {
    let codes = input.labels.codes(variable, &analysis.terms(variable, &COUNT));
    match codes.as_slice() {
        [_, event] => analysis.cell((EVERYONE, variable), event, &COUNT, Format::Count),
        _ => Content::Missing.into(),
    }
}
