//! # `mojibake`
//!
//! ## What it does
//! Finds text that was encoded as UTF-8, read as Windows-1252 and encoded again, in headings and in text items.
//!
//! ## Why is this bad?
//! Names and places come out as "TromsÃ¸". What counts on a spelling, such as a code's `written`, is not recognised.
//!
//! ## Example
//! `BjÃ¸rn` for `Bjørn`.
//!
//! ## What to do
//! Export the data again from where the text is right.

use encoding_rs::WINDOWS_1252;

use super::{Check, Field, HeaderBreach, Rule};
use crate::dictionary::ItemType;
use crate::intake::header::{Header, Wanted};
use crate::plan::Action;
use crate::read::Cell;

pub const CHECK: Check = Check {
    id: "mojibake",
    about: "Text was encoded twice (\"Ã¸\" for \"ø\").",
    default_action: Action::Report,
    allowed_actions: &[Action::Report, Action::SetMissing, Action::Reject, Action::Stop],
    rules: &[Rule::Header(in_heading), Rule::Field(in_text)],
};

fn in_heading(header: &Header) -> Vec<HeaderBreach> {
    let names = header.names.iter().enumerate();
    names
        .filter_map(|(at, name)| {
            let repaired = repaired(name)?;
            let meant = |wanted: &&Wanted| wanted.column == repaired || wanted.column == *name;
            let wanted = header.wanted.iter().find(meant);
            Some(HeaderBreach {
                item: wanted.and_then(|wanted| wanted.role.item()).map(str::to_owned),
                message: format!(
                    "the heading of column {} is UTF-8 that was encoded twice; expected plain letters",
                    at + 1
                ),
                action: None,
            })
        })
        .collect()
}

fn in_text(field: &Field) -> Option<String> {
    let Cell::Text(text) = field.cell else { return None };
    (field.item.kind == ItemType::Text && repaired(text).is_some())
        .then(|| "UTF-8 that was encoded twice (as \"Ã¸\" for \"ø\"); expected plain letters".to_owned())
}

/// The text before it was encoded a second time; `None` where nothing suggests that it was.
pub(crate) fn repaired(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let mut result = String::with_capacity(text.len());
    let mut found = false;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        match twice_encoded(rest) {
            Some((original, length)) => {
                result.push(original);
                rest = &rest[length..];
                found = true;
            }
            None => {
                result.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    found.then_some(result)
}

/// The character whose UTF-8 bytes, taken as Windows-1252, are the beginning of `text`, and the length of that
/// beginning.
///
/// Only Latin-1's letters, Sami letters and typographic punctuation count: other sequences, such as "Å»" in «Å», are
/// more likely meant as they stand.
fn twice_encoded(text: &str) -> Option<(char, usize)> {
    let mut letters = text.chars();
    let first = letters.next()?;
    let count = match first {
        'Â' | 'Ã' | 'Ä' | 'Å' => 2,
        'â' => 3,
        _ => return None,
    };
    let length: usize = text.chars().take(count).map(char::len_utf8).sum();
    let bytes: Vec<u8> = text.chars().take(count).map(byte_of).collect::<Option<_>>()?;
    let mut decoded = std::str::from_utf8(&bytes).ok()?.chars();
    let original = decoded.next().filter(|_| decoded.next().is_none())?;
    let likely = match first {
        'Â' | 'Ã' => true,
        'â' => ('\u{2010}'..='\u{20AC}').contains(&original),
        _ => "čČđĐŋŊšŧŦžŽ".contains(original),
    };
    likely.then_some((original, length))
}

/// The byte that Windows-1252, or Latin-1 where that has no such byte, reads as this character.
fn byte_of(letter: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(letter)) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = WINDOWS_1252.encode(letter.encode_utf8(&mut buffer));
    (!unmappable).then(|| bytes[0])
}

#[cfg(test)]
mod tests {
    use super::repaired;

    #[test]
    fn what_was_encoded_twice_is_told_from_what_is_meant() {
        for (found, meant) in [
            ("TromsÃ¸", "Tromsø"),
            ("BlÃ¥bÃ¦r", "Blåbær"),
            ("Ã˜st", "Øst"),
            ("itâ€™s", "it’s"),
            ("MÃ¡ret Å¡", "Máret š"),
        ] {
            assert_eq!(repaired(found).as_deref(), Some(meant), "{found}");
        }
        for plain in ["Tromsø", "«Å»", "Å\u{A0}gå", "Ålesund", "naïve", "10 €", "Äiti", "â"] {
            assert_eq!(repaired(plain), None, "{plain}");
        }
    }
}
