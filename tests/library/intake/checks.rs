//! Checks of rows, of fields and between files.

use utfall::intake::{self, CHECKS};
use utfall::plan::Action;

use super::{HEADING, findings, message, read_all, read_as, reasons, rows, source};
use crate::forms::actions;

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
            "kartlegging (k.csv) row 3, item score: type: a number with a decimal point, while the pipeline has the decimal comma (format = { decimal = \".\" } in its [[source]] reads it); \
             expected a number with a decimal comma; set missing",
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
            "kartlegging (k.csv) row 5, item score: type: a number with a point before three digits, which looks like a \
             thousands sign (format = { thousands = \".\" } reads 1.250 as 1250; decimal = \".\" if it sets off decimals); \
             expected a number with a decimal comma; set missing",
            "kartlegging (k.csv) row 5, item seen: required: an empty field; expected an answer or a missing code; \
             reported",
        ]
    );
    assert_eq!(reasons(&intake, "mental_health"), [6, 6, 6, 0]);
    assert_eq!(reasons(&intake, "days"), [0, 6, 6, 6]);
    let kept = rows(&dirty, &[("range", Action::Report)]).unwrap();
    assert_eq!(reasons(&kept, "days"), [0, 0, 6, 0]);
    let rejecting = rows(&dirty, &[("unlisted_code", Action::Reject), ("type", Action::Reject)]).unwrap();
    assert_eq!(rejecting.rows(), [4, 0, 0, 4, 0]);
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
    assert_eq!(intake.rows(), [4, 0, 0, 4, 0]);
    assert!(findings(&intake)[0].starts_with("kartlegging (k.csv) rows 2, 3: respondent_missing: "));

    let kept = &intake.rejected[2];
    assert_eq!((kept.row, kept.check.as_str(), kept.item.as_deref()), (4, "unknown_wave", None));
    assert_eq!(kept.raw_record, "1;12;1;1;1;1;01.02.2009;x");
}

#[test]
fn a_finding_names_five_rows_and_counts_the_others() {
    let dirty: Vec<String> = (0..12).map(|n| format!("{n};0;8;1;1;1;01.02.2009;x")).collect();
    let dirty: Vec<&str> = dirty.iter().map(String::as_str).collect();
    let intake = rows(&dirty, &[]).unwrap();
    assert_eq!(intake.findings()[0].count, 12);
    assert!(findings(&intake)[0].contains(" rows 2, 3, 4, 5, 6 and 7 more, item mental_health: "));
}

#[test]
fn duplicates_are_found_within_and_between_files() {
    let one =
        format!("{HEADING}\n1;0;1;1;1;1;01.02.2009;x\n2;0;1;1;1;1;01.02.2009;x\n2;0;2;1;1;1;01.02.2009;y\n");
    let mut other_source = source();
    other_source.id = "kartlegging@w1".into();
    let two = format!("{HEADING}\n1;0;1;1;1;1;01.02.2009;z\n1;6;1;1;1;1;01.02.2009;z\n");
    let first_source = source();
    let files = [(&first_source, one.as_bytes()), (&other_source, two.as_bytes())];
    let found = message(read_all(&files, &[]));
    assert_eq!(found.lines().count(), 3, "{found}");
    assert!(found.contains("kartlegging (k.csv) rows 3, 4: duplicate_respondent: "), "{found}");
    assert!(found.contains("kartlegging@w1 (k.csv) row 2: duplicate_respondent: "), "{found}");

    let intake = read_all(&files, &[("duplicate_respondent", Action::Reject)]).unwrap();
    let counts: Vec<_> =
        intake.files.iter().map(|file| (file.rows_read, file.rows_stored, file.rows_rejected)).collect();
    assert_eq!(counts, [(3, 0, 3), (2, 1, 1)]);
    assert_eq!(intake.rejected[3].raw_record, "1;0;1;1;1;1;01.02.2009;z");
}

#[test]
fn a_constant_that_changes_is_reported_at_the_later_wave() {
    let file = [
        "1;6;1;2;1;1;01.08.2009;x",
        "1;0;1;1;1;1;01.02.2009;x",
        "2;0;1;;1;1;01.02.2009;x",
        "2;6;1;1;1;1;01.08.2009;x",
    ];
    assert_eq!(
        findings(&rows(&file, &[]).unwrap()),
        [
            "kartlegging (k.csv) row 2, item sex: constant_changes: the answer differs from the respondent's first; \
          expected the same at all waves; reported"
        ]
    );
    assert!(rows(&file, &[("constant_changes", Action::Stop)]).is_err());
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
