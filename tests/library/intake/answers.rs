//! Whole files: answers become typed columns.

use std::path::PathBuf;

use arrow::array::AsArray;
use arrow::datatypes::{Date32Type, Float64Type, Int64Type};
use utfall::dictionary::{self, Reason};
use utfall::plan::{Format, WaveOf};
use utfall::store::Buckets;

use super::{codes, findings, reasons, rows, source};
use crate::forms::{actions, take_in, waves};

#[test]
fn answers_become_typed_columns_with_reasons() {
    let intake = rows(
        &[
            "1;0;2;M;3;1 234,5;05.06.2009;Tromsø",
            "2;0; 3,0 ;k;;99;06.06.2009;",
            "3;6;Vet Ikke;Æ;1e+01;−0,5;07.06.2009;\"Bodø; sentrum\nnord\"",
            "4;6;9;;0;;08.06.2009;x",
        ],
        &[],
    )
    .unwrap();
    assert_eq!(findings(&intake), Vec::<String>::new());
    assert_eq!(intake.rows(), [4, 4, 0, 0, 0]);
    assert_eq!(codes(&intake, "mental_health"), [Some(2), Some(3), None, None]);
    assert_eq!(reasons(&intake, "mental_health"), [0, 0, 2, 2]);
    assert_eq!(codes(&intake, "sex"), [Some(1), Some(2), Some(2), None]);
    assert_eq!(reasons(&intake, "sex"), [0, 0, 0, Reason::Blank.number()]);
    let days = intake.batch.column_by_name("days").unwrap().as_primitive::<Int64Type>();
    assert_eq!(days.iter().collect::<Vec<_>>(), [Some(3), None, Some(10), Some(0)]);
    assert_eq!(reasons(&intake, "days")[1], Reason::NotAsked.number());
    let score = intake.batch.column_by_name("score").unwrap().as_primitive::<Float64Type>();
    assert_eq!(score.iter().collect::<Vec<_>>(), [Some(1234.5), None, Some(-0.5), None]);
    assert_eq!(reasons(&intake, "score"), [0, 3, 0, 1]);
    let seen = intake.batch.column_by_name("seen").unwrap().as_primitive::<Date32Type>();
    assert_eq!(seen.value(0), 14_400);
    let place = intake.batch.column_by_name("place").unwrap().as_string::<i32>();
    assert_eq!(place.value(0), "Tromsø");
    assert_eq!(place.value(2), "Bodø; sentrum\nnord");
    let waves = intake.batch.column_by_name("wave").unwrap().as_string::<i32>();
    assert_eq!(waves.iter().flatten().collect::<Vec<_>>(), ["w1", "w1", "w2", "w2"]);
}

/// The real file, where there is one: assessments by wave as its description has them.
#[test]
fn help_is_taken_in_whole() {
    let Some(path) = std::env::var_os("UTFALL_HELP_CSV") else { return };
    let folder = tempfile::tempdir().unwrap();
    let dictionary = folder.path().join("help.toml");
    let text = r#"
format = 1
[instrument]
id = "help"
title = { en = "HELP" }
[[item]]
name = "CES_D"
label = { en = "Depressive symptoms" }
type = "integer"
range = [0, 60]
[[item]]
name = "PCS"
label = { en = "Physical component score" }
type = "decimal"
[[item]]
name = "HOMELESS"
label = { en = "Homeless" }
type = "binary"
codes = [ { code = 0, en = "No" }, { code = 1, en = "Yes" } ]
[[item]]
name = "A1"
label = { en = "Sex" }
type = "binary"
codes = [ { code = 1, en = "Man" }, { code = 2, en = "Woman" } ]
constant = true
[[item]]
name = "B1"
label = { en = "General health" }
type = "ordinal"
codes = [ { code = 1, en = "a" }, { code = 2, en = "b" }, { code = 3, en = "c" }, { code = 4, en = "d" }, { code = 5, en = "e" } ]
"#;
    std::fs::write(&dictionary, text).unwrap();
    let instrument = dictionary::load(&dictionary).unwrap();
    let months = ["0", "6", "12", "18", "24"];
    let ids: Vec<String> = months.iter().map(|month| format!("w{month}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut source = source();
    source.respondent.column = "ID".into();
    source.format = Format { delimiter: ',', decimal: '.', ..source.format };
    source.wave = WaveOf::Column {
        column: "TIME".into(),
        values: months.iter().map(|month| ((*month).into(), format!("w{month}"))).collect(),
    };
    let files = [(&source, vec![PathBuf::from(path)])];
    let intake = take_in(&instrument, &files, &actions(&[]), &waves(&ids), Buckets::BySize).unwrap();
    assert_eq!(intake.rows(), [1472, 1472, 0, 0, 0]);
    assert_eq!((intake.files[0].columns_kept.len(), intake.files[0].columns_ignored.len()), (7, 781));
    assert_eq!(findings(&intake), Vec::<String>::new());
    let wave = intake.batch.column_by_name("wave").unwrap().as_string::<i32>();
    let counts: Vec<usize> =
        ids.iter().map(|id| wave.iter().flatten().filter(|wave| wave == id).count()).collect();
    assert_eq!(counts, [470, 254, 217, 254, 277]);
}
