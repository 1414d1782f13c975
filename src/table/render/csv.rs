//! CSV for machines: full precision with a decimal point, symbols where there is no number, an interval in two columns.

use crate::dictionary::Language;
use crate::table::{Cell, Column, Row, RowKind, Table, words};

/// The table as CSV (UTF-8, commas, RFC 4180), with headings and row names in `language`.
///
/// Numbers are not rounded and have a decimal point in every language; shares are 0 … 1. A section heading becomes the first
/// column of its rows, so that each line can be read by itself.
pub fn csv(table: &Table, language: Language) -> String {
    let wide: Vec<bool> = (0..table.columns.len()).map(|column| has_interval(table, column)).collect();
    let sections = table.rows.iter().any(|row| row.kind == RowKind::Section);
    let mut lines = vec![heading(table, &wide, sections, language)];
    let mut section = String::new();
    for row in &table.rows {
        match row.kind {
            RowKind::Section => section = row.heads.first().map_or("", |head| head.get(language)).to_owned(),
            _ => lines.push(line(row, sections.then_some(section.as_str()), &wide, language)),
        }
    }
    let mut text = String::new();
    for line in lines {
        let fields: Vec<String> = line.iter().map(|field| quote(field)).collect();
        text.push_str(&fields.join(","));
        text.push_str("\r\n");
    }
    text
}

fn has_interval(table: &Table, column: usize) -> bool {
    table.rows.iter().any(|row| matches!(row.cells.get(column), Some(Cell::Interval { .. })))
}

fn heading(table: &Table, wide: &[bool], sections: bool, language: Language) -> Vec<String> {
    let mut line: Vec<String> = Vec::new();
    if sections {
        line.push(words::say(language, "stub.section", &[]));
    }
    line.extend(table.stub.iter().map(|head| head.get(language).to_owned()));
    for (Column { group, label }, wide) in table.columns.iter().zip(wide) {
        let label = match group.is_empty() {
            true => label.get(language).to_owned(),
            false => format!("{}: {}", group.get(language), label.get(language)),
        };
        match wide {
            true => line.extend(
                ["csv.low", "csv.high"].map(|end| format!("{label} {}", words::say(language, end, &[]))),
            ),
            false => line.push(label),
        }
    }
    line
}

fn line(row: &Row, section: Option<&str>, wide: &[bool], language: Language) -> Vec<String> {
    let mut line: Vec<String> = Vec::new();
    if let Some(section) = section {
        line.push(if row.kind == RowKind::Inner { section.to_owned() } else { String::new() });
    }
    line.extend(row.heads.iter().map(|head| head.get(language).to_owned()));
    for (cell, wide) in row.cells.iter().zip(wide) {
        match cell {
            Cell::Number { value, .. } => line.push(value.to_string()),
            Cell::Interval { low, high, .. } => line.extend([low.to_string(), high.to_string()]),
            Cell::Text(text) => line.push(text.get(language).to_owned()),
            // A machine adds up: nobody is 0 there.
            Cell::Zero => line.push("0".to_owned()),
            symbol => line.push(symbol.symbol().unwrap_or_default().to_owned()),
        }
        if *wide && !matches!(cell, Cell::Interval { .. }) {
            line.push(cell.symbol().unwrap_or_default().to_owned());
        }
    }
    line
}

fn quote(field: &str) -> String {
    match field.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.to_owned(),
    }
}
