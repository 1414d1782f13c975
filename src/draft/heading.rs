//! Whether the first line of a file is a heading. Where it is not, it holds the answers of a person, who would be named in
//! dictionaries, messages and the released codebook.

use super::cell::{Word, word};
use super::look::Looked;
use super::profile::{Profile, Value};
use crate::read::ColumnKind;

/// Whether the names of the columns look like answers: one of them is a number or a day, or holds the eleven digits of a
/// national identity number; or most of them stand among the values of their own column.
pub fn holds_answers(looked: &Looked) -> bool {
    // Formats with types have names, whatever these are.
    if looked.columns.iter().any(|column| column.kind != ColumnKind::Mixed) {
        return false;
    }
    let named: Vec<(&str, &Profile)> = looked
        .columns
        .iter()
        .zip(&looked.profiles)
        .map(|(column, profile)| (column.name.trim(), profile))
        .filter(|(name, _)| !name.is_empty())
        .collect();
    if named.iter().any(|(name, _)| is_answer(name)) {
        return true;
    }
    let own: Vec<u64> = named
        .iter()
        .filter_map(|(name, profile)| profile.values.get(&Value::Text((*name).into())).copied())
        .collect();
    // A heading that comes again among the records, as where files were put together, is one all the same.
    let again = own.len() == named.len() && own.windows(2).all(|pair| pair[0] == pair[1]);
    named.len() > 1 && 2 * own.len() > named.len() && !again
}

/// Whether a heading looks like an answer or an id.
pub fn is_answer(name: &str) -> bool {
    let close: String = name.chars().filter(|letter| !letter.is_whitespace()).collect();
    let said = |text: &str| {
        matches!(word(text), Word::Whole(_) | Word::Zeros | Word::Point(_) | Word::Comma(_) | Word::Day(_))
    };
    let digits = |text: &str| text.split(|letter: char| !letter.is_ascii_digit()).any(|run| run.len() == 11);
    // `anna@example.no`, not `@1`.
    let mail = name.split_once('@').is_some_and(|(person, place)| !person.is_empty() && place.contains('.'));
    said(name) || said(&close) || digits(name) || digits(&close) || mail
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_answers() {
        for name in
            ["1003", "12,5", "2024-01-31", "31.01.2024", "0017", "Ola 01019012345", "010190 12345", "a@b.no"]
        {
            assert!(is_answer(name), "{name}");
        }
        for name in ["id", "q1", "bdi 2m", "2m", "t0", "Alder (år)", "phq9_2024", "@1"] {
            assert!(!is_answer(name), "{name}");
        }
    }
}
