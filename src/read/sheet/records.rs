//! Records of a sheet: rows with the cells that hold something.

use std::collections::BTreeSet;

use super::super::batch;
use super::super::{Batch, Cell, OwnedCell};
use super::rows::Row;

/// A block is full at so many records, cells or bytes of text.
const MAX_RECORDS: usize = 8_192;
const MAX_CELLS: usize = 1 << 17;
const MAX_TEXT: usize = 4 << 20;

#[derive(Debug, Default)]
pub(super) struct Records {
    rows: Vec<u64>,
    /// Where each record's cells end.
    ends: Vec<usize>,
    cells: Vec<(u32, OwnedCell)>,
    text: usize,
    /// The sheet's columns that the table has: the first, and how many.
    pub first: u32,
    pub columns: u32,
}

impl Records {
    pub(super) fn push(&mut self, row: Row) {
        self.rows.push(u64::from(row.number));
        self.text += row.cells.iter().map(|(_, cell)| length(cell)).sum::<usize>();
        self.cells.extend(row.cells);
        self.ends.push(self.cells.len());
    }

    pub(super) fn is_full(&self) -> bool {
        self.rows.len() >= MAX_RECORDS || self.cells.len() >= MAX_CELLS || self.text >= MAX_TEXT
    }

    /// The cells of a record with their columns in the sheet.
    pub(super) fn cells(&self, record: usize) -> &[(u32, OwnedCell)] {
        let start = record.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.cells[start..self.ends[record]]
    }

    pub(super) fn records(&self) -> usize {
        self.rows.len()
    }

    /// The row of a record in the sheet.
    pub(super) fn number(&self, record: usize) -> u64 {
        self.rows[record]
    }

    /// The sheet's columns in which any record holds something.
    pub(super) fn used(&self) -> BTreeSet<u32> {
        self.cells.iter().map(|(column, _)| *column).collect()
    }

    fn at(&self, record: usize, column: u32) -> Option<&OwnedCell> {
        let cells = self.cells(record);
        // Most rows are full, so that a cell stands as far from the row's first as its column does.
        let guess = column.checked_sub(cells.first()?.0)? as usize;
        let found = match cells.get(guess) {
            Some((there, _)) if *there == column => guess,
            _ => cells.binary_search_by_key(&column, |(column, _)| *column).ok()?,
        };
        Some(&cells[found].1)
    }
}

fn length(cell: &OwnedCell) -> usize {
    match cell {
        OwnedCell::Text(text) => text.len(),
        _ => 0,
    }
}

impl Batch for Records {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn row(&self, record: usize) -> u64 {
        self.rows[record]
    }

    fn cell(&self, record: usize, column: usize) -> Cell<'_> {
        let column = u32::try_from(column).ok().and_then(|column| self.first.checked_add(column));
        let cell = column.and_then(|column| self.at(record, column));
        cell.map_or(Cell::Empty, OwnedCell::cell)
    }

    /// Given where cells stand to the right of the table.
    fn fields(&self, record: usize) -> Option<usize> {
        let last = self.cells(record).last()?.0;
        let fields = (last + 1).checked_sub(self.first)?;
        (fields > self.columns).then_some(fields as usize)
    }

    fn raw(&self, record: usize) -> String {
        let columns = self.fields(record).unwrap_or(self.columns as usize);
        let mut raw = String::new();
        for column in 0..columns {
            if column > 0 {
                raw.push(';');
            }
            raw.push_str(&batch::raw(self.cell(record, column)));
        }
        raw
    }
}
