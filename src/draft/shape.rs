//! Which column is the respondent's id, and what tells the waves: a column, the file, or the columns' names.

use super::look::{Looked, Open};
use super::names::{id_rank, is_row_number, wave_rank};
use super::profile::{Profile, Value};
use super::token::token;
use super::unique::{Unique, key};
use crate::read::Fault;

/// As many columns are tried for each role.
const TRIED: usize = 6;

/// As many points of measurement at most are taken for waves.
pub const WAVES: usize = 24;

/// What the records of a form are.
#[derive(Debug, Clone, PartialEq)]
pub enum Rows {
    /// One a person in all files.
    Once,
    /// One a person in each file.
    PerFile,
    /// One a person and value of this column.
    Waves(String),
    /// One a person and number of this column, such as days since the start.
    Days(String),
    /// One a person and date.
    Dates(String),
    /// Ids come again, and no column tells why.
    Repeated,
}

/// Of the records, so many at most may be of an id that came before, where nothing tells why: more are no mistakes of typing.
const REPEATED: f64 = 0.05;

/// Who the records are about, and what tells them apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    pub respondent: String,
    /// Whether its name says that it is an id.
    pub named: bool,
    pub rows: Rows,
    /// Whether the name of the wave column says that it is one.
    pub wave_named: bool,
    /// The share of the records whose id came before.
    pub repeated: f64,
}

impl Shape {
    /// Whether ids come again too often for a mistake, and nothing tells why.
    pub fn is_unclear(&self) -> bool {
        self.rows == Rows::Repeated && self.repeated > REPEATED
    }
}

/// What a researcher has said.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub respondent: Option<String>,
    pub wave: Option<String>,
    /// Where the table stands, in every file: the sheet's name, the row of the heading from 1, and how many rows it has.
    pub sheet: Option<String>,
    pub heading: Option<u32>,
    pub heading_rows: Option<u32>,
}

/// A column that may have a role, and how well its name fits.
struct Candidate {
    name: String,
    /// Lower is better; `None` where the name says nothing.
    rank: Option<u32>,
    row_number: bool,
}

/// Decides, or tells that nothing can be the id.
///
/// # Errors
/// A [`Fault`] where a file cannot be read once more.
pub fn shape(files: &[&Looked], said: &Said, open: Open<'_>) -> Result<Option<Shape>, Fault> {
    let ids = ids(files, said);
    let waves = waves(files, said);
    let days = days(files, said);
    let width = 2 + waves.len() + days.len();
    let mut found: Vec<Vec<Unique>> =
        ids.iter().map(|_| (0..width).map(|_| Unique::default()).collect()).collect();
    for (file, looked) in files.iter().enumerate() {
        let place = |candidate: &Candidate| looked.place(&candidate.name).unwrap_or(0);
        let id_places: Vec<usize> = ids.iter().map(place).collect();
        let others: Vec<usize> = waves.iter().chain(&days).map(place).collect();
        looked.each(open, |batch, record| {
            let keys: Vec<Option<u64>> = others.iter().map(|at| key(batch.cell(record, *at))).collect();
            for (id, unique) in id_places.iter().zip(&mut found) {
                let Some(person) = key(batch.cell(record, *id)) else { continue };
                unique[0].add(person, 0);
                unique[1].add(person, file as u64);
                for (unique, key) in unique[2..].iter_mut().zip(&keys) {
                    if let Some(key) = key {
                        unique.add(person, *key);
                    }
                }
            }
        })?;
    }
    let mut best: Option<(u32, Shape)> = None;
    for (id, unique) in ids.iter().zip(&found) {
        let (rank, rows, wave_named) = judge(id, unique, &waves, &days, files, said);
        if best.as_ref().is_none_or(|(known, _)| rank < *known) {
            let named = id.rank.is_some();
            let repeated = unique[0].repeated as f64 / unique[0].rows.max(1) as f64;
            best = Some((rank, Shape { respondent: id.name.clone(), named, rows, wave_named, repeated }));
        }
    }
    Ok(best.filter(|(rank, _)| *rank < 9000).map(|(_, shape)| shape))
}

/// How well a column does as the id (lower is better), and what the records are then.
fn judge(
    id: &Candidate,
    unique: &[Unique],
    waves: &[Candidate],
    days: &[Candidate],
    files: &[&Looked],
    said: &Said,
) -> (u32, Rows, bool) {
    let all: u64 = files.iter().map(|looked| looked.rows).sum();
    // Records without a person.
    let lost = unique[0].shift_free() && 20 * unique[0].rows < 19 * all;
    let hint = id.rank.unwrap_or(200) + if lost { 300 } else { 0 };
    let of_waves = &unique[2..2 + waves.len()];
    let of_days = &unique[2 + waves.len()..];
    let told = |unique: &Unique| unique.holds() && 10 * unique.rows >= 9 * unique_rows(unique, all);
    let by_wave = |named: bool| {
        let mut fitting: Vec<&Candidate> = waves
            .iter()
            .zip(of_waves)
            .filter(|(wave, unique)| told(unique) && wave.rank.is_some() == named)
            .map(|(wave, _)| wave)
            .collect();
        fitting.sort_by_key(|wave| wave.rank);
        fitting.first().map(|wave| Rows::Waves(wave.name.clone()))
    };
    if let Some(wave) = &said.wave {
        let is_wave = waves.iter().any(|candidate| candidate.name == *wave);
        let dated = days.iter().zip(of_days).find(|(day, _)| day.name == *wave);
        let rows = match dated {
            Some((day, _)) if !is_wave => at(files, &day.name),
            _ => Rows::Waves(wave.clone()),
        };
        return (hint, rows, true);
    }
    if unique[0].holds() {
        // A file may number its rows beside the persons.
        let penalty = match (id.name.is_empty(), id.rank.is_none()) {
            // The numbers before the rows are likelier an id than any answer that happens to tell all apart.
            (true, _) => 950,
            (false, true) => u32::from(id.row_number) * 600 + 1000,
            // Less than what it takes for any other column to be the id: an `id` may count from one.
            (false, false) => u32::from(id.row_number) * 350,
        };
        return (hint + penalty, Rows::Once, false);
    }
    if let Some(rows) = by_wave(true) {
        let penalty = match (id.name.is_empty(), id.rank.is_none()) {
            // `1.1` and `1.10` are names of rows, and one number: an id that comes again is likelier the person's.
            (true, _) => 1000,
            (false, unnamed) => u32::from(unnamed) * 400,
        };
        return (hint + penalty, rows, true);
    }
    if files.len() > 1 && unique[1].holds() {
        return (hint + if id.rank.is_none() { 1100 } else { 0 }, Rows::PerFile, false);
    }
    if id.rank.is_some() {
        if let Some((day, _)) =
            days.iter().zip(of_days).find(|(day, unique)| day.rank.is_some() && told(unique))
        {
            return (hint + 50, at(files, &day.name), true);
        }
        if let Some(rows) = by_wave(false) {
            return (hint + 100, rows, false);
        }
        // Before a mere number of the row, which would hide that ids come again.
        return (hint + 900, Rows::Repeated, false);
    }
    match said.respondent.is_some() {
        true => (hint, Rows::Repeated, false),
        false => (9999, Rows::Repeated, false),
    }
}

/// The rows that a count that may be of a share of the persons is held against.
fn unique_rows(unique: &Unique, all: u64) -> u64 {
    if unique.shift_free() { all } else { unique.rows }
}

fn at(files: &[&Looked], column: &str) -> Rows {
    let dated = files.iter().any(|looked| {
        looked.place(column).is_some_and(|at| {
            let profile = &looked.profiles[at];
            profile.days + profile.written_days > profile.numbers() || profile.excel_days(column)
        })
    });
    if dated { Rows::Dates(column.to_owned()) } else { Rows::Days(column.to_owned()) }
}

/// Columns of every file, with what stands in them over all files.
fn common(files: &[&Looked]) -> Vec<(String, Profile)> {
    let Some((first, others)) = files.split_first() else { return Vec::new() };
    let mut columns = Vec::new();
    for column in first.named() {
        let Some(at) = first.place(&column.name) else { continue };
        let mut profile = first.profiles[at].clone();
        let more: Option<Vec<&Profile>> =
            others.iter().map(|other| other.place(&column.name).map(|at| &other.profiles[at])).collect();
        if let Some(more) = more {
            more.into_iter().for_each(|other| profile.merge(other));
            columns.push((column.name.clone(), profile));
        }
    }
    columns
}

/// The column without a heading in which R and pandas number the rows, where one file is all there is.
fn unnamed(files: &[&Looked]) -> Option<Candidate> {
    let [looked] = files else { return None };
    let at = looked.columns.iter().position(|column| column.name.trim().is_empty())?;
    let distinct = looked.profiles[at].sketch.distinct();
    let telling = looked.columns[at].name.is_empty() && 10 * distinct > 9 * looked.rows && distinct > 1;
    telling.then(|| Candidate { name: String::new(), rank: None, row_number: true })
}

fn ids(files: &[&Looked], said: &Said) -> Vec<Candidate> {
    let rows: u64 = files.iter().map(|looked| looked.rows).sum();
    let most = files.iter().map(|looked| looked.rows).max().unwrap_or(0);
    let mut found = Vec::new();
    for (place, (name, profile)) in common(files).into_iter().enumerate() {
        if said.respondent.as_ref().is_some_and(|said| *said != name) {
            continue;
        }
        let rank = id_rank(&name).or(said.respondent.is_some().then_some(0));
        let whole = profile.days + profile.times + profile.written_days == 0
            && (profile.numbers() == 0 || profile.only_wholes());
        // Distinct values of each file: those of all files may be the same persons.
        let distinct: u64 = files
            .iter()
            .filter_map(|looked| looked.place(&name).map(|at| looked.profiles[at].sketch.distinct()))
            .max()
            .unwrap_or(0);
        let telling = 24 * distinct >= most && 2 * profile.answers() > rows;
        let fits = match rank {
            Some(_) => 4 * profile.answers() > rows && (distinct > 1 || rows == 1),
            None => whole && telling && distinct > 1,
        };
        if fits {
            let numbers = profile.whole.least == 1.0 && distinct == rows && profile.numbers() == rows;
            found.push((
                rank.unwrap_or(200),
                place,
                Candidate { row_number: numbers || is_row_number(&name), name, rank },
            ));
        }
    }
    found.sort_by_key(|(rank, place, _)| (*rank, *place));
    let found = found.into_iter().map(|(_, _, candidate)| candidate).take(TRIED);
    found.chain(unnamed(files).filter(|_| said.respondent.is_none())).collect()
}

fn waves(files: &[&Looked], said: &Said) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (name, profile) in common(files) {
        let asked = said.wave.as_ref() == Some(&name);
        let values = profile.values.keys().filter(|value| match value {
            Value::Text(text) => super::cell::MARKS.iter().all(|mark| **mark != **text),
            Value::Whole(_) => true,
        });
        let values: Vec<&Value> = values.collect();
        let few = !profile.many && (2..=WAVES).contains(&values.len());
        let days = profile.days + profile.times + profile.written_days > 0;
        let fractions = profile.numbers() > 0 && !profile.only_wholes();
        if !(few && !days && !fractions) {
            continue;
        }
        let tokens = values.iter().all(|value| match value {
            Value::Whole(_) => true,
            Value::Text(text) => token(text).is_some(),
        });
        let rank = if asked { Some(0) } else { wave_rank(&name) };
        let rank =
            rank.or((tokens && values.iter().all(|value| matches!(value, Value::Text(_)))).then_some(90));
        found.push((
            rank.unwrap_or(if tokens { 200 } else { 300 }),
            Candidate { name, rank, row_number: false },
        ));
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, candidate)| candidate).take(TRIED).collect()
}

/// Columns of numbers or dates that may tell when a record was made.
fn days(files: &[&Looked], said: &Said) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (name, profile) in common(files) {
        let dated = profile.days + profile.written_days;
        let lower = name.to_lowercase();
        let asked = said.wave.as_ref() == Some(&name);
        let hint = ["day", "dag", "dato", "date", "time", "tid"].iter().any(|word| lower.contains(word));
        let birth = ["birth", "født", "fodt", "dob", "fødsel"].iter().any(|word| lower.contains(word));
        if (asked || hint && !birth) && (dated > 0 || profile.numbers() > 0) && profile.texts == 0 {
            found.push(Candidate { name, rank: Some(if asked { 0 } else { 1 }), row_number: false });
        }
    }
    found.truncate(TRIED);
    found
}
