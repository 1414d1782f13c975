//! The sheet of contents: what the workbook is, what is in it, and what its symbols mean.

use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::{grid, style};
use crate::dictionary::Language;
use crate::table::{Collection, words};

const WIDTHS: [f64; 2] = [16.0, 100.0];

/// The name of the sheet.
pub fn name(language: Language) -> String {
    words::say(language, "collection.contents", &[])
}

pub fn write(
    sheet: &mut Worksheet,
    collection: &Collection<'_>,
    names: &[String],
    language: Language,
) -> Result<(), XlsxError> {
    let say = |key: &str| words::say(language, key, &[]);
    sheet.set_name(name(language))?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let mut row = 0;
    let opening = [
        (collection.title.get(language).to_owned(), style::title()),
        (collection.notice.get(language).to_owned(), style::notice()),
        (collection.source(language), style::note()),
        (say("collection.precision"), style::note()),
    ];
    for (text, format) in opening.into_iter().filter(|(text, _)| !text.is_empty()) {
        sheet.merge_range(row, 0, row, 1, &text, &format)?;
        sheet.set_row_height(row, grid::height(&text, WIDTHS.iter().sum(), row == 0))?;
        row += 1;
    }
    row += 1;
    for (column, key) in (0..).zip(["collection.number", "collection.title"]) {
        sheet.write_with_format(row, column, say(key), &style::list_heading())?;
    }
    for (table, name) in collection.tables.iter().zip(names) {
        row += 1;
        let title = table.title.get(language);
        let link = Url::new(format!("internal:{}!A1", quoted(name))).set_text(table.name().get(language));
        sheet.write_url_with_format(row, 0, link.set_tip(title), &style::link())?;
        sheet.write_with_format(row, 1, title, &style::entry())?;
        sheet.set_row_height(row, grid::height(title, WIDTHS[1], false))?;
    }
    let symbols = collection.symbols();
    if !symbols.is_empty() {
        row += 2;
        sheet.merge_range(row, 0, row, 1, &say("collection.symbols"), &style::list_heading())?;
        for cell in symbols {
            row += 1;
            sheet.write_with_format(row, 0, cell.symbol().unwrap_or_default(), &style::entry())?;
            sheet.write_with_format(
                row,
                1,
                words::symbol(&cell, language).unwrap_or_default(),
                &style::entry(),
            )?;
        }
    }
    let width = WIDTHS.iter().sum();
    grid::page(sheet, &grid::Extent { row, column: 1, width, lines: row as usize + 1, wide: false }, language)
}

/// A sheet's name as references write it.
pub fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}
