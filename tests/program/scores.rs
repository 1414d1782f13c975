//! Scores, derived variables with a reliability, and sets of items, through the built program. `tests/reference/score.R` writes the
//! answers and what R makes of them.

use std::collections::BTreeMap;
use std::fs;

use crate::common::Evaluation;
use crate::notebooks::execute::{Language, Verdict};

const DATA: &str = include_str!("../reference/score_data.csv");
const EXPECTED: &str = include_str!("../reference/score_expected.csv");

/// The quantities are closed forms or quantiles.
const RELATIVE: f64 = 1e-8;

fn evaluation() -> Evaluation {
    let evaluation = Evaluation::first();
    evaluation.write("dictionary.toml", include_str!("scores/dictionary.toml"));
    evaluation.write("pipeline.toml", include_str!("scores/pipeline.toml"));
    evaluation.write("data/forms.csv", DATA);
    evaluation
}

/// What was released: (analysis, group, variable, term, statistic) → value; `None` where it is suppressed or absent.
fn released(evaluation: &Evaluation) -> BTreeMap<[String; 5], Option<f64>> {
    let mut reader = csv::Reader::from_path(evaluation.place().join("release/estimates.csv")).unwrap();
    let headings = reader.headers().unwrap().clone();
    let at = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let key = ["analysis", "group", "variable", "term", "statistic"].map(at);
    let value = at("value");
    let row = |row: csv::StringRecord| (key.map(|at| row[at].to_owned()), row[value].parse().ok());
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The message of a run that stops at its pipeline.
fn mistake(evaluation: &Evaluation) -> String {
    let said = evaluation.check();
    assert_ne!(said.code, 0, "{}", said.text);
    said.text
}

#[test]
fn scores_and_their_alpha_are_those_of_r() {
    let evaluation = evaluation();
    evaluation.ran();
    let released = released(&evaluation);
    let mut compared = 0;
    assert!(EXPECTED.starts_with("# R "), "the first line names the versions");
    for line in EXPECTED.lines().skip(2) {
        let fields: Vec<&str> = line.split(',').collect();
        let [score, wave, group, statistic, value] = fields.try_into().unwrap();
        let (statistic, term) = statistic.split_once(' ').unwrap_or((statistic, ""));
        let analysis = match (score, wave.contains('>')) {
            (_, true) => "change.scores",
            ("some" | "some_part", _) => "describe.coded",
            _ => "describe.scores",
        };
        // The variable that spells the sum out changes as the score does.
        let names = if wave.contains('>') { vec![score, "summed"] } else { vec![score] };
        for name in names {
            let variable = format!("{name}@{wave}");
            let key = [analysis, group, &variable, term, statistic].map(str::to_owned);
            let found = released.get(&key).unwrap_or_else(|| panic!("{key:?} is not released"));
            let wanted: f64 = value.parse().unwrap();
            let found = found.unwrap_or_else(|| panic!("{key:?} has no value"));
            assert!((found - wanted).abs() <= RELATIVE * wanted.abs(), "{key:?}: {found}, R: {wanted}");
            compared += 1;
        }
    }
    assert!(compared > 350, "{compared}");
    // A score that counts has no α.
    assert!(
        !released.keys().any(|[_, _, variable, _, name]| name == "alpha" && variable.starts_with("many"))
    );
}

#[test]
fn tables_and_the_codebook_show_them_in_three_languages() {
    let evaluation = evaluation();
    evaluation.ran();
    let release = evaluation.place().join("release");
    let read = |name: &str| fs::read_to_string(release.join(name)).unwrap();
    for (language, heading, range) in [
        ("nb", "Cronbachs α (95 % KI)", "0,82 (0,75 til 0,87)"),
        ("nn", "Cronbachs α (95 % KI)", "0,82 (0,75 til 0,87)"),
        ("en", "Cronbach’s α (95% CI)", "0.82 (0.75 to 0.87)"),
    ] {
        let table = read(&format!("tables/T1.{language}.md")).replace('\u{a0}', " ");
        assert!(table.contains(heading), "{language}: {table}");
        assert!(table.contains(range), "{language}: {table}");
    }
    let habits = read("tables/T2.en.md");
    assert!(habits.contains("Drank") && habits.contains("Smoked"), "{habits}");
    let codebook = read("codebook.en.html");
    for told in [
        "The sum of 5 answers, with i3 turned round. Missing where an answer is missing.",
        "At least 4 of 5 answers must be given; those that are missing count as the mean of the others.",
        "A yes is enough; a no needs every answer.",
    ] {
        assert!(codebook.contains(told), "{told}");
    }
}

#[test]
fn notebooks_make_every_number_again() {
    let evaluation = evaluation();
    evaluation.ran();
    let estimates = evaluation.place().join("release/estimates.csv");
    for language in [Language::Python, Language::R] {
        if language.is_there() {
            let said = language.execute(&evaluation.out(), &evaluation.id, &estimates, &[]);
            assert_eq!(said.code, 0, "{}", said.text);
            assert!(Verdict::of(&said).compared > 400, "{}", said.text);
        }
    }
}

/// Whoever knows α and its interval knows how many answered every item; where that tells of a few, none of it is shown.
#[test]
fn alpha_goes_where_it_would_tell_of_a_few() {
    let evaluation = evaluation();
    evaluation.edit("pipeline.toml", "policy = \"none\"", "policy = \"min5\"");
    // Of the men, all but two answered every item, and those two have a score all the same.
    let mut men = 0;
    let few = |line: &str| {
        let mut fields: Vec<String> = line.split(',').map(str::to_owned).collect();
        if fields[1] == "t0" && fields[2] == "1" {
            men += 1;
            for field in &mut fields[3..8] {
                *field = if field.is_empty() || field == "9" { "2".to_owned() } else { field.clone() };
            }
            if men <= 2 {
                fields[5] = String::new();
            }
        }
        fields.join(",")
    };
    let lines: Vec<String> = DATA.lines().map(few).collect();
    evaluation.write("data/forms.csv", lines.join("\n") + "\n");
    evaluation.ran();
    let released = released(&evaluation);
    let shown = |group: &str, variable: &str, name: &str| {
        released[&["describe.scores", group, variable, "", name].map(str::to_owned)].is_some()
    };
    for name in ["complete", "alpha", "alpha_low", "alpha_high"] {
        assert!(!shown("sex=1", "part@t0", name), "{name}");
        // Of everyone it would tell of the men by difference, unless it is hidden of the women.
        assert!(!shown("", "part@t0", name) || !shown("sex=2", "part@t0", name), "{name}");
        assert!(shown("", "full@t0", name), "{name}");
    }
    assert!(shown("sex=1", "part@t0", "mean"));
}

#[test]
fn mistakes_say_what_to_do() {
    let of = |from: &str, to: &str| {
        let evaluation = evaluation();
        evaluation.edit("pipeline.toml", from, to);
        mistake(&evaluation)
    };
    let cases = [
        ("items = [\"i*\"]", "items = [\"y1*\"]", "the pattern `y1*` fits 1 of the items"),
        ("items = [\"i*\"]", "items = [\"i1\"]", "`full` is made of 1 items"),
        ("items = [\"i*\"]", "items = [\"i*\", \"i3\"]", "`i3` stands twice among the items of `full`"),
        ("items = [\"i*\"]", "items = [\"i*\", \"I9\"]", "there is no item `I9`"),
        ("range = [0, 15]", "range = [0, 12]", "the 5 items of `full` give values from 0 to 15"),
        ("reverse = [\"i3\"]\nrange", "reverse = [\"v1\"]\nrange", "`v1` is not among the items of `full`"),
        ("missing = \"prorate:0.8\"", "missing = \"prorate:80\"", "`prorate:80` does not say what happens"),
        ("missing = \"prorate:0.8\"", "missing = \"mean\"", "`mean` does not say what happens"),
        ("[score.part]", "[score.i1]", "`i1` cannot be the name of a derived variable"),
        ("[score.part]", "[score.habits]", "`habits` cannot be the name of a derived variable"),
        ("method = \"any\"", "method = \"any\"\nreverse = [\"y1\"]", "the items of `some` are counted"),
        ("reliability = { r = 0.85", "reliability = { r = 1.85", "a reliability lies from 0 to below 1"),
    ];
    for (from, to, message) in cases {
        let said = of(from, to);
        assert!(said.contains(message) && said.contains("help"), "{message}:\n{said}");
    }
    // Without a range it is not known what a number turned round is.
    let evaluation = evaluation();
    evaluation.edit(
        "dictionary.toml",
        "label = { en = \"Sleep\" }\ntype = \"integer\"\nrange = [0, 10]",
        "label = { en = \"Sleep\" }\ntype = \"integer\"",
    );
    let said = mistake(&evaluation);
    assert!(said.contains("it is not known which answers `v2` can have"), "{said}");
}

/// The longest score that can be declared stays within what an expression may have, and is computed.
/// An item that the dictionary says is better when it is higher, in a score that is better when it is lower.
#[test]
fn an_item_that_points_the_other_way_is_told_unless_it_is_reversed() {
    let told = "score full: i3 point the other way than the score";
    let dictionary = include_str!("scores/dictionary.toml");
    let turned = dictionary.replacen("name = \"i3\"", "name = \"i3\"\nbetter = \"higher\"", 1);
    assert_ne!(turned, dictionary);
    let evaluation = evaluation();
    evaluation.write("dictionary.toml", &turned);
    let said = evaluation.check();
    assert!(said.code == 0 && !said.text.contains(told), "{}", said.text);
    let pipeline = include_str!("scores/pipeline.toml").replace("reverse = [\"i3\"]\n", "");
    evaluation.write("pipeline.toml", &pipeline);
    let said = evaluation.check();
    assert!(said.code == 0 && said.text.contains(told), "{}", said.text);
}

#[test]
fn scores_of_many_items() {
    let evaluation = Evaluation::first();
    let items = |of: &dyn Fn(usize) -> String| (0..100).map(of).collect::<String>();
    let dictionary = "format = 1\n[instrument]\nid = \"form\"\ntitle = { en = \"Form\" }\n".to_owned()
        + &items(&|at| {
            format!(
                "[[item]]\nname = \"i{at}\"\nlabel = {{ en = \"i\" }}\ntype = \"integer\"\nrange = [0, 9]\n"
            )
        });
    evaluation.write("dictionary.toml", dictionary);
    let mut forms = format!("id{}\n", items(&|at| format!(",i{at}")));
    // The first lacks a fifth of the items, the second a fifth and one.
    for (person, gone) in [20, 21, 0].into_iter().enumerate() {
        let answer = |at: usize| if at < gone { ",".to_owned() } else { format!(",{}", at % 10) };
        forms += &format!("p{person}{}\n", items(&answer));
    }
    evaluation.write("data/forms.csv", forms);
    let score = |name: &str, more: &str| {
        format!("[score.{name}]\ninstrument = \"form\"\nitems = [\"i*\"]\nreverse = [\"i*\"]\n{more}\n")
    };
    let pipeline =
        "format = 1\nid = \"first\"\ndictionaries = [\"dictionary.toml\"]\n[[wave]]\nid = \"t0\"\nmonth = 0\n\
        [[source]]\ninstrument = \"form\"\nwave = \"t0\"\nfile = \"data/forms.csv\"\nrespondent = \"id\"\n\
        [cohort.all]\ninstrument = \"form\"\n[disclosure]\npolicy = \"none\"\n\
        [table.T1]\nfrom = [\"describe.scores\"]\nlayout = \"numeric\"\n\
        [describe.scores]\ncohort = \"all\"\nvariables = [\"whole\", \"part\", \"average\"]\n"
            .to_owned()
            + &score("whole", "")
            + &score("part", "missing = \"prorate:0.8\"")
            + &score("average", "method = \"mean\"\nmissing = \"prorate:0.8\"");
    evaluation.write("pipeline.toml", pipeline);
    evaluation.ran();
    let released = released(&evaluation);
    let value = |variable: &str, name: &str| {
        released[&["describe.scores", "", variable, "", name].map(str::to_owned)]
    };
    let variables: std::collections::BTreeSet<&str> =
        released.keys().filter(|key| key[0] == "describe.scores").map(|key| key[2].as_str()).collect();
    let of = |name: &str| *variables.iter().find(|variable| variable.starts_with(name)).unwrap();
    // Ten times 9 + 8 + … + 0 is 450, whole and by the 80 that are left.
    assert_eq!((value(of("whole"), "valid"), value(of("whole"), "mean")), (Some(1.0), Some(450.0)));
    assert_eq!((value(of("part"), "valid"), value(of("part"), "mean")), (Some(2.0), Some(450.0)));
    assert_eq!((value(of("average"), "valid"), value(of("average"), "mean")), (Some(2.0), Some(4.5)));
}
