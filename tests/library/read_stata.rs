//! Stata's files, written by R (haven, foreign), pandas, pyreadstat and the dta crate, against what pandas and
//! pyreadstat read from them, and against what was written.

use std::io::Cursor;

use crate::shown::{assert_no_panic, assert_same, expected, open, path, rows};
use dta::stata::dta::byte_order::ByteOrder;
use dta::stata::dta::dta_reader::DtaReader;
use dta::stata::dta::dta_writer::DtaWriter;
use dta::stata::dta::header::Header;
use dta::stata::dta::release::Release;
use dta::stata::dta::schema::Schema;
use dta::stata::dta::value::Value;
use dta::stata::dta::value_label::ValueLabelSet;
use dta::stata::dta::variable::Variable;
use dta::stata::dta::variable_type::VariableType;
use dta::stata::missing_value::MissingValue;
use dta::stata::stata_byte::StataByte;
use dta::stata::stata_double::StataDouble;
use dta::stata::stata_float::StataFloat;
use dta::stata::stata_int::StataInt;
use dta::stata::stata_long::StataLong;
use serde_json::json;
use utfall::read::{self, Code, ColumnKind, Encoding, Options};

#[test]
fn every_file_is_read_as_by_pandas() {
    let expected = expected("stata");
    assert!(expected.len() >= 30);
    for (name, expected) in &expected {
        let mut table = open(&format!("stata/{name}"));
        let names: Vec<&str> = table.columns().iter().map(|column| column.name.as_str()).collect();
        assert_eq!(json!(names), expected["columns"], "{name}");
        let labels: Vec<&str> =
            table.columns().iter().map(|column| column.label.as_deref().unwrap_or_default()).collect();
        assert_eq!(json!(labels), expected["labels"], "{name}");
        let declared = table.rows_declared();
        let (numbers, rows) = rows(table.as_mut()).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(numbers, (1..=rows.len() as u64).collect::<Vec<_>>(), "{name}");
        assert_eq!(declared, Some(rows.len() as u64), "{name}");
        assert_same(name, &rows, &expected["rows"]);
    }
}

#[test]
fn value_labels_and_those_of_tags_are_read() {
    for (name, expected) in &expected("stata") {
        let table = open(&format!("stata/{name}"));
        for (variable, labels) in expected["value_labels"].as_object().expect("sets") {
            let column =
                table.columns().iter().find(|column| column.name == *variable).expect("the variable");
            assert_eq!(column.labels.len(), labels.as_array().map_or(0, Vec::len), "{name}, {variable}");
            for entry in labels.as_array().into_iter().flatten() {
                let code = match (entry[0].as_f64(), entry[0].as_str()) {
                    (Some(number), _) => Code::Number(number),
                    (None, text) => Code::Tag(text.and_then(|text| text.chars().next()).expect("a letter")),
                };
                let label = entry[1].as_str().expect("a text").to_owned();
                assert!(column.labels.contains(&(code, label)), "{name}, {variable}: {entry}");
            }
        }
    }
    // pyreadstat cannot write the labels of tags; haven does.
    let table = open("stata/haven_15.dta");
    let tagged = &table.columns()[5];
    assert_eq!(tagged.labels, [(Code::Number(1.0), "Ja".into()), (Code::Tag('a'), "Vil ikke".into())]);
    assert_eq!(tagged.missing.values, [Code::Tag('a')]);
    assert_eq!(tagged.kind, ColumnKind::Number);
}

#[test]
fn kinds_follow_the_display_formats() {
    let table = open("stata/pandas_118.dta");
    let kinds: Vec<ColumnKind> = table.columns().iter().map(|column| column.kind).collect();
    use ColumnKind::{Date, Moment, Number, Text};
    assert_eq!(kinds, [Text, Number, Number, Number, Number, Date, Moment, Date, Date, Date, Date, Date]);
}

#[test]
fn letters_of_any_code_page_are_read_and_told() {
    for (name, remark) in [
        ("letters_114.dta", None),
        ("letters_117.dta", None),
        ("letters_118.dta", None),
        ("letters_118_cp1252.dta", Some("not UTF-8")),
        ("haven_10.dta", Some("texts in UTF-8")),
        ("haven_13.dta", Some("texts in UTF-8")),
        ("haven_15.dta", None),
    ] {
        let mut table = open(&format!("stata/{name}"));
        rows(table.as_mut()).expect("records");
        let remarks = table.remarks();
        match remark {
            None => assert!(remarks.is_empty(), "{name}: {remarks:?}"),
            Some(part) => assert!(remarks.len() == 1 && remarks[0].contains(part), "{name}: {remarks:?}"),
        }
    }
    // As the user says.
    let options = Options { encoding: Some(Encoding::Utf8), ..Options::default() };
    let mut table = read::open(&path("stata/letters_114.dta"), &options).expect("opened");
    let (_, found) = rows(table.as_mut()).expect("records");
    assert_eq!(found[0][0], json!("#Letters"));
}

#[test]
fn long_texts_of_version_119_are_found_however_they_are_referred_to() {
    let mut table = open("stata/haven_15_long.dta");
    let (_, found) = rows(table.as_mut()).expect("records");
    let story: Vec<&str> = found.iter().map(|row| row[6].as_str().expect("a text")).collect();
    assert_eq!(story, ["å".repeat(1500).as_str(), "short", "", "b".repeat(2100).as_str()]);
    assert!(table.remarks().iter().any(|remark| remark.contains("long texts")));
    let mut table = open("stata/long_119.dta");
    rows(table.as_mut()).expect("records");
    assert!(table.remarks().is_empty());
}

/// Versions that no other program here writes, by the dta crate, in both orders of bytes.
#[test]
fn all_versions_in_both_orders_are_read() {
    use Release::*;
    for release in [
        V102, V103, V104, V105, V106, V107, V108, V109, V110, V111, V112, V113, V114, V115, V116, V117, V118,
        V119,
    ] {
        for order in [ByteOrder::LittleEndian, ByteOrder::BigEndian] {
            let name = format!("{release}, {order}");
            if release == V102 && order == ByteOrder::BigEndian {
                continue;
            }
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("made.dta");
            std::fs::write(&path, written(release, order)).expect("written");
            let mut table =
                read::open(&path, &Options::default()).unwrap_or_else(|fault| panic!("{name}: {fault}"));
            let first = &table.columns()[0];
            assert_eq!((first.name.as_str(), first.label.as_deref()), ("one", Some("A question")), "{name}");
            assert_eq!(
                first.labels,
                [(Code::Number(1.0), "Never".to_owned()), (Code::Number(2.0), "Daily".to_owned())],
                "{name}"
            );
            let (_, found) = rows(table.as_mut()).unwrap_or_else(|fault| panic!("{name}: {fault}"));
            let last = if release >= V113 { ".b" } else { "" };
            let tags = match release >= V113 {
                true => json!([".a", ".z", ".m", ".z", ".a", "", ".c"]),
                false => json!(["", "", "", "", "", "", ""]),
            };
            let expected = json!([
                [1, -3, 70000, 0.1_f32 as f64, 0.1, "ab", "1960-01-02"],
                ["", "", "", "", "", "", ""],
                [100, 32740, -5, -2.5, last, "abcde", "1959-12-31"],
                tags,
            ]);
            assert_same(&name, &found, &expected);
        }
    }
}

fn written(release: Release, order: ByteOrder) -> Vec<u8> {
    let of = |kind, name: &str, format: &str| Variable::builder(kind, name).format(format);
    // The oldest version has no bytes.
    let small = if release == Release::V102 { VariableType::Int } else { VariableType::Byte };
    let schema = Schema::builder()
        .add_variable(of(small, "one", "%8.0g").label("A question").value_label_name("item"))
        .add_variable(of(VariableType::Int, "two", "%8.0g"))
        .add_variable(of(VariableType::Long, "three", "%8.0g"))
        .add_variable(of(VariableType::Float, "four", "%9.0g"))
        .add_variable(of(VariableType::Double, "five", "%9.0g"))
        .add_variable(of(VariableType::FixedString(5), "six", "%5s"))
        .add_variable(of(VariableType::Long, "seven", "%d"))
        .build()
        .expect("variables");
    let mut writer = DtaWriter::new()
        .from_writer(Cursor::new(Vec::new()))
        .write_header(Header::builder(release, order).dataset_label("Made up").build())
        .expect("header")
        .write_schema(schema)
        .expect("schema")
        .into_record_writer()
        .expect("records");
    let none = MissingValue::System;
    let tag = |tag| if release >= Release::V113 { tag } else { none };
    let one = |value: Option<i8>| match (value, small) {
        (Some(value), VariableType::Byte) => Value::Byte(StataByte::Present(value)),
        (None, VariableType::Byte) => Value::Byte(StataByte::Missing(none)),
        (Some(value), _) => Value::Int(StataInt::Present(value.into())),
        (None, _) => Value::Int(StataInt::Missing(none)),
    };
    for record in [
        [
            one(Some(1)),
            Value::Int(StataInt::Present(-3)),
            Value::Long(StataLong::Present(70_000)),
            Value::Float(StataFloat::Present(0.1)),
            Value::Double(StataDouble::Present(0.1)),
            Value::String("ab".into()),
            Value::Long(StataLong::Present(1)),
        ],
        [
            one(None),
            Value::Int(StataInt::Missing(none)),
            Value::Long(StataLong::Missing(none)),
            Value::Float(StataFloat::Missing(none)),
            Value::Double(StataDouble::Missing(none)),
            Value::String("".into()),
            Value::Long(StataLong::Missing(none)),
        ],
        [
            one(Some(100)),
            Value::Int(StataInt::Present(32_740)),
            Value::Long(StataLong::Present(-5)),
            Value::Float(StataFloat::Present(-2.5)),
            Value::Double(StataDouble::Missing(tag(MissingValue::B))),
            Value::String("abcde".into()),
            Value::Long(StataLong::Present(-1)),
        ],
        [
            match small {
                VariableType::Byte => Value::Byte(StataByte::Missing(tag(MissingValue::A))),
                _ => one(None),
            },
            Value::Int(StataInt::Missing(tag(MissingValue::Z))),
            Value::Long(StataLong::Missing(tag(MissingValue::M))),
            Value::Float(StataFloat::Missing(tag(MissingValue::Z))),
            Value::Double(StataDouble::Missing(tag(MissingValue::A))),
            Value::String("".into()),
            Value::Long(StataLong::Missing(tag(MissingValue::C))),
        ],
    ] {
        writer.write_record(&record).expect("record");
    }
    let mut labels =
        writer.into_long_string_writer().expect("records").into_value_label_writer().expect("texts");
    labels.write_value_label_set(&answers()).expect("labels");
    labels.finish().expect("a file").into_inner()
}

/// The crate makes no sets of labels but gives those that it reads: `1 Never, 2 Daily`, called `item`.
fn answers() -> ValueLabelSet {
    let reader = DtaReader::new().from_path(path("stata/pandas_118.dta")).expect("a test file");
    let mut reader = reader.read_header().expect("header").read_schema().expect("schema");
    reader.skip_to_end().expect("characteristics");
    let mut reader = reader.seek_value_labels().expect("labels");
    reader.read_value_label_set().expect("labels").expect("a set")
}

#[test]
fn a_file_that_is_cut_says_so_before_its_first_record() {
    let whole = std::fs::read(path("stata/pandas_114.dta")).expect("a test file");
    let folder = tempfile::tempdir().expect("a folder");
    let cut = folder.path().join("cut.dta");
    std::fs::write(&cut, &whole[..whole.len() - 300]).expect("written");
    let fault = read::open(&cut, &Options::default()).err().expect("a fault").to_string();
    assert!(fault.contains("4 records, as the file says"), "{fault}");
    assert!(fault.contains("cut short"), "{fault}");
}

#[test]
fn damaged_files_never_panic() {
    let names = [
        "pandas_114_big.dta",
        "pandas_118.dta",
        "long_117.dta",
        "long_119.dta",
        "haven_15.dta",
        "haven_08.dta",
        "foreign_06.dta",
        "foreign_07.dta",
        "tags_15.dta",
    ];
    for name in names {
        assert_no_panic(&format!("stata/{name}"), "dta", 300);
    }
}
