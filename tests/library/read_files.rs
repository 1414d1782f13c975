//! Files written by other software come in as independent readers read them: labels, missing codes, letters, dates and
//! numbers. `tests/read_files/make.sh` makes the files and what is expected; `tests/read_files/files.md` lists them.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate};
use serde_json::Value;
use utfall::read::{self, Cell, CellFault, Code, Column, Encoding, Options};

/// Differences of a file that are told; the others are counted.
const TOLD: usize = 12;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read_files")
}

/// A row of the list: the file and how it is to be read.
#[derive(Debug)]
struct Listed {
    file: String,
    format: String,
    options: Options,
}

/// The table in `files.md`.
fn listed() -> Vec<Listed> {
    let text = fs::read_to_string(folder().join("files.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
    let rows = rows.skip(1).map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let options = line.split(" | ").nth(4).unwrap();
        let file = cells[1].to_owned();
        Listed { options: options_of(options, &file), format: cells[2].to_owned(), file }
    });
    rows.collect()
}

/// `` `delimiter=;` `skip=1` `` → options.
fn options_of(written: &str, file: &str) -> Options {
    let mut options = Options::default();
    for option in written.split('`').filter(|part| !part.trim().is_empty()) {
        let (name, value) = option.split_once('=').unwrap();
        match (name, value) {
            ("delimiter", "tab") => options.delimiter = '\t',
            ("delimiter", _) => options.delimiter = value.replace('\\', "").parse().unwrap(),
            ("encoding", "windows-1252") => options.encoding = Some(Encoding::Windows1252),
            ("encoding", "iso-8859-1") => options.encoding = Some(Encoding::Latin1),
            ("sheet", _) => options.sheet = Some(value.to_owned()),
            ("heading", _) => options.heading = Some(value.parse().unwrap()),
            ("heading_rows", _) => options.heading_rows = value.parse().unwrap(),
            ("skip", _) => options.skip = value.parse().unwrap(),
            _ => panic!("{file}: option {option} of the list is not known here"),
        }
    }
    options
}

/// What our reader says of a file.
struct Reading {
    columns: Vec<Column>,
    /// Cells in the form of `expected/`.
    rows: Vec<Vec<String>>,
    declared: Option<u64>,
}

fn read(listed: &Listed) -> Result<Reading, String> {
    let path = folder().join("files").join(&listed.file);
    let mut table = read::open(&path, &listed.options).map_err(|fault| fault.to_string())?;
    let columns = table.columns().to_vec();
    let mut rows = Vec::new();
    while let Some(block) = table.next_block().map_err(|fault| fault.to_string())? {
        let batch = block.decode().map_err(|fault| fault.to_string())?;
        for record in 0..batch.len() {
            rows.push((0..columns.len()).map(|column| form(batch.cell(record, column))).collect());
        }
    }
    Ok(Reading { columns, rows, declared: table.rows_declared() })
}

/// A cell as `expected/` writes it.
fn form(cell: Cell<'_>) -> String {
    let moment = |seconds: i64| DateTime::from_timestamp(seconds, 0).unwrap().naive_utc();
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => quoted(text),
        Cell::Number(number) => number.to_string(),
        Cell::Date(days) => format!("D:{}", NaiveDate::from_epoch_days(days).unwrap().format("%Y-%m-%d")),
        Cell::Moment(seconds) => format!("M:{}", moment(seconds).format("%Y-%m-%dT%H:%M:%S")),
        Cell::Time(seconds) => format!("T:{seconds}"),
        Cell::Declared(number) => format!("X:{number}"),
        Cell::DeclaredText(text) => format!("X:{}", quoted(text)),
        Cell::Tag(letter) => format!(".{letter}"),
        Cell::Fault(CellFault::Error) => "E:error".to_owned(),
        Cell::Fault(CellFault::NeverCalculated) => "E:formula".to_owned(),
        Cell::Fault(CellFault::NoSuchDay) => "E:day".to_owned(),
        Cell::Fault(CellFault::Letters) => "E:letters".to_owned(),
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// A number's digits differ between languages; the number does not.
fn same(ours: &str, theirs: &str) -> bool {
    let number = |cell: &str| cell.trim_start_matches("X:").parse::<f64>().ok();
    let same_kind = ours.starts_with("X:") == theirs.starts_with("X:");
    let same_text = |cell: &str| cell.trim_start_matches("X:").parse::<Value>().ok();
    ours == theirs
        || same_kind && number(ours).is_some() && number(ours) == number(theirs)
        || same_kind && ours.contains('"') && theirs.contains('"') && same_text(ours) == same_text(theirs)
}

/// Delimited text knows no type, so blanks at both ends of a field are no part of it; the readers that are held to keep
/// them.
fn without_blanks(cell: &str) -> String {
    cell.parse().map_or_else(
        |_| cell.to_owned(),
        |value: Value| match value {
            Value::String(text) => quoted(text.trim()),
            other => other.to_string(),
        },
    )
}

/// Cells of a line: separated by commas, texts in quotes with backslashes.
fn cells(line: &str) -> Vec<&str> {
    let (mut cells, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                cells.push(&line[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    cells.push(&line[start..]);
    cells
}

/// The differences of a reading from what is expected, in words.
fn differences(listed: &Listed, reading: &Reading) -> Vec<String> {
    let mut found = Vec::new();
    let text = fs::read_to_string(folder().join(format!("expected/{}.csv", listed.file))).unwrap();
    let mut lines = text.split_terminator('\n');
    let names = cells(lines.next().unwrap());
    let ours: Vec<String> = reading.columns.iter().map(|column| quoted(&column.name)).collect();
    if ours.len() != names.len() || ours.iter().zip(&names).any(|(ours, theirs)| !same(ours, theirs)) {
        return vec![format!("columns {ours:?}, expected {names:?}")];
    }
    let is_text = listed.format == "text";
    let expected: Vec<Vec<&str>> = lines.map(cells).collect();
    if expected.len() != reading.rows.len() {
        found.push(format!("{} records, expected {}", reading.rows.len(), expected.len()));
    }
    if reading.declared.is_some_and(|declared| declared != expected.len() as u64) {
        found.push(format!("{:?} records declared, expected {}", reading.declared, expected.len()));
    }
    for (record, (ours, theirs)) in reading.rows.iter().zip(&expected).enumerate() {
        for (column, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
            let theirs = if is_text { &*without_blanks(theirs) } else { theirs };
            if !same(ours, theirs) {
                found.push(format!(
                    "record {}, column {}: {ours}, expected {theirs}",
                    record + 1,
                    names[column]
                ));
            }
        }
    }
    let described = folder().join(format!("expected/{}.columns.json", listed.file));
    if let Ok(text) = fs::read_to_string(described) {
        let expected: Vec<Value> = serde_json::from_str(&text).unwrap();
        for (column, expected) in reading.columns.iter().zip(&expected) {
            let ours = described_as(column);
            for part in ["label", "labels", "missing", "ranges"] {
                if ours[part] != canonical(part, &expected[part]) {
                    let place = format!("column {}, {part}", quoted(&column.name));
                    found.push(format!("{place}: {}, expected {}", ours[part], expected[part]));
                }
            }
        }
    }
    found
}

/// What a column's file says of it, in the form of `expected/`: without order, a range of one value as a value.
fn described_as(column: &Column) -> Value {
    let code = |code: &Code| match code {
        Code::Number(number) => number_form(*number),
        Code::Tag(letter) => format!(".{letter}"),
        Code::Text(text) => quoted(text),
    };
    let labels: BTreeSet<[String; 2]> =
        column.labels.iter().map(|(value, label)| [code(value), label.clone()]).collect();
    let (single, ranges): (Vec<_>, Vec<_>) = column.missing.ranges.iter().partition(|(from, to)| from == to);
    let single = single.iter().map(|(value, _)| number_form(*value));
    let missing: BTreeSet<String> = column.missing.values.iter().map(code).chain(single).collect();
    let ranges: BTreeSet<[String; 2]> =
        ranges.iter().map(|(from, to)| [number_form(*from), number_form(*to)]).collect();
    serde_json::json!({
        "label": column.label.clone().unwrap_or_default(),
        "labels": labels,
        "missing": missing,
        "ranges": ranges,
    })
}

fn number_form(number: f64) -> String {
    number.to_string()
}

/// The same form of what is expected: its numbers are written as Rust writes them.
fn canonical(part: &str, value: &Value) -> Value {
    let code = |value: &Value| {
        let code = value.as_str().unwrap();
        code.parse().map_or_else(|_| text_form(code), number_form)
    };
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    match part {
        "label" => value.clone(),
        "labels" => {
            let pair = |pair: &Value| [code(&pair[0]), pair[1].as_str().unwrap().to_owned()];
            serde_json::json!(items.iter().map(pair).collect::<BTreeSet<_>>())
        }
        "missing" => serde_json::json!(items.iter().map(code).collect::<BTreeSet<_>>()),
        _ => {
            let pair = |pair: &Value| [code(&pair[0]), code(&pair[1])];
            serde_json::json!(items.iter().map(pair).collect::<BTreeSet<_>>())
        }
    }
}

fn text_form(code: &str) -> String {
    code.parse::<Value>().map_or_else(|_| code.to_owned(), |value| value.to_string())
}

#[test]
fn files_of_other_software_come_in_as_independent_readers_read_them() {
    let listed = listed();
    let mut report = String::new();
    let mut wrong = 0;
    for one in &listed {
        let found = match read(one) {
            Ok(reading) => differences(one, &reading),
            Err(fault) => vec![format!("cannot be read: {fault}")],
        };
        if !found.is_empty() {
            wrong += 1;
            let _ = writeln!(report, "{}: {} differences", one.file, found.len());
            for difference in found.iter().take(TOLD) {
                let _ = writeln!(report, "    {difference}");
            }
        }
    }
    assert!(wrong == 0, "{wrong} of {} files are read otherwise:\n{report}", listed.len());
}

#[test]
fn every_file_is_listed_and_every_format_has_many() {
    let listed = listed();
    assert!(listed.len() >= 80, "{} files are listed", listed.len());
    let named: BTreeSet<String> = listed.iter().map(|one| one.file.clone()).collect();
    let there: BTreeSet<String> = fs::read_dir(folder().join("files"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .collect();
    assert_eq!(named, there);
    for (format, least) in [
        ("SPSS", 25),
        ("Stata", 25),
        ("Excel", 20),
        ("Excel 97–2003", 5),
        ("OpenDocument", 5),
        ("text", 30),
        ("Parquet", 15),
    ] {
        let count = listed.iter().filter(|one| one.format == format).count();
        assert!(count >= least, "{count} files of format {format}");
    }
}
