//! How the store's Parquet files are written and read. Nothing here depends on time or machine.

use parquet::arrow::arrow_reader::ArrowReaderOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::layout::file_metadata;
use crate::dictionary::Instrument;

/// Held fast, and not the version of this program or of its libraries: the same answers give the same bytes.
const CREATED_BY: &str = "utfall store version 1.0.0";

pub(super) fn writer(instrument: &Instrument) -> WriterProperties {
    let metadata = file_metadata(instrument).into_iter().map(|(key, text)| KeyValue::new(key, text));
    WriterProperties::builder()
        .set_created_by(CREATED_BY.to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_key_value_metadata(Some(metadata.collect()))
        .build()
}

pub(super) fn reader() -> ArrowReaderOptions {
    ArrowReaderOptions::new()
}
