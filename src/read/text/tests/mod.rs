mod files;
mod property;
mod twin;

use std::io::Cursor;

use super::super::Cell;
use super::*;
use twin::Seen;

/// A table from bytes, read in chunks of `size`.
fn table(bytes: &[u8], options: &Options, size: usize, longest: usize) -> Result<Text, Fault> {
    let source = Source::new(Box::new(Cursor::new(bytes.to_vec())), Some(bytes.len() as u64))?;
    Text::new(source, options, size, longest)
}

fn delimited_by(delimiter: char) -> Options {
    Options { delimiter, ..Options::default() }
}

fn names(table: &dyn Table) -> Vec<&str> {
    table.columns().iter().map(|column| column.name.as_str()).collect()
}

/// The records of a table up to its end or its fault.
fn read(table: &mut dyn Table) -> (Vec<Seen>, Option<Fault>) {
    let mut seen = Vec::new();
    loop {
        let batch = match table.next_block().and_then(|block| block.map(Block::decode).transpose()) {
            Ok(Some(batch)) => batch,
            Ok(None) => return (seen, None),
            Err(fault) => return (seen, Some(fault)),
        };
        for record in 0..batch.len() {
            let count = batch.fields(record).unwrap();
            let cell = |column| match batch.cell(record, column) {
                Cell::Text(text) => text.to_owned(),
                Cell::Empty => String::new(),
                other => panic!("{other:?}"),
            };
            assert_eq!(batch.cell(record, count), Cell::Empty);
            seen.push(Seen {
                line: batch.row(record),
                last_line: batch.last_row(record),
                raw: batch.raw(record),
                stray_quote: batch.stray_quote(record),
                fields: (0..count).map(cell).collect(),
            });
        }
    }
}

/// What keeps bytes from being read, as a message.
fn refusal(bytes: &[u8], options: &Options) -> String {
    match table(bytes, options, CHUNK, LONGEST_RECORD) {
        Err(fault) => fault.to_string(),
        Ok(mut table) => read(&mut table).1.expect("a file that is refused").to_string(),
    }
}

fn fields(bytes: &[u8], options: &Options) -> Vec<Vec<String>> {
    let mut table = table(bytes, options, CHUNK, LONGEST_RECORD).unwrap();
    let (seen, fault) = read(&mut table);
    assert_eq!(fault, None);
    seen.into_iter().map(|record| record.fields).collect()
}
