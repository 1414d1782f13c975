//! What the layouts of descriptions share.

use super::{AnalysisView, Input, Layout, LayoutError};
use crate::estimate::{Group, Term, Variable};
use crate::statistic::COUNT;
use crate::table::{Cell, Content, Format};

/// A coded variable of an analysis, with the codes that rows or columns stand for.
pub(super) struct Coded<'a> {
    pub analysis: usize,
    pub variable: &'a Variable,
    pub codes: Vec<Term>,
}

/// The coded variables of all analyses, in order.
///
/// # Errors
/// Where an analysis has none, or has a variable that is not coded.
pub(super) fn coded<'a>(input: &Input<'a>, layout: &Layout) -> Result<Vec<Coded<'a>>, LayoutError> {
    let mut all = Vec::new();
    for (position, analysis) in input.analyses.iter().enumerate() {
        let before = all.len();
        for variable in analysis.variables() {
            let found = analysis.terms(variable, &COUNT);
            if found.is_empty() {
                return Err(input.leaves_out(layout, analysis, variable, "coded variables", "numeric"));
            }
            let codes = input.labels.codes(variable, &found);
            all.push(Coded { analysis: position, variable, codes });
        }
        if all.len() == before {
            return Err(input.lacks(layout, analysis, "counts of a coded variable"));
        }
    }
    Ok(all)
}

/// The groups of the first analysis, which are the columns of a table.
///
/// # Errors
/// Where another analysis has others, which would have no column.
pub(super) fn groups<'a>(input: &Input<'a>, layout: &Layout) -> Result<Vec<&'a Group>, LayoutError> {
    let groups = input.analyses[0].groups();
    match input.analyses.iter().find(|analysis| analysis.groups() != groups) {
        Some(other) => Err(input.lacks(layout, other, "the groups of the first analysis")),
        None => Ok(groups),
    }
}

/// Whether several waves stand in the table, so that a variable's name is not enough.
pub(super) fn several_waves(analyses: &[AnalysisView<'_>]) -> bool {
    let mut waves = std::collections::BTreeSet::new();
    for analysis in analyses {
        waves.extend(
            analysis.variables().into_iter().filter_map(|variable| Some((variable.wave()?, variable.to()))),
        );
    }
    waves.len() > 1
}

/// All of those who answered, in the column of shares.
pub(super) fn all_of(valid: &Cell) -> Cell {
    let content = match valid.content {
        Content::Number { .. } => Content::Number { value: 1.0, format: Format::Percent(0) },
        _ => Content::Absent,
    };
    Cell::from(content).with([valid])
}
