//! Workbooks of kind .ods (OpenDocument), read as a stream: one row is held at a time, however often the file says that a
//! row or a cell is repeated.

use std::io::Read;

use super::super::{CellFault, Fault, OwnedCell};
use super::calendar::Calendar;
use super::cfb::protected;
use super::ods_xml::{Content, Element, Name, Step, damaged};
use super::rows::{MAX_COLUMNS, MAX_ROWS, Region, Row, Rows, Sheet, Workbook, text};
use super::zip_parts::{Archive, unreadable};

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
                Step::Open(element) if element.name == Name::Cell => element,
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
                Step::Open(element) if element.name == Name::Row => {
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
