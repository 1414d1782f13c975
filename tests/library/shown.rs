//! What a file gives, in the form in which `expected.py` writes what other programs read from it.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use utfall::read::{self, Cell, Fault, Options, Table};

pub fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read").join(name)
}

pub fn open(name: &str) -> Box<dyn Table> {
    read::open(&path(name), &Options::default()).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

pub fn expected(folder: &str) -> Map<String, Value> {
    let text = std::fs::read_to_string(path(folder).join("expected.json")).expect("expected.py writes it");
    serde_json::from_str(&text).expect("JSON")
}

/// All records, and their numbers.
pub fn rows(table: &mut dyn Table) -> Result<(Vec<u64>, Vec<Vec<Value>>), Fault> {
    let columns = table.columns().len();
    let (mut numbers, mut rows) = (Vec::new(), Vec::new());
    while let Some(block) = table.next_block()? {
        let batch = block.decode()?;
        for record in 0..batch.len() {
            numbers.push(batch.row(record));
            rows.push((0..columns).map(|column| shown(batch.cell(record, column))).collect());
        }
    }
    Ok((numbers, rows))
}

pub fn shown(cell: Cell<'_>) -> Value {
    let day = |days: i64| {
        let date = i32::try_from(days).ok().and_then(chrono::NaiveDate::from_epoch_days);
        date.expect("a day").format("%Y-%m-%d").to_string()
    };
    let clock = |s: i64| format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
    match cell {
        Cell::Empty => json!(""),
        Cell::Text(text) => json!(text),
        Cell::Number(number) => json!(number),
        Cell::Date(days) => json!(day(days.into())),
        Cell::Moment(seconds) => {
            json!(format!("{} {}", day(seconds.div_euclid(86_400)), clock(seconds.rem_euclid(86_400))))
        }
        Cell::Time(seconds) => json!(clock(seconds)),
        Cell::Declared(number) => json!({ "declared": number }),
        Cell::DeclaredText(text) => json!({ "declared": text }),
        Cell::Tag(letter) => json!(format!(".{letter}")),
        Cell::Fault(fault) => json!(format!("#{fault:?}")),
    }
}

/// Whether two lists of records are the same, numbers by value.
pub fn assert_same(name: &str, found: &[Vec<Value>], expected: &Value) {
    let expected = expected.as_array().expect("rows");
    assert_eq!(found.len(), expected.len(), "{name}: records");
    for (row, (found, expected)) in found.iter().zip(expected).enumerate() {
        let expected = expected.as_array().expect("cells");
        assert_eq!(found.len(), expected.len(), "{name}: cells of record {}", row + 1);
        for (column, (found, expected)) in found.iter().zip(expected).enumerate() {
            let same = match (found.as_f64(), expected.as_f64()) {
                (Some(found), Some(expected)) => found.to_bits() == expected.to_bits(),
                _ => found == expected,
            };
            assert!(same, "{name}: record {}, column {}: {found}, not {expected}", row + 1, column + 1);
        }
    }
}

/// Bytes changed and files cut, always the same ones: nothing panics, and what is read is bounded.
pub fn assert_no_panic(name: &str, ending: &str, times: u64) {
    let whole = std::fs::read(path(name)).expect("a test file");
    let folder = tempfile::tempdir().expect("a folder");
    let mut state = 0x9e37_79b9_7f4a_7c15_u64 ^ whole.len() as u64;
    let mut next = |below: usize| {
        // xorshift
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let path = folder.path().join(format!("damaged.{ending}"));
    for _ in 0..times {
        let mut bytes = whole.clone();
        match next(4) {
            0 => bytes.truncate(next(whole.len())),
            1 => {
                let at = next(whole.len());
                bytes[at..(at + 4).min(whole.len())].fill(0xff);
            }
            _ => {
                for _ in 0..=next(4) {
                    let at = next(whole.len());
                    bytes[at] ^= 1 << next(8);
                }
            }
        }
        std::fs::write(&path, &bytes).expect("written");
        if let Ok(mut table) = read::open(&path, &Options::default()) {
            let mut read = 0;
            while let Ok(Some(block)) = table.next_block() {
                let Ok(batch) = block.decode() else { break };
                read += batch.len();
                for record in 0..batch.len() {
                    for column in 0..table.columns().len() {
                        batch.cell(record, column);
                    }
                }
                assert!(read < 10_000_000, "{name}: no end");
            }
            table.remarks();
        }
    }
}
