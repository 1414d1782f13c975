//! The steps `store.<instrument>`: files of forms → checked → the validated store.

use std::path::Path;
use std::sync::Arc;

use arrow::record_batch::RecordBatch;

use super::fingerprint::{Parts, digest_of, digest_of_file, meaning_of};
use super::record::{FindingRecord, Record, SourceRecord};
use super::{RunError, on_threads};
use crate::cohort;
use crate::dictionary::Instrument;
use crate::intake::{self, Declared, FormCondition, Located, Request};
use crate::plan::{CohortUnit, Source};
use crate::question::Plan;
use crate::store::{self, Buckets, bridge};

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

/// What became of the files of an instrument.
pub struct Taken {
    /// The digest of its data, labels aside.
    pub digest: String,
    /// One a file.
    pub records: Vec<SourceRecord>,
}

impl Files<'_> {
    pub fn parts(&self, plan: &Plan) -> Parts {
        let mut parts = Parts::of_program()
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

    /// Reads and checks the files, and writes the instrument's store below `building`.
    ///
    /// # Errors
    /// [`RunError::Intake`] where a file is not what was declared, or a check stops the run; others where nothing can be written.
    pub fn take_in(&self, plan: &Plan, building: &Path) -> Result<Taken, RunError> {
        let folder = building.join(store_folder(&self.instrument.id));
        std::fs::create_dir_all(&folder).map_err(super::output::failed(&folder))?;
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
        let store = building.join("restricted/store");
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
        Ok(Taken { records: records.collect(), digest: taken.manifest.digest })
    }
}

/// The place of the wave that all forms of an instrument are linked to: the first of a cohort of respondents over several waves.
fn linked_to(plan: &Plan, instrument: &str) -> Option<usize> {
    let linking = plan.cohorts.iter().filter(|cohort| {
        cohort.instrument == instrument && cohort.unit == CohortUnit::Respondent && cohort.waves.len() > 1
    });
    linking.filter_map(|cohort| plan.waves.iter().position(|wave| wave.id == cohort.waves[0])).min()
}

/// Where an instrument's store stands in the output.
pub fn store_folder(instrument: &str) -> String {
    format!("restricted/store/{instrument}")
}

const REJECTED: &str = "rejected.csv";

/// The rejected rows of all instruments.
pub const ALL_REJECTED: &str = "restricted/rejected.csv";

/// The files of an instrument's store, in the order of their names.
///
/// # Errors
/// [`RunError::Output`] where the folder, which has just been written, cannot be listed.
pub fn store_files(building: &Path, instrument: &str) -> Result<Vec<String>, RunError> {
    let folder = store_folder(instrument);
    let path = building.join(&folder);
    let listed = || -> std::io::Result<Vec<String>> {
        let mut files = std::fs::read_dir(&path)?
            .map(|entry| Ok(format!("{folder}/{}", entry?.file_name().to_string_lossy())))
            .collect::<std::io::Result<Vec<String>>>()?;
        files.sort();
        Ok(files)
    };
    Ok(listed().map_err(super::output::failed(&path))?)
}

/// Puts the rejected rows of all instruments into one file, [`ALL_REJECTED`].
///
/// # Errors
/// [`RunError::Output`] where it cannot be written.
pub fn gather_rejected<'i>(
    building: &Path,
    instruments: impl Iterator<Item = &'i str>,
) -> Result<(), RunError> {
    let path = building.join(ALL_REJECTED);
    let mut all = Vec::new();
    for instrument in instruments {
        let part = building.join(store_folder(instrument)).join(REJECTED);
        let rows = std::fs::read(&part).map_err(super::output::failed(&part))?;
        let heading = rows.iter().position(|byte| *byte == b'\n').map_or(rows.len(), |end| end + 1);
        all.extend_from_slice(if all.is_empty() { &rows } else { &rows[heading..] });
    }
    std::fs::write(&path, all).map_err(super::output::failed(&path))?;
    Ok(())
}

/// The records of the sources of an instrument in an earlier run.
pub fn earlier_records<'r>(earlier: Option<&'r Record>, instrument: &str) -> Vec<&'r SourceRecord> {
    earlier
        .into_iter()
        .flat_map(|record| &record.sources)
        .filter(|source| source.instrument == instrument)
        .collect()
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
