//! Answers as bytes of a file. Every code is written once and then copied.

use std::borrow::Cow;

use super::column::{Cell, Index};
use super::population::{Output, Population};
use crate::dictionary::Item;
use crate::plan::{Encoding, Format, Source};

/// Bytes of an entry, whose last is its length: most answers and the sign after them are shorter. Longer ones are written each time.
const ENTRY: usize = 8;
/// The greatest number that has an entry.
const GREATEST: i64 = 9_999;

/// What a row of one wave in one file is made of.
pub struct Renderer {
    id: Id,
    /// What stands between the id and the first answer.
    after_id: Vec<u8>,
    fields: Vec<Field>,
}

/// How respondents' ids are written.
struct Id {
    before: Vec<u8>,
    /// With zeros before the number, for as many digits.
    width: usize,
    quoted: bool,
}

/// One column of a file.
struct Field {
    column: Option<Index>,
    /// By the index of the cell; zeros where there is none.
    entries: Vec<[u8; ENTRY]>,
    number: Number,
    /// Answers in words.
    words: Vec<(i64, Vec<u8>)>,
}

/// How numbers of a column are written.
struct Number {
    places: u32,
    decimal: Vec<u8>,
    /// Whether the decimal sign divides fields as well.
    quoted: bool,
    /// The delimiter, or the end of the line.
    after: u8,
}

impl Renderer {
    /// For the rows of `wave` in the file of `source`; `text` names the wave where the file has several.
    pub fn new(source: &Source, population: &Population, wave: &str, text: Option<&str>) -> Renderer {
        let format = &source.format;
        let delimiter = format.delimiter as u8;
        let mut after_id =
            vec![if text.is_none() && population.items.is_empty() { b'\n' } else { delimiter }];
        if let Some(text) = text {
            after_id.extend(field(text, format));
            after_id.push(if population.items.is_empty() { b'\n' } else { delimiter });
        }
        let greatest = population.greatest();
        let last = population.items.len().saturating_sub(1);
        let fields: Vec<Field> = population
            .items
            .iter()
            .enumerate()
            .map(|(position, output)| {
                let after = if position == last { b'\n' } else { delimiter };
                Field::new((population, &greatest), output, wave, (format, after))
            })
            .collect();
        let id = Id::new(population, format);
        Renderer { id, after_id, fields }
    }

    /// The renderer of a block with these `cells`.
    pub fn of<'a>(&'a self, cells: &'a [Vec<Cell>]) -> BlockRenderer<'a> {
        let columns = self.fields.iter().map(|field| field.column.map_or(&[][..], |column| &cells[column]));
        let line = vec![0; (self.fields.len() + 1) * ENTRY];
        BlockRenderer { renderer: self, columns: columns.zip(&self.fields).collect(), line }
    }
}

/// The renderer of one block.
pub struct BlockRenderer<'a> {
    renderer: &'a Renderer,
    columns: Vec<(&'a [Cell], &'a Field)>,
    /// Room for a row of entries.
    line: Vec<u8>,
}

impl BlockRenderer<'_> {
    /// The row of respondent `number`, which is row `row` of the block.
    pub fn append(&mut self, number: u64, row: usize, bytes: &mut Vec<u8>) {
        self.renderer.id.append(number, bytes);
        bytes.extend_from_slice(&self.renderer.after_id);
        let line = &mut self.line[..];
        let mut end = 0;
        for (cells, field) in &self.columns {
            let cell = cells.get(row).copied().unwrap_or(Cell::UNDRAWN);
            let entry = field.entries.get(cell.index()).copied().unwrap_or_default();
            let length = usize::from(entry[ENTRY - 1]);
            // Entries are copied whole, which needs no loop; the next one covers what is too much.
            if let (1.., Some(to)) = (length, line.get_mut(end..end + ENTRY)) {
                to.copy_from_slice(&entry);
                end += length;
            } else {
                bytes.extend_from_slice(&line[..end]);
                end = 0;
                field.append(cell, bytes);
            }
        }
        bytes.extend_from_slice(&line[..end]);
    }
}

impl Id {
    /// The number alone where there is no prefix (as others look services up), else of equal width.
    fn new(population: &Population, format: &Format) -> Id {
        let quoted = needs_quotes(&population.prefix, format);
        let mut before = Vec::new();
        if quoted {
            before.push(b'"');
        }
        before.extend_from_slice(&encode(
            &population.prefix.replace('"', "\"\""),
            format.encoding.unwrap_or(Encoding::Utf8),
        ));
        let width = if population.prefix.is_empty() { 1 } else { population.size.to_string().len() };
        Id { before, width, quoted }
    }

    fn append(&self, number: u64, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.before);
        digits(number, self.width, bytes);
        if self.quoted {
            bytes.push(b'"');
        }
    }
}

impl Field {
    fn new(
        (population, greatest): (&Population, &[i64]),
        output: &Output,
        wave: &str,
        (format, after): (&Format, u8),
    ) -> Field {
        let column = population.column_at(&output.item, wave);
        let places = column.map_or(0, |column| population.columns[column].places);
        let decimal =
            encode(&format.decimal.to_string(), format.encoding.unwrap_or(Encoding::Utf8)).into_owned();
        let quoted = needs_quotes(&format.decimal.to_string(), format);
        let words = if output.spelled { in_words(&output.item, format) } else { Vec::new() };
        let number = Number { places, decimal, quoted, after };
        let mut of = Field { column, entries: Vec::new(), number, words };
        let greatest = column.map_or(0, |column| greatest[column]).clamp(0, GREATEST);
        let cells = (0..Cell::value(greatest + 1).index()).map(Cell::of_index);
        of.entries = cells.map(|cell| of.entry(cell)).collect();
        of
    }

    fn entry(&self, cell: Cell) -> [u8; ENTRY] {
        let mut bytes = Vec::new();
        self.append(cell, &mut bytes);
        let mut entry = [0; ENTRY];
        if let Some(to) = entry[..ENTRY - 1].get_mut(..bytes.len()) {
            to.copy_from_slice(&bytes);
            entry[ENTRY - 1] = bytes.len() as u8;
        }
        entry
    }

    /// An answer, and the sign after it.
    fn append(&self, cell: Cell, bytes: &mut Vec<u8>) {
        let Some(written) = cell.written() else {
            bytes.push(self.number.after);
            return;
        };
        match self.words.iter().find(|(code, _)| *code == written) {
            Some((_, words)) => bytes.extend_from_slice(words),
            None => {
                let places = if cell.valid().is_some() { self.number.places } else { 0 };
                self.number.append(written, places, bytes);
            }
        }
        bytes.push(self.number.after);
    }
}

impl Number {
    fn append(&self, value: i64, places: u32, bytes: &mut Vec<u8>) {
        let quoted = self.quoted && places > 0;
        if quoted {
            bytes.push(b'"');
        }
        if value < 0 {
            bytes.push(b'-');
        }
        let unit = 10_u64.pow(places);
        digits(value.unsigned_abs() / unit, 1, bytes);
        if places > 0 {
            bytes.extend_from_slice(&self.decimal);
            digits(value.unsigned_abs() % unit, places as usize, bytes);
        }
        if quoted {
            bytes.push(b'"');
        }
    }
}

/// A whole number with zeros before it, for at least `width` digits.
fn digits(mut number: u64, width: usize, bytes: &mut Vec<u8>) {
    let mut reversed = [b'0'; 20];
    let mut used = 0;
    while number > 0 {
        reversed[used] = b'0' + (number % 10) as u8;
        number /= 10;
        used += 1;
    }
    bytes.extend(reversed[..used.max(width.min(20))].iter().rev());
}

/// The codes of an item that are written in words, with these.
fn in_words(item: &Item, format: &Format) -> Vec<(i64, Vec<u8>)> {
    let answers = item.codes.iter().map(|known| (known.code, &known.written));
    let missing = item.missing.iter().map(|known| (known.code, &known.written));
    answers
        .chain(missing)
        .filter_map(|(code, written)| Some((code, field(written.first()?, format))))
        .collect()
}

/// A whole record, as the csv crate writes it.
pub fn record(fields: &[&str], format: &Format) -> Vec<u8> {
    let encoded = fields.iter().map(|text| encode(text, format.encoding.unwrap_or(Encoding::Utf8)));
    let mut writer = csv::WriterBuilder::new().delimiter(format.delimiter as u8).from_writer(Vec::new());
    // Writing to memory cannot fail, and one record has as many fields as itself.
    let _ = writer.write_record(encoded);
    writer.into_inner().unwrap_or_default()
}

/// A field that stands beside others.
fn field(text: &str, format: &Format) -> Vec<u8> {
    let mut bytes = record(&[text, ""], format);
    // The delimiter before the empty field, and the end of the line.
    bytes.truncate(bytes.len().saturating_sub(2));
    bytes
}

fn needs_quotes(text: &str, format: &Format) -> bool {
    text.contains([format.delimiter, '"', '\n', '\r'])
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
