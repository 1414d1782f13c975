//! Answers through the store and back.

use std::num::NonZeroU32;
use std::path::Path;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{DataType, UInt8Type};
use proptest::prelude::*;
use utfall::dictionary::{self, Instrument};
use utfall::plan::{Action, Format, Source, WaveOf};
use utfall::store::{Buckets, Manifest, Store, StoreError, Writer, bucket_of};

use crate::forms::{actions, take_in_at, waves};

const DICTIONARY: &str = r#"
format = 1
[instrument]
id = "kartlegging"
title = { nb = "Kartlegging av brukere" }
[[item]]
name = "health"
label = { nb = "Psykisk helse", en = "Mental health" }
type = "ordinal"
codes = [ { code = 1, nb = "Ikke noe" }, { code = 2, nb = "Noe" }, { code = 3, nb = "Mye" } ]
missing = [ { code = 9, reason = "unknown", nb = "Vet ikke" } ]
better = "lower"
[[item]]
name = "service"
label = { nb = "Tiltak" }
type = "nominal"
codes = [ { code = 1, nb = "En" }, { code = 40000, nb = "To" } ]
[[item]]
name = "days"
label = { nb = "Dager" }
type = "integer"
range = [0, 30]
unit = { nb = "dager" }
[[item]]
name = "score"
label = { nb = "Skår" }
type = "decimal"
[[item]]
name = "seen"
label = { nb = "Dato" }
type = "date"
[[item]]
name = "place"
label = { nb = "Sted" }
type = "text"
"#;

const ROWS: [&str; 5] = [
    "b;w2;1;40000;3;1.5;2009-02-01;Tromsø",
    "a;w1;9;1;;;;",
    "b;w1;3;1;30;-2;2009-01-01;Bodø",
    "ø;w1;2;;0;0;2009-01-02;x",
    "a;w2;2;1;7;-0;2009-02-02;y",
];

fn instrument(text: &str) -> Instrument {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.toml");
    std::fs::write(&path, text).unwrap();
    dictionary::load(&path).unwrap()
}

/// Stores files with these rows.
fn store_files(dir: &Path, instrument: &Instrument, files: &[&[&str]], buckets: Buckets) -> Manifest {
    let folder = tempfile::tempdir().unwrap();
    let wave = WaveOf::Column {
        column: "wave".into(),
        values: ["w1", "w2"].map(|wave| (wave.into(), wave.into())).to_vec(),
    };
    let mut source = Source::new("kartlegging", "kartlegging", wave, "k.csv", "id");
    source.format = Format { delimiter: ';', ..Format::default() };
    let paths = files.iter().enumerate().map(|(place, rows)| {
        let path = folder.path().join(format!("{place}.csv"));
        let text = format!("id;wave;health;service;days;score;seen;place\n{}\n", rows.join("\n"));
        std::fs::write(&path, text).unwrap();
        path
    });
    let sources = [(&source, paths.collect())];
    let on_finding = actions(&[("no_rows", Action::Report)]);
    take_in_at(dir, instrument, &sources, &on_finding, &waves(&["w1", "w2"]), buckets).unwrap().manifest
}

fn stored(dir: &Path, rows: &[&str], buckets: u32) -> Manifest {
    let buckets = Buckets::Number(NonZeroU32::new(buckets).unwrap());
    store_files(dir, &instrument(DICTIONARY), &[rows], buckets)
}

fn texts(batch: &RecordBatch, column: &str) -> Vec<Option<String>> {
    let column = batch.column_by_name(column).unwrap();
    column.as_string::<i32>().iter().map(|text| text.map(str::to_owned)).collect()
}

fn bytes(dir: &Path, file: &str) -> Vec<u8> {
    std::fs::read(dir.join("kartlegging").join(file)).unwrap()
}

#[test]
fn what_is_written_is_read_in_order_and_with_its_types() {
    let dir = tempfile::tempdir().unwrap();
    let manifest = stored(dir.path(), &ROWS, 1);
    assert_eq!((manifest.rows, manifest.respondents, manifest.buckets.len()), (5, 3, 1));
    let per_wave: Vec<(&str, u64)> = manifest.rows_per_wave.iter().map(|(w, n)| (w.as_str(), *n)).collect();
    assert_eq!(per_wave, [("w1", 3), ("w2", 2)]);
    let store = Store::open(dir.path(), "kartlegging").unwrap();
    assert_eq!(*store.manifest(), manifest);

    let batch = store.bucket(0, &["place", "respondent", "wave", "health.reason", "score"]).unwrap();
    let names: Vec<&str> = batch.schema_ref().fields().iter().map(|f| f.name().as_str()).collect();
    assert_eq!(names, ["place", "respondent", "wave", "health.reason", "score"]);
    let some = |texts: [&str; 5]| texts.map(|text| Some(text.to_owned())).to_vec();
    assert_eq!(texts(&batch, "respondent"), some(["a", "a", "b", "b", "ø"]));
    assert_eq!(texts(&batch, "wave"), some(["w1", "w2", "w1", "w2", "w1"]));
    assert_eq!(texts(&batch, "place")[..2], [None, Some("y".to_owned())]);
    let reasons = batch.column_by_name("health.reason").unwrap().as_primitive::<UInt8Type>();
    assert_eq!(reasons.values().to_vec(), [2, 0, 0, 0, 0]);

    let all: Vec<&str> = ["health", "service", "days", "score", "seen", "place"].to_vec();
    let batch = store.bucket(0, &all).unwrap();
    let types: Vec<DataType> = batch.columns().iter().map(|column| column.data_type().clone()).collect();
    use DataType::{Date32, Float64, Int16, Int32, Int64, Utf8};
    assert_eq!(types, [Int16, Int32, Int64, Float64, Date32, Utf8]);
    assert_eq!(batch.columns().iter().map(|c| c.null_count()).collect::<Vec<_>>(), [1, 1, 1, 1, 1, 1]);
    assert_eq!(store.bucket(0, &[]).unwrap().num_rows(), 5);

    let metadata = batch.schema_ref().field(0).metadata();
    let text = |key: &str| metadata.get(key).map(String::as_str);
    assert_eq!(text("label_nb"), Some("Psykisk helse"));
    assert_eq!(text("type"), Some("ordinal"));
    assert_eq!(text("better"), Some("lower"));
    assert_eq!(text("missing"), Some(r#"[{"code":9,"reason":"unknown","nb":"Vet ikke"}]"#));
    assert!(text("codes").unwrap().starts_with(r#"[{"code":1,"nb":"Ikke noe"},"#));
}

#[test]
fn the_order_of_rows_and_files_does_not_change_a_byte() {
    let [one, other] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let manifest = stored(one.path(), &ROWS, 2);
    let instrument = instrument(DICTIONARY);
    let mut rows = ROWS;
    rows.reverse();
    let two = Buckets::Number(NonZeroU32::new(2).unwrap());
    assert_eq!(store_files(other.path(), &instrument, &[&rows[..2], &rows[2..]], two), manifest);
    for file in ["bucket-0000.parquet", "bucket-0001.parquet", "manifest.json"] {
        assert_eq!(bytes(one.path(), file), bytes(other.path(), file), "{file}");
    }
}

#[test]
fn labels_do_not_enter_the_digest_and_answers_do() {
    let dir = tempfile::tempdir().unwrap();
    let before = stored(dir.path(), &ROWS, 1);
    let relabelled = instrument(&DICTIONARY.replace("Psykisk helse", "Sinnets helse").replace("Noe", "Litt"));
    let after = store_files(dir.path(), &relabelled, &[&ROWS], Buckets::BySize);
    assert_eq!(after.digest, before.digest);
    assert_ne!(after.buckets[0].checksum, before.buckets[0].checksum);

    let mut rows = ROWS;
    rows[1] = "a;w1;;1;;;;"; // Another reason for the same missing value.
    assert_ne!(stored(dir.path(), &rows, 1).digest, before.digest);
    rows[1] = "a;w1;9;1;;0;;";
    assert_ne!(stored(dir.path(), &rows, 1).digest, before.digest);
}

#[test]
fn a_respondent_lies_in_one_bucket_and_old_buckets_go() {
    let dir = tempfile::tempdir().unwrap();
    let manifest = stored(dir.path(), &ROWS, 4);
    let store = Store::open(dir.path(), "kartlegging").unwrap();
    for (bucket, file) in manifest.buckets.iter().enumerate() {
        let batch = store.bucket(bucket, &["respondent"]).unwrap();
        assert_eq!(batch.num_rows() as u64, file.rows);
        for respondent in texts(&batch, "respondent").into_iter().flatten() {
            assert_eq!(bucket_of(&respondent, 4) as usize, bucket);
        }
    }
    assert_eq!(stored(dir.path(), &ROWS, 1).buckets.len(), 1);
    assert!(!dir.path().join("kartlegging/bucket-0003.parquet").exists());
    assert_eq!(stored(dir.path(), &[], 1).rows, 0);
    assert_eq!(Store::open(dir.path(), "kartlegging").unwrap().bucket(0, &["days"]).unwrap().num_rows(), 0);
}

#[test]
fn what_is_wrong_with_a_store_is_said() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(Store::open(dir.path(), "kartlegging"), Err(StoreError::Absent { .. })));
    stored(dir.path(), &ROWS, 1);
    let store = Store::open(dir.path(), "kartlegging").unwrap();
    let said = |columns: &[&str]| store.bucket(0, columns).unwrap_err().to_string();
    assert!(said(&["helth"]).contains("no column `helth`; did you mean `health`?"));
    assert!(matches!(store.bucket(1, &[]), Err(StoreError::NoBucket { .. })));

    let path = dir.path().join("kartlegging/bucket-0000.parquet");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(said(&["health"]).contains("found a file of"), "{}", said(&["health"]));
    let mut flipped = whole.clone();
    flipped[whole.len() / 3] ^= 1;
    std::fs::write(&path, &flipped).unwrap();
    assert!(said(&["health"]).contains("other bytes than were written"));
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(store.bucket(0, &["health"]), Err(StoreError::File { .. })));

    std::fs::write(dir.path().join("kartlegging/manifest.json"), "{\"format\": 1,").unwrap();
    let found = Store::open(dir.path(), "kartlegging").unwrap_err().to_string();
    assert!(found.contains("a mistake at line 1"), "{found}");
}

#[test]
fn what_cannot_be_stored_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let instrument = instrument(DICTIONARY);
    stored(dir.path(), &ROWS, 1);
    let columns = ["respondent", "wave"].map(str::to_owned).into_iter();
    let items = instrument.items.iter().flat_map(|item| [item.name.clone(), format!("{}.reason", item.name)]);
    let columns: Vec<String> = columns.chain(items).collect();
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let batch = Store::open(dir.path(), "kartlegging").unwrap().bucket(0, &columns).unwrap();
    let ids = ["w1", "w2"].map(str::to_owned);
    let writer = Writer::new(dir.path(), &instrument, &ids).unwrap();
    // Until it is finished there is no store.
    assert!(matches!(Store::open(dir.path(), "kartlegging"), Err(StoreError::Absent { .. })));
    let doubled = arrow::compute::concat_batches(batch.schema_ref(), [&batch.slice(0, 1), &batch]).unwrap();
    assert!(matches!(writer.bucket(0, &doubled), Err(StoreError::Duplicate { count: 1, .. })));
    assert!(writer.bucket(0, &batch).is_ok());

    let mut reserved = instrument.clone();
    reserved.items[0].name = "wave".into();
    assert!(matches!(Writer::new(dir.path(), &reserved, &ids), Err(StoreError::Reserved { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// The rows of all buckets together are the rows that came, with the wanted columns, whatever the number of buckets.
    /// The ids have a digit, since `n` or `sum` is no id but the word of a row of totals.
    #[test]
    fn nothing_is_lost(
        ids in prop::collection::btree_set("[a-zæøå0-9]{0,5}[0-9]", 0..40),
        days in prop::collection::vec(prop::option::of(0..31_i64), 40),
        buckets in 1..6_u32,
    ) {
        let rows: Vec<String> = ids.iter().zip(&days).map(|(id, days)| {
            let days = days.map_or(String::new(), |days| days.to_string());
            format!("{id};w1;1;1;{days};1;2009-01-01;x")
        }).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let dir = tempfile::tempdir().unwrap();
        let manifest = stored(dir.path(), &rows, buckets);
        let store = Store::open(dir.path(), "kartlegging").unwrap();
        let mut read = Vec::new();
        for bucket in 0..manifest.buckets.len() {
            let batch = store.bucket(bucket, &["respondent", "days"]).unwrap();
            let days = batch.column(1).as_primitive::<arrow::datatypes::Int64Type>();
            read.extend(texts(&batch, "respondent").into_iter().flatten().zip(days.iter()));
        }
        read.sort();
        let came: Vec<(String, Option<i64>)> = ids.into_iter().zip(days).collect();
        prop_assert_eq!(read, came);
    }
}
