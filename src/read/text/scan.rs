//! Finds the bytes that matter in delimited text (delimiters, quotation marks, line ends), eight bytes at a time.

use memchr::{memchr, memchr_iter};

/// `1` in every byte.
const ONES: u64 = 0x0101_0101_0101_0101;
/// The low seven bits of every byte.
const LOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;
const QUOTES: u64 = ONES * b'"' as u64;

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

/// The places of quotation marks, in order.
pub(super) struct Quotes<'t>(Turns<'t>);

impl<'t> Quotes<'t> {
    /// Those from a place on.
    pub(super) fn new(bytes: &'t [u8], from: usize) -> Quotes<'t> {
        Quotes(Turns { bytes, delimiters: 0, word: from, marks: 0, next: from })
    }
}

impl Iterator for Quotes<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        self.0.next_of(|word| !no_zero(word ^ QUOTES) & !LOW)
    }
}

impl<'t> Turns<'t> {
    pub(super) fn new(bytes: &'t [u8], delimiter: u8) -> Turns<'t> {
        Turns { bytes, delimiters: u64::from(delimiter) * ONES, word: 0, marks: 0, next: 0 }
    }

    /// The next place of those whose highest bits `marks_of` sets in a word.
    #[inline]
    fn next_of(&mut self, marks_of: impl Fn(u64) -> u64) -> Option<usize> {
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
            self.marks = marks_of(u64::from_le_bytes(word));
            self.word = self.next;
            self.next += 8;
        }
        let at = self.word + (self.marks.trailing_zeros() / 8) as usize;
        self.marks &= self.marks - 1;
        // The last word is filled up with spaces, which a delimiter may be.
        (at < self.bytes.len()).then_some(at)
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
        let delimiters = self.delimiters;
        self.next_of(|word| {
            let delimiter = no_zero(word ^ delimiters);
            let quotation = no_zero(word ^ QUOTES);
            // \n and \r are among the bytes 8 to 15.
            let line_end = no_zero((word & (ONES * 0xF8)) ^ (ONES * 0x08));
            !(delimiter & quotation & line_end) & !LOW
        })
    }
}

/// Places outside quoted fields, about `stride` bytes apart, from the first byte on; `None` where a quotation mark may
/// stand as a letter, so that they must be walked one by one. `bytes` start outside a quoted field.
///
/// Where every mark that opens a field stands where a field starts (or behind the one that seems to close it, as a
/// doubled mark does), the marks before a place tell by being even that it is outside: eight bytes at a time.
pub(super) fn outside(bytes: &[u8], delimiter: u8, stride: usize) -> Option<Vec<usize>> {
    let delimiters = u64::from(delimiter) * ONES;
    let mut places = vec![0];
    let mut next = stride;
    // Of the byte before: all ones inside a quoted field; the highest bit of the lowest byte where a field starts.
    let (mut inside, mut start) = (0u64, 0x80u64);
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [b' '; 8];
    last[..rest.len()].copy_from_slice(rest);
    for (at, word) in words.iter().chain([&last]).enumerate() {
        let word = u64::from_le_bytes(*word);
        let quotes = !no_zero(word ^ QUOTES) & !LOW;
        let others = no_zero(word ^ delimiters)
            & no_zero(word ^ (ONES * b'\n' as u64))
            & no_zero(word ^ (ONES * b'\r' as u64));
        let starts = quotes | (!others & !LOW);
        if at * 8 >= next && inside == 0 {
            places.push(at * 8);
            next = at * 8 + stride;
        }
        // The highest bit of every byte up to which the marks are odd.
        let mut odd = quotes;
        odd ^= odd << 8;
        odd ^= odd << 16;
        odd ^= odd << 32;
        odd ^= inside & !LOW;
        if quotes & odd & !(starts << 8 | start) != 0 {
            return None;
        }
        inside = 0u64.wrapping_sub(odd >> 63);
        start = starts >> 56;
    }
    Some(places)
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
                let quotes: Vec<usize> = Quotes::new(bytes, 0).collect();
                assert_eq!(quotes, (0..bytes.len()).filter(|at| bytes[*at] == b'"').collect::<Vec<_>>());
                assert!(turns.iter().all(|at| means(at) || (8..16).contains(&bytes[*at])));
            }
        }
    }

    #[test]
    fn sound_quotation_marks_need_no_walk() {
        let sound = b"\"a\";\"b;\n\"\"c\"\"\";1;\"\"\r\n".repeat(100);
        let places = outside(&sound, b';', 50).unwrap();
        assert!(places.len() > 20 && places.len() <= sound.len() / 50, "{}", places.len());
        for place in places {
            assert_eq!(sound[..place].iter().filter(|byte| **byte == b'"').count() % 2, 0);
        }
        assert_eq!(outside(b"1;5\" long;\"x\"", b';', 50), None);
        assert_eq!(outside(b"\"a\" \"b\"", b';', 50), None);
    }

    #[test]
    fn lines_end_in_three_ways() {
        assert_eq!(line_ends(b""), 0);
        assert_eq!(line_ends(b"a\nb\r\nc\rd\r\r\n\n\r"), 7);
    }
}
