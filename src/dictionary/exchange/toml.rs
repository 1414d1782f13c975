//! An instrument as a dictionary file.

use std::fmt::Write;

use serde::Serialize;
use toml::Value;

use crate::dictionary::{Asked, Instrument, Item, Reason, Text, resolve};
use crate::written::{Mistake, Source};

/// The dictionary file of an instrument: what [`crate::dictionary::load`] reads it back from. Shared scales are written out item by
/// item, and thresholds of use, which name a file of their own, are left out.
pub fn instrument(instrument: &Instrument) -> String {
    let mut out = String::from("format = 1\n\n[instrument]\n");
    put(&mut out, "id", &instrument.id);
    put(&mut out, "title", &instrument.title);
    put(&mut out, "unit", &instrument.unit);
    if !instrument.source.is_empty() {
        put(&mut out, "source", &instrument.source);
    }
    let mut section = &Text::default();
    for item in &instrument.items {
        out.push_str("\n[[item]]\n");
        put(&mut out, "name", &item.name);
        if item.column != item.name {
            put(&mut out, "column", &item.column);
        }
        if item.section != *section && !item.section.is_empty() {
            put(&mut out, "section", &item.section);
        }
        section = &item.section;
        self::item(&mut out, item);
    }
    out
}

fn item(out: &mut String, item: &Item) {
    put(out, "label", &item.label);
    put(out, "type", &item.kind);
    let codes = item.codes.iter().map(|code| line(code.code, None, &code.label, &code.written));
    list(out, "codes", codes.collect());
    let missing = item.missing.iter();
    let missing = missing.map(|code| line(code.code, Some(code.reason), &code.label, &code.written));
    list(out, "missing", missing.collect());
    if let Some(better) = &item.better {
        put(out, "better", better);
    }
    if let Some(range) = &item.range {
        put(out, "range", range);
    }
    for (key, holds) in [("required", item.required), ("constant", item.constant)] {
        if holds {
            put(out, key, &true);
        }
    }
    if item.asked != Asked::Every {
        put(out, "asked", &item.asked);
    }
    if item.blank != Reason::Blank {
        put(out, "blank", &item.blank);
    }
    if let Some(reliability) = &item.reliability {
        put(out, "reliability", reliability);
    }
    if !item.unit.is_empty() {
        put(out, "unit", &item.unit);
    }
}

/// A dictionary file, and the instrument that it is read as: what is written is what is checked.
///
/// # Errors
/// A [`Mistake`] in the text that would be written, where it is no dictionary.
pub fn dictionary(made: &Instrument, path: &std::path::Path) -> Result<String, Mistake> {
    let text = instrument(made);
    resolve(&Source { path: path.to_owned(), text: text.clone() })?;
    Ok(text)
}

#[derive(Serialize)]
struct Line<'a> {
    code: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    #[serde(flatten)]
    label: &'a Text,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    written: &'a [String],
}

pub(crate) fn line(code: i64, reason: Option<Reason>, label: &Text, written: &[String]) -> String {
    inline(&Line { code, reason, label, written })
}

pub(crate) fn put(out: &mut String, key: &str, value: &impl Serialize) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{key} = {}", inline(value));
}

pub(crate) fn list(out: &mut String, key: &str, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "{key} = [");
    for line in lines {
        let _ = writeln!(out, "  {line},");
    }
    out.push_str("]\n");
}

/// A value on one line, tables in braces.
pub(crate) fn inline(value: &impl Serialize) -> String {
    // Texts, numbers, lists and tables with text keys are TOML.
    let value = Value::try_from(value).unwrap_or(Value::Boolean(false));
    told(&value)
}

fn told(value: &Value) -> String {
    match value {
        Value::Table(table) => {
            let fields = table.iter().map(|(key, value)| format!("{key} = {}", told(value)));
            format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
        }
        Value::Array(values) => format!("[{}]", values.iter().map(told).collect::<Vec<_>>().join(", ")),
        Value::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => other.to_string(),
    }
}
