//! What can only be seen when all records of a person are compared: what stays the same, what is answered at which wave, and how many people
//! give a text.

use std::collections::HashMap;

use super::cell::{Word, word};
use super::look::{Looked, Open};
use super::sketch::{chosen, hash};
use super::token::rank;
use super::unique::{Unique, key};
use super::waves::{Told, Waves};
use crate::intake::identity::normal;
use crate::plan::Ignore;
use crate::read::{Batch, Cell, Fault};

/// A question: its column, or its columns at the waves.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// As the files call it, without the wave.
    pub column: String,
    /// With the place of the wave where the name tells it.
    pub columns: Vec<(Option<usize>, String)>,
}

/// A text is told to be an answer only where so many persons give it.
pub const PERSONS: usize = 3;

/// Of a question.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Records with an answer, at each wave.
    pub answers: Vec<u64>,
    /// Answers of someone who had answered before, and how many of them were another.
    pub again: u64,
    pub changed: u64,
    /// Texts with the persons who give them, up to [`PERSONS`] each, in the order in which they come first.
    pub texts: indexmap::IndexMap<Box<str>, Vec<u64>>,
}

impl Facts {
    /// Whether it is the same whenever someone answers again, which enough do.
    pub fn constant(&self) -> bool {
        self.again >= 3 && self.changed == 0
    }

    pub fn at(&self, wave: usize) -> u64 {
        self.answers.get(wave).copied().unwrap_or(0)
    }
}

/// As many first answers are remembered at most; of more, those of a share of the persons.
const REMEMBERED: usize = 3_000_000;
/// As many texts of a question.
const TEXTS: usize = 40;

/// What the persons of a form show.
#[derive(Debug, Default)]
pub struct Seen {
    /// One a question.
    pub facts: Vec<Facts>,
    /// Of the persons at a later wave, the share without a form at the first: that of the wave where it is largest.
    pub unlinked: f64,
    /// Whether somebody has several records at a wave.
    pub repeated: bool,
}

/// Reads the files once more, person by person. `ignore` is what does not tell two ids apart.
///
/// # Errors
/// A [`Fault`] where a file cannot be read on.
pub fn facts(
    files: &[&Looked],
    respondent: &str,
    ignore: &[Ignore],
    waves: &Waves,
    groups: &[Group],
    open: Open<'_>,
) -> Result<Seen, Fault> {
    let mut facts: Vec<Facts> =
        groups.iter().map(|_| Facts { answers: vec![0; waves.waves.len()], ..Facts::default() }).collect();
    let mut first: HashMap<u64, Vec<u64>> = HashMap::new();
    let mut shift = 0;
    let mut once = Unique::default();
    for (file, looked) in files.iter().enumerate() {
        let Some(id) = looked.place(respondent) else { continue };
        let wave_of = wave_of(file, looked, waves);
        let places: Vec<Vec<(Option<usize>, usize)>> = groups
            .iter()
            .map(|group| {
                let columns = group.columns.iter();
                columns.filter_map(|(wave, column)| Some((*wave, looked.place(column)?))).collect()
            })
            .collect();
        let wordy: Vec<bool> = places
            .iter()
            .map(|columns| columns.iter().any(|(_, place)| looked.profiles[*place].texts > 0))
            .collect();
        looked.each(open, |batch, record| {
            let Some(person) = person(batch.cell(record, id), ignore) else { return };
            let wave = wave_of(batch, record);
            if !corrects(looked) {
                once.add(person, wave.map_or(u64::MAX, |wave| wave as u64));
            }
            let known = chosen(person, shift)
                .then(|| first.entry(person).or_insert_with(|| vec![0; groups.len() + 1]));
            let mut nothing = Vec::new();
            let known = known.unwrap_or(&mut nothing);
            for (at, (columns, facts)) in places.iter().zip(&mut facts).enumerate() {
                for (own, place) in columns {
                    let cell = batch.cell(record, *place);
                    let Some(said) = key(cell).map(|said| said.max(1)) else { continue };
                    let wave = own.or(wave);
                    if let Some(count) = wave.and_then(|wave| facts.answers.get_mut(wave)) {
                        *count += 1;
                    }
                    // The last of a person's numbers has a bit for each wave with an answer.
                    if let (Some(waves), Some(wave)) = (known.last_mut(), wave) {
                        *waves |= 1 << wave.min(63);
                    }
                    match known.get_mut(at) {
                        Some(before) if *before == 0 => *before = said,
                        Some(before) => {
                            facts.again += 1;
                            facts.changed += u64::from(*before != said);
                        }
                        None => {}
                    }
                    if wordy[at] {
                        facts.text(cell, person);
                    }
                }
            }
            while first.len() * groups.len().max(1) > REMEMBERED && shift < 40 {
                shift += 1;
                first.retain(|person, _| chosen(*person, shift));
            }
        })?;
    }
    Ok(Seen { facts, unlinked: unlinked(&first, waves.waves.len()), repeated: once.repeated > 0 })
}

fn person(cell: Cell<'_>, ignore: &[Ignore]) -> Option<u64> {
    if ignore.is_empty() {
        return key(cell);
    }
    let id = normal(cell, ignore, &[]);
    (!id.is_empty()).then(|| hash(&id.as_str()))
}

/// The place of the wave of each record of a file, by its number in the batch.
pub fn wave_of<'w>(
    file: usize,
    looked: &Looked,
    waves: &'w Waves,
) -> impl Fn(&dyn Batch, usize) -> Option<usize> + use<'w> {
    let column = match &waves.told {
        Told::Column(column) | Told::Days(column) | Told::Dates(column) => looked.place(column),
        _ => None,
    };
    move |batch, record| match &waves.told {
        Told::File(places) => places.get(file).copied(),
        Told::Column(_) => column.and_then(|at| of_cell(batch.cell(record, at), waves)),
        Told::Days(_) => column.and_then(|at| of_days(batch.cell(record, at), waves)),
        Told::Dates(_) => None,
        Told::Nothing | Told::Names(_) => Some(0),
    }
}

/// Whether a file's name says that its records correct others.
pub fn corrects(looked: &Looked) -> bool {
    const WORDS: [&str; 6] = ["correct", "rettet", "rettel", "korrig", "korrek", "update"];
    let name = looked.path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    WORDS.iter().any(|word| name.contains(word))
}

fn unlinked(first: &HashMap<u64, Vec<u64>>, waves: usize) -> f64 {
    let has = |known: &[u64], wave: usize| known.last().is_some_and(|waves| waves >> wave.min(63) & 1 == 1);
    let share = |wave: usize| {
        let there = first.values().filter(|known| has(known, wave));
        let (all, late) =
            there.fold((0_u64, 0_u64), |(all, late), known| (all + 1, late + u64::from(!has(known, 0))));
        if all == 0 { 0.0 } else { late as f64 / all as f64 }
    };
    (1..waves).map(share).fold(0.0, f64::max)
}

impl Facts {
    fn text(&mut self, cell: Cell<'_>, person: u64) {
        let Cell::Text(text) = cell else { return };
        let text = text.trim();
        if matches!(word(text), Word::Mark(_)) {
            return;
        }
        let full = self.texts.len() >= TEXTS;
        match self.texts.get_mut(text) {
            Some(persons) if persons.len() < PERSONS && !persons.contains(&person) => persons.push(person),
            Some(_) => {}
            None if full => {}
            None => {
                self.texts.insert(text.into(), vec![person]);
            }
        }
    }
}

/// The wave that a cell of the wave column says.
fn of_cell(cell: Cell<'_>, waves: &Waves) -> Option<usize> {
    let found = |text: &str| waves.waves.iter().position(|wave| wave.written == text);
    match cell {
        Cell::Text(text) => {
            let text = text.trim();
            found(text).or_else(|| {
                let same = |wave: &super::waves::Wave| {
                    rank(&wave.written).0 == 1 && rank(&wave.written) == rank(text)
                };
                waves.waves.iter().position(same)
            })
        }
        Cell::Number(number) => found(&number.to_string()),
        _ => None,
    }
}

fn of_days(cell: Cell<'_>, waves: &Waves) -> Option<usize> {
    let days = match cell {
        Cell::Number(number) => number,
        Cell::Text(text) => text.trim().replace(',', ".").parse().ok()?,
        _ => return None,
    };
    let month = days / 30.4375;
    waves.waves.iter().position(|wave| wave.window.is_some_and(|[from, to]| (from..=to).contains(&month)))
}
