//! The deflated blocks of a .zsav file as one stream of bytes.

use std::io::{self, BufRead, BufReader, Read, Seek};

use flate2::{Decompress, FlushDecompress, Status};

use super::source::Source;
use crate::read::Fault;

/// A block of the file's table: how many bytes it has in the file, and unpacked.
#[derive(Debug, Clone, Copy)]
struct Part {
    packed: u64,
    unpacked: u64,
}

pub(super) struct Blocks<R> {
    reader: BufReader<R>,
    parts: std::vec::IntoIter<Part>,
    /// What is left of the block that is being read.
    left: Option<Part>,
    inflate: Decompress,
}

impl<R: Read + Seek> Blocks<R> {
    /// The source stands behind the dictionary, where the place of the table stands; the table stands at the file's end.
    pub(super) fn new(mut source: Source<R>) -> Result<Blocks<R>, Fault> {
        let what = "the place of the table of packed blocks";
        let (_header, table, length) = (source.i64(what)?, source.i64(what)?, source.i64(what)?);
        let start = source.at;
        let size = source.size;
        let table = u64::try_from(table).ok().filter(|table| *table >= start);
        let end = table.and_then(|table| table.checked_add(u64::try_from(length).ok()?));
        let Some((table, _)) = table.zip(end.filter(|end| *end <= size)) else {
            let found = format!("a table of packed blocks that is not in the {size} bytes of the file");
            return Err(source.fault(found, "it at the file's end").help("the file is cut; get it whole"));
        };
        source.seek(table)?;
        let what = "the table of packed blocks";
        source.skip(20, what)?;
        let count = source.i32(what)?;
        let count = source.count(count, 24, "packed blocks")?;
        let mut parts = Vec::with_capacity(count);
        let mut next = start;
        for _ in 0..count {
            let _place_unpacked = source.i64(what)?;
            let place = source.i64(what)?;
            let (unpacked, packed) = (source.i32(what)?, source.i32(what)?);
            let sizes = u64::try_from(packed).ok().zip(u64::try_from(unpacked).ok());
            // Blocks follow each other, so that none is unpacked twice.
            match sizes {
                Some((packed, unpacked)) if u64::try_from(place) == Ok(next) && next + packed <= table => {
                    next += packed;
                    parts.push(Part { packed, unpacked });
                }
                _ => return Err(source.fault("a packed block out of its place", "blocks behind each other")),
            }
        }
        source.seek(start)?;
        let inflate = Decompress::new(true);
        Ok(Blocks { reader: source.into_reader(), parts: parts.into_iter(), left: None, inflate })
    }

    /// Bytes of the blocks to come, unpacked, as the file says.
    pub(super) fn unpacked(&self) -> u64 {
        self.parts.as_slice().iter().map(|part| part.unpacked).sum()
    }
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

impl<R: Read + Seek> Read for Blocks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let left = match &mut self.left {
                Some(left) => left,
                None => match self.parts.next() {
                    Some(part) => {
                        self.inflate.reset(true);
                        self.left.insert(part)
                    }
                    None => return Ok(0),
                },
            };
            let input = self.reader.fill_buf()?;
            let input = &input[..input.len().min(usize::try_from(left.packed).unwrap_or(usize::MAX))];
            let (before_in, before_out) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self.inflate.decompress(input, buffer, FlushDecompress::None);
            let status = status.map_err(|_| damaged("a packed block that cannot be unpacked"))?;
            let used = self.inflate.total_in() - before_in;
            let made = self.inflate.total_out() - before_out;
            // Both fit: no more is used or made than the slices hold.
            self.reader.consume(used as usize);
            left.packed -= used;
            left.unpacked = left
                .unpacked
                .checked_sub(made)
                .ok_or_else(|| damaged("a packed block that is longer than the file says"))?;
            if status == Status::StreamEnd {
                if left.packed > 0 || left.unpacked > 0 {
                    return Err(damaged("a packed block that is shorter than the file says"));
                }
                self.left = None;
            } else if used == 0 && made == 0 {
                return Err(damaged("a packed block without its end"));
            }
            if made > 0 {
                return Ok(made as usize);
            }
        }
    }
}
