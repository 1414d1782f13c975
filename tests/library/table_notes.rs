//! What stands below a table: reservations of what is in it and of nothing else, columns that are left out, and symbols.

use std::collections::BTreeSet;

use crate::made_up::{coded, model, numeric, ordinal, release, subject, table, value};
use utfall::dictionary::Language;
use utfall::disclosure::{Policy, clear};
use utfall::estimate::{Condition, DOUBTS, Estimate, Kind, Value};
use utfall::table::render::{csv, html, markdown};
use utfall::table::{Content, Table, words};

fn laid_out(estimates: &[Estimate], policy: Policy, layout: &str) -> Table {
    let release = clear(estimates, policy);
    let id: &'static str = estimates[0].analysis.clone().leak();
    table(&release, "1", layout, &[id]).expect("the layout fits")
}

/// Age with its median among men and women.
fn ages() -> Vec<Estimate> {
    let of = |group: &str, n: u64| {
        let mut all = numeric("describe.a", group, "age", n, 38.9, 8.0);
        all.retain(|one| one.statistic.name != "median");
        let median = vec![value("median", 38.0).n(n)];
        all.extend(subject("describe.a", Kind::Describe, group, "age").estimates(median));
        all
    };
    [of("", 400), of("sex=1", 250), of("sex=2", 150)].concat()
}

#[test]
fn a_column_of_which_nothing_may_be_shown_is_left_out_everywhere_and_named() {
    let kept = laid_out(&ages(), Policy::Min5, "numeric");
    let notes = [
        (Language::Nb, "Median: vises aldri, fordi det er én persons svar."),
        (Language::Nn, "Median: blir aldri vist, fordi det er svaret til éin person."),
        (Language::En, "Median: never shown, because it is a single person’s answer."),
    ];
    for (language, note) in notes {
        assert!(kept.remarks(language).contains(&note.to_owned()), "{:?}", kept.remarks(language));
        for text in [markdown(&kept, language), html(&kept, language), csv(&kept, language)] {
            assert_eq!(text.matches("Median").count(), text.matches(note).count(), "{text}");
        }
    }
    assert!(kept.withholds());
    assert!(kept.rows.iter().flat_map(|row| &row.cells).all(|cell| !cell.is_withheld()));
    let open = laid_out(&ages(), Policy::None, "numeric");
    assert_eq!(open.columns.len(), kept.columns.len() + 1);
    assert!(open.withheld.is_empty() && !open.withholds());
}

#[test]
fn a_hidden_number_is_explained_without_telling_whether_it_is_small() {
    let table = laid_out(
        &coded("describe.a", "", "mental_health@w1", 1, &[3, 148, 12, 2], 0),
        Policy::Min5,
        "frequency",
    );
    for (language, why) in [
        (
            Language::Nb,
            "«:» står for et tall, lite eller stort, som alene eller sammen med de andre kunne ha røpet",
        ),
        (
            Language::Nn,
            "«:» står for eit tal, lite eller stort, som åleine eller saman med dei andre kunne ha røpt",
        ),
        (
            Language::En,
            "“:” stands for a figure, small or large, that on its own or together with the others could",
        ),
    ] {
        assert!(table.remarks(language).join(" ").contains(why), "{:?}", table.remarks(language));
    }
    // A number whose interval is hidden has the sign, too, and it is explained.
    let hidden = made_up_table(Policy::Min5, "agreement", &["agreement.mental_health", "agreement.housing"]);
    assert!(
        hidden
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .any(|cell| matches!(cell.content, Content::Partly { .. }))
    );
    assert!(hidden.remarks(Language::En).join(" ").contains("“:” stands for a figure"));
}

fn made_up_table(policy: Policy, layout: &str, from: &[&'static str]) -> Table {
    table(&release(policy), "1", layout, from).expect("the layout fits")
}

/// A change of which the interval has been widened.
fn widened() -> Vec<Estimate> {
    let moved = [[60, 15, 3, 2], [27, 42, 12, 6], [18, 27, 36, 12], [6, 15, 24, 27]];
    let rows: Vec<Vec<u64>> = moved.iter().map(|row| row.to_vec()).collect();
    let mut estimates = ordinal("change.a", "", "mental_health@w1>w2", &rows);
    let ends = ["mean_change_low", "mean_change_high"];
    for end in estimates.iter_mut().filter(|one| ends.contains(&one.statistic.name)) {
        end.conditions = vec![Condition::new("widened", "")];
    }
    estimates
}

#[test]
fn a_reservation_stands_below_what_it_concerns_and_nowhere_else() {
    let told = |table: &Table| table.remarks(Language::En).join(" ");
    let wider = "Some intervals are wider than computed";
    let change = told(&laid_out(&widened(), Policy::None, "change"));
    assert!(change.contains(wider), "{change}");
    let transition = told(&laid_out(&widened(), Policy::None, "transition"));
    assert!(!transition.contains(wider), "{transition}");

    // Few clusters concern a normal reference; CR2 allows for them.
    let few = "fewer than 40 clusters";
    let mut estimates = model("model.a", "plan@w1", &[("sex=2", 1.64)], true);
    let cr1 = told(&laid_out(&estimates, Policy::None, "regression"));
    assert!(cr1.contains(few), "{cr1}");
    let cr2 = [("odds_ratio_cr2_low", 0.8), ("odds_ratio_cr2_high", 3.3), ("cr2_p_value", 0.17)];
    let cr2: Vec<Value> = cr2.map(|(name, number)| value(name, number).term("sex=2").n(380)).into();
    estimates.extend(subject("model.a", Kind::Model, "", "plan@w1").estimates(cr2));
    let cr2 = told(&laid_out(&estimates, Policy::None, "regression"));
    assert!(cr2.contains("(CR2, Satterthwaite") && !cr2.contains(few), "{cr2}");

    // Few events are known of the model and concern every odds ratio of maximum likelihood.
    let ratio = value("events_per_parameter", 4.0).conditions([Condition::new("few_events", "")]);
    estimates.extend(subject("model.a", Kind::Model, "", "plan@w1").estimates(vec![ratio]));
    let events = told(&laid_out(&estimates, Policy::None, "regression"));
    assert!(events.contains("fewer than ten with the outcome, or fewer than ten without it"), "{events}");
}

#[test]
fn the_rows_of_a_followup_add_up() {
    let table = made_up_table(Policy::None, "followup", &["followup.mapped"]);
    let csv = csv(&table, Language::En);
    // 322 seen: 301 in time, 12 late, 9 otherwise.
    assert!(csv.contains("Followed up early, or unknown when") && csv.contains(",301,12,9,"), "{csv}");
    // Where they add up without it, the column says nothing.
    let at = |wave: &str, names: &[(&'static str, f64)]| {
        let values = names.iter().map(|(name, number)| value(name, *number)).collect();
        subject("followup.a", Kind::Followup, "", wave).estimates(values)
    };
    let wave = [
        ("eligible", 90.0),
        ("seen", 80.0),
        ("seen_in_window", 70.0),
        ("seen_late", 10.0),
        ("seen_otherwise", 0.0),
        ("lost", 10.0),
    ];
    let estimates = [at("", &[("members", 90.0)]), at("w1", &wave)].concat();
    let table = laid_out(&estimates, Policy::None, "followup");
    assert!(!markdown(&table, Language::En).contains("unknown when"));
    assert!(table.rows.iter().all(|row| row.cells.len() == table.columns.len()));
}

/// Few clusters make intervals and p-values with a normal reference too sure.
fn few_clusters() -> Table {
    laid_out(
        &model("model.a", "plan@w1", &[("age", 1.02), ("sex=2", 1.64)], true),
        Policy::None,
        "regression",
    )
}

#[test]
fn what_is_not_to_be_trusted_is_marked_at_the_number_in_every_form() {
    let table = few_clusters();
    let [age, ..] = &table.rows[..] else { panic!("there are rows") };
    let notes: Vec<&[usize]> = age.cells.iter().map(|cell| &cell.notes[..]).collect();
    // The odds ratio itself is that of maximum likelihood.
    assert_eq!(notes, [&[][..], &[0], &[0]]);
    assert_eq!(table.reservations.len(), 1);
    let page = html(&table, Language::En);
    let mark = "<sup class=\"doubt\"><a href=\"#T1-note-a\" aria-label=\"Reservation a\">a</a></sup></td>";
    let marks = page.matches(mark).count();
    assert_eq!(marks, 4, "two numbers of each of two terms: {page}");
    assert_eq!(
        page.matches("<p id=\"T1-note-a\"><sup>a</sup> There are fewer than 40 clusters").count(),
        1,
        "{page}"
    );
    let text = markdown(&table, Language::En);
    assert!(
        text.contains("0.012ᵃ |") && text.contains("\nᵃ\u{a0}There are fewer than 40 clusters"),
        "{text}"
    );
    let nb = markdown(&table, Language::Nb);
    assert!(nb.contains("0,012ᵃ |"), "{nb}");
}

#[test]
fn a_csv_keeps_its_numbers_and_says_what_is_not_to_be_trusted_in_a_last_column() {
    let said = csv(&few_clusters(), Language::En);
    let mut lines = said.lines();
    assert!(lines.next().unwrap().ends_with(",p-value,Reservations"), "{said}");
    let age = lines.next().unwrap();
    assert!(
        age.starts_with(",Age,1.02,0.51,2.04,0.012,\"95% CI, p-value: There are fewer than 40 clusters"),
        "{age}"
    );
    assert!(!said.contains('ᵃ'), "{said}");
    // A row of which everything is to be trusted has an empty field, and a table without doubts no column.
    assert!(said.lines().any(|line| line == ",Persons in the analysis,380,,,,"), "{said}");
    let trusted =
        laid_out(&model("model.a", "plan@w1", &[("sex=2", 1.64)], false), Policy::None, "regression");
    assert!(!csv(&trusted, Language::En).contains("Reservations"));
}

#[test]
fn how_a_number_was_made_is_a_note_without_a_mark() {
    let table = laid_out(&widened(), Policy::None, "change");
    assert!(
        table.reservations.is_empty()
            && table.notes.iter().any(|note| note.get(Language::En).contains("wider"))
    );
    assert!(table.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.notes.is_empty()));
    assert!(!html(&table, Language::En).contains("<sup"));
}

#[test]
fn few_events_are_marked_at_all_that_is_of_maximum_likelihood_and_not_at_firths() {
    let ratio = value("events_per_parameter", 4.0).conditions([Condition::new("few_events", "")]);
    let ratio = subject("model.a", Kind::Model, "", "plan@w1").estimates(vec![ratio]);
    let terms = [("age", 1.02), ("sex=2", 1.64)];
    let mut estimates = [model("model.a", "plan@w1", &terms, false), ratio].concat();
    let marked = |estimates: &[Estimate]| {
        let table = laid_out(estimates, Policy::None, "regression");
        let cells = table.rows.iter().flat_map(|row| &row.cells);
        cells.filter(|cell| !cell.notes.is_empty()).count()
    };
    assert_eq!(marked(&estimates), 6);
    let firth = |term: &'static str| {
        let numbers =
            [("firth_odds_ratio", 1.5), ("firth_odds_ratio_low", 0.9), ("firth_odds_ratio_high", 2.4)];
        let values = numbers.into_iter().chain([("firth_p_value", 0.1)]);
        let why = || [Condition::new("firth", "few_events")];
        values.map(|(name, number)| value(name, number).term(term).conditions(why())).collect::<Vec<Value>>()
    };
    let firth: Vec<Value> = terms.iter().flat_map(|(term, _)| firth(term)).collect();
    estimates.extend(subject("model.a", Kind::Model, "", "plan@w1").estimates(firth));
    assert_eq!(marked(&estimates), 0);
}

#[test]
fn a_test_of_the_whole_model_does_not_stand_beside_another_answer_to_its_question() {
    let lines = |terms: &[(&str, f64)], robust: bool| {
        markdown(
            &laid_out(&model("model.a", "plan@w1", terms, robust), Policy::None, "regression"),
            Language::En,
        )
    };
    let (one, two) = ([("(intercept)", 0.2), ("sex=2", 1.64)], [("age", 1.02), ("sex=2", 1.64)]);
    let alone = lines(&one, false);
    assert!(!alone.contains("| Whole model"), "{alone}");
    assert!(alone.contains("left out where there is one term only"), "{alone}");
    let whole = lines(&two, false);
    assert!(
        whole.contains("| Whole model (likelihood-ratio test), χ² |") && !whole.contains("left out"),
        "{whole}"
    );
    let robust = lines(&two, true);
    assert!(
        robust.contains("| Whole model (likelihood-ratio test, cases taken as independent), χ² |"),
        "{robust}"
    );
}

/// Each condition says why a number is not there, how it was made, or that it is not to be trusted: a new one has to be put to one of these.
#[test]
fn every_condition_is_of_a_kind_and_every_doubt_has_words() {
    const HOW_MADE: &[&str] = &[
        "aliased",
        "bounded",
        "firth",
        "level_without_cases",
        "levels_apart",
        "levels_dropped",
        "reference_without_cases",
        "separation",
        "widened",
        "withheld",
    ];
    const WHY_NOT: &[&str] = &[
        "aliased_without_a_cluster",
        "boundary",
        "constant_outcome",
        "few_cases",
        "few_groups",
        "hidden",
        "infinite",
        "intercept_only",
        "no_cases",
        "no_effect",
        "no_goal",
        "no_interval",
        "no_members",
        "no_pairs",
        "no_test",
        "no_users",
        "no_variation",
        "no_weights",
        "nobody",
        "nobody_among",
        "nobody_before",
        "not_estimated",
        "not_finite",
        "one_case_a_cluster",
        "one_cluster",
        "separation_without_a_cluster",
        "singular",
        "too_few",
        "unbounded",
        "zero_variance",
    ];
    let mut found: BTreeSet<String> = BTreeSet::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let code = std::fs::read_to_string(&path).unwrap();
                let named =
                    code.split("Condition::new(").skip(1).filter_map(|rest| rest.trim().strip_prefix('"'));
                found.extend(named.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
            }
        }
    }
    assert!(found.len() > 40, "{found:?}");
    for code in &found {
        let kinds = [DOUBTS, HOW_MADE, WHY_NOT].into_iter().filter(|kind| kind.contains(&code.as_str()));
        assert_eq!(kinds.count(), 1, "{code} is a doubt, says how a number was made, or why it is not there");
    }
    for code in DOUBTS {
        assert_eq!([HOW_MADE, WHY_NOT].into_iter().filter(|kind| kind.contains(code)).count(), 0, "{code}");
        for language in Language::ALL {
            for key in [format!("doubt.{code}"), format!("condition.{code}")] {
                assert!(words::find(language, &key).is_some(), "{} has no words for {key}", language.tag());
            }
        }
    }
}
