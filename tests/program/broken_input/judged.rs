//! Mistakes in what is asked of change that was judged.

use super::{evaluation, refused, says};
use crate::common::Evaluation;

const FILE: &str = "pipeline.toml";

/// The evaluation with the housing of after taken for a rating of the change in health.
fn rated() -> Evaluation {
    let evaluation = evaluation();
    evaluation.edit(
        FILE,
        "[describe.start]",
        "[agreement.health]\ncohort = \"everyone\"\nfrom = \"before\"\nto = \"after\"\nrated = \"housing@after\"\nbetter = [1]\n\
         unchanged = [2]\nworse = [3]\n\n[describe.start]",
    );
    evaluation.append(
        FILE,
        "\n[table.T5]\nfrom = [\"agreement.health\"]\nlayout = \"agreement\"\n\n[table.T6]\nfrom = [\"agreement.health\"]\n\
         layout = \"rated_change\"\n",
    );
    evaluation
}

/// That an edit of the evaluation is refused at the line that then holds `at`.
fn mistake(from: &str, to: &str, at: &str, phrases: &[&str]) {
    let broken = rated();
    broken.edit(FILE, from, to);
    let place = broken.line(FILE, at);
    refused(&broken, 3, &[&[place.as_str()], phrases].concat());
}

#[test]
fn a_rating_is_held_against_the_difference() {
    let evaluation = rated();
    let said = evaluation.run(&[]);
    assert_eq!(said.code, 0, "{}", said.text);
    let estimates = std::fs::read_to_string(evaluation.place().join("release/estimates.csv")).unwrap();
    for number in
        [",1>1,rated_differenced,", ",agreed_share,", ",kappa_quadratic,", ",housing@after=3,rated_level,-1,"]
    {
        assert!(estimates.contains(number), "{number}");
    }
    let said = evaluation.explain(&["agreement.health//health@before>after//kappa"]);
    says(&said, &["Cohen's kappa", "agreement of housing@after with change of health@before>after"]);
}

#[test]
fn each_code_of_the_rating_says_one_thing() {
    mistake(
        "worse = [3]",
        "worse = [4]",
        "worse = [4]",
        &["`housing@after` has no code 4", "its codes: 1, 2, 3"],
    );
    mistake("worse = [3]", "worse = [3, 1]", "worse = [3, 1]", &["the code 1 is said to mean two things"]);
    mistake(
        "worse = [3]",
        "worse = []",
        "rated = \"housing@after\"",
        &["nothing says what the code 3 of `housing@after` means", "`better`, `unchanged` or `worse`"],
    );
}

#[test]
fn change_is_rated_at_the_later_wave_by_codes() {
    let at = |rated: &str| format!("rated = \"{rated}\"");
    let rated = |with: &str, phrases: &[&str]| mistake(&at("housing@after"), &at(with), &at(with), phrases);
    rated("housing@before", &["`housing@before` was not rated at `after`", "\"housing@after\""]);
    rated("days_used@after", &["`days_used@after` has no codes that say better or worse"]);
}

#[test]
fn what_is_differenced_has_a_better_direction_and_two_waves() {
    let of = |name: &str| format!("rated = \"housing@after\"\nof = \"{name}\"");
    mistake("rated = \"housing@after\"", &of("heath"), "of = \"heath\"", &["heath@before", "health@before"]);
    mistake(
        "to = \"after\"\nrated",
        "to = \"before\"\nrated",
        "to = \"before\"",
        &["from a wave to a later one"],
    );
    let broken = rated();
    broken.edit("dictionary.toml", "range = [0, 28]\nbetter = \"lower\"", "range = [0, 28]");
    broken.edit(FILE, "rated = \"housing@after\"", &of("days_used"));
    refused(&broken, 3, &["no direction of `days_used` is declared better", "better = \"higher\""]);
}

/// The evaluation with two goals.
fn with_goals() -> Evaluation {
    let evaluation = evaluation();
    evaluation.edit(
        FILE,
        "[describe.start]",
        "[goals.attained]\ncohort = \"everyone\"\ngoals = [\"housing@after\", \"health@after\"]\nlevels = { 1 = 0, 2 = -1, 3 = -2 }\n\
         weights = [1, 2]\n\n[describe.start]",
    );
    evaluation.append(FILE, "\n[table.T5]\nfrom = [\"goals.attained\"]\nlayout = \"goals\"\n");
    evaluation
}

#[test]
fn goals_are_summed_up_and_shown() {
    let evaluation = with_goals();
    let said = evaluation.run(&[]);
    assert_eq!(said.code, 0, "{}", said.text);
    let estimates = std::fs::read_to_string(evaluation.place().join("release/estimates.csv")).unwrap();
    for number in
        ["housing@after,-2,attainment,", ",attained_share,", ",goal_t_mean,", "health@after,3,goal_level,-2,"]
    {
        assert!(estimates.contains(number), "{number}");
    }
    let said = evaluation.explain(&["goals.attained////goal_t_mean"]);
    says(&said, &["Mean of the persons' T scores", "Kiresuk & Sherman 1968", "attainment of housing@after"]);
}

#[test]
fn each_code_of_a_goal_has_a_level_from_much_less_to_much_more() {
    let goal = |from: &str, to: &str, phrases: &[&str]| {
        let broken = with_goals();
        broken.edit(FILE, from, to);
        let place = broken.line(FILE, to.lines().next().unwrap_or(to));
        refused(&broken, 3, &[&[place.as_str()], phrases].concat());
    };
    goal("3 = -2 }", "3 = -3 }", &["-3 is not a level of attainment", "from -2, much less than expected"]);
    goal("3 = -2 }", "none = -2 }", &["`none` is no code"]);
    goal("weights = [1, 2]", "weights = [1]", &["1 weights for 2 goals", "one weight for each goal"]);
    goal("weights = [1, 2]", "weights = [1, 0]", &["a weight is not above 0"]);
    goal("weights = [1, 2]", "rho = 1.5", &["a correlation between ratings lies between 0 and 1"]);
    goal(
        "\"health@after\"]\nlevels",
        "\"housing@after\"]\nlevels",
        &["the goal `housing@after` stands twice"],
    );
    goal("\"health@after\"]\nlevels", "\"age\"]\nlevels", &["`age` has no codes to read as levels"]);
    let broken = with_goals();
    broken.edit(FILE, ", 3 = -2 }", " }");
    refused(&broken, 3, &["no level is said for the code 3 of `housing@after`", "add it to `levels`"]);
}

const DICTIONARY: &str = "dictionary.toml";
const THRESHOLDS: &str = "thresholds.toml";

/// The evaluation with made-up thresholds for its days of use.
fn with_classes() -> Evaluation {
    let evaluation = evaluation();
    evaluation.write(
        THRESHOLDS,
        "format = 1\nsource = \"made up for a test\"\nwindow = 28\n[[substance]]\nname = \"any\"\nimproved = 6\ndeteriorated = 4\n",
    );
    evaluation.edit(
        DICTIONARY,
        "range = [0, 28]",
        "range = [0, 28]\nuse = { thresholds = \"thresholds.toml\", substance = \"any\" }",
    );
    evaluation.edit(
        FILE,
        "[model.serious]",
        "[change.days_used]\ncohort = \"everyone\"\nfrom = \"before\"\nto = \"after\"\n\n[model.serious]",
    );
    evaluation.append(FILE, "\n[table.T5]\nfrom = [\"change.days_used\"]\nlayout = \"use_classes\"\n");
    evaluation
}

#[test]
fn classes_of_use_say_where_their_thresholds_stand() {
    let evaluation = with_classes();
    let said = evaluation.run(&[]);
    assert_eq!(said.code, 0, "{}", said.text);
    let table = std::fs::read_to_string(evaluation.place().join("release/tables/T5.en.md")).unwrap();
    let note = "Days of substance use: at least 6 days fewer is less use, and at least 4 days more is more, of 28 days \
                (made up for a test).";
    assert!(table.contains(note), "{table}");
    let steps = evaluation.run(&[]);
    says(&steps, &["nothing"]);
    evaluation.edit(THRESHOLDS, "improved = 6", "improved = 7");
    says(&evaluation.run(&[]), &["change.days_used"]);
}

#[test]
fn thresholds_have_a_source_and_are_for_the_window_that_is_asked_about() {
    let refuse = |file: &str, from: &str, to: &str, phrases: &[&str]| {
        let broken = with_classes();
        broken.edit(file, from, to);
        let place = broken.line(file, to);
        refused(&broken, 3, &[&[place.as_str()], phrases].concat());
    };
    refuse(THRESHOLDS, "source = \"made up for a test\"", "source = \" \"", &["thresholds have a source"]);
    refuse(THRESHOLDS, "improved = 6", "improved = 29", &["a threshold of 29 days in a window of 28"]);
    refuse(THRESHOLDS, "improved = 6", "improvd = 6", &["improvd", "improved"]);
    refuse(DICTIONARY, "substance = \"any\"", "substance = \"ani\"", &["no thresholds for `ani`", "any"]);
    let unfit = |from: &str, to: &str, phrases: &[&str]| {
        let broken = with_classes();
        broken.edit(DICTIONARY, from, to);
        let place = broken.line(DICTIONARY, "use = {");
        refused(&broken, 3, &[&[place.as_str()], phrases].concat());
    };
    unfit(
        "range = [0, 28]",
        "range = [0, 30]",
        &["`days_used` allows days outside the window of 28", "range = [0, 28]"],
    );
    unfit("\nbetter = \"lower\"\nunit", "\nunit", &["fewer days of `days_used` are not declared better"]);
}
