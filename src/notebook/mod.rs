//! Notebooks that make every number of an evaluation again, in Python and in R, with those languages' own functions.
//!
//! Everything after the store is a function of counts, so what an analysis sees is its pattern table, and who has the pattern
//! tables can make every released number again. A notebook is made from the plan alone: it says what is asked, with which
//! formula and from which source, reads the pattern tables and the cleared estimates when it is executed, and stops where a
//! number differs. It holds no result and no answer. The functions that it uses are files of their own under `python/` and `r/`, to
//! be read and linted as such ([`parts`]); they stand before the first analysis that needs them, and [`sections`] writes the calls.
//! Its prose is English.

mod dialect;
mod format;
mod parts;
mod prose;
mod remade;
mod sections;
mod standalone;

pub use dialect::Dialect;
pub use format::{jupyter, r_markdown};
pub(crate) use parts::part;
pub use parts::{Part, Stage};
pub use prose::{Prose, described, english, names};
pub use remade::{DIRECT, NOT_REMADE};
pub use sections::{Writer, codes, event};
pub use standalone::{functions, lines, show};

use crate::estimate::{Kind, Statistic, Statistics};
use crate::evaluation::{Asked, Plan};
use crate::plan::Cohort;

/// Headings of pattern tables. An item's name has no parentheses, so none can be taken for one.
pub const GROUP: &str = "(group)";
pub const FREQUENCY: &str = "(frequency)";
pub const CLUSTER: &str = "(cluster)";
/// 1 for those who were followed up, 0 for the lost.
pub const FOLLOWED: &str = "(followed)";
/// Ends the name of the pattern table of what is weighted for loss.
pub const WEIGHTED: &str = "weighted";
/// What follows a column's name in the heading of its reasons.
pub const REASON: &str = " (reason)";

/// A part of a notebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Markdown.
    Prose(String),
    /// In the notebook's dialect.
    Code(String),
}

/// The name of the pattern table of an analysis, or of `what` within it: a comparison, a variable, a pair of variables.
pub fn pattern_table(analysis: &str, what: &str) -> String {
    match what {
        "" => analysis.to_owned(),
        // Not every file system takes a `>`.
        what => format!("{analysis}.{}", what.replace('>', "-")),
    }
}

/// What the name of the pattern table of a score's items ends with.
pub fn score_items(variable: &str) -> String {
    format!("{variable}.items")
}

/// What a question says of itself in a notebook.
pub trait Remade: Asked {
    /// The functions of its kind.
    fn stage(&self) -> &'static Stage;

    /// The stages whose functions it calls, in order.
    fn stages(&self) -> Vec<&'static Stage> {
        vec![self.stage()]
    }

    /// The statistics that are shown below its code: what a reader looks for first.
    fn looked_at(&self) -> Statistics;

    /// What it asks.
    fn prose<'q>(&'q self, cohort: &Cohort, prose: &mut Prose<'q>);

    /// The calls that make its numbers.
    fn code(&self, cohort: &Cohort, writer: &Writer<'_>) -> String;
}

/// What stands after all analyses: numbers that no question asks for, made of theirs.
#[derive(Debug)]
pub struct Section {
    pub stage: &'static Stage,
    pub prose: String,
    /// The calls that make its numbers; empty where there are none.
    pub code: String,
}

/// The notebook of a plan.
pub fn cells<Q: Remade + ?Sized>(plan: &Plan<Q>, after: &[Section], dialect: Dialect) -> Vec<Cell> {
    let mut cells = vec![Cell::Prose(prose::opening(plan, dialect)), Cell::Code(remade::constants(dialect))];
    for part in &parts::OPENING {
        cells.push(Cell::Prose(prose::part(part, &[])));
        cells.push(Cell::Code(part.code(dialect).to_owned()));
    }
    let mut told: Vec<Kind> = Vec::new();
    let mut last = None;
    for analysis in &plan.analyses {
        for needed in analysis.question.stages() {
            if !told.contains(&needed.kind) {
                stage(&mut cells, needed, dialect);
                told.push(needed.kind);
            }
        }
        let own = analysis.question.stage();
        if last.replace(own.kind) != Some(own.kind) {
            cells.push(Cell::Prose(format!("# Analyses: {}", own.title)));
        }
        cells.push(Cell::Prose(prose::section(plan, analysis)));
        cells.push(Cell::Code(sections::code(plan, analysis, dialect)));
    }
    for section in after.iter().filter(|section| !section.code.is_empty()) {
        stage(&mut cells, section.stage, dialect);
        cells.push(Cell::Prose(format!("# {}\n\n{}", section.stage.title, section.prose)));
        cells.push(Cell::Code(section.code.clone()));
    }
    cells.push(Cell::Prose(prose::closing()));
    cells.push(Cell::Code(dialect.closing().trim_end().to_owned()));
    cells
}

/// The functions of a stage, each part under its heading with the statistics that it makes.
fn stage(cells: &mut Vec<Cell>, stage: &Stage, dialect: Dialect) {
    cells.push(Cell::Prose(prose::stage(stage)));
    let mut made = (stage.statistics)();
    made.extend(stage.also.iter().copied().flatten());
    made.retain(|statistic| !NOT_REMADE.iter().any(|(names, _)| names.contains(statistic)));
    for part in stage.parts {
        let own: Vec<&Statistic> = made.extract_if(.., |statistic| part.makes(statistic.name)).collect();
        cells.push(Cell::Prose(prose::part(part, &own)));
        cells.push(Cell::Code(part.code(dialect).to_owned()));
    }
}
