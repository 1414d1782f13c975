//! The profile of a column: counts of kinds of cells, ranges of numbers, and the different values as long as they are few.

use indexmap::IndexMap;

use super::cell::{DATES, MARKS, Word, may_be_thousands, word};
use super::sketch::{Sketch, hash};
use crate::read::Cell;

/// As many different values are kept at most.
pub const KEPT: usize = 120;

/// Numbers that people use for a missing answer.
pub const SUSPECTS: &[i64] = &[
    -1, -2, -3, -4, -5, -6, -7, -8, -9, -66, -77, -88, -97, -98, -99, -888, -999, -9999, 7, 8, 9, 66, 77, 88,
    96, 97, 98, 99, 666, 777, 888, 997, 998, 999, 8888, 9998, 9999, 99999,
];

/// A value that may be a code.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    Whole(i64),
    Text(Box<str>),
}

/// Numbers of one kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    pub n: u64,
    pub least: f64,
    pub greatest: f64,
    /// Whether one of them is no whole number.
    pub fractions: bool,
}

impl Default for Extent {
    fn default() -> Extent {
        Extent { n: 0, least: f64::INFINITY, greatest: f64::NEG_INFINITY, fractions: false }
    }
}

impl Extent {
    fn add(&mut self, number: f64) {
        self.n += 1;
        self.least = self.least.min(number);
        self.greatest = self.greatest.max(number);
        self.fractions |= number.fract() != 0.0;
    }

    pub fn with(&self, other: &Extent) -> Extent {
        Extent {
            n: self.n + other.n,
            least: self.least.min(other.least),
            greatest: self.greatest.max(other.greatest),
            fractions: self.fractions || other.fractions,
        }
    }
}

/// What was seen of a column.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// Cells that are not empty.
    pub filled: u64,
    /// Whole numbers, typed or written, without those that may stand for a missing answer.
    pub whole: Extent,
    /// Numbers that the file types, and that are not whole.
    pub typed: Extent,
    pub point: Extent,
    pub comma: Extent,
    /// Of those with a point and with a comma, how many may have it for a thousands sign.
    pub grouped: [u64; 2],
    pub zeros: u64,
    /// Cells that the file itself types as days, and as days with a time.
    pub days: u64,
    pub times: u64,
    /// Texts that are days, and how many follow each pattern.
    pub written_days: u64,
    pub patterns: [u64; DATES.len()],
    /// Texts that are none of these.
    pub texts: u64,
    /// Each of the marks of absence.
    pub marks: [u64; MARKS.len()],
    /// Each of [`SUSPECTS`].
    pub suspects: IndexMap<i64, u64>,
    /// In the order in which they come first; complete unless `many`.
    pub values: IndexMap<Value, u64>,
    pub many: bool,
    /// What the file declares missing and was found.
    pub declared: IndexMap<Value, u64>,
    pub tags: IndexMap<char, u64>,
    /// Cells with a fault, such as a spreadsheet's error; of these, how many are no letters in the encoding.
    pub faults: u64,
    pub letters: u64,
    /// Whether a text has letters beyond ASCII, so that its encoding matters.
    pub beyond_ascii: bool,
    pub sketch: Sketch,
}

impl Profile {
    pub fn add(&mut self, cell: Cell<'_>) {
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => {
                let text = text.trim();
                if text.is_empty() {
                    return;
                }
                self.filled += 1;
                self.text(text);
            }
            Cell::Number(number) => {
                self.filled += 1;
                self.sketch.add(hash(&number.to_bits()));
                match whole(number) {
                    Some(whole) => self.whole(whole),
                    None => self.typed.add(number),
                }
            }
            Cell::Date(day) => self.day(i64::from(day)),
            Cell::Moment(seconds) => self.day(seconds),
            Cell::Time(seconds) => {
                self.filled += 1;
                self.times += 1;
                self.sketch.add(hash(&seconds));
            }
            Cell::Declared(number) => {
                self.filled += 1;
                if let Some(whole) = whole(number) {
                    declare(&mut self.declared, Value::Whole(whole));
                }
            }
            Cell::DeclaredText(text) => {
                self.filled += 1;
                declare(&mut self.declared, Value::Text(text.trim().into()));
            }
            Cell::Tag(letter) => {
                self.filled += 1;
                *self.tags.entry(letter).or_default() += 1;
            }
            Cell::Fault(fault) => {
                self.filled += 1;
                self.faults += 1;
                self.letters += u64::from(fault == crate::read::CellFault::Letters);
            }
        }
    }

    fn day(&mut self, at: i64) {
        self.filled += 1;
        self.days += 1;
        self.sketch.add(hash(&at));
    }

    fn text(&mut self, text: &str) {
        self.beyond_ascii |= !text.is_ascii();
        let said = word(text);
        if let Word::Mark(mark) = said {
            self.marks[mark] += 1;
            self.value(Value::Text(text.into()));
            return;
        }
        self.sketch.add(hash(&text));
        match said {
            Word::Whole(number) => return self.whole(number),
            Word::Point(number) => {
                self.point.add(number);
                self.grouped[0] += u64::from(may_be_thousands(text, '.'));
            }
            Word::Comma(number) => {
                self.comma.add(number);
                self.grouped[1] += u64::from(may_be_thousands(text, ','));
            }
            Word::Zeros => self.zeros += 1,
            Word::Day(fits) => {
                self.written_days += 1;
                for (place, count) in self.patterns.iter_mut().enumerate() {
                    *count += u64::from(fits >> place & 1);
                }
            }
            Word::Mark(_) | Word::Other => self.texts += 1,
        }
        // `1.0` is the code 1 to whoever reads it as a number.
        match said {
            Word::Point(number) | Word::Comma(number) if whole(number).is_some() => {
                self.value(Value::Whole(number as i64));
            }
            _ => self.value(Value::Text(text.into())),
        }
    }

    fn whole(&mut self, number: i64) {
        match !(0..7).contains(&number) && SUSPECTS.contains(&number) {
            true => *self.suspects.entry(number).or_default() += 1,
            false => self.whole.add(number as f64),
        }
        self.value(Value::Whole(number));
    }

    fn value(&mut self, value: Value) {
        if let Some(count) = self.values.get_mut(&value) {
            *count += 1;
        } else if self.values.len() < KEPT {
            self.values.insert(value, 1);
        } else {
            self.many = true;
        }
    }

    /// Both columns seen as one.
    pub fn merge(&mut self, other: &Profile) {
        self.filled += other.filled;
        self.whole = self.whole.with(&other.whole);
        self.typed = self.typed.with(&other.typed);
        self.point = self.point.with(&other.point);
        self.comma = self.comma.with(&other.comma);
        self.grouped.iter_mut().zip(other.grouped).for_each(|(sum, more)| *sum += more);
        self.zeros += other.zeros;
        self.days += other.days;
        self.times += other.times;
        self.written_days += other.written_days;
        self.texts += other.texts;
        self.faults += other.faults;
        self.letters += other.letters;
        self.many |= other.many;
        self.beyond_ascii |= other.beyond_ascii;
        self.patterns.iter_mut().zip(other.patterns).for_each(|(sum, more)| *sum += more);
        self.marks.iter_mut().zip(other.marks).for_each(|(sum, more)| *sum += more);
        for (suspect, count) in &other.suspects {
            *self.suspects.entry(*suspect).or_default() += count;
        }
        for (value, count) in &other.values {
            let full = self.values.len() >= KEPT;
            match self.values.get_mut(value) {
                Some(sum) => *sum += count,
                None if full => self.many = true,
                None => {
                    self.values.insert(value.clone(), *count);
                }
            }
        }
        for (value, count) in &other.declared {
            *self.declared.entry(value.clone()).or_default() += count;
        }
        for (tag, count) in &other.tags {
            *self.tags.entry(*tag).or_default() += count;
        }
    }

    /// Cells that are marks of absence.
    pub fn marked(&self) -> u64 {
        self.marks.iter().sum()
    }

    /// Cells with a number in them, whatever its decimal sign.
    pub fn numbers(&self) -> u64 {
        self.whole.n + self.suspects.values().sum::<u64>() + self.typed.n + self.point.n + self.comma.n
    }

    /// Cells that say something.
    pub fn answers(&self) -> u64 {
        self.filled
            - self.marked()
            - self.faults
            - self.declared.values().chain(self.tags.values()).sum::<u64>()
    }

    /// Whether they are days as Excel counts them (2 October 1954 to 2064) in a column that is called a date; others may be
    /// written as days.
    pub fn excel_days(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        let mut words = lower.split(|letter: char| !letter.is_alphanumeric());
        let called = words.any(|word| {
            matches!(word, "dag" | "day") || ["dato", "date"].iter().any(|end| word.ends_with(end))
        });
        let others = self.times + self.texts + self.zeros + self.suspects.values().sum::<u64>();
        called
            && self.only_wholes()
            && self.point.n + self.comma.n + others == 0
            && self.whole.least >= 20_000.0
            && self.whole.greatest <= 60_000.0
    }

    /// Whether every number is whole, and there are numbers.
    pub fn only_wholes(&self) -> bool {
        let fractions = self.typed.n > 0 || self.point.fractions || self.comma.fractions;
        self.numbers() > 0 && !fractions
    }
}

/// A file may declare a range missing: as many of its values are named at most.
fn declare(declared: &mut IndexMap<Value, u64>, value: Value) {
    if let Some(count) = declared.get_mut(&value) {
        *count += 1;
    } else if declared.len() < 20 {
        declared.insert(value, 1);
    }
}

/// The whole number that a double is, if it is one and small enough to be exact.
pub fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64)
}
