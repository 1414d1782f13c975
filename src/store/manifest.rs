//! The manifest of a store: counts and digests, no answers.

use std::path::Path;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::layout::FORMAT;

const FILE: &str = "manifest.json";

/// The contents of a store. It is written last, so that a store with a manifest is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of the store's layout; always 1.
    pub format: u32,
    /// The instrument's id.
    pub instrument: String,
    /// Assessments.
    pub rows: u64,
    pub respondents: u64,
    /// Wave id → assessments, for every wave of the evaluation in order.
    pub rows_per_wave: IndexMap<String, u64>,
    /// By bucket.
    pub buckets: Vec<BucketFile>,
    /// BLAKE3 of the data without labels: column names, types, values and reasons. It depends on the number of
    /// buckets too, and on nothing else.
    pub digest: String,
}

/// One bucket's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BucketFile {
    pub file: String,
    pub rows: u64,
    pub respondents: u64,
    /// The file's length.
    pub bytes: u64,
    /// BLAKE3 of the file, labels and all: by it a damaged file is known.
    pub checksum: String,
    /// BLAKE3 of the bucket's data without labels.
    pub digest: String,
}

impl Manifest {
    pub(super) fn read(folder: &Path, instrument: &str) -> Result<Manifest, StoreError> {
        let path = folder.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::Absent {
                    path: folder.to_owned(),
                    instrument: instrument.to_owned(),
                });
            }
            Err(error) => return Err(StoreError::file(&path, "it cannot be read")(error)),
        };
        let manifest: Manifest = serde_json::from_str(&text).map_err(|error| {
            let found = format!("a mistake at line {}, column {}", error.line(), error.column());
            StoreError::damaged(&path, found, format!("the manifest of a store of format {FORMAT}"))
        })?;
        if manifest.format != FORMAT || manifest.instrument != instrument {
            let found = format!("format {} of `{}`", manifest.format, manifest.instrument);
            return Err(StoreError::damaged(&path, found, format!("format {FORMAT} of `{instrument}`")));
        }
        Ok(manifest)
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), StoreError> {
        let path = folder.join(FILE);
        let write = || {
            let text = serde_json::to_string_pretty(self)? + "\n";
            // Under another name first: a manifest is there in full or not at all.
            let new = path.with_extension("json.new");
            std::fs::write(&new, text)?;
            std::fs::rename(&new, &path)
        };
        write().map_err(StoreError::file(&path, "it cannot be written"))
    }

    /// Takes the manifest away before its store is changed.
    pub(super) fn remove(folder: &Path) -> Result<(), StoreError> {
        let path = folder.join(FILE);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(StoreError::file(&path, "it cannot be replaced")(error))
            }
            _ => Ok(()),
        }
    }
}
