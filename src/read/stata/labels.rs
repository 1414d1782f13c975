//! Sets of value labels, which stand at the end of the file.

use std::collections::HashMap;

use super::super::{Code, Fault};
use super::bytes::{Source, damaged, up_to_zero};
use super::header::{Header, name_length};
use super::letters::Letters;
use super::number::{self, Number};

/// Each with its labels, in the file's order.
pub(super) type Sets = HashMap<String, Vec<(Code, String)>>;

const WHAT: &str = "the value labels";

/// Reads all sets. Of two with one name the first counts.
pub(super) fn read(source: &mut Source, header: &Header, letters: &mut Letters) -> Result<Sets, Fault> {
    let tagged = header.release >= 117;
    let mut sets = Sets::new();
    if tagged {
        source.expect(b"<value_labels>", WHAT)?;
    }
    loop {
        if tagged {
            let at = source.position();
            match source.take(5, WHAT)?.as_slice() {
                b"<lbl>" => {}
                b"</val" => return Ok(sets),
                _ => return Err(damaged(at, WHAT)),
            }
        } else if source.left() < 2 {
            return Ok(sets);
        }
        let (name, labels) = match header.release {
            ..108 => short_set(source, header, letters)?,
            _ => set(source, header, letters)?,
        };
        if tagged {
            source.expect(b"</lbl>", WHAT)?;
        }
        sets.entry(name).or_insert(labels);
    }
}

type Set = (String, Vec<(Code, String)>);

/// Versions to 107: labels of eight letters.
fn short_set(source: &mut Source, header: &Header, letters: &mut Letters) -> Result<Set, Fault> {
    let number = usize::from(source.u16(WHAT)?);
    let name = set_name(source, header, letters, 1)?;
    let mut codes = Vec::with_capacity(number);
    for _ in 0..number {
        codes.push(source.u16(WHAT)?.cast_signed());
    }
    let mut labels = Vec::with_capacity(number);
    for code in codes {
        let text = source.take(8, WHAT)?;
        labels.push((Code::Number(f64::from(code)), letters.name(up_to_zero(&text))));
    }
    Ok((name, labels))
}

fn set(source: &mut Source, header: &Header, letters: &mut Letters) -> Result<Set, Fault> {
    let size = u64::from(source.u32(WHAT)?);
    let name = set_name(source, header, letters, 3)?;
    let start = source.position();
    let number = u64::from(source.u32(WHAT)?);
    let text_size = u64::from(source.u32(WHAT)?);
    if 8 + number * 8 + text_size > size || size > source.left() + 8 {
        return Err(damaged(start, WHAT));
    }
    let mut places = Vec::new();
    let mut codes = Vec::new();
    for _ in 0..number {
        places.push(source.u32(WHAT)?);
    }
    for _ in 0..number {
        codes.push(source.u32(WHAT)?.cast_signed());
    }
    let texts = source.take(text_size, WHAT)?;
    let mut labels = Vec::with_capacity(codes.len());
    // Labels may overlap in a damaged file: together they may not be larger than twice what they are cut from, and a
    // little for the ends.
    let mut room = 2 * texts.len() + 64;
    for (code, place) in codes.into_iter().zip(places) {
        let text = usize::try_from(place).ok().and_then(|place| texts.get(place..)).map(up_to_zero);
        let text = text.filter(|text| text.len() <= room).ok_or_else(|| damaged(start, WHAT))?;
        room -= text.len();
        let code = match number::long(code, header.release) {
            Number::Value(value) => Code::Number(value),
            Number::Tag(letter) => Code::Tag(char::from(letter)),
            // `.` has no meaning of its own.
            Number::Missing => continue,
        };
        labels.push((code, letters.name(text)));
    }
    source.seek(start + size)?;
    Ok((name, labels))
}

fn set_name(
    source: &mut Source,
    header: &Header,
    letters: &mut Letters,
    padding: u64,
) -> Result<String, Fault> {
    let name = source.take(name_length(header.release), WHAT)?;
    source.skip(padding, WHAT)?;
    Ok(letters.name(up_to_zero(&name)))
}
