//! Questions with several answers: one column that holds several codes, or one column for each answer.
//!
//! A question of type `multiple` has one column with the codes of all answers (`1,3`). Every answer becomes a binary item ([`parts`]), named
//! after the question and the code, and read from the same column by [`part_answer`]. Later code never sees the question itself, except as a
//! [`Set`], which names its items together.

use serde::Serialize;

use super::{Code, Item, ItemType, Reason, Text};

/// Items that belong together, each one answer of the same question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Set {
    pub name: String,
    /// The question.
    pub label: Text,
    /// Names of the items, in order.
    pub items: Vec<String>,
}

/// What one item is of the column that it shares with others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// The question's name.
    pub of: String,
    /// The code that stands for this answer.
    pub code: i64,
    /// What stands between two codes; those of [`SEPARATORS`] where none is declared.
    pub separator: Vec<char>,
    /// Every code of the question.
    pub codes: Vec<Code>,
}

/// What stands between two codes where the dictionary does not say, in the order in which they are tried.
pub const SEPARATORS: [char; 5] = [';', ',', '|', '/', ' '];

/// So many pieces of a field are looked at; a field with more is not a list of answers.
const PIECES: usize = 1000;

/// What a field says of one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartAnswer {
    Chosen,
    NotChosen,
    /// Nothing is said of any answer.
    Missing(Reason),
    /// The field holds something that is none of the codes, so that nothing can be said of any answer.
    Unreadable,
}

/// What a trimmed field says of the answer that `item` is; `part` is its [`Item::part_of`].
///
/// An empty field is missing for every answer (with the item's reason for a blank), as is a code that stands for a missing answer.
/// Otherwise the field lists the answers that were chosen, by code, label or other spelling, and those that it does not list were not.
pub fn part_answer(text: &str, item: &Item, part: &Part) -> PartAnswer {
    if text.is_empty() {
        return PartAnswer::Missing(item.blank);
    }
    let missing = |known: &&super::MissingCode| {
        number(text) == Some(known.code) || known.written.iter().any(|spelled| same(spelled, text))
    };
    if let Some(missing) = item.missing.iter().find(missing) {
        return PartAnswer::Missing(missing.reason);
    }
    // One answer by itself, also where its label has a separator in it.
    if let Some(code) = code_of(text, part) {
        return chosen(code == part.code);
    }
    for separator in &part.separator {
        match listed(text, *separator, part) {
            Some(found) => return chosen(found),
            None => continue,
        }
    }
    PartAnswer::Unreadable
}

fn chosen(is_chosen: bool) -> PartAnswer {
    match is_chosen {
        true => PartAnswer::Chosen,
        false => PartAnswer::NotChosen,
    }
}

/// Whether the part's code is among those that `text` lists; `None` where a piece of it is none of the codes. Pieces are joined again
/// as far as that makes a label, since a label may hold the separator.
fn listed(text: &str, separator: char, part: &Part) -> Option<bool> {
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for piece in text.split(separator) {
        if !piece.trim().is_empty() {
            pieces.push((start, start + piece.len()));
        }
        start += piece.len() + separator.len_utf8();
        if pieces.len() > PIECES {
            return None;
        }
    }
    let most = part.codes.iter().flat_map(names).map(|name| name.matches(separator).count()).max();
    let most = 1 + most.unwrap_or_default();
    let (mut at, mut found) = (0, false);
    while at < pieces.len() {
        let upto = pieces.len().min(at + most);
        let longest = (at + 1..=upto).rev().find_map(|end| {
            let joined = text[pieces[at].0..pieces[end - 1].1].trim();
            code_of(joined, part).map(|code| (end, code))
        });
        let (end, code) = longest?;
        found |= code == part.code;
        at = end;
    }
    (!pieces.is_empty()).then_some(found)
}

/// The code that a trimmed text stands for.
fn code_of(text: &str, part: &Part) -> Option<i64> {
    let spelled = part.codes.iter().find(|code| names(code).any(|name| same(name, text)));
    let known = |code: &i64| part.codes.iter().any(|known| known.code == *code);
    spelled.map(|code| code.code).or_else(|| number(text).filter(known))
}

/// The labels of a code and its other spellings.
fn names(code: &Code) -> impl Iterator<Item = &str> {
    let labels = [&code.label.nb, &code.label.nn, &code.label.en].into_iter().flatten();
    labels.chain(&code.written).map(String::as_str)
}

/// A whole number, also written `1.0`, as spreadsheets do. (`1,0` may be two codes.)
fn number(text: &str) -> Option<i64> {
    let whole = text.split_once('.').map_or(text, |(whole, fraction)| {
        let zeros = !fraction.is_empty() && fraction.bytes().all(|digit| digit == b'0');
        if zeros { whole } else { text }
    });
    whole.parse().ok()
}

fn same(one: &str, other: &str) -> bool {
    one.trim().chars().flat_map(char::to_lowercase).eq(other.trim().chars().flat_map(char::to_lowercase))
}

/// One binary item for each code of a question, and the question as their set. `question` has been resolved as if it were nominal.
pub fn parts(question: &Item, separator: &[char]) -> (Vec<Item>, Set) {
    let separator = if separator.is_empty() { &SEPARATORS } else { separator };
    let one = |(place, code): (usize, &Code)| Item {
        name: format!("{}_{}", question.name, code.code),
        label: code.label.clone(),
        section: question.label.clone(),
        kind: ItemType::Binary,
        codes: Code::no_yes(),
        // One finding for an empty field is enough.
        required: question.required && place == 0,
        part_of: Some(Part {
            of: question.name.clone(),
            code: code.code,
            separator: separator.to_vec(),
            codes: question.codes.clone(),
        }),
        ..question.clone()
    };
    let items: Vec<Item> = question.codes.iter().enumerate().map(one).collect();
    let names = items.iter().map(|item| item.name.clone()).collect();
    (items, Set { name: question.name.clone(), label: question.label.clone(), items: names })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::MissingCode;

    fn code(code: i64, label: &str, written: &[&str]) -> Code {
        let written = written.iter().map(|&text| text.to_owned()).collect();
        Code { code, label: Text::same(label), written }
    }

    fn items(separator: &[char]) -> Vec<Item> {
        let label = Text::same("What did you get help with?");
        let missing = MissingCode {
            code: 99,
            reason: Reason::Refused,
            label: Text::same("Would not say"),
            written: vec!["refused".to_owned()],
        };
        let question = Item {
            codes: vec![
                code(1, "Housing", &["H"]),
                code(2, "Food, clothes", &[]),
                code(3, "Health", &[]),
                code(12, "Work", &[]),
            ],
            missing: vec![missing],
            ..Item::bare("help", "help", label, ItemType::Nominal)
        };
        parts(&question, separator).0
    }

    /// What each of the four answers is read as: `1`, `0`, or the reason of its absence.
    fn read(text: &str, separator: &[char]) -> String {
        let of = |item: &Item| match part_answer(text, item, item.part_of.as_ref().unwrap()) {
            PartAnswer::Chosen => "1".to_owned(),
            PartAnswer::NotChosen => "0".to_owned(),
            PartAnswer::Missing(reason) => format!("{} ", reason.name()),
            PartAnswer::Unreadable => "?".to_owned(),
        };
        items(separator).iter().map(of).collect()
    }

    #[test]
    fn codes_stand_between_separators() {
        for text in ["1,3", "1;3", "1 3", "3, 1", "1|3", "1;3;", "3;1;1", "1.0;3.0", " 1 ; 3 "] {
            assert_eq!(read(text.trim(), &[]), "1010", "{text:?}");
        }
        assert_eq!(read("12", &[]), "0001");
        assert_eq!(read("1,2", &[]), "1100");
        assert_eq!(read("2.0", &[]), "0100");
    }

    #[test]
    fn labels_and_spellings_stand_for_codes_also_with_a_separator_in_them() {
        assert_eq!(read("housing,HEALTH", &[]), "1010");
        assert_eq!(read("H;Health", &[]), "1010");
        assert_eq!(read("Food, clothes", &[]), "0100");
        assert_eq!(read("Housing,Food, clothes,Work", &[]), "1101");
        assert_eq!(read("Housing, Food", &[]), "????");
    }

    #[test]
    fn what_is_no_code_is_unreadable_for_every_answer() {
        // 1.3 is what a spreadsheet makes of `1,3` where the comma is its decimal sign.
        for text in ["1,5", "1.3", "13", "1-3", "x", ";", "1;;x", "9223372036854775808"] {
            assert_eq!(read(text, &[]), "????", "{text:?}");
        }
        let many = vec!["1"; 2000].join(";");
        assert_eq!(read(&many, &[]), "????");
    }

    #[test]
    fn nothing_is_said_by_an_empty_field_or_a_missing_code() {
        assert_eq!(read("", &[]), "blank blank blank blank ");
        for text in ["99", "99.0", "Refused"] {
            assert_eq!(read(text, &[]), "refused refused refused refused ", "{text:?}");
        }
        assert_eq!(read("1;99", &[]), "????");
    }

    #[test]
    fn a_declared_separator_is_the_only_one() {
        assert_eq!(read("1#3", &['#']), "1010");
        assert_eq!(read("1,3", &['#']), "????");
    }
}
