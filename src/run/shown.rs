//! What tables, figures and reports show of analyses beside their numbers: labels, and how the numbers were made.

use std::collections::BTreeMap;

use serde::Serialize;

use super::RunError;
use super::desk::Desk;
use super::fingerprint::{Parts, digest_of};
use super::trace::Trace;
use crate::dictionary::{Item, Text};
use crate::notebook::{self, Dialect};
use crate::plan::{Cluster, CohortUnit};
use crate::question::{Analysis, Plan};
use crate::report::Origin;
use crate::table::Labels;

/// The part of a step that tells what was found in the files.
pub const FOUND: &str = "what was found in the files";

/// What a step depends on that shows some analyses, `spec` being how it is declared.
pub fn parts(trace: &Trace<'_>, spec: &impl Serialize, from: &[String]) -> Parts {
    let analyses = analyses_of(trace.plan, from);
    Parts::of_pages()
        .with("its declaration", digest_of(spec))
        .with("the languages", digest_of(&trace.plan.languages))
        .with("labels", digest_of(&words(trace.plan, &analyses)))
        .with("what is counted", digest_of(&counted(trace.plan, &analyses)))
        .with(FOUND, digest_of(&trace.facts().parts(from, &trace.record.cleared)))
        .with_all(from.iter().map(|analysis| cleared(trace, analysis)))
}

/// The part that tells the cleared estimates of an analysis.
pub fn cleared(trace: &Trace<'_>, analysis: &str) -> (String, String) {
    (format!("the cleared estimates of {analysis}"), trace.cleared(analysis))
}

/// What is told below a table or a figure of some analyses of the files that its numbers are from.
///
/// # Errors
/// [`RunError`] where the release cannot be had.
pub fn remarks(desk: &Desk<'_>, analyses: &[String]) -> Result<Vec<Text>, RunError> {
    let facts = desk.trace.facts();
    let remarks = facts.remarks(&facts.concerning(analyses), desk.policy, &desk.release()?.cleared);
    Ok(remarks.into_iter().map(|remark| remark.text()).collect())
}

pub fn analyses_of<'p>(plan: &'p Plan, from: &[String]) -> Vec<&'p Analysis> {
    from.iter().filter_map(|id| plan.analyses.iter().find(|analysis| analysis.id == *id)).collect()
}

/// The labels that a table may show. Names belong to a cohort, so each table has labels of its own.
pub fn labels(plan: &Plan, analyses: &[&Analysis]) -> Labels {
    let mut labels = Labels { items: BTreeMap::new(), waves: plan.waves.clone(), states: BTreeMap::new() };
    for analysis in analyses {
        for column in analysis.question.shown() {
            // Where an item stands in the questionnaire is for the codebook.
            let item = || Item { section: Text::default(), ..Item::clone(&column.item) };
            labels.items.entry(column.item.name.clone()).or_insert_with(item);
        }
        for state in &plan.cohorts[analysis.cohort].states {
            labels.states.entry(state.id.clone()).or_insert_with(|| state.label.clone());
        }
    }
    labels
}

/// All words of some analyses that come from dictionary and pipeline.
pub fn words(plan: &Plan, analyses: &[&Analysis]) -> impl Serialize + use<> {
    let labels = labels(plan, analyses);
    let names: Vec<(&str, &Text)> =
        analyses.iter().map(|analysis| (analysis.id.as_str(), &analysis.label)).collect();
    digest_of(&(labels.items, labels.waves, labels.states, names))
}

/// Whether persons or assessments are counted, and clustered by what: it decides what rows are called.
fn counted<'p>(plan: &Plan, analyses: &[&'p Analysis]) -> Vec<(CohortUnit, Option<&'p Cluster>)> {
    let of = |analysis: &&'p Analysis| (plan.cohorts[analysis.cohort].unit, analysis.question.cluster());
    analyses.iter().map(of).collect()
}

/// How the numbers of an analysis were made.
pub fn origin(plan: &Plan, analysis: &Analysis) -> Origin {
    let code = |dialect| notebook::lines(plan, analysis, dialect).trim_end().to_owned();
    Origin::of(plan, analysis, code(Dialect::Python), code(Dialect::R))
}
