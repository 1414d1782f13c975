//! The tables of the page, and the same grids in Markdown, CSV, Word and the workbook.

use std::io::Read;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};

use super::markup::{decoded, spaced};

/// A table of the page.
pub struct Grid {
    pub id: String,
    pub rows: Vec<Line>,
    /// What stands below it.
    pub notes: Vec<String>,
}

/// A row of it.
#[derive(Debug, Default)]
pub struct Line {
    pub is_section: bool,
    /// It stands at the foot of the table.
    is_foot: bool,
    pub heads: Vec<String>,
    pub cells: Vec<Cell>,
}

impl Line {
    /// Whether a cell of it is the whole of a column of shares, beside how many it is.
    fn is_whole(&self, cell: &Cell) -> bool {
        self.is_foot && spaced(&cell.text).replace(' ', "") == "100%"
    }
}

/// A cell as it is seen, with the estimates that it shows.
#[derive(Debug, Default)]
pub struct Cell {
    pub text: String,
    pub is_words: bool,
    pub is_symbol: bool,
    /// A raised letter says that a reservation concerns it.
    is_marked: bool,
    pub ids: Vec<String>,
}

impl Cell {
    fn is_interval(&self) -> bool {
        !self.is_words && [" til ", " to "].iter().any(|to| spaced(&self.text).contains(to))
    }
}

/// The tables of a report in its order. The page is looked through as text, since a cell may be empty.
pub fn of_page(page: &str) -> Vec<Grid> {
    page.split("<figure class=\"table\" id=\"")
        .skip(1)
        .map(|part| of_figure(part.split("</figure>").next().unwrap()))
        .collect()
}

fn of_figure(part: &str) -> Grid {
    let id = part.split('"').next().unwrap().to_owned();
    let (body, below) = part.split_once("</table>").unwrap();
    let rows = body.split("</thead>").nth(1).unwrap().split("<tr").skip(1).map(|row| {
        let is_section = row.starts_with(" class=\"section\"");
        let mut line = Line { is_section, is_foot: row.starts_with(" class=\"foot"), ..Line::default() };
        for head in row.split("<th ").skip(1) {
            line.heads.push(said(head.split_once('>').unwrap().1.split("</th>").next().unwrap()));
        }
        for cell in row.split("<td").skip(1) {
            let (attributes, text) = cell.split_once('>').unwrap();
            let text = text.split("</td>").next().unwrap();
            let ids = attributes.split("data-of=\"").nth(1).and_then(|ids| ids.split('"').next());
            let ids =
                ids.map(|ids| decoded(ids).split(" | ").map(str::to_owned).collect()).unwrap_or_default();
            let is_symbol = attributes.contains("class=\"symbol\"");
            let is_words = attributes.contains("class=\"words");
            let (text, is_marked) =
                text.split_once("<sup class=\"doubt\">").map_or((text, false), |(text, _)| (text, true));
            // A symbol for the eye, and its meaning for the ear.
            let text = text.split("</span>").next().unwrap();
            line.cells.push(Cell { text: said(text), is_words, is_symbol, is_marked, ids });
        }
        line
    });
    // A reservation begins with its letter.
    let notes = below.split("<p").skip(1).map(|note| {
        let note = note.split_once('>').unwrap().1.split("</p>").next().unwrap();
        said(note.split_once("</sup> ").map_or(note, |(_, note)| note))
    });
    Grid { id, rows: rows.collect(), notes: notes.collect() }
}

/// A text without the raised letters that name reservations.
fn unmarked(text: &str) -> String {
    text.replace(|letter: char| "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖ".contains(letter), "").trim().to_owned()
}

/// The text of a part of the page.
fn said(html: &str) -> String {
    let mut text = String::new();
    for (place, part) in html.split('<').enumerate() {
        text.push_str(if place == 0 { part } else { part.split_once('>').map_or("", |(_, after)| after) });
    }
    decoded(&text)
}

impl Grid {
    pub fn is_published(&self) -> bool {
        self.id.starts_with("published")
    }

    /// Where the Markdown file does not say what the page says, cell by cell and note by note.
    pub fn unlike_markdown(&self, markdown: &str) -> Vec<String> {
        let read = |text: &str| {
            let mut plain = String::new();
            let mut letters = text.chars();
            while let Some(letter) = letters.next() {
                plain.push(if letter == '\\' { letters.next().unwrap_or_default() } else { letter });
            }
            unmarked(&spaced(&decoded(&plain.replace("**", ""))))
        };
        let lines: Vec<&str> = markdown.lines().filter(|line| line.starts_with('|')).skip(2).collect();
        let mut wrong = Vec::new();
        if lines.len() != self.rows.len() {
            return vec![format!("{} rows, and {} on the page", lines.len(), self.rows.len())];
        }
        for (line, row) in lines.iter().zip(&self.rows) {
            let inner = line.strip_prefix("| ").unwrap().strip_suffix(" |").unwrap();
            let fields: Vec<String> = inner.split(" | ").map(read).collect();
            let expected =
                row.heads.iter().chain(row.cells.iter().map(|cell| &cell.text)).map(|text| spaced(text));
            for (position, expected) in expected.enumerate() {
                let found = fields.get(position).cloned().unwrap_or_default();
                if found != expected {
                    wrong.push(format!("{found:?} is {expected:?} on the page"));
                }
            }
        }
        let below: Vec<String> = markdown
            .lines()
            .filter(|line| !line.starts_with('|'))
            .skip(1)
            .map(read)
            .filter(|line| !line.is_empty())
            .collect();
        let notes: Vec<String> = self.notes.iter().map(|note| spaced(note)).collect();
        if below != notes {
            wrong.push(format!("the notes are not those of the page: {below:?}, {notes:?}"));
        }
        wrong
    }

    /// The fields of the CSV file that hold numbers, with the ids of the page's cells in the same place.
    pub fn in_csv(&self, text: &str, separator: u8) -> Vec<(String, Vec<String>)> {
        let columns = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let wide: Vec<bool> = (0..columns)
            .map(|column| self.rows.iter().any(|row| row.cells.get(column).is_some_and(Cell::is_interval)))
            .collect();
        let sections = usize::from(self.rows.iter().any(|row| row.is_section));
        let is_marked = |row: &Line| row.cells.iter().any(|cell| cell.is_marked);
        let reservations = usize::from(self.rows.iter().any(is_marked));
        let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(text.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
        let rows: Vec<&Line> = self.rows.iter().filter(|row| !row.is_section).collect();
        assert_eq!(records.len(), rows.len(), "{}: rows of the CSV file", self.id);
        let mut found = Vec::new();
        for (record, row) in records.iter().zip(rows) {
            let mut place = sections + row.heads.len();
            for (cell, wide) in row.cells.iter().zip(&wide) {
                let fields = if *wide { 2 } else { 1 };
                for field in (place..place + fields).map(|place| &record[place]) {
                    if cell.is_symbol {
                        let is_nobody = field == "0" && cell.text == "-";
                        assert!(
                            is_nobody || field == cell.text || field.is_empty(),
                            "{}: {field:?}",
                            self.id
                        );
                    } else if row.is_whole(cell) {
                        assert_eq!(field, "100%", "{}", self.id);
                    } else if cell.is_words || cell.ids.is_empty() {
                        // Words are those of the page, which have been looked at.
                        let is_first = field == &record[place];
                        assert!(
                            !is_first || spaced(field) == spaced(&cell.text),
                            "{}: {field:?} is {:?}",
                            self.id,
                            cell.text
                        );
                    } else {
                        found.push((field.to_owned(), cell.ids.clone()));
                    }
                }
                place += fields;
            }
            assert_eq!(place + reservations, record.len(), "{}: fields", self.id);
            let said = record.get(place).unwrap_or_default();
            assert_eq!(is_marked(row), !said.is_empty(), "{}: {said:?}", self.id);
        }
        found
    }
}

/// Where the document's tables do not say what the page says, cell by cell.
pub fn unlike_document(grids: &[&Grid], path: &Path) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    let words = |part: &str| {
        let run = |part: &str| part.split_once('>').unwrap().1.split("</w:t>").next().unwrap().to_owned();
        let runs = part.split("<w:t").skip(1).filter(|part| part.starts_with(['>', ' ']));
        unmarked(&spaced(&decoded(&runs.map(run).collect::<String>())))
    };
    let tables: Vec<&str> =
        text.split("<w:tbl>").skip(1).map(|part| part.split("</w:tbl>").next().unwrap()).collect();
    let mut wrong = Vec::new();
    let mut tables = tables.into_iter();
    for grid in grids {
        let Some(table) = tables.next() else {
            wrong.push(format!("{} is not there", grid.id));
            continue;
        };
        let rows: Vec<Vec<String>> = table
            .split("<w:tr>")
            .skip(1)
            .filter(|row| !row.contains("<w:tblHeader/>"))
            .map(|row| row.split("<w:tc>").skip(1).map(words).collect())
            .collect();
        let expected: Vec<Vec<String>> = grid
            .rows
            .iter()
            .map(|row| {
                row.heads
                    .iter()
                    .chain(row.cells.iter().map(|cell| &cell.text))
                    .map(|text| spaced(text))
                    .collect()
            })
            .collect();
        if rows.len() != expected.len() {
            wrong.push(format!("{}: {} rows, and {} on the page", grid.id, rows.len(), expected.len()));
        }
        for (found, expected) in rows.iter().zip(&expected).filter(|(found, expected)| found != expected) {
            wrong.push(format!("{}: {found:?} is {expected:?} on the page", grid.id));
        }
    }
    let paragraphs = words_outside(&text);
    for note in grids.iter().flat_map(|grid| &grid.notes).map(|note| spaced(note)) {
        if !paragraphs.contains(&note) {
            wrong.push(format!("the note {note:?} is not there"));
        }
    }
    wrong
}

/// What is in a workbook or document: the bytes of each part but pictures.
pub fn parts(file: &[u8]) -> Vec<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut parts = Vec::new();
    for position in 0..archive.len() {
        let mut part = archive.by_index(position).unwrap();
        if part.name().unwrap().ends_with(".png") {
            continue;
        }
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push(bytes);
    }
    parts
}

/// The paragraphs of a document.
fn words_outside(text: &str) -> Vec<String> {
    let run = |part: &str| part.split_once('>').unwrap().1.split("</w:t>").next().unwrap().to_owned();
    text.split("<w:p>")
        .skip(1)
        .map(|part| {
            let runs = part.split("<w:t").skip(1).filter(|part| part.starts_with(['>', ' ']));
            unmarked(&spaced(&decoded(&runs.map(run).collect::<String>())))
        })
        .collect()
}

/// The numbers of the workbook's sheets, with the ids of the page's cells in the same place.
pub fn in_workbook(grids: &[&Grid], path: &Path) -> Vec<(String, f64, Vec<String>)> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let names = workbook.sheet_names();
    let mut found = Vec::new();
    // The first sheet is the contents.
    for (grid, name) in grids.iter().zip(names.iter().skip(1)) {
        let range = workbook.worksheet_range(name).unwrap();
        let rows: Vec<&[Data]> = range.rows().collect();
        let head = |row: &[Data]| row.first().map(|cell| spaced(&cell.to_string())).unwrap_or_default();
        let heads: Vec<String> = grid
            .rows
            .iter()
            .map(|row| row.heads.first().map(|head| spaced(head)).unwrap_or_default())
            .collect();
        let first = (3..rows.len()).find(|first| {
            heads
                .iter()
                .enumerate()
                .all(|(place, expected)| rows.get(first + place).is_some_and(|row| head(row) == *expected))
        });
        let first = first.unwrap_or_else(|| panic!("{name}: the rows of {} are not there", grid.id));
        let columns = grid.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let wide: Vec<bool> = (0..columns)
            .map(|column| grid.rows.iter().any(|row| row.cells.get(column).is_some_and(Cell::is_interval)))
            .collect();
        for (row, sheet) in grid.rows.iter().zip(&rows[first..]).filter(|(row, _)| !row.is_section) {
            let mut place = row.heads.len();
            for (cell, wide) in row.cells.iter().zip(&wide) {
                let width = if *wide { 2 } else { 1 };
                for one in (place..place + width).filter_map(|place| sheet.get(place)) {
                    match one {
                        Data::Float(0.0) if cell.is_symbol => {}
                        Data::Float(1.0) if row.is_whole(cell) => {}
                        Data::Float(value) => {
                            found.push((format!("{name} {:?}", row.heads), *value, cell.ids.clone()))
                        }
                        Data::Empty => {}
                        other => {
                            assert_eq!(
                                unmarked(&spaced(&other.to_string())),
                                spaced(&cell.text),
                                "{name}: {:?}",
                                row.heads
                            );
                        }
                    }
                }
                place += width;
            }
        }
    }
    found
}
