//! The run as a graph: the one list of its steps. `run` walks it and does what is stale, `explain` reads off it why a step is stale,
//! `check` works out what the steps give without writing it, and `run.json` is the trace of a walk.
//!
//! ```text
//! store.<instrument> ─▶ followup. change. model. … ─▶ family. ─▶ disclosure ─▶ table.<id>  ─▶ workbook. document. report.<language>
//!                                                                          ─▶ figure.<id> ─▶ document. report.
//!                                                                          ─▶ published   ─▶ workbook. report.
//!                                                                          ─▶ codebook
//! the plan ─▶ notebooks
//! ```
//!
//! A step is named here and nowhere else, and what it is is told by its [`Work`], never by its id. An analysis that is made of the
//! estimates of other analyses is a step that needs theirs.

use std::collections::{BTreeMap, HashMap};

use super::RunError;
use super::answer::Answer;
use super::codebook::CodebookFiles;
use super::collection::{CollectionFile, Format};
use super::desk::{Desk, Value};
use super::figures::FigureFiles;
use super::fingerprint::{Parts, digest, digest_of};
use super::intake;
use super::notebooks::NotebookFiles;
use super::output;
use super::published::PublishedFiles;
use super::release::Clearing;
use super::report::ReportFile;
use super::tables::TableFiles;
use super::trace::Trace;
use crate::published::Ledger;
use crate::question::Plan;

pub const DISCLOSURE: &str = "disclosure";
pub const CODEBOOK: &str = "codebook";
pub const PUBLISHED: &str = "published";
pub const NOTEBOOKS: &str = "notebooks";

/// The step that makes the store of an instrument.
pub fn store(instrument: &str) -> String {
    format!("store.{instrument}")
}

/// The step that lays out a table, by the table's id.
pub fn table(id: &str) -> String {
    format!("table.{id}")
}

/// The step that draws a figure, by the figure's id.
pub fn figure(id: &str) -> String {
    format!("figure.{id}")
}

/// What a step does. One file of `run` a kind of step has all of it. Errors are of work that cannot go on.
pub trait Work<'p>: Send + Sync {
    /// What it depends on, of a run that has come as far as `trace`.
    fn parts(&self, trace: &Trace<'p>) -> Parts;

    /// What it gives to the steps that need it, in memory; nothing where files are all that it gives.
    fn value(&self, _desk: &Desk<'p>) -> Result<Value<'p>, RunError> {
        Ok(Value::Nothing)
    }

    /// The value of a step that is kept, where its files have it; otherwise it is worked out once more when something needs it.
    fn kept(&self, _desk: &Desk<'p>) -> Result<Option<Value<'p>>, RunError> {
        Ok(None)
    }

    /// Writes its files; its own value has been worked out.
    fn make(&self, desk: &Desk<'p>) -> Result<Made, RunError>;

    /// Enters into the record of the run what `value` tells of it, beside the step's own line.
    fn tell(&self, _value: &Value<'p>, _trace: &mut Trace<'p>) {}

    /// What it is done together with.
    fn together(&self) -> Together {
        Together::Freely
    }

    /// The file that holds what several steps give, in their order; it is written when all of them are done.
    fn shares(&self) -> Option<&'static str> {
        None
    }
}

/// Which steps are done at the same time, of those that wait for nothing any more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Together {
    /// One store: it takes as many threads and as much memory as it may have.
    Instrument(String),
    /// All analyses that are counted over a cohort: it is linked and tallied once for them.
    Cohort(usize),
    Freely,
}

/// What a step has written.
#[derive(Debug, Default)]
pub struct Made {
    /// The digest of what it gives: where it is as it was, nothing after the step is stale for it.
    pub output: String,
    /// Its files below the evaluation's folder → digest.
    pub files: BTreeMap<String, String>,
}

impl Made {
    /// Writes a file, on which the output depends.
    ///
    /// # Errors
    /// [`RunError::Output`] where it cannot be written.
    pub fn write(&mut self, desk: &Desk<'_>, file: &str, bytes: impl AsRef<[u8]>) -> Result<(), RunError> {
        output::write(&desk.building, file, &bytes)?;
        self.files.insert(file.to_owned(), digest(bytes.as_ref()));
        Ok(())
    }

    /// A step that gives nothing but its files.
    pub fn of_files(self) -> Made {
        Made { output: digest_of(&self.files), ..self }
    }
}

/// A step of a run.
pub struct Step<'p> {
    pub id: String,
    /// The places of the steps that it is made from; what these need in turn is not among them.
    pub needs: Vec<usize>,
    pub work: Box<dyn Work<'p> + 'p>,
    /// The longest way to it from a step that needs none.
    depth: usize,
}

/// All steps of an evaluation; each stands after those that it needs.
pub struct Graph<'p> {
    pub steps: Vec<Step<'p>>,
    places: HashMap<String, usize>,
}

impl<'p> Graph<'p> {
    /// The steps of a plan, with its ledger of published figures where it has one.
    ///
    /// # Errors
    /// [`RunError::Intake`] where a file of forms is absent.
    pub fn of(plan: &'p Plan, ledger: Option<&'p Ledger>) -> Result<Graph<'p>, RunError> {
        let mut graph = Graph { steps: Vec::new(), places: HashMap::new() };
        for files in intake::locate(plan)? {
            graph.add(store(&files.instrument.id), &[], files)?;
        }
        for analysis in &plan.analyses {
            let answer = Answer(analysis);
            graph.add(analysis.id.clone(), &answer.needs(plan), answer)?;
        }
        let analyses: Vec<String> = plan.analyses.iter().map(|analysis| analysis.id.clone()).collect();
        graph.add(DISCLOSURE.to_owned(), &analyses, Clearing)?;
        let cleared = [DISCLOSURE.to_owned()];
        let mut tables = cleared.to_vec();
        for spec in &plan.tables {
            tables.push(graph.add(table(&spec.id), &cleared, TableFiles(spec))?);
        }
        let mut figures = Vec::new();
        for spec in &plan.figures {
            figures.push(graph.add(figure(&spec.id), &cleared, FigureFiles(spec))?);
        }
        graph.add(CODEBOOK.to_owned(), &cleared, CodebookFiles)?;
        let mut published = Vec::new();
        if let Some(ledger) = ledger {
            published.push(graph.add(PUBLISHED.to_owned(), &cleared, PublishedFiles(ledger))?);
        }
        for format in Format::ALL {
            let (kind, others) = match format {
                Format::Workbook => ("workbook", &published),
                Format::Document => ("document", &figures),
            };
            let needs = [&tables[..], others].concat();
            for language in &plan.languages {
                let file = CollectionFile { format, language: *language };
                graph.add(format!("{kind}.{language}"), &needs, file)?;
            }
        }
        let needs = [tables, figures, published].concat();
        for language in &plan.languages {
            graph.add(format!("report.{language}"), &needs, ReportFile(*language))?;
        }
        graph.add(NOTEBOOKS.to_owned(), &[], NotebookFiles)?;
        Ok(graph)
    }

    fn add(&mut self, id: String, needs: &[String], work: impl Work<'p> + 'p) -> Result<String, RunError> {
        let needs = needs.iter().map(|need| self.place(need)).collect::<Result<Vec<_>, _>>()?;
        let depth = needs.iter().map(|need| self.steps[*need].depth + 1).max().unwrap_or_default();
        self.places.insert(id.clone(), self.steps.len());
        self.steps.push(Step { id: id.clone(), needs, work: Box::new(work), depth });
        Ok(id)
    }

    /// Where a step stands in the list.
    ///
    /// # Errors
    /// [`RunError::Internal`] where it is not in it, or not yet.
    pub fn place(&self, id: &str) -> Result<usize, RunError> {
        let found = self.places.get(id).copied();
        found.ok_or_else(|| {
            RunError::Internal(format!("the step `{id}` is needed and not in the list before"))
        })
    }

    /// The places of the steps, those first that need none, then those that need only these, and so on.
    pub fn levels(&self) -> Vec<Vec<usize>> {
        let depth = self.steps.iter().map(|step| step.depth + 1).max().unwrap_or_default();
        let mut levels = vec![Vec::new(); depth];
        for (place, step) in self.steps.iter().enumerate() {
            levels[step.depth].push(place);
        }
        levels
    }

    /// `places` in groups that are done together, in this order.
    pub fn groups<'a>(&self, places: impl IntoIterator<Item = &'a usize>) -> BTreeMap<Together, Vec<usize>> {
        let mut groups: BTreeMap<Together, Vec<usize>> = BTreeMap::new();
        for place in places {
            groups.entry(self.steps[*place].work.together()).or_default().push(*place);
        }
        groups
    }
}
