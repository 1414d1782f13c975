//! The ledger of published figures through the built program: verdicts, files, `--strict`, and mistakes with their lines.

use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;

use crate::common::{Evaluation, differing, reference, repository, tree, utfall};

const LEDGER: &str = "published.toml";

const HEAD: &str = r#"format = 1

[document.paper]
title = "A paper"

[population]
everyone = { nb = "Alle", nn = "Alle", en = "Everyone" }

[reason]
interviews = { nb = "Intervjuer.", nn = "Intervju.", en = "Interviews." }

"#;

/// `pipelines/first` with a ledger, run once and copied for each test. 120 persons were asked at the start.
fn evaluation() -> Evaluation {
    static FIRST: OnceLock<Evaluation> = OnceLock::new();
    let first = FIRST.get_or_init(|| {
        let first = Evaluation::first();
        first.edit("pipeline.toml", "id = \"first\"", "id = \"first\"\npublished = \"published.toml\"");
        let figure = |id: &str, rest: &str| {
            format!("[[figure]]\nid = \"{id}\"\npage = \"3\"\nwords = \"the words of {id}\"\npopulation = \"everyone\"\n{rest}\n\n")
        };
        let members = "compare = \"followup.everyone////members\"";
        let text = [
            HEAD.to_owned(),
            figure("members", &format!("value = 120\n{members}")),
            figure("over_half", "value = 50\nunit = \"percent\"\noperator = \"under\"\ncompare = { ratio = [{ difference = [\"followup.everyone////members\", \"followup.everyone////members\"] }, \"followup.everyone////members\"] }"),
            figure("twice", &format!("value = 240\ncompare = {{ sum = [\"followup.everyone////members\", \"followup.everyone////members\"] }}\nnote = {{ en = \"Added up.\" }}\n# {members}")),
            figure("open", "value = 7\nuntestable = \"interviews\""),
            figure("impossible", "value = 61\nunit = \"percent\"\nof = 30\nuntestable = \"interviews\""),
        ]
        .concat();
        first.write(LEDGER, text);
        first.ran();
        first
    });
    first.copied()
}

/// Figure → verdict and reason.
fn verdicts(evaluation: &Evaluation) -> BTreeMap<String, (String, String)> {
    let text = fs::read_to_string(evaluation.place().join("release/published.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let headers = rows.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let rows = rows.records().map(Result::unwrap);
    rows.map(|row| (row[at("id")].to_owned(), (row[at("verdict")].to_owned(), row[at("reason")].to_owned())))
        .collect()
}

#[test]
fn each_figure_gets_a_verdict() {
    let evaluation = evaluation();
    let verdicts = verdicts(&evaluation);
    let of = |id: &str| (verdicts[id].0.as_str(), verdicts[id].1.as_str());
    assert_eq!(of("members"), ("reproduced", ""));
    assert_eq!(of("twice"), ("reproduced", ""));
    assert_eq!(of("over_half"), ("compatible", ""));
    assert_eq!(of("open"), ("not_testable", "interviews"));
    let checks = fs::read_to_string(evaluation.place().join("release/published_checks.csv")).unwrap();
    assert!(checks.contains("impossible_share,impossible,") && checks.contains("18 of 30"), "{checks}");
    for language in ["nb", "nn", "en"] {
        let report =
            fs::read_to_string(evaluation.place().join(format!("release/report.{language}.html"))).unwrap();
        assert!(report.contains("id=\"published\"") && report.contains("the words of twice"), "{language}");
        let table = format!("release/tables/published_paper.{language}.csv");
        assert!(evaluation.place().join(table).exists());
    }
    let record = fs::read_to_string(evaluation.place().join("run.json")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    assert_eq!(record["published"]["reproduced"], 2);
    assert_eq!(record["published"]["faults"], 1);
}

#[test]
fn strict_ends_with_nine_on_a_contradiction_and_writes_all_the_same() {
    let evaluation = evaluation();
    assert_eq!(evaluation.run(&["--strict"]).code, 0);
    evaluation.edit(LEDGER, "value = 240", "value = 250");
    let said = evaluation.run(&["--strict"]);
    assert_eq!(said.code, 9, "{}", said.text);
    assert!(said.text.contains("twice") && said.text.contains("published.csv"), "{}", said.text);
    assert_eq!(verdicts(&evaluation)["twice"].0, "contradicted");
    // Also where nothing is stale any more; and without --strict it is told and no error.
    assert_eq!(evaluation.run(&["--strict"]).code, 9);
    assert!(evaluation.ran().contains("nothing is stale"));
}

/// Only what depends on the ledger is done again, and piece by piece comes to the same as at once.
#[test]
fn a_change_of_the_ledger_leaves_the_numbers_alone() {
    let evaluation = evaluation();
    evaluation.edit(LEDGER, "value = 7", "value = 8");
    let explained = evaluation.explain(&[]).text;
    assert!(explained.contains("published: stale: a change in the ledger"), "{explained}");
    let said = evaluation.ran();
    assert!(said.contains("published: a change in the ledger") && !said.contains("disclosure: "), "{said}");
    assert!(said.contains("report.nb: "), "{said}");
    let again = evaluation.copied();
    fs::remove_dir_all(again.place()).unwrap();
    again.ran();
    assert_eq!(differing(&tree(&evaluation.place()), &tree(&again.place())), ["run.json"]);
    // A file of the step that is gone is made again; a ledger that is gone takes its files with it.
    fs::remove_file(evaluation.place().join("release/published.csv")).unwrap();
    assert!(evaluation.ran().contains("published: release/published.csv is not there"));
    evaluation.edit("pipeline.toml", "\npublished = \"published.toml\"", "");
    evaluation.ran();
    assert!(!evaluation.place().join("release/published.csv").exists());
}

/// A number that the data do not have, and one that is confidential, are told and not tested.
#[test]
fn what_is_not_computed_and_what_is_hidden() {
    let evaluation = evaluation();
    evaluation.edit(
        LEDGER,
        "value = 7\nuntestable = \"interviews\"",
        "value = 7\ncompare = \"describe.start//health@befor/3/count\"",
    );
    let said = evaluation.ran();
    assert!(said.contains("warning: published figure open (describe.start//health@befor/3/count)"), "{said}");
    assert_eq!(verdicts(&evaluation)["open"].1, "not_computed: describe.start//health@befor/3/count");
    let estimates = fs::read_to_string(evaluation.place().join("release/estimates.csv")).unwrap();
    let hidden = estimates.lines().find(|line| !line.contains('"') && line.ends_with(",suppressed"));
    let fields: Vec<&str> = hidden.expect("a hidden number").split(',').collect();
    let id = [fields[0], fields[2], fields[3], fields[4], fields[5]].join("/");
    evaluation.edit(LEDGER, "describe.start//health@befor/3/count", &id);
    evaluation.ran();
    assert_eq!(verdicts(&evaluation)["open"], ("not_testable".to_owned(), "suppressed".to_owned()));
}

/// That an edit of the ledger is refused at the line that then holds `at`, by `run` and by `check`.
fn mistake(from: &str, to: &str, at: &str, phrases: &[&str]) {
    let broken = evaluation();
    let before = tree(&broken.place());
    broken.edit(LEDGER, from, to);
    let place = broken.line(LEDGER, at);
    for said in [broken.run(&[]), broken.check()] {
        assert_eq!(said.code, 3, "{}", said.text);
        for phrase in [&[place.as_str()], phrases].concat() {
            assert!(said.text.contains(phrase), "no {phrase:?} in:\n{}", said.text);
        }
    }
    assert!(differing(&before, &tree(&broken.place())).is_empty());
}

#[test]
fn mistakes_have_their_line() {
    let members = "compare = \"followup.everyone////members\"\n\n[[figure]]\nid = \"over_half\"";
    let with = |id: &str| format!("compare = \"{id}\"\n\n[[figure]]\nid = \"over_half\"");
    mistake(
        members,
        &with("folowup.everyone////members"),
        "folowup",
        &["no analysis `folowup.everyone`", "did you mean `followup.everyone`?"],
    );
    mistake(
        members,
        &with("followup.everyone////member"),
        "member\"",
        &["gives no statistic `member`", "did you mean `members`?"],
    );
    mistake(
        members,
        &with("followup.everyone/members"),
        "everyone/members",
        &["is not the id of a number", "analysis/group/variable/term/statistic"],
    );
    mistake(
        "value = 7\nuntestable = \"interviews\"",
        "value = 7",
        "id = \"open\"",
        &["either `compare` or `untestable`"],
    );
    mistake(
        "untestable = \"interviews\"",
        "untestable = \"interview\"",
        "\"interview\"",
        &["no reason `interview`", "did you mean `interviews`?"],
    );
    mistake(
        "page = \"3\"\nwords = \"the words of open\"",
        "page = \"3\"\nwords = \" \"",
        "words = \" \"",
        &["has no `words`"],
    );
    mistake("value = 61", "value = 161", "value = 161", &["between 0 and 100"]);
    mistake("operator = \"under\"", "operator = \"above\"", "above", &["unknown value `above`", "over"]);
    mistake("operator = \"under\"", "to = 60", "to = 60", &["can only be used with operator = \"between\""]);
    mistake("operator = \"under\"", "operator = \"between\"", "value = 50", &["a greater `to`"]);
    mistake("operator = \"under\"", "rounding = 0", "rounding = 0", &["a positive number"]);
    mistake("value = 240", "vaule = 240", "vaule", &["unknown key `vaule`", "did you mean `value`?"]);
    mistake("id = \"twice\"", "id =  \"members\"", "id =  \"members\"", &["stands twice"]);
    mistake(
        "compare = { sum = [",
        "compare = { summ = [",
        "summ",
        &["neither the id of a number", "{ sum = "],
    );
    mistake("of = 30", "of = 30\ncount = \"nobody\"", "nobody", &["no figure `nobody`"]);
    mistake("of = 30", "of = 30\ncount = \"over_half\"", "count = ", &["names the count"]);
    mistake("format = 1", "format = 2", "format = 2", &["ledgers of format 1"]);
    mistake(
        "[population]",
        "[[whole]]\nparts = [\"open\"]\nwhole = \"members\"\n\n[population]",
        "whole = \"members\"",
        &["two parts or more"],
    );
    mistake(
        "[population]",
        "[[whole]]\nparts = [\"open\", \"over_half\"]\nwhole = \"members\"\n\n[population]",
        "parts",
        &["another unit"],
    );
    mistake(
        "[population]",
        "[[same]]\nfigures = [\"opne\"]\n\n[population]",
        "opne",
        &["did you mean `open`?"],
    );
}

#[test]
fn a_ledger_that_is_not_there() {
    let broken = evaluation();
    fs::remove_file(broken.file(LEDGER)).unwrap();
    let said = broken.run(&[]);
    assert_eq!(said.code, 3, "{}", said.text);
    assert!(said.text.contains("published.toml") && said.text.contains("cannot be read"), "{}", said.text);
}

/// Runs a shipped evaluation, which ends with `code` where nothing may be contradicted, and gives what its record says of the
/// published figures, and the faults found.
fn shipped(pipeline: &str, code: i32) -> (serde_json::Value, String) {
    let out = tempfile::tempdir().unwrap();
    let path = repository(&format!("pipelines/{pipeline}"));
    let arguments =
        ["run", path.to_str().unwrap(), "--out", out.path().to_str().unwrap(), "--strict", "--lang", "en"];
    let said = utfall(&arguments, &[]);
    assert_eq!(said.code, code, "{}", said.text);
    let place = out.path().join(pipeline);
    let record = fs::read_to_string(place.join("run.json")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    (record["published"].clone(), fs::read_to_string(place.join("release/published_checks.csv")).unwrap())
}

/// The simulated people are made so that the published figures hold; what does not fit in the publication itself is found.
#[test]
fn the_published_figures_of_the_low_threshold_services_hold() {
    let (published, checks) = shipped("sintef-lav", 0);
    assert!(published["figures"].as_u64().unwrap() >= 70, "{published}");
    assert_eq!(published["contradicted"].as_array().unwrap().len(), 0, "{published}");
    assert_eq!(published["not_computed"].as_array().unwrap().len(), 0, "{published}");
    let found = |rule: &str, figure: &str| {
        let rows = checks.lines().filter(|line| line.starts_with(rule));
        rows.filter(|line| line.contains(figure)).count()
    };
    assert_eq!(found("impossible_share", "outreach"), 1, "{checks}");
    assert_eq!(found("parts_and_whole", "institution"), 1, "{checks}");
    assert_eq!(found("same_quantity", "municipalities"), 1, "{checks}");
    assert_eq!(checks.lines().count(), 4, "{checks}");
}

/// What the abstracts define is met or contradicted; what they leave open is told, with what was tried.
#[test]
fn the_published_figures_of_the_help_study() {
    if std::env::var_os("UTFALL_HELP_CSV").is_none() {
        return reference::skip("the HELP study's file, named by UTFALL_HELP_CSV");
    }
    let (published, checks) = shipped("help", 9);
    assert!(published["figures"].as_u64().unwrap() >= 12, "{published}");
    let met = [&published["reproduced"], &published["compatible"]].map(|met| met.as_u64().unwrap());
    assert!(met[0] >= 17 && met[0] + met[1] >= 21, "{published}");
    let contradicted = [
        "subjects",
        "alcohol",
        "heroin_or_cocaine",
        "recurrent_use",
        "suicidal_followup",
        "attempt_followup",
    ];
    assert_eq!(published["contradicted"], serde_json::json!(contradicted), "{published}");
    assert_eq!(published["not_computed"].as_array().unwrap().len(), 0, "{published}");
    assert_eq!(checks.lines().count(), 1, "{checks}");
}
