//! The ranges of what the sentences above tables rank, worked out of what may be seen.

use std::collections::BTreeMap;

use serde::Serialize;

use super::release::Released;
use super::shown::{analyses_of, labels};
use crate::change::range::{One, range};
use crate::disclosure::{Cleared, Made, Seen, released};
use crate::estimate::Subject;

use crate::question::{Plan, ranking};
use crate::report::{Drawn, Ranked, ranked, ranks};
use crate::table::{AnalysisView, Labels, TableSpec};

/// The part of a step that tells which tables rank which numbers.
pub const RANKED: &str = "which numbers the tables rank";

/// What the ranges depend on beside the estimates.
pub fn parts(plan: &Plan) -> impl Serialize + use<> {
    let ranking = plan.tables.iter().filter(|table| ranks(table.layout.name));
    ranking.map(|table| (table.id.clone(), table.layout.name, table.from.clone())).collect::<Vec<_>>()
}

/// The ranges of all tables, in the plan's order.
pub fn of_tables(plan: &Plan, release: &Released) -> Vec<Cleared> {
    let of_table = |table: &TableSpec| {
        let analyses = analyses_of(plan, &table.from);
        let (labels, views) = (labels(plan, &analyses), release.views(plan, &analyses));
        ranges(&table.id, table.layout.name, &views, &labels, &release.cleared)
    };
    plan.tables.iter().flat_map(of_table).collect()
}

/// The ranges of what the sentences of a table rank.
pub fn ranges(
    table: &str,
    layout: &str,
    analyses: &[AnalysisView<'_>],
    labels: &Labels,
    cleared: &[Cleared],
) -> Vec<Cleared> {
    let ranked = ranked(layout, analyses.iter().collect(), labels);
    let made: Vec<(Subject, Vec<Made>)> = ranked.into_iter().map(|ranked| made(table, ranked)).collect();
    released(cleared, &|_: &Seen<'_>| made.clone())
}

/// A range; hidden where one of the numbers is.
fn made(table: &str, Ranked { by, all, is_whole }: Ranked) -> (Subject, Vec<Made>) {
    let subject = Subject {
        analysis: ranking::id(table),
        kind: ranking::STAGE.kind,
        group: by.group,
        variable: by.variable,
    };
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
    release: &'a Released,
) -> BTreeMap<String, AnalysisView<'a>> {
    let view = |(table, id): (&'a TableSpec, &'a String)| {
        let cleared = release.of_analysis(id).iter().collect();
        let unit = plan.cohorts[analyses_of(plan, &table.from).first()?.cohort].unit;
        Some((table.id.clone(), AnalysisView::new(id, table.title.clone(), unit, None, None, cleared)))
    };
    plan.tables.iter().zip(ids).filter_map(view).collect()
}
