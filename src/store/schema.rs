//! The columns of a store: for each item its values, and beside them the reasons for missing values.

use arrow::datatypes::{DataType, Field, Schema};

use crate::dictionary::{Instrument, Item, ItemType};

/// The column of respondents' (or services') ids.
pub const RESPONDENT: &str = "respondent";
/// The column of wave ids.
pub const WAVE: &str = "wave";

/// The column that holds the reasons of an item's missing values: [`Reason::number`](crate::dictionary::Reason::number), 0
/// where there is a value.
pub fn reason_column(item: &str) -> String {
    format!("{item}.reason")
}

/// The type of an item's column: codes as the narrowest of Int16, Int32 and Int64 that holds all its codes,
/// integers as Int64, decimals as Float64, dates as Date32 (days since 1970-01-01), text as Utf8.
pub fn data_type(item: &Item) -> DataType {
    match item.kind {
        ItemType::Nominal | ItemType::Ordinal | ItemType::Binary => {
            let all = |fits: fn(i64) -> bool| item.codes.iter().all(|code| fits(code.code));
            if all(|code| i16::try_from(code).is_ok()) {
                DataType::Int16
            } else if all(|code| i32::try_from(code).is_ok()) {
                DataType::Int32
            } else {
                DataType::Int64
            }
        }
        ItemType::Integer => DataType::Int64,
        ItemType::Decimal => DataType::Float64,
        ItemType::Date => DataType::Date32,
        ItemType::Text => DataType::Utf8,
    }
}

/// The columns of an instrument's data: respondent, wave, then each item followed by its reasons.
pub fn schema(instrument: &Instrument) -> Schema {
    let own = [RESPONDENT, WAVE].map(|name| Field::new(name, DataType::Utf8, false));
    Schema::new(own.into_iter().chain(answers(instrument)).collect::<Vec<_>>())
}

/// The columns of items and their reasons.
pub fn answers(instrument: &Instrument) -> impl Iterator<Item = Field> + '_ {
    instrument.items.iter().flat_map(|item| {
        [
            Field::new(&item.name, data_type(item), true),
            Field::new(reason_column(&item.name), DataType::UInt8, false),
        ]
    })
}
