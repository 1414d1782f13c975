//! Workbooks of kind .ods (OpenDocument), read as a stream: one row is held at a time, however often the file says that a
//! row or a cell is repeated.

use std::collections::HashSet;
use std::io::{BufReader, Read, Take};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use zip::read::ZipFile;

use super::super::{CellFault, Fault, OwnedCell};
use super::calendar::Calendar;
use super::cfb::protected;
use super::rows::{MAX_COLUMNS, MAX_ROWS, Region, Row, Rows, Sheet, Workbook, text};
use super::zip_parts::{Archive, most_streamed, unreadable};

/// How many cells may stand for cells that the file writes only once. A sheet that is filled so is no table.
const MAX_REPEATED: u64 = 50_000_000;

pub(super) struct OdsWorkbook {
    archive: Archive,
    sheets: Vec<Sheet>,
    holds_cells: Vec<bool>,
}

impl OdsWorkbook {
    /// # Errors
    /// A [`Fault`] where the file is damaged or protected.
    pub(super) fn open(mut archive: Archive) -> Result<OdsWorkbook, Fault> {
        let mut manifest = String::new();
        let part = archive.by_name("META-INF/manifest.xml").map_err(|error| unreadable(&error))?;
        part.take(1 << 24).read_to_string(&mut manifest).map_err(|_| damaged())?;
        if manifest.contains("encryption-data") {
            return Err(protected());
        }
        let (mut sheets, mut holds_cells) = (Vec::new(), Vec::new());
        let mut content = Content::open(&mut archive)?;
        while let Some(sheet) = content.next_sheet()? {
            holds_cells.push(OdsRows::of(&mut content, &sheet.name).next_row()?.is_some());
            content.leave_sheet()?;
            sheets.push(sheet);
        }
        drop(content);
        Ok(OdsWorkbook { archive, sheets, holds_cells })
    }
}

impl Workbook for OdsWorkbook {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    fn holds_cells(&mut self, sheet: usize) -> Result<bool, Fault> {
        Ok(self.holds_cells[sheet])
    }

    fn rows(&mut self, sheet: usize) -> Result<Box<dyn Rows + '_>, Fault> {
        let mut content = Content::open(&mut self.archive)?;
        for _ in 0..sheet {
            content.next_sheet()?;
            content.leave_sheet()?;
        }
        content.next_sheet()?;
        Ok(Box::new(OdsRows::of(content, &self.sheets[sheet].name)))
    }
}

type Part<'a> = BufReader<Take<ZipFile<'a, BufReader<std::fs::File>>>>;

/// The part with the sheets, and how deep in it the reader stands.
struct Content<'a> {
    xml: Reader<Part<'a>>,
    buffer: Vec<u8>,
    depth: usize,
    /// The depth of the elements within the sheet that is being read; 0 outside of any.
    sheet: usize,
    hidden_styles: HashSet<String>,
}

/// What comes next in the part, as far as a sheet is concerned.
enum Step {
    Open(Element),
    Close,
    Text(String),
    End,
}

/// An element with those of its attributes that count here.
#[derive(Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Result<Element, Fault> {
        let mut element = Element { name: start.name().as_ref().to_owned(), attributes: Vec::new() };
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| damaged())?;
            let value = unescape(&attribute.value).map_err(|_| damaged())?;
            element.attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
        }
        Ok(element)
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A number of times; 1 where it is not given.
    fn count(&self, name: &str) -> Result<u32, Fault> {
        self.get(name).map_or(Ok(1), |value| value.parse().map_err(|_| damaged()))
    }
}

impl<'a> Content<'a> {
    fn open(archive: &'a mut Archive) -> Result<Content<'a>, Fault> {
        let part = archive.by_name("content.xml").map_err(|error| unreadable(&error))?;
        let most = most_streamed(part.compressed_size());
        let mut xml = Reader::from_reader(BufReader::with_capacity(1 << 16, part.take(most)));
        xml.config_mut().expand_empty_elements = true;
        Ok(Content { xml, buffer: Vec::new(), depth: 0, sheet: 0, hidden_styles: HashSet::new() })
    }

    fn step(&mut self) -> Result<Step, Fault> {
        loop {
            self.buffer.clear();
            return Ok(match self.xml.read_event_into(&mut self.buffer).map_err(|_| damaged())? {
                Event::Start(start) => {
                    self.depth += 1;
                    Step::Open(Element::of(&start)?)
                }
                Event::End(_) => {
                    self.depth = self.depth.checked_sub(1).ok_or_else(damaged)?;
                    Step::Close
                }
                Event::Text(text) => Step::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Step::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => {
                    let resolved =
                        unescape(&format!("&{};", reference.as_ref())).map_err(|_| damaged())?.into_owned();
                    Step::Text(resolved)
                }
                Event::Eof if self.depth > 0 => return Err(damaged()),
                Event::Eof => Step::End,
                _ => continue,
            });
        }
    }

    /// Goes to the start of the next sheet.
    fn next_sheet(&mut self) -> Result<Option<Sheet>, Fault> {
        let mut style = String::new();
        loop {
            match self.step()? {
                Step::Open(element) => match element.name.as_str() {
                    "style:style" => style = element.get("style:name").unwrap_or_default().to_owned(),
                    "style:table-properties" if element.get("table:display") == Some("false") => {
                        self.hidden_styles.insert(style.clone());
                    }
                    // Not the tables of links to other files, nor those within shapes.
                    "table:table" if self.depth == 4 => {
                        self.sheet = self.depth;
                        let style = element.get("table:style-name").unwrap_or_default();
                        return Ok(Some(Sheet {
                            name: element.get("table:name").unwrap_or_default().to_owned(),
                            hidden: self.hidden_styles.contains(style),
                        }));
                    }
                    _ => {}
                },
                Step::End => return Ok(None),
                Step::Close | Step::Text(_) => {}
            }
        }
    }

    /// Goes on to the end of the sheet.
    fn leave_sheet(&mut self) -> Result<(), Fault> {
        let sheet = std::mem::take(&mut self.sheet);
        while sheet > 0 && self.depth >= sheet {
            self.step()?;
        }
        Ok(())
    }

    /// The text within the element that was opened last, to its end: paragraphs are joined by line breaks, and what is
    /// written on the cell, such as a comment, is left out.
    fn text(&mut self) -> Result<String, Fault> {
        let (own, mut texts, mut paragraphs) = (self.depth, String::new(), 0);
        let mut aside = None;
        while self.depth >= own {
            match self.step()? {
                Step::Open(element) if aside.is_none() => match element.name.as_str() {
                    "text:p" | "text:h" => {
                        if paragraphs > 0 {
                            texts.push('\n');
                        }
                        paragraphs += 1;
                    }
                    "text:s" => {
                        let blanks = element.count("text:c")?.min(32_767) as usize;
                        texts.extend(std::iter::repeat_n(' ', blanks));
                    }
                    "text:tab" => texts.push('\t'),
                    "text:line-break" => texts.push('\n'),
                    "office:annotation" | "table:detective" | "draw:frame" | "draw:custom-shape"
                    | "table:shapes" => {
                        aside = Some(self.depth);
                    }
                    _ => {}
                },
                Step::Text(text) if aside.is_none() && paragraphs > 0 => texts.push_str(&text),
                Step::End => return Err(damaged()),
                _ => aside = aside.filter(|depth| self.depth >= *depth),
            }
        }
        Ok(texts)
    }
}

struct OdsRows<'n, C> {
    content: C,
    name: &'n str,
    calendar: Calendar,
    /// Rows that have been read.
    number: u32,
    /// A row that the file repeats, and how often it is still to be given.
    repeated: Option<(Row, u32)>,
    /// Cells that stood for others.
    copies: u64,
}

impl<'n, 'a, C: std::borrow::BorrowMut<Content<'a>>> OdsRows<'n, C> {
    fn of(content: C, name: &'n str) -> OdsRows<'n, C> {
        OdsRows { content, name, calendar: Calendar::default(), number: 0, repeated: None, copies: 0 }
    }

    fn copy(&mut self, cells: u64) -> Result<(), Fault> {
        self.copies += cells;
        let fault = || {
            Fault::new(
                "a sheet that is filled with repeated cells",
                format!("at most {MAX_REPEATED} of them"),
            )
            .at(format!("sheet {}, row {}", self.name, self.number + 1))
            .help("delete the rows and columns outside of the table and save the file again")
        };
        if self.copies > MAX_REPEATED { Err(fault()) } else { Ok(()) }
    }

    /// The cells of the row that was opened last, to its end.
    fn row(&mut self) -> Result<Row, Fault> {
        let mut row = Row::default();
        let mut column = 0_u32;
        let own = self.content.borrow().depth;
        while self.content.borrow().depth >= own {
            let element = match self.content.borrow_mut().step()? {
                Step::Open(element) if element.name.ends_with("table-cell") => element,
                Step::End => return Err(damaged()),
                _ => continue,
            };
            let repeated = element.count("table:number-columns-repeated")?;
            let (wide, high) =
                (element.count("table:number-columns-spanned")?, element.count("table:number-rows-spanned")?);
            if wide > 1 || high > 1 {
                row.merged.push(Region {
                    rows: (0, high.max(1) - 1),
                    columns: (column, column.saturating_add(wide.max(1) - 1)),
                });
            }
            let text = self.content.borrow_mut().text()?;
            let cell = self.cell(&element, &text);
            let next = column.saturating_add(repeated);
            if cell != OwnedCell::Empty {
                if next > MAX_COLUMNS {
                    return Err(Fault::new(
                        "a cell outside of what a sheet can have",
                        format!("at most {MAX_COLUMNS} columns"),
                    )
                    .at(format!("sheet {}, row {}", self.name, self.number + 1)));
                }
                self.copy(u64::from(repeated.max(1)) - 1)?;
                row.cells.extend((column..next).map(|column| (column, cell.clone())));
            }
            column = next;
        }
        Ok(row)
    }

    fn cell(&mut self, element: &Element, content: &str) -> OwnedCell {
        let formula = element.get("table:formula").is_some();
        let is_error = element.get("calcext:value-type") == Some("error")
            || (formula && (content.starts_with('#') || content.starts_with("Err:")));
        if is_error {
            return OwnedCell::Fault(CellFault::Error);
        }
        let number = |name| {
            element.get(name).and_then(|value| value.parse::<f64>().ok()).filter(|value| value.is_finite())
        };
        let moment = |name| element.get(name);
        match element.get("office:value-type") {
            Some("float" | "percentage" | "currency") => {
                number("office:value").map_or(OwnedCell::Fault(CellFault::Error), OwnedCell::Number)
            }
            Some("date") => {
                moment("office:date-value").map_or(OwnedCell::Empty, |value| self.calendar.iso(value))
            }
            Some("time") => {
                moment("office:time-value").map_or(OwnedCell::Empty, |value| self.calendar.iso(value))
            }
            Some("boolean") => {
                let truth = element
                    .get("office:boolean-value")
                    .is_some_and(|value| value.eq_ignore_ascii_case("true"));
                OwnedCell::Number(f64::from(u8::from(truth)))
            }
            Some("string") => {
                text(element.get("office:string-value").unwrap_or(content)).unwrap_or(OwnedCell::Empty)
            }
            _ => match text(content) {
                Some(cell) => cell,
                None if formula => OwnedCell::Fault(CellFault::NeverCalculated),
                None => OwnedCell::Empty,
            },
        }
    }
}

impl<'a, C: std::borrow::BorrowMut<Content<'a>>> Rows for OdsRows<'_, C> {
    fn next_row(&mut self) -> Result<Option<Row>, Fault> {
        loop {
            if let Some((mut row, left)) = self.repeated.take() {
                self.number += 1;
                if left > 1 {
                    self.copy(row.cells.len() as u64)?;
                    self.repeated = Some((row.clone(), left - 1));
                }
                row.number = self.number;
                for region in &mut row.merged {
                    region.rows = (self.number, self.number.saturating_add(region.rows.1));
                }
                return Ok(Some(row));
            }
            let content = self.content.borrow_mut();
            if content.sheet == 0 || content.depth < content.sheet {
                return Ok(None);
            }
            match content.step()? {
                Step::Open(element) if element.name == "table:table-row" => {
                    let times = element.count("table:number-rows-repeated")?;
                    let row = self.row()?;
                    if row.cells.is_empty() {
                        self.number = self.number.saturating_add(times);
                        continue;
                    }
                    if self.number.saturating_add(times) > MAX_ROWS {
                        return Err(Fault::new(
                            "a row outside of what a sheet can have",
                            format!("at most {MAX_ROWS} rows"),
                        )
                        .at(format!("sheet {}", self.name)));
                    }
                    self.repeated = (times > 0).then_some((row, times));
                }
                Step::End => return Err(damaged()),
                _ => {}
            }
        }
    }

    fn early_dates(&self) -> u64 {
        self.calendar.early
    }
}

fn damaged() -> Fault {
    Fault::new("an .ods workbook whose content is damaged or cut", "a whole .ods workbook")
        .help("fetch the file anew, or open it in LibreOffice and save it again")
}
