//! How many gave each answer, as DDI writes it. What is not released has no element.

use std::io;

use super::element::{Xml, text, texts, within};
use super::{Counts, Variable};
use crate::dictionary::Language;
use crate::table::{Cell, Content, words};

/// Valid and missing answers, mean and standard deviation, as far as they are released.
pub fn summary(xml: &mut Xml, counts: &Counts) -> io::Result<()> {
    let mut told = vec![("vald", counts.valid.clone()), ("invd", counts.missing_total.clone())];
    if let Some([mean, sd]) = &counts.moments {
        told.extend([("mean", mean.clone()), ("stdev", sd.clone())]);
    }
    for (kind, cell) in told {
        if let Some(number) = number(&cell) {
            text(xml, "sumStat", vec![("type", kind.to_owned())], &number)?;
        }
    }
    Ok(())
}

/// Codes with their labels, and how many gave each as far as that is released.
pub fn categories(xml: &mut Xml, variable: &Variable, counts: Option<&Counts>) -> io::Result<()> {
    let item = &variable.item;
    for code in &item.codes {
        let count = counts.and_then(|counts| counts.answers.iter().find(|(known, ..)| *known == code.code));
        within(xml, "catgry", Vec::new(), |xml| {
            text(xml, "catValu", Vec::new(), &code.code.to_string())?;
            texts(xml, "labl", &code.label)?;
            frequency(xml, count.map(|(_, count, _)| count))
        })?;
    }
    for missing in &item.missing {
        // The release counts reasons: a code that shares its reason with another has no count of its own.
        let alone = item.missing.iter().filter(|other| other.reason == missing.reason).count() == 1;
        let count = counts.filter(|_| alone).map(|counts| counts.missing(missing.reason));
        let attributes = vec![("missing", "Y".to_owned()), ("missType", missing.reason.name().to_owned())];
        within(xml, "catgry", attributes, |xml| {
            text(xml, "catValu", Vec::new(), &missing.code.to_string())?;
            texts(xml, "labl", &missing.label)?;
            frequency(xml, count.as_ref())
        })?;
    }
    // Reasons without a code: nobody wrote one.
    for (reason, count) in counts.into_iter().flat_map(|counts| &counts.missing) {
        if item.missing.iter().any(|missing| missing.reason == *reason) {
            continue;
        }
        let attributes = vec![("missing", "Y".to_owned()), ("missType", reason.name().to_owned())];
        within(xml, "catgry", attributes, |xml| {
            texts(xml, "labl", &words::word(&format!("reason.{}", reason.name())))?;
            frequency(xml, Some(count))
        })?;
    }
    Ok(())
}

fn frequency(xml: &mut Xml, count: Option<&Cell>) -> io::Result<()> {
    match count.and_then(number) {
        Some(number) => text(xml, "catStat", vec![("type", "freq".to_owned())], &number),
        None => Ok(()),
    }
}

/// A released number as XML writes it, rounded as tables round it; `None` for what is not released.
fn number(cell: &Cell) -> Option<String> {
    match cell.content {
        Content::Zero => Some("0".to_owned()),
        Content::Number { value, format } => Some(crate::table::number::plain(value, format, Language::En)),
        _ => None,
    }
}
