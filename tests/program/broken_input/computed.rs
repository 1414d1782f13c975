//! Questions that cannot be computed on the data, and those that can but give nothing.

use super::{accepted, evaluation, refused};

const FILE: &str = "pipeline.toml";
const SQL: &str = "sql = \"health = 3\"";

#[test]
fn text_compared_with_a_number() {
    let broken = evaluation();
    broken.edit(FILE, SQL, "sql = \"note = 3\"");
    refused(
        &broken,
        6,
        &[
            "the variable `serious` cannot be computed",
            "the expression: note = 3",
            "compare numbers with numbers",
        ],
    );
}

#[test]
fn text_that_is_no_number_at_run_time() {
    let broken = evaluation();
    broken.edit(FILE, SQL, "sql = \"CAST(note AS INTEGER) = 3\"");
    refused(&broken, 6, &["the variable `serious` cannot be computed", "CAST(note AS INTEGER)"]);
}

#[test]
fn text_as_a_result() {
    let broken = evaluation();
    broken.edit(FILE, SQL, "sql = \"note\"");
    refused(&broken, 6, &["the variable `serious` cannot be computed", "its result is not a number"]);
}

#[test]
fn a_function_that_does_not_exist() {
    let broken = evaluation();
    broken.edit(FILE, SQL, "sql = \"NOSUCH(health) = 3\"");
    refused(&broken, 3, &["pipeline.toml:", "this is not a SQL expression", "nosuch"]);
}

#[test]
fn a_derived_code_that_is_not_declared() {
    let broken = evaluation();
    let codes =
        "sql = \"health\"\ntype = \"ordinal\"\ncodes = [{ code = 1, en = \"a\" }, { code = 2, en = \"b\" }]";
    broken.edit(FILE, SQL, codes);
    broken.edit(
        FILE,
        "outcome = \"serious@after\"\nterms = [\"serious@before\", ",
        "outcome = \"sex\"\nterms = [",
    );
    broken.edit(FILE, "terms = [\"sex\", ", "terms = [");
    refused(
        &broken,
        6,
        &[
            "the variable `serious` cannot be computed",
            "it gives a value that is none of its codes",
            "list every code, or give NULL",
        ],
    );
}

#[test]
fn a_cohort_with_nobody() {
    let broken = evaluation();
    broken.edit(FILE, "[cohort.everyone]", "[cohort.everyone]\nonly = \"age > 120\"");
    refused(
        &broken,
        6,
        &[
            "the cohort `everyone` has nobody",
            "no row fulfils its condition: age > 120",
            "check the condition",
        ],
    );
}

/// Nothing is wrong with the question, so the run goes through; the table and the summary say that there is no answer.
#[test]
fn an_outcome_with_one_value() {
    let broken = evaluation();
    broken.edit(FILE, SQL, "sql = \"health > 3\"");
    accepted(&broken, &["model.serious: constant_outcome: Everyone in the analysis has the same outcome"]);
    // That everyone had the same outcome says something of each of them: the researcher is told, the reader is not.
    let released = |file: &str| std::fs::read_to_string(broken.place().join("release").join(file)).unwrap();
    let table = released("tables/T4.en.md");
    assert!(table.contains("Something about this model is not shown"), "{table}");
    assert!(!table.contains("same outcome") && !released("estimates.csv").contains("constant_outcome"));
    broken.edit(FILE, "policy = \"min5\"", "policy = \"none\"");
    accepted(&broken, &["model.serious: constant_outcome"]);
    assert!(released("tables/T4.en.md").contains("Everyone in the analysis has the same outcome"));
    assert!(released("estimates.csv").contains("constant_outcome"));
}

/// What is divided by zero has no value, and is not infinite.
#[test]
fn a_number_divided_by_zero() {
    let broken = evaluation();
    broken.edit(FILE, "[variable.serious]", "[variable.ratio]\ninstrument = \"form\"\ntype = \"decimal\"\nsql = \"days_used / (health - 1)\"\n\n[variable.serious]");
    broken.edit(FILE, "\"days_used\", \"serious\"]", "\"days_used\", \"ratio\", \"serious\"]");
    accepted(&broken, &["steps done"]);
    let estimates = std::fs::read_to_string(broken.place().join("release/estimates.csv")).unwrap();
    let of_ratio: Vec<&str> =
        estimates.lines().filter(|line| line.contains(",ratio@before>after,")).collect();
    assert!(
        !of_ratio.is_empty() && of_ratio.iter().all(|line| !line.contains("not_finite")),
        "{of_ratio:#?}"
    );
}

#[test]
fn sums_over_rows() {
    let broken = evaluation();
    for sql in ["health > AVG(health)", "ROW_NUMBER() OVER (ORDER BY age) < 5", "COUNT(*) > 3"] {
        broken.edit(FILE, SQL, &format!("sql = \"{sql}\""));
        refused(
            &broken,
            3,
            &["pipeline.toml:", "it counts, sums, ranks or selects over rows", "from that row alone"],
        );
        broken.edit(FILE, &format!("sql = \"{sql}\""), SQL);
    }
}

#[test]
fn an_expression_that_is_too_long() {
    let broken = evaluation();
    let long = vec!["health = 3"; 10_000].join(" OR ");
    broken.edit(FILE, SQL, &format!("sql = \"{long}\""));
    refused(&broken, 3, &["pipeline.toml:", "operators; write x IN (1, 2, …)"]);
}
