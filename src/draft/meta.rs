//! What a file says about a column (labels, codes, missing codes) → an item.

use std::collections::BTreeSet;

use crate::dictionary::exchange::kept::in_language;
use crate::dictionary::exchange::reason;
use crate::dictionary::{Code as ItemCode, Language, MissingCode};
use crate::read::{Code, Column};

use super::profile::whole;

/// A value as files write it.
pub fn code_text(code: &Code) -> String {
    match code {
        Code::Number(number) => number.to_string(),
        Code::Tag(letter) => format!(".{letter}"),
        Code::Text(text) => text.trim().to_owned(),
    }
}

/// Labelled answers of a column, and its missing codes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Meta {
    /// Whole numbers with their labels, as the file orders them.
    pub numbers: Vec<(i64, String)>,
    /// Texts with their labels.
    pub texts: Vec<(String, String)>,
    pub missing: Vec<MissingCode>,
    /// Missing codes whose reason the label does not say.
    pub unclear: Vec<i64>,
    /// Labels and missing codes of what is no whole number, which a dictionary cannot hold.
    pub lost: Vec<String>,
}

/// The least number below zero that is free, for what a file writes as letters.
pub fn free(taken: &BTreeSet<i64>) -> i64 {
    (1..).map(|number| -number).find(|number| !taken.contains(number)).unwrap_or(i64::MIN)
}

/// Reads what a file says of a column. `declared` are values that were found declared missing, `tags` the letters.
pub fn meta(column: &Column, declared: &[Code], language: Language) -> Meta {
    let mut meta = Meta::default();
    let mut taken = BTreeSet::new();
    let mut missing: Vec<(Code, Option<String>)> = Vec::new();
    for (code, label) in &column.labels {
        let label = label.trim().to_owned();
        let is_missing = match code {
            Code::Tag(_) => true,
            Code::Number(number) => column.missing.holds(*number),
            Code::Text(_) => column.missing.values.contains(code),
        };
        match code {
            _ if is_missing => missing.push((code.clone(), Some(label))),
            Code::Number(number) => match whole(*number) {
                Some(whole) if taken.insert(whole) => meta.numbers.push((whole, label)),
                Some(_) => {}
                None => meta.lost.push(code_text(code)),
            },
            Code::Text(text) => meta.texts.push((text.trim().to_owned(), label)),
            Code::Tag(_) => {}
        }
    }
    for code in column.missing.values.iter().chain(declared) {
        if !missing.iter().any(|(known, _)| known == code) {
            missing.push((code.clone(), None));
        }
    }
    // Numbers first, so that letters get what is free below zero.
    let number = |code: &Code| match code {
        Code::Number(number) => whole(*number),
        _ => None,
    };
    taken.extend(missing.iter().filter_map(|(code, _)| number(code)));
    for (code, label) in missing {
        let (at, written) = match (&code, number(&code)) {
            (_, Some(whole)) => (whole, Vec::new()),
            (Code::Number(_), None) => {
                meta.lost.push(code_text(&code));
                continue;
            }
            _ => {
                let at = free(&taken);
                taken.insert(at);
                (at, vec![code_text(&code)])
            }
        };
        let shown = label.filter(|label| !label.is_empty());
        let (reason, guess) = reason(shown.as_deref().unwrap_or_default());
        if guess {
            meta.unclear.push(at);
        }
        let label = shown.unwrap_or_else(|| written.first().cloned().unwrap_or_else(|| at.to_string()));
        if !meta.missing.iter().any(|known| known.code == at) {
            meta.missing.push(MissingCode {
                code: at,
                reason,
                label: in_language(language, &label),
                written,
            });
        }
    }
    meta
}

/// An answer's code with its label.
pub fn answer(code: i64, label: &str, language: Language) -> ItemCode {
    let label = if label.is_empty() { code.to_string() } else { label.to_owned() };
    ItemCode { code, label: in_language(language, &label), written: Vec::new() }
}
