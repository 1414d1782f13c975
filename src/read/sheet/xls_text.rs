//! Texts of .xls files: one or two bytes a letter, cut into records of 8 kB at most.

/// A text with its length in two bytes. Where it goes on in further records, each of them says anew how wide letters are.
pub(super) fn long_text<'a>(
    bytes: &'a [u8],
    more: Option<&mut dyn Iterator<Item = &'a [u8]>>,
) -> Option<String> {
    let (length, rest) = bytes.split_first_chunk()?;
    letters(rest, usize::from(u16::from_le_bytes(*length)), more)
}

/// A text with its length in one byte.
pub(super) fn short_text(bytes: &[u8]) -> Option<String> {
    let (length, rest) = bytes.split_first()?;
    letters(rest, usize::from(*length), None)
}

fn letters<'a>(
    bytes: &'a [u8],
    length: usize,
    mut more: Option<&mut dyn Iterator<Item = &'a [u8]>>,
) -> Option<String> {
    let mut units = Vec::with_capacity(length);
    let mut piece = bytes;
    loop {
        // An empty text may lack its mark.
        let Some((wide, letters)) = piece.split_first() else {
            return (length == 0).then(String::new);
        };
        let left = length - units.len();
        take(&mut units, letters, wide & 1 == 1, left);
        if units.len() == length {
            return Some(String::from_utf16_lossy(&units));
        }
        piece = more.as_mut()?.next()?;
    }
}

/// Adds as many letters as are there, and gives the number of bytes taken.
fn take(units: &mut Vec<u16>, bytes: &[u8], wide: bool, most: usize) -> usize {
    let before = units.len();
    match wide {
        true => {
            units.extend(bytes.chunks_exact(2).take(most).map(|unit| u16::from_le_bytes([unit[0], unit[1]])))
        }
        false => units.extend(bytes.iter().take(most).map(|unit| u16::from(*unit))),
    }
    (units.len() - before) * if wide { 2 } else { 1 }
}

/// The texts that cells refer to by number: a record of a head and texts, and the records that continue it.
pub(super) fn shared_texts(pieces: &[&[u8]]) -> Option<Vec<String>> {
    let mut bytes = Pieces { pieces, piece: 0, at: 8 };
    let count = super::cfb::u32_at(pieces.first()?, 4)?;
    let mut texts = Vec::new();
    for _ in 0..count {
        texts.push(bytes.text()?);
    }
    Some(texts)
}

struct Pieces<'a> {
    pieces: &'a [&'a [u8]],
    piece: usize,
    at: usize,
}

impl Pieces<'_> {
    /// What is left of the record; of the next one where nothing is.
    fn rest(&mut self) -> Option<&[u8]> {
        while self.at >= self.pieces.get(self.piece)?.len() {
            self.piece += 1;
            self.at = 0;
        }
        self.pieces.get(self.piece)?.get(self.at..)
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.rest()?.first()?;
        self.at += 1;
        Some(byte)
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        let mut number = 0;
        for index in 0..bytes {
            number |= usize::from(self.byte()?) << (8 * index);
        }
        Some(number)
    }

    /// A text with its marks of letters' looks and of pronunciation, which are passed over.
    fn text(&mut self) -> Option<String> {
        let length = self.number(2)?;
        let marks = self.byte()?;
        let looks = if marks & 8 != 0 { self.number(2)? } else { 0 };
        let spoken = if marks & 4 != 0 { self.number(4)? } else { 0 };
        let mut wide = marks & 1 == 1;
        let mut units = Vec::with_capacity(length);
        while units.len() < length {
            // Where the text goes on in another record, that says anew how wide letters are.
            if self.at >= self.pieces.get(self.piece)?.len() {
                wide = self.byte()? & 1 == 1;
            }
            let left = length - units.len();
            let taken = take(&mut units, self.rest()?, wide, left);
            if taken == 0 {
                return None;
            }
            self.at += taken;
        }
        let mut over = looks.checked_mul(4)?.checked_add(spoken)?;
        while over > 0 {
            let step = self.rest()?.len().min(over);
            self.at += step;
            over -= step;
        }
        Some(String::from_utf16_lossy(&units))
    }
}
