//! Files of answers, whole and broken, through the reader and its checks.

use std::path::PathBuf;

use arrow::array::AsArray;
use arrow::datatypes::{Date32Type, Float64Type, Int16Type, Int64Type, UInt8Type};
use proptest::prelude::*;
use utfall::dictionary::{self, Instrument, Reason};
use utfall::intake::{self, CHECKS, Intake, IntakeError};
use utfall::plan::{Action, Encoding, Format, OnFinding, Source, WaveOf};

const DICTIONARY: &str = r#"
format = 1
[instrument]
id = "kartlegging"
title = { nb = "Kartlegging", en = "Mapping" }
[[item]]
name = "mental_health"
column = "psykisk"
label = { nb = "Psykisk helse" }
type = "ordinal"
codes = [ { code = 1, nb = "Ikke noe" }, { code = 2, nb = "Noe" }, { code = 3, nb = "Mye" } ]
missing = [ { code = 9, reason = "unknown", written = ["vet ikke"] } ]
better = "lower"
[[item]]
name = "sex"
column = "kjønn"
label = { nb = "Kjønn" }
type = "binary"
codes = [ { code = 1, nb = "Mann", written = ["M"] }, { code = 2, nb = "Kvinne", written = ["K", "Æ"] } ]
constant = true
[[item]]
name = "days"
label = { nb = "Dager" }
type = "integer"
range = [0, 30]
blank = "not_asked"
[[item]]
name = "score"
label = { nb = "Skår" }
type = "decimal"
missing = [ { code = 99, reason = "refused" } ]
[[item]]
name = "seen"
label = { nb = "Dato" }
type = "date"
required = true
[[item]]
name = "place"
label = { nb = "Sted" }
type = "text"
"#;

const HEADING: &str = "bruker;bølge;psykisk;kjønn;days;score;seen;place";

fn instrument() -> Instrument {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kartlegging.toml");
    std::fs::write(&path, DICTIONARY).unwrap();
    dictionary::load(&path).unwrap()
}

fn source() -> Source {
    Source {
        id: "kartlegging".into(),
        instrument: "kartlegging".into(),
        wave: WaveOf::Column {
            column: "bølge".into(),
            values: vec![("0".into(), "w1".into()), ("6".into(), "w2".into())],
        },
        file: "k.csv".into(),
        get: String::new(),
        format: Format { delimiter: ';', decimal: ',', encoding: Encoding::Utf8, date: "%d.%m.%Y".into() },
        respondent: "bruker".into(),
    }
}

fn actions(actions: &[(&str, Action)]) -> OnFinding {
    OnFinding { actions: actions.iter().map(|(id, action)| ((*id).into(), *action)).collect() }
}

/// Reads `bytes` as a file called `k.csv`.
fn read_as(source: &Source, bytes: &[u8], on: &[(&str, Action)]) -> Result<Intake, IntakeError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("k.csv");
    std::fs::write(&path, bytes).unwrap();
    intake::read(source, &path, &instrument(), &actions(on), &["w1".into(), "w2".into()])
}

fn rows(rows: &[&str], on: &[(&str, Action)]) -> Result<Intake, IntakeError> {
    read_as(&source(), format!("{HEADING}\n{}\n", rows.join("\n")).as_bytes(), on)
}

fn refusal(bytes: &[u8]) -> String {
    message(read_as(&source(), bytes, &[]))
}

fn message(result: Result<Intake, IntakeError>) -> String {
    match result {
        Ok(intake) => panic!("taken in: {intake:?}"),
        Err(error) => error.to_string(),
    }
}

fn findings(intake: &Intake) -> Vec<String> {
    intake.findings.iter().map(|finding| finding.to_string()).collect()
}

fn reasons(intake: &Intake, item: &str) -> Vec<u8> {
    let column = intake.batch.column_by_name(&intake::reason_column(item)).unwrap();
    column.as_primitive::<UInt8Type>().values().to_vec()
}

fn codes(intake: &Intake, item: &str) -> Vec<Option<i16>> {
    intake.batch.column_by_name(item).unwrap().as_primitive::<Int16Type>().iter().collect()
}

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
    assert_eq!((intake.rows_read, intake.rows_stored(), intake.rows_rejected()), (4, 4, 0));
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
    assert_eq!((0..4).map(|row| intake.row(row)).collect::<Vec<_>>(), [2, 3, 4, 6]);
}

#[test]
fn windows_1252_and_latin_1_keep_norwegian_letters() {
    let text = format!("{HEADING}\n1;0;1;Æ;1;1;01.02.2009;Blåbær – Bodø\n");
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(&text);
    assert!(!unmappable);
    let mut windows = source();
    windows.format.encoding = Encoding::Windows1252;
    let intake = read_as(&windows, &bytes, &[]).unwrap();
    let place = intake.batch.column_by_name("place").unwrap().as_string::<i32>();
    assert_eq!(place.value(0), "Blåbær – Bodø");
    assert_eq!(codes(&intake, "sex"), [Some(2)]);

    assert_eq!(
        message(read_as(&source(), &bytes, &[])),
        "kartlegging (k.csv) line 1, column 9: found bytes that are not UTF-8; expected UTF-8 text, as the pipeline \
         declares; it looks like Windows-1252: write encoding = \"windows-1252\""
    );
    let mut latin = source();
    latin.format.encoding = Encoding::Latin1;
    let found = message(read_as(&latin, &bytes, &[]));
    assert!(found.contains("line 2, column 31") && found.contains("windows-1252"), "{found}");
    let plain: Vec<u8> = bytes.iter().map(|byte| if *byte == 0x96 { b'-' } else { *byte }).collect();
    let place = read_as(&latin, &plain, &[]).unwrap();
    assert_eq!(place.batch.column_by_name("place").unwrap().as_string::<i32>().value(0), "Blåbær - Bodø");

    let found = message(read_as(&windows, text.as_bytes(), &[]));
    assert!(found.contains("found UTF-8 text") && found.contains("encoding = \"utf-8\""), "{found}");
    let dos = b"bruker;b\x9blge;psykisk\n1;0;\x91\x86\x9d\n";
    let found = message(read_as(&windows, dos, &[]));
    assert!(found.contains("line 2, column 7") && found.contains("DOS code page"), "{found}");
}

#[test]
fn files_that_are_no_text_are_called_by_their_name() {
    for (bytes, what) in [
        (&b"PK\x03\x04rest"[..], "an Excel workbook (.xlsx)"),
        (b"$FL2@(#) SPSS", "an SPSS file (.sav)"),
        (b"<stata_dta><header>", "a Stata file (.dta)"),
        (b"\xFF\xFEb\0r\0", "UTF-16 text; expected"),
        (b"b\0r\0u\0k\0e\0r\0", "UTF-16 text without a byte order mark"),
        (b"bruker;x\n1;a\0b\n", "line 2, column 4: found a zero byte"),
        (b"", "an empty file"),
        (b"\xEF\xBB\xBF\r\n \n", "an empty file"),
    ] {
        let found = refusal(bytes);
        assert!(found.contains(what), "{found}");
        assert!(matches!(read_as(&source(), bytes, &[]), Err(IntakeError::Unreadable(_))));
    }
    let absent = intake::read(
        &source(),
        &PathBuf::from("/nowhere/k.csv"),
        &instrument(),
        &actions(&[]),
        &["w1".into()],
    );
    assert!(matches!(absent, Err(IntakeError::Unreadable(_))));
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_heading() {
    let text = format!("\u{FEFF}{HEADING}\r\n1;0;1;1;1;1;01.02.2009;x\r\n");
    assert_eq!(read_as(&source(), text.as_bytes(), &[]).unwrap().rows_stored(), 1);
}

#[test]
fn another_delimiter_is_suggested() {
    let comma = HEADING.replace(';', ",");
    let found = refusal(format!("{comma}\n1,0,1\n").as_bytes());
    assert!(found.contains("line 1: found one column only") && found.contains("delimiter = ','"), "{found}");
    let found = refusal(format!("sep=;\n{HEADING}\n").as_bytes());
    assert!(found.contains("Excel's `sep=` line"), "{found}");
}

#[test]
fn quotation_marks_fields_and_rows_that_are_broken() {
    let good = "1;0;1;1;1;1;01.02.2009;x";
    let found = message(rows(&[good, "2;0;1;1;1;1;01.02.2009;\"open", good, good], &[]));
    assert!(found.contains("line 3: found a quotation mark that is never closed"), "{found}");

    let long = format!("{HEADING}\n{good}\n2;0;1;1;1;1;01.02.2009;{}\n", "x".repeat(10 << 20));
    let found = refusal(long.as_bytes());
    assert!(found.contains("line 3: found a field of over 1048576 bytes (field 8"), "{found}");
    let many = format!("{HEADING}\n{good}\n{}\n", "1;".repeat(5 << 20));
    let found = refusal(many.as_bytes());
    assert!(found.contains("row 3: ragged_row: found 5242881 fields; expected 8"), "{found}");

    let dirty = [good, "2;0;1;1;1;1;01.02.2009;x;y", "", "3;0", good];
    let found = message(rows(&dirty, &[]));
    assert_eq!(
        found,
        "kartlegging (k.csv) row 3: ragged_row: found 9 fields; expected 8, as in the heading; the run stops\n\
         kartlegging (k.csv) row 5: ragged_row: found 2 fields; expected 8, as in the heading; the run stops"
    );
    let intake = rows(&dirty, &[("ragged_row", Action::Reject)]).unwrap();
    assert_eq!((intake.rows_read, intake.rows_stored(), intake.rows_rejected()), (4, 2, 2));
    assert_eq!(intake.rejected[0].raw_record, dirty[1]);
    assert_eq!((intake.row(0), intake.row(1)), (2, 6));

    let swallowing = ["2;0;1;1;1;1;01.02.2009;\"open", good, "3;0;1;1;1;1;01.02.2009;\"shut\"", good];
    let found = message(rows(&swallowing, &[]));
    assert!(found.contains("row 2: stray_quote: ") && found.contains("runs to line 4"), "{found}");
}

#[test]
fn columns_that_are_absent_or_doubled() {
    assert!(
        refusal(format!("{HEADING}\n").as_bytes()).contains("no_rows: the file has a heading and no rows")
    );
    let report = read_as(&source(), HEADING.as_bytes(), &[("no_rows", Action::Report)]).unwrap();
    assert_eq!((report.rows_read, report.findings.len()), (0, 1));

    let found = refusal(HEADING.replace("psykisk", " Psykisk").as_bytes());
    assert_eq!(
        found,
        "kartlegging (k.csv), item mental_health: column_absent: the file has no column \"psykisk\"; column 3 is \
         written \" Psykisk\"; the run stops"
    );
    let twice = format!("{HEADING};unknown;unknown;psykisk");
    let found = refusal(twice.as_bytes());
    assert_eq!(
        found,
        "kartlegging (k.csv), item mental_health: column_twice: columns 3 and 11 are all called \"psykisk\"; \
         expected one; the run stops"
    );

    let lacking = "bruker;annet;bølge;psykisk;kjønn;days;score;seen;\n1;x;0;1;1;1;1;01.02.2009;\n";
    assert!(refusal(lacking.as_bytes()).contains("item place: column_absent"));
    let intake = read_as(&source(), lacking.as_bytes(), &[("column_absent", Action::Report)]).unwrap();
    assert_eq!(reasons(&intake, "place"), [Reason::NotAsked.number()]);
    assert_eq!(intake.columns_ignored, ["annet", "(column 9)"]);
    assert_eq!(intake.columns_kept.len(), 7);

    let nobody = lacking.replace("bruker", "id");
    let found = message(read_as(&source(), nobody.as_bytes(), &[("column_absent", Action::Report)]));
    assert!(found.contains("no column \"bruker\"") && !found.contains("place"), "{found}");

    // A file without a heading has answers in its first line: no message may repeat them.
    let found = refusal(b"4711;0;3;Lofoten;1;1;x;y\n");
    assert!(found.contains("is the first line a heading?"), "{found}");
    assert!(!found.contains("4711") && !found.contains("Lofoten"), "{found}");
}

#[test]
fn every_check_of_a_field_names_row_and_item_and_never_the_value() {
    let dirty = [
        "1;0;7;1;1;1;01.02.2009;x",
        "2;0;zx;1;31;1.5;31.02.2009;x",
        "3;0;1,5;3;2,5;abc;31.12.85;BodÃ¸",
        "4;0;1;1;-1;1.234,5;;x",
    ];
    let intake = rows(&dirty, &[]).unwrap();
    assert_eq!(
        findings(&intake),
        [
            "kartlegging (k.csv) row 2, item mental_health: unlisted_code: a code that is not listed; expected one of \
             1, 2, 3 (missing: 9); set missing",
            "kartlegging (k.csv) row 3, item mental_health: type: not a number; expected one of 1, 2, 3 (missing: 9); \
             set missing",
            "kartlegging (k.csv) rows 3, 5, item days: range: a number outside the range; expected 0 to 30; set missing",
            "kartlegging (k.csv) rows 3, 5, item score: type: a number with a point, while the decimal comma is \
             declared; expected a number with a decimal comma; set missing",
            "kartlegging (k.csv) row 3, item seen: type: not a date of that pattern; expected a date written %d.%m.%Y; \
             set missing",
            "kartlegging (k.csv) row 4, item mental_health: type: a number that is not whole; expected one of 1, 2, 3 \
             (missing: 9); set missing",
            "kartlegging (k.csv) row 4, item sex: unlisted_code: a code that is not listed; expected one of 1, 2; set \
             missing",
            "kartlegging (k.csv) row 4, item days: type: a number that is not whole; expected a whole number; set missing",
            "kartlegging (k.csv) row 4, item score: type: not a number; expected a number with a decimal comma; set \
             missing",
            "kartlegging (k.csv) row 4, item seen: type: a date whose year has fewer than four digits; expected a date \
             written %d.%m.%Y; set missing",
            "kartlegging (k.csv) row 4, item place: mojibake: UTF-8 that was encoded twice (as \"Ã¸\" for \"ø\"); \
             expected plain letters; reported",
            "kartlegging (k.csv) row 5, item seen: required: an empty field; expected an answer or a missing code; \
             reported",
        ]
    );
    assert_eq!(reasons(&intake, "mental_health"), [6, 6, 6, 0]);
    assert_eq!(reasons(&intake, "days"), [0, 6, 6, 6]);
    let kept = rows(&dirty, &[("range", Action::Report)]).unwrap();
    assert_eq!(reasons(&kept, "days"), [0, 0, 6, 0]);
    let rejecting = rows(&dirty, &[("unlisted_code", Action::Reject), ("type", Action::Reject)]).unwrap();
    assert_eq!((rejecting.rows_stored(), rejecting.rows_rejected()), (0, 4));
    assert_eq!(rejecting.rejected[0].check, "unlisted_code");
    assert_eq!(rejecting.rejected[1].item.as_deref(), Some("mental_health"));
    assert!(!format!("{rejecting:?} {:?}", rejecting.rejected).contains("zx"));
    let stopped = message(rows(&dirty, &[("required", Action::Stop)]));
    assert_eq!(stopped.lines().count(), 1, "{stopped}");
}

#[test]
fn rows_of_nobody_and_of_no_wave() {
    let dirty =
        [" ;0;1;1;1;1;01.02.2009;x", ";;;;;;;", "1;12;1;1;1;1;01.02.2009;x", "1;;1;1;1;1;01.02.2009;x"];
    let found = message(rows(&dirty, &[]));
    assert_eq!(
        found,
        "kartlegging (k.csv) rows 4, 5: unknown_wave: the column \"bølge\" names no known wave; expected one of 0, 6; \
         the run stops"
    );
    let intake = rows(&dirty, &[("unknown_wave", Action::Reject)]).unwrap();
    assert_eq!((intake.rows_stored(), intake.rows_rejected()), (0, 4));
    assert!(findings(&intake)[0].starts_with("kartlegging (k.csv) rows 2, 3: respondent_missing: "));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rejected.csv");
    assert_eq!(intake::write_rejected(&path, &[intake]).unwrap(), 4);
    let written = std::fs::read_to_string(&path).unwrap();
    let mut lines = written.lines();
    assert_eq!(lines.next(), Some("source,row,check,item,raw_record"));
    assert_eq!(lines.nth(2), Some("kartlegging,4,unknown_wave,,1;12;1;1;1;1;01.02.2009;x"));
}

#[test]
fn a_finding_names_five_rows_and_counts_the_others() {
    let dirty: Vec<String> = (0..12).map(|n| format!("{n};0;8;1;1;1;01.02.2009;x")).collect();
    let dirty: Vec<&str> = dirty.iter().map(String::as_str).collect();
    let intake = rows(&dirty, &[]).unwrap();
    assert_eq!(intake.findings[0].count, 12);
    assert!(findings(&intake)[0].contains(" rows 2, 3, 4, 5, 6 and 7 more, item mental_health: "));
}

#[test]
fn duplicates_are_found_within_and_between_files() {
    let one =
        || rows(&["1;0;1;1;1;1;01.02.2009;x", "2;0;1;1;1;1;01.02.2009;x", "2;0;2;1;1;1;01.02.2009;y"], &[]);
    let mut other_source = source();
    other_source.id = "kartlegging@w1".into();
    let text = format!("{HEADING}\n1;0;1;1;1;1;01.02.2009;z\n1;6;1;1;1;1;01.02.2009;z\n");
    let two = || read_as(&other_source, text.as_bytes(), &[]);
    let mut intakes = [one().unwrap(), two().unwrap()];
    let found = intake::across(&mut intakes, &instrument(), &actions(&[])).unwrap_err().to_string();
    assert_eq!(found.lines().count(), 3, "{found}");
    assert!(found.contains("kartlegging (k.csv) rows 3, 4: duplicate_respondent: "), "{found}");
    assert!(found.contains("kartlegging@w1 (k.csv) row 2: duplicate_respondent: "), "{found}");

    let mut intakes = [one().unwrap(), two().unwrap()];
    let reject = actions(&[("duplicate_respondent", Action::Reject)]);
    intake::across(&mut intakes, &instrument(), &reject).unwrap();
    let counts = intakes.each_ref().map(|i| (i.rows_read, i.rows_stored(), i.rows_rejected()));
    assert_eq!(counts, [(3, 0, 3), (2, 1, 1)]);
    assert_eq!(intakes[1].row(0), 3);
    assert_eq!(intakes[1].rejected[0].raw_record, "1;0;1;1;1;1;01.02.2009;z");
}

#[test]
fn a_constant_that_changes_is_reported_at_the_later_wave() {
    let file = rows(
        &[
            "1;6;1;2;1;1;01.02.2009;x",
            "1;0;1;1;1;1;01.02.2009;x",
            "2;0;1;;1;1;01.02.2009;x",
            "2;6;1;1;1;1;01.02.2009;x",
        ],
        &[],
    );
    let mut intakes = [file.unwrap()];
    intake::across(&mut intakes, &instrument(), &actions(&[])).unwrap();
    assert_eq!(
        findings(&intakes[0]),
        [
            "kartlegging (k.csv) row 2, item sex: constant_changes: the answer differs from the respondent's first; \
          expected the same at all waves; reported"
        ]
    );
    let stop = actions(&[("constant_changes", Action::Stop)]);
    assert!(intake::across(&mut intakes, &instrument(), &stop).is_err());
}

#[test]
fn headings_that_were_encoded_twice() {
    let found = message(read_as(&source(), HEADING.replace("kjønn", "kjÃ¸nn").as_bytes(), &[]));
    assert!(found.contains("no column \"kjønn\"; column 4 is written \"kjÃ¸nn\""), "{found}");
    let intake = read_as(
        &source(),
        format!("{}\n1;0;1;1;1;1;01.02.2009;x\n", HEADING.replace("kjønn", "kjÃ¸nn")).as_bytes(),
        &[("column_absent", Action::Report)],
    )
    .unwrap();
    assert!(findings(&intake)[0].contains("item sex: mojibake: the heading of column 4"));
}

#[test]
fn checks_are_whole() {
    for check in CHECKS {
        assert!(check.allowed_actions.contains(&check.default_action), "{}", check.id);
        assert!(check.about.ends_with('.'), "{}", check.id);
        assert_eq!(intake::check(check.id).map(|found| found.id), Some(check.id));
    }
    assert!(intake::check("unlisted").is_none());
    let unheard_of = actions(&[("type", Action::Report)]);
    assert_eq!(intake::check("type").unwrap().action(&unheard_of), Action::SetMissing);
}

#[test]
fn a_date_pattern_that_is_none_is_told_before_any_row() {
    let mut source = source();
    source.format.date = "dd.mm.yyyy".into();
    let found = message(read_as(&source, HEADING.as_bytes(), &[]));
    assert!(found.contains("the date pattern \"dd.mm.yyyy\""), "{found}");
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
    let waves: Vec<String> = months.iter().map(|month| format!("w{month}")).collect();
    let mut source = source();
    source.respondent = "ID".into();
    source.format = Format { delimiter: ',', decimal: '.', ..source.format };
    source.wave = WaveOf::Column {
        column: "TIME".into(),
        values: months.iter().map(|month| ((*month).into(), format!("w{month}"))).collect(),
    };
    let intake = intake::read(&source, &PathBuf::from(path), &instrument, &actions(&[]), &waves).unwrap();
    let mut intakes = [intake];
    intake::across(&mut intakes, &instrument, &actions(&[])).unwrap();
    let [intake] = intakes;
    assert_eq!((intake.rows_read, intake.rows_stored()), (1472, 1472));
    assert_eq!((intake.columns_kept.len(), intake.columns_ignored.len()), (7, 781));
    assert_eq!(findings(&intake), Vec::<String>::new());
    let wave = intake.batch.column_by_name("wave").unwrap().as_string::<i32>();
    let counts: Vec<usize> =
        waves.iter().map(|id| wave.iter().flatten().filter(|wave| wave == id).count()).collect();
    assert_eq!(counts, [470, 254, 217, 254, 277]);
}

fn lenient() -> Vec<(&'static str, Action)> {
    let gentle = |check: &&&intake::Check| check.allowed_actions.contains(&Action::Reject);
    CHECKS.iter().filter(gentle).map(|check| (check.id, Action::Reject)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever stands in a file, a row that was read is stored or rejected, and nothing panics.
    #[test]
    fn every_row_is_stored_or_rejected(
        cells in prop::collection::vec(prop::sample::select(vec![
            "1", "2", "9", "0", "6", "", " ", "x", "1,5", "1.5", "31", "01.02.2009", "\"", "\"a;b\"", "\"\n\"", "æ",
            "Ã¸", "\r", "1e999", "99999999999999999999", "\u{A0}1", ";",
        ]), 0..80),
        breaks in prop::collection::vec(any::<bool>(), 80),
        reject in any::<bool>(),
    ) {
        let mut text = format!("{HEADING}\n");
        for (cell, ends) in cells.iter().zip(&breaks) {
            text += cell;
            text += if *ends { "\n" } else { ";" };
        }
        let mut on = lenient();
        if !reject {
            on.retain(|(id, _)| matches!(*id, "ragged_row" | "stray_quote" | "unknown_wave" | "duplicate_respondent"));
        }
        on.push(("no_rows", Action::Report));
        match read_as(&source(), text.as_bytes(), &on) {
            Err(IntakeError::Unreadable(unreadable)) => prop_assert!(unreadable.found.contains("quotation mark")),
            Err(other) => prop_assert!(false, "{other}"),
            Ok(intake) => {
                let mut intakes = [intake];
                intake::across(&mut intakes, &instrument(), &actions(&on)).unwrap();
                let [intake] = intakes;
                prop_assert_eq!(intake.rows_read, intake.rows_stored() + intake.rows_rejected());
                prop_assert_eq!(intake.batch.num_rows() as u64, intake.rows_stored());
                for finding in &intake.findings {
                    prop_assert!(finding.count >= finding.rows.len() as u64);
                }
            }
        }
    }

    /// Bytes of any kind lead to an answer or an error.
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), encoding in 0..3) {
        let mut source = source();
        source.format.encoding = [Encoding::Utf8, Encoding::Windows1252, Encoding::Latin1][encoding as usize];
        let _ = read_as(&source, &bytes, &[]);
    }
}
