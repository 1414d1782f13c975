//! What looks like an answer and is doubtful: rows that only carry along, one answer alone, other people, nobody's forms.

use super::{Case, HEADING, ITEMS, forms, table, two_files};

/// The usual items with one more that is not declared constant.
fn with_item(item: &str, t0: &str, t6: &str) -> Case {
    let mut case = two_files(t0, t6);
    case.items = format!("{ITEMS}{item}");
    case
}

const REGION: &str = "[[item]]\nname = \"region\"\nlabel = { nb = \"Region\" }\ntype = \"nominal\"\ncodes = [ { code = 1, nb = \"Nord\" }, { code = 2, nb = \"Sør\" } ]\n";
const STATUS: &str = "[[item]]\nname = \"status\"\nlabel = { nb = \"Status\" }\ntype = \"integer\"\n";
const PLANNED: &str = "[[item]]\nname = \"planned\"\nlabel = { nb = \"Planlagt\" }\ntype = \"date\"\n";

/// Rows of 20 people, of whom the first five were not seen at the later wave: `extra` stands in their last column all the same.
fn files(column: &str, first: impl Fn(u32) -> String, unseen: impl Fn(u32) -> String) -> (String, String) {
    let heading = format!("{HEADING};{column}");
    let t0 = table(&heading, 1..=20, |person| {
        format!("{person};1;{};{person};1.5;{}", 1 + person % 3, first(person))
    });
    let t6 = table(&heading, 1..=20, |person| match person {
        1..=5 => format!("{person};1;;;;{}", unseen(person)),
        _ => format!("{person};1;{};{};2.5;{}", 1 + person % 2, person + 3, first(person)),
    });
    (t0, t6)
}

#[test]
fn a_row_that_only_carries_along_what_is_not_declared_constant_stops() {
    let region = |person: u32| (1 + person % 2).to_string();
    let (t0, t6) = files("region", region, region);
    let case = with_item(REGION, &t0, &t6);
    case.stops(5, &["carried_along: a row that answers nothing but region", "constant = true"]);
    let constant = with_item(&format!("{REGION}constant = true\n"), &t0, &t6).runs();
    assert_eq!(constant.seen("t6"), 15.0);
    let kept =
        with_item(REGION, &t0, &t6).with("[intake]\ncarried_along = \"report\"\nsparse_forms = \"report\"\n");
    assert_eq!(kept.runs().seen("t6"), 20.0);
}

#[test]
fn a_status_alone_stops_and_a_planned_day_is_no_answer() {
    let (t0, t6) = files("status", |_| "2".into(), |_| "0".into());
    with_item(STATUS, &t0, &t6)
        .stops(5, &["sparse_forms: a form that answers status and nothing else, like 5 of 20", "form ="]);
    let (t0, t6) = files("planned", |_| "2024-01-01".into(), |_| "2024-07-01".into());
    assert_eq!(with_item(PLANNED, &t0, &t6).runs().seen("t6"), 15.0);
}

#[test]
fn a_wave_at_which_only_one_question_is_put_has_forms_all_the_same() {
    let t0 = forms(1..=20);
    let t6 = table(HEADING, 1..=15, |person| format!("{person};1;{};;", 1 + person % 3));
    assert_eq!(two_files(&t0, &t6).runs().seen("t6"), 15.0);
}

#[test]
fn persons_who_are_others_at_the_later_wave_stop_the_run() {
    let t0 = table(HEADING, 1..=20, |person| format!("{person};{};1;3;4", 1 + person % 2));
    let turned = table(HEADING, 1..=20, |person| format!("{person};{};1;3;4", 1 + (person / 2) % 2));
    two_files(&t0, &turned)
        .stops(5, &["item site: other_people: differs between the waves of 10 of 20 persons (50 %)"]);
    // One who moved is told and no more.
    let one = table(HEADING, 1..=20, |person| {
        format!("{person};{};1;3;4", if person == 2 { 2 } else { 1 + person % 2 })
    });
    two_files(&t0, &one).runs().tells(&["row 3, item site: constant_changes"]);
    // An age that is taken for constant grows by a year.
    let age = "[[item]]\nname = \"age\"\nlabel = { nb = \"Alder\" }\ntype = \"integer\"\nconstant = true\n";
    let aged = |year: u32| {
        table(&format!("{HEADING};age"), 1..=20, |person| format!("{person};1;2;3;4;{}", 20 + person + year))
    };
    with_item(age, &aged(0), &aged(1)).runs();
    with_item(age, &aged(0), &aged(9)).stops(5, &["item age: other_people"]);
}

#[test]
fn forms_of_nobody_stop_and_empty_rows_below_a_table_do_not() {
    let t6 = table(HEADING, 1..=20, |person| match person {
        1..=5 => ";1;2;3;4".to_owned(),
        _ => format!("{person};1;2;3;4"),
    });
    two_files(&forms(1..=20), &t6).stops(5, &["5 of 20 rows with answers have no id in the column \"id\""]);
    let trailing = format!("{};;;;\n;;;;\n;;;;\n", forms(1..=20));
    assert_eq!(two_files(&forms(1..=20), &trailing).runs().seen("t6"), 20.0);
}

#[test]
fn numbers_are_codes_where_labels_are_numbers_of_other_codes() {
    let shifted = "[[item]]\nname = \"mood\"\nlabel = { nb = \"Humør\" }\ntype = \"ordinal\"\ncodes = [ { code = 0, nb = \"1\" }, { code = 1, nb = \"2\" }, { code = 2, nb = \"3\" } ]\n";
    let (t0, t6) = files("mood", |person| (1 + person % 3).to_string(), |_| String::new());
    with_item(shifted, &t0, &t6).stops(5, &["item mood: unread:", "a code that is not listed"]);
    // Labels that are numbers of no other code are read.
    let years = shifted.replace("\"1\"", "\"10\"").replace("\"2\"", "\"20\"").replace("\"3\"", "\"30\"");
    let (t0, t6) = files("mood", |person| (10 + 10 * (person % 3)).to_string(), |_| String::new());
    with_item(&years, &t0, &t6).runs();
}
