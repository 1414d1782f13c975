//! A stream of bytes → chunks that each start with a record and end with one. Only quotation marks are walked; what
//! stands between them is left for the threads that decode the chunks.

use std::ops::Range;

use memchr::{memchr, memchr2, memrchr2};

use super::super::Fault;
use super::scan::{Quotes, line_ends, outside};
use super::source::Source;

/// Bytes read at a time.
pub(super) const CHUNK: usize = 4 << 20;
/// After so many bytes without a record's end, none is expected: the rest of a file of 10 GB behind an unclosed
/// quotation mark is not to be read into memory.
pub(super) const LONGEST_RECORD: usize = 64 << 20;

/// Whole records.
pub(super) struct Chunk {
    pub(super) bytes: Vec<u8>,
    /// The line of the file with which it starts, from 1.
    pub(super) first_line: u64,
    /// Whether it is the last of the file.
    pub(super) last: bool,
    /// The length at which it was cut off without a record's end.
    pub(super) cut: Option<usize>,
}

/// The chunks of a file, in order.
pub(super) struct Chunks {
    source: Source,
    size: usize,
    longest: usize,
    /// Bytes that are read and not given out; they start with a record.
    rest: Vec<u8>,
    /// The line of their first byte.
    line: u64,
    ended: bool,
}

impl Chunks {
    pub(super) fn new(source: Source, size: usize, longest: usize) -> Chunks {
        Chunks { source, size, longest, rest: Vec::new(), line: 1, ended: false }
    }

    fn fill(&mut self, wanted: usize) -> Result<(), Fault> {
        if !self.ended {
            self.ended = self.source.fill(&mut self.rest, wanted)?;
        }
        Ok(())
    }

    /// The next line without its end, as far as it is within a chunk.
    ///
    /// # Errors
    /// As [`Source::fill`].
    pub(super) fn peek_line(&mut self) -> Result<&[u8], Fault> {
        if self.rest.is_empty() {
            self.fill(self.size)?;
        }
        let end = memchr2(b'\n', b'\r', &self.rest).unwrap_or(self.rest.len());
        Ok(&self.rest[..end])
    }

    /// The line that comes next, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Passes over the lines before `line`; tells whether the file has it.
    ///
    /// # Errors
    /// As [`Source::fill`].
    pub(super) fn pass_to(&mut self, line: u64) -> Result<bool, Fault> {
        let mut passed = 0;
        while self.line < line {
            let rest = &self.rest[passed..];
            let after = match memchr2(b'\n', b'\r', rest) {
                // Its \n may be still to come.
                Some(end) if rest[end] == b'\r' && end + 1 == rest.len() && !self.ended => None,
                Some(end) if rest[end..].starts_with(b"\r\n") => Some(end + 2),
                Some(end) => Some(end + 1),
                None => None,
            };
            match after {
                Some(after) => {
                    passed += after;
                    self.line += 1;
                }
                None if self.ended || rest.len() > self.longest => return Ok(false),
                None => {
                    self.rest.drain(..passed);
                    passed = 0;
                    self.fill(self.size)?;
                }
            }
        }
        self.rest.drain(..passed);
        if self.rest.is_empty() {
            self.fill(self.size)?;
        }
        Ok(!self.rest.is_empty())
    }

    /// Whether all has been given out.
    pub(super) fn ended(&self) -> bool {
        self.ended && self.rest.is_empty()
    }

    /// The next chunk; `None` at the end of the file.
    ///
    /// # Errors
    /// As [`Source::fill`].
    pub(super) fn next(&mut self, delimiter: u8) -> Result<Option<Chunk>, Fault> {
        let mut wanted = self.size.saturating_sub(self.rest.len());
        loop {
            if wanted > 0 {
                self.fill(wanted)?;
            }
            if self.ended {
                break;
            }
            if let Some(end) = last_record_end(&self.rest, delimiter, (self.size / 64).max(1)) {
                let rest = self.rest.split_off(end);
                return Ok(Some(self.give_out(rest, None)));
            }
            if self.rest.len() >= self.longest {
                self.ended = true;
                let cut = Some(self.rest.len());
                // The last letter may be cut in two.
                let last = self.rest.iter().rposition(|byte| byte & 0xC0 != 0x80);
                self.rest.truncate(last.unwrap_or(0));
                return Ok(Some(self.give_out(Vec::new(), cut)));
            }
            wanted = self.rest.len().min(self.longest - self.rest.len());
        }
        match self.rest.is_empty() {
            true => Ok(None),
            false => Ok(Some(self.give_out(Vec::new(), None))),
        }
    }

    fn give_out(&mut self, rest: Vec<u8>, cut: Option<usize>) -> Chunk {
        let bytes = std::mem::replace(&mut self.rest, rest);
        let first_line = self.line;
        self.line += line_ends(&bytes);
        Chunk { bytes, first_line, last: self.ended, cut }
    }
}

/// Where the last record that is whole ends, behind its line end. `bytes` start with a record. More may follow, so
/// that a `\r` at their very end may be half a line end.
fn last_record_end(bytes: &[u8], delimiter: u8, stride: usize) -> Option<usize> {
    let until = match bytes.last() {
        Some(b'\r') => bytes.len() - 1,
        _ => bytes.len(),
    };
    let last_in = |range: Range<usize>| {
        let (start, end) = (range.start, range.end.min(until));
        memrchr2(b'\n', b'\r', bytes.get(start..end)?).map(|at| start + at + 1)
    };
    if memchr(b'"', bytes).is_none() {
        return last_in(0..until);
    }
    // Once to learn where quotation marks are open, then backwards to the first stretch with a record's end.
    let marks = outside(bytes, delimiter, stride).unwrap_or_else(|| {
        let mut marks = vec![0];
        let mut next = stride;
        unquoted(bytes, 0..bytes.len(), delimiter, |stretch| {
            if stretch.start >= next {
                marks.push(stretch.start);
                next = stretch.start + stride;
            }
        });
        marks
    });
    let mut end = bytes.len();
    for mark in marks.into_iter().rev() {
        let mut found = None;
        unquoted(bytes, mark..end, delimiter, |stretch| found = last_in(stretch).or(found));
        if found.is_some() {
            return found;
        }
        end = mark;
    }
    None
}

/// Tells the stretches outside quoted fields, in order, from a place that is outside one.
fn unquoted(bytes: &[u8], range: Range<usize>, delimiter: u8, mut tell: impl FnMut(Range<usize>)) {
    let bytes = &bytes[..range.end];
    // Where the stretch starts, outside a quoted field.
    let mut since = Some(range.start);
    for at in Quotes::new(bytes, range.start) {
        let before = at.checked_sub(1).map_or(b'\n', |before| bytes[before]);
        match since {
            None => since = Some(at + 1),
            // A mark doubled: the field was not closed.
            Some(start) if start == at && before == b'"' => since = None,
            Some(start) if before == delimiter || before == b'\n' || before == b'\r' => {
                tell(start..at);
                since = None;
            }
            Some(_) => {}
        }
    }
    if let Some(start) = since {
        tell(start..range.end);
    }
}
