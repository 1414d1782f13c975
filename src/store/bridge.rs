//! Arrow record batches → polars frames through the Arrow C data interface, without copying values.
//!
//! The only unsafe code of the project. Both libraries follow the same published layout
//! (<https://arrow.apache.org/docs/format/CDataInterface.html>) and own the two structs under different names.

use arrow::array::{Array, RecordBatch};
use arrow::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use polars::prelude::{Column, DataFrame, PlSmallStr, PolarsResult, Series};
use polars_arrow::ffi::{ArrowArray, ArrowSchema};

const _: () = assert!(size_of::<FFI_ArrowArray>() == size_of::<ArrowArray>());
const _: () = assert!(size_of::<FFI_ArrowSchema>() == size_of::<ArrowSchema>());

/// A frame over the same buffers as `batch`.
///
/// # Errors
/// Where polars does not know a column's type.
pub fn to_polars(batch: &RecordBatch) -> PolarsResult<DataFrame> {
    let columns = batch
        .schema_ref()
        .fields()
        .iter()
        .zip(batch.columns())
        .map(|(field, array)| series(field.name(), array.as_ref()).map(Column::from))
        .collect::<PolarsResult<Vec<_>>>()?;
    DataFrame::new(batch.num_rows(), columns)
}

fn series(name: &str, array: &dyn Array) -> PolarsResult<Series> {
    let (exported, schema) = arrow::ffi::to_ffi(&array.to_data()).map_err(|error| {
        polars::prelude::PolarsError::ComputeError(format!("column {name}: {error}").into())
    })?;
    // SAFETY: both structs are the C data interface's ArrowArray and ArrowSchema, `repr(C)` and of the same size (held
    // above). Ownership moves: `transmute` forgets arrow's struct, and polars' struct calls its release function once.
    #[allow(unsafe_code, reason = "the C data interface passes pointers")]
    let imported = unsafe {
        let schema = std::mem::transmute::<FFI_ArrowSchema, ArrowSchema>(schema);
        let field = polars_arrow::ffi::import_field_from_c(&schema)?;
        let array = std::mem::transmute::<FFI_ArrowArray, ArrowArray>(exported);
        polars_arrow::ffi::import_array_from_c(array, field.dtype)?
    };
    Series::from_arrow(PlSmallStr::from_str(name), imported)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{
        Date32Array, Float64Array, Int16Array, Int32Array, Int64Array, RecordBatch, StringArray, UInt8Array,
    };
    use arrow::datatypes::{DataType, Field, Schema};
    use polars::prelude::AnyValue;

    use super::*;

    fn batch() -> RecordBatch {
        let schema = Schema::new(vec![
            Field::new("text", DataType::Utf8, true),
            Field::new("code", DataType::Int16, true),
            Field::new("code32", DataType::Int32, true),
            Field::new("integer", DataType::Int64, true),
            Field::new("decimal", DataType::Float64, true),
            Field::new("date", DataType::Date32, true),
            Field::new("reason", DataType::UInt8, false),
        ]);
        RecordBatch::try_new(
            Arc::new(schema),
            vec![
                Arc::new(StringArray::from(vec![Some("blåbær"), None, Some("")])),
                Arc::new(Int16Array::from(vec![Some(1), None, Some(-3)])),
                Arc::new(Int32Array::from(vec![Some(70_000), None, Some(-3)])),
                Arc::new(Int64Array::from(vec![None, Some(1 << 40), Some(2)])),
                Arc::new(Float64Array::from(vec![Some(1.5), None, Some(-0.25)])),
                Arc::new(Date32Array::from(vec![Some(13_600), None, Some(0)])),
                Arc::new(UInt8Array::from(vec![0, 1, 2])),
            ],
        )
        .unwrap()
    }

    #[test]
    fn every_type_of_the_store_arrives_with_its_missing_values() {
        let frame = to_polars(&batch()).unwrap();
        assert_eq!(frame.shape(), (3, 7));
        let at = |name: &str, row: usize| frame.column(name).unwrap().get(row).unwrap().into_static();
        assert_eq!(at("text", 0), AnyValue::String("blåbær").into_static());
        assert!(at("text", 1).is_null() && at("code", 1).is_null() && at("integer", 0).is_null());
        assert_eq!(at("code", 2), AnyValue::Int16(-3));
        assert_eq!(at("code32", 0), AnyValue::Int32(70_000));
        assert_eq!(at("integer", 1), AnyValue::Int64(1 << 40));
        assert_eq!(at("decimal", 2), AnyValue::Float64(-0.25));
        assert_eq!(at("date", 0), AnyValue::Date(13_600));
        assert_eq!(at("reason", 2), AnyValue::UInt8(2));
    }

    #[test]
    fn a_slice_arrives_as_the_slice() {
        let frame = to_polars(&batch().slice(1, 2)).unwrap();
        assert_eq!(frame.height(), 2);
        assert_eq!(frame.column("decimal").unwrap().get(1).unwrap(), AnyValue::Float64(-0.25));
    }

    #[test]
    fn the_frame_outlives_the_batch() {
        let frame = {
            let batch = batch();
            to_polars(&batch).unwrap()
        };
        assert_eq!(frame.column("integer").unwrap().get(2).unwrap(), AnyValue::Int64(2));
    }
}
