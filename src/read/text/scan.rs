//! The bytes that delimited text turns on: delimiters, quotation marks and line ends, eight bytes at a time.

use memchr::{memchr, memchr_iter};

/// `1` in every byte.
const ONES: u64 = 0x0101_0101_0101_0101;
/// The low seven bits of every byte.
const LOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;

/// The places of bytes that may mean something, in order: every delimiter, quotation mark, `\n` and `\r`, and now and
/// then another control character.
pub(super) struct Turns<'t> {
    bytes: &'t [u8],
    delimiters: u64,
    /// The place of the word that is being looked at.
    word: usize,
    /// The highest bit of each of its bytes that are still to be told.
    marks: u64,
    /// The place of the next word.
    next: usize,
}

impl<'t> Turns<'t> {
    pub(super) fn new(bytes: &'t [u8], delimiter: u8) -> Turns<'t> {
        Turns { bytes, delimiters: u64::from(delimiter) * ONES, word: 0, marks: 0, next: 0 }
    }

    fn marks_of(&self, word: u64) -> u64 {
        let delimiter = no_zero(word ^ self.delimiters);
        let quotation = no_zero(word ^ (ONES * b'"' as u64));
        // \n and \r are among the bytes 8 to 15.
        let line_end = no_zero((word & (ONES * 0xF8)) ^ (ONES * 0x08));
        !(delimiter & quotation & line_end) & !LOW
    }
}

/// The highest bit of every byte that is not zero; the other bits mean nothing.
fn no_zero(word: u64) -> u64 {
    ((word & LOW) + LOW) | word
}

impl Iterator for Turns<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.marks == 0 {
            let rest = self.bytes.get(self.next..)?;
            let word = match rest.first_chunk::<8>() {
                Some(word) => *word,
                None if rest.is_empty() => return None,
                None => {
                    let mut word = [b' '; 8];
                    word[..rest.len()].copy_from_slice(rest);
                    word
                }
            };
            self.marks = self.marks_of(u64::from_le_bytes(word));
            self.word = self.next;
            self.next += 8;
        }
        let at = self.word + (self.marks.trailing_zeros() / 8) as usize;
        self.marks &= self.marks - 1;
        // The last word is filled up with spaces, which a delimiter may be.
        (at < self.bytes.len()).then_some(at)
    }
}

/// How many lines end in these bytes: with `\n`, `\r\n`, or `\r`.
pub(super) fn line_ends(bytes: &[u8]) -> u64 {
    let feeds = memchr_iter(b'\n', bytes).count();
    let returns = match memchr(b'\r', bytes) {
        None => 0,
        Some(_) => memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) != Some(&b'\n')).count(),
    };
    (feeds + returns) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_turn_is_told_whatever_stands_beside_it() {
        let bytes: Vec<u8> = (0..=255u8).rev().chain(0..=255).chain(*b"a; \"\r\nb;").collect();
        for delimiter in [b';', b',', b'\t', b' ', b'|'] {
            for from in 0..9 {
                let bytes = &bytes[from..];
                let turns: Vec<usize> = Turns::new(bytes, delimiter).collect();
                let means = |at: &usize| bytes[*at] == delimiter || b"\"\r\n".contains(&bytes[*at]);
                let expected: Vec<usize> = (0..bytes.len()).filter(means).collect();
                let found: Vec<usize> = turns.iter().copied().filter(means).collect();
                assert_eq!(found, expected);
                assert!(turns.iter().all(|at| means(at) || (8..16).contains(&bytes[*at])));
            }
        }
    }

    #[test]
    fn lines_end_in_three_ways() {
        assert_eq!(line_ends(b""), 0);
        assert_eq!(line_ends(b"a\nb\r\nc\rd\r\r\n\n\r"), 7);
    }
}
