//! CSV for spreadsheets: the numbers as the table shows them, in the language's form, an interval in two columns.

use crate::dictionary::Language;
use crate::table::{Column, Content, Row, RowKind, Table, mark, number, words};

/// The table as CSV (UTF-8, RFC 4180 but for Norway's separator), with headings and row names in `language`.
///
/// Norwegian: semicolons and decimal commas; English: commas and decimal points, as spreadsheets set to the language expect.
/// Numbers are rounded as in the table and not grouped (`57,5%`); full precision is in the file of estimates. Nobody is 0;
/// the other symbols stand as they are. A section heading becomes the first column of its rows, so that each line can be
/// read by itself. Where numbers are not to be trusted, a last column says of each line which they are and why; the numbers themselves
/// stay numbers, without a mark.
pub fn csv(table: &Table, language: Language) -> String {
    let wide: Vec<bool> = (0..table.columns.len()).map(|column| has_interval(table, column)).collect();
    let sections = table.rows.iter().any(|row| row.kind == RowKind::Section);
    let is_marked = table.rows.iter().flat_map(|row| &row.cells).any(|cell| !cell.notes.is_empty());
    let mut lines = vec![heading(table, &wide, sections, language)];
    let mut section = String::new();
    for row in &table.rows {
        match row.kind {
            RowKind::Section => section = row.heads.first().map_or("", |head| head.get(language)).to_owned(),
            _ => {
                let mut line = line(row, sections.then_some(section.as_str()), &wide, language);
                line.extend(is_marked.then(|| reservations(table, row, language)));
                lines.push(line);
            }
        }
    }
    if is_marked && let Some(heading) = lines.first_mut() {
        heading.push(words::say(language, "csv.reservations", &[]));
    }
    let separator = match language {
        Language::Nb | Language::Nn => ";",
        Language::En => ",",
    };
    let mut text = String::new();
    for line in lines {
        let fields: Vec<String> = line.iter().map(|field| quote(field, separator)).collect();
        text.push_str(&fields.join(separator));
        text.push_str("\r\n");
    }
    text
}

fn has_interval(table: &Table, column: usize) -> bool {
    table.rows.iter().any(|row| matches!(row.cells.get(column), Some(cell) if cell.ends().is_some()))
}

fn heading(table: &Table, wide: &[bool], sections: bool, language: Language) -> Vec<String> {
    let mut line: Vec<String> = Vec::new();
    if sections {
        line.push(words::say(language, "stub.section", &[]));
    }
    line.extend(table.stub.iter().map(|head| head.get(language).to_owned()));
    for (Column { group, label }, wide) in table.columns.iter().zip(wide) {
        let label = full(&Column { group: group.clone(), label: label.clone() }, language);
        match wide {
            true => line.extend(
                ["csv.low", "csv.high"].map(|end| format!("{label} {}", words::say(language, end, &[]))),
            ),
            false => line.push(label),
        }
    }
    line
}

/// The heading of a column with the one over it.
fn full(column: &Column, language: Language) -> String {
    let label = column.label.get(language);
    match column.group.is_empty() {
        true => label.to_owned(),
        false => format!("{}: {label}", column.group.get(language)),
    }
}

/// `Odds ratio, p: There are fewer …`: which numbers of a row are not to be trusted, and why.
fn reservations(table: &Table, row: &Row, language: Language) -> String {
    let said = table.reservations.iter().enumerate().filter_map(|(place, said)| {
        let marked = row.cells.iter().zip(&table.columns).filter(|(cell, _)| cell.notes.contains(&place));
        let columns: Vec<String> = marked.map(|(_, column)| full(column, language)).collect();
        let said = mark::plain(said.get(language)).into_owned();
        (!columns.is_empty()).then(|| format!("{}: {said}", columns.join(", ")))
    });
    said.collect::<Vec<_>>().join(" ")
}

fn line(row: &Row, section: Option<&str>, wide: &[bool], language: Language) -> Vec<String> {
    let mut line: Vec<String> = Vec::new();
    if let Some(section) = section {
        line.push(if row.kind == RowKind::Inner { section.to_owned() } else { String::new() });
    }
    line.extend(row.heads.iter().map(|head| head.get(language).to_owned()));
    for (cell, wide) in row.cells.iter().zip(wide) {
        match &cell.content {
            Content::Number { value, format } => line.push(number::plain(*value, *format, language)),
            Content::Interval { low, high, format } => {
                line.extend([low, high].map(|end| number::plain(*end, *format, language)));
            }
            Content::Text(_) | Content::Partly { .. } => line.push(number::unmarked(cell, language)),
            // A spreadsheet adds up: nobody is 0 there.
            Content::Zero => line.push("0".to_owned()),
            symbol => line.push(symbol.symbol().unwrap_or_default().to_owned()),
        }
        if *wide && cell.ends().is_none() {
            line.push(cell.symbol().unwrap_or_default().to_owned());
        }
    }
    line
}

/// The field with plain spaces, which are what searching and matching expect, in quotes where it needs them.
fn quote(field: &str, separator: &str) -> String {
    let field = field.replace('\u{a0}', " ");
    match field.contains(['"', '\n', '\r']) || field.contains(separator) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field,
    }
}
