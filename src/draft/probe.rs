//! Looks for the heading of a table that is not in the expected place: below a title, or in two rows.

use std::fmt;
use std::path::Path;

use super::heading::is_answer;
use super::look::{Looked, Open};
use super::shape::Said;
use super::sniff;

/// So far down a heading is looked for.
const LOOKED: u32 = 12;

/// A heading that fits better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    pub heading: u32,
    pub rows: u32,
}

impl fmt::Display for Fit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "--heading {}", self.heading)?;
        match self.rows {
            1 => Ok(()),
            rows => write!(f, " --heading-rows {rows}"),
        }
    }
}

/// The names that a heading in this place gives; nothing where there is none.
fn names(path: &Path, said: &Said, open: Open<'_>, fit: Fit) -> Option<Vec<String>> {
    let (mut options, _) = sniff::options(path, Some(fit.heading)).ok()?;
    options.sheet.clone_from(&said.sheet);
    options.heading = Some(fit.heading);
    options.heading_rows = fit.rows;
    let table = open(path, &options).ok()?;
    Some(table.columns().iter().map(|column| column.name.trim().to_owned()).collect())
}

/// The place of the heading by which the most columns have a name of their own, if that is more than `known` have; of
/// several the one with the fewest rows, then the first.
pub fn fit(path: &Path, said: &Said, open: Open<'_>, known: usize) -> Option<Fit> {
    let mut best: Option<(usize, Fit)> = None;
    for rows in [1, 2] {
        for heading in 1..=LOOKED {
            let fit = Fit { heading, rows };
            let Some(names) = names(path, said, open, fit) else { continue };
            // The last row of a heading is no person's answers.
            let below = Fit { heading: heading + rows - 1, rows: 1 };
            let last = match rows {
                1 => names.clone(),
                _ => self::names(path, said, open, below).unwrap_or_default(),
            };
            let mut distinct: Vec<&String> = names.iter().filter(|name| !name.is_empty()).collect();
            let named = distinct.len();
            distinct.sort_unstable();
            distinct.dedup();
            let stands = distinct.len() == named && !last.iter().any(|name| is_answer(name));
            if stands && named > best.map_or(known.max(1), |(most, _)| most) {
                best = Some((named, fit));
            }
        }
    }
    best.map(|(_, fit)| fit)
}

/// What a file looks like that nothing can be made of, and what to try.
pub fn hint(looked: &Looked, said: &Said, open: Open<'_>) -> Option<String> {
    let names: Vec<&str> = looked.columns.iter().map(|column| column.name.trim()).collect();
    let filled = names.iter().filter(|name| !name.is_empty()).count();
    let fit = fit(&looked.path, said, open, looked.named().count())?;
    let row = looked.options.heading.or_else(|| {
        let same = |heading: &u32| {
            let found = self::names(&looked.path, said, open, Fit { heading: *heading, rows: 1 });
            found.is_some_and(|found| found.iter().map(String::as_str).eq(names.iter().copied()))
        };
        (1..=LOOKED).find(same)
    });
    let row = row.map_or_else(|| "the heading".to_owned(), |row| format!("row {row}"));
    Some(match filled {
        1 => format!("{row} has one filled cell: it looks like a title; try {fit}"),
        _ => format!("{row} gives fewer names than there are columns; try {fit}"),
    })
}

/// The columns of a file that cannot be drafted, since their heading stands there before or is empty, and what to try.
pub fn unnamed(looked: &Looked, said: &Said, open: Open<'_>, respondent: &str) -> Vec<String> {
    let mut told = Vec::new();
    let (mut again, mut places): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
    let mut count = 0;
    for (place, column) in looked.columns.iter().enumerate() {
        let name = column.name.trim();
        if name.is_empty() {
            // R writes the names of rows into a column without a heading.
            let counts = column.name == respondent || looked.profiles[place].answers() == 0 || place == 0;
            if counts {
                continue;
            }
            places.push((place + 1).to_string());
        } else if looked.place(&column.name) != Some(place) {
            count += 1;
            if !again.contains(&name) {
                again.push(name);
            }
        }
    }
    if count > 0 {
        let names: Vec<String> = again.iter().take(6).map(|name| format!("`{name}`")).collect();
        let columns = match count {
            1 => "column whose heading stands",
            _ => "columns whose headings stand",
        };
        told.push(format!("{count} {columns} there before: {}", names.join(", ")));
    }
    if !places.is_empty() {
        let empty = places.len();
        let columns = if empty == 1 { "column" } else { "columns" };
        told.push(format!(
            "{empty} {columns} with answers and without a heading (number {})",
            places.join(", ")
        ));
    }
    if told.is_empty() {
        return told;
    }
    if let Some(fit) = fit(&looked.path, said, open, looked.named().count()) {
        let last = told.len() - 1;
        told[last] += &format!("; the heading may stand elsewhere: try {fit}");
    }
    told
}
