//! A store → columns.

use std::fs::File;
use std::path::{Path, PathBuf};

use arrow::array::RecordBatchReader;
use arrow::compute::concat_batches;
use arrow::record_batch::RecordBatch;
use blake3::{Hash, Hasher};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::error::StoreError;
use super::manifest::Manifest;
use super::properties;
use crate::written::suggestion;

/// A store that was opened.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
    manifest: Manifest,
}

impl Store {
    /// Opens `dir/<instrument>/`.
    ///
    /// # Errors
    /// [`StoreError`] where there is no store, or none of this version.
    pub fn open(dir: &Path, instrument: &str) -> Result<Store, StoreError> {
        let folder = dir.join(instrument);
        let manifest = Manifest::read(&folder, instrument)?;
        Ok(Store { folder, manifest })
    }

    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The columns asked for, in the order asked for, of all rows of a bucket. Only these are decoded; the file
    /// is first held against its checksum, so that a damaged one never gives a number.
    ///
    /// # Errors
    /// [`StoreError`] where there is no such bucket or column, or the file is absent or damaged.
    pub fn bucket(&self, bucket: usize, columns: &[&str]) -> Result<RecordBatch, StoreError> {
        let instrument = || self.manifest.instrument.clone();
        let Some(known) = self.manifest.buckets.get(bucket) else {
            let buckets = self.manifest.buckets.len();
            return Err(StoreError::NoBucket { instrument: instrument(), bucket, buckets });
        };
        let path = self.folder.join(&known.file);
        let (bytes, found) = checksum(&path)?;
        if bytes != known.bytes {
            let found = format!("a file of {bytes} bytes");
            return Err(StoreError::damaged(&path, found, format!("{} bytes", known.bytes)));
        }
        if found.to_hex().as_str() != known.checksum {
            let expected = "those of which the manifest has the checksum";
            return Err(StoreError::damaged(&path, "other bytes than were written", expected));
        }

        let damaged = |found: String| StoreError::damaged(&path, found, "a bucket of this store");
        let file = File::open(&path).map_err(StoreError::file(&path, "it cannot be read"))?;
        let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, properties::reader())
            .map_err(|error| damaged(error.to_string()))?;
        let schema = builder.schema().clone();
        let mut indices = Vec::with_capacity(columns.len());
        for column in columns {
            let Ok(index) = schema.index_of(column) else {
                let names = schema.fields().iter().map(|field| field.name().as_str());
                let help = suggestion(column, names).map_or(String::new(), |help| format!("; {help}"));
                let column = (*column).to_owned();
                return Err(StoreError::NoColumn { instrument: instrument(), column, help });
            };
            indices.push(index);
        }
        let mask = ProjectionMask::roots(builder.parquet_schema(), indices.iter().copied());
        let reader = builder
            .with_projection(mask)
            .with_batch_size(usize::try_from(known.rows).unwrap_or(usize::MAX).clamp(1, 1 << 20))
            .build()
            .map_err(|error| damaged(error.to_string()))?;
        let projected = reader.schema();
        let batches = reader.collect::<Result<Vec<_>, _>>().map_err(|error| damaged(error.to_string()))?;
        let batch = concat_batches(&projected, &batches).map_err(|error| damaged(error.to_string()))?;
        if batch.num_rows() as u64 != known.rows {
            return Err(damaged(format!("{} rows, not {}", batch.num_rows(), known.rows)));
        }
        // The file has its columns in its own order.
        let order: Result<Vec<usize>, _> =
            columns.iter().map(|column| batch.schema_ref().index_of(column)).collect();
        order.and_then(|order| batch.project(&order)).map_err(|error| damaged(error.to_string()))
    }
}

/// A file's length and the BLAKE3 of its bytes.
pub(super) fn checksum(path: &Path) -> Result<(u64, Hash), StoreError> {
    let read = || {
        let mut hasher = Hasher::new();
        hasher.update_reader(File::open(path)?)?;
        Ok((hasher.count(), hasher.finalize()))
    };
    read().map_err(StoreError::file(path, "it cannot be read"))
}
