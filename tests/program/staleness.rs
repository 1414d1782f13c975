//! What is done again and what is kept: through the built program, on copies of an evaluation that has been run.

use std::collections::BTreeSet;
use std::fs;

use crate::common::{Evaluation, Said, differing, times, tree};

const PIPELINE: &str = "pipeline.toml";
const NOTEBOOKS: &str = "notebooks";
const CODEBOOK: &str = "codebook";
const REPORTS: [&str; 3] = ["report.nb", "report.nn", "report.en"];
/// The files that hold all tables.
const COLLECTIONS: [&str; 6] =
    ["workbook.nb", "document.nb", "workbook.nn", "document.nn", "workbook.en", "document.en"];

/// `pipelines/first` with its output.
fn evaluation() -> Evaluation {
    Evaluation::first_ran()
}

/// Every step of the evaluation as the record has it.
fn recorded(evaluation: &Evaluation) -> BTreeSet<String> {
    let text = fs::read_to_string(evaluation.place().join("run.json")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&text).unwrap();
    let steps = record["steps"].as_array().unwrap().iter();
    steps.map(|step| step["id"].as_str().unwrap().to_owned()).collect()
}

/// What `explain` calls stale for sure, and what it calls perhaps stale.
fn explained(evaluation: &Evaluation) -> (BTreeSet<String>, BTreeSet<String>) {
    let said = evaluation.explain(&[]);
    assert_eq!(said.code, 0, "{}", said.text);
    let (mut surely, mut perhaps) = (BTreeSet::new(), BTreeSet::new());
    for line in said.text.lines() {
        match line.split_once(": stale: ") {
            Some((step, why)) if why.starts_with("perhaps") => perhaps.insert(step.to_owned()),
            Some((step, _)) => surely.insert(step.to_owned()),
            None => {
                assert!(line.ends_with(": up to date"), "{line}");
                false
            }
        };
    }
    (surely, perhaps)
}

/// The steps that a run said it has done.
fn done(evaluation: &Evaluation, said: &Said) -> BTreeSet<String> {
    assert_eq!(said.code, 0, "{}", said.text);
    let steps = recorded(evaluation);
    let named = said.text.lines().filter_map(|line| line.split_once(": ").map(|(step, _)| step.to_owned()));
    named.filter(|step| steps.contains(step)).collect()
}

/// Runs, and holds that exactly `expected` is done, that `explain` said so before, that it is up to date afterwards, and
/// that what was made piece by piece is what a fresh run makes.
fn stales(evaluation: &Evaluation, expected: &[&str]) {
    let (surely, perhaps) = explained(evaluation);
    let said = evaluation.run(&[]);
    let done = done(evaluation, &said);
    let expected: BTreeSet<String> = expected.iter().map(|step| (*step).to_owned()).collect();
    assert_eq!(done, expected, "run said:\n{}", said.text);
    assert!(surely.is_subset(&done), "explain: {surely:?}\nrun: {done:?}");
    assert!(
        done.iter().all(|step| surely.contains(step) || perhaps.contains(step)),
        "{surely:?} {perhaps:?}\n{done:?}"
    );
    assert_eq!(explained(evaluation), Default::default());
    assert!(evaluation.ran().contains("nothing is stale"));
    fresh(evaluation);
}

/// That the output is what a first run on the same input gives.
fn fresh(evaluation: &Evaluation) {
    let again = evaluation.copied();
    fs::remove_dir_all(again.place()).unwrap();
    again.ran();
    let different = differing(&tree(&evaluation.place()), &tree(&again.place()));
    // The record holds how long each step took.
    assert!(different.iter().all(|file| file == "run.json"), "{different:?}");
}

/// The steps of a list and the reports.
fn and_reports<'s>(steps: &[&'s str]) -> Vec<&'s str> {
    [steps, &REPORTS].concat()
}

/// The files that hold figures beside the reports.
const DOCUMENTS: [&str; 3] = ["document.nb", "document.nn", "document.en"];

/// The steps of a list, the reports, and the files that hold all tables.
fn and_all<'s>(steps: &[&'s str]) -> Vec<&'s str> {
    [steps, &REPORTS, &COLLECTIONS].concat()
}

#[test]
fn a_second_run_does_nothing_and_touches_nothing() {
    let evaluation = evaluation();
    let (before, written) = (tree(&evaluation.place()), times(&evaluation.place()));
    assert_eq!(explained(&evaluation), Default::default());
    assert!(evaluation.ran().contains("nothing is stale"));
    assert!(differing(&before, &tree(&evaluation.place())).is_empty());
    assert_eq!(written, times(&evaluation.place()));
}

/// What is kept is the very file that was there.
#[test]
fn what_is_kept_is_not_written_again() {
    let evaluation = evaluation();
    let before = times(&evaluation.place());
    evaluation.edit(
        PIPELINE,
        "terms = [\"serious@before\", \"sex\", \"age\"]",
        "terms = [\"serious@before\", \"sex\"]",
    );
    evaluation.ran();
    let after = times(&evaluation.place());
    for kept in
        ["restricted/store/form/bucket-0000.parquet", "release/tables/T1.nb.csv", "release/tables/T3.en.md"]
    {
        assert_eq!(before[kept], after[kept], "{kept}");
    }
    assert_ne!(before["release/tables/T4.nb.csv"], after["release/tables/T4.nb.csv"]);
}

/// Labels stand in the store's metadata, in tables that show the item, and in reports; no number depends on them.
#[test]
fn a_label_of_a_code() {
    let evaluation = evaluation();
    evaluation.edit("dictionary.toml", "en = \"Serious problem\"", "en = \"Severe problem\"");
    stales(&evaluation, &and_all(&["store.form", "table.T2", "table.T3", CODEBOOK, NOTEBOOKS]));
    let report = fs::read_to_string(evaluation.place().join("release/tables/T2.en.csv")).unwrap();
    assert!(report.contains("Severe problem"));
}

#[test]
fn a_label_of_a_variable_that_one_model_shows() {
    let evaluation = evaluation();
    evaluation.edit("dictionary.toml", "en = \"Age\"", "en = \"Years of age\"");
    stales(&evaluation, &and_all(&["store.form", "table.T4", CODEBOOK, NOTEBOOKS]));
}

#[test]
fn a_label_of_an_analysis() {
    let evaluation = evaluation();
    evaluation.edit(PIPELINE, "en = \"At the start\"", "en = \"At first\"");
    stales(&evaluation, &and_all(&["table.T2", NOTEBOOKS]));
}

/// An analysis that no table shows still has a place in the report.
#[test]
fn a_label_that_only_the_report_shows() {
    let evaluation = evaluation();
    let text = evaluation
        .read(PIPELINE)
        .replace("[table.T3]\nfrom = [\"change.problems\"]\nlayout = \"change\"\n", "");
    evaluation.write(PIPELINE, text);
    evaluation.ran();
    assert!(!evaluation.place().join("release/tables/T3.nb.csv").exists());
    evaluation.edit("dictionary.toml", "en = \"Days of substance use\"", "en = \"Days of use\"");
    stales(&evaluation, &and_reports(&["store.form", CODEBOOK, NOTEBOOKS]));
    assert!(
        fs::read_to_string(evaluation.place().join("release/report.en.html"))
            .unwrap()
            .contains("Days of use")
    );
}

/// What only the codebook shows.
#[test]
fn a_section_of_the_questionnaire() {
    let evaluation = evaluation();
    evaluation.edit("dictionary.toml", "name = \"health\"", "name = \"health\"\nsection = { en = \"Life\" }");
    stales(&evaluation, &["store.form", CODEBOOK]);
    evaluation.edit("dictionary.toml", "name = \"health\"", "name = \"health\"\nasked = \"later\"");
    stales(&evaluation, &[CODEBOOK]);
    let page = fs::read_to_string(evaluation.place().join("release/codebook.en.html")).unwrap();
    assert!(page.contains("Life"));
}

#[test]
fn a_title() {
    let evaluation = evaluation();
    evaluation.edit(PIPELINE, "en = \"My first evaluation\"", "en = \"My evaluation\"");
    stales(&evaluation, &and_all(&[CODEBOOK, NOTEBOOKS]));
}

#[test]
fn a_data_file() {
    let evaluation = evaluation();
    let text = evaluation.read("data/before.csv");
    let row = text.lines().nth(5).unwrap().to_owned();
    evaluation.edit("data/before.csv", &(row.clone() + "\n"), "");
    let everything = recorded(&evaluation);
    // Notebooks are made from the plan alone.
    let everything: Vec<&str> =
        everything.iter().map(String::as_str).filter(|step| *step != NOTEBOOKS).collect();
    stales(&evaluation, &everything);
}

/// Rows in another order are the same data: the store is made again and comes out as it was.
#[test]
fn a_data_file_that_says_the_same() {
    let evaluation = evaluation();
    let text = evaluation.read("data/after.csv");
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    evaluation.write("data/after.csv", lines.join("\n") + "\n");
    // The reports account for what was read: the file's digest is another.
    stales(&evaluation, &and_reports(&["store.form"]));
}

#[test]
fn a_disclosure_policy() {
    let evaluation = evaluation();
    evaluation.edit(PIPELINE, "policy = \"min5\"", "policy = \"none\"");
    let (surely, _) = explained(&evaluation);
    assert!(surely.contains("disclosure"));
    let said = evaluation.run(&[]);
    let done = done(&evaluation, &said);
    assert!(done.contains("disclosure") && done.contains("report.nb"), "{done:?}");
    assert!(done.iter().all(|step| !step.starts_with("store.") && !step.starts_with("model.")), "{done:?}");
    fresh(&evaluation);
}

#[test]
fn a_model() {
    let evaluation = evaluation();
    evaluation.edit(
        PIPELINE,
        "terms = [\"serious@before\", \"sex\", \"age\"]",
        "terms = [\"serious@before\", \"sex\"]",
    );
    stales(&evaluation, &and_all(&["model.serious", "disclosure", "table.T4", CODEBOOK, NOTEBOOKS]));
}

/// A variable that is derived in another way concerns those who read it.
#[test]
fn a_derived_variable() {
    let evaluation = evaluation();
    evaluation.edit(PIPELINE, "sql = \"health = 3\"", "sql = \"health >= 2\"");
    stales(
        &evaluation,
        &and_all(&[
            "change.problems",
            "model.serious",
            "disclosure",
            "table.T3",
            "table.T4",
            CODEBOOK,
            NOTEBOOKS,
        ]),
    );
}

/// A family is done again where its members' numbers change, and only then.
#[test]
fn a_member_of_a_family() {
    let evaluation = evaluation();
    evaluation.append(
        PIPELINE,
        "\n[change.use]\ncohort = \"everyone\"\nvariables = [\"housing\", \"days_used\"]\nfrom = \"before\"\nto = \"*\"\n\
         [family.main]\nof = [\"change.use\"]\n[table.T5]\nfrom = [\"family.main\"]\nlayout = \"family\"\n",
    );
    evaluation.ran();
    evaluation.edit(PIPELINE, "sql = \"health = 3\"", "sql = \"health >= 2\"");
    stales(
        &evaluation,
        &and_all(&[
            "change.problems",
            "model.serious",
            "disclosure",
            "table.T3",
            "table.T4",
            CODEBOOK,
            NOTEBOOKS,
        ]),
    );
    evaluation.edit(
        PIPELINE,
        "variables = [\"housing\", \"days_used\"]",
        "variables = [\"days_used\", \"health\"]",
    );
    stales(
        &evaluation,
        &and_all(&["change.use", "family.main", "disclosure", "table.T5", CODEBOOK, NOTEBOOKS]),
    );
}

#[test]
fn a_table() {
    let evaluation = evaluation();
    evaluation.edit(PIPELINE, "[table.T4]", "[table.T4]\nnote = { en = \"A remark.\" }");
    stales(&evaluation, &and_all(&["table.T4"]));
}

#[test]
fn a_new_and_a_removed_table() {
    let evaluation = evaluation();
    evaluation.append(PIPELINE, "\n[table.T5]\nfrom = [\"followup.everyone\"]\nlayout = \"followup\"\n");
    stales(&evaluation, &and_all(&["table.T5", NOTEBOOKS]));
    assert!(evaluation.place().join("release/tables/T5.nn.md").exists());
    evaluation.edit(PIPELINE, "\n[table.T5]\nfrom = [\"followup.everyone\"]\nlayout = \"followup\"\n", "");
    stales(&evaluation, &and_all(&[NOTEBOOKS]));
    assert!(!evaluation.place().join("release/tables/T5.nn.md").exists());
}

/// What its sentences rank is a number of the release.
#[test]
fn a_new_table_that_ranks() {
    let evaluation = evaluation();
    evaluation.append(PIPELINE, "\n[table.T5]\nfrom = [\"describe.start\"]\nlayout = \"crosstab\"\n");
    stales(&evaluation, &and_all(&["disclosure", "table.T5", CODEBOOK, NOTEBOOKS]));
    let estimates = std::fs::read_to_string(evaluation.place().join("release/estimates.csv")).unwrap();
    assert!(estimates.contains("ranking.T5,ranking,sex,health@before,share="));
}

const FIGURE: &str = "\n[figure.F1]\nfrom = [\"change.problems\"]\nkind = \"change_bars\"\n";

#[test]
fn a_new_a_changed_and_a_removed_figure() {
    let evaluation = evaluation();
    evaluation.append(PIPELINE, FIGURE);
    stales(&evaluation, &[&["figure.F1"], &REPORTS[..], &DOCUMENTS].concat());
    for language in ["nb", "nn", "en"] {
        for extension in ["svg", "png"] {
            let file = format!("release/figures/F1.{language}.{extension}");
            assert!(evaluation.place().join(&file).exists(), "{file}");
        }
    }
    let page = std::fs::read_to_string(evaluation.place().join("release/report.en.html")).unwrap();
    assert!(page.contains("id=\"figure-F1\"") && page.contains("role=\"img\""));
    evaluation.edit(PIPELINE, "[figure.F1]", "[figure.F1]\nvariables = [\"health\"]");
    stales(&evaluation, &[&["figure.F1"], &REPORTS[..], &DOCUMENTS].concat());
    std::fs::remove_file(evaluation.place().join("release/figures/F1.en.png")).unwrap();
    stales(&evaluation, &["figure.F1"]);
    evaluation.edit(PIPELINE, &FIGURE.replace("[figure.F1]", "[figure.F1]\nvariables = [\"health\"]"), "");
    stales(&evaluation, &[&REPORTS[..], &DOCUMENTS].concat());
    assert!(!evaluation.place().join("release/figures/F1.nb.svg").exists());
}

/// The files of what is gone from the pipeline go, even where nothing else is stale.
#[test]
fn a_language_less() {
    let evaluation = evaluation();
    evaluation.edit(PIPELINE, "title = { nb", "languages = [\"nb\"]\ntitle = { nb");
    evaluation.ran();
    let files: Vec<String> = tree(&evaluation.place()).into_keys().collect();
    assert!(files.iter().all(|file| !file.contains(".en.") && !file.contains(".nn.")), "{files:?}");
    fresh(&evaluation);
}

#[test]
fn a_file_of_the_output_that_is_gone() {
    let all = ["followup.everyone", "describe.start", "change.problems", "model.serious"];
    for (file, steps) in [
        ("release/tables/T3.nn.md", &["table.T3"][..]),
        ("release/report.en.html", &["report.en"]),
        ("release/tables.nn.xlsx", &["workbook.nn"]),
        ("release/tables.nb.docx", &["document.nb"]),
        ("release/codebook.nn.html", &[CODEBOOK]),
        ("release/codebook.xml", &[CODEBOOK]),
        ("release/estimates.csv", &["disclosure"]),
        ("release/estimates.parquet", &["disclosure"]),
        ("restricted/estimates.parquet", &all),
        ("restricted/analysis/model.serious.csv", &["model.serious"]),
        ("restricted/analysis/change.problems.health@before-after.csv", &["change.problems"]),
        ("release/notebooks/first.Rmd", &[NOTEBOOKS]),
        ("restricted/rejected.csv", &["store.form"]),
        ("restricted/store/form/bucket-0000.parquet", &["store.form"]),
        ("restricted/store/form/manifest.json", &["store.form"]),
    ] {
        let evaluation = evaluation();
        fs::remove_file(evaluation.place().join(file)).unwrap();
        stales(&evaluation, steps);
    }
}

#[test]
fn force_does_everything() {
    let evaluation = evaluation();
    let before = tree(&evaluation.place());
    let said = evaluation.run(&["--force"]);
    assert_eq!(done(&evaluation, &said), recorded(&evaluation));
    assert_eq!(differing(&before, &tree(&evaluation.place())), ["run.json"]);
}

/// Words, styles and templates are no numbers: a program that differs in them alone makes its pages again.
#[test]
fn a_word_of_the_program() {
    let evaluation = evaluation();
    let path = evaluation.place().join("run.json");
    let text = fs::read_to_string(&path).unwrap();
    let record: serde_json::Value = serde_json::from_str(&text).unwrap();
    let steps = record["steps"].as_array().unwrap();
    let texts = |step: &serde_json::Value| step["parts"].get("the program's words and styles").cloned();
    let digest = steps.iter().find_map(texts).unwrap();
    fs::write(&path, text.replace(digest.as_str().unwrap(), "another")).unwrap();
    let tables = ["table.T1", "table.T2", "table.T3", "table.T4"];
    stales(&evaluation, &and_all(&[&tables[..], &[CODEBOOK, NOTEBOOKS]].concat()));
}

/// A question that is refused leaves the output, and what is stale, as they were.
#[test]
fn a_run_that_failed_changes_nothing() {
    let evaluation = evaluation();
    let before = tree(&evaluation.place());
    evaluation.edit(
        PIPELINE,
        "sql = \"health = 3\"",
        "sql = \"health\"\ntype = \"nominal\"\ncodes = [{ code = 1 }]",
    );
    evaluation.edit(
        PIPELINE,
        "outcome = \"serious@after\"\nterms = [\"serious@before\", \"sex\", ",
        "outcome = \"sex\"\nterms = [",
    );
    evaluation.edit(PIPELINE, "\"days_used\", \"serious\"]", "\"days_used\"]");
    evaluation.edit(PIPELINE, "variables = [\"health@before\", ", "variables = [\"serious@before\", ");
    let said = evaluation.run(&[]);
    assert_eq!(said.code, 6, "{}", said.text);
    assert!(differing(&before, &tree(&evaluation.place())).is_empty());
}
