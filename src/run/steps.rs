//! Steps and whether they are stale.

use std::path::Path;
use std::time::Instant;

use super::fingerprint::Parts;
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

    /// Keeps the step if its parts are as they were and its `files` are there, and gives its output's digest; otherwise
    /// says that it is stale.
    pub fn check(&mut self, id: &str, parts: Parts, files: &[String]) -> Result<String, Stale> {
        let why = match why_stale(self.earlier, id, &parts) {
            _ if self.force => Some("--force was given".to_owned()),
            Some(why) => Some(why),
            None => files
                .iter()
                .find(|file| !self.place.join(file).exists())
                .map(|file| format!("{file} is not there any more")),
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

    /// The outputs of the steps so far whose ids start so.
    pub fn outputs(&self, prefix: &str) -> Vec<String> {
        let found = self.records.iter().filter(|step| step.id.starts_with(prefix));
        found.map(|step| step.output.clone()).collect()
    }

    /// Records that a stale step was done, with the digest of what it gave.
    pub fn did(&mut self, stale: Stale, output: String) {
        let seconds = stale.started.elapsed().as_secs_f64();
        self.done.push(Done { step: stale.id.clone(), why: stale.why });
        self.records.push(StepRecord { id: stale.id, parts: stale.parts, output, seconds });
    }
}

/// Why every step of a first run is done.
pub const NO_EARLIER_RUN: &str = "there is no earlier run";

/// Why a step would be done; `None` where its parts are as they were.
pub fn why_stale(earlier: Option<&Record>, id: &str, parts: &Parts) -> Option<String> {
    let Some(record) = earlier else { return Some(NO_EARLIER_RUN.to_owned()) };
    let Some(step) = record.step(id) else { return Some("it was not in the earlier run".to_owned()) };
    let differences = parts.differences(&step.parts);
    (!differences.is_empty()).then(|| differences.join(", "))
}
