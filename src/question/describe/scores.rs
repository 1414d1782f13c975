//! The items of the scores that a description is of.

use super::DescribedScore;
use crate::names::Scope;
use crate::plan::{Column, Origin, ScoreMethod};

/// What Cronbach's α of a column is computed from; `None` of a column that is no score, and of one that counts.
pub(super) fn described_score(scope: &Scope<'_>, column: &Column) -> Option<DescribedScore> {
    let derived = scope.per_assessment.iter().find(|derived| derived.item.name == column.item.name)?;
    let score = derived
        .score
        .as_ref()
        .filter(|score| matches!(score.method, ScoreMethod::Sum | ScoreMethod::Mean))?;
    if column.origin != Origin::Assessment {
        return None;
    }
    let wave = column.wave.as_ref()?;
    let items = score.items.iter().map(|item| scope.column_at(&item.name, wave));
    Some(DescribedScore {
        variable: column.name.clone(),
        items: items.collect::<Option<_>>()?,
        reversed: score.items.iter().map(|item| item.is_reversed).collect(),
    })
}
