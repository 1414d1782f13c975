//! The words that pipelines are held against.

use crate::convention::Convention;
use crate::pipeline::Vocabulary;
use crate::plan::Action;
use crate::{cohort, disclosure, figure, intake, model, table};

/// Calls `with` with the words that the stages understand.
pub fn with_vocabulary<T>(with: impl FnOnce(Vocabulary<'_>) -> T) -> T {
    let checks: Vec<(&'static str, Action, &'static [Action])> =
        intake::CHECKS.iter().map(|check| (check.id, check.default_action, check.allowed_actions)).collect();
    let layouts: Vec<(&'static str, &'static str)> =
        table::LAYOUTS.iter().map(|layout| (layout.name, layout.kind.as_str())).collect();
    let figures: Vec<(&'static str, &'static str)> =
        figure::KINDS.iter().map(|kind| (kind.name, kind.shows.as_str())).collect();
    with(Vocabulary {
        checks: &checks,
        layouts: &layouts,
        figures: &figures,
        halves: table::layout::HALVES,
        flows: figure::FLOWS,
        policies: &disclosure::Policy::names(),
        conventions: &Convention::ALL.map(Convention::as_str),
        methods: &model::Method::ALL.map(model::Method::as_str),
        sql_columns: cohort::sql_columns,
    })
}
