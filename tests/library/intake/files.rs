//! Files that are broken, or not what they are declared to be.

use std::path::PathBuf;

use arrow::array::AsArray;
use utfall::dictionary::Reason;
use utfall::intake::IntakeError;
use utfall::plan::{Action, Encoding};
use utfall::store::Buckets;

use super::{HEADING, codes, instrument, message, read_as, reasons, refusal, rows, source};
use crate::forms::{actions, take_in, waves};

#[test]
fn windows_1252_and_latin_1_keep_norwegian_letters() {
    let text = format!("{HEADING}\n1;0;1;Æ;1;1;01.02.2009;Blåbær – Bodø\n");
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(&text);
    assert!(!unmappable);
    let mut windows = source();
    windows.format.encoding = Some(Encoding::Windows1252);
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
    latin.format.encoding = Some(Encoding::Latin1);
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
        (&b"%PDF-1.7 and more"[..], "a PDF file"),
        (b"b\0r\0u\0k\0e\0r\0", "UTF-16 text without a byte order mark"),
        (b"bruker;x\n1;a\0b\n", "line 2, column 4: found a zero byte"),
        (b"", "an empty file"),
        (b"\xEF\xBB\xBF\r\n \n", "an empty file"),
        ("\u{FEFF}\u{FEFF}".as_bytes(), "an empty file"),
    ] {
        let found = refusal(bytes);
        assert!(found.contains(what), "{found}");
        assert!(matches!(read_as(&source(), bytes, &[]), Err(IntakeError::Unreadable(_))));
    }
    let sources = [(&source(), vec![PathBuf::from("/nowhere/k.csv")])];
    let absent = take_in(&instrument(), &sources, &actions(&[]), &waves(&["w1", "w2"]), Buckets::BySize);
    assert!(matches!(absent, Err(IntakeError::Unreadable(_))));
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_heading() {
    let text = format!("\u{FEFF}{HEADING}\r\n1;0;1;1;1;1;01.02.2009;x\r\n");
    assert_eq!(read_as(&source(), text.as_bytes(), &[]).unwrap().rows()[1], 1);
}

#[test]
fn another_delimiter_is_suggested() {
    let comma = HEADING.replace(';', ",");
    let found = refusal(format!("{comma}\n1,0,1\n").as_bytes());
    assert!(found.contains("line 1: found one column only") && found.contains("delimiter = ','"), "{found}");
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
    assert_eq!(intake.rows(), [4, 1, 0, 2, 1]);
    assert_eq!(intake.rejected[0].raw_record, dirty[1]);
    // The last row says the same as the first, and is merged into it.
    assert_eq!((intake.rejected[2].row, intake.rejected[2].check.as_str()), (6, "identical_row"));

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
    assert_eq!((report.rows()[0], report.findings().len()), (0, 1));

    // Capitals and spaces tell no columns apart, as long as there is no doubt.
    let capitals = format!("{}\n1;0;2;1;1;1;01.02.2009;x\n", HEADING.replace("psykisk", " Psykisk"));
    assert_eq!(codes(&read_as(&source(), capitals.as_bytes(), &[]).unwrap(), "mental_health"), [Some(2)]);
    let found = refusal(HEADING.replace("psykisk", "PSYKISK;Psykisk").as_bytes());
    assert!(found.contains("the file has no column \"psykisk\"; column 3 is written \"PSYKISK\""), "{found}");
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
    assert_eq!(intake.files[0].columns_ignored, ["annet", "(column 9)"]);
    assert_eq!(intake.files[0].columns_kept.len(), 7);

    let nobody = lacking.replace("bruker", "id");
    let found = message(read_as(&source(), nobody.as_bytes(), &[("column_absent", Action::Report)]));
    assert!(found.contains("no column \"bruker\"") && !found.contains("place"), "{found}");

    // A file without a heading has answers in its first line: no message may repeat them.
    let found = refusal(b"4711;0;3;Lofoten;1;1;x;y\n");
    assert!(found.contains("is the first line a heading?"), "{found}");
    assert!(!found.contains("4711") && !found.contains("Lofoten"), "{found}");
}

#[test]
fn a_date_pattern_that_is_none_is_told_before_any_row() {
    let mut source = source();
    source.format.date = vec!["dd.mm.yyyy".into()];
    let found = message(read_as(&source, HEADING.as_bytes(), &[]));
    assert!(found.contains("the date pattern \"dd.mm.yyyy\""), "{found}");
}
