//! Columns of numbers at the right edge of the sheet: how many a row rests on, and what else stands beside it.

use super::super::sheet::{MARGIN, Sheet, Style, WIDTH};
use super::{printed, spoken};
use crate::dictionary::{Language, Text};
use crate::table::Cell;

/// The width of a column, with what keeps it from what stands to its left.
const WIDE: f64 = 66.0;
/// How far a heading may reach over its column's left edge.
const OVER: f64 = 4.0;

/// The columns, where it is known what stands in them.
pub(super) struct Columns {
    headings: Vec<Vec<String>>,
    /// The number that is the same in all rows of several: it is then told once, below the heading.
    common: Vec<Option<String>>,
    language: Language,
}

impl Columns {
    /// The columns of these `headings`; each of `rows` has a cell for each.
    pub fn of<'c>(
        headings: &[Text],
        rows: impl Iterator<Item = &'c Vec<Cell>> + Clone,
        language: Language,
    ) -> Columns {
        let of_column = |column: usize| common(rows.clone().filter_map(move |row| row.get(column)));
        Columns {
            headings: headings
                .iter()
                .map(|heading| Style::SMALL.wrap(heading.get(language), WIDE + OVER))
                .collect(),
            common: (0..headings.len())
                .map(|column| of_column(column).map(|cell| printed(cell, language)))
                .collect(),
            language,
        }
    }

    /// What the columns take from the width of the sheet.
    pub fn width(&self) -> f64 {
        WIDE * self.headings.len() as f64
    }

    /// The height of the headings.
    pub fn height(&self) -> f64 {
        (0..self.headings.len()).map(|column| Style::SMALL.height(self.lines(column))).fold(0.0, f64::max)
    }

    fn lines(&self, column: usize) -> usize {
        self.headings[column].len() + usize::from(self.common[column].is_some())
    }

    /// Where a column ends.
    fn right(&self, column: usize) -> f64 {
        WIDTH - MARGIN - WIDE * (self.headings.len() - 1 - column) as f64
    }

    /// Draws the headings, right-aligned with their feet at `bottom`.
    pub fn head(&self, sheet: &mut Sheet, bottom: f64) {
        let style = Style::SMALL.end();
        for (column, heading) in self.headings.iter().enumerate() {
            let right = self.right(column);
            sheet.lines(right, bottom - style.height(self.lines(column)), heading, style);
            if let Some(number) = &self.common[column] {
                let baseline = bottom - style.height(1) + style.size;
                sheet.text(right, baseline, number, Style::PLAIN.end());
            }
        }
    }

    /// Draws the numbers of a row around the height `middle`, those that are not told above already.
    pub fn row(&self, sheet: &mut Sheet, middle: f64, cells: &[Cell], style: Style) {
        for (column, cell) in cells.iter().enumerate().filter(|(column, _)| self.common[*column].is_none()) {
            let said = printed(cell, self.language);
            sheet.text(self.right(column), middle + 0.355 * style.size, &said, style.end());
        }
    }
}

/// The cells of a row in words, each after its heading: `All with an answer: 388; no answer: 12`.
pub(super) fn said(headings: &[Text], cells: &[Cell], language: Language) -> String {
    let said = headings.iter().zip(cells);
    let said = said.map(|(heading, cell)| format!("{}: {}", heading.get(language), spoken(cell, language)));
    said.collect::<Vec<_>>().join("; ")
}

/// The cell that all rows of several have; none where it is hidden.
fn common<'c>(mut cells: impl Iterator<Item = &'c Cell>) -> Option<&'c Cell> {
    let first = cells.next()?;
    let second = cells.next()?;
    let is_first = |cell: &Cell| cell.content == first.content;
    (is_first(second) && cells.all(is_first) && !first.is_withheld()).then_some(first)
}
