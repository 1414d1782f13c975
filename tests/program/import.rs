//! Dictionaries from DDI and from Frictionless resources, and what is said of them on the command line.

use std::fs;

use crate::common::{self, utfall};
use utfall::dictionary::{self, Instrument, Item, ItemType, Language, Reason};

/// Imports a file of this name in English, and gives the dictionary and what was said.
fn imported(name: &str, text: &str, more: &[&str]) -> (Instrument, String) {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join(name), folder.path().join("made.toml"));
    fs::write(&from, text).unwrap();
    let (from, to) = (from.display().to_string(), to.display().to_string());
    let mut arguments = vec!["dictionary", "import", &from, "--out", &to, "--lang", "en"];
    arguments.extend(more);
    let said = utfall(&arguments, &[]);
    assert_eq!(said.code, 0, "{}", said.text);
    (dictionary::load(to.as_ref()).unwrap_or_else(|error| panic!("{error}")), said.text)
}

fn item<'i>(instrument: &'i Instrument, name: &str) -> &'i Item {
    instrument.item(name).unwrap_or_else(|| panic!("no item {name}"))
}

/// Code, reason and spellings of each missing code.
fn missing(item: &Item) -> Vec<(i64, Reason, Vec<String>)> {
    item.missing.iter().map(|code| (code.code, code.reason, code.written.clone())).collect()
}

const DDI: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<codeBook xmlns="ddi:codebook:2_5" version="2.5">
<fileDscr ID="F1"><fileTxt><fileName>survey.sav</fileName></fileTxt></fileDscr>
<dataDscr><varGrp><labl>A group</labl></varGrp>
<var ID="V1" name="Q1.A" files="F1" intrvl="discrete" nature="ordinal">
  <labl xml:lang="nb">Humør og søvn</labl><labl xml:lang="en">Mood &amp; sleep&#33;</labl>
  <invalrng><item VALUE="9"/><range min="97" max="98"/></invalrng>
  <catgry><catValu>1</catValu><labl>Bad</labl></catgry>
  <catgry><catValu>2</catValu><labl>Good</labl><catStat type="freq">12</catStat></catgry>
  <catgry><catValu>3</catValu><labl>Very good</labl></catgry>
  <catgry><catValu>9</catValu><labl>Refused</labl></catgry>
</var>
<var name="age" files="F1" intrvl="contin" dcml="0" measUnit="years"><labl>Age</labl><valrng><range min="16" max="99"/></valrng></var>
<var name="more" files="F1"><qstn><qstnLit>Say more</qstnLit></qstn><varFormat type="character"/></var>
<var name="day" files="F1"><labl>Day</labl><varFormat type="numeric" category="date"/></var>
<var name="sex" files="F1"><labl>Sex</labl><catgry><catValu>M</catValu><labl>Man</labl></catgry><catgry><catValu>F</catValu><labl>Woman</labl></catgry><catgry missing="Y"><catValu>X</catValu></catgry></var>
</dataDscr></codeBook>"#;

#[test]
fn a_codebook_of_ddi_becomes_a_dictionary() {
    let (made, said) = imported("book.xml", DDI, &[]);
    assert_eq!((made.id.as_str(), made.items.len()), ("survey", 5));
    let mood = item(&made, "Q1_A");
    assert_eq!((mood.kind, mood.column.as_str()), (ItemType::Ordinal, "Q1.A"));
    assert_eq!(mood.label.get(Language::En), "Mood & sleep!");
    assert_eq!(
        mood.codes.iter().map(|code| code.label.get(Language::En)).collect::<Vec<_>>(),
        ["Bad", "Good", "Very good"]
    );
    let absent = |code, reason| (code, reason, Vec::<String>::new());
    let expected = [absent(9, Reason::Refused), absent(97, Reason::Unknown), absent(98, Reason::Unknown)];
    assert_eq!(missing(mood), expected);
    let age = item(&made, "age");
    assert_eq!(
        (age.kind, age.range, age.unit.get(Language::En)),
        (ItemType::Integer, Some([16.0, 99.0]), "years")
    );
    assert_eq!((item(&made, "more").kind, item(&made, "day").kind), (ItemType::Text, ItemType::Date));
    assert_eq!(item(&made, "more").label.get(Language::En), "Say more");
    let sex = item(&made, "sex");
    assert_eq!((sex.kind, sex.codes[1].written[0].as_str()), (ItemType::Binary, "F"));
    assert_eq!(missing(sex), [(-1, Reason::Unknown, vec!["X".to_owned()])]);
    assert!(said.contains("3 items have no direction: write better ="), "{said}");
}

#[test]
fn our_own_codebook_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("first.xml").display().to_string();
    let path = common::repository("pipelines/first/dictionary.toml");
    let said =
        utfall(&["dictionary", "export", &path.display().to_string(), "--to", "ddi", "--out", &out], &[]);
    assert_eq!(said.code, 0, "{}", said.text);
    let (made, _) = imported("first.xml", &fs::read_to_string(&out).unwrap(), &[]);
    let original = dictionary::load(&path).unwrap();
    assert_eq!(made.items.len(), original.items.len());
    for (made, original) in made.items.iter().zip(&original.items) {
        let codes = |item: &Item| {
            item.codes.iter().map(|code| (code.code, code.label.en.clone())).collect::<Vec<_>>()
        };
        let absent = |item: &Item| item.missing.iter().map(|code| code.code).collect::<Vec<_>>();
        assert_eq!((&made.name, made.kind, made.range), (&original.name, original.kind, original.range));
        assert_eq!(
            (codes(made), absent(made), &made.label.en),
            (codes(original), absent(original), &original.label.en)
        );
    }
}

#[test]
fn what_is_no_codebook_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let cut = DDI.split("<var name=\"sex\"").next().unwrap();
    for (name, text, found) in [
        ("cut.xml", cut, "ends before the end of"),
        ("other.xml", "<codeBook/>", "found no variable"),
        ("torn.xml", "<codeBook><dataDscr></codeBook>", "not XML"),
    ] {
        let from = folder.path().join(name);
        fs::write(&from, text).unwrap();
        let (from, to) = (from.display().to_string(), folder.path().join("x.toml").display().to_string());
        let said = utfall(&["dictionary", "import", &from, "--out", &to], &[]);
        assert!(said.code == 3 && said.text.contains(found), "{name}: {}", said.text);
    }
}

const REDCAP: &str = "\
\"Variable / Field Name\",\"Form Name\",\"Section Header\",\"Field Type\",\"Field Label\",\"Choices, Calculations, OR Slider Labels\",\"Field Note\",\"Text Validation Type OR Show Slider Number\",\"Text Validation Min\",\"Text Validation Max\"
record_id,base,,text,Study ID,,,,,
cesd1,base,,radio,Bothered,\"0, Rarely | 1, Some | 2, Most | 99, Don't know\",,,,
cesd2,base,,radio,Appetite,\"0, Rarely | 1, Some | 2, Most\",,,,
living,base,,radio,Living,\"1, Alone | 2, Family | 3, Other\",,,,
vas,base,,slider,Pain,,,,,
hours,base,,text,Hours,,,integer,0,80
";

#[test]
fn a_code_within_the_range_is_not_put_on_in_silence() {
    let (made, said) = imported("dd.csv", REDCAP, &["--missing", "99=unknown"]);
    assert_eq!(missing(item(&made, "vas")), [], "all of 0 to 100 are answers");
    assert!(
        said.contains("99 lies within the range") && said.contains("--missing 99=unknown:ITEM: vas"),
        "{said}"
    );
    for name in ["cesd1", "cesd2", "living", "hours"] {
        assert_eq!(missing(item(&made, name)), [(99, Reason::Unknown, Vec::new())], "{name}");
    }
    assert_eq!(item(&made, "cesd1").missing[0].label.get(Language::En), "Don't know");

    let (made, said) =
        imported("dd.csv", REDCAP, &["--missing", "99=refused:vas,98=unknown:CESD*,1=unknown:x*"]);
    assert_eq!(missing(item(&made, "vas")), [(99, Reason::Refused, Vec::new())], "it was named");
    assert_eq!(missing(item(&made, "cesd2")), [(98, Reason::Unknown, Vec::new())]);
    assert_eq!(missing(item(&made, "living")), []);
    assert!(said.contains("--missing 1: no item has this name"), "{said}");
}

#[test]
fn letters_are_missing_codes_and_items_are_made_ordinal() {
    let more = ["--missing", "UNK=unknown,-1=not_asked", "--ordinal", "cesd*"];
    let (made, said) = imported("dd.csv", REDCAP, &more);
    let expected = [(-1, Reason::NotAsked, Vec::new()), (-2, Reason::Unknown, vec!["UNK".to_owned()])];
    assert_eq!(missing(item(&made, "hours")), expected, "letters get a number that is free");
    assert_eq!(
        (item(&made, "cesd1").kind, item(&made, "living").kind),
        (ItemType::Ordinal, ItemType::Nominal)
    );
    assert!(
        !said.contains("nominal: write type = \"ordinal\" where the answers have an order: cesd1"),
        "{said}"
    );
}

#[test]
fn a_resource_of_frictionless_is_a_dictionary() {
    let resource = r#"{"name": "home", "path": "home.csv", "schema": {"fields": [
        {"name": "x", "type": "integer", "constraints": {"minimum": 0, "maximum": 100}}]}}"#;
    let (made, _) = imported("home.json", resource, &["--missing", "UNK=unknown"]);
    assert_eq!((made.id.as_str(), item(&made, "x").range), ("home", Some([0.0, 100.0])));
    assert_eq!(missing(item(&made, "x")), [(-1, Reason::Unknown, vec!["UNK".to_owned()])]);
}
