//! Files of forms taken in, and what came of them.

use std::fmt;
use std::path::{Path, PathBuf};

use arrow::array::RecordBatch;
use arrow::compute::concat_batches;
use utfall::dictionary::{Instrument, Text};
use utfall::intake::{self, Declared, FileReport, Finding, IntakeError, Located, Request};
use utfall::plan::{Action, Limits, OnFinding, Source, Wave};
use utfall::store::{Buckets, Manifest, Store};

/// A row that was not stored, as `rejected.csv` has it.
#[derive(Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The source, with its file where it has several.
    pub source: String,
    pub row: u64,
    pub check: String,
    pub item: Option<String>,
    pub raw_record: String,
}

/// Without the values.
impl fmt::Debug for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {:?}", self.row, self.check, self.item)
    }
}

/// One instrument's files, taken in.
pub struct Intake {
    pub files: Vec<FileReport>,
    pub rejected: Vec<Rejected>,
    /// All stored rows, by respondent and wave.
    pub batch: RecordBatch,
    pub manifest: Manifest,
}

impl fmt::Debug for Intake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.files)
    }
}

impl Intake {
    pub fn findings(&self) -> Vec<&Finding> {
        self.files.iter().flat_map(|file| &file.findings).collect()
    }

    /// Rows read, stored, blank, rejected and merged.
    pub fn rows(&self) -> [u64; 5] {
        let sum = |rows: fn(&FileReport) -> u64| self.files.iter().map(rows).sum();
        [
            sum(|file| file.rows_read),
            sum(|file| file.rows_stored),
            sum(|file| file.rows_blank),
            sum(|file| file.rows_rejected),
            sum(|file| file.rows_merged),
        ]
    }
}

/// What findings lead to; nothing stops for how much was not read or linked.
pub fn actions(actions: &[(&str, Action)]) -> OnFinding {
    // Small made-up files look doubtful in ways that are no matter of the test.
    let doubtful = ["carried_along", "other_people", "sparse_forms"].map(|id| (id, Action::Report));
    OnFinding {
        actions: actions.iter().chain(&doubtful).map(|(id, action)| ((*id).into(), *action)).collect(),
        limits: Limits { unread: 1.0, unlinked: 1.0 },
    }
}

pub fn waves(ids: &[&str]) -> Vec<Wave> {
    let wave = |(place, id): (usize, &&str)| Wave {
        id: (*id).to_owned(),
        label: Text::same(id),
        month: 6.0 * place as f64,
        number: 6 * place as i64,
        window: None,
    };
    ids.iter().enumerate().map(wave).collect()
}

/// Takes in files: each source with the paths of its files.
pub fn take_in(
    instrument: &Instrument,
    sources: &[(&Source, Vec<PathBuf>)],
    on_finding: &OnFinding,
    waves: &[Wave],
    buckets: Buckets,
) -> Result<Intake, IntakeError> {
    let folder = tempfile::tempdir().unwrap();
    take_in_at(folder.path(), instrument, sources, on_finding, waves, buckets)
}

/// The same, with the store in `folder`.
pub fn take_in_at(
    folder: &Path,
    instrument: &Instrument,
    sources: &[(&Source, Vec<PathBuf>)],
    on_finding: &OnFinding,
    waves: &[Wave],
    buckets: Buckets,
) -> Result<Intake, IntakeError> {
    let used = |wave: &&Wave| sources.iter().any(|(source, _)| source.has(&wave.id));
    let request = Request {
        instrument,
        waves,
        used_at: waves.iter().filter(used).map(|wave| wave.id.clone()).collect(),
        on_finding,
        linked_to: None,
        buckets,
    };
    let located = |path: &PathBuf| Located { path: path.clone(), captured: Vec::new() };
    let declared: Vec<Declared> = sources
        .iter()
        .map(|(source, paths)| Declared { source, files: paths.iter().map(located).collect(), form: None })
        .collect();
    let rejected = folder.join("rejected.csv");
    let taken = intake::take_in(&request, &declared, folder, &rejected)?;
    let store = Store::open(folder, &instrument.id).unwrap();
    let mut columns = vec!["respondent".to_owned(), "wave".to_owned()];
    for item in &instrument.items {
        columns.extend([item.name.clone(), format!("{}.reason", item.name)]);
    }
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let batches: Vec<RecordBatch> =
        (0..taken.manifest.buckets.len()).map(|bucket| store.bucket(bucket, &columns).unwrap()).collect();
    let batch = concat_batches(batches[0].schema_ref(), &batches).unwrap();
    Ok(Intake { files: taken.files, rejected: read_rejected(&rejected), batch, manifest: taken.manifest })
}

fn read_rejected(path: &Path) -> Vec<Rejected> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        Rejected {
            source: record[0].to_owned(),
            row: record[1].parse().unwrap(),
            check: record[2].to_owned(),
            item: Some(record[3].to_owned()).filter(|item| !item.is_empty()),
            raw_record: record[4].to_owned(),
        }
    });
    rows.collect()
}
