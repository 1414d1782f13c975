//! The run: what is stale is done, the rest is kept, and the output is moved into place whole.
//!
//! ```text
//! store.<instrument>  ─▶  followup. describe. change. model. …  ─▶  family.  ─▶  disclosure  ─▶  table.<id>  ─▶  report.<language>
//!                                                                                        ─▶  workbook. document.
//!                                                                                        ─▶  published
//!                                                                                        ─▶  figure.<id>
//!                                                                                        ─▶  codebook
//! the plan  ─▶  notebooks
//! ```
//!
//! Each step has a fingerprint: the digests of all that it depends on, among them the outputs of the steps before it. A
//! step whose output comes out as it was makes nothing after it stale.

mod analyse;
mod check;
mod codebook;
mod collection;
mod depends;
mod desk;
mod direction;
mod error;
mod estimates;
mod explain;
mod facts;
mod figures;
mod fingerprint;
mod intake;
mod notebooks;
mod output;
mod progress;
mod published;
mod rankings;
mod reads;
mod record;
mod release;
mod remarks;
mod steps;

use std::path::{Path, PathBuf};
use std::time::Instant;

pub use check::{Checked, check};
pub use error::{EXITS, Exit, RunError};
pub use estimates::{COLUMNS as ESTIMATE_COLUMNS, read_raw as read_estimates};
pub use explain::explain;
pub use fingerprint::Parts;

pub use notebooks::notebooks;
pub use output::OutputError;
pub use progress::Progress;
pub use rankings::{id as ranking_id, ranges};
pub use record::{CohortRecord, FindingRecord, PublishedRecord, Record, SourceRecord, StepRecord};
pub use steps::{Done, NO_EARLIER_RUN};

use crate::dictionary::{Language, shared_labels};
use crate::estimate::{Estimate, Kind};
use crate::pipeline;
use crate::question::{self, Analysis, Answers, OfEstimates, Plan};
use crate::store::Store;
use crate::table;
use analyse::{Extent, Stores};
use depends::{analysis_parts, derived_read, family_parts};
use fingerprint::{digest_of, digest_of_file, program};
use output::Output;
use steps::Steps;

/// What a run is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// A pipeline file, or a folder that holds `pipeline.toml`.
    pub pipeline: PathBuf,
    /// The folder that outputs go under.
    pub out: PathBuf,
    /// Languages of reports, instead of the pipeline's.
    pub languages: Option<Vec<Language>>,
    /// Does every step, stale or not.
    pub force: bool,
}

/// What a run did.
#[derive(Debug)]
pub struct Outcome {
    /// The evaluation's folder.
    pub place: PathBuf,
    pub record: Record,
    pub done: Vec<Done>,
}

/// Reads and resolves a pipeline with everything that the stages understand.
///
/// # Errors
/// [`RunError::Mistake`] where it has one.
pub fn load_plan(path: &Path) -> Result<Plan, RunError> {
    Ok(pipeline::load(path)?)
}

fn plan_of(request: &Request) -> Result<Plan, RunError> {
    let mut plan = load_plan(&request.pipeline)?;
    if let Some(languages) = &request.languages {
        plan.languages = Vec::new();
        for language in languages {
            if !plan.languages.contains(language) {
                plan.languages.push(*language);
            }
        }
    }
    Ok(plan)
}

/// Runs an evaluation: what is stale is done, the rest is kept.
///
/// # Errors
/// [`RunError`], with a documented exit code each; the earlier output is then as it was.
pub fn run(request: &Request, progress: &Progress) -> Result<Outcome, RunError> {
    on_threads(|| run_steps(request, progress))?
}

/// A thread that waits for its part of the work takes on another's, which may wait as well: each needs room for several.
const STACK: usize = 64 << 20;

fn on_threads<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, RunError> {
    let threads = rayon::current_num_threads();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build();
    Ok(pool.map_err(RunError::internal)?.install(work))
}

fn run_steps(request: &Request, progress: &Progress) -> Result<Outcome, RunError> {
    let started = Instant::now();
    let plan = plan_of(request)?;
    let ledger = published::load(&plan)?;
    let output = Output::open(&request.out, &plan.id)?;
    let earlier = Record::load(&output.place);
    let building = output.build()?.to_owned();
    let place = output.place.clone();
    let mut steps = Steps::new(earlier.as_ref(), &place, request.force, progress);

    let stored = store(&plan, &output, &building, earlier.as_ref(), &mut steps)?;
    let answers = answers(&plan, &output, &building, &stored, earlier.as_ref(), &mut steps)?;
    let released =
        release::release(&plan, ledger.as_ref(), &output, &building, &answers, &stored.sources, &mut steps)?;
    notebooks::write(&plan, &output, &building, &mut steps)?;

    let mut warnings = stored.warnings();
    warnings.extend(of_plan(&plan));
    warnings.extend(conditions(&answers.estimates));
    warnings.extend(released.published.iter().flat_map(PublishedRecord::warnings));
    warnings.extend(answers.cohorts.iter().flat_map(CohortRecord::warnings));
    let record = Record {
        format: 1,
        evaluation: plan.id.clone(),
        program: program(),
        pipeline: pipeline_digest(&request.pipeline),
        policy: plan.policy.name().to_owned(),
        languages: plan.languages.iter().map(ToString::to_string).collect(),
        sources: stored.sources,
        cohorts: answers.cohorts,
        steps: std::mem::take(&mut steps.records),
        cleared: released.cleared,
        hidden: released.hidden,
        published: released.published,
        warnings,
        seconds: started.elapsed().as_secs_f64(),
    };
    let done = std::mem::take(&mut steps.done);
    // A step that is gone from the pipeline leaves files behind: that, too, is a reason to write anew.
    let same_steps = earlier.as_ref().is_some_and(|earlier| earlier.steps.len() == record.steps.len());
    if done.is_empty() && same_steps {
        return Ok(Outcome { place, record, done });
    }
    let text = serde_json::to_string_pretty(&record).map_err(RunError::internal)?;
    let path = building.join("run.json");
    std::fs::write(&path, text + "\n").map_err(output::failed(&path))?;
    let place = output.publish()?;
    Ok(Outcome { place, record, done })
}

/// What is to be said of a plan whatever the answers: waves without forms, codes that share a label, and items that point another way
/// than their score.
pub fn of_plan(plan: &Plan) -> impl Iterator<Item = String> + '_ {
    let shared = plan.instruments.iter().flat_map(|instrument| shared_labels(instrument));
    intake::without_forms(plan).chain(shared).chain(direction::against_the_score(plan))
}

/// The digest of the pipeline file, which has just been read.
fn pipeline_digest(path: &Path) -> String {
    let file = if path.is_dir() { path.join("pipeline.toml") } else { path.to_owned() };
    digest_of_file(&file).unwrap_or_default()
}

/// The validated store of a run.
struct Stored {
    stores: Stores,
    /// Instrument → digest of its data, labels aside.
    digests: Vec<(String, String)>,
    sources: Vec<SourceRecord>,
}

impl Stored {
    fn digest(&self, instrument: &str) -> &str {
        self.digests.iter().find(|(id, _)| id == instrument).map_or("", |(_, digest)| digest)
    }

    fn warnings(&self) -> Vec<String> {
        self.sources.iter().flat_map(|source| source.findings.iter().cloned()).collect()
    }
}

fn store(
    plan: &Plan,
    output: &Output,
    building: &Path,
    earlier: Option<&Record>,
    steps: &mut Steps<'_>,
) -> Result<Stored, RunError> {
    let located = intake::locate(plan)?;
    let mut stored =
        Stored { stores: Stores { stores: Vec::new() }, digests: Vec::new(), sources: Vec::new() };
    for files in &located {
        let instrument = &files.instrument.id;
        let folder = intake::store_folder(instrument);
        let id = format!("store.{instrument}");
        let digest = match steps.check(&id, files.parts(plan)) {
            Ok(digest) => {
                output.keep(&folder)?;
                stored.sources.extend(intake::earlier_records(earlier, instrument).into_iter().cloned());
                digest
            }
            Err(stale) => {
                let taken = files.take_in(plan, building)?;
                stored.sources.extend(taken.records);
                steps.did(stale, taken.digest.clone());
                taken.digest
            }
        };
        let store = Store::open(&building.join("restricted/store"), instrument)?;
        stored.stores.stores.push((instrument.clone(), store));
        stored.digests.push((instrument.clone(), digest));
    }
    intake::gather_rejected(building, located.iter().map(|files| files.instrument.id.as_str()))?;
    for files in &located {
        let instrument = &files.instrument.id;
        let mut written = intake::store_files(building, instrument)?;
        written.push(intake::ALL_REJECTED.to_owned());
        steps.wrote(|id| id == format!("store.{instrument}"), building, &written)?;
    }
    Ok(stored)
}

/// The raw estimates of a run, in the order of its analyses.
struct Answered {
    estimates: Vec<Estimate>,
    /// The digest of all of them.
    digest: String,
    cohorts: Vec<CohortRecord>,
}

const RAW_ESTIMATES: &str = "restricted/estimates.parquet";

fn answers(
    plan: &Plan,
    output: &Output,
    building: &Path,
    stored: &Stored,
    earlier: Option<&Record>,
    steps: &mut Steps<'_>,
) -> Result<Answered, RunError> {
    // An earlier file that is gone or damaged makes every analysis stale, so that none of it is used.
    let known = estimates::read_raw(&output.place.join(RAW_ESTIMATES)).unwrap_or_default();
    let mut by_analysis: Vec<Vec<Estimate>> = vec![Vec::new(); plan.analyses.len()];
    let mut outputs = vec![String::new(); plan.analyses.len()];
    let mut cohorts = Vec::new();
    for (position, cohort) in plan.cohorts.iter().enumerate() {
        let mut waiting = Vec::new();
        for (index, analysis) in of_cohort(plan, position) {
            let parts = analysis_parts(plan, cohort, analysis, &|id| stored.digest(id));
            match steps.check(&analysis.id, parts) {
                Ok(digest) => {
                    question::files(analysis).iter().try_for_each(|file| output.keep(file))?;
                    let of_analysis = known.iter().filter(|estimate| estimate.analysis == analysis.id);
                    by_analysis[index] = of_analysis.cloned().collect();
                    outputs[index] = digest;
                }
                Err(stale) => waiting.push((index, stale)),
            }
        }
        let earlier =
            earlier.and_then(|record| record.cohorts.iter().find(|known| known.cohort == cohort.id));
        let record = match (waiting.is_empty(), earlier) {
            (true, Some(earlier)) => earlier.clone(),
            _ => {
                let analyses: Vec<&Analysis> =
                    waiting.iter().map(|(index, _)| &plan.analyses[*index]).collect();
                let answers = analyse::answer(plan, cohort, &analyses, &stored.stores, Extent::All)?;
                let read =
                    derived_read(&plan.cohorts[position], of_cohort(plan, position).map(|(_, known)| known));
                let is_read = |name: &str| read.iter().any(|derived| derived.item.name == name);
                let record = CohortRecord::new(cohort, &answers, earlier, is_read);
                for table in answers.tables.iter().flatten() {
                    output::write(building, &table.file, &table.text)?;
                }
                for ((index, stale), estimates) in waiting.into_iter().zip(answers.estimates) {
                    let digest = estimates::digest_of_raw(&estimates);
                    steps.did(stale, digest.clone());
                    by_analysis[index] = estimates;
                    outputs[index] = digest;
                }
                record
            }
        };
        cohorts.push(record);
    }
    for (index, analysis, question) in of_estimates(plan) {
        let id = analysis.id.as_str();
        let place = |of: &str| plan.analyses.iter().position(|analysis| analysis.id == of);
        let parts = family_parts(analysis, &|of| place(of).map_or("", |place| outputs[place].as_str()));
        let (digest, estimates) = match steps.check(id, parts) {
            Ok(digest) => {
                (digest, known.iter().filter(|estimate| estimate.analysis == id).cloned().collect())
            }
            Err(stale) => {
                let members: Vec<&Estimate> = by_analysis.iter().flatten().collect();
                let estimates = question.numbers(id, &members)?;
                let digest = estimates::digest_of_raw(&estimates);
                steps.did(stale, digest.clone());
                (digest, estimates)
            }
        };
        (by_analysis[index], outputs[index]) = (estimates, digest);
    }
    let estimates: Vec<Estimate> = by_analysis.into_iter().flatten().collect();
    let path = building.join(RAW_ESTIMATES);
    estimates::write_raw(&path, &estimates).map_err(output::failed(&path))?;
    for analysis in &plan.analyses {
        let mut written = question::files(analysis);
        written.push(RAW_ESTIMATES.to_owned());
        steps.wrote(|id| id == analysis.id, building, &written)?;
    }
    Ok(Answered { estimates, digest: digest_of(&outputs), cohorts })
}

/// The analyses that are answered from the patterns of a cohort, with their places.
fn of_cohort(plan: &Plan, cohort: usize) -> impl Iterator<Item = (usize, &Analysis)> {
    plan.analyses.iter().enumerate().filter(move |(_, analysis)| {
        analysis.cohort == cohort && matches!(analysis.question.answers(), Answers::Patterns(_))
    })
}

/// The analyses that are answered from the estimates of others, after them, with their places.
fn of_estimates(plan: &Plan) -> impl Iterator<Item = (usize, &Analysis, &dyn OfEstimates)> {
    plan.analyses.iter().enumerate().filter_map(|(place, analysis)| match analysis.question.answers() {
        Answers::Estimates(question) => Some((place, analysis, question)),
        Answers::Patterns(_) => None,
    })
}

/// What a reader has to know of each analysis: separation, aliased terms, too few events.
fn conditions(estimates: &[Estimate]) -> Vec<String> {
    let of_analysis =
        estimates.iter().filter(|estimate| estimate.term.is_empty() && estimate.kind == Kind::Model);
    let mut warnings: Vec<String> = of_analysis
        .flat_map(|estimate| {
            estimate.conditions.iter().map(|condition| {
                let words = table::layout::condition(Language::En, &condition.code);
                format!("{}: {condition}: {words}", estimate.analysis)
            })
        })
        .collect();
    warnings.sort();
    warnings.dedup();
    warnings
}
