//! Mistakes that are made in writing a pipeline: what was found, what was expected, what to do.

use super::{Case, ITEMS, forms, two_files};

fn usual() -> Case {
    two_files(&forms(1..=6), &forms(1..=5))
}

#[test]
fn numbers_in_quotation_marks() {
    let mut months = usual();
    months.waves = months.waves.replace("month = 6", "month = \"6\"");
    months.stops(3, &["`month` is a number, and stands in quotation marks", "month = 6"]);
    let limit = usual().with("[limits]\nunread = \"0.2\"\n");
    limit.stops(3, &["`unread` is a number, and stands in quotation marks"]);
    let code = ITEMS.replace("{ code = 1, nb = \"Oslo\" }", "{ code = \"O\", nb = \"Oslo\" }");
    usual().items(&code).stops(3, &["`code` is a whole number, and a text stands here", "written = ["]);
}

#[test]
fn paths_of_windows() {
    for path in ["C:\\data\\t6.csv", "data\\wave2.csv"] {
        let mut case = usual();
        case.sources = case.sources.replace("data/t6.csv", path);
        case.stops(
            3,
            &["a \\ stands in a text between double quotes", "write a path with / or between single quotes"],
        );
    }
    let mut tab = usual();
    tab.sources = tab.sources.replace("data/t6.csv", "data\\t6.csv");
    tab.stops(3, &["write a path with / or between single quotes"]);
}

#[test]
fn what_there_is_not_yet_is_said_plainly() {
    let model = |outcome: &str, terms: &str, more: &str| {
        let derived = "[variable.bad]\ninstrument = \"form\"\nsql = \"health > 1\"\nlabel = { nb = \"Plager\" }\nbetter = \"lower\"\n";
        usual().with(&format!("{derived}[model.m]\ncohort = \"all\"\nlabel = {{ nb = \"Modell\" }}\noutcome = \"{outcome}\"\nterms = [{terms}]\n{more}"))
    };
    for terms in ["\"site*health@t0\"", "\"site:days@t0\""] {
        model("bad@t6", terms, "")
            .stops(3, &["is no variable, and a model has no interactions yet", "each term is one variable"]);
    }
    for outcome in ["days@t6", "score@t6"] {
        model(outcome, "\"site\"", "")
            .stops(3, &["is not binary: a model is a logistic regression, and there is no linear one"]);
    }
    for weights in ["score@t0", "site"] {
        model("bad@t6", "\"site\"", &format!("weights = \"{weights}\"\n"))
            .stops(3, &["there is no attrition", "as of a survey's design, cannot be used"]);
    }
    for cluster in ["site", "health@t0"] {
        let change = format!(
            "[change.by]\ncohort = \"all\"\nlabel = {{ nb = \"Endring\" }}\nvariables = [\"days\"]\nfrom = \"t0\"\nto = \"t6\"\ncluster = \"{cluster}\"\n"
        );
        usual().with(&change).stops(3, &["change has no `cluster`", "leave it out"]);
    }
}

#[test]
fn files_that_are_not_there() {
    let mut case = usual();
    case.sources = case.sources.replace("data/t6.csv", "data/T6.CSV");
    case.stops(4, &["found no file at", "did you mean `t6.csv`?"]);
    case.sources = case.sources.replace("data/T6.CSV", "data");
    case.stops(4, &["found a folder at"]);
    case.sources = case.sources.replace("file = \"data\"", "file = []");
    case.stops(3, &["the source names no file", "write file = \"data/w1.csv\""]);
}

#[test]
fn a_source_says_its_wave_in_one_way() {
    let none = Case::new().source_of("file = \"data/t0.csv\"", "").file("t0.csv", forms(1..=2));
    none.stops(3, &["a source needs exactly one of `wave`, `wave_column`, `wave_by` and `wide`"]);
    let both = Case::new().source("t0", "wave_by = { days = \"day\" }").file("t0.csv", forms(1..=2));
    both.stops(
        3,
        &[
            "a source needs exactly one of `wave`, `wave_column`, `wave_by` and `wide`",
            "wave_by = { date = \"dato\" }",
        ],
    );
    let two = Case::new().source_of("file = \"data/t0.csv\"\nwave_by = { days = \"d\", date = \"d\" }", "");
    two.stops(3, &["`wave_by` has either `date` or `days`"]);
    let ranges = "file = \"data/t0.csv\"\nwave_column = { column = \"day\", ranges = { t0 = [\"2024-01-01\", \"2024-06-30\"] } }";
    Case::new().source_of(ranges, "").stops(3, &["unknown key `ranges`", "known here: column, values"]);
}

#[test]
fn the_column_of_the_id_must_be_there() {
    for column in ["respondent", "pid"] {
        let mut case = usual();
        case.sources = case.sources.replace("respondent = \"id\"", &format!("respondent = \"{column}\""));
        case.stops(
            5,
            &[&format!("the file has no column \"{column}\"; expected it as the pipeline's `respondent`")],
        );
    }
}

#[test]
fn keys_that_can_be_written_in_two_ways_say_both() {
    let with = |from: &str, to: &str| {
        let mut case = usual();
        case.sources = case.sources.replacen(from, to, 1);
        case
    };
    for respondent in ["{ column = \"id\", ignore = [\"zeros\"] }", "{ column = \"id\", zeros = 4 }", "4"] {
        let case = with("respondent = \"id\"", &format!("respondent = {respondent}"));
        case.stops(3, &["found no column of ids", "ignore = [\"leading_zeros\"] }"]);
    }
    for keep in ["\"newest\"", "{ which = \"last\", order = \"sent\" }"] {
        let case = with("respondent", &format!("keep = {keep}\nrespondent"));
        case.stops(3, &["found no rule of which form counts", "{ which = \"last\", by = \"sent\" }"]);
    }
    with("file = \"data/t0.csv\"", "file = 1")
        .stops(3, &["found no name of a file", "or a list of such names"]);
    with("delimiter = \";\"", "delimiter = \";\", date = 1")
        .stops(3, &["found no pattern of dates", "\"excel\""]);
}

#[test]
fn two_waves_from_the_same_columns_of_one_file() {
    for more in ["", "columns = { health = \"health\" }"] {
        let case = Case::new()
            .source_of("wave = \"t0\"\nfile = \"data/a.csv\"", "")
            .source_of("wave = \"t6\"\nfile = [\"data/a.csv\"]", more)
            .file("a.csv", forms(1..=3));
        case.stops(
            3,
            &[
                "`form@t0` and `form@t6` read the same columns of the same file",
                "wide = { pattern",
                "wave_column",
            ],
        );
    }
}
