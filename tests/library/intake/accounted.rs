//! No row is lost: rows read = forms stored + blank + rejected + merged, over dirty files in four formats, and what is stored is
//! what a plain model says.

mod cases;
mod dice;
mod model;
mod written;

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::path::PathBuf;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, UInt8Type};
use utfall::dictionary::{self, Instrument, Reason};
use utfall::plan::{EXCEL_DAYS, Format, Keep, Source, WaveOf};
use utfall::store::{Buckets, reason_column};

use self::cases::{Case, DICTIONARY, ITEMS, PLACE, case};
use self::dice::Dice;
use self::model::{Answer, Forms, Value, predict};
use self::written::{ALL, Written, write};
use crate::forms::{Intake, actions, take_in, waves};

const WAVES: [&str; 2] = ["w1", "w2"];

fn instrument() -> Instrument {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dirty.toml");
    std::fs::write(&path, DICTIONARY).unwrap();
    dictionary::load(&path).unwrap()
}

/// A case's files, each with the rows at which its records stand.
struct Files {
    sources: Vec<(Source, Vec<PathBuf>)>,
    /// One a file, in order.
    rows: Vec<Vec<Option<u64>>>,
    _folder: tempfile::TempDir,
}

impl Files {
    fn of(case: &Case, written: Written) -> Files {
        let folder = tempfile::tempdir().unwrap();
        let (mut sources, mut rows) = (Vec::new(), Vec::new());
        for dirty in &case.sources {
            let mut paths = Vec::new();
            for table in &dirty.tables {
                let (path, stands) = write(table, written, folder.path());
                paths.push(path);
                rows.push(stands);
            }
            sources.push((source(case, dirty, &paths), paths));
        }
        Files { sources, rows, _folder: folder }
    }

    fn take_in(&self, instrument: &Instrument, case: &Case, buckets: u32) -> Intake {
        let sources: Vec<(&Source, Vec<PathBuf>)> =
            self.sources.iter().map(|(source, paths)| (source, paths.clone())).collect();
        let buckets = Buckets::Number(NonZeroU32::new(buckets).unwrap());
        take_in(instrument, &sources, &actions(&case.on), &waves(&WAVES), buckets).unwrap()
    }
}

fn source(case: &Case, dirty: &cases::Source, paths: &[PathBuf]) -> Source {
    let wave = match dirty.wave {
        Some(place) => WaveOf::File(WAVES[place].into()),
        None => WaveOf::Column {
            column: "wave".into(),
            values: vec![("0".into(), WAVES[0].into()), ("6".into(), WAVES[1].into())],
        },
    };
    let mut source = Source::new(&dirty.id, "dirty", wave, "", "id");
    source.files = paths.iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    let mut date = vec!["%d.%m.%Y".to_owned()];
    date.extend(case.excel.then(|| EXCEL_DAYS.to_owned()));
    let missing = case.dash.then(|| "-".to_owned()).into_iter().collect();
    source.format = Format { delimiter: ';', decimal: ',', date, missing, ..Format::default() };
    source.respondent.ignore = case.ignore.clone();
    source.updates = dirty.updates;
    source.keep = case.keep.map(|(last, by)| Keep { last, by: by.then(|| "sent".to_owned()) });
    source
}

/// What the store has.
fn stored(batch: &RecordBatch) -> Forms {
    let text = |name: &str| batch.column_by_name(name).unwrap().as_string::<i32>().clone();
    let (respondents, names) = (text("respondent"), text("wave"));
    let mut forms = Forms::new();
    let mut columns: Vec<Vec<Answer>> = Vec::new();
    for (item, name) in ITEMS.iter().enumerate() {
        let values = batch.column_by_name(name).unwrap();
        let reasons = batch.column_by_name(&reason_column(name)).unwrap().as_primitive::<UInt8Type>();
        let numbers = match values.data_type() {
            DataType::Utf8 => None,
            // Days are counted as 32 bits, which a double holds.
            DataType::Date32 => {
                Some(cast(&cast(values, &DataType::Int32).unwrap(), &DataType::Float64).unwrap())
            }
            _ => Some(cast(values, &DataType::Float64).unwrap()),
        };
        assert_eq!(numbers.is_none(), item == PLACE);
        let answer = |row: usize| match (Reason::from_number(reasons.value(row)), &numbers) {
            (Some(reason), _) => {
                assert!(values.is_null(row));
                Err(reason)
            }
            (None, Some(numbers)) => Ok(Value::Number(numbers.as_primitive::<Float64Type>().value(row))),
            (None, None) => Ok(Value::Text(values.as_string::<i32>().value(row).to_owned())),
        };
        columns.push((0..batch.num_rows()).map(answer).collect());
    }
    for row in 0..batch.num_rows() {
        let wave = WAVES.iter().position(|wave| *wave == names.value(row)).unwrap();
        let answers = columns.iter().map(|column| column[row].clone()).collect();
        let known = forms.insert((respondents.value(row).to_owned(), wave), answers);
        assert!(known.is_none(), "a respondent has two forms at a wave");
    }
    forms
}

/// Holds what was taken in against the model.
fn assert_accounted(case: &Case, files: &Files, intake: &Intake, written: Written, what: &str) {
    let (accounts, forms) = predict(case, written);
    let mut left_out = BTreeSet::new();
    let tables: Vec<&cases::Table> = case.tables().map(|(_, table)| table).collect();
    assert_eq!(intake.files.len(), tables.len(), "{what}");
    for (place, (report, account)) in intake.files.iter().zip(&accounts).enumerate() {
        let what = format!("{what}, {}", report.origin);
        let parts = [
            report.rows_read,
            report.rows_stored,
            report.rows_blank,
            report.rows_rejected,
            report.rows_merged,
        ];
        assert_eq!(parts[0], parts[1..].iter().sum::<u64>(), "{what}");
        let expected = [account.read, account.stored, account.blank, account.rejected, account.merged];
        assert_eq!(parts, expected, "read, stored, blank, rejected, merged: {what}");
        for record in &account.left_out {
            left_out.insert((report.origin.clone().to_string(), files.rows[place][*record].unwrap()));
        }
    }
    let rejected: Vec<(String, u64)> =
        intake.rejected.iter().map(|row| (of_file(&row.source, intake), row.row)).collect();
    let as_set: BTreeSet<(String, u64)> = rejected.iter().cloned().collect();
    assert_eq!(as_set.len(), rejected.len(), "a row is rejected twice: {what}");
    assert_eq!(as_set, left_out, "{what}");
    let found = stored(&intake.batch);
    for (whose, answers) in &forms {
        assert_eq!(found.get(whose), Some(answers), "{what}, {whose:?}");
    }
    assert_eq!(found.len(), forms.len(), "{what}");
}

/// The file that a rejected row names, in full.
fn of_file(named: &str, intake: &Intake) -> String {
    let fits = |origin: &String| *origin == named || origin.starts_with(&format!("{named} ("));
    let mut all = intake.files.iter().map(|file| file.origin.to_string()).filter(fits);
    let first = all.next().unwrap();
    assert!(all.next().is_none());
    first
}

/// Every case is held against the model in each of the formats, and once more with another number of buckets, and with its
/// files the other way about where their order says nothing.
#[test]
fn no_row_is_lost_in_any_format() {
    let instrument = instrument();
    let (mut files, mut rows) = (0, [0; 5]);
    for seed in 0..85 {
        let case = case(seed);
        let mut dice = Dice::new(seed + 1_000_000);
        let once_more = dice.of(&ALL);
        for written in ALL {
            let what = format!("case {seed} as {written:?}");
            let made = Files::of(&case, written);
            files += made.rows.len();
            let intake = made.take_in(&instrument, &case, 1);
            rows.iter_mut().zip(intake.rows()).for_each(|(all, rows)| *all += rows);
            assert_accounted(&case, &made, &intake, written, &what);
            if written != once_more {
                continue;
            }
            let buckets = 2 + dice.below(3) as u32;
            let split = made.take_in(&instrument, &case, buckets);
            assert_accounted(&case, &made, &split, written, &format!("{what}, {buckets} buckets"));
            assert_eq!(split.files, intake.files, "{what}");
            if case.keep.is_none() && case.sources.iter().all(|source| !source.updates) {
                let mut turned = case.clone();
                turned.sources.iter_mut().for_each(|source| source.tables.reverse());
                turned.sources.reverse();
                let made = Files::of(&turned, written);
                let other = made.take_in(&instrument, &turned, 1);
                assert_eq!(other.rows(), intake.rows(), "{what}, turned");
                assert_eq!(stored(&other.batch), stored(&intake.batch), "{what}, turned");
                assert_accounted(&turned, &made, &other, written, &format!("{what}, turned"));
            }
        }
    }
    assert!(files >= 500, "{files}");
    // There is enough of each to be lost.
    assert!(rows[1..].iter().all(|part| part * 25 > rows[0]), "{rows:?}");
}

#[test]
fn the_manifest_counts_by_wave_what_is_stored() {
    let instrument = instrument();
    for seed in 1000..1040 {
        let case = case(seed);
        let written = ALL[seed as usize % ALL.len()];
        let intake = Files::of(&case, written).take_in(&instrument, &case, 1 + seed as u32 % 4);
        let (_, forms) = predict(&case, written);
        let what = format!("case {seed} as {written:?}");
        let people: BTreeSet<&str> = forms.keys().map(|(respondent, _)| respondent.as_str()).collect();
        assert_eq!(intake.manifest.rows, forms.len() as u64, "{what}");
        assert_eq!(intake.manifest.respondents, people.len() as u64, "{what}");
        for (place, wave) in WAVES.iter().enumerate() {
            let count = forms.keys().filter(|(_, at)| *at == place).count() as u64;
            assert_eq!(intake.manifest.rows_per_wave[*wave], count, "{what}, {wave}");
        }
    }
}
