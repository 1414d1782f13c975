//! Numbers as the languages write them, read back and held against estimates.

use std::collections::HashMap;

/// A number in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    pub value: f64,
    pub decimals: usize,
    pub percent: bool,
    /// `<`, `>` or nothing.
    pub limit: Option<char>,
    pub has_sign: bool,
    /// It is written as the language does not.
    pub is_wrong: bool,
    /// From where to where it stands, in bytes.
    pub place: [usize; 2],
}

/// How a file writes numbers: its decimal sign, what sets off thousands, its minus, and what stands before a sign of per cent.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    pub point: char,
    pub group: Option<char>,
    pub minus: char,
    pub before_percent: &'static str,
}

impl Form {
    pub fn of(language: &str) -> Form {
        match language {
            "en" => Form { point: '.', group: Some(','), minus: '\u{2212}', before_percent: "" },
            _ => Form { point: ',', group: Some('\u{a0}'), minus: '\u{2212}', before_percent: "\u{a0}" },
        }
    }

    /// As spreadsheets read it.
    pub fn of_csv(language: &str) -> Form {
        Form { group: None, minus: '-', before_percent: "", ..Form::of(language) }
    }
}

/// All numbers of a text.
pub fn numbers(text: &str, form: Form) -> Vec<Written> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let at = |place: usize| letters.get(place).map(|(_, letter)| *letter);
    let is_digit = |place: usize| at(place).is_some_and(|letter| letter.is_ascii_digit());
    let mut found = Vec::new();
    let mut place = 0;
    while place < letters.len() {
        if !is_digit(place) {
            place += 1;
            continue;
        }
        let (start, mut digits) = (place, String::new());
        let take = |place: &mut usize, digits: &mut String| {
            while let Some(digit) = at(*place).filter(char::is_ascii_digit) {
                digits.push(digit);
                *place += 1;
            }
        };
        take(&mut place, &mut digits);
        let is_group = |place: usize| {
            at(place) == form.group
                && form.group.is_some()
                && (1..=3).all(|next| is_digit(place + next))
                && !is_digit(place + 4)
        };
        let short = digits.len() <= 3;
        let mut is_wrong = digits.len() > 3 && form.group.is_some();
        while short && is_group(place) {
            place += 1;
            take(&mut place, &mut digits);
        }
        let mut decimals = 0;
        if at(place) == Some(form.point) && is_digit(place + 1) {
            digits.push('.');
            let whole = digits.len();
            place += 1;
            take(&mut place, &mut digits);
            decimals = digits.len() - whole;
        }
        let before = start.checked_sub(1).and_then(at);
        let sign = before.filter(|sign| *sign == '+' || *sign == form.minus);
        is_wrong |= form.minus != '-' && before == Some('-') && start < 2;
        let end = letters.get(place).map_or(text.len(), |(end, _)| *end);
        let percent = text[end..].starts_with(&format!("{}%", form.before_percent));
        let first = letters[start - usize::from(sign.is_some())].0;
        let limit = ['<', '>']
            .into_iter()
            .find(|limit| text[..first].trim_end_matches([' ', '\u{a0}']).ends_with(*limit));
        let value: f64 = digits.parse().unwrap();
        found.push(Written {
            value: if sign == Some(form.minus) { -value } else { value },
            decimals,
            percent,
            limit,
            has_sign: sign.is_some(),
            is_wrong,
            place: [first, end + if percent { form.before_percent.len() + 1 } else { 0 }],
        });
    }
    found
}

/// The released estimates: id → value and the number of persons that it rests on, where they are shown.
pub struct Estimates(pub HashMap<String, [Option<f64>; 2]>);

/// How a number came from the estimates that it is said to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// It is one of them.
    Estimate,
    /// It is worked out of them by the expression of a published figure.
    Expression,
    Nowhere,
}

impl Estimates {
    /// The values of those that there are.
    ///
    /// # Errors
    /// The id that is none.
    pub fn values(&self, ids: &[&str]) -> Result<Vec<f64>, String> {
        let mut values = Vec::new();
        for id in ids {
            match self.0.get(*id) {
                None => return Err((*id).to_owned()),
                Some([value, _]) => values.extend(*value),
            }
        }
        Ok(values)
    }
}

impl Estimates {
    /// Whether a number is how many persons one of the estimates rests on.
    pub fn rests_on(&self, ids: &[&str], number: &Written) -> bool {
        let n = ids.iter().filter_map(|id| self.0.get(*id)?[1]);
        number.decimals == 0 && n.into_iter().any(|n| n == number.value)
    }
}

impl Written {
    /// Whether it is a value after rounding, as it is or as a share in per cent or points; without a sign it may be how large it is.
    pub fn shows(&self, value: f64) -> bool {
        let scales: &[f64] = if self.percent { &[100.0] } else { &[1.0, 100.0] };
        scales.iter().any(|scale| {
            let value = scale * value;
            match self.limit {
                Some('<') => self.value == 0.001 && value.abs() < 0.0005,
                Some(_) => self.value == 9999.0 && value >= 9999.5,
                None => {
                    let step = 0.5 * 10_f64.powi(-(self.decimals as i32));
                    let near = |value: f64| (value - self.value).abs() <= step + 1e-9 * value.abs().max(step);
                    near(value) || (!self.has_sign && near(value.abs()))
                }
            }
        })
    }

    pub fn from(&self, values: &[f64]) -> From {
        let is = |value: f64| self.shows(value);
        let two = |of: fn(f64, f64) -> f64| match values {
            [first, second] => is(of(*first, *second)),
            _ => false,
        };
        match () {
            () if values.iter().any(|value| is(*value)) => From::Estimate,
            () if is(values.iter().sum()) || two(|a, b| a - b) || two(|a, b| a / b) => From::Expression,
            () if values.len() == 1 && is(1.0 - values[0]) => From::Expression,
            () if (1..values.len()).any(|split| {
                let [part, whole]: [f64; 2] =
                    [&values[..split], &values[split..]].map(|part| part.iter().sum());
                is(part / whole) || is(part - whole)
            }) =>
            {
                From::Expression
            }
            () => From::Nowhere,
        }
    }
}

#[test]
fn numbers_are_read_as_each_language_writes_them() {
    let read = |text: &str, language: &str| {
        let found = numbers(text, Form::of(language));
        found.into_iter().map(|one| (one.value, one.decimals, one.percent, one.is_wrong)).collect::<Vec<_>>()
    };
    assert_eq!(
        read("\u{2212}1\u{a0}234,50 til +7", "nb"),
        [(-1234.5, 2, false, false), (7.0, 0, false, false)]
    );
    assert_eq!(
        read("12\u{a0}% (1,234 of 5.", "en"),
        [(12.0, 0, false, false), (1234.0, 0, false, false), (5.0, 0, false, false)]
    );
    assert_eq!(read("12\u{a0}%", "nb"), [(12.0, 0, true, false)]);
    assert!(read("-3", "nb")[0].3 && read("1234", "en")[0].3);
    let one = |text: &str| numbers(text, Form::of("en")).remove(0);
    assert!(one("0.12").shows(0.115) && !one("0.12").shows(0.114) && !one("0.12").shows(0.126));
    assert!(one("29%").shows(0.285) && !one("29%").shows(0.284) && one("<\u{a0}0.001").shows(0.0004));
    assert!(one("2.5").shows(-2.5) && !one("+2.5").shows(-2.5));
}
