//! The XML of .ods workbooks, read as a stream: sheets, rows, cells and the text within cells.

use std::collections::HashSet;
use std::io::{BufReader, Read, Take};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use zip::read::ZipFile;

use super::super::Fault;
use super::rows::Sheet;
use super::zip_parts::{Archive, most_streamed, unreadable};

type Part<'a> = BufReader<Take<ZipFile<'a, BufReader<std::fs::File>>>>;

/// The part with the sheets, and how deep in it the reader stands.
pub(super) struct Content<'a> {
    xml: Reader<Part<'a>>,
    buffer: Vec<u8>,
    pub depth: usize,
    /// The depth of the elements within the sheet that is being read; 0 outside of any.
    pub sheet: usize,
    hidden_styles: HashSet<String>,
}

/// What comes next in the part, as far as a sheet is concerned.
pub(super) enum Step {
    Open(Element),
    Close,
    Text(String),
    End,
}

/// The elements that count here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Style,
    TableProperties,
    Table,
    Row,
    Cell,
    Paragraph,
    Blanks,
    Tab,
    LineBreak,
    /// Comments and drawings, which are no part of a cell's text.
    Aside,
    Other,
}

impl Name {
    fn of(name: &str) -> Name {
        match name {
            "style:style" => Name::Style,
            "style:table-properties" => Name::TableProperties,
            "table:table" => Name::Table,
            "table:table-row" => Name::Row,
            "table:table-cell" | "table:covered-table-cell" => Name::Cell,
            "text:p" | "text:h" => Name::Paragraph,
            "text:s" => Name::Blanks,
            "text:tab" => Name::Tab,
            "text:line-break" => Name::LineBreak,
            "office:annotation" | "table:detective" | "draw:frame" | "draw:custom-shape" | "table:shapes" => {
                Name::Aside
            }
            _ => Name::Other,
        }
    }
}

/// The attributes that count here.
const ATTRIBUTES: &[&str] = &[
    "office:value-type",
    "office:value",
    "office:date-value",
    "office:time-value",
    "office:boolean-value",
    "office:string-value",
    "calcext:value-type",
    "table:formula",
    "table:number-columns-repeated",
    "table:number-rows-repeated",
    "table:number-columns-spanned",
    "table:number-rows-spanned",
    "table:name",
    "table:style-name",
    "table:display",
    "style:name",
    "text:c",
];

/// An element with those of its attributes that count here.
pub(super) struct Element {
    pub name: Name,
    attributes: Vec<(&'static str, String)>,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Result<Element, Fault> {
        let mut element = Element { name: Name::of(start.name().as_ref()), attributes: Vec::new() };
        if matches!(element.name, Name::Other | Name::Paragraph) {
            return Ok(element);
        }
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| damaged())?;
            let Some(key) = ATTRIBUTES.iter().find(|name| **name == attribute.key.as_ref()) else { continue };
            let value = unescape(&attribute.value).map_err(|_| damaged())?;
            element.attributes.push((key, value.into_owned()));
        }
        Ok(element)
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A number of times; 1 where it is not given.
    pub(super) fn count(&self, name: &str) -> Result<u32, Fault> {
        self.get(name).map_or(Ok(1), |value| value.parse().map_err(|_| damaged()))
    }
}

impl<'a> Content<'a> {
    pub(super) fn open(archive: &'a mut Archive) -> Result<Content<'a>, Fault> {
        let part = archive.by_name("content.xml").map_err(|error| unreadable(&error))?;
        let most = most_streamed(part.compressed_size());
        let mut xml = Reader::from_reader(BufReader::with_capacity(1 << 16, part.take(most)));
        xml.config_mut().expand_empty_elements = true;
        Ok(Content { xml, buffer: Vec::new(), depth: 0, sheet: 0, hidden_styles: HashSet::new() })
    }

    pub(super) fn step(&mut self) -> Result<Step, Fault> {
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
    pub(super) fn next_sheet(&mut self) -> Result<Option<Sheet>, Fault> {
        let mut style = String::new();
        loop {
            match self.step()? {
                Step::Open(element) => match element.name {
                    Name::Style => style = element.get("style:name").unwrap_or_default().to_owned(),
                    Name::TableProperties if element.get("table:display") == Some("false") => {
                        self.hidden_styles.insert(style.clone());
                    }
                    // Not the tables of links to other files, nor those within shapes.
                    Name::Table if self.depth == 4 => {
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
    pub(super) fn leave_sheet(&mut self) -> Result<(), Fault> {
        let sheet = std::mem::take(&mut self.sheet);
        while sheet > 0 && self.depth >= sheet {
            self.buffer.clear();
            match self.xml.read_event_into(&mut self.buffer).map_err(|_| damaged())? {
                Event::Start(_) => self.depth += 1,
                Event::End(_) => self.depth -= 1,
                Event::Eof => return Err(damaged()),
                _ => {}
            }
        }
        Ok(())
    }

    /// The text within the element that was opened last, to its end: paragraphs are joined by line breaks, and what is
    /// written on the cell, such as a comment, is left out.
    pub(super) fn text(&mut self) -> Result<String, Fault> {
        let (own, mut texts, mut paragraphs) = (self.depth, String::new(), 0);
        let mut aside = None;
        while self.depth >= own {
            match self.step()? {
                Step::Open(element) if aside.is_none() => match element.name {
                    Name::Paragraph => {
                        if paragraphs > 0 {
                            texts.push('\n');
                        }
                        paragraphs += 1;
                    }
                    Name::Blanks => {
                        let blanks = element.count("text:c")?.min(32_767) as usize;
                        texts.extend(std::iter::repeat_n(' ', blanks));
                    }
                    Name::Tab => texts.push('\t'),
                    Name::LineBreak => texts.push('\n'),
                    Name::Aside => {
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

pub(super) fn damaged() -> Fault {
    Fault::new("an .ods workbook whose content is damaged or cut", "a whole .ods workbook")
        .help("fetch the file anew, or open it in LibreOffice and save it again")
}
