//! The step `notebooks`: the plan alone → notebooks.

use super::RunError;
use super::desk::Desk;
use super::fingerprint::{Parts, digest_of};
use super::graph::{Made, Work};
use super::trace::Trace;
use crate::notebook::{self, Dialect};
use crate::question::{Plan, ranking};

/// The notebooks of a plan, Jupyter and R Markdown, and beside them their functions: file within the evaluation's folder, and text.
pub fn notebooks(plan: &Plan) -> [(String, String); 4] {
    let after = |dialect| [ranking::section(plan, dialect)];
    let cells = |dialect| notebook::cells(plan, &after(dialect), dialect);
    let place = |file: String| format!("release/notebooks/{file}");
    let functions = |dialect| {
        let (file, text) = notebook::functions(plan, &after(dialect), dialect);
        (place(file), text)
    };
    [
        (place(format!("{}.ipynb", plan.id)), notebook::jupyter(&cells(Dialect::Python))),
        (place(format!("{}.Rmd", plan.id)), notebook::r_markdown(plan, &cells(Dialect::R))),
        functions(Dialect::Python),
        functions(Dialect::R),
    ]
}

/// The notebooks and their functions.
pub struct NotebookFiles;

impl<'p> Work<'p> for NotebookFiles {
    /// They are quickly made, so their text itself.
    fn parts(&self, trace: &Trace<'p>) -> Parts {
        Parts::of_pages().with("what is asked and how it is worded", digest_of(&notebooks(trace.plan)))
    }

    fn make(&self, desk: &Desk<'p>) -> Result<Made, RunError> {
        let mut made = Made::default();
        for (file, text) in notebooks(desk.plan) {
            made.write(desk, &file, text)?;
        }
        Ok(made.of_files())
    }
}
