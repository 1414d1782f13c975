//! Dictionary as written → [`Instrument`]: scales filled in, every rule checked with the line of the mistake.

use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;

use toml::Spanned;

use super::written::{
    CodeWritten, DictionaryFile, ItemWritten, MissingWritten, ScaleWritten, SetWritten, TypeWritten,
};
use super::{Better, Code, Instrument, Item, ItemType, MissingCode, Reason, Reliability, Set, Text};
use super::{multiple, use_thresholds};
use crate::written::{Mistake, Source};

/// Reads and resolves a dictionary file.
///
/// # Errors
/// A [`Mistake`] with file and line where the file cannot be read, has an unknown key, or breaks a rule.
pub fn load(path: &Path) -> Result<Instrument, Mistake> {
    resolve(&Source::read(path)?)
}

/// Resolves a dictionary that has been read.
///
/// # Errors
/// As [`load`].
pub fn resolve(source: &Source) -> Result<Instrument, Mistake> {
    let file: DictionaryFile = source.parse()?;
    if *file.format.get_ref() != 1 {
        return Err(source
            .mistake(file.format.span(), "this version of utfall reads dictionaries of format 1")
            .help("write `format = 1`"));
    }
    let id = file.instrument.id.get_ref();
    check_name(source, id, file.instrument.id.span())?;
    text(source, file.instrument.title.get_ref(), file.instrument.title.span(), "the instrument's title")?;

    let mut items: Vec<Item> = Vec::with_capacity(file.item.len());
    let mut sets: Vec<Set> = Vec::new();
    let mut columns = HashSet::new();
    let mut section = Text::default();
    for mut written in file.item {
        let span = written.name.span();
        if let Some(begins) = written.section.take() {
            text(source, begins.get_ref(), begins.span(), "a section's heading")?;
            section = begins.into_inner();
        }
        let several = kind(&written, &file.scale) == Some(TypeWritten::Multiple);
        let separator = separator(source, &written, several)?;
        let item = Item { section: section.clone(), ..resolve_item(source, written, &file.scale)? };
        if !columns.insert(item.column.clone()) {
            return Err(source
                .mistake(span, format!("two items read the column `{}`", item.column))
                .help("each column of a file belongs to one item"));
        }
        let made = match several {
            false => vec![item],
            true => {
                if let Some(code) = item.codes.iter().find(|code| code.code < 0) {
                    return Err(source
                        .mistake(span, format!("`{}` has the code {}", item.name, code.code))
                        .help("codes of a multiple item become part of item names: use 0, 1, 2, … and no negative codes"));
                }
                let (parts, set) = multiple::parts(&item, &separator);
                sets.push(set);
                parts
            }
        };
        for item in made {
            if items.iter().any(|known| known.name == item.name) {
                return Err(source
                    .mistake(span, format!("the item `{}` stands twice in this dictionary", item.name))
                    .help("give each item a name of its own"));
            }
            items.push(item);
        }
    }
    for written in file.set {
        sets.push(set(source, written, &items)?);
    }
    let named = |name: &str| items.iter().any(|item| item.name == name);
    let twice = |at: usize| sets[..at].iter().any(|known| known.name == sets[at].name);
    if let Some(at) = (0..sets.len()).find(|&at| named(&sets[at].name) || twice(at)) {
        return Err(Mistake::of_file(&source.path, format!("the name `{}` stands twice", sets[at].name))
            .help("a set has a name of its own, which no item has"));
    }
    Ok(Instrument {
        id: file.instrument.id.into_inner(),
        title: file.instrument.title.into_inner(),
        unit: file.instrument.unit,
        source: file.instrument.source.unwrap_or_default(),
        items,
        sets,
    })
}

/// The type of an item as written, its own or its scale's.
fn kind(written: &ItemWritten, scales: &indexmap::IndexMap<String, ScaleWritten>) -> Option<TypeWritten> {
    let of_scale = || scales.get(written.scale.as_ref()?.get_ref())?.kind;
    written.kind.or_else(of_scale)
}

/// The declared separators; none where the usual ones are to be tried.
fn separator(source: &Source, written: &ItemWritten, several: bool) -> Result<Vec<char>, Mistake> {
    let Some(separator) = &written.separator else { return Ok(Vec::new()) };
    let found: Vec<char> = separator.get_ref().chars().collect();
    let wrong = match found.as_slice() {
        _ if !several => Some(("a separator goes with items of type `multiple`", "leave it out")),
        [] => Some(("the separator is empty", "write separator = \",\"")),
        [..] if found.iter().any(|sign| sign.is_alphanumeric()) => {
            Some(("a letter or digit cannot be a separator", "write separator = \",\""))
        }
        [_] => None,
        [..] => Some(("a separator is a single character", "write separator = \",\"")),
    };
    match wrong {
        None => Ok(found),
        Some((message, help)) => Err(source
            .mistake(separator.span(), format!("`{}`: {message}", written.name.get_ref()))
            .help(help)),
    }
}

fn set(source: &Source, written: SetWritten, items: &[Item]) -> Result<Set, Mistake> {
    let name = written.name.get_ref();
    check_name(source, name, written.name.span())?;
    text(source, written.label.get_ref(), written.label.span(), &format!("the label of `{name}`"))?;
    let mut names: Vec<String> = Vec::with_capacity(written.items.len());
    for wanted in &written.items {
        let found = items.iter().find(|item| item.name == *wanted.get_ref()).ok_or_else(|| {
            source
                .mistake(wanted.span(), format!("there is no item `{}`", wanted.get_ref()))
                .suggest(wanted.get_ref(), items.iter().map(|item| item.name.as_str()))
        })?;
        if found.kind != ItemType::Binary || names.contains(&found.name) {
            return Err(source
                .mistake(wanted.span(), format!("`{}` is not binary, or stands twice in the set", found.name))
                .help("the items of a set are binary, each one answer of the question"));
        }
        names.push(found.name.clone());
    }
    match names.len() {
        0 | 1 => Err(source
            .mistake(written.name.span(), format!("the set `{name}` has fewer than two items"))
            .help("items = [\"help_1\", \"help_2\"]")),
        _ => Ok(Set { name: name.clone(), label: written.label.into_inner(), items: names }),
    }
}

/// Names appear in SQL, in terms (`variable=code`, `variable@wave`) and in file names: letters, digits and `_` only.
fn check_name(source: &Source, name: &str, span: Range<usize>) -> Result<(), Mistake> {
    if matches!(name, "respondent" | "wave") {
        return Err(source
            .mistake(span, format!("`{name}` cannot be a name"))
            .help("the store keeps a column of that name of its own; choose another, and give the file's heading in `column`"));
    }
    let starts = name.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_');
    if starts && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
        return Ok(());
    }
    Err(source
        .mistake(span, format!("`{name}` cannot be a name"))
        .help("a name starts with a letter and has letters, digits and `_` only; the file's own heading goes in `column`"))
}

fn text(source: &Source, text: &Text, span: Range<usize>, what: &str) -> Result<(), Mistake> {
    match text.is_empty() {
        false => Ok(()),
        true => Err(source
            .mistake(span, format!("{what} is empty"))
            .help("write it in at least one language: { nb = \"…\", nn = \"…\", en = \"…\" }")),
    }
}

fn resolve_item(
    source: &Source,
    written: ItemWritten,
    scales: &indexmap::IndexMap<String, ScaleWritten>,
) -> Result<Item, Mistake> {
    let span = written.name.span();
    let name = written.name.into_inner();
    check_name(source, &name, span.clone())?;
    text(source, written.label.get_ref(), written.label.span(), &format!("the label of `{name}`"))?;

    let scale = match &written.scale {
        None => None,
        Some(wanted) => Some(scales.get(wanted.get_ref()).ok_or_else(|| {
            source
                .mistake(wanted.span(), format!("there is no scale `{}`", wanted.get_ref()))
                .suggest(wanted.get_ref(), scales.keys().map(String::as_str))
        })?),
    };
    let kind = written.kind.or(scale.and_then(|scale| scale.kind)).ok_or_else(|| {
        source
            .mistake(span.clone(), format!("the item `{name}` has no type"))
            .help("add `type = \"…\"`: nominal, ordinal, binary, integer, decimal, date, text or multiple")
    })?;
    let kind = kind.answers();
    let scale_codes = scale.map_or(&[][..], |scale| &scale.codes);
    let written_codes = if written.codes.is_empty() { scale_codes } else { &written.codes };
    let scale_missing = scale.map_or(&[][..], |scale| &scale.missing);
    let written_missing = if written.missing.is_empty() { scale_missing } else { &written.missing };

    let mut seen = HashSet::new();
    let mut distinct = |code: i64, span: Range<usize>| match seen.insert(code) {
        true => Ok(()),
        false => Err(source
            .mistake(span, format!("the code {code} stands twice for `{name}`"))
            .help("a code means one thing, an answer or a reason for its absence")),
    };
    for code in written_codes {
        distinct(*code.code.get_ref(), code.code.span())?;
    }
    for code in written_missing {
        distinct(*code.code.get_ref(), code.code.span())?;
    }
    let codes: Vec<Code> = written_codes.iter().map(resolve_code).collect();
    let missing: Vec<MissingCode> = written_missing.iter().map(resolve_missing).collect();

    let coded = matches!(kind, ItemType::Nominal | ItemType::Ordinal | ItemType::Binary);
    let wrong_codes = match (kind, codes.len()) {
        (ItemType::Binary, count) if count != 2 => {
            Some(format!("a binary item has two codes, `{name}` has {count}"))
        }
        (_, 0) if coded => Some(format!("`{name}` is {kind:?} but has no codes").to_lowercase()),
        (_, count) if !coded && count > 0 => Some(format!("`{name}` has codes, but its type takes none")),
        _ => None,
    };
    if let Some(message) = wrong_codes {
        return Err(source.mistake(span, message).help(
            "codes go with nominal, ordinal and binary items: codes = [ { code = 0, en = \"No\" }, { code = 1, en = \"Yes\" } ]",
        ));
    }
    if let Some([least, greatest]) = written.range {
        if coded || !matches!(kind, ItemType::Integer | ItemType::Decimal) {
            return Err(source
                .mistake(span, format!("`{name}` has a range, but is not a number"))
                .help("only integer and decimal items have a range; remove it, because the codes already say what is allowed"));
        }
        if least.is_nan() || greatest.is_nan() || least > greatest {
            return Err(source
                .mistake(span, format!("the range of `{name}` is empty"))
                .help("write range = [least, greatest]"));
        }
    }
    let better = written.better.or(scale.and_then(|scale| scale.better));
    let use_thresholds = match &written.use_of {
        None => None,
        Some(declared) => {
            Some(use_thresholds::of_item(source, declared, &name, kind, better, written.range)?)
        }
    };
    Ok(Item {
        column: written.column.unwrap_or_else(|| name.clone()),
        label: written.label.into_inner(),
        section: Text::default(),
        kind,
        codes,
        missing,
        better,
        range: written.range,
        required: written.required,
        constant: written.constant,
        asked: written.asked.unwrap_or_default(),
        blank: written.blank.unwrap_or(Reason::Blank),
        reliability: reliability(source, &name, written.reliability.as_ref(), better)?,
        use_thresholds,
        unit: written.unit.unwrap_or_default(),
        part_of: None,
        name,
    })
}

/// A reliability is a number with a source, and means nothing where no direction is better.
pub(crate) fn reliability(
    source: &Source,
    name: &str,
    written: Option<&Spanned<Reliability>>,
    better: Option<Better>,
) -> Result<Option<Reliability>, Mistake> {
    let Some(written) = written else { return Ok(None) };
    let (span, reliability) = (written.span(), written.get_ref());
    let wrong = if !(0.0..1.0).contains(&reliability.r) {
        Some(("a reliability lies from 0 to below 1", "write r = 0.85"))
    } else if reliability.sd.is_some_and(|sd| !sd.is_finite() || sd <= 0.0) {
        Some(("a standard deviation is above 0", "leave `sd` out for that of the respondents before"))
    } else if reliability.cut_off.is_some_and(|cut_off| !cut_off.is_finite()) {
        Some(("a cut-off is a number", "leave `cut_off` out where there is none"))
    } else if reliability.source.trim().is_empty() {
        Some(("a reliability has a source", "write source = \"…\": who published it"))
    } else if better.is_none() {
        Some(("reliable change needs a direction", "add better = \"higher\" or better = \"lower\""))
    } else {
        None
    };
    match wrong {
        Some((message, help)) => Err(source.mistake(span, format!("`{name}`: {message}")).help(help)),
        None => Ok(Some(reliability.clone())),
    }
}

/// A code without a label is labelled by its number.
fn resolve_code(written: &CodeWritten) -> Code {
    Code {
        code: *written.code.get_ref(),
        label: label(&written.nb, &written.nn, &written.en, *written.code.get_ref()),
        written: written.written.clone(),
    }
}

fn resolve_missing(written: &MissingWritten) -> MissingCode {
    MissingCode {
        code: *written.code.get_ref(),
        reason: written.reason,
        label: label(&written.nb, &written.nn, &written.en, *written.code.get_ref()),
        written: written.written.clone(),
    }
}

fn label(nb: &Option<String>, nn: &Option<String>, en: &Option<String>, code: i64) -> Text {
    let text = Text { nb: nb.clone(), nn: nn.clone(), en: en.clone() };
    if text.is_empty() { Text::same(&code.to_string()) } else { text }
}
