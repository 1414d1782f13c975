//! What `utfall explain` tells of a number is what the report folds out below its table.

use crate::common::Evaluation;

/// Text as it stands on the page.
fn plain(page: &str) -> String {
    let decoded =
        [("&quot;", "\""), ("&#x2f;", "/"), ("&lt;", "<"), ("&gt;", ">"), ("&#x27;", "'"), ("&amp;", "&")];
    decoded.iter().fold(page.to_owned(), |page, (escape, letter)| page.replace(escape, letter))
}

/// The fields of `shown.csv` of an estimate.
fn shown(evaluation: &Evaluation) -> Vec<csv::StringRecord> {
    let path = evaluation.place().join("release/shown.csv");
    csv::Reader::from_path(path).unwrap().records().collect::<Result<_, _>>().unwrap()
}

/// The file is made of the ids on the page, and each place that it names holds the id.
#[test]
fn where_a_number_is_shown_is_told_and_is_so() {
    let evaluation = Evaluation::first_ran();
    let page = std::fs::read_to_string(evaluation.place().join("release/report.en.html")).unwrap();
    let estimates = std::fs::read_to_string(evaluation.place().join("release/estimates.csv")).unwrap();
    let released: std::collections::HashSet<String> = csv::Reader::from_reader(estimates.as_bytes())
        .records()
        .map(|record| record.unwrap())
        .map(|record| [0, 2, 3, 4, 5].map(|field| record[field].to_owned()).join("/"))
        .collect();
    let all = shown(&evaluation);
    // This evaluation draws no figure.
    for kind in ["table", "sentence"] {
        assert!(all.iter().any(|place| &place[1] == kind), "{kind}");
    }
    for place in &all {
        assert!(released.contains(&place[0]), "{place:?} is not released");
        let part = page.split(&format!("id=\"{}\"", &place[3])).nth(1);
        let part = part.unwrap_or_else(|| panic!("{place:?}: the page has no such place"));
        assert!(plain(part).contains(&place[0]), "{place:?}: the id does not stand there");
    }
    // An id on the page that the file does not tell of.
    let told = |id: &str| all.iter().any(|place| &place[0] == id);
    for attribute in page.split("data-of=\"").skip(1).chain(page.split("<data value=\"").skip(1)) {
        let ids = plain(attribute.split('"').next().unwrap());
        assert!(ids.split(" | ").all(told), "{ids}");
    }
}

/// What stands in an attribute is understood as it is, in the source too; a number that stands nowhere says so.
#[test]
fn an_attribute_of_the_page_is_explained_as_it_is() {
    let evaluation = Evaluation::first_ran();
    let page = std::fs::read_to_string(evaluation.place().join("release/report.en.html")).unwrap();
    let attributes = page.split("data-of=\"").skip(1).map(|part| part.split('"').next().unwrap());
    let attribute = attributes.into_iter().find(|ids| ids.contains(" | ") && ids.contains("&gt;")).unwrap();
    for asked in [attribute.to_owned(), plain(attribute)] {
        let said = evaluation.explain(&[&asked]);
        assert_eq!(said.code, 0, "{}", said.text);
        for id in plain(attribute).split(" | ") {
            assert!(said.text.contains(&format!("{id}\n  value")), "{id}: {}", said.text);
        }
        assert!(said.text.contains("\n  shown in    Table "), "{}", said.text);
    }
    let all = shown(&evaluation);
    let estimates = std::fs::read_to_string(evaluation.place().join("release/estimates.csv")).unwrap();
    let ids = csv::Reader::from_reader(estimates.as_bytes()).into_records().map(|record| {
        let record = record.unwrap();
        [0, 2, 3, 4, 5].map(|field| record[field].to_owned()).join("/")
    });
    let nowhere = ids.into_iter().find(|id| all.iter().all(|place| &place[0] != id)).unwrap();
    let said = evaluation.explain(&[&nowhere]);
    assert!(said.text.contains("shown in    no table, figure or sentence of the report"), "{}", said.text);
    let said = evaluation.explain(&[&format!("{nowhere} | no/such//number/here")]);
    assert_eq!(said.code, 2, "{}", said.text);
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
    for heading in ["what it is", "source", "population", "question", "in R", "in Python"] {
        assert!(said.text.contains(&format!("\n  {heading}")), "{heading}: {}", said.text);
    }
    let lines = said.text.lines().map(str::trim);
    let told = lines.filter(|line| line.starts_with("pairs") || line.starts_with("compare("));
    let told: Vec<&str> = told.collect();
    assert!(told.len() >= 4, "the code in both languages: {}", said.text);
    for line in told {
        assert!(page.contains(line), "{line}");
    }
    for heading in ["population", "question", "source", "what it is"] {
        let line = said.text.lines().find_map(|line| line.trim().strip_prefix(heading)).unwrap().trim();
        assert!(page.contains(line), "{heading}: {line}");
    }
}
