//! The steps of the workbooks and documents: all tables in one file a language; the figures stand in the document.
//!
//! A file a language, named like the reports: the first language alone without its name would change what the file is with the
//! order of the languages.

use std::collections::BTreeMap;

use super::desk::Desk;
use super::fingerprint::{Parts, digest_of};
use super::graph::{self, Made, PUBLISHED, Work};
use super::published::Judgement;
use super::trace::Trace;
use super::{RunError, figures};
use crate::dictionary::Language;
use crate::document;
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
}

/// Binds all tables in one file.
pub struct CollectionFile {
    pub format: Format,
    pub language: Language,
}

/// The outputs of the tables, and of the published figures beside the computed ones where they are `judged`.
pub fn outputs<'t>(trace: &'t Trace<'_>, judged: bool) -> Vec<&'t str> {
    let tables = trace.plan.tables.iter().map(|spec| trace.output(&graph::table(&spec.id)));
    let published = trace.plan.published.iter().filter(|_| judged).map(|_| trace.output(PUBLISHED));
    tables.chain(published).collect()
}

/// The part that tells the figures.
pub fn with_figures(parts: Parts, trace: &Trace<'_>) -> Parts {
    let figures = &trace.plan.figures;
    let outputs: Vec<&str> = figures.iter().map(|spec| trace.output(&graph::figure(&spec.id))).collect();
    parts.with("the figures", digest_of(&(outputs, figures)))
}

impl<'p> Work<'p> for CollectionFile {
    /// The tables' own outputs are rounded; a workbook holds full numbers, so that it depends on the cleared estimates of what is
    /// shown as well.
    fn parts(&self, trace: &Trace<'p>) -> Parts {
        let plan = trace.plan;
        let shown: BTreeMap<&String, &String> = trace
            .record
            .cleared
            .iter()
            .filter(|(analysis, _)| plan.tables.iter().any(|table| table.from.contains(analysis)))
            .collect();
        let keys: Vec<&str> = plan.tables.iter().map(|table| table.id.as_str()).collect();
        let parts = Parts::of_pages()
            .with("the tables", digest_of(&(outputs(trace, self.format == Format::Workbook), keys)))
            .with("the cleared estimates of the tables", digest_of(&shown))
            .with("title and notice", digest_of(&(&plan.title, &plan.notice)));
        match self.format {
            Format::Workbook => parts,
            Format::Document => with_figures(parts, trace),
        }
    }

    fn make(&self, desk: &Desk<'p>) -> Result<Made, RunError> {
        let (title, notice, language) = (&desk.plan.title, &desk.plan.notice, self.language);
        let tables = desk.plan.tables.iter().map(|spec| desk.table(&spec.id).cloned());
        let mut tables = tables.collect::<Result<Vec<_>, _>>()?;
        let mut made = Made::default();
        match self.format {
            Format::Workbook => {
                tables.extend(desk.judgement()?.map(Judgement::sheets).unwrap_or_default());
                let collection = Collection { title, notice, tables: &tables };
                let bytes = workbook::xlsx(&collection, language).map_err(RunError::internal)?;
                made.write(desk, &format!("release/tables.{language}.xlsx"), bytes)?;
            }
            Format::Document => {
                let figures = desk.figures()?;
                let pictures = figures.iter().map(|figure| figures::picture(desk, figure, language));
                let pictures = pictures.collect::<Result<Vec<_>, _>>()?;
                let collection = Collection { title, notice, tables: &tables };
                let bytes = document::docx(&collection, &pictures, language).map_err(RunError::internal)?;
                made.write(desk, &format!("release/tables.{language}.docx"), bytes)?;
            }
        }
        Ok(made.of_files())
    }
}
