//! Workbooks of kind .xls (Excel 97 and later): records of a type and a length, one behind the other.

use std::path::Path;

use super::super::{CellFault, Fault, OwnedCell};
use super::calendar::{Calendar, Clock};
use super::cfb::{self, f64_at, protected, u16_at, u32_at};
use super::rows::{Region, Row, Rows, Sheet, Workbook, text};
use super::xls_text::{long_text, shared_texts, short_text};

/// Such a file has at most 65,536 rows a sheet.
const MAX_SIZE: u64 = 256 << 20;

/// A sheet of such a file has 256 columns.
const MAX_COLUMNS: u16 = 256;

const EOF: u16 = 0x000A;
const FORMULA: u16 = 0x0006;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const TRUTH_OR_ERROR: u16 = 0x0205;
const FORMULA_TEXT: u16 = 0x0207;
const RK: u16 = 0x027E;
const MANY_RK: u16 = 0x00BD;
const RICH_LABEL: u16 = 0x00D6;
const SHARED_LABEL: u16 = 0x00FD;
const MERGED: u16 = 0x00E5;
const BEGIN: u16 = 0x0809;
const CONTINUE: u16 = 0x003C;

pub(super) struct XlsWorkbook {
    stream: Vec<u8>,
    /// Where each sheet begins.
    starts: Vec<usize>,
    sheets: Vec<Sheet>,
    texts: Vec<String>,
    /// What each cell style's number format shows.
    clocks: Vec<Option<Clock>>,
    from_1904: bool,
}

impl XlsWorkbook {
    /// # Errors
    /// A [`Fault`] where the file is damaged, protected, or of an older kind.
    pub(super) fn open(path: &Path) -> Result<XlsWorkbook, Fault> {
        let size = std::fs::metadata(path).map_err(|error| Fault::io(&error))?.len();
        if size > MAX_SIZE {
            return Err(Fault::new(
                format!("an .xls file of {} MB", size >> 20),
                format!("at most {} MB", MAX_SIZE >> 20),
            )
            .help("save it as .xlsx"));
        }
        let file = std::fs::read(path).map_err(|error| Fault::io(&error))?;
        let mut book = XlsWorkbook {
            stream: cfb::workbook(&file)?,
            starts: Vec::new(),
            sheets: Vec::new(),
            texts: Vec::new(),
            clocks: Vec::new(),
            from_1904: false,
        };
        book.globals()?;
        Ok(book)
    }

    /// Reads what stands before the sheets.
    fn globals(&mut self) -> Result<(), Fault> {
        let mut formats: Vec<(u16, Option<Clock>)> = Vec::new();
        let mut styles: Vec<u16> = Vec::new();
        let mut at = 0;
        loop {
            let record = record(&self.stream, at).ok_or_else(damaged)?;
            let data = record.data;
            match record.kind {
                EOF => break,
                BEGIN if at == 0 && u16_at(data, 0) != Some(0x0600) => {
                    return Err(Fault::new("a workbook of Excel 95 or older", "one of Excel 97 or later")
                        .help("open it in Excel or LibreOffice and save it as .xlsx"));
                }
                // FilePass.
                0x002F => return Err(protected()),
                // 1904.
                0x0022 => self.from_1904 = u16_at(data, 0) == Some(1),
                // Format.
                0x041E => {
                    let code = data.get(2..).and_then(|text| long_text(text, None));
                    let (id, code) = u16_at(data, 0).zip(code).ok_or_else(damaged)?;
                    formats.push((id, Clock::of(&code)));
                }
                // XF.
                0x00E0 => styles.push(u16_at(data, 2).ok_or_else(damaged)?),
                // BoundSheet8: only sheets of cells.
                0x0085 if data.get(5) == Some(&0) => {
                    let name = data.get(6..).and_then(short_text).ok_or_else(damaged)?;
                    self.starts.push(u32_at(data, 0).ok_or_else(damaged)? as usize);
                    self.sheets.push(Sheet { name, hidden: data[4] & 3 != 0 });
                }
                // SST.
                0x00FC => {
                    let pieces = pieces(&self.stream, at);
                    self.texts = shared_texts(&pieces).ok_or_else(damaged)?;
                }
                _ => {}
            }
            at = record.next;
        }
        let clock = |id: &u16| {
            let spelt = formats.iter().rev().find(|(format, _)| format == id);
            spelt.map_or_else(|| Clock::built_in(*id), |(_, clock)| *clock)
        };
        self.clocks = styles.iter().map(clock).collect();
        Ok(())
    }

    /// Where the cells of a sheet stand, in the sheet's order, and its merged cells. Some writers put cells in the order in
    /// which they were given them.
    fn layout(&self, sheet: usize) -> Result<(Vec<Place>, Vec<Region>), Fault> {
        let fault = || damaged().at(format!("sheet {}", self.sheets[sheet].name));
        let (mut places, mut merged) = (Vec::new(), Vec::new());
        let mut at = self.starts[sheet];
        // Charts within the sheet have cells of their own.
        let mut depth = 0_u32;
        loop {
            let record = record(&self.stream, at).ok_or_else(fault)?;
            let data = record.data;
            match record.kind {
                BEGIN => depth += 1,
                EOF if depth <= 1 => break,
                EOF => depth -= 1,
                _ if depth != 1 => {}
                FORMULA | NUMBER | LABEL | RICH_LABEL | TRUTH_OR_ERROR | RK | SHARED_LABEL => {
                    let (row, column) = u16_at(data, 0).zip(u16_at(data, 2)).ok_or_else(fault)?;
                    places.push(Place { row, column, index: 0, at: at as u32 });
                }
                MANY_RK => {
                    let (row, first) = u16_at(data, 0).zip(u16_at(data, 2)).ok_or_else(fault)?;
                    let count = (data.len().saturating_sub(6) / 6) as u16;
                    places.extend((0..count).map(|index| Place {
                        row,
                        column: first.saturating_add(index),
                        index,
                        at: at as u32,
                    }));
                }
                MERGED => {
                    merged.extend(data.get(2..).unwrap_or_default().chunks_exact(8).filter_map(|region| {
                        let number = |at| u16_at(region, at).map(u32::from);
                        Some(Region {
                            rows: (number(0)? + 1, number(2)? + 1),
                            columns: (number(4)?, number(6)?),
                        })
                    }))
                }
                _ => {}
            }
            at = record.next;
        }
        if places.iter().any(|place| place.column >= MAX_COLUMNS) {
            return Err(fault());
        }
        places.sort_by_key(|place| (place.row, place.column));
        Ok((places, merged))
    }

    /// Whether any formula has a value. A formula that gives an empty text looks the same as one that was never calculated;
    /// a sheet whose formulas all look so was written by a program that does not calculate.
    fn is_calculated(&self, places: &[Place]) -> bool {
        let formulas = places.iter().filter_map(|place| record(&self.stream, place.at as usize));
        let mut formulas = formulas.filter(|record| record.kind == FORMULA).peekable();
        let blank = |data: &[u8]| u16_at(data, 12) == Some(0xFFFF) && data[6] > 2;
        formulas.peek().is_none() || formulas.any(|record| !blank(record.data))
    }

    /// What stands in a cell; `None` where its record is cut.
    fn cell(&self, place: Place, calendar: &mut Calendar, calculated: bool) -> Option<OwnedCell> {
        let at = place.at as usize;
        let record = record(&self.stream, at)?;
        let data = record.data;
        let style = |at| Some(self.clocks.get(usize::from(u16_at(data, at)?)).copied().flatten());
        Some(match record.kind {
            NUMBER => numeric(f64_at(data, 6)?, style(4)?, calendar),
            RK => numeric(rk(u32_at(data, 6)?), style(4)?, calendar),
            MANY_RK => {
                let from = 4 + 6 * usize::from(place.index);
                numeric(rk(u32_at(data, from + 2)?), style(from)?, calendar)
            }
            LABEL | RICH_LABEL => {
                let content = long_text(data.get(6..)?, None)?;
                text(&content).unwrap_or(OwnedCell::Empty)
            }
            SHARED_LABEL => text(self.texts.get(u32_at(data, 6)? as usize)?).unwrap_or(OwnedCell::Empty),
            TRUTH_OR_ERROR => match *data.get(7)? {
                0 => OwnedCell::Number(f64::from(*data.get(6)?)),
                _ => OwnedCell::Fault(CellFault::Error),
            },
            _ => self.formula(data, record.next, style(4)?, calendar, calculated)?,
        })
    }

    /// What a formula has given. `calculated` tells whether any of the sheet's has been calculated.
    fn formula(
        &self,
        data: &[u8],
        next: usize,
        clock: Option<Clock>,
        calendar: &mut Calendar,
        calculated: bool,
    ) -> Option<OwnedCell> {
        if u16_at(data, 12)? != 0xFFFF {
            return Some(numeric(f64_at(data, 6)?, clock, calendar));
        }
        Some(match data.get(6)? {
            // A text follows, perhaps after a description of the formula.
            0 => {
                let mut at = next;
                loop {
                    let record = record(&self.stream, at)?;
                    match record.kind {
                        FORMULA_TEXT => break,
                        0x04BC | 0x0221 | 0x0236 | CONTINUE => at = record.next,
                        _ => return Some(OwnedCell::Fault(CellFault::NeverCalculated)),
                    }
                }
                let mut pieces = pieces(&self.stream, at).into_iter();
                let content = long_text(pieces.next()?, Some(&mut pieces))?;
                text(&content).unwrap_or(OwnedCell::Empty)
            }
            1 => OwnedCell::Number(f64::from(*data.get(8)?)),
            2 => OwnedCell::Fault(CellFault::Error),
            // An empty text.
            _ => match calculated {
                true => OwnedCell::Empty,
                false => OwnedCell::Fault(CellFault::NeverCalculated),
            },
        })
    }
}

impl Workbook for XlsWorkbook {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    fn merged(&mut self, sheet: usize) -> Result<Vec<Region>, Fault> {
        Ok(self.layout(sheet)?.1)
    }

    fn rows(&mut self, sheet: usize) -> Result<Box<dyn Rows + '_>, Fault> {
        let (places, _) = self.layout(sheet)?;
        let calendar = Calendar { from_1904: self.from_1904, early: 0 };
        let calculated = self.is_calculated(&places);
        Ok(Box::new(XlsRows { book: self, sheet, places, given: 0, calendar, calculated }))
    }
}

/// Where a cell stands: row and column from 0, its record, and which of the record's cells it is.
#[derive(Debug, Clone, Copy)]
struct Place {
    row: u16,
    column: u16,
    index: u16,
    at: u32,
}

struct XlsRows<'a> {
    book: &'a XlsWorkbook,
    sheet: usize,
    places: Vec<Place>,
    given: usize,
    calendar: Calendar,
    calculated: bool,
}

impl Rows for XlsRows<'_> {
    fn next_row(&mut self) -> Result<Option<Row>, Fault> {
        while let Some(first) = self.places.get(self.given) {
            let number = u32::from(first.row) + 1;
            let mut row = Row { number, ..Row::default() };
            while let Some(place) =
                self.places.get(self.given).copied().filter(|place| u32::from(place.row) + 1 == number)
            {
                self.given += 1;
                let cell = self.book.cell(place, &mut self.calendar, self.calculated).ok_or_else(|| {
                    damaged().at(format!("sheet {}, row {number}", self.book.sheets[self.sheet].name))
                })?;
                match cell {
                    OwnedCell::Empty => {}
                    cell => row.cells.push((u32::from(place.column), cell)),
                }
            }
            if !row.cells.is_empty() {
                row.tidy();
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    fn early_dates(&self) -> u64 {
        self.calendar.early
    }
}

struct Record<'a> {
    kind: u16,
    data: &'a [u8],
    next: usize,
}

fn record(stream: &[u8], at: usize) -> Option<Record<'_>> {
    let size = usize::from(u16_at(stream, at.checked_add(2)?)?);
    Some(Record { kind: u16_at(stream, at)?, data: stream.get(at + 4..at + 4 + size)?, next: at + 4 + size })
}

/// A record and those that continue it.
fn pieces(stream: &[u8], at: usize) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut at = at;
    while let Some(record) = record(stream, at).filter(|record| pieces.is_empty() || record.kind == CONTINUE)
    {
        pieces.push(record.data);
        at = record.next;
    }
    pieces
}

/// A number in four bytes: the upper bits of a double or a whole number, perhaps of hundredths.
fn rk(bits: u32) -> f64 {
    let number = match bits & 2 {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from((bits as i32) >> 2),
    };
    if bits & 1 == 1 { number / 100.0 } else { number }
}

fn numeric(number: f64, clock: Option<Clock>, calendar: &mut Calendar) -> OwnedCell {
    match clock {
        Some(clock) => calendar.cell(number, clock),
        None if number.is_finite() => OwnedCell::Number(number),
        None => OwnedCell::Fault(CellFault::Error),
    }
}

fn damaged() -> Fault {
    Fault::new("an .xls workbook that is damaged or cut", "a whole .xls workbook")
        .help("fetch the file anew, or open it in Excel or LibreOffice and save it as .xlsx")
}
