//! The notebooks of a release: a step of its own, made from the plan alone.

use std::path::Path;

use super::RunError;
use super::fingerprint::{Parts, digest_of};
use super::output::{self, Output};
use super::steps::Steps;
use crate::notebook::{self, Dialect};
use crate::question::Plan;

pub const STEP: &str = "notebooks";

/// The notebooks of a plan, Jupyter and R Markdown, and beside them their functions: file within the evaluation's folder, and text.
pub fn notebooks(plan: &Plan) -> [(String, String); 4] {
    let cells = |dialect| notebook::cells(plan, dialect);
    let place = |file: String| format!("release/notebooks/{file}");
    let functions = |dialect| {
        let (file, text) = notebook::functions(plan, dialect);
        (place(file), text)
    };
    [
        (place(format!("{}.ipynb", plan.id)), notebook::jupyter(&cells(Dialect::Python))),
        (place(format!("{}.Rmd", plan.id)), notebook::r_markdown(plan, &cells(Dialect::R))),
        functions(Dialect::Python),
        functions(Dialect::R),
    ]
}

/// What the step depends on: they are quickly made, so their text itself.
pub fn parts(plan: &Plan) -> Parts {
    parts_of(&notebooks(plan))
}

fn parts_of(notebooks: &[(String, String)]) -> Parts {
    Parts::of_program().with("what is asked and how it is worded", digest_of(&notebooks))
}

/// Writes the notebooks, or keeps them.
///
/// # Errors
/// [`RunError`] where they cannot be written.
pub fn write(plan: &Plan, output: &Output, building: &Path, steps: &mut Steps<'_>) -> Result<(), RunError> {
    let notebooks = notebooks(plan);
    let files = notebooks.clone().map(|(file, _)| file);
    match steps.check(STEP, parts_of(&notebooks)) {
        Ok(_) => files.iter().try_for_each(|file| output.keep(file))?,
        Err(stale) => {
            for (file, text) in &notebooks {
                output::write(building, file, text)?;
            }
            steps.did(stale, digest_of(&notebooks));
        }
    }
    steps.wrote(|id| id == STEP, building, &files)
}
