//! Arrow's arrays → cells.

use arrow::array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    DurationMicrosecondType, DurationMillisecondType, DurationNanosecondType, DurationSecondType,
    Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, Time32MillisecondType,
    Time32SecondType, Time64MicrosecondType, Time64NanosecondType, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{DataType, TimeUnit};
use chrono::NaiveDate;

use super::super::{CellFault, Cells, ColumnBatch, ColumnKind, Fault, Missing, OwnedCell, TextMark};

/// A column that is read.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub name: String,
    /// Whether its sixteen bytes are an identifier, which is shown as text.
    pub uuid: bool,
    pub missing: Missing,
}

/// What a column of this type is; `None` for what has no place in a table.
pub(super) fn kind(data_type: &DataType) -> Option<ColumnKind> {
    Some(match data_type {
        DataType::Null | DataType::Boolean => ColumnKind::Number,
        number if number.is_numeric() => ColumnKind::Number,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => ColumnKind::Text,
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => ColumnKind::Text,
        DataType::FixedSizeBinary(_) => ColumnKind::Text,
        DataType::Date32 | DataType::Date64 => ColumnKind::Date,
        DataType::Timestamp(..) => ColumnKind::Moment,
        DataType::Time32(_) | DataType::Time64(_) | DataType::Duration(_) => ColumnKind::Time,
        DataType::Dictionary(_, value) => return kind(value),
        _ => return None,
    })
}

/// Records, the first of which has this number.
pub(super) fn batch(batch: &RecordBatch, first: u64, wanted: &[Wanted]) -> Result<ColumnBatch, Fault> {
    let columns = batch.columns().iter().zip(wanted);
    let columns = columns.map(|(array, wanted)| {
        cells(array.as_ref(), wanted).map(|cells| declared(cells, &wanted.missing)).ok_or_else(|| {
            Fault::new(
                "cells of another type than the file says, or more than 4 GB of text in one block",
                "a table",
            )
            .at(format!("column {}, after record {}", wanted.name, first - 1))
            .help(super::AGAIN)
        })
    });
    Ok(ColumnBatch {
        rows: (first..).take(batch.num_rows()).collect(),
        columns: columns.collect::<Result<_, _>>()?,
    })
}

/// Marks the numbers that are declared missing.
fn declared(cells: Cells, missing: &Missing) -> Cells {
    match cells {
        Cells::Numbers { values, .. } if !missing.is_empty() => {
            let marks: Vec<bool> = values.iter().map(|value| missing.holds(*value)).collect();
            let declared = if marks.contains(&true) { marks } else { Vec::new() };
            Cells::Numbers { values, declared }
        }
        cells => cells,
    }
}

/// `None` for a type that [`kind`] does not know, and for too much text.
fn cells(array: &dyn Array, wanted: &Wanted) -> Option<Cells> {
    Some(match array.data_type() {
        DataType::Null => numbers(std::iter::repeat_n(None, array.len())),
        DataType::Boolean => numbers(array.as_boolean().iter().map(|cell| cell.map(f64::from))),
        DataType::Int8 => numbers(values::<Int8Type>(array).map(|cell| cell.map(f64::from))),
        DataType::Int16 => numbers(values::<Int16Type>(array).map(|cell| cell.map(f64::from))),
        DataType::Int32 => numbers(values::<Int32Type>(array).map(|cell| cell.map(f64::from))),
        DataType::UInt8 => numbers(values::<UInt8Type>(array).map(|cell| cell.map(f64::from))),
        DataType::UInt16 => numbers(values::<UInt16Type>(array).map(|cell| cell.map(f64::from))),
        DataType::UInt32 => numbers(values::<UInt32Type>(array).map(|cell| cell.map(f64::from))),
        DataType::Int64 => wholes(values::<Int64Type>(array).map(|cell| cell.map(i128::from)), 0),
        DataType::UInt64 => wholes(values::<UInt64Type>(array).map(|cell| cell.map(i128::from)), 0),
        DataType::Float16 => numbers(values::<Float16Type>(array).map(|cell| cell.map(f64::from))),
        DataType::Float32 => numbers(values::<Float32Type>(array).map(|cell| cell.map(f64::from))),
        DataType::Float64 => numbers(values::<Float64Type>(array)),
        DataType::Decimal32(_, scale) => {
            wholes(values::<Decimal32Type>(array).map(|cell| cell.map(i128::from)), *scale)
        }
        DataType::Decimal64(_, scale) => {
            wholes(values::<Decimal64Type>(array).map(|cell| cell.map(i128::from)), *scale)
        }
        DataType::Decimal128(_, scale) => wholes(values::<Decimal128Type>(array), *scale),
        DataType::Decimal256(_, scale) => {
            // Beyond 128 bits the last digits are lost in any case.
            let parse = |cell: Option<arrow::datatypes::i256>| {
                cell.map(|digits| decimal(&digits.to_string(), *scale))
            };
            numbers(values::<Decimal256Type>(array).map(parse))
        }
        DataType::Utf8 => texts(array.as_string::<i32>().iter().map(|cell| cell.map(str::as_bytes)))?,
        DataType::LargeUtf8 => texts(array.as_string::<i64>().iter().map(|cell| cell.map(str::as_bytes)))?,
        DataType::Utf8View => texts(array.as_string_view().iter().map(|cell| cell.map(str::as_bytes)))?,
        DataType::Binary => texts(array.as_binary::<i32>().iter())?,
        DataType::LargeBinary => texts(array.as_binary::<i64>().iter())?,
        DataType::BinaryView => texts(array.as_binary_view().iter())?,
        DataType::FixedSizeBinary(16) if wanted.uuid => identifiers(array)?,
        DataType::FixedSizeBinary(_) => fixed(array)?,
        DataType::Date32 => days(values::<Date32Type>(array).map(|cell| cell.map(i64::from))),
        DataType::Date64 => days(
            values::<Date64Type>(array)
                .map(|cell| cell.map(|milliseconds| milliseconds.div_euclid(86_400_000))),
        ),
        DataType::Timestamp(unit, _) => moments(match unit {
            TimeUnit::Second => seconds::<TimestampSecondType>(array, 1),
            TimeUnit::Millisecond => seconds::<TimestampMillisecondType>(array, 1_000),
            TimeUnit::Microsecond => seconds::<TimestampMicrosecondType>(array, 1_000_000),
            TimeUnit::Nanosecond => seconds::<TimestampNanosecondType>(array, 1_000_000_000),
        }),
        DataType::Duration(unit) => Cells::Times(match unit {
            TimeUnit::Second => seconds::<DurationSecondType>(array, 1),
            TimeUnit::Millisecond => seconds::<DurationMillisecondType>(array, 1_000),
            TimeUnit::Microsecond => seconds::<DurationMicrosecondType>(array, 1_000_000),
            TimeUnit::Nanosecond => seconds::<DurationNanosecondType>(array, 1_000_000_000),
        }),
        DataType::Time32(TimeUnit::Second) => Cells::Times(seconds::<Time32SecondType>(array, 1)),
        DataType::Time32(_) => Cells::Times(seconds::<Time32MillisecondType>(array, 1_000)),
        DataType::Time64(TimeUnit::Microsecond) => {
            Cells::Times(seconds::<Time64MicrosecondType>(array, 1_000_000))
        }
        DataType::Time64(_) => Cells::Times(seconds::<Time64NanosecondType>(array, 1_000_000_000)),
        DataType::Dictionary(..) => looked_up(array, wanted)?,
        _ => return None,
    })
}

/// A column kept as places in a list of values: where it could not be asked for plainly.
fn looked_up(array: &dyn Array, wanted: &Wanted) -> Option<Cells> {
    let dictionary = array.as_any_dictionary_opt()?;
    let list = ColumnBatch { rows: Vec::new(), columns: vec![cells(dictionary.values().as_ref(), wanted)?] };
    let keys = dictionary.normalized_keys();
    let cells = keys.iter().enumerate().map(|(row, key)| {
        use super::super::{Batch, Cell};
        if array.is_null(row) || *key >= dictionary.values().len() {
            return OwnedCell::Empty;
        }
        match list.cell(*key, 0) {
            Cell::Text(text) | Cell::DeclaredText(text) => OwnedCell::Text(text.into()),
            Cell::Number(number) | Cell::Declared(number) => OwnedCell::Number(number),
            Cell::Date(days) => OwnedCell::Date(days),
            Cell::Moment(seconds) => OwnedCell::Moment(seconds),
            Cell::Time(seconds) => OwnedCell::Time(seconds),
            Cell::Tag(letter) => OwnedCell::Tag(letter),
            Cell::Fault(fault) => OwnedCell::Fault(fault),
            Cell::Empty => OwnedCell::Empty,
        }
    });
    Some(Cells::Mixed(cells.collect()))
}

fn values<T: ArrowPrimitiveType>(array: &dyn Array) -> impl Iterator<Item = Option<T::Native>> {
    array.as_primitive::<T>().iter()
}

fn numbers(cells: impl Iterator<Item = Option<f64>>) -> Cells {
    Cells::Numbers { values: cells.map(|cell| cell.unwrap_or(f64::NAN)).collect(), declared: Vec::new() }
}

/// The largest whole number up to which a double holds every one.
const EXACT: u128 = 1 << 53;

/// Whole numbers, divided by ten as often as the scale says. One without a fraction that a double cannot hold, such as
/// a long identifier, stays the text of its digits: rounded, it would be somebody else's.
fn wholes(cells: impl Iterator<Item = Option<i128>>, scale: i8) -> Cells {
    let cells: Vec<Option<i128>> = cells.collect();
    let exact = |number: i128| number.unsigned_abs() <= EXACT;
    let value = |number: i128| match (exact(number), scale) {
        (true, 0) => number as f64,
        // Both are exact, so the quotient is the nearest double.
        (true, 1..=22) => number as f64 / 10_f64.powi(i32::from(scale)),
        _ => decimal(&number.to_string(), scale),
    };
    if scale > 0 || cells.iter().flatten().all(|number| exact(*number)) {
        return numbers(cells.into_iter().map(|cell| cell.map(value)));
    }
    let mixed = cells.into_iter().map(|cell| match cell {
        None => OwnedCell::Empty,
        Some(number) if exact(number) || scale < 0 => OwnedCell::Number(value(number)),
        Some(number) => OwnedCell::Text(number.to_string().into()),
    });
    Cells::Mixed(mixed.collect())
}

/// The nearest double of digits and a scale.
fn decimal(digits: &str, scale: i8) -> f64 {
    // Digits and an exponent are always a number.
    format!("{digits}e{}", -i32::from(scale)).parse().unwrap_or(f64::NAN)
}

/// Texts as they stand; a blank one is empty. `None` for more than 4 GB.
fn texts<'a>(cells: impl Iterator<Item = Option<&'a [u8]>>) -> Option<Cells> {
    let mut text = String::new();
    let mut ends = Vec::new();
    let mut marks = Vec::new();
    for cell in cells {
        let letters = std::str::from_utf8(cell.unwrap_or_default());
        if letters.is_err() && marks.is_empty() {
            marks.resize(ends.len(), TextMark::Plain);
        }
        if letters.is_err() || !marks.is_empty() {
            marks.push(if letters.is_err() { TextMark::Letters } else { TextMark::Plain });
        }
        text.push_str(letters.ok().filter(|text| !text.trim().is_empty()).unwrap_or_default());
        ends.push(u32::try_from(text.len()).ok()?);
    }
    Some(Cells::Texts { text, ends, marks })
}

/// Bytes of text in a batch whose texts are views: as many as conversion copies.
pub(super) fn text_bytes(batch: &RecordBatch) -> u64 {
    let bytes = |array: &dyn Array| match array.data_type() {
        // A view's lowest 32 bits are its length.
        DataType::Utf8View => array.as_string_view().views().iter().map(|view| u64::from(*view as u32)).sum(),
        DataType::BinaryView => {
            array.as_binary_view().views().iter().map(|view| u64::from(*view as u32)).sum()
        }
        _ => 0,
    };
    batch.columns().iter().map(|array| bytes(array.as_ref())).sum::<u64>()
}

/// Texts of one width, without the blanks that fill them.
fn fixed(array: &dyn Array) -> Option<Cells> {
    texts(array.as_fixed_size_binary().iter().map(|cell| cell.map(|bytes| bytes.trim_ascii_end())))
}

fn identifiers(array: &dyn Array) -> Option<Cells> {
    let shown = |bytes: &[u8]| {
        let mut text = String::with_capacity(36);
        for (place, byte) in bytes.iter().enumerate() {
            if matches!(place, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            text.push_str(&format!("{byte:02x}"));
        }
        text
    };
    let texts_of: Vec<Option<String>> =
        array.as_fixed_size_binary().iter().map(|cell| cell.map(shown)).collect();
    texts(texts_of.iter().map(|cell| cell.as_deref().map(str::as_bytes)))
}

fn seconds<T: ArrowPrimitiveType>(array: &dyn Array, per_second: i64) -> Vec<Option<i64>>
where
    i64: From<T::Native>,
{
    values::<T>(array).map(|cell| cell.map(|count| i64::from(count).div_euclid(per_second))).collect()
}

/// Whether the calendar has the day.
fn is_day(days: i64) -> bool {
    i32::try_from(days).ok().and_then(NaiveDate::from_epoch_days).is_some()
}

fn days(cells: impl Iterator<Item = Option<i64>>) -> Cells {
    let cells: Vec<Option<i64>> = cells.collect();
    if cells.iter().flatten().all(|days| is_day(*days)) {
        // A day of the calendar fits 32 bits.
        return Cells::Dates(cells.into_iter().map(|cell| cell.map(|days| days as i32)).collect());
    }
    let mixed = cells.into_iter().map(|cell| match cell {
        None => OwnedCell::Empty,
        Some(days) if is_day(days) => OwnedCell::Date(days as i32),
        Some(_) => OwnedCell::Fault(CellFault::NoSuchDay),
    });
    Cells::Mixed(mixed.collect())
}

fn moments(cells: Vec<Option<i64>>) -> Cells {
    let is_moment = |seconds: i64| is_day(seconds.div_euclid(86_400));
    if cells.iter().flatten().all(|seconds| is_moment(*seconds)) {
        return Cells::Moments(cells);
    }
    let mixed = cells.into_iter().map(|cell| match cell {
        None => OwnedCell::Empty,
        Some(seconds) if is_moment(seconds) => OwnedCell::Moment(seconds),
        Some(_) => OwnedCell::Fault(CellFault::NoSuchDay),
    });
    Cells::Mixed(mixed.collect())
}
