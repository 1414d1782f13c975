//! The steps of the analyses: counts of a cohort's patterns, or the estimates of other analyses → estimates.

use std::collections::{BTreeMap, BTreeSet};

use super::RunError;
use super::analyse::{Counted, columns_read};
use super::desk::{Desk, Value};
use super::estimates::{digest_of_raw, read_raw};
use super::fingerprint::{Parts, meaning_of};
use super::graph::{self, Made, Together, Work};
use super::trace::Trace;
use crate::estimate::Estimate;
use crate::plan::{Cohort, Column, Derived};
use crate::question::{Analysis, Answers, Ground, Plan};

/// The raw estimates of all analyses.
pub const RAW_ESTIMATES: &str = "restricted/estimates.parquet";

/// One analysis.
pub struct Answer<'p>(pub &'p Analysis);

impl<'p> Answer<'p> {
    /// The steps that it is made from: the analyses that it is made of, or the stores of its cohort.
    pub fn needs(&self, plan: &Plan) -> Vec<String> {
        match self.0.question.of() {
            [] => instruments(&plan.cohorts[self.0.cohort]).map(graph::store).collect(),
            analyses => analyses.to_vec(),
        }
    }

    /// What it is answered from, where that is patterns.
    fn ground<'d>(&'d self, desk: &'d Desk<'p>) -> Ground<'d> {
        let Counted { tallied, weights, .. } = &desk.counted;
        let cohort = &desk.plan.cohorts[self.0.cohort];
        Ground { id: &self.0.id, cohort, waves: &desk.plan.waves, tallied, weights }
    }
}

impl<'p> Work<'p> for Answer<'p> {
    /// The question, its cohort, the derived variables that it reads, and the data; or the estimates that it is made of.
    fn parts(&self, trace: &Trace<'p>) -> Parts {
        let analysis = self.0;
        let parts = Parts::of_numbers().with("the question", meaning_of(&analysis.question.meaning()));
        let of = analysis.question.of();
        if !of.is_empty() {
            let estimates = |id: &String| (format!("the estimates of {id}"), trace.output(id).to_owned());
            return parts.with_all(of.iter().map(estimates));
        }
        let cohort = &trace.plan.cohorts[analysis.cohort];
        let bare = Cohort { per_assessment: Vec::new(), per_respondent: Vec::new(), ..Cohort::clone(cohort) };
        let data = |instrument: &str| {
            (format!("the data of {instrument}"), trace.output(&graph::store(instrument)).to_owned())
        };
        let variable =
            |derived: &Derived| (format!("the variable {}", derived.item.name), meaning_of(derived));
        parts
            .with(format!("the cohort {}", cohort.id), meaning_of(&bare))
            .with("the waves", meaning_of(&trace.plan.waves))
            .with_all(derived_read(cohort, [analysis]).into_iter().map(variable))
            .with_all(instruments(cohort).map(data))
    }

    fn value(&self, desk: &Desk<'p>) -> Result<Value<'p>, RunError> {
        let numbers = match self.0.question.answers() {
            Answers::Patterns(question) => question.numbers(&self.ground(desk))?,
            Answers::Estimates(question) => {
                let of = self.0.question.of().iter().map(|id| desk.estimates(id));
                let of: Vec<&Estimate> = of.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
                question.numbers(&self.0.id, &of)?
            }
        };
        Ok(Value::Estimates(numbers))
    }

    fn kept(&self, desk: &Desk<'p>) -> Result<Option<Value<'p>>, RunError> {
        let known = desk.known.get_or_init(|| {
            let mut known = BTreeMap::<String, Vec<Estimate>>::new();
            // A file that is gone or damaged makes every analysis stale, so that none is kept.
            for estimate in read_raw(&desk.place.join(RAW_ESTIMATES)).unwrap_or_default() {
                known.entry(estimate.analysis.clone()).or_default().push(estimate);
            }
            known
        });
        Ok(Some(Value::Estimates(known.get(&self.0.id).cloned().unwrap_or_default())))
    }

    fn make(&self, desk: &Desk<'p>) -> Result<Made, RunError> {
        let mut made = Made::default();
        if let Answers::Patterns(question) = self.0.question.answers() {
            for table in question.tables(&self.ground(desk))? {
                made.write(desk, &table.file, &table.text)?;
            }
        }
        Ok(Made { output: digest_of_raw(desk.estimates(&self.0.id)?), ..made })
    }

    fn together(&self) -> Together {
        match self.0.question.of() {
            [] => Together::Cohort(self.0.cohort),
            _ => Together::Freely,
        }
    }

    fn shares(&self) -> Option<&'static str> {
        Some(RAW_ESTIMATES)
    }
}

/// The instruments whose stores a cohort is linked from.
fn instruments(cohort: &Cohort) -> impl Iterator<Item = &str> {
    std::iter::once(cohort.instrument.as_str())
        .chain(cohort.attach.iter().map(|attach| attach.instrument.as_str()))
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
