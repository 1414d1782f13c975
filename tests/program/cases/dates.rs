//! Days: how they are written, whether they are in order, and waves that are told by them.

use super::{Case, HEADING, forms, table, two_files};

const DAY: &str = "[[item]]\nname = \"day\"\nlabel = { nb = \"Dato\" }\ntype = \"date\"\n";

/// Forms with the day that `of` gives.
fn dated(people: std::ops::RangeInclusive<u32>, of: impl Fn(u32) -> String) -> String {
    table(&format!("{HEADING};day"), people, |person| format!("{person};1;2;3;4.5;{}", of(person)))
}

fn two_dated(more: &str, of: impl Fn(u32) -> String) -> Case {
    Case::new()
        .more_items(DAY)
        .source("t0", "")
        .source("t6", more)
        .file("t0.csv", dated(1..=30, |_| "2024-01-02".into()))
        .file("t6.csv", dated(1..=30, of))
}

#[test]
fn day_numbers_of_excel_stop_the_run_and_are_read_where_declared() {
    // 45474 is 2024-07-01.
    two_dated("", |_| "45474".into()).stops(
        5,
        &[
            "t6.csv), item day: unread: 30 of 30 answers (100 %)",
            "as Excel counts days (43831 is 2020-01-01; format = { date = \"excel\" }",
        ],
    );
    two_dated("format = { delimiter = \";\", date = \"excel\" }", |_| "45474".into()).runs().is_clean();
    // Here and there.
    let mixed =
        |person: u32| if person.is_multiple_of(2) { "45474".to_owned() } else { "01.07.2024".to_owned() };
    two_dated("format = { delimiter = \";\", date = \"%d.%m.%Y\" }", mixed)
        .stops(5, &["15 of 30 answers (50 %)"]);
    two_dated("format = { delimiter = \";\", date = [\"%d.%m.%Y\", \"excel\"] }", mixed).runs().is_clean();
    // A year alone is no day number.
    two_dated("", |_| "2024".into())
        .stops(5, &["not a date of that pattern; expected a date written %Y-%m-%d"]);
}

#[test]
fn days_of_another_pattern_stop_the_run() {
    two_dated("", |_| "01.07.2024".into())
        .stops(5, &["item day: unread: 30 of 30", "expected a date written %Y-%m-%d"]);
    let four = "format = { delimiter = \";\", date = \"%d.%m.%Y\" }";
    two_dated(four, |_| "01.07.24".into()).stops(5, &["a date whose year has fewer than four digits"]);
    let two = "format = { delimiter = \";\", date = \"%d.%m.%y\", years_from = 1927 }";
    two_dated(two, |_| "01.07.24".into()).runs().is_clean();
    two_dated("format = { delimiter = \";\", date = \"dd.mm.yyyy\" }", |_| "01.07.2024".into())
        .stops(4, &["the date pattern \"dd.mm.yyyy\"", "such as %d.%m.%Y"]);
}

#[test]
fn forms_out_of_order_and_far_from_their_wave_are_found() {
    let odd =
        |day: &'static str| move |person: u32| if person == 3 { day.into() } else { "2024-07-01".to_owned() };
    two_dated("", |_| "2022-07-01".into()).runs().tells(&["rows 2, 3, 4, 5, 6 and 25 more, item day: date_order: a form dated before the respondent's form at an earlier wave"]);
    two_dated("", odd("2023-07-01"))
        .runs()
        .tells(&["t6.csv) row 4, item day: date_order: a form dated before"]);
    two_dated("", odd("2026-07-01"))
        .runs()
        .tells(&["t6.csv) row 4, item day: outside_window: a form dated too late for t6"]);
    two_dated("", odd("2024-02-01"))
        .runs()
        .tells(&["row 4, item day: outside_window: a form dated too early for t6"]);
    // Two years of two digits that mean the last century.
    let two = "format = { delimiter = \";\", date = \"%d.%m.%y\", years_from = 1969 }";
    two_dated(two, |_| "01.07.45".into()).runs().tells(&["outside_window: a form dated too late for t6"]);
    two_dated("", odd("2024-08-20")).runs().is_clean();
    two_dated("", odd("2024-08-20")).window(5, 7).runs().tells(&["a form dated too late for t6"]);
    two_dated("", odd("2023-07-01"))
        .with("[intake]\ndate_order = \"stop\"\n")
        .stops(5, &["row 4, item day: date_order"]);
}

#[test]
fn years_of_two_digits_lie_in_hundred_years_that_the_pipeline_says() {
    let format =
        |more: &str| format!("format = {{ delimiter = \";\", date = [\"%Y-%m-%d\", \"%d.%m.%y\"]{more} }}");
    two_dated(&format(""), |_| "01.07.24".into()).stops(
        3,
        &[
            "\"%d.%m.%y\" have years of two digits, and 45 may be 1945 or 2045",
            "years_from = 1927",
            "R takes 1969",
        ],
    );
    two_dated(&format(", years_from = 27"), |_| "01.07.24".into()).stops(3, &["is no year of four digits"]);
    let born = "[[item]]\nname = \"born\"\nlabel = { nb = \"Født\" }\ntype = \"date\"\nasked = \"later\"\n";
    let age = "[variable.old]\ninstrument = \"form\"\nsql = \"YEAR(born) = 1945\"\n[describe.d]\ncohort = \"all\"\nlabel = { nb = \"x\" }\nvariables = [\"old@t6\"]\n[table.T3]\nfrom = [\"describe.d\"]\nlayout = \"items\"\n";
    for (from, old) in [(1927, 8.0), (1945, 8.0), (1946, 0.0), (1969, 0.0)] {
        let t6 = table(&format!("{HEADING};born"), 1..=8, |person| format!("{person};1;2;3;1;17.05.45"));
        let ran = Case::new()
            .more_items(born)
            .source("t0", "")
            .source("t6", &format(&format!(", years_from = {from}")))
            .file("t0.csv", forms(1..=8))
            .file("t6.csv", t6)
            .with(age)
            .runs();
        assert_eq!(ran.estimate("describe.d", "old@t6", "1", "count"), old, "{from}");
    }
}

const BY_DATE: &str = "file = \"data/a.csv\"\nwave_by = { date = \"day\" }";
const BY_DAYS: &str = "file = \"data/a.csv\"\nwave_by = { days = \"day\" }";

/// One file: whom and when.
fn by_time(keys: &str, rows: &[(u32, &str)]) -> Case {
    let text: String = rows.iter().map(|(person, day)| format!("{person};1;2;{person};1;{day}\n")).collect();
    Case::new().source_of(keys, "").file("a.csv", format!("{HEADING};day\n{text}"))
}

#[test]
fn a_wave_by_the_day_is_the_one_in_whose_window_it_lies() {
    let rows = [
        (1, "2024-01-01"),
        (2, "2024-03-15"),
        (3, "2024-01-01"),
        (4, "2024-01-01"),
        // 182 days after the first; 184 days; too early; too late.
        (1, "2024-07-01"),
        (2, "2024-09-15"),
        (3, "2024-04-10"),
        (4, "2024-12-01"),
    ];
    let ran = by_time(BY_DATE, &rows).window(5, 7).runs();
    assert_eq!(ran.rows(), [8, 6, 0, 2, 0]);
    assert_eq!((ran.members(), ran.seen("t6")), (4.0, 2.0));
    ran.tells(&[
        "row 8: between_waves: a form too early for its nearest wave",
        "row 9: between_waves: a form too late for its nearest wave",
    ]);
    // Without a window a wave reaches half-way to the next, and as far outwards.
    let ran = by_time(BY_DATE, &rows).runs();
    assert_eq!((ran.rows(), ran.seen("t6")), ([8, 7, 0, 1, 0], 3.0));
}

#[test]
fn of_two_forms_in_a_window_the_nearer_counts_and_of_two_on_one_day_none_is_chosen() {
    let rows = [(1, "0"), (2, "0"), (1, "160"), (1, "185"), (2, "190")];
    let ran = by_time(BY_DAYS, &rows).window(5, 7).runs();
    assert_eq!((ran.rows(), ran.seen("t6")), ([5, 4, 0, 1, 0], 2.0));
    ran.tells(&["row 4: between_waves: a form at a wave that has another one nearer in time"]);
    let same_day = format!("{HEADING};day\n1;1;2;3;1;0\n1;1;3;3;1;0\n2;1;1;1;1;0\n");
    Case::new()
        .source_of(BY_DAYS, "")
        .file("a.csv", same_day)
        .stops(5, &["rows 2, 3: duplicate_respondent:"]);
    let twice = format!("{HEADING};day\n1;1;2;3;1;0\n1;1;2;3;1;0\n2;1;1;1;1;0\n");
    Case::new().source_of(BY_DAYS, "").file("a.csv", twice).runs().tells(&["row 3: identical_row"]);
}

#[test]
fn days_before_the_start_and_years_after_the_last_wave_belong_to_none() {
    let rows = [(1, "0"), (2, "-14"), (3, "0"), (4, "-400"), (1, "180"), (2, "184"), (3, "1800")];
    let ran = by_time(BY_DAYS, &rows).runs();
    assert_eq!(ran.rows(), [7, 5, 0, 2, 0]);
    assert_eq!((ran.members(), ran.seen("t6")), (3.0, 2.0));
    ran.tells(&["row 5: between_waves: a form too early", "row 8: between_waves: a form too late"]);
    by_time(BY_DAYS, &[(1, "0"), (1, "soon")])
        .stops(5, &["row 3: unknown_wave: the column \"day\" holds no number"]);
    by_time(BY_DATE, &[(1, "2024-01-01"), (1, "45474")])
        .stops(5, &["row 3: unknown_wave: the column \"day\" holds no day"]);
}

#[test]
fn forms_that_were_never_opened_have_no_day() {
    let text =
        format!("{HEADING};day\n1;1;2;3;1;2024-01-01\n1;1;2;3;1;2024-07-01\n2;1;2;3;1;2024-01-01\n2;1;;;;\n");
    let ran = Case::new().source_of(BY_DATE, "").file("a.csv", text).runs();
    assert_eq!((ran.rows(), ran.seen("t6")), ([4, 3, 1, 0, 0], 1.0));
    // Where the first one was planned and never filled in, it is said what others are counted from.
    let text = format!("{HEADING};day\n1;1;;;;2024-01-01\n1;1;2;3;1;2024-07-01\n2;1;2;3;1;2024-01-01\n");
    Case::new().source_of(BY_DATE, "").file("a.csv", text).runs().tells(&[
        "row 2: blank_form: no answer",
        "counted from the first form with an answer, whatever the day of this one",
    ]);
}

#[test]
fn the_day_that_tells_the_wave_is_no_answer() {
    let text = format!(
        "{HEADING};day\n1;1;2;3;1;2024-01-01\n1;1;;;;2024-07-01\n2;1;2;3;1;2024-01-01\n2;1;1;3;1;2024-07-01\n"
    );
    let ran = Case::new().more_items(DAY).source_of(BY_DATE, "").file("a.csv", text).runs();
    assert_eq!((ran.rows(), ran.seen("t6")), ([4, 3, 1, 0, 0], 1.0));
}

#[test]
fn a_first_form_elsewhere_has_no_day_to_count_from() {
    let followups = format!("{HEADING};day\n1;1;2;3;1;2024-07-01\n");
    let case = Case::new()
        .source("t0", "")
        .source_of(BY_DATE, "")
        .file("t0.csv", forms(1..=3))
        .file("a.csv", &followups);
    case.stops(
        3,
        &["are told by the day since the first form", "wave_by = { date = … }", "wave_by = { days = … }"],
    );
    let mixed = Case::new()
        .source_of(&BY_DATE.replace("a.csv", "b.csv"), "")
        .source_of(BY_DAYS, "")
        .file("b.csv", &followups)
        .file("a.csv", format!("{HEADING};day\n1;1;2;3;1;0\n"));
    mixed.stops(3, &["which may hold the first form, has no such day"]);
    // Days since the start can be told in any file.
    let days = followups.replace("2024-07-01", "182");
    let case =
        Case::new().source("t0", "").source_of(BY_DAYS, "").file("t0.csv", forms(1..=3)).file("a.csv", days);
    assert_eq!(case.runs().seen("t6"), 1.0);
}

#[test]
fn rows_of_several_visits_say_how_their_waves_can_be_told() {
    let visits = format!("{HEADING};day\n1;1;2;3;1;0\n1;1;3;3;1;192\n2;1;2;3;1;0\n");
    two_files(&visits, &forms(1..=1))
        .stops(5, &["duplicate_respondent:", "wave_column or wave_by in the source tells waves apart"]);
}

#[test]
fn a_difference_of_days_is_days() {
    let gap = "[variable.gap]\ninstrument = \"form\"\nsql = '\"day@t6\" - \"day@t0\"'\ntype = \"integer\"\nlabel = { nb = \"Dager\" }\n[describe.d]\ncohort = \"all\"\nlabel = { nb = \"Dager\" }\nvariables = [\"gap\"]\n[table.T3]\nfrom = [\"describe.d\"]\nlayout = \"numeric\"\n";
    // 2 January to 1 July 2024 is 181 days; to 11 July, 191.
    for (day, mean) in [("2024-07-01", 181.0), ("2024-07-11", 191.0)] {
        let ran = two_dated("", |_| day.into()).with(gap).runs();
        assert_eq!(ran.estimate("describe.d", "gap", "", "mean"), mean);
    }
}
