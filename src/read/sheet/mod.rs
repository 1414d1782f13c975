//! Spreadsheets: .xlsx (Office Open XML), .xls (Excel 97 and later) and .ods (OpenDocument).
//!
//! A sheet has a heading and records. An empty row is not a record. A record keeps the number of its row in the sheet. The number format says
//! what a number is: a date, a moment, a time, or a plain number. A share shown as 12.5 % is the number 0.125.
//!
//! A separate thread reads the file and sends blocks of records, at most two ahead. The reader may hold references to itself, and if a library
//! panics on a damaged file, only that thread ends.

mod calendar;
mod cfb;
mod heading;
mod ods;
mod ods_xml;
mod reading;
mod records;
mod rows;
mod xls;
mod xls_text;
mod xlsx;
mod zip_parts;

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use super::{Block, Column, Fault, Format, Options, Table};
use reading::{Message, Stop};
use rows::Workbook;

pub const FORMAT: Format = Format {
    name: "spreadsheet (.xlsx, .xls, .ods)",
    endings: &["xlsx", "xlsm", "xls", "ods"],
    recognises,
    open,
};

fn recognises(head: &[u8]) -> bool {
    is_zip(head) || cfb::recognises(head)
}

fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

fn open(path: &Path, options: &Options) -> Result<Box<dyn Table>, Fault> {
    let (sender, messages) = sync_channel(2);
    let (path, options) = (path.to_owned(), options.clone());
    let read = move || {
        let send = |message| sender.send(message).map_err(|_| Stop::Left);
        let read = workbook(&path)
            .map_err(Stop::Fault)
            .and_then(|mut workbook| reading::read(workbook.as_mut(), &options, &send));
        if let Err(Stop::Fault(fault)) = read {
            // Nobody reads on: nobody needs the fault.
            let _ = sender.send(Message::Fault(fault));
        }
    };
    thread::Builder::new().name("spreadsheet".to_owned()).spawn(read).map_err(|error| Fault::io(&error))?;
    match messages.recv() {
        Ok(Message::Columns(columns)) => {
            Ok(Box::new(SheetTable { columns, messages, remarks: Vec::new(), ended: false }))
        }
        Ok(Message::Fault(fault)) => Err(fault),
        _ => Err(given_up()),
    }
}

fn workbook(path: &Path) -> Result<Box<dyn Workbook>, Fault> {
    let mut head = [0; 4];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.map_err(|error| Fault::io(&error))?;
    if !is_zip(&head) {
        return Ok(Box::new(xls::XlsWorkbook::open(path)?));
    }
    Ok(match zip_parts::open(path)? {
        (_, zip_parts::Kind::OfficeOpenXml) => Box::new(xlsx::XlsxWorkbook::open(path)?),
        (archive, zip_parts::Kind::OpenDocument) => Box::new(ods::OdsWorkbook::open(archive)?),
    })
}

/// The reading thread has ended without a word.
fn given_up() -> Fault {
    Fault::new("a workbook that is damaged in a way that its reader does not know", "a whole workbook")
        .help("open it in Excel or LibreOffice and save it again")
}

struct SheetTable {
    columns: Vec<Column>,
    messages: Receiver<Message>,
    remarks: Vec<String>,
    ended: bool,
}

impl Table for SheetTable {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn next_block(&mut self) -> Result<Option<Block>, Fault> {
        if self.ended {
            return Ok(None);
        }
        match self.messages.recv() {
            Ok(Message::Records(records)) => return Ok(Some(Block::of(records))),
            Ok(Message::Remarks(remarks)) => self.remarks = remarks,
            Ok(Message::Fault(fault)) => return Err(fault),
            Ok(Message::Columns(_)) | Err(_) => return Err(given_up()),
        }
        self.ended = true;
        Ok(None)
    }

    fn remarks(&self) -> Vec<String> {
        self.remarks.clone()
    }
}
