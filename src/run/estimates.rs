//! The files of estimates: CSV for people and programs, Parquet for programs.
//!
//! Both have the columns `analysis, kind, group, variable, term, statistic, value, n, method, conditions`; conditions are
//! joined by `;`. Cleared estimates have one more, `shown`: `value`, `absent` or `suppressed`.

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Float64Array, RecordBatch, StringArray, UInt64Array};
use arrow::datatypes::{DataType, Field, Float64Type, Schema, UInt64Type};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use super::fingerprint::digest;
use crate::disclosure::{Cleared, Shown};
use crate::estimate::{Condition, Estimate};
use crate::question::{self, stage};

pub const COLUMNS: [&str; 10] =
    ["analysis", "kind", "group", "variable", "term", "statistic", "value", "n", "method", "conditions"];

/// One row of a file of estimates.
struct Row<'a> {
    texts: [&'a str; 6],
    value: Option<f64>,
    n: Option<u64>,
    method: &'a str,
    conditions: String,
    shown: Option<&'static str>,
}

fn raw_row(estimate: &Estimate) -> Row<'_> {
    Row {
        texts: [
            &estimate.analysis,
            estimate.kind.as_str(),
            &estimate.group,
            &estimate.variable,
            &estimate.term,
            estimate.statistic.name,
        ],
        value: estimate.value,
        n: estimate.n,
        method: &estimate.method,
        conditions: join(&estimate.conditions),
        shown: None,
    }
}

fn cleared_row(cleared: &Cleared) -> Row<'_> {
    let (value, shown) = match cleared.shown() {
        Shown::Value(value) => (Some(value), "value"),
        Shown::Absent => (None, "absent"),
        Shown::Suppressed => (None, "suppressed"),
    };
    Row {
        texts: [
            cleared.analysis(),
            cleared.kind().as_str(),
            cleared.group(),
            cleared.variable(),
            cleared.term(),
            cleared.statistic().name,
        ],
        value,
        n: cleared.n(),
        method: cleared.method(),
        conditions: join(cleared.conditions()),
        shown: Some(shown),
    }
}

fn join(conditions: &[Condition]) -> String {
    conditions.iter().map(Condition::to_string).collect::<Vec<_>>().join(";")
}

/// Raw estimates as Parquet; for `restricted/` only.
///
/// # Errors
/// Where a library fails.
pub fn file_of_raw(estimates: &[&Estimate]) -> io::Result<Vec<u8>> {
    parquet(&estimates.iter().map(|estimate| raw_row(estimate)).collect::<Vec<_>>())
}

/// Cleared estimates as CSV and as Parquet: file within the evaluation's folder, and bytes.
///
/// # Errors
/// Where a library fails.
pub fn files_of_cleared(cleared: &[Cleared]) -> io::Result<[(&'static str, Vec<u8>); 2]> {
    let rows: Vec<Row<'_>> = cleared.iter().map(cleared_row).collect();
    let parquet = parquet(&rows)?;
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(COLUMNS.iter().chain(&["shown"])).map_err(io::Error::other)?;
    for row in rows {
        csv.write_record(row.fields().iter().map(|field| field.as_bytes())).map_err(io::Error::other)?;
    }
    let csv = csv.into_inner().map_err(io::Error::other)?;
    Ok([("release/estimates.csv", csv), ("release/estimates.parquet", parquet)])
}

/// The digest of raw estimates: of what [`file_of_raw`] has of them, and of nothing else.
pub fn digest_of_raw(estimates: &[Estimate]) -> String {
    digest_of_rows(estimates.iter().map(raw_row))
}

/// The digest of cleared estimates: of their rows in `estimates.csv`, and of nothing else. Rewording what a statistic is changes no
/// digest.
pub fn digest_of_cleared<'c>(cleared: impl IntoIterator<Item = &'c Cleared>) -> String {
    digest_of_rows(cleared.into_iter().map(cleared_row))
}

fn digest_of_rows<'r>(rows: impl Iterator<Item = Row<'r>>) -> String {
    let mut bytes = Vec::new();
    for row in rows {
        for field in row.fields() {
            bytes.extend((field.len() as u64).to_le_bytes());
            bytes.extend(field.as_bytes());
        }
    }
    digest(&bytes)
}

impl Row<'_> {
    /// As `estimates.csv` has them, numbers in Rust's shortest form that reads back as the same number.
    fn fields(&self) -> [Cow<'_, str>; 11] {
        let [analysis, kind, group, variable, term, statistic] = self.texts.map(Cow::Borrowed);
        let number = |number: Option<String>| Cow::Owned(number.unwrap_or_default());
        [
            analysis,
            kind,
            group,
            variable,
            term,
            statistic,
            number(self.value.map(|value| value.to_string())),
            number(self.n.map(|n| n.to_string())),
            Cow::Borrowed(self.method),
            Cow::Borrowed(&*self.conditions),
            Cow::Borrowed(self.shown.unwrap_or_default()),
        ]
    }
}

fn parquet(rows: &[Row<'_>]) -> io::Result<Vec<u8>> {
    let text = |of: &dyn for<'r> Fn(&'r Row<'_>) -> &'r str| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(rows.iter().map(of)))
    };
    let mut arrays: Vec<ArrayRef> = (0..6).map(|place| text(&|row| row.texts[place])).collect();
    arrays.push(Arc::new(Float64Array::from_iter(rows.iter().map(|row| row.value))));
    arrays.push(Arc::new(UInt64Array::from_iter(rows.iter().map(|row| row.n))));
    arrays.push(text(&|row| row.method));
    arrays.push(text(&|row| &row.conditions));
    let mut names: Vec<&str> = COLUMNS.to_vec();
    if rows.iter().any(|row| row.shown.is_some()) {
        names.push("shown");
        arrays.push(text(&|row| row.shown.unwrap_or_default()));
    }
    let nullable = |name: &str| matches!(name, "value" | "n");
    let fields: Vec<Field> = names
        .iter()
        .zip(&arrays)
        .map(|(name, array)| Field::new(*name, array.data_type().clone(), nullable(name)))
        .collect();
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(schema.clone(), arrays).map_err(io::Error::other)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(Default::default()))
        .set_created_by("utfall".to_owned())
        .build();
    let mut writer = ArrowWriter::try_new(Vec::new(), schema, Some(properties)).map_err(io::Error::other)?;
    writer.write(&batch).map_err(io::Error::other)?;
    writer.into_inner().map_err(io::Error::other)
}

/// Reads raw estimates back. Statistics that this program does not know are an error: the file is another program's.
///
/// # Errors
/// Where the file is not one that this program wrote.
pub fn read_raw(path: &Path) -> io::Result<Vec<Estimate>> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)
        .and_then(|builder| builder.build())
        .map_err(io::Error::other)?;
    let mut estimates = Vec::new();
    for batch in reader {
        let batch = batch.map_err(io::Error::other)?;
        let column = |name: &str, kind: DataType| {
            let array = batch.column_by_name(name).filter(|array| *array.data_type() == kind);
            array.ok_or_else(|| io::Error::other(format!("no column {name}")))
        };
        let text = |name: &str| column(name, DataType::Utf8).map(|array| array.as_string::<i32>().clone());
        let (analysis, kind, group) = (text("analysis")?, text("kind")?, text("group")?);
        let (variable, term, statistic) = (text("variable")?, text("term")?, text("statistic")?);
        let (method, condition) = (text("method")?, text("conditions")?);
        let value = column("value", DataType::Float64)?.as_primitive::<Float64Type>();
        let n = column("n", DataType::UInt64)?.as_primitive::<UInt64Type>();
        for row in 0..batch.num_rows() {
            let stage = stage(kind.value(row)).ok_or_else(|| io::Error::other("an unknown kind"))?;
            let name = statistic.value(row);
            let statistic = question::statistic(stage.kind, name).ok_or_else(|| {
                io::Error::other(format!("{} has no statistic {name}", stage.kind.as_str()))
            })?;
            estimates.push(Estimate {
                analysis: analysis.value(row).to_owned(),
                kind: stage.kind,
                group: group.value(row).into(),
                variable: variable.value(row).into(),
                term: term.value(row).into(),
                statistic,
                value: value.is_valid(row).then(|| value.value(row)),
                n: n.is_valid(row).then(|| n.value(row)),
                method: method.value(row).to_owned(),
                conditions: condition
                    .value(row)
                    .split(';')
                    .filter(|text| !text.is_empty())
                    .map(parse)
                    .collect(),
            });
        }
    }
    Ok(estimates)
}

fn parse(text: &str) -> Condition {
    match text.split_once(':') {
        Some((code, detail)) => Condition::new(code, detail),
        None => Condition::new(text, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::{Kind, Statistic};
    use crate::statistic::MEAN_CHANGE;

    fn estimate(statistic: &'static Statistic, value: f64) -> Estimate {
        Estimate {
            analysis: "change.health".to_owned(),
            kind: Kind::Change,
            group: "".into(),
            variable: "health@t0>t6".into(),
            term: "".into(),
            statistic,
            value: Some(value),
            n: Some(40),
            method: String::new(),
            conditions: Vec::new(),
        }
    }

    /// What is cited is the numbers, not how a statistic is described.
    #[test]
    fn a_digest_is_of_the_numbers_and_not_of_their_descriptions() {
        static REWORDED: Statistic = Statistic { about: "The same in other words.", ..MEAN_CHANGE };
        let digest = |statistic, value| digest_of_raw(&[estimate(statistic, value)]);
        assert_eq!(digest(&MEAN_CHANGE, 0.5), digest(&REWORDED, 0.5));
        assert_ne!(digest(&MEAN_CHANGE, 0.5), digest(&MEAN_CHANGE, 0.5 + f64::EPSILON));
    }
}
