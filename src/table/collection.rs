//! The tables of a release gathered for one file: a workbook or a document.

use std::ops::Range;

use super::{Content, Table, doubt, mark, withheld, words};
use crate::dictionary::{Language, Text};

/// All tables of a release, in the pipeline's order, with what stands before them.
#[derive(Debug, Clone, Copy)]
pub struct Collection<'a> {
    /// The evaluation's title.
    pub title: &'a Text,
    /// A sentence that goes wherever a table goes, such as that the people are made up; may be empty.
    pub notice: &'a Text,
    pub tables: &'a [Table],
}

impl Collection<'_> {
    /// How to cite it: `Source: Evaluation of …. Computed with utfall 0.1.0.`
    pub fn source(&self, language: Language) -> String {
        let title = self.title.get(language).to_owned();
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let cited = words::say(language, "cite.text", &[("title", title), ("version", version)]);
        words::say(language, "collection.source", &[("source", cited)])
    }

    /// The symbols that stand in any of the tables, in the order in which they are explained.
    pub fn symbols(&self) -> Vec<Content> {
        let stands = |symbol: &Content| self.tables.iter().any(|table| table.symbols().contains(symbol));
        Content::SYMBOLS.into_iter().filter(stands).collect()
    }
}

impl Table {
    /// `Table 4.23 Kinds of user involvement …`: what stands above the table and in lists of tables.
    pub fn caption(&self, language: Language) -> String {
        let name = self.name();
        format!("{} {}", name.get(language), self.title.get(language)).trim().to_owned()
    }

    /// The columns by their common heading, in order: a column without one stands alone.
    pub fn over_headings(&self) -> Vec<(&Text, Range<usize>)> {
        let mut found: Vec<(&Text, Range<usize>)> = Vec::new();
        for (position, column) in self.columns.iter().enumerate() {
            match found.last_mut() {
                Some((group, range)) if !column.group.is_empty() && **group == column.group => {
                    range.end = position + 1;
                }
                _ => found.push((&column.group, position..position + 1)),
            }
        }
        found
    }

    /// [`Table::remarks`] as they are read where numbers carry no ids.
    pub fn plain_remarks(&self, language: Language) -> Vec<String> {
        self.remarks(language).iter().map(|remark| mark::plain(remark).into_owned()).collect()
    }

    /// What stands below the table, its numbers marked: the author's remark, the notes, the reservations with their marks, the columns that
    /// are not shown, the symbols; none of them empty.
    pub fn remarks(&self, language: Language) -> Vec<String> {
        let reservations = self
            .reservations
            .iter()
            .enumerate()
            .map(|(place, said)| format!("{}\u{a0}{}", doubt::raised(place), said.get(language)));
        let above = self.remarks_above(language).into_iter();
        above.chain(reservations).chain(self.remarks_below(language)).collect()
    }

    /// Those that stand before the reservations.
    pub fn remarks_above(&self, language: Language) -> Vec<String> {
        let notes = [&self.note].into_iter().chain(&self.notes).map(|note| note.get(language).to_owned());
        notes.filter(|note| !note.is_empty()).collect()
    }

    /// Those that stand after the reservations.
    pub fn remarks_below(&self, language: Language) -> Vec<String> {
        let rest = [withheld::said(self, language), words::symbols(self, language)];
        rest.into_iter().filter(|note| !note.is_empty()).collect()
    }
}
