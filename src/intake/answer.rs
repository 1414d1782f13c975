//! One cell → an answer of the item's type, or the reason why there is none.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::day::{date, day_number, excel_day};
use super::number::{NotANumber, Signs, canonical, may_be_thousands, quick};
use crate::dictionary::{Item, ItemType, PartAnswer, Reason, Text, part_answer};
use crate::plan::{EXCEL_DAYS, Format};
use crate::read::{Cell, CellFault, shown};

/// What a cell says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer<'a> {
    Missing(Reason),
    /// Missing by the file's own word, which the dictionary does not know.
    Undeclared,
    /// Of a coded item; whether the code is listed is for a check to say.
    Code(i64),
    Integer(i64),
    Decimal(f64),
    /// Days since 1970-01-01.
    Date(i32),
    Text(Cow<'a, str>),
    Invalid(Invalid),
}

/// Why a cell is not of its item's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Invalid {
    NotANumber,
    /// A point where a comma is declared, or the other way about.
    DecimalSign,
    /// A sign before groups of three digits that is not declared.
    Thousands(char),
    NotWhole,
    /// Beyond what a computer holds exactly.
    TooLarge,
    NotADate,
    /// A number where a day is due, as spreadsheets count days.
    DayNumber,
    /// A year before 1000: two digits where the pattern has four.
    ShortYear,
    /// A day where a number is due, as spreadsheets make of `1-2`.
    Day,
    /// Something else than codes where several answers may stand.
    NotAList,
    /// A label that several codes have.
    SharedLabel,
    Cell(CellFault),
}

/// Texts that stand for an empty field in what R, SPSS, SAS, Excel and databases write, whatever their case.
const MARKS: [&str; 8] = ["NA", "N/A", "#N/A", "NULL", "#NULL!", "NaN", ".", "<NA>"];

/// Integers up to here are exact in a double; an exponent or a fraction of zeros goes through one.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads a cell. Spellings that the dictionary lists come first, then missing codes, then the item's type, then labels.
pub(crate) fn parse<'a>(cell: Cell<'a>, item: &Item, format: &Format) -> Answer<'a> {
    if item.part_of.is_some() {
        return of_part(cell, item, format);
    }
    match cell {
        Cell::Empty => Answer::Missing(item.blank),
        Cell::Text(text) => of_text(text, item, format),
        Cell::Number(number) => of_number(number, item, format),
        Cell::Date(days) => of_day(i64::from(days), item),
        Cell::Moment(seconds) => of_day(seconds.div_euclid(86_400), item),
        Cell::Time(seconds) => match item.kind {
            ItemType::Text => Answer::Text(shown(cell).into()),
            ItemType::Decimal => Answer::Decimal(seconds as f64),
            ItemType::Integer => Answer::Integer(seconds),
            _ => Answer::Invalid(Invalid::NotANumber),
        },
        // The dictionary's word counts for more than the file's.
        Cell::Declared(number) => match of_number(number, item, format) {
            Answer::Code(code) if item.code(code).is_some() => Answer::Code(code),
            Answer::Missing(reason) => Answer::Missing(reason),
            _ => Answer::Undeclared,
        },
        Cell::DeclaredText(text) => match of_text(text, item, format) {
            Answer::Code(code) if item.code(code).is_some() => Answer::Code(code),
            Answer::Missing(reason) => Answer::Missing(reason),
            _ => Answer::Undeclared,
        },
        Cell::Tag(letter) => {
            let written = format!(".{letter}");
            let known = item.missing.iter().find(|missing| missing.written.contains(&written));
            known.map_or(Answer::Undeclared, |missing| Answer::Missing(missing.reason))
        }
        Cell::Fault(fault) => Answer::Invalid(Invalid::Cell(fault)),
    }
}

/// One of several answers that stand in one cell: whether it is among them.
fn of_part<'a>(cell: Cell<'a>, item: &Item, format: &Format) -> Answer<'a> {
    let text = shown(cell);
    let Some(part) = item.part_of.as_ref().filter(|_| !format.missing.contains(&text)) else {
        return Answer::Missing(item.blank);
    };
    match part_answer(&text, item, part) {
        PartAnswer::Chosen => Answer::Code(1),
        PartAnswer::NotChosen => Answer::Code(0),
        PartAnswer::Missing(reason) => Answer::Missing(reason),
        PartAnswer::Unreadable if is_mark(&text) => Answer::Missing(item.blank),
        PartAnswer::Unreadable => Answer::Invalid(Invalid::NotAList),
    }
}

fn of_text<'a>(text: &'a str, item: &Item, format: &Format) -> Answer<'a> {
    let text = text.trim();
    if text.is_empty() || format.missing.iter().any(|mark| mark == text) {
        return Answer::Missing(item.blank);
    }
    let spelled = |written: &[String]| written.iter().any(|known| same_word(known.trim(), text));
    if let Some(missing) = item.missing.iter().find(|missing| spelled(&missing.written)) {
        return Answer::Missing(missing.reason);
    }
    if let Some(code) = item.codes.iter().find(|code| spelled(&code.written)) {
        return Answer::Code(code.code);
    }
    let read = match item.kind {
        ItemType::Nominal | ItemType::Ordinal | ItemType::Binary => {
            integer(text, item, format).map_or_else(|other| other, Answer::Code)
        }
        ItemType::Integer => integer(text, item, format).map_or_else(|other| other, Answer::Integer),
        ItemType::Decimal => decimal(text, item, format),
        ItemType::Date => match missing_by_text(text, item) {
            Some(reason) => Answer::Missing(reason),
            None => date(text, format),
        },
        ItemType::Text => match missing_by_text(text, item) {
            Some(reason) => Answer::Missing(reason),
            None => Answer::Text(text.into()),
        },
    };
    match read {
        Answer::Invalid(why) => by_label(text, item).unwrap_or(Answer::Invalid(why)),
        Answer::Code(code) => listed_or_label(code, text, item),
        read => read,
    }
}

/// A number that is no code may be a label: `18` of the code 1. Where a label is the number of another code, numbers are codes and
/// nothing else: read in two ways, two answers would become one.
fn listed_or_label<'a>(code: i64, text: &str, item: &Item) -> Answer<'a> {
    match item.code(code) {
        Some(_) => Answer::Code(code),
        None if labels_are_codes(item) => Answer::Code(code),
        None => by_label(text, item).unwrap_or(Answer::Code(code)),
    }
}

/// Whether a code has a label that is the number of another code of the item.
fn labels_are_codes(item: &Item) -> bool {
    item.codes.iter().any(|code| {
        let numbers = code.label.written().filter_map(|label| label.trim().parse::<i64>().ok());
        numbers.into_iter().any(|number| number != code.code && item.code(number).is_some())
    })
}

/// What is written in words: a label of the dictionary, or a sign for an empty field.
fn by_label<'a>(text: &str, item: &Item) -> Option<Answer<'a>> {
    let labelled = |label: &Text| label.written().any(|label| same_word(label.trim(), text));
    let mut codes = item.codes.iter().filter(|code| labelled(&code.label)).map(|code| code.code);
    if let Some(code) = codes.next() {
        return Some(match codes.next() {
            None => Answer::Code(code),
            Some(_) => Answer::Invalid(Invalid::SharedLabel),
        });
    }
    if let Some(missing) = item.missing.iter().find(|missing| labelled(&missing.label)) {
        return Some(Answer::Missing(missing.reason));
    }
    is_mark(text).then_some(Answer::Missing(item.blank))
}

/// Whether a text is what programs write for an empty field.
pub(super) fn is_mark(text: &str) -> bool {
    MARKS.iter().any(|mark| mark.eq_ignore_ascii_case(text))
}

/// Whether two texts differ in capitals and in the width of their blanks only.
fn same_word(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.split_whitespace()
        .flat_map(|word| [' '].into_iter().chain(word.chars().flat_map(char::to_lowercase)))
}

fn missing_by_text(text: &str, item: &Item) -> Option<Reason> {
    let code: i64 = text.parse().ok()?;
    item.missing.iter().find(|missing| missing.code == code).map(|missing| missing.reason)
}

/// A whole number, or the answer that stands in its place. A code is never 1000; a number may be, and then `1.000` is either.
fn integer<'a>(text: &str, item: &Item, format: &Format) -> Result<i64, Answer<'a>> {
    if item.kind == ItemType::Integer && !format.decimal_declared && may_be_thousands(text, format.decimal) {
        return Err(Answer::Invalid(Invalid::Thousands(format.decimal)));
    }
    if let Some(value) = quick(text, format.decimal).filter(|value| value.fract() == 0.0) {
        let value = value as i64;
        let missing = item.missing.iter().find(|missing| missing.code == value);
        return missing.map_or(Ok(value), |missing| Err(Answer::Missing(missing.reason)));
    }
    let number = match whole(text) {
        Some(number) => number.to_owned(),
        None => canonical(text, Signs::of(format)).map_err(not_a_number)?,
    };
    let value = match number.contains(['.', 'e', 'E']) {
        false => number.parse().map_err(|_| Answer::Invalid(Invalid::TooLarge))?,
        // `canonical` leaves only what f64 parses; a failure would be no number either.
        true => whole_number(number.parse().map_err(|_| Answer::Invalid(Invalid::NotANumber))?)?,
    };
    match item.missing.iter().find(|missing| missing.code == value) {
        Some(missing) => Err(Answer::Missing(missing.reason)),
        None => Ok(value),
    }
}

/// `2.0`, `2,0` and `2,00` are whole, whichever decimal sign is declared: programs write whole numbers so that have an empty
/// field somewhere in their column.
fn whole(text: &str) -> Option<&str> {
    let digits = [".0", ",0", ".00", ",00"].iter().find_map(|zeros| text.strip_suffix(zeros))?;
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    (!unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

fn whole_number<'a>(value: f64) -> Result<i64, Answer<'a>> {
    if value.fract() != 0.0 {
        return Err(Answer::Invalid(Invalid::NotWhole));
    }
    match value.abs() > EXACT {
        true => Err(Answer::Invalid(Invalid::TooLarge)),
        false => Ok(value as i64),
    }
}

fn decimal<'a>(text: &str, item: &Item, format: &Format) -> Answer<'a> {
    if let Some(value) = quick(text, format.decimal) {
        return finite(value, item);
    }
    let number = match canonical(text, Signs::of(format)) {
        Ok(number) => number,
        Err(why) => return not_a_number(why),
    };
    match number.parse::<f64>() {
        Ok(value) if value.is_finite() => finite(value, item),
        Ok(_) => Answer::Invalid(Invalid::TooLarge),
        Err(_) => Answer::Invalid(Invalid::NotANumber),
    }
}

fn finite<'a>(value: f64, item: &Item) -> Answer<'a> {
    match item.missing.iter().find(|missing| missing.code as f64 == value) {
        Some(missing) => Answer::Missing(missing.reason),
        // Adding zero turns −0 into 0, so that equal numbers have equal bytes.
        None => Answer::Decimal(value + 0.0),
    }
}

fn not_a_number<'a>(why: NotANumber) -> Answer<'a> {
    Answer::Invalid(match why {
        NotANumber::DecimalSign => Invalid::DecimalSign,
        NotANumber::Thousands(sign) => Invalid::Thousands(sign),
        NotANumber::Other => Invalid::NotANumber,
    })
}

fn of_number<'a>(number: f64, item: &Item, format: &Format) -> Answer<'a> {
    if !number.is_finite() {
        return Answer::Missing(item.blank);
    }
    let missing = item.missing.iter().find(|missing| missing.code as f64 == number);
    if let Some(missing) = missing {
        return Answer::Missing(missing.reason);
    }
    let whole = || whole_number(number);
    match item.kind {
        ItemType::Nominal | ItemType::Ordinal | ItemType::Binary => whole()
            .map_or_else(|other| other, |code| listed_or_label(code, &shown(Cell::Number(number)), item)),
        ItemType::Integer => whole().map_or_else(|other| other, Answer::Integer),
        ItemType::Decimal => finite(number, item),
        ItemType::Date if format.date.iter().any(|pattern| pattern == EXCEL_DAYS) => excel_day(number),
        ItemType::Date => Answer::Invalid(day_number(number)),
        ItemType::Text => Answer::Text(shown(Cell::Number(number)).into()),
    }
}

fn of_day<'a>(days: i64, item: &Item) -> Answer<'a> {
    let day = i32::try_from(days).ok().filter(|days| NaiveDate::from_epoch_days(*days).is_some());
    match (item.kind, day) {
        (ItemType::Date, Some(days)) => Answer::Date(days),
        (ItemType::Text, Some(days)) => Answer::Text(shown(Cell::Date(days)).into()),
        (ItemType::Date | ItemType::Text, None) => Answer::Invalid(Invalid::NotADate),
        _ => Answer::Invalid(Invalid::Day),
    }
}

/// The number that a text is by the source's signs.
pub(super) fn number_of(text: &str, format: &Format) -> Option<f64> {
    canonical(text, Signs::of(format)).ok()?.parse().ok()
}

/// The same by either decimal sign: of a column that only tells a place in time. `1.250` under a declared comma is none still.
pub(super) fn plain_number(text: &str, format: &Format) -> Option<f64> {
    let other = if format.decimal == ',' { '.' } else { ',' };
    let found = match canonical(text, Signs::of(format)) {
        Err(NotANumber::DecimalSign) => canonical(text, Signs { decimal: other, thousands: None }),
        found => found,
    };
    found.ok()?.parse().ok().filter(|number: &f64| number.is_finite())
}
