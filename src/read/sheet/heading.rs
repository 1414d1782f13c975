//! The heading of a sheet's table: one row of names, or several that are joined.

use super::super::batch::raw;
use super::super::{Fault, Options, OwnedCell};
use super::rows::{Region, Row, Rows};

/// The names of a table, and where its records begin.
#[derive(Debug, PartialEq)]
pub(super) struct Heading {
    /// The column of the first name, from 0.
    pub first: u32,
    /// One a column, trimmed; empty where the heading is.
    pub names: Vec<String>,
    /// The first row after the heading, where it has been read already.
    pub next: Option<Row>,
}

impl Heading {
    /// Reads the heading's rows. `merged` gives the merged cells that do not come with the rows.
    ///
    /// # Errors
    /// A [`Fault`] where there is no such row, or nothing in it.
    pub(super) fn read(
        rows: &mut dyn Rows,
        merged: Vec<Region>,
        options: &Options,
    ) -> Result<Heading, Fault> {
        let first = loop {
            match (rows.next_row()?, options.heading) {
                (Some(row), Some(wanted)) if row.number < wanted => {}
                (Some(row), None) => break row,
                (Some(row), Some(wanted)) if row.number == wanted => break row,
                (_, Some(wanted)) => {
                    return Err(Fault::new(format!("nothing in row {wanted}"), "the heading there")
                        .help("say which row of the sheet is the heading: heading = 1 is the first"));
                }
                (None, None) => return Err(Fault::new("an empty sheet", "a heading and records")),
            }
        };
        let after = first.number.saturating_add(options.heading_rows.max(1));
        let mut heading = vec![first];
        let next = loop {
            match rows.next_row()? {
                Some(row) if row.number < after => heading.push(row),
                next => break next,
            }
        };
        let within = heading[0].number..after;
        let of_rows = heading.iter().flat_map(|row| row.merged.iter().copied());
        let mut regions: Vec<Region> = of_rows.chain(merged).collect();
        regions.retain(|region| within.contains(&region.rows.0));
        let (first, names) = names(&heading, &regions, after);
        match names.is_empty() {
            true => Err(Fault::new(format!("no name in row {}", within.start), "the names of the columns")),
            false => Ok(Heading { first, names, next }),
        }
    }
}

/// The first column, and the joined names from there on.
fn names(rows: &[Row], regions: &[Region], after: u32) -> (u32, Vec<String>) {
    let columns = || rows.iter().flat_map(|row| row.cells.iter().map(|(column, _)| *column));
    let (Some(first), Some(last)) = (columns().min(), columns().max()) else { return (0, Vec::new()) };
    let reach = regions.iter().filter(|region| region.columns.0 <= last).map(|region| region.columns.1);
    // No further than a sheet is wide, whatever a damaged file merges.
    let last = last.max(reach.max().unwrap_or(0)).min(super::rows::MAX_COLUMNS - 1);
    let mut names = vec![String::new(); (last - first + 1) as usize];
    let lines: Vec<Vec<String>> = rows.iter().map(|row| line(row, regions, first, names.len())).collect();
    let carried = |line: usize| {
        let row = &rows[line];
        // A row whose merged cells the file tells of needs no guess.
        let told =
            regions.iter().any(|region| region.rows.0 == row.number && region.columns.0 < region.columns.1);
        row.number + 1 < after && !told
    };
    for line in 0..lines.len() {
        let mut previous = "";
        for column in 0..names.len() {
            let mut part = lines[line][column].as_str();
            let below = lines[line + 1..].iter().any(|lower| !lower[column].is_empty());
            if part.is_empty() && below && carried(line) && rows.len() > 1 {
                part = previous;
            } else if !part.is_empty() {
                previous = part;
            }
            let name = &mut names[column];
            if !part.is_empty() {
                if !name.is_empty() {
                    name.push(' ');
                }
                name.push_str(part);
            }
        }
    }
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    (first, names)
}

/// The texts of a heading's row, one a column; a merged cell's text stands in all its columns.
fn line(row: &Row, regions: &[Region], first: u32, columns: usize) -> Vec<String> {
    let mut texts = vec![String::new(); columns];
    for (column, cell) in &row.cells {
        if let Some(slot) = texts.get_mut((column - first) as usize) {
            *slot = name(cell);
        }
    }
    for region in regions.iter().filter(|region| region.rows.0 == row.number) {
        let Some(text) = row.cell(region.columns.0).map(name) else { continue };
        for column in region.columns.0 + 1..=region.columns.1 {
            if let Some(slot) = column.checked_sub(first).and_then(|column| texts.get_mut(column as usize)) {
                slot.clone_from(&text);
            }
        }
    }
    texts
}

fn name(cell: &OwnedCell) -> String {
    match cell {
        OwnedCell::Text(text) => text.trim().to_owned(),
        OwnedCell::Fault(_) => String::new(),
        cell => raw(cell.cell()),
    }
}
