//! The workbook against its tables.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, DataType, Range, Reader, Xlsx};
use utfall::dictionary::{Language, Text};
use utfall::disclosure::Policy;
use utfall::table::{Cell, Content, Format, RowKind, Table, doubt, words};
use utfall::workbook::sheet_names;

use super::{Words, archive, files, tables};

/// Title, notice, link back, and a free row stand above the headings.
const ABOVE: u32 = 4;

pub fn open(file: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(file.to_vec())).expect("it is a workbook")
}

/// Which columns of a table are two on the sheet.
pub fn intervals(table: &Table) -> Vec<bool> {
    let is = |cell: Option<&Cell>| cell.is_some_and(|cell| cell.ends().is_some());
    (0..table.columns.len()).map(|at| table.rows.iter().any(|row| is(row.cells.get(at)))).collect()
}

/// The row on the sheet of the first row of the table.
pub fn first_row(table: &Table) -> u32 {
    let grouped = table.columns.iter().any(|column| !column.group.is_empty());
    ABOVE + 1 + u32::from(grouped) + u32::from(intervals(table).contains(&true))
}

/// What stands in each cell of a sheet that a table's row takes.
fn expected(cell: &Cell, wide: bool, language: Language) -> Vec<Data> {
    let number = |value: f64, format: Format| match format {
        Format::Points(_) => Data::Float(100.0 * value),
        _ => Data::Float(value),
    };
    let said = |text: &str| Data::String(text.to_owned());
    let mut cells = match &cell.content {
        Content::Number { value, format } => vec![number(*value, *format)],
        Content::Interval { low, high, format } => vec![number(*low, *format), number(*high, *format)],
        Content::Text(text) => vec![said(&format!("{}{}", text.get(language), doubt::marks(cell)))],
        Content::Partly { value, format } => {
            let number = utfall::table::number::number(*value, *format, language);
            vec![said(&format!("{number} (:){}", doubt::marks(cell)))]
        }
        Content::Zero => vec![Data::Float(0.0)],
        Content::Empty => vec![Data::Empty],
        symbol => vec![said(symbol.symbol().expect("it is one")); 1 + usize::from(wide)],
    };
    cells.resize(1 + usize::from(wide), Data::Empty);
    cells
}

fn same(found: Option<&Data>, expected: &Data, exact: bool) -> bool {
    match (found, expected) {
        (None, Data::Empty) => true,
        // LibreOffice saves fifteen digits.
        (Some(found), Data::Float(value)) => found
            .as_f64()
            .is_some_and(|found| (found - value).abs() <= if exact { 0.0 } else { 1e-14 * value.abs() }),
        (Some(found), expected) => found == expected,
        (None, _) => false,
    }
}

/// That a sheet has every name and every cell of its table.
fn holds(sheet: &Range<Data>, table: &Table, language: Language, exact: bool) {
    let title = sheet.get_value((0, 0)).and_then(|title| title.get_string().map(str::to_owned));
    assert_eq!(title.as_deref(), Some(table.caption(language).as_str()));
    let wide = intervals(table);
    for (row, line) in (first_row(table)..).zip(&table.rows) {
        for (column, head) in (0..).zip(&line.heads) {
            let said = sheet.get_value((row, column)).and_then(|cell| cell.get_string());
            assert_eq!(said.unwrap_or_default(), head.get(language), "{} row {row}", table.id);
        }
        let mut column = table.stub.len() as u32;
        for (cell, wide) in line.cells.iter().zip(&wide) {
            for expected in expected(cell, *wide, language) {
                let found = sheet.get_value((row, column));
                assert!(same(found, &expected, exact), "{} {row}:{column}: {found:?} {expected:?}", table.id);
                column += 1;
            }
        }
    }
    let below = first_row(table) + table.rows.len() as u32;
    for (row, remark) in (below..).zip(table.plain_remarks(language)) {
        let said = sheet.get_value((row, 0)).and_then(|cell| cell.get_string());
        assert_eq!(said, Some(remark.as_str()), "{}", table.id);
    }
}

/// That a workbook has every table under its number, behind its contents; its numbers to the last bit where `exact`.
pub fn holds_all(file: &[u8], tables: &[Table], language: Language, exact: bool) {
    let mut workbook = open(file);
    let names = sheet_names(tables, language);
    let contents = words::say(language, "collection.contents", &[]);
    assert_eq!(workbook.sheet_names(), [&[contents][..], &names[..]].concat());
    for (table, name) in tables.iter().zip(names) {
        let sheet = workbook.worksheet_range(&name).expect("there is a sheet of the table");
        holds(&sheet, table, language, exact);
    }
}

#[test]
fn every_cell_is_the_tables() {
    for policy in Policy::ALL {
        let tables = tables(policy);
        for language in Language::ALL {
            let [workbook, _] = files(policy, language);
            holds_all(&workbook, &tables, language, true);
        }
    }
}

#[test]
fn the_contents_lead_to_every_table_and_explain_the_symbols() {
    let [workbook, _] = files(Policy::Min5, Language::Nb);
    let tables = tables(Policy::Min5);
    let contents = archive::part(&workbook, "xl/worksheets/sheet1.xml");
    for name in sheet_names(&tables, Language::Nb) {
        assert!(contents.contains(&format!("location=\"'{name}'!A1\"")), "{name} has no link");
    }
    let sheet = open(&workbook).worksheet_range("Innhold").expect("there are contents");
    let said: Vec<&str> = sheet.used_cells().filter_map(|(_, _, cell)| cell.get_string()).collect();
    let words = Words::new();
    for expected in [
        words.title.get(Language::Nb),
        words.notice.get(Language::Nb),
        "Kilde: Evaluering av tiltak. Beregnet med utfall",
        "Tabell 4.23",
        "vises ikke av hensyn til personvernet",
    ] {
        assert!(said.iter().any(|said| said.starts_with(expected)), "{expected} is not in {said:?}");
    }
    assert_eq!(said.iter().filter(|said| **said == ":").count(), 1);
}

#[test]
fn sheets_print_with_their_headings_and_say_what_they_are() {
    let [workbook, _] = files(Policy::Min5, Language::Nn);
    let book = archive::part(&workbook, "xl/workbook.xml");
    let tables = tables(Policy::Min5);
    assert_eq!(book.matches("_xlnm.Print_Titles").count(), tables.len());
    assert_eq!(book.matches("_xlnm.Print_Area").count(), tables.len() + 1);
    assert!(archive::part(&workbook, "docProps/custom.xml").contains("nn-NO"));
    assert!(archive::part(&workbook, "docProps/core.xml").contains("<dc:title>Evaluering av tiltak<"));
    for position in 2..tables.len() + 2 {
        let sheet = archive::part(&workbook, &format!("xl/worksheets/sheet{position}.xml"));
        for expected in ["state=\"frozen\"", "paperSize=\"9\"", "<pageSetUpPr fitToPage=\"1\"/>"] {
            assert!(sheet.contains(expected), "{expected} is not in sheet {position}");
        }
    }
    // The notice stands on every sheet: each can be printed by itself.
    let mut workbook = open(&workbook);
    for name in sheet_names(&tables, Language::Nn) {
        let sheet = workbook.worksheet_range(&name).expect("there is a sheet of the table");
        let said = sheet.get_value((1, 0)).and_then(|cell| cell.get_string());
        assert_eq!(said, Some("Personane er oppdikta."), "{name}");
    }
}

/// What is not to be trusted is marked by the number's format: the number stays one that can be reckoned with.
#[test]
fn a_mark_stands_in_the_format_of_its_number_and_not_in_its_value() {
    let tables = tables(Policy::None);
    let number = |cell: &&Cell| matches!(cell.content, Content::Number { .. } | Content::Interval { .. });
    let cells = tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    assert!(cells.filter(number).any(|cell| !cell.notes.is_empty()), "few clusters make numbers doubtful");
    let [workbook, document] = files(Policy::None, Language::Nb);
    let styles = archive::part(&workbook, "xl/styles.xml");
    let formats = styles.split("<numFmt ").filter(|format| format.contains("ᵃ"));
    let formats: Vec<&str> = formats.map(|format| format.split_once("/>").unwrap().0).collect();
    assert!(formats.iter().any(|format| format.contains("0.00&quot;ᵃ&quot;")), "{formats:?}");
    // Each section of a format, so that a number below the smallest p-value has its mark too.
    assert!(formats.iter().any(|format| format.matches('ᵃ').count() == 2), "{formats:?}");
    holds_all(&workbook, &tables, Language::Nb, true);
    let body = archive::part(&document, "word/document.xml");
    assert!(
        body.contains("ᵃ</w:t>") && body.contains(">ᵃ\u{a0}"),
        "a number, and below its table the reservation"
    );
}

#[test]
fn sheets_have_names_that_spreadsheets_take() {
    let table = |id: &str, number: &str| Table {
        id: id.into(),
        number: number.into(),
        title: Text::same("Title"),
        note: Text::default(),
        stub: vec![Text::same("Item")],
        columns: Vec::new(),
        withheld: Vec::new(),
        rows: vec![utfall::table::Row::new(RowKind::Plain, vec![Text::same("Row")], Vec::new())],
        notes: Vec::new(),
        reservations: Vec::new(),
    };
    let long = "a".repeat(40);
    let tables = [
        table("T1", "4.23"),
        table("T2", "F3.1–3.2"),
        table("T3", "4.23"),
        table("Innhold", ""),
        table("T5", "4/5 [a]: 'b'?"),
        table(&long, ""),
        table(&long.to_uppercase(), ""),
    ];
    let names = sheet_names(&tables, Language::Nb);
    assert_eq!(names[..5], ["T 4.23", "F3.1–3.2", "T 4.23 (2)", "Innhold (2)", "T 4 5  a   'b"]);
    let distinct: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(distinct.len(), tables.len());
    assert!(names.iter().all(|name| name.chars().count() <= 31), "{names:?}");
    let words = Words::new();
    let file = utfall::workbook::xlsx(&words.collection(&tables), Language::Nb).expect("all names are taken");
    assert_eq!(open(&file).sheet_names().len(), tables.len() + 1);
}
