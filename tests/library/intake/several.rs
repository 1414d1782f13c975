//! Which of several rows of one respondent counts, and rows that are nobody's.

use arrow::array::AsArray;
use utfall::plan::{Action, Ignore, Keep};

use super::{HEADING, codes, findings, read_all, read_as, rows, source};

fn file(rows: &[&str]) -> Vec<u8> {
    format!("{HEADING}\n{}\n", rows.join("\n")).into_bytes()
}

const ONE: &str = "1;0;1;1;1;1;01.02.2009;";
const TWO: &str = "1;0;2;1;1;1;01.02.2009;";

#[test]
fn the_last_row_counts_though_an_earlier_one_says_the_same() {
    for (last, rows, code) in
        [(true, [ONE, TWO, ONE], 1), (false, [ONE, TWO, TWO], 1), (true, [ONE, ONE, TWO], 2)]
    {
        let mut source = source();
        source.keep = Some(Keep { last, by: None });
        let intake = read_as(&source, &file(&rows), &[]).unwrap();
        assert_eq!(codes(&intake, "mental_health"), [Some(code)], "{last}");
        assert_eq!(intake.rows(), [3, 1, 0, 0, 2]);
    }
}

#[test]
fn rows_are_ordered_by_a_column_and_one_without_it_is_neither_first_nor_last() {
    for (last, code) in [(true, 1), (false, 3)] {
        let mut source = source();
        source.keep = Some(Keep { last, by: Some("sent".to_owned()) });
        let heading = format!("{HEADING};sent");
        let sent = |code: u32, sent: &str| format!("1;0;{code};1;1;1;01.02.2009;x;{sent}\n");
        let text = format!(
            "{heading}\n{}{}{}{}{}",
            sent(1, "2"),
            sent(2, "9"),
            sent(1, "10"),
            sent(3, "1"),
            sent(2, "")
        );
        let intake = read_as(&source, text.as_bytes(), &[]).unwrap();
        assert_eq!(codes(&intake, "mental_health"), [Some(code)], "{last}");
        assert_eq!(intake.rows(), [5, 1, 0, 0, 4]);
    }
}

/// A correction stands for what came before it, whatever comes after it.
#[test]
fn a_correction_between_two_sources_replaces_the_first_alone() {
    let sources: Vec<_> = ["a", "b", "c"]
        .iter()
        .map(|id| {
            let mut source = source();
            source.id = (*id).to_owned();
            source.updates = *id == "b";
            source
        })
        .collect();
    let texts = [file(&[ONE]), file(&[TWO]), file(&[TWO])];
    let files: Vec<_> = sources.iter().zip(&texts).map(|(source, text)| (source, &text[..])).collect();
    let intake = read_all(&files, &[]).unwrap();
    assert_eq!(codes(&intake, "mental_health"), [Some(2)]);
    assert_eq!(intake.rows(), [3, 1, 0, 0, 2]);
    let checks: Vec<&str> = intake.rejected.iter().map(|row| row.check.as_str()).collect();
    assert_eq!(checks, ["replaced_row", "identical_row"]);
}

#[test]
fn signs_for_an_empty_field_and_totals_are_nobody() {
    let mut source = source();
    source.respondent.ignore = vec![Ignore::Spaces];
    source.format.missing = vec!["mangler".to_owned()];
    let answers = "0;1;1;1;1;01.02.2009;x";
    let ids = ["NA", ".", "#NULL!", "mangler", "I alt", "Grand total:", "7"];
    let lines: Vec<String> = ids.iter().map(|id| format!("{id};{answers}")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let intake = read_as(&source, &file(&lines), &[]).unwrap();
    assert_eq!(intake.rows(), [7, 1, 0, 6, 0]);
    let respondents = intake.batch.column_by_name("respondent").unwrap().as_string::<i32>().clone();
    assert_eq!(respondents.iter().flatten().collect::<Vec<_>>(), ["7"]);
    let checks: Vec<&str> = intake.rejected.iter().map(|row| row.check.as_str()).collect();
    assert_eq!(checks, [["respondent_missing"; 4].as_slice(), &["totals_row"; 2]].concat());
}

/// R writes `NA` into empty texts too.
#[test]
fn a_text_that_is_a_sign_for_an_empty_field_makes_no_form() {
    let intake =
        rows(&["1;0;NA;1;NA;NA;NA;NA", "2;0;NA;1;NA;NA;NA;Nes"], &[("required", Action::Report)]).unwrap();
    assert_eq!(intake.rows(), [2, 1, 1, 0, 0]);
    assert!(findings(&intake).iter().any(|finding| finding.contains("row 2: blank_form")));
}
