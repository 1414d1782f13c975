//! What is a form and what is none.

use super::{Case, HEADING, ITEMS, forms, table, two_files};

#[test]
fn a_row_with_nothing_but_what_is_carried_along_is_no_form() {
    // 4 of 8 were never seen again: the service stands there, the questions are empty, in three ways of being so.
    for empty in [";;", "NA;.;", " ; ;NULL"] {
        let t6 = table(HEADING, 1..=8, |person| match person {
            1..=4 => format!("{person};1;{empty}"),
            _ => format!("{person};1;1;3;4.5"),
        });
        let ran = two_files(&forms(1..=10), &t6).runs();
        assert_eq!(ran.rows(), [18, 14, 4, 0, 0], "{empty:?}");
        assert_eq!((ran.members(), ran.seen("t6")), (10.0, 4.0));
        assert_eq!(ran.change("health", "n_pairs"), 4.0);
        ran.tells(&["t6.csv) rows 2, 3, 4, 5: blank_form: no answer", "counted as blank"]);
        assert_eq!(ran.rejected.lines().filter(|line| line.contains("blank_form")).count(), 4);
    }
}

#[test]
fn a_blank_row_at_the_first_wave_makes_nobody_a_member() {
    let blank =
        |person: u32| if person > 50 { format!("{person};1;;;") } else { format!("{person};1;2;3;1") };
    let t0 = table(HEADING, 1..=60, blank);
    let ran = two_files(&t0, &forms(1..=40)).runs();
    assert_eq!((ran.members(), ran.seen("t6")), (50.0, 40.0));
    // Whoever has a form at the second wave only is not linked: told, and beyond a share the run stops.
    let few = two_files(&t0, &forms(1..=51)).runs();
    assert_eq!(few.seen("t6"), 50.0);
    assert!(
        few.text.contains("1 forms at t6 are of respondents without a form at its first wave"),
        "{}",
        few.text
    );
    two_files(&t0, &forms(1..=60)).stops(5, &["unlinked: 10 of 60 forms at t6 (17 %)"]);
}

#[test]
fn blank_forms_can_be_declared_to_be_forms() {
    let t6 = format!("{HEADING}\n1;1;;;\n2;1;1;1;1\n");
    let case = two_files(&forms(1..=2), &t6).with("[intake]\nblank_form = \"report\"\n");
    assert_eq!(case.runs().seen("t6"), 2.0);
    two_files(&forms(1..=2), &t6)
        .with("[intake]\nblank_form = \"stop\"\n")
        .stops(5, &["row 2: blank_form: no answer to any of the form's own questions"]);
}

/// Two boxes as REDCap exports them, with whether the form was completed.
const BOXES: &str = r#"
[[item]]
name = "drug_1"
column = "drug___1"
label = { nb = "Alkohol" }
type = "binary"
codes = [ { code = 0, nb = "Nei" }, { code = 1, nb = "Ja" } ]
better = "lower"
[[item]]
name = "drug_2"
column = "drug___2"
label = { nb = "Hasj" }
type = "binary"
codes = [ { code = 0, nb = "Nei" }, { code = 1, nb = "Ja" } ]
better = "lower"
[[item]]
name = "complete"
column = "form_complete"
label = { nb = "Status" }
type = "nominal"
codes = [ { code = 0, nb = "Ikke begynt" }, { code = 1, nb = "Begynt" }, { code = 2, nb = "Ferdig" } ]
"#;

const EVENTS: &str =
    "wave_column = { column = \"event\", values = { first_arm_1 = \"t0\", later_arm_1 = \"t6\" } }";

/// An export of REDCap: 12 of 30 were seen again at the second event, of whom 3 have ticked the first box.
fn redcap(repeat: &str) -> String {
    let mut text = "id,event,repeat,health,days,score,drug___1,drug___2,form_complete\n".to_owned();
    for person in 1..=30 {
        text += &format!("{person},first_arm_1,,2,3,1,1,0,2\n");
        text += &match person {
            1..=3 => format!("{person},later_arm_1,,1,2,1,1,0,2\n"),
            4..=12 => format!("{person},later_arm_1,,1,2,1,0,0,2\n"),
            _ => format!("{person},later_arm_1,,,,,0,0,0\n"),
        };
    }
    text + repeat
}

fn of_redcap(text: &str) -> Case {
    Case::new()
        .without_site()
        .more_items(BOXES)
        .source_of(&format!("{EVENTS}\nfile = \"data/r.csv\""), "format = {}")
        .file("r.csv", text)
        .with("[change.boxes]\ncohort = \"all\"\nlabel = { nb = \"Bokser\" }\nvariables = [\"drug_1\"]\nfrom = \"t0\"\nto = \"t6\"\n[table.T3]\nfrom = [\"change.boxes\"]\nlayout = \"change\"\n")
}

#[test]
fn forms_of_redcap_that_were_never_opened_are_none() {
    // Rows of a repeating instrument hold none of the form's own answers either.
    let repeated = "7,later_arm_1,1,,,,0,0,\n7,later_arm_1,2,,,,0,0,\n8,first_arm_1,1,,,,0,0,0\n";
    for (repeat, blank) in [("", 18), (repeated, 21)] {
        let ran = of_redcap(&redcap(repeat)).runs();
        assert_eq!(ran.rows()[1..], [42, blank, 0, 0]);
        assert_eq!((ran.members(), ran.seen("t6")), (30.0, 12.0));
        let boxes = |statistic: &str| ran.estimate("change.boxes", "drug_1@t0>t6", "", statistic);
        // 12 pairs; 9 of them have given it up.
        assert_eq!((boxes("n_pairs"), boxes("improved")), (12.0, 9.0));
    }
}

#[test]
fn boxes_are_boxes_by_what_the_file_calls_them() {
    let renamed = BOXES.replace("column = \"drug___1\"\n", "").replace("column = \"drug___2\"\n", "");
    let case = Case::new()
        .without_site()
        .more_items(&renamed)
        .source_of(
            &format!("{EVENTS}\nfile = \"data/r.csv\""),
            "format = {}\ncolumns = { drug_1 = \"drug___1\", drug_2 = \"drug___2\" }",
        )
        .file("r.csv", redcap(""));
    assert_eq!(case.runs().seen("t6"), 12.0);
}

#[test]
fn a_source_says_what_else_a_form_needs() {
    // One who began and did not complete.
    let begun = redcap("31,first_arm_1,,2,3,1,1,0,2\n31,later_arm_1,,1,,,0,0,1\n");
    let any = of_redcap(&begun).runs();
    assert_eq!(any.seen("t6"), 13.0);
    let mut complete = of_redcap(&begun);
    complete.sources += "form = \"complete = 2\"\n";
    assert_eq!(complete.runs().seen("t6"), 12.0);
    complete.runs().tells(&["row 63: blank_form: answers that do not fulfil what the source says of a form"]);
    for (form, found) in [("score", "it gives a number or a text"), ("days = 'tre'", "cannot be computed")] {
        let mut other = of_redcap(&begun);
        other.sources += &format!("form = \"{form}\"\n");
        other.stops(6, &["`form` of a source", found]);
    }
    complete.sources = complete.sources.replace("complete = 2", "finished = 2");
    complete.stops(3, &["there is no item `finished`"]);
}

#[test]
fn where_all_questions_are_boxes_the_source_tells_what_a_form_is() {
    let text = "id,event,drug___1,drug___2,form_complete\n1,first_arm_1,1,0,2\n2,first_arm_1,0,1,2\n3,first_arm_1,1,1,2\n\
                1,later_arm_1,0,0,2\n2,later_arm_1,0,0,0\n3,later_arm_1,1,0,2\n";
    let of = |more: &str| {
        let mut case = Case::new()
            .items(BOXES)
            .source_of(&format!("{EVENTS}\nfile = \"data/r.csv\""), &format!("format = {{}}\n{more}"))
            .file("r.csv", text)
            .evaluation();
        let pipeline =
            case.read("pipeline.toml").replace("[\"health\", \"days\"]", "[\"drug_1\", \"drug_2\"]");
        case.write("pipeline.toml", pipeline);
        case.id = "first".to_owned();
        let text = case.ran();
        super::Ran::of(&case, text)
    };
    // Nothing tells an answer "none of these" from a form that was never opened.
    assert_eq!(of("").seen("t6"), 1.0);
    let told = of("form = \"complete = 2\"");
    assert_eq!(told.seen("t6"), 2.0);
    assert_eq!((told.change("drug_1", "improved"), told.change("drug_1", "n_pairs")), (1.0, 2.0));
}

#[test]
fn rows_that_a_reshape_made_are_no_forms() {
    let text = "id,time,health,days,score\n1,0,2,3,1\n1,6,1,3,1\n2,0,2,3,1\n2,6,NA,NA,NA\n3,0,2,3,1\n3,6,NA,NA,NaN\n";
    let column =
        "wave_column = { column = \"time\", values = { 0 = \"t0\", 6 = \"t6\" } }\nfile = \"data/l.csv\"";
    let ran = Case::new().without_site().source_of(column, "format = {}").file("l.csv", text).runs();
    assert_eq!(ran.rows(), [6, 4, 2, 0, 0]);
    assert_eq!(ran.seen("t6"), 1.0);
}

#[test]
fn second_headings_are_nobody() {
    let headings = [
        // SurveyXact, SoSci: the question below the column's name.
        "Respondent;Hvor bor du;Hvordan er helsen?;Dager;Skår\n",
        // Qualtrics: that, and what it imports by.
        "Response ID;Where?;How is your health?;Days;Score\n{\"ImportId\":\"_id\"};{\"ImportId\":\"QID1\"};{\"ImportId\":\"QID2\"};{\"ImportId\":\"QID3\"};{\"ImportId\":\"QID4\"}\n",
    ];
    for heading in headings {
        let below = |text: String| text.replacen('\n', &format!("\n{heading}"), 1);
        let ran = two_files(&below(forms(1..=10)), &below(forms(1..=8))).runs();
        let lines = heading.lines().count() as u64;
        assert_eq!(ran.rows(), [18 + 2 * lines, 18, 0, 2 * lines, 0]);
        assert_eq!((ran.members(), ran.seen("t6")), (10.0, 8.0));
        ran.tells(&["second_heading: words in every column", "format = { skip = … }"]);
        // The same, where the pipeline knows.
        let skip = format!("format = {{ delimiter = \";\", skip = {lines} }}");
        let known = Case::new()
            .source("t0", &skip)
            .source("t6", &skip)
            .file("t0.csv", below(forms(1..=10)))
            .file("t6.csv", below(forms(1..=8)))
            .runs();
        known.is_clean();
        assert_eq!(known.rows(), [18, 18, 0, 0, 0]);
    }
}

#[test]
fn a_second_heading_over_one_question() {
    let one = "[[item]]\nname = \"health\"\nlabel = { nb = \"Helse\" }\ntype = \"integer\"\nbetter = \"lower\"\n[[item]]\nname = \"days\"\nlabel = { nb = \"Dager\" }\ntype = \"text\"\n";
    let heading = "id;health;days";
    let forms = |id: &str| table(heading, 1..=40, |person| format!("{id}{person};2;x"));
    for (words, id) in [("Nummer;Din helse;", ""), ("Respondent ID;Sjølvrapportert;Notat", "P")] {
        let t0 = forms(id).replacen('\n', &format!("\n{words}\n"), 1);
        let case = two_files(&t0, &forms(id)).items(one);
        let evaluation = case.evaluation();
        let pipeline = evaluation.read("pipeline.toml").replace("[\"health\", \"days\"]", "[\"health\"]");
        evaluation.write("pipeline.toml", pipeline);
        let text = evaluation.ran();
        let ran = super::Ran::of(&evaluation, text);
        assert_eq!(ran.members(), 40.0);
        ran.tells(&["row 2: second_heading"]);
    }
}

#[test]
fn people_whose_answers_cannot_be_read_are_no_second_heading() {
    let t6 =
        format!("{HEADING}\n1;1;-;-;-\n") + &table("", 2..=40, |person| format!("{person};1;1;3;4.5"))[1..];
    let ran = two_files(&forms(1..=40), &t6).runs();
    assert_eq!(ran.rows()[3], 0, "{}", ran.text);
    ran.tells(&["row 2, item health: type: not a number"]);
    let case = Case::new()
        .source("t0", "")
        .source("t6", "format = { delimiter = \";\", missing = [\"-\"] }")
        .file("t0.csv", forms(1..=40))
        .file("t6.csv", &t6);
    assert_eq!(case.runs().seen("t6"), 39.0);
}

/// The last row has their number in the place of an id, and the sums or the means of the rows above.
#[test]
fn a_last_row_that_adds_up_the_others_is_nobody() {
    let days = [3, 7, 0, 12, 30, 5, 9, 1, 4];
    let rows = |last: &str| {
        let row = |(place, days): (usize, &i32)| {
            format!("{};1;{};{days};{}.5\n", 100 + place, 1 + place % 3, place)
        };
        let persons: String = days.iter().enumerate().map(row).collect();
        format!("{HEADING}\n{persons}{last}")
    };
    let later: String = (100..109).map(|id| format!("{id};1;2;3;1.5\n")).collect();
    let case = |last: &str, more: &str| {
        let files = Case::new().source("t0", more).source("t6", "").file("t0.csv", rows(last));
        files.file("t6.csv", format!("{HEADING}\n{later}"))
    };
    // 71 days and 40.5 points in all; 7.89 days and 4.5 points on the average.
    let mean = f64::from(days.iter().sum::<i32>()) / 9.0;
    let without = "respondent = { column = \"id\", without = [\"9\"] }";
    for last in ["9;;18;71;40.5\n".to_owned(), "9;1;2;71;40.5\n".to_owned(), format!("9;;;{mean};4.5\n")] {
        let told = "t0.csv) row 11: sums_row: the last row has the sums or means of the rows above it in ";
        case(&last, "").stops(5, &[told, "without = "]);
        let left_out = case(&last, without).runs();
        assert_eq!([left_out.seen("t0"), left_out.members()], [9.0, 9.0]);
    }
    let kept = case("9;1;2;71;40.5\n", "").with("[intake]\nsums_row = \"report\"\nrange = \"report\"\n");
    assert_eq!(kept.runs().seen("t0"), 10.0);
    // A person's own answers, of which one adds up by accident.
    let person = case("200;1;2;71;3.5\n", "").with("[intake]\nrange = \"report\"\n");
    assert_eq!(person.runs().seen("t0"), 10.0);
}

#[test]
fn totals_are_nobody() {
    for word in ["Total", "Totalt", "Sum:", "I alt", "Summa", "Gesamt", "Somme", "Total (n = 10)"] {
        let t0 = forms(1..=10) + &format!("{word};;2;30;45\n");
        let ran = two_files(&t0, &forms(1..=8)).runs();
        assert_eq!((ran.rows(), ran.members()), ([19, 18, 0, 1, 0], 10.0), "{word}");
        ran.tells(&["t0.csv) row 12: totals_row: a row of totals; expected a respondent's id"]);
    }
}

#[test]
fn a_file_name_is_no_answer() {
    // Only the file's name says anything of person 2, though the file has the column too.
    let items = ITEMS.replace("constant = true\n", "");
    let ran = Case::new()
        .items(&items)
        .source_of("wave = \"t0\"\nfile = \"data/{site}-t0.csv\"", "")
        .source_of("wave = \"t6\"\nfile = \"data/{site}-t6.csv\"", "")
        .file("Oslo-t0.csv", forms(1..=2))
        .file("Oslo-t6.csv", format!("{HEADING}\n1;1;1;1;1\n2;1;;;\n"))
        .runs();
    assert_eq!(ran.rows(), [4, 3, 1, 0, 0]);
    assert_eq!(ran.seen("t6"), 1.0);
}
