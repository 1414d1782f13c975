//! The run: what is stale is done, the rest is kept, and the output is moved into place whole.
//!
//! The steps and what each needs stand in `graph.rs`. Each step has a fingerprint: the digests of all that it depends on, among
//! them the outputs of the steps before it. A step whose output comes out as it was makes nothing after it stale.

mod analyse;
mod answer;
mod check;
mod codebook;
mod collection;
mod desk;
mod direction;
mod error;
mod estimates;
mod execute;
mod explain;
mod facts;
mod figures;
mod fingerprint;
mod graph;
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
mod report;
mod shown;
mod tables;
mod trace;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

pub use check::{Checked, check};
pub use error::{EXITS, Exit, RunError};
pub use estimates::{COLUMNS as ESTIMATE_COLUMNS, read_raw as read_estimates};
pub use explain::explain;
pub use fingerprint::Parts;
pub use graph::{DISCLOSURE, store as store_step};
pub use notebooks::notebooks;
pub use output::OutputError;
pub use progress::Progress;
pub use rankings::{RANKED, ranges};
pub use record::{CohortRecord, FindingRecord, PublishedRecord, Record, SourceRecord, StepRecord};
pub use trace::{Done, NO_EARLIER_RUN};

use crate::dictionary::{Language, shared_labels};
use crate::estimate::{Condition, Estimate};
use crate::pipeline;
use crate::question::Plan;
use crate::table;
use desk::Desk;
use fingerprint::{digest_of_file, program};
use graph::Graph;
use output::Output;
use trace::{Earlier, Trace};

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
        let mut known = BTreeSet::new();
        plan.languages = languages.iter().copied().filter(|language| known.insert(*language)).collect();
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
    let record = Record::load(&output.place);
    let (place, building) = (output.place.clone(), output.build()?.to_owned());
    let earlier = Earlier { record: record.as_ref(), place: &place, force: request.force };
    let graph = Graph::of(&plan, ledger.as_ref())?;
    let folders = [building.clone(), place.clone()];
    let mut desk = Desk::new(graph, Trace::of(&plan, record.as_ref()), plan.policy, folders);
    let done = execute::execute(&mut desk, &output, &earlier, progress)?;

    // A step that is gone from the pipeline leaves files behind: that, too, is a reason to write anew.
    let steps = desk.trace.record.steps.len();
    let nothing = done.is_empty() && record.as_ref().is_some_and(|earlier| earlier.steps.len() == steps);
    if !nothing {
        execute::gather(&mut desk)?;
    }
    let mut warnings: Vec<String> =
        desk.trace.record.sources.iter().flat_map(|source| source.findings.iter().cloned()).collect();
    warnings.extend(of_plan(&plan));
    warnings.extend(conditions(&desk.all_estimates()?));
    warnings.extend(desk.trace.record.published.iter().flat_map(PublishedRecord::warnings));
    warnings.extend(desk.trace.record.cohorts.iter().flat_map(CohortRecord::warnings));
    let record = Record {
        format: 1,
        evaluation: plan.id.clone(),
        program: program(),
        pipeline: pipeline_digest(&request.pipeline),
        policy: plan.policy.name().to_owned(),
        languages: plan.languages.iter().map(ToString::to_string).collect(),
        warnings,
        seconds: started.elapsed().as_secs_f64(),
        ..std::mem::take(&mut desk.trace.record)
    };
    drop(desk);
    if nothing {
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

/// What a reader has to know of each analysis: separation, aliased terms, too few events.
fn conditions(estimates: &[&Estimate]) -> BTreeSet<String> {
    let of_analysis =
        estimates.iter().filter(|estimate| estimate.term.is_empty() && estimate.kind.is_regression());
    let said = |estimate: &&Estimate, condition: &Condition| {
        let words = table::layout::condition(Language::En, &condition.code);
        format!("{}: {condition}: {words}", estimate.analysis)
    };
    of_analysis.flat_map(|one| one.conditions.iter().map(move |condition| said(one, condition))).collect()
}
