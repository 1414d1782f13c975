//! Second headings: rows below the heading that hold question texts, as survey platforms write them.

use super::answer::parse;
use super::rows::Rows;
use crate::dictionary::ItemType;
use crate::read::{Batch, Cell, shown};

/// So many records after the heading may be headings again.
pub(super) const HEADINGS: usize = 3;

pub(super) const SECOND_HEADING_FOUND: &str = "words in every column that holds numbers or days; expected a form: it looks like a second heading (format = { skip = … } passes over such rows)";

impl Rows<'_> {
    /// Whether a record is words all over where numbers and days are due: question texts, as survey platforms write them below
    /// the heading.
    pub(super) fn is_heading(&self, batch: &dyn Batch, record: usize) -> bool {
        let (mut words, mut telling) = (0_u32, false);
        for reader in &self.items {
            let Some(at) = reader.at else { continue };
            let Cell::Text(text) = batch.cell(record, at) else {
                if batch.cell(record, at) != Cell::Empty {
                    return false;
                }
                continue;
            };
            let same = |other: &str| other.trim().eq_ignore_ascii_case(text.trim());
            let labelled = reader.item.label.written().any(same) || same(&self.header.names[at]);
            telling |= labelled || text.contains('?') || text.contains("{\"ImportId\"");
            if reader.item.kind == ItemType::Text {
                continue;
            }
            if !parse(Cell::Text(text), reader.item, &self.source.format).is_words() {
                return false;
            }
            // `-` stands for an empty field as often as for a question.
            words += u32::from(text.chars().any(char::is_alphabetic));
        }
        words > 1 || (words > 0 && (telling || self.is_id_in_words(batch, record)))
    }

    /// Whether a record's id has no digit, unlike all those after it: a word for an id.
    fn is_id_in_words(&self, batch: &dyn Batch, record: usize) -> bool {
        let Some(at) = self.respondent else { return false };
        let has_digit =
            |record: usize| shown(batch.cell(record, at)).bytes().any(|byte| byte.is_ascii_digit());
        let forms = HEADINGS..batch.len();
        !has_digit(record) && !forms.is_empty() && forms.into_iter().all(has_digit)
    }
}
