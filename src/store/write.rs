//! Intakes → a store.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, AsArray, RecordBatch, StringArray, UInt64Array};
use arrow::compute::{concat_batches, take_record_batch};
use arrow::error::ArrowError;
use blake3::Hash;
use indexmap::IndexMap;
use parquet::arrow::ArrowWriter;
use rayon::prelude::*;

use super::error::StoreError;
use super::layout::{Buckets, FORMAT, bucket_file, bucket_of, schema};
use super::manifest::{BucketFile, Manifest};
use super::{digest, properties};
use crate::dictionary::Instrument;
use crate::intake::{self, Intake};

/// Where an assessment goes. The order of the fields is the order of rows in a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place<'a> {
    bucket: u32,
    respondent: &'a str,
    wave: usize,
    /// Its row among all that came.
    row: usize,
}

/// Writes all assessments of an instrument to `dir/<instrument>/`, in place of what was there.
///
/// # Errors
/// [`StoreError`] where files belong to another instrument, a respondent has two assessments at a wave, or a file
/// cannot be written. The folder then has no manifest, and cannot be opened as a store.
pub fn write(
    dir: &Path,
    instrument: &Instrument,
    intakes: Vec<Intake>,
    buckets: Buckets,
) -> Result<Manifest, StoreError> {
    let arrow = |error: ArrowError| StoreError::Arrow { instrument: instrument.id.clone(), error };
    let folder = dir.join(&instrument.id);
    std::fs::create_dir_all(&folder).map_err(StoreError::file(&folder, "the folder cannot be made"))?;
    Manifest::remove(&folder)?;
    remove_buckets(&folder)?;

    let waves = waves(instrument, &intakes)?;
    let plain = Arc::new(intake::schema(instrument));
    let batches: Vec<RecordBatch> = intakes.into_iter().map(|intake| intake.batch).collect();
    let all = concat_batches(&plain, &batches).map_err(arrow)?;
    drop(batches);
    let schema = Arc::new(schema(instrument));
    let all = all.with_schema(schema.clone()).map_err(arrow)?;

    let number = buckets.number(all.num_rows() as u64);
    let (respondents, wave_ids) = (text(&all, intake::RESPONDENT), text(&all, intake::WAVE));
    let places = places(respondents, wave_ids, &waves, number);
    let same = |pair: &&[Place]| (pair[0].respondent, pair[0].wave) == (pair[1].respondent, pair[1].wave);
    let count = places.windows(2).filter(same).count();
    if count > 0 {
        return Err(StoreError::Duplicate { instrument: instrument.id.clone(), count });
    }

    let written: Vec<(BucketFile, Hash)> = (0..number)
        .into_par_iter()
        .map(|bucket| {
            let start = places.partition_point(|place| place.bucket < bucket);
            let end = places.partition_point(|place| place.bucket <= bucket);
            let places = &places[start..end];
            let rows: UInt64Array = places.iter().map(|place| place.row as u64).collect();
            let batch = take_record_batch(&all, &rows).map_err(arrow)?;
            let respondents = places.chunk_by(|a, b| a.respondent == b.respondent).count() as u64;
            write_bucket(&folder, bucket, respondents, instrument, &batch)
        })
        .collect::<Result<_, StoreError>>()?;

    let mut rows_per_wave: IndexMap<String, u64> = waves.iter().map(|wave| (wave.clone(), 0)).collect();
    for place in &places {
        if let Some((_, rows)) = rows_per_wave.get_index_mut(place.wave) {
            *rows += 1;
        }
    }
    let (buckets, digests): (Vec<BucketFile>, Vec<Hash>) = written.into_iter().unzip();
    let manifest = Manifest {
        format: FORMAT,
        instrument: instrument.id.clone(),
        rows: all.num_rows() as u64,
        respondents: buckets.iter().map(|bucket| bucket.respondents).sum(),
        rows_per_wave,
        buckets,
        digest: digest::of_store(&schema, &digests).to_hex().to_string(),
    };
    manifest.write(&folder)?;
    Ok(manifest)
}

/// The evaluation's waves, once it is sure that all files are of this instrument and evaluation.
fn waves(instrument: &Instrument, intakes: &[Intake]) -> Result<Vec<String>, StoreError> {
    let own = [intake::RESPONDENT, intake::WAVE];
    if let Some(item) = instrument.items.iter().find(|item| own.contains(&item.name.as_str())) {
        let (instrument, item) = (instrument.id.clone(), item.name.clone());
        return Err(StoreError::Reserved { instrument, item });
    }
    let waves = intakes.first().map(|intake| intake.waves.clone()).unwrap_or_default();
    for intake in intakes {
        if intake.instrument != instrument.id || intake.waves != waves {
            let found = format!("{} of `{}`", intake.origin, intake.instrument);
            return Err(StoreError::Foreign { instrument: instrument.id.clone(), found });
        }
    }
    Ok(waves)
}

fn text<'a>(batch: &'a RecordBatch, column: &str) -> &'a StringArray {
    batch
        .column_by_name(column)
        .and_then(|column| column.as_string_opt())
        .expect("the schema, to which the batch was just held, has this column as text")
}

/// The order of the store's rows.
fn places<'a>(
    respondents: &'a StringArray,
    wave_ids: &StringArray,
    waves: &[String],
    buckets: u32,
) -> Vec<Place<'a>> {
    let mut places: Vec<Place> = (0..respondents.len())
        .into_par_iter()
        .map(|row| {
            let respondent = respondents.value(row);
            let wave = waves.iter().position(|wave| wave == wave_ids.value(row));
            let wave = wave.unwrap_or(waves.len());
            Place { bucket: bucket_of(respondent, buckets), respondent, wave, row }
        })
        .collect();
    places.par_sort_unstable();
    places
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
