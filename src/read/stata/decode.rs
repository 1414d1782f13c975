//! The bytes of a block → records.

use super::super::{Cells, ColumnBatch, Fault, OwnedCell, TextMark};
use super::bytes::{up_to_zero, without_blanks};
use super::format::{Unit, cell};
use super::header::{Header, Kind, Variable};
use super::letters::Letters;
use super::long::Texts;
use super::number::{self, Number};

/// All that is needed to make records of bytes, shared by the threads that do it.
#[derive(Debug)]
pub(super) struct Layout {
    pub header: Header,
    pub long: Texts,
    pub letters: Letters,
}

/// Where a variable's cells stand in a block.
struct Place<'a> {
    bytes: &'a [u8],
    /// Bytes of a record.
    width: usize,
    start: usize,
    end: usize,
}

impl Place<'_> {
    fn cells(&self) -> impl Iterator<Item = &[u8]> {
        self.bytes.chunks_exact(self.width).map(|record| &record[self.start..self.end])
    }
}

/// Each variable with its place.
fn places<'a>(header: &'a Header, bytes: &'a [u8]) -> impl Iterator<Item = (&'a Variable, Place<'a>)> {
    // A record fits a block, which fits memory.
    let width = usize::try_from(header.width).unwrap_or(usize::MAX);
    let mut start = 0;
    header.variables.iter().map(move |variable| {
        let end = start + usize::from(variable.kind.width());
        let place = Place { bytes, width, start, end };
        start = end;
        (variable, place)
    })
}

/// What has been met in the records that must be told, found as blocks are taken: when they are decoded, the file may
/// have been read to its end.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Whether a reference to a long text is of the other kind.
    pub other_references: bool,
}

impl Seen {
    pub(super) fn look(&mut self, layout: &Layout, letters: &mut Letters, bytes: &[u8]) {
        for (variable, place) in places(&layout.header, bytes) {
            match variable.kind {
                Kind::Text(_) if !(letters.utf8 && letters.other) => {
                    place.cells().for_each(|cell| letters.look(up_to_zero(cell)));
                }
                Kind::Long => {
                    for (text, other) in place.cells().filter_map(|cell| layout.long.get(cell)) {
                        self.other_references |= other;
                        letters.look(text);
                    }
                }
                _ => {}
            }
        }
    }
}

/// The records of a block, the first of which has this number.
pub(super) fn batch(layout: &Layout, first: u64, bytes: &[u8]) -> Result<ColumnBatch, Fault> {
    let header = &layout.header;
    let mut columns = Vec::with_capacity(header.variables.len());
    let mut records = 0;
    for (variable, place) in places(header, bytes) {
        let cells = match variable.kind {
            Kind::Text(_) => {
                texts(layout, variable, &place, first, |cell| Some(without_blanks(up_to_zero(cell))))?
            }
            Kind::Long => {
                texts(layout, variable, &place, first, |cell| layout.long.get(cell).map(|(text, _)| text))?
            }
            kind => {
                let numbers = place.cells().map(|cell| number(cell, kind, header));
                match variable.unit {
                    None => plain(numbers),
                    Some(unit) => dates(numbers.collect(), unit),
                }
            }
        };
        records = cells.len();
        columns.push(cells);
    }
    Ok(ColumnBatch { rows: (first..).take(records).collect(), columns })
}

fn number(cell: &[u8], kind: Kind, header: &Header) -> Number {
    let mut bytes = [0; 8];
    // At the front, the smallest byte first.
    bytes[..cell.len()].copy_from_slice(cell);
    if header.big_endian {
        bytes[..cell.len()].reverse();
    }
    let bits = u64::from_le_bytes(bytes);
    // Each cast keeps the bytes that the cell has.
    match kind {
        Kind::Byte => number::byte(bits as i8, header.release),
        Kind::Int => number::int(bits as i16, header.release),
        Kind::Long32 => number::long(bits as i32, header.release),
        Kind::Float => number::float(bits as u32, header.release),
        _ => number::double(bits, header.release),
    }
}

fn plain(numbers: impl Iterator<Item = Number>) -> Cells {
    let mut tags: Vec<u8> = Vec::new();
    let mut values = Vec::new();
    for number in numbers {
        let (value, tag) = match number {
            Number::Value(value) => (value, 0),
            Number::Missing => (f64::NAN, 0),
            Number::Tag(tag) => (f64::NAN, tag),
        };
        if tag != 0 && tags.is_empty() {
            tags.resize(values.len(), 0);
        }
        values.push(value);
        if tag != 0 || !tags.is_empty() {
            tags.push(tag);
        }
    }
    match tags.is_empty() {
        true => Cells::Numbers { values, declared: Vec::new() },
        false => Cells::Tagged { values, tags },
    }
}

fn dates(numbers: Vec<Number>, unit: Unit) -> Cells {
    let plain = |number: &Number| match number {
        Number::Missing => Some(OwnedCell::Empty),
        Number::Value(value) => match cell(unit, *value) {
            OwnedCell::Fault(_) => None,
            cell => Some(cell),
        },
        Number::Tag(_) => None,
    };
    let Some(cells) = numbers.iter().map(plain).collect::<Option<Vec<_>>>() else {
        let mixed = numbers.into_iter().map(|number| match number {
            Number::Missing => OwnedCell::Empty,
            Number::Value(value) => cell(unit, value),
            Number::Tag(tag) => OwnedCell::Tag(char::from(tag)),
        });
        return Cells::Mixed(mixed.collect());
    };
    match unit {
        Unit::Milliseconds | Unit::LeapMilliseconds => {
            let seconds = cells.iter().map(|cell| match cell {
                OwnedCell::Moment(seconds) => Some(*seconds),
                _ => None,
            });
            Cells::Moments(seconds.collect())
        }
        _ => {
            let days = cells.iter().map(|cell| match cell {
                OwnedCell::Date(days) => Some(*days),
                _ => None,
            });
            Cells::Dates(days.collect())
        }
    }
}

fn texts<'a>(
    layout: &'a Layout,
    variable: &Variable,
    place: &'a Place<'a>,
    first: u64,
    bytes: impl Fn(&'a [u8]) -> Option<&'a [u8]>,
) -> Result<Cells, Fault> {
    let mut text = String::new();
    let mut ends = Vec::new();
    let mut marks = Vec::new();
    for (cell, record) in place.cells().zip(first..) {
        let at = || format!("record {record}, variable {}", variable.name);
        let bytes = bytes(cell).ok_or_else(|| {
            Fault::new("a reference to a long text that is not in the file", "one that is")
                .at(at())
                .help("the file is damaged: copy it again, or save it again from Stata")
        })?;
        let letters = layout.letters.read(bytes);
        if letters.is_none() && marks.is_empty() {
            marks.resize(ends.len(), TextMark::Plain);
        }
        if letters.is_none() || !marks.is_empty() {
            marks.push(if letters.is_none() { TextMark::Letters } else { TextMark::Plain });
        }
        text.push_str(letters.as_deref().filter(|text| !text.trim().is_empty()).unwrap_or_default());
        let end = u32::try_from(text.len())
            .map_err(|_| Fault::new("more than 4 GB of text in one block", "shorter texts").at(at()))?;
        ends.push(end);
    }
    Ok(Cells::Texts { text, ends, marks })
}
