//! The store: an instrument's validated answers as Parquet files. Only this module writes and reads it.
//!
//! ```text
//! restricted/store/<instrument>/
//!   manifest.json        rows per wave, buckets, digests
//!   bucket-0000.parquet  the respondents whose id hashes to 0, each with all waves
//!   bucket-0001.parquet  …
//! ```
//!
//! All waves of a respondent are in one bucket, so a bucket can be linked, derived and tallied by itself. Its rows are sorted by
//! respondent and wave. Its columns are `respondent`, `wave`, and for each item its values followed by `<item>.reason`, the
//! [number](crate::dictionary::Reason::number) of the reason why a value is missing. Labels, codes and types are metadata of the columns.
//! The same answers give the same bytes, in whatever order they came.

pub mod bridge;
mod digest;
mod error;
mod gather;
mod layout;
mod manifest;
mod properties;
mod read;
mod schema;
mod write;

pub use error::StoreError;
pub use gather::{Gather, Gathered, Split};
pub use layout::{Buckets, bucket_of};
pub use manifest::{BucketFile, Manifest};
pub use read::Store;
pub use schema::{RESPONDENT, WAVE, answers, data_type, reason_column, schema};
pub use write::{Writer, Written};
