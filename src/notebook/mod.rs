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
pub use remade::{DIRECT, NOT_REMADE};
pub use standalone::{functions, lines, show};

use crate::estimate::{Kind, Statistic};
use crate::plan::{Plan, Question};

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

/// The notebook of a plan. `statistics` gives those that the program knows of a stage.
pub fn cells(
    plan: &Plan,
    dialect: Dialect,
    statistics: &dyn Fn(Kind) -> Vec<&'static Statistic>,
) -> Vec<Cell> {
    let mut cells = vec![Cell::Prose(prose::opening(plan, dialect)), Cell::Code(remade::constants(dialect))];
    for part in &parts::OPENING {
        cells.push(Cell::Prose(prose::part(part, &[])));
        cells.push(Cell::Code(part.code(dialect).to_owned()));
    }
    let mut told: Vec<Kind> = Vec::new();
    let mut last = None;
    for analysis in &plan.analyses {
        for kind in needs(&analysis.question) {
            if !told.contains(&kind) {
                stage(&mut cells, kind, dialect, made(kind, statistics));
                told.push(kind);
            }
        }
        let own = kind(&analysis.question);
        if last.replace(own) != Some(own) {
            cells.push(Cell::Prose(format!("# Analyses: {}", prose::title(own))));
        }
        cells.push(Cell::Prose(prose::section(plan, analysis)));
        cells.push(Cell::Code(sections::code(plan, analysis, dialect)));
    }
    cells.push(Cell::Prose(prose::closing()));
    cells.push(Cell::Code(dialect.closing().trim_end().to_owned()));
    cells
}

/// The functions of a stage, each part under its heading with the statistics that it makes.
fn stage(cells: &mut Vec<Cell>, kind: Kind, dialect: Dialect, mut made: Vec<&'static Statistic>) {
    cells.push(Cell::Prose(prose::stage(kind)));
    for part in parts::parts(kind) {
        let own: Vec<&Statistic> = made.extract_if(.., |statistic| part.makes(statistic.name)).collect();
        cells.push(Cell::Prose(prose::part(part, &own)));
        cells.push(Cell::Code(part.code(dialect).to_owned()));
    }
}

/// The statistics that the functions of a stage make.
fn made(kind: Kind, statistics: &dyn Fn(Kind) -> Vec<&'static Statistic>) -> Vec<&'static Statistic> {
    let mut made = statistics(kind);
    if kind == Kind::Attrition {
        // What is weighted for loss is made by its functions as well.
        let others = [Kind::Change, Kind::Model].into_iter().flat_map(statistics);
        made.extend(others.filter(|statistic| statistic.name.starts_with("weighted_")));
    }
    made.retain(|statistic| !NOT_REMADE.iter().any(|(names, _)| names.contains(statistic)));
    made
}

/// The stages whose functions an analysis calls.
fn needs(question: &Question) -> Vec<Kind> {
    match question {
        // A response model is a logistic regression.
        Question::Attrition(_) => vec![Kind::Model, Kind::Attrition],
        // A wave of a trajectory is described, and its flow is the table of a change.
        Question::Trajectory(trajectory) => {
            let flow = trajectory.flow.then_some(Kind::Change);
            [Some(Kind::Describe), flow, Some(Kind::Trajectory)].into_iter().flatten().collect()
        }
        Question::Change(change) if change.weights.is_some() => {
            vec![Kind::Model, Kind::Attrition, Kind::Change]
        }
        Question::Model(model) => [
            Some(Kind::Model),
            model.weights.as_ref().map(|_| Kind::Attrition),
            model.prediction_folds.map(|_| Kind::Prediction),
        ]
        .into_iter()
        .flatten()
        .collect(),
        other => vec![kind(other)],
    }
}

/// The stage of an analysis.
fn kind(question: &Question) -> Kind {
    match question {
        Question::Followup => Kind::Followup,
        Question::Attrition(_) => Kind::Attrition,
        Question::Describe(_) => Kind::Describe,
        Question::Trajectory(_) => Kind::Trajectory,
        Question::Change(_) => Kind::Change,
        Question::Family(_) => Kind::Family,
        Question::Agreement(_) => Kind::Agreement,
        Question::Goals(_) => Kind::Goals,
        Question::Model(_) => Kind::Model,
    }
}
