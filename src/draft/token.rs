//! Words and numbers that name a wave: `t0`, `pre`, `6 mnd`, `baseline_arm_1`.

/// What a word says of a point of measurement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Token {
    /// The first one: `pre`, `baseline`.
    Start,
    /// The end, whenever that is: `post`, `after`.
    End,
    /// A number, and what it counts.
    Number(f64, Unit),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A number without a word: `2`.
    Bare,
    /// The number of a measurement, or of a time: `t2`, `w2`.
    Order,
    Days,
    Weeks,
    Months,
    Years,
}

const START: &[&str] = &[
    "pre",
    "baseline",
    "base",
    "bl",
    "start",
    "before",
    "før",
    "for",
    "inntak",
    "intake",
    "inklusjon",
    "screening",
    "innkomst",
    "oppstart",
    "vedstart",
    "vedoppstart",
    "førbehandling",
    "beforetreatment",
];
const END: &[&str] = &[
    "post",
    "after",
    "etter",
    "end",
    "slutt",
    "followup",
    "fu",
    "fup",
    "oppfølging",
    "oppfolging",
    "discharge",
    "utskrivning",
    "final",
    "vedslutt",
    "avslutning",
    "etterbehandling",
    "aftertreatment",
];
/// Ends that come after the others: a follow-up after `post`.
const LATER: &[&str] = &["followup", "fu", "fup", "oppfølging", "oppfolging"];
const ORDER: &[&str] = &[
    "t",
    "w",
    "wave",
    "time",
    "tid",
    "runde",
    "round",
    "visit",
    "v",
    "bølge",
    "bolge",
    "måling",
    "maling",
    "tp",
    "timepoint",
    "followup",
    "fu",
    "oppfølging",
    "oppfolging",
    "post",
    "etter",
    "after",
    "occasion",
    "event",
];

fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "d" | "day" | "days" | "dag" | "dager" => Unit::Days,
        "wk" | "wks" | "week" | "weeks" | "uke" | "uker" | "veke" | "veker" | "u" => Unit::Weeks,
        "m" | "mo" | "mos" | "mth" | "mths" | "mnd" | "month" | "months" | "md" | "måned" | "måneder"
        | "månad" | "månader" | "maned" | "maneder" => Unit::Months,
        "y" | "yr" | "yrs" | "year" | "years" | "år" | "ar" => Unit::Years,
        "w" => Unit::Weeks,
        _ => return None,
    })
}

/// In small letters, without signs and without the arm that REDCap writes behind the event.
fn plain(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let event = lower.split("_arm_").next().unwrap_or(&lower);
    event.chars().filter(|letter| !matches!(letter, '_' | ' ' | '-' | '.')).collect()
}

/// Spring as a quarter of a year, autumn as three.
const SEASONS: [(&[&str], f64); 2] = [
    (&["vår", "vaar", "var", "spring"], 0.25),
    (&["høst", "hoest", "host", "haust", "autumn", "fall"], 0.75),
];

/// Whether a word is the spring or the autumn, without a year.
pub fn is_season(word: &str) -> bool {
    let word = composed(&word.to_lowercase());
    SEASONS.iter().any(|(names, _)| names.contains(&word.as_str()))
}

/// Whether a word is a calendar year.
pub fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year))
}

/// `vår2024`, `2024høst`, and `v2024` as universities write it: the year, with the season as its fraction.
fn season(text: &str) -> Option<f64> {
    let text = composed(text);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let word = text.strip_prefix(&digits).or_else(|| text.strip_suffix(&digits))?;
    if !is_year(&digits) {
        return None;
    }
    let part = match word {
        "v" => Some(0.25),
        "h" => Some(0.75),
        word => SEASONS.iter().find(|(names, _)| names.contains(&word)).map(|(_, part)| *part),
    };
    Some(digits.parse::<f64>().ok()? + part?)
}

/// macOS writes the å of a file's name as an a and a ring.
fn composed(text: &str) -> String {
    text.replace("a\u{30a}", "å")
}

/// Reads a word; nothing where it is no point of measurement.
pub fn token(text: &str) -> Option<Token> {
    if text.trim().starts_with('-') {
        return None;
    }
    let text = plain(text);
    if START.contains(&text.as_str()) {
        return Some(Token::Start);
    }
    if END.contains(&text.as_str()) {
        return Some(Token::End);
    }
    if let Some(year) = season(&text) {
        return Some(Token::Number(year, Unit::Years));
    }
    let before: String = text.chars().take_while(|letter| !letter.is_ascii_digit()).collect();
    let rest = &text[before.len()..];
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let after = &rest[digits.len()..];
    if digits.is_empty() || digits.len() > 4 {
        return None;
    }
    let number = digits.parse().ok()?;
    let unit = match (before.as_str(), after) {
        ("", "") => Unit::Bare,
        // `6 mnd`, `6 mnd etter`
        ("", after) => unit(after).or_else(|| {
            let ends = LATER.iter().chain(&["etter", "after", "post"]);
            ends.filter_map(|end| after.strip_suffix(*end)).find_map(unit)
        })?,
        (before, "") if before == "w" || ORDER.contains(&before) => Unit::Order,
        (before, "") => unit(before)?,
        (before, after) if ORDER.contains(&before) || START.contains(&before) => unit(after)?,
        _ => return None,
    };
    Some(Token::Number(number, unit))
}

/// The unit that the heading of a column names: `week`.
fn of_heading(heading: &str) -> Option<Unit> {
    let lower = heading.to_lowercase();
    lower
        .split(|letter: char| !letter.is_alphabetic())
        .find_map(|word| unit(word).filter(|_| word.chars().count() > 1))
}

/// Whether the number in `text` counts months: by its own word or the heading of its column, or, where neither names a unit,
/// because all points of measurement are quarters of a year from a start: 0, 6, 12.
pub fn is_month(text: &str, all: &[&str], heading: &str) -> bool {
    let own = match token(text) {
        Some(Token::Number(_, unit)) if !matches!(unit, Unit::Bare | Unit::Order) => Some(unit),
        _ => None,
    };
    if let Some(unit) = own.or_else(|| of_heading(heading)) {
        return unit == Unit::Months;
    }
    let numbers: Vec<f64> = all
        .iter()
        .filter_map(|text| match token(text)? {
            Token::Start => Some(0.0),
            Token::Number(number, _) => Some(number),
            Token::End => None,
        })
        .collect();
    numbers.contains(&0.0) && numbers.iter().all(|number| number % 3.0 == 0.0)
}

/// Months of points of measurement that are written so, in the order given, and whether they are a guess beyond the unit.
/// `named` is the heading of the column that they stand in, which may tell the unit.
pub fn months(texts: &[&str], named: &str) -> (Vec<f64>, bool) {
    let tokens: Vec<Option<Token>> = texts.iter().map(|text| token(text)).collect();
    let numbers: Vec<f64> = tokens
        .iter()
        .filter_map(|token| match token {
            Some(Token::Number(number, Unit::Bare | Unit::Order)) => Some(*number),
            _ => None,
        })
        .collect();
    let of_column = of_heading(named);
    // 0, 1, 2 and 1, 2, 3 are numbers of measurements; 0, 6, 12 are months.
    let counted = of_column.is_none() && numbers.windows(2).all(|pair| pair[1] - pair[0] == 1.0);
    let mut guess = false;
    let mut found: Vec<f64> = Vec::with_capacity(texts.len());
    let known = |token: &Option<Token>| match token {
        Some(Token::Number(number, unit)) if !matches!(unit, Unit::Bare | Unit::Order) => {
            Some(months_of(*number, *unit))
        }
        _ => None,
    };
    for (place, token) in tokens.iter().enumerate() {
        let last = found.last().copied();
        // Six months on, or half-way to a later one whose month is known: `pre`, `post`, `6 mnd`.
        let later = tokens[place + 1..].iter().find_map(known);
        let next = || match (last, later) {
            (None, _) => 0.0,
            (Some(last), Some(later)) if last < later && later <= last + 6.0 => (last + later) / 2.0,
            (Some(last), _) => last + 6.0,
        };
        found.push(match token {
            Some(Token::Start) => 0.0,
            Some(Token::Number(_, unit)) if !matches!(unit, Unit::Bare | Unit::Order) => {
                known(token).unwrap_or_default()
            }
            Some(Token::Number(number, _)) if !counted => {
                guess |= of_column.is_none();
                months_of(*number, of_column.unwrap_or(Unit::Months))
            }
            Some(Token::Number(..) | Token::End) | None => {
                guess |= place > 0;
                next()
            }
        });
    }
    // Calendar years.
    if let Some(first) = found.first().copied().filter(|first| *first > 240.0) {
        found.iter_mut().for_each(|month| *month -= first);
    }
    if found.windows(2).any(|pair| pair[1] <= pair[0]) {
        return ((0..texts.len()).map(|place| place as f64 * 6.0).collect(), true);
    }
    (found, guess)
}

/// To one decimal; less than a month to three.
fn months_of(number: f64, unit: Unit) -> f64 {
    let exact = match unit {
        Unit::Days => number / 30.4375,
        Unit::Weeks => number * 7.0 / 30.4375,
        Unit::Years => number * 12.0,
        Unit::Months | Unit::Bare | Unit::Order => number,
    };
    let step = if exact < 1.0 { 1000.0 } else { 10.0 };
    (exact * step).round() / step
}

/// The order of points of measurement in time: the start, then by number, then the end, then a follow-up.
pub fn rank(text: &str) -> (u8, f64) {
    match token(text) {
        Some(Token::Start) => (0, 0.0),
        Some(Token::Number(number, unit)) => {
            let bare = matches!(unit, Unit::Bare | Unit::Order);
            (1, if bare { number } else { months_of(number, unit) })
        }
        Some(Token::End) if LATER.contains(&plain(text).as_str()) => (2, 1.0),
        Some(Token::End) => (2, 0.0),
        None => (3, 0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_points_of_measurement() {
        for (text, found) in [
            ("pre", Some(Token::Start)),
            ("baseline_arm_1", Some(Token::Start)),
            ("6_months_arm_1", Some(Token::Number(6.0, Unit::Months))),
            ("6mnd", Some(Token::Number(6.0, Unit::Months))),
            ("T12", Some(Token::Number(12.0, Unit::Order))),
            ("m6", Some(Token::Number(6.0, Unit::Months))),
            ("høst 2023", Some(Token::Number(2023.75, Unit::Years))),
            ("V2024", Some(Token::Number(2024.25, Unit::Years))),
            ("va\u{30a}r_2024", Some(Token::Number(2024.25, Unit::Years))),
            ("høst", None),
            ("fu6m", Some(Token::Number(6.0, Unit::Months))),
            ("Oppfølging 6 mnd", Some(Token::Number(6.0, Unit::Months))),
            ("12 måneder etter", Some(Token::Number(12.0, Unit::Months))),
            ("6 md.", Some(Token::Number(6.0, Unit::Months))),
            ("Follow-up", Some(Token::End)),
            ("Oppstart", Some(Token::Start)),
            ("8 weeks", Some(Token::Number(8.0, Unit::Weeks))),
            ("post", Some(Token::End)),
            ("oslo", None),
            ("q7b", None),
            ("20240131", None),
        ] {
            assert_eq!(token(text), found, "{text}");
        }
    }

    #[test]
    fn a_followup_comes_after_the_end() {
        let mut found = ["fup", "post", "6", "pre"];
        found.sort_by(|one, other| rank(one).partial_cmp(&rank(other)).expect("no NaN"));
        assert_eq!(found, ["pre", "6", "post", "fup"]);
    }

    #[test]
    fn numbers_are_months_where_something_says_so() {
        for (all, heading, months) in [
            (&["pre", "2m"][..], "", true),
            (&["t0", "t6", "t12"], "", true),
            (&["baseline", "6", "12"], "", true),
            (&["0", "1", "2"], "month", true),
            (&["0", "1", "2"], "uke", false),
            (&["0", "6", "12"], "week", false),
            (&["1", "8", "15"], "Time", false),
            (&["8", "10"], "age", false),
        ] {
            assert_eq!(is_month(all[1], all, heading), months, "{all:?} {heading}");
        }
    }

    #[test]
    fn months_are_read_or_guessed() {
        for (texts, named, found) in [
            (&["pre", "2m", "8m"][..], "", (vec![0.0, 2.0, 8.0], false)),
            (&["t0", "t6", "t12"], "", (vec![0.0, 6.0, 12.0], true)),
            (&["w1", "w2", "w3"], "", (vec![0.0, 6.0, 12.0], true)),
            (&["before", "after"], "", (vec![0.0, 6.0], true)),
            (&["pre", "post", "6 mnd"], "", (vec![0.0, 3.0, 6.0], true)),
            (&["pre", "post", "24 mnd"], "", (vec![0.0, 6.0, 24.0], true)),
            (&["0", "2", "4", "52"], "week", (vec![0.0, 0.46, 0.92, 12.0], false)),
            (&["vår2023", "høst2023", "vår2024"], "", (vec![0.0, 6.0, 12.0], false)),
            (&["1980", "1982"], "year", (vec![0.0, 24.0], false)),
            (&["1", "2"], "year", (vec![12.0, 24.0], false)),
        ] {
            assert_eq!(months(texts, named), found, "{texts:?}");
        }
    }
}
