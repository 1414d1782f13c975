//! Why a run cannot go on, and the exit code of each cause.

use std::fmt;
use std::path::PathBuf;

use super::output::OutputError;
use crate::cohort::CohortError;
use crate::intake::{self, Finding, IntakeError};
use crate::plan::Action;
use crate::question::Unanswered;
use crate::store::StoreError;
use crate::written::Mistake;

/// A cause that ends the program, with its documented exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit {
    pub code: u8,
    pub name: &'static str,
    pub about: &'static str,
}

/// All exit codes; README lists them and a test holds the list.
pub const EXITS: [Exit; 11] = [
    Exit { code: 0, name: "done", about: "The command did what it was asked." },
    Exit { code: 1, name: "differs", about: "`utfall compare` found numbers that are not as they were." },
    Exit { code: 2, name: "usage", about: "The command line is not one that utfall knows." },
    Exit { code: 3, name: "mistake", about: "A pipeline, dictionary or simulation file has a mistake." },
    Exit {
        code: 4,
        name: "unreadable",
        about: "A data file is absent, cannot be read, or is not what was declared.",
    },
    Exit { code: 5, name: "refused", about: "The data broke a check whose action is to stop." },
    Exit {
        code: 6,
        name: "analysis",
        about: "A question cannot be computed on these data, or its cohort has nobody.",
    },
    Exit { code: 7, name: "output", about: "The output cannot be written, or another run is writing it." },
    Exit { code: 8, name: "store", about: "The stored data cannot be read back." },
    Exit {
        code: 9,
        name: "contradicted",
        about: "With `--strict`: a published figure is contradicted by the computed one.",
    },
    Exit { code: 70, name: "internal", about: "A mistake in utfall itself; please report it." },
];

/// Work that cannot go on.
#[derive(Debug)]
pub enum RunError {
    Mistake(Mistake),
    /// What was asked for on the command line does not exist.
    Asked(String),
    /// Files of answers that cannot be read, or that no evaluation can be made of.
    Data(String),
    Intake(IntakeError),
    Cohort(CohortError),
    EmptyCohort {
        cohort: String,
        why: String,
    },
    /// A table's layout does not fit its analyses.
    Table {
        table: String,
        why: String,
    },
    /// A figure's kind does not fit its analyses.
    Figure {
        figure: String,
        why: String,
    },
    Output(OutputError),
    Store(StoreError),
    /// A file of an earlier run.
    Unreadable {
        path: PathBuf,
        why: String,
    },
    /// Two runs that were compared have numbers that differ.
    Differ(usize),
    /// Published figures that are contradicted, where that is to be an error; the output is written all the same.
    Contradicted {
        figures: Vec<String>,
        ledger: PathBuf,
    },
    Internal(String),
}

impl RunError {
    /// For failures of a library on input that this program made itself.
    pub fn internal(error: impl fmt::Display) -> RunError {
        RunError::Internal(error.to_string())
    }

    pub fn exit_code(&self) -> u8 {
        match self {
            RunError::Asked(_) => 2,
            RunError::Data(_) => 4,
            RunError::Mistake(_) | RunError::Table { .. } | RunError::Figure { .. } => 3,
            RunError::Intake(IntakeError::Refused { .. }) => 5,
            RunError::Intake(IntakeError::Write { .. } | IntakeError::Store(_)) => 7,
            RunError::Intake(_) => 4,
            RunError::Cohort(_) | RunError::EmptyCohort { .. } => 6,
            RunError::Output(_) => 7,
            RunError::Store(_) | RunError::Unreadable { .. } => 8,
            RunError::Differ(_) => 1,
            RunError::Contradicted { .. } => 9,
            RunError::Internal(_) => 70,
        }
    }
}

impl std::error::Error for RunError {}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Mistake(mistake) => write!(f, "{mistake}"),
            RunError::Asked(why) | RunError::Data(why) => write!(f, "error: {why}"),
            RunError::Intake(error) => {
                write!(f, "error: {error}")?;
                match error {
                    IntakeError::Refused { findings } => write!(f, "{}", advice(findings)),
                    _ => Ok(()),
                }
            }
            RunError::Cohort(error) => write!(f, "error: {error}"),
            RunError::EmptyCohort { cohort, why } => write!(
                f,
                "error: the cohort `{cohort}` has nobody: {why}\n  check the condition, the waves of its sources, and how many rows were rejected"
            ),
            RunError::Table { table, why } => {
                write!(f, "error: the table `{table}` cannot be laid out: {why}")
            }
            RunError::Figure { figure, why } => {
                write!(f, "error: the figure `{figure}` cannot be drawn: {why}")
            }
            RunError::Output(error) => write!(f, "error: {error}"),
            RunError::Store(error) => write!(f, "error: {error}"),
            RunError::Unreadable { path, why } => write!(
                f,
                "error: {}: the numbers cannot be read: {why}\n  run the evaluation again, or compare other runs",
                path.display()
            ),
            RunError::Differ(1) => write!(f, "1 number differs"),
            RunError::Differ(numbers) => write!(f, "{numbers} numbers differ"),
            RunError::Contradicted { figures, ledger } => write!(
                f,
                "error: {} of the published figures are contradicted by the computed ones: {}\n  {} has both with what was allowed; either the data or the definition are others than the publication's, or one of the two is wrong",
                figures.len(),
                figures.join(", "),
                ledger.display()
            ),
            RunError::Internal(why) => write!(
                f,
                "error: utfall itself has failed: {why}\n  this is a mistake in the program, not in your data; please report it. Earlier output is untouched."
            ),
        }
    }
}

/// What to do about findings that stop the run: mend the file; last, how to go on without.
fn advice(findings: &[Finding]) -> String {
    let mut ways: Vec<String> = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    for finding in findings {
        // Without the columns of the respondent and of the wave nothing else can follow.
        let essential = finding.check == "column_absent" && finding.item.is_none();
        let Some(check) =
            intake::check(finding.check).filter(|check| !essential && !told.contains(&check.id))
        else {
            continue;
        };
        told.push(check.id);
        let others = check.allowed_actions.iter().filter(|action| **action != Action::Stop);
        let others: Vec<String> =
            others.map(|action| format!("{} = \"{}\"", check.id, action.name())).collect();
        if !others.is_empty() {
            ways.push(others.join(" or "));
        }
    }
    let mut text = "\n  correct the file, or what the pipeline or the dictionary says about it".to_owned();
    if !ways.is_empty() {
        text += &format!("\n  to go on all the same: [intake] {} in the pipeline", ways.join(", "));
    }
    text
}

macro_rules! from {
    ($($error:ident => $cause:ident),+) => {
        $(impl From<$error> for RunError {
            fn from(error: $error) -> RunError {
                RunError::$cause(error)
            }
        })+
    };
}

from! {
    Mistake => Mistake,
    IntakeError => Intake,
    CohortError => Cohort,
    OutputError => Output,
    StoreError => Store
}

impl From<Unanswered> for RunError {
    fn from(error: Unanswered) -> RunError {
        RunError::internal(error)
    }
}
