//! Parquet files written by pandas, pyarrow, fastparquet, polars, DuckDB and this program's own store, against what
//! pyarrow reads from them.

use std::fs::File;
use std::sync::Arc;

use crate::shown::{assert_no_panic, assert_same, expected, open, path, rows};
use arrow::array::{Float64Array, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use serde_json::json;
use utfall::read::{self, Cell, Code, ColumnKind, Options};

#[test]
fn every_file_is_read_as_by_pyarrow() {
    let expected = expected("parquet");
    assert!(expected.len() >= 13);
    for (name, expected) in &expected {
        let mut table = open(&format!("parquet/{name}"));
        let declared = table.rows_declared();
        // A day beyond every calendar, which pyarrow cannot show.
        let kept: Vec<usize> =
            (0..table.columns().len()).filter(|column| table.columns()[*column].name != "never").collect();
        let names: Vec<&str> = kept.iter().map(|column| table.columns()[*column].name.as_str()).collect();
        assert_eq!(json!(names), expected["columns"], "{name}");
        let (numbers, rows) = rows(table.as_mut()).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(numbers, (1..=rows.len() as u64).collect::<Vec<_>>(), "{name}");
        assert_eq!(declared, Some(rows.len() as u64), "{name}");
        let rows: Vec<Vec<_>> =
            rows.iter().map(|row| kept.iter().map(|column| row[*column].clone()).collect()).collect();
        assert_same(name, &rows, &expected["rows"]);
    }
}

#[test]
fn kinds_follow_the_types_and_what_has_no_place_is_told() {
    let mut table = open("parquet/types.parquet");
    let kind =
        |name: &str| table.columns().iter().find(|column| column.name == name).map(|column| column.kind);
    assert_eq!(kind("u64"), Some(ColumnKind::Number));
    assert_eq!(kind("money"), Some(ColumnKind::Number));
    assert_eq!(kind("view"), Some(ColumnKind::Text));
    assert_eq!(kind("word"), Some(ColumnKind::Text));
    assert_eq!(kind("d64"), Some(ColumnKind::Date));
    assert_eq!(kind("oslo"), Some(ColumnKind::Moment));
    assert_eq!(kind("span"), Some(ColumnKind::Time));
    assert_eq!(kind("list"), None);
    assert_eq!(kind("record"), None);
    let never = table.columns().iter().position(|column| column.name == "never").expect("never");
    let (_, found) = rows(table.as_mut()).expect("records");
    assert_eq!([&found[0][never], &found[1][never]], [&json!("#NoSuchDay"), &json!("")]);
    let remarks = table.remarks();
    assert_eq!(remarks.len(), 3, "{remarks:?}");
    assert!(remarks.iter().any(|remark| remark.contains("oslo") && remark.contains("Europe/Oslo")));
    assert!(remarks.iter().any(|remark| remark.contains("column list is left out")));
    assert!(remarks.iter().any(|remark| remark.contains("column record is left out")));

    let fault = read::open(&path("parquet/nested_only.parquet"), &Options::default()).err().expect("a fault");
    assert!(fault.to_string().contains("no column of numbers"), "{fault}");
}

#[test]
fn moments_of_96_bits_keep_their_years() {
    for name in ["int96_schema.parquet", "int96_bare.parquet"] {
        let mut table = open(&format!("parquet/{name}"));
        assert_eq!(table.columns()[0].kind, ColumnKind::Moment, "{name}");
        let (_, found) = rows(table.as_mut()).expect("records");
        let expected =
            json!([["1600-01-01 00:00:00"], ["9999-12-31 23:59:59"], [""], ["1969-12-31 23:59:59"]]);
        assert_same(name, &found, &expected);
    }
}

#[test]
fn row_groups_and_blocks_follow_each_other() {
    let mut table = open("parquet/many.parquet");
    let (numbers, found) = rows(table.as_mut()).expect("records");
    assert_eq!(numbers.len(), 20_000);
    for (index, (number, row)) in numbers.iter().zip(&found).enumerate() {
        assert_eq!(*number, index as u64 + 1);
        assert_eq!((row[0].as_f64(), row[1].as_f64()), (Some(index as f64), Some(f64::from(index % 2 == 0))));
    }
}

#[test]
fn blocks_of_a_long_text_that_occurs_often_stay_small() {
    let mut table = open("parquet/long_text.parquet");
    let mut records = 0;
    while let Some(block) = table.next_block().expect("records") {
        let batch = block.decode().expect("records");
        assert!(batch.len() * 20_000 <= 33 << 20, "{} records", batch.len());
        assert_eq!(batch.row(0), records as u64 + 1);
        for record in 0..batch.len() {
            assert!(matches!(batch.cell(record, 0), Cell::Text(text) if text.len() == 20_000));
        }
        records += batch.len();
    }
    assert_eq!(records, 4_000);
}

/// As `src/store/layout.rs` writes it.
#[test]
fn what_the_store_says_of_a_column_is_read() {
    let codes = r#"[{"code":1,"nb":"Aldri","en":"Never"},{"code":2,"nb":"Daglig"}]"#;
    let missing = r#"[{"code":9,"reason":"refused","nn":"Vil ikkje"}]"#;
    let item = Field::new("mood", DataType::Float64, true).with_metadata(
        [("type", "item"), ("label_nb", "Humør"), ("codes", codes), ("missing", missing)]
            .map(|(key, text)| (key.to_owned(), text.to_owned())),
    );
    let reason = Field::new("mood_reason", DataType::Float64, true).with_metadata(
        [("label_en", "Why"), ("label_nb", "Hvorfor"), ("codes", r#"{"0":"present","1":"refused"}"#)]
            .map(|(key, text)| (key.to_owned(), text.to_owned())),
    );
    let schema = Arc::new(Schema::new(vec![item, reason]));
    let column = || Arc::new(Float64Array::from(vec![Some(1.0), Some(9.0), None]));
    let batch = RecordBatch::try_new(Arc::clone(&schema), vec![column(), column()]).expect("a batch");
    let folder = tempfile::tempdir().expect("a folder");
    let made = folder.path().join("bucket-0000.parquet");
    let mut writer =
        ArrowWriter::try_new(File::create(&made).expect("a file"), schema, None).expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("closed");

    let mut table = read::open(&made, &Options::default()).expect("opened");
    let [mood, reason] = table.columns() else { panic!("two columns") };
    assert_eq!(mood.label.as_deref(), Some("Humør"));
    assert_eq!(
        mood.labels,
        [
            (Code::Number(1.0), "Never".to_owned()),
            (Code::Number(2.0), "Daglig".to_owned()),
            (Code::Number(9.0), "Vil ikkje".to_owned()),
        ]
    );
    assert_eq!(mood.missing.values, [Code::Number(9.0)]);
    assert_eq!(reason.label.as_deref(), Some("Why"));
    assert_eq!(
        reason.labels,
        [(Code::Number(0.0), "present".to_owned()), (Code::Number(1.0), "refused".to_owned())]
    );
    assert!(reason.missing.is_empty());
    let (_, found) = rows(table.as_mut()).expect("records");
    assert_same("store", &found, &json!([[1, 1], [{"declared": 9.0}, 9], ["", ""]]));
}

#[test]
fn encrypted_files_and_cut_ones_say_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = folder.path().join("made.parquet");
    std::fs::write(&made, b"PARE0000PARE").expect("written");
    let fault = read::open(&made, &Options::default()).err().expect("a fault");
    assert!(fault.to_string().contains("encrypted"), "{fault}");
    let whole = std::fs::read(path("parquet/many.parquet")).expect("a test file");
    std::fs::write(&made, &whole[..whole.len() / 2]).expect("written");
    let fault = read::open(&made, &Options::default()).err().expect("a fault");
    assert!(fault.to_string().contains("cut short"), "{fault}");
}

#[test]
fn damaged_files_never_panic() {
    let names = [
        "types.parquet",
        "pandas_plain.parquet",
        "pandas_snappy.parquet",
        "pandas_gzip.parquet",
        "pandas_lz4.parquet",
        "pandas_zstd.parquet",
        "pandas_brotli.parquet",
        "fastparquet.parquet",
        "polars.parquet",
        "duckdb.parquet",
        "int96_bare.parquet",
    ];
    for name in names {
        assert_no_panic(&format!("parquet/{name}"), "parquet", 150);
    }
}
