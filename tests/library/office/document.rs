//! The document against its tables.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use utfall::dictionary::Language;
use utfall::disclosure::Policy;
use utfall::document::{DocumentError, Picture, docx};
use utfall::table::{RowKind, Table, number};

use super::{Words, archive, files, tables};

/// A row of a table of the document.
#[derive(Default, Debug)]
pub struct Line {
    /// Stands again on each page.
    heading: bool,
    /// Columns that each cell goes over, and its text.
    cells: Vec<(usize, String)>,
}

/// A table of the document: how many columns its grid has, and its rows.
#[derive(Default, Debug)]
pub struct Found {
    columns: usize,
    pub lines: Vec<Line>,
}

fn value(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).expect("attributes are well-formed")?;
    Some(attribute.value.into_owned())
}

/// The tables of `word/document.xml`.
pub fn read(document: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut reader = Reader::from_str(document);
    let (mut inside, mut said) = (false, false);
    loop {
        let event = reader.read_event().expect("it is XML");
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.name();
                match name.as_ref() {
                    "w:tbl" => {
                        inside = true;
                        found.push(Found::default());
                    }
                    "w:t" => said = true,
                    name if inside => {
                        let table = found.last_mut().expect("a table has begun");
                        match name {
                            "w:gridCol" => table.columns += 1,
                            "w:tr" => table.lines.push(Line::default()),
                            "w:tblHeader" => table.lines.last_mut().expect("in a row").heading = true,
                            "w:tc" => {
                                table.lines.last_mut().expect("in a row").cells.push((1, String::new()));
                            }
                            "w:gridSpan" => {
                                let cells = &mut table.lines.last_mut().expect("in a row").cells;
                                let span = value(element, "w:val").expect("it has a value");
                                cells.last_mut().expect("in a cell").0 = span.parse().expect("a number");
                            }
                            _ => {}
                        }
                    }
                    _ => {}
                }
            }
            Event::End(element) => match element.name().as_ref() {
                "w:tbl" => inside = false,
                "w:t" => said = false,
                _ => {}
            },
            Event::Text(_) | Event::GeneralRef(_) if inside && said => {
                let text = match &event {
                    Event::Text(text) => text.to_string(),
                    Event::GeneralRef(name) => match &**name {
                        "amp" => "&".to_owned(),
                        "lt" => "<".to_owned(),
                        "gt" => ">".to_owned(),
                        "quot" => "\"".to_owned(),
                        "apos" => "'".to_owned(),
                        other => panic!("an entity &{other};"),
                    },
                    _ => String::new(),
                };
                let cells = &mut found.last_mut().expect("a table").lines.last_mut().expect("a row").cells;
                cells.last_mut().expect("a cell").1 += &text;
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// That a table of the document has the headings, names and numbers of `table`.
pub fn holds(found: &Found, table: &Table, language: Language) {
    let width = table.stub.len() + table.columns.len();
    assert_eq!(found.columns, width, "{}", table.id);
    for line in &found.lines {
        assert_eq!(line.cells.iter().map(|(span, _)| span).sum::<usize>(), width, "{}", table.id);
    }
    let grouped = table.columns.iter().any(|column| !column.group.is_empty());
    let headings = 1 + usize::from(grouped);
    let repeated: Vec<bool> = found.lines.iter().map(|line| line.heading).collect();
    let expected: Vec<bool> = (0..headings + table.rows.len()).map(|line| line < headings).collect();
    assert_eq!(repeated, expected, "{}", table.id);
    for (line, row) in found.lines[headings..].iter().zip(&table.rows) {
        let heads = row.heads.iter().map(|head| plain(head.get(language)));
        let cells = row.cells.iter().map(|cell| plain(&number::cell(cell, language)));
        let said: Vec<String> = line.cells.iter().map(|(_, text)| plain(text)).collect();
        assert_eq!(said, heads.chain(cells).collect::<Vec<_>>(), "{}", table.id);
        assert_eq!(row.kind == RowKind::Section, line.cells.len() == 1 && width > 1);
    }
}

#[test]
fn every_table_is_a_table_with_headings_that_repeat() {
    for policy in Policy::ALL {
        let tables = tables(policy);
        for language in Language::ALL {
            let [_, document] = files(policy, language);
            let found = read(&archive::part(&document, "word/document.xml"));
            assert_eq!(found.len(), tables.len());
            for (found, table) in found.iter().zip(&tables) {
                holds(found, table, language);
            }
        }
    }
}

#[test]
fn captions_keep_their_numbers_and_can_be_referred_to() {
    let [_, file] = files(Policy::Min5, Language::Nb);
    let document = archive::part(&file, "word/document.xml");
    for table in tables(Policy::Min5) {
        let (id, number) = (&table.id, &table.number);
        let start = document.split(&format!("w:name=\"{id}\"/>")).nth(1).expect("there is a bookmark");
        let marked = start.split("<w:bookmarkEnd").next().expect("it ends");
        assert!(marked.ends_with(&format!(">Tabell {number}</w:t></w:r>")), "{marked}");
        assert!(document.contains(&format!("<w:hyperlink w:anchor=\"{id}\"")), "{id} is not in the contents");
        assert!(document.contains(&format!(
            "<w:tblCaption w:val=\"Tabell {number} Hva &lt;alle&gt; svarte &amp; «hvorfor»\"/>"
        )));
    }
    let count = |what: &str| document.matches(what).count();
    assert_eq!(count("w:fldCharType=\"begin\""), count("w:fldCharType=\"end\""));
    assert_eq!(count("<w:pStyle w:val=\"Caption\"/>"), tables(Policy::Min5).len());
    assert!(document.contains("Personene er oppdiktet."));
}

#[test]
fn the_language_is_set_and_every_style_is_there() {
    for language in Language::ALL {
        let [_, file] = files(Policy::Min5, language);
        let styles = archive::part(&file, "word/styles.xml");
        assert!(styles.contains(&format!("<w:lang w:val=\"{}\"", language.locale())));
        let core = archive::part(&file, "docProps/core.xml");
        assert!(core.contains(&format!("<dc:language>{}<", language.locale())));
        let document = archive::part(&file, "word/document.xml");
        for kind in ["pStyle", "rStyle", "tblStyle"] {
            for used in document.split(&format!("<w:{kind} w:val=\"")).skip(1) {
                let id = used.split('"').next().expect("it ends");
                assert!(styles.contains(&format!("w:styleId=\"{id}\"")), "there is no style {id}");
            }
        }
    }
}

#[test]
fn wide_tables_lie_across_and_the_others_do_not() {
    let [_, file] = files(Policy::None, Language::En);
    let document = archive::part(&file, "word/document.xml");
    let sections: Vec<&str> = document.split("<w:sectPr>").skip(1).collect();
    let across =
        sections.iter().filter(|section| section.split("</w:sectPr>").next().unwrap().contains("landscape"));
    let across = across.count();
    assert!(across > 0 && across < sections.len(), "{across} of {}", sections.len());
    // No column is wider than the page.
    for grid in document.split("<w:tblGrid>").skip(1) {
        let grid = grid.split("</w:tblGrid>").next().expect("it ends");
        let widths = grid.split("w:w=\"").skip(1).filter_map(|width| width.split('"').next());
        let sum: u32 = widths.map(|width| width.parse::<u32>().expect("a number")).sum();
        assert!(sum <= 16_838 - 2 * 1_134, "{sum}");
    }
}

#[test]
fn bookmarks_of_long_keys_differ() {
    let words = Words::new();
    let mut tables = tables(Policy::None);
    tables.truncate(3);
    for (table, end) in tables.iter_mut().zip(["a", "b", "c"]) {
        table.id = "x".repeat(60) + end;
    }
    let file = docx(&words.collection(&tables), &[], Language::En).expect("there are no figures");
    let document = archive::part(&file, "word/document.xml");
    let names = document.split("<w:bookmarkStart ").skip(1).filter_map(|mark| mark.split("w:name=\"").nth(1));
    let names: BTreeSet<&str> = names.filter_map(|name| name.split('"').next()).collect();
    assert_eq!(names.len(), 3);
    assert!(names.iter().all(|name| name.chars().count() <= 40), "{names:?}");
}

/// A grey pixel.
pub const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0,
    0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63,
    0x68, 0, 0, 0, 0x82, 0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42,
    0x60, 0x82,
];

/// A figure that stands at a table.
pub fn figure(table: &Table) -> Picture {
    Picture {
        id: "F4_1".into(),
        name: "Figure 4.1".into(),
        title: "Change".into(),
        alternative: "Bars: 31% better & 7% worse.".into(),
        notes: vec!["All with an answer.".into()],
        png: PIXEL.to_vec(),
        cut: [0.125, 0.25],
        beside: Some(table.id.clone()),
    }
}

#[test]
fn a_figure_has_its_image_caption_and_words_for_those_who_do_not_see_it() {
    let (words, tables) = (Words::new(), tables(Policy::Min5));
    let mut figure = figure(&tables[0]);
    let collection = words.collection(&tables[..2]);
    let file = docx(&collection, std::slice::from_ref(&figure), Language::En).expect("the image is a PNG");
    let document = archive::part(&file, "word/document.xml");
    assert_eq!(document.matches("descr=\"Bars: 31% better &amp; 7% worse.\"").count(), 2);
    assert!(document.contains("<w:hyperlink w:anchor=\"figure_F4_1\""));
    // It stands at its table, which refers to it, and before the next one.
    let place = |what: &str| document.rfind(what).unwrap_or_else(|| panic!("{what} is not there"));
    assert!(place(" REF figure_F4_1 \\h ") < place("<a:blip "));
    let next = format!("<w:bookmarkStart w:id=\"2\" w:name=\"{}\"/>", tables[1].id);
    assert!(place("<a:blip ") < place(&next));
    assert!(document.contains("<a:srcRect t=\"12500\" b=\"25000\"/>"));
    assert!(archive::part(&file, "word/_rels/document.xml.rels").contains("Target=\"media/image1.png\""));
    let image = archive::parts(&file).into_iter().find(|(name, _)| name == "word/media/image1.png");
    assert_eq!(image.expect("it is in the archive").1, PIXEL);
    figure.png.truncate(20);
    let error = docx(&collection, &[figure], Language::En).expect_err("it is cut off");
    assert!(matches!(error, DocumentError::Png(id) if id == "F4_1"));
}
