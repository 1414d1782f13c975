//! Simulation: the committed files can be made again, the published figures hold whoever the people are, and mistakes
//! in a description are answered with their line.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use utfall::simulate::{Options, SimulateError, simulate};

const FILES: [&str; 5] = [
    "data/tiltak.csv",
    "data/politidistrikt.csv",
    "data/kartlegging-w1.csv",
    "data/kartlegging-w2.csv",
    "data/brukersurvey.csv",
];

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines/sintef-lav")
}

fn made(size: Option<u64>, seed: Option<u64>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    simulate(&shipped(), folder.path(), Options { size, seed, replace: false }).unwrap();
    folder
}

type Row = HashMap<String, String>;

fn rows(folder: &Path, file: &str) -> Vec<Row> {
    let bytes = fs::read(folder.join(file)).unwrap();
    let text = match file {
        "data/tiltak.csv" | "data/politidistrikt.csv" => String::from_utf8(bytes).unwrap(),
        _ => encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned(),
    };
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

fn count(rows: &[Row], answers: &[(&str, &str)]) -> usize {
    rows.iter().filter(|row| answers.iter().all(|(item, answer)| row[*item] == *answer)).count()
}

/// The share with `answer` among those with one of `of`, in per cent.
fn percent(rows: &[Row], item: &str, answer: &str, of: &[&str]) -> f64 {
    let answered = rows.iter().filter(|row| of.contains(&row[item].as_str())).count();
    100.0 * count(rows, &[(item, answer)]) as f64 / answered as f64
}

fn mean(rows: &[Row], item: &str) -> f64 {
    let values = numbers(rows, item);
    values.iter().sum::<f64>() / values.len() as f64
}

fn numbers(rows: &[Row], item: &str) -> Vec<f64> {
    rows.iter().filter_map(|row| row[item].replace(',', ".").parse().ok()).collect()
}

fn median(rows: &[Row], item: &str) -> f64 {
    let mut values = numbers(rows, item);
    values.sort_by(f64::total_cmp);
    (values[(values.len() - 1) / 2] + values[values.len() / 2]) / 2.0
}

fn those(rows: &[Row], item: &str, answer: &str) -> Vec<Row> {
    rows.iter().filter(|row| row[item] == answer).cloned().collect()
}

#[test]
fn the_committed_files_can_be_made_again() {
    let folder = made(None, None);
    for file in FILES {
        let (made, committed) = (fs::read(folder.path().join(file)), fs::read(shipped().join(file)));
        assert!(made.unwrap() == committed.unwrap(), "{file} differs");
    }
}

#[test]
fn threads_do_not_matter() {
    let size = 3 * utfall::simulate::BLOCK + 100;
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| made(Some(size), None))
    };
    let (one, four) = (on(1), on(4));
    for file in FILES {
        let (one, four) = (fs::read(one.path().join(file)), fs::read(four.path().join(file)));
        assert!(one.unwrap() == four.unwrap(), "{file} differs");
    }
}

/// The same records by the csv crate: what it reads in a file it writes as the file is.
fn by_the_csv_crate(bytes: &[u8], delimiter: u8) -> Vec<u8> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(bytes);
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    reader.byte_records().for_each(|record| writer.write_byte_record(&record.unwrap()).unwrap());
    writer.into_inner().unwrap()
}

#[test]
fn files_are_as_the_csv_crate_writes_them() {
    let folder = made(Some(1000), Some(11));
    for file in FILES {
        let bytes = fs::read(folder.path().join(file)).unwrap();
        assert!(bytes == by_the_csv_crate(&bytes, b';'), "{file} differs");
    }
}

#[test]
fn another_seed_gives_other_people_and_the_same_figures() {
    for seed in [1, 2, 3, u64::MAX] {
        published_figures_hold(made(None, Some(seed)).path());
    }
    let folder = made(None, Some(1));
    for file in FILES {
        let (made, committed) = (fs::read(folder.path().join(file)), fs::read(shipped().join(file)));
        assert!(made.unwrap() != committed.unwrap(), "{file} is the same");
    }
}

#[test]
fn the_committed_files_have_the_published_figures() {
    published_figures_hold(&shipped());
}

fn published_figures_hold(folder: &Path) {
    let near = |found: f64, published: f64, rounding: f64| {
        assert!((found - published).abs() <= rounding, "{found} for {published}");
    };

    services_are_as_published(&rows(folder, "data/tiltak.csv"), &near);
    let deaths = numbers(&rows(folder, "data/politidistrikt.csv"), "dødsfall");
    assert_eq!((deaths.len(), deaths.iter().filter(|deaths| **deaths > 5.0).count()), (27, 11));

    let mapped = rows(folder, "data/kartlegging-w1.csv");
    assert_eq!(mapped.len(), 400);
    let services: std::collections::HashSet<&str> = mapped.iter().map(|row| row["tiltak"].as_str()).collect();
    assert_eq!(services.len(), 26);
    near(mean(&mapped, "alder"), 39.0, 0.05);
    let young = mapped.iter().filter(|row| row["alder"].parse::<u32>().unwrap() < 26).count();
    assert_eq!(young, 40);
    assert_eq!(count(&mapped, &[("heroin", "1"), ("rohypnol", "1")]), 95);
    assert_eq!(count(&mapped, &[("heroin", "1"), ("alkohol", "1")]), 80);
    let others =
        ["heroin", "andre_opioider", "rohypnol", "benzodiazepiner", "amfetamin", "kokain", "cannabis"];
    let mut only: Vec<(&str, &str)> = others.iter().map(|other| (*other, "0")).collect();
    only.push(("alkohol", "1"));
    assert_eq!(count(&mapped, &only), 13);
    let yes_no = ["0", "1"];
    near(percent(&mapped, "individuell_plan", "1", &yes_no), 25.0, 0.5);
    near(percent(&mapped, "ansvarsgruppe", "1", &yes_no), 50.0, 0.5);
    near(percent(&mapped, "innflytelse", "1", &yes_no), 50.0, 3.0);
    near(percent(&mapped, "utformet_med_bruker", "1", &yes_no), 50.0, 3.0);
    let services = rows(folder, "data/tiltak.csv");
    let drop_in: Vec<&str> =
        services.iter().filter(|row| row["værested"] == "1").map(|row| row["tiltak_nr"].as_str()).collect();
    let at_drop_in: Vec<Row> =
        mapped.iter().filter(|row| drop_in.contains(&row["tiltak"].as_str())).cloned().collect();
    near(percent(&at_drop_in, "innflytelse", "1", &yes_no), 80.0, 0.5);
    let weekly: f64 = ["3", "4", "5"]
        .map(|answer| percent(&mapped, "kontakt", answer, &["1", "2", "3", "4", "5"]))
        .iter()
        .sum();
    assert!(weekly > 70.0);

    measures_and_services_are_as_published(&mapped, &near);
    let established: HashMap<&str, f64> = services
        .iter()
        .map(|row| (row["tiltak_nr"].as_str(), row["etablert"].parse().expect("a year")))
        .collect();
    for row in &mapped {
        let first: f64 = row["første_kontakt"].parse().expect("a year");
        assert!(first >= established[row["tiltak"].as_str()], "contact before the service was there");
        assert!(row["kontakt"] != "5" || row["kontakter_februar"].parse::<u32>().expect("a number") > 15);
    }

    let second = rows(folder, "data/kartlegging-w2.csv");
    let known = ["1", "2", "3", "4", "5", "6", "7", "8"];
    for (situation, published) in [("2", 10.0), ("3", 5.0), ("4", 5.0), ("5", 1.0), ("6", 5.0), ("7", 1.0)] {
        near(percent(&second, "situasjon", situation, &known), published, 0.5);
    }
    assert!(percent(&second, "situasjon", "1", &known) > 50.0);
    for (change, published) in [("1", 100.0 / 3.0), ("2", 60.0), ("3", 7.0)] {
        near(percent(&second, "endring_overføring", change, &["1", "2", "3"]), published, 0.8);
    }

    let replies = rows(folder, "data/brukersurvey.csv");
    assert_eq!(replies.len(), 691);
    near(percent(&replies, "kjønn", "M", &["M", "K"]), 72.0, 0.5);
    near(mean(&those(&replies, "kjønn", "K"), "alder"), 35.3, 0.05);
    near(mean(&those(&replies, "kjønn", "M"), "alder"), 38.6, 0.05);
    near(percent(&replies, "år_avhengig", "4", &["1", "2", "3", "4"]), 75.0, 0.5);
    let weekly: f64 =
        ["4", "5"].map(|answer| percent(&replies, "besøk", answer, &["1", "2", "3", "4", "5"])).iter().sum();
    near(weekly, 77.0, 0.5);
    near(percent(&replies, "sprøyter", "1", &yes_no), 58.0, 0.5);
    near(percent(&replies, "institusjon", "1", &yes_no), 69.5, 1.0);
    near(percent(&replies, "tilfredshet", "1", &["1", "2", "3"]), 74.0, 0.5);
    assert_eq!(count(&replies, &[("tilfredshet", "3")]), 15);
    near(percent(&replies, "tilfredshet", "3", &["1", "2", "3"]), 2.0, 0.5);
}

/// The figures of pages 16 and 17 of the transcript.
fn services_are_as_published(services: &[Row], near: &dyn Fn(f64, f64, f64)) {
    let sum = |item: &str| numbers(services, item).iter().sum::<f64>();
    let answered = |item: &str| {
        [count(services, &[(item, "1")]), count(services, &[(item, "1")]) + count(services, &[(item, "0")])]
    };
    assert_eq!((services.len(), count(services, &[("svar_første", "1")])), (33, 30));
    assert_eq!(count(services, &[("svar_oppfølging", "1")]), 23);
    assert_eq!((sum("tilskudd_2006"), sum("tannhelse_2006")), (43_400.0, 2_950.0));
    assert_eq!(answered("samme_bygg"), [19, 30]);
    assert_eq!(answered("oppsøkende"), [17, 28]);
    near(mean(services, "oppsøkende_timer"), 8.0, 0.05);
    near(median(services, "oppsøkende_timer"), 6.5, 0.0);
    assert_eq!(answered("integrert_lar"), [5, 30]);
    assert_eq!(answered("værested"), [14, 30]);
    assert_eq!(count(services, &[("frivillige", "1"), ("værested", "1")]), 6);
    near(mean(services, "frivillige_timer"), 3.0, 0.05);
    assert_eq!(answered("kompetansestøtte"), [17, 26]);
    assert_eq!(answered("kommunen_andre_tiltak"), [25, 29]);
    assert_eq!(answered("tannhjelp"), [21, 29]);
    near(median(services, "tann_brukere"), 15.0, 0.0);
    assert_eq!(answered("plan_arbeid"), [11, 23]);
    assert_eq!(answered("hovedkoordinator"), [2, 23]);
    let mut coordinated = numbers(services, "koordinator_brukere");
    coordinated.sort_by(f64::total_cmp);
    assert_eq!(coordinated, [3.0, 6.0]);
    assert_eq!(answered("brukermedvirkning"), [18, 22]);
    assert_eq!(answered("tilbud_samtaler"), [30, 30]);
    near(mean(services, "åpningstid_2006"), 24.0, 0.05);
    near(mean(services, "åpningstid_2006") - mean(services, "åpningstid_2001"), 10.0, 0.1);
    let below = mean(services, "åpningstid_2006") - median(services, "åpningstid_2006");
    assert!((2.0..=3.0).contains(&below), "the median is {below} below the mean");
    near(mean(services, "virkedager_2001"), 103.0, 0.5);
    near(mean(services, "virkedager_2006"), 208.0, 0.5);
    near(sum("årsverk_2001"), 38.0, 0.5);
    near(sum("årsverk_2006"), 87.0, 0.5);
    for (earlier, later) in (2001..2006).zip(2002..2007) {
        for figure in ["henvendelser", "faste_brukere", "virkedager", "åpningstid"] {
            let [before, after] = [earlier, later].map(|year| mean(services, &format!("{figure}_{year}")));
            assert!(before < after, "{figure}: {before} in {earlier}, {after} in {later}");
        }
    }
}

/// The figures of pages 18 and 19 of the transcript on goals, measures and other services.
fn measures_and_services_are_as_published(mapped: &[Row], near: &dyn Fn(f64, f64, f64)) {
    let items = |start: &str| {
        let mut items: Vec<&String> = mapped[0].keys().filter(|item| item.starts_with(start)).collect();
        items.sort();
        items
    };
    let each = |items: &[&String], code: &str| -> Vec<usize> {
        items.iter().map(|item| count(mapped, &[(item.as_str(), code)])).collect()
    };
    let measures = items("tiltak_");
    let (enough, short) = (each(&measures, "1"), each(&measures, "2"));
    assert_eq!(measures.len(), 13);
    let whole = |counts: &[usize]| counts.iter().sum::<usize>() as f64;
    near(100.0 * whole(&enough) / (whole(&enough) + whole(&short)), 80.0, 1.0);
    // Needle exchange, talks and nutrition are the commonest goals but for care, and among the commonest measures.
    for goal in ["mål_sprøyter", "mål_samtale"] {
        let others = items("mål_")
            .into_iter()
            .filter(|item| !["mål_sprøyter", "mål_samtale"].contains(&item.as_str()));
        for other in others {
            assert!(count(mapped, &[(goal, "1")]) > count(mapped, &[(other, "1")]), "{goal}, {other}");
        }
    }
    let contact = |item: &str| {
        let [enough, short, unmet, _] = ["1", "2", "3", "4"].map(|code| count(mapped, &[(item, code)]));
        (100.0 * (enough + short) as f64 / 400.0, enough + short, short, unmet)
    };
    for (item, published, rounding) in [
        ("tjeneste_fastlege", 80.0, 1.0),
        ("tjeneste_sosialkontor", 80.0, 1.0),
        ("tjeneste_rusteam", 40.0, 0.5),
        ("tjeneste_lar", 34.0, 0.5),
        ("tjeneste_boligtjeneste", 100.0 / 3.0, 0.5),
        ("tjeneste_kriminalomsorg", 10.0, 0.5),
        ("tjeneste_psykisk_innlagt", 10.0, 0.5),
    ] {
        near(contact(item).0, published, rounding);
    }
    let (_, receivers, short, unmet) = contact("tjeneste_boligtjeneste");
    near(100.0 * short as f64 / receivers as f64, 45.0, 0.5);
    assert!((20.0..22.0).contains(&(100.0 * unmet as f64 / (400 - receivers) as f64)));
    near(percent(mapped, "ordinær_mulig", "3", &["1", "2", "3"]), 40.0, 0.5);
}

#[test]
fn the_imprisoned_and_the_dead_have_no_judgements() {
    for row in rows(&shipped(), "data/kartlegging-w2.csv") {
        let gone = ["6", "7"].contains(&row["situasjon"].as_str());
        assert_eq!(gone, row["psykisk_helse"] == "8");
        assert_eq!(gone, row["endring_overføring"] == "8");
    }
}

#[test]
fn who_has_a_second_form_had_a_first() {
    let first: std::collections::HashMap<String, String> = rows(&shipped(), "data/kartlegging-w1.csv")
        .into_iter()
        .map(|row| (row["bruker_id"].clone(), row["tiltak"].clone()))
        .collect();
    assert_eq!(first.len(), 400);
    for row in rows(&shipped(), "data/kartlegging-w2.csv") {
        assert_eq!(first.get(&row["bruker_id"]), Some(&row["tiltak"]));
    }
}

#[test]
fn shares_hold_at_any_size_and_over_blocks() {
    let size = utfall::simulate::BLOCK + 4_000;
    let folder = made(Some(size), None);
    let mapped = rows(folder.path(), "data/kartlegging-w1.csv");
    assert_eq!(mapped.len() as u64, size);
    let share = |found: usize, published: f64| {
        let wanted = published / 400.0 * size as f64;
        // One person for each quota on the way to the figure, and block.
        assert!((found as f64 - wanted).abs() <= 8.0, "{found} for {wanted}");
    };
    share(count(&mapped, &[("heroin", "1"), ("rohypnol", "1")]), 95.0);
    share(count(&mapped, &[("individuell_plan", "1")]), 100.0);
    share(rows(folder.path(), "data/kartlegging-w2.csv").len(), 372.0);
    assert_eq!(rows(folder.path(), "data/brukersurvey.csv").len(), 691);
}

#[test]
fn means_hold_over_blocks_and_a_last_block_of_one() {
    let folder = made(Some(utfall::simulate::BLOCK + 1), Some(3));
    let mapped = rows(folder.path(), "data/kartlegging-w1.csv");
    // The last person's band may not reach what is owed.
    assert!((mean(&mapped, "alder") - 39.0).abs() < 0.01, "{}", mean(&mapped, "alder"));
}

#[test]
fn sizes_that_are_small_make_whole_files() {
    for size in [0, 1, 2, 3, 4, 5, 6, 7, 13] {
        let folder = made(Some(size), None);
        assert_eq!(rows(folder.path(), "data/kartlegging-w1.csv").len() as u64, size);
    }
}

#[test]
fn what_does_not_fit_on_the_disk_is_not_begun() {
    let folder = tempfile::tempdir().unwrap();
    let made = simulate(&shipped(), folder.path(), Options::default()).unwrap();
    assert_eq!(made.uneven, []);
    let error = simulate(&shipped(), folder.path(), Options::default()).unwrap_err();
    assert!(matches!(error, SimulateError::InTheWay { .. }), "{error}");
    let many = Options { size: Some(u64::MAX), seed: Some(1), replace: true };
    let error = simulate(&shipped(), folder.path(), many).unwrap_err();
    assert!(error.to_string().contains("respondents take about"), "{error}");
    let mut left: Vec<PathBuf> =
        fs::read_dir(folder.path().join("data")).unwrap().map(|entry| entry.unwrap().path()).collect();
    left.sort();
    assert_eq!(left.len(), FILES.len(), "{left:?}");
    for file in FILES {
        assert_eq!(fs::read(folder.path().join(file)).unwrap(), fs::read(shipped().join(file)).unwrap());
    }
}

/// A pipeline of a few questions, with `draws` as its simulation.
fn small(draws: &str) -> Result<String, SimulateError> {
    simulated(
        draws,
        "wave_column = { column = \"time\", values = { 0 = \"w0\", 6 = \"w6\" } }\nformat = { decimal = \",\" , delimiter = \";\" }",
    )
}

/// The same with more said of the population and with other words.
fn described(draw: &str, population: &str, format: &str) -> Result<String, SimulateError> {
    let wave = "wave_column = { column = \"time\", values = { 0 = \"w0\" } }";
    simulated(&format!("{population}\n[[population.draw]]\n{draw}\n"), &format!("{wave}\n{format}"))
}

fn simulated(draws: &str, source: &str) -> Result<String, SimulateError> {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "dictionary.toml",
        r#"format = 1
[instrument]
id = "form"
title = { en = "Form" }
[[item]]
name = "sex"
label = { en = "Sex" }
type = "binary"
codes = [
  { code = 1, en = "Man", written = ["Man, \"m\""] },
  { code = 2, en = "Woman", written = ["Woman of any age"] },
]
missing = [{ code = 9, reason = "unknown" }]
[[item]]
name = "age"
label = { en = "Age" }
type = "integer"
range = [16, 80]
[[item]]
name = "hours"
label = { en = "Hours" }
type = "decimal"
"#,
    );
    write(
        "pipeline.toml",
        &format!(
            "dictionaries = [\"dictionary.toml\"]\n[[source]]\ninstrument = \"form\"\nfile = \"form.csv\"\nrespondent = \"id\"\n{source}\n"
        ),
    );
    write(
        "simulation.toml",
        &format!(
            "format = 1\nseed = 1\nsized = \"people\"\n[[population]]\nid = \"people\"\ninstrument = \"form\"\nsize = 10\n{draws}"
        ),
    );
    simulate(&folder.path().join("simulation.toml"), folder.path(), Options::default())?;
    Ok(fs::read_to_string(folder.path().join("form.csv")).unwrap())
}

#[test]
fn signs_that_divide_fields_stand_in_quotation_marks() {
    let text = described(
        "deal.sex = { 1 = 4, 2 = 5, 9 = 1 }\ndeal.hours = { \"-1.25..-0.05\" = 1, \"0.00..9.99\" = 1, blank = 1 }",
        "prefix = 'a\"b,'\nspelled = [\"sex\"]",
        "format = { decimal = ',', delimiter = ',' }",
    )
    .unwrap();
    assert_eq!(text.as_bytes(), by_the_csv_crate(text.as_bytes(), b','));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for (record, number) in reader.records().map(Result::unwrap).zip(1..) {
        assert_eq!(&record[0], format!("a\"b,{number:02}"));
        assert!(["Man, \"m\"", "Woman of any age", "9"].contains(&&record[2]), "{}", &record[2]);
        if !record[4].is_empty() {
            let hours: f64 = record[4].replace(',', ".").parse().unwrap();
            assert!((-1.25..10.0).contains(&hours) && record[4].rsplit_once(',').unwrap().1.len() == 2);
        }
    }
}

#[test]
fn waves_in_one_file_stand_below_each_other() {
    let text = small(
        r#"[[population.draw]]
wave = "w0"
deal.sex = { 1 = 4, 2 = 5, 9 = 1 }
deal.age = { 30 = 1 }
deal.hours = { "1.25" = 1 }
[[population.draw]]
wave = "w6"
shift.age = { from = "age@w0", by = { 1 = 1 } }
"#,
    )
    .unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "id;time;sex;age;hours");
    assert_eq!(lines.len(), 21);
    assert!(lines[1].starts_with("1;0;") && lines[1].ends_with(";30;1,25"));
    assert_eq!(lines[2], "1;6;;31;");
    assert_eq!(lines.iter().filter(|line| line.contains(";0;9;")).count(), 1);
}

#[test]
fn mistakes_name_their_line_and_what_to_do() {
    let cases = [
        ("[[population.draw]]\nwave = \"w0\"\ndeal.sax = { 1 = 1 }\n", "did you mean `sex`"),
        ("[[population.draw]]\nwave = \"w0\"\ndeal.sex = { 3 = 1 }\n", "its codes: 1, 2, 9"),
        ("[[population.draw]]\nwave = \"w0\"\ndeal.sex = { 1 = -1 }\n", "a number from 0 up"),
        ("[[population.draw]]\nwave = \"w0\"\ndeal.sex = { 1 = 0 }\n", "no answers are given for"),
        ("[[population.draw]]\nwave = \"w0\"\ndeal.sex = { 1 = 0.7, 2 = 0.7 }\n", "add up to 1.400"),
        ("[[population.draw]]\nwave = \"w1\"\ndeal.sex = { 1 = 1 }\n", "there is no wave `w1`"),
        ("[[population.draw]]\ndeal.sex = { 1 = 1 }\n", "has waves"),
        (
            "[[population.draw]]\nwave = \"w0\"\ndeal.age = { \"10..20\" = 1 }\n",
            "beyond what the dictionary allows",
        ),
        (
            "[[population.draw]]\nwave = \"w0\"\ndeal.age = { \"20..30\" = 1 }\nmean = { age = 40 }\n",
            "between 20.00 and 30.00",
        ),
        (
            "[[population.draw]]\nwave = \"w0\"\nscore = { age = 1 }\ndeal.sex = { 1 = 1 }\n",
            "not drawn before",
        ),
        ("[[population.draw]]\nwave = \"w0\"\nlist.sex = [1, 2]\n", "has 2 answers"),
        ("[[population.draw]]\nwave = \"w0\"\ndeel.sex = { 1 = 1 }\n", "did you mean `deal`"),
    ];
    for (draws, told) in cases {
        let Err(SimulateError::Mistake(mistake)) = small(draws) else { panic!("no mistake in {draws}") };
        assert!(mistake.line().is_some_and(|line| line > 7), "{mistake}");
        assert!(mistake.to_string().contains(told), "{mistake}");
    }
}
