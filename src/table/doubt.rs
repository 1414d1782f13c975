//! Marks at numbers that are not to be trusted: raised letters, the same in every format, which stand again before their reservation
//! below the table.

use std::collections::{BTreeSet, HashMap};

use super::{Cell, Content, Row};
use crate::disclosure::Cleared;

/// The raised letters, in order: more than there are kinds of doubt.
const RAISED: [char; 16] = ['ᵃ', 'ᵇ', 'ᶜ', 'ᵈ', 'ᵉ', 'ᶠ', 'ᵍ', 'ʰ', 'ⁱ', 'ʲ', 'ᵏ', 'ˡ', 'ᵐ', 'ⁿ', 'ᵒ', 'ᵖ'];
/// The same letters on the line.
const LETTERS: &str = "abcdefghijklmnop";

/// The mark of a reservation, by its place, as a raised letter.
pub fn raised(place: usize) -> char {
    RAISED[place % RAISED.len()]
}

/// The same as a plain letter, for those who raise it themselves.
pub fn letter(place: usize) -> char {
    LETTERS.chars().nth(place % RAISED.len()).unwrap_or('*')
}

/// The marks at a cell; empty where its numbers are trusted.
pub fn marks(cell: &Cell) -> String {
    cell.notes.iter().map(|place| raised(*place)).collect()
}

/// Marks the cells whose estimates carry a doubt; `codes` are those that are told below the table, in order.
pub(super) fn mark<'c>(rows: &mut [Row], cleared: impl IntoIterator<Item = &'c Cleared>, codes: &[String]) {
    let mut doubts: HashMap<&str, BTreeSet<usize>> = HashMap::new();
    for one in cleared {
        for condition in one.conditions().iter().filter(|condition| condition.is_doubt()) {
            let place = codes.iter().position(|code| *code == condition.code);
            doubts.entry(one.id()).or_default().extend(place);
        }
    }
    for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
        // A symbol is no number that one could trust.
        let says = matches!(
            cell.content,
            Content::Number { .. } | Content::Interval { .. } | Content::Text(_) | Content::Partly { .. }
        );
        let of = cell.of.iter().filter(|_| says).filter_map(|id| doubts.get(&**id)).flatten();
        let places: BTreeSet<usize> = of.copied().collect();
        cell.notes = places.into_iter().collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::DOUBTS;

    #[test]
    fn there_is_a_letter_for_every_doubt() {
        assert!(DOUBTS.len() <= RAISED.len() && LETTERS.len() == RAISED.len());
        let all: BTreeSet<char> = (0..RAISED.len()).map(raised).collect();
        assert_eq!(all.len(), RAISED.len());
        assert_eq!((raised(1), letter(1)), ('ᵇ', 'b'));
    }
}
