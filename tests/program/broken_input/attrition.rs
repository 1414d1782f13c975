//! Mistakes in attrition and weights, and loss that no weights can be made of.

use super::{evaluation, refused, says};
use crate::common::Evaluation;

const FILE: &str = "pipeline.toml";

/// The evaluation with an attrition and all that is weighted by it.
fn weighted() -> Evaluation {
    let evaluation = evaluation();
    evaluation.edit(
        FILE,
        "[describe.start]",
        "[attrition.after]\ncohort = \"everyone\"\nwave = \"after\"\nterms = [\"age\", \"sex\", \"health@before\"]\n\n[describe.start]",
    );
    evaluation.edit(FILE, "to = \"*\"", "to = \"*\"\nweights = \"after\"");
    evaluation.edit(FILE, "outcome = \"serious@after\"", "outcome = \"serious@after\"\nweights = \"after\"");
    evaluation.append(FILE, "\n[table.T5]\nfrom = [\"attrition.after\"]\nlayout = \"attrition\"\n");
    evaluation
}

/// That an edit of the weighted evaluation is refused at the line that then holds `at`.
fn mistake(from: &str, to: &str, at: &str, phrases: &[&str]) {
    let broken = weighted();
    broken.edit(FILE, from, to);
    let place = broken.line(FILE, at);
    refused(&broken, 3, &[&[place.as_str()], phrases].concat());
}

#[test]
fn what_is_weighted_runs_and_is_shown() {
    let evaluation = weighted();
    let said = evaluation.run(&[]);
    assert_eq!(said.code, 0, "{}", said.text);
    let estimates = std::fs::read_to_string(evaluation.place().join("release/estimates.csv")).unwrap();
    for number in [",smd,", ",weight_mean,", ",weighted_mean_change,", ",weighted_odds_ratio,"] {
        assert!(estimates.contains(number), "{number}");
    }
    let said =
        evaluation.explain(&["attrition.after/after//age/smd".replace("/after//age", "//age/").as_str()]);
    says(&said, &["Standardised mean difference", "pooled sd", "who was lost at after"]);
}

#[test]
fn a_wave_at_which_nobody_can_have_been_lost() {
    let broken = weighted();
    broken.edit(FILE, "wave = \"after\"\nterms", "wave = \"before\"\nterms");
    refused(&broken, 3, &["there is no later wave of this cohort `before`", "after"]);
}

#[test]
fn a_term_that_the_lost_cannot_have() {
    mistake(
        "\"health@before\"]\n\n[describe",
        "\"health@after\"]\n\n[describe",
        "terms = [\"age\", \"sex\", \"health@after\"]",
        &["`health@after` reads the wave `after`, at which the lost were not seen", "known before `after`"],
    );
}

#[test]
fn no_terms() {
    let broken = weighted();
    broken.edit(FILE, "terms = [\"age\", \"sex\", \"health@before\"]\n\n", "terms = []\n\n");
    refused(&broken, 3, &["there are no terms", "what was known of everyone at the first wave"]);
}

#[test]
fn quantiles_that_are_none() {
    let to = "wave = \"after\"\ntruncate = [0.99, 0.01]\nterms";
    mistake("wave = \"after\"\nterms", to, "truncate", &["two quantiles between 0 and 1", "[0.01, 0.99]"]);
}

#[test]
fn weights_that_do_not_exist() {
    mistake(
        "to = \"*\"\nweights = \"after\"",
        "to = \"*\"\nweights = \"aftr\"",
        "aftr",
        &["there is no attrition `aftr`", "did you mean `after`?"],
    );
}

#[test]
fn weights_of_another_cohort() {
    let broken = weighted();
    broken.edit(FILE, "[describe.start]", "[cohort.others]\ninstrument = \"form\"\n\n[describe.start]");
    broken.edit(FILE, "[attrition.after]\ncohort = \"everyone\"", "[attrition.after]\ncohort = \"others\"");
    refused(&broken, 3, &["`attrition.after` is about the cohort `others`", "this is about `everyone`"]);
}

#[test]
fn weights_for_an_outcome_at_another_wave() {
    let broken = weighted();
    broken.edit(
        FILE,
        "outcome = \"serious@after\"\nweights = \"after\"\nterms = [\"serious@before\"",
        "outcome = \"serious@before\"\nweights = \"after\"\nterms = [\"health@after\"",
    );
    refused(&broken, 3, &["`attrition.after` is about `after`, and the outcome is `serious@before`"]);
}

#[test]
fn where_nobody_was_lost_there_are_no_weights_and_that_is_said() {
    let evaluation = weighted();
    evaluation.edit(
        FILE,
        "label = { nb = \"Alle\"",
        "only = \"\\\"health@after\\\" IS NOT NULL OR \\\"housing@after\\\" IS NOT NULL\"\nlabel = { nb = \"Alle\"",
    );
    let said = evaluation.run(&[]);
    assert_eq!(said.code, 0, "{}", said.text);
    says(&said, &["no_weights"]);
}
