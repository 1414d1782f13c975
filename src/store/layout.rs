//! The layout of a store: its buckets, its columns, and the metadata of the columns.

use std::collections::HashMap;
use std::num::NonZeroU32;

use arrow::datatypes::{Field, Schema};
use serde::Serialize;

use super::schema::{reason_column, schema};
use crate::dictionary::{Instrument, Item, Reason, Text};

/// The version of this layout.
pub(super) const FORMAT: u32 = 1;

/// A study below this many cells (rows by items) has one bucket; a larger one has one more for every so many. A bucket is
/// held in memory by the thread that works on it.
const CELLS_PER_BUCKET: u64 = 4_000_000;

/// So many files can be open at once.
const MOST_BUCKETS: u64 = 512;

/// Into how many buckets a store is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Buckets {
    /// One below 4 000 000 cells, and one more for every so many.
    BySize,
    Number(NonZeroU32),
}

impl Buckets {
    /// For about so many rows of so many items.
    pub fn number(self, rows: u64, items: usize) -> u32 {
        let cells = rows.saturating_mul(items as u64);
        match self {
            Buckets::BySize => (1 + cells / CELLS_PER_BUCKET).min(MOST_BUCKETS) as u32,
            Buckets::Number(number) => number.get(),
        }
    }
}

/// The bucket of a respondent: the first eight bytes of the id's BLAKE3 hash, as a little-endian number, modulo
/// the number of buckets. The same on every machine and in every version.
pub fn bucket_of(respondent: &str, buckets: u32) -> u32 {
    let hash = blake3::hash(respondent.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    // A remainder by a u32 fits one.
    (u64::from_le_bytes(first) % u64::from(buckets.max(1))) as u32
}

pub(super) fn bucket_file(bucket: u32) -> String {
    format!("bucket-{bucket:04}.parquet")
}

/// The columns of [`schema`], each with metadata: `type`, `label_nb`, `label_nn`, `label_en`, `codes` and
/// `missing` (JSON, with labels), and where they are declared `unit` (JSON), `range` (JSON), `better` and
/// `constant`.
pub(super) fn described(instrument: &Instrument) -> Schema {
    let plain = schema(instrument);
    let describe = |field: &Field| {
        let name = field.name();
        let item = instrument.items.iter().find(|item| item.name == *name);
        let of_reasons = instrument.items.iter().any(|item| reason_column(&item.name) == *name);
        let metadata = match item {
            Some(item) => describe(item),
            None if of_reasons => reasons(),
            None => HashMap::from([("type".to_owned(), name.clone())]),
        };
        field.clone().with_metadata(metadata)
    };
    let fields: Vec<Field> = plain.fields().iter().map(|field| describe(field)).collect();
    Schema::new_with_metadata(fields, HashMap::from_iter(file_metadata(instrument)))
}

/// What the file says of itself. It is written twice: pyarrow looks for it in the schema, DuckDB in the file.
pub(super) fn file_metadata(instrument: &Instrument) -> Vec<(String, String)> {
    vec![
        ("utfall.format".to_owned(), FORMAT.to_string()),
        ("utfall.instrument".to_owned(), instrument.id.clone()),
        ("utfall.title".to_owned(), json(&instrument.title)),
    ]
}

#[derive(Serialize)]
struct CodeMetadata<'a> {
    code: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    #[serde(flatten)]
    label: &'a Text,
}

fn describe(item: &Item) -> HashMap<String, String> {
    let mut metadata = HashMap::from([("type".to_owned(), word(&item.kind))]);
    let mut put = |key: &str, value: String| metadata.insert(key.to_owned(), value);
    let label = &item.label;
    for (key, text) in [("label_nb", &label.nb), ("label_nn", &label.nn), ("label_en", &label.en)] {
        if let Some(text) = text {
            put(key, text.clone());
        }
    }
    if !item.codes.is_empty() {
        let code = item.codes.iter();
        let codes = code.map(|code| CodeMetadata { code: code.code, reason: None, label: &code.label });
        put("codes", json(&codes.collect::<Vec<_>>()));
    }
    if !item.missing.is_empty() {
        let codes = item.missing.iter().map(|missing| CodeMetadata {
            code: missing.code,
            reason: Some(missing.reason),
            label: &missing.label,
        });
        put("missing", json(&codes.collect::<Vec<_>>()));
    }
    if !item.unit.is_empty() {
        put("unit", json(&item.unit));
    }
    if let Some(range) = item.range {
        put("range", json(&range));
    }
    if let Some(better) = item.better {
        put("better", word(&better));
    }
    if item.constant {
        put("constant", "true".to_owned());
    }
    metadata
}

/// What the numbers of a column of reasons mean.
fn reasons() -> HashMap<String, String> {
    let names = Reason::ALL.iter().map(|reason| (reason.number().to_string(), reason.name().into()));
    let codes: serde_json::Map<String, serde_json::Value> =
        std::iter::once(("0".to_owned(), "present".into())).chain(names).collect();
    HashMap::from([("type".to_owned(), "reason".to_owned()), ("codes".to_owned(), json(&codes))])
}

/// These are structs, arrays and numbers with text keys, which serialise without fail.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A name as it is written in a dictionary.
fn word(value: &impl Serialize) -> String {
    json(value).trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_by_rows_and_by_hash() {
        assert_eq!(Buckets::BySize.number(0, 20), 1);
        assert_eq!(Buckets::BySize.number(199_999, 20), 1);
        assert_eq!(Buckets::BySize.number(1_000_000, 20), 6);
        // Held fast: another answer would send a respondent's waves to another bucket than an older store's.
        assert_eq!(bucket_of("1001", 16), 3);
        assert_eq!(bucket_of("bjørn", 1), 0);
    }
}
