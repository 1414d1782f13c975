//! `utfall compare` on two runs of which one thing differs: it names the numbers, and what moved them.

use std::fs;

use crate::common::{Evaluation, Said, utfall};

/// `pipelines/first` with its output.
fn evaluation() -> Evaluation {
    Evaluation::first_ran()
}

fn compare(before: &Evaluation, after: &Evaluation, more: &[&str]) -> Said {
    let (before, after) = (before.place(), after.place());
    let mut arguments = vec!["compare", before.to_str().unwrap(), after.to_str().unwrap()];
    arguments.extend(more);
    utfall(&arguments, &[])
}

/// What the comparison says that moved the numbers: the first words of its first lines.
fn moved(said: &Said) -> Vec<&str> {
    let causes = ["data", "dictionary", "pipeline", "program"];
    let first = said.text.lines().filter_map(|line| line.split_whitespace().next());
    first.take_while(|word| causes.contains(word)).collect()
}

/// The analyses with a difference.
fn analyses(said: &Said) -> Vec<&str> {
    let lines = said.text.lines().filter(|line| !line.starts_with(' ') && line.ends_with(')'));
    lines.filter_map(|line| line.split_once(": ").map(|(analysis, _)| analysis)).collect()
}

#[test]
fn two_runs_on_the_same_are_the_same() {
    let (before, after) = (evaluation(), evaluation());
    let said = compare(&before, &after, &[]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(said.text.starts_with("none of the "), "{}", said.text);
    // A label moves no number.
    after.edit("dictionary.toml", "en = \"Serious problem\"", "en = \"Severe problem\"");
    after.ran();
    let said = compare(&before, &after, &["--raw"]);
    assert_eq!((said.code, moved(&said)), (0, Vec::new()), "{}", said.text);
}

#[test]
fn another_data_file() {
    let (before, after) = (evaluation(), evaluation());
    let text = after.read("data/before.csv");
    let row = text.lines().nth(5).unwrap().to_owned();
    after.edit("data/before.csv", &(row.clone() + "\n"), "");
    after.ran();
    let said = compare(&before, &after, &[]);
    assert_eq!((said.code, moved(&said)), (1, vec!["data"]), "{}", said.text);
    assert!(
        said.text.contains("form@before") && said.text.contains("120 → 119 rows stored"),
        "{}",
        said.text
    );
    assert!(analyses(&said).contains(&"followup.everyone"), "{}", said.text);
    // What is worked out of other numbers moved with them.
    assert!(
        said.text.contains("the numbers that it is worked out of") && !said.text.contains("()"),
        "{}",
        said.text
    );
    // Neither the row nor the respondent's id is told.
    let id = row.split(';').next().unwrap();
    assert!(!said.text.contains(id) && !said.text.contains(&row), "{}", said.text);
}

#[test]
fn another_meaning_of_an_answer() {
    let (before, after) = (evaluation(), evaluation());
    after.edit(
        "dictionary.toml",
        "missing = [{ code = 9, reason = \"unknown\"",
        "missing = [{ code = 3, reason = \"refused\"",
    );
    after.edit(
        "dictionary.toml",
        "    { code = 3, nb = \"Alvorlig problem\", nn = \"Alvorleg problem\", en = \"Serious problem\" },\n",
        "    { code = 9, nb = \"Alvorlig problem\", nn = \"Alvorleg problem\", en = \"Serious problem\" },\n",
    );
    let ran = after.run(&[]);
    assert_eq!(ran.code, 0, "{}", ran.text);
    let said = compare(&before, &after, &["--top", "1"]);
    assert_eq!((said.code, moved(&said)), (1, vec!["dictionary"]), "{}", said.text);
    assert!(said.text.contains("the codes of the dictionary form"), "{}", said.text);
}

#[test]
fn another_question() {
    let (before, after) = (evaluation(), evaluation());
    after.edit("pipeline.toml", "sql = \"health = 3\"", "sql = \"health >= 2\"");
    after.ran();
    let folder = tempfile::tempdir().unwrap();
    let (csv, markdown) = (folder.path().join("d.csv"), folder.path().join("d.md"));
    let more = ["--raw", "--csv", csv.to_str().unwrap(), "--markdown", markdown.to_str().unwrap()];
    let said = compare(&before, &after, &more);
    assert_eq!((said.code, moved(&said)), (1, vec!["pipeline"]), "{}", said.text);
    assert!(said.text.contains("the variable serious"), "{}", said.text);
    assert_eq!(analyses(&said), ["change.problems", "model.serious"]);
    // The file holds every difference at full precision: the values of the two runs themselves.
    let text = fs::read_to_string(csv).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let headers = rows.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let estimates = |evaluation: &Evaluation| {
        let all =
            utfall::run::read_estimates(&evaluation.place().join("restricted/estimates.parquet")).unwrap();
        all.into_iter().map(|one| (one.id(), one.value)).collect::<std::collections::BTreeMap<_, _>>()
    };
    let (was, is) = (estimates(&before), estimates(&after));
    let differing = |id: &&String| was.get(*id) != is.get(*id);
    let expected = was.keys().chain(is.keys()).filter(differing).collect::<std::collections::BTreeSet<_>>();
    let mut changed = 0;
    for row in rows.records() {
        let row = row.unwrap();
        let id = ["analysis", "group", "variable", "term", "statistic"].map(|name| &row[at(name)]).join("/");
        if &row[at("status")] == "changed" {
            changed += 1;
            assert!(expected.contains(&id));
            assert_eq!(row[at("before")].parse().ok(), was[&id]);
            assert_eq!(row[at("after")].parse().ok(), is[&id]);
        }
        assert!(row[at("moved_by")].starts_with("pipeline: "), "{row:?}");
    }
    assert!(changed > 10);
    assert!(fs::read_to_string(markdown).unwrap().contains("## model.serious"));
}

#[test]
fn a_disclosure_policy_moves_what_is_shown_and_no_raw_number() {
    let (before, after) = (evaluation(), evaluation());
    after.edit("pipeline.toml", "policy = \"min5\"", "policy = \"none\"");
    after.ran();
    let said = compare(&before, &after, &[]);
    assert_eq!((said.code, moved(&said)), (1, vec!["pipeline"]), "{}", said.text);
    assert!(said.text.contains("min5 → none") && said.text.contains("suppressed → "), "{}", said.text);
    assert_eq!(compare(&before, &after, &["--raw"]).code, 0);
}

/// Another build of the program has another digest; where nothing else differs, it is what moved a number.
#[test]
fn another_program() {
    let (before, after) = (evaluation(), evaluation());
    // As an earlier build would have left it: its own digest, and other numbers of one analysis.
    let path = before.place().join("run.json");
    let text = fs::read_to_string(&path).unwrap();
    let record: serde_json::Value = serde_json::from_str(&text).unwrap();
    let program = record["program"].as_str().unwrap();
    let output =
        record["steps"].as_array().unwrap().iter().find(|step| step["id"] == "describe.start").unwrap();
    let output = output["output"].as_str().unwrap();
    fs::write(&path, text.replace(program, "0.0.9 0123456789").replace(output, "another")).unwrap();
    after.edit("pipeline.toml", "variables = [\"health@before\", ", "variables = [\"health@after\", ");
    after.ran();
    let said = compare(&before, &after, &[]);
    assert_eq!((said.code, moved(&said)), (1, vec!["pipeline", "program"]), "{}", said.text);
    assert!(said.text.contains("0.0.9 01234567 → 0."), "{}", said.text);
    assert!(said.text.contains("Several things changed at once."), "{}", said.text);
}

#[test]
fn what_is_no_run_is_refused() {
    let one = evaluation();
    let empty = tempfile::tempdir().unwrap();
    let place = one.place();
    let said = utfall(&["compare", place.to_str().unwrap(), empty.path().to_str().unwrap()], &[]);
    assert_eq!(said.code, 2, "{}", said.text);
    assert!(said.text.contains("run.json"), "{}", said.text);
    let other = evaluation();
    fs::write(other.place().join("release/estimates.parquet"), "damaged").unwrap();
    let said = compare(&one, &other, &[]);
    assert_eq!(said.code, 8, "{}", said.text);
    assert!(said.text.contains("estimates.parquet"), "{}", said.text);
    assert_eq!(compare(&one, &other, &["--tolerance", "2"]).code, 2);
}
