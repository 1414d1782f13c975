//! How far a run has come: its record so far, from which each step reads what it depends on. `explain` reads the same off the record
//! of an earlier run.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::fingerprint::{Parts, digest_of_file};
use super::graph::Graph;
use super::record::{CohortRecord, Record, SourceRecord};
use super::remarks::Facts;
use super::shown::origin;
use crate::question::Plan;
use crate::report::Origin;

/// The record of a run with what is worked out of it.
pub struct Trace<'p> {
    pub plan: &'p Plan,
    pub record: Record,
    facts: OnceLock<Facts<'p>>,
    origins: OnceLock<BTreeMap<&'p str, Origin>>,
}

impl<'p> Trace<'p> {
    /// What an earlier run tells of the plan's files, cohorts and numbers. It holds until a step that is done tells otherwise.
    pub fn of(plan: &'p Plan, earlier: Option<&Record>) -> Trace<'p> {
        let mut record = earlier.cloned().unwrap_or_default();
        record
            .sources
            .retain(|known| plan.sources.iter().any(|source| source.instrument == known.instrument));
        record.cohorts.retain(|known| plan.cohorts.iter().any(|cohort| cohort.id == known.cohort));
        record.published = record.published.filter(|_| plan.published.is_some());
        Trace { plan, record, facts: OnceLock::new(), origins: OnceLock::new() }
    }

    /// The digest of what a step has given; empty where it is not done.
    pub fn output(&self, step: &str) -> &str {
        self.record.step(step).map_or("", |step| step.output.as_str())
    }

    /// The digest of the cleared estimates of an analysis.
    pub fn cleared(&self, analysis: &str) -> String {
        self.record.cleared.get(analysis).cloned().unwrap_or_default()
    }

    /// What was found in the files and touches numbers: for steps that come after all analyses.
    pub fn facts(&self) -> &Facts<'p> {
        self.facts.get_or_init(|| Facts::of(self.plan, &self.record.sources, &self.record.cohorts))
    }

    /// Analysis → how its numbers are made.
    pub fn origins(&self) -> &BTreeMap<&'p str, Origin> {
        let analyses = self.plan.analyses.iter();
        let origins =
            || analyses.map(|analysis| (analysis.id.as_str(), origin(self.plan, analysis))).collect();
        self.origins.get_or_init(origins)
    }

    /// The files of an instrument have been taken in.
    pub fn taken(&mut self, instrument: &str, records: &[SourceRecord]) {
        let sources = &mut self.record.sources;
        sources.retain(|known| known.instrument != instrument);
        sources.extend_from_slice(records);
        let plan = self.plan;
        sources.sort_by_key(|known| plan.instruments.iter().position(|one| one.id == known.instrument));
    }

    /// A cohort has been linked.
    pub fn counted(&mut self, record: CohortRecord) {
        let cohorts = &mut self.record.cohorts;
        cohorts.retain(|known| known.cohort != record.cohort);
        cohorts.push(record);
        let plan = self.plan;
        cohorts.sort_by_key(|known| plan.cohorts.iter().position(|one| one.id == known.cohort));
    }
}

/// A step that was done, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    pub step: String,
    pub why: String,
}

/// Why every step of a first run is done.
pub const NO_EARLIER_RUN: &str = "there is no earlier run";

/// What an earlier run has left behind: its record, and the files below its folder.
pub struct Earlier<'r> {
    pub record: Option<&'r Record>,
    pub place: &'r Path,
    /// Whether all of it is to be done again.
    pub force: bool,
}

impl Earlier<'_> {
    /// What some steps depend on, and why each would be done.
    pub fn look_at<'p>(
        &self,
        graph: &Graph<'p>,
        trace: &Trace<'p>,
        places: &[usize],
    ) -> Vec<(Parts, Option<String>)> {
        let one = |place: &usize| {
            let step = &graph.steps[*place];
            let parts = step.work.parts(trace);
            let why = self.why_stale(&step.id, &parts);
            (parts, why)
        };
        places.par_iter().map(one).collect()
    }

    /// Why a step would be done; `None` where its parts and its files are as they were.
    fn why_stale(&self, id: &str, parts: &Parts) -> Option<String> {
        if self.force {
            return Some("--force was given".to_owned());
        }
        let Some(record) = self.record else { return Some(NO_EARLIER_RUN.to_owned()) };
        let Some(step) = record.step(id) else { return Some("it was not in the earlier run".to_owned()) };
        let mut reasons = parts.differences(&step.parts);
        let found = |file: &String| digest_of_file(&self.place.join(file));
        reasons.extend(step.files.iter().filter_map(|(file, digest)| match found(file) {
            Ok(found) if found == *digest => None,
            Ok(_) => Some(format!("{file} is not as it was written")),
            Err(_) => Some(format!("{file} is not there any more, or cannot be read")),
        }));
        (!reasons.is_empty()).then(|| reasons.join(", "))
    }
}
