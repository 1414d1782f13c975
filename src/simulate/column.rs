//! The columns of a block: each a variable, at a wave where it has waves.

use std::fmt;

/// One answer of one made-up respondent, in four bytes: the last two bits say what it is, the others hold the number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Cell(i32);

const VALUE: i32 = 0;
const MISSING: i32 = 1;
const EMPTY: i32 = 2;
const KIND: i32 = 3;

impl Cell {
    /// No draw was for this respondent; the field stays empty.
    pub const UNDRAWN: Cell = Cell(EMPTY | 1);
    /// An empty field, by a draw.
    pub const BLANK: Cell = Cell(EMPTY);
    /// The greatest number of a cell, and the least with the other sign. Resolving a description checks what it writes.
    pub const GREATEST: i64 = 500_000_000;

    /// A code, or a number in units of its last decimal place.
    pub fn value(value: i64) -> Cell {
        Cell(Cell::kept(value) << 2 | VALUE)
    }

    /// A code that stands for a missing answer.
    pub fn missing(code: i64) -> Cell {
        Cell(Cell::kept(code) << 2 | MISSING)
    }

    /// What many shifts added to what goes beyond a cell stays at its end.
    fn kept(number: i64) -> i32 {
        number.clamp(-Cell::GREATEST, Cell::GREATEST) as i32
    }

    /// The number of an answer that is there.
    pub fn valid(self) -> Option<i64> {
        (self.0 & KIND == VALUE).then_some(i64::from(self.0 >> 2))
    }

    /// A small number for each cell whose number is small and not negative: four times it, and what kind of answer it is.
    pub fn index(self) -> usize {
        self.0 as u32 as usize
    }

    /// The cell with an index.
    pub fn of_index(index: usize) -> Cell {
        Cell(index as i32)
    }

    /// The number that the file has, of an answer or of why there is none.
    pub fn written(self) -> Option<i64> {
        (self.0 & EMPTY == 0).then_some(i64::from(self.0 >> 2))
    }
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.valid(), self.written()) {
            (Some(value), _) => write!(f, "Value({value})"),
            (None, Some(code)) => write!(f, "Missing({code})"),
            (None, None) if *self == Cell::BLANK => write!(f, "Blank"),
            (None, None) => write!(f, "Undrawn"),
        }
    }
}

/// Which column of a block.
pub type Index = usize;

/// What a column of a population is, the same in every block.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    /// The variable's name without a wave.
    pub name: String,
    /// `None` for what has no waves: constant items, hidden variables, traits, attached variables.
    pub wave: Option<String>,
    /// Decimal places of a number; 0 for codes.
    pub places: u32,
    /// Where its values come from.
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    Drawn,
    /// Normal; in units of 1/65536.
    Trait,
    /// The column of another population, found by the number in the column `by`.
    Attached {
        by: Index,
        column: Index,
        /// Whether it is a trait there.
        normal: bool,
    },
}

impl Meaning {
    /// Whether it is a trait, here or where it is attached from: in units of 1/65536.
    pub fn is_normal(&self) -> bool {
        matches!(self.origin, Origin::Trait | Origin::Attached { normal: true, .. })
    }

    /// The name as messages have it.
    pub fn key(&self) -> String {
        match &self.wave {
            Some(wave) => format!("{}@{wave}", self.name),
            None => self.name.clone(),
        }
    }

    /// What one is in the column's whole numbers.
    pub fn unit(&self) -> i64 {
        match self.is_normal() {
            true => super::random::ONE,
            false => 10_i64.pow(self.places),
        }
    }
}
