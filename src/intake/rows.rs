//! Records → stored rows: every rule is put to the heading, to each record and to each of its fields, and what
//! its check's action says is done.

use arrow::record_batch::RecordBatch;
use csv::StringRecord;

use super::answer::{Answer, parse};
use super::checks::{CHECKS, Check, Field, Row, Rule};
use super::columns::Columns;
use super::delimited::Span;
use super::error::{IntakeError, Unreadable};
use super::finding::{Finding, Findings, refuse};
use super::header::{Header, Role, Wanted};
use crate::dictionary::{Instrument, Item, Reason};
use crate::plan::{Action, Source, WaveOf};

/// The check that rejected a row, and the item that it was about.
pub(super) type Rejection = (&'static str, Option<String>);

type RowRule = (&'static Check, fn(&Row) -> Option<String>);
type FieldRule = (&'static Check, fn(&Field) -> Option<String>);

/// Takes in the records of one file.
pub(super) struct Rows<'a> {
    source: &'a Source,
    header: &'a Header,
    waves: &'a [String],
    respondent: Option<&'a Wanted>,
    wave: Option<&'a Wanted>,
    items: Vec<(&'a Item, Option<&'a Wanted>)>,
    row_rules: Vec<RowRule>,
    field_rules: Vec<FieldRule>,
    findings: Findings<'a>,
    columns: Columns,
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        source: &'a Source,
        instrument: &'a Instrument,
        header: &'a Header,
        waves: &'a [String],
        findings: Findings<'a>,
    ) -> Rows<'a> {
        let column = |item: &'a Item| header.wanted_for(&Role::Item(item.name.clone()));
        let rules = || CHECKS.iter().flat_map(|check| check.rules.iter().map(move |rule| (*check, rule)));
        Rows {
            source,
            header,
            waves,
            respondent: header.wanted_for(&Role::Respondent),
            wave: header.wanted_for(&Role::Wave),
            items: instrument.items.iter().map(|item| (item, column(item))).collect(),
            row_rules: rules()
                .filter_map(|(check, rule)| match rule {
                    Rule::Row(rule) => Some((check, *rule)),
                    _ => None,
                })
                .collect(),
            field_rules: rules()
                .filter_map(|(check, rule)| match rule {
                    Rule::Field(rule) => Some((check, *rule)),
                    _ => None,
                })
                .collect(),
            findings,
            columns: Columns::new(instrument),
        }
    }

    /// Puts the heading to its rules.
    ///
    /// # Errors
    /// [`IntakeError::Refused`] where a finding stops the run: the rows could not be told apart.
    pub(super) fn check_header(&mut self) -> Result<(), IntakeError> {
        for check in CHECKS {
            for rule in check.rules {
                let Rule::Header(rule) = rule else { continue };
                for breach in rule(self.header) {
                    let item = breach.item.as_deref();
                    match breach.essential {
                        true => self.findings.add_with(Action::Stop, check, None, item, breach.message),
                        false => self.findings.add(check, None, item, breach.message),
                    };
                }
            }
        }
        refuse(self.findings.so_far())
    }

    /// Stores one record, or tells which check rejects it.
    pub(super) fn take_in(&mut self, record: &StringRecord, span: &Span) -> Result<(), Rejection> {
        let text = |wanted: Option<&Wanted>| wanted.map_or("", |wanted| self.header.field(wanted, record));
        let respondent = text(self.respondent);
        let wave = wave(self.source, text(self.wave), self.waves);
        let row = Row {
            span,
            fields: record.len(),
            columns: self.header.names.len(),
            respondent,
            wave,
            source: self.source,
        };
        for (check, rule) in &self.row_rules {
            if let Some(message) = rule(&row) {
                self.findings.add(check, Some(span.line), None, message);
                // Without a shape, an id or a wave there is nothing to store, whatever the action.
                return Err((check.id, None));
            }
        }

        let mut answers = Vec::with_capacity(self.items.len());
        let mut rejection = None;
        for (item, column) in &self.items {
            let Some(column) = column.filter(|column| !column.at.is_empty()) else {
                answers.push(Answer::Missing(Reason::NotAsked));
                continue;
            };
            let text = self.header.field(column, record);
            let format = &self.source.format;
            let mut answer = parse(text, item, format);
            let field = Field { item, text, answer, format };
            for (check, rule) in &self.field_rules {
                let Some(message) = rule(&field) else {
                    continue;
                };
                match self.findings.add(check, Some(span.line), Some(&item.name), message) {
                    Action::SetMissing => answer = Answer::Missing(Reason::Invalid),
                    Action::Reject => {
                        rejection.get_or_insert_with(|| (check.id, Some(item.name.clone())));
                    }
                    Action::Report | Action::Stop => {}
                }
            }
            answers.push(answer);
        }
        match (rejection, wave) {
            (None, Some(wave)) => {
                self.columns.append(respondent, wave, &answers);
                Ok(())
            }
            (Some(rejection), _) => Err(rejection),
            // The check `unknown_wave` has found this row already.
            (None, None) => Err(("unknown_wave", None)),
        }
    }

    /// The stored rows and the findings.
    ///
    /// # Errors
    /// [`IntakeError::Refused`] where a finding stops the run.
    pub(super) fn finish(mut self, rows_read: u64) -> Result<(RecordBatch, Vec<Finding>), IntakeError> {
        for check in CHECKS {
            for rule in check.rules {
                if let Rule::File(rule) = rule
                    && let Some(message) = rule(rows_read)
                {
                    self.findings.add(check, None, None, message);
                }
            }
        }
        refuse(self.findings.so_far())?;
        let origin = self.findings.origin().clone();
        let batch = self.columns.finish().map_err(|_| {
            Unreadable::new(&origin, "columns of different lengths", "as many answers as rows")
        })?;
        Ok((batch, self.findings.into_findings()))
    }
}

/// The wave that a row belongs to, if the evaluation has it.
fn wave<'a>(source: &'a Source, text: &str, waves: &[String]) -> Option<&'a str> {
    let wave = match &source.wave {
        WaveOf::File(wave) => Some(wave),
        WaveOf::Column { values, .. } => {
            values.iter().find(|(written, _)| written == text).map(|(_, wave)| wave)
        }
    };
    wave.filter(|wave| waves.contains(wave)).map(String::as_str)
}
