//! The bytes of a file, read in order. No memory is reserved for bytes that the file does not have.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use super::super::Fault;

#[derive(Debug)]
pub(super) struct Source {
    file: BufReader<File>,
    length: u64,
    position: u64,
    /// Whether the first byte of a number is its largest.
    pub big_endian: bool,
}

impl Source {
    pub(super) fn open(path: &Path) -> Result<Source, Fault> {
        let file = File::open(path).map_err(|error| Fault::io(&error))?;
        let length = file.metadata().map_err(|error| Fault::io(&error))?.len();
        Ok(Source { file: BufReader::new(file), length, position: 0, big_endian: false })
    }

    pub(super) fn position(&self) -> u64 {
        self.position
    }

    pub(super) fn left(&self) -> u64 {
        self.length.saturating_sub(self.position)
    }

    pub(super) fn seek(&mut self, position: u64) -> Result<(), Fault> {
        self.file.seek(SeekFrom::Start(position)).map_err(|error| Fault::io(&error))?;
        self.position = position;
        Ok(())
    }

    /// Leaps over bytes that must be there.
    pub(super) fn skip(&mut self, bytes: u64, what: &str) -> Result<(), Fault> {
        self.has(bytes, what)?;
        self.seek(self.position + bytes)
    }

    pub(super) fn take(&mut self, bytes: u64, what: &str) -> Result<Vec<u8>, Fault> {
        self.has(bytes, what)?;
        // It is no longer than the file, but a file may be larger than the memory of a 32-bit machine.
        let size = usize::try_from(bytes).map_err(|_| self.short(what))?;
        let mut taken = vec![0; size];
        self.file.read_exact(&mut taken).map_err(|error| Fault::io(&error))?;
        self.position += bytes;
        Ok(taken)
    }

    fn has(&self, bytes: u64, what: &str) -> Result<(), Fault> {
        if bytes <= self.left() { Ok(()) } else { Err(self.short(what)) }
    }

    /// The file ends, or a length in it is wrong.
    fn short(&self, what: &str) -> Fault {
        let found = format!("only {} bytes after byte {}", self.left(), self.position);
        Fault::new(found, what.to_owned()).help(DAMAGED)
    }

    fn array<const N: usize>(&mut self, what: &str) -> Result<[u8; N], Fault> {
        self.has(N as u64, what)?;
        let mut bytes = [0; N];
        self.file.read_exact(&mut bytes).map_err(|error| Fault::io(&error))?;
        self.position += N as u64;
        Ok(bytes)
    }

    pub(super) fn u8(&mut self, what: &str) -> Result<u8, Fault> {
        Ok(self.array::<1>(what)?[0])
    }

    pub(super) fn u16(&mut self, what: &str) -> Result<u16, Fault> {
        let bytes = self.array(what)?;
        Ok(if self.big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    pub(super) fn u32(&mut self, what: &str) -> Result<u32, Fault> {
        let bytes = self.array(what)?;
        Ok(if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    pub(super) fn u64(&mut self, what: &str) -> Result<u64, Fault> {
        let bytes = self.array(what)?;
        Ok(if self.big_endian { u64::from_be_bytes(bytes) } else { u64::from_le_bytes(bytes) })
    }

    /// The next bytes must be these.
    pub(super) fn expect(&mut self, tag: &[u8], what: &str) -> Result<(), Fault> {
        let at = self.position;
        let found = self.take(tag.len() as u64, what)?;
        match found == tag {
            true => Ok(()),
            false => Err(damaged(at, what)),
        }
    }
}

const DAMAGED: &str = "the file is cut short or damaged: copy it again, or save it again from Stata";

/// What stands at a byte is not what should.
pub(super) fn damaged(at: u64, what: &str) -> Fault {
    Fault::new("something else", what.to_owned()).at(format!("byte {at}")).help(DAMAGED)
}

/// Up to the first zero.
pub(super) fn up_to_zero(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    &bytes[..end]
}

/// Without the blanks at the end.
pub(super) fn without_blanks(mut bytes: &[u8]) -> &[u8] {
    while let [rest @ .., b' '] = bytes {
        bytes = rest;
    }
    bytes
}
