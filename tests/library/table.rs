//! Tables: numbers as each language writes them, layouts, formats, and the words of three languages.

use std::collections::BTreeSet;

use crate::made_up::{
    self, TABLES, coded, labels, model, numeric, release, spec, subject, table, value, views,
};
use utfall::convention::apart;
use utfall::dictionary::{Language, Text};
use utfall::disclosure::{Policy, clear};
use utfall::estimate::{Condition, Estimate, Kind, Value};
use utfall::plan::{Cluster, CohortUnit};
use utfall::statistic;
use utfall::table::number::{decimal, interval, number, p, percent, plain};
use utfall::table::render::{csv, html, markdown};
use utfall::table::{Content, Format, Input, LayoutError, RowKind, Table, build, words};

const HARD: &str = "\u{a0}";

fn made(policy: Policy, number: &str) -> Table {
    let (number, layout, from) = TABLES.iter().find(|(known, ..)| *known == number).expect("it is declared");
    table(&release(policy), number, layout, from).expect("the layout fits its analyses")
}

#[test]
fn numbers_are_written_as_each_language_writes_them() {
    for language in [Language::Nb, Language::Nn] {
        assert_eq!(decimal(1234567.891, 2, language), format!("1{HARD}234{HARD}567,89"));
        assert_eq!(percent(0.1234, 1, language), format!("12,3{HARD}%"));
        assert_eq!(p(0.000_4, language), format!("<{HARD}0,001"));
        assert_eq!(interval(-0.5, 1.25, Format::Signed(2), language), format!("\u{2212}0,50{HARD}til +1,25"));
    }
    assert_eq!(decimal(1234567.891, 2, Language::En), "1,234,567.89");
    assert_eq!(percent(0.1234, 1, Language::En), "12.3%");
    assert_eq!(p(0.000_4, Language::En), format!("<{HARD}0.001"));
    assert_eq!(decimal(-12.0, 0, Language::En), "\u{2212}12");
}

#[test]
fn rounding_is_by_halves_away_from_zero_and_never_gives_minus_zero() {
    assert_eq!(decimal(0.5, 0, Language::En), "1");
    assert_eq!(decimal(2.5, 0, Language::En), "3");
    assert_eq!(decimal(-2.5, 0, Language::En), "\u{2212}3");
    assert_eq!(decimal(1.005, 2, Language::En), "1.01");
    assert_eq!(percent(0.125, 0, Language::En), "13%");
    assert_eq!(decimal(-0.004, 2, Language::En), "0.00");
    assert_eq!(number(0.000_01, Format::Signed(2), Language::En), "0.00");
    assert_eq!(decimal(999.96, 1, Language::En), "1,000.0");
}

#[test]
fn a_p_value_is_never_zero_and_a_ratio_keeps_its_figures() {
    assert_eq!(p(0.0, Language::En), format!("<{HARD}0.001"));
    assert_eq!(p(0.000_5, Language::En), "0.001");
    assert_eq!(p(0.049_96, Language::En), "0.050");
    for (ratio, expected) in
        [(0.012, "0.012"), (0.5, "0.50"), (9.994, "9.99"), (12.34, "12.3"), (345.6, "346")]
    {
        assert_eq!(number(ratio, Format::Ratio, Language::En), expected);
    }
    assert_eq!(number(1e7, Format::Ratio, Language::En), format!(">{HARD}9,999"));
}

#[test]
fn all_layouts_build_and_every_row_is_as_wide_as_the_table() {
    let used: BTreeSet<&str> = TABLES.iter().map(|(_, layout, _)| *layout).collect();
    let known: BTreeSet<&str> = utfall::question::layouts().map(|layout| layout.name).collect();
    assert_eq!(used, known);
    for policy in Policy::ALL {
        for (number, ..) in TABLES {
            let table = made(policy, number);
            assert!(!table.rows.is_empty() && !table.columns.is_empty(), "{number}");
            for row in &table.rows {
                let (heads, cells) = match row.kind {
                    RowKind::Section => (1, 0),
                    _ => (table.stub.len(), table.columns.len()),
                };
                assert_eq!((row.heads.len(), row.cells.len()), (heads, cells), "{number}");
            }
        }
    }
}

#[test]
fn a_layout_refuses_an_analysis_of_another_kind() {
    let release = release(Policy::None);
    let error = table(&release, "1", "regression", &["change.severity"]).expect_err("it is no model");
    assert_eq!(
        error.to_string(),
        "table T1: the layout `regression` shows model analyses, but `change.severity` is a change analysis; choose another layout or another analysis"
    );
    let error = table(&release, "1", "crosstab", &["describe.items"]).expect_err("it has no groups");
    assert!(matches!(error, LayoutError::Content { needs: "groups (`by`)", .. }));
    let error = table(&release, "1", "frequency", &["describe.nothing"]).expect_err("it is empty");
    assert!(matches!(error, LayoutError::Content { .. }));
}

#[test]
fn the_change_table_names_its_test_and_what_its_numbers_are() {
    let table = made(Policy::None, "4.9");
    assert_eq!(table.rows[0].kind, RowKind::Section);
    assert_eq!(table.rows[0].heads[0].get(Language::Nb), "Psykisk helse");
    let first = &table.rows[1];
    assert_eq!(first.heads[0].get(Language::Nb), "Alle");
    assert_eq!(first.cells[0], Content::Number { value: 455.0, format: Format::Count });
    assert!(matches!(first.cells[4].content, Content::Interval { .. }));
    let notes: Vec<&str> = table.notes.iter().map(|note| note.get(Language::En)).collect();
    assert!(notes.iter().any(|note| note.contains("paired t test") && note.contains("(d_av)")));
    assert!(notes.iter().any(|note| note.contains("McNemar")));
    assert!(notes.iter().any(|note| note.contains("Spring 2007 → Autumn 2007")));
    assert_eq!(table.columns[4].label.get(Language::Nb), format!("95{HARD}% KI"));
}

#[test]
fn the_regression_table_has_the_reference_level_and_says_whose_errors_they_are() {
    let table = made(Policy::None, "4.23");
    let text = markdown(&table, Language::En);
    assert!(text.contains("| &emsp;Man | 1 (ref.) |"), "{text}");
    assert!(text.contains("cluster-robust (CR1, normal reference)") && text.contains("Wald"), "{text}");
    assert!(text.contains("fewer than 40 clusters"), "{text}");
    let robust = html(&made(Policy::None, "4.24"), Language::Nb);
    assert!(robust.contains("0,82\u{a0}til 3,28"), "{robust}");
    assert!(robust.contains("0,012"));
}

#[test]
fn the_regression_of_spss_has_its_columns_and_says_that_its_errors_are_plain() {
    let plain = |number| markdown(&made(Policy::None, number), Language::En).replace('\u{a0}', " ");
    let text = plain("4.32");
    for line in [
        "| Age | 0.021 | 0.322 | 0.004 | 1 | 0.492 | 1.021 | 0.613 | 1.702 |",
        "| Sex: Woman | 0.495 | 0.322 | 2.368 | 1 | 0.244 | 1.640 | 0.984 | 2.733 |",
        "| Mental health |  |  | 7.654 | 3 | 0.054 |  |  |  |",
        "| &emsp;Mental health: Very serious | 0.908 | 0.322 | 7.981 | 1 | &lt; 0.001 | 2.480 | 1.488 | 4.133 |",
        "| Constant | −1.561 | 0.322 | 23.564 | 1 | 0.184 | 0.210 |  |  |",
    ] {
        assert!(text.lines().any(|known| known == line), "{line} is not in\n{text}");
    }
    assert!(text.contains("Reference categories: Sex: Man; Mental health: No problem."), "{text}");
    assert!(text.contains("plain maximum likelihood") && !text.contains("take no account"), "{text}");
    let release = release(Policy::None);
    let mut analyses = views(&release.cleared, &["model.plan"]);
    analyses[0].cluster = Some(&Cluster::Respondent);
    let (spec, labels) = (spec("1", "regression_spss", &["model.plan"]), labels());
    let clustered = build(&Input { spec: &spec, analyses, labels: &labels }).expect("it is a model");
    assert!(markdown(&clustered, Language::En).contains("They take no account of the clusters."));
    let several = table(&release, "1", "regression_spss", &["model.plan", "model.group"]);
    let error = several.expect_err("it shows one model").to_string();
    assert!(error.contains("shows one analysis, but `from` names 2"), "{error}");
    let summary = plain("4.33");
    for line in [
        "| Model | Individual plan (Spring 2007) | Responsibility group (Spring 2007) |",
        "| **Model Summary** |  |  |",
        "| &emsp;−2 Log likelihood | 412.346 | 412.346 |",
        "| &emsp;Percentage Correct, with the outcome | 25.8% | 25.8% |",
        // SPSS's variant where the model was asked for it.
        "| &emsp;Chi-square | 6.800 | 6.540 |",
    ] {
        assert!(summary.lines().any(|known| known == line), "{line} is not in\n{summary}");
    }
}

#[test]
fn the_attrition_table_has_both_sides_and_the_odds_of_being_followed_up() {
    let table = made(Policy::Min5, "4.25");
    let csv = csv(&table, Language::En).replace('\u{a0}', " ");
    for line in [
        "Sex,Man,62.1%,76.4%,+0.05,1 (ref.),,",
        "Sex,Woman,37.9%,23.6%,+0.05,0.81,0.56,1.06",
        ",Age,38.2 (8.7),38.2 (8.7),-0.12,1.25,1.00,1.50",
        ",Persons,322,72,,,,",
        ",Area under the ROC curve (CI),0.64 (0.58 to 0.70),,,,,",
    ] {
        assert!(csv.lines().any(|known| known == line), "{line} is not in\n{csv}");
    }
}

#[test]
fn a_trajectory_says_that_its_waves_have_different_persons() {
    let plain = |number| csv(&made(Policy::None, number), Language::En).replace('\u{a0}', " ");
    assert!(
        plain("4.29").contains("Mental health,2.36 (2.31 to 2.41),361,2.34 (2.29 to 2.39),350"),
        "{}",
        plain("4.29")
    );
    let said = |number, phrase: &str| {
        made(Policy::None, number).notes.iter().any(|note| note.get(Language::Nb).contains(phrase))
    };
    assert!(said("4.29", "så målingene har ikke helt de samme personene"));
    assert!(said("4.30", "Hvert par av målinger har sine egne personer"));
    assert!(plain("4.30").contains("No problem,75,53%,28%,11%,8%"), "{}", plain("4.30"));
}

#[test]
fn a_family_names_its_tests_and_how_many_they_are() {
    let table = made(Policy::None, "4.31");
    let csv = csv(&table, Language::En).replace('\u{a0}', " ");
    for line in [
        "Mental health,paired t test,<0.001,<0.001,<0.001",
        "Individual plan,McNemar’s test (without continuity correction),<0.001,<0.001,<0.001",
    ] {
        assert!(csv.lines().any(|known| known == line), "{line} is not in\n{csv}");
    }
    assert!(utfall::table::mark::plain(table.notes[0].get(Language::En)).starts_with("Adjusted for 3 tests"));
}

#[test]
fn what_is_weighted_for_loss_stands_beside_the_unweighted_and_only_there() {
    let plain = |number| csv(&made(Policy::None, number), Language::En).replace('\u{a0}', " ");
    let change = plain("4.9");
    assert!(change.lines().next().unwrap().ends_with("\"Weighted for loss, change (CI)\""), "{change}");
    assert!(change.contains("+11.0 (+5.0 to +17.0)"), "{change}");
    assert_eq!(made(Policy::None, "4.23").columns.len(), 3 + 4);
    assert_eq!(made(Policy::None, "4.24").columns.len(), 3);
    assert!(plain("4.23").contains("0.11 (0.050 to 0.17)"), "{}", plain("4.23"));
}

#[test]
fn suppressed_cells_are_shown_as_suppressed_and_explained() {
    let table = made(Policy::Min5, "4.9");
    for (language, meaning) in [
        (Language::Nb, "«:» vises ikke av hensyn til personvernet"),
        (Language::Nn, "«:» blir ikkje vist av omsyn til personvernet"),
        (Language::En, "“:” confidential"),
    ] {
        assert!(markdown(&table, language).contains(meaning));
        assert!(html(&table, language).contains("<td class=\"symbol\">"));
    }
    let csv = csv(&table, Language::En);
    let housing = csv.lines().find(|line| line.starts_with("Housing")).expect("it has a row");
    assert!(housing.contains(",:,:,:"), "{housing}");
    assert!(!markdown(&made(Policy::None, "4.9"), Language::En).contains("confidential"));
}

#[test]
fn rated_change_stands_better_first_and_hides_the_error_with_a_cell() {
    let open = markdown(&made(Policy::None, "4.41"), Language::En);
    for row in [
        "| &emsp;Better | 61 | 45 | 24 | 130 | 47% | 35% | 18% |",
        "| All | 82 | 83 | 52 | 217 | 38% | 38% | 24% |",
    ] {
        assert!(open.contains(row), "{open}");
    }
    let open = markdown(&made(Policy::None, "4.42"), Language::Nb);
    let agreement =
        "| agreement.mental\\_health | 217 | 11 | - | 46 % (40 % til 53 %) | 0,16 (0,07 til 0,26) |";
    assert!(open.replace(HARD, " ").contains(agreement), "{open}");
    // One cell of three persons, and others with it: kappa rests on margins that are shown, its interval on every cell.
    let hidden = markdown(&made(Policy::Min5, "4.42"), Language::Nb);
    assert!(hidden.replace(HARD, " ").contains("| 0,34 (:) | : | : |"), "{hidden}");
}

#[test]
fn goals_have_the_levels_that_are_asked_about_and_classes_of_use_their_users() {
    let goals = markdown(&made(Policy::None, "4.43"), Language::En);
    for row in ["| 246 | 9% | 16% | 75% |\n", "| Persons with at least one goal | 246 |  |  |  |\n"] {
        assert!(goals.contains(row), "{goals}");
    }
    assert!(!goals.contains("More than expected"), "{goals}");
    let classes = markdown(&made(Policy::None, "4.44"), Language::Nb);
    assert!(
        classes.replace(HARD, " ").contains("| 123 | 77 | 16 % | 40 % | 32 % | 12 % | 40 | 6 |"),
        "{classes}"
    );
}

#[test]
fn csv_is_for_spreadsheets_and_every_line_is_as_wide_as_the_first() {
    for (number, ..) in TABLES {
        for (language, separator) in [(Language::Nb, b';'), (Language::Nn, b';'), (Language::En, b',')] {
            let text = csv(&made(Policy::Min5, number), language);
            assert!(!text.contains(HARD), "{number}");
            let mut reader = ::csv::ReaderBuilder::new().delimiter(separator).from_reader(text.as_bytes());
            let width = reader.headers().expect("there is a heading").len();
            for record in reader.records() {
                assert_eq!(record.expect("it is CSV").len(), width, "{number}");
            }
        }
    }
}

#[test]
fn csv_has_the_numbers_of_the_table_in_the_form_of_its_language() {
    let frequency = made(Policy::None, "4.3");
    assert!(csv(&frequency, Language::Nb).contains("\nIkke noe problem;75;19,0%\r"));
    assert!(csv(&frequency, Language::Nn).contains("\nIkkje noko problem;75;19,0%\r"));
    assert!(csv(&frequency, Language::En).contains("\nNo problem,75,19.0%\r"));
    let change = made(Policy::None, "4.9");
    assert!(csv(&change, Language::Nb).contains("Før;"), "a heading with a number has a plain space");
    assert!(csv(&change, Language::Nb).contains("95 % KI (nedre);"));
    for (value, format, nb, en) in [
        (1_234_567.0, Format::Count, "1234567", "1234567"),
        (0.575, Format::Percent(1), "57,5%", "57.5%"),
        (-0.093, Format::Points(1), "-9,3", "-9.3"),
        (1234.56, Format::Signed(1), "+1234,6", "+1234.6"),
        (0.000_1, Format::P, "<0,001", "<0.001"),
        (1e7, Format::Ratio, ">9999", ">9999"),
    ] {
        assert_eq!(plain(value, format, Language::Nb), nb);
        assert_eq!(plain(value, format, Language::Nn), nb);
        assert_eq!(plain(value, format, Language::En), en);
    }
    // Nobody is 0, where the table has a sign for it.
    let followup = csv(&made(Policy::None, "4.1"), Language::Nb);
    assert!(followup.contains(";400;400;100%;400;.;.;0;"), "{followup}");
}

/// A table of analyses whose variables are no coded ones, or of several kinds.
fn refused(layout: &str, from: &[&'static str], estimates: Vec<Estimate>) -> String {
    let release = clear(&estimates, Policy::None);
    table(&release, "1", layout, from).expect_err("a variable would have no row").to_string()
}

#[test]
fn a_variable_that_a_layout_cannot_show_is_named_with_the_layouts_that_fit() {
    let mixed = || {
        let mut estimates = coded("describe.severity", "", "mental_health@w1", 1, &[75, 148, 121, 51], 5);
        estimates.extend(numeric("describe.severity", "", "age", 400, 38.94, 8.71));
        estimates
    };
    for layout in ["frequency", "crosstab", "items", "multiple_response"] {
        let said = refused(layout, &["describe.severity"], mixed());
        assert!(said.contains("`age` of `describe.severity`"), "{said}");
        assert!(said.contains("layouts that fit `age`: numeric."), "{said}");
    }
    let said = refused("numeric", &["describe.severity"], mixed());
    assert!(said.contains("leave out `mental_health@w1`") && said.contains("frequency, crosstab"), "{said}");
    let mut codes = coded("describe.items", "", "mental_health@w1", 1, &[75, 148, 121, 51], 5);
    codes.extend(coded("describe.items", "", "plan@w1", 0, &[300, 100], 0));
    let said = refused("items", &["describe.items"], codes.clone());
    assert!(said.contains("leave out `plan@w1`") && said.contains("frequency"), "{said}");
    let said = refused("multiple_response", &["describe.items"], codes);
    assert!(said.contains("leave out `mental_health@w1`"), "{said}");
}

#[test]
fn a_reliable_change_table_names_what_has_no_reliability() {
    let text = markdown(&made(Policy::None, "4.11"), Language::En);
    assert!(text.contains("Not shown, as no reliability is given: Mental health, "), "{text}");
}

#[test]
fn a_share_says_which_answer_it_is_of() {
    let table = made(Policy::None, "4.9");
    let heads = |row: &utfall::table::Row| row.heads[0].get(Language::Nb).to_owned();
    assert!(table.rows.iter().map(heads).any(|head| head == "Individuell plan: Ja"));
    let notes = markdown(&table, Language::Nb);
    assert!(
        notes.contains("Spørsmål med to svar (Individuell plan, Ansvarsgruppe): før og etter"),
        "{notes}"
    );
    let response = markdown(&made(Policy::None, "4.6"), Language::Nb);
    assert!(response.contains("| Individuell plan: Ja |"), "{response}");
}

#[test]
fn an_untitled_table_of_several_analyses_is_called_after_all_of_them() {
    let title = made(Policy::None, "4.9").title;
    assert_eq!(title.get(Language::Nb), "Endring i problemer; Endring i medvirkning");
}

#[test]
fn explanatory_variables_tell_their_wave_where_it_is_not_the_outcomes() {
    let terms = [("(intercept)", 0.21), ("sex=2", 1.64), ("mental_health@w1=3", 1.95), ("age", 1.02)];
    let fitted = |outcome: &str| {
        let release = clear(&model("model.plan", outcome, &terms, false), Policy::None);
        markdown(&table(&release, "1", "regression", &["model.plan"]).expect("it is a model"), Language::En)
    };
    assert!(fitted("plan@w1").contains("| **Mental health** |"));
    let other = fitted("plan@w2");
    assert!(
        other.contains("| **Mental health (Spring 2007)** |") && other.contains("| **Sex** |"),
        "{other}"
    );
}

#[test]
fn a_model_of_assessments_does_not_call_them_persons() {
    let mut estimates = model("model.plan", "plan@w1", &[("age", 1.02)], true);
    estimates.extend(model("model.group", "group@w1", &[("age", 1.02)], false));
    let release = clear(&estimates, Policy::None);
    let mut analyses = views(&release.cleared, &["model.plan", "model.group"]);
    analyses[0].unit = CohortUnit::Assessment;
    analyses[0].cluster = Some(&Cluster::Respondent);
    let (spec, labels) = (spec("1", "regression", &["model.plan", "model.group"]), labels());
    let table = build(&Input { spec: &spec, analyses, labels: &labels }).expect("they are models");
    let text = markdown(&table, Language::En);
    for row in [
        "| Assessments in the analysis | 380 |  |  |  |  |  |",
        "| Persons in the analysis |  |  |  | 380 |  |  |",
        "| Assessments with the outcome | 97 |  |  |  |  |  |",
        "| Persons | 26 |  |  |  |  |  |",
    ] {
        assert!(text.contains(row), "{text}");
    }
    assert!(text.contains("The figures count assessments.") && !text.contains("| Clusters |"), "{text}");
}

#[test]
fn firths_numbers_are_shown_where_they_are_called_for_and_say_why() {
    let table_of = |robust: bool, reasons: &[&str], infinite: bool| {
        let mut estimates = model("model.plan", "plan@w1", &[("sex=2", 1.64)], robust);
        let reasons: Vec<Condition> = reasons.iter().map(|reason| Condition::new("firth", *reason)).collect();
        for estimate in estimates.iter_mut().filter(|one| infinite && one.statistic.name == "odds_ratio") {
            (estimate.value, estimate.conditions) = (None, vec![Condition::new("separation", "sex=2")]);
        }
        let firth = [
            ("firth_odds_ratio", 1.37),
            ("firth_odds_ratio_low", 1.04),
            ("firth_odds_ratio_high", 1.81),
            ("firth_p_value", 0.024),
        ];
        let firth = firth.map(|(name, number)| {
            value(name, number).term("sex=2").n(380).conditions(reasons.iter().cloned())
        });
        estimates.extend(subject("model.plan", Kind::Model, "", "plan@w1").estimates(firth.to_vec()));
        let release = clear(&estimates, Policy::None);
        markdown(&table(&release, "1", "regression", &["model.plan"]).expect("it is a model"), Language::En)
    };
    let firth = "| 1.37 | ";
    let few = table_of(false, &["few_events"], false);
    assert!(few.contains(firth) && few.contains("or fewer than ten without it"), "{few}");
    // Clusters matter more than few events, and Firth's likelihood knows none.
    let clustered = table_of(true, &["few_events"], false);
    assert!(!clustered.contains(firth) && clustered.contains("| 1.64 |"), "{clustered}");
    for robust in [false, true] {
        let separated = table_of(robust, &["separation", "few_events"], true);
        assert!(separated.contains(firth) && separated.contains("separates those with"), "{separated}");
    }
    let asked = table_of(true, &["requested"], false);
    assert!(asked.contains(firth) && asked.contains("as was asked for"), "{asked}");
}

#[test]
fn programs_are_compared_as_they_print_and_a_hidden_number_is_not_compared() {
    let conventions = |numbers: [f64; 3]| {
        let programs = ["(r)", "(spss)", "(stata)"].into_iter().zip(numbers);
        let mut values: Vec<Value> =
            programs.map(|(program, number)| value("wilcoxon_p", number).term(program).n(318)).collect();
        values.extend(apart(&values, [&&statistic::WILCOXON_P]));
        let estimates = subject("change.severity", Kind::Change, "", "mental_health@w1>w2").estimates(values);
        let release = clear(&estimates, Policy::None);
        markdown(
            &table(&release, "1", "conventions", &["change.severity"]).expect("it is a change"),
            Language::En,
        )
    };
    let apart = conventions([0.0312, 0.0304, 0.0304]);
    assert!(apart.contains("| 0.031 | 0.030 | 0.030 | 0.001 |"), "{apart}");
    assert!(apart.contains("1 figure was compared; 0 are printed alike"), "{apart}");
    let alike = conventions([0.03012, 0.03008, 0.03008]);
    assert!(
        !alike.contains("0.030") && alike.contains("1 figure was compared; 1 is printed alike"),
        "{alike}"
    );
    let suppressed = clear(&made_up::estimates(), Policy::Min5);
    let hidden = table(&suppressed, "1", "conventions", &["change.severity"]).expect("it is a change");
    assert!(hidden.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.symbol().is_none()));
}

#[test]
fn each_share_of_a_coverage_is_of_those_it_concerns() {
    let plain = |policy, number| csv(&made(policy, number), Language::En).replace('\u{a0}', " ");
    let coverage = plain(Policy::None, "4.13");
    assert!(coverage.contains("Physical health,400,260,65%,77%,20,14%"), "{coverage}");
    let sufficient = plain(Policy::None, "4.15");
    assert!(sufficient.contains("Dental health,120,90,75.0%,30,25.0%"), "{sufficient}");
    let unmet = plain(Policy::None, "4.16");
    assert!(unmet.contains("Dental health,280,80,28.6%"), "{unmet}");
    let received = plain(Policy::None, "4.14");
    assert!(received.contains("Physical health,260,65.0%,400"), "{received}");
}

#[test]
fn what_is_hidden_of_a_coverage_is_hidden_in_all_its_shares() {
    // Two receive it and lack it: with the total, so do the other three of the four hide or tell.
    let estimates = coded("describe.measures", "", "somatic_health@w1", 1, &[60, 2, 20, 120], 0);
    let release = clear(&estimates, Policy::Min5);
    let table = table(&release, "1", "sufficient", &["describe.measures"]).expect("the layout fits");
    let csv = csv(&table, Language::En).replace('\u{a0}', " ");
    let row = csv.lines().find(|line| line.starts_with("Physical")).expect("it has a row");
    let cells: Vec<&str> = row.split(',').collect();
    // What is hidden of the only row is left out with its column.
    assert!(table.withholds() && !cells.contains(&"2"), "{csv}");
    // Nothing that is shown tells the two: receivers are shown only where those with enough are not.
    assert!(!(cells.contains(&"62") && cells.contains(&"60")), "{csv}");
}

#[test]
fn a_list_has_a_row_for_each_unit_that_answered_and_a_total() {
    let plain = |number| csv(&made(Policy::None, number), Language::En).replace('\u{a0}', " ");
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(
        lines(&plain("3.1")),
        ["Mental health,Age", "No problem,240", "Some problem,481", "Total,720"]
    );
    assert_eq!(lines(&plain("3.2"))[1..], ["Some problem,481", "No problem,240", "Total,720"]);
    let panel = plain("3.3");
    assert!(panel.contains("Age,30,720,24.0,24.0"), "{panel}");
    let bands = plain("4.12");
    assert!(bands.contains("\"Mean, age\",38.9,") && bands.contains("\"Median, age\",39.0,"), "{bands}");
    let several = release(Policy::None);
    let error = table(&several, "1", "listing", &["describe.age"]).expect_err("it has no units");
    assert!(matches!(error, LayoutError::Content { needs: "one grouping variable (`by`)", .. }));
    let error = table(&several, "1", "bands", &["describe.age"]).expect_err("it has no bands");
    assert!(matches!(error, LayoutError::Content { .. }));
    let error =
        table(&several, "1", "coverage", &["describe.involvement"]).expect_err("two answers, not four");
    assert!(error.to_string().contains("four answers"), "{error}");
}

#[test]
fn html_escapes_what_people_wrote() {
    let mut table = made(Policy::None, "4.9");
    table.title = Text::same("<script>alert('a & b')</script>");
    let page = html(&table, Language::En);
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;alert(&#39;a &amp; b&#39;)"));
    assert!(page.contains("Housing &lt;and&gt; home"));
}

#[test]
fn the_three_languages_have_the_same_words_and_places() {
    let keys = |language| words::catalogue(language).keys().cloned().collect::<Vec<_>>();
    let nb = keys(Language::Nb);
    assert!(nb.len() > 150);
    assert_eq!(nb, keys(Language::Nn));
    assert_eq!(nb, keys(Language::En));
    for key in nb {
        let places = |language| {
            let words = words::find(language, &key).expect("the key is in all");
            assert!(!words.is_empty(), "{key}");
            let places = words.split('{').skip(1).filter_map(|rest| rest.split('}').next());
            // Whether a word is of one or of many is each language's own.
            let shown = places.filter(|place| !place.contains(':') || place.contains('#'));
            shown.filter_map(|place| place.split(':').next()).collect::<BTreeSet<_>>()
        };
        assert_eq!(places(Language::Nb), places(Language::En), "{key}");
        assert_eq!(places(Language::Nn), places(Language::En), "{key}");
    }
}

#[test]
fn one_is_told_otherwise_than_many() {
    let said = |language, key, n: &str| words::say(language, key, &[("n", n.to_owned())]);
    assert_eq!(said(Language::En, "read.few", "1"), "The figures rest on one answer.");
    assert!(said(Language::En, "read.few", "11").starts_with("The figures rest on as few as 11 answers,"));
    assert_eq!(
        said(Language::Nb, "summary.said_too_few", "1"),
        "Bare én person har svar ved begge målingene."
    );
    assert_eq!(
        said(Language::Nb, "summary.said_too_few", "7"),
        "Bare 7 personer har svar ved begge målingene."
    );
    // What nothing stands for stays, and a brace in a value is no place.
    assert_eq!(words::say(Language::En, "read.total", &[]), "In all: {n}.");
    assert_eq!(said(Language::En, "read.total", "{n}"), "In all: {n}.");
    // A number before a word that is only right for many, or two forms that are not two.
    let plurals = [
        " personer",
        " personar",
        " persons",
        " sammenligninger",
        " samanlikningar",
        " comparisons",
        " regresjoner",
        " regresjonar",
        " regressions",
        " tester ",
        " testar ",
        " tests ",
        " målinger",
        " målingar",
        " assessments",
        " klynger",
        " clusters",
        " dager",
        " dagar",
        " days fewer",
    ];
    for language in Language::ALL {
        for (key, words) in words::catalogue(language) {
            let places = words.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
            for (place, after) in places {
                let forms = place.split_once(':').map_or(1, |(_, forms)| forms.matches('|').count());
                assert_eq!(forms, 1, "{language} {key}: {{{place}}} needs one form for one and one for many");
                let many = plurals.iter().find(|plural| after.starts_with(**plural));
                // The days of a window are many.
                assert!(
                    many.is_none() || place.contains(':') || place == "window",
                    "{language} {key}: {words}"
                );
            }
        }
    }
}

/// Every key that the code asks for by name has words.
#[test]
fn no_word_is_missing() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = String::new();
    let folders = [
        "table",
        "table/layout",
        "table/render",
        "table/words",
        "report",
        "report/page",
        "report/reading",
        "workbook",
        "document",
    ];
    let kinds = std::fs::read_dir(root.join("question")).expect("the sources are here");
    let kinds = kinds.map(|entry| entry.expect("the folder can be read").path()).filter(|path| path.is_dir());
    for folder in folders.into_iter().map(|folder| root.join(folder)).chain(kinds) {
        for entry in std::fs::read_dir(folder).expect("the sources are here") {
            let path = entry.expect("the folder can be read").path();
            if path.extension().is_some_and(|extension| extension == "rs" || extension == "html") {
                sources.push_str(&std::fs::read_to_string(path).expect("it is text"));
            }
        }
    }
    let sections: BTreeSet<&str> =
        words::catalogue(Language::En).keys().filter_map(|key| key.split('.').next()).collect();
    let mut asked = 0;
    for quoted in sources.split('"').skip(1) {
        let is_key = quoted.split_once('.').is_some_and(|(section, key)| {
            let plain =
                key.chars().all(|letter| letter.is_ascii_lowercase() || "_0123456789".contains(letter));
            sections.contains(section) && !key.is_empty() && plain && key != "html" && key != "toml"
        });
        if is_key {
            asked += 1;
            assert!(words::find(Language::En, quoted).is_some(), "{quoted} has no words");
        }
    }
    assert!(asked > 80, "{asked}");
}
