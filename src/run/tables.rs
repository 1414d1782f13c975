//! The steps of the tables: cleared estimates → tables, as CSV and Markdown in each language.

use super::RunError;
use super::desk::{Desk, Value};
use super::fingerprint::Parts;
use super::graph::{Made, Work};
use super::shown::{self, analyses_of, labels};
use super::trace::Trace;
use crate::table::TableSpec;
use crate::table::{self, Input, Table, render};

/// Lays out one table.
pub struct TableFiles<'p>(pub &'p TableSpec);

impl<'p> Work<'p> for TableFiles<'p> {
    fn parts(&self, trace: &Trace<'p>) -> Parts {
        shown::parts(trace, self.0, &self.0.from)
    }

    fn value(&self, desk: &Desk<'p>) -> Result<Value<'p>, RunError> {
        let (plan, spec) = (desk.plan, self.0);
        let analyses = analyses_of(plan, &spec.from);
        let labels = labels(plan, &analyses);
        let analyses = desk.release()?.views(plan, &analyses);
        let mut table = table::build(&Input { spec, analyses, labels: &labels })
            .map_err(|error| RunError::Table { table: spec.id.clone(), why: error.to_string() })?;
        table.notes.extend(shown::remarks(desk, &spec.from)?);
        Ok(Value::Table(table))
    }

    fn make(&self, desk: &Desk<'p>) -> Result<Made, RunError> {
        let mut made = Made::default();
        write(&mut made, desk, desk.table(&self.0.id)?)?;
        Ok(made.of_files())
    }
}

/// Writes the files of a table.
///
/// # Errors
/// [`RunError::Output`] where one cannot be written.
pub fn write(made: &mut Made, desk: &Desk<'_>, table: &Table) -> Result<(), RunError> {
    for language in &desk.plan.languages {
        let file = |extension| format!("release/tables/{}.{language}.{extension}", table.id);
        made.write(desk, &file("csv"), render::csv(table, *language))?;
        made.write(desk, &file("md"), render::markdown(table, *language))?;
    }
    Ok(())
}
