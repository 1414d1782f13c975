//! The rows of one bucket, respondent by respondent: which wave each belongs to, which of several counts, and what no
//! single row can tell.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringArray, UInt32Array};
use arrow::compute::{take, take_record_batch};
use arrow::datatypes::{Float64Type, UInt16Type, UInt32Type, UInt64Type};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;

use super::Request;
use super::answer::is_mark;
use super::carried::Carried;
use super::checks::{
    BETWEEN_WAVES, CHECKS, Check, DUPLICATE, IDENTICAL_ROW, NOTHING_CORRECTED, REPLACED_ROW, Rule,
    SUPERSEDED_ROW,
};
use super::finding::Findings;
use super::rows::{FILE, NO_WAVE, ORDER, OWN, ROW, WAVE_PLACE, WHEN};
use super::windows::{Assigned, assign, outermost};
use crate::plan::{Action, Clock, Format, Keep, WaveOf};
use crate::store;

/// A row that is not stored after all: its file and line, and the check that took it out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Dropped {
    pub file: u32,
    pub row: u64,
    pub check: &'static str,
    pub item: Option<String>,
    /// Whether another row stands for it.
    pub merged: bool,
}

/// A form of a respondent who has none at the wave that all are linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unlinked {
    pub respondent: String,
    pub wave: u16,
    pub file: u32,
    pub row: u64,
}

/// What a bucket gave.
pub(super) struct Judged<'a> {
    /// With the store's columns, sorted by respondent and wave.
    pub batch: RecordBatch,
    pub dropped: Vec<Dropped>,
    /// One a file.
    pub findings: Vec<Findings<'a>>,
    /// One a file.
    pub stored: Vec<u64>,
    /// Wave → forms.
    pub forms: Vec<u64>,
    /// Wave → forms of respondents without one at the first wave.
    pub unlinked: Vec<u64>,
    /// The first of them, to look at.
    pub unlinked_forms: Vec<Unlinked>,
    pub carried: Carried,
}

const NOTHING_FOUND: &str = "a correction of no earlier row of the respondent at the wave; expected one (is the id written as there? where the row is a new form, or corrects a blank one, [intake] nothing_corrected = \"report\" takes it in)";

/// So many forms without a link are kept to be looked at, in a bucket.
const LOOKED_AT: usize = 20_000;

/// The rows of a bucket as rules see them.
pub(crate) struct People<'b> {
    pub(crate) batch: &'b RecordBatch,
    /// Rows of `batch` that count, sorted by respondent and wave, one each.
    pub(crate) order: &'b [u32],
    respondents: &'b StringArray,
    pub(crate) request: &'b Request<'b>,
}

/// A row that does not agree with another one of its respondent.
pub(crate) struct Clash {
    /// The row of the batch.
    pub(crate) row: u32,
    pub(crate) item: Option<String>,
    pub(crate) message: String,
}

impl People<'_> {
    /// The rows of each respondent, in the order of their waves.
    pub(crate) fn each(&self) -> impl Iterator<Item = &[u32]> {
        let same = |one: &u32, other: &u32| {
            self.respondents.value(*one as usize) == self.respondents.value(*other as usize)
        };
        self.order.chunk_by(same)
    }

    /// The place of the wave that a row's source gives; `None` where its time told.
    pub(crate) fn wave(&self, row: u32) -> Option<usize> {
        let waves = self.batch.column_by_name(WAVE_PLACE)?.as_primitive::<UInt16Type>();
        Some(waves.value(row as usize)).filter(|wave| *wave != NO_WAVE).map(usize::from)
    }

    /// The column of an item.
    pub(crate) fn column(&self, item: &str) -> Option<&ArrayRef> {
        self.batch.column_by_name(item)
    }
}

struct Columns<'b> {
    respondents: &'b StringArray,
    files: &'b [u32],
    rows: &'b [u64],
}

impl<'b> Columns<'b> {
    fn of(batch: &'b RecordBatch) -> Result<Columns<'b>, ArrowError> {
        Ok(Columns {
            respondents: column(batch, store::RESPONDENT)?.as_string::<i32>(),
            files: column(batch, FILE)?.as_primitive::<UInt32Type>().values(),
            rows: column(batch, ROW)?.as_primitive::<UInt64Type>().values(),
        })
    }
}

fn column<'b>(batch: &'b RecordBatch, name: &str) -> Result<&'b ArrayRef, ArrowError> {
    batch.column_by_name(name).ok_or_else(|| ArrowError::SchemaError(format!("rows without {name}")))
}

/// The first eight bytes of an id: ids sort as these do wherever they differ.
fn beginning(id: &str) -> u64 {
    let mut bytes = [0; 8];
    let known = id.len().min(bytes.len());
    bytes[..known].copy_from_slice(&id.as_bytes()[..known]);
    u64::from_be_bytes(bytes)
}

/// Sorts rows by respondent, and those of one respondent by what `then` gives.
fn sort<K: Ord>(order: &mut Vec<u32>, respondents: &StringArray, then: impl Fn(u32) -> K) {
    let id = |row: u32| respondents.value(row as usize);
    let mut rows: Vec<(u64, u32)> = order.iter().map(|row| (beginning(id(*row)), *row)).collect();
    rows.sort_unstable_by(|(one, row), (other, beside)| {
        // Most ids differ here, and their texts need not be looked up.
        one.cmp(other).then_with(|| (id(*row), then(*row)).cmp(&(id(*beside), then(*beside))))
    });
    order.clear();
    order.extend(rows.into_iter().map(|(_, row)| row));
}

/// Judges the rows of a bucket.
///
/// # Errors
/// [`ArrowError`] where rows cannot be put in order.
pub(super) fn judge<'a>(
    batch: RecordBatch,
    request: &'a Request<'a>,
    origins: &[super::File<'a>],
) -> Result<Judged<'a>, ArrowError> {
    let columns = Columns::of(&batch)?;
    let mut waves: Vec<u16> = column(&batch, WAVE_PLACE)?.as_primitive::<UInt16Type>().values().to_vec();
    let mut findings: Vec<Findings> =
        origins.iter().map(|file| Findings::new(file.origin.clone(), request.on_finding)).collect();
    let mut dropped = Vec::new();

    // Where a wave is told by time, all forms of a respondent must be seen first.
    let mut order: Vec<u32> = (0..batch.num_rows() as u32).collect();
    if waves.contains(&NO_WAVE) {
        sort(&mut order, columns.respondents, |row| row);
        let when = column(&batch, WHEN)?.as_primitive::<Float64Type>();
        let mut out = Vec::new();
        for person in order.chunk_by(|one, other| columns.same(*one, *other)) {
            let timed: Vec<u32> =
                person.iter().copied().filter(|row| waves[*row as usize] == NO_WAVE).collect();
            let days: Vec<f64> = timed.iter().map(|row| when.value(*row as usize)).collect();
            // The sources of a form tell time in one way; those that give their wave hold no time.
            let clock = timed.first().map(|row| &origins[columns.files[*row as usize] as usize].source.wave);
            let clock = match clock {
                Some(WaveOf::Start { clock, .. }) => *clock,
                _ => Clock::Date,
            };
            let start = match clock {
                Clock::Date => days.iter().copied().fold(f64::INFINITY, f64::min),
                Clock::Days => 0.0,
            };
            let since: Vec<f64> = days.iter().map(|day| day - start).collect();
            for (row, assigned) in timed.iter().zip(assign(&since, request.waves)) {
                let at = *row as usize;
                match assigned {
                    Assigned::In(wave) => waves[at] = wave,
                    Assigned::Beside(why) => out.push((*row, why)),
                }
            }
        }
        for (row, why) in out {
            drop_row(&mut findings, &mut dropped, &columns, row, BETWEEN_WAVES, None, why.to_owned());
        }
        order.retain(|row| waves[*row as usize] != NO_WAVE);
    }
    sort(&mut order, columns.respondents, |row| {
        let at = row as usize;
        (waves[at], columns.files[at], columns.rows[at])
    });
    // From here on in order: each person's forms are read one after the other, several times.
    let waves: Vec<u16> = order.iter().map(|row| waves[*row as usize]).collect();
    let ordered = take_record_batch(&batch, &UInt32Array::from(order))?;
    drop(batch);
    let batch = &ordered;
    let columns = Columns::of(batch)?;
    let order: Vec<u32> = (0..batch.num_rows() as u32).collect();

    let mut kept = Vec::with_capacity(order.len());
    for form in order
        .chunk_by(|one, other| columns.same(*one, *other) && waves[*one as usize] == waves[*other as usize])
    {
        // A correction stands after what it corrects.
        let first = columns.files[form[0] as usize] as usize;
        if origins[first].source.updates {
            let row = Some(columns.rows[form[0] as usize]);
            let message = NOTHING_FOUND.to_owned();
            if findings[first].add(NOTHING_CORRECTED, row, None, message) == Action::Reject {
                dropped.extend(form.iter().map(|row| columns.dropped(*row, NOTHING_CORRECTED, None)));
                continue;
            }
        }
        match form {
            [row] => kept.push(*row),
            rows => kept.extend(one_of(rows, batch, &columns, origins, &mut findings, &mut dropped)),
        }
    }
    let people = People { batch, order: &kept, respondents: columns.respondents, request };
    let mut refused = vec![false; batch.num_rows()];
    for check in CHECKS {
        for rule in check.rules {
            let Rule::People(rule) = rule else { continue };
            for clash in rule(&people) {
                let file = &mut findings[columns.files[clash.row as usize] as usize];
                let row = Some(columns.rows[clash.row as usize]);
                let action = file.add(check, row, clash.item.as_deref(), clash.message);
                // Several checks may refuse a row; the first names it.
                if action == Action::Reject && !std::mem::replace(&mut refused[clash.row as usize], true) {
                    dropped.push(columns.dropped(clash.row, check, clash.item));
                }
            }
        }
    }
    kept.retain(|row| !refused[*row as usize]);

    let mut judged = Judged {
        batch: RecordBatch::new_empty(batch.schema()),
        dropped,
        findings,
        stored: vec![0; origins.len()],
        forms: vec![0; request.waves.len()],
        unlinked: vec![0; request.waves.len()],
        unlinked_forms: Vec::new(),
        carried: Carried::default(),
    };
    for row in &kept {
        judged.stored[columns.files[*row as usize] as usize] += 1;
        judged.forms[usize::from(waves[*row as usize])] += 1;
    }
    if let Some(first) = request.linked_to {
        for person in kept.chunk_by(|one, other| columns.same(*one, *other)) {
            if person.iter().any(|row| usize::from(waves[*row as usize]) <= first) {
                continue;
            }
            for row in person {
                let at = *row as usize;
                judged.unlinked[usize::from(waves[at])] += 1;
                if judged.unlinked_forms.len() < LOOKED_AT {
                    judged.unlinked_forms.push(Unlinked {
                        respondent: columns.respondents.value(at).to_owned(),
                        wave: waves[at],
                        file: columns.files[at],
                        row: columns.rows[at],
                    });
                }
            }
        }
    }
    let place = |row: u32| (columns.files[row as usize], columns.rows[row as usize]);
    let each = kept.chunk_by(|one, other| columns.same(*one, *other));
    judged.carried = Carried::of(request.instrument, batch, each, place, |row| waves[row as usize]);
    judged.batch = stored(batch, &kept, &waves, request)?;
    Ok(judged)
}

impl Columns<'_> {
    fn same(&self, one: u32, other: u32) -> bool {
        self.respondents.value(one as usize) == self.respondents.value(other as usize)
    }

    fn dropped(&self, row: u32, check: &'static Check, item: Option<String>) -> Dropped {
        Dropped {
            file: self.files[row as usize],
            row: self.rows[row as usize],
            check: check.id,
            item,
            merged: [IDENTICAL_ROW.id, REPLACED_ROW.id, SUPERSEDED_ROW.id].contains(&check.id),
        }
    }
}

fn drop_row(
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

const SAME: &str = "the same answers as another row of the respondent at the wave; one of them counts";

/// Whether what rows are ordered by is there.
fn tells(order: &str) -> bool {
    !order.is_empty() && !is_mark(order)
}

/// Which of several rows of one respondent and wave counts: a correction before what it corrects, one of those that say the
/// same, the first or the last where a source says so; otherwise none can be told from the others.
fn one_of(
    rows: &[u32],
    batch: &RecordBatch,
    columns: &Columns<'_>,
    files: &[super::File<'_>],
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

/// The rows that count, with the store's columns.
fn stored(
    batch: &RecordBatch,
    kept: &[u32],
    waves: &[u16],
    request: &Request<'_>,
) -> Result<RecordBatch, ArrowError> {
    let items: Vec<usize> = (OWN..batch.num_columns()).collect();
    let (mut respondents, mut items) = (batch.column(0).clone(), batch.project(&items)?);
    if kept.len() < batch.num_rows() {
        let indices = UInt32Array::from(kept.to_vec());
        respondents = take(&respondents, &indices, None)?;
        items = take_record_batch(&items, &indices)?;
    }
    let names: StringArray =
        kept.iter().map(|row| Some(request.waves[usize::from(waves[*row as usize])].id.as_str())).collect();
    let columns =
        [respondents, Arc::new(names) as ArrayRef].into_iter().chain(items.columns().iter().cloned());
    RecordBatch::try_new(Arc::new(store::schema(request.instrument)), columns.collect())
}
