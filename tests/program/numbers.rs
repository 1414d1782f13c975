//! Every number of a release is an estimate's: it carries the ids of those that it shows, and is one of them after rounding.
//!
//! Numbers in tables, sentences and figures have the ids in the page and in the drawings. In the workbook, the document, CSV and
//! Markdown the grid of a table is the same as on the page, so that a cell's ids are those of the page's cell in the same place. What
//! is no estimate is one of [`KINDS`], each told by where it stands or by an attribute, never by its value.

mod grids;
mod known;
mod markup;
mod written;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use crate::common::{reference, repository, utfall};
use grids::Grid;
use known::Known;
use markup::{Said, spaced, texts};
use tempfile::TempDir;
use written::{Estimates, Form, From, numbers};

/// The numbers that are no estimates, and how each is told from others. One that is not met is to be taken out.
const KINDS: [(&str, &str); 22] = [
    ("counted", "data-is: what the page itself counts, such as 10 of 24 comparisons"),
    ("parameter", "data-is: a limit or a unit of the method, such as 0.05"),
    ("scale", "data-is: an end of a scale, which the dictionary gives"),
    ("axis", "data-is: a tick, or the place at which a curve is read off"),
    ("found", "data-is: rows, forms and answers that intake counted"),
    ("labels of dictionary and pipeline", "the whole text stands in the evaluation's TOML files"),
    ("numbers of tables and figures", "`Table` with a `number` of the pipeline"),
    ("parameters and explanations in the program's words", "the text stands in src/table/words"),
    ("the level of an interval", "`95 % KI` and `95% CI`"),
    ("rows and columns that are numbered", "a heading of a row or column that is a number alone"),
    ("definitions and their sources", "dl.definitions, and the lists of #methods"),
    ("how numbers were made", "the lists of div.origin: populations, waves and questions"),
    ("what disclosure control counted", "the table of #suppressed"),
    ("figures as they were published", "#published: the quotation, the published figure and the remark"),
    ("versions and editions", "the foot of the page and #cite"),
    ("names of contents and files", "nav, headings and links"),
    ("drawings on the page", "svg in the page: the same drawing as its file, which is looked at"),
    ("what the codebook says of a variable", "the codebook outside the cells of counts"),
    ("nobody", "data-is: a zero without an estimate, where nobody gave an answer"),
    ("reference", "data-is: the zero that others are compared with"),
    ("the persons that an estimate rests on", "figures: the column n of the estimate that it names"),
    ("the whole of a column of shares", "100 % in a row at the foot of a table"),
];

/// A run of a shipped evaluation, with what was met of each kind and what is wrong.
struct Release {
    _folder: TempDir,
    place: PathBuf,
    estimates: Estimates,
    met: BTreeMap<&'static str, usize>,
    shown: usize,
    wrong: Vec<String>,
}

impl Release {
    fn of(id: &str) -> Release {
        let folder = tempfile::tempdir().unwrap();
        let pipeline = repository("pipelines").join(id);
        let arguments = ["run", pipeline.to_str().unwrap(), "--out", folder.path().to_str().unwrap()];
        let said = utfall(&arguments, &[]);
        assert_eq!(said.code, 0, "{}", said.text);
        let place = folder.path().join(id);
        let mut values = HashMap::new();
        for record in csv::Reader::from_path(place.join("release/estimates.csv")).unwrap().records() {
            let record = record.unwrap();
            let id = [0, 2, 3, 4, 5].map(|field| &record[field]).join("/");
            let value = (&record[10] == "value").then(|| record[6].parse().unwrap());
            let n = record[7].parse().ok();
            assert!(values.insert(id.clone(), [value, n]).is_none(), "two estimates are called {id}");
        }
        let (met, wrong) = (BTreeMap::new(), Vec::new());
        Release { _folder: folder, place, estimates: Estimates(values), met, shown: 0, wrong }
    }

    fn read(&self, file: &str) -> String {
        let path = self.place.join("release").join(file);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn meet(&mut self, kind: &str) {
        let known = KINDS.iter().find(|(name, _)| *name == kind);
        let (kind, _) = known.unwrap_or_else(|| panic!("{kind} is not among the kinds"));
        *self.met.entry(kind).or_default() += 1;
    }

    /// Holds the numbers of a text against the estimates that it is said to show.
    fn show(&mut self, place: &str, text: &str, ids: &[&str], form: Form) {
        let values = match self.estimates.values(ids) {
            Ok(values) => values,
            Err(id) => return self.wrong.push(format!("{place}: there is no estimate {id}")),
        };
        for number in numbers(text, form) {
            self.shown += 1;
            if number.is_wrong {
                self.wrong.push(format!("{place}: {text:?} is not written in the form of its language"));
            }
            match number.from(&values) {
                From::Estimate => {}
                From::Expression if place.ends_with("#published") => {}
                From::Nowhere if self.estimates.rests_on(ids, &number) && place.contains(".svg: ") => {
                    self.meet("the persons that an estimate rests on");
                }
                _ => self
                    .wrong
                    .push(format!("{place}: {} in {text:?} is none of {values:?} of {ids:?}", number.value)),
            }
        }
    }

    /// A text without ids: what is known in it, and nothing else.
    fn aside(&mut self, known: &Known, place: &str, text: &str) {
        let mut kinds = Vec::new();
        let rest = known.without(text, &mut |kind| kinds.push(kind));
        kinds.into_iter().for_each(|kind| self.meet(kind));
        if rest.contains(|letter: char| letter.is_ascii_digit()) {
            self.wrong.push(format!("{place}: nothing says what the number in {rest:?} is"));
        }
    }

    /// A page of the report or of the codebook.
    fn page(&mut self, file: &str, known: &Known, language: &str) {
        let is_codebook = file.starts_with("codebook");
        for said in texts(&self.read(file)) {
            let place = format!("{file}: {}", said.place());
            if !said.text.contains(|letter: char| letter.is_ascii_digit()) {
                continue;
            }
            match place_of(&said, is_codebook) {
                Some(kind) => self.meet(kind),
                None => match (said.of(), said.is()) {
                    (_, Some(kind)) => self.meet(kind),
                    // The whole of a column of shares, beside how many it is.
                    _ if said.has("tr", "foot") && spaced(&said.text).replace(' ', "") == "100%" => {
                        self.meet("the whole of a column of shares");
                    }
                    (Some(ids), None) => {
                        // Words may stand in a cell with numbers.
                        let text = if said.has("td", "words") {
                            known.without(&said.text, &mut |_| ())
                        } else {
                            said.text.clone()
                        };
                        let text = if said.has("td", "words") { hard(&text, &said.text) } else { text };
                        self.show(&place, &text, &ids, Form::of(language));
                    }
                    (None, None) => self.aside(known, &place, &said.text),
                },
            }
        }
    }

    /// A figure's file. A label goes over several lines: elements of the same place and look that follow each other.
    fn figure(&mut self, file: &str, known: &Known, language: &str) {
        let mut label: Option<(String, String)> = None;
        for said in texts(&self.read(file)) {
            let place = format!("{file}: {}", said.place());
            match (said.of(), said.is()) {
                (Some(ids), _) => self.show(&place, &said.text, &ids, Form::of(language)),
                (None, Some(kind)) => self.meet(kind),
                (None, None) => {
                    let tag = said.within.last().cloned().unwrap_or_default();
                    let look = ["x", "font-size", "font-weight", "fill", "id"]
                        .map(|name| tag.attribute(name))
                        .join(" ");
                    match &mut label {
                        Some((known, text)) if *known == look => *text = format!("{text} {}", said.text),
                        _ => {
                            if let Some((_, text)) = label.replace((look, said.text.clone())) {
                                self.aside(known, &format!("{file}: {text}"), &text);
                            }
                        }
                    }
                }
            }
        }
        if let Some((_, text)) = label {
            self.aside(known, &format!("{file}: {text}"), &text);
        }
    }
}

/// The kind of what stands in a place without numbers of estimates.
fn place_of(said: &Said, is_codebook: bool) -> Option<&'static str> {
    let within = |name: &str| said.element(name).is_some();
    let is_number_alone = || {
        spaced(&said.text).chars().all(|letter| letter.is_ascii_digit()) && (within("th") || within("option"))
    };
    match said.section() {
        _ if within("svg") => Some("drawings on the page"),
        _ if within("footer") => Some("versions and editions"),
        _ if is_codebook && !within("td") => Some("what the codebook says of a variable"),
        _ if within("nav") || within("title") || within("a") => Some("names of contents and files"),
        "cite" => Some("versions and editions"),
        "suppressed" if within("table") => Some("what disclosure control counted"),
        "methods" if within("table") => Some("definitions and their sources"),
        _ if said.has("dl", "definitions") => Some("definitions and their sources"),
        _ if said.has("div", "origin") => Some("how numbers were made"),
        "published" if said.of().is_none() && said.is().is_none() => Some("figures as they were published"),
        _ if is_number_alone() => Some("rows and columns that are numbered"),
        _ => None,
    }
}

/// A text that was spaced anew with the hard spaces that it had.
fn hard(text: &str, before: &str) -> String {
    let mut hard = text.to_owned();
    for part in before.split(' ').filter(|part| part.contains('\u{a0}')) {
        hard = hard.replace(&spaced(part), part);
    }
    hard
}

fn languages() -> [&'static str; 3] {
    ["nb", "nn", "en"]
}

/// All numbers of the release of one evaluation.
fn looked_at(id: &str) -> Release {
    let mut release = Release::of(id);
    release.marks();
    for language in languages() {
        let known = Known::of(id, language);
        for file in [format!("report.{language}.html"), format!("codebook.{language}.html")] {
            release.page(&file, &known, language);
        }
        let mut figures: Vec<String> = std::fs::read_dir(release.place.join("release/figures"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name.ends_with(&format!(".{language}.svg")))
            .collect();
        figures.sort();
        for figure in figures {
            release.figure(&format!("figures/{figure}"), &known, language);
        }
        let grids = grids::of_page(&release.read(&format!("report.{language}.html")));
        release.files(&grids, language);
    }
    release
}

/// The code points between which ids stand in a sentence within the program.
const MARKS: std::ops::RangeInclusive<char> = '\u{fdd0}'..='\u{fdef}';

impl Release {
    /// No file of the release has a mark in it, the parts of workbook and document neither.
    fn marks(&mut self) {
        let mut waiting = vec![self.place.join("release")];
        let mut looked_at = 0;
        while let Some(path) = waiting.pop() {
            if path.is_dir() {
                waiting.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
            let bytes = std::fs::read(&path).unwrap();
            let parts = match ending.as_str() {
                "xlsx" | "docx" => grids::parts(&bytes),
                "parquet" | "png" => Vec::new(),
                _ => vec![bytes],
            };
            for part in parts {
                looked_at += 1;
                if String::from_utf8_lossy(&part).contains(|letter| MARKS.contains(&letter)) {
                    self.wrong.push(format!("{} has marks in it", path.display()));
                }
            }
        }
        assert!(looked_at > 100, "{looked_at} files");
    }

    /// A symbol says of its estimates what is so: nobody is zero, and what is confidential is not released.
    fn symbols(&mut self, grid: &Grid) {
        for (row, cell) in grid.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell))) {
            let ids: Vec<&str> = cell.ids.iter().map(String::as_str).collect();
            let values = self.estimates.values(&ids).unwrap_or_default();
            let is_so = match cell.text.as_str() {
                _ if !cell.is_symbol => true,
                "-" => values.contains(&0.0) || ids.is_empty(),
                ":" => values.len() < ids.len(),
                _ => true,
            };
            if !is_so {
                let place = format!("{} {:?}", grid.id, row.heads);
                self.wrong.push(format!("{place}: {:?} stands for {values:?} of {ids:?}", cell.text));
            }
        }
    }

    /// The tables in their own files.
    fn files(&mut self, grids: &[Grid], language: &str) {
        let release = self.place.join("release");
        for grid in grids {
            self.symbols(grid);
            let markdown = self.read(&format!("tables/{}.{language}.md", grid.id));
            self.wrong.extend(
                grid.unlike_markdown(&markdown)
                    .into_iter()
                    .map(|text| format!("{}.{language}.md: {text}", grid.id)),
            );
            let csv = self.read(&format!("tables/{}.{language}.csv", grid.id));
            for (text, ids) in grid.in_csv(&csv, if language == "en" { b',' } else { b';' }) {
                let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                let place = if grid.is_published() { "#published" } else { "" };
                self.show(
                    &format!("tables/{}.{language}.csv {place}", grid.id),
                    &text,
                    &ids,
                    Form::of_csv(language),
                );
            }
        }
        let own: Vec<&Grid> = grids.iter().filter(|grid| !grid.is_published()).collect();
        let document = grids::unlike_document(&own, &release.join(format!("tables.{language}.docx")));
        self.wrong.extend(document.into_iter().map(|text| format!("tables.{language}.docx: {text}")));
        for (place, value, ids) in grids::in_workbook(&own, &release.join(format!("tables.{language}.xlsx")))
        {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let values = self.estimates.values(&ids).unwrap_or_default();
            self.shown += 1;
            // A workbook holds numbers in full.
            let is = |known: &f64| (known - value).abs() <= 1e-12 * value.abs();
            let is_known = values.iter().any(|known| is(known) || is(&(100.0 * known)));
            if !is_known {
                self.wrong.push(format!(
                    "tables.{language}.xlsx: {place}: {value} is none of {values:?} of {ids:?}"
                ));
            }
        }
    }
}

/// Both evaluations: the HELP data are public but not part of this project, and `UTFALL_HELP_CSV` says where they are.
#[test]
fn every_number_of_a_release_is_an_estimates_or_says_what_it_is() {
    let mut releases = vec![("sintef-lav", looked_at("sintef-lav"))];
    let has_help = std::env::var("UTFALL_HELP_CSV").is_ok();
    match has_help {
        true => releases.push(("help", looked_at("help"))),
        false => reference::skip("the HELP study's file, named by UTFALL_HELP_CSV"),
    }
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    for (id, release) in &releases {
        eprintln!("{id}: {} numbers are estimates", release.shown);
        assert!(release.shown > 20_000, "{id}: only {} numbers were met", release.shown);
        for (kind, times) in &release.met {
            *met.entry(kind).or_default() += times;
        }
    }
    for (kind, how) in KINDS {
        eprintln!("{:>7}  {kind} ({how})", met.get(kind).copied().unwrap_or_default());
    }
    let wrong: Vec<&String> = releases.iter().flat_map(|(_, release)| &release.wrong).collect();
    let first: Vec<&str> = wrong.iter().take(60).map(|text| text.as_str()).collect();
    assert!(wrong.is_empty(), "{} numbers are not accounted for:\n{}", wrong.len(), first.join("\n"));
    let missed: Vec<&str> =
        KINDS.iter().map(|(kind, _)| *kind).filter(|kind| !met.contains_key(kind)).collect();
    assert!(!has_help || missed.is_empty(), "no number is of the kinds {missed:?}: take them out");
}
