//! What is in a file of the office's: a zip archive of XML.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

fn open(file: &[u8]) -> ZipArchive<Cursor<&[u8]>> {
    ZipArchive::new(Cursor::new(file)).expect("it is an archive")
}

/// Every part with its name; each of XML is well-formed.
pub fn parts(file: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = open(file);
    let mut parts = Vec::new();
    for position in 0..archive.len() {
        let mut part = archive.by_index(position).expect("it is in the archive");
        let name = part.name().expect("it has one").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("it can be read");
        if name.ends_with(".xml") || name.ends_with(".rels") {
            well_formed(&name, &bytes);
        }
        parts.push((name, bytes));
    }
    parts
}

/// The text of one part.
pub fn part(file: &[u8], name: &str) -> String {
    let found = parts(file).into_iter().find(|(known, _)| known == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("there is a part {name}")).1).expect("it is text")
}

/// When each part says that it was made.
pub fn times(file: &[u8]) -> Vec<zip::DateTime> {
    let mut archive = open(file);
    let mut times = Vec::new();
    for position in 0..archive.len() {
        let part = archive.by_index(position).expect("it is in the archive");
        times.push(part.last_modified().expect("it has a time"));
    }
    times
}

fn well_formed(name: &str, bytes: &[u8]) {
    let mut reader = Reader::from_str(std::str::from_utf8(bytes).expect("it is UTF-8"));
    let mut depth = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth -= 1,
            Ok(_) => {}
            Err(error) => panic!("{name}: {error}"),
        }
    }
    assert_eq!(depth, 0, "{name}");
}
