//! Numbers as each language writes them. Rounding happens here and nowhere else.
//!
//! Norwegian: decimal comma, groups of three set off by a hard space, `12 %`. English: decimal point, commas, `12%`.
//! A minus is U+2212. Halves are rounded away from zero, as readers do.

#![expect(clippy::float_arithmetic, reason = "per cent and rounding")]

use super::mark::{self, Aside};
use super::{Amount, Cell, Content, Format, doubt};
use crate::dictionary::Language;

/// The hard space, so that a number is never broken over two lines.
const HARD_SPACE: char = '\u{a0}';
const MINUS: char = '\u{2212}';

/// A cell as a reader sees it, with the marks of what makes it one that is not to be trusted.
pub fn cell(cell: &Cell, language: Language) -> String {
    unmarked(cell, language) + &doubt::marks(cell)
}

/// The same without the marks.
pub fn unmarked(cell: &Cell, language: Language) -> String {
    match &cell.content {
        Content::Number { value, format } => number(*value, *format, language),
        Content::Interval { low, high, format } => interval(*low, *high, *format, language),
        Content::Text(text) => text.get(language).to_owned(),
        Content::Partly { value, format } => {
            let hidden = Content::Suppressed.symbol().unwrap_or_default();
            format!("{} ({hidden})", number(*value, *format, language))
        }
        symbol => symbol.symbol().unwrap_or_default().to_owned(),
    }
}

/// A cell as a reader sees it, marked with the estimates that it shows.
pub fn marked(cell: &Cell, language: Language) -> String {
    mark::marked(self::cell(cell, language), &cell.of)
}

/// A number in a format, marked with the estimates that it shows.
pub fn amount(amount: &Amount, format: Format, language: Language) -> String {
    mark::marked(number(amount.value, format, language), &amount.of)
}

/// How many there are of what the page itself tells; no estimate.
pub fn counted(n: usize, language: Language) -> String {
    mark::aside(&number(n as f64, Format::Count, language), Aside::Counted)
}

/// A parameter of the method in a sentence, such as the limit that p-values are held against; no estimate.
pub fn parameter(value: f64, format: Format, language: Language) -> String {
    mark::aside(&number(value, format, language), Aside::Parameter)
}

/// A number as [`number`] rounds and writes it, but as spreadsheets read it: no grouping, no hard spaces, a keyboard's minus.
pub fn plain(value: f64, format: Format, language: Language) -> String {
    let grouping = match language {
        Language::Nb | Language::Nn => HARD_SPACE,
        Language::En => ',',
    };
    number(value, format, language).replace([grouping, HARD_SPACE], "").replace(MINUS, "-")
}

/// A number in a format.
pub fn number(value: f64, format: Format, language: Language) -> String {
    match format {
        Format::Count => decimal(value, 0, language),
        Format::Percent(decimals) => percent(value, decimals, language),
        Format::Points(decimals) => signed(100.0 * value, decimals, language),
        Format::Decimal(decimals) => decimal(value, decimals, language),
        Format::Signed(decimals) => signed(value, decimals, language),
        Format::P => p(value, language),
        Format::Ratio => ratio(value, language),
    }
}

/// `0,12 til 0,45`: a dash would be read as a minus.
pub fn interval(low: f64, high: f64, format: Format, language: Language) -> String {
    let to = match language {
        Language::Nb | Language::Nn => "til",
        Language::En => "to",
    };
    let end = |value| number(value, of_limit(value, format), language).replace(' ', "\u{a0}");
    format!("{}{HARD_SPACE}{to} {}", end(low), end(high))
}

/// The format of a limit: a ratio's has so many decimals that what is not 1 is not written as 1, since on which side of it the interval
/// lies is what it is read for.
fn of_limit(value: f64, format: Format) -> Format {
    const MOST: usize = 6;
    let rounds_to_one = |decimals: &usize| (value - 1.0).abs() < 0.5 * 10_f64.powi(-(*decimals as i32));
    match format {
        Format::Ratio if value != 1.0 && rounds_to_one(&2) => {
            Format::Decimal((3..MOST).find(|decimals| !rounds_to_one(decimals)).unwrap_or(MOST))
        }
        _ => format,
    }
}

/// A share (0 … 1) as per cent.
pub fn percent(share: f64, decimals: usize, language: Language) -> String {
    let number = decimal(100.0 * share, decimals, language);
    match language {
        Language::Nb | Language::Nn => format!("{number}{HARD_SPACE}%"),
        Language::En => format!("{number}%"),
    }
}

/// A p-value, never `0.000`.
pub fn p(value: f64, language: Language) -> String {
    match value < 0.0005 {
        true => format!("<{HARD_SPACE}{}", decimal(0.001, 3, language)),
        false => decimal(value, 3, language),
    }
}

/// A ratio with about three figures; what would round to zero is written as less than a thousandth.
fn ratio(value: f64, language: Language) -> String {
    match value.abs() {
        // Nobody on one side: not a small ratio, but none.
        0.0 => decimal(0.0, 0, language),
        size if size < 0.0005 => format!("<{HARD_SPACE}{}", decimal(0.001, 3, language)),
        size if size < 0.095 => decimal(value, 3, language),
        size if size < 9.995 => decimal(value, 2, language),
        size if size < 99.95 => decimal(value, 1, language),
        size if size < 9999.5 => decimal(value, 0, language),
        _ => format!(">{HARD_SPACE}{}", decimal(9999.0, 0, language)),
    }
}

fn signed(value: f64, decimals: usize, language: Language) -> String {
    let text = decimal(value, decimals, language);
    let zero = text.chars().all(|sign| !sign.is_ascii_digit() || sign == '0');
    if value > 0.0 && !zero { format!("+{text}") } else { text }
}

/// A number with so many decimals.
pub fn decimal(value: f64, decimals: usize, language: Language) -> String {
    let text = round(value.abs(), decimals);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let (group, point) = match language {
        Language::Nb | Language::Nn => (HARD_SPACE, ','),
        Language::En => (',', '.'),
    };
    let mut out = String::with_capacity(text.len() + 4);
    if value < 0.0 && text.chars().any(|digit| ('1'..='9').contains(&digit)) {
        out.push(MINUS);
    }
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position) % 3 == 0 {
            out.push(group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// Halves away from zero. Binary floats hold no 0.125 % exactly, so the decimal text of the number is what is rounded: a
/// reader who rounds the published 15 digits by hand gets the same.
fn round(value: f64, decimals: usize) -> String {
    let nudge = value * 1e-14;
    format!("{:.decimals$}", value + nudge)
}
