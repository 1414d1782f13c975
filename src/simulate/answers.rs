//! Answers as written in draws → cells and ranges, read by their item.

use std::ops::Range;

use toml::Spanned;

use super::column::Cell;
use super::deal::Answer;
use crate::dictionary::{Item, ItemType};
use crate::written::{self, Mistake};

/// What an answer's name stands for.
pub enum Read {
    Missing(Cell),
    Answer(Answer),
}

/// "18..25", in units of the last of `places` decimal places.
pub fn range(text: &str, places: u32) -> Option<(i64, i64)> {
    let (least, greatest) = text.split_once("..")?;
    let (least, greatest) = (number(least.trim(), places)?, number(greatest.trim(), places)?);
    (least <= greatest).then_some((least, greatest))
}

/// A decimal number in units of the last of `places` decimal places; at most [`Cell::GREATEST`] of them.
pub fn number(text: &str, places: u32) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if part.len() > places as usize || !digits(part) || !digits(whole.strip_prefix('-').unwrap_or(whole)) {
        return None;
    }
    let units = format!("{whole}{part:0<width$}", width = places as usize);
    units.parse().ok().filter(|units: &i64| units.abs() <= Cell::GREATEST)
}

/// Reads an answer: `blank`, a code, a number or a range.
pub fn answer(
    source: &written::Source,
    item: Option<&Item>,
    places: u32,
    written: &Spanned<String>,
) -> Result<Read, Mistake> {
    let text = written.get_ref();
    if text == "blank" {
        return Ok(Read::Missing(Cell::BLANK));
    }
    let counted = item.is_none_or(Item::is_coded);
    if let Some(code) = text.parse::<i64>().ok().filter(|code| {
        counted || item.is_some_and(|item| item.missing.iter().any(|missing| missing.code == *code))
    }) {
        let cell = coded(source, item, code, written.span())?;
        return Ok(match cell.valid() {
            Some(code) => Read::Answer(Answer::Code(code)),
            None => Read::Missing(cell),
        });
    }
    let numeric = item.is_some_and(|item| matches!(item.kind, ItemType::Integer | ItemType::Decimal));
    if !numeric {
        return Err(source
            .mistake(written.span(), format!("`{text}` is not an answer here"))
            .help("write a code of the dictionary, one of its missing codes, or `blank`; dates and texts cannot be made up"));
    }
    let (least, greatest) =
        range(text, places).or_else(|| number(text, places).map(|one| (one, one))).ok_or_else(|| {
            source
                .mistake(written.span(), format!("`{text}` is not a range"))
                .help("\"18..25\" is the numbers from 18 to 25, both in it")
        })?;
    let unit = 10_f64.powi(places as i32);
    let allowed = item.and_then(|item| item.range);
    if allowed.is_some_and(|[from, to]| (least as f64) < from * unit || greatest as f64 > to * unit) {
        return Err(source
            .mistake(written.span(), "this range goes beyond what the dictionary allows")
            .help("widen the item's `range`, or narrow this"));
    }
    Ok(Read::Answer(Answer::Range(least, greatest)))
}

/// A code of the item, or one of its missing codes; any number for what is no item.
pub fn coded(
    source: &written::Source,
    item: Option<&Item>,
    code: i64,
    span: Range<usize>,
) -> Result<Cell, Mistake> {
    if !(-Cell::GREATEST..=Cell::GREATEST).contains(&code) {
        return Err(source
            .mistake(span, format!("{code} is too large for a code"))
            .help(format!("at most {}", Cell::GREATEST)));
    }
    let Some(item) = item else {
        return Ok(Cell::value(code));
    };
    if item.missing.iter().any(|missing| missing.code == code) {
        return Ok(Cell::missing(code));
    }
    if item.code(code).is_some() || item.kind == ItemType::Integer {
        return Ok(Cell::value(code));
    }
    let codes = item.codes.iter().map(|known| known.code);
    let listed: Vec<String> =
        codes.chain(item.missing.iter().map(|missing| missing.code)).map(|code| code.to_string()).collect();
    Err(source
        .mistake(span, format!("`{}` has no code {code}", item.name))
        .help(format!("its codes: {}", listed.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_exactly() {
        assert_eq!(number("18", 0), Some(18));
        assert_eq!(number("-2.5", 1), Some(-25));
        assert_eq!(number("24", 2), Some(2400));
        assert_eq!(number("2.55", 1), None);
        assert_eq!(number("", 0), None);
        assert_eq!(range("18..25", 0), Some((18, 25)));
        assert_eq!(range("25..18", 0), None);
    }
}
