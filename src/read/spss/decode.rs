//! Slots → typed cells, column by column.

use super::columns::Place;
use super::letters::Letters;
use super::source::Order;
use crate::read::{Batch, CellFault, Cells, ColumnBatch, ColumnKind, Fault, Missing, OwnedCell, TextMark};

const DAY: i64 = 86_400;
/// Days from 1582-10-14, from which SPSS counts, to 1970-01-01.
const TO_1970: i64 = 141_428;
/// Days from 1582-10-14 to the end of the year 9999, the last that SPSS has.
const LAST: i64 = TO_1970 + 2_932_896;

/// All that is needed to decode a block; shared by the blocks of a file.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) order: Order,
    pub(super) letters: Letters,
    pub(super) system: f64,
    /// Bytes of a record, a multiple of eight and never 0.
    pub(super) record: usize,
    pub(super) places: Vec<(ColumnKind, Place)>,
}

impl Layout {
    /// Decodes whole records, of which the first has this number.
    pub(super) fn decode(&self, slots: &[u8], first: u64) -> Result<Box<dyn Batch>, Fault> {
        let count = slots.len() / self.record;
        let columns = self.places.iter().map(|(kind, place)| match place {
            Place::Number { at, missing } => Ok(self.numbers(slots, *at, *kind, missing)),
            Place::Text { pieces, missing } => self.texts(slots, pieces, missing),
        });
        let columns = columns.collect::<Result<_, _>>()?;
        Ok(Box::new(ColumnBatch { rows: (first..first + count as u64).collect(), columns }))
    }

    fn numbers(&self, slots: &[u8], at: usize, kind: ColumnKind, missing: &Missing) -> Cells {
        let values = slots.chunks_exact(self.record).map(|record| {
            // A slot lies within its record: `columns` has seen to it.
            let bytes = record[at..].first_chunk().copied().unwrap_or_default();
            let value = self.order.f64(bytes);
            if value == self.system { f64::NAN } else { value }
        });
        let values: Vec<f64> = values.collect();
        let mut declared = Vec::new();
        if !missing.is_empty() && values.iter().any(|value| missing.holds(*value)) {
            declared = values.iter().map(|value| missing.holds(*value)).collect();
        }
        match kind {
            ColumnKind::Date => seconds(values, declared, Cells::Dates, date, OwnedCell::Date),
            ColumnKind::Moment => seconds(values, declared, Cells::Moments, moment, OwnedCell::Moment),
            ColumnKind::Time => seconds(values, declared, Cells::Times, span, OwnedCell::Time),
            _ => Cells::Numbers { values, declared },
        }
    }

    fn texts(&self, slots: &[u8], pieces: &[(usize, usize)], missing: &[Vec<u8>]) -> Result<Cells, Fault> {
        let count = slots.len() / self.record;
        let (mut text, mut ends, mut marks) = (String::new(), Vec::with_capacity(count), Vec::new());
        let mut joined = Vec::new();
        for record in slots.chunks_exact(self.record) {
            let bytes = match pieces {
                [(at, length)] => &record[*at..at + length],
                pieces => {
                    joined.clear();
                    pieces
                        .iter()
                        .for_each(|(at, length)| joined.extend_from_slice(&record[*at..at + length]));
                    &joined[..]
                }
            };
            let bytes = super::extension::trimmed(bytes);
            let mark = match self.letters.text(bytes) {
                None => TextMark::Letters,
                Some(letters) => {
                    text.push_str(&letters);
                    if missing.iter().any(|value| value == bytes) {
                        TextMark::Declared
                    } else {
                        TextMark::Plain
                    }
                }
            };
            if mark != TextMark::Plain && marks.is_empty() {
                marks = vec![TextMark::Plain; ends.len()];
                marks.reserve(count - ends.len());
            }
            if mark != TextMark::Plain || !marks.is_empty() {
                marks.push(mark);
            }
            let end = u32::try_from(text.len())
                .map_err(|_| Fault::new("more than 4 GB of text in a block", "shorter texts"))?;
            ends.push(end);
        }
        Ok(Cells::Texts { text, ends, marks })
    }
}

/// Numbers as days or seconds: `None` where a number is none. A column's cells are mixed where some are declared missing
/// or are no day.
fn seconds<T>(
    values: Vec<f64>,
    declared: Vec<bool>,
    cells: impl Fn(Vec<Option<T>>) -> Cells,
    convert: impl Fn(f64) -> Option<T>,
    cell: impl Fn(T) -> OwnedCell,
) -> Cells {
    let whole = declared.is_empty() && values.iter().all(|value| value.is_nan() || convert(*value).is_some());
    if whole {
        return cells(values.into_iter().map(convert).collect());
    }
    let mixed = values.into_iter().enumerate().map(|(row, value)| match convert(value) {
        _ if value.is_nan() => OwnedCell::Empty,
        _ if declared.get(row) == Some(&true) => OwnedCell::Declared(value),
        Some(value) => cell(value),
        None => OwnedCell::Fault(CellFault::NoSuchDay),
    });
    Cells::Mixed(mixed.collect())
}

/// Seconds since 1582-10-14, of a day that SPSS has: its calendar begins on the 15th. Fractions are cut downwards, also
/// before 1970.
fn whole(value: f64) -> Option<i64> {
    // The bounds hold, so the cast is exact.
    let within = (DAY as f64..((LAST + 1) * DAY) as f64).contains(&value);
    within.then(|| value.floor() as i64)
}

pub(super) fn date(value: f64) -> Option<i32> {
    i32::try_from(whole(value)?.div_euclid(DAY) - TO_1970).ok()
}

pub(super) fn moment(value: f64) -> Option<i64> {
    Some(whole(value)? - TO_1970 * DAY)
}

/// A span of time, which may be negative; a million years at most.
pub(super) fn span(value: f64) -> Option<i64> {
    (value.abs() < 3.2e13).then(|| value.floor() as i64)
}
