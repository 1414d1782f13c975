//! The columns of a block: each a variable, at a wave where it has waves.

/// One answer of one made-up respondent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// No draw was for this respondent; the field stays empty.
    Undrawn,
    /// An empty field, by a draw.
    Blank,
    /// A code that stands for a missing answer.
    Missing(i64),
    /// A code, or a number in units of its last decimal place.
    Value(i64),
}

impl Cell {
    /// The number of an answer that is there.
    pub fn valid(self) -> Option<i64> {
        match self {
            Cell::Value(value) => Some(value),
            Cell::Undrawn | Cell::Blank | Cell::Missing(_) => None,
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
}
