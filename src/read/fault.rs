//! Why a file cannot be read: where, what was found, what was expected, what to do. Never a cell's value.

use std::fmt;
use std::io;

/// Why a file cannot be read on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where in the file, in words: `line 12`, `sheet Data, cell C7`, `row 4, variable q1`; `None` for the whole file.
    pub place: Option<String>,
    pub found: String,
    pub expected: String,
    /// What to do; may be empty.
    pub help: String,
}

impl Fault {
    pub fn new(found: impl Into<String>, expected: impl Into<String>) -> Fault {
        Fault { place: None, found: found.into(), expected: expected.into(), help: String::new() }
    }

    /// A file that the system does not give.
    pub fn io(error: &io::Error) -> Fault {
        Fault::new(error.to_string(), "a file that can be read")
            .help("check the path, and that you have permission to read the file")
    }

    pub fn at(mut self, place: impl Into<String>) -> Fault {
        self.place = Some(place.into());
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Fault {
        self.help = help.into();
        self
    }
}

impl std::error::Error for Fault {}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "found {}; expected {}", self.found, self.expected)?;
        match self.help.is_empty() {
            true => Ok(()),
            false => write!(f, "; {}", self.help),
        }
    }
}
