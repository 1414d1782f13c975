//! Why a file cannot be taken in: it cannot be read as declared, or a check stops the run.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use super::finding::{Finding, told};
use crate::read::Fault;
use crate::store::StoreError;

/// Why a source could not be taken in. No variant ever carries a respondent's value.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The file is absent, may not be opened, or is not the delimited text that the pipeline declares.
    #[error("{0}")]
    Unreadable(Box<Unreadable>),
    /// The file was read, and checks whose action is `stop` found something. Every such finding of the file is here,
    /// so that all can be mended at once.
    #[error("{}", refusal(findings))]
    Refused { findings: Vec<Finding> },
    /// The store could not be written.
    #[error("{0}")]
    Store(Box<StoreError>),
    /// The rejected rows could not be written.
    #[error("{}: the rejected rows cannot be written: {error}; check the folder and that you may write there", path.display())]
    Write { path: PathBuf, error: csv::Error },
}

fn refusal(findings: &[Finding]) -> String {
    told(findings).join("\n")
}

/// A source and its file, as messages name them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Origin {
    /// The source's id: `kartlegging@w1`.
    pub source: String,
    /// The file's name without its folder.
    pub file: String,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.source, self.file)
    }
}

/// A file that cannot be read: where, what was found, what was expected, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pub origin: Origin,
    /// Where in the file, in words: `line 12`; `None` where the whole file is meant.
    pub place: Option<String>,
    pub found: String,
    pub expected: String,
    /// What to do; may be empty.
    pub help: String,
}

impl Unreadable {
    pub(super) fn new(origin: &Origin, found: impl Into<String>, expected: &str) -> Box<Unreadable> {
        Box::new(Unreadable {
            origin: origin.clone(),
            place: None,
            found: found.into(),
            expected: expected.to_owned(),
            help: String::new(),
        })
    }

    /// A fault that the reader of the file found.
    pub(super) fn of(origin: &Origin, fault: Fault) -> Box<Unreadable> {
        let Fault { place, found, expected, help } = fault;
        Box::new(Unreadable { origin: origin.clone(), place, found, expected, help })
    }

    pub(super) fn help(mut self: Box<Self>, help: impl Into<String>) -> Box<Unreadable> {
        self.help = help.into();
        self
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.origin)?;
        if let Some(place) = &self.place {
            write!(f, " {place}")?;
        }
        write!(f, ": found {}; expected {}", self.found, self.expected)?;
        if !self.help.is_empty() {
            write!(f, "; {}", self.help)?;
        }
        Ok(())
    }
}

impl From<StoreError> for IntakeError {
    fn from(error: StoreError) -> IntakeError {
        IntakeError::Store(Box::new(error))
    }
}

impl From<Box<Unreadable>> for IntakeError {
    fn from(unreadable: Box<Unreadable>) -> IntakeError {
        IntakeError::Unreadable(unreadable)
    }
}
