//! Files of answers that are not what the pipeline and the dictionary declare.

use super::{SECRET, SECRET_NUMBER, accepted, evaluation, refused, run_refused};

const BEFORE: &str = "data/before.csv";
/// The first person's row at the first wave.
const FIRST_ROW: &str = "qz7731;1;20;3;3;11;qz7731";
const FORMAT: &str = "format = { delimiter = \";\" }";

/// Declares what a check leads to, before the first table of the pipeline file.
fn on_finding(evaluation: &crate::common::Evaluation, check: &str, action: &str) {
    let intake = format!("[intake]\n{check} = \"{action}\"\n\n# A variable made from others");
    evaluation.edit("pipeline.toml", "# A variable made from others", &intake);
}

#[test]
fn another_delimiter_than_declared() {
    let broken = evaluation();
    broken.edit("pipeline.toml", FORMAT, "format = { delimiter = \",\" }");
    refused(
        &broken,
        4,
        &[
            "form@before (before.csv) line 1",
            "found one column only",
            "expected columns separated by ','",
            "write format = { delimiter = ';' }",
        ],
    );
}

#[test]
fn windows_1252_declared_utf_8() {
    let broken = evaluation();
    let mut bytes = broken.read(BEFORE).into_bytes();
    bytes.extend(b"Q1;1;30;1;1;5;bl\xE5b\xE6r qz7731\n");
    broken.write(BEFORE, bytes);
    refused(
        &broken,
        4,
        &[
            "form@before (before.csv) line 122, column 17",
            "found bytes that are not UTF-8; expected UTF-8 text",
            "encoding = \"windows-1252\"",
        ],
    );
}

#[test]
fn utf_8_declared_windows_1252() {
    let broken = evaluation();
    broken.edit("pipeline.toml", FORMAT, "format = { delimiter = \";\", encoding = \"windows-1252\" }");
    broken.edit(BEFORE, FIRST_ROW, "qz7731;1;20;3;3;11;blåbær qz7731");
    refused(
        &broken,
        4,
        &["form@before (before.csv)", "found UTF-8 text; expected Windows-1252", "encoding = \"utf-8\""],
    );
}

#[test]
fn text_that_was_encoded_twice() {
    let broken = evaluation();
    broken.edit(BEFORE, FIRST_ROW, "qz7731;1;20;3;3;11;blÃ¥bÃ¦r qz7731");
    accepted(&broken, &["form@before (before.csv) row 2, item note: mojibake:", "encoded twice", "reported"]);
    on_finding(&broken, "mojibake", "stop");
    refused(&broken, 5, &["row 2, item note: mojibake:", "expected plain letters", "the run stops"]);
}

#[test]
fn a_code_that_is_not_listed() {
    let broken = evaluation();
    broken.edit(BEFORE, FIRST_ROW, &format!("qz7731;1;20;{SECRET_NUMBER};3;11;qz7731"));
    let expected =
        "row 2, item health: unlisted_code: a code that is not listed; expected one of 1, 2, 3 (missing: 9)";
    accepted(&broken, &[expected, "set missing"]);
    on_finding(&broken, "unlisted_code", "stop");
    refused(&broken, 5, &["form@before (before.csv)", expected, "the run stops"]);
}

#[test]
fn a_column_that_is_not_there() {
    let broken = evaluation();
    broken.edit(BEFORE, "id;sex;age;health", "id;sex;age;trouble");
    refused(
        &broken,
        5,
        &[
            "form@before (before.csv), item health: column_absent",
            "the file has no column \"health\"",
            "as the dictionary declares",
            "correct the file, or what the pipeline or the dictionary says about it\n  to go on all the same: [intake] column_absent = \"report\" in the pipeline",
        ],
    );
}

#[test]
fn several_columns_that_are_not_there() {
    let broken = evaluation();
    broken.edit(BEFORE, "age;health;housing", "age;trouble;house");
    let found = "form@before (before.csv), items health, housing: column_absent: the file has no columns \"health\", \"housing\"; expected it as the dictionary declares";
    refused(&broken, 5, &[found]);
    assert_eq!(broken.check().text.matches("column_absent: ").count(), 1, "one message of a file");
}

#[test]
fn a_pattern_of_columns_that_nothing_follows() {
    let of = |columns: &str| {
        let broken = evaluation();
        let wide = "wide = { pattern = \"{item} {wave}\", waves = { before = \"Pre\", after = \"Post\" } }\n";
        let text = broken.read("pipeline.toml");
        let (first, second) = text.split_once("[[source]]").unwrap();
        let one = second.replacen("wave = \"before\"\n", wide, 1);
        let (source, rest) = one.split_once("[[source]]").unwrap();
        let rest = rest.split_once("# A variable").unwrap().1;
        broken.write("pipeline.toml", format!("{first}[[source]]{source}# A variable{rest}"));
        broken.edit(BEFORE, "health;housing;days_used", columns);
        broken
    };
    let broken = of("health_1;housing_1;days_used_1");
    let found = "the file has no column of this wave; expected columns called \"… Pre\" with an item's `column` for …, after the source's `wide`";
    let columns = "its columns: \"id\", \"sex\", \"age\", \"health_1\", \"housing_1\", \"days_used_1\"";
    refused(&broken, 5, &[found, columns]);
    let said = broken.check().text;
    assert_eq!((said.matches("column_absent: ").count(), said.contains("asked =")), (1, false), "{said}");
    // One of the items is called otherwise.
    let broken = of("health Pre;house Pre;days_used Pre");
    let found = "item housing: column_absent: the file has no column \"housing\"; expected \"… Pre\" with the item's `column` for …";
    refused(&broken, 5, &[found]);
}

#[test]
fn a_column_that_is_written_otherwise() {
    let broken = evaluation();
    broken.edit(BEFORE, "id;sex;age;health", "id;sex;age;health (1)");
    refused(&broken, 5, &["item health: column_absent", "the file has no column \"health\"", "asked ="]);
}

#[test]
fn a_column_that_stands_twice() {
    let broken = evaluation();
    broken.edit(BEFORE, "health;housing", "health;health");
    refused(&broken, 5, &["item health: column_twice", "columns 4 and 5", "expected one"]);
}

#[test]
fn a_file_without_a_heading() {
    let broken = evaluation();
    let text = broken.read(BEFORE);
    broken.write(BEFORE, text.split_once('\n').unwrap().1);
    refused(&broken, 5, &["column_absent", "is the first line a heading?"]);
}

#[test]
fn a_respondent_twice_at_a_wave() {
    let broken = evaluation();
    let other = FIRST_ROW.rsplit_once(';').unwrap().0;
    broken.append(BEFORE, &format!("{other};1\n"));
    refused(
        &broken,
        5,
        &[
            "form@before (before.csv) rows 2, 122: duplicate_respondent",
            "the respondent has another assessment at the same wave, with other answers; expected one",
            "keep = \"last\"",
        ],
    );
}

#[test]
fn a_wave_that_the_pipeline_does_not_list() {
    let broken = evaluation();
    let (start, end) = ("[[source]]", "# A variable made from others");
    let text = broken.read("pipeline.toml");
    let (head, rest) = text.split_once(start).unwrap();
    let source = "[[source]]\ninstrument = \"form\"\nfile = \"data/before.csv\"\nrespondent = \"id\"\nformat = { delimiter = \";\" }\n\
        wave_column = { column = \"note\", values = { 0 = \"before\", 6 = \"after\" } }\n\n";
    broken.write("pipeline.toml", format!("{head}{source}{end}{}", rest.split_once(end).unwrap().1));
    refused(
        &broken,
        5,
        &[
            "form (before.csv) rows 2, 3, 4, 5, 6 and 115 more: unknown_wave",
            "the column \"note\" names no known wave; expected one of 0, 6",
        ],
    );
}

#[test]
fn an_empty_file() {
    let broken = evaluation();
    broken.write(BEFORE, "");
    refused(
        &broken,
        4,
        &[
            "form@before (before.csv): found an empty file; expected a heading and rows",
            "export the data again",
        ],
    );
}

#[test]
fn a_heading_and_no_rows() {
    let broken = evaluation();
    broken.write(BEFORE, "id;sex;age;health;housing;days_used;note\n");
    refused(
        &broken,
        5,
        &["form@before (before.csv): no_rows: the file has a heading and no rows; expected assessments"],
    );
}

#[test]
fn a_workbook_that_is_cut() {
    let broken = evaluation();
    broken.write(BEFORE, b"PK\x03\x04\x14\x00\x06\x00qz7731");
    refused(
        &broken,
        4,
        &["found a zip archive that is damaged or cut; expected a whole workbook", "save it again"],
    );
}

#[test]
fn random_bytes() {
    let broken = evaluation();
    let mut state = 1u64;
    let bytes: Vec<u8> = (0..4096)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        })
        .collect();
    broken.write(BEFORE, bytes);
    refused(&broken, 4, &["form@before (before.csv) line ", "expected delimited text (CSV)"]);
}

#[test]
fn a_line_of_ten_megabytes() {
    let broken = evaluation();
    broken.append(BEFORE, &format!("Q1;1;30;1;1;5;{}\n", SECRET.repeat(1_800_000)));
    refused(
        &broken,
        4,
        &["form@before (before.csv) line 122: found a field of over 1048576 bytes (field 7 of the row)"],
    );
}

#[test]
fn a_quotation_mark_that_is_never_closed() {
    let broken = evaluation();
    broken.edit(BEFORE, FIRST_ROW, "qz7731;1;20;3;3;11;\"qz7731");
    refused(
        &broken,
        4,
        &[
            "form@before (before.csv) line 2: found a quotation mark that is never closed",
            "add the closing quotation mark",
        ],
    );
}

#[test]
fn a_row_with_too_many_fields() {
    let broken = evaluation();
    broken.edit(BEFORE, FIRST_ROW, "qz7731;1;20;3;3;11;qz;7731;x");
    refused(&broken, 5, &["row 2: ragged_row: found 9 fields; expected 7, as in the heading"]);
}

#[test]
fn a_word_in_a_column_of_numbers() {
    let broken = evaluation();
    broken.edit(BEFORE, FIRST_ROW, "qz7731;1;20;3;3;qz7731;x");
    let expected = "row 2, item days_used: type: not a number; expected a whole number";
    accepted(&broken, &[expected, "set missing"]);
    on_finding(&broken, "type", "stop");
    refused(&broken, 5, &["form@before (before.csv)", expected, "the run stops"]);
}

#[test]
fn a_decimal_comma_where_a_point_is_declared() {
    let broken = evaluation();
    broken.edit(BEFORE, FIRST_ROW, "qz7731;1;20;3;3;77317731,5;x");
    on_finding(&broken, "type", "stop");
    refused(
        &broken,
        5,
        &[
            "row 2, item days_used: type: a number with a decimal comma, while the pipeline has the decimal point (format = { decimal = \",\" } in its [[source]] reads it); expected a whole number",
        ],
    );
}

#[test]
fn a_number_out_of_range() {
    let broken = evaluation();
    broken.edit(BEFORE, FIRST_ROW, &format!("qz7731;1;20;3;3;{SECRET_NUMBER};x"));
    on_finding(&broken, "range", "stop");
    refused(&broken, 5, &["row 2, item days_used: range: a number outside the range; expected 0 to 28"]);
}

#[test]
fn a_constant_that_changes() {
    let broken = evaluation();
    broken.edit(BEFORE, FIRST_ROW, "qz7731;2;20;3;3;11;qz7731");
    on_finding(&broken, "constant_changes", "stop");
    refused(
        &broken,
        5,
        &["form@after (after.csv) row 2, item sex: constant_changes", "expected the same at all waves"],
    );
}

#[test]
fn a_file_that_is_not_there() {
    let broken = evaluation();
    broken.edit("pipeline.toml", "data/before.csv", "data/befor.csv");
    refused(&broken, 4, &["form@before (befor.csv): found no file at", "did you mean `before.csv`?"]);
}

#[test]
fn a_folder_where_a_file_should_be() {
    let broken = evaluation();
    broken.edit("pipeline.toml", "\"data/before.csv\"", "\"data\"");
    refused(&broken, 4, &["form@before (data): found a folder at", "expected a file that can be read"]);
}

#[test]
fn an_environment_variable_that_is_not_set() {
    let broken = evaluation();
    let with_get = "\"$UTFALL_NOT_SET\"\nget = \"the archive\"";
    broken.edit("pipeline.toml", "\"data/before.csv\"", with_get);
    let expected = "found no environment variable `UTFALL_NOT_SET`; expected the path of the file in it";
    refused(
        &broken,
        4,
        &[
            "form@before ($UTFALL_NOT_SET)",
            expected,
            "UTFALL_NOT_SET=…",
            "where to get the file: the archive",
        ],
    );
    run_refused(
        &broken,
        &[],
        &[("UTFALL_NOT_SET", "/nowhere/x.csv")],
        4,
        &["found no file at /nowhere/x.csv", "the archive"],
    );
}

/// The memory of the program itself, from its beginning, is a file that nobody can read, not even root.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read() {
    let broken = evaluation();
    std::fs::remove_file(broken.file(BEFORE)).unwrap();
    std::os::unix::fs::symlink("/proc/self/mem", broken.file(BEFORE)).unwrap();
    refused(
        &broken,
        4,
        &[
            "form@before (before.csv): found ",
            "expected a file that can be read",
            "check the path, and that you have permission to read the file",
        ],
    );
}
