//! Number formats that show a number at full precision as the table shows it rounded.

#![expect(clippy::float_arithmetic, reason = "per cent and rounding")]

use crate::dictionary::Language;
use crate::table::{Format, number};

/// What the cell holds: the cleared value; of a change of shares, percentage points, as the table writes it.
pub fn value(value: f64, format: Format) -> f64 {
    match format {
        Format::Points(_) => 100.0 * value,
        Format::Count
        | Format::Percent(_)
        | Format::Decimal(_)
        | Format::Signed(_)
        | Format::P
        | Format::Ratio => value,
    }
}

/// The number format, in the form of Office Open XML: its signs are English whatever the reader's language, and a spreadsheet
/// shows them in the reader's. It is read off what the table writes, so that there is one rule of rounding.
pub fn of(value: f64, format: Format, language: Language) -> String {
    let shown = number::plain(value, format, Language::En);
    // What is written as less or more than a bound is so by a condition, so that the format also fits another number.
    let bound = number::number(value, format, language);
    match shown.chars().next() {
        Some('<') => return format!("[<0.0005]\"{bound}\";0.000"),
        Some('>') => return format!("[>=9999.5]\"{bound}\";0"),
        _ if format == Format::P => return format!("[<0.0005]\"{}\";0.000", number::p(0.0, language)),
        _ => {}
    }
    let digits = shown.trim_end_matches('%');
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let places = match decimals {
        0 => String::new(),
        decimals => format!(".{}", "0".repeat(decimals)),
    };
    match (format, language) {
        (Format::Percent(_), Language::En) => format!("0{places}%"),
        (Format::Percent(_), Language::Nb | Language::Nn) => format!("0{places}\"\u{a0}\"%"),
        // What rounds to nothing has no sign.
        _ if !digits.contains(|digit: char| ('1'..='9').contains(&digit)) => {
            format!("0{places};0{places};0{places}")
        }
        (Format::Points(_) | Format::Signed(_), _) => {
            format!("+#,##0{places};-#,##0{places};0{places}")
        }
        _ => format!("#,##0{places}"),
    }
}

/// A number format that shows marks after the number, in each of its sections: what stands in the cell stays a number.
pub fn with_marks(format: &str, marks: &str) -> String {
    if marks.is_empty() {
        return format.to_owned();
    }
    let mut is_quoted = false;
    let mut out = String::with_capacity(format.len() + 16);
    for sign in format.chars() {
        is_quoted ^= sign == '"';
        if sign == ';' && !is_quoted {
            out.push_str(&format!("\"{marks}\""));
        }
        out.push(sign);
    }
    format!("{out}\"{marks}\"")
}

/// The number format of nobody: 0, which can be added up, shown as its symbol.
pub fn zero(symbol: &str) -> String {
    format!("#,##0;-#,##0;\"{symbol}\"")
}

#[cfg(test)]
mod tests {
    use super::with_marks;

    #[test]
    fn marks_stand_after_the_number_of_every_section() {
        assert_eq!(with_marks("0.00", ""), "0.00");
        assert_eq!(with_marks("0.00", "ᵃ"), "0.00\"ᵃ\"");
        assert_eq!(with_marks("+0;-0;0", "ᵃᵇ"), "+0\"ᵃᵇ\";-0\"ᵃᵇ\";0\"ᵃᵇ\"");
        assert_eq!(with_marks("[<0.0005]\"< 0;1\";0.000", "ᵃ"), "[<0.0005]\"< 0;1\"\"ᵃ\";0.000\"ᵃ\"");
    }
}
