//! A draft as a dictionary file. Every guess has a comment, and the better direction is left to be filled in.

use std::fmt::Write;

use super::item::Drafted;
use super::scale::Scale;
use crate::dictionary::exchange::toml::{line, list, put};
use crate::dictionary::{Code, FormUnit, ItemType, MissingCode, Text};

/// The dictionary of one form.
#[derive(Debug)]
pub struct Sheet<'s> {
    pub id: &'s str,
    pub title: Text,
    pub items: &'s [Drafted],
    pub scales: &'s [Scale],
    /// What stands at the top, a line each.
    pub about: Vec<String>,
}

/// The line that waits for a direction.
pub const BETTER: &str = "# better = \"lower\"";

/// The text of a dictionary file.
pub fn dictionary(sheet: &Sheet<'_>) -> String {
    let mut out = String::new();
    for line in &sheet.about {
        let _ = writeln!(out, "# {line}");
    }
    out.push_str("format = 1\n\n[instrument]\n");
    put(&mut out, "id", &sheet.id);
    put(&mut out, "title", &sheet.title);
    put(&mut out, "unit", &FormUnit::Respondent);
    for scale in sheet.scales {
        let _ = writeln!(out, "\n[scale.{}]", key(&scale.name));
        guesses(&mut out, &scale.guesses);
        put(&mut out, "type", &scale.kind);
        codes(&mut out, &scale.codes, &scale.missing);
        // A yes is good in one question and bad in the next, so that each of two answers says its own.
        if scale.kind == ItemType::Ordinal {
            out.push_str("# for most of its items; one that is worded the other way round gets a `better` of its own, which counts before this\n");
            better(&mut out);
        }
    }
    for drafted in sheet.items {
        item(&mut out, drafted, sheet.scales);
    }
    out
}

fn item(out: &mut String, drafted: &Drafted, scales: &[Scale]) {
    let item = &drafted.item;
    out.push_str("\n[[item]]\n");
    put(out, "name", &item.name);
    if item.column != item.name {
        put(out, "column", &item.column);
    }
    put(out, "label", &item.label);
    guesses(out, &drafted.guesses);
    for note in &drafted.notes {
        let _ = writeln!(out, "# {note}");
    }
    let scale = drafted.shared.and_then(|place| scales.get(place));
    match scale {
        Some(scale) => put(out, "scale", &scale.name),
        None => {
            put(out, "type", &item.kind);
            codes(out, &item.codes, &item.missing);
        }
    }
    if let Some(range) = &item.range {
        // What was found is no limit of the question, and a smallest and largest value may be one person's.
        let mut line = String::new();
        put(&mut line, "range", range);
        let _ = write!(out, "# {line}");
    }
    if item.constant {
        put(out, "constant", &true);
    }
    if item.asked != Default::default() {
        put(out, "asked", &item.asked);
    }
    let own = scale.is_none_or(|scale| scale.kind == ItemType::Binary);
    if drafted.directed && own && !item.constant {
        better(out);
    }
}

/// A comment that is a key once its mark is removed.
fn better(out: &mut String) {
    let _ = writeln!(
        out,
        "{BETTER}   # to fill in: \"lower\" or \"higher\"; leave it out where neither is better"
    );
}

fn guesses(out: &mut String, guesses: &[String]) {
    for guess in guesses {
        // A label may stand in a guess, and a comment is one line.
        let guess: String =
            guess.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        let _ = writeln!(out, "# guess: {guess}");
    }
}

fn codes(out: &mut String, codes: &[Code], missing: &[MissingCode]) {
    let lines = codes.iter().map(|code| line(code.code, None, &code.label, &code.written));
    list(out, "codes", lines.collect());
    let lines = missing.iter().map(|code| line(code.code, Some(code.reason), &code.label, &code.written));
    list(out, "missing", lines.collect());
}

/// A key of TOML: bare where its letters allow it.
pub fn key(name: &str) -> String {
    let bare = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    match !name.is_empty() && name.chars().all(bare) {
        true => name.to_owned(),
        false => toml::Value::String(name.to_owned()).to_string(),
    }
}
