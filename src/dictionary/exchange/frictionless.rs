//! Dictionaries → Frictionless: a Table Schema for one instrument, a Data Package for several.
//!
//! Source: Data Package v2 (datapackage.org), Table Schema: `categories` with labels, `categoriesOrdered`, `missingValues` with labels by
//! field, `constraints`. What has no property there is written in a property of our own, which the standard allows.

use serde_json::{Map, Value, json};

use super::{Kept, Loss, common_losses};
use crate::dictionary::{Instrument, Item, ItemType, Language};

/// The property that holds what the standard has no property for.
pub(super) const OWN: &str = "utfall";
const SCHEMA: &str = "https://datapackage.org/profiles/2.0/tableschema.json";
const PACKAGE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const RESOURCE: &str = "https://datapackage.org/profiles/2.0/dataresource.json";

/// The Table Schema of an instrument, with the labels of one language, and what it cannot say. That a file may have more columns,
/// such as the respondent's id, is left unsaid: the profile of version 2.0 has `fieldsMatch` as a list, the standard as a text.
pub fn schema(instrument: &Instrument, language: Language) -> (String, Vec<Loss>) {
    let mut losses = Vec::new();
    let schema = schema_of(instrument, language, &mut losses);
    (text(&schema), losses)
}

/// The Data Package of several instruments: a resource each, whose data stand in `<instrument>.csv` beside it.
pub fn package(name: &str, instruments: &[&Instrument], language: Language) -> (String, Vec<Loss>) {
    let mut losses = Vec::new();
    let resources: Vec<Value> = instruments
        .iter()
        .map(|instrument| {
            let id = instrument.id.to_lowercase();
            json!({
                "$schema": RESOURCE,
                "name": id,
                "title": instrument.title.get(language),
                "type": "table",
                "path": format!("{}.csv", instrument.id),
                "schema": schema_of(instrument, language, &mut losses),
            })
        })
        .collect();
    let package = json!({ "$schema": PACKAGE, "name": name.to_lowercase(), "resources": resources });
    (text(&package), losses)
}

fn text(value: &Value) -> String {
    // Texts, numbers and maps with text keys serialise without fail.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

fn schema_of(instrument: &Instrument, language: Language, losses: &mut Vec<Loss>) -> Value {
    let fields: Vec<Value> = instrument
        .items
        .iter()
        .map(|item| {
            losses.extend(common_losses(item, language));
            field(item, language, losses)
        })
        .collect();
    let mut own = Map::new();
    own.insert("id".to_owned(), instrument.id.clone().into());
    own.insert("title".to_owned(), instrument.title.get(language).into());
    own.insert("unit".to_owned(), json!(instrument.unit));
    if !instrument.source.is_empty() {
        own.insert("source".to_owned(), instrument.source.clone().into());
    }
    json!({ "$schema": SCHEMA, "fields": fields, OWN: own })
}

fn field(item: &Item, language: Language, losses: &mut Vec<Loss>) -> Value {
    let kind = match item.kind {
        ItemType::Nominal | ItemType::Ordinal | ItemType::Binary | ItemType::Integer => "integer",
        ItemType::Decimal => "number",
        ItemType::Date => "date",
        ItemType::Text => "string",
    };
    let mut field = Map::new();
    let mut put = |key: &str, value: Value| field.insert(key.to_owned(), value);
    // Fields have names of their own; answers that share a column are told apart by theirs.
    let called = if item.part_of.is_some() { &item.name } else { &item.column };
    put("name", called.clone().into());
    put("title", item.label.get(language).into());
    put("type", kind.into());
    let mut constraints = Map::new();
    if item.required {
        constraints.insert("required".to_owned(), true.into());
    }
    if let Some(range) = item.range {
        for (key, end) in ["minimum", "maximum"].into_iter().zip(range) {
            // An open end has no constraint.
            if end.is_finite() {
                constraints.insert(key.to_owned(), number(end));
            }
        }
    }
    if item.is_coded() {
        let codes = item.codes.iter().map(|code| code.code);
        constraints.insert("enum".to_owned(), codes.collect());
        let labels = item.codes.iter().map(|code| (code.code.into(), code.label.get(language)));
        let labels: Vec<(Value, &str)> = labels.collect();
        if (1..labels.len()).any(|at| labels[..at].iter().any(|(_, label)| *label == labels[at].1)) {
            losses.push(Loss::new(
                &item.name,
                "a label that two codes have, which the standard allows one of them",
            ));
        }
        put("categories", labelled(labels));
        if item.kind != ItemType::Binary {
            put("categoriesOrdered", (item.kind == ItemType::Ordinal).into());
        }
    }
    if !constraints.is_empty() {
        put("constraints", constraints.into());
    }
    if !item.missing.is_empty() {
        let blank: (Value, &str) = ("".into(), "");
        let codes = item.missing.iter();
        let codes = codes.map(|missing| (missing.code.to_string().into(), missing.label.get(language)));
        put("missingValues", labelled(std::iter::once(blank).chain(codes).collect()));
    }
    let mut own = json!(Kept::of(item, &item.column, language));
    if let (false, Some(own)) = (item.section.is_empty(), own.as_object_mut()) {
        own.insert("section".to_owned(), item.section.get(language).into());
    }
    put(OWN, own);
    field.into()
}

/// Values with labels. The standard wants labels to differ: one that stands twice is given to the first only.
fn labelled(values: Vec<(Value, &str)>) -> Value {
    let mut told: Vec<&str> = Vec::new();
    let values = values.into_iter().map(|(value, label)| {
        if label.is_empty() || told.contains(&label) {
            return json!({ "value": value });
        }
        told.push(label);
        json!({ "value": value, "label": label })
    });
    values.collect()
}

/// A whole number is written as one.
fn number(value: f64) -> Value {
    match value.fract() == 0.0 && value.abs() < 1e15 {
        true => (value as i64).into(),
        false => value.into(),
    }
}
