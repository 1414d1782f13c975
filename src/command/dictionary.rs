//! `utfall dictionary`: dictionaries to and from other programs.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::print;
use crate::cli::{ExportArgs, ExportTo, ImportArgs, ImportFrom};
use crate::codebook::{Codebook, ddi};
use crate::dictionary::exchange::{self, Form, Imported, Loss, Losses, Reading};
use crate::dictionary::{self, Instrument, ItemType, Text};
use crate::draft;
use crate::read;
use crate::run::{self, OutputError, RunError};

/// `utfall dictionary export`.
///
/// # Errors
/// [`RunError`] where a dictionary has a mistake, or the file is there already or cannot be written.
pub fn export(args: &ExportArgs) -> Result<(), RunError> {
    let (title, instruments) = dictionaries(&args.dictionaries)?;
    let all: Vec<&Instrument> = instruments.iter().map(AsRef::as_ref).collect();
    let (text, losses) = match (args.to, all.as_slice()) {
        (ExportTo::Redcap, all) => exchange::redcap(all, args.lang).map_err(RunError::internal)?,
        (ExportTo::Frictionless, [one]) => exchange::schema(one, args.lang),
        (ExportTo::Frictionless, several) => {
            let name =
                args.out.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
            exchange::package(&name, several, args.lang)
        }
        (ExportTo::Ddi, _) => {
            let codebook = Codebook::of_dictionaries(title, &instruments);
            (ddi::xml(&codebook).map_err(RunError::internal)?, ddi_losses(&all))
        }
    };
    write_new(&args.out, &text)?;
    let fields: usize = all.iter().map(|instrument| instrument.items.len()).sum();
    told(&format!("{}: {fields} fields of {} dictionaries\n", args.out.display(), all.len()), losses)
}

/// What DDI Codebook has no place for; it holds every language.
fn ddi_losses(instruments: &[&Instrument]) -> Vec<Loss> {
    let items = || instruments.iter().flat_map(|instrument| &instrument.items);
    let spelled = items().filter(|item| item.codes.iter().any(|code| !code.written.is_empty()));
    spelled
        .map(|item| Loss { field: item.name.clone(), what: "other spellings of codes".to_owned() })
        .collect()
}

/// The dictionaries of files and of pipelines, each once, and what they are called together.
fn dictionaries(paths: &[PathBuf]) -> Result<(Text, Vec<Arc<Instrument>>), RunError> {
    let mut instruments: Vec<Arc<Instrument>> = Vec::new();
    let mut title = None;
    for path in paths {
        let found = match path.is_dir() || path.ends_with("pipeline.toml") {
            true => {
                let plan = run::load_plan(path)?;
                title.get_or_insert(plan.title);
                plan.instruments
            }
            false => vec![Arc::new(dictionary::load(path)?)],
        };
        for instrument in found {
            if !instruments.iter().any(|known| known.id == instrument.id) {
                title.get_or_insert(instrument.title.clone());
                instruments.push(instrument);
            }
        }
    }
    Ok((title.unwrap_or_default(), instruments))
}

/// What a file's form is told by: its name, or what was said.
fn form_of(args: &ImportArgs) -> Result<ImportFrom, RunError> {
    let ending = args.file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let by_name = match ending.as_deref() {
        Some("csv") => Some(ImportFrom::Redcap),
        Some("json") => Some(ImportFrom::Frictionless),
        Some("xml") => Some(ImportFrom::Ddi),
        Some("sav" | "zsav") => Some(ImportFrom::Spss),
        Some("dta") => Some(ImportFrom::Stata),
        _ => None,
    };
    args.from.or(by_name).ok_or_else(|| {
        RunError::Asked(format!(
            "{} ends in none of .csv, .json, .xml, .sav, .zsav and .dta; say --from redcap, frictionless, ddi, spss or stata",
            args.file.display()
        ))
    })
}

fn imported(args: &ImportArgs) -> Result<Imported, RunError> {
    let reading =
        Reading { language: args.lang, missing: args.missing.clone(), ordinal: args.ordinal.clone() };
    let form = match form_of(args)? {
        ImportFrom::Redcap => Form::Redcap,
        ImportFrom::Frictionless => Form::Frictionless,
        ImportFrom::Ddi => Form::Ddi,
        ImportFrom::Spss | ImportFrom::Stata => {
            let unreadable = |fault| RunError::Data(format!("{}: {fault}", args.file.display()));
            let mut imported = draft::instrument(&args.file, args.lang, &read::open).map_err(unreadable)?;
            imported.take(&reading, false);
            return Ok(imported);
        }
    };
    Ok(exchange::read(&args.file, form, &reading)?)
}

/// `utfall dictionary import`.
///
/// # Errors
/// [`RunError`] where the file is not of its form, what it says cannot stand in a dictionary, or a dictionary is there already.
pub fn import(args: &ImportArgs) -> Result<(), RunError> {
    let imported = imported(args)?;
    let instruments: Vec<&Instrument> =
        imported.instruments.iter().filter(|instrument| !instrument.items.is_empty()).collect();
    let one_file = args.out.extension().is_some_and(|ending| ending == "toml");
    if one_file && instruments.len() > 1 {
        let ids: Vec<&str> = instruments.iter().map(|instrument| instrument.id.as_str()).collect();
        return Err(RunError::Asked(format!(
            "{} has several dictionaries ({}); name a folder with --out",
            args.file.display(),
            ids.join(", ")
        )));
    }
    let undirected = instruments.iter().flat_map(|instrument| &instrument.items).filter(|item| {
        let ordered =
            matches!(item.kind, ItemType::Ordinal | ItemType::Binary | ItemType::Integer | ItemType::Decimal);
        ordered && item.better.is_none() && !item.constant
    });
    let undirected = undirected.count();
    let mut made = Vec::new();
    for instrument in instruments {
        let path = match one_file {
            true => args.out.clone(),
            false => args.out.join(format!("{}.toml", instrument.id)),
        };
        made.push((exchange::dictionary(instrument, &path)?, path, instrument.items.len()));
    }
    let mut said = String::new();
    for (text, path, items) in made {
        write_new(&path, &text)?;
        said += &format!("{}: {items} items\n", path.display());
    }
    if undirected > 0 {
        said += &format!(
            "{undirected} items have no direction: write better = \"lower\" or better = \"higher\" where one is better, else change is only counted as increased or decreased\n"
        );
    }
    told(&said, imported.losses)
}

/// What was done, and what was lost with it.
fn told(done: &str, mut losses: Vec<Loss>) -> Result<(), RunError> {
    losses.dedup();
    match losses.is_empty() {
        true => print(&format!("{done}nothing was lost\n")),
        false => print(&format!("{done}not carried over as it was, to be looked at:\n{}", Losses(&losses))),
    }
}

/// Writes a file that is not there yet, with the folders that it stands in.
fn write_new(path: &Path, text: &str) -> Result<(), RunError> {
    let failed = |error| RunError::Output(OutputError::Write { path: path.to_owned(), error });
    if path.exists() {
        return Err(RunError::Asked(format!(
            "{} is there already; move it away, or name another file",
            path.display()
        )));
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}
