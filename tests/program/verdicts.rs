//! What a sentence counts as clear above a table of regressions is what the table shows below 0.05, on both shipped evaluations;
//! and the section that explains the associations has a sentence for each of them.

use crate::common::ids::without_ids;
use std::path::Path;

use crate::common::repository;
use utfall::run::{Progress, Request, run};

/// The layouts of regressions, and what their sentences count.
const LAYOUTS: [(&str, &str); 2] = [("regression", "association"), ("marginal_effects", "difference")];

/// The pages and tables of a shipped evaluation; `None` where its data are not at hand.
fn release(id: &str) -> Option<(tempfile::TempDir, std::path::PathBuf)> {
    if id == "help" && std::env::var_os("UTFALL_HELP_CSV").is_none() {
        assert!(std::env::var_os("CI").is_none(), "UTFALL_HELP_CSV is not set");
        eprintln!("SKIPPED: UTFALL_HELP_CSV is not set, so the HELP evaluation is not run");
        return None;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let pipeline = repository("pipelines").join(id);
    let request = Request { pipeline, out: folder.path().to_owned(), languages: None, force: false };
    let outcome = run(&request, &Progress::new(true)).unwrap_or_else(|error| panic!("{error}"));
    let release = outcome.place.join("release");
    Some((folder, release))
}

/// The ids of an evaluation's tables of a layout, with the number of models in each.
fn tables(id: &str, layout: &str) -> Vec<(String, usize)> {
    let text = std::fs::read_to_string(repository("pipelines").join(id).join("pipeline.toml"));
    let pipeline: toml::Table = toml::from_str(&text.expect("the pipeline")).expect("TOML");
    let declared = pipeline["table"].as_table().expect("tables").iter();
    let of = declared.filter(|(_, table)| table["layout"].as_str() == Some(layout));
    of.map(|(id, table)| (id.clone(), table["from"].as_array().expect("analyses").len())).collect()
}

/// The sentences above a table, without marks.
fn reading(page: &str, table: &str) -> String {
    let entry = page.split(&format!("id=\"t-{table}\"")).nth(1).expect("the table is on the page");
    let above = entry.split("<div class=\"scroll\"").next().unwrap_or_default();
    let above = above.split("class=\"reads\">").nth(1).expect("something is said above it");
    above.split("class=\"basis\"").next().unwrap_or_default().to_owned()
}

/// The numbers of clear terms in the sentences, one a model, and of how many.
fn counted(said: &str, noun: &str) -> Vec<(usize, usize)> {
    let words: Vec<&str> =
        said.split(|letter: char| letter.is_whitespace() || "<>:".contains(letter)).collect();
    let mut found = Vec::new();
    for window in words.windows(4) {
        let number = |word: &str| word.parse::<usize>().ok();
        match window {
            ["None", "of", all, what] if what.starts_with(noun) => {
                found.extend(number(all).map(|all| (0, all)));
            }
            [clear, "of", all, what] if what.starts_with(noun) => {
                found.extend(number(clear).zip(number(all)));
            }
            ["The", "one", what, "examined"] if what.starts_with(noun) => found.push((0, 1)),
            _ => {}
        }
    }
    found
}

/// How many p-values below 0.05 each model of a table has, and how many there are.
fn small(csv: &Path) -> Vec<(usize, usize)> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(csv).expect("the table");
    let heads: Vec<String> = reader.headers().expect("a head").iter().map(str::to_owned).collect();
    let columns = heads.iter().enumerate().filter(|(_, head)| head.ends_with("p-value"));
    let columns: Vec<usize> = columns.map(|(place, _)| place).collect();
    assert!(!columns.is_empty(), "no p in {heads:?}");
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let of = |column: &usize| {
        let terms = rows.iter().filter(|row| !row.iter().take(2).any(|head| head.contains("onstant")));
        let cells: Vec<&str> = terms.filter_map(|row| row.get(*column)).collect();
        let p = |cell: &&str| cell.trim_start_matches('<').trim().parse::<f64>().ok();
        let numbers: Vec<f64> = cells.iter().filter_map(p).collect();
        (numbers.iter().filter(|p| **p < 0.05).count(), numbers.len())
    };
    columns.iter().map(of).collect()
}

#[test]
fn a_sentence_counts_what_its_table_shows() {
    for id in ["sintef-lav", "help"] {
        let Some((_folder, release)) = release(id) else { continue };
        let page = std::fs::read_to_string(release.join("report.en.html")).expect("the page");
        let page = without_ids(&page);
        let mut held = 0;
        for (layout, noun) in LAYOUTS {
            for (table, models) in tables(id, layout) {
                let said = counted(&reading(&page, &table), noun);
                let shown = small(&release.join(format!("tables/{table}.en.csv")));
                assert_eq!(said.len(), models, "{id} {table}: {}", reading(&page, &table));
                assert_eq!(said, shown, "{id} {table}");
                held += models;
            }
        }
        assert!(held > 5, "{id}: {held}");
        // The section of associations has a sentence for each that is clear, and the first page counts them.
        let section = page.split("<section id=\"associations\"").nth(1).expect("the section");
        let section = section.split("</section>").next().unwrap_or_default();
        let explained = section.matches("<li>The outcome ").count();
        let brief = page.split("What goes with what?").nth(1).expect("the question");
        assert!(brief.contains(&format!(" {explained} are clear.")), "{id}: {explained}\n{}", &brief[..400]);
    }
}
