//! How many letters the columns of a table take, for those who lay it out on paper.

use super::{Cell, RowKind, Table};
use crate::dictionary::{Language, Text};

/// What stands in a column, in letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// The longest name or cell.
    pub longest: usize,
    /// The longest piece of a name or cell that is not broken over lines.
    pub piece: usize,
    /// The heading.
    pub heading: usize,
    /// The longest piece of the heading.
    pub heading_piece: usize,
}

impl Extent {
    fn of<'a>(shown: impl Iterator<Item = &'a str> + Clone, heading: &str) -> Extent {
        Extent {
            longest: shown.clone().map(letters).max().unwrap_or(0),
            piece: shown.map(piece).max().unwrap_or(0),
            heading: letters(heading),
            heading_piece: piece(heading),
        }
    }
}

impl Table {
    /// The columns of row names, but for the headings of sections, which run over the table.
    pub fn name_extents(&self, language: Language) -> Vec<Extent> {
        let of = |(place, heading): (usize, &Text)| {
            let rows = self.rows.iter().filter(|row| row.kind != RowKind::Section);
            let names = rows.filter_map(|row| row.heads.get(place)).map(|name| name.get(language));
            Extent::of(names, heading.get(language))
        };
        self.stub.iter().enumerate().map(of).collect()
    }

    /// The columns of cells, each cell as `shown` writes it.
    pub fn cell_extents(&self, language: Language, shown: impl Fn(&Cell, Language) -> String) -> Vec<Extent> {
        let of = |place: usize| {
            let cells = self.rows.iter().filter_map(|row| row.cells.get(place));
            let cells: Vec<String> = cells.map(|cell| shown(cell, language)).collect();
            Extent::of(cells.iter().map(String::as_str), self.columns[place].label.get(language))
        };
        (0..self.columns.len()).map(of).collect()
    }
}

fn letters(text: &str) -> usize {
    text.chars().count()
}

/// The longest piece of a text that is not broken over lines.
fn piece(text: &str) -> usize {
    text.split([' ', '-']).map(letters).max().unwrap_or(0)
}
