//! The waves of a draft: their ids, labels and months, and which records belong to which.

use std::path::Path;

use super::look::Looked;
use super::profile::Value;
use super::shape::{Rows, Shape};
use super::token::{is_month, is_season, is_year, months, rank, token};
use super::wide::Wide;
use crate::dictionary::exchange::name;

/// A point of measurement.
#[derive(Debug, Clone, PartialEq)]
pub struct Wave {
    pub id: String,
    /// As the files write it.
    pub written: String,
    pub month: f64,
    /// Months around it within which a form belongs to it, where days or dates decide.
    pub window: Option<[f64; 2]>,
    /// What the file calls it, where that is no number of months.
    pub called: Option<String>,
    /// What the file's labels call it.
    pub label: Option<String>,
}

/// What tells the wave of a record.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// There is only one.
    Nothing,
    /// The wave's place, of each file.
    File(Vec<usize>),
    Column(String),
    Days(String),
    Dates(String),
    Names(Wide),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Waves {
    pub waves: Vec<Wave>,
    pub told: Told,
    /// Whether the months are a guess.
    pub guessed: bool,
    /// Whether the order of the waves is.
    pub order_guessed: bool,
    /// Whether the wave's column has other values, or none, in some records.
    pub incomplete: bool,
    /// The month of the last form, where there are more half-years up to it than a draft has waves.
    pub beyond: Option<f64>,
}

/// The waves of a form's files.
pub fn waves(files: &[&Looked], shape: &Shape, wide: Option<Wide>) -> Waves {
    match (&shape.rows, wide) {
        // Or a person stands in it twice.
        (Rows::Once | Rows::Repeated, Some(wide)) => {
            let texts: Vec<&str> = wide.waves.iter().map(String::as_str).collect();
            named(&texts, "", Told::Names(wide.clone()))
        }
        (Rows::Waves(column), _) => of_column(files, column),
        (Rows::PerFile, _) => of_files(files),
        (Rows::Days(column), _) => of_days(files, column),
        (Rows::Dates(column), _) => {
            windows(6.0 * (forms_each(files, &shape.respondent) - 1.0), Told::Dates(column.clone()))
        }
        (Rows::Once, None) | (Rows::Repeated, _) => match of_names(files) {
            // One row a person in all files: files of services, all of one wave.
            Some(places) if places.iter().any(|place| *place != places[0]) => of_files(files),
            _ => Waves {
                waves: vec![Wave {
                    id: "t0".into(),
                    written: "t0".into(),
                    month: 0.0,
                    window: None,
                    called: None,
                    label: None,
                }],
                told: Told::Nothing,
                guessed: false,
                order_guessed: false,
                incomplete: false,
                beyond: None,
            },
        },
    }
}

/// Waves with the ids that their texts make.
fn named(texts: &[&str], column: &str, told: Told) -> Waves {
    let (months, guessed) = months(texts, column);
    let mut taken = std::collections::BTreeSet::new();
    let waves = texts.iter().zip(months).map(|(text, month)| Wave {
        id: name::unique(id(text), &mut taken),
        written: (*text).to_owned(),
        month,
        window: None,
        called: called(text, month, texts, column),
        label: None,
    });
    let order_guessed = texts.iter().any(|text| token(text).is_none());
    Waves { waves: waves.collect(), told, guessed, order_guessed, incomplete: false, beyond: None }
}

/// What readers may call a point of measurement whose months are not what stands in the file: `uke 11`, `post`.
fn called(text: &str, month: f64, all: &[&str], column: &str) -> Option<String> {
    let months = is_month(text, all, column);
    let text = text.split("_arm_").next().unwrap_or(text).replace('_', " ");
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if months && digits.parse::<f64>().is_ok_and(|number| number == month) {
        return None;
    }
    let number = text.parse::<i64>().is_ok();
    Some(if number && !column.is_empty() { format!("{column} {text}") } else { text })
}

/// `6` → `t6`, `2m` → `t2m`, `baseline_arm_1` → `baseline`.
fn id(text: &str) -> String {
    let text = text.split("_arm_").next().unwrap_or(text).trim();
    let text = match text.strip_prefix('-') {
        Some(number) => format!("minus{number}"),
        None => text.to_owned(),
    };
    let text = text.to_lowercase().replace("a\u{30a}", "a").replace('å', "a").replace('ø', "o");
    let text: String =
        text.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
    match text.starts_with(|first: char| first.is_ascii_alphabetic()) {
        true => name::item(&text),
        false => format!("t{text}"),
    }
}

fn of_column(files: &[&Looked], column: &str) -> Waves {
    let mut texts: Vec<String> = Vec::new();
    for looked in files {
        let Some(at) = looked.place(column) else { continue };
        for (value, count) in &looked.profiles[at].values {
            let text = match value {
                Value::Whole(number) => number.to_string(),
                // What somebody wrote once is no wave, and stays in the file.
                Value::Text(text) if *count < 3 && token(text).is_none() => continue,
                Value::Text(text) if super::cell::MARKS.contains(&text.as_ref()) => continue,
                Value::Text(text) => text.to_string(),
            };
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    // What is no word of time stays in the order of the file; numbers go by their size.
    if texts.iter().all(|text| text.parse::<i64>().is_ok()) {
        texts.sort_by_key(|text| text.parse::<i64>().unwrap_or(0));
    } else {
        texts.sort_by(|one, other| {
            let (one, other) = (rank(one), rank(other));
            one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
        });
    }
    texts.truncate(super::shape::WAVES);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let labels = label_of(files, column);
    let mut waves = named(&texts, column, Told::Column(column.to_owned()));
    waves.incomplete = files.iter().any(|looked| {
        looked.place(column).is_some_and(|at| {
            let profile = &looked.profiles[at];
            let taken = profile.values.iter().filter(|(value, _)| match value {
                Value::Whole(number) => texts.contains(&number.to_string().as_str()),
                Value::Text(text) => texts.contains(&text.as_ref()),
            });
            taken.map(|(_, count)| count).sum::<u64>() < looked.rows
        })
    });
    // A file may label its waves: 0 = Start, 1 = 6 months.
    if let Some(labels) = labels {
        for wave in &mut waves.waves {
            let label = labels.iter().find(|(code, _)| *code == wave.written).map(|(_, label)| label.trim());
            wave.label = label.filter(|label| !label.is_empty()).map(str::to_owned);
        }
        let words: Vec<&str> =
            waves.waves.iter().map(|wave| wave.label.as_deref().unwrap_or(&wave.written)).collect();
        if words.iter().all(|word| token(word).is_some()) {
            let (found, guessed) = months(&words, column);
            waves.waves.iter_mut().zip(found).for_each(|(wave, month)| wave.month = month);
            waves.guessed = guessed;
        }
    }
    waves
}

fn label_of(files: &[&Looked], column: &str) -> Option<Vec<(String, String)>> {
    let looked = files.first()?;
    let column = &looked.columns[looked.place(column)?];
    let labels: Vec<(String, String)> =
        column.labels.iter().map(|(code, label)| (super::meta::code_text(code), label.clone())).collect();
    (!labels.is_empty()).then_some(labels)
}

/// The parts of a file's name, without its endings.
pub fn parts(path: &Path) -> Vec<String> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut stem = name.as_str();
    for ending in [".gz", ".zst"] {
        stem = stem.strip_suffix(ending).unwrap_or(stem);
    }
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    stem.split(['_', '-', ' ', '.']).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The word of each file's name that tells its wave, where all have one.
fn wave_words(files: &[&Looked]) -> Option<Vec<String>> {
    let all: Vec<Vec<String>> = files.iter().map(|looked| parts(&looked.path)).collect();
    let varies = |word: &String| all.iter().any(|parts| !parts.contains(word));
    let words = all.iter().map(|parts| {
        // `skjema_høst_2023`
        let (season, year) =
            (parts.iter().find(|part| is_season(part)), parts.iter().find(|part| is_year(part)));
        if let (Some(season), Some(year)) = (season, year) {
            return Some(format!("{season}{year}"));
        }
        // Two words may be one: `6 mnd`.
        let two = parts.windows(2).map(|pair| pair.concat()).find(|word| {
            word.starts_with(|first: char| first.is_ascii_digit())
                && token(word).is_some()
                && word.chars().any(char::is_alphabetic)
        });
        two.or_else(|| parts.iter().rev().find(|part| varies(part) && token(part).is_some()).cloned())
            .or_else(|| parts.iter().rev().find(|part| token(part).is_some()).cloned())
            // `surveyT2`: a word with its wave behind it.
            .or_else(|| parts.last().and_then(|part| tail(part)))
    });
    words.collect()
}

fn tail(part: &str) -> Option<String> {
    let digits = part.bytes().rev().take_while(u8::is_ascii_digit).count();
    (digits > 0 && digits <= 2 && digits < part.len()).then(|| part[part.len() - digits..].to_owned())
}

/// The place of each file's wave, by its name.
fn of_names(files: &[&Looked]) -> Option<Vec<usize>> {
    let words = wave_words(files)?;
    let mut order: Vec<&String> = Vec::new();
    words.iter().for_each(|word| {
        if !order.contains(&word) {
            order.push(word);
        }
    });
    sort(&mut order);
    Some(words.iter().filter_map(|word| order.iter().position(|known| *known == word)).collect())
}

fn sort(words: &mut [&String]) {
    words.sort_by(|one, other| {
        let (one, other) = (rank(one), rank(other));
        one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
    });
}

fn of_files(files: &[&Looked]) -> Waves {
    match (wave_words(files), of_names(files)) {
        (Some(words), Some(places)) => {
            let mut order: Vec<&String> = Vec::new();
            words.iter().for_each(|word| {
                if !order.contains(&word) {
                    order.push(word);
                }
            });
            sort(&mut order);
            let texts: Vec<&str> = order.iter().map(|word| word.as_str()).collect();
            named(&texts, "", Told::File(places))
        }
        _ => {
            let texts: Vec<String> = (0..files.len()).map(|place| format!("t{}", 6 * place)).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let mut waves = named(&texts, "", Told::File((0..files.len()).collect()));
            (waves.guessed, waves.order_guessed) = (true, true);
            waves
        }
    }
}

fn of_days(files: &[&Looked], column: &str) -> Waves {
    let greatest = files
        .iter()
        .filter_map(|looked| {
            let profile = &looked.profiles[looked.place(column)?];
            Some(profile.whole.with(&profile.typed).with(&profile.point).with(&profile.comma).greatest)
        })
        .fold(0.0, f64::max);
    windows(greatest / 30.4375, Told::Days(column.to_owned()))
}

/// How many records a respondent has, rounded up.
fn forms_each(files: &[&Looked], respondent: &str) -> f64 {
    let each = |looked: &&Looked| {
        let persons = looked.profiles[looked.place(respondent)?].sketch.distinct();
        Some(looked.rows as f64 / persons.max(1) as f64)
    };
    files.iter().filter_map(each).sum::<f64>().ceil().clamp(2.0, 5.0)
}

/// Up to so many half-years after the first form have a wave: thirty years.
const HALF_YEARS: usize = 60;

/// A wave each six months, with windows that meet.
fn windows(last: f64, told: Told) -> Waves {
    let needed = (last / 6.0).round() as usize;
    let count = needed.clamp(1, HALF_YEARS);
    let waves = (0..=count).map(|place| {
        let month = 6.0 * place as f64;
        Wave {
            id: format!("t{month}"),
            written: format!("t{month}"),
            month,
            window: Some([
                if place == 0 { 0.0 } else { month - 3.0 },
                (month * 100.0 + 299.0).round() / 100.0,
            ]),
            called: None,
            label: None,
        }
    });
    let beyond = (needed > count).then_some(last);
    Waves { waves: waves.collect(), told, guessed: true, order_guessed: false, incomplete: false, beyond }
}
