//! What stands in a cell.

use crate::dictionary::Text;
use crate::disclosure::{Cleared, Shown};

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A number of persons: no decimals, thousands set off.
    Count,
    /// A share (0 … 1) as per cent, with so many decimals.
    Percent(usize),
    /// A share's change (−1 … 1) in percentage points, with so many decimals and always a sign.
    Points(usize),
    /// So many decimals.
    Decimal(usize),
    /// So many decimals and always a sign.
    Signed(usize),
    /// A p-value: three decimals, `< 0.001` below.
    P,
    /// A ratio: decimals by its size.
    Ratio,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Number {
        value: f64,
        format: Format,
    },
    Interval {
        low: f64,
        high: f64,
        format: Format,
    },
    Text(Text),
    /// A number whose interval is confidential: `0.71 (:)`.
    Partly {
        value: f64,
        format: Format,
    },
    /// Confidential: `:`.
    Suppressed,
    /// The value of one or two persons, such as a median, which no policy shows of anybody: `:`.
    NeverShown,
    /// Not possible: `.`.
    Absent,
    /// Not available: `..`.
    Missing,
    /// Nobody: `-`.
    Zero,
    /// Nothing belongs here, as in the row of a reference level.
    Empty,
}

impl Cell {
    /// The cells that are written as symbols, as Statistics Norway writes them.
    pub const SYMBOLS: [Cell; 4] = [Cell::Absent, Cell::Missing, Cell::Suppressed, Cell::Zero];

    /// The cell of an estimate; [`Cell::Missing`] where it was not computed.
    pub fn of(cleared: Option<&Cleared>, format: Format) -> Cell {
        match cleared.map(Cleared::shown) {
            None => Cell::Missing,
            Some(Shown::Suppressed) if cleared.is_some_and(Cleared::is_never_shown) => Cell::NeverShown,
            Some(Shown::Suppressed) => Cell::Suppressed,
            Some(Shown::Absent) => Cell::Absent,
            Some(Shown::Value(value))
                if value == 0.0 && matches!(format, Format::Count | Format::Percent(_)) =>
            {
                Cell::Zero
            }
            Some(Shown::Value(value)) => Cell::Number { value, format },
        }
    }

    /// The cell of an interval; what is not shown of either end is shown of neither.
    pub fn interval(low: Option<&Cleared>, high: Option<&Cleared>, format: Format) -> Cell {
        match (Cell::of(low, Format::Decimal(0)), Cell::of(high, Format::Decimal(0))) {
            (Cell::Number { value: low, .. }, Cell::Number { value: high, .. }) => {
                Cell::Interval { low, high, format }
            }
            (Cell::Number { .. }, symbol) | (symbol, _) => symbol,
        }
    }

    /// Whether it is the symbol, or holds it.
    pub fn has(&self, symbol: &Cell) -> bool {
        match self {
            Cell::Partly { .. } | Cell::NeverShown => *symbol == Cell::Suppressed,
            _ => self == symbol,
        }
    }

    /// Whether nothing of it may be shown.
    pub fn is_withheld(&self) -> bool {
        matches!(self, Cell::Suppressed | Cell::NeverShown)
    }

    /// The symbol that stands for the cell, if it is not a number or text.
    pub fn symbol(&self) -> Option<&'static str> {
        match self {
            Cell::Suppressed | Cell::NeverShown => Some(":"),
            Cell::Absent => Some("."),
            Cell::Missing => Some(".."),
            Cell::Zero => Some("-"),
            Cell::Empty => Some(""),
            Cell::Number { .. } | Cell::Interval { .. } | Cell::Text(_) | Cell::Partly { .. } => None,
        }
    }
}
