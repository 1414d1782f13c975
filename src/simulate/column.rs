//! The columns of a block: each a variable, at a wave where it has waves.

/// One answer of one made-up respondent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// No draw was for this respondent; the field stays empty.
    Undrawn,
    /// An empty field, by a draw.
    Blank,
    /// A code, a missing code, or a number in units of its last decimal place.
    Value(i64),
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
    /// The codes that stand for a missing answer.
    pub missing: Vec<i64>,
    /// Where its values come from.
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    Drawn,
    /// Normal; in units of 1/65536.
    Trait,
    /// The column of another population, found by the number in the column `by`.
    Attached { by: Index, column: Index },
}

impl Meaning {
    /// The name as messages have it.
    pub fn key(&self) -> String {
        match &self.wave {
            Some(wave) => format!("{}@{wave}", self.name),
            None => self.name.clone(),
        }
    }

    /// The value of a cell that holds an answer and not a reason for its absence.
    pub fn valid(&self, cell: Cell) -> Option<i64> {
        match cell {
            Cell::Value(value) if !self.missing.contains(&value) => Some(value),
            _ => None,
        }
    }
}
