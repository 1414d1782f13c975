//! A third wave of the shipped evaluation, as the guide says: a file and two edits, and every table of change has it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::common::{copy, repository, utfall};
use utfall::run::read_estimates;

const WAVE: &str = r#"[[wave]]
id = "w3"
label = { nb = "Våren 2008", nn = "Våren 2008", en = "Spring 2008" }
month = 12
window = [11, 14]

"#;

const SOURCE: &str = r#"[[source]]
instrument = "kartlegging"
wave = "w3"
file = "data/kartlegging-w3.csv"
format = { delimiter = ";", decimal = ",", encoding = "windows-1252" }
respondent = "bruker_id"

"#;

/// The forms of the second wave as a third: some users are not seen again, nobody who is dead has a form, and time has gone by.
fn third_wave(second: &[u8]) -> (Vec<u8>, usize) {
    let (text, _, _) = encoding_rs::WINDOWS_1252.decode(second);
    let mut lines = text.lines();
    let heading = lines.next().unwrap();
    let at = |name: &str| heading.split(';').position(|column| column == name).unwrap();
    let (situation, days) = (at("situasjon"), at("dager_siden_første"));
    let mut forms = 0;
    let mut third = format!("{heading}\n");
    for (row, line) in lines.enumerate() {
        let mut fields: Vec<String> = line.split(';').map(str::to_owned).collect();
        if row % 9 == 4 || fields[situation] == "7" {
            continue;
        }
        if let Ok(days_since) = fields[days].parse::<u32>() {
            fields[days] = (days_since + 182).to_string();
        }
        forms += 1;
        third += &(fields.join(";") + "\n");
    }
    (encoding_rs::WINDOWS_1252.encode(&third).0.into_owned(), forms)
}

fn run(pipeline: &Path, out: &Path) {
    let said =
        utfall(&["run", pipeline.to_str().unwrap(), "--out", out.to_str().unwrap(), "--lang", "en"], &[]);
    assert_eq!(said.code, 0, "{}", said.text);
}

#[test]
fn a_third_wave_takes_two_edits() {
    let folder = tempfile::tempdir().unwrap();
    let pipeline = folder.path().join("pipelines/sintef-lav");
    copy(&repository("pipelines/sintef-lav"), &pipeline);
    copy(&repository("data-dictionary"), &folder.path().join("data-dictionary"));
    let out = folder.path().join("out");
    run(&pipeline, &out);
    let before = folder.path().join("before");
    copy(&out.join("sintef-lav"), &before);

    let (third, forms) = third_wave(&fs::read(pipeline.join("data/kartlegging-w2.csv")).unwrap());
    fs::write(pipeline.join("data/kartlegging-w3.csv"), third).unwrap();
    let file = pipeline.join("pipeline.toml");
    let text = fs::read_to_string(&file).unwrap();
    let first_source = text.find("[[source]]").unwrap();
    let after_forms = text.find("[[source]]\ninstrument = \"tiltak\"").unwrap();
    // The two places that the guide names: a wave, and a source.
    let edited =
        [&text[..first_source], WAVE, &text[first_source..after_forms], SOURCE, &text[after_forms..]]
            .concat();
    fs::write(&file, edited).unwrap();
    let readme = fs::read_to_string(repository("guide/waves.md")).unwrap();
    for line in [WAVE, SOURCE].concat().lines() {
        assert!(readme.contains(line), "guide/waves.md lacks {line}");
    }
    run(&pipeline, &out);

    let place = out.join("sintef-lav");
    let estimates = read_estimates(&place.join("restricted/estimates.parquet")).unwrap();
    // Whatever is compared from the first wave to the second is compared to the third.
    let compared = |to: &str| -> BTreeSet<(String, String)> {
        let of_change = estimates.iter().filter(|one| one.analysis.starts_with("change."));
        let to = of_change.filter_map(|one| {
            let variable = one.variable.strip_suffix(to)?;
            Some((one.analysis.clone(), variable.to_owned()))
        });
        to.collect()
    };
    assert!(compared("@w1>w2").len() > 20);
    assert_eq!(compared("@w1>w2"), compared("@w1>w3"));
    // Each is followed up; who was dead at the second wave is so at the third, and not lost.
    let at = |variable: &str, term: &str, statistic: &str| {
        let found = estimates.iter().find(|one| {
            (one.analysis.as_str(), one.variable.as_str(), one.term.as_str(), one.statistic.name)
                == ("followup.mapped", variable, term, statistic)
        });
        found.and_then(|one| one.value).unwrap_or_else(|| panic!("{variable} {term} {statistic}"))
    };
    assert_eq!(at("w2", "dead", "state"), at("w3", "dead", "state"));
    assert_eq!(at("w3", "", "eligible"), at("w2", "", "eligible"));
    assert!(at("w3", "prison", "state") > 0.0 && at("w3", "", "seen_in_window") > 0.0);
    let prison = at("w3", "prison", "state");
    assert_eq!(at("w3", "", "seen") + prison, forms as f64);
    // The tables that are read show it.
    for table in ["F4_8", "followup"] {
        let text = fs::read_to_string(place.join(format!("release/tables/{table}.en.csv"))).unwrap();
        assert!(text.contains("Spring 2008"), "{table}");
    }
    // What was asked of the first two waves is answered as before, and what is new is told.
    let said = utfall(&["compare", before.to_str().unwrap(), place.to_str().unwrap(), "--raw"], &[]);
    assert_eq!(said.code, 1, "{}", said.text);
    assert!(said.text.contains("kartlegging@w3 (kartlegging-w3.csv): for the first time"), "{}", said.text);
    let held = ["describe.", "change.", "model.", "attrition."];
    let now: BTreeMap<String, Option<f64>> = estimates.iter().map(|one| (one.id(), one.value)).collect();
    let earlier = read_estimates(&before.join("restricted/estimates.parquet")).unwrap();
    for one in earlier.iter().filter(|one| held.iter().any(|kind| one.analysis.starts_with(kind))) {
        assert_eq!(now.get(&one.id()), Some(&one.value), "{}", one.id());
    }
}

/// Who tells of the wave and forgets the file is told.
#[test]
fn a_wave_without_a_source_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let pipeline = folder.path().join("mine");
    copy(&repository("pipelines/first"), &pipeline);
    let file = pipeline.join("pipeline.toml");
    let text = fs::read_to_string(&file).unwrap();
    let wave = "[[wave]]\nid = \"third\"\nmonth = 12\n\n[[source]]";
    fs::write(&file, text.replacen("[[source]]", wave, 1)).unwrap();
    for command in ["check", "run"] {
        let out = folder.path().to_str().unwrap();
        let mut arguments = vec![command, pipeline.to_str().unwrap()];
        if command == "run" {
            arguments.extend(["--out", out]);
        }
        let said = utfall(&arguments, &[]);
        assert_eq!(said.code, 0, "{}", said.text);
        assert!(said.text.contains("wave third: no source has forms of it"), "{}", said.text);
    }
}

/// A state of every wave names no wave, and one of a wave names one.
#[test]
fn a_state_says_when_it_is_asked() {
    for (from, to, said_of_it) in [
        (
            "sql = \"\\\"situation@*\\\" = 7\"",
            "sql = \"\\\"situation@w2\\\" = 7\"",
            "a state of every wave asks about a fixed one",
        ),
        ("wave = \"*\"\neligible = false", "wave = \"w2\"\neligible = false", "stands for every later wave"),
        (
            "wave = \"*\"\neligible = false",
            "wave = \"w9\"\neligible = false",
            "there is no wave of this cohort `w9`",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let pipeline = folder.path().join("pipelines/sintef-lav");
        copy(&repository("pipelines/sintef-lav"), &pipeline);
        copy(&repository("data-dictionary"), &folder.path().join("data-dictionary"));
        let file = pipeline.join("pipeline.toml");
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(&file, text.replace(from, to)).unwrap();
        let said = utfall(&["check", pipeline.to_str().unwrap()], &[]);
        assert_eq!(said.code, 3, "{}", said.text);
        assert!(said.text.contains(said_of_it) && said.text.contains("pipeline.toml:"), "{}", said.text);
    }
}
