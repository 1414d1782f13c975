//! The steps `store.<instrument>`: files of forms → checked → the validated store.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::RunError;
use super::fingerprint::{Parts, digest_of, digest_of_file, meaning_of};
use super::record::{Record, SourceRecord};
use crate::dictionary::Instrument;
use crate::intake::{self, Intake};
use crate::plan::{Plan, Source, WaveOf};
use crate::store::{self, Buckets};

/// The files of one instrument.
pub struct Files<'a> {
    pub instrument: &'a Arc<Instrument>,
    pub sources: Vec<(&'a Source, PathBuf, String)>,
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
                    let path = intake::locate(source, &plan.folder)?;
                    // A file that cannot be read has no digest; reading it says why.
                    let digest = digest_of_file(&path).unwrap_or_default();
                    Ok((source, path, digest))
                })
                .collect::<Result<Vec<_>, RunError>>()?;
            Ok(Files { instrument, sources })
        })
        .collect()
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
            .with("the waves", meaning_of(&plan.waves));
        for (source, _, digest) in &self.sources {
            parts = parts
                .with(format!("the file of {}", source.id), digest.clone())
                .with(format!("the declaration of {}", source.id), digest_of(source));
        }
        parts
    }

    /// Reads and checks the files.
    ///
    /// # Errors
    /// [`RunError::Intake`] where a file is not what was declared, or a check stops the run.
    pub fn read(&self, plan: &Plan) -> Result<Vec<Intake>, RunError> {
        let waves: Vec<String> = plan.waves.iter().map(|wave| wave.id.clone()).collect();
        let read: Vec<_> = self
            .sources
            .par_iter()
            .map(|(source, path, _)| intake::read(source, path, self.instrument, &plan.on_finding, &waves))
            .collect();
        // Of several broken files the first declared is told, whichever thread came first.
        let mut intakes = read.into_iter().collect::<Result<Vec<Intake>, _>>()?;
        intake::across(&mut intakes, self.instrument, &plan.on_finding)?;
        Ok(intakes)
    }

    pub fn records(&self, intakes: &[Intake]) -> Vec<SourceRecord> {
        self.sources
            .iter()
            .zip(intakes)
            .map(|((source, _, digest), intake)| SourceRecord {
                source: source.id.clone(),
                instrument: source.instrument.clone(),
                file: intake.origin.file.clone(),
                digest: digest.clone(),
                rows_read: intake.rows_read,
                rows_stored: intake.rows_stored(),
                rows_rejected: intake.rows_rejected(),
                columns_ignored: intake.columns_ignored.clone(),
                findings: intake.findings.iter().map(ToString::to_string).collect(),
            })
            .collect()
    }
}

/// Where an instrument's store stands in the output.
pub fn store_folder(instrument: &str) -> String {
    format!("restricted/store/{instrument}")
}

/// Writes an instrument's store and its rejected rows, and gives the digest of its data, labels aside.
///
/// # Errors
/// [`RunError`] where they cannot be written.
pub fn write(building: &Path, instrument: &Instrument, intakes: Vec<Intake>) -> Result<String, RunError> {
    let folder = building.join(store_folder(&instrument.id));
    std::fs::create_dir_all(&folder).map_err(super::output::failed(&folder))?;
    intake::write_rejected(&folder.join(REJECTED), &intakes)?;
    let manifest = store::write(&building.join("restricted/store"), instrument, intakes, Buckets::ByRows)?;
    Ok(manifest.digest)
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
    let has = |id: &str| {
        plan.sources.iter().any(|source| match &source.wave {
            WaveOf::File(wave) => wave == id,
            WaveOf::Column { values, .. } => values.iter().any(|(_, wave)| wave == id),
        })
    };
    plan.waves.iter().filter(move |wave| !has(&wave.id)).map(|wave| {
        format!(
            "wave {0}: no source has forms of it, and no table shows it; add a [[source]] with wave = \"{0}\"",
            wave.id
        )
    })
}
