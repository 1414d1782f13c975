//! The workbook and the document: opened again and held against the tables that they were made of.

mod archive;
mod document;
mod libreoffice;
mod workbook;

use crate::common::reference;
use crate::made_up::{TABLES, estimates, release, table, text};
use utfall::dictionary::{Language, Text};
use utfall::disclosure::{Policy, Shown};
use utfall::document::{Picture, docx};
use utfall::table::{Collection, Table};
use utfall::workbook::xlsx;

/// The tables of the made-up evaluation under a policy.
fn tables(policy: Policy) -> Vec<Table> {
    let release = release(policy);
    let made = |(number, layout, from): &(&'static str, &'static str, &'static [&'static str])| {
        let mut made = table(&release, number, layout, from).expect("the layout fits its analyses");
        made.title = text(
            "Hva <alle> svarte & «hvorfor»",
            "Kva <alle> svarte & «kvifor»",
            "What <everyone> answered & “why”",
        );
        made
    };
    TABLES.iter().map(made).collect()
}

/// What is written about the made-up evaluation.
struct Words {
    title: Text,
    notice: Text,
}

impl Words {
    fn new() -> Words {
        let title = text("Evaluering av tiltak", "Evaluering av tiltak", "Evaluation of services");
        let notice = text("Personene er oppdiktet.", "Personane er oppdikta.", "The people are made up.");
        Words { title, notice }
    }

    fn collection<'a>(&'a self, tables: &'a [Table]) -> Collection<'a> {
        Collection { title: &self.title, notice: &self.notice, tables }
    }
}

/// The workbook and the document of the made-up evaluation.
fn files(policy: Policy, language: Language) -> [Vec<u8>; 2] {
    let (words, tables) = (Words::new(), tables(policy));
    let collection = words.collection(&tables);
    let figures: &[Picture] = &[];
    [
        xlsx(&collection, language).expect("the tables fit on sheets"),
        docx(&collection, figures, language).expect("there are no figures"),
    ]
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    for language in Language::ALL {
        assert_eq!(files(Policy::Min5, language), files(Policy::Min5, language));
    }
}

/// A number long enough to be nobody else's, in the forms in which a file could hold it.
fn told(value: f64) -> Option<[String; 2]> {
    let exact = format!("{value}");
    let digits = exact.chars().filter(char::is_ascii_digit).count();
    (digits > 5).then(|| [exact, format!("{value:.7}")])
}

#[test]
fn no_part_of_a_file_holds_a_suppressed_number() {
    let release = release(Policy::Min5);
    let hidden = |shown: bool| -> Vec<[String; 2]> {
        let pairs = estimates().into_iter().zip(&release.cleared);
        let of = pairs.filter(|(_, cleared)| (cleared.shown() == Shown::Suppressed) != shown);
        of.filter_map(|(raw, _)| told(raw.value?)).collect()
    };
    let shown = hidden(true);
    let secret: Vec<[String; 2]> = hidden(false).into_iter().filter(|one| !shown.contains(one)).collect();
    assert!(secret.len() > 5, "{}", secret.len());
    for (policy, told) in [(Policy::Min5, false), (Policy::None, true)] {
        let mut found = false;
        for file in files(policy, Language::En) {
            for (name, part) in archive::parts(&file) {
                let part = String::from_utf8_lossy(&part).into_owned();
                for number in secret.iter().flatten() {
                    let here = part.contains(number.as_str());
                    assert!(told || !here, "{name} holds a suppressed number");
                    found |= here;
                }
            }
        }
        // The search finds what is there to be found.
        assert_eq!(found, told);
    }
}

#[test]
fn no_file_tells_when_it_was_made() {
    for file in files(Policy::Min5, Language::En) {
        for (name, part) in archive::parts(&file) {
            let part = String::from_utf8_lossy(&part).into_owned();
            for tag in ["dcterms:created", "dcterms:modified"] {
                for said in part.split(&format!("<{tag}")).skip(1) {
                    assert!(said.contains(">1970-01-01T"), "{name}: {tag}");
                }
            }
        }
        assert!(archive::times(&file).iter().all(|time| *time == zip::DateTime::default()));
    }
}
