//! Steps and whether they are stale.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use super::RunError;
use super::fingerprint::{Parts, digest_of_file};
use super::output::failed;
use super::progress::Progress;
use super::record::{Record, StepRecord};

/// The steps of a run: what was kept, what was done and why.
pub struct Steps<'a> {
    earlier: Option<&'a Record>,
    /// The earlier output's folder.
    place: &'a Path,
    force: bool,
    progress: &'a Progress,
    pub records: Vec<StepRecord>,
    pub done: Vec<Done>,
}

/// A step that was done, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    pub step: String,
    pub why: String,
}

/// A step whose staleness is known and whose work is about to be done.
pub struct Stale {
    id: String,
    parts: Parts,
    why: String,
    started: Instant,
}

impl<'a> Steps<'a> {
    pub fn new(
        earlier: Option<&'a Record>,
        place: &'a Path,
        force: bool,
        progress: &'a Progress,
    ) -> Steps<'a> {
        Steps { earlier, place, force, progress, records: Vec::new(), done: Vec::new() }
    }

    /// Keeps the step if its parts and files are as they were, and gives its output's digest; otherwise says that it is stale.
    pub fn check(&mut self, id: &str, parts: Parts) -> Result<String, Stale> {
        let why = match self.force {
            true => Some("--force was given".to_owned()),
            false => why_stale(self.earlier, self.place, id, &parts),
        };
        let known = self.earlier.and_then(|record| record.step(id));
        match (why, known) {
            (None, Some(known)) => {
                self.records.push(known.clone());
                Ok(known.output.clone())
            }
            (why, _) => {
                self.progress.step(id);
                let why = why.unwrap_or_default();
                Err(Stale { id: id.to_owned(), parts, why, started: Instant::now() })
            }
        }
    }

    /// The record of the earlier run.
    pub fn earlier(&self) -> Option<&'a Record> {
        self.earlier
    }

    /// The outputs of the steps so far whose ids start so.
    pub fn outputs(&self, prefix: &str) -> Vec<String> {
        let found = self.records.iter().filter(|step| step.id.starts_with(prefix));
        found.map(|step| step.output.clone()).collect()
    }

    /// The output of a step so far; empty where there is no such step.
    pub fn output(&self, id: &str) -> String {
        self.records.iter().find(|step| step.id == id).map(|step| step.output.clone()).unwrap_or_default()
    }

    /// Records that a stale step was done, with the digest of what it gave.
    pub fn did(&mut self, stale: Stale, output: String) {
        let seconds = stale.started.elapsed().as_secs_f64();
        self.done.push(Done { step: stale.id.clone(), why: stale.why });
        let files = BTreeMap::new();
        self.records.push(StepRecord { id: stale.id, parts: stale.parts, output, files, seconds });
    }

    /// Records which files under `building` hold what the steps `of` gave.
    ///
    /// # Errors
    /// [`RunError::Output`] where one cannot be read back.
    pub fn wrote(
        &mut self,
        of: impl Fn(&str) -> bool,
        building: &Path,
        files: &[String],
    ) -> Result<(), RunError> {
        let mut digests = BTreeMap::new();
        for file in files {
            let path = building.join(file);
            digests.insert(file.clone(), digest_of_file(&path).map_err(failed(&path))?);
        }
        for record in self.records.iter_mut().filter(|record| of(&record.id)) {
            record.files = digests.clone();
        }
        Ok(())
    }
}

/// Why every step of a first run is done.
pub const NO_EARLIER_RUN: &str = "there is no earlier run";

/// Why a step would be done; `None` where its parts, and its files below `place`, are as they were.
pub fn why_stale(earlier: Option<&Record>, place: &Path, id: &str, parts: &Parts) -> Option<String> {
    let Some(record) = earlier else { return Some(NO_EARLIER_RUN.to_owned()) };
    let Some(step) = record.step(id) else { return Some("it was not in the earlier run".to_owned()) };
    let mut reasons = parts.differences(&step.parts);
    reasons.extend(step.files.iter().filter_map(|(file, digest)| match digest_of_file(&place.join(file)) {
        Ok(found) if found == *digest => None,
        Ok(_) => Some(format!("{file} is not as it was written")),
        Err(_) => Some(format!("{file} is not there any more, or cannot be read")),
    }));
    (!reasons.is_empty()).then(|| reasons.join(", "))
}
