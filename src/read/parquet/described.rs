//! What this program's own store says about its columns: labels, codes and missing codes, in the field's metadata.

use arrow::datatypes::Metadata;

use serde_json::Value;

use super::super::{Code, Column};

/// The languages, in the order in which a text is looked for.
const LANGUAGES: [&str; 3] = ["en", "nb", "nn"];

/// Fills in what the metadata says. A file of another program says nothing here.
pub(super) fn describe(column: &mut Column, metadata: &Metadata) {
    column.label = LANGUAGES.iter().find_map(|language| metadata.get(&format!("label_{language}"))).cloned();
    for entry in entries(metadata, "codes") {
        column.labels.extend(labelled(&entry));
    }
    for entry in entries(metadata, "missing") {
        let label = labelled(&entry);
        column.missing.values.extend(label.iter().map(|(code, _)| code.clone()));
        column.labels.extend(label);
    }
}

/// The entries of a list, or of an object whose keys are the codes.
fn entries(metadata: &Metadata, key: &str) -> Vec<(String, Value)> {
    let parsed = metadata.get(key).and_then(|text| serde_json::from_str(text).ok());
    match parsed {
        Some(Value::Array(entries)) => entries
            .into_iter()
            .map(|entry| (entry.get("code").map(Value::to_string).unwrap_or_default(), entry))
            .collect(),
        Some(Value::Object(entries)) => entries.into_iter().collect(),
        _ => Vec::new(),
    }
}

fn labelled((code, entry): &(String, Value)) -> Option<(Code, String)> {
    let code = code.parse().ok().filter(|code: &f64| code.is_finite())?;
    let text = match entry {
        Value::String(text) => Some(text.as_str()),
        entry => {
            let of = |key: &str| entry.get(key).and_then(Value::as_str);
            LANGUAGES.iter().find_map(|language| of(language)).or_else(|| of("reason"))
        }
    };
    Some((Code::Number(code), text.unwrap_or_default().to_owned()))
}
