//! What `utfall explain` tells of a number is what the report folds out below its table.

use crate::common::Evaluation;

/// Text as it stands on the page.
fn plain(page: &str) -> String {
    let decoded =
        [("&quot;", "\""), ("&#x2f;", "/"), ("&lt;", "<"), ("&gt;", ">"), ("&#x27;", "'"), ("&amp;", "&")];
    decoded.iter().fold(page.to_owned(), |page, (escape, letter)| page.replace(escape, letter))
}

#[test]
fn a_number_is_explained_in_the_terminal_as_on_the_page() {
    let evaluation = Evaluation::first();
    evaluation.ran();
    let page = plain(&std::fs::read_to_string(evaluation.place().join("release/report.en.html")).unwrap());
    let estimates = std::fs::read_to_string(evaluation.place().join("release/estimates.csv")).unwrap();
    let number =
        estimates.lines().find(|line| line.contains(",t_p,") && line.starts_with("change.")).unwrap();
    let field: Vec<&str> = number.split(',').collect();
    let id = [field[0], field[2], field[3], field[4], field[5]].join("/");
    let said = evaluation.explain(&[&id]);
    assert_eq!(said.code, 0, "{}", said.text);
    for heading in ["what it is", "formula", "population", "question", "in R", "in Python"] {
        assert!(said.text.contains(&format!("\n  {heading}")), "{heading}: {}", said.text);
    }
    let lines = said.text.lines().map(str::trim);
    let told = lines.filter(|line| line.starts_with("pairs") || line.starts_with("compare("));
    let told: Vec<&str> = told.collect();
    assert!(told.len() >= 4, "the code in both languages: {}", said.text);
    for line in told {
        assert!(page.contains(line), "{line}");
    }
    for heading in ["population", "question", "formula", "what it is"] {
        let line = said.text.lines().find_map(|line| line.trim().strip_prefix(heading)).unwrap().trim();
        assert!(page.contains(line), "{heading}: {line}");
    }
}
