//! The workbook: all tables of a release as sheets to compute with.
//!
//! First a sheet of contents with links, then a sheet for each table under its number, and one for published figures if there are any. A cell
//! holds the cleared value at full precision, and a number format shows it as the table does. An interval takes two columns. A suppressed
//! number is its symbol; there is no number behind it. Sheets print on A4, with the headings repeated.

// Numbers are worked out by the stages; what is calculated here says why.
#![cfg_attr(not(test), deny(clippy::float_arithmetic))]

mod contents;
mod grid;
mod number_format;
mod sheet;
mod style;

use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use crate::dictionary::Language;
use crate::table::{Collection, Table};

/// The workbook could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the workbook cannot be written: {0}")]
pub struct WorkbookError(#[from] XlsxError);

/// The workbook (Office Open XML) in one language. The same collection gives the same bytes.
///
/// # Errors
/// A [`WorkbookError`] where a table is larger than a sheet can be.
pub fn xlsx(collection: &Collection<'_>, language: Language) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(collection.title.get(language))
        .set_subject(collection.notice.get(language))
        .set_author("utfall")
        .set_comment(collection.source(language))
        // The library always says when the workbook was made. The clock would make another file each time: it is the epoch.
        .set_creation_datetime(&NaiveDate::default())
        .set_custom_property("Language", language.locale());
    workbook.set_properties(&properties);
    let names = sheet_names(collection.tables, language);
    contents::write(workbook.add_worksheet(), collection, &names, language)?;
    for (table, name) in collection.tables.iter().zip(&names) {
        sheet::write(workbook.add_worksheet().set_name(name)?, table, collection.notice, language)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// How many letters a sheet's name may have.
const LONGEST: usize = 31;

/// A name for each table's sheet: `T 4.23`, the number itself where it does not start with a digit, the key where there is none.
/// Each differs from all others and from the sheet of contents, capital letters aside, as spreadsheets ask for.
pub fn sheet_names(tables: &[Table], language: Language) -> Vec<String> {
    let mut taken = vec![contents::name(language).to_lowercase()];
    let mut names = Vec::new();
    for table in tables {
        let plain = plain_name(table);
        let mut name = cut(&plain, LONGEST);
        let mut times = 1;
        while taken.contains(&name.to_lowercase()) {
            times += 1;
            let end = format!(" ({times})");
            name = cut(&plain, LONGEST - end.len()) + &end;
        }
        taken.push(name.to_lowercase());
        names.push(name);
    }
    names
}

fn plain_name(table: &Table) -> String {
    let name = match table.number.chars().next() {
        None => table.id.clone(),
        Some(first) if first.is_ascii_digit() => format!("T {}", table.number),
        Some(_) => table.number.clone(),
    };
    let allowed =
        |letter: char| if r"[]:*?/\".contains(letter) || letter.is_control() { ' ' } else { letter };
    let name: String = name.chars().map(allowed).collect();
    name.trim_matches(|letter: char| letter == '\'' || letter.is_whitespace()).to_owned()
}

fn cut(text: &str, letters: usize) -> String {
    text.chars().take(letters).collect::<String>().trim_end().to_owned()
}
