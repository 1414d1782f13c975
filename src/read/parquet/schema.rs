//! The schema of a Parquet file, and how its columns are asked for.

use std::fs::File;
use std::io::{Read, Seek};
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, TimeUnit};
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::basic::{LogicalType, Type};
use parquet::errors::ParquetError;

use super::super::Fault;

/// A column that is not made of columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf {
    /// Whether it is of the old kind of moments, in 96 bits.
    int96: bool,
    /// Whether its sixteen bytes are a universally unique identifier.
    pub uuid: bool,
}

/// The file's footer; with the types in which its columns are read.
pub(super) fn load(file: &File) -> Result<ArrowReaderMetadata, Fault> {
    encrypted(file)?;
    let plain =
        ArrowReaderMetadata::load(file, ArrowReaderOptions::new()).map_err(|error| unreadable(&error))?;
    let leaves = leaves(&plain);
    // Views spare the copies of texts that occur often; where a file's own description stands against it, the moments
    // alone are asked for.
    asked(&plain, &leaves, true)
        .or_else(|_| asked(&plain, &leaves, false))
        .map_err(|error| unreadable(&error))
}

fn encrypted(mut file: &File) -> Result<(), Fault> {
    let mut head = [0; 4];
    file.read_exact(&mut head).and_then(|()| file.rewind()).map_err(|error| Fault::io(&error))?;
    match head == super::ENCRYPTED {
        true => Err(Fault::new("an encrypted Parquet file", "one that is not")
            .help("write it without encryption, onto a disk that is encrypted itself")),
        false => Ok(()),
    }
}

/// The crate's words: they are about the file's parts, not about cells.
pub(super) fn unreadable(error: &ParquetError) -> Fault {
    Fault::new(format!("a Parquet file that cannot be read ({error})"), "a whole file").help(super::AGAIN)
}

/// One a column of the table; `None` where it is made of columns.
pub(super) fn leaves(metadata: &ArrowReaderMetadata) -> Vec<Option<Leaf>> {
    let schema = metadata.parquet_schema();
    let mut leaves = vec![None; metadata.schema().fields().len()];
    for (index, column) in schema.columns().iter().enumerate() {
        let root = schema.get_column_root_idx(index);
        if let Some(leaf) = leaves.get_mut(root)
            && schema.root_schema().get_fields().get(root).is_some_and(|field| field.is_primitive())
        {
            *leaf = Some(Leaf {
                int96: column.physical_type() == Type::INT96,
                uuid: column.logical_type_ref() == Some(&LogicalType::Uuid),
            });
        }
    }
    leaves
}

fn asked(
    plain: &ArrowReaderMetadata,
    leaves: &[Option<Leaf>],
    views: bool,
) -> Result<ArrowReaderMetadata, ParquetError> {
    let schema = plain.schema();
    let fields = schema.fields().iter().zip(leaves).map(|(field, leaf)| match leaf {
        Some(leaf) if leaf.int96 => {
            let zone = match field.data_type() {
                DataType::Timestamp(_, zone) => zone.clone(),
                _ => None,
            };
            with_type(field, DataType::Timestamp(TimeUnit::Microsecond, zone))
        }
        Some(_) if views => with_type(field, viewed(field.data_type())),
        _ => Arc::clone(field),
    });
    let asked = Schema::new_with_metadata(fields.collect::<Vec<_>>(), schema.metadata().clone());
    let options = ArrowReaderOptions::new().with_schema(Arc::new(asked));
    ArrowReaderMetadata::try_new(Arc::clone(plain.metadata()), options)
}

fn with_type(field: &Arc<Field>, data_type: DataType) -> Arc<Field> {
    Arc::new(field.as_ref().clone().with_data_type(data_type))
}

/// Texts as views, and no dictionaries.
fn viewed(data_type: &DataType) -> DataType {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
        DataType::Binary | DataType::LargeBinary => DataType::BinaryView,
        DataType::Dictionary(_, value) => viewed(value),
        other => other.clone(),
    }
}

/// What there is to say of a column whose moments are of a time zone.
pub(super) fn zone(field: &Field) -> Option<String> {
    match field.data_type() {
        DataType::Timestamp(_, Some(zone)) => Some(format!(
            "the moments of column {} are read in UTC, as they are kept; the file says that they belong to the time \
             zone {zone}",
            field.name()
        )),
        _ => None,
    }
}
