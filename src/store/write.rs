//! Checked rows, bucket by bucket → a store.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::Schema;
use arrow::error::ArrowError;
use blake3::Hash;
use indexmap::IndexMap;
use parquet::arrow::ArrowWriter;

use super::error::StoreError;
use super::layout::{FORMAT, bucket_file, described};
use super::manifest::{BucketFile, Manifest};
use super::schema::{RESPONDENT, WAVE};
use super::{digest, properties};
use crate::dictionary::Instrument;

/// A store that is being written.
pub struct Writer<'a> {
    folder: PathBuf,
    instrument: &'a Instrument,
    schema: Arc<Schema>,
    waves: Vec<String>,
}

/// A bucket that has been written.
pub struct Written {
    file: BucketFile,
    digest: Hash,
    rows_per_wave: Vec<u64>,
}

impl<'a> Writer<'a> {
    /// Begins the store of an instrument in `dir/<instrument>/`, in place of what was there. `waves` are the evaluation's in
    /// order. Until [`Writer::finish`] the folder has no manifest, and cannot be opened as a store.
    ///
    /// # Errors
    /// [`StoreError`] where an item has the name of one of the store's own columns, or the folder cannot be written.
    pub fn new(dir: &Path, instrument: &'a Instrument, waves: &[String]) -> Result<Writer<'a>, StoreError> {
        let own = [RESPONDENT, WAVE];
        if let Some(item) = instrument.items.iter().find(|item| own.contains(&item.name.as_str())) {
            let (instrument, item) = (instrument.id.clone(), item.name.clone());
            return Err(StoreError::Reserved { instrument, item });
        }
        let folder = dir.join(&instrument.id);
        std::fs::create_dir_all(&folder).map_err(StoreError::file(&folder, "the folder cannot be made"))?;
        Manifest::remove(&folder)?;
        remove_buckets(&folder)?;
        let schema = Arc::new(described(instrument));
        Ok(Writer { folder, instrument, schema, waves: waves.to_vec() })
    }

    /// Writes a bucket: rows with the columns of [`schema`](super::schema()), sorted by respondent and wave, one each. Buckets may be
    /// written on any threads at once.
    ///
    /// # Errors
    /// [`StoreError`] where two rows are of one respondent and wave, or the file cannot be written.
    pub fn bucket(&self, bucket: u32, batch: &RecordBatch) -> Result<Written, StoreError> {
        let arrow = |error: ArrowError| StoreError::Arrow { instrument: self.instrument.id.clone(), error };
        let batch = batch.clone().with_schema(self.schema.clone()).map_err(arrow)?;
        let (respondents, waves) = (batch.column(0).as_string::<i32>(), batch.column(1).as_string::<i32>());
        let mut rows_per_wave = vec![0; self.waves.len()];
        let (mut count, mut duplicates) = (0, 0);
        for row in 0..batch.num_rows() {
            let same = row > 0 && respondents.value(row) == respondents.value(row - 1);
            count += u64::from(!same);
            duplicates += usize::from(same && waves.value(row) == waves.value(row - 1));
            if let Some(wave) = self.waves.iter().position(|wave| wave == waves.value(row)) {
                rows_per_wave[wave] += 1;
            }
        }
        if duplicates > 0 {
            return Err(StoreError::Duplicate { instrument: self.instrument.id.clone(), count: duplicates });
        }
        let (file, digest) = write_bucket(&self.folder, bucket, count, self.instrument, &batch)?;
        Ok(Written { file, digest, rows_per_wave })
    }

    /// Writes the manifest; `buckets` are all that were written, in order.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be written.
    pub fn finish(self, buckets: Vec<Written>) -> Result<Manifest, StoreError> {
        let mut rows_per_wave: IndexMap<String, u64> = self.waves.iter().map(|wave| (wave.clone(), 0)).collect();
        for written in &buckets {
            rows_per_wave.values_mut().zip(&written.rows_per_wave).for_each(|(all, rows)| *all += rows);
        }
        let digests: Vec<Hash> = buckets.iter().map(|written| written.digest).collect();
        let buckets: Vec<BucketFile> = buckets.into_iter().map(|written| written.file).collect();
        let manifest = Manifest {
            format: FORMAT,
            instrument: self.instrument.id.clone(),
            rows: buckets.iter().map(|bucket| bucket.rows).sum(),
            respondents: buckets.iter().map(|bucket| bucket.respondents).sum(),
            rows_per_wave,
            buckets,
            digest: digest::of_store(&self.schema, &digests).to_hex().to_string(),
        };
        manifest.write(&self.folder)?;
        Ok(manifest)
    }
}

/// Files of an earlier store, of which there may have been more.
fn remove_buckets(folder: &Path) -> Result<(), StoreError> {
    let listed =
        std::fs::read_dir(folder).map_err(StoreError::file(folder, "the folder cannot be listed"))?;
    for entry in listed {
        let path = entry.map_err(StoreError::file(folder, "the folder cannot be listed"))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("bucket-") && name.ends_with(".parquet") {
            std::fs::remove_file(&path).map_err(StoreError::file(&path, "it cannot be replaced"))?;
        }
    }
    Ok(())
}

fn write_bucket(
    folder: &Path,
    bucket: u32,
    respondents: u64,
    instrument: &Instrument,
    batch: &RecordBatch,
) -> Result<(BucketFile, Hash), StoreError> {
    let file = bucket_file(bucket);
    let path = folder.join(&file);
    let parquet = |error| StoreError::Parquet { path: path.clone(), error };
    let target = File::create(&path).map_err(StoreError::file(&path, "it cannot be written"))?;
    let properties = properties::writer(instrument);
    let mut writer = ArrowWriter::try_new(target, batch.schema(), Some(properties)).map_err(parquet)?;
    writer.write(batch).map_err(parquet)?;
    writer.close().map_err(parquet)?;
    let (bytes, checksum) = super::read::checksum(&path)?;
    let digest = digest::of_bucket(batch);
    let written = BucketFile {
        file,
        rows: batch.num_rows() as u64,
        respondents,
        bytes,
        checksum: checksum.to_hex().to_string(),
        digest: digest.to_hex().to_string(),
    };
    Ok((written, digest))
}
