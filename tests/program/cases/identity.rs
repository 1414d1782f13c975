//! Whose form is whose, and which of several counts.

use super::{Case, HEADING, forms, table, two_files};

/// Twenty people at both waves; the ids of the first `others` are written by `id` at the second.
fn written(id: impl Fn(u32) -> String, others: u32) -> [String; 2] {
    let row = |id: String| format!("{id};1;2;3;4.5");
    let usual = |person: u32| format!("Ab{person:03}");
    [
        table(HEADING, 1..=40, |person| row(usual(person))),
        table(HEADING, 1..=40, |person| row(if person <= others { id(person) } else { usual(person) })),
    ]
}

fn ignoring(way: &str, [t0, t6]: &[String; 2]) -> Case {
    let respondent = format!("respondent = {{ column = \"id\", ignore = [\"{way}\"] }}");
    Case::new().source("t0", &respondent).source("t6", &respondent).file("t0.csv", t0).file("t6.csv", t6)
}

#[test]
fn ids_that_are_written_in_two_ways_are_told_with_how_to_link_them() {
    type Id = fn(u32) -> String;
    let ways: [(&str, &str, Id); 2] = [
        ("case", "capitals", |person| format!("AB{person:03}")),
        ("spaces", "spaces", |person| format!("Ab {person:03}")),
    ];
    for (way, said, id) in ways {
        let many = written(id, 10);
        two_files(&many[0], &many[1]).stops(
            5,
            &[
                "unlinked: 10 of 40 forms at t6 (25 %) are of respondents without a form at t0",
                &format!("10 of them would be known but for {said}"),
                &format!("ignore = [\"{way}\"]"),
            ],
        );
        let ran = ignoring(way, &many).runs();
        ran.is_clean();
        assert_eq!((ran.members(), ran.seen("t6")), (40.0, 40.0));
        // A few are told with their rows.
        let few = written(id, 2);
        let ran = two_files(&few[0], &few[1]).runs();
        ran.tells(&[&format!("t6.csv) rows 2, 3: alike_ids: an id that is known at t0 but for {said}")]);
        assert_eq!(ran.seen("t6"), 38.0);
    }
}

#[test]
fn ids_that_a_spreadsheet_took_for_numbers() {
    let row = |id: String| format!("{id};1;2;3;4.5");
    let zeros = [table(HEADING, 1..=9, |person| row(format!("00{person}"))), forms(1..=9)];
    let decimals = [forms(1..=9), table(HEADING, 1..=9, |person| row(format!("{person}.0")))];
    for (way, said, files) in [("leading_zeros", "leading zeros", zeros), ("decimals", "`.0`", decimals)] {
        let found = format!("9 of them would be known but for {said}");
        two_files(&files[0], &files[1]).stops(5, &["9 of 9 forms at t6 (100 %)", &found]);
        let ran = ignoring(way, &files).runs();
        assert_eq!((ran.members(), ran.seen("t6")), (9.0, 9.0));
    }
    // Blanks around an id never tell.
    let blanks = table(HEADING, 1..=9, |person| row(format!("  {person} ")));
    assert_eq!(two_files(&forms(1..=9), &blanks).runs().seen("t6"), 9.0);
}

#[test]
fn ids_that_are_let_pass_must_not_make_two_people_one() {
    let t0 = format!("{HEADING}\n017;1;1;3;1\n17;1;3;9;1\n18;1;1;1;1\n");
    ignoring("leading_zeros", &[t0, forms(17..=18)]).stops(5, &["t0.csv) rows 2, 3: duplicate_respondent:"]);
}

#[test]
fn ids_of_one_wave_that_are_alike_but_for_their_writing_are_told() {
    let row = |id: &str| format!("{id};1;2;3;4.5\n");
    let ids = |others: &[&str]| {
        let usual = (1..=40).map(|person| row(&format!("{person}")));
        format!(
            "{HEADING}\n{}{}",
            usual.collect::<String>(),
            others.iter().map(|id| row(id)).collect::<String>()
        )
    };
    let twin = |others: &[&str]| two_files(&ids(others), &ids(&[])).runs();
    for (others, said) in [
        (&["007"][..], "row 42: twin_ids: an id that another one of the same wave is but for leading zeros"),
        (&["7.0", "x"], "row 42: twin_ids: an id that another one of the same wave is but for `.0`"),
        (
            &["AB 1", "AB1"],
            "rows 42, 43: twin_ids: an id that another one of the same wave is but for spaces",
        ),
        (&["AB1", "ab1"], "row 42: twin_ids: an id that another one of the same wave is but for capitals"),
        // Like each other and like the plain 7: each is told once.
        (
            &["007", "07"],
            "rows 42, 43: twin_ids: an id that another one of the same wave is but for leading zeros",
        ),
    ] {
        let ran = twin(others);
        ran.tells(&[&format!("t0.csv) {said}"), "one person, counted twice?"]);
        assert_eq!(ran.members(), 40.0 + others.len() as f64, "they are told, not put together");
    }
    // One of them at each wave only: a matter of links.
    let apart = two_files(&ids(&["ab1"]), &ids(&["AB1"])).runs();
    assert!(!apart.text.contains("twin_ids"), "{}", apart.text);
    apart.tells(&["alike_ids"]);
    twin(&["a007", "a7", "70"]).is_clean();
}

#[test]
fn trials_of_the_form_are_told_and_left_out_where_the_pipeline_says_so() {
    let with = |others: &[&str]| {
        let others = others.iter().map(|id| format!("{id};1;2;3;4.5\n"));
        forms(1..=8) + &others.collect::<String>()
    };
    let t0 = with(&["test", "TEST01", "Dummy", "xxx", "demo-2"]);
    let ran = two_files(&t0, &forms(1..=8)).runs();
    ran.tells(&[
        "t0.csv) rows 10, 11, 12, 13, 14: trial_id: an id such as \"test\"",
        "respondent = { column = …, without = [\"test\"] }",
    ]);
    assert_eq!(ran.members(), 13.0);
    let without = "respondent = { column = \"id\", ignore = [\"case\"], without = [\"test\", \"Test01\", \"dummy\", \"XXX\"] }";
    let ran = Case::new()
        .source("t0", without)
        .source("t6", "")
        .file("t0.csv", &t0)
        .file("t6.csv", forms(1..=8))
        .runs();
    ran.tells(&[
        "rows 10, 11, 12, 13: left_out_id: a row of an id that the pipeline leaves out; row rejected",
        "row 14: trial_id",
    ]);
    assert_eq!((ran.rows(), ran.members()), ([21, 17, 0, 4, 0], 9.0));
    // Where all ids are called so, it is how ids are written there.
    let all = table(HEADING, 1..=8, |person| format!("test{person};1;2;3;4.5"));
    two_files(&all, &all).runs().is_clean();
    // Neither a name that begins so nor a number.
    let others = with(&["testa", "T1", "demokrat"]);
    two_files(&others, &others).runs().is_clean();
}

#[test]
fn rows_that_say_the_same_count_once() {
    let comment = format!("{HEADING};comment");
    let once = table(&comment, 1..=8, |person| format!("{person};1;1;3;4.5;"));
    for again in ["2;1;1;3;4.5;\n3;1;1;3;4.5;\n", "2;1;1;3;4.5;entered again\n3;1;1,0;3;4.50;other program\n"]
    {
        let ran = two_files(&forms(1..=10), &(once.clone() + again)).runs();
        assert_eq!(ran.rows(), [20, 18, 0, 0, 2]);
        assert_eq!((ran.seen("t6"), ran.change("health", "n_pairs")), (8.0, 8.0));
        ran.tells(&["t6.csv) rows 10, 11: identical_row: the same answers as another row"]);
    }
}

#[test]
fn different_rows_stop_the_run_or_count_by_a_declared_order() {
    let sent = format!("{HEADING};sent");
    let twice = |one: &str, other: &str| {
        table(&sent, 3..=8, |person| format!("{person};1;2;3;1;2024-01-01"))
            + &format!("1;1;1;3;1;{one}\n1;1;3;3;1;{other}\n")
    };
    let of = |keep: &str, t6: &str| {
        Case::new().source("t0", "").source("t6", keep).file("t0.csv", forms(1..=10)).file("t6.csv", t6)
    };
    let t6 = twice("2024-05-02", "2024-05-01");
    of("", &t6)
        .stops(5, &["t6.csv) rows 8, 9: duplicate_respondent:", "keep = \"last\"", "wave_column or wave_by"]);
    for (keep, left) in [
        ("keep = \"first\"", "2>1"),
        ("keep = \"last\"", "2>3"),
        ("keep = { which = \"last\", by = \"sent\" }", "2>1"),
        ("keep = { which = \"first\", by = \"sent\" }", "2>3"),
    ] {
        let ran = of(keep, &t6).runs();
        assert_eq!((ran.rows()[4], ran.seen("t6"), ran.transition("health", left)), (1, 7.0, 1.0), "{keep}");
        ran.tells(&["superseded_row: a row of which another counts"]);
    }
    let three = twice("2024-05-02", "2024-05-01") + "1;1;2;3;1;2024-06-01\n";
    assert_eq!(
        of("keep = { which = \"last\", by = \"sent\" }", &three).runs().transition("health", "2>2"),
        7.0
    );
}

#[test]
fn an_order_that_does_not_tell_stops_the_run() {
    let keep = "keep = { which = \"last\", by = \"sent\" }";
    // Excel's day number beside a day; the same day; days whose letters turn the order about.
    for (one, other) in [("45600", "2024-05-01"), ("2024-05-01", "2024-05-01"), ("12/31/2023", "01/02/2024")]
    {
        let t6 = format!("{HEADING};sent\n1;1;1;3;1;{one}\n1;1;3;3;1;{other}\n");
        let case =
            Case::new().source("t0", "").source("t6", keep).file("t0.csv", forms(1..=4)).file("t6.csv", t6);
        case.stops(
            5,
            &["rows 2, 3: duplicate_respondent:", "the column \"sent\" does not tell which of them counts"],
        );
    }
    // Where both ways of writing days are declared, they can be compared: 45600 is 2024-11-04.
    let t6 = format!("{HEADING};sent\n1;1;1;3;1;45600\n1;1;3;3;1;01.05.2024\n");
    let both = format!("{keep}\nformat = {{ delimiter = \";\", date = [\"%d.%m.%Y\", \"excel\"] }}");
    let case =
        Case::new().source("t0", "").source("t6", &both).file("t0.csv", forms(1..=4)).file("t6.csv", t6);
    assert_eq!(case.runs().transition("health", "2>1"), 1.0);
}

const CORRECTIONS: &str = "wave = \"t6\"\nfile = \"data/corrected.csv\"\nupdates = true";

fn corrected(corrections: &str) -> Case {
    Case::new()
        .source("t0", "")
        .source("t6", "")
        .source_of(CORRECTIONS, "")
        .file("t0.csv", forms(1..=10))
        .file("t6.csv", forms(1..=8))
        .file("corrected.csv", format!("{HEADING}\n{corrections}"))
}

#[test]
fn corrections_replace_earlier_rows() {
    // A blank row corrects nothing: the earlier answer stands.
    for (corrections, rows) in
        [("1;1;1;9;1\n2;1;3;9;1\n", [20, 18, 0, 0, 2]), ("1;1;1;9;1\n2;1;3;9;1\n3;1;;;\n", [21, 18, 1, 0, 2])]
    {
        let ran = corrected(corrections).runs();
        assert_eq!(ran.rows(), rows);
        assert_eq!((ran.seen("t6"), ran.change("health", "n_pairs")), (8.0, 8.0));
        assert_eq!(["2>1", "2>2", "2>3"].map(|way| ran.transition("health", way)), [1.0, 6.0, 1.0]);
        ran.tells(&[
            "t6.csv) rows 2, 3: replaced_row: a row that corrected.csv corrects; that one counts; merged",
        ]);
        assert_eq!(ran.rejected.lines().filter(|line| line.contains("replaced_row")).count(), 2);
    }
}

#[test]
fn an_empty_cell_of_a_correction_leaves_the_earlier_answer() {
    // Two, three days and a score of 4.5 were answered; the corrections answer one question each.
    let corrections = "1;;1;;\n2;;;9;\n3;1;3;3;4.5\n";
    let ran = corrected(corrections).runs();
    ran.tells(&["corrected.csv) rows 2, 3: empty_in_correction: a correction with empty cells; the earlier answers stand there"]);
    assert_eq!(
        (ran.seen("t6"), ran.change("health", "n_pairs"), ran.change("days", "n_pairs")),
        (8.0, 8.0, 8.0)
    );
    assert_eq!(["2>1", "2>2", "2>3"].map(|way| ran.transition("health", way)), [1.0, 6.0, 1.0]);
    assert_eq!(ran.change("days", "mean_change"), 6.0 / 8.0);
    // A missing code takes an answer away.
    let ran = corrected("1;1;9;3;4.5\n").runs();
    ran.tells(&["replaced_row"]);
    assert!(!ran.text.contains("empty_in_correction"), "{}", ran.text);
    assert_eq!(ran.change("health", "n_pairs"), 7.0);

    let too = |more: &str| {
        Case::new()
            .source("t0", "")
            .source("t6", "")
            .source_of(&CORRECTIONS.replace("true", "\"blanks_too\""), "")
            .source_of("wave = \"t6\"\nfile = \"data/more.csv\"\nupdates = true", "")
            .file("t0.csv", forms(1..=10))
            .file("t6.csv", forms(1..=8))
            .file("corrected.csv", format!("{HEADING}\n{corrections}"))
            .file("more.csv", format!("{HEADING}\n{more}"))
    };
    let ran = too("4;1;2;3;4.5\n").runs();
    ran.tells(&[
        "corrected.csv) row 2, item days: emptied_answer: an answer that the correction empties; it is missing now",
        "corrected.csv) row 3, item health: emptied_answer",
        "corrected.csv) rows 2, 3, item score: emptied_answer",
    ]);
    assert_eq!((ran.change("health", "n_pairs"), ran.change("days", "n_pairs")), (7.0, 7.0));
    // A later correction does not bring back what an earlier one took away.
    let ran = too("1;;;;2\n2;;2;;\n").runs();
    assert_eq!((ran.change("health", "n_pairs"), ran.change("days", "n_pairs")), (8.0, 7.0));
    assert_eq!(["2>1", "2>2", "2>3"].map(|way| ran.transition("health", way)), [1.0, 6.0, 1.0]);
    let wrong = too("").sources.replace("\"blanks_too\"", "\"blank\"");
    let case = Case { sources: wrong, ..too("") };
    case.stops(3, &["found neither true nor false; write updates = true, or \"blanks_too\""]);
}

#[test]
fn corrections_of_nothing_stop_the_run_unless_they_are_let_in() {
    for id in ["9", "008"] {
        let case = corrected(&format!("1;1;1;9;1\n{id};1;1;9;1\n"));
        case.stops(
            5,
            &[
                "(corrected.csv) row 3: nothing_corrected: a correction of no earlier row",
                "is the id written as there?",
            ],
        );
    }
    let new = corrected("9;1;1;9;1\n").with("[intake]\nnothing_corrected = \"report\"\n").runs();
    assert_eq!((new.seen("t6"), new.transition("health", "2>1")), (9.0, 1.0));
    new.tells(&["nothing_corrected"]);
    let dropped = corrected("9;1;1;9;1\n").with("[intake]\nnothing_corrected = \"reject\"\n").runs();
    assert_eq!((dropped.rows(), dropped.seen("t6")), ([19, 18, 0, 1, 0], 8.0));
}

#[test]
fn two_corrections_of_one_row_are_different_rows_again() {
    corrected("1;1;1;9;1\n1;1;3;9;1\n").stops(5, &["(corrected.csv) rows 2, 3: duplicate_respondent:"]);
    let missing = Case::new().source_of(CORRECTIONS, "").source("t0", "").file("corrected.csv", forms(1..=2));
    missing.file("t0.csv", forms(1..=2)).stops(3, &["corrects nothing: it is the first source of its form"]);
}

#[test]
fn two_files_of_a_wave_that_do_not_agree_say_that_one_may_correct_the_other() {
    let case = two_files(&forms(1..=10), &forms(1..=8))
        .source_of("wave = \"t6\"\nfile = \"data/new.csv\"", "")
        .file("new.csv", format!("{HEADING}\n1;1;1;9;1\n"));
    case.stops(5, &["duplicate_respondent:", "in new.csv", "the later source says updates = true"]);
}
