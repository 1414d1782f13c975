//! Widths, heights and pages: what a spreadsheet would ask its user to set by hand.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::dictionary::Language;
use crate::table::words;

/// Points that a line of text takes.
const LINE: f64 = 15.0;
/// Points that a line of a title takes.
const TITLE_LINE: f64 = 18.0;
/// A4.
const PAPER: u8 = 9;

/// How many lines `text` takes in a column of a width in digits. Letters are a little narrower than digits.
pub fn lines(text: &str, width: f64) -> usize {
    let per_line = (width * 1.05).max(1.0);
    let lines = text.lines().map(|line| (line.chars().count() as f64 / per_line).ceil().max(1.0) as usize);
    lines.sum::<usize>().max(1)
}

/// The height in points of a row with `text` in a width of so many digits. Merged cells do not grow by themselves.
pub fn height(text: &str, width: f64, title: bool) -> f64 {
    match title {
        // The letters of a title are larger.
        true => TITLE_LINE * lines(text, width * 0.8) as f64,
        false => LINE * lines(text, width) as f64,
    }
}

/// The longest word, in letters: a heading is not broken within a word.
pub fn longest_word(text: &str) -> usize {
    text.split([' ', '\u{a0}', '-', '–']).map(|word| word.chars().count()).max().unwrap_or(0)
}

/// Prints the sheet, from its first cell to the one at `row` and `column`, one page wide.
pub fn page(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    wide: bool,
    language: Language,
) -> Result<(), XlsxError> {
    let codes = [("page", "&P".to_owned()), ("pages", "&N".to_owned())];
    let footer = format!("&L&A&R{}", words::say(language, "collection.page", &codes));
    sheet.set_print_area(0, 0, row, column)?;
    sheet.set_paper_size(PAPER).set_print_fit_to_pages(1, 0).set_footer(footer);
    sheet.set_margins(0.6, 0.6, 0.7, 0.8, 0.3, 0.3);
    sheet.set_screen_gridlines(false);
    if wide {
        sheet.set_landscape();
    }
    Ok(())
}
