//! Rows of a sheet with the cells that hold something, whatever the format of the file.

use super::super::{Fault, OwnedCell};

/// What a sheet can have at most; a cell beyond is a damaged file's.
pub(super) const MAX_ROWS: u32 = 1_048_576;
pub(super) const MAX_COLUMNS: u32 = 16_384;

/// A row that holds something.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Row {
    /// As the sheet numbers it, from 1.
    pub number: u32,
    /// Columns from 0, in order, with what stands in each; never [`OwnedCell::Empty`].
    pub cells: Vec<(u32, OwnedCell)>,
    /// Merged cells that begin in this row, where the file tells of them here.
    pub merged: Vec<Region>,
}

impl Row {
    pub(super) fn cell(&self, column: u32) -> Option<&OwnedCell> {
        let found = self.cells.binary_search_by_key(&column, |(column, _)| *column).ok()?;
        Some(&self.cells[found].1)
    }

    /// Puts the cells in order. Of two in one place the later counts.
    pub(super) fn tidy(&mut self) {
        if !self.cells.is_sorted_by(|left, right| left.0 < right.0) {
            self.cells.reverse();
            self.cells.sort_by_key(|(column, _)| *column);
            self.cells.dedup_by_key(|(column, _)| *column);
        }
    }
}

/// Merged cells: rows from 1 and columns from 0, the last ones included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub rows: (u32, u32),
    pub columns: (u32, u32),
}

/// The rows of a sheet, from above.
pub(super) trait Rows {
    /// The next row that holds something.
    ///
    /// # Errors
    /// A [`Fault`] where the file is damaged.
    fn next_row(&mut self) -> Result<Option<Row>, Fault>;

    /// How many dates before 1 March 1900 have been met.
    fn early_dates(&self) -> u64;
}

/// A sheet, as the workbook lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    pub name: String,
    pub hidden: bool,
}

/// A workbook of any format.
pub(super) trait Workbook {
    /// Sheets of cells, in the workbook's order.
    fn sheets(&self) -> &[Sheet];

    /// Whether a sheet has a cell that is not empty.
    ///
    /// # Errors
    /// A [`Fault`] where the file is damaged.
    fn holds_cells(&mut self, sheet: usize) -> Result<bool, Fault> {
        Ok(self.rows(sheet)?.next_row()?.is_some())
    }

    /// Merged cells, where they do not come with the rows.
    ///
    /// # Errors
    /// A [`Fault`] where the file is damaged.
    fn merged(&mut self, _sheet: usize) -> Result<Vec<Region>, Fault> {
        Ok(Vec::new())
    }

    /// # Errors
    /// A [`Fault`] where the file is damaged.
    fn rows(&mut self, sheet: usize) -> Result<Box<dyn Rows + '_>, Fault>;
}

/// A text cell: blank text is an empty cell, and `None` here.
pub(super) fn text(text: &str) -> Option<OwnedCell> {
    (!text.trim().is_empty()).then(|| OwnedCell::Text(text.into()))
}

/// A cell's place as users name it: `C7`.
pub(super) fn address(row: u64, column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{row}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_named_as_in_a_sheet() {
        assert_eq!(address(7, 2), "C7");
        assert_eq!(address(1, 25), "Z1");
        assert_eq!(address(1, 26), "AA1");
        assert_eq!(address(1_048_576, 16_383), "XFD1048576");
    }

    #[test]
    fn of_two_cells_in_one_place_the_later_counts() {
        let number = |number: f64| OwnedCell::Number(number);
        let cells = vec![(3, number(1.0)), (1, number(2.0)), (3, number(3.0))];
        let mut row = Row { number: 1, cells, merged: Vec::new() };
        row.tidy();
        assert_eq!(row.cells, [(1, number(2.0)), (3, number(3.0))]);
    }
}
