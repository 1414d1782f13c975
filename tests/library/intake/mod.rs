//! Files of answers, whole and broken, through the reader and its checks.

mod accounted;
mod answers;
mod checks;
mod doubtful;
mod files;
mod random;
mod several;

use arrow::array::AsArray;
use arrow::datatypes::{Int16Type, UInt8Type};
use utfall::dictionary::{self, Instrument};
use utfall::intake::IntakeError;
use utfall::plan::{Action, Format, Source, WaveOf};
use utfall::store::{Buckets, reason_column};

use crate::forms::{Intake, actions, take_in, waves};

const DICTIONARY: &str = r#"
format = 1
[instrument]
id = "kartlegging"
title = { nb = "Kartlegging", en = "Mapping" }
[[item]]
name = "mental_health"
column = "psykisk"
label = { nb = "Psykisk helse" }
type = "ordinal"
codes = [ { code = 1, nb = "Ikke noe" }, { code = 2, nb = "Noe" }, { code = 3, nb = "Mye" } ]
missing = [ { code = 9, reason = "unknown", written = ["vet ikke"] } ]
better = "lower"
[[item]]
name = "sex"
column = "kjønn"
label = { nb = "Kjønn" }
type = "binary"
codes = [ { code = 1, nb = "Mann", written = ["M"] }, { code = 2, nb = "Kvinne", written = ["K", "Æ"] } ]
constant = true
[[item]]
name = "days"
label = { nb = "Dager" }
type = "integer"
range = [0, 30]
blank = "not_asked"
[[item]]
name = "score"
label = { nb = "Skår" }
type = "decimal"
missing = [ { code = 99, reason = "refused" } ]
[[item]]
name = "seen"
label = { nb = "Dato" }
type = "date"
required = true
[[item]]
name = "place"
label = { nb = "Sted" }
type = "text"
"#;

const HEADING: &str = "bruker;bølge;psykisk;kjønn;days;score;seen;place";

fn instrument() -> Instrument {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kartlegging.toml");
    std::fs::write(&path, DICTIONARY).unwrap();
    dictionary::load(&path).unwrap()
}

fn source() -> Source {
    let wave = WaveOf::Column {
        column: "bølge".into(),
        values: vec![("0".into(), "w1".into()), ("6".into(), "w2".into())],
    };
    let mut source = Source::new("kartlegging", "kartlegging", wave, "k.csv", "bruker");
    source.format =
        Format { delimiter: ';', decimal: ',', date: vec!["%d.%m.%Y".into()], ..Format::default() };
    source
}

/// Reads `bytes` as a file called `k.csv`.
fn read_as(source: &Source, bytes: &[u8], on: &[(&str, Action)]) -> Result<Intake, IntakeError> {
    read_all(&[(source, bytes)], on)
}

/// Reads each of `files` as a file called `k.csv`.
fn read_all(files: &[(&Source, &[u8])], on: &[(&str, Action)]) -> Result<Intake, IntakeError> {
    let folder = tempfile::tempdir().unwrap();
    let sources: Vec<_> = files
        .iter()
        .enumerate()
        .map(|(place, (source, bytes))| {
            let own = folder.path().join(place.to_string());
            std::fs::create_dir(&own).unwrap();
            std::fs::write(own.join("k.csv"), bytes).unwrap();
            (*source, vec![own.join("k.csv")])
        })
        .collect();
    take_in(&instrument(), &sources, &actions(on), &waves(&["w1", "w2"]), Buckets::BySize)
}

fn rows(rows: &[&str], on: &[(&str, Action)]) -> Result<Intake, IntakeError> {
    read_as(&source(), format!("{HEADING}\n{}\n", rows.join("\n")).as_bytes(), on)
}

fn refusal(bytes: &[u8]) -> String {
    message(read_as(&source(), bytes, &[]))
}

fn message(result: Result<Intake, IntakeError>) -> String {
    match result {
        Ok(intake) => panic!("taken in: {intake:?}"),
        Err(error) => error.to_string(),
    }
}

fn findings(intake: &Intake) -> Vec<String> {
    intake.findings().iter().map(|finding| finding.to_string()).collect()
}

fn reasons(intake: &Intake, item: &str) -> Vec<u8> {
    let column = intake.batch.column_by_name(&reason_column(item)).unwrap();
    column.as_primitive::<UInt8Type>().values().to_vec()
}

fn codes(intake: &Intake, item: &str) -> Vec<Option<i16>> {
    intake.batch.column_by_name(item).unwrap().as_primitive::<Int16Type>().iter().collect()
}
