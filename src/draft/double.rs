//! Ids that occur several times although each should occur once: how many, and in which rows.

use std::collections::HashMap;

use super::look::{Looked, Open};
use super::unique::key;
use crate::read::Fault;

/// So many pairs of rows are named; the others are counted.
const NAMED: usize = 4;
/// As many ids are remembered at most.
const REMEMBERED: usize = 1_000_000;

/// Ids that come several times. Never the ids themselves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Doubles {
    /// Different ids, and those of them that come several times.
    pub ids: u64,
    pub several: u64,
    /// Where some of them stand first and again: the file's name where there are several files, and the row.
    pub rows: Vec<(String, String)>,
}

impl Doubles {
    /// Whether so few come several times that they are likelier mistakes than waves.
    pub fn are_few(&self) -> bool {
        self.several > 0 && 5 * self.several <= self.ids
    }

    /// `2 of 64 ids come several times (rows 23 and 49, 44 and 69)`.
    pub fn told(&self) -> String {
        let rows: Vec<String> =
            self.rows.iter().map(|(first, again)| format!("{first} and {again}")).collect();
        let more = match self.several.saturating_sub(rows.len() as u64) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let comes = if self.several == 1 { "comes" } else { "come" };
        format!("{} of {} ids {comes} several times (rows {}{more})", self.several, self.ids, rows.join(", "))
    }
}

/// Looks once more for the ids that come several times.
///
/// # Errors
/// A [`Fault`] where a file cannot be read on.
pub fn doubles(files: &[&Looked], respondent: &str, open: Open<'_>) -> Result<Doubles, Fault> {
    // The file and row of each id's first record, and whether it has come again.
    let mut first: HashMap<u64, (usize, u64, bool)> = HashMap::new();
    let mut found = Doubles::default();
    for (file, looked) in files.iter().enumerate() {
        let Some(at) = looked.place(respondent) else { continue };
        let row = |file: usize, row: u64| match files {
            [_] => row.to_string(),
            _ => {
                let name = files[file].path.file_name().map(|name| name.to_string_lossy().into_owned());
                format!("{row} of {}", name.unwrap_or_default())
            }
        };
        looked.each(open, |batch, record| {
            let Some(id) = key(batch.cell(record, at)) else { return };
            let here = batch.row(record);
            let full = first.len() >= REMEMBERED;
            match first.get_mut(&id) {
                Some((_, _, true)) => {}
                Some((of, before, again)) => {
                    *again = true;
                    found.several += 1;
                    if found.rows.len() < NAMED {
                        found.rows.push((row(*of, *before), row(file, here)));
                    }
                }
                None if full => {}
                None => {
                    first.insert(id, (file, here, false));
                }
            }
        })?;
    }
    found.ids = first.len() as u64;
    Ok(found)
}
