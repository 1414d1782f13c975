//! Reads all files of an instrument once, and writes its buckets.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use rayon::prelude::*;

use super::carried::Carried;
use super::checks::{CHECKS, Rule, SUMS_ROW};
use super::day::is_date_pattern;
use super::error::{IntakeError, Origin, Unreadable};
use super::finding::{Finding, Findings, refuse};
use super::header::Header;
use super::item::FieldRule;
use super::labels::labels_agree;
use super::linked::{Links, look_at_links, look_at_twins};
use super::locate::Located;
use super::people::{Dropped, IdAt, Judged, judge};
use super::rejected::{Rejected, RejectedFile};
use super::rows::{Rows, Taken, field_rules, schema};
use super::sums::{BY_HAND, adds_up};
use super::unread::{Unread, of_file};
use super::{File, FileReport, FormCondition, Request, TakenIn};
use crate::plan::{Action, Encoding, Source};
use crate::read::{self, Block, Options, Table};
use crate::store::{self, Gather, Split, Writer, Written};

/// A source with its files.
pub struct Declared<'a> {
    pub source: &'a Source,
    pub files: Vec<Located>,
    /// The source's `form`.
    pub form: Option<Box<FormCondition<'a>>>,
}

/// One file with what there is to say of it so far.
struct Reading<'a> {
    path: &'a Path,
    captured: &'a [(String, String)],
    form: Option<&'a FormCondition<'a>>,
    report: FileReport,
}

/// Reads and checks the files of an instrument, and writes its store to `dir/<instrument>/` and the rows that are not stored to
/// `rejected`.
///
/// All of a file is looked at before it is refused, so that everything that stops the run is told at once.
///
/// # Errors
/// [`IntakeError::Unreadable`] where a file is not what it is said to be, [`IntakeError::Refused`] where a check stops the run, others
/// where the output cannot be written.
pub fn take_in<'a>(
    request: &'a Request<'a>,
    sources: &'a [Declared<'a>],
    dir: &Path,
    rejected: &Path,
) -> Result<TakenIn, IntakeError> {
    let (files, mut readings) = readings(sources);
    for (file, reading) in files.iter().zip(&readings) {
        if let Some(pattern) = file.source.format.date.iter().find(|pattern| !is_date_pattern(pattern)) {
            let found = format!("the date pattern {pattern:?} in the pipeline");
            return Err(Unreadable::new(
                &reading.report.origin,
                found,
                "a pattern of a whole date, such as %d.%m.%Y",
            )
            .into());
        }
    }
    let rules = field_rules();
    let waves: Vec<String> = request.waves.iter().map(|wave| wave.id.clone()).collect();
    let writer = Writer::new(dir, request.instrument, &waves)?;
    let folder = dir.join(&request.instrument.id);
    let mut rejected = RejectedFile::create(rejected)?;
    let mut rows = 0;
    for (file, reading) in files.iter().zip(&readings) {
        rows += estimated_rows(&*open(file, reading.path)?, reading.path, request.instrument.items.len());
    }
    let buckets = request.buckets.number(rows, request.instrument.items.len());
    let mut gather = Gather::new(&folder, Arc::new(schema(request.instrument)), buckets);
    for (place, file) in files.iter().enumerate() {
        read(request, (place, file), &mut readings[place], &rules, &mut gather, buckets, &mut rejected)?;
    }

    let judged = gather
        .into_buckets()
        .into_par_iter()
        .enumerate()
        .map(|(bucket, gathered)| {
            let batch = gathered.load()?;
            let mut judged =
                judge(batch, request, &files, buckets).map_err(|error| unordered(request, error))?;
            let written = writer.bucket(bucket as u32, &judged.batch)?;
            // A slice, however short, would hold on to all of the bucket.
            judged.batch = RecordBatch::new_empty(judged.batch.schema());
            Ok((judged, written))
        })
        .collect::<Result<Vec<(Judged, Written)>, IntakeError>>()?;
    let (judged, written): (Vec<Judged>, Vec<Written>) = judged.into_iter().unzip();
    let manifest = writer.finish(written)?;

    let mut late: Vec<Findings> =
        files.iter().map(|file| Findings::new(file.origin.clone(), request.on_finding)).collect();
    let mut dropped: Vec<Dropped> = Vec::new();
    let mut carried = Carried::default();
    let mut links = Links::new(request.waves.len());
    let (mut odd, mut plain_ids): (Vec<IdAt>, bool) = (Vec::new(), false);
    for bucket in judged {
        for (place, found) in bucket.findings.into_iter().enumerate() {
            found.into_findings().into_iter().for_each(|finding| late[place].merge(finding));
        }
        for (reading, stored) in readings.iter_mut().zip(&bucket.stored) {
            reading.report.rows_stored += stored;
        }
        dropped.extend(bucket.dropped);
        carried.add(bucket.carried);
        links.add(&bucket.forms, &bucket.unlinked, bucket.unlinked_forms);
        odd.extend(bucket.odd_ids);
        plain_ids |= bucket.plain_ids;
    }
    carried.tell(request.instrument, &mut late);
    look_at_links(request, &links, dir, &mut late)?;
    look_at_twins(request, (&odd, plain_ids), dir, &mut late)?;
    let mut found: Vec<Finding> = Vec::new();
    for (reading, late) in readings.iter_mut().zip(late) {
        let late = late.into_findings_of_buckets();
        found.extend(late.iter().cloned());
        reading.report.findings.extend(late);
    }
    refuse(&found)?;
    dropped.sort_unstable();
    for (place, file) in files.iter().enumerate() {
        let of_file: Vec<&Dropped> =
            dropped.iter().filter(|dropped| dropped.file as usize == place).collect();
        let report = &mut readings[place].report;
        report.rows_merged = of_file.iter().filter(|dropped| dropped.merged).count() as u64;
        report.rows_rejected += of_file.len() as u64 - report.rows_merged;
        keep_raw(file, readings[place].path, &of_file, &mut rejected)?;
    }
    rejected.finish()?;
    Ok(TakenIn { files: readings.into_iter().map(|reading| reading.report).collect(), manifest })
}

fn readings<'a>(sources: &'a [Declared<'a>]) -> (Vec<File<'a>>, Vec<Reading<'a>>) {
    let mut files = Vec::new();
    let mut readings = Vec::new();
    for (of, declared) in sources.iter().enumerate() {
        for located in &declared.files {
            let origin = super::locate::origin(declared.source, &located.path);
            files.push(File { source: declared.source, of, origin: origin.clone() });
            readings.push(Reading {
                path: &located.path,
                captured: &located.captured,
                form: declared.form.as_deref(),
                report: FileReport {
                    origin,
                    rows_read: 0,
                    rows_stored: 0,
                    rows_blank: 0,
                    rows_rejected: 0,
                    rows_merged: 0,
                    findings: Vec::new(),
                    columns_kept: Vec::new(),
                    columns_ignored: Vec::new(),
                },
            });
        }
    }
    (files, readings)
}

/// What the reader of a file must be told.
pub(super) fn options(source: &Source) -> Options {
    let format = &source.format;
    Options {
        delimiter: format.delimiter,
        encoding: format.encoding.map(|encoding| match encoding {
            Encoding::Utf8 => read::Encoding::Utf8,
            Encoding::Windows1252 => read::Encoding::Windows1252,
            Encoding::Latin1 => read::Encoding::Latin1,
        }),
        sheet: format.sheet.clone(),
        heading: format.heading,
        heading_rows: format.heading_rows,
        skip: format.skip,
    }
}

fn open(file: &File<'_>, path: &Path) -> Result<Box<dyn Table>, IntakeError> {
    read::open(path, &options(file.source)).map_err(|fault| Unreadable::of(&file.origin, fault).into())
}

/// About how many rows a file has; where the file does not tell, by its size.
fn estimated_rows(table: &dyn Table, path: &Path, items: usize) -> u64 {
    table.estimated_rows().unwrap_or_else(|| {
        let bytes = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
        // A compressed answer takes about half a byte.
        bytes * 2 / (items as u64 + 4)
    })
}

/// The next blocks of a file, a few for each thread.
fn group(table: &mut dyn Table) -> Result<Vec<Block>, read::Fault> {
    let mut blocks = Vec::new();
    while blocks.len() <= rayon::current_num_threads() {
        match table.next_block()? {
            Some(block) => blocks.push(block),
            None => break,
        }
    }
    Ok(blocks)
}

/// Reads a file through.
fn read<'a>(
    request: &'a Request<'a>,
    (place, file): (usize, &File<'a>),
    reading: &mut Reading<'a>,
    rules: &[FieldRule],
    gather: &mut Gather,
    buckets: u32,
    rejected: &mut RejectedFile,
) -> Result<(), IntakeError> {
    let origin = &file.origin;
    let failed = |fault: read::Fault| IntakeError::from(Unreadable::of(origin, fault));
    let mut table = open(file, reading.path)?;
    let header =
        Header::new(table.columns(), file.source, request.instrument, &request.used_at, reading.captured);
    let mut findings = Findings::new(origin.clone(), request.on_finding);
    let rows =
        Rows::new((file.source, place as u32, origin.clone()), reading.captured, &header, request, rules);
    rows.check_header(&mut findings)?;
    labels_agree(&header, table.columns(), request, &mut findings);
    let mut unread = vec![Unread::default(); request.instrument.items.len()];
    let (mut nobody, mut last_rejected) = (0, 0);
    let mut next = group(&mut *table).map_err(failed)?;
    let mut first = true;
    while !next.is_empty() {
        let now = std::mem::take(&mut next);
        let take = |(block, decoded): (usize, Block)| -> Result<(Taken, Split), IntakeError> {
            let batch = decoded.decode().map_err(failed)?;
            let taken = rows
                .take_in(&*batch, first && block == 0, reading.form)
                .map_err(|error| unordered(request, error))?;
            let (taken, rows) = taken;
            let split = Split::of(rows, buckets).map_err(|error| unordered(request, error))?;
            Ok((taken, split))
        };
        let (taken, following) = rayon::join(
            || now.into_par_iter().enumerate().map(take).collect::<Result<Vec<_>, IntakeError>>(),
            || group(&mut *table),
        );
        for (taken, split) in taken? {
            reading.report.rows_read += taken.read;
            reading.report.rows_blank += taken.blank;
            reading.report.rows_rejected += taken.rejected.len() as u64 - taken.blank;
            for row in &taken.rejected {
                rejected.add(&file.name(), row)?;
                last_rejected = row.row.max(last_rejected);
            }
            taken.findings.into_findings().into_iter().for_each(|finding| findings.merge(finding));
            nobody += taken.nobody;
            for (all, of_batch) in unread.iter_mut().zip(taken.unread) {
                all.add(of_batch);
            }
            gather.add(split)?;
        }
        next = following.map_err(failed)?;
        first = false;
    }
    for remark in table.remarks() {
        findings.merge(Finding {
            check: "file",
            origin: origin.clone(),
            item: None,
            rows: Vec::new(),
            count: 1,
            of: None,
            message: remark,
            action: Action::Report,
        });
    }
    for check in CHECKS {
        for rule in check.rules {
            if let Rule::File(rule) = rule
                && let Some(message) = rule(reading.report.rows_read)
            {
                findings.add(check, None, None, message);
            }
        }
    }
    let sums = match BY_HAND.contains(&reading.report.rows_read) {
        true => adds_up(&mut *open(file, reading.path)?, &header.answers(), &file.source.format),
        false => Ok(None),
    };
    // A row that a word or its id tells has been left out already.
    if let Some((row, columns)) = sums.map_err(failed)?.filter(|(row, _)| *row > last_rejected) {
        let message = format!(
            "the last row has the sums or means of the rows above it in {columns} columns; expected a person's form: delete the row, or leave it out by its id, respondent = {{ column = {:?}, without = [\"…\"] }}",
            file.source.respondent.column
        );
        findings.add(SUMS_ROW, Some(row), None, message);
    }
    of_file(request, file, &reading.report, (nobody, &unread), &mut findings);
    reading.report.columns_kept = header.kept();
    reading.report.columns_ignored = header.ignored();
    let found = findings.into_findings();
    refuse(&found)?;
    reading.report.findings = found;
    Ok(())
}

impl File<'_> {
    /// As rejected rows name it.
    fn name(&self) -> String {
        let Origin { source, file } = &self.origin;
        match self.source.files.len() == 1 && !self.source.file().contains(['*', '{']) {
            true => source.clone(),
            false => format!("{source} ({file})"),
        }
    }
}

/// Puts rows that are not stored after all, as they stand in their file, to those that were not stored at once.
fn keep_raw(
    file: &File<'_>,
    path: &Path,
    dropped: &[&Dropped],
    rejected: &mut RejectedFile,
) -> Result<(), IntakeError> {
    let failed = |fault: read::Fault| IntakeError::from(Unreadable::of(&file.origin, fault));
    let mut left: HashMap<u64, &Dropped> = dropped.iter().map(|dropped| (dropped.row, *dropped)).collect();
    if left.is_empty() {
        return Ok(());
    }
    let mut table = open(file, path)?;
    while !left.is_empty() {
        let Some(block) = table.next_block().map_err(failed)? else { break };
        let batch = block.decode().map_err(failed)?;
        for record in 0..batch.len() {
            if let Some(dropped) = left.remove(&batch.row(record)) {
                let row = Rejected {
                    row: dropped.row,
                    check: dropped.check,
                    item: dropped.item.clone(),
                    raw_record: batch.raw(record),
                };
                rejected.add(&file.name(), &row)?;
            }
        }
    }
    Ok(())
}

fn unordered(request: &Request<'_>, error: ArrowError) -> IntakeError {
    store::StoreError::Arrow { instrument: request.instrument.id.clone(), error }.into()
}
