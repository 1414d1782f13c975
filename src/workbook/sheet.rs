//! A sheet with one table: title, headings, rows, notes.

#![expect(clippy::float_arithmetic, reason = "widths and heights")]

use rust_xlsxwriter::{Format as Style, FormatAlign, Url, Worksheet, XlsxError};

use super::style::Place;
use super::{contents, grid, number_format, style};
use crate::dictionary::{Language, Text};
use crate::table::{Cell, Content, Row, RowKind, Table, doubt, number, words};

/// The widest column of row names, in digits; longer names go over several lines.
const WIDEST_HEAD: f64 = 46.0;
/// The narrowest width of title and notes, in digits: a narrow table does not make tall paragraphs.
const NARROWEST_TEXT: f64 = 84.0;
/// The letters of a cell's text that stand on one line; more are broken into lines.
const LONGEST_LINE: usize = 60;
/// From this width on, in digits, a sheet is printed across.
const WIDE: f64 = 100.0;
/// The width of a column that nobody has set.
const DEFAULT_WIDTH: f64 = 8.43;

/// Writes the table and all that belongs to it.
pub fn write(
    sheet: &mut Worksheet,
    table: &Table,
    notice: &Text,
    language: Language,
) -> Result<(), XlsxError> {
    let layout = Layout::of(table, language);
    for (column, width) in (0..).zip(&layout.widths) {
        sheet.set_column_width(column, *width)?;
    }
    let mut row = 0;
    paragraph(sheet, &mut row, &layout, &table.caption(language), &style::title(), true)?;
    if !notice.is_empty() {
        paragraph(sheet, &mut row, &layout, notice.get(language), &style::notice(), false)?;
    }
    let back = format!("internal:{}!A1", contents::quoted(&contents::name(language)));
    let back = Url::new(back).set_text(words::say(language, "collection.back", &[]));
    sheet.write_url_with_format(row, 0, back, &style::link())?;
    let first = row + 2;
    let body = headings(sheet, table, &layout, first, language)?;
    row = rows(sheet, table, &layout, body, language)?;
    for remark in table.plain_remarks(language) {
        paragraph(sheet, &mut row, &layout, &remark, &style::note(), false)?;
    }
    sheet.set_repeat_rows(first, body - 1)?;
    let kept = if layout.names_width(table) > WIDEST_HEAD + 10.0 { 0 } else { table.stub.len() as u16 };
    sheet.set_freeze_panes(body, kept)?;
    let notes =
        table.plain_remarks(language).iter().map(|remark| grid::lines(remark, layout.width)).sum::<usize>();
    let extent = grid::Extent {
        row: row.saturating_sub(1),
        column: layout.last,
        width: layout.width,
        lines: body as usize + table.rows.len() + notes,
        wide: layout.wide,
    };
    grid::page(sheet, &extent, language)
}

/// Which columns of the sheet a table takes.
struct Layout {
    /// In digits, one for each column of the sheet.
    widths: Vec<f64>,
    /// For each column of the table its first on the sheet.
    starts: Vec<u16>,
    /// For each column of the table whether it has intervals, which take two.
    intervals: Vec<bool>,
    /// The last column that title and notes go over.
    last: u16,
    /// The width from the first column to the last, in digits.
    width: f64,
    wide: bool,
}

impl Layout {
    fn of(table: &Table, language: Language) -> Layout {
        let mut widths: Vec<f64> = (0..table.stub.len())
            .map(|position| {
                let names = table.rows.iter().filter(|row| row.kind != RowKind::Section);
                let names =
                    names.filter_map(|row| row.heads.get(position)).chain(&table.stub[position..=position]);
                let longest = names.map(|name| letters(name.get(language))).max().unwrap_or(0);
                (longest as f64 + 3.0).clamp(12.0, WIDEST_HEAD)
            })
            .collect();
        let (mut starts, mut intervals) = (Vec::new(), Vec::new());
        for (position, column) in table.columns.iter().enumerate() {
            let cells = || table.rows.iter().filter_map(|row| row.cells.get(position));
            let interval = cells().any(|cell| cell.ends().is_some());
            let shown = cells().map(|cell| match &cell.content {
                // Words may go over both columns of an interval.
                Content::Interval { low, high, format } => {
                    [low, high].map(|end| letters(&number::number(*end, *format, language))).into_iter().max()
                }
                Content::Text(_) | Content::Partly { .. } if interval => {
                    Some(letters(&number::cell(cell, language)).div_ceil(2))
                }
                // A remark is broken into lines.
                Content::Text(text) => Some(letters(text.get(language)).min(LONGEST_LINE)),
                _ => Some(letters(&number::cell(cell, language))),
            });
            let longest = shown.flatten().max().unwrap_or(0);
            let word = grid::longest_word(column.label.get(language));
            let width = (longest.max(word) as f64 + 2.5).max(9.0);
            starts.push(widths.len() as u16);
            widths.extend(std::iter::repeat_n(width, 1 + usize::from(interval)));
            intervals.push(interval);
        }
        let of_table: f64 = widths.iter().sum();
        let (mut width, mut last) = (of_table, widths.len() as u16 - 1);
        while width < NARROWEST_TEXT {
            width += DEFAULT_WIDTH;
            last += 1;
        }
        Layout { widths, starts, intervals, last, width, wide: of_table > WIDE }
    }

    /// The first and the last column on the sheet of a column of the table.
    fn columns(&self, position: usize) -> (u16, u16) {
        let first = self.starts[position];
        (first, first + u16::from(self.intervals[position]))
    }

    fn names_width(&self, table: &Table) -> f64 {
        self.widths[..table.stub.len()].iter().sum()
    }
}

fn letters(text: &str) -> usize {
    text.chars().count()
}

/// A text over the whole width, on a row of its own.
fn paragraph(
    sheet: &mut Worksheet,
    row: &mut u32,
    layout: &Layout,
    text: &str,
    style: &Style,
    title: bool,
) -> Result<(), XlsxError> {
    span(sheet, [*row, *row], [0, layout.last], text, style)?;
    sheet.set_row_height(*row, grid::height(text, layout.width, title))?;
    *row += 1;
    Ok(())
}

/// A text in a cell, or in several merged into one.
fn span(
    sheet: &mut Worksheet,
    [top, bottom]: [u32; 2],
    [left, right]: [u16; 2],
    text: &str,
    style: &Style,
) -> Result<(), XlsxError> {
    match (top, left) == (bottom, right) {
        true => sheet.write_with_format(top, left, text, style)?,
        false => sheet.merge_range(top, left, bottom, right, text, style)?,
    };
    Ok(())
}

/// The headings from row `top` on: common headings, headings, the ends of intervals, as many of those rows as there is use for.
/// Returns the row below.
fn headings(
    sheet: &mut Worksheet,
    table: &Table,
    layout: &Layout,
    top: u32,
    language: Language,
) -> Result<u32, XlsxError> {
    let grouped = table.columns.iter().any(|column| !column.group.is_empty());
    let ends = layout.intervals.contains(&true);
    let labels = top + u32::from(grouped);
    let bottom = labels + u32::from(ends);
    for (position, stub) in (0..).zip(&table.stub) {
        let style = style::heading(FormatAlign::Left);
        span(sheet, [top, bottom], [position, position], stub.get(language), &style)?;
    }
    for (group, range) in table.over_headings() {
        if !group.is_empty() {
            let columns = [layout.columns(range.start).0, layout.columns(range.end - 1).1];
            span(sheet, [top, top], columns, group.get(language), &style::heading(FormatAlign::Center))?;
        }
    }
    // The row of labels takes what the longest of them needs beyond the rows that it is merged with.
    let lines =
        |text: &str, width: f64, merged: u32| grid::lines(text, width * 0.9).saturating_sub(merged as usize);
    let names = table.stub.iter().zip(&layout.widths);
    let mut tallest =
        names.map(|(stub, width)| lines(stub.get(language), *width, bottom - top)).max().unwrap_or(1).max(1);
    for (position, column) in table.columns.iter().enumerate() {
        let label = column.label.get(language);
        let (first, last) = layout.columns(position);
        let start = if column.group.is_empty() { top } else { labels };
        let width: f64 = layout.widths[usize::from(first)..=usize::from(last)].iter().sum();
        let end = if layout.intervals[position] { labels } else { bottom };
        tallest = tallest.max(lines(label, width, end - start));
        if layout.intervals[position] {
            span(sheet, [start, labels], [first, last], label, &style::heading(FormatAlign::Center))?;
            for (column, key) in [(first, "collection.low"), (last, "collection.high")] {
                let end = words::say(language, key, &[]);
                sheet.write_with_format(bottom, column, end, &style::heading(FormatAlign::Right))?;
            }
        } else {
            span(sheet, [start, bottom], [first, last], label, &style::heading(FormatAlign::Right))?;
        }
    }
    sheet.set_row_height(labels, 15.5 * tallest as f64)?;
    Ok(bottom + 1)
}

/// The rows from `row` on. Returns the row below.
fn rows(
    sheet: &mut Worksheet,
    table: &Table,
    layout: &Layout,
    mut row: u32,
    language: Language,
) -> Result<u32, XlsxError> {
    let mut above = None;
    let prose = table.prose(language);
    for (position, line) in table.rows.iter().enumerate() {
        let place = Place {
            prose: false,
            kind: line.kind,
            first_foot: line.kind == RowKind::Foot && above.is_some_and(|above| above != RowKind::Foot),
            last: position + 1 == table.rows.len(),
        };
        for (column, head) in (0..).zip(&line.heads) {
            sheet.write_with_format(row, column, head.get(language), &place.head(column == 0))?;
        }
        if line.kind == RowKind::Section {
            // Its text runs over the empty cells beside it.
            let heading = line.heads.first().map_or("", |head| head.get(language));
            sheet.write_with_format(row, 0, heading, &place.empty())?;
            for column in 1..layout.widths.len() as u16 {
                sheet.write_blank(row, column, &place.empty())?;
            }
        }
        for (column, cell) in line.cells.iter().enumerate() {
            let place = Place { prose: prose[column], ..place };
            self::cell(sheet, row, layout.columns(column), cell, place, language)?;
        }
        let tallest = tallest(line, layout, language);
        if tallest > 1 {
            sheet.set_row_height(row, 15.0 * tallest as f64)?;
        }
        above = Some(line.kind);
        row += 1;
    }
    Ok(row)
}

/// The lines that the longest name or remark of a row takes.
fn tallest(row: &Row, layout: &Layout, language: Language) -> usize {
    if row.kind == RowKind::Section {
        return 1;
    }
    let heads = row.heads.iter().zip(&layout.widths);
    let heads = heads.map(|(head, width)| grid::lines(head.get(language), *width - 2.0));
    let words = row.cells.iter().enumerate().filter_map(|(column, cell)| {
        let Content::Text(text) = &cell.content else { return None };
        let (first, last) = layout.columns(column);
        let width: f64 = layout.widths[usize::from(first)..=usize::from(last)].iter().sum();
        Some(grid::lines(text.get(language), width))
    });
    heads.chain(words).max().unwrap_or(1)
}

fn cell(
    sheet: &mut Worksheet,
    row: u32,
    (first, last): (u16, u16),
    cell: &Cell,
    place: Place,
    language: Language,
) -> Result<(), XlsxError> {
    let marks = doubt::marks(cell);
    let mut number = |column: u16, value: f64, format| {
        let style =
            place.number(&number_format::with_marks(&number_format::of(value, format, language), &marks));
        sheet.write_with_format(row, column, number_format::value(value, format), &style).map(|_| ())
    };
    match cell.content {
        Content::Number { value, format } => number(first, value, format)?,
        Content::Interval { low, high, format } => {
            number(first, low, format)?;
            number(last, high, format)?;
            return Ok(());
        }
        Content::Text(_) | Content::Partly { .. } => {
            let text = number::cell(cell, language);
            return span(sheet, [row, row], [first, last], &text, &place.words());
        }
        // Nobody is 0, which can be added up, and is shown as its symbol.
        Content::Zero => {
            let symbol = number_format::zero(cell.symbol().unwrap_or_default());
            sheet.write_with_format(row, first, 0.0, &place.number(&symbol))?;
        }
        Content::Empty => {
            for column in first..=last {
                sheet.write_blank(row, column, &place.empty())?;
            }
            return Ok(());
        }
        Content::Suppressed | Content::NeverShown | Content::Absent | Content::Missing => {
            for column in first..=last {
                sheet.write_with_format(row, column, cell.symbol().unwrap_or_default(), &place.symbol())?;
            }
            return Ok(());
        }
    }
    if last > first {
        sheet.write_blank(row, last, &place.empty())?;
    }
    Ok(())
}
