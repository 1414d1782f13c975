//! Writing files as a pipeline's source says that they are written.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use csv::ByteRecord;

use super::column::Cell;
use super::population::{Output, Population};
use super::{SimulateError, Written};
use crate::dictionary::Item;
use crate::plan::{Encoding, Source, WaveOf};

/// A file that is being written.
///
/// It has another name until it is finished: a file under its own name is whole.
pub struct File<'a> {
    path: PathBuf,
    unfinished: Unfinished,
    writer: csv::Writer<BufWriter<fs::File>>,
    source: &'a Source,
    population: &'a Population,
    rows: u64,
}

impl<'a> File<'a> {
    pub fn create(
        out: &Path,
        source: &'a Source,
        population: &'a Population,
    ) -> Result<File<'a>, SimulateError> {
        let path = out.join(&source.file);
        let unfinished = Unfinished(path.with_extension("unfinished"));
        let folder = path.parent().unwrap_or(out);
        fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        let file = fs::File::create(&unfinished.0).map_err(|error| unwritable(&unfinished.0, &error))?;
        // Resolving has checked that the delimiter is one byte.
        let writer = csv::WriterBuilder::new()
            .delimiter(source.format.delimiter as u8)
            .from_writer(BufWriter::new(file));
        let mut file = File { path, unfinished, writer, source, population, rows: 0 };
        let mut heading = vec![source.respondent.as_str()];
        if let WaveOf::Column { column, .. } = &source.wave {
            heading.push(column);
        }
        heading.extend(population.items.iter().map(|output| output.item.column.as_str()));
        let heading = heading.into_iter().map(|name| encode(name, source.format.encoding));
        file.write(&heading.collect())?;
        Ok(file)
    }

    /// Writes the rows of a block, whose first respondent has the number `first` (from 0).
    pub fn append(&mut self, cells: &[Vec<Cell>], first: u64, rows: usize) -> Result<(), SimulateError> {
        let waves: Vec<(&str, Option<&str>)> = match &self.source.wave {
            WaveOf::File(wave) => vec![(wave, None)],
            WaveOf::Column { values, .. } => {
                values.iter().map(|(text, wave)| (wave.as_str(), Some(text.as_str()))).collect()
            }
        };
        let population = self.population;
        let seen: Vec<Vec<bool>> = waves.iter().map(|(wave, _)| population.seen(wave, cells, rows)).collect();
        let columns: Vec<Vec<Option<usize>>> = waves
            .iter()
            .map(|(wave, _)| {
                population.items.iter().map(|output| population.column_at(&output.item, wave)).collect()
            })
            .collect();
        let encoding = self.source.format.encoding;
        let (mut record, mut field) = (ByteRecord::new(), String::new());
        for row in 0..rows {
            let id = respondent(population, first + row as u64 + 1);
            for (position, (_, text)) in waves.iter().enumerate() {
                if !seen[position][row] {
                    continue;
                }
                record.clear();
                record.push_field(&encode(&id, encoding));
                if let Some(text) = text {
                    record.push_field(&encode(text, encoding));
                }
                for (output, column) in population.items.iter().zip(&columns[position]) {
                    let cell = column.map_or(Cell::Undrawn, |column| cells[column][row]);
                    let places = column.map_or(0, |column| population.columns[column].places);
                    field.clear();
                    self.write_cell(output, cell, places, &mut field);
                    record.push_field(&encode(&field, encoding));
                }
                self.write(&record)?;
                self.rows += 1;
            }
        }
        Ok(())
    }

    /// Writes a cell as the file has it.
    fn write_cell(&self, output: &Output, cell: Cell, places: u32, field: &mut String) {
        let (value, places) = match cell {
            Cell::Undrawn | Cell::Blank => return,
            Cell::Missing(code) => (code, 0),
            Cell::Value(value) => (value, places),
        };
        if let Some(words) = output.spelled.then(|| in_words(&output.item, value)).flatten() {
            field.push_str(words);
            return;
        }
        let unit = 10_u64.pow(places);
        let sign = if value < 0 { "-" } else { "" };
        let (whole, part) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
        // Writing to a `String` cannot fail.
        let _ = write!(field, "{sign}{whole}");
        if places > 0 {
            let _ = write!(field, "{}{part:0width$}", self.source.format.decimal, width = places as usize);
        }
    }

    fn write(&mut self, record: &ByteRecord) -> Result<(), SimulateError> {
        self.writer.write_byte_record(record).map_err(|error| unwritable(&self.unfinished.0, &error))
    }

    /// Gives the file its name.
    pub fn finish(self) -> Result<Written, SimulateError> {
        let File { path, unfinished, writer, rows, .. } = self;
        let failed = |error: &dyn std::error::Error| unwritable(&unfinished.0, error);
        let mut buffer = writer.into_inner().map_err(|error| failed(error.error()))?;
        buffer.flush().map_err(|error| failed(&error))?;
        drop(buffer);
        fs::rename(&unfinished.0, &path).map_err(|error| unwritable(&path, &error))?;
        Ok(Written { path, rows })
    }
}

/// The name of a file that is not whole yet; nothing is left under it, whatever happens.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Finished files have another name by now, and where removing fails nothing more can be done.
        let _ = fs::remove_file(&self.0);
    }
}

/// A respondent's id: the number alone where there is no prefix (as others look services up), else of equal width.
fn respondent(population: &Population, number: u64) -> String {
    match population.prefix.is_empty() {
        true => number.to_string(),
        false => {
            let width = population.size.to_string().len();
            format!("{}{number:0width$}", population.prefix)
        }
    }
}

fn in_words(item: &Item, code: i64) -> Option<&str> {
    let answers = item.codes.iter().map(|known| (known.code, &known.written));
    let missing = item.missing.iter().map(|known| (known.code, &known.written));
    answers
        .chain(missing)
        .find(|(known, _)| *known == code)
        .and_then(|(_, written)| written.first())
        .map(String::as_str)
}

/// Resolving has checked that every heading and every code in words can be encoded.
fn encode(text: &str, encoding: Encoding) -> Cow<'_, [u8]> {
    match encoding {
        _ if text.is_ascii() => Cow::Borrowed(text.as_bytes()),
        Encoding::Utf8 => Cow::Borrowed(text.as_bytes()),
        Encoding::Windows1252 => encoding_rs::WINDOWS_1252.encode(text).0,
        Encoding::Latin1 => text.chars().map(|letter| u8::try_from(letter).unwrap_or(b'?')).collect(),
    }
}

fn unwritable(path: &Path, error: &dyn std::error::Error) -> SimulateError {
    SimulateError::Unwritable { path: path.to_owned(), cause: error.to_string() }
}
