//! Data that no statistic was made for, through the built program: one cluster, as many clusters as persons, a covariate that nobody
//! answered, an outcome without variation, collinear factors, loss that no weights mend, two persons. Each run goes through; what
//! cannot be computed is absent with its reason, said in three languages below the table; and nothing that is released has a
//! number that is none.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Evaluation, tree};

/// Answers of one person: service, sex, twin (of sex), age, and health and days of use before and after; `None` is blank.
#[derive(Debug, Clone)]
struct Person {
    service: i64,
    sex: i64,
    twin: i64,
    age: Option<i64>,
    health: [Option<i64>; 2],
    days: [Option<i64>; 2],
    /// Whether there is a form at the second wave.
    seen: bool,
}

/// Persons in whose answers nothing stands out: twelve services, health and days that change both ways.
fn persons(n: i64) -> Vec<Person> {
    (0..n)
        .map(|i| Person {
            service: 1 + i % 12,
            sex: 1 + i * 7 % 11 % 2,
            twin: 1 + i * 5 % 13 % 2,
            age: Some(20 + i * 17 % 41),
            health: [Some(1 + i * 5 % 7 % 3), Some(1 + i * 11 % 13 % 3)],
            days: [Some(i * 3 % 29), Some(i * 13 % 23)],
            seen: i % 9 != 4,
        })
        .collect()
}

const DICTIONARY: &str = r#"format = 1
[instrument]
id = "form"
title = { nb = "Skjema", nn = "Skjema", en = "Form" }
[[item]]
name = "service"
label = { nb = "Tiltak", nn = "Tiltak", en = "Service" }
type = "integer"
range = [1, 999]
constant = true
[[item]]
name = "sex"
label = { nb = "Kjønn", nn = "Kjønn", en = "Sex" }
type = "binary"
codes = [{ code = 1, nb = "Mann", nn = "Mann", en = "Man" }, { code = 2, nb = "Kvinne", nn = "Kvinne", en = "Woman" }]
constant = true
[[item]]
name = "twin"
label = { nb = "Tvilling", nn = "Tvilling", en = "Twin" }
type = "binary"
codes = [{ code = 1, nb = "Ja", nn = "Ja", en = "Yes" }, { code = 2, nb = "Nei", nn = "Nei", en = "No" }]
constant = true
[[item]]
name = "age"
label = { nb = "Alder", nn = "Alder", en = "Age" }
type = "integer"
range = [16, 99]
constant = true
[[item]]
name = "health"
label = { nb = "Helse", nn = "Helse", en = "Health" }
type = "ordinal"
better = "lower"
codes = [
    { code = 1, nb = "Ikke noe", nn = "Ikkje noko", en = "None" },
    { code = 2, nb = "Noe", nn = "Noko", en = "Some" },
    { code = 3, nb = "Alvorlig", nn = "Alvorleg", en = "Serious" },
]
[[item]]
name = "days"
label = { nb = "Dager", nn = "Dagar", en = "Days" }
type = "integer"
range = [0, 28]
better = "lower"
"#;

const PIPELINE: &str = r#"format = 1
id = "first"
title = { nb = "Harde data", nn = "Harde data", en = "Hard data" }
dictionaries = ["dictionary.toml"]
[[wave]]
id = "before"
month = 0
label = { nb = "Før", nn = "Før", en = "Before" }
[[wave]]
id = "after"
month = 6
label = { nb = "Etter", nn = "Etter", en = "After" }
[[source]]
instrument = "form"
wave = "before"
file = "data/before.csv"
format = { delimiter = ";" }
respondent = "id"
[[source]]
instrument = "form"
wave = "after"
file = "data/after.csv"
format = { delimiter = ";" }
respondent = "id"
[variable.serious]
instrument = "form"
sql = "health = 3"
label = { nb = "Alvorlig", nn = "Alvorleg", en = "Serious" }
better = "lower"
[cohort.everyone]
instrument = "form"
label = { nb = "Alle", nn = "Alle", en = "Everyone" }
[attrition.after]
cohort = "everyone"
wave = "after"
terms = ["sex", "age"]
[describe.start]
cohort = "everyone"
variables = ["days@before", "age"]
[change.health]
cohort = "everyone"
variables = ["health"]
from = "before"
to = "after"
weights = "after"
[change.others]
cohort = "everyone"
variables = ["days", "serious"]
from = "before"
to = "after"
weights = "after"
[model.serious]
cohort = "everyone"
outcome = "serious@after"
terms = ["days@before", "sex", "twin", "age"]
cluster = "service"
prediction = { folds = 5 }
weights = "after"
[table.T1]
from = ["followup.everyone"]
layout = "followup"
[table.T2]
from = ["attrition.after"]
layout = "attrition"
[table.T3]
from = ["change.health", "change.others"]
layout = "change"
[table.T4]
from = ["model.serious"]
layout = "regression"
[table.T5]
from = ["change.health"]
layout = "transition"
[table.T6]
from = ["describe.start"]
layout = "numeric"
[disclosure]
policy = "none"
"#;

/// The evaluation of these persons, in a folder of its own.
fn evaluation(persons: &[Person]) -> Evaluation {
    let evaluation = Evaluation::first();
    evaluation.write("dictionary.toml", DICTIONARY);
    evaluation.write("pipeline.toml", PIPELINE);
    let text = |answer: Option<i64>| answer.map(|code| code.to_string()).unwrap_or_default();
    for (wave, name) in ["data/before.csv", "data/after.csv"].into_iter().enumerate() {
        let mut file = "id;service;sex;twin;age;health;days\n".to_owned();
        for (number, one) in persons.iter().enumerate().filter(|(_, one)| wave == 0 || one.seen) {
            let Person { service, sex, twin, .. } = one;
            let [age, health, days] = [one.age, one.health[wave], one.days[wave]].map(text);
            file += &format!("p{number};{service};{sex};{twin};{age};{health};{days}\n");
        }
        evaluation.write(name, file);
    }
    evaluation
}

/// Every released file that people or programs read numbers in: its name and its text, scripts and styles aside.
fn released(evaluation: &Evaluation) -> Vec<(String, String)> {
    let release: PathBuf = evaluation.place().join("release");
    let read = |name: &str| fs::read_to_string(release.join(name)).unwrap();
    let without = |text: String, element: &str| -> String {
        let (from, to) = (format!("<{element}"), format!("</{element}>"));
        let mut parts = text.split(from.as_str());
        let first = parts.next().unwrap_or_default().to_owned();
        first + &parts.map(|part| part.split_once(to.as_str()).map_or("", |(_, rest)| rest)).collect::<String>()
    };
    let names = tree(&release).into_keys();
    names
        .filter(|name| {
            let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
            matches!(extension, Some("csv" | "md" | "html")) && !name.starts_with("notebooks")
        })
        .map(|name| {
            let text = without(without(read(&name), "style"), "script");
            (name, text)
        })
        .collect()
}

/// Runs the evaluation and returns `estimates.csv`, after making sure that nothing released is a number that is none, with
/// every count shown and with small ones hidden.
fn ran(evaluation: &Evaluation) -> String {
    let mut estimates = String::new();
    for policy in ["min5", "none"] {
        let file = evaluation.read("pipeline.toml");
        let hidden = file.replace("policy = \"none\"", &format!("policy = \"{policy}\""));
        evaluation.write("pipeline.toml", hidden);
        let said = evaluation.run(&[]);
        assert_eq!(said.code, 0, "{policy}: {}", said.text);
        assert!(!said.text.contains("panicked"), "{}", said.text);
        let files = released(evaluation);
        assert!(files.iter().any(|(name, _)| name == "report.en.html") && files.len() > 20, "{}", files.len());
        for (name, text) in &files {
            let mut words = text.split(|letter: char| !letter.is_alphanumeric());
            let none = words.find(|word| {
                ["nan", "inf", "infinity", "none"].contains(&word.to_lowercase().as_str()) && *word != "None" && *word != "none"
            });
            assert_eq!(none, None, "in {name} under {policy}");
            assert!(!text.contains("not_finite"), "{name} under {policy}: an explicit reason is wanted");
        }
        estimates = fs::read_to_string(evaluation.place().join("release/estimates.csv")).unwrap();
        evaluation.write("pipeline.toml", file);
    }
    estimates
}

/// That a released number (the end of its row's key, such as `sex=2,cr1_std_error`) is absent for `reason`.
fn absent(estimates: &str, key: &str, reason: &str) {
    let row = estimates.lines().find(|line| line.contains(&format!(",{key},")));
    let row = row.unwrap_or_else(|| panic!("{key} is not among the estimates"));
    let value = row.split_once(&format!(",{key},")).unwrap().1;
    assert!(value.starts_with(',') && value.contains(reason), "{row}");
}

/// That a table says `phrases`, in bokmål, nynorsk and English, below it.
fn says(evaluation: &Evaluation, table: &str, phrases: [&str; 3]) {
    for (language, phrase) in ["nb", "nn", "en"].into_iter().zip(phrases) {
        let name = format!("release/tables/{table}.{language}.md");
        let text = fs::read_to_string(evaluation.place().join(&name)).unwrap();
        assert!(text.contains(phrase), "{name} does not say {phrase:?}:\n{text}");
    }
}

#[test]
fn look() {
    let which = std::env::var("HARD").unwrap_or_default();
    let mut people = persons(60);
    match which.as_str() {
        "plain" => {}
        "one_cluster" => people.iter_mut().for_each(|p| p.service = 1),
        "each" => people.iter_mut().enumerate().for_each(|(i, p)| p.service = i as i64 + 1),
        "blank" => people.iter_mut().for_each(|p| p.age = None),
        "constant" => people.iter_mut().for_each(|p| p.health = [Some(3), Some(3)]),
        "twin" => people.iter_mut().for_each(|p| p.twin = p.sex),
        "lost" => people.iter_mut().enumerate().for_each(|(i, p)| p.seen = i == 0),
        "all" => people.iter_mut().for_each(|p| p.seen = true),
        "two" => { people.truncate(2); people[1].seen = true; people[0].health = [Some(1), Some(3)]; people[1].health = [Some(1), Some(1)]; people[0].sex=1; people[1].sex=2;},
        _ => return,
    }
    let e = evaluation(&people);
    let said = e.run(&[]);
    println!("{}", said.text);
    let d = e.place().join("release");
    let to = format!("/tmp/scratch/methods/hard/{which}");
    let _ = fs::remove_dir_all(&to);
    common::copy(&d, Path::new(&to));
    println!("{:?}", ran(&e).lines().count());
}
