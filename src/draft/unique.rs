//! Whether a column, or two columns together, identify the records of files.

use std::collections::HashSet;

use super::cell::{Word, word};
use super::profile::whole;
use super::sketch::{chosen, hash};
use crate::read::Cell;

/// As many records are remembered at most; of more, those of every second, fourth … person.
const KEPT: usize = 1_000_000;

/// The hash of what a cell says, the same whether a number is typed or written; nothing where it says nothing.
pub fn key(cell: Cell<'_>) -> Option<u64> {
    match cell {
        Cell::Text(text) => {
            let text = text.trim();
            match word(text) {
                _ if text.is_empty() => None,
                Word::Mark(_) => None,
                Word::Whole(number) => Some(hash(&number)),
                Word::Point(number) | Word::Comma(number) => Some(of_number(number)),
                _ => Some(hash(&text)),
            }
        }
        Cell::Number(number) => Some(of_number(number)),
        Cell::Date(day) => Some(hash(&("day", i64::from(day)))),
        Cell::Moment(at) | Cell::Time(at) => Some(hash(&("second", at))),
        Cell::Empty | Cell::Declared(_) | Cell::DeclaredText(_) | Cell::Tag(_) | Cell::Fault(_) => None,
    }
}

fn of_number(number: f64) -> u64 {
    whole(number).map_or_else(|| hash(&number.to_bits()), |whole| hash(&whole))
}

/// Counts the records whose person and key came before.
#[derive(Debug, Default)]
pub struct Unique {
    shift: u32,
    seen: HashSet<(u64, u64)>,
    pub rows: u64,
    pub repeated: u64,
}

impl Unique {
    pub fn add(&mut self, person: u64, key: u64) {
        if !chosen(person, self.shift) {
            return;
        }
        self.rows += 1;
        self.repeated += u64::from(!self.seen.insert((person, key)));
        while self.seen.len() > KEPT && self.shift < 40 {
            self.shift += 1;
            let shift = self.shift;
            self.seen.retain(|(person, _)| chosen(*person, shift));
        }
    }

    /// Whether every record was remembered.
    pub fn shift_free(&self) -> bool {
        self.shift == 0
    }

    /// Whether no record came again.
    pub fn holds(&self) -> bool {
        self.rows > 0 && self.repeated == 0
    }
}
