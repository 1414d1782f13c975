//! Questions with several answers in one column, through the built program.

use std::fs;

use crate::common::Evaluation;

const DICTIONARY: &str = r#"
format = 1

[instrument]
id = "form"
title = { en = "Form" }

[[item]]
name = "help"
label = { nb = "Hva fikk du hjelp til?", en = "What did you get help with?" }
type = "multiple"
codes = [
  { code = 1, nb = "Bolig", en = "Housing", written = ["H"] },
  { code = 2, nb = "Mat, klær", en = "Food, clothes" },
  { code = 10, nb = "Helse", en = "Health" },
]
missing = [{ code = 99, reason = "refused", en = "Would not say" }]

[[item]]
name = "age"
label = { en = "Age" }
type = "integer"
range = [16, 99]
"#;

const PIPELINE: &str = r#"
format = 1
id = "first"
dictionaries = ["dictionary.toml"]

[[wave]]
id = "t0"
month = 0

[[source]]
instrument = "form"
wave = "t0"
file = "data/forms.csv"
format = { delimiter = "\t" }
respondent = "id"

[score.helped]
instrument = "form"
items = ["help_*"]
method = "count"

[cohort.all]
instrument = "form"

[describe.help]
cohort = "all"
variables = ["help", "helped"]

[describe.kinds]
cohort = "all"
variables = ["help"]

[table.T1]
from = ["describe.kinds"]
layout = "multiple_response"

[disclosure]
policy = "none"
"#;

/// Runs an evaluation of these fields and returns the counts of the three answers, how many answered, and the sum of the score.
fn counted(fields: &[&str]) -> (Evaluation, [String; 3], String, String) {
    counted_with("", fields)
}

/// The same, with more in the pipeline.
fn counted_with(more: &str, fields: &[&str]) -> (Evaluation, [String; 3], String, String) {
    let evaluation = Evaluation::first();
    evaluation.write("dictionary.toml", DICTIONARY);
    evaluation.write("pipeline.toml", format!("{PIPELINE}{more}"));
    let rows: String = fields.iter().enumerate().map(|(at, field)| format!("p{at}\t{field}\t30\n")).collect();
    evaluation.write("data/forms.csv", format!("id\thelp\tage\n{rows}"));
    evaluation.ran();
    let mut reader = csv::Reader::from_path(evaluation.place().join("release/estimates.csv")).unwrap();
    let headings = reader.headers().unwrap().clone();
    let at = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let value = |variable: &str, term: &str, statistic: &str| {
        let wanted = |row: &&csv::StringRecord| {
            row[at("analysis")] == *"describe.help"
                && row[at("variable")].split('@').next() == Some(variable)
                && row[at("term")] == *term
                && row[at("statistic")] == *statistic
        };
        rows.iter().find(wanted).map_or_else(String::new, |row| row[at("value")].to_owned())
    };
    let counts = ["help_1", "help_2", "help_10"].map(|name| value(name, "1", "count"));
    let (valid, sum) = (value("help_1", "", "valid"), value("helped", "", "sum"));
    (evaluation, counts, valid, sum)
}

#[test]
fn codes_labels_and_spellings_are_counted_one_by_one() {
    let (evaluation, counts, valid, sum) =
        counted(&["1,2", "10;1", "H", "Bolig;Helse", "Food, clothes, Health", "2", "", "99"]);
    assert_eq!(counts, ["4", "3", "3"]);
    // The empty field and the code for a missing answer say nothing of any.
    assert_eq!((valid.as_str(), sum.as_str()), ("6", "10"));
    let table = fs::read_to_string(evaluation.place().join("release/tables/T1.en.md")).unwrap();
    for label in ["Housing", "Food, clothes", "Health"] {
        assert!(table.contains(label), "{table}");
    }
    let codebook = fs::read_to_string(evaluation.place().join("release/codebook.en.html")).unwrap();
    assert!(codebook.contains("What did you get help with?"));
}

#[test]
fn a_field_that_is_no_list_of_codes_is_found_and_says_nothing() {
    let (evaluation, counts, valid, _) =
        counted_with("[intake]\nunread = \"report\"\n", &["1 2", "1|10", "1.3", "1,7", "no help", "2"]);
    assert_eq!(counts, ["2", "2", "1"]);
    assert_eq!(valid, "3");
    let said = evaluation.check();
    for row in ["row 4", "row 5", "row 6"] {
        assert!(said.text.contains(row) || said.text.contains("type"), "{row}: {}", said.text);
    }
    // What stands there is nobody's business.
    assert!(!said.text.contains("no help"), "{}", said.text);
}
