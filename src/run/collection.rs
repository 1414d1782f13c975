//! The tables → one workbook and one document a language; the figures stand in the document.
//!
//! A file a language, named like the reports: the first language alone without its name would change what the file is with the
//! order of the languages.

use std::collections::BTreeMap;
use std::path::Path;

use super::desk::Desk;
use super::fingerprint::{Parts, digest, digest_of};
use super::output::{Output, write};
use super::published::Judgement;
use super::steps::Steps;
use super::{RunError, figures};
use crate::dictionary::Language;
use crate::document;
use crate::question::Plan;
use crate::table::Collection;
use crate::workbook;

/// A format in which all tables stand in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}

/// What a collection depends on. The tables' own outputs are rounded; a workbook holds full numbers, so that it depends on the
/// cleared estimates of what is shown as well, and the published figures beside the computed ones. A document holds the figures.
///
/// `tables`: the outputs of the tables, and the same with those of the published figures.
pub fn parts(
    plan: &Plan,
    format: Format,
    [tables, judged]: [&[String]; 2],
    figures: &[String],
    cleared: &BTreeMap<String, String>,
) -> Parts {
    let shown: BTreeMap<&String, &String> = cleared
        .iter()
        .filter(|(analysis, _)| plan.tables.iter().any(|table| table.from.contains(analysis)))
        .collect();
    let keys: Vec<&str> = plan.tables.iter().map(|table| table.id.as_str()).collect();
    let parts = Parts::of_program()
        .with("the tables", digest_of(&(if format == Format::Workbook { judged } else { tables }, keys)))
        .with("the cleared estimates of the tables", digest_of(&shown))
        .with("title and notice", digest_of(&(&plan.title, &plan.notice)));
    match format {
        Format::Workbook => parts,
        Format::Document => parts.with("the figures", digest_of(&(figures, &plan.figures))),
    }
}

/// Writes the workbooks and documents that are stale, and keeps the rest.
///
/// # Errors
/// [`RunError`] where a table cannot be made or a file cannot be written.
pub fn write_all(
    plan: &Plan,
    desk: &Desk<'_>,
    output: &Output,
    building: &Path,
    parts: impl Fn(Format) -> Parts,
    steps: &mut Steps<'_>,
) -> Result<(), RunError> {
    for format in Format::ALL {
        let parts = parts(format);
        for language in &plan.languages {
            let (id, file) = (format.step(*language), format.file(*language));
            match steps.check(&id, parts.clone()) {
                Ok(_) => output.keep(&file)?,
                Err(stale) => {
                    let (title, notice) = (&plan.title, &plan.notice);
                    let bytes = match format {
                        Format::Workbook => {
                            let sheets = desk.judgement().map(Judgement::sheets).unwrap_or_default();
                            let tables = &[desk.tables()?, &sheets].concat();
                            let collection = Collection { title, notice, tables };
                            workbook::xlsx(&collection, *language).map_err(RunError::internal)?
                        }
                        Format::Document => {
                            let collection = Collection { title, notice, tables: desk.tables()? };
                            let pictures = figures::pictures(desk.figures()?, building, *language)?;
                            document::docx(&collection, &pictures, *language).map_err(RunError::internal)?
                        }
                    };
                    write(building, &file, &bytes)?;
                    steps.did(stale, digest(&bytes));
                }
            }
            steps.wrote(|step| step == id, building, &[file])?;
        }
    }
    Ok(())
}
