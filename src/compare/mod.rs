//! `utfall compare`: which numbers of two runs differ, by how much, and why.
//!
//! The numbers come from the files of estimates, the reasons from the fingerprints in `run.json`. A fingerprint records, part by part, what
//! each analysis was made from, so that a changed number can be traced to data, dictionary, pipeline or program. Released estimates are
//! compared unless raw ones are asked for. Neither holds a respondent's answers.

mod causes;
mod numbers;
mod text;

use std::collections::BTreeMap;
use std::path::Path;

pub use causes::{Cause, Moved};
pub use numbers::{Difference, Number, Status};
pub use text::{csv, markdown, summary};

use crate::run::{Record, RunError};

/// What is compared, and how closely.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The estimates before disclosure control, which stay in the house.
    pub raw: bool,
    /// Numbers that differ by less, relative to the larger, are the same.
    pub tolerance: f64,
}

/// Two runs compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub raw: bool,
    /// How many numbers the earlier and the later run have.
    pub numbers: [usize; 2],
    /// In the order of the later run; what is gone comes last.
    pub differences: Vec<Difference>,
    /// What is not as it was, in the whole evaluation.
    pub moved: Vec<Moved>,
    /// Analysis → what moved its numbers, for each analysis with a difference.
    pub by_analysis: BTreeMap<String, Vec<Moved>>,
}

/// Compares the runs in two folders.
///
/// # Errors
/// [`RunError::Asked`] where a folder holds no run; [`RunError::Unreadable`] where its numbers cannot be read.
pub fn compare(before: &Path, after: &Path, options: Options) -> Result<Comparison, RunError> {
    let records = [record(before)?, record(after)?];
    let read = |folder: &Path| {
        let file = match options.raw {
            true => "restricted/estimates.parquet",
            false => "release/estimates.parquet",
        };
        let path = folder.join(file);
        numbers::read(&path).map_err(|error| RunError::Unreadable { path, why: error.to_string() })
    };
    let (earlier, later) = (read(before)?, read(after)?);
    let differences = numbers::differences(&earlier, &later, options.tolerance);
    let [was, is] = &records;
    let mut by_analysis: BTreeMap<String, Vec<Moved>> = BTreeMap::new();
    for difference in &differences {
        let analysis = difference.analysis();
        if !by_analysis.contains_key(analysis) {
            by_analysis.insert(analysis.to_owned(), causes::of_analysis(analysis, was, is));
        }
    }
    Ok(Comparison {
        raw: options.raw,
        numbers: [earlier.len(), later.len()],
        differences,
        moved: causes::of_run(was, is),
        by_analysis,
    })
}

fn record(folder: &Path) -> Result<Record, RunError> {
    Record::load(folder).ok_or_else(|| {
        RunError::Asked(format!(
            "{} holds no run that this program can read\n  name the folder of an evaluation's output, with run.json in it: out/<evaluation>, or a copy of it",
            folder.display()
        ))
    })
}
