//! DDI Codebook 2.5 → dictionaries. Each data file of the codebook becomes an instrument.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::ddi_variable::{Category, Variable, item};
use super::kept::in_language;
use super::{Imported, Loss, Reading, name};
use crate::dictionary::{FormUnit, Instrument};
use crate::written::{Mistake, Source};

/// A text in a language; most files give none.
#[derive(Debug, Default, Clone)]
pub(super) struct Words(Vec<(String, String)>);

impl Words {
    /// The text in the language that was asked for, or the first.
    pub(super) fn get(&self, language: &str) -> &str {
        let own = self.0.iter().find(|(tag, _)| tag.split('-').next() == Some(language));
        own.or(self.0.first()).map_or("", |(_, text)| text)
    }

    fn add(&mut self, language: &str, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.0.push((language.to_owned(), text));
        }
    }
}

/// What is read of a codebook.
#[derive(Debug, Default)]
struct Codebook {
    /// The id of each data file with its name.
    files: Vec<(String, String)>,
    variables: Vec<Variable>,
}

pub(super) fn read(source: &Source, reading: &Reading) -> Result<Imported, Mistake> {
    let codebook = codebook(source)?;
    let stem = source.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut losses = Vec::new();
    let mut made: Vec<(Instrument, BTreeSet<String>)> = Vec::new();
    let mut known: BTreeMap<(String, String), ()> = BTreeMap::new();
    for variable in &codebook.variables {
        let file = variable.files.split_whitespace().next().unwrap_or_default();
        let named = codebook.files.iter().find(|(id, _)| id == file).map_or(stem.as_str(), |(_, name)| name);
        // Waves of one form stand as files of their own: `kartlegging@t0`.
        let named = named.split('@').next().unwrap_or(named);
        let named = [".sav", ".dta", ".csv", ".nsdstat", ".por"]
            .iter()
            .fold(named, |name, end| name.trim_end_matches(end));
        let id = name::item(named);
        if known.insert((id.clone(), variable.name.clone()), ()).is_some() {
            continue;
        }
        let at = match made.iter().position(|(instrument, _)| instrument.id == id) {
            Some(at) => at,
            None => {
                let title = in_language(reading.language, named);
                let (unit, source) = (FormUnit::Respondent, String::new());
                made.push((
                    Instrument { id, title, unit, source, items: Vec::new(), sets: Vec::new() },
                    BTreeSet::new(),
                ));
                made.len() - 1
            }
        };
        let (instrument, names) = &mut made[at];
        let mut item = item(variable, reading, &mut losses);
        item.name = name::unique(item.name, names);
        instrument.items.push(item);
    }
    if made.is_empty() {
        return Err(Mistake::of_file(&source.path, "found no variable (`var`)")
            .help("expected a DDI Codebook (version 2): its variables stand in `dataDscr`; DDI Lifecycle (version 3) is not read"));
    }
    losses.push(Loss::new(
        "",
        "which column is the respondent's id: name it in the pipeline, and leave its item out",
    ));
    Ok(Imported { instruments: made.into_iter().map(|(instrument, _)| instrument).collect(), losses })
}

fn codebook(source: &Source) -> Result<Codebook, Mistake> {
    let mut reader = Reader::from_str(source.text.trim_start_matches('\u{feff}'));
    let mut codebook = Codebook::default();
    // The elements that are open, each with its language.
    let mut open: Vec<(String, String)> = Vec::new();
    let mut text = String::new();
    loop {
        let at = reader.buffer_position() as usize;
        let broken = |error: String| {
            source
                .mistake(
                    at.min(source.text.len())..at.min(source.text.len()),
                    format!("this is not XML: {error}"),
                )
                .help("expected a DDI Codebook")
        };
        match reader.read_event().map_err(|error| broken(error.to_string()))? {
            Event::Start(start) => {
                let name = local(&start);
                begin(&mut codebook, &name, &open, &start);
                open.push((name, attribute(&start, "xml:lang")));
                text.clear();
            }
            Event::Empty(start) => {
                let name = local(&start);
                begin(&mut codebook, &name, &open, &start);
                end(&mut codebook, &name, &open, "", "");
            }
            Event::Text(words) => text.push_str(&words.xml_content(XmlVersion::Implicit1_0)),
            Event::CData(words) => text.push_str(&words.xml_content(XmlVersion::Implicit1_0)),
            Event::GeneralRef(entity) => {
                if let Ok(Some(letter)) = entity.resolve_char_ref() {
                    text.push(letter);
                } else {
                    text.push_str(match &*entity.xml_content(XmlVersion::Implicit1_0) {
                        "lt" => "<",
                        "gt" => ">",
                        "amp" => "&",
                        "quot" => "\"",
                        "apos" => "'",
                        _ => "",
                    });
                }
            }
            Event::End(_) => {
                if let Some((name, language)) = open.pop() {
                    end(&mut codebook, &name, &open, &language, &text);
                }
                text.clear();
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    match open.first() {
        Some((name, _)) => {
            Err(Mistake::of_file(&source.path, format!("the file ends before the end of `{name}`"))
                .help("take the file anew from where it comes"))
        }
        None => Ok(codebook),
    }
}

fn local(start: &BytesStart<'_>) -> String {
    start.local_name().as_ref().to_owned()
}

/// The value of an attribute; empty where it is absent or not as XML has it.
fn attribute(start: &BytesStart<'_>, name: &str) -> String {
    let found = start.try_get_attribute(name).ok().flatten();
    found
        .and_then(|found| Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned()))
        .unwrap_or_default()
}

fn begin(codebook: &mut Codebook, name: &str, open: &[(String, String)], start: &BytesStart<'_>) {
    let parent = open.last().map(|(name, _)| name.as_str()).unwrap_or_default();
    let number = |name: &str| attribute(start, name).trim().replace(',', ".").parse::<f64>().ok();
    match name {
        "fileDscr" => codebook.files.push((attribute(start, "ID"), String::new())),
        "var" => codebook.variables.push(Variable {
            name: attribute(start, "name"),
            files: attribute(start, "files"),
            continuous: attribute(start, "intrvl") == "contin",
            nature: attribute(start, "nature"),
            representation: attribute(start, "representationType"),
            decimals: attribute(start, "dcml").parse().ok(),
            unit: attribute(start, "measUnit"),
            ..Variable::default()
        }),
        _ => {
            let Some(variable) = codebook.variables.last_mut().filter(|_| within(open)) else { return };
            match (name, parent) {
                ("catgry", _) => {
                    let missing = matches!(attribute(start, "missing").as_str(), "Y" | "y" | "true" | "1");
                    variable.categories.push(Category { missing, ..Category::default() });
                }
                ("varFormat", _) => {
                    variable.text = attribute(start, "type") == "character";
                    variable.category = attribute(start, "category");
                }
                ("item", "invalrng") => variable.missing.push(attribute(start, "VALUE")),
                ("range", "invalrng") => {
                    let ends = (number("min"), number("max"));
                    variable
                        .missing_ranges
                        .push((ends.0.unwrap_or(f64::NEG_INFINITY), ends.1.unwrap_or(f64::INFINITY)));
                }
                ("range", "valrng") => variable.range = Some((number("min"), number("max"))),
                _ => {}
            }
        }
    }
}

fn within(open: &[(String, String)]) -> bool {
    open.iter().any(|(name, _)| name == "var")
}

fn end(codebook: &mut Codebook, name: &str, open: &[(String, String)], language: &str, text: &str) {
    let parent = open.last().map(|(name, _)| name.as_str()).unwrap_or_default();
    if name == "fileName"
        && let Some((_, file)) = codebook.files.last_mut()
    {
        text.trim().clone_into(file);
    }
    let Some(variable) = codebook.variables.last_mut().filter(|_| within(open)) else { return };
    match (name, parent) {
        ("labl", "var") => variable.label.add(language, text),
        ("qstnLit", _) => variable.question.add(language, text),
        ("labl", "catgry") => {
            if let Some(category) = variable.categories.last_mut() {
                category.label.add(language, text);
            }
        }
        ("catValu", "catgry") => {
            if let Some(category) = variable.categories.last_mut() {
                text.trim().clone_into(&mut category.value);
            }
        }
        _ => {}
    }
}
