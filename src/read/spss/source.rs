//! The bytes of a file in the file's own byte order. Every length is held against what is left of the file before room
//! is made for it, so that a damaged length cannot ask for more memory than the file has bytes.

use std::io::{BufReader, Read, Seek, SeekFrom};

use crate::read::Fault;

/// How numbers of several bytes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    pub(super) fn i32(self, bytes: [u8; 4]) -> i32 {
        match self {
            Order::Little => i32::from_le_bytes(bytes),
            Order::Big => i32::from_be_bytes(bytes),
        }
    }

    pub(super) fn i64(self, bytes: [u8; 8]) -> i64 {
        match self {
            Order::Little => i64::from_le_bytes(bytes),
            Order::Big => i64::from_be_bytes(bytes),
        }
    }

    pub(super) fn f64(self, bytes: [u8; 8]) -> f64 {
        match self {
            Order::Little => f64::from_le_bytes(bytes),
            Order::Big => f64::from_be_bytes(bytes),
        }
    }

    pub(super) fn bytes(self, number: f64) -> [u8; 8] {
        match self {
            Order::Little => number.to_le_bytes(),
            Order::Big => number.to_be_bytes(),
        }
    }
}

/// A file that is read from front to back.
#[derive(Debug)]
pub(super) struct Source<R> {
    reader: BufReader<R>,
    pub(super) order: Order,
    /// Bytes before the next one.
    pub(super) at: u64,
    /// Bytes of the whole file.
    pub(super) size: u64,
}

impl<R: Read + Seek> Source<R> {
    pub(super) fn new(mut reader: R) -> Result<Source<R>, Fault> {
        let size = reader.seek(SeekFrom::End(0)).map_err(|error| Fault::io(&error))?;
        reader.rewind().map_err(|error| Fault::io(&error))?;
        let reader = BufReader::with_capacity(1 << 16, reader);
        Ok(Source { reader, order: Order::Little, at: 0, size })
    }

    /// The reader, standing at the next byte.
    pub(super) fn into_reader(self) -> BufReader<R> {
        self.reader
    }

    pub(super) fn left(&self) -> u64 {
        self.size.saturating_sub(self.at)
    }

    /// A fault at the next byte.
    pub(super) fn fault(&self, found: impl Into<String>, expected: impl Into<String>) -> Fault {
        let help = "the file is damaged; get it anew, or open it in SPSS or PSPP and save it again";
        Fault::new(found, expected).at(format!("byte {}", self.at)).help(help)
    }

    /// A length or a count that the file gives: not negative, and with room for so many pieces of `each` bytes.
    pub(super) fn count(&self, count: i32, each: u64, what: &str) -> Result<usize, Fault> {
        let number = usize::try_from(count)
            .map_err(|_| self.fault(format!("a negative number of {what}"), "none or more"))?;
        self.fits(number as u64, each, what)?;
        Ok(number)
    }

    /// Whether so many pieces of `each` bytes can follow.
    pub(super) fn fits(&self, count: u64, each: u64, what: &str) -> Result<(), Fault> {
        match count.checked_mul(each).is_some_and(|length| length <= self.left()) {
            true => Ok(()),
            false => {
                let left = self.left();
                Err(self
                    .fault(format!("{count} {what}"), format!("no more than the {left} bytes that follow")))
            }
        }
    }

    pub(super) fn bytes(&mut self, length: usize, what: &str) -> Result<Vec<u8>, Fault> {
        self.fits(length as u64, 1, &format!("bytes of {what}"))?;
        let mut bytes = vec![0; length];
        self.reader.read_exact(&mut bytes).map_err(|error| Fault::io(&error))?;
        self.at += length as u64;
        Ok(bytes)
    }

    pub(super) fn array<const N: usize>(&mut self, what: &str) -> Result<[u8; N], Fault> {
        self.fits(N as u64, 1, &format!("bytes of {what}"))?;
        let mut bytes = [0; N];
        self.reader.read_exact(&mut bytes).map_err(|error| Fault::io(&error))?;
        self.at += N as u64;
        Ok(bytes)
    }

    pub(super) fn i32(&mut self, what: &str) -> Result<i32, Fault> {
        Ok(self.order.i32(self.array(what)?))
    }

    pub(super) fn i64(&mut self, what: &str) -> Result<i64, Fault> {
        Ok(self.order.i64(self.array(what)?))
    }

    pub(super) fn skip(&mut self, length: u64, what: &str) -> Result<(), Fault> {
        self.fits(length, 1, &format!("bytes of {what}"))?;
        let offset = i64::try_from(length).map_err(|_| self.fault("a length of no file", "a shorter one"))?;
        self.reader.seek_relative(offset).map_err(|error| Fault::io(&error))?;
        self.at += length;
        Ok(())
    }

    /// Goes on at another byte of the file.
    pub(super) fn seek(&mut self, to: u64) -> Result<(), Fault> {
        self.reader.seek(SeekFrom::Start(to)).map_err(|error| Fault::io(&error))?;
        self.at = to;
        Ok(())
    }
}

/// The fields of a record that has been read whole: `None` where it is too short for what it says.
#[derive(Debug)]
pub(super) struct Fields<'a> {
    pub(super) rest: &'a [u8],
    pub(super) order: Order,
}

impl<'a> Fields<'a> {
    pub(super) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    pub(super) fn i32(&mut self) -> Option<i32> {
        Some(self.order.i32(self.take(4)?.try_into().ok()?))
    }

    pub(super) fn i64(&mut self) -> Option<i64> {
        Some(self.order.i64(self.take(8)?.try_into().ok()?))
    }

    pub(super) fn f64(&mut self) -> Option<f64> {
        Some(self.order.f64(self.take(8)?.try_into().ok()?))
    }

    /// A length, then so many bytes.
    pub(super) fn counted(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.i32()?).ok()?;
        self.take(length)
    }
}
