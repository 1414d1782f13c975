//! Looks at files: their columns, and what is in them.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::cell::{Word, word};
use super::profile::Profile;
use super::shape::Said;
use super::sniff;
use crate::intake::is_word_for_total;
use crate::read::{Batch, Cell, Column, ColumnKind, Encoding, Fault, Options, Table};

/// Opens a file of any format.
pub type Open<'o> = &'o dyn Fn(&Path, &Options) -> Result<Box<dyn Table>, Fault>;

/// A file, read once from end to end.
#[derive(Debug)]
pub struct Looked {
    pub path: PathBuf,
    pub options: Options,
    /// Whether it is delimited text, whose delimiter and encoding a pipeline has to say.
    pub text: bool,
    pub columns: Vec<Column>,
    /// One a column.
    pub profiles: Vec<Profile>,
    pub rows: u64,
    /// Rows below the last that sum the others, by their number in the file; they are no records.
    pub totals: Vec<u64>,
}

impl Looked {
    pub fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The columns that can be named: the first of each name that is not blank.
    pub fn named(&self) -> impl Iterator<Item = &Column> {
        let mut seen = HashSet::new();
        self.columns
            .iter()
            .filter(move |column| !column.name.trim().is_empty() && seen.insert(column.name.as_str()))
    }

    /// Every record once more.
    ///
    /// # Errors
    /// A [`Fault`] where the file cannot be read on.
    pub fn each(&self, open: Open<'_>, mut take: impl FnMut(&dyn Batch, usize)) -> Result<(), Fault> {
        let mut table = open(&self.path, &self.options)?;
        while let Some(block) = table.next_block()? {
            let batch = block.decode()?;
            for record in (0..batch.len()).filter(|record| !self.totals.contains(&batch.row(*record))) {
                take(batch.as_ref(), record);
            }
        }
        Ok(())
    }
}

/// More rows that begin with a word for a sum are records of people in a group of that name.
const TOTALS: usize = 4;

/// Whether the first cell of a record is a word for a sum.
fn is_total(batch: &dyn Batch, record: usize, columns: usize) -> bool {
    let first = (0..columns).map(|column| batch.cell(record, column)).find(|cell| match cell {
        Cell::Empty => false,
        Cell::Text(text) => !text.trim().is_empty(),
        _ => true,
    });
    matches!(first, Some(Cell::Text(text)) if is_word_for_total(text.trim()))
}

/// Calls columns that differ in capitals and blanks only by the name that they have first: `Løpenr ` is `løpenr`.
pub fn align(files: &mut [Looked]) {
    let plain = |name: &str| {
        name.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase).collect::<String>()
    };
    // A line break in a heading is a blank.
    let folded = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut known: HashMap<String, String> = HashMap::new();
    for looked in files {
        for column in looked.columns.iter_mut().filter(|column| column.name.contains(['\n', '\r', '\t'])) {
            column.name = folded(&column.name);
        }
        let names: Vec<String> = looked.columns.iter().map(|column| plain(&column.name)).collect();
        let alone = |name: &String| names.iter().filter(|other| *other == name).count() == 1;
        for (column, name) in looked.columns.iter_mut().zip(&names) {
            if alone(name) && !name.is_empty() {
                column.name = known.entry(name.clone()).or_insert_with(|| column.name.clone()).clone();
            }
        }
    }
}

/// Reads a file from end to end; `said` tells where its table stands.
///
/// # Errors
/// A [`Fault`] where it cannot be read.
pub fn look(path: &Path, said: &Said, open: Open<'_>) -> Result<Looked, Fault> {
    let (mut options, text) = sniff::options(path, said.heading)?;
    options.sheet.clone_from(&said.sheet);
    options.heading = said.heading;
    options.heading_rows = said.heading_rows.unwrap_or(options.heading_rows);
    options.skip = questions(open(path, &options)?.as_mut())?;
    let first = records(path, &options, text, open);
    let torn = match &first {
        Ok(looked) => looked.profiles.iter().any(|profile| profile.letters > 0),
        Err(_) => true,
    };
    // Letters beyond the head that are not UTF-8.
    if text && torn && options.encoding.is_none() {
        options.encoding = Some(Encoding::Windows1252);
        return records(path, &options, text, open).or(first);
    }
    first
}

/// Reads a file, and once more without rows of totals where it has some: their sums would be answers.
fn records(path: &Path, options: &Options, text: bool, open: Open<'_>) -> Result<Looked, Fault> {
    let (looked, totals) = read(path, options, text, open, &[])?;
    match totals.len() {
        1..=TOTALS => Ok(read(path, options, text, open, &totals)?.0),
        _ => Ok(looked),
    }
}

/// A file without the rows of the numbers `without`, and the numbers of those that look like totals.
fn read(
    path: &Path,
    options: &Options,
    text: bool,
    open: Open<'_>,
    without: &[u64],
) -> Result<(Looked, Vec<u64>), Fault> {
    let mut table = open(path, options)?;
    let columns = table.columns().to_vec();
    let mut profiles = vec![Profile::default(); columns.len()];
    let (mut rows, mut totals) = (0, Vec::new());
    while let Some(block) = table.next_block()? {
        let batch = block.decode()?;
        for record in (0..batch.len()).filter(|record| !without.contains(&batch.row(*record))) {
            rows += 1;
            if totals.len() <= TOTALS && is_total(batch.as_ref(), record, columns.len()) {
                totals.push(batch.row(record));
            }
            for (place, profile) in profiles.iter_mut().enumerate() {
                profile.add(batch.cell(record, place));
            }
        }
    }
    let (path, options, without) = (path.to_owned(), options.clone(), without.to_vec());
    Ok((Looked { path, options, text, columns, profiles, rows, totals: without }, totals))
}

/// How many of the first records are no answers but question texts, as survey platforms write them below the heading:
/// texts where everything below is a number or a day.
fn questions(table: &mut dyn Table) -> Result<u64, Fault> {
    const LOOKED: usize = 60;
    if table.columns().iter().any(|column| column.kind != ColumnKind::Mixed) {
        return Ok(0);
    }
    let width = table.columns().len();
    let Some(block) = table.next_block()? else { return Ok(0) };
    let batch = block.decode()?;
    let rows = batch.len().min(LOOKED);
    let is_text = |record: usize, column: usize| match batch.cell(record, column) {
        Cell::Text(text) => Some(word(text.trim()) == Word::Other),
        Cell::Empty => None,
        _ => Some(false),
    };
    for skipped in (1..=2).rev().filter(|skipped| rows > skipped + 1) {
        let typed = (0..width).filter(|column| {
            let mut below = (skipped..rows).filter_map(|record| is_text(record, *column)).peekable();
            below.peek().is_some() && below.all(|text| !text)
        });
        let typed: Vec<usize> = typed.collect();
        let asks = |record: usize| {
            let asked = typed.iter().filter(|column| is_text(record, **column) == Some(true)).count();
            typed.len() >= 2 && 2 * asked > typed.len()
        };
        if (0..skipped).all(asks) {
            return Ok(skipped as u64);
        }
    }
    Ok(0)
}
