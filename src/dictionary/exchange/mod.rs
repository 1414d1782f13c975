//! Import and export of dictionaries: REDCap's data dictionary and Frictionless Table Schema in both directions, and import of DDI Codebook,
//! which [`crate::codebook`] writes.
//!
//! Each format has its own places for names, labels, codes and ranges. What it has no place for (the order of answers, which direction is
//! better, why a code means a missing answer) is carried along as [`Kept`], if the format allows additions. What is lost is a [`Loss`], which
//! the commands print.

mod ddi_read;
mod ddi_variable;
mod frictionless;
mod frictionless_read;
pub(crate) mod kept;
pub(crate) mod name;
mod reason;
mod redcap;
mod redcap_field;
mod redcap_read;
mod said;
pub(crate) mod toml;

use std::fmt;
use std::path::Path;

pub use frictionless::{package, schema};
pub use kept::Kept;
pub(crate) use reason::reason;
pub use redcap::{HEADINGS as REDCAP_HEADINGS, csv as redcap};
pub use said::{MissingSaid, Names};
pub use toml::{dictionary, instrument as toml};

use super::{Instrument, Item, Language};
use crate::written::{Mistake, Source};

/// What could not be carried over, and of which field; an empty field stands for the whole file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    pub field: String,
    pub what: String,
}

impl Loss {
    pub(crate) fn new(field: &str, what: impl Into<String>) -> Loss {
        Loss { field: field.to_owned(), what: what.into() }
    }
}

/// The losses, those of the same kind on one line: `what: field, field, …`.
pub struct Losses<'a>(pub &'a [Loss]);

impl fmt::Display for Losses<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut told: Vec<(&str, Vec<&str>)> = Vec::new();
        for loss in self.0 {
            match told.iter_mut().find(|(what, _)| *what == loss.what) {
                Some((_, fields)) => fields.push(&loss.field),
                None => told.push((&loss.what, vec![&loss.field])),
            }
        }
        for (what, fields) in told {
            let fields: Vec<&str> = fields.into_iter().filter(|field| !field.is_empty()).collect();
            match fields.is_empty() {
                true => writeln!(f, "  {what}")?,
                false => writeln!(f, "  {what}: {}", fields.join(", "))?,
            }
        }
        Ok(())
    }
}

/// A form of another program that dictionaries are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// REDCap's data dictionary, as CSV.
    Redcap,
    /// A Frictionless Table Schema, a resource or a Data Package, as JSON.
    Frictionless,
    /// A DDI Codebook 2.5, as XML.
    Ddi,
}

/// How a file of another program is read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The language that the file's labels are in.
    pub language: Language,
    /// What codes and letters stand for a missing answer, where the file itself cannot say so.
    pub missing: Vec<MissingSaid>,
    /// Items whose answers have an order.
    pub ordinal: Vec<Names>,
}

/// The dictionaries in a file of another program, and what of it they could not take over.
#[derive(Debug)]
pub struct Imported {
    pub instruments: Vec<Instrument>,
    pub losses: Vec<Loss>,
}

/// Reads the dictionaries in a file of another program.
///
/// # Errors
/// A [`Mistake`] where the file cannot be read or is not of that form, or what it says cannot stand in a dictionary.
pub fn read(path: &Path, form: Form, reading: &Reading) -> Result<Imported, Mistake> {
    let source = Source::read(path)?;
    let mut imported = match form {
        Form::Redcap => redcap_read::read(&source, reading)?,
        Form::Frictionless => frictionless_read::read(&source, reading)?,
        Form::Ddi => ddi_read::read(&source, reading)?,
    };
    imported.take(reading, form == Form::Frictionless);
    if imported.instruments.iter().all(|instrument| instrument.items.is_empty()) {
        return Err(Mistake::of_file(path, "found no field that could be an item of a dictionary")
            .help("check that this is the file that you meant"));
    }
    Ok(imported)
}

/// What an item loses in any of these forms, whose labels are in one language.
fn common_losses(item: &Item, language: Language) -> Vec<Loss> {
    let mut losses = Vec::new();
    let label = &item.label;
    let written = [(Language::Nb, &label.nb), (Language::Nn, &label.nn), (Language::En, &label.en)];
    for (other, text) in written {
        if other != language && text.is_some() {
            losses
                .push(Loss::new("", format!("labels in the language {other}; one export has one language")));
        }
    }
    if item.use_thresholds.is_some() {
        losses.push(Loss::new(&item.name, "thresholds of use, which stand in a file of their own"));
    }
    if item.part_of.is_some() {
        losses.push(Loss::new(&item.name, "that it shares a column with the other answers to its question"));
    }
    losses
}
