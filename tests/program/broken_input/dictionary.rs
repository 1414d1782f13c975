//! Mistakes in a dictionary.

use super::{evaluation, refused};

const FILE: &str = "dictionary.toml";

/// That an edit of the dictionary is refused at the line that then holds `at`.
fn mistake(from: &str, to: &str, at: &str, phrases: &[&str]) {
    let broken = evaluation();
    broken.edit(FILE, from, to);
    let place = broken.line(FILE, at);
    refused(&broken, 3, &[&[place.as_str()], phrases].concat());
}

#[test]
fn an_unknown_key() {
    mistake(
        "constant = true",
        "contant = true",
        "contant",
        &["unknown key `contant`", "did you mean `constant`?"],
    );
}

#[test]
fn an_unknown_value() {
    mistake(
        "type = \"integer\"",
        "type = \"integr\"",
        "integr\"",
        &["unknown value `integr`", "did you mean `integer`?"],
    );
}

#[test]
fn a_binary_item_with_three_codes() {
    mistake(
        "{ code = 2, nb = \"Kvinne\"",
        "{ code = 3, en = \"Other\" }, { code = 2, nb = \"Kvinne\"",
        "name = \"sex\"",
        &["a binary item has two codes, `sex` has 3", "codes go with nominal, ordinal and binary items"],
    );
}

#[test]
fn a_code_twice() {
    mistake(
        "{ code = 3, nb",
        "{ code = 2, nb",
        "{ code = 2, nb = \"Alvorlig",
        &["the code 2 stands twice for `health`"],
    );
}

#[test]
fn a_scale_that_is_not_there() {
    mistake(
        "scale = \"severity\"",
        "scale = \"severty\"",
        "severty",
        &["there is no scale `severty`", "did you mean `severity`?"],
    );
}

#[test]
fn a_range_upside_down() {
    mistake(
        "range = [16, 99]",
        "range = [99, 16]",
        "name = \"age\"",
        &["the range of `age` is empty", "range = [least, greatest]"],
    );
}

#[test]
fn an_item_with_a_name_of_the_store() {
    mistake(
        "name = \"note\"",
        "name = \"wave\"",
        "name = \"wave\"",
        &["`wave` cannot be a name", "`column`"],
    );
}

#[test]
fn a_name_that_is_none() {
    mistake(
        "name = \"note\"",
        "name = \"my note\"",
        "my note",
        &["`my note` cannot be a name", "letters, digits and `_` only"],
    );
}

#[test]
fn a_syntax_error() {
    mistake("id = \"form\"", "id = \"form", "id = \"form", &[]);
}

#[test]
fn a_dictionary_that_is_not_there() {
    let broken = evaluation();
    broken.edit("pipeline.toml", "\"dictionary.toml\"", "\"dictionery.toml\"");
    refused(&broken, 3, &["dictionery.toml", "the file cannot be read", "did you mean `dictionary.toml`?"]);
}

#[test]
fn a_dictionary_that_is_not_utf_8() {
    let broken = evaluation();
    let bytes: Vec<u8> = broken
        .read(FILE)
        .replace('ø', "\u{1}")
        .bytes()
        .map(|byte| if byte == 1 { 0xF8 } else { byte })
        .collect();
    broken.write(FILE, bytes);
    refused(&broken, 3, &["dictionary.toml", "not UTF-8 text", "save it as UTF-8"]);
}

#[test]
fn a_format_of_the_future() {
    mistake("format = 1", "format = 2", "format = 2", &["reads dictionaries of format 1"]);
}

#[test]
fn a_section_without_a_heading() {
    mistake(
        "name = \"health\"",
        "name = \"health\"\nsection = {}",
        "section = {}",
        &["a section's heading is empty", "write it in at least one language"],
    );
}

#[test]
fn a_key_of_the_pipeline() {
    let place = "belongs to `[[source]]` in the pipeline";
    for key in ["form", "wide", "keep", "wave", "respondent"] {
        let (to, found) = (format!("name = \"health\"\n{key} = \"x\""), format!("`{key}` {place}"));
        mistake(
            "name = \"health\"",
            &to,
            &format!("{key} = \"x\""),
            &[&format!("unknown key `{key}`"), &found],
        );
    }
    mistake(
        "name = \"health\"",
        "name = \"health\"\ncolumns = \"x\"",
        "columns = \"x\"",
        &["did you mean `column`? `columns` belongs to `[[source]]` in the pipeline"],
    );
}

#[test]
fn a_quotation_mark_that_is_missing() {
    let help = "a quotation mark, a comma or a bracket may be missing here or on a line above";
    // The reader sees it one line further down.
    mistake(
        "en = \"Sex\" }",
        "en = \"Sex }",
        "type = \"binary\"",
        &["missing comma between key-value pairs", help],
    );
    mistake("name = \"health\"", "name = \"health", "name = \"health", &[help]);
}
