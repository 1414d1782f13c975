//! Examines the rows of one bucket, respondent by respondent: the wave of each row, which of several rows counts, and what only
//! several rows together can show.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, StringArray, UInt32Array};
use arrow::compute::{take, take_record_batch};
use arrow::datatypes::{Float64Type, UInt16Type, UInt32Type, UInt64Type};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;

use super::Request;
use super::carried::Carried;
use super::checks::{
    BETWEEN_WAVES, CHECKS, Check, IDENTICAL_ROW, NOTHING_CORRECTED, REPLACED_ROW, Rule, SUPERSEDED_ROW,
};
use super::corrected::Corrected;
use super::finding::Findings;
use super::identity::is_odd;
use super::rows::{FILE, NO_WAVE, OWN, ROW, WAVE_PLACE, WHEN};
use super::several::{drop_row, one_of};
use super::windows::{Assigned, assign};
use crate::plan::{Action, Clock, WaveOf};
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

/// An id with the form that it stands on, to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct IdAt {
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
    /// The first of them.
    pub unlinked_forms: Vec<IdAt>,
    /// Forms whose id could be that of somebody else but for how it is written.
    pub odd_ids: Vec<IdAt>,
    /// Whether there are others.
    pub plain_ids: bool,
    pub carried: Carried,
}

const NOTHING_FOUND: &str = "a correction of no earlier row of the respondent at the wave; expected one (is the id written as there? where the row is a new form, or corrects a blank one, [intake] nothing_corrected = \"report\" takes it in)";

/// So many forms of a kind are kept to be looked at, in a bucket.
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

pub(super) struct Columns<'b> {
    pub respondents: &'b StringArray,
    pub files: &'b [u32],
    pub rows: &'b [u64],
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
    buckets: u32,
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
    let mut corrected = Corrected::default();
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
            rows => {
                let counting = one_of(rows, batch, &columns, origins, &mut findings, &mut dropped);
                corrected.look(rows, &counting, &(batch, &columns, origins, request), &mut findings);
                kept.extend(counting);
            }
        }
    }
    let with_earlier = corrected.fill(batch)?;
    let batch = with_earlier.as_ref().unwrap_or(batch);
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
        odd_ids: Vec::new(),
        plain_ids: false,
        carried: Carried::default(),
    };
    for row in &kept {
        judged.stored[columns.files[*row as usize] as usize] += 1;
        judged.forms[usize::from(waves[*row as usize])] += 1;
    }
    let id_at = |row: u32| {
        let at = row as usize;
        IdAt {
            respondent: columns.respondents.value(at).to_owned(),
            wave: waves[at],
            file: columns.files[at],
            row: columns.rows[at],
        }
    };
    let looked_at = LOOKED_AT / buckets.max(1) as usize;
    for person in kept.chunk_by(|one, other| columns.same(*one, *other)) {
        if !is_odd(columns.respondents.value(person[0] as usize)) {
            judged.plain_ids = true;
        } else if judged.odd_ids.len() < looked_at {
            judged.odd_ids.extend(person.iter().map(|row| id_at(*row)));
        }
    }
    if let Some(first) = request.linked_to {
        for person in kept.chunk_by(|one, other| columns.same(*one, *other)) {
            if person.iter().any(|row| usize::from(waves[*row as usize]) <= first) {
                continue;
            }
            for row in person {
                judged.unlinked[usize::from(waves[*row as usize])] += 1;
                if judged.unlinked_forms.len() < looked_at {
                    judged.unlinked_forms.push(id_at(*row));
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
    pub fn same(&self, one: u32, other: u32) -> bool {
        self.respondents.value(one as usize) == self.respondents.value(other as usize)
    }

    pub fn dropped(&self, row: u32, check: &'static Check, item: Option<String>) -> Dropped {
        Dropped {
            file: self.files[row as usize],
            row: self.rows[row as usize],
            check: check.id,
            item,
            merged: [IDENTICAL_ROW.id, REPLACED_ROW.id, SUPERSEDED_ROW.id].contains(&check.id),
        }
    }
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
