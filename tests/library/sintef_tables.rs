//! The shipped evaluation has every table and every figure of the report that it repeats (Ådnanes et al. 2008, lists of tables
//! and figures), under its number, and each has a body; and its page answers what a reader asks first (`reader.md`).

use crate::common::ids::without_ids;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use tempfile::TempDir;
use utfall::run::{Progress, Request};

/// What a run of it leaves for those outside; made once.
static RELEASE: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let request =
        Request { pipeline: shipped(), out: folder.path().to_owned(), languages: None, force: false };
    let outcome = utfall::run::run(&request, &Progress::new(true)).unwrap_or_else(|error| panic!("{error}"));
    let release = outcome.place.join("release");
    (folder, release)
});

/// The numbers of the report's list of tables, each with a word of its title that tells it from its neighbours.
const LISTED: [(&str, &str); 44] = [
    ("1.1", "Politidistrikt"),
    ("3.1", "tannhelsemidler"),
    ("3.2", "henvendelser"),
    ("3.3", "faste brukere"),
    ("3.4", "plassering"),
    ("3.5", "hvor viktige"),
    ("3.6", "Hva tilbys"),
    ("3.7", "øvrige tjenester"),
    ("3.8", "innbyggerkategorier"),
    ("4.1", "kartlagt fra hvert"),
    ("4.2", "store byer"),
    ("4.3", "kartlagte brukere etter type"),
    ("4.4", "aldersgrupper"),
    ("4.5", "år som alvorlig"),
    ("4.6", "og alder"),
    ("4.7", "mer enn 10 år"),
    ("4.8", "Hyppighet"),
    ("4.9", "etter type tiltak"),
    ("4.10", "Type rusmiddelmisbruk"),
    ("4.11", "egenomsorg"),
    ("4.12", "siden første kontakt"),
    ("4.13", "hvor snart"),
    ("4.14", "antall og prosent"),
    ("4.15", "februar etter type"),
    ("4.16", "Mål med tiltakene"),
    ("4.17", "mottar ulike tiltak"),
    ("4.18", "ikke tilstrekkelig"),
    ("4.19", "burde fått det"),
    ("4.20", "inkludert gjennom"),
    ("4.21", "sammenheng mellom"),
    ("4.22", "etter type tiltak"),
    ("4.23", "ogistiske regresjoner"),
    ("4.24", "ulike tjenester"),
    ("4.25", "burde hatt det"),
    ("4.26", "I hvor stor grad"),
    ("4.27", "ordinære tjenesteapparatet"),
    ("4.28", "sprøyteutdeling"),
    ("4.29", "samtale"),
    ("4.30", "ernæring"),
    ("4.31", "psykisk helse"),
    ("4.32", "somatisk helse"),
    ("4.33", "rusmiddelbruk"),
    ("4.34", "overføring"),
    ("5.1", "brukerundersøkelsen"),
];

/// The numbers of the report's list of figures, likewise.
const DRAWN: [(&str, &str); 13] = [
    ("1.1", "tilbys"),
    ("3.1", "Åpningstid"),
    ("3.2", "Virkedager"),
    ("3.3", "integrert i LAR"),
    ("3.4", "Tannbehandling"),
    ("4.1", "uten problemer med helse, livssituasjon og egenomsorg, ved væresteder"),
    ("4.2", "alvorlige problemer med helse, livssituasjon og egenomsorg, ved væresteder"),
    ("4.3", "uten problemer med helse, livssituasjon og egenomsorg, i store byer"),
    ("4.4", "alvorlige problemer med helse, livssituasjon og egenomsorg, i store byer"),
    ("4.5", "mottar ulike tiltak"),
    ("4.6", "øvrige tjenester"),
    ("4.7", "situasjon"),
    ("4.8", "Endring i helse"),
];

fn shipped() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines/sintef-lav")
}

#[test]
fn every_table_and_figure_of_the_report_is_there_under_its_number_with_a_body() {
    for (number, word) in LISTED {
        let id = format!("T{}", number.replace('.', "_"));
        let file = |name: String| {
            let path = RELEASE.1.join("tables").join(name);
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        let heading = file(format!("{id}.nb.md")).lines().next().unwrap_or_default().to_owned();
        assert!(heading.starts_with(&format!("**Tabell {number}. ")), "{id}: {heading}");
        assert!(heading.contains(word), "{id}: {heading} does not tell of {word}");
        for language in ["nb", "nn", "en"] {
            let csv = file(format!("{id}.{language}.csv"));
            let delimiter = if language == "en" { b',' } else { b';' };
            let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(csv.as_bytes());
            let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
            assert!(rows.len() > 1, "{id} in {language} has no body");
            let cells = || rows.iter().flat_map(|row| row.iter().skip(1)).filter(|cell| !cell.is_empty());
            let shown = cells().filter(|cell| ![":", ".", ".."].contains(cell)).count();
            assert!(2 * shown > cells().count(), "{id} in {language}: most of it is not shown");
        }
    }
    // And each figure is a drawing under its number, whose words tell numbers.
    for (number, word) in DRAWN {
        let id = format!("F{}", number.replace('.', "_"));
        for (language, name) in [("nb", "Figur"), ("nn", "Figur"), ("en", "Figure")] {
            let path = RELEASE.1.join(format!("figures/{id}.{language}.svg"));
            let svg =
                std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let said = |element: &str| {
                let (_, after) = svg.split_once(&format!("<{element} id=")).expect("it says what it shows");
                let (_, text) = after.split_once('>').expect("an element");
                text.split_once(&format!("</{element}>")).map_or("", |(text, _)| text).to_owned()
            };
            let (title, description) = (said("title"), without_ids(&said("desc")));
            assert!(title.starts_with(&format!("{name} {number}. ")), "{id} in {language}: {title}");
            assert!(language != "nb" || title.contains(word), "{id}: {title} does not tell of {word}");
            let numbers =
                description.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty());
            assert!(numbers.count() > 5, "{id} in {language}: {description}");
            assert!(path.with_extension("png").is_file(), "{id} in {language} is no picture");
        }
    }
}

/// The part of a page with an id, as it is read: without its marks, its spaces alike.
fn as_read(page: &str, id: &str) -> String {
    let page = &without_ids(page);
    let (_, part) = page.split_once(&format!(" id=\"{id}\"")).unwrap_or_else(|| panic!("no part {id}"));
    let (_, part) = part.split_once('>').expect("the mark ends");
    let ends = ["</section>", "</article>"].into_iter().filter_map(|end| part.find(end));
    let part = &part[..ends.min().expect("the part ends")];
    let said = part.split('<').enumerate().map(|(place, piece)| match place {
        0 => piece,
        _ => piece.split_once('>').map_or("", |(_, text)| text),
    });
    let said = said.collect::<Vec<_>>().join(" ").replace("&#x27;", "'").replace("&amp;", "&");
    // A mark within a sentence, such as the strong label before its dash, leaves two spaces.
    said.split([' ', '\n', '\u{a0}']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_answers_what_a_reader_asks_first() {
    let mut held = 0;
    for (place, line) in include_str!("../reader.md").lines().enumerate() {
        let Some((id, rest)) = line.strip_prefix("- `").and_then(|line| line.split_once("` ")) else {
            continue;
        };
        let (language, words) = rest.split_once(": ").expect("a language before the words");
        let page = std::fs::read_to_string(RELEASE.1.join(format!("report.{language}.html")));
        let said = as_read(&page.expect("the page is there"), id);
        assert!(said.contains(words), "reader.md:{}: {id} does not say so, but\n{said}", place + 1);
        held += 1;
    }
    assert!(held >= 20, "{held}");
}

#[test]
fn no_two_tables_or_figures_have_a_number_or_a_title_in_common() {
    let text = std::fs::read_to_string(shipped().join("pipeline.toml")).expect("the pipeline");
    let pipeline: toml::Table = toml::from_str(&text).expect("TOML");
    let listed = |all: &[(&str, &str)], number: &str| all.iter().any(|(listed, _)| *listed == number);
    for (kind, all) in [("table", &LISTED[..]), ("figure", &DRAWN[..])] {
        let declared = pipeline[kind].as_table().expect("tables and figures");
        for key in ["number", "title"] {
            let known: BTreeSet<String> = declared.values().map(|one| one[key].to_string()).collect();
            assert_eq!(known.len(), declared.len(), "a {kind}’s {key} stands twice");
        }
        let numbers = declared.values().filter_map(|one| one["number"].as_str());
        for number in numbers.filter(|number| !listed(all, number)) {
            let letter = number.starts_with(char::is_alphabetic) || number.ends_with(char::is_alphabetic);
            assert!(letter, "{kind} {number} is not in the report, and looks as if it were");
        }
    }
}

/// Our own tables and figures have letters, which follow the page, so that a reader who looks for one knows which way to go.
#[test]
fn letters_come_in_the_order_of_the_page() {
    let page = std::fs::read_to_string(RELEASE.1.join("report.en.html")).expect("the page is there");
    let names = |before: &str, after: &str| -> Vec<String> {
        let named = page.split(before).skip(1).filter_map(|rest| rest.split_once(after));
        named.map(|(name, _)| name.to_owned()).collect()
    };
    let tables = names("<h3><span class=\"name\">Table ", "</span>");
    let figures = names("<figcaption class=\"heading\"><b>Figure ", "</b>");
    assert!(tables.len() > 60 && figures.len() > 20, "{} {}", tables.len(), figures.len());
    for all in [tables, figures] {
        let mut last: std::collections::BTreeMap<&str, char> = std::collections::BTreeMap::new();
        for (chapter, letter) in all.iter().filter_map(|number| number.split_once('.')) {
            let Some(letter) = letter.chars().next().filter(|letter| letter.is_ascii_uppercase()) else {
                continue;
            };
            let next = last.get(chapter).map_or('A', |last| char::from(*last as u8 + 1));
            assert_eq!(letter, next, "{chapter}.{letter} stands after {:?}", last.get(chapter));
            last.insert(chapter, letter);
        }
    }
}
