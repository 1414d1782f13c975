//! The digest of data without their labels. Analyses depend on this digest.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{ArrowPrimitiveType, DataType, Schema};
use arrow::datatypes::{Date32Type, Float64Type, Int16Type, Int32Type, Int64Type, UInt8Type};
use arrow::record_batch::RecordBatch;
use blake3::{Hash, Hasher};

/// BLAKE3 over the columns one after the other: name, type, then for each row a byte 1 and the value
/// (little-endian; text after its length), or a byte 0. Metadata, and what lies in memory under a missing value,
/// do not enter.
pub(super) fn of_bucket(batch: &RecordBatch) -> Hash {
    let mut hasher = Hasher::new();
    for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
        hasher.update(&column_name(field.name(), field.data_type()));
        hasher.update(&(column.len() as u64).to_le_bytes());
        hasher.update(&values(column));
    }
    hasher.finalize()
}

/// BLAKE3 over the columns' names and types, and the digests of the buckets in order.
pub(super) fn of_store(schema: &Schema, buckets: &[Hash]) -> Hash {
    let mut hasher = Hasher::new();
    for field in schema.fields() {
        hasher.update(&column_name(field.name(), field.data_type()));
    }
    for bucket in buckets {
        hasher.update(bucket.as_bytes());
    }
    hasher.finalize()
}

fn column_name(name: &str, data_type: &DataType) -> Vec<u8> {
    let mut bytes = Vec::new();
    put_text(&mut bytes, name);
    put_text(&mut bytes, &data_type.to_string());
    bytes
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend((text.len() as u64).to_le_bytes());
    bytes.extend(text.as_bytes());
}

fn values(column: &ArrayRef) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(column.len() * 9);
    macro_rules! numbers {
        ($type:ty) => {
            for value in column.as_primitive::<$type>() {
                match value {
                    Some(value) => {
                        let mut written = [1; 1 + size_of::<<$type as ArrowPrimitiveType>::Native>()];
                        written[1..].copy_from_slice(&value.to_le_bytes());
                        bytes.extend_from_slice(&written);
                    }
                    None => bytes.push(0),
                }
            }
        };
    }
    match column.data_type() {
        DataType::UInt8 => numbers!(UInt8Type),
        DataType::Int16 => numbers!(Int16Type),
        DataType::Int32 => numbers!(Int32Type),
        DataType::Int64 => numbers!(Int64Type),
        DataType::Float64 => numbers!(Float64Type),
        DataType::Date32 => numbers!(Date32Type),
        DataType::Utf8 => {
            for value in column.as_string::<i32>() {
                match value {
                    Some(text) => {
                        bytes.push(1);
                        put_text(&mut bytes, text);
                    }
                    None => bytes.push(0),
                }
            }
        }
        other => unreachable!("`data_type` gives no column of type {other}"),
    }
    bytes
}
