//! Cells as programs write them.

use super::{Case, HEADING, forms, table, two_files};

fn health_at_t6(answers: &[&str]) -> Case {
    let people = 1..=answers.len() as u32;
    let t6 =
        table(HEADING, people.clone(), |person| format!("{person};1;{};3;4.5", answers[person as usize - 1]));
    two_files(&forms(people), &t6)
}

#[test]
fn labels_count_as_their_codes() {
    // In any language of the dictionary, in capitals or not, with blanks around.
    let ran = health_at_t6(&[
        "Ikke noe",
        "ikkje noko",
        " NOTHING\u{a0}",
        "Noe",
        "noko",
        "Mye",
        "mykje",
        "MUCH",
        "Vet  ikke",
    ])
    .runs();
    ran.is_clean();
    assert_eq!(ran.change("health", "n_pairs"), 8.0);
    assert_eq!(["2>1", "2>2", "2>3"].map(|way| ran.transition("health", way)), [3.0, 2.0, 3.0]);
}

#[test]
fn words_that_are_no_label_stop_the_run() {
    health_at_t6(&["Litt", "Litt", "Litt"]).stops(
        5,
        &["t6.csv), item health: unread: 3 of 3 answers (100 %)", "expected one of 1, 2, 3 (missing: 9)"],
    );
    let mut answers = vec!["Noe"; 60];
    answers[3] = "Noee";
    health_at_t6(&answers)
        .runs()
        .tells(&["t6.csv) row 5, item health: type: not a number; expected one of 1, 2, 3"]);
}

#[test]
fn a_label_of_two_codes_tells_neither() {
    let items = super::ITEMS.replace("nb = \"Mye\"", "nb = \"Noe\"");
    let case = health_at_t6(&["Noe", "Noe", "Ikke noe"]).items(&items);
    case.stops(
        5,
        &["2 of 3 answers (67 %)", "a label that several codes have, so that the code cannot be told"],
    );
    // By their codes they can be told apart; that their label is one is said.
    let coded = health_at_t6(&["2", "3", "1"]).items(&items);
    let ran = coded.runs();
    assert_eq!(ran.change("health", "n_pairs"), 3.0);
    assert!(ran.text.contains("the codes 2 and 3 are both \"Noe\""), "{}", ran.text);
}

#[test]
fn a_number_that_is_no_code_may_be_a_label() {
    let items =
        super::ITEMS.replace("nb = \"Ikke noe\"", "nb = \"10\"").replace("nb = \"Noe\"", "nb = \"20\"");
    let ran = health_at_t6(&["10", "20", "3", "10.0"]).items(&items);
    // `10.0` is no label to the letter, and no code.
    ran.stops(5, &["1 of 4 answers (25 %)", "a code that is not listed"]);
    let ran = health_at_t6(&["10", "20", "3"]).items(&items).runs();
    assert_eq!(["2>1", "2>2", "2>3"].map(|way| ran.transition("health", way)), [1.0, 1.0, 1.0]);
}

#[test]
fn whole_numbers_are_codes_however_they_are_written() {
    let ran = health_at_t6(&["1,0", "1.0", "01", "1.00", "1,00", "+1", "1e0", " 1 ", "9.0"]).runs();
    ran.is_clean();
    assert_eq!((ran.change("health", "n_pairs"), ran.transition("health", "2>1")), (8.0, 8.0));
    health_at_t6(&["1.5", "1", "1"]).stops(5, &["a number that is not whole"]);
}

#[test]
fn marks_of_other_programs_are_empty_fields() {
    let ran = health_at_t6(&["NA", ".", "#NULL!", "NULL", "NaN", "N/A", "1", "1"]).runs();
    ran.is_clean();
    assert_eq!((ran.seen("t6"), ran.change("health", "n_pairs")), (8.0, 2.0));
}

#[test]
fn a_source_declares_its_own_marks_and_letters() {
    let marks = "format = { delimiter = \";\", missing = [\"ikke svart\", \"-\"] }";
    let t6 = table(HEADING, 1..=4, |person| match person {
        1 => "1;1;ikke svart;-;1".to_owned(),
        2 => "2;1;-;3;-".to_owned(),
        _ => format!("{person};1;1;3;1"),
    });
    let of = |more: &str| {
        Case::new().source("t0", "").source("t6", more).file("t0.csv", forms(1..=4)).file("t6.csv", &t6)
    };
    let ran = of(marks).runs();
    ran.is_clean();
    assert_eq!((ran.change("health", "n_pairs"), ran.change("days", "n_pairs")), (2.0, 3.0));
    of("").stops(5, &["item health: unread: 2 of 4 answers (50 %)", "not a number"]);

    // Letters as missing codes.
    let letters =
        super::ITEMS.replace("reason = \"unknown\",", "reason = \"unknown\", written = [\"UNK\", \"NI\"],");
    let ran = health_at_t6(&["UNK", "ni", "1"]).items(&letters).runs();
    ran.is_clean();
    assert_eq!((ran.seen("t6"), ran.change("health", "n_pairs")), (3.0, 1.0));
}

#[test]
fn codes_that_nobody_listed_stop_the_run_beyond_a_share() {
    let mut answers = vec!["1"; 40];
    answers[..2].fill("8");
    let few = health_at_t6(&answers).runs();
    few.tells(&["rows 2, 3, item health: unlisted_code: a code that is not listed; expected one of 1, 2, 3 (missing: 9)"]);
    answers[..5].fill("8");
    let many = health_at_t6(&answers);
    many.stops(
        5,
        &["unread: 5 of 40 answers (12 %) could not be read, more than the limit of 5 %: 5 times a code"],
    );
    let allowed = health_at_t6(&answers).with("[limits]\nunread = 0.2\n").runs();
    assert_eq!(allowed.change("health", "n_pairs"), 35.0);
    health_at_t6(&answers).with("[limits]\nunread = 20\n").stops(3, &["a limit is a share from 0 to 1"]);
}

#[test]
fn the_other_decimal_sign_stops_the_run() {
    let comma = "format = { delimiter = \";\", decimal = \",\" }";
    let with_comma = |text: String| text.replace("4.5", "4,5");
    let of = |t0: String, t6: String| {
        Case::new().source("t0", comma).source("t6", comma).file("t0.csv", t0).file("t6.csv", t6)
    };
    of(with_comma(forms(1..=8)), with_comma(forms(1..=8))).runs().is_clean();
    // In one of the files only.
    of(with_comma(forms(1..=8)), forms(1..=8)).stops(
        5,
        &[
            "t6.csv), item score: unread: 8 of 8 answers (100 %)",
            "a number with a decimal point, while the pipeline has the decimal comma",
        ],
    );
    two_files(&with_comma(forms(1..=8)), &forms(1..=8))
        .stops(5, &["t0.csv), item score", "a number with a decimal comma"]);
    // One of several files of a wave.
    let three = Case::new()
        .source_of("wave = \"t0\"\nfile = [\"data/a.csv\", \"data/b.csv\", \"data/c.csv\"]", comma)
        .source("t6", comma)
        .file("a.csv", with_comma(forms(1..=3)))
        .file("b.csv", forms(4..=6))
        .file("c.csv", with_comma(forms(7..=9)))
        .file("t6.csv", with_comma(forms(1..=9)));
    three.stops(5, &["form@t0 (b.csv), item score: unread: 3 of 3 answers"]);
}

/// Days and scores of eight people at the second wave; `format` stands beside the delimiter.
fn numbers(days: &str, score: &str, format: &str) -> Case {
    let t6 = table(HEADING, 1..=8, |person| format!("{person};1;2;{days};{score}"));
    let of = |more: &str| format!("format = {{ delimiter = \";\"{more} }}");
    let items = super::ITEMS.replace("range = [0, 30]\n", "");
    let t0 = table(HEADING, 1..=8, |person| format!("{person};1;2;1000;1000"));
    let case = Case::new().items(&items).source("t0", &of("")).source("t6", &of(format));
    let asked = "[describe.d]\ncohort = \"all\"\nlabel = { nb = \"Skår\" }\nvariables = [\"days@t6\", \"score@t6\"]\n[table.T3]\nfrom = [\"describe.d\"]\nlayout = \"numeric\"\n";
    case.file("t0.csv", t0).file("t6.csv", t6).with(asked)
}

#[test]
fn a_thousands_sign_is_never_a_decimal_sign() {
    let comma = ", decimal = \",\"";
    for (days, score, format, sign, declared) in [
        ("1.250", "1.250", comma, "a point", "thousands = \".\" } reads 1.250 as 1250; decimal = \".\" if"),
        ("1.250.000", "1.250,50", comma, "a point", "thousands = \".\" } reads"),
        ("1,250", "1,250", "", "a comma", "thousands = \",\" } reads 1,250 as 1250; decimal = \",\" if"),
        ("1,250", "12,250.5", "", "a comma", "thousands = \",\" } reads"),
        // Nothing says that the point sets off decimals.
        ("1.000", "1.250,5", "", "a point", "thousands = \".\", decimal = \",\" } reads"),
        ("1'250", "1'250", comma, "an apostrophe", "thousands = \"'\" } reads 1'250 as 1250)"),
    ] {
        let found = format!("a number with {sign} before three digits, which looks like a thousands sign");
        for item in ["days", "score"] {
            let unread = format!("item {item}: unread: 8 of 8 answers (100 %) could not be read");
            numbers(days, score, format).stops(5, &[&unread, &found, declared]);
        }
    }
    for (days, score, format) in [
        ("1.250", "1.250", ", decimal = \",\", thousands = \".\""),
        ("1,250", "1,250.0", ", thousands = \",\""),
        ("1 250", "1\u{a0}250,0", ", decimal = \",\""),
        ("1'250", "1250", ", thousands = \"'\""),
    ] {
        let ran = numbers(days, score, format).runs();
        ran.is_clean();
        let means = ["days@t6", "score@t6"].map(|item| ran.estimate("describe.d", item, "", "mean"));
        assert_eq!(means, [1250.0, 1250.0], "{days}");
    }
    numbers("1", "1", ", thousands = \".\"").stops(
        3,
        &[
            "\".\" cannot set off thousands where \".\" sets off decimals",
            "thousands = \",\" with decimal = \".\"",
        ],
    );
}

#[test]
fn decimals_that_may_be_thousands_stop_the_run_unless_the_pipeline_says_what_they_are() {
    let said = "item score: thousands: all 8 numbers with a \".\" have three digits after it";
    let doubtful = numbers("3", "1.250", "");
    doubtful.stops(5, &[said, "decimal = \".\" says that it sets off decimals"]);
    let ran = numbers("3", "1.250", "").with("[intake]\nthousands = \"report\"\n").runs();
    ran.tells(&[said]);
    assert_eq!(ran.estimate("describe.d", "score@t6", "", "mean"), 1.25);
    numbers("1.000", "1.250", ", decimal = \".\"").runs().is_clean();
    numbers("3", "0.250", "").runs().is_clean();
    numbers("3", "1.25", "").runs().is_clean();
}

#[test]
fn an_else_that_takes_those_without_an_answer_is_told() {
    let derived = "[variable.trouble]\ninstrument = \"form\"\nsql = \"CASE WHEN health > 1 THEN 1 ELSE 0 END\"\nlabel = { nb = \"Plager\" }\nbetter = \"lower\"\n";
    let asked = "[describe.d]\ncohort = \"all\"\nlabel = { nb = \"Plager\" }\nvariables = [\"trouble@t6\"]\n[table.T3]\nfrom = [\"describe.d\"]\nlayout = \"items\"\n";
    for (answers, missing) in [(["9", "9", "2", "1"], 2), (["", "1", "2", "3"], 1)] {
        let ran = health_at_t6(&answers).with(derived).with(asked).runs();
        assert!(ran.text.contains("trouble") && ran.text.contains(&format!("{missing} ")), "{}", ran.text);
        assert!(ran.text.contains("ELSE"), "{}", ran.text);
    }
}
