//! The steps `store.<instrument>`: files of forms → checked → the validated store.

use std::path::Path;
use std::sync::Arc;

use arrow::record_batch::RecordBatch;

use super::desk::{Desk, Value};
use super::fingerprint::{Parts, digest_of, digest_of_file, meaning_of};
use super::graph::{Made, Together, Work};
use super::output::failed;
use super::record::{FindingRecord, SourceRecord};
use super::trace::Trace;
use super::{RunError, on_threads};
use crate::cohort;
use crate::dictionary::Instrument;
use crate::intake::{self, Declared, FormCondition, Located, Request};
use crate::plan::{CohortUnit, Source};
use crate::question::Plan;
use crate::store::{self, Buckets, Store, bridge};

/// The files of one instrument.
pub struct Files<'a> {
    pub instrument: &'a Arc<Instrument>,
    /// Each source with its files and their digests.
    pub sources: Vec<(&'a Source, Vec<(Located, String)>)>,
}

/// Where the files of each instrument are, with their digests.
///
/// # Errors
/// [`RunError::Intake`] where a file is absent or cannot be read.
pub fn locate(plan: &Plan) -> Result<Vec<Files<'_>>, RunError> {
    let with_sources = plan.instruments.iter().filter_map(|instrument| {
        let sources: Vec<&Source> =
            plan.sources.iter().filter(|source| source.instrument == instrument.id).collect();
        (!sources.is_empty()).then_some((instrument, sources))
    });
    with_sources
        .map(|(instrument, sources)| {
            let sources = sources
                .into_iter()
                .map(|source| {
                    let located = intake::locate(source, &plan.folder)?.into_iter();
                    // A file that cannot be read has no digest; reading it says why.
                    let files = located.map(|file| {
                        let digest = digest_of_file(&file.path).unwrap_or_default();
                        (file, digest)
                    });
                    Ok((source, files.collect()))
                })
                .collect::<Result<Vec<_>, RunError>>()?;
            Ok(Files { instrument, sources })
        })
        .collect()
}

/// The store of an instrument.
pub struct Stored {
    pub store: Store,
    /// What became of its files, one a file; none where the store is kept.
    pub records: Vec<SourceRecord>,
}

impl<'p> Work<'p> for Files<'p> {
    fn parts(&self, trace: &Trace<'p>) -> Parts {
        let plan = trace.plan;
        let mut parts = Parts::of_numbers()
            .with(
                format!("the codes of the dictionary {}", self.instrument.id),
                meaning_of(self.instrument.as_ref()),
            )
            .with(
                format!("the labels of the dictionary {}", self.instrument.id),
                digest_of(self.instrument.as_ref()),
            )
            .with("what findings lead to", digest_of(&plan.on_finding))
            .with("the waves", meaning_of(&plan.waves))
            .with("the wave that others are linked to", digest_of(&linked_to(plan, &self.instrument.id)));
        for (source, files) in &self.sources {
            let digests: Vec<&str> = files.iter().map(|(_, digest)| digest.as_str()).collect();
            let digest = match digests[..] {
                [digest] => digest.to_owned(),
                _ => digest_of(&digests),
            };
            parts = parts
                .with(format!("the file of {}", source.id), digest)
                .with(format!("the declaration of {}", source.id), digest_of(source));
        }
        parts
    }

    /// Reads and checks the files, and writes the instrument's store.
    fn value(&self, desk: &Desk<'p>) -> Result<Value<'p>, RunError> {
        let records = self.take_in(desk.plan, &desk.building)?;
        let store = Store::open(&desk.building.join(STORES), &self.instrument.id)?;
        Ok(Value::Store(Box::new(Stored { store, records })))
    }

    fn kept(&self, desk: &Desk<'p>) -> Result<Option<Value<'p>>, RunError> {
        let store = Store::open(&desk.building.join(STORES), &self.instrument.id)?;
        Ok(Some(Value::Store(Box::new(Stored { store, records: Vec::new() }))))
    }

    /// The files of the store are written; its output is the digest of its data, labels aside.
    fn make(&self, desk: &Desk<'p>) -> Result<Made, RunError> {
        let output = desk.store(&self.instrument.id)?.manifest().digest.clone();
        let folder = store_folder(&self.instrument.id);
        let path = desk.building.join(&folder);
        let mut made = Made { output, ..Made::default() };
        for entry in std::fs::read_dir(&path).map_err(failed(&path))? {
            let entry = entry.map_err(failed(&path))?;
            let digest = digest_of_file(&entry.path()).map_err(failed(&path))?;
            made.files.insert(format!("{folder}/{}", entry.file_name().to_string_lossy()), digest);
        }
        Ok(made)
    }

    fn tell(&self, value: &Value<'p>, trace: &mut Trace<'p>) {
        if let Value::Store(stored) = value {
            trace.taken(&self.instrument.id, &stored.records);
        }
    }

    fn together(&self) -> Together {
        Together::Instrument(self.instrument.id.clone())
    }

    fn shares(&self) -> Option<&'static str> {
        Some(ALL_REJECTED)
    }
}

impl Files<'_> {
    /// Reads and checks the files, and writes the instrument's store below `building`.
    ///
    /// # Errors
    /// [`RunError::Intake`] where a file is not what was declared, or a check stops the run; others where nothing can be written.
    fn take_in(&self, plan: &Plan, building: &Path) -> Result<Vec<SourceRecord>, RunError> {
        let folder = building.join(store_folder(&self.instrument.id));
        std::fs::create_dir_all(&folder).map_err(failed(&folder))?;
        let used =
            plan.waves.iter().filter(|wave| self.sources.iter().any(|(source, _)| source.has(&wave.id)));
        let request = Request {
            instrument: self.instrument,
            waves: &plan.waves,
            used_at: used.map(|wave| wave.id.clone()).collect(),
            on_finding: &plan.on_finding,
            linked_to: linked_to(plan, &self.instrument.id),
            buckets: Buckets::BySize,
        };
        let none = bridge::to_polars(&RecordBatch::new_empty(Arc::new(store::schema(self.instrument))))
            .map_err(RunError::internal)?;
        for form in self.sources.iter().filter_map(|(source, _)| source.form.as_ref()) {
            cohort::fulfils(form, &none)?;
        }
        let declared: Vec<Declared> = self
            .sources
            .iter()
            .map(|(source, files)| Declared {
                source,
                files: files.iter().map(|(file, _)| file.clone()).collect(),
                form: source.form.as_ref().map(|form| -> Box<FormCondition> {
                    Box::new(move |rows| {
                        let rows = bridge::to_polars(rows).map_err(|error| error.to_string())?;
                        cohort::fulfils(form, &rows).map_err(|error| error.to_string())
                    })
                }),
            })
            .collect();
        let store = building.join(STORES);
        // On threads of its own, whose memory goes to those that link when they have ended.
        let taken = on_threads(|| intake::take_in(&request, &declared, &store, &folder.join(REJECTED)))??;
        let digests =
            self.sources.iter().flat_map(|(source, files)| files.iter().map(move |file| (*source, &file.1)));
        let records = digests.zip(taken.files).map(|((source, digest), file)| SourceRecord {
            source: source.id.clone(),
            instrument: source.instrument.clone(),
            file: file.origin.file,
            digest: digest.clone(),
            rows_read: file.rows_read,
            rows_stored: file.rows_stored,
            rows_blank: file.rows_blank,
            rows_rejected: file.rows_rejected,
            rows_merged: file.rows_merged,
            columns_ignored: file.columns_ignored,
            findings: intake::told(&file.findings),
            found: file.findings.iter().map(|finding| FindingRecord::new(finding, source)).collect(),
        });
        Ok(records.collect())
    }
}

/// The place of the wave that all forms of an instrument are linked to: the first of a cohort of respondents over several waves.
fn linked_to(plan: &Plan, instrument: &str) -> Option<usize> {
    let linking = plan.cohorts.iter().filter(|cohort| {
        cohort.instrument == instrument && cohort.unit == CohortUnit::Respondent && cohort.waves.len() > 1
    });
    linking.filter_map(|cohort| plan.waves.iter().position(|wave| wave.id == cohort.waves[0])).min()
}

/// Where the stores stand in the output.
const STORES: &str = "restricted/store";

fn store_folder(instrument: &str) -> String {
    format!("{STORES}/{instrument}")
}

const REJECTED: &str = "rejected.csv";

/// The rejected rows of all instruments.
pub const ALL_REJECTED: &str = "restricted/rejected.csv";

/// The rejected rows of all instruments, as one file.
///
/// # Errors
/// [`RunError::Output`] where an instrument's cannot be read.
pub fn all_rejected(desk: &Desk<'_>) -> Result<Vec<u8>, RunError> {
    let mut all = Vec::new();
    for instrument in &desk.plan.instruments {
        let part = desk.building.join(store_folder(&instrument.id)).join(REJECTED);
        if !desk.plan.sources.iter().any(|source| source.instrument == instrument.id) {
            continue;
        }
        let rows = std::fs::read(&part).map_err(failed(&part))?;
        let heading = rows.iter().position(|byte| *byte == b'\n').map_or(rows.len(), |end| end + 1);
        all.extend_from_slice(if all.is_empty() { &rows } else { &rows[heading..] });
    }
    Ok(all)
}

/// What is to be said of waves that no source has forms of: they are in no table, and a source may have been forgotten.
pub fn without_forms(plan: &Plan) -> impl Iterator<Item = String> + '_ {
    let has = |id: &str| plan.sources.iter().any(|source| source.has(id));
    plan.waves.iter().filter(move |wave| !has(&wave.id)).map(|wave| {
        format!(
            "wave {0}: no source has forms of it, and no table shows it; add a [[source]] with wave = \"{0}\"",
            wave.id
        )
    })
}
