//! What is asked of the data: the pipeline file as people write it ([`written`]) → the resolved [`Plan`](crate::plan::Plan).
//!
//! Resolving looks up every name, fills in every default and answers each mistake with its line. The names of checks,
//! layouts and policies belong to the stages, which this module does not know: they come in a [`Vocabulary`].

mod agreement;
mod analyses;
mod attrition;
mod cohorts;
mod described;
mod family;
mod figures;
mod goals;
mod names;
mod report;
mod resolve;
mod scores;
mod sources;
mod states;
mod terms;
mod trajectory;
pub mod written;

pub use resolve::load;

use crate::plan::Action;

/// The words that the stages understand, for pipelines to be held against.
#[derive(Debug, Clone, Copy)]
pub struct Vocabulary<'a> {
    /// Check id, its default action, and the actions it allows.
    pub checks: &'a [(&'static str, Action, &'static [Action])],
    /// Layout, and the kind of analysis that it shows.
    pub layouts: &'a [(&'static str, &'static str)],
    /// Kind of figure, and the kind of analysis that it shows.
    pub figures: &'a [(&'static str, &'static str)],
    /// Layouts and kinds of figures that count the first two and the last two of four answers together: for each half whether they
    /// show the share of each answer among the two, or nothing where they do not count them so.
    pub halves: &'a [(&'static str, [Option<bool>; 2])],
    /// The kind of figure that draws who moved from which answer to which.
    pub flows: &'static str,
    pub policies: &'a [&'static str],
    /// Programs whose variants of a test can be asked for.
    pub conventions: &'a [&'static str],
    /// How a regression can be fitted.
    pub methods: &'a [&'static str],
    /// The columns that a SQL expression reads, or why it is none.
    pub sql_columns: fn(&str) -> Result<Vec<String>, String>,
}
