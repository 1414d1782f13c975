//! Where a number is shown: the cells of tables, the figures and the sentences that carry an estimate's id.

use std::collections::HashSet;

use super::{Report, Section};
use crate::dictionary::{Language, Text};
use crate::table::mark::{self, Piece};
use crate::table::{Row, RowKind, Table, words};

/// The columns of [`places_csv`]. The first is the id as `utfall explain` takes it.
const COLUMNS: [&str; 6] = ["id", "shown_in", "name", "anchor", "row", "column"];

/// One place at which an estimate is shown, in English where there is English.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The id of the estimate.
    pub id: String,
    /// `table`, `figure`, `note` (below a table) or `sentence`.
    pub shown_in: &'static str,
    /// `Table 4.23`, `Figure 4.A`, or the title of the section that the sentence stands in.
    pub name: String,
    /// What stands after `#` in a link to it on the page.
    pub anchor: String,
    /// The names of the row with the heading above it; empty but in a table.
    pub row: String,
    /// The heading of the column with the one above it; empty but in a table.
    pub column: String,
}

/// All places of a report, each once: its tables with their notes, its figures, the sentences of its sections.
pub(super) fn places(report: &Report<'_>, sections: &[Section]) -> Vec<Place> {
    let mut found = Vec::new();
    for table in report.tables.iter().map(|entry| &entry.table).chain(&report.published) {
        of_table(&mut found, table);
    }
    for figure in report.figures {
        let place = Place {
            id: String::new(),
            shown_in: "figure",
            name: english(&figure.name()),
            anchor: format!("figure-{}", figure.id),
            row: String::new(),
            column: String::new(),
        };
        found.extend(figure.shown().into_iter().map(|id| Place { id: id.to_owned(), ..place.clone() }));
    }
    sections.iter().for_each(|section| of_sentences(&mut found, section));
    let mut seen = HashSet::new();
    found.retain(|place| seen.insert(place.clone()));
    found
}

fn of_table(found: &mut Vec<Place>, table: &Table) {
    let place = |shown_in, row: &str, column: &str| Place {
        id: String::new(),
        shown_in,
        name: english(&table.name()),
        anchor: table.id.clone(),
        row: row.to_owned(),
        column: column.to_owned(),
    };
    let columns: Vec<String> =
        table.columns.iter().map(|column| joined([&column.group, &column.label])).collect();
    let mut section = Text::default();
    for row in &table.rows {
        let Row { kind, heads, cells } = row;
        if *kind == RowKind::Section {
            section = heads.first().cloned().unwrap_or_default();
            continue;
        }
        let above = (*kind == RowKind::Inner).then_some(&section);
        let name = joined(above.into_iter().chain(heads));
        for (cell, column) in cells.iter().zip(&columns) {
            let shown = place("table", &name, column);
            found.extend(cell.of.iter().map(|id| Place { id: id.to_string(), ..shown.clone() }));
        }
    }
    for note in table.remarks(Language::En) {
        for piece in mark::pieces(&note) {
            if let Piece::Number(_, ids) = piece {
                found.extend(ids.into_iter().map(|id| Place { id, ..place("note", "", "") }));
            }
        }
    }
}

/// The numbers of a section's sentences. Each stands in the nearest part of the section that a link leads to.
fn of_sentences(found: &mut Vec<Place>, section: &Section) {
    let title = words::find(Language::En, &format!("report.{}", section.id));
    let name = title.unwrap_or(&section.title).to_owned();
    for (place, part) in section.html.split("<article").enumerate() {
        let own = part.split_once(" id=\"").and_then(|(_, rest)| rest.split_once('"')).filter(|_| place > 0);
        let anchor = own.map_or(section.id, |(anchor, _)| anchor);
        // Notes below a table are told with the table.
        let outside = part.split("<figcaption>").enumerate().map(|(place, part)| match place {
            0 => part,
            _ => part.split_once("</figcaption>").map_or("", |(_, after)| after),
        });
        let marked = outside.flat_map(|part| part.split("<data value=\"").skip(1));
        for ids in marked.filter_map(|after| after.split_once('"')).map(|(ids, _)| read(ids)) {
            found.extend(ids.split(" | ").map(|id| Place {
                id: id.to_owned(),
                shown_in: "sentence",
                name: name.clone(),
                anchor: anchor.to_owned(),
                row: String::new(),
                column: String::new(),
            }));
        }
    }
}

/// An attribute as it was before [`escape`](crate::table::render::escape).
fn read(attribute: &str) -> String {
    let letters = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    letters.iter().fold(attribute.to_owned(), |text, (escaped, letter)| text.replace(escaped, letter))
}

fn joined<'t>(texts: impl IntoIterator<Item = &'t Text>) -> String {
    let said = texts.into_iter().map(english).filter(|text| !text.is_empty());
    said.collect::<Vec<_>>().join(", ")
}

fn english(text: &Text) -> String {
    mark::plain(text.get(Language::En)).into_owned()
}

/// Places as a CSV file with a heading.
///
/// # Errors
/// Where memory cannot be written, which does not happen.
pub fn places_csv(places: &[Place]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for Place { id, shown_in, name, anchor, row, column } in places {
        writer.write_record([id, *shown_in, name, anchor, row, column])?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
