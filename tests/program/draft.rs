//! Evaluations drafted from files, through the built program and, of formats with labels, through the library.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{Said, utfall};
use utfall::dictionary::{self, Instrument, ItemType, Language, Reason};
use utfall::draft::{self, Request};
use utfall::read::{
    Block, Cells, Code, Column, ColumnBatch, ColumnKind, Fault, Measure, Missing, Options, Table,
};
use utfall::written::Source;

/// Files in a folder of their own, and a draft beside them.
struct Trial {
    folder: tempfile::TempDir,
}

impl Trial {
    fn new(files: &[(&str, &[u8])]) -> Trial {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join("data").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        Trial { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn init(&self, files: &[&str], more: &[&str]) -> Said {
        let files: Vec<String> = files.iter().map(|file| self.path(file).display().to_string()).collect();
        let folder = self.path("my").display().to_string();
        let mut arguments = vec!["init", folder.as_str()];
        arguments.extend(files.iter().map(String::as_str));
        arguments.extend(more);
        utfall(&arguments, &[])
    }

    /// Drafts in English, and gives the dictionary and the pipeline.
    fn drafted(&self, files: &[&str]) -> (Instrument, String) {
        let said = self.init(files, &["--lang", "en"]);
        assert_eq!(said.code, 0, "{}", said.text);
        assert!(said.text.lines().count() <= 12, "{}", said.text);
        (self.dictionary(), fs::read_to_string(self.path("my/pipeline.toml")).unwrap())
    }

    fn dictionary(&self) -> Instrument {
        dictionary::load(&self.path("my/dictionary.toml")).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Checks the draft, which has no hand-written line in it.
    fn checks(&self) {
        let said = utfall(&["check", &self.path("my").display().to_string()], &[]);
        assert_eq!(said.code, 0, "{}", said.text);
    }
}

/// 24 persons at each of the waves; `write` gives a row of an id and a wave's place.
fn rows(heading: &str, waves: usize, write: impl Fn(usize, usize) -> String) -> Vec<u8> {
    let mut text = format!("{heading}\n");
    for person in 1..=24 {
        for wave in 0..waves {
            text += &write(person, wave);
            text.push('\n');
        }
    }
    text.into_bytes()
}

fn item<'i>(instrument: &'i Instrument, name: &str) -> &'i dictionary::Item {
    instrument.item(name).unwrap_or_else(|| panic!("no item {name}"))
}

#[test]
fn a_long_file_is_drafted_and_checks() {
    let file = rows("id,wave,sex,age,cesd1,cesd2,income,note", 2, |person, wave| {
        let sex = if person % 2 == 0 { "man" } else { "woman" };
        let note = if person == 7 { "moved to her sister" } else { "" };
        let (one, two) = ((person + wave) % 4, if person == 3 { 9 } else { (person + 2 * wave) % 4 });
        format!("{person},t{},{sex},{},{one},{two},{}.5,{note}", 6 * wave, 20 + person, 10 * person + wave)
    });
    let trial = Trial::new(&[("form.csv", &file)]);
    let (dictionary, pipeline) = trial.drafted(&["data/form.csv"]);
    assert_eq!(dictionary.id, "form");
    let sex = item(&dictionary, "sex");
    assert_eq!((sex.kind, sex.constant), (ItemType::Binary, true));
    assert_eq!(sex.codes[0].written, ["man"]);
    let age = item(&dictionary, "age");
    assert_eq!((age.kind, age.constant, age.range), (ItemType::Integer, true, None));
    for name in ["cesd1", "cesd2"] {
        let cesd = item(&dictionary, name);
        assert_eq!(cesd.kind, ItemType::Ordinal);
        assert_eq!(cesd.codes.iter().map(|code| code.code).collect::<Vec<_>>(), [0, 1, 2, 3]);
    }
    assert_eq!(item(&dictionary, "cesd2").missing[0].code, 9);
    assert_eq!(item(&dictionary, "income").kind, ItemType::Decimal);
    assert_eq!(item(&dictionary, "note").kind, ItemType::Text);
    let text = fs::read_to_string(trial.path("my/dictionary.toml")).unwrap();
    assert!(!text.contains("sister"), "a person's words");
    assert!(text.contains("# guess: 9 lies far outside"));
    // What was found is no limit of the question.
    assert!(text.contains("\n# range = [20, 45]\n"), "{text}");
    let notice = "notice = { en = \"Preliminary: the data dictionary was drafted from the files and has not been checked yet.\" }";
    assert!(pipeline.contains(notice), "{pipeline}");
    for said in [
        "file = \"../data/form.csv\"",
        "respondent = \"id\"",
        "wave_column = { column = \"wave\", values = { t0 = \"t0\", t6 = \"t6\" } }",
        "month = 6",
        "[table.T4]",
        "policy = \"min5\"",
    ] {
        assert!(pipeline.contains(said), "{said} in {pipeline}");
    }
    trial.checks();
}

#[test]
fn files_of_waves_from_a_norwegian_excel_are_drafted_and_check() {
    let wave = |wave: usize| {
        let file = rows("Løpenr;kjønn;bo sted;vekt;dato;svar", 1, |person, _| {
            let kjønn = if person % 2 == 0 { "K" } else { "M" };
            let sted = ["Bodø", "Tromsø"][person % 2];
            let svar = if person == 2 { "NA".to_owned() } else { (1 + (person + wave) % 5).to_string() };
            format!("{person};{kjønn};{sted};{},{};{:02}.03.2024;{svar}", 60 + person, wave, 1 + person)
        });
        encoding_rs::WINDOWS_1252.encode(&String::from_utf8(file).unwrap()).0.into_owned()
    };
    let (start, later) = (wave(0), wave(1));
    let trial = Trial::new(&[("skjema_baseline.csv", &start), ("skjema_6mnd.csv", &later)]);
    let (dictionary, pipeline) = trial.drafted(&["data/skjema_6mnd.csv", "data/skjema_baseline.csv"]);
    assert_eq!(dictionary.id, "skjema");
    let place = item(&dictionary, "bo_sted");
    assert_eq!((place.column.as_str(), place.codes[0].written[0].as_str()), ("bo sted", "Bodø"));
    assert_eq!(item(&dictionary, "vekt").kind, ItemType::Decimal);
    assert_eq!(item(&dictionary, "dato").kind, ItemType::Date);
    let format = "delimiter = \";\", decimal = \",\", encoding = \"windows-1252\", date = \"%d.%m.%Y\", missing = [\"NA\"]";
    assert!(pipeline.contains(format), "{pipeline}");
    assert!(pipeline.contains("respondent = \"Løpenr\""));
    let (start, later) =
        (pipeline.find("skjema_baseline.csv").unwrap(), pipeline.find("skjema_6mnd.csv").unwrap());
    assert!(
        start < later && pipeline.contains("wave = \"baseline\"") && pipeline.contains("wave = \"t6mnd\"")
    );
}

#[test]
fn a_wide_file_is_drafted() {
    let file = rows("pid,sex,bdi.pre,bdi.2m,work_now,bdi.8m", 1, |person, _| {
        format!("{person},{},{},{},{},{}", person % 2, person, person + 3, person % 3, 30 - person)
    });
    let trial = Trial::new(&[("wide.csv", &file)]);
    let (dictionary, pipeline) = trial.drafted(&["data/wide.csv"]);
    let names: Vec<&str> = dictionary.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["sex", "bdi", "work_now"]);
    assert!(item(&dictionary, "sex").constant && !item(&dictionary, "bdi").constant);
    let wide =
        "wide = { pattern = \"{item}.{wave}\", waves = { pre = \"pre\", t2m = \"2m\", t8m = \"8m\" } }";
    assert!(pipeline.contains(wide), "{pipeline}");
    assert!(pipeline.contains("month = 2") && pipeline.contains("month = 8"));
    trial.checks();
}

#[test]
fn files_of_services_are_one_source_with_the_service_in_their_names() {
    let of = |service: usize, wave: usize| {
        rows("id,b1,b2", 1, |person, _| {
            format!("{},{},{}", 100 * service + person, (person + wave) % 3, person % 3)
        })
    };
    let files = [of(1, 0), of(1, 1), of(2, 0), of(2, 1)];
    let names = ["Bergen-t0.csv", "Bergen-t6.csv", "Oslo-t0.csv", "Oslo-t6.csv"];
    let given: Vec<(&str, &[u8])> = names.into_iter().zip(files.iter().map(Vec::as_slice)).collect();
    let trial = Trial::new(&given);
    let paths: Vec<String> = names.iter().map(|name| format!("data/{name}")).collect();
    let (dictionary, pipeline) = trial.drafted(&paths.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(pipeline.contains("file = \"../data/{service}-t0.csv\""), "{pipeline}");
    assert_eq!(item(&dictionary, "service").codes[1].written, ["Oslo"]);
    trial.checks();
}

#[test]
fn a_file_without_an_id_says_what_to_do() {
    let file = rows("mood,work", 2, |person, _| format!("{},{}", person % 3, person % 2));
    let trial = Trial::new(&[("a.csv", &file)]);
    let said = trial.init(&["data/a.csv"], &[]);
    assert_eq!(said.code, 4, "{}", said.text);
    assert!(said.text.contains("--respondent"), "{}", said.text);
    assert!(!trial.path("my").exists(), "nothing is written");
    let said = trial.init(&["data/a.csv"], &["--respondent", "person"]);
    assert!(said.code == 4 && said.text.contains("`person`"), "{}", said.text);
}

#[test]
fn ids_that_come_again_without_a_reason_are_told() {
    let file = rows("id,centre,visit,mood", 4, |person, visit| {
        format!("{},{},{visit},{}", person % 12, person / 13, (person + visit) % 3)
    });
    let trial = Trial::new(&[("a.csv", &file)]);
    let said = trial.init(&["data/a.csv"], &[]);
    assert_eq!(said.code, 4, "half of them would be lost: {}", said.text);
    assert!(said.text.contains("`id` comes several times"), "{}", said.text);
}

#[test]
fn waves_are_called_as_in_the_file_where_it_tells_no_months() {
    let file = rows("id,week,mood", 4, |person, wave| {
        format!("{person},{},{}", [0, 1, 2, 11][wave], (person + 2 * wave) % 7)
    });
    let (_, pipeline) = Trial::new(&[("a.csv", &file)]).drafted(&["data/a.csv"]);
    for label in ["At the start", "week 1", "week 2", "week 11"] {
        assert!(pipeline.contains(&format!("label = {{ en = \"{label}\" }}")), "{label} in {pipeline}");
    }
    let file = rows("id,pre_mood,fup_mood,post_mood,pre_pain,fup_pain,post_pain", 1, |person, _| {
        format!("{person},{0},{1},{0},{1},{0},{1}", person % 5, person % 7)
    });
    let (_, pipeline) = Trial::new(&[("a.csv", &file)]).drafted(&["data/a.csv"]);
    let [post, followup] = ["id = \"post\"", "id = \"fup\""].map(|id| pipeline.find(id).unwrap());
    assert!(post < followup, "a follow-up comes last: {pipeline}");
}

#[test]
fn names_of_rows_do_not_hide_that_ids_come_again() {
    // As R's reshape names them: 1.1 and 1.10 are two rows, and one number.
    let file = rows(",id,phase,hour,score", 15, |person, row| {
        let phase = ["pre", "post", "fup"][row / 5];
        format!("{person}.{},{person},{phase},{},{}", row + 1, row % 5 + 1, (3 * person + row) % 10)
    });
    let trial = Trial::new(&[("a.csv", &file)]);
    let said = trial.init(&["data/a.csv"], &[]);
    assert_eq!(said.code, 4, "every phase would have persons of its own: {}", said.text);
    assert!(said.text.contains("`id` comes several times"), "{}", said.text);
}

#[test]
fn rows_that_are_numbered_without_a_heading_are_respondents() {
    let file = rows(",drug,bdi.pre,bdi.2m", 1, |person, _| {
        format!("{person},{},{person},{}", person % 2, person + 1)
    });
    let trial = Trial::new(&[("a.csv", &file)]);
    let (dictionary, pipeline) = trial.drafted(&["data/a.csv"]);
    assert_eq!(dictionary.items.len(), 2);
    assert!(
        pipeline.contains("# guess: no column is called an id") && pipeline.contains("respondent = \"\"")
    );
    trial.checks();
}

#[test]
fn headings_in_capitals_and_files_of_corrections_are_of_the_same_form() {
    let row = |person: usize, wave: usize| format!("{person},{}", (person + wave) % 3);
    let start = rows("id,Mood", 1, |person, _| row(person, 0));
    let later = rows("ID,mood ", 1, |person, _| row(person, 1));
    let files: [(&str, &[u8]); 3] =
        [("a-t0.csv", &start), ("a-t6.csv", &later), ("a-t6-corrected.csv", b"id,Mood\n3,1\n4,2\n")];
    let trial = Trial::new(&files);
    let (dictionary, pipeline) =
        trial.drafted(&["data/a-t6-corrected.csv", "data/a-t0.csv", "data/a-t6.csv"]);
    assert_eq!(dictionary.items.len(), 1);
    let (later, corrected) =
        (pipeline.find("a-t6.csv").unwrap(), pipeline.find("a-t6-corrected.csv").unwrap());
    assert!(later < corrected && pipeline[corrected..].contains("updates = true"), "{pipeline}");
    trial.checks();
}

#[test]
fn questions_of_some_waves_and_people_who_come_later_pass() {
    let start = rows("id,mood,sex", 1, |person, _| format!("{person},{},{}", person % 3, person % 2));
    let later =
        rows("id,mood,content", 1, |person, _| format!("{},{},{}", person + 12, person % 3, person % 5));
    let trial = Trial::new(&[("a-t0.csv", &start), ("a-t6.csv", &later)]);
    let (dictionary, pipeline) = trial.drafted(&["data/a-t0.csv", "data/a-t6.csv"]);
    assert_eq!(item(&dictionary, "content").asked, dictionary::Asked::Later);
    assert!(item(&dictionary, "sex").constant);
    assert!(pipeline.contains("unlinked = 0.52") && pipeline.contains("# guess: so many"), "{pipeline}");
    trial.checks();
}

#[test]
fn nothing_is_replaced_and_copies_are_asked_for() {
    let file = rows("id,wave,mood", 2, |person, wave| format!("{person},{wave},{}", (person + wave) % 3));
    let trial = Trial::new(&[("a.csv", &file)]);
    let said = trial.init(&["data/a.csv"], &["--copy"]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert_eq!(fs::read(trial.path("my/data/a.csv")).unwrap(), file);
    assert!(fs::read_to_string(trial.path("my/pipeline.toml")).unwrap().contains("file = \"data/a.csv\""));
    trial.checks();
    let again = trial.init(&["data/a.csv"], &[]);
    assert_eq!(again.code, 2, "{}", again.text);
    assert!(again.text.contains("not empty"));
}

#[test]
fn ids_that_are_written_in_another_way_are_linked() {
    let start = |id: &dyn Fn(usize) -> String| {
        rows("id,sex,mood", 1, |person, _| format!("{},{},{}", id(person), person % 2, person % 3))
    };
    let later = |id: &dyn Fn(usize) -> String| {
        rows("id,sex,mood", 1, |person, _| format!("{},{},{}", id(person), person % 2, (person + 1) % 3))
    };
    for (first, second, ignore) in [
        (
            start(&|person| format!("{person:04}")),
            later(&|person| person.to_string()),
            Some("[\"leading_zeros\"]"),
        ),
        (
            start(&|person| format!("a{}", 1000 + person)),
            later(&|person| format!("A{}", 1000 + person)),
            Some("[\"case\"]"),
        ),
        (
            start(&|person| format!("{}", 1000 + person)),
            later(&|person| format!("1 {person:03}")),
            Some("[\"spaces\"]"),
        ),
        (
            start(&|person| format!("{}", 1000 + person)),
            later(&|person| format!("{}.0", 1000 + person)),
            Some("[\"decimals\"]"),
        ),
        (start(&|person| format!("a{person}")), later(&|person| format!("b{person}")), None),
    ] {
        let trial = Trial::new(&[("a-t0.csv", &first), ("a-t6.csv", &second)]);
        let (dictionary, pipeline) = trial.drafted(&["data/a-t0.csv", "data/a-t6.csv"]);
        assert!(!pipeline.contains("unlinked"), "{pipeline}");
        match ignore {
            Some(ignore) => {
                let said = format!("\nrespondent = {{ column = \"id\", ignore = {ignore} }}\n");
                assert_eq!(pipeline.matches(&said).count(), 2, "{said} in {pipeline}");
                assert!(pipeline.contains("# guess: ids of later waves"));
                assert!(item(&dictionary, "sex").constant, "persons are followed");
                trial.checks();
            }
            None => {
                let said = utfall(&["check", &trial.path("my").display().to_string()], &[]);
                assert!(said.code == 5 && said.text.contains("24 of 24 forms"), "{}", said.text);
            }
        }
    }
}

#[test]
fn a_file_without_a_heading_is_refused_and_names_nobody() {
    let named = b"1001,3,Kari Nordmann,Bergen\n1002,2,Ola Hansen,Oslo\n1003,1,Per Olsen,Bergen\n".as_slice();
    let number = b"Kari Nordmann 01019012345,low\nOla 02029012345,high\n".as_slice();
    let texts = b"a1,man,Oslo,yes\na2,man,Bergen,no\na3,woman,Oslo,yes\na4,woman,Bergen,yes\n".as_slice();
    for file in [named, number, texts] {
        let whole = rows("id,mood", 1, |person, _| format!("{person},{}", person % 3));
        let trial = Trial::new(&[("a-t0.csv", &whole), ("a-t6.csv", file)]);
        let said = trial.init(&["data/a-t0.csv", "data/a-t6.csv"], &[]);
        assert_eq!(said.code, 4, "{}", said.text);
        assert!(said.text.contains("a-t6.csv: the first line looks like answers"), "{}", said.text);
        for name in ["Kari", "01019012345", "Oslo", "1001"] {
            assert!(!said.text.contains(name), "{name} is an answer");
        }
        assert!(!trial.path("my").exists(), "nothing is written");
    }
}

#[test]
fn a_table_below_a_title_is_found_where_it_is_said_to_be() {
    let mut file = b"Project X\nExported 2024\n\n".to_vec();
    file.extend(rows("id;mood", 1, |person, _| format!("{person};{}", person % 3)));
    let trial = Trial::new(&[("a.csv", &file)]);
    let said = trial.init(&["data/a.csv"], &[]);
    assert!(said.code == 4 && said.text.contains("--sheet NAME, --heading ROW"), "{}", said.text);
    let said = trial.init(&["data/a.csv"], &["--heading", "4", "--lang", "en"]);
    assert_eq!(said.code, 0, "{}", said.text);
    let pipeline = fs::read_to_string(trial.path("my/pipeline.toml")).unwrap();
    assert!(pipeline.contains("format = { delimiter = \";\", heading = 4 }"), "{pipeline}");
    trial.checks();
}

#[test]
fn a_sheet_behind_a_cover_is_found_where_it_is_said_to_be() {
    let trial = Trial::new(&[]);
    fs::create_dir_all(trial.path("data")).unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("Cover").unwrap().write(0, 0, "Project X").unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("Answers").unwrap();
    sheet.write(0, 0, "id").unwrap().write(0, 1, "mood").unwrap();
    for person in 1..=24_u32 {
        sheet.write(person, 0, person).unwrap().write(person, 1, person % 3).unwrap();
    }
    book.save(trial.path("data/a.xlsx")).unwrap();
    let said = trial.init(&["data/a.xlsx"], &[]);
    assert!(said.code == 4 && said.text.contains("--sheet NAME"), "{}", said.text);
    let said = trial.init(&["data/a.xlsx"], &["--sheet", "Answers"]);
    assert_eq!(said.code, 0, "{}", said.text);
    let pipeline = fs::read_to_string(trial.path("my/pipeline.toml")).unwrap();
    assert!(pipeline.contains("format = { sheet = \"Answers\" }"), "{pipeline}");
    trial.checks();
}

#[test]
fn phrases_in_the_place_of_an_answer_are_missing_codes() {
    let file = rows("id,work,pain", 1, |person, _| {
        let work = match person {
            1..=4 => "Vet ikke",
            5 => "VET IKKE",
            6 => "Ønsker ikke å svare",
            7 => "Ikkje svar",
            8 => "Ikke møtt",
            _ if person % 3 == 0 => "Heltid",
            _ => "Deltid",
        };
        let pain = if person < 9 { "Don't know".to_owned() } else { (2 * person).to_string() };
        format!("{person},{work},{pain}")
    });
    let trial = Trial::new(&[("a.csv", &file)]);
    let (dictionary, _) = trial.drafted(&["data/a.csv"]);
    let work = item(&dictionary, "work");
    assert_eq!((work.kind, work.codes.len()), (ItemType::Binary, 2));
    let reasons: Vec<Reason> = work.missing.iter().map(|missing| missing.reason).collect();
    assert_eq!(reasons, [Reason::Unknown, Reason::Refused, Reason::Blank, Reason::NotAsked]);
    assert_eq!(work.missing[0].written, ["Vet ikke"]);
    let pain = item(&dictionary, "pain");
    assert_eq!((pain.kind, pain.missing[0].written[0].as_str()), (ItemType::Integer, "Don't know"));
    let text = fs::read_to_string(trial.path("my/dictionary.toml")).unwrap();
    assert!(text.contains("# guess: no answer but a missing one: Vet ikke"), "{text}");
    trial.checks();
}

#[test]
fn spring_comes_before_autumn() {
    let of = |wave: usize| rows("id,mood", 1, |person, _| format!("{person},{}", (person + wave) % 3));
    let files = [of(0), of(1), of(2)];
    let names = ["skjema_høst_2023.csv", "skjema_vår_2023.csv", "skjema_vår_2024.csv"];
    let given: Vec<(&str, &[u8])> = names.into_iter().zip(files.iter().map(Vec::as_slice)).collect();
    let trial = Trial::new(&given);
    let paths: Vec<String> = names.iter().map(|name| format!("data/{name}")).collect();
    let (_, pipeline) = trial.drafted(&paths.iter().map(String::as_str).collect::<Vec<_>>());
    for (name, wave) in [("vår_2023", "var2023"), ("høst_2023", "host2023"), ("vår_2024", "var2024")] {
        let source = pipeline.split("[[source]]").find(|source| source.contains(name)).unwrap_or_default();
        assert!(source.contains(&format!("wave = \"{wave}\"")), "{pipeline}");
    }
    for (wave, month) in [("var2023", 0), ("host2023", 6), ("var2024", 12)] {
        assert!(pipeline.contains(&format!("id = \"{wave}\"\nmonth = {month}")), "{pipeline}");
    }
    trial.checks();
}

#[test]
fn days_as_excel_counts_them_are_dates() {
    let file =
        rows("id,intervjudato,mood", 1, |person, _| format!("{person},{},{}", 45_000 + person, person % 3));
    let trial = Trial::new(&[("a.csv", &file)]);
    let (dictionary, pipeline) = trial.drafted(&["data/a.csv"]);
    assert_eq!(item(&dictionary, "intervjudato").kind, ItemType::Date);
    assert!(pipeline.contains("date = \"excel\""), "{pipeline}");
    trial.checks();
}

#[test]
fn years_of_two_digits_are_of_the_hundred_years_up_to_the_draft() {
    let file = rows("id;day;mood", 1, |person, _| format!("{person};{:02}.05.45;{}", person, person % 3));
    let trial = Trial::new(&[("a.csv", &file)]);
    let (dictionary, pipeline) = trial.drafted(&["data/a.csv"]);
    assert_eq!(item(&dictionary, "day").kind, ItemType::Date);
    let from = pipeline.split("date = \"%d.%m.%y\", years_from = ").nth(1).and_then(|rest| rest.get(..4));
    let from: u32 = from.and_then(|year| year.parse().ok()).expect("a year");
    // Whenever the test runs until 2044, 45 is 1945.
    assert!((1925..=1945).contains(&from), "{from}");
    assert!(
        pipeline.contains(&format!("# guess: years of two digits are {from} to {}", from + 99)),
        "{pipeline}"
    );
    trial.checks();
}

#[test]
fn a_wave_each_half_year_as_far_as_the_forms_go() {
    let of = |last: usize| {
        let file = rows("id,days,mood", 3, |person, form| {
            format!("{person},{},{}", (form * last / 2).saturating_sub(person), (person + form) % 4)
        });
        let trial = Trial::new(&[("a.csv", &file)]);
        let said = trial.init(&["data/a.csv"], &["--lang", "en"]);
        assert_eq!(said.code, 0, "{}", said.text);
        (said.text, fs::read_to_string(trial.path("my/pipeline.toml")).unwrap())
    };
    // Eight years: sixteen half-years after the first form.
    let (_, pipeline) = of(2922);
    assert!(pipeline.contains("wave_by = { days = \"days\" }"), "{pipeline}");
    assert_eq!((pipeline.matches("[[wave]]").count(), pipeline.contains("no wave beyond")), (17, false));
    // Forty years are more than a draft has waves.
    let (said, pipeline) = of(14_610);
    assert_eq!(pipeline.matches("\n[[wave]]").count(), 61);
    assert!(
        pipeline.contains("# guess: no wave beyond these, though the last form is of month 480"),
        "{pipeline}"
    );
    assert!(said.contains("whether forms up to month 480 are to have waves as well"), "{said}");
}

#[test]
fn a_word_before_the_name_of_a_column_tells_the_wave() {
    let file = rows("id,Treat,Prewt,Postwt", 1, |person, _| {
        format!("{person},{},{}.5,{}.25", ["CBT", "FT", "Cont"][person % 3], 70 + person, 75 + person)
    });
    let trial = Trial::new(&[("anorexia.csv", &file)]);
    let (dictionary, pipeline) = trial.drafted(&["data/anorexia.csv"]);
    assert!(
        pipeline
            .contains("wide = { pattern = \"{wave}{item}\", waves = { pre = \"Pre\", post = \"Post\" } }"),
        "{pipeline}"
    );
    assert_eq!(item(&dictionary, "wt").kind, ItemType::Decimal);
    trial.checks();
}

#[test]
fn what_is_told_of_one_is_told_of_one() {
    let file = rows("id,mood", 1, |person, _| format!("{person},{}", person % 30));
    let trial = Trial::new(&[("a.csv", &file)]);
    let said = trial.init(&["data/a.csv"], &["--lang", "en"]);
    for told in
        ["24 records; respondent `id`; wave t0; 1 item\n", "whether higher or lower is better: 1 line `"]
    {
        assert!(said.text.contains(told), "{told} in {}", said.text);
    }
}

#[test]
fn without_a_direction_nothing_is_called_better() {
    // Two scales of three steps; 56 of 80 are followed up.
    let mut file = "id,wave,mood1,mood2\n".to_owned();
    for (person, wave) in
        (0..160).map(|row| (row / 2, row % 2)).filter(|(person, wave)| *wave == 0 || person % 10 < 7)
    {
        let moods = ((person * 7 + wave * (person % 3)) % 3, (person * 5 / 3 + wave * (person % 4)) % 3);
        file += &format!("{person},t{},{},{}\n", 6 * wave, moods.0, moods.1);
    }
    let trial = Trial::new(&[("a.csv", file.as_bytes())]);
    trial.drafted(&["data/a.csv"]);
    let released = |line: &str| {
        let file = trial.path("my/dictionary.toml");
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, text.replace("# better = \"lower\"", line)).unwrap();
        let out = trial.path("out").display().to_string();
        let said = utfall(&["run", &trial.path("my").display().to_string(), "--out", &out], &[]);
        assert_eq!(said.code, 0, "{}", said.text);
        let tables = walked(&trial.path("out"));
        tables.into_iter().find(|text| text.contains(". Change**")).expect("a table of change")
    };
    let table = released("# better = \"lower\"");
    assert!(table.contains("Higher than before: probability (CI)"), "{table}");
    assert!(!table.contains("etter than before"), "{table}");
    let table = released("better = \"lower\"");
    assert!(table.contains("Better than before: probability (CI)"), "{table}");
}

/// The tables in Markdown below a folder.
fn walked(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        match entry.is_dir() {
            true => found.extend(walked(&entry)),
            false if entry.extension().is_some_and(|end| end == "md") => {
                found.push(fs::read_to_string(&entry).unwrap())
            }
            false => {}
        }
    }
    found
}

#[test]
fn a_sign_before_three_digits_is_of_thousands_where_another_sets_off_decimals() {
    let of = |rent: &'static str, score: &'static str| {
        let file = rows("id;wave;rent;score", 2, |id, wave| format!("{id};t{};{rent};{score}", 6 * wave));
        let trial = Trial::new(&[("a.csv", &file)]);
        let (_, pipeline) = trial.drafted(&["data/a.csv"]);
        trial.checks();
        pipeline
    };
    let pipeline = of("12.250", "2,5");
    assert!(pipeline.contains("decimal = \",\", thousands = \".\""), "{pipeline}");
    let pipeline = of("12,250", "2.5");
    assert!(pipeline.contains("delimiter = \";\", thousands = \",\""), "{pipeline}");
    let pipeline = of("12 250", "2,5");
    assert!(!pipeline.contains("thousands"), "{pipeline}");
    let pipeline = of("12.250", "3");
    assert!(pipeline.contains("decimal = \".\" }"), "{pipeline}");
    let guess = "# guess: \".\" sets off decimals, though every number has three; if thousands: thousands = \".\", decimal = \",\"";
    assert!(pipeline.contains(guess), "{pipeline}");
    // 950 beside 1.250: had it decimals, so would 950. What one file tells holds for the other.
    let first = rows("id;rent", 1, |id, _| format!("{id};{}", if id % 2 == 0 { "950" } else { "1.250" }));
    let second = rows("id;rent", 1, |id, _| format!("{id};2.{}", 100 + id));
    let trial = Trial::new(&[("a_t0.csv", &first), ("a_t6.csv", &second)]);
    let said = trial.init(&["data/a_t0.csv", "data/a_t6.csv"], &["--lang", "en"]);
    assert!(said.text.contains("which sign sets off decimals, and which thousands"), "{}", said.text);
    let pipeline = fs::read_to_string(trial.path("my/pipeline.toml")).unwrap();
    assert_eq!(pipeline.matches("decimal = \",\", thousands = \".\"").count(), 2, "{pipeline}");
    trial.checks();
}

#[test]
fn guesses_are_counted() {
    let file = rows("id,wave,mood", 2, |person, wave| format!("{person},{wave},{}", (person + wave) % 3));
    let trial = Trial::new(&[("a.csv", &file)]);
    let said = trial.init(&["data/a.csv"], &[]);
    let read = |name: &str| fs::read_to_string(trial.path(name)).unwrap();
    let (dictionary, pipeline) = (read("my/dictionary.toml"), read("my/pipeline.toml"));
    let lines = dictionary.lines().chain(pipeline.lines());
    let count = lines.filter(|line| line.starts_with("# guess:")).count();
    let told = format!("{count} guesses to look at: grep 'guess:'");
    assert!(count > 0 && said.text.contains(&told), "{told} in {}", said.text);
    assert!(pipeline.lines().last().is_some_and(|line| line.starts_with(&format!("# {told}"))), "{pipeline}");
}

/// Columns that a program of statistics labels.
struct Labelled(Vec<(Column, Cells)>);

impl Labelled {
    fn opened(file: &str) -> Labelled {
        let people = 30;
        let waves = if file.contains("wide") { 1 } else { 2 };
        let each = |value: &dyn Fn(usize, usize) -> f64| -> Vec<f64> {
            (0..people)
                .flat_map(|person| (0..waves).map(move |wave| (person, wave)))
                .map(|(p, w)| value(p, w))
                .collect()
        };
        let number = |name: &str, label: &str, values: Vec<f64>| {
            let column = Column { label: Some(label.to_owned()), ..Column::named(name, ColumnKind::Number) };
            (column, Cells::Numbers { values, declared: Vec::new() })
        };
        let labels = |labels: &[(f64, &str)]| -> Vec<(Code, String)> {
            labels.iter().map(|(code, label)| (Code::Number(*code), (*label).to_owned())).collect()
        };
        let mut work = number("work", "In work", each(&|person, wave| 1.0 + ((person + wave) % 2) as f64));
        work.0.labels = labels(&[(1.0, "Yes"), (2.0, "No")]);
        let mut mood = number("mood", "Mood last week", each(&|person, wave| ((person + wave) % 3) as f64));
        mood.0.labels = labels(&[(0.0, "Never"), (1.0, "Sometimes"), (2.0, "Often"), (9.0, "Refused")]);
        mood.0.missing = Missing { values: Vec::new(), ranges: vec![(8.0, f64::INFINITY)] };
        let mut town = number("town", "Town", each(&|person, _| 1.0 + (person % 3) as f64));
        town.0.labels = labels(&[(1.0, "Oslo"), (2.0, "Bergen"), (3.0, "Bodø"), (4.0, "Hamar")]);
        let mut ends = number("vas", "Pain", each(&|person, wave| ((3 * person + wave) % 11) as f64));
        ends.0.labels = labels(&[(0.0, "None"), (10.0, "Worst")]);
        ends.0.measure = Some(Measure::Ordinal);
        let mut tagged = number("days", "Days of use", Vec::new());
        tagged.0.labels = vec![(Code::Tag('a'), "Don't know".to_owned())];
        let values =
            each(&|person, wave| if person == 4 { f64::NAN } else { ((5 * person + wave) % 29) as f64 });
        let tags = values.iter().map(|value| if value.is_nan() { b'a' } else { 0 }).collect();
        tagged.1 = Cells::Tagged { values, tags };
        let mut time = number("time", "Time", each(&|_, wave| 6.0 * wave as f64));
        if file.contains("called") {
            time.0.labels = labels(&[(0.0, "Oppstart"), (6.0, "Oppfølging 6 mnd")]);
        }
        let columns = vec![
            number("respid", "Respondent", each(&|person, _| 1000.0 + person as f64)),
            time,
            work,
            mood,
            town,
            ends,
            tagged,
        ];
        Labelled(columns)
    }
}

struct Opened {
    columns: Vec<Column>,
    batch: Option<ColumnBatch>,
}

impl Table for Opened {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn next_block(&mut self) -> Result<Option<Block>, Fault> {
        Ok(self.batch.take().map(Block::of))
    }
}

fn labelled(path: &Path, _options: &Options) -> Result<Box<dyn Table>, Fault> {
    let Labelled(columns) = Labelled::opened(&path.to_string_lossy());
    let (columns, cells): (Vec<Column>, Vec<Cells>) = columns.into_iter().unzip();
    let rows = (1..=cells[0].len() as u64).collect();
    Ok(Box::new(Opened { columns, batch: Some(ColumnBatch { rows, columns: cells }) }))
}

#[test]
fn labels_and_missing_codes_of_a_file_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("labelled.sav");
    fs::write(&path, b"$FL2").unwrap();
    let request = Request {
        id: "my".to_owned(),
        files: vec![path],
        language: Language::En,
        said: draft::Said::default(),
    };
    let made = draft::draft(&request, &|path| path.display().to_string(), &labelled).unwrap();
    let (name, text) = &made.dictionaries[0];
    let source = Source { path: name.into(), text: text.clone() };
    let dictionary = dictionary::resolve(&source).unwrap_or_else(|error| panic!("{error}"));
    let names: Vec<&str> = dictionary.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["work", "mood", "town", "vas", "days"]);
    let codes = |name: &str| item(&dictionary, name).codes.iter().map(|code| code.code).collect::<Vec<_>>();
    assert_eq!(
        (item(&dictionary, "work").kind, codes("work")),
        (ItemType::Binary, vec![2, 1]),
        "yes is the event"
    );
    let mood = item(&dictionary, "mood");
    assert_eq!((mood.kind, codes("mood")), (ItemType::Ordinal, vec![0, 1, 2]));
    assert_eq!((mood.missing[0].code, mood.missing[0].reason), (9, Reason::Refused));
    assert_eq!(mood.label.get(Language::En), "Mood last week");
    let town = item(&dictionary, "town");
    assert_eq!((town.kind, town.constant, codes("town")), (ItemType::Nominal, true, vec![1, 2, 3, 4]));
    assert_eq!(
        (item(&dictionary, "vas").kind, codes("vas").len()),
        (ItemType::Ordinal, 11),
        "ends are labelled"
    );
    let days = item(&dictionary, "days");
    assert_eq!((days.kind, days.range), (ItemType::Integer, None));
    assert!(made.dictionaries[0].1.contains("# range = [0, 30]"), "a guess that is not in force");
    assert_eq!((days.missing[0].written[0].as_str(), days.missing[0].reason), (".a", Reason::Unknown));
    assert!(
        made.pipeline.contains("wave_column = { column = \"time\", values = { 0 = \"t0\", 6 = \"t6\" } }")
    );
    assert!(made.open.iter().all(|(_, line, _)| *line > 0) && made.open.len() <= 6);
}

/// The depression project as a clinic keeps it: a title, a merged heading over a second one, a double person, a sum.
fn clinic(path: &Path) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    sheet.merge_range(0, 0, 0, 8, "Project X, by March 2024", &plain).unwrap();
    for (place, name) in ["Mood (BDI)", "Sleeps badly"].into_iter().enumerate() {
        let first = 3 + 3 * place as u16;
        sheet.merge_range(1, first, 1, first + 2, name, &plain).unwrap();
        for (at, wave) in (first..).zip(["Pre", "Post", "6 mnd"]) {
            // Alt and Enter in the second of them.
            let wave = if place == 1 { wave.replace(' ', "\n") } else { wave.to_owned() };
            sheet.write(2, at, wave).unwrap();
        }
    }
    for (at, name) in (0..).zip(["Patient no", "Sex", "Age"]) {
        sheet.write(2, at, name).unwrap();
    }
    // The last is the twenty-first once more, with another answer.
    for row in 0..41_u32 {
        let person = if row == 40 { 21 } else { row + 1 };
        let at = row + 3;
        sheet.write(at, 0, format!("P{person:03}")).unwrap();
        sheet.write(at, 1, if person % 2 == 0 { "man" } else { "woman" }).unwrap();
        sheet.write(at, 2, 20 + person).unwrap();
        for wave in 0..3_u16 {
            let mood = 10 + (person * 7 + u32::from(wave) * 3 + row / 40) % 30;
            sheet.write(at, 3 + wave, mood).unwrap();
            sheet.write(at, 6 + wave, ["no", "yes"][((person + u32::from(wave)) % 2) as usize]).unwrap();
        }
    }
    sheet.write(45, 0, "Total").unwrap();
    for at in 2..9 {
        sheet.write(45, at, 22.75).unwrap();
    }
    book.save(path).unwrap();
}

#[test]
fn a_merged_heading_over_words_of_time_is_a_wide_file() {
    let trial = Trial::new(&[]);
    fs::create_dir_all(trial.path("data")).unwrap();
    clinic(&trial.path("data/a.xlsx"));
    let said = trial.init(&["data/a.xlsx"], &["--heading", "2", "--heading-rows", "2", "--lang", "en"]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(said.text.contains("waves pre, post, t6_mnd by the columns' names"), "{}", said.text);
    let pipeline = fs::read_to_string(trial.path("my/pipeline.toml")).unwrap();
    let wide = "wide = { pattern = \"{item} {wave}\", waves = { pre = \"Pre\", post = \"Post\", t6_mnd = \"6 mnd\" } }";
    assert!(pipeline.contains(wide), "{pipeline}");
    for (wave, month) in [("pre", 0), ("post", 3), ("t6_mnd", 6)] {
        assert!(pipeline.contains(&format!("id = \"{wave}\"\nmonth = {month}")), "{pipeline}");
    }
    let dictionary = trial.dictionary();
    let columns: Vec<&str> = dictionary.items.iter().map(|item| item.column.as_str()).collect();
    assert_eq!(columns, ["Sex", "Age", "Mood (BDI)", "Sleeps badly"]);
    // The sums are nobody's answers.
    assert_eq!(dictionary.items[2].kind, ItemType::Integer);
    assert_eq!(dictionary.items[3].kind, ItemType::Binary);
    let said = utfall(&["check", &trial.path("my").display().to_string()], &[]);
    assert_eq!(said.code, 0, "{}", said.text);
    // Forty persons, of whom one stands there twice, and a row of sums: at each wave.
    assert_eq!(
        said.text.matches("42 rows read = 40 stored + 1 rejected + 1 merged").count(),
        3,
        "{}",
        said.text
    );
}

#[test]
fn one_column_at_each_of_two_points_of_measurement_is_a_wide_file() {
    for (heading, pattern) in [
        ("id;sex;bdi før;bdi etter", "{item} {wave}"),
        ("id;sex;Score baseline;Score 12 months", "{item} {wave}"),
        ("id;sex;T1 BDI;T2 BDI", "{wave} {item}"),
        ("id;sex;bdi_start;bdi_slutt", "{item}_{wave}"),
        ("id;sex;bdi-pre;bdi-follow-up", "{item}-{wave}"),
    ] {
        let file = rows(heading, 1, |person, _| {
            format!("{person};{};{};{}", person % 2, person % 17, (person + 5) % 19)
        });
        let trial = Trial::new(&[("a.csv", &file)]);
        let (dictionary, pipeline) = trial.drafted(&["data/a.csv"]);
        assert!(pipeline.contains(&format!("wide = {{ pattern = \"{pattern}\"")), "{heading}: {pipeline}");
        assert_eq!(dictionary.items.len(), 2, "{heading}");
        trial.checks();
    }
}

#[test]
fn few_persons_who_stand_there_twice_are_counted_and_their_rows_are_named() {
    let of = |people: usize, again: &[usize]| {
        let mut text = "id;sex;mood\n".to_owned();
        for person in (1..=people).chain(again.iter().copied()) {
            text += &format!("p{person:03};{};{}\n", person % 2, person * 7 % 30);
        }
        text.into_bytes()
    };
    // One of sixty stands in line 8 and in line 62.
    let trial = Trial::new(&[("my form (last v2).csv", &of(60, &[7]))]);
    let said = trial.init(&["data/my form (last v2).csv"], &["--lang", "en"]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert_eq!(trial.dictionary().id, "my_form_v2", "without a sign at the end");
    let told = "1 of 60 ids comes several times (rows 8 and 62): ";
    assert!(said.text.contains(told) && said.text.contains("or correct the file"), "{}", said.text);
    assert!(!said.text.contains("wave's column") && !said.text.contains("p007"), "{}", said.text);
    let pipeline = fs::read_to_string(trial.path("my/pipeline.toml")).unwrap();
    let guess = format!("# guess: {told}persons who stand there twice");
    assert!(pipeline.contains(&guess) && pipeline.contains("\nkeep = \"first\"\n"), "{pipeline}");
    trial.checks();
    // Three of twenty are more than a draft passes over.
    let trial = Trial::new(&[("a.csv", &of(20, &[2, 3, 20]))]);
    let said = trial.init(&["data/a.csv"], &[]);
    assert_eq!(said.code, 4, "{}", said.text);
    let told = "3 of 20 ids come several times (rows 3 and 22, 4 and 23, 21 and 24) in `id`";
    assert!(said.text.contains(told) && said.text.contains("keep = \"first\""), "{}", said.text);
}

#[test]
fn columns_that_a_wrong_heading_drops_are_told_with_a_better_one() {
    let trial = Trial::new(&[]);
    fs::create_dir_all(trial.path("data")).unwrap();
    clinic(&trial.path("data/a.xlsx"));
    let said = trial.init(&["data/a.xlsx"], &["--heading", "3", "--lang", "en"]);
    assert_eq!(said.code, 0, "{}", said.text);
    let told = "left out: 3 columns whose headings stand there before: `Pre`, `Post`, `6 mnd`; the heading may stand elsewhere: try --heading 2 --heading-rows 2";
    assert!(said.text.contains(told), "{}", said.text);
    let dictionary = fs::read_to_string(trial.path("my/dictionary.toml")).unwrap();
    assert!(dictionary.contains("# Left out: 3 columns whose headings"), "{dictionary}");
    // A column with answers under an empty heading.
    let file = rows("id;mood;;work", 1, |person, _| format!("{person};{};{};1", person % 5, person % 3));
    let trial = Trial::new(&[("a.csv", &file)]);
    let said = trial.init(&["data/a.csv"], &["--lang", "en"]);
    assert!(said.text.contains("left out: 1 column with answers and without a heading"), "{}", said.text);
}

#[test]
fn a_title_above_the_table_is_recognised() {
    let trial = Trial::new(&[]);
    fs::create_dir_all(trial.path("data")).unwrap();
    clinic(&trial.path("data/a.xlsx"));
    let said = trial.init(&["data/a.xlsx"], &[]);
    let looks =
        "a.xlsx: row 1 has one filled cell: it looks like a title; try --heading 2 --heading-rows 2. ";
    assert!(said.code == 4 && said.text.contains(looks), "{}", said.text);
    let mut file = b"Project X\nExported 2024\n\n".to_vec();
    file.extend(rows("id;mood", 1, |person, _| format!("{person};{}", person % 3)));
    let trial = Trial::new(&[("a.csv", &file)]);
    let said = trial.init(&["data/a.csv"], &[]);
    let looks = "a.csv: row 1 has one filled cell: it looks like a title; try --heading 4. Otherwise: found ";
    assert!(said.code == 4 && said.text.contains(looks), "{}", said.text);
}

#[test]
fn waves_are_called_by_the_labels_of_their_column() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("called.sav");
    fs::write(&path, b"$FL2").unwrap();
    let said = draft::Said::default();
    let request = Request { id: "my".to_owned(), files: vec![path], language: Language::Nb, said };
    let made = draft::draft(&request, &|path| path.display().to_string(), &labelled).unwrap();
    for (month, label) in [(0, "Oppstart"), (6, "Oppfølging 6 mnd")] {
        let said = format!("month = {month}\nlabel = {{ nb = \"{label}\" }}");
        assert!(made.pipeline.contains(&said), "{said} in {}", made.pipeline);
    }
    assert!(!made.pipeline.contains("# guess: the months"), "the label tells them: {}", made.pipeline);
}

#[test]
fn of_two_answers_each_question_says_which_is_better() {
    let file = rows("id,wave,drugs,work,cesd1,cesd2,cesd3", 2, |person, wave| {
        let yes = |at: usize| ["no", "yes"][(person + at * wave) % 2];
        let step = |at: usize| (at * person + wave) % 4;
        format!("{person},t{},{},{},{},{},{}", 6 * wave, yes(1), yes(3), step(1), step(2), step(3))
    });
    let trial = Trial::new(&[("a.csv", &file)]);
    trial.drafted(&["data/a.csv"]);
    let text = fs::read_to_string(trial.path("my/dictionary.toml")).unwrap();
    let part = |head: &str| {
        let rest = text.split(head).nth(1).unwrap_or_else(|| panic!("{head} in {text}"));
        rest.split("\n\n").next().unwrap_or_default().to_owned()
    };
    let (yes_no, battery) = (part("[scale.no_yes]"), part("[scale.cesd]"));
    assert!(!yes_no.contains("better"), "{yes_no}");
    assert!(
        battery.contains("\n# better = \"lower\"") && battery.contains("worded the other way round"),
        "{battery}"
    );
    for (name, own) in [("drugs", true), ("work", true), ("cesd1", false)] {
        let item = part(&format!("name = \"{name}\""));
        assert_eq!(item.contains("\n# better = \"lower\""), own, "{item}");
    }
    trial.checks();
    // What each says holds, whatever the scale: yes is better of one and worse of the other.
    let filled = text.replacen(
        "scale = \"no_yes\"\n# better = \"lower\"",
        "scale = \"no_yes\"\nbetter = \"higher\"",
        1,
    );
    fs::write(trial.path("my/dictionary.toml"), filled.replace("# better = \"lower\"", "better = \"lower\""))
        .unwrap();
    let better = |name: &str| item(&trial.dictionary(), name).better;
    assert_eq!(
        [better("drugs"), better("work")],
        [Some(dictionary::Better::Higher), Some(dictionary::Better::Lower)]
    );
}

#[test]
fn an_age_that_grows_is_no_outcome() {
    let file = rows("id,wave,age,komnr,mood", 2, |person, wave| {
        let age = 30 + person + wave * (person % 2);
        format!(
            "{person},t{},{age},{},{}",
            6 * wave,
            301 + 800 * ((person + wave) % 9),
            (person + wave) % 9 * 3
        )
    });
    let trial = Trial::new(&[("a.csv", &file)]);
    let (_, pipeline) = trial.drafted(&["data/a.csv"]);
    let change = pipeline.split("[change.all]").nth(1).and_then(|rest| rest.split("from = ").next());
    assert_eq!(
        change.map(|change| change.matches('"').count()),
        Some(6),
        "cohort, label and mood: {pipeline}"
    );
    assert!(pipeline.contains("\"age@t0\"") && !pipeline.contains("komnr"), "{pipeline}");
    let text = fs::read_to_string(trial.path("my/dictionary.toml")).unwrap();
    let age =
        text.split("name = \"age\"").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_default();
    assert!(
        age.contains("# an age grows by itself and is no question") && age.contains("constant = true"),
        "{age}"
    );
    assert!(!age.contains("better"), "{age}");
    // As the comment says, so it goes.
    fs::write(
        trial.path("my/dictionary.toml"),
        text.replacen("name = \"age\"", "name = \"age\"\nconstant = true", 1),
    )
    .unwrap();
    fs::write(trial.path("my/pipeline.toml"), pipeline.replace("\"age@t0\"", "\"age\"")).unwrap();
    trial.checks();
}
