//! Readers: files of other programs → columns and records with typed cells. They know no dictionary, no pipeline and no check.
//!
//! Every format is one file here and one line in [`FORMATS`]. A [`Table`] gives its columns with what the file says about them (labels, value
//! labels, missing codes), then one [`Block`] of records after the other. Memory is bounded by a block, whatever the size of the file. Blocks
//! are taken from the file in order, and each is decoded into a [`Batch`] on any thread.
//!
//! A cell holds what is in the file, with the file's own type. A missing cell says how it is missing: empty, a tag of Stata's, a code that
//! the file declares missing, or a fault such as a spreadsheet's error. Nothing is guessed, and no [`Fault`] ever holds a cell's value.

mod batch;
mod fault;
mod options;
mod parquet;
mod sheet;
mod spss;
mod stata;
mod text;

use std::fs::File;
use std::io::Read;
use std::path::Path;

pub use batch::{Batch, Block, Cell, CellFault, Cells, ColumnBatch, Decode, OwnedCell, TextMark, shown};
pub use fault::Fault;
pub use options::{Encoding, Options};

/// A file that is being read.
pub trait Table: Send {
    /// In the file's order.
    fn columns(&self) -> &[Column];

    /// How many records the file says that it has. Held against what came, at the end.
    fn rows_declared(&self) -> Option<u64> {
        None
    }

    /// About how many records there are, to make room for them; `None` where that cannot be told.
    fn estimated_rows(&self) -> Option<u64> {
        self.rows_declared()
    }

    /// The next records; `None` at the end of the file.
    ///
    /// # Errors
    /// A [`Fault`] where the file is damaged, or not what it says.
    fn next_block(&mut self) -> Result<Option<Block>, Fault>;

    /// What the reader had to decide for itself, such as a code page that the file does not declare. Complete once
    /// [`Table::next_block`] has given `None`.
    fn remarks(&self) -> Vec<String> {
        Vec::new()
    }
}

/// A column, with what its file says of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub name: String,
    /// The question, as the file words it.
    pub label: Option<String>,
    pub kind: ColumnKind,
    /// Value labels, in the file's order.
    pub labels: Vec<(Code, String)>,
    /// What the file declares to be a missing answer.
    pub missing: Missing,
    pub measure: Option<Measure>,
}

impl Column {
    /// A column of which the file gives only the name.
    pub fn named(name: impl Into<String>, kind: ColumnKind) -> Column {
        Column {
            name: name.into(),
            label: None,
            kind,
            labels: Vec::new(),
            missing: Missing::default(),
            measure: None,
        }
    }
}

/// The type that a file gives a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Number,
    Text,
    /// A day.
    Date,
    /// A day with its time.
    Moment,
    /// A time of the day, or a span of time.
    Time,
    /// Each cell has a type of its own, or none: spreadsheets and delimited text.
    Mixed,
}

/// The level of measurement that SPSS keeps with a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    Nominal,
    Ordinal,
    Scale,
}

/// A value that a file labels or declares missing.
#[derive(Debug, Clone, PartialEq)]
pub enum Code {
    Number(f64),
    /// `a` for Stata's `.a`.
    Tag(char),
    Text(String),
}

/// The codes and ranges that a file declares to be missing answers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Missing {
    pub values: Vec<Code>,
    /// Both ends included; −∞ and ∞ for SPSS's LO and HI.
    pub ranges: Vec<(f64, f64)>,
}

impl Missing {
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.ranges.is_empty()
    }

    /// Whether a number is declared missing.
    pub fn holds(&self, number: f64) -> bool {
        self.values.contains(&Code::Number(number))
            || self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&number))
    }
}

/// A format of files: how it is known, and how it is opened.
#[derive(Debug)]
pub struct Format {
    /// As users know it: `SPSS (.sav, .zsav)`.
    pub name: &'static str,
    /// Endings of file names, without the point, in lower case.
    pub endings: &'static [&'static str],
    /// Whether a file that begins so (its first 512 bytes, or all of it) is one.
    pub recognises: fn(&[u8]) -> bool,
    /// Opens it and reads what stands before the records.
    pub open: Open,
}

/// Opens a file of a format.
pub type Open = fn(&Path, &Options) -> Result<Box<dyn Table>, Fault>;

/// Every format, in the order in which they are asked; text recognises whatever no other does.
pub const FORMATS: &[&Format] =
    &[&parquet::FORMAT, &sheet::FORMAT, &spss::FORMAT, &stata::FORMAT, &text::FORMAT];

/// The format of a file, told by its first bytes and not by its name.
///
/// # Errors
/// A [`Fault`] where the file cannot be read.
pub fn format_of(path: &Path) -> Result<&'static Format, Fault> {
    let mut head = Vec::with_capacity(512);
    File::open(path)
        .and_then(|file| file.take(512).read_to_end(&mut head))
        .map_err(|error| Fault::io(&error))?;
    let known = FORMATS.iter().copied().find(|format| (format.recognises)(&head));
    known.ok_or_else(|| Fault::new("a file of no format that is known here", "a table"))
}

/// Opens a file of any format.
///
/// # Errors
/// A [`Fault`] where it cannot be read, or is of no known format.
pub fn open(path: &Path, options: &Options) -> Result<Box<dyn Table>, Fault> {
    (format_of(path)?.open)(path, options)
}
