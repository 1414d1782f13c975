//! Estimates → what may leave the house.

use std::collections::BTreeMap;
use std::path::Path;

use super::estimates;
use super::fingerprint::{Parts, digest};
use super::output::{Output, failed};
use super::record::SourceRecord;
use super::steps::Steps;
use super::{Answered, RunError};
use crate::disclosure::{self, Policy, Release};
use crate::plan::Plan;

/// What a release tells the record of the run.
pub struct Released {
    pub warnings: Vec<String>,
}

pub fn release(
    plan: &Plan,
    output: &Output,
    building: &Path,
    answered: &Answered,
    _sources: &[SourceRecord],
    steps: &mut Steps<'_>,
) -> Result<Released, RunError> {
    let files = ["release/estimates.csv".to_owned(), "release/estimates.parquet".to_owned()];
    let parts = disclosure_parts(plan, &answered.digest);
    let policy = Policy::parse(&plan.policy).ok_or_else(|| RunError::Internal("an unknown policy".to_owned()))?;
    match steps.check("disclosure", parts, &files) {
        Ok(_) => files.iter().try_for_each(|file| output.keep(file))?,
        Err(stale) => {
            let release = disclosure::clear(&answered.estimates, policy);
            let folder = building.join("release");
            estimates::write_cleared(&folder, &release.cleared).map_err(failed(&folder))?;
            steps.did(stale, String::new());
        }
    }
    Ok(Released { warnings: Vec::new() })
}

fn disclosure_parts(plan: &Plan, estimates: &str) -> Parts {
    Parts::of_program().with("the estimates", estimates).with("the policy", plan.policy.clone())
}

/// The steps of a release with what they depend on, as far as an earlier run tells.
pub fn steps_of(plan: &Plan, record: Option<&super::Record>) -> Vec<(String, Parts)> {
    let outputs: Vec<&str> = plan
        .analyses
        .iter()
        .map(|analysis| record.and_then(|record| record.step(&analysis.id)).map_or("", |step| step.output.as_str()))
        .collect();
    vec![("disclosure".to_owned(), disclosure_parts(plan, &super::digest_of(&outputs)))]
}
