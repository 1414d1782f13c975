//! Answers → typed columns: for each item its values and, beside them, the reasons of those that are missing.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, Date32Builder, Float64Builder, Int16Builder, Int32Builder, Int64Builder, StringBuilder,
    UInt8Builder,
};
use arrow::datatypes::{DataType, Field, Schema};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;

use super::answer::Answer;
use crate::dictionary::{Instrument, Item, ItemType, Reason};

/// The column of respondents' (or services') ids.
pub const RESPONDENT: &str = "respondent";
/// The column of wave ids.
pub const WAVE: &str = "wave";

/// The column that holds the reasons of an item's missing values: [`Reason::number`], 0 where there is a value.
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
    let mut fields =
        vec![Field::new(RESPONDENT, DataType::Utf8, false), Field::new(WAVE, DataType::Utf8, false)];
    for item in &instrument.items {
        fields.push(Field::new(&item.name, data_type(item), true));
        fields.push(Field::new(reason_column(&item.name), DataType::UInt8, false));
    }
    Schema::new(fields)
}

enum Values {
    Int16(Int16Builder),
    Int32(Int32Builder),
    Int64(Int64Builder),
    Float64(Float64Builder),
    Date32(Date32Builder),
    Utf8(StringBuilder),
}

impl Values {
    fn new(item: &Item) -> Values {
        match data_type(item) {
            DataType::Int16 => Values::Int16(Int16Builder::new()),
            DataType::Int32 => Values::Int32(Int32Builder::new()),
            DataType::Float64 => Values::Float64(Float64Builder::new()),
            DataType::Date32 => Values::Date32(Date32Builder::new()),
            DataType::Utf8 => Values::Utf8(StringBuilder::new()),
            _ => Values::Int64(Int64Builder::new()),
        }
    }

    /// Appends the answer and returns its reason's number. What is not of the column's type has been found by the
    /// checks `type` and `unlisted_code`, neither of which can be told to let it pass; it is missing here.
    fn append(&mut self, answer: Answer) -> u8 {
        let present = match (&mut *self, answer) {
            (Values::Int16(values), Answer::Code(code)) => {
                i16::try_from(code).map(|code| values.append_value(code)).is_ok()
            }
            (Values::Int32(values), Answer::Code(code)) => {
                i32::try_from(code).map(|code| values.append_value(code)).is_ok()
            }
            (Values::Int64(values), Answer::Code(number) | Answer::Integer(number)) => {
                values.append_value(number);
                true
            }
            (Values::Float64(values), Answer::Decimal(number)) => {
                values.append_value(number);
                true
            }
            (Values::Date32(values), Answer::Date(days)) => {
                values.append_value(days);
                true
            }
            (Values::Utf8(values), Answer::Text(text)) => {
                values.append_value(text);
                true
            }
            _ => false,
        };
        if present {
            return 0;
        }
        match self {
            Values::Int16(values) => values.append_null(),
            Values::Int32(values) => values.append_null(),
            Values::Int64(values) => values.append_null(),
            Values::Float64(values) => values.append_null(),
            Values::Date32(values) => values.append_null(),
            Values::Utf8(values) => values.append_null(),
        }
        match answer {
            Answer::Missing(reason) => reason.number(),
            _ => Reason::Invalid.number(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Values::Int16(values) => Arc::new(values.finish()),
            Values::Int32(values) => Arc::new(values.finish()),
            Values::Int64(values) => Arc::new(values.finish()),
            Values::Float64(values) => Arc::new(values.finish()),
            Values::Date32(values) => Arc::new(values.finish()),
            Values::Utf8(values) => Arc::new(values.finish()),
        }
    }
}

/// The columns of one file while it is read.
pub(super) struct Columns {
    schema: Arc<Schema>,
    respondents: StringBuilder,
    waves: StringBuilder,
    items: Vec<(Values, UInt8Builder)>,
}

impl Columns {
    pub(super) fn new(instrument: &Instrument) -> Columns {
        let items = instrument.items.iter();
        Columns {
            schema: Arc::new(schema(instrument)),
            respondents: StringBuilder::new(),
            waves: StringBuilder::new(),
            items: items.map(|item| (Values::new(item), UInt8Builder::new())).collect(),
        }
    }

    /// Appends one assessment; `answers` in the order of the instrument's items.
    pub(super) fn append(&mut self, respondent: &str, wave: &str, answers: &[Answer]) {
        self.respondents.append_value(respondent);
        self.waves.append_value(wave);
        for ((values, reasons), answer) in self.items.iter_mut().zip(answers) {
            reasons.append_value(values.append(*answer));
        }
    }

    pub(super) fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        let mut arrays: Vec<ArrayRef> =
            vec![Arc::new(self.respondents.finish()), Arc::new(self.waves.finish())];
        for (values, reasons) in &mut self.items {
            arrays.push(values.finish());
            arrays.push(Arc::new(reasons.finish()));
        }
        RecordBatch::try_new(self.schema, arrays)
    }
}
