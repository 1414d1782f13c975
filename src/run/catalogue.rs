//! Every statistic that the program can give, and the words that pipelines are held against.

use crate::estimate::Statistic;
use crate::pipeline::Vocabulary;
use crate::plan::Action;
use crate::{change, cohort, describe, disclosure, intake, model, table};

/// Every statistic, in the order of the flow.
pub fn statistics() -> Vec<&'static Statistic> {
    let change = change::PROCEDURES.iter().flat_map(|procedure| procedure.statistics);
    let model = model::PROCEDURES.iter().flat_map(|procedure| procedure.statistics);
    describe::FOLLOWUP_STATISTICS
        .iter()
        .chain(describe::STATISTICS)
        .chain(change)
        .chain(model)
        .chain(&[&super::analyse::N_MISSING])
        .chain(model::PREDICTION_STATISTICS)
        .copied()
        .collect()
}

/// A statistic by the stage it comes from and its name.
pub fn statistic(kind: crate::estimate::Kind, name: &str) -> Option<&'static Statistic> {
    use crate::estimate::Kind;
    let of = |lists: &mut dyn Iterator<Item = &&'static Statistic>| lists.find(|known| known.name == name).copied();
    match kind {
        Kind::Followup => of(&mut describe::FOLLOWUP_STATISTICS.iter()),
        Kind::Describe => of(&mut describe::STATISTICS.iter()),
        Kind::Change => of(&mut change::PROCEDURES.iter().flat_map(|procedure| procedure.statistics)),
        Kind::Model if name == super::analyse::N_MISSING.name => Some(&super::analyse::N_MISSING),
        Kind::Model => of(&mut model::PROCEDURES.iter().flat_map(|procedure| procedure.statistics)),
        Kind::Prediction => of(&mut model::PREDICTION_STATISTICS.iter()),
    }
}

/// Calls `with` with the words that the stages understand.
pub fn with_vocabulary<T>(with: impl FnOnce(Vocabulary<'_>) -> T) -> T {
    let checks: Vec<(&'static str, Action, &'static [Action])> =
        intake::CHECKS.iter().map(|check| (check.id, check.default_action, check.allowed_actions)).collect();
    let layouts: Vec<&'static str> = table::LAYOUTS.iter().map(|layout| layout.name).collect();
    with(Vocabulary {
        checks: &checks,
        layouts: &layouts,
        policies: &disclosure::POLICIES,
        sql_columns: cohort::sql_columns,
    })
}
