//! Why a store cannot be written or read.

use std::path::{Path, PathBuf};

use arrow::error::ArrowError;
use parquet::errors::ParquetError;

/// Why a store cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("{}: the stored answers of `{instrument}` are missing or incomplete: there is no manifest.json; run the evaluation again", path.display())]
    Absent { path: PathBuf, instrument: String },
    #[error("{}: {what}: {error}; check that the folder exists, has free space, and that you may write to it", path.display())]
    File { path: PathBuf, what: &'static str, error: std::io::Error },
    #[error("{}: found {found}; expected {expected}; delete the store's folder and run the evaluation again", path.display())]
    Damaged { path: PathBuf, found: String, expected: String },
    #[error("the store of `{instrument}` has no column `{column}`{help}")]
    NoColumn { instrument: String, column: String, help: String },
    #[error("the store of `{instrument}` has no bucket {bucket}; it has {buckets}, counted from 0")]
    NoBucket { instrument: String, bucket: usize, buckets: usize },
    #[error(
        "an item of `{instrument}` is called `{item}`, which is the name of one of the store's own columns; rename it in the dictionary"
    )]
    Reserved { instrument: String, item: String },
    #[error(
        "`{instrument}` has {count} more forms than one for each respondent and wave; expected one form each"
    )]
    Duplicate { instrument: String, count: usize },
    #[error("{}: the answers cannot be written as Parquet: {error}; check that the disk is not full and that you may write there", path.display())]
    Parquet { path: PathBuf, error: ParquetError },
    #[error("the answers of `{instrument}` cannot be put in order: {error}")]
    Arrow { instrument: String, error: ArrowError },
}

impl StoreError {
    pub(super) fn file(path: &Path, what: &'static str) -> impl FnOnce(std::io::Error) -> StoreError + use<> {
        let path = path.to_owned();
        move |error| StoreError::File { path, what, error }
    }

    pub(super) fn damaged(path: &Path, found: impl Into<String>, expected: impl Into<String>) -> StoreError {
        StoreError::Damaged { path: path.to_owned(), found: found.into(), expected: expected.into() }
    }
}
