//! The walk over the graph that does what is stale and keeps the rest.

use std::collections::BTreeMap;

use super::answer::RAW_ESTIMATES;
use super::desk::Desk;
use super::fingerprint::digest;
use super::graph::Made;
use super::intake::{ALL_REJECTED, all_rejected};
use super::output::{self, Output};
use super::progress::Progress;
use super::record::StepRecord;
use super::trace::{Done, Earlier};
use super::{RunError, estimates};

/// Walks the graph: what is stale is done. The desk's trace then has every step, in the order of the list.
///
/// # Errors
/// [`RunError`] of the first step that cannot be done.
pub fn execute(
    desk: &mut Desk<'_>,
    output: &Output,
    earlier: &Earlier<'_>,
    progress: &Progress,
) -> Result<Vec<Done>, RunError> {
    desk.trace.record.steps.clear();
    let mut done = Vec::new();
    for level in desk.graph.levels() {
        let mut stale = BTreeMap::new();
        for (place, (parts, why)) in level.iter().zip(earlier.look_at(&desk.graph, &desk.trace, &level)) {
            let step = &desk.graph.steps[*place];
            match (why, earlier.record.and_then(|record| record.step(&step.id))) {
                (None, Some(known)) => {
                    let shared = step.work.shares();
                    let own = known.files.keys().filter(|file| shared != Some(file.as_str()));
                    own.into_iter().try_for_each(|file| output.keep(file))?;
                    desk.trace.record.steps.push(known.clone());
                }
                (why, _) => _ = stale.insert(*place, (parts, why.unwrap_or_default())),
            }
        }
        for group in desk.graph.groups(stale.keys()) {
            let made = desk.work_out(&group, progress, |desk, step| step.work.make(desk))?;
            for (place, (made, seconds)) in group.1.iter().zip(made) {
                let Some((parts, why)) = stale.remove(place) else { continue };
                let id = desk.graph.steps[*place].id.clone();
                done.push(Done { step: id.clone(), why });
                let Made { output, files } = made;
                desk.trace.record.steps.push(StepRecord { id, parts, output, files, seconds });
            }
        }
    }
    let graph = &desk.graph;
    desk.trace.record.steps.sort_by_cached_key(|step| graph.place(&step.id).ok());
    Ok(done)
}

/// Writes the files that hold what several steps have given.
///
/// # Errors
/// [`RunError`] where one cannot be written.
pub fn gather(desk: &mut Desk<'_>) -> Result<(), RunError> {
    let estimates = estimates::file_of_raw(&desk.all_estimates()?).map_err(RunError::internal)?;
    for (file, bytes) in [(ALL_REJECTED, all_rejected(desk)?), (RAW_ESTIMATES, estimates)] {
        output::write(&desk.building, file, &bytes)?;
        let digest = digest(&bytes);
        for (step, record) in desk.graph.steps.iter().zip(&mut desk.trace.record.steps) {
            if step.work.shares() == Some(file) {
                record.files.insert(file.to_owned(), digest.clone());
            }
        }
    }
    Ok(())
}
