//! Workbooks of kind .xlsx and .xlsm (Office Open XML), cell by cell through calamine.
//!
//! Cells are read as a stream and rows are built from their own positions: the size that a sheet declares, and the box
//! around its cells, may be thousands of times what it holds.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader, XlsxError, open_workbook};

use super::super::{CellFault, Fault, OwnedCell};
use super::calendar::{Calendar, Clock};
use super::cfb::protected;
use super::rows::{MAX_COLUMNS, MAX_ROWS, Region, Row, Rows, Sheet, Workbook, text};

type Book = Xlsx<BufReader<File>>;
type Cells<'a> = XlsxCellReader<'a, BufReader<File>>;

pub(super) struct XlsxWorkbook {
    path: PathBuf,
    book: Book,
    /// The same file, opened once more for its formulas where an empty cell asks for it.
    formulas: Option<Book>,
    sheets: Vec<Sheet>,
}

impl XlsxWorkbook {
    /// # Errors
    /// A [`Fault`] where the file is damaged or protected.
    pub(super) fn open(path: &Path) -> Result<XlsxWorkbook, Fault> {
        let book: Book = open_workbook(path).map_err(|error| fault(&error))?;
        let of_cells = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let sheets = of_cells
            .map(|sheet| Sheet { name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible })
            .collect();
        Ok(XlsxWorkbook { path: path.to_owned(), book, formulas: None, sheets })
    }
}

impl Workbook for XlsxWorkbook {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    fn merged(&mut self, sheet: usize) -> Result<Vec<Region>, Fault> {
        let regions = self.book.merge_cells_by_sheet_name(&self.sheets[sheet].name);
        let regions = regions.map_err(|error| fault(&error))?;
        Ok(regions
            .iter()
            .map(|region| Region {
                rows: (region.start.0.saturating_add(1), region.end.0.saturating_add(1)),
                columns: (region.start.1, region.end.1),
            })
            .collect())
    }

    fn rows(&mut self, sheet: usize) -> Result<Box<dyn Rows + '_>, Fault> {
        let sheet = &self.sheets[sheet].name;
        let calendar = Calendar { from_1904: self.book.has_1904_epoch(), early: 0 };
        let cells = self.book.worksheet_cells_reader(sheet).map_err(|error| fault(&error))?;
        let clocks = cells
            .styles()
            .iter()
            .map(|style| style.number_format.as_ref().and_then(|format| Clock::of(&format.format_code)))
            .collect();
        let formulas =
            Formulas { path: &self.path, sheet, unopened: Some(&mut self.formulas), cells: None, read: 0 };
        Ok(Box::new(XlsxRows {
            cells,
            clocks,
            calendar,
            formulas,
            read: 0,
            next: None,
            last: 0,
            ended: false,
        }))
    }
}

struct XlsxRows<'a> {
    cells: Cells<'a>,
    /// What each style's number format shows.
    clocks: Vec<Option<Clock>>,
    calendar: Calendar,
    formulas: Formulas<'a>,
    /// Cells read, empty ones too.
    read: u64,
    /// The first cell of the next row: row from 0, column, what stands there.
    next: Option<(u32, u32, OwnedCell)>,
    /// The number of the row that was given last.
    last: u32,
    /// The reader must not be asked again after the last cell.
    ended: bool,
}

impl XlsxRows<'_> {
    /// The next cell that is not empty.
    fn next_cell(&mut self) -> Result<Option<(u32, u32, OwnedCell)>, Fault> {
        while !self.ended {
            let place =
                |fault: Fault| fault.at(format!("sheet {}, after row {}", self.formulas.sheet, self.last));
            let read = self.cells.next_cell_with_style_id().map_err(|error| place(fault(&error)))?;
            let Some((cell, style)) = read else { break };
            self.read += 1;
            let (row, column) = cell.get_position();
            if row >= MAX_ROWS || column >= MAX_COLUMNS {
                return Err(place(Fault::new(
                    "a cell outside of what a sheet can have",
                    format!("at most {MAX_ROWS} rows and {MAX_COLUMNS} columns"),
                )));
            }
            let clock = self.clocks.get(style).copied().flatten();
            let found = match cell.get_value() {
                DataRef::Empty => match self.formulas.is_formula(self.read)? {
                    true => Some(OwnedCell::Fault(CellFault::NeverCalculated)),
                    false => None,
                },
                DataRef::String(value) => text(value),
                DataRef::SharedString(value) => text(value),
                DataRef::Float(number) if !number.is_finite() => Some(OwnedCell::Fault(CellFault::Error)),
                DataRef::Float(number) => Some(OwnedCell::Number(*number)),
                DataRef::Int(number) => Some(OwnedCell::Number(*number as f64)),
                DataRef::Bool(truth) => Some(OwnedCell::Number(f64::from(u8::from(*truth)))),
                DataRef::DateTime(moment) => {
                    Some(self.calendar.cell(moment.as_f64(), clock.unwrap_or(Clock::Unnamed)))
                }
                DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => Some(self.calendar.iso(value)),
                DataRef::Error(_) => Some(OwnedCell::Fault(CellFault::Error)),
            };
            if let Some(found) = found {
                return Ok(Some((row, column, found)));
            }
        }
        self.ended = true;
        Ok(None)
    }
}

impl Rows for XlsxRows<'_> {
    fn next_row(&mut self) -> Result<Option<Row>, Fault> {
        let first = match self.next.take() {
            Some(cell) => Some(cell),
            None => self.next_cell()?,
        };
        let Some((row, column, cell)) = first else { return Ok(None) };
        if row < self.last {
            return Err(Fault::new("rows that are not in order", "rows from above")
                .at(format!("sheet {}, row {}", self.formulas.sheet, row + 1))
                .help("open the file in Excel or LibreOffice and save it again"));
        }
        let mut cells = vec![(column, cell)];
        while let Some((other, column, cell)) = self.next_cell()? {
            // A sheet that names a cell more often than it has columns is made to fill a machine.
            if other != row || cells.len() > 2 * MAX_COLUMNS as usize {
                self.next = Some((other, column, cell));
                break;
            }
            cells.push((column, cell));
        }
        self.last = row + 1;
        let mut row = Row { number: row + 1, cells, merged: Vec::new() };
        row.tidy();
        Ok(Some(row))
    }

    fn early_dates(&self) -> u64 {
        self.calendar.early
    }
}

/// Which cells of a sheet hold a formula. The stream of cells with number formats does not tell, so that a second one is
/// read beside it from the first empty cell on, which most files do not have.
struct Formulas<'a> {
    path: &'a Path,
    sheet: &'a str,
    unopened: Option<&'a mut Option<Book>>,
    cells: Option<Cells<'a>>,
    /// Cells read here.
    read: u64,
}

impl Formulas<'_> {
    /// Whether the n-th cell of the sheet (from 1) is a formula; asked with rising numbers.
    fn is_formula(&mut self, number: u64) -> Result<bool, Fault> {
        if let Some(book) = self.unopened.take() {
            let opened: Book = open_workbook(self.path).map_err(|error| fault(&error))?;
            let reader = book.insert(opened).worksheet_cells_reader(self.sheet);
            self.cells = Some(reader.map_err(|error| fault(&error))?);
        }
        let Some(cells) = &mut self.cells else { return Ok(false) };
        loop {
            let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| fault(&error))? else {
                return Ok(false);
            };
            self.read += 1;
            if self.read == number {
                return Ok(cell.formula.is_some());
            }
        }
    }
}

/// The library's messages may hold a cell's text, so that only their kind is told.
fn fault(error: &XlsxError) -> Fault {
    let found = match error {
        XlsxError::Password => return protected(),
        XlsxError::Io(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            return Fault::io(error);
        }
        XlsxError::Io(_) | XlsxError::Zip(_) => "a packed part that is damaged or cut",
        XlsxError::Xml(_) | XlsxError::XmlAttr(_) | XlsxError::XmlEof(_) => "XML that is damaged or cut",
        XlsxError::FileNotFound(_) | XlsxError::WorksheetNotFound(_) | XlsxError::RelationshipNotFound => {
            "a workbook without one of its parts"
        }
        XlsxError::NotAWorksheet(_) => "a sheet that holds no cells",
        _ => "a part that is not as the format prescribes",
    };
    Fault::new(found, "a whole .xlsx workbook")
        .help("fetch the file anew, or open it in Excel or LibreOffice and save it again")
}
