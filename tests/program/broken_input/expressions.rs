//! Expressions that people write: dates, divisions by nothing, whole numbers, letters, and an ELSE that takes the missing.

use super::refused;
use crate::common::Evaluation;

const FILE: &str = "pipeline.toml";

/// Four people at two waves, with a date, a place and an answer that two of them have not given at the second.
fn dated(variables: &str, described: &str) -> Evaluation {
    let evaluation = Evaluation::first();
    let before = "id;sex;age;health;date;place\n1;1;34;1;2024-01-31;Ørland\n2;2;0;3;2023-12-31;Bærum\n3;1;50;2;2024-02-29;Å\n4;2;20;3;2024-03-01;Bø\n";
    let after = "id;sex;age;health;date;place\n1;1;34;3;2024-07-30;Ørland\n2;2;0;9;2024-01-01;Bærum\n3;1;50;;2024-08-31;Å\n4;2;20;1;2024-12-24;Bø\n";
    evaluation.write("data/before.csv", before);
    evaluation.write("data/after.csv", after);
    evaluation.edit("dictionary.toml", "range = [16, 99]", "range = [0, 99]");
    let dictionary = evaluation.read("dictionary.toml");
    let kept = dictionary.split("[[item]]\nname = \"housing\"").next().unwrap().to_owned();
    evaluation.write(
        "dictionary.toml",
        kept + "[[item]]\nname = \"date\"\nlabel = { en = \"Date\" }\ntype = \"date\"\n\n[[item]]\nname = \"place\"\nlabel = { en = \"Place\" }\ntype = \"text\"\n",
    );
    let pipeline = evaluation.read(FILE);
    let sources = pipeline.split("# A variable made from others").next().unwrap();
    let names: Vec<String> = described.split(' ').map(|name| format!("\"{name}\"")).collect();
    evaluation.write(
        FILE,
        format!(
            "{sources}{variables}\n[cohort.all]\ninstrument = \"form\"\n\n[describe.d]\ncohort = \"all\"\nvariables = [{}]\n\n[disclosure]\npolicy = \"none\"\n",
            names.join(", ")
        ),
    );
    evaluation
}

fn variable(name: &str, sql: &str, more: &str) -> String {
    format!("[variable.{name}]\ninstrument = \"form\"\nsql = '''{sql}'''\n{more}\n\n")
}

/// The value of a statistic of a variable in the released estimates.
fn estimate(evaluation: &Evaluation, variable: &str, statistic: &str) -> Option<f64> {
    let text = std::fs::read_to_string(evaluation.place().join("release/estimates.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let headings = rows.headers().unwrap().clone();
    let at = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let (of_variable, of_statistic, value) = (at("variable"), at("statistic"), at("value"));
    rows.records()
        .map(Result::unwrap)
        .find(|row| &row[of_variable] == variable && &row[of_statistic] == statistic)
        .and_then(|row| row[value].parse().ok())
}

/// The mean and n that pandas 3.1 has of the same four dates: (181 + 1 + 184 + 298) / 4 days.
#[test]
fn days_between_two_waves() {
    let variables = variable("gap", "\"date@after\" - \"date@before\"", "type = \"integer\"")
        + &variable("months", "DATE_DIFF('month', \"date@before\", \"date@after\")", "type = \"integer\"")
        + &variable("due", "\"date@before\" + 180", "type = \"date\"")
        + &variable("late", "\"date@after\" > due + 30", "");
    let evaluation = dated(&variables, "gap months late");
    evaluation.ran();
    assert_eq!(estimate(&evaluation, "gap", "mean"), Some(166.0));
    assert_eq!(estimate(&evaluation, "gap", "valid"), Some(4.0));
    // DuckDB: 6, 1, 6 and 9 months.
    assert_eq!(estimate(&evaluation, "months", "mean"), Some(5.5));
    assert_eq!(estimate(&evaluation, "late", "valid"), Some(4.0));
}

#[test]
fn a_division_by_nothing_and_letters() {
    let variables = variable("nothing", "age / (age - age) > 1", "")
        + &variable("ratio", "health / age", "type = \"decimal\"")
        + &variable("third", "STRPOS(place, 'r') + POSITION('l' IN 'Ørland')", "type = \"integer\"");
    let evaluation = dated(&variables, "nothing@before ratio@before third@before");
    evaluation.ran();
    assert_eq!(estimate(&evaluation, "nothing@before", "valid"), Some(0.0));
    assert_eq!(estimate(&evaluation, "ratio@before", "valid"), Some(3.0));
    // 2 + 3, 3 + 3, 0 + 3 and 0 + 3.
    assert_eq!(estimate(&evaluation, "third@before", "mean"), Some(4.25));
}

#[test]
fn a_type_that_the_expression_does_not_have() {
    let broken = dated(&variable("half", "health / 2", "type = \"integer\""), "half@before");
    refused_at_first(
        &broken,
        &["the variable `half`", "a number with decimals", "type = \"decimal\"", "ROUND"],
    );
    let broken = dated(&variable("day", "\"date@after\"", "type = \"integer\""), "day");
    refused_at_first(&broken, &["the variable `day`", "it gives a date", "type = \"date\""]);
    let broken = dated(&variable("day", "\"date@after\" < '31.12.2024'", ""), "day");
    refused_at_first(&broken, &["the variable `day`", "'31.12.2024' stands for a date", "'2024-01-31'"]);
}

/// As [`refused`], where nothing has been run before.
fn refused_at_first(broken: &Evaluation, phrases: &[&str]) {
    for said in [broken.check(), broken.run(&[])] {
        assert_eq!(said.code, 6, "{}", said.text);
        for phrase in phrases {
            assert!(said.text.contains(phrase), "no {phrase:?} in:\n{}", said.text);
        }
    }
}

#[test]
fn an_else_that_takes_the_missing_is_warned_of() {
    let variables = variable("worse", "CASE WHEN health > 2 THEN 1 ELSE 0 END", "")
        + &variable("ever", "IF(\"health@after\" = 3, 1, 0)", "")
        + &variable("plain", "CASE WHEN health IS NULL THEN NULL WHEN health > 2 THEN 1 ELSE 0 END", "")
        + &variable("elder", "CASE WHEN age > 30 THEN 1 ELSE 0 END", "");
    let evaluation = dated(&variables, "worse@after ever plain@after elder@before");
    let per_form = "warning: cohort all, variable worse: ELSE gives a value to 2 rows (2 at after) whose health is missing";
    let per_person = "warning: cohort all, variable ever: ELSE gives a value to 2 rows whose health@after is missing; if they are to stay missing, write WHEN \"health@after\" IS NULL THEN NULL before";
    let told = |text: &str| {
        for phrase in [per_form, per_person] {
            assert!(text.contains(phrase), "no {phrase:?} in:\n{text}");
        }
        for quiet in ["variable plain", "variable elder"] {
            assert!(!text.contains(quiet), "{text}");
        }
    };
    told(&evaluation.check().text);
    told(&evaluation.ran());
    // Nothing is stale, and the warnings stand.
    told(&evaluation.ran());
    assert!(std::fs::read_to_string(evaluation.place().join("run.json")).unwrap().contains("variable worse"));
    // What is computed anew is the other analysis alone.
    evaluation.append(FILE, "\n[describe.e]\ncohort = \"all\"\nvariables = [\"health@before\"]\n");
    told(&evaluation.ran());
    evaluation.edit(FILE, "\"worse@after\", \"ever\", ", "");
    assert!(!evaluation.ran().contains("ELSE"));
}

#[test]
fn codes_of_one_label_are_told() {
    let evaluation = Evaluation::first();
    evaluation.edit("dictionary.toml", "en = \"Some problem\"", "en = \"no problem\"");
    let phrase = "warning: form, health and housing: the codes 1 and 2 are both \"No problem\"";
    for text in [evaluation.check().text, evaluation.ran(), evaluation.ran()] {
        assert!(text.contains(phrase), "{text}");
    }
}

#[test]
fn a_number_in_quotation_marks() {
    let broken = super::evaluation();
    broken.edit(FILE, "month = 6", "month = \"6\"");
    refused(&broken, 3, &["`month` is a number, and stands in quotation marks", "month = 6"]);
    let broken = super::evaluation();
    broken.edit("dictionary.toml", "{ code = 1, nb = \"Mann\"", "{ code = \"M\", nb = \"Mann\"");
    refused(&broken, 3, &["`code` is a whole number, and a text stands here", "written = [\"M\"]"]);
    let broken = super::evaluation();
    broken.edit(FILE, "month = 6", "month = 6\nwindow = [\"5\", 8]");
    refused(&broken, 3, &["is a number, and stands in quotation marks"]);
    let broken = super::evaluation();
    broken.edit("dictionary.toml", "{ code = 1, nb = \"Mann\"", "{ code = 1.5, nb = \"Mann\"");
    refused(&broken, 3, &["`code` is a whole number, and has decimals here"]);
}

#[test]
fn a_path_of_windows() {
    for (path, phrase) in [
        ("\"C:\\data\\before.csv\"", "a \\ stands in a text between double quotes"),
        ("\"C:\\Users\\before.csv\"", "a \\ stands in a text between double quotes"),
        ("\"C:\\temp\\new.csv\"", "the path has a tab, a line break or the like"),
    ] {
        let broken = super::evaluation();
        broken.edit(FILE, "\"data/before.csv\"", path);
        refused(&broken, 3, &["pipeline.toml:", phrase, "between single quotes"]);
    }
}

#[test]
fn what_models_and_change_do_not_have() {
    for term in ["sex*age", "sex:age"] {
        let broken = super::evaluation();
        broken.edit(FILE, "\"sex\", \"age\"]", &format!("\"{term}\"]"));
        refused(
            &broken,
            3,
            &[&format!("`{term}` is no variable"), "no interactions yet", "each term is one variable"],
        );
    }
    let broken = super::evaluation();
    broken.edit(FILE, "to = \"*\"", "to = \"*\"\ncluster = \"sex\"");
    refused(&broken, 3, &["change has no `cluster`", "independent of each other"]);
    for weights in ["w@before", "health"] {
        let broken = super::evaluation();
        broken.edit(FILE, "to = \"*\"", &format!("to = \"*\"\nweights = \"{weights}\""));
        let said = format!("there is no attrition `{weights}`");
        refused(&broken, 3, &[&said, "weights come from an [attrition.…]", "survey's design"]);
    }
    let broken = super::evaluation();
    broken.edit(FILE, "outcome = \"serious@after\"", "outcome = \"days_used@after\"");
    refused(
        &broken,
        3,
        &["is not binary", "there is no linear one", "means before and after are compared by [change.…]"],
    );
}

/// 10 stay at No, 12 go from Yes to No and 10 stay at Yes; upper limit by SciPy: 1 / 2.7785973.
#[test]
fn an_odds_ratio_of_nothing_is_nothing() {
    let evaluation = Evaluation::first();
    let row = |wave: usize| {
        let people = (1..=32).map(|id| {
            let [before, after] = if id <= 10 {
                [1, 1]
            } else if id <= 22 {
                [3, 1]
            } else {
                [3, 3]
            };
            format!("{id};1;40;{};1;1\n", [before, after][wave])
        });
        "id;sex;age;health;housing;days_used\n".to_owned() + &people.collect::<String>()
    };
    evaluation.write("data/before.csv", row(0));
    evaluation.write("data/after.csv", row(1));
    let pipeline = evaluation.read(FILE);
    let kept = pipeline
        .split("[model.serious]")
        .next()
        .unwrap()
        .replace("\"health\", \"housing\", \"days_used\", \"serious\"", "\"serious\"");
    evaluation.write(FILE, kept + "[table.T1]\nfrom = [\"change.problems\"]\nlayout = \"change\"\n\n[disclosure]\npolicy = \"none\"\n");
    evaluation.ran();
    let at = |statistic: &str| estimate(&evaluation, "serious@before>after", statistic);
    assert_eq!(at("odds_ratio"), Some(0.0));
    assert_eq!(at("odds_ratio_low"), Some(0.0));
    assert!((at("odds_ratio_high").unwrap() - 1.0 / 2.7785973).abs() < 1e-8);
    let table = std::fs::read_to_string(evaluation.place().join("release/tables/T1.en.csv")).unwrap();
    assert!(table.lines().any(|line| line.contains("Serious") && line.trim_end().ends_with(",0")), "{table}");
}

#[test]
fn an_item_without_a_better_direction_says_so() {
    let evaluation = Evaluation::first();
    evaluation.edit(
        "dictionary.toml",
        "better = \"lower\"\nunit = { nb = \"av 28 dager\"",
        "unit = { nb = \"av 28 dager\"",
    );
    evaluation.ran();
    for (language, note) in [
        ("nb", "fordi kodeboken ikke oppgir hvilken retning som er bedre (better): Dager med rusmiddelbruk."),
        ("nn", "fordi kodeboka ikkje oppgir kva retning som er betre (better): Dagar med rusmiddelbruk."),
        ("en", "does not declare which direction is better (better): Days of substance use."),
    ] {
        let page = evaluation.place().join(format!("release/report.{language}.html"));
        assert!(std::fs::read_to_string(page).unwrap().contains(note), "{language}");
    }
}
