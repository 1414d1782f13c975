//! The numbers of a run, and where two runs differ.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::path::Path;

use arrow::array::{Array, AsArray};
use arrow::datatypes::{DataType, Float64Type, UInt64Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// One row of a file of estimates. Statistics are names here: the file may be another program's.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Analysis, group, variable, term, statistic.
    pub key: [String; 5],
    pub value: Option<f64>,
    pub n: Option<u64>,
    /// `value`, `absent` or `suppressed` in a release; whether there is a value in raw estimates.
    pub shown: String,
}

/// What became of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It has another value.
    Changed,
    /// It can be seen now, or not any more.
    Shown,
    /// Its value is the same but rests on another number of persons.
    RestsOnOthers,
    New,
    Gone,
}

impl Status {
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Changed => "changed",
            Status::Shown => "shown_or_hidden",
            Status::RestsOnOthers => "rests_on_others",
            Status::New => "new",
            Status::Gone => "gone",
        }
    }
}

/// A number that is not as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    pub status: Status,
    pub before: Option<Number>,
    pub after: Option<Number>,
}

impl Difference {
    /// Analysis, group, variable, term, statistic.
    pub fn key(&self) -> &[String; 5] {
        static NONE: [String; 5] = [const { String::new() }; 5];
        // One of the two is there.
        self.after.as_ref().or(self.before.as_ref()).map_or(&NONE, |number| &number.key)
    }

    pub fn analysis(&self) -> &str {
        &self.key()[0]
    }

    /// After less before, where both have a value.
    pub fn change(&self) -> Option<f64> {
        Some(self.after.as_ref()?.value? - self.before.as_ref()?.value?)
    }

    /// The change over the larger of the two, 0 to 2; what is new, gone, shown or hidden comes before every change.
    pub fn size(&self) -> f64 {
        match (self.status, self.change()) {
            (Status::Changed, Some(change)) => {
                let values =
                    [&self.before, &self.after].map(|number| number.as_ref().and_then(|number| number.value));
                let larger = values.into_iter().flatten().map(f64::abs).fold(0.0, f64::max);
                if larger > 0.0 { change.abs() / larger } else { 0.0 }
            }
            (Status::RestsOnOthers, _) => 0.0,
            _ => f64::INFINITY,
        }
    }
}

/// Reads a file of estimates, raw or released.
pub fn read(path: &Path) -> io::Result<Vec<Number>> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)
        .and_then(|builder| builder.build())
        .map_err(io::Error::other)?;
    let mut numbers = Vec::new();
    for batch in reader {
        let batch = batch.map_err(io::Error::other)?;
        let column = |name: &str, kind: DataType| {
            let array = batch.column_by_name(name).filter(|array| *array.data_type() == kind);
            array.ok_or_else(|| io::Error::other(format!("it has no column {name}")))
        };
        let mut keys = Vec::new();
        for name in ["analysis", "group", "variable", "term", "statistic"] {
            keys.push(column(name, DataType::Utf8)?.as_string::<i32>());
        }
        let values = column("value", DataType::Float64)?.as_primitive::<Float64Type>();
        let counts = column("n", DataType::UInt64)?.as_primitive::<UInt64Type>();
        let shown = batch.column_by_name("shown").and_then(|array| array.as_string_opt::<i32>());
        for row in 0..batch.num_rows() {
            let value = values.is_valid(row).then(|| values.value(row));
            let seen = match (shown, value) {
                (Some(shown), _) => shown.value(row),
                (None, Some(_)) => "value",
                (None, None) => "absent",
            };
            numbers.push(Number {
                key: std::array::from_fn(|place| keys[place].value(row).to_owned()),
                value,
                n: counts.is_valid(row).then(|| counts.value(row)),
                shown: seen.to_owned(),
            });
        }
    }
    Ok(numbers)
}

/// Where two runs differ: in the order of the later one, then what is gone in the order of the earlier one.
pub fn differences(before: &[Number], after: &[Number], tolerance: f64) -> Vec<Difference> {
    let earlier: HashMap<&[String; 5], &Number> = before.iter().map(|number| (&number.key, number)).collect();
    let later: HashMap<&[String; 5], &Number> = after.iter().map(|number| (&number.key, number)).collect();
    let kept = after.iter().filter_map(|number| {
        let was = earlier.get(&number.key).copied();
        let status = match was {
            None => Status::New,
            Some(was) => status(was, number, tolerance)?,
        };
        Some(Difference { status, before: was.cloned(), after: Some(number.clone()) })
    });
    let gone = before.iter().filter(|number| !later.contains_key(&number.key)).map(|number| Difference {
        status: Status::Gone,
        before: Some(number.clone()),
        after: None,
    });
    kept.chain(gone).collect()
}

/// How a number differs from what it was; `None` where it does not.
fn status(was: &Number, is: &Number, tolerance: f64) -> Option<Status> {
    match (was.value, is.value) {
        _ if was.shown != is.shown => Some(Status::Shown),
        (Some(was), Some(is)) if (was - is).abs() > tolerance * was.abs().max(is.abs()) => {
            Some(Status::Changed)
        }
        _ if was.n != is.n => Some(Status::RestsOnOthers),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(statistic: &str, value: Option<f64>, n: u64, shown: &str) -> Number {
        let key = ["a", "", "v", "", statistic].map(str::to_owned);
        Number { key, value, n: Some(n), shown: shown.to_owned() }
    }

    #[test]
    fn every_way_of_differing() {
        let before = [
            number("same", Some(1.0), 10, "value"),
            number("noise", Some(1.0), 10, "value"),
            number("mean", Some(2.0), 10, "value"),
            number("count", Some(7.0), 10, "value"),
            number("share", Some(0.5), 10, "value"),
            number("gone", Some(0.5), 10, "value"),
        ];
        let after = [
            number("new", Some(1.0), 10, "value"),
            number("same", Some(1.0), 10, "value"),
            number("noise", Some(1.0 + 1e-12), 10, "value"),
            number("mean", Some(2.5), 10, "value"),
            number("count", None, 10, "suppressed"),
            number("share", Some(0.5), 12, "value"),
        ];
        let found: Vec<(String, Status)> = differences(&before, &after, 1e-9)
            .into_iter()
            .map(|difference| (difference.key()[4].clone(), difference.status))
            .collect();
        let expected = [
            ("new", Status::New),
            ("mean", Status::Changed),
            ("count", Status::Shown),
            ("share", Status::RestsOnOthers),
            ("gone", Status::Gone),
        ];
        assert_eq!(found, expected.map(|(name, status)| (name.to_owned(), status)));
        let sizes: Vec<f64> = differences(&before, &after, 0.0).iter().map(Difference::size).collect();
        assert!(sizes.contains(&0.2) && sizes.iter().filter(|size| size.is_infinite()).count() == 3);
    }
}
