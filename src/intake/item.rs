//! The answers of one item in a batch: cell → answer → checks → column.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, Date32Array, Float64Array, Int16Array, Int32Array, Int64Array, StringBuilder, UInt8Array,
};
use arrow::buffer::{BooleanBuffer, NullBuffer};
use arrow::datatypes::DataType;

use super::answer::{Answer, Invalid, is_mark, parse};
use super::checks::{Check, Field};
use super::finding::Findings;
use super::number::may_be_thousands;
use super::unread::Unread;
use crate::dictionary::{Item, ItemType, Reason};
use crate::plan::{Action, Format};
use crate::read::{Batch, Cell};
use crate::store;

/// A rule that looks at one cell.
pub(super) type FieldRule = (&'static Check, fn(&Field) -> Option<String>);

/// Codes of one or two digits are looked up: what [`parse`] and the rules make of them has been seen beforehand.
const LOOKED_UP: usize = 110;

/// Reads an item's cells in one file.
pub(super) struct ItemReader<'a> {
    pub item: &'a Item,
    /// Its column's place in the file; `None` where the file has none.
    pub at: Option<usize>,
    /// The answer that the file's name gives for every row.
    pub captured: Option<String>,
    format: &'a Format,
    rules: &'a [FieldRule],
    known: Vec<Known>,
    ticked: bool,
    counts_as_answer: bool,
}

#[derive(Clone, Copy)]
enum Known {
    /// To be parsed and put to the rules.
    No,
    Value(i64),
    Missing(Reason),
}

/// What the cells of a batch gave.
pub(super) struct Answers {
    column: Column,
    pub unread: Unread,
    /// The check that rejects a record, by the record's place among those read.
    pub rejections: Vec<(u32, &'static Check)>,
}

impl Answers {
    /// The values, and the reasons of those that are missing.
    pub fn finish(self) -> (ArrayRef, ArrayRef) {
        self.column.finish()
    }
}

impl<'a> ItemReader<'a> {
    /// `at` is the place of the item's column in the file, and `column` what the file calls it; `beside` where it is no answer of
    /// the form's own.
    pub fn new(
        (item, at, column): (&'a Item, Option<usize>, Option<&str>),
        beside: bool,
        captured: Option<String>,
        format: &'a Format,
        rules: &'a [FieldRule],
    ) -> ItemReader<'a> {
        let numbers =
            matches!(item.kind, ItemType::Nominal | ItemType::Ordinal | ItemType::Binary | ItemType::Integer);
        let sound = |text: &str| {
            let answer = parse(Cell::Text(text), item, format);
            let field = Field { item, cell: Cell::Text(text), answer: &answer, format };
            match (rules.iter().all(|(_, rule)| rule(&field).is_none()), &answer) {
                (true, Answer::Code(value) | Answer::Integer(value)) => Known::Value(*value),
                (true, Answer::Missing(reason)) => Known::Missing(*reason),
                _ => Known::No,
            }
        };
        let one = (0..10).map(|digit: u32| digit.to_string());
        let two = (0..100).map(|number: u32| format!("{number:02}"));
        let known = match numbers && at.is_some() {
            true => one.chain(two).map(|text| sound(&text)).collect(),
            false => vec![Known::No; LOOKED_UP],
        };
        let named = [item.column.as_str(), column.unwrap_or_default()];
        ItemReader {
            item,
            at,
            captured,
            format,
            rules,
            known,
            ticked: named.iter().any(|name| name.contains("___")),
            counts_as_answer: !item.constant
                && !beside
                && !named
                    .iter()
                    .any(|name| name.ends_with("_complete") || name.eq_ignore_ascii_case("complete")),
        }
    }

    /// A day is no question of the form's own, where others are: it tells when the form was to be filled in.
    pub fn sets_days_aside(&mut self) {
        self.counts_as_answer &= self.item.kind != ItemType::Date;
    }

    /// Whether the item is one of the form's own questions, whose answer makes a row a form.
    pub fn is_own(&self) -> bool {
        self.counts_as_answer && self.at.is_some() && self.captured.is_none()
    }

    /// Whether it is one of REDCap's boxes, of which an unticked one says nothing.
    pub fn is_box(&self) -> bool {
        self.ticked
    }

    /// Whether a record has no answer of this item that would make it a form.
    pub fn is_empty(&self, batch: &dyn Batch, record: usize) -> bool {
        let at = self.at.filter(|_| self.is_own());
        at.is_none_or(|at| self.says_nothing(&parse(batch.cell(record, at), self.item, self.format)))
    }

    fn says_nothing(&self, answer: &Answer<'_>) -> bool {
        match answer {
            Answer::Missing(_) | Answer::Undeclared => true,
            Answer::Code(code) => self.ticked && *code == 0,
            // Kept as a text, since it may be one, but not enough to make a form of a row that is empty otherwise.
            Answer::Text(text) => is_mark(text),
            _ => false,
        }
    }

    fn look_up(&self, text: &str) -> Known {
        match *text.as_bytes() {
            [one] if one.is_ascii_digit() => self.known[usize::from(one - b'0')],
            [ten, one] if ten.is_ascii_digit() && one.is_ascii_digit() => {
                self.known[10 + usize::from(ten - b'0') * 10 + usize::from(one - b'0')]
            }
            _ => Known::No,
        }
    }

    /// Room for the answers of so many records.
    pub fn answers(&self, records: usize) -> Answers {
        Answers { column: Column::new(self.item, records), unread: Unread::default(), rejections: Vec::new() }
    }

    /// Reads the cells of `records` at `places`, whose answers are added in the same order. `answered` is marked where there is one
    /// that makes the row a form.
    pub fn read(
        &self,
        batch: &dyn Batch,
        records: &[u32],
        places: Range<usize>,
        answers: &mut Answers,
        findings: &mut Findings<'_>,
        answered: &mut [bool],
    ) {
        let Answers { column, unread, rejections } = answers;
        let own = self.is_own();
        for place in places {
            let record = &records[place];
            let cell = match (self.at, &self.captured) {
                (_, Some(text)) => Cell::Text(text),
                (Some(at), None) => batch.cell(*record as usize, at),
                (None, None) => {
                    column.missing(Reason::NotAsked);
                    continue;
                }
            };
            if let Cell::Text(text) = cell {
                match self.look_up(text) {
                    Known::No => {}
                    Known::Value(value) => {
                        unread.filled += 1;
                        column.whole(value);
                        answered[place] |= own && (value != 0 || !self.ticked);
                        continue;
                    }
                    Known::Missing(reason) => {
                        column.missing(reason);
                        continue;
                    }
                }
            }
            let mut answer = parse(cell, self.item, self.format);
            unread.filled += u64::from(!matches!(answer, Answer::Missing(_) | Answer::Undeclared));
            unread.unread += u64::from(match &answer {
                Answer::Invalid(_) => true,
                Answer::Code(code) => self.item.code(*code).is_none(),
                _ => false,
            });
            // One number whose sign is plain tells of all.
            if unread.with_sign == unread.grouped
                && let (Cell::Text(text), Answer::Decimal(_), false) =
                    (cell, &answer, self.format.decimal_declared)
                && text.contains(self.format.decimal)
            {
                unread.with_sign += 1;
                unread.grouped += u64::from(may_be_thousands(text.trim(), self.format.decimal));
            }
            answered[place] |= own && !self.says_nothing(&answer);
            let field = Field { item: self.item, cell, answer: &answer, format: self.format };
            let mut set_missing = false;
            for (check, rule) in self.rules {
                let Some(message) = rule(&field) else { continue };
                match findings.add(check, Some(batch.row(*record as usize)), Some(&self.item.name), message) {
                    Action::SetMissing => set_missing = true,
                    Action::Reject => rejections.push((place as u32, *check)),
                    Action::Report | Action::Stop => {}
                }
            }
            if set_missing {
                answer = Answer::Missing(Reason::Invalid);
            }
            column.push(&answer);
        }
    }
}

/// Values of an item with the reasons of those that are missing, put together.
struct Column {
    values: Values,
    reasons: Vec<u8>,
}

enum Values {
    Int16(Vec<i16>),
    Int32(Vec<i32>),
    Int64(Vec<i64>),
    Float64(Vec<f64>),
    Date32(Vec<i32>),
    Utf8(StringBuilder),
}

impl Column {
    fn new(item: &Item, rows: usize) -> Column {
        let values = match store::data_type(item) {
            DataType::Int16 => Values::Int16(Vec::with_capacity(rows)),
            DataType::Int32 => Values::Int32(Vec::with_capacity(rows)),
            DataType::Float64 => Values::Float64(Vec::with_capacity(rows)),
            DataType::Date32 => Values::Date32(Vec::with_capacity(rows)),
            DataType::Utf8 => Values::Utf8(StringBuilder::new()),
            _ => Values::Int64(Vec::with_capacity(rows)),
        };
        Column { values, reasons: Vec::with_capacity(rows) }
    }

    fn missing(&mut self, reason: Reason) {
        self.reasons.push(reason.number());
        match &mut self.values {
            Values::Int16(values) => values.push(0),
            Values::Int32(values) | Values::Date32(values) => values.push(0),
            Values::Int64(values) => values.push(0),
            Values::Float64(values) => values.push(0.0),
            Values::Utf8(values) => values.append_null(),
        }
    }

    fn whole(&mut self, value: i64) {
        match &mut self.values {
            // A code that the item does not list may be beyond its column; a check has told of it, or the action lets it pass.
            Values::Int16(values) => match i16::try_from(value) {
                Ok(value) => values.push(value),
                Err(_) => return self.missing(Reason::Invalid),
            },
            Values::Int32(values) => match i32::try_from(value) {
                Ok(value) => values.push(value),
                Err(_) => return self.missing(Reason::Invalid),
            },
            Values::Int64(values) => values.push(value),
            _ => return self.missing(Reason::Invalid),
        }
        self.reasons.push(0);
    }

    fn push(&mut self, answer: &Answer<'_>) {
        match (answer, &mut self.values) {
            (Answer::Missing(reason), _) => self.missing(*reason),
            (Answer::Undeclared, _) => self.missing(Reason::Unknown),
            (Answer::Code(value) | Answer::Integer(value), _) => self.whole(*value),
            (Answer::Decimal(value), Values::Float64(values)) => {
                values.push(*value);
                self.reasons.push(0);
            }
            (Answer::Date(days), Values::Date32(values)) => {
                values.push(*days);
                self.reasons.push(0);
            }
            (Answer::Text(text), Values::Utf8(values)) => {
                values.append_value(text);
                self.reasons.push(0);
            }
            // What is not of the item's type is missing whatever a pipeline says.
            _ => self.missing(Reason::Invalid),
        }
    }

    fn finish(self) -> (ArrayRef, ArrayRef) {
        let reasons = &self.reasons;
        let present = BooleanBuffer::collect_bool(reasons.len(), |row| reasons[row] == 0);
        let nulls = Some(NullBuffer::new(present)).filter(|nulls| nulls.null_count() > 0);
        let values: ArrayRef = match self.values {
            Values::Int16(values) => Arc::new(Int16Array::new(values.into(), nulls)),
            Values::Int32(values) => Arc::new(Int32Array::new(values.into(), nulls)),
            Values::Int64(values) => Arc::new(Int64Array::new(values.into(), nulls)),
            Values::Float64(values) => Arc::new(Float64Array::new(values.into(), nulls)),
            Values::Date32(values) => Arc::new(Date32Array::new(values.into(), nulls)),
            Values::Utf8(mut values) => Arc::new(values.finish()),
        };
        (values, Arc::new(UInt8Array::from(self.reasons)))
    }
}

impl Answer<'_> {
    /// Whether it is a text in letters where a number or a day is due: what headings and question texts look like.
    pub(super) fn is_words(&self) -> bool {
        matches!(self, Answer::Invalid(Invalid::NotANumber | Invalid::NotADate))
    }
}
