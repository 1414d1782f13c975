//! Mistakes in trajectories, steps and families.

use super::{evaluation, refused, says};
use crate::common::Evaluation;

const FILE: &str = "pipeline.toml";

/// The evaluation with a trajectory and a family.
fn with_trajectory() -> Evaluation {
    let evaluation = evaluation();
    evaluation.append(
        FILE,
        r#"
[trajectory.course]
cohort = "everyone"
variables = ["health", "days_used"]
waves = ["before", "after"]
flow = true
[family.main]
of = ["change.problems"]
[table.T5]
from = ["trajectory.course"]
layout = "trajectory"
[table.T6]
from = ["family.main"]
layout = "family"
"#,
    );
    evaluation
}

/// That an edit is refused at the line that then holds `at`.
fn mistake(from: &str, to: &str, at: &str, phrases: &[&str]) {
    let broken = with_trajectory();
    broken.edit(FILE, from, to);
    let place = broken.line(FILE, at);
    refused(&broken, 3, &[&[place.as_str()], phrases].concat());
}

#[test]
fn what_is_asked_for_runs_and_is_shown() {
    let evaluation = with_trajectory();
    let said = evaluation.run(&[]);
    assert_eq!(said.code, 0, "{}", said.text);
    let estimates = std::fs::read_to_string(evaluation.place().join("release/estimates.csv")).unwrap();
    for number in [",wave_mean_low,", ",flow_share,", ",p_holm,", ",p_bh,", ",family_size,4"] {
        assert!(estimates.contains(number), "{number}");
    }
    let said = evaluation.explain(&["family.main//days_used@before>after//p_holm"]);
    says(&said, &["Holm", "4 tests of change.problems adjusted for multiple tests"]);
}

#[test]
fn a_wave_that_is_not_the_cohorts_and_one_wave_only() {
    mistake(
        "waves = [\"before\", \"after\"]",
        "waves = [\"before\", \"afterwards\"]",
        "afterwards",
        &["there is no wave of this cohort `afterwards`", "after"],
    );
    mistake(
        "waves = [\"before\", \"after\"]",
        "waves = [\"after\", \"before\"]",
        "waves = [\"after\"",
        &["a trajectory has at least two waves, in order", "waves in order: before, after"],
    );
}

#[test]
fn a_variable_twice_and_a_flow_of_a_number() {
    mistake(
        "variables = [\"health\", \"days_used\"]",
        "variables = [\"health\", \"health\"]",
        "variables = [\"health\", \"health\"]",
        &["`health` stands twice"],
    );
    mistake(
        "variables = [\"health\", \"days_used\"]",
        "variables = [\"days_used\"]",
        "variables = [\"days_used\"]",
        &["none of the variables has codes to flow between", "flow = true"],
    );
}

#[test]
fn a_family_of_what_is_no_change_and_of_a_comparison_twice() {
    mistake(
        "of = [\"change.problems\"]",
        "of = [\"change.problem\"]",
        "of = [\"change.problem\"]",
        &["there is no change analysis `change.problem`", "change.problems"],
    );
    mistake(
        "of = [\"change.problems\"]",
        "of = [\"change.problems\", \"change.again\"]\n[change.again]\ncohort = \"everyone\"\nvariables = [\"health\"]\nfrom = \"before\"\nto = \"*\"",
        "of = [\"change.problems\", \"change.again\"]",
        &["`health@before>after` is also in `change.problems`", "counts once in a family"],
    );
    mistake("of = [\"change.problems\"]", "of = []", "of = []", &["a family has at least two tests"]);
}

#[test]
fn a_flow_of_what_has_no_levels_in_a_table() {
    let broken = with_trajectory();
    broken.edit(FILE, "layout = \"trajectory\"", "layout = \"flow\"");
    refused(&broken, 3, &["would leave out `days_used@before`", "layouts that fit", "trajectory"]);
}
