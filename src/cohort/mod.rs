//! Cohorts: forms → linked rows, with derived variables, the waves side by side, services attached, and states.
//!
//! All waves of a respondent are in the same bucket, so each bucket is linked by itself.

mod derive;
mod link;
mod meaning;
mod persons;
mod spelling;
mod sql;
mod status;
mod swallowed;
#[cfg(test)]
mod tests;

pub use derive::{condition, fulfils};
pub use link::{Forms, Linked, items_read, link};
pub use sql::columns as sql_columns;
pub use status::{DAYS_PER_MONTH, in_window_column, seen_column, state_column, status_columns, wave_columns};
pub use swallowed::Swallowed;

/// The column that says why a value of `column` is missing.
pub fn reason_of(column: &str) -> String {
    format!("{column}.reason")
}

/// Work that cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum CohortError {
    /// A SQL expression cannot be computed on the data. `what` names the variable, condition or state.
    #[error(
        "{what} cannot be computed: {why}\n  the expression: {sql}\n  compare numbers with numbers and text with text; the data dictionary says which an item is"
    )]
    Sql { what: String, sql: String, why: String },
    #[error("the cohort `{cohort}` cannot be linked: {why}")]
    Link { cohort: String, why: String },
}
