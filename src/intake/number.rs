//! Numbers as questionnaires and spreadsheets write them: with a declared decimal sign, and with spaces or a declared sign between
//! thousands.

use crate::plan::Format;

/// Why a text is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotANumber {
    /// It has the other decimal sign than declared.
    DecimalSign,
    /// It has a sign before groups of three digits that is not declared: of thousands, or of the decimals.
    Thousands(char),
    Other,
}

/// The signs of a source's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signs {
    /// `,` or `.`
    pub decimal: char,
    /// Beside the spaces, which set off thousands wherever they stand.
    pub thousands: Option<char>,
}

impl Signs {
    pub fn of(format: &Format) -> Signs {
        Signs { decimal: format.decimal, thousands: format.thousands }
    }
}

/// Signs of thousands, where nothing is declared: as they are written in Norway, the United Kingdom and Switzerland.
const THOUSANDS: [char; 4] = ['.', ',', '\'', '’'];

/// The greatest whole number up to which all are exact in a double.
const EXACT: u64 = 1 << 53;

/// A number of at most 15 digits with at most one decimal sign and a minus, as most are written; `None` for every other text,
/// which [`canonical`] judges. Gives the very double that parsing does: both the digits and the power of ten are exact.
pub(super) fn quick(text: &str, decimal: char) -> Option<f64> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    if unsigned.is_empty() || unsigned.len() > 16 {
        return None;
    }
    let (mut digits, mut number, mut places) = (0, 0_u64, None);
    for byte in unsigned.bytes() {
        match byte {
            b'0'..=b'9' => {
                number = number * 10 + u64::from(byte - b'0');
                digits += 1;
                places = places.map(|places: u32| places + 1);
            }
            _ if char::from(byte) == decimal && places.is_none() => places = Some(0),
            _ => return None,
        }
    }
    if digits == 0 || digits > 15 || number >= EXACT {
        return None;
    }
    let value = number as f64 / POWERS[places.unwrap_or(0) as usize];
    Some(if unsigned.len() < text.len() { -value } else { value })
}

const POWERS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// The number in the form that Rust parses: `1 234,5` → `1234.5`.
///
/// Groups are set off by a space, a no-break space, a narrow no-break space or the declared sign, and have three digits each, so
/// that two numbers in one field are not read as one. The minus sign may be `-` or `−`. Exponents are allowed, since R writes
/// 100000 as `1e+05`. A point under a declared comma is never guessed at: `1.234` would be either of two numbers.
pub(super) fn canonical(text: &str, signs: Signs) -> Result<String, NotANumber> {
    if let Some(number) = with_signs(text, signs) {
        return Ok(number);
    }
    let other = if signs.decimal == ',' { '.' } else { ',' };
    let begins = begins_thousands(text);
    let undeclared = THOUSANDS.into_iter().filter(|_| begins).find(|sign| {
        let grouped = Signs { thousands: Some(*sign), ..signs };
        let other_way = Signs { decimal: other, thousands: Some(*sign) };
        text.contains(*sign)
            && (*sign != signs.decimal && with_signs(text, grouped).is_some()
                || *sign != other && with_signs(text, other_way).is_some())
    });
    Err(match undeclared {
        // Of a sign that is declared, groups of another size are no thousands.
        Some(sign) if signs.thousands != Some(sign) => NotANumber::Thousands(sign),
        _ if with_signs(text, Signs { decimal: other, thousands: None }).is_some() => NotANumber::DecimalSign,
        _ => NotANumber::Other,
    })
}

/// A group of thousands does not begin with zero: 0.250 is a fraction.
fn begins_thousands(text: &str) -> bool {
    !text.trim_start_matches(['-', '−', '+']).starts_with('0')
}

/// Whether the decimal sign of a number may set off thousands: `1.250`, `12.000`.
pub(super) fn may_be_thousands(text: &str, decimal: char) -> bool {
    // Nearly every number is told by one byte.
    let bytes = text.as_bytes();
    let Some(at) = bytes.len().checked_sub(4).filter(|at| char::from(bytes[*at]) == decimal) else {
        return false;
    };
    let before = text[..at].trim_start_matches(['-', '−', '+']);
    (1..=3).contains(&before.len())
        && !before.starts_with('0')
        && all_digits(before)
        && all_digits(&text[at + 1..])
}

fn with_signs(text: &str, signs: Signs) -> Option<String> {
    let (sign, unsigned) = match text.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once(signs.decimal).unwrap_or((mantissa, ""));
    let whole = ungrouped(whole, signs.thousands)?;
    if !all_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { &whole };
    let point = if fraction.is_empty() { "" } else { "." };
    let exponent = match exponent {
        None => String::new(),
        Some(exponent) => {
            let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if digits.is_empty() || digits.len() > 4 || !all_digits(digits) {
                return None;
            }
            format!("e{exponent}")
        }
    };
    Some(format!("{sign}{whole}{point}{fraction}{exponent}"))
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn ungrouped(whole: &str, thousands: Option<char>) -> Option<String> {
    let sets_off = |sign: char| [' ', '\u{A0}', '\u{202F}'].contains(&sign) || Some(sign) == thousands;
    let mut groups = whole.split(sets_off);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let well_grouped =
        rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
    (well_grouped && all_digits(first) && rest.iter().all(|group| all_digits(group)))
        .then(|| first.to_owned() + &rest.concat())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const COMMA: Signs = Signs { decimal: ',', thousands: None };
    const POINT: Signs = Signs { decimal: '.', thousands: None };

    #[test]
    fn norwegian_numbers() {
        for (text, number) in [
            ("1 234,5", "1234.5"),
            ("1\u{A0}234\u{202F}567", "1234567"),
            ("−3,25", "-3.25"),
            ("+7", "7"),
            (",5", "0.5"),
            ("5,", "5"),
            ("1e+05", "1e+05"),
            ("0012", "0012"),
        ] {
            assert_eq!(canonical(text, COMMA).as_deref(), Ok(number), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        /// The quick way gives what the plain one does, to the last bit, wherever it gives anything.
        #[test]
        fn the_quick_way_is_the_plain_one(text in "-?[0-9]{0,12}[.,]?[0-9]{0,6}|[-0-9.,e ]{0,8}", comma in any::<bool>()) {
            let decimal = if comma { ',' } else { '.' };
            if let Some(number) = quick(&text, decimal) {
                let plain: f64 = canonical(&text, Signs { decimal, thousands: None }).unwrap().parse().unwrap();
                prop_assert_eq!(number.to_bits(), plain.to_bits(), "{}", text);
            }
        }
    }

    #[test]
    fn plain_numbers_are_read_the_quick_way() {
        assert_eq!(quick("23,5", ','), Some(23.5));
        assert_eq!(quick("-0,1", ','), Some(-0.1));
        for other in ["", "-", ",", "1.5", "1 234", "+7", "1e3", "1234567890123456"] {
            assert_eq!(quick(other, ','), None, "{other}");
        }
    }

    #[test]
    fn the_wrong_decimal_sign_is_told_from_what_is_no_number() {
        for (text, signs) in [
            ("1.5", COMMA),
            ("1,5", POINT),
            ("0.250", COMMA),
            ("12.2500", COMMA),
            ("1.5e3", COMMA),
            (".250", COMMA),
        ] {
            assert_eq!(canonical(text, signs), Err(NotANumber::DecimalSign), "{text}");
        }
        for text in [
            "", "-", ",", "1 2", "12 34", "1 234 5", "abc", "1e", "1,2,3", "0x1", "inf", "NaN", "5 %",
            "1.2.3", "1.250.5",
        ] {
            assert_eq!(canonical(text, COMMA), Err(NotANumber::Other), "{text}");
        }
    }

    #[test]
    fn a_sign_before_three_digits_that_is_not_declared_is_told() {
        for (text, signs, sign) in [
            ("1.250", COMMA, '.'),
            ("1,250", POINT, ','),
            ("1.234,5", COMMA, '.'),
            ("1,234.5", POINT, ','),
            ("1.234,5", POINT, '.'),
            ("1.250.000", POINT, '.'),
            ("-12.250.000", COMMA, '.'),
            ("1'250", COMMA, '\''),
            ("1’250.50", POINT, '’'),
        ] {
            assert_eq!(canonical(text, signs), Err(NotANumber::Thousands(sign)), "{text}");
        }
    }

    #[test]
    fn three_digits_after_the_decimal_sign_may_be_thousands() {
        for (text, may) in [
            ("1.250", true),
            ("-12.000", true),
            ("1.25", false),
            ("0.250", false),
            ("1250.000", false),
            ("1250", false),
        ] {
            assert_eq!(may_be_thousands(text, '.'), may, "{text}");
        }
    }

    #[test]
    fn a_declared_sign_sets_off_thousands_and_nothing_else() {
        let points = Signs { thousands: Some('.'), ..COMMA };
        for (text, number) in [
            ("1.250", "1250"),
            ("12.250.000,5", "12250000.5"),
            ("1 250", "1250"),
            ("250", "250"),
            ("−1.250", "-1250"),
        ] {
            assert_eq!(canonical(text, points).as_deref(), Ok(number), "{text}");
        }
        for text in ["1.25", "1250.000", "1.2500"] {
            assert_eq!(canonical(text, points), Err(NotANumber::DecimalSign), "{text}");
        }
        assert_eq!(canonical("1.250.00", points), Err(NotANumber::Other));
        let commas = Signs { thousands: Some(','), ..POINT };
        assert_eq!(canonical("1,250.25", commas).as_deref(), Ok("1250.25"));
        assert_eq!(canonical("1'250", Signs { thousands: Some('\''), ..POINT }).as_deref(), Ok("1250"));
    }
}
