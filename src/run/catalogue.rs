//! Every statistic that the program can give, and the words that pipelines are held against.

use crate::convention::Convention;
use crate::estimate::{Kind, Statistic};
use crate::pipeline::Vocabulary;
use crate::plan::Action;
use crate::{attrition, change, cohort, describe, disclosure, figure, intake, model, table};

/// Every statistic, in the order of the flow.
pub fn statistics() -> Vec<&'static Statistic> {
    Kind::ALL.into_iter().flat_map(statistics_of).collect()
}

/// The statistics of a stage.
pub fn statistics_of(kind: Kind) -> Vec<&'static Statistic> {
    match kind {
        Kind::Followup => describe::FOLLOWUP_STATISTICS.to_vec(),
        Kind::Attrition => of_attrition().collect(),
        Kind::Describe => describe::STATISTICS.iter().chain(describe::ALPHA_STATISTICS).copied().collect(),
        Kind::Trajectory => of_trajectory().collect(),
        Kind::Change => of_change().collect(),
        Kind::Agreement => of_agreement().collect(),
        Kind::Goals => of_goals().collect(),
        Kind::Model => of_model().collect(),
        Kind::Prediction => model::PREDICTION_STATISTICS.to_vec(),
        Kind::Family => change::adjust::TESTED.iter().chain(change::adjust::STATISTICS).copied().collect(),
    }
}

/// A statistic by the stage it comes from and its name.
pub fn statistic(kind: Kind, name: &str) -> Option<&'static Statistic> {
    statistics_of(kind).into_iter().find(|known| known.name == name)
}

fn of_trajectory() -> impl Iterator<Item = &'static Statistic> {
    let at_wave = describe::COUNTED.iter().chain(change::trajectory::STATISTICS);
    at_wave.chain(change::trajectory::COUNTED).copied()
}

fn of_change() -> impl Iterator<Item = &'static Statistic> {
    let of_pairs = change::PROCEDURES.iter().flat_map(|procedure| procedure.statistics);
    of_pairs.chain(change::weighted::STATISTICS).copied()
}

fn of_agreement() -> impl Iterator<Item = &'static Statistic> {
    let of_table = change::agreement::COUNTS.iter().chain(change::agreement::STATISTICS);
    of_table.chain(super::question::agreement::AROUND).copied()
}

fn of_goals() -> impl Iterator<Item = &'static Statistic> {
    change::attainment::STATISTICS.iter().copied().chain([&super::question::goals::GOAL_LEVEL])
}

/// Those of the response model are a model's.
fn of_attrition() -> impl Iterator<Item = &'static Statistic> {
    let own = attrition::STATISTICS
        .iter()
        .chain(attrition::balance::STATISTICS)
        .chain(attrition::WEIGHT_STATISTICS);
    own.copied().chain(of_fit())
}

fn of_model() -> impl Iterator<Item = &'static Statistic> {
    of_fit().chain(model::weighted::STATISTICS.iter().copied())
}

fn of_fit() -> impl Iterator<Item = &'static Statistic> {
    let of_procedures = model::PROCEDURES.iter().flat_map(|procedure| procedure.statistics);
    of_procedures.copied().chain([
        &super::question::model::N_MISSING,
        &super::question::model::LEVEL_CASES,
        &super::question::model::LEVEL_EVENTS,
    ])
}

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
        policies: &disclosure::Policy::names(),
        conventions: &Convention::ALL.map(Convention::as_str),
        methods: &model::Method::ALL.map(model::Method::as_str),
        sql_columns: cohort::sql_columns,
    })
}
