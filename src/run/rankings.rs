//! The ranges of what the sentences above tables rank, worked out of what may be seen.

use std::collections::BTreeMap;

use super::desk::{Views, analyses_of, labels};
use crate::change::range::{One, range};
use crate::disclosure::{Cleared, Made, Release, Seen, released};
use crate::estimate::{Kind, Subject};
use crate::plan::{Plan, TableSpec};
use crate::report::{Drawn, Ranked, ranked};
use crate::table::AnalysisView;

/// What the ranges of a table's sentences are filed under.
pub fn id(table: &TableSpec) -> String {
    format!("ranking.{}", table.id)
}

/// The ranges of all tables, in the plan's order.
pub fn of_tables(plan: &Plan, release: &Release) -> Vec<Cleared> {
    let views = Views::of(plan, release);
    let of_table = |table: &TableSpec| {
        let analyses = analyses_of(plan, &table.from);
        let labels = labels(plan, &analyses);
        let views: Vec<AnalysisView<'_>> = analyses.iter().map(|analysis| views.view(analysis)).collect();
        ranked(&table.layout, views.iter().collect(), &labels)
            .into_iter()
            .map(|ranked| made(table, ranked))
            .collect::<Vec<_>>()
    };
    let made: Vec<(Subject, Vec<Made>)> = plan.tables.iter().flat_map(of_table).collect();
    released(&release.cleared, &|_: &Seen<'_>| made.clone())
}

/// A range; hidden where one of the numbers is.
fn made(table: &TableSpec, Ranked { by, all, is_whole }: Ranked) -> (Subject, Vec<Made>) {
    let subject =
        Subject { analysis: id(table), kind: Kind::Ranking, group: by.group, variable: by.variable };
    let all: Vec<One> = all
        .into_iter()
        .map(|one| match one {
            Drawn::Share { share, n } => One::Share { share, n },
            Drawn::Mean { mean, sd, n } => One::Mean { mean, sd, n },
        })
        .collect();
    let made = range(&all).into_iter().map(|value| Made { value, is_hidden: !is_whole }.term(&by.term));
    (subject, made.collect())
}

/// Table → the view of its ranges.
pub fn views<'a>(
    plan: &'a Plan,
    ids: &'a [String],
    release: &'a Release,
) -> BTreeMap<String, AnalysisView<'a>> {
    let view = |(table, id): (&'a TableSpec, &'a String)| {
        let cleared: Vec<&Cleared> = release.cleared.iter().filter(|one| one.analysis() == id).collect();
        let cohort =
            analyses_of(plan, &table.from).first().map(|analysis| plan.cohorts[analysis.cohort].unit);
        Some((table.id.clone(), AnalysisView::new(id, table.title.clone(), cohort?, None, None, cleared)))
    };
    plan.tables.iter().zip(ids).filter_map(view).collect()
}
