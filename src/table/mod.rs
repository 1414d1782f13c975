//! Tables: cleared estimates laid out for a reader, the same [`Table`] in every format.
//!
//! A [`layout`] says which estimates stand where; [`number`] rounds and writes them in a language's form, which happens
//! nowhere else; [`render`] writes CSV, Markdown and HTML; [`words`] holds the words in three languages.

// Numbers are worked out by the stages; what is calculated here says why.
#![cfg_attr(not(test), deny(clippy::float_arithmetic))]

mod cell;
mod collection;
pub mod doubt;
mod extent;
pub mod labels;
pub mod layout;
pub mod mark;
pub mod number;
mod remark;
pub mod render;
mod withheld;
pub mod words;

pub use cell::{Amount, Cell, Content, Format, Ids};
pub use collection::Collection;
pub use extent::Extent;
pub use labels::Labels;
pub use layout::{AnalysisView, Body, Input, LAYOUTS, Layout, LayoutError, TableSpec, build};
pub use remark::{About, Remark};
pub use withheld::{What, Withheld};

use crate::dictionary::{Language, Text};

/// A table, independent of language and format.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The key in the pipeline, and the file's name: `T4_23`.
    pub id: String,
    /// The number that readers know it by, such as `4.23`; may be empty.
    pub number: String,
    pub title: Text,
    /// The author's remark; may be empty.
    pub note: Text,
    /// Headings of the columns that name the rows; each row has as many [`Row::heads`].
    pub stub: Vec<Text>,
    pub columns: Vec<Column>,
    /// Columns that do not stand in it, or not with their intervals, because nothing of these may be shown.
    pub withheld: Vec<Withheld>,
    pub rows: Vec<Row>,
    /// How many rest on what, method and conditions, each a sentence below the table.
    pub notes: Vec<Text>,
    /// Why some of its numbers are not to be trusted, each a sentence below the table with a mark, which stands at those numbers too
    /// ([`Cell::notes`]).
    pub reservations: Vec<Text>,
}

/// A column of numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// A heading over several columns in a row; empty for none.
    pub group: Text,
    pub label: Text,
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub kind: RowKind,
    /// One for each heading of the stub; a [`RowKind::Section`] has one.
    pub heads: Vec<Text>,
    /// One for each column; none in a [`RowKind::Section`].
    pub cells: Vec<Cell>,
}

/// What a row is to the rows around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    Plain,
    /// A heading over the rows that follow.
    Section,
    /// One of the rows below a section heading.
    Inner,
    /// A total, or a property of the whole: set apart from what is above.
    Foot,
}

impl Column {
    pub fn new(label: Text) -> Column {
        Column { group: Text::default(), label }
    }

    pub fn under(group: &Text, label: Text) -> Column {
        Column { group: group.clone(), label }
    }
}

impl Row {
    pub fn section(head: Text) -> Row {
        Row { kind: RowKind::Section, heads: vec![head], cells: Vec::new() }
    }

    pub fn new(kind: RowKind, heads: Vec<Text>, cells: Vec<Cell>) -> Row {
        Row { kind, heads, cells }
    }
}

/// Letters beyond which what stands in a cell is read as a sentence, whatever numbers are in it.
const LONG: usize = 40;

impl Table {
    /// Which columns are of words rather than of numbers: remarks, quotations, the names of tests. They are read from the left.
    pub fn prose(&self, language: Language) -> Vec<bool> {
        let is_said = |cell: &Cell| match &cell.content {
            Content::Text(text) => {
                let said = text.get(language);
                said.chars().count() > LONG || !said.contains(|letter: char| letter.is_ascii_digit())
            }
            _ => false,
        };
        let is_number =
            |cell: &Cell| matches!(cell.content, Content::Number { .. } | Content::Interval { .. });
        let cells = |place: usize| self.rows.iter().filter_map(move |row| row.cells.get(place));
        let is_prose = |place: usize| cells(place).any(is_said) && !cells(place).any(is_number);
        (0..self.columns.len()).map(is_prose).collect()
    }

    /// The symbols that stand in the table instead of numbers, in the order in which they are explained.
    pub fn symbols(&self) -> Vec<Content> {
        let stands =
            |symbol: &Content| self.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.has(symbol));
        Content::SYMBOLS.into_iter().filter(stands).collect()
    }

    /// Whether a number, or a column of them, is confidential.
    pub fn withholds(&self) -> bool {
        !self.withheld.is_empty() || self.symbols().contains(&Content::Suppressed)
    }

    /// `Table 4.23`, or only `Table` where it has no number.
    pub fn name(&self) -> Text {
        words::each(|language| {
            let name = words::say(language, "table.name", &[("number", self.number.clone())]);
            name.trim_end().to_owned()
        })
    }
}
