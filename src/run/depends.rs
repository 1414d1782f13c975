//! What the numbers of an analysis depend on: the question, its cohort, the derived variables that it reads, the data.

use std::collections::BTreeSet;

use super::analyse::columns_read;
use super::fingerprint::{Parts, meaning_of};
use crate::plan::{Cohort, Column, Derived};
use crate::question::{Analysis, Plan};

/// `digest` gives the digest of an instrument's data, labels aside.
pub fn analysis_parts<'d>(
    plan: &Plan,
    cohort: &Cohort,
    analysis: &Analysis,
    digest: &dyn Fn(&str) -> &'d str,
) -> Parts {
    let bare = Cohort { per_assessment: Vec::new(), per_respondent: Vec::new(), ..cohort.clone() };
    let mut parts = Parts::of_program()
        .with("the question", meaning_of(&analysis.question.meaning()))
        .with(format!("the cohort {}", cohort.id), meaning_of(&bare))
        .with("the waves", meaning_of(&plan.waves))
        .with(format!("the data of {}", cohort.instrument), digest(&cohort.instrument));
    for derived in derived_read(cohort, [analysis]) {
        parts = parts.with(format!("the variable {}", derived.item.name), meaning_of(derived));
    }
    for attach in &cohort.attach {
        parts = parts.with(format!("the data of {}", attach.instrument), digest(&attach.instrument));
    }
    parts
}

/// What the numbers depend on of an analysis that is made of others' numbers: the question, and what they gave.
pub fn family_parts<'d>(analysis: &Analysis, output: &dyn Fn(&str) -> &'d str) -> Parts {
    let parts = Parts::of_program().with("the question", meaning_of(&analysis.question.meaning()));
    analysis
        .question
        .of()
        .iter()
        .fold(parts, |parts, id| parts.with(format!("the estimates of {id}"), output(id)))
}

/// The derived variables that analyses read, or that their cohort's conditions and states do, with all that they are made
/// from.
pub fn derived_read<'c, 'a>(
    cohort: &'c Cohort,
    analyses: impl IntoIterator<Item = &'a Analysis>,
) -> Vec<&'c Derived> {
    let analyses: Vec<&Analysis> = analyses.into_iter().collect();
    let name = |column: &Column| column.item.name.clone();
    let conditions = cohort.only.iter().chain(cohort.states.iter().map(|state| &state.sql));
    let mut names: BTreeSet<String> = columns_read(&analyses).iter().map(name).collect();
    names.extend(conditions.flat_map(|sql| &sql.columns).map(name));
    names.extend(cohort.attach.iter().map(|attach| name(&attach.by)));
    let mut read = Vec::new();
    // Those over waves read those per assessment, and a later one may read an earlier one.
    for derived in cohort.per_assessment.iter().chain(&cohort.per_respondent).rev() {
        if names.contains(&derived.item.name) {
            names.extend(derived.sql.columns.iter().map(name));
            read.push(derived);
        }
    }
    read
}
