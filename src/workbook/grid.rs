//! Column widths, row heights and pages, so that nobody needs to set them by hand.

#![expect(clippy::float_arithmetic, reason = "widths and heights")]

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

/// What of a sheet is printed.
pub struct Extent {
    /// The last row and column.
    pub row: u32,
    pub column: u16,
    /// In digits.
    pub width: f64,
    /// In lines of text.
    pub lines: usize,
    /// Whether the pages lie across.
    pub wide: bool,
}

impl Extent {
    /// Whether the sheet fits on one page, if need be a quarter smaller: notes are not to stand on a page by themselves.
    fn fits_on_a_page(&self) -> bool {
        // Points of A4 within the margins, and of a digit.
        let (across, down) = if self.wide { (756.0, 487.0) } else { (509.0, 734.0) };
        let scale = (across / (self.width * 5.5)).min(1.0);
        self.lines as f64 * LINE * scale <= 1.25 * down
    }
}

/// Prints the sheet one page wide, and one page long where it nearly is.
pub fn page(sheet: &mut Worksheet, extent: &Extent, language: Language) -> Result<(), XlsxError> {
    let codes = [("page", "&P".to_owned()), ("pages", "&N".to_owned())];
    let footer = format!("&L&A&R{}", words::say(language, "collection.page", &codes));
    sheet.set_print_area(0, 0, extent.row, extent.column)?;
    let pages = u16::from(extent.fits_on_a_page());
    sheet.set_paper_size(PAPER).set_print_fit_to_pages(1, pages).set_footer(footer);
    sheet.set_margins(0.6, 0.6, 0.7, 0.8, 0.3, 0.3);
    sheet.set_screen_gridlines(false);
    if extent.wide {
        sheet.set_landscape();
    }
    Ok(())
}
