//! What stands in a cell, and of which estimates.

use std::ops::Deref;
use std::sync::Arc;

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

/// The ids of the estimates that something shows, as `utfall explain` takes them.
pub type Ids = Vec<Arc<str>>;

/// One cell: what stands in it, and the estimates that it shows or says something of.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub content: Content,
    /// Empty where it shows none, as in the row of a reference level.
    pub of: Ids,
    /// Which of the table's reservations make what stands in it one that is not to be trusted, by their places; marked at it.
    pub notes: Vec<usize>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
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

impl Content {
    /// What is written as a symbol, as Statistics Norway writes it.
    pub const SYMBOLS: [Content; 4] = [Content::Absent, Content::Missing, Content::Suppressed, Content::Zero];

    /// What stands for an estimate; [`Content::Missing`] where it was not computed.
    fn of(cleared: Option<&Cleared>, format: Format) -> Content {
        match cleared.map(Cleared::shown) {
            None => Content::Missing,
            Some(Shown::Suppressed) if cleared.is_some_and(Cleared::is_never_shown) => Content::NeverShown,
            Some(Shown::Suppressed) => Content::Suppressed,
            Some(Shown::Absent) => Content::Absent,
            Some(Shown::Value(value))
                if value == 0.0 && matches!(format, Format::Count | Format::Percent(_)) =>
            {
                Content::Zero
            }
            Some(Shown::Value(value)) => Content::Number { value, format },
        }
    }

    /// Whether it is the symbol, or holds it.
    pub fn has(&self, symbol: &Content) -> bool {
        match self {
            Content::Partly { .. } | Content::NeverShown => *symbol == Content::Suppressed,
            _ => self == symbol,
        }
    }

    /// Whether nothing of it may be shown.
    pub fn is_withheld(&self) -> bool {
        matches!(self, Content::Suppressed | Content::NeverShown)
    }

    /// The symbol that stands for it, if it is not a number or text.
    pub fn symbol(&self) -> Option<&'static str> {
        match self {
            Content::Suppressed | Content::NeverShown => Some(":"),
            Content::Absent => Some("."),
            Content::Missing => Some(".."),
            Content::Zero => Some("-"),
            Content::Empty => Some(""),
            Content::Number { .. } | Content::Interval { .. } | Content::Text(_) | Content::Partly { .. } => {
                None
            }
        }
    }
}

/// A number that is shown, with the estimates that it shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    pub value: f64,
    pub of: Ids,
}

impl Amount {
    /// The value of an estimate that may be seen.
    pub fn of(cleared: &Cleared) -> Option<Amount> {
        Some(Amount { value: cleared.value()?, of: vec![cleared.id().clone()] })
    }

    /// The smaller of two.
    pub fn least(self, other: Amount) -> Amount {
        if other.value < self.value { other } else { self }
    }

    /// The larger of two.
    pub fn most(self, other: Amount) -> Amount {
        if other.value > self.value { other } else { self }
    }
}

/// A cell is asked for what stands in it.
impl Deref for Cell {
    type Target = Content;

    fn deref(&self) -> &Content {
        &self.content
    }
}

impl PartialEq<Content> for Cell {
    fn eq(&self, content: &Content) -> bool {
        self.content == *content
    }
}

/// What stands in a cell that shows no estimate.
impl From<Content> for Cell {
    fn from(content: Content) -> Cell {
        Cell { content, of: Vec::new(), notes: Vec::new() }
    }
}

impl From<Text> for Cell {
    fn from(text: Text) -> Cell {
        Content::Text(text).into()
    }
}

impl Cell {
    pub const EMPTY: Cell = Cell { content: Content::Empty, of: Vec::new(), notes: Vec::new() };

    /// The cell of an estimate; [`Content::Missing`] where it was not computed.
    pub fn of(cleared: Option<&Cleared>, format: Format) -> Cell {
        Cell { content: Content::of(cleared, format), of: ids([cleared]), notes: Vec::new() }
    }

    /// The cell of an interval; what is not shown of either end is shown of neither.
    pub fn interval(low: Option<&Cleared>, high: Option<&Cleared>, format: Format) -> Cell {
        let [from, to] = [low, high].map(|end| Content::of(end, Format::Decimal(0)));
        let content = match (from, to) {
            (Content::Number { value: low, .. }, Content::Number { value: high, .. }) => {
                Content::Interval { low, high, format }
            }
            (Content::Number { .. }, symbol) | (symbol, _) => symbol,
        };
        Cell { content, of: ids([low, high]), notes: Vec::new() }
    }

    /// Nobody, where there is no estimate because nobody gave the answer.
    pub fn or_nobody(self) -> Cell {
        if self == Content::Missing { Content::Zero.into() } else { self }
    }

    /// Words that show, or say something of, the estimates of cells.
    pub fn words<'c>(said: Text, of: impl IntoIterator<Item = &'c Cell>) -> Cell {
        Cell { content: Content::Text(said), of: all(of), notes: Vec::new() }
    }

    /// The same, which an estimate concerns that stands in no cell, as few events concern every odds ratio.
    pub fn concerned(mut self, by: Option<Arc<str>>) -> Cell {
        self.of.extend(by);
        self
    }

    /// The same, which says something of the estimates of other cells too.
    pub fn with<'c>(mut self, others: impl IntoIterator<Item = &'c Cell>) -> Cell {
        self.of.extend(all(others));
        self
    }

    /// The number in it.
    pub fn value(&self) -> Option<f64> {
        match self.content {
            Content::Number { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The number in it; zero where nobody is.
    pub fn number(&self) -> Option<f64> {
        if self.content == Content::Zero { Some(0.0) } else { self.value() }
    }

    /// The ends of the interval in it.
    pub fn ends(&self) -> Option<[f64; 2]> {
        match self.content {
            Content::Interval { low, high, .. } => Some([low, high]),
            _ => None,
        }
    }
}

fn ids<'e>(estimates: impl IntoIterator<Item = Option<&'e Cleared>>) -> Ids {
    estimates.into_iter().flatten().map(|one| one.id().clone()).collect()
}

fn all<'c>(cells: impl IntoIterator<Item = &'c Cell>) -> Ids {
    cells.into_iter().flat_map(|cell| cell.of.iter().cloned()).collect()
}
