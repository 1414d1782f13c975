//! Batches of records → rows for the store. Applies every rule to each record and each cell, and does what the check's action says.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Float64Array, StringBuilder, UInt16Array, UInt32Array, UInt64Array,
};
use arrow::compute::filter_record_batch;
use arrow::datatypes::{DataType, Field as ArrowField, Schema};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;

use super::answer::{Answer, parse, plain_number};
use super::checks::{
    BLANK_FORM, CHECKS, Check, RESPONDENT_MISSING, Row, Rule, SECOND_HEADING, TRIAL_ID, UNKNOWN_WAVE,
};
use super::error::{IntakeError, Origin};
use super::finding::{Findings, refuse};
use super::header::{Header, Role, Standing};
use super::heading_again::{HEADINGS, SECOND_HEADING_FOUND};
use super::identity::{is_trial, normal};
use super::item::{Answers, FieldRule, ItemReader};
use super::rejected::Rejected;
use super::unread::Unread;
use super::{FormCondition, Request};
use crate::dictionary::{Instrument, Item, ItemType, Text};
use crate::plan::{Action, Clock, Source, WaveOf};
use crate::read::{Batch, Cell, shown};
use crate::store;

/// The place of a wave that is yet to be told by the respondent's other forms.
pub(super) const NO_WAVE: u16 = u16::MAX;

/// The columns of rows on their way to the store, beyond the items'.
pub(super) const WAVE_PLACE: &str = "(wave)";
pub(super) const FILE: &str = "(file)";
pub(super) const ROW: &str = "(row)";
pub(super) const WHEN: &str = "(when)";
pub(super) const ORDER: &str = "(order)";

/// The columns of rows on their way to the store: respondent, wave's place, file, row, when, order, then the items'.
pub(super) fn schema(instrument: &Instrument) -> Schema {
    let own = [
        ArrowField::new(store::RESPONDENT, DataType::Utf8, false),
        ArrowField::new(WAVE_PLACE, DataType::UInt16, false),
        ArrowField::new(FILE, DataType::UInt32, false),
        ArrowField::new(ROW, DataType::UInt64, false),
        ArrowField::new(WHEN, DataType::Float64, true),
        ArrowField::new(ORDER, DataType::Utf8, true),
    ];
    Schema::new(own.into_iter().chain(store::answers(instrument)).collect::<Vec<_>>())
}

/// The number of columns before the items'.
pub(super) const OWN: usize = 6;

/// So many records are read item by item at a time.
const TILE: usize = 256;

type RowRule = (&'static Check, fn(&Row) -> Option<String>);

/// Takes in the records of one file, batch by batch, on any thread.
pub(super) struct Rows<'a> {
    pub(super) source: &'a Source,
    pub(super) header: &'a Header,
    request: &'a Request<'a>,
    /// The file's place among all of the instrument.
    file: u32,
    origin: Origin,
    pub(super) respondent: Option<usize>,
    wave: Option<usize>,
    order: Option<usize>,
    /// The day of the form as an item, for its patterns and missing codes.
    day: Item,
    pub(super) items: Vec<ItemReader<'a>>,
    /// Whether any of the file's columns holds a question of the form's own.
    asks: bool,
    row_rules: Vec<RowRule>,
    schema: Arc<Schema>,
}

/// What became of a batch.
pub(super) struct Taken<'a> {
    pub read: u64,
    pub blank: u64,
    /// Rows with answers and without an id.
    pub nobody: u64,
    pub rejected: Vec<Rejected>,
    pub findings: Findings<'a>,
    /// One an item.
    pub unread: Vec<Unread>,
}

/// Where rules of fields and rows stand.
pub(super) fn field_rules() -> Vec<FieldRule> {
    let rules = CHECKS.iter().flat_map(|check| check.rules.iter().map(move |rule| (*check, rule)));
    let field = |(check, rule): (&'static Check, &Rule)| match rule {
        Rule::Field(rule) => Some((check, *rule)),
        _ => None,
    };
    rules.filter_map(field).collect()
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        (source, file, origin): (&'a Source, u32, Origin),
        captured: &[(String, String)],
        header: &'a Header,
        request: &'a Request<'a>,
        rules: &'a [FieldRule],
    ) -> Rows<'a> {
        let places = [Role::Respondent, Role::Wave, Role::Order].map(|role| header.place(&role));
        let items: Vec<ItemReader> = request
            .instrument
            .items
            .iter()
            .map(|item| {
                let text = captured.iter().find(|(name, _)| *name == item.name).map(|(_, text)| text.clone());
                let wanted = header.wanted_for(&Role::Item(item.name.clone()));
                let at = wanted.and_then(|wanted| wanted.at.first().copied());
                // What tells whose form it is, or of when, is no answer, nor is what stands beside all waves.
                let beside = wanted.is_some_and(|wanted| wanted.standing == Standing::Every)
                    || at.is_some() && places.contains(&at);
                let column = at.map(|at| header.names[at].as_str());
                ItemReader::new((item, at, column), beside, text, &source.format, rules)
            })
            .collect();
        let mut items: Vec<ItemReader> = items;
        if items.iter().any(|item| item.is_own() && item.item.kind != ItemType::Date) {
            items.iter_mut().for_each(ItemReader::sets_days_aside);
        }
        let row_rules = CHECKS.iter().flat_map(|check| check.rules.iter().map(move |rule| (*check, rule)));
        Rows {
            source,
            header,
            request,
            file,
            origin,
            respondent: header.place(&Role::Respondent),
            wave: header.place(&Role::Wave),
            order: header.place(&Role::Order),
            day: Item::bare("day", "day", Text::default(), ItemType::Date),
            asks: items.iter().any(|item| item.is_own() && !(item.is_box() && source.form.is_some())),
            items,
            row_rules: row_rules
                .filter_map(|(check, rule)| match rule {
                    Rule::Row(rule) => Some((check, *rule)),
                    _ => None,
                })
                .collect(),
            schema: Arc::new(schema(request.instrument)),
        }
    }

    /// Puts the heading to its rules.
    ///
    /// # Errors
    /// [`IntakeError::Refused`] where a finding stops the run: the rows could not be told apart.
    pub(super) fn check_header(&self, findings: &mut Findings<'_>) -> Result<(), IntakeError> {
        for check in CHECKS {
            for rule in check.rules {
                let Rule::Header(rule) = rule else { continue };
                for breach in rule(self.header) {
                    let item = breach.item.as_deref();
                    match breach.action {
                        Some(action) => findings.add_with(action, check, None, item, breach.message),
                        None => findings.add(check, None, item, breach.message),
                    };
                }
            }
        }
        refuse(findings.so_far())
    }

    /// Reads the records of a batch, and gives the rows to be stored; `first` where it is the file's first.
    ///
    /// # Errors
    /// Where the columns cannot be put together, or the source's condition cannot be computed.
    pub(super) fn take_in(
        &self,
        batch: &dyn Batch,
        first: bool,
        form: Option<&FormCondition<'_>>,
    ) -> Result<(Taken<'a>, RecordBatch), ArrowError> {
        let mut findings = Findings::new(self.origin.clone(), self.request.on_finding);
        let mut rejected = Vec::new();
        let mut respondents = StringBuilder::new();
        let (mut waves, mut whens, mut orders) = (Vec::new(), Vec::new(), StringBuilder::new());
        let mut records: Vec<u32> = Vec::with_capacity(batch.len());
        let (mut still_heading, mut blank, mut nobody) = (first, 0, 0);
        for record in 0..batch.len() {
            still_heading &= record < HEADINGS && self.is_heading(batch, record);
            let respondent = self.respondent.map_or_else(String::new, |at| {
                normal(batch.cell(record, at), &self.source.respondent.ignore, &self.source.format.missing)
            });
            let (wave, when) = self.wave(batch, record);
            let row = Row {
                row: batch.row(record),
                last_row: batch.last_row(record),
                fields: batch.fields(record),
                stray_quote: batch.stray_quote(record),
                columns: self.header.names.len(),
                respondent: &respondent,
                wave: wave.is_some(),
                source: self.source,
            };
            let mut breach = match still_heading {
                true => Some((SECOND_HEADING, SECOND_HEADING_FOUND.to_owned())),
                false => self.row_rules.iter().find_map(|(check, rule)| Some((*check, rule(&row)?))),
            };
            // A form that was never opened has no day of its own.
            if breach.as_ref().is_some_and(|(check, _)| check.id == UNKNOWN_WAVE.id)
                && self.asks
                && BLANK_FORM.action(self.request.on_finding) != Action::Report
                && self.items.iter().all(|item| item.is_empty(batch, record))
            {
                breach = Some((BLANK_FORM, BLANK_FOUND.to_owned()));
                blank += 1;
            }
            // Without a shape, an id or a wave there is nothing to store, whatever the action.
            if let Some((check, message)) = breach {
                // An answered form of nobody; empty rows below a table are none.
                nobody += u64::from(
                    check.id == RESPONDENT_MISSING.id
                        && self.items.iter().any(|item| !item.is_empty(batch, record)),
                );
                findings.add(check, Some(row.row), None, message);
                rejected.push(self.rejected(batch, record, check, None));
                continue;
            }
            // The check `unknown_wave` has found rows without one.
            let Some(wave) = wave else {
                rejected.push(self.rejected(batch, record, UNKNOWN_WAVE, None));
                continue;
            };
            if is_trial(&respondent) {
                findings.add(TRIAL_ID, Some(row.row), None, TRIAL_FOUND.to_owned());
            }
            respondents.append_value(&respondent);
            waves.push(wave);
            whens.push(when);
            match self.order.map(|at| shown(batch.cell(record, at))) {
                Some(order) => orders.append_value(order),
                None => orders.append_null(),
            }
            records.push(record as u32);
        }

        let mut answered = vec![!self.asks; records.len()];
        let rows: Vec<u64> = records.iter().map(|record| batch.row(*record as usize)).collect();
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(respondents.finish()),
            Arc::new(UInt16Array::from(waves)),
            Arc::new(UInt32Array::from(vec![self.file; records.len()])),
            Arc::new(UInt64Array::from(rows)),
            Arc::new(Float64Array::from(whens)),
            Arc::new(orders.finish()),
        ];
        let mut refused: Vec<Option<(&'static Check, usize)>> = vec![None; records.len()];
        let mut read: Vec<Answers> = self.items.iter().map(|item| item.answers(records.len())).collect();
        // A few records at a time, item by item: what stands in them stays near the processor.
        for tile in (0..records.len()).step_by(TILE) {
            let of_tile = tile..records.len().min(tile + TILE);
            for (item, answers) in self.items.iter().zip(&mut read) {
                item.read(batch, &records, of_tile.clone(), answers, &mut findings, &mut answered);
            }
        }
        let mut unread = Vec::with_capacity(self.items.len());
        for (place, answers) in read.into_iter().enumerate() {
            unread.push(answers.unread);
            for (record, check) in &answers.rejections {
                refused[*record as usize].get_or_insert((*check, place));
            }
            let (values, reasons) = answers.finish();
            columns.extend([values, reasons]);
        }
        let rows = RecordBatch::try_new(self.schema.clone(), columns)?;
        let mut unfulfilled = vec![false; records.len()];
        if let Some(form) = form {
            let forms = form(&rows).map_err(ArrowError::ComputeError)?;
            for (place, form) in forms.into_iter().enumerate() {
                unfulfilled[place] = answered[place] && !form;
                answered[place] &= form;
            }
        }
        for place in 0..records.len() {
            let record = records[place] as usize;
            if let Some((check, item)) = refused[place] {
                let item = self.items[item].item.name.clone();
                rejected.push(self.rejected(batch, record, check, Some(item)));
            } else if !answered[place] {
                let found = match unfulfilled[place] {
                    true => UNFULFILLED.to_owned(),
                    false => self.blank_found(),
                };
                match findings.add(BLANK_FORM, Some(batch.row(record)), None, found) {
                    Action::Report => answered[place] = true,
                    _ => {
                        blank += 1;
                        rejected.push(self.rejected(batch, record, BLANK_FORM, None));
                    }
                }
            }
        }
        let stored: BooleanArray = refused
            .iter()
            .zip(&answered)
            .map(|(refused, answered)| Some(refused.is_none() && *answered))
            .collect();
        let stored = match stored.false_count() {
            0 => rows,
            _ => filter_record_batch(&rows, &stored)?,
        };
        Ok((Taken { read: batch.len() as u64, blank, nobody, rejected, findings, unread }, stored))
    }

    /// What there is to say of a row without an answer.
    fn blank_found(&self) -> String {
        match self.source.wave {
            WaveOf::Start { clock: Clock::Date, .. } => format!(
                "{BLANK_FOUND}; the respondent's waves are counted from the first form with an answer, whatever the day of this one"
            ),
            _ => BLANK_FOUND.to_owned(),
        }
    }

    fn rejected(
        &self,
        batch: &dyn Batch,
        record: usize,
        check: &'static Check,
        item: Option<String>,
    ) -> Rejected {
        Rejected { row: batch.row(record), check: check.id, item, raw_record: batch.raw(record) }
    }

    /// The place of the wave that a record belongs to, if the evaluation has it, and when the form was filled in: days since
    /// 1970 or since the first form.
    fn wave(&self, batch: &dyn Batch, record: usize) -> (Option<u16>, Option<f64>) {
        let place =
            |id: &str| self.request.waves.iter().position(|wave| wave.id == *id).map(|place| place as u16);
        match &self.source.wave {
            WaveOf::File(wave) => (place(wave), None),
            WaveOf::Column { values, .. } => {
                let cell = self.wave.map_or(Cell::Empty, |at| batch.cell(record, at));
                let found = match cell {
                    Cell::Text(text) => text.trim().to_owned(),
                    other => shown(other),
                };
                let number = |text: &str| text.replace(',', ".").parse::<f64>().ok();
                let known = values.iter().find(|(written, _)| *written == found).or_else(|| {
                    // `1.0` for `1`, as programs write whole numbers that have an empty field in their column.
                    let found = number(&found)?;
                    values.iter().find(|(written, _)| number(written) == Some(found))
                });
                (known.and_then(|(_, wave)| place(wave)), None)
            }
            WaveOf::Start { clock, .. } => {
                let cell = self.wave.map_or(Cell::Empty, |at| batch.cell(record, at));
                let when = match clock {
                    Clock::Date => match parse(cell, &self.day, &self.source.format) {
                        Answer::Date(days) => Some(f64::from(days)),
                        _ => None,
                    },
                    Clock::Days => match cell {
                        Cell::Number(days) => Some(days),
                        Cell::Text(text) => plain_number(text.trim(), &self.source.format),
                        _ => None,
                    },
                };
                (when.map(|_| NO_WAVE), when)
            }
        }
    }
}

const TRIAL_FOUND: &str = "an id such as \"test\", \"demo\" or \"xxx\", which looks like a trial of the form; expected a respondent (respondent = { column = …, without = [\"test\"] } leaves out the rows of an id)";

const BLANK_FOUND: &str = "no answer to any of the form's own questions; expected at least one";

const UNFULFILLED: &str =
    "answers that do not fulfil what the source says of a form; expected its `form` to hold";
