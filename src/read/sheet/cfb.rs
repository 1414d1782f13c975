//! The container of .xls files (Compound File Binary): sectors chained by a table, as a file system in a file.
//!
//! Every chain is followed for at most as many steps as there are sectors, so that a damaged table cannot make a loop.

use super::super::Fault;

const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Sector numbers from here on are marks: end of chain, free, and the table itself.
const FIRST_MARK: u32 = 0xFFFF_FFFA;
const END: u32 = 0xFFFF_FFFE;
const MINI_SECTOR: usize = 64;

pub(super) fn recognises(head: &[u8]) -> bool {
    head.starts_with(&SIGNATURE)
}

/// The workbook in a container.
///
/// # Errors
/// A [`Fault`] where the container is damaged, protected by a password, or of another kind of document.
pub(super) fn workbook(file: &[u8]) -> Result<Vec<u8>, Fault> {
    let container = Container::new(file).ok_or_else(damaged)?;
    let entries = container.entries().ok_or_else(damaged)?;
    let named = |name: &str| entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
    if named("EncryptedPackage").is_some() {
        return Err(protected());
    }
    if let Some(entry) = named("Workbook") {
        return container.stream(entry, &entries).ok_or_else(damaged);
    }
    Err(match named("Book") {
        Some(_) => Fault::new("a workbook of Excel 95 or older", "one of Excel 97 or later")
            .help("open it in Excel or LibreOffice and save it as .xlsx"),
        None => Fault::new("a document of Microsoft Office that is no workbook", "a workbook"),
    })
}

pub(super) fn protected() -> Fault {
    Fault::new("a workbook protected by a password", "one that is not")
        .help("open it in the program that made it and save it without a password")
}

fn damaged() -> Fault {
    Fault::new("an .xls file whose table of sectors is damaged or cut", "a whole .xls file")
        .help("fetch the file anew, or open it in Excel or LibreOffice and save it as .xlsx")
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

struct Container<'a> {
    file: &'a [u8],
    shift: u32,
    table: Vec<u32>,
    directory: u32,
    mini_table: u32,
    mini_limit: usize,
}

impl<'a> Container<'a> {
    fn new(file: &'a [u8]) -> Option<Container<'a>> {
        let shift = u32::from(u16_at(file, 30)?);
        if !recognises(file) || !matches!(shift, 9 | 12) || u16_at(file, 32)? != 6 {
            return None;
        }
        let mut container = Container {
            file,
            shift,
            table: Vec::new(),
            directory: u32_at(file, 48)?,
            mini_table: u32_at(file, 60)?,
            mini_limit: u32_at(file, 56)? as usize,
        };
        // The sectors that hold the table: 109 in the header, the others in a chain of their own.
        let mut parts: Vec<u32> = (0..109).filter_map(|index| u32_at(file, 76 + 4 * index)).collect();
        let mut next = u32_at(file, 68)?;
        let sectors = file.len() >> shift;
        for _ in 0..=sectors {
            if next >= FIRST_MARK {
                break;
            }
            let sector = container.sector(next)?;
            parts.extend(numbers(sector));
            next = parts.pop()?;
        }
        for part in parts.into_iter().filter(|part| *part < FIRST_MARK).take(sectors + 1) {
            let sector = numbers(container.sector(part)?);
            container.table.extend(sector);
        }
        Some(container)
    }

    /// A sector; the file's last one may be short.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)? << self.shift;
        let end = (start + (1 << self.shift)).min(self.file.len());
        self.file.get(start..end).filter(|sector| !sector.is_empty())
    }

    fn chain(&self, start: u32, size: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut next = start;
        for _ in 0..=self.table.len() {
            if next == END || bytes.len() >= size {
                bytes.truncate(size);
                return Some(bytes);
            }
            bytes.extend_from_slice(self.sector(next)?);
            next = *self.table.get(next as usize)?;
        }
        None
    }

    fn entries(&self) -> Option<Vec<Entry>> {
        let directory = self.chain(self.directory, usize::MAX)?;
        let entries = directory.chunks_exact(128).filter_map(|entry| {
            let units = usize::from(u16_at(entry, 64)?).clamp(2, 64) / 2 - 1;
            let name = entry[..2 * units].chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
            Some(Entry {
                name: char::decode_utf16(name).map(|letter| letter.unwrap_or('?')).collect(),
                start: u32_at(entry, 116)?,
                size: u32_at(entry, 120)? as usize,
            })
        });
        Some(entries.collect())
    }

    /// A stream: in sectors of its own, or in the small sectors that the root entry's stream is cut into.
    fn stream(&self, entry: &Entry, entries: &[Entry]) -> Option<Vec<u8>> {
        let bytes = match entry.size < self.mini_limit {
            false => self.chain(entry.start, entry.size)?,
            true => {
                let root = entries.first()?;
                let room = self.chain(root.start, root.size)?;
                let table: Vec<u32> = numbers(&self.chain(self.mini_table, usize::MAX)?).collect();
                let mut bytes = Vec::new();
                let mut next = entry.start;
                for _ in 0..table.len() {
                    if next >= FIRST_MARK || bytes.len() >= entry.size {
                        break;
                    }
                    let start = (next as usize).checked_mul(MINI_SECTOR)?;
                    bytes.extend_from_slice(room.get(start..(start + MINI_SECTOR).min(room.len()))?);
                    next = *table.get(next as usize)?;
                }
                bytes.truncate(entry.size);
                bytes
            }
        };
        (bytes.len() == entry.size).then_some(bytes)
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|number| u32::from_le_bytes([number[0], number[1], number[2], number[3]]))
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*bytes))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes))
}

pub(super) fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(f64::from_le_bytes(*bytes))
}
