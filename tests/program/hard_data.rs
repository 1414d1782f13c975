//! Data that no statistic was made for, through the built program: one cluster, as many clusters as persons, a covariate that nobody
//! answered, an outcome without variation, collinear factors, loss that no weights mend, two persons. Each run goes through; what
//! cannot be computed is absent with its reason, said in three languages below the table; and nothing that is released has a
//! number that is none.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{Evaluation, tree};

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

const DICTIONARY: &str = include_str!("hard_data/dictionary.toml");

const PIPELINE: &str = include_str!("hard_data/pipeline.toml");

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
        first
            + &parts.map(|part| part.split_once(to.as_str()).map_or("", |(_, rest)| rest)).collect::<String>()
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

/// Runs the evaluation and returns `estimates.csv`, after making sure that nothing released is a number that is none and that every
/// condition has words; with small counts hidden and, last, with every count shown.
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
        assert!(
            files.iter().any(|(name, _)| name == "report.en.html") && files.len() > 20,
            "{}",
            files.len()
        );
        for (name, text) in &files {
            let mut words = text.split(|letter: char| !letter.is_alphanumeric());
            let no_number =
                words.find(|word| ["nan", "inf", "infinity"].contains(&word.to_lowercase().as_str()));
            assert_eq!(no_number, None, "in {name} under {policy}");
            assert!(!text.contains("not_finite"), "{name} under {policy}: an explicit reason is wanted");
            for wordless in ["Remark:", "Merknad:"] {
                assert!(!text.contains(wordless), "{name} under {policy}: a condition has no words");
            }
        }
        estimates = fs::read_to_string(evaluation.place().join("release/estimates.csv")).unwrap();
        evaluation.write("pipeline.toml", file);
    }
    estimates
}

/// That a released number (the end of its row's key, such as `sex=2,cr1_std_error`) is absent for `reason`.
fn absent(estimates: &str, key: &str, reason: &str) {
    let rest = after(estimates, key);
    assert!(rest.starts_with(',') && rest.contains(reason), "{key}: {rest}");
}

/// The value of a released number.
fn value(estimates: &str, key: &str) -> f64 {
    let rest = after(estimates, key);
    rest.split(',').next().unwrap().parse().unwrap_or_else(|_| panic!("{key} is absent: {rest}"))
}

/// What follows the key in the first row that has it; the response model's rows come last, which have the model's names.
fn after<'a>(estimates: &'a str, key: &str) -> &'a str {
    let key = format!(",{key},");
    let response = |line: &&str| line.starts_with("attrition.");
    let mut rows = estimates.lines().filter(|line| !response(line)).chain(estimates.lines().filter(response));
    let found = rows.find_map(|line| line.split_once(key.as_str()));
    found.unwrap_or_else(|| panic!("{key} is not among the estimates")).1
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
fn nothing_stands_out() {
    let estimates = ran(&evaluation(&persons(60)));
    for key in [
        "age,cr2_p_value",
        "sex=2,weighted_p_value",
        ",ridge_auc",
        ",weight_mean",
        ",tango_low",
        ",weighted_t_p",
    ] {
        assert!(value(&estimates, key).is_finite());
    }
}

#[test]
fn one_cluster() {
    let mut persons = persons(60);
    persons.iter_mut().for_each(|one| one.service = 7);
    let evaluation = evaluation(&persons);
    let estimates = ran(&evaluation);
    for statistic in ["cr1_std_error", "cr2_p_value", "cv3_conf_low", "ame_cr2_p_value", "weighted_std_error"]
    {
        absent(&estimates, &format!("age,{statistic}"), "one_cluster");
    }
    for statistic in ["icc", "loco_auc", "ridge_auc"] {
        absent(&estimates, &format!(",{statistic}"), "one_cluster");
    }
    assert!(value(&estimates, "age,p_value").is_finite());
    let said = ["Det er bare én klynge", "Det er berre éi klynge", "There is only one cluster"];
    says(&evaluation, "T4", said);
}

/// A sandwich's error is far too small for a term that one cluster alone tells of: that cluster's scores are zero at the maximum.
#[test]
fn a_term_that_one_cluster_alone_tells_of_has_no_robust_error() {
    let mut persons = persons(240);
    persons.iter_mut().for_each(|one| one.sex = if one.service == 3 { 2 } else { 1 });
    let evaluation = evaluation(&persons);
    let estimates = ran(&evaluation);
    for statistic in
        ["cr1_p_value", "odds_ratio_cr1_low", "cr2_p_value", "odds_ratio_cr2_low", "ame_cr2_conf_low"]
    {
        absent(&estimates, &format!("sex=2,{statistic}"), "aliased_without_a_cluster");
    }
    for key in ["sex=2,p_value", "age,cr1_p_value", "age,cr2_p_value", "age,ame_cr2_conf_low"] {
        assert!(value(&estimates, key).is_finite(), "{key}");
    }
    let said = ["hviler på én klynge alene", "kviler på éi klynge åleine", "rests on one cluster alone"];
    says(&evaluation, "T4", said);
}

#[test]
fn as_many_clusters_as_persons() {
    let mut persons = persons(60);
    persons.iter_mut().zip(1..).for_each(|(one, number)| one.service = number);
    let evaluation = evaluation(&persons);
    let estimates = ran(&evaluation);
    absent(&estimates, ",icc", "one_case_a_cluster");
    absent(&estimates, ",design_effect", "one_case_a_cluster");
    assert!(
        value(&estimates, "age,cr2_p_value").is_finite()
            && value(&estimates, "age,cv3_std_error").is_finite()
    );
    let said = [
        "Hver klynge har bare én observasjon",
        "Kvar klynge har berre éin observasjon",
        "Each cluster has one case only",
    ];
    // No table shows what that concerns; the page's reservations tell.
    for (language, phrase) in ["nb", "nn", "en"].into_iter().zip(said) {
        let page =
            fs::read_to_string(evaluation.place().join(format!("release/report.{language}.html"))).unwrap();
        assert!(page.contains(phrase), "{language}: {phrase}");
    }
}

#[test]
fn a_covariate_that_nobody_answered() {
    let mut persons = persons(60);
    persons.iter_mut().for_each(|one| one.age = None);
    let evaluation = evaluation(&persons);
    let estimates = ran(&evaluation);
    assert_eq!(value(&estimates, ",n_obs"), 0.0);
    for key in ["age,estimate", "sex=2,cr2_p_value", ",auc", ",ridge_auc", "age,lr_p"] {
        absent(&estimates, key, "no_cases");
    }
    // Only that is said of the model: not that its terms are all the same.
    assert!(!estimates.contains("aliased"));
    absent(&estimates, ",weighted_t_p", "no_weights:no_cases");
    assert!(value(&estimates, ",t_p").is_finite(), "change needs no age");
    let said =
        ["Ingen har svart på alt som", "Ingen har svara på alt som", "Nobody has an answer to everything"];
    says(&evaluation, "T4", said);
    let said = ["Vekter for frafall kan ikke", "Vekter for fråfall kan ikkje", "Weights for loss cannot be"];
    says(&evaluation, "T3", said);
}

#[test]
fn an_outcome_and_changes_without_variation() {
    let mut persons = persons(60);
    for one in &mut persons {
        (one.health, one.days) = ([Some(3); 2], [Some(4); 2]);
    }
    let evaluation = evaluation(&persons);
    let estimates = ran(&evaluation);
    for key in ["age,estimate", ",auc", ",ridge_auc", "age,cr2_p_value", "age,weighted_p_value"] {
        absent(&estimates, key, "constant_outcome");
    }
    assert!(!estimates.contains("separation:"), "one outcome is not separated from another");
    for key in [",t_p", ",wilcoxon_p", ",mcnemar_p", ",stuart_maxwell_p", ",odds_ratio_low"] {
        absent(&estimates, key, "no_change");
    }
    let said =
        ["Alle i analysen har samme utfall", "Alle i analysen har same utfall", "has the same outcome"];
    says(&evaluation, "T4", said);
    says(&evaluation, "T3", ["Ingen har endret svar", "Ingen har endra svar", "Nobody changed their answer"]);
}

#[test]
fn a_factor_that_says_what_another_says() {
    let mut persons = persons(60);
    persons.iter_mut().for_each(|one| one.twin = 3 - one.sex);
    let evaluation = evaluation(&persons);
    let estimates = ran(&evaluation);
    for key in
        ["twin=2,estimate", "twin=2,cr2_p_value", "sex,lr_chi2", "twin,lr_chi2", "sex=2,ame", "twin,gvif"]
    {
        absent(&estimates, key, "aliased");
    }
    assert!(value(&estimates, "age,cr2_p_value").is_finite());
    let said = ["kan ikke skilles fra", "kan ikkje skiljast frå", "cannot be told apart"];
    says(&evaluation, "T4", said);
}

#[test]
fn loss_that_no_weights_mend() {
    let mut persons = persons(60);
    persons.iter_mut().for_each(|one| one.seen = true);
    let nobody_lost = evaluation(&persons);
    let estimates = ran(&nobody_lost);
    absent(&estimates, ",weight_mean", "constant_outcome");
    absent(&estimates, ",weighted_t_p", "no_weights:constant_outcome");
    absent(&estimates, "age,weighted_p_value", "no_weights:constant_outcome");
    let said = ["Vekter for frafall kan ikke", "Vekter for fråfall kan ikkje", "Weights for loss cannot be"];
    says(&nobody_lost, "T3", said);
    says(&nobody_lost, "T4", said);

    persons.iter_mut().zip(0..).for_each(|(one, number)| one.seen = number == 0);
    let one_seen = evaluation(&persons);
    let estimates = ran(&one_seen);
    absent(&estimates, ",t_p", "too_few");
    absent(&estimates, ",weighted_t_p", "too_few");
    let said = [
        "Tallgrunnlaget er for lite til at målet kan beregnes",
        "Talgrunnlaget er for lite til at målet kan reknast ut",
        "There are too few data to compute the measure",
    ];
    says(&one_seen, "T3", said);
}

#[test]
fn two_persons() {
    let mut persons = persons(2);
    for (one, (sex, after)) in persons.iter_mut().zip([(1, 3), (2, 1)]) {
        (one.sex, one.twin, one.seen) = (sex, sex, true);
        one.health = [Some(1), Some(after)];
    }
    let evaluation = evaluation(&persons);
    let estimates = ran(&evaluation);
    // The two are told apart wholly: every measure of that agrees.
    for statistic in ["auc", "tjur", "nagelkerke"] {
        assert!((value(&estimates, &format!(",{statistic}")) - 1.0).abs() < 1e-9, "{statistic}");
    }
    absent(&estimates, "days@before,odds_ratio", "separation");
    absent(&estimates, ",auc_low", "few_cases");
    absent(&estimates, ",hosmer_lemeshow_p", "few_groups");
    absent(&estimates, ",ridge_auc", "too_few_outcomes");
    let said = ["skiller fullstendig", "skil fullstendig", "separate those with the outcome"];
    says(&evaluation, "T4", said);
}
