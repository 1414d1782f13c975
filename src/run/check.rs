//! A run without its results: everything that can stop one is looked at, and nothing is written.

use super::analyse::Extent;
use super::desk::Desk;
use super::graph::Graph;
use super::output::OutputError;
use super::progress::Progress;
use super::record::{CohortRecord, SourceRecord};
use super::trace::Trace;
use super::{Request, RunError, on_threads, plan_of, published};
use crate::disclosure::Policy;
use crate::question::Plan;

/// Everything but the results: the pipeline, the dictionaries, the files and their checks, and that every expression can be
/// computed on all of the data and every table be laid out. Writes nothing.
///
/// # Errors
/// As [`run`](super::run).
pub fn check(request: &Request, progress: &Progress) -> Result<Checked, RunError> {
    on_threads(|| check_all(request, progress))?
}

/// What a check has seen.
#[derive(Debug)]
pub struct Checked {
    pub plan: Plan,
    pub sources: Vec<SourceRecord>,
    pub cohorts: Vec<CohortRecord>,
}

fn check_all(request: &Request, progress: &Progress) -> Result<Checked, RunError> {
    let plan = plan_of(request)?;
    let (sources, cohorts) = looked_at(&plan, progress)?;
    Ok(Checked { plan, sources, cohorts })
}

fn looked_at(plan: &Plan, progress: &Progress) -> Result<(Vec<SourceRecord>, Vec<CohortRecord>), RunError> {
    let ledger = published::load(plan)?;
    let folder = tempfile::tempdir()
        .map_err(|error| RunError::Output(OutputError::Write { path: std::env::temp_dir(), error }))?;
    let folders = [folder.path().to_owned(), folder.path().to_owned()];
    let graph = Graph::of(plan, ledger.as_ref())?;
    let mut desk = Desk::new(graph, Trace::of(plan, None), Policy::None, folders);
    let levels = desk.graph.levels();
    let Some((stores, others)) = levels.split_first() else { return Ok(Default::default()) };
    values(&mut desk, std::slice::from_ref(stores), progress)?;
    desk.extent = Extent::Sample;
    // What the tables are made of shows in a part of a large study as in all of it; what fails is tried again with all.
    match values(&mut desk, others, progress) {
        Err(RunError::Table { .. } | RunError::Figure { .. } | RunError::Internal(_)) => {
            desk.forget();
            desk.extent = Extent::All;
            values(&mut desk, others, progress)?;
        }
        seen => seen?,
    }
    Ok((desk.trace.record.sources, desk.trace.record.cohorts))
}

/// Works out what the steps give in memory.
fn values(desk: &mut Desk<'_>, levels: &[Vec<usize>], progress: &Progress) -> Result<(), RunError> {
    for group in levels.iter().flat_map(|level| desk.graph.groups(level)).collect::<Vec<_>>() {
        let worked_out = desk.work_out(&group, progress, |_, _| Ok(()));
        match worked_out {
            // From so few not every number can be had.
            Err(_) if desk.extent == Extent::Sample => {
                desk.extent = Extent::All;
                desk.work_out(&group, progress, |_, _| Ok(()))?;
                desk.extent = Extent::Sample;
            }
            worked_out => _ = worked_out?,
        }
    }
    Ok(())
}
