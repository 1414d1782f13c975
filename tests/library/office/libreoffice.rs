//! LibreOffice opens both files, shows what the tables show, and saves them again without loss.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use utfall::dictionary::Language;
use utfall::disclosure::Policy;
use utfall::document::docx;
use utfall::table::{Content, doubt, number};
use utfall::workbook::sheet_names;

use super::workbook::{first_row, holds_all, intervals};
use super::{Words, archive, document, files, reference, tables};

/// Converts a file with a profile of its own; what comes out by name. `None` where there is no LibreOffice with `part`.
fn convert(part: &str, name: &str, bytes: &[u8], to: &str) -> Option<BTreeMap<String, Vec<u8>>> {
    let folder = TempDir::new().expect("there is room");
    let [profile, out] = ["profile", "out"].map(|name| folder.path().join(name));
    let file = folder.path().join(name);
    fs::write(&file, bytes).expect("there is room");
    let ran = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--norestore", "--convert-to", to, "--outdir"])
        .args([&out, &file])
        .output();
    let there = ran.as_ref().is_ok_and(|_| installed(part));
    if !there {
        reference::skip(&format!("LibreOffice {part} (`soffice`)"));
        return None;
    }
    let said = ran.map(|ran| String::from_utf8_lossy(&ran.stderr).into_owned()).unwrap_or_default();
    let found = fs::read_dir(&out).unwrap_or_else(|_| panic!("LibreOffice made nothing of {name}: {said}"));
    let read = |path: &Path| fs::read(path).expect("it can be read");
    let found = found.map(|entry| entry.expect("it is there").path());
    Some(found.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), read(&path))).collect())
}

/// Whether a part of LibreOffice is there: Debian packs Calc and Writer apart, and `soffice` alone opens neither's files.
fn installed(part: &str) -> bool {
    let probe = match part {
        "Calc" => "libsclo.so",
        _ => "libswlo.so",
    };
    let folders =
        ["/usr/lib/libreoffice/program", "/usr/lib64/libreoffice/program", "/opt/libreoffice/program"];
    folders.iter().any(|folder| Path::new(folder).join(probe).exists())
}

#[test]
fn a_workbook_is_saved_again_without_loss() {
    let [workbook, _] = files(Policy::Min5, Language::Nb);
    let Some(saved) = convert("Calc", "tables.xlsx", &workbook, "xlsx") else { return };
    holds_all(&saved["tables.xlsx"], &tables(Policy::Min5), Language::Nb, false);
}

#[test]
fn a_workbook_shows_its_numbers_as_the_tables_do() {
    let [workbook, _] = files(Policy::Min5, Language::En);
    // Commas, quotes, UTF-8, cells as they are shown, every sheet.
    let to = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,true,false,false,-1";
    let Some(sheets) = convert("Calc", "tables.xlsx", &workbook, to) else { return };
    let tables = tables(Policy::Min5);
    let plain = |text: &str| text.replace('\u{2212}', "-").replace('\u{a0}', " ");
    let mut compared = 0;
    for (table, name) in tables.iter().zip(sheet_names(&tables, Language::En)) {
        let sheet = &sheets[&format!("tables-{name}.csv")];
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&sheet[..]);
        let lines: Vec<csv::StringRecord> = reader.records().map(|line| line.expect("it is CSV")).collect();
        let wide = intervals(table);
        for (row, line) in (first_row(table) as usize..).zip(&table.rows) {
            let mut column = table.stub.len();
            for (cell, wide) in line.cells.iter().zip(&wide) {
                let shown = match &cell.content {
                    Content::Interval { low, high, format } => {
                        let marks = doubt::marks(cell);
                        [low, high].map(|end| number::number(*end, *format, Language::En) + &marks).into()
                    }
                    _ => vec![number::cell(cell, Language::En)],
                };
                for (position, shown) in shown.iter().enumerate() {
                    let found = lines[row].get(column + position).unwrap_or_default();
                    assert_eq!(plain(found), plain(shown), "{} row {row}", table.id);
                    compared += 1;
                }
                column += 1 + usize::from(*wide);
            }
        }
    }
    assert!(compared > 500, "{compared}");
}

#[test]
fn a_document_is_saved_again_without_loss() {
    let [_, file] = files(Policy::Min5, Language::Nn);
    let Some(saved) = convert("Writer", "tables.docx", &file, "docx") else { return };
    let found = document::read(&archive::part(&saved["tables.docx"], "word/document.xml"));
    let tables = tables(Policy::Min5);
    assert_eq!(found.len(), tables.len());
    for (found, table) in found.iter().zip(&tables) {
        document::holds(found, table, Language::Nn);
    }
}

#[test]
fn a_figure_of_a_document_is_saved_again_with_its_words_and_its_place() {
    let (words, tables) = (Words::new(), tables(Policy::Min5));
    let figure = document::figure(&tables[0]);
    let file = docx(&words.collection(&tables[..2]), &[figure], Language::En).expect("the image is a PNG");
    let Some(saved) = convert("Writer", "tables.docx", &file, "docx") else { return };
    let parts = archive::parts(&saved["tables.docx"]);
    assert!(parts.iter().any(|(_, part)| part == document::PIXEL), "the image is another");
    let written = archive::part(&saved["tables.docx"], "word/document.xml");
    assert_eq!(document::read(&written).len(), 2);
    let place = |what: &str| written.find(what).unwrap_or_else(|| panic!("{what} is not there any more"));
    assert!(place("descr=\"Bars: 31% better &amp; 7% worse.\"") > place("REF figure_F4_1"));
    assert!(place("w:name=\"figure_F4_1\"") < place("<a:blip "));
    // Cut by pixels, so that an image of one pixel is not cut to the per cent.
    assert!(written.contains("<a:srcRect"), "title and notes are shown again");
}

#[test]
fn a_document_can_be_laid_out_on_pages() {
    let [_, file] = files(Policy::Min5, Language::Nb);
    let Some(pages) = convert("Writer", "tables.docx", &file, "pdf") else { return };
    assert!(pages["tables.pdf"].starts_with(b"%PDF-"));
}
