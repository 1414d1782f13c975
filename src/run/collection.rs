//! The tables → one workbook and one document a language.
//!
//! A file a language, named like the reports: the first language alone without its name would change what the file is with the
//! order of the languages.

use std::collections::BTreeMap;
use std::path::Path;

use super::RunError;
use super::fingerprint::{Parts, digest, digest_of};
use super::output::{Output, write};
use super::steps::Steps;
use crate::dictionary::Language;
use crate::document;
use crate::plan::Plan;
use crate::table::{Collection, Table};
use crate::workbook;

/// A format in which all tables stand in one file.
#[derive(Debug, Clone, Copy)]
pub enum Format {
    Workbook,
    Document,
}

impl Format {
    pub const ALL: [Format; 2] = [Format::Workbook, Format::Document];

    /// The step's id.
    pub fn step(self, language: Language) -> String {
        match self {
            Format::Workbook => format!("workbook.{language}"),
            Format::Document => format!("document.{language}"),
        }
    }

    fn file(self, language: Language) -> String {
        match self {
            Format::Workbook => format!("release/tables.{language}.xlsx"),
            Format::Document => format!("release/tables.{language}.docx"),
        }
    }

    fn bytes(self, collection: &Collection<'_>, language: Language) -> Result<Vec<u8>, RunError> {
        match self {
            Format::Workbook => workbook::xlsx(collection, language).map_err(RunError::internal),
            Format::Document => document::docx(collection, &[], language).map_err(RunError::internal),
        }
    }
}

/// What a collection depends on. The tables' own outputs are rounded; a workbook holds full numbers, so that it depends on the
/// cleared estimates of what is shown as well.
pub fn parts(plan: &Plan, tables: &[String], cleared: &BTreeMap<String, String>) -> Parts {
    let shown: BTreeMap<&String, &String> = cleared
        .iter()
        .filter(|(analysis, _)| plan.tables.iter().any(|table| table.from.contains(analysis)))
        .collect();
    Parts::of_program()
        .with("the tables", digest_of(&tables))
        .with("the cleared estimates of the tables", digest_of(&shown))
        .with("title and notice", digest_of(&(&plan.title, &plan.notice)))
}

/// Writes the workbooks and documents that are stale, and keeps the rest. `tables` makes the tables, and those that only the workbook
/// has, where something is stale.
///
/// # Errors
/// [`RunError`] where a table cannot be made or a file cannot be written.
pub fn write_all<'t>(
    plan: &Plan,
    output: &Output,
    building: &Path,
    parts: &Parts,
    steps: &mut Steps<'_>,
    tables: impl FnOnce() -> Result<(&'t [Table], Vec<Table>), RunError>,
) -> Result<(), RunError> {
    let mut stale = Vec::new();
    for language in &plan.languages {
        for format in Format::ALL {
            match steps.check(&format.step(*language), parts.clone()) {
                Ok(_) => output.keep(&format.file(*language))?,
                Err(step) => stale.push((format, *language, step)),
            }
        }
    }
    if !stale.is_empty() {
        let (tables, of_workbook) = tables()?;
        let sheets = [tables, &of_workbook].concat();
        for (format, language, step) in stale {
            let tables = match format {
                Format::Workbook => &sheets[..],
                Format::Document => tables,
            };
            let collection = Collection { title: &plan.title, notice: &plan.notice, tables };
            let bytes = format.bytes(&collection, language)?;
            write(building, &format.file(language), &bytes)?;
            steps.did(step, digest(&bytes));
        }
    }
    for language in &plan.languages {
        for format in Format::ALL {
            let id = format.step(*language);
            steps.wrote(|step| step == id, building, &[format.file(*language)])?;
        }
    }
    Ok(())
}
