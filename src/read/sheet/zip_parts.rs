//! The parts of a zipped workbook: which kind of workbook they are, and whether they are small enough to be unpacked.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use quick_xml::events::Event;
use zip::ZipArchive;
use zip::result::ZipError;

use super::super::Fault;
use super::cfb::protected;

pub(super) type Archive = ZipArchive<BufReader<File>>;

const MB: u64 = 1 << 20;
/// Parts that are read as a stream; a million rows of a hundred columns are about 4 GB.
const MAX_STREAMED: u64 = 8 << 30;
/// Parts that are held in memory: texts, styles.
const MAX_HELD: u64 = 256 * MB;
/// Real sheets pack to a fifth or a thirtieth. What packs more than so is made to fill a machine.
const MAX_PACKING: u64 = 150;
const SMALL: u64 = 100 * MB;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    OfficeOpenXml,
    OpenDocument,
}

/// Opens an archive and looks at its parts before any is unpacked.
///
/// # Errors
/// A [`Fault`] where it is damaged, no workbook, or too large.
pub(super) fn open(path: &Path) -> Result<(Archive, Kind), Fault> {
    let file = File::open(path).map_err(|error| Fault::io(&error))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| unreadable(&error))?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    let kind = match () {
        () if has("xl/workbook.bin") => {
            return Err(Fault::new("a binary workbook (.xlsb)", "a workbook of kind .xlsx, .xls or .ods")
                .help("open it in Excel or LibreOffice and save it as .xlsx"));
        }
        () if has("content.xml") && has("META-INF/manifest.xml") => Kind::OpenDocument,
        () if has("[Content_Types].xml") => Kind::OfficeOpenXml,
        () => {
            return Err(Fault::new(
                "a zip archive that is no workbook",
                "a workbook, or a table that is not packed",
            )
            .help("unpack it and name the file in it"));
        }
    };
    for index in 0..archive.len() {
        // Without unpacking it, so that pictures and macros cost nothing.
        let part = archive.by_index_raw(index).map_err(|error| unreadable(&error))?;
        let name = part.name().map_err(|error| unreadable(&error))?.to_ascii_lowercase();
        let (size, packed) = (part.size(), part.compressed_size());
        drop(part);
        let held = kind == Kind::OfficeOpenXml && is_held(&name);
        let limit =
            if held { MAX_HELD } else { MAX_STREAMED.min(SMALL + MAX_PACKING.saturating_mul(packed)) };
        let is_read = name.ends_with(".xml") || name.ends_with(".rels");
        if is_read && size > limit {
            return Err(too_large(size, limit));
        }
        if held && name.ends_with("sharedstrings.xml") {
            let part = archive.by_index(index).map_err(|error| unreadable(&error))?;
            check_count(part.take(limit), size)?;
        }
        // What a part says of its own size may be wrong: where so little can be unpacked, it does not matter.
        if held && packed.saturating_mul(1032) > MAX_HELD {
            let part = archive.by_index(index).map_err(|error| unreadable(&error))?;
            let unpacked = io::copy(&mut part.take(limit + 1), &mut io::sink());
            if unpacked.is_ok_and(|bytes| bytes > limit) {
                return Err(too_large(limit + 1, limit));
            }
        }
    }
    Ok((archive, kind))
}

/// Whether the reader of .xlsx unpacks a part into memory, rather than row by row or not at all.
fn is_held(name: &str) -> bool {
    !name.starts_with("xl/worksheets/") && !name.starts_with("xl/pivotcache/")
}

/// Texts are made room for by the count that the file gives, so that it must be a possible one: each takes five bytes.
fn check_count(part: impl Read, size: u64) -> Result<(), Fault> {
    let mut xml = quick_xml::Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) if element.local_name().as_ref() == "sst" => {
                let count =
                    element.attributes().flatten().find(|attribute| attribute.key.as_ref() == "uniqueCount");
                let count = count.and_then(|count| count.value.trim().parse::<u64>().ok()).unwrap_or(0);
                return match count > size / 5 {
                    true => Err(Fault::new("more texts than the file has room for", "a whole workbook")
                        .help("open it in Excel or LibreOffice and save it again")),
                    false => Ok(()),
                };
            }
            // What is wrong here is told by the reader of the workbook.
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

fn too_large(size: u64, limit: u64) -> Fault {
    let found = format!("a workbook with a part of {} MB or more when unpacked", size / MB);
    Fault::new(found, format!("at most {} MB for such a part", limit / MB))
        .help("save the table as .csv or .parquet")
}

/// The most bytes that a streamed part may give, whatever it says of itself.
pub(super) fn most_streamed(packed: u64) -> u64 {
    MAX_STREAMED.min(SMALL + MAX_PACKING.saturating_mul(packed))
}

pub(super) fn unreadable(error: &ZipError) -> Fault {
    match error {
        ZipError::Io(error) if error.kind() == io::ErrorKind::PermissionDenied => Fault::io(error),
        ZipError::UnsupportedArchive(text) if *text == ZipError::PASSWORD_REQUIRED => protected(),
        _ => Fault::new("a zip archive that is damaged or cut", "a whole workbook")
            .help("fetch the file anew, or open it in the program that made it and save it again"),
    }
}
