//! From the rows of a sheet to a table: which sheet, its heading, its columns, its records.

use super::super::{Column, ColumnKind, Fault, Options};
use super::heading::Heading;
use super::records::Records;
use super::rows::{Row, Rows, Workbook, address};

/// What the reading thread sends: the columns, then the records, then the remarks; or, at any time, a fault.
pub(super) enum Message {
    Columns(Vec<Column>),
    Records(Records),
    Remarks(Vec<String>),
    Fault(Fault),
}

/// Why the reading ends before the sheet does.
pub(super) enum Stop {
    Fault(Fault),
    /// Nobody reads on.
    Left,
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Stop {
        Stop::Fault(fault)
    }
}

/// Reads a workbook's table to its end.
///
/// # Errors
/// A [`Stop`] where the file is damaged, or does not hold what the options name, or nobody reads on.
pub(super) fn read(
    workbook: &mut dyn Workbook,
    options: &Options,
    send: &dyn Fn(Message) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let (sheet, mut remarks) = choose(workbook, options)?;
    let name = workbook.sheets()[sheet].name.clone();
    let place = |fault: Fault| match fault.place {
        None => fault.at(format!("sheet {name}")),
        Some(_) => fault,
    };
    let merged = if options.heading_rows > 1 { workbook.merged(sheet)? } else { Vec::new() };
    let mut rows = workbook.rows(sheet)?;
    let rows = rows.as_mut();
    let heading = Heading::read(rows, merged, options).map_err(place)?;
    let mut next = heading.next;
    for _ in 0..options.skip {
        if next.take().is_none() && rows.next_row()?.is_none() {
            break;
        }
    }
    let mut records = block(rows, &mut next)?;
    let extent = Extent::of(heading.first, heading.names, &records);
    let columns = extent.names.iter().map(|name| Column::named(name, ColumnKind::Mixed)).collect();
    send(Message::Columns(columns))?;
    let mut outside = Outside::default();
    while records.records() > 0 {
        (records.first, records.columns) = (extent.first, extent.names.len() as u32);
        outside.look(&records);
        send(Message::Records(std::mem::take(&mut records)))?;
        records = block(rows, &mut next)?;
    }
    remarks.extend(outside.remark(&name));
    if rows.early_dates() > 0 {
        remarks.push(format!(
            "sheet {name}: {} dates before 1 March 1900, which programs do not count alike: they may be a day off",
            rows.early_dates()
        ));
    }
    send(Message::Remarks(remarks))
}

/// The next records, as many as fill a block.
fn block(rows: &mut dyn Rows, next: &mut Option<Row>) -> Result<Records, Fault> {
    let mut records = Records::default();
    while !records.is_full() {
        let row = match next.take() {
            Some(row) => Some(row),
            None => rows.next_row()?,
        };
        match row {
            Some(row) => records.push(row),
            None => break,
        }
    }
    Ok(records)
}

/// The sheet that is read, with what there is to say of the choice.
fn choose(workbook: &mut dyn Workbook, options: &Options) -> Result<(usize, Vec<String>), Fault> {
    let sheets = workbook.sheets().to_vec();
    let listed = |hidden: &str| {
        let names = sheets.iter().map(|sheet| match sheet.hidden {
            true => format!("{}{hidden}", sheet.name),
            false => sheet.name.clone(),
        });
        names.collect::<Vec<_>>().join(", ")
    };
    if let Some(wanted) = &options.sheet {
        // Excel takes names that differ only in case for the same.
        let exact = sheets.iter().position(|sheet| sheet.name == *wanted);
        let alike =
            || sheets.iter().position(|sheet| sheet.name.to_lowercase() == wanted.trim().to_lowercase());
        return exact.or_else(alike).map(|sheet| (sheet, Vec::new())).ok_or_else(|| {
            Fault::new(format!("no sheet {wanted}"), format!("one of the sheets {}", listed(" (hidden)")))
                .help("correct the name of the sheet")
        });
    }
    let mut chosen = None;
    let mut others = Vec::new();
    for (index, sheet) in sheets.iter().enumerate() {
        if !workbook.holds_cells(index)? {
            continue;
        }
        match (chosen, sheet.hidden) {
            (None, false) => chosen = Some(index),
            (_, true) => others.push(format!("{} (hidden)", sheet.name)),
            (_, false) => others.push(sheet.name.clone()),
        }
    }
    let Some(chosen) = chosen else {
        return Err(match others.is_empty() {
            true => Fault::new("a workbook without anything in it", "a sheet with a table"),
            false => Fault::new(
                format!("only hidden sheets with anything in them: {}", others.join(", ")),
                "a visible sheet with a table",
            )
            .help("name the sheet: sheet = \"…\""),
        });
    };
    let remark = format!(
        "sheet {} is read; the workbook also holds cells in {}",
        sheets[chosen].name,
        others.join(", ")
    );
    Ok((chosen, if others.is_empty() { Vec::new() } else { vec![remark] }))
}

/// The columns of a table: those of its heading, and those without a name beside them that hold something in the first
/// records, such as the row names that R and pandas write.
struct Extent {
    first: u32,
    names: Vec<String>,
}

impl Extent {
    fn of(first: u32, names: Vec<String>, records: &Records) -> Extent {
        let used = records.used();
        let before = (0..first).rev().take_while(|column| used.contains(column)).count();
        let end = first + names.len() as u32;
        let behind = (end..).take_while(|column| used.contains(column)).count();
        let nameless = |columns| std::iter::repeat_n(String::new(), columns);
        let names = nameless(before).chain(names).chain(nameless(behind)).collect();
        Extent { first: first - before as u32, names }
    }
}

/// Cells to the left of the table, which no column has.
#[derive(Default)]
struct Outside {
    cells: u64,
    place: Option<String>,
}

impl Outside {
    fn look(&mut self, records: &Records) {
        for record in 0..records.records() {
            for (column, _) in records.cells(record).iter().take_while(|(column, _)| *column < records.first)
            {
                self.cells += 1;
                self.place.get_or_insert_with(|| address(records.number(record), *column));
            }
        }
    }

    fn remark(self, sheet: &str) -> Option<String> {
        let place = self.place?;
        Some(format!(
            "sheet {sheet}: {} cells to the left of the table are not read, the first in {place}",
            self.cells
        ))
    }
}
