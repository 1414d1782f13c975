//! Dictionaries to REDCap and Frictionless and back, and from files that others wrote.

use std::path::PathBuf;

use crate::common::{self, Evaluation, utfall};
use proptest::prelude::*;
use utfall::dictionary::exchange::{self, Form, Imported, REDCAP_HEADINGS, Reading};
use utfall::dictionary::{
    self, Asked, Better, Code, FormUnit, Instrument, Item, ItemType, Language, MissingCode, Reason, Text,
};

fn in_nb(text: &str) -> Text {
    Text { nb: Some(text.to_owned()), ..Text::default() }
}

fn reading(language: Language) -> Reading {
    Reading { language, missing: Vec::new(), ordinal: Vec::new() }
}

/// In English, with what is said on the command line.
fn said(missing: &[&str], ordinal: &[&str]) -> Reading {
    Reading {
        language: Language::En,
        missing: missing.iter().map(|said| said.parse().unwrap()).collect(),
        ordinal: ordinal.iter().map(|names| names.parse().unwrap()).collect(),
    }
}

/// What a round trip is to keep of an item: names, type, codes, labels of one language, range, missing codes and the rest of its
/// meaning. The column is another program's own.
fn kept(item: &Item, language: Language) -> impl PartialEq + std::fmt::Debug + use<> {
    let one = |text: &Text| text.get(language).to_owned();
    let codes: Vec<_> =
        item.codes.iter().map(|code| (code.code, one(&code.label), code.written.clone())).collect();
    let missing = item.missing.iter();
    let missing: Vec<_> =
        missing.map(|code| (code.code, code.reason, one(&code.label), code.written.clone())).collect();
    let direction =
        (item.better, item.required, item.constant, item.asked.clone(), item.blank, item.reliability.clone());
    (
        item.name.clone(),
        item.kind,
        one(&item.label),
        one(&item.section),
        codes,
        missing,
        item.range,
        direction,
        one(&item.unit),
    )
}

fn same(found: &Instrument, original: &Instrument, language: Language) {
    assert_eq!(found.items.len(), original.items.len());
    for (found, original) in found.items.iter().zip(&original.items) {
        assert_eq!(kept(found, language), kept(original, language));
    }
}

fn read_text(text: &str, name: &str, form: Form, reading: &Reading) -> Result<Imported, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    exchange::read(&path, form, reading).map_err(|mistake| mistake.to_string())
}

/// Each form there and back, and what comes back written as a dictionary and read again.
fn there_and_back(instrument: &Instrument, language: Language) {
    let (csv, _) = exchange::redcap(&[instrument], language).unwrap();
    let (json, _) = exchange::schema(instrument, language);
    for (text, name, form) in [(csv, "a.csv", Form::Redcap), (json, "a.json", Form::Frictionless)] {
        let back = read_text(&text, name, form, &reading(language)).unwrap_or_else(|error| panic!("{error}"));
        let [found] = back.instruments.as_slice() else { panic!("{} instruments", back.instruments.len()) };
        same(found, instrument, language);
        let path = PathBuf::from("a.toml");
        let toml = exchange::dictionary(found, &path).unwrap_or_else(|mistake| panic!("{mistake}"));
        let source = utfall::written::Source { path, text: toml };
        assert_eq!(dictionary::resolve(&source).unwrap().items, found.items, "{form:?}");
    }
}

#[test]
fn shipped_dictionaries_come_back_as_they_were() {
    let mut items = 0;
    for name in ["kartlegging", "tiltak", "brukersurvey", "politidistrikt", "help"] {
        let path = common::repository(&format!("data-dictionary/{name}.toml"));
        let instrument = dictionary::load(&path).unwrap();
        items += instrument.items.len();
        for language in Language::ALL {
            there_and_back(&instrument, language);
        }
    }
    assert!(items > 200);
}

/// A label as people write them, with what CSV, JSON, TOML and REDCap's lists of choices have marks for; one line, no `|`.
fn label() -> impl Strategy<Value = String> {
    "[A-Za-zæøå0-9,;:\"'{}=#\\\\.()<>&-]{1,8}( [A-Za-zæøåÆ,\"'=#\\\\]{1,6}){0,2}"
}

fn reason() -> impl Strategy<Value = Reason> {
    proptest::sample::select(&Reason::ALL[1..5])
}

/// An item of any type. Labels of codes begin with the code, so that no two are alike: Frictionless does not allow it.
fn item() -> impl Strategy<Value = Item> {
    let kinds = [
        ItemType::Nominal,
        ItemType::Ordinal,
        ItemType::Binary,
        ItemType::Integer,
        ItemType::Decimal,
        ItemType::Date,
        ItemType::Text,
    ];
    let codes =
        proptest::collection::btree_map(-20_i64..60, (label(), proptest::option::of("[a-z]{2,5}")), 12..=12);
    let numbers = (-50_i32..50, 0_i32..90, any::<bool>());
    let flags = (any::<bool>(), any::<bool>(), proptest::option::of(any::<bool>()));
    let words = (label(), proptest::option::of(label()), label());
    (proptest::sample::select(kinds.to_vec()), codes, 3_usize..9, 0_usize..3, numbers, flags, reason(), words)
        .prop_map(
            |(
                kind,
                codes,
                answers,
                missing,
                (least, width, ranged),
                (required, constant, better),
                reason,
                words,
            )| {
                let mut codes = codes.into_iter().map(|(code, (label, written))| {
                    (
                        code,
                        in_nb(&format!("{code} {label}")),
                        written.map(|text| format!("{text}{}", code.unsigned_abs())),
                    )
                });
                let coded = matches!(kind, ItemType::Nominal | ItemType::Ordinal | ItemType::Binary);
                let answers = if kind == ItemType::Binary {
                    2
                } else if coded {
                    answers
                } else {
                    0
                };
                let answers: Vec<Code> = codes
                    .by_ref()
                    .take(answers)
                    .map(|(code, label, written)| Code {
                        code,
                        label,
                        written: written.into_iter().collect(),
                    })
                    .collect();
                let missing = codes.take(missing).map(|(code, label, written)| MissingCode {
                    code,
                    reason,
                    label,
                    written: written.into_iter().collect(),
                });
                let is_number = matches!(kind, ItemType::Integer | ItemType::Decimal);
                let part = if kind == ItemType::Decimal { 0.25 } else { 0.0 };
                let range = [f64::from(least) + part, f64::from(least + width) + part];
                Item {
                    section: in_nb(&words.2),
                    codes: answers,
                    missing: missing.collect(),
                    better: better.map(|higher| if higher { Better::Higher } else { Better::Lower }),
                    range: (is_number && ranged).then_some(range),
                    required,
                    constant,
                    asked: if required { Asked::Later } else { Asked::Every },
                    blank: if constant { reason } else { Reason::Blank },
                    unit: words.1.filter(|_| is_number).map(|unit| in_nb(&unit)).unwrap_or_default(),
                    ..Item::bare("", "", in_nb(&words.0), kind)
                }
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_dictionary_comes_back_as_it_was(
        items in proptest::collection::vec((item(), "[A-Za-zøæ][A-Za-z0-9_å]{0,6}"), 1..8),
        id in "[a-zæ][a-z0-9_]{0,5}",
    ) {
        let items: Vec<Item> = items
            .into_iter()
            .enumerate()
            .map(|(place, (item, name))| {
                // Names that REDCap has to make smaller may come to be the same: `Ab_1`, `ab_1`.
                let name = format!("{name}{}", if place % 2 == 0 { place } else { place - 1 });
                Item { column: format!("{name} {place}"), name: if place % 2 == 0 { name } else { format!("{name}X") }, ..item }
            })
            .collect();
        let instrument = Instrument {
            id: id.clone(),
            title: in_nb("Et skjema"),
            unit: FormUnit::Respondent,
            source: String::new(),
            items,
            sets: Vec::new(),
        };
        there_and_back(&instrument, Language::Nb);
    }
}

#[test]
fn redcaps_columns_and_names() {
    let folder = common::repository("data-dictionary/help.toml");
    let instrument = dictionary::load(&folder).unwrap();
    let (text, losses) = exchange::redcap(&[&instrument], Language::En).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), REDCAP_HEADINGS);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), instrument.items.len() + 1);
    assert_eq!((&rows[0][0], &rows[0][3]), ("record_id", "text"));
    let mut names: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
    for name in &names {
        assert!(name.starts_with(|first: char| first.is_ascii_lowercase()), "{name}");
        assert!(name.chars().all(|letter| matches!(letter, 'a'..='z' | '0'..='9' | '_')), "{name}");
        assert!(!name.contains("__") && !name.ends_with('_'), "{name}");
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), rows.len());
    assert!(rows.iter().all(|row| &row[1] == "help"));
    let of = |name: &str| rows.iter().find(|row| &row[0] == name).unwrap();
    assert_eq!(&of("age")[2], "Background");
    assert_eq!(
        [&of("age")[3], &of("age")[7], &of("age")[8], &of("age")[9]],
        ["text", "integer", "16", "100"]
    );
    assert_eq!((&of("homeless")[3], &of("homeless")[5]), ("yesno", ""));
    assert_eq!((&of("a1")[3], &of("a1")[5]), ("radio", "1, Man | 2, Woman"));
    assert_eq!(&of("mcs")[7], "number");
    assert_eq!(&of("prim_sub")[3], "dropdown");
    assert_eq!(&of("group")[12], "y");
    assert!(losses.iter().any(|loss| loss.what.contains("labels in the language nb")), "{losses:?}");
}

const FOREIGN: &str = "\
\u{feff}\"Variable / Field Name\",\"Form Name\",\"Section Header\",\"Field Type\",\"Field Label\",\"Choices, Calculations, OR Slider Labels\",\"Field Note\",\"Text Validation Type OR Show Slider Number\",\"Text Validation Min\",\"Text Validation Max\",Identifier?,\"Branching Logic (Show field only if...)\",\"Required Field?\",\"Custom Alignment\",\"Question Number (surveys only)\",\"Matrix Group Name\",\"Matrix Ranking?\",\"Field Annotation\"
study_id,baseline,,text,Study ID,,,,,,,,,,,,,
sex,baseline,Background,radio,Sex,\"1, Man | 2, Woman, or other | 99, Unknown\",,,,,,,y,,,,,
housed,baseline,,yesno,Has a home,,,,,,,\"[sex] = '1'\",,,,,,
use,baseline,Use,dropdown,How often,\"d, Daily | w, Weekly | n, Never\",,,,,,,,,,,,
drugs,baseline,,checkbox,Substances,\"1, Heroin | -2, Alcohol\",,,,,,,,,,,,
age,baseline,,text,Age,,years,integer,16,,,,,,,,,
weight,baseline,,text,Weight,,kg,number_comma_decimal,\"20,5\",250,,,,,,,,@HIDDEN
seen,baseline,,text,Seen,,,date_dmy,2007-01-01,,,,,,,,,
mail,baseline,,text,E-mail,,,email,,,y,,,,,,,
bmi,baseline,,calc,BMI,[weight] / 2,,,,,,,,,,,,
mood,follow_up,,slider,Mood,low | | high,,number,,,,,,,,,,
thanks,follow_up,,descriptive,Thank you,,,,,,,,,,,,,
";

#[test]
fn a_data_dictionary_that_redcap_wrote() {
    let asked = said(&["99=unknown"], &[]);
    let imported = read_text(FOREIGN, "d.csv", Form::Redcap, &asked).unwrap();
    let [baseline, follow_up] = imported.instruments.as_slice() else { panic!("two forms") };
    assert_eq!((baseline.id.as_str(), follow_up.title.get(Language::En)), ("baseline", "Follow up"));
    let names: Vec<&str> = baseline.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(
        names,
        ["sex", "housed", "use", "drugs_1", "drugs__2", "age", "weight", "seen", "mail", "bmi"],
        "the record's id is no item"
    );
    let item = |name: &str| baseline.item(name).unwrap();
    assert_eq!(item("sex").kind, ItemType::Binary);
    assert_eq!(item("sex").codes[1].label.get(Language::En), "Woman, or other");
    assert_eq!((item("sex").missing[0].code, item("sex").missing[0].reason), (99, Reason::Unknown));
    assert!(item("sex").required && !item("housed").required);
    assert_eq!(item("housed").section.get(Language::En), "Background");
    assert_eq!(item("use").section.get(Language::En), "Use");
    assert_eq!(item("housed").codes.iter().map(|code| code.code).collect::<Vec<_>>(), [0, 1]);
    let written: Vec<(i64, &str)> =
        item("use").codes.iter().map(|code| (code.code, code.written[0].as_str())).collect();
    assert_eq!(written, [(1, "d"), (2, "w"), (3, "n")]);
    assert_eq!(item("drugs__2").column, "drugs____2");
    assert_eq!(item("age").range, Some([16.0, f64::INFINITY]));
    assert_eq!(item("weight").range, Some([20.5, 250.0]));
    assert_eq!(item("age").unit.get(Language::En), "years");
    assert_eq!((item("seen").kind, item("bmi").kind), (ItemType::Date, ItemType::Decimal));
    assert_eq!(follow_up.items.len(), 1);
    for (field, what) in [
        ("study_id", "is the record's id"),
        ("sex", "taken to be binary"),
        ("housed", "the condition under which it is shown"),
        ("use", "no whole numbers"),
        ("use", "taken to be nominal"),
        ("drugs", "one for each choice"),
        ("weight", "the field annotation"),
        ("seen", "least and greatest"),
        ("mail", "`email`"),
        ("mail", "identifies persons"),
        ("bmi", "the formula"),
        ("mood", "labels of the slider"),
        ("thanks", "the whole field"),
    ] {
        let told = imported.losses.iter().any(|loss| loss.field == field && loss.what.contains(what));
        assert!(told, "{field}: {what} is not told: {:?}", imported.losses);
    }
    for instrument in &imported.instruments {
        exchange::dictionary(instrument, &PathBuf::from("d.toml"))
            .unwrap_or_else(|mistake| panic!("{mistake}"));
    }
    // The programming interface calls the columns otherwise.
    let interface = "field_name,form_name,field_type,field_label\nid,f,text,Id\nage,f,text,Age\n";
    let imported = read_text(interface, "d.csv", Form::Redcap, &reading(Language::En)).unwrap();
    assert_eq!(imported.instruments[0].items[0].name, "age");
}

const SCHEMA: &str = r#"{
  "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
  "primaryKey": ["id"],
  "missingValues": ["", "NA", { "value": "-9", "label": "Refused" }],
  "fields": [
    { "name": "health now", "title": "Health", "type": "integer", "categoriesOrdered": true,
      "categories": [{ "value": 1, "label": "Good" }, { "value": 2 }, { "value": 3, "label": "Bad" }] },
    { "name": "town", "type": "string", "constraints": { "enum": ["Oslo", "Bergen", "Voss"], "minLength": 3 } },
    { "name": "housed", "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"], "missingValues": [] },
    { "name": "score", "type": "number", "constraints": { "minimum": -1.5, "required": true }, "bareNumber": false },
    { "name": "seen", "type": "date", "format": "%d.%m.%Y" },
    { "name": "when", "type": "datetime" }
  ]
}"#;

#[test]
fn a_table_schema_that_others_wrote() {
    let asked = said(&["-9=refused"], &[]);
    let imported = read_text(SCHEMA, "study.schema.json", Form::Frictionless, &asked).unwrap();
    let instrument = &imported.instruments[0];
    assert_eq!(instrument.id, "study");
    let item = |name: &str| instrument.item(name).unwrap();
    let health = item("health_now");
    assert_eq!((health.kind, health.column.as_str()), (ItemType::Ordinal, "health now"));
    assert_eq!(health.codes[1].label.get(Language::En), "2");
    let missing: Vec<_> =
        health.missing.iter().map(|code| (code.code, code.reason, code.written.clone())).collect();
    assert_eq!(missing, [(-1, Reason::Unknown, vec!["NA".to_owned()]), (-9, Reason::Refused, Vec::new())]);
    assert_eq!(item("town").codes[2].written, ["Voss"]);
    assert_eq!(item("town").kind, ItemType::Nominal);
    assert_eq!(
        (item("housed").codes[1].written.clone(), item("housed").missing.len()),
        (vec!["yes".to_owned()], 0)
    );
    assert_eq!(item("score").range, Some([-1.5, f64::INFINITY]));
    assert!(item("score").required);
    assert_eq!((item("seen").kind, item("when").kind), (ItemType::Date, ItemType::Text));
    for (field, what) in [
        ("", "primaryKey"),
        ("health now", "why `NA` is missing"),
        ("town", "`minLength`"),
        ("score", "`bareNumber`"),
        ("seen", "%d.%m.%Y"),
        ("when", "`datetime`"),
    ] {
        let told = imported.losses.iter().any(|loss| loss.field == field && loss.what.contains(what));
        assert!(told, "{field}: {what} is not told: {:?}", imported.losses);
    }
    exchange::dictionary(instrument, &PathBuf::from("d.toml")).unwrap_or_else(|mistake| panic!("{mistake}"));
    // In a package, and in a package without it.
    let package = format!(
        r#"{{ "resources": [{{ "name": "s", "schema": {SCHEMA} }}, {{ "name": "t", "schema": "t.json" }}] }}"#
    );
    let imported = read_text(&package, "datapackage.json", Form::Frictionless, &asked).unwrap();
    assert_eq!(imported.instruments[0].id, "s");
    assert!(imported.losses.iter().any(|loss| loss.field == "t"));
}

#[test]
fn a_file_that_is_something_else_is_refused_with_the_place() {
    let heading = FOREIGN.lines().next().unwrap();
    let with = |row: &str| format!("{heading}\nid,f,,text,Id,,,,,,,,,,,,,\n{row}\n");
    let none = ",,,,,,,,,,,,";
    for (text, name, form, said) in [
        ("a,b\n1,2\n".to_owned(), "d.csv", Form::Redcap, "the file has no column \"Variable / Field Name\""),
        (with(&format!("x,f,,matrix,X,{none}")), "d.csv", Form::Redcap, "d.csv:3"),
        (with(&format!("x,f,,matrix,X,{none}")), "d.csv", Form::Redcap, "unknown field type `matrix`"),
        (with(&format!("x,f,,radio,X,{none}")), "d.csv", Form::Redcap, "`x` has no choices"),
        (
            with("x,f,,text,X,,,,,,,,,,,,,\"utfall: {\"\"type\"\":5}\""),
            "d.csv",
            Form::Redcap,
            "cannot be read",
        ),
        (with(&format!(",f,,text,X,{none}")), "d.csv", Form::Redcap, "no field name"),
        (with(""), "d.csv", Form::Redcap, "found no field"),
        ("{ \"fields\": [,] }".to_owned(), "d.json", Form::Frictionless, "this is not JSON"),
        ("{}".to_owned(), "d.json", Form::Frictionless, "found neither `fields` nor `resources`"),
        ("{ \"fields\": [{}] }".to_owned(), "d.json", Form::Frictionless, "a field has no `name`"),
        (
            r#"{ "fields": [{ "name": "x", "utfall": 5 }] }"#.to_owned(),
            "d.json",
            Form::Frictionless,
            "cannot be read",
        ),
    ] {
        let error = read_text(&text, name, form, &reading(Language::Nb)).expect_err(said);
        assert!(error.contains(said), "expected {said:?} in:\n{error}");
    }
}

/// From a dictionary to REDCap, back, and into the pipeline: what comes back evaluates the same files.
#[test]
fn what_was_imported_passes_the_check() {
    let evaluation = Evaluation::first();
    let dictionary = evaluation.file("dictionary.toml").display().to_string();
    for (to, file) in [("redcap", "d.csv"), ("frictionless", "d.json")] {
        let (exported, back) = (evaluation.file(file), evaluation.file(&format!("{to}.toml")));
        let [exported, back] = [exported, back].map(|path| path.display().to_string());
        let said = utfall(
            &["dictionary", "export", &dictionary, "--to", to, "--out", &exported, "--lang", "en"],
            &[],
        );
        assert_eq!(said.code, 0, "{}", said.text);
        assert!(said.text.contains("labels in the language nb"), "{}", said.text);
        let import = ["dictionary", "import", &exported, "--out", &back, "--lang", "en"];
        let said = utfall(&import, &[]);
        assert_eq!(said.code, 0, "{}", said.text);
        let pipeline = evaluation.read("pipeline.toml");
        evaluation.edit("pipeline.toml", "dictionary.toml", &format!("{to}.toml"));
        let said = evaluation.check();
        assert_eq!(said.code, 0, "{}", said.text);
        evaluation.write("pipeline.toml", pipeline);
        let again = utfall(&import, &[]);
        assert_eq!(again.code, 2, "what is there is not written over: {}", again.text);
    }
    let ddi = evaluation.file("d.xml").display().to_string();
    let folder = evaluation.pipeline().display().to_string();
    let said = utfall(&["dictionary", "export", &folder, "--to", "ddi", "--out", &ddi], &[]);
    assert_eq!(said.code, 0, "{}", said.text);
    let text = evaluation.read("d.xml");
    assert!(text.contains("<var ID=\"V-form-health\"") && !text.contains("catStat"));
}

#[test]
fn several_dictionaries_go_into_one_file_and_out_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name).display().to_string();
    let pipeline = common::repository("pipelines/sintef-lav").display().to_string();
    for (to, file) in [("redcap", "all.csv"), ("frictionless", "all.json")] {
        let said = utfall(&["dictionary", "export", &pipeline, "--to", to, "--out", &place(file)], &[]);
        assert_eq!(said.code, 0, "{}", said.text);
        let one = utfall(&["dictionary", "import", &place(file), "--out", &place("one.toml")], &[]);
        assert_eq!(one.code, 2, "{}", one.text);
        assert!(one.text.contains("name a folder"), "{}", one.text);
        let said = utfall(&["dictionary", "import", &place(file), "--out", &place(to)], &[]);
        assert_eq!(said.code, 0, "{}", said.text);
        for name in ["kartlegging", "tiltak", "brukersurvey", "politidistrikt"] {
            let original =
                dictionary::load(&common::repository(&format!("data-dictionary/{name}.toml"))).unwrap();
            let back = dictionary::load(&folder.path().join(to).join(format!("{name}.toml"))).unwrap();
            same(&back, &original, Language::Nb);
        }
    }
    let said = utfall(
        &["dictionary", "import", &place("all.csv"), "--out", &place("x"), "--missing", "9=nonsense"],
        &[],
    );
    assert!(said.code == 2 && said.text.contains("not_applicable"), "{}", said.text);
    let said = utfall(&["dictionary", "import", &pipeline, "--out", &place("x")], &[]);
    assert!(said.code == 2 && said.text.contains("--from"), "{}", said.text);
}
