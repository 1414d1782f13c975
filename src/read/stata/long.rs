//! Long texts (strL), which come after the records. A cell refers to a text by the variable and record where it first occurs.

use std::collections::HashMap;

use super::super::Fault;
use super::bytes::{Source, damaged};
use super::header::Header;

/// A reference: variable and record, both from 1; two zeros for an empty text.
pub(super) type Reference = (u32, u64);

#[derive(Debug, Default)]
pub(super) struct Texts {
    /// All texts behind each other.
    bytes: Vec<u8>,
    /// Where each stands.
    places: HashMap<Reference, (usize, usize)>,
    longest: usize,
    big_endian: bool,
    release: u8,
    variables: u32,
}

const WHAT: &str = "the long texts";

/// Reads all of them: no more than the file's size.
pub(super) fn read(source: &mut Source, header: &Header) -> Result<Texts, Fault> {
    let mut texts = Texts {
        big_endian: header.big_endian,
        release: header.release,
        variables: u32::try_from(header.variables.len()).unwrap_or(u32::MAX),
        ..Texts::default()
    };
    if header.release < 117 {
        return Ok(texts);
    }
    source.expect(b"<strls>", WHAT)?;
    loop {
        let at = source.position();
        match source.take(3, WHAT)?.as_slice() {
            b"GSO" => {}
            b"</s" => {
                source.expect(b"trls>", WHAT)?;
                return Ok(texts);
            }
            _ => return Err(damaged(at, WHAT)),
        }
        let variable = source.u32(WHAT)?;
        let record = match header.release {
            117 => u64::from(source.u32(WHAT)?),
            _ => source.u64(WHAT)?,
        };
        // 129 for bytes, 130 for a text, which ends with a zero.
        source.u8(WHAT)?;
        let length = u64::from(source.u32(WHAT)?);
        let bytes = source.take(length, WHAT)?;
        let start = texts.bytes.len();
        let text = bytes.strip_suffix(&[0]).unwrap_or(&bytes);
        texts.longest = texts.longest.max(text.len());
        texts.bytes.extend_from_slice(text);
        texts.places.insert((variable, record), (start, texts.bytes.len()));
    }
}

impl Texts {
    /// In bytes.
    pub(super) fn longest(&self) -> u64 {
        self.longest as u64
    }

    /// The text that eight bytes of a record refer to, and whether the reference is of the other kind (see
    /// [`Texts::other`]); `None` where there is no such text.
    pub(super) fn get(&self, cell: &[u8]) -> Option<(&[u8], bool)> {
        let reference = self.reference(cell)?;
        if reference == (0, 0) {
            return Some((&[], false));
        }
        if let Some((start, end)) = self.places.get(&reference) {
            return Some((&self.bytes[*start..*end], false));
        }
        let (start, end) = self.places.get(&self.other(cell)?)?;
        Some((&self.bytes[*start..*end], true))
    }

    /// Four bytes and four in version 117; two and six in 118; three and five in 119.
    fn reference(&self, cell: &[u8]) -> Option<Reference> {
        let variable_bytes = match self.release {
            117 => 4,
            118 => 2,
            _ => 3,
        };
        self.split(cell, variable_bytes)
    }

    /// haven 2.5.1 writes two and six bytes in version 119 too. It cannot be mixed up: read as three and five, the
    /// variable would be one that the file does not have.
    fn other(&self, cell: &[u8]) -> Option<Reference> {
        let own = self.reference(cell)?;
        (self.release == 119 && own.0 > self.variables).then(|| self.split(cell, 2)).flatten()
    }

    fn split(&self, cell: &[u8], variable_bytes: usize) -> Option<Reference> {
        let (variable, record) = cell.split_at_checked(variable_bytes)?;
        let number = |bytes: &[u8]| {
            let joined = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
            match self.big_endian {
                true => bytes.iter().fold(0, joined),
                false => bytes.iter().rev().fold(0, joined),
            }
        };
        Some((u32::try_from(number(variable)).ok()?, number(record)))
    }
}
