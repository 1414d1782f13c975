//! Chooses which of several rows of one respondent at one wave counts.

use arrow::array::AsArray;
use arrow::record_batch::RecordBatch;

use super::File;
use super::answer::is_mark;
use super::checks::{Check, DUPLICATE, IDENTICAL_ROW, REPLACED_ROW, SUPERSEDED_ROW};
use super::finding::Findings;
use super::people::{Columns, Dropped};
use super::rows::{ORDER, OWN};
use super::windows::outermost;
use crate::plan::{Action, Format, Keep};

const SAME: &str = "the same answers as another row of the respondent at the wave; one of them counts";

/// Whether what rows are ordered by is there.
fn tells(order: &str) -> bool {
    !order.is_empty() && !is_mark(order)
}

/// Which of several rows of one respondent and wave counts: a correction before what it corrects, one of those that say the
/// same, the first or the last where a source says so; otherwise none can be told from the others.
pub(super) fn one_of(
    rows: &[u32],
    batch: &RecordBatch,
    columns: &Columns<'_>,
    files: &[File<'_>],
    findings: &mut [Findings<'_>],
    dropped: &mut Vec<Dropped>,
) -> Vec<u32> {
    let file_of = |row: u32| columns.files[row as usize];
    let source_of = |row: u32| files[file_of(row) as usize].source;
    let mut left = rows.to_vec();
    // Rows stand in the order of their files: the last correction counts before all earlier sources.
    if let Some(last) = left.iter().rev().copied().find(|row| source_of(*row).updates) {
        let correction = files[file_of(last) as usize].of;
        let (newest, earlier): (Vec<u32>, Vec<u32>) =
            left.into_iter().partition(|row| files[file_of(*row) as usize].of >= correction);
        let by = &files[file_of(last) as usize].origin.file;
        for row in earlier {
            drop_row(
                findings,
                dropped,
                columns,
                row,
                REPLACED_ROW,
                None,
                format!("a row that {by} corrects; that one counts"),
            );
        }
        left = newest;
    }
    let same = |one: u32, other: u32| {
        batch.columns()[OWN..]
            .iter()
            .all(|column| column.slice(one as usize, 1) == column.slice(other as usize, 1))
    };
    // Before identical rows are put together: of three of which the first and the last say the same, the last is not the second.
    let keep = source_of(left[0]).keep.as_ref();
    let keep = keep.filter(|keep| left.iter().all(|row| source_of(*row).keep.as_ref() == Some(*keep)));
    if let Some(keep) = keep
        && let Some(chosen) = counting(keep, &left, batch, &source_of(left[0]).format, &same)
    {
        let which = if keep.last { "last" } else { "first" };
        for row in left.into_iter().filter(|row| *row != chosen) {
            let (check, message) = match same(chosen, row) {
                true => (IDENTICAL_ROW, SAME.to_owned()),
                false => (
                    SUPERSEDED_ROW,
                    format!(
                        "a row of which another counts, the {which} of the respondent at the wave, as the pipeline says"
                    ),
                ),
            };
            drop_row(findings, dropped, columns, row, check, None, message);
        }
        return vec![chosen];
    }
    let mut different: Vec<u32> = Vec::new();
    for row in left {
        match different.iter().any(|known| same(*known, row)) {
            false => different.push(row),
            true => drop_row(findings, dropped, columns, row, IDENTICAL_ROW, None, SAME.to_owned()),
        }
    }
    if different.len() == 1 {
        return different;
    }
    let mut left = Vec::new();
    for row in &different {
        let elsewhere = different.iter().find(|other| file_of(**other) != file_of(*row));
        let found = "the respondent has another assessment at the same wave, with other answers";
        let message = match (keep.and_then(|keep| keep.by.as_deref()), elsewhere) {
            (Some(by), _) => format!(
                "{found}, and the column {by:?} does not tell which of them counts: it is empty, the same, or written in several ways; expected one"
            ),
            (None, Some(other)) => format!(
                "{found} in {}; expected one (where that file corrects this one or the other way about, the later source says updates = true)",
                files[file_of(*other) as usize].origin.file
            ),
            (None, None) => format!(
                "{found}; expected one (is {:?} the id of a person, and are all rows of one wave? wave_column or wave_by in the source tells waves apart, keep = \"last\" lets the last row count)",
                source_of(*row).respondent.column
            ),
        };
        let at = *row as usize;
        match findings[file_of(*row) as usize].add(DUPLICATE, Some(columns.rows[at]), None, message) {
            Action::Reject => dropped.push(columns.dropped(*row, DUPLICATE, None)),
            // The run stops; which one would be stored does not matter.
            _ if left.is_empty() => left.push(*row),
            _ => {}
        }
    }
    left
}

/// The row that counts by a source's `keep`, where its order tells: rows without a value to order by are neither first nor last, unless
/// none has one; of two at the same place that say different things none can be told from the other.
fn counting(
    keep: &Keep,
    rows: &[u32],
    batch: &RecordBatch,
    format: &Format,
    same: &impl Fn(u32, u32) -> bool,
) -> Option<u32> {
    let in_file = || if keep.last { rows.last() } else { rows.first() }.copied();
    if keep.by.is_none() {
        // Rows stand in the order of their files.
        return in_file();
    }
    let orders = batch.column_by_name(ORDER)?.as_string::<i32>();
    let order = |row: u32| orders.value(row as usize);
    let timed: Vec<u32> = rows.iter().copied().filter(|row| tells(order(*row))).collect();
    if timed.is_empty() {
        return in_file();
    }
    let texts: Vec<&str> = timed.iter().map(|row| order(*row)).collect();
    let outermost: Vec<u32> =
        outermost(&texts, keep.last, format)?.into_iter().map(|place| timed[place]).collect();
    let chosen = *if keep.last { outermost.last() } else { outermost.first() }?;
    outermost.iter().all(|row| same(chosen, *row)).then_some(chosen)
}

/// Takes a row out, and tells why.
pub(super) fn drop_row(
    findings: &mut [Findings<'_>],
    dropped: &mut Vec<Dropped>,
    columns: &Columns<'_>,
    row: u32,
    check: &'static Check,
    item: Option<String>,
    message: String,
) {
    let file = columns.files[row as usize] as usize;
    findings[file].add(check, Some(columns.rows[row as usize]), item.as_deref(), message);
    dropped.push(columns.dropped(row, check, item));
}
