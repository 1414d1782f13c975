//! Doubtful rows: rows that look like forms and may not be.
//!
//! They repeat only what never changes (sex, service), as a reshaped file or an unopened form does; or they answer one question and
//! nothing else; or they belong to other people.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use arrow::array::{Array, ArrayRef, AsArray, UInt32Array, make_comparator};
use arrow::compute::SortOptions;
use arrow::datatypes::{DataType, Float64Type, Int64Type, UInt8Type};
use arrow::record_batch::RecordBatch;

use super::checks::{CARRIED_ALONG, OTHER_PEOPLE, SPARSE_FORMS};
use super::finding::Findings;
use crate::dictionary::{Instrument, Reason};
use crate::plan::Action;
use crate::store;

/// So many persons with several answers to an item are needed to say that it never changes.
const SEEN_OFTEN: u64 = 5;

/// The share of a wave's forms, or of persons, that is no accident.
const MANY: f64 = 0.1;

/// Whether answers in two rows of a column differ.
type Differ = Box<dyn Fn(u32, u32) -> bool + Send + Sync>;

fn differ(column: &ArrayRef) -> Option<Differ> {
    let compare = make_comparator(column, column, SortOptions::default()).ok()?;
    Some(Box::new(move |one, other| compare(one as usize, other as usize) != Ordering::Equal))
}

/// Whether two answers are not of one person: another code or text, or a number that is more than two apart. An age that is taken for
/// constant grows from wave to wave.
fn apart(column: &ArrayRef) -> Option<Differ> {
    let column = column.clone();
    match column.data_type() {
        DataType::Int64 => Some(Box::new(move |one, other| {
            let numbers = column.as_primitive::<Int64Type>();
            numbers.value(one as usize).abs_diff(numbers.value(other as usize)) > 2
        })),
        DataType::Float64 => Some(Box::new(move |one, other| {
            let numbers = column.as_primitive::<Float64Type>();
            (numbers.value(one as usize) - numbers.value(other as usize)).abs() > 2.0
        })),
        _ => differ(&column),
    }
}

/// What the rows of a bucket, or of several, say of items that never change within a person.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// By item: whether two answers of one person differ.
    varies: Vec<bool>,
    /// By item: persons with more than one answer.
    repeated: Vec<u64>,
    /// By item: whether two persons answer differently. What is the same for everybody tells nothing of a person.
    between: Vec<bool>,
    /// By item: somebody's answer, copied, so that it holds on to no bucket.
    somebody: Vec<Option<ArrayRef>>,
    /// The items that a row answers, where none of them varies in its bucket, in rows of persons with several → those rows.
    rows: BTreeMap<Vec<usize>, Vec<(u32, u64)>>,
    /// Rows that answer an item which varies.
    others: u64,
    /// Wave → forms, and those that answer three questions or more.
    forms: BTreeMap<u16, (u64, u64)>,
    /// (wave, item) → forms that answer it and nothing else.
    single: BTreeMap<(u16, usize), Vec<(u32, u64)>>,
    /// By constant item: persons with several answers, those whose answers differ, and one of their rows.
    constants: BTreeMap<usize, (u64, u64, (u32, u64))>,
}

impl Carried {
    /// Of a bucket whose `people` are the rows of each person; `place` gives a row's file and line.
    pub(super) fn of<'p>(
        instrument: &Instrument,
        batch: &RecordBatch,
        people: impl Iterator<Item = &'p [u32]> + Clone,
        place: impl Fn(u32) -> (u32, u64),
        wave: impl Fn(u32) -> u16,
    ) -> Carried {
        let items = instrument.items.len();
        let mut carried = Carried {
            varies: vec![false; items],
            repeated: vec![0; items],
            between: vec![false; items],
            somebody: vec![None; items],
            ..Carried::default()
        };
        let columns: Vec<_> = instrument.items.iter().map(|item| batch.column_by_name(&item.name)).collect();
        // A constant item is no question of the form's own: it neither makes a form nor unmakes one.
        let own: Vec<usize> = (0..items).filter(|item| !instrument.items[*item].constant).collect();
        for item in own.iter().copied() {
            let Some(column) = columns[item] else { continue };
            let Some(differ) = differ(column) else { continue };
            let mut somebody = None;
            'people: for person in people.clone().filter(|person| person.len() > 1) {
                let mut answers = person.iter().copied().filter(|row| column.is_valid(*row as usize));
                let Some(first) = answers.next() else { continue };
                carried.between[item] |= differ(*somebody.get_or_insert(first), first);
                let mut several = false;
                for row in answers {
                    several = true;
                    if differ(row, first) {
                        carried.varies[item] = true;
                        break 'people;
                    }
                }
                carried.repeated[item] += u64::from(several);
            }
            carried.somebody[item] = somebody
                .and_then(|row| arrow::compute::take(column, &UInt32Array::from(vec![row]), None).ok());
        }
        let (varying, still): (Vec<usize>, Vec<usize>) =
            own.iter().copied().partition(|item| carried.varies[*item]);
        let reasons: Vec<_> = instrument
            .items
            .iter()
            .map(|item| batch.column_by_name(&store::reason_column(&item.name)))
            .map(|column| column.and_then(|column| column.as_primitive_opt::<UInt8Type>()))
            .collect();
        // "Don't know" and "refused" are no answers, and yet somebody filled the form in.
        let filled_in = [Reason::Unknown, Reason::Refused, Reason::NotApplicable, Reason::Invalid];
        let says = |item: usize, row: u32| {
            let reason = reasons[item].and_then(|reasons| Reason::from_number(reasons.value(row as usize)));
            reason.is_some_and(|reason| filled_in.contains(&reason))
        };
        let has = |item: usize, row: u32| columns[item].is_some_and(|column| column.is_valid(row as usize));
        for item in (0..items).filter(|item| instrument.items[*item].constant) {
            let Some(column) = columns[item] else { continue };
            let Some(apart) = apart(column) else { continue };
            let one = carried.constants.entry(item).or_default();
            for person in people.clone().filter(|person| person.len() > 1) {
                let mut answers = person.iter().copied().filter(|row| column.is_valid(*row as usize));
                let (Some(first), Some(second)) = (answers.next(), answers.next()) else { continue };
                one.0 += 1;
                if let Some(row) = [second].into_iter().chain(answers).find(|row| apart(first, *row)) {
                    one.2 = if one.1 == 0 { place(row) } else { one.2.min(place(row)) };
                    one.1 += 1;
                }
            }
        }
        for person in people {
            for row in person.iter().copied() {
                let mut answered = own.iter().copied().filter(|item| has(*item, row) || says(*item, row));
                let forms = carried.forms.entry(wave(row)).or_default();
                forms.0 += 1;
                match (answered.next(), answered.next()) {
                    // Of one or two questions nobody answers three: there is nothing to compare with, and nothing to keep.
                    (Some(_), None) if own.len() < 3 => {}
                    (Some(item), None) => {
                        carried.single.entry((wave(row), item)).or_default().push(place(row));
                    }
                    _ => forms.1 += u64::from(answered.next().is_some()),
                }
                if varying.iter().any(|item| has(*item, row)) {
                    carried.others += 1;
                } else if person.len() > 1 {
                    let answered: Vec<usize> = still.iter().copied().filter(|item| has(*item, row)).collect();
                    if !answered.is_empty() {
                        carried.rows.entry(answered).or_default().push(place(row));
                    }
                }
            }
        }
        carried
    }

    /// Adds what another bucket says.
    pub(super) fn add(&mut self, other: Carried) {
        if self.varies.is_empty() {
            *self = other;
            return;
        }
        self.varies.iter_mut().zip(other.varies).for_each(|(one, other)| *one |= other);
        self.between.iter_mut().zip(other.between).for_each(|(one, other)| *one |= other);
        for (item, theirs) in other.somebody.into_iter().enumerate() {
            match (&self.somebody[item], theirs) {
                (Some(ours), Some(theirs)) => self.between[item] |= ours.as_ref() != theirs.as_ref(),
                (None, theirs) => self.somebody[item] = theirs,
                (Some(_), None) => {}
            }
        }
        self.repeated.iter_mut().zip(other.repeated).for_each(|(one, other)| *one += other);
        for (items, rows) in other.rows {
            self.rows.entry(items).or_default().extend(rows);
        }
        self.others += other.others;
        for (wave, (all, full)) in other.forms {
            let forms = self.forms.entry(wave).or_default();
            *forms = (forms.0 + all, forms.1 + full);
        }
        for (of, rows) in other.single {
            self.single.entry(of).or_default().extend(rows);
        }
        for (item, (persons, apart, at)) in other.constants {
            let known = self.constants.entry(item).or_default();
            let first = match (known.1, apart) {
                (_, 0) => known.2,
                (0, _) => at,
                _ => known.2.min(at),
            };
            *known = (known.0 + persons, known.1 + apart, first);
        }
    }

    /// Tells of rows that answer nothing but items which never change, where other rows answer more.
    pub(super) fn tell(&self, instrument: &Instrument, findings: &mut [Findings<'_>]) {
        let name = |item: usize| instrument.items[item].name.as_str();
        let questions = instrument.items.iter().filter(|item| !item.constant).count() as u64;
        for ((wave, item), rows) in &self.single {
            let (all, full) = self.forms.get(wave).copied().unwrap_or_default();
            let single = rows.len() as u64;
            // Most others of the wave answer more; where nobody does, so little was asked.
            if full < SEEN_OFTEN || full * 2 <= all - single {
                continue;
            }
            let found = format!(
                "a form that answers {} and nothing else, like {single} of {all} of its wave, while others answer more; expected a form that was filled in",
                name(*item)
            );
            if single >= SEEN_OFTEN && single as f64 > MANY * all as f64 {
                let message = format!(
                    "{found}: say what makes one in the source, form = \"…\"; if these are forms, [intake] sparse_forms = \"report\""
                );
                for (file, row) in rows {
                    findings[*file as usize].add(SPARSE_FORMS, Some(*row), None, message.clone());
                }
            } else if questions >= SEEN_OFTEN {
                let message =
                    format!("{found}; it counts (form = \"…\" in the source says what makes a form)");
                for (file, row) in rows {
                    let findings = &mut findings[*file as usize];
                    findings.add_with(Action::Report, SPARSE_FORMS, Some(*row), None, message.clone());
                }
            }
        }
        for (item, (persons, apart, (file, _))) in &self.constants {
            if *apart < 3 || *apart as f64 <= MANY * *persons as f64 {
                continue;
            }
            let message = format!(
                "differs between the waves of {apart} of {persons} persons ({:.0} %), though the dictionary says that it is constant; expected the same people at all waves: are the ids theirs?",
                100.0 * *apart as f64 / *persons as f64
            );
            findings[*file as usize].add(OTHER_PEOPLE, None, Some(name(*item)), message);
        }
        let still =
            |item: &usize| !self.varies[*item] && self.between[*item] && self.repeated[*item] >= SEEN_OFTEN;
        for (items, rows) in self.rows.iter().filter(|(items, rows)| {
            self.others > 0 && rows.len() as u64 >= SEEN_OFTEN && items.iter().all(still)
        }) {
            let names: Vec<&str> = items.iter().map(|item| instrument.items[*item].name.as_str()).collect();
            let message = format!(
                "a row that answers nothing but {}, which never changes within a person while other rows answer more; expected a form: if it was carried along, say constant = true of it in the dictionary; if the row is a form, [intake] carried_along = \"report\"",
                names.join(", ")
            );
            for (file, row) in rows {
                findings[*file as usize].add(CARRIED_ALONG, Some(*row), None, message.clone());
            }
        }
    }
}
