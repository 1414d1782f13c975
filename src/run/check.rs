//! A run without its results: everything that can stop one is looked at, and nothing is written.

use super::analyse::{self, Extent, Stores};
use super::output::OutputError;
use super::progress::Progress;
use super::record::{CohortRecord, SourceRecord};
use super::{Request, RunError, desk, intake, of_cohort, of_estimates, on_threads, plan_of, published};
use crate::estimate::Estimate;
use crate::question::{Analysis, Plan};
use crate::store::Store;

/// Everything but the results: the pipeline, the dictionaries, the files and their checks, and that every expression can be
/// computed on all of the data and every table be laid out. Writes nothing.
///
/// # Errors
/// As [`run`].
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
    published::load(&plan)?;
    let folder = tempfile::tempdir()
        .map_err(|error| RunError::Output(OutputError::Write { path: std::env::temp_dir(), error }))?;
    let mut records = Vec::new();
    let mut stores = Vec::new();
    for files in intake::locate(&plan)? {
        progress.step(&format!("store.{}", files.instrument.id));
        records.extend(files.take_in(&plan, folder.path())?.records);
        let store = Store::open(&folder.path().join("restricted/store"), &files.instrument.id)?;
        stores.push((files.instrument.id.clone(), store));
    }
    let stores = Stores { stores };
    let looked_at = |extent: Extent| -> Result<Vec<CohortRecord>, RunError> {
        let mut cohorts = Vec::new();
        let mut estimates = Vec::new();
        for (position, cohort) in plan.cohorts.iter().enumerate() {
            progress.step(&format!("cohort {}", cohort.id));
            let analyses: Vec<&Analysis> = of_cohort(&plan, position).map(|(_, analysis)| analysis).collect();
            let answers = analyse::answer(&plan, cohort, &analyses, &stores, extent)?;
            cohorts.push(CohortRecord::new(cohort, &answers, None, |_| true));
            estimates.extend(answers.estimates.into_iter().flatten());
        }
        for (_, analysis, question) in of_estimates(&plan) {
            let members: Vec<&Estimate> = estimates.iter().collect();
            estimates.extend(question.numbers(&analysis.id, &members)?);
        }
        desk::can_be_laid_out(&plan, &estimates)?;
        Ok(cohorts)
    };
    // What the tables are made of shows in a part of a large study as in all of it; what fails is tried again with all.
    let cohorts = match looked_at(Extent::Sample) {
        Err(RunError::Table { .. } | RunError::Figure { .. } | RunError::Internal(_)) => {
            looked_at(Extent::All)?
        }
        looked_at => looked_at?,
    };
    Ok(Checked { plan, sources: records, cohorts })
}
