//! SPSS system files: .sav, plain or byte-compressed, and .zsav. After the public description of the format in the PSPP
//! developers' manual, chapter "System File Format".
//!
//! A record is a row of slots of eight bytes: a number, or eight bytes of a text. [`header`] tells how numbers are
//! written and how records are packed, [`dictionary`] and [`extension`] what the variables are, [`letters`] the encoding,
//! [`columns`] where each stands; [`data`] unpacks slots, [`decode`] makes cells of them.

mod columns;
mod data;
mod decode;
mod dictionary;
mod extension;
mod header;
mod inflate;
mod letters;
mod source;

use std::fs::File;
use std::io::{self, Read, Seek};
use std::sync::Arc;

use data::Data;
use decode::Layout;
use letters::Letters;
use source::Source;

use super::{Block, Column, Fault, Format, Options, Table};

/// SPSS system files.
pub const FORMAT: Format = Format {
    name: "SPSS (.sav, .zsav)",
    endings: &["sav", "zsav"],
    recognises: header::recognises,
    open: |path, options| {
        let file = File::open(path).map_err(|error| Fault::io(&error))?;
        Ok(Box::new(Spss::new(file, options)?))
    },
};

/// A block has at most so many records, and so many bytes unless a single record has more.
const RECORDS: usize = 8_192;
const BYTES: usize = 4 << 20;

struct Spss<R> {
    columns: Vec<Column>,
    remarks: Vec<String>,
    declared: Option<u64>,
    /// Records taken so far.
    taken: u64,
    ended: bool,
    data: Data<R>,
    layout: Arc<Layout>,
}

impl<R: Read + Seek> Spss<R> {
    fn new(reader: R, options: &Options) -> Result<Spss<R>, Fault> {
        let mut source = Source::new(reader)?;
        refuse(&mut source)?;
        let header = header::read(&mut source)?;
        let dictionary = dictionary::read(&mut source)?;
        if dictionary.variables.is_empty() {
            return Err(source.fault("a file without variables", "at least one"));
        }
        let extensions = &dictionary.extensions;
        let (letters, guessed) =
            Letters::choose(options.encoding, extensions.encoding.as_deref(), extensions.code);
        let order = source.order;
        let made = columns::read(&dictionary, order, letters, header.weight)?;
        let (system, record) = (made.system, dictionary.slots * 8);
        let places = made.columns.iter().map(|column| column.kind).zip(made.places).collect();
        let layout = Arc::new(Layout { order, letters, system, record, places });
        let (data, room) = Data::new(source, header.packing, header.bias, system)?;
        let spss = Spss {
            columns: made.columns,
            remarks: guessed.into_iter().chain(made.remarks).collect(),
            declared: header.cases.or(extensions.cases),
            taken: 0,
            ended: false,
            data,
            layout,
        };
        // Told here where it can be, before anything is read or room is made for so many records.
        let room = room / dictionary.slots as u64;
        match spss.declared.is_some_and(|declared| declared > room) {
            true => Err(spss.cut(&format!("after record {room} at the latest"))),
            false => Ok(spss),
        }
    }

    /// The file's end before all records came.
    fn cut(&self, place: &str) -> Fault {
        let expected = match self.declared {
            Some(declared) => format!("{declared} records, as the file says"),
            None => "a last record that is whole".to_owned(),
        };
        Fault::new("the file's end", expected)
            .at(place)
            .help("the file is cut, perhaps in a transfer; get it whole")
    }

    fn stopped(&self, error: &io::Error) -> Fault {
        let place = format!("after record {}", self.taken);
        match error.kind() {
            io::ErrorKind::UnexpectedEof => self.cut(&place),
            io::ErrorKind::InvalidData => Fault::new(error.to_string(), "records as they were written")
                .at(place)
                .help("the file is damaged; get it anew"),
            _ => Fault::io(error).at(place),
        }
    }

    /// Whether a record follows those that the file declares.
    fn more(&mut self) -> bool {
        let mut record = vec![0; self.layout.record];
        self.data.fill(&mut record).is_ok_and(|came| came == record.len())
    }
}

impl<R: Read + Seek + Send> Table for Spss<R> {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn rows_declared(&self) -> Option<u64> {
        self.declared
    }

    fn next_block(&mut self) -> Result<Option<Block>, Fault> {
        if self.ended {
            return Ok(None);
        }
        let record = self.layout.record;
        let left = self.declared.map_or(u64::MAX, |declared| declared - self.taken);
        let wanted = (BYTES / record).clamp(1, RECORDS).min(usize::try_from(left).unwrap_or(usize::MAX));
        let mut slots = vec![0; wanted * record];
        let came = self.data.fill(&mut slots).map_err(|error| {
            self.ended = true;
            self.stopped(&error)
        })?;
        let records = came / record;
        let first = self.taken + 1;
        self.taken += records as u64;
        if came % record != 0 || (self.declared.is_some() && records < wanted) {
            self.ended = true;
            return Err(self.cut(&format!("after record {}", self.taken)));
        }
        self.ended = records < wanted || self.declared == Some(self.taken);
        if self.ended && self.declared.is_some() && self.more() {
            let help = "open the file in SPSS or PSPP and save it again";
            return Err(Fault::new(
                format!("more records than the {} that the file declares", self.taken),
                "as many as it declares",
            )
            .help(help));
        }
        if records == 0 {
            return Ok(None);
        }
        slots.truncate(records * record);
        let layout = Arc::clone(&self.layout);
        Ok(Some(Block::new(move || layout.decode(&slots, first))))
    }

    fn remarks(&self) -> Vec<String> {
        self.remarks.clone()
    }
}

/// Kinds of SPSS files that cannot be read are named before anything is read of them, since they may be short.
fn refuse<R: Read + Seek>(source: &mut Source<R>) -> Result<(), Fault> {
    let length = usize::try_from(source.left().min(512)).unwrap_or(512);
    let head = source.bytes(length, "the header")?;
    source.seek(0)?;
    header::refused(&head).map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests;
