//! Records: taken from a file as a block, decoded into a batch of typed cells.

use std::fmt;

use super::Fault;

/// What stands in a cell, as the file types it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing: an empty cell, a null, SPSS's system-missing, Stata's `.`
    Empty,
    Text(&'a str),
    /// Also a truth value (0, 1).
    Number(f64),
    /// Days since 1970-01-01.
    Date(i32),
    /// Seconds since 1970-01-01 00:00, without a time zone.
    Moment(i64),
    /// Seconds: a time of the day, or a span.
    Time(i64),
    /// A value that the file declares to be a missing answer.
    Declared(f64),
    DeclaredText(&'a str),
    /// Stata's `.a` to `.z`.
    Tag(char),
    Fault(CellFault),
}

/// Why a cell that is not empty has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CellFault {
    /// A spreadsheet's error, such as #DIV/0!
    Error,
    /// A formula that was written by a program and never calculated.
    NeverCalculated,
    /// A day that never was, such as 29 February 1900.
    NoSuchDay,
    /// Bytes that are no letters in the file's encoding.
    Letters,
}

/// A cell with its text in it.
#[derive(Debug, Clone, PartialEq)]
pub enum OwnedCell {
    Empty,
    Text(Box<str>),
    Number(f64),
    Date(i32),
    Moment(i64),
    Time(i64),
    /// A number, date or time that the file declares to be a missing answer, as the number that stands in the file.
    Declared(f64),
    /// Stata's `.a` to `.z`, in a column of dates or times.
    Tag(char),
    Fault(CellFault),
}

impl OwnedCell {
    pub fn cell(&self) -> Cell<'_> {
        match self {
            OwnedCell::Empty => Cell::Empty,
            OwnedCell::Text(text) => Cell::Text(text),
            OwnedCell::Number(number) => Cell::Number(*number),
            OwnedCell::Date(days) => Cell::Date(*days),
            OwnedCell::Moment(seconds) => Cell::Moment(*seconds),
            OwnedCell::Time(seconds) => Cell::Time(*seconds),
            OwnedCell::Declared(number) => Cell::Declared(*number),
            OwnedCell::Tag(letter) => Cell::Tag(*letter),
            OwnedCell::Fault(fault) => Cell::Fault(*fault),
        }
    }
}

/// The cells of a column in a batch, one a record.
#[derive(Debug, Clone)]
pub enum Cells {
    /// NaN is empty. `declared` is empty where no cell of the batch is declared missing; else one mark a cell.
    Numbers {
        values: Vec<f64>,
        declared: Vec<bool>,
    },
    /// Numbers with Stata's tags: 0 for a value or an empty cell (NaN), else the letter.
    Tagged {
        values: Vec<f64>,
        tags: Vec<u8>,
    },
    /// Texts behind each other; `ends[i]` is where the i-th ends. An empty text is an empty cell. `marks` is empty where
    /// all are plain; else one a cell.
    Texts {
        text: String,
        ends: Vec<u32>,
        marks: Vec<TextMark>,
    },
    /// `None` is empty.
    Dates(Vec<Option<i32>>),
    Moments(Vec<Option<i64>>),
    Times(Vec<Option<i64>>),
    Mixed(Vec<OwnedCell>),
}

/// What there is to say of a text cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextMark {
    Plain,
    /// Declared a missing answer by the file.
    Declared,
    /// Bytes that are no letters in the file's encoding.
    Letters,
}

impl Cells {
    pub fn len(&self) -> usize {
        match self {
            Cells::Numbers { values, .. } | Cells::Tagged { values, .. } => values.len(),
            Cells::Texts { ends, .. } => ends.len(),
            Cells::Dates(days) => days.len(),
            Cells::Moments(seconds) | Cells::Times(seconds) => seconds.len(),
            Cells::Mixed(cells) => cells.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn cell(&self, row: usize) -> Cell<'_> {
        match self {
            Cells::Numbers { values, .. } if values[row].is_nan() => Cell::Empty,
            Cells::Numbers { values, declared } => match declared.get(row) {
                Some(true) => Cell::Declared(values[row]),
                _ => Cell::Number(values[row]),
            },
            Cells::Tagged { values, tags } => match (tags[row], values[row]) {
                (0, value) if value.is_nan() => Cell::Empty,
                (0, value) => Cell::Number(value),
                (tag, _) => Cell::Tag(char::from(tag)),
            },
            Cells::Texts { text, ends, marks } => {
                let start = if row == 0 { 0 } else { ends[row - 1] as usize };
                let text = &text[start..ends[row] as usize];
                match marks.get(row) {
                    Some(TextMark::Letters) => Cell::Fault(CellFault::Letters),
                    _ if text.is_empty() => Cell::Empty,
                    Some(TextMark::Declared) => Cell::DeclaredText(text),
                    _ => Cell::Text(text),
                }
            }
            Cells::Dates(days) => days[row].map_or(Cell::Empty, Cell::Date),
            Cells::Moments(seconds) => seconds[row].map_or(Cell::Empty, Cell::Moment),
            Cells::Times(seconds) => seconds[row].map_or(Cell::Empty, Cell::Time),
            Cells::Mixed(cells) => cells[row].cell(),
        }
    }
}

/// Records of a file, decoded.
pub trait Batch: Send + Sync {
    /// Records.
    fn len(&self) -> usize;

    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The record's number in the file as its user counts: the line of a text, the row of a sheet, the case, from 1.
    fn row(&self, record: usize) -> u64;

    /// The last line of the record, where that is another.
    fn last_row(&self, record: usize) -> u64 {
        self.row(record)
    }

    /// What stands in a column of a record; nothing where the record is too short.
    fn cell(&self, record: usize, column: usize) -> Cell<'_>;

    /// How many fields the record has, where that may differ from the number of columns.
    fn fields(&self, _record: usize) -> Option<usize> {
        None
    }

    /// Whether a quoted field goes on after its closing mark, so that its end is a guess.
    fn stray_quote(&self, _record: usize) -> bool {
        false
    }

    /// The record as it stood in the file, or as text with its cells separated by `;`. For `rejected.csv` alone.
    fn raw(&self, record: usize) -> String;
}

/// A batch whose cells are kept by column.
#[derive(Debug, Clone)]
pub struct ColumnBatch {
    /// One a record.
    pub rows: Vec<u64>,
    /// One a column of the table.
    pub columns: Vec<Cells>,
}

impl Batch for ColumnBatch {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn row(&self, record: usize) -> u64 {
        self.rows[record]
    }

    fn cell(&self, record: usize, column: usize) -> Cell<'_> {
        self.columns[column].cell(record)
    }

    fn raw(&self, record: usize) -> String {
        let cells = self.columns.iter().map(|cells| raw(cells.cell(record)));
        cells.collect::<Vec<_>>().join(";")
    }
}

/// Whole numbers below are exact in a double.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A cell as text, for what is compared or kept as it is written: without the blanks around it, numbers without needless signs, days as
/// ISO 8601; nothing of a fault.
pub fn shown(cell: Cell<'_>) -> String {
    match cell {
        Cell::Empty | Cell::Fault(_) => String::new(),
        Cell::Text(text) | Cell::DeclaredText(text) => text.trim().to_owned(),
        // Ids often are whole numbers, which are written faster as such.
        Cell::Number(number) | Cell::Declared(number) if number.fract() == 0.0 && number.abs() < EXACT => {
            (number as i64).to_string()
        }
        Cell::Number(number) | Cell::Declared(number) => number.to_string(),
        Cell::Date(days) => day(i64::from(days)),
        Cell::Moment(seconds) => {
            format!("{} {}", day(seconds.div_euclid(86_400)), clock(seconds.rem_euclid(86_400)))
        }
        Cell::Time(seconds) => clock(seconds),
        Cell::Tag(letter) => format!(".{letter}"),
    }
}

/// A cell as it stands in a record of cells separated by `;`.
pub(super) fn raw(cell: Cell<'_>) -> String {
    match cell {
        Cell::Text(text) | Cell::DeclaredText(text) => match text.contains([';', '"', '\n', '\r']) {
            true => format!("\"{}\"", text.replace('"', "\"\"")),
            false => text.to_owned(),
        },
        Cell::Fault(fault) => format!("#{fault:?}"),
        cell => shown(cell),
    }
}

/// A day as ISO 8601 writes it.
fn day(days: i64) -> String {
    let date = i32::try_from(days).ok().and_then(chrono::NaiveDate::from_epoch_days);
    date.map_or_else(String::new, |date| date.format("%Y-%m-%d").to_string())
}

/// Seconds as hours, minutes and seconds.
fn clock(seconds: i64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Turns what was taken from the file into records, on any thread.
pub type Decode = Box<dyn FnOnce() -> Result<Box<dyn Batch>, Fault> + Send>;

/// Records that have been taken from a file and are yet to be decoded.
pub struct Block(Decode);

impl Block {
    pub fn new(decode: impl FnOnce() -> Result<Box<dyn Batch>, Fault> + Send + 'static) -> Block {
        Block(Box::new(decode))
    }

    /// Records that are decoded already.
    pub fn of(batch: impl Batch + 'static) -> Block {
        Block::new(move || Ok(Box::new(batch)))
    }

    /// # Errors
    /// A [`Fault`] where the records are not what the file says.
    pub fn decode(self) -> Result<Box<dyn Batch>, Fault> {
        (self.0)()
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Block")
    }
}
