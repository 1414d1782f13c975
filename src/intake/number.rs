//! Numbers as questionnaires and spreadsheets write them: a declared decimal sign, and groups of three set off by
//! spaces.

/// Why a text is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotANumber {
    /// It has the other decimal sign than declared, or a grouping point or comma.
    DecimalSign,
    Other,
}

/// The number in the form that Rust parses: `1 234,5` → `1234.5`.
///
/// Groups are set off by a space, a no-break space or a narrow no-break space and have three digits each, so that two
/// numbers in one field are not read as one. The minus sign may be `-` or `−`. Exponents are allowed, since R writes
/// 100000 as `1e+05`. A point under a declared comma is never guessed at: `1.234` would be either of two numbers.
pub(super) fn canonical(text: &str, decimal: char) -> Result<String, NotANumber> {
    if let Some(number) = with_sign(text, decimal) {
        return Ok(number);
    }
    let other = if decimal == ',' { '.' } else { ',' };
    let is_sign = text.contains(other)
        && (with_sign(text, other).is_some() || with_sign(&text.replace(other, ""), decimal).is_some());
    Err(if is_sign { NotANumber::DecimalSign } else { NotANumber::Other })
}

fn with_sign(text: &str, decimal: char) -> Option<String> {
    let (sign, unsigned) = match text.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once(decimal).unwrap_or((mantissa, ""));
    let whole = ungrouped(whole)?;
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

fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split([' ', '\u{A0}', '\u{202F}']);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let well_grouped =
        rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
    (well_grouped && all_digits(first) && rest.iter().all(|group| all_digits(group)))
        .then(|| first.to_owned() + &rest.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(canonical(text, ',').as_deref(), Ok(number), "{text}");
        }
    }

    #[test]
    fn the_wrong_decimal_sign_is_told_from_what_is_no_number() {
        for (text, decimal) in [("1.5", ','), ("1,5", '.'), ("1.234,5", ','), ("1,234.5", '.')] {
            assert_eq!(canonical(text, decimal), Err(NotANumber::DecimalSign), "{text}");
        }
        for text in
            ["", "-", ",", "1 2", "12 34", "1 234 5", "abc", "1e", "1,2,3", "0x1", "inf", "NaN", "5 %"]
        {
            assert_eq!(canonical(text, ','), Err(NotANumber::Other), "{text}");
        }
    }
}
