//! The codebook as DDI Codebook 2.5, the form of data archives, in all languages at once.
//!
//! A file description for each instrument and wave, and in it a variable for each item, since DDI has the frequencies of a variable
//! once. What was derived per respondent, or is the same at every wave, stands with the instrument's first wave. A frequency that is
//! not released is left out: no `catStat` is written for it.
//!
//! Source: DDI Alliance (2012), DDI Codebook 2.5, XML Schema `codebook.xsd` (namespace `ddi:codebook:2_5`), whose order of elements
//! this follows.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::element::{Xml, empty, lang, text, texts, told, within};
use super::frequency::{categories, summary};
use super::{Codebook, Counts, Part, Variable};
use crate::dictionary::{ItemType, Language};
use crate::table::words;

const NAMESPACE: &str = "ddi:codebook:2_5";
const LOCATION: &str =
    "ddi:codebook:2_5 https://ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd";

/// The codebook as XML.
///
/// # Errors
/// Where it cannot be written, which in memory it always can.
pub fn xml(codebook: &Codebook) -> io::Result<String> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = vec![
        ("xmlns", NAMESPACE.to_owned()),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance".to_owned()),
        ("xsi:schemaLocation", LOCATION.to_owned()),
        ("version", "2.5".to_owned()),
    ];
    within(&mut xml, "codeBook", root, |xml| {
        document(xml, codebook)?;
        study(xml, codebook)?;
        for part in &codebook.parts {
            for (wave, id) in files(part) {
                file(xml, codebook, part, wave, id)?;
            }
        }
        within(xml, "dataDscr", Vec::new(), |xml| {
            for part in &codebook.parts {
                for (wave, file) in files(part) {
                    sections(xml, part, wave, &file)?;
                }
            }
            for part in &codebook.parts {
                for (wave, file) in files(part) {
                    for variable in present(part, wave) {
                        self::variable(xml, codebook, part, wave, &file, variable)?;
                    }
                }
            }
            Ok(())
        })
    })?;
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    // Of texts only texts are made.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The waves of an instrument with the ids of their files; a dictionary by itself has one file and no wave.
fn files(part: &Part) -> Vec<(Option<&str>, String)> {
    match part.waves.is_empty() {
        true => vec![(None, format!("F-{}", part.id))],
        false => {
            part.waves.iter().map(|wave| (Some(wave.as_str()), format!("F-{}-{wave}", part.id))).collect()
        }
    }
}

/// The variables of a wave: what is asked at it, and at the first also those that belong to no wave.
fn present<'p>(part: &'p Part, wave: Option<&str>) -> Vec<&'p Variable> {
    let first = part.waves.first().map(String::as_str) == wave;
    let over =
        |variable: &Variable| variable.derivation.as_ref().is_some_and(|derivation| derivation.over_waves);
    let asked = |variable: &Variable| {
        variable.item.asked.of(&part.waves).iter().any(|asked| Some(asked.as_str()) == wave)
    };
    let variables = part.variables.iter();
    let present = |variable: &&Variable| match variable.item.constant || over(variable) {
        true => first,
        false => wave.is_none() || asked(variable),
    };
    variables.filter(present).collect()
}

/// The counts of a variable at a wave; what belongs to no wave stands with the first.
fn counts_at<'v>(part: &Part, variable: &'v Variable, wave: Option<&str>) -> Option<&'v Counts> {
    let first = part.waves.first().map(String::as_str) == wave;
    variable.counts.iter().find(|counts| counts.wave.as_deref() == wave || first && counts.wave.is_none())
}

fn document(xml: &mut Xml, codebook: &Codebook) -> io::Result<()> {
    within(xml, "docDscr", Vec::new(), |xml| {
        within(xml, "citation", Vec::new(), |xml| {
            titles(xml, codebook, true)?;
            within(xml, "prodStmt", Vec::new(), |xml| {
                let version = vec![("version", env!("CARGO_PKG_VERSION").to_owned())];
                text(xml, "software", version, "utfall")
            })?;
            match codebook.edition.is_empty() {
                true => Ok(()),
                false => within(xml, "verStmt", Vec::new(), |xml| {
                    text(xml, "version", Vec::new(), &codebook.edition)
                }),
            }
        })
    })
}

/// The title in the first language, and parallel titles in the others.
fn titles(xml: &mut Xml, codebook: &Codebook, of_codebook: bool) -> io::Result<()> {
    within(xml, "titlStmt", Vec::new(), |xml| {
        for (place, (language, title)) in told(&codebook.title).into_iter().enumerate() {
            let title = match of_codebook {
                true => words::say(language, "codebook.title", &[("title", title.to_owned())]),
                false => title.to_owned(),
            };
            text(xml, if place == 0 { "titl" } else { "parTitl" }, lang(language), &title)?;
        }
        match codebook.id.is_empty() {
            true => Ok(()),
            false => text(xml, "IDNo", Vec::new(), &codebook.id),
        }
    })
}

fn study(xml: &mut Xml, codebook: &Codebook) -> io::Result<()> {
    within(xml, "stdyDscr", Vec::new(), |xml| {
        within(xml, "citation", Vec::new(), |xml| titles(xml, codebook, false))?;
        if !codebook.about.is_empty() || !codebook.waves.is_empty() {
            within(xml, "stdyInfo", Vec::new(), |xml| {
                for about in &codebook.about {
                    texts(xml, "abstract", about)?;
                }
                if codebook.waves.is_empty() {
                    return Ok(());
                }
                within(xml, "sumDscr", Vec::new(), |xml| {
                    for wave in &codebook.waves {
                        for (place, (language, label)) in
                            told(&codebook.wave(&wave.id)).into_iter().enumerate()
                        {
                            let mut attributes = lang(language);
                            if place == 0 {
                                attributes.push(("ID", format!("W-{}", wave.id)));
                            }
                            attributes.push(("cycle", wave.id.clone()));
                            text(xml, "collDate", attributes, label)?;
                        }
                    }
                    Ok(())
                })
            })?;
        }
        match codebook.notice.is_empty() {
            true => Ok(()),
            false => texts(xml, "notes", &codebook.notice),
        }
    })
}

fn file(xml: &mut Xml, codebook: &Codebook, part: &Part, wave: Option<&str>, id: String) -> io::Result<()> {
    let mut attributes = vec![("ID", id)];
    if let Some(wave) = wave {
        attributes.push(("sdatrefs", format!("W-{wave}")));
    }
    within(xml, "fileDscr", attributes, |xml| {
        within(xml, "fileTxt", Vec::new(), |xml| {
            let name = wave.map_or_else(|| part.id.clone(), |wave| format!("{}@{wave}", part.id));
            text(xml, "fileName", Vec::new(), &name)?;
            for (language, title) in told(&part.title).into_iter().take(1) {
                let wave = wave.map(|wave| format!(" ({})", codebook.wave(wave).get(language)));
                text(xml, "fileCont", lang(language), &format!("{title}{}", wave.unwrap_or_default()))?;
            }
            within(xml, "dimensns", Vec::new(), |xml| {
                text(xml, "varQnty", Vec::new(), &present(part, self::known(part, &name)).len().to_string())
            })
        })?;
        match part.source.is_empty() {
            true => Ok(()),
            false => text(xml, "notes", vec![("subject", "source".to_owned())], &part.source),
        }
    })
}

/// The wave in a file's name.
fn known<'p>(part: &'p Part, name: &str) -> Option<&'p str> {
    part.waves.iter().map(String::as_str).find(|wave| name == format!("{}@{wave}", part.id))
}

fn id(part: &Part, wave: Option<&str>, name: &str) -> String {
    match wave {
        Some(wave) => format!("V-{}-{wave}-{name}", part.id),
        None => format!("V-{}-{name}", part.id),
    }
}

/// The parts of the questionnaire as groups of variables.
fn sections(xml: &mut Xml, part: &Part, wave: Option<&str>, file: &str) -> io::Result<()> {
    let variables = present(part, wave);
    let asked: Vec<&&Variable> = variables
        .iter()
        .filter(|variable| variable.derivation.is_none() && !variable.item.section.is_empty())
        .collect();
    for (place, group) in asked.chunk_by(|one, next| one.item.section == next.item.section).enumerate() {
        let ids: Vec<String> = group.iter().map(|variable| id(part, wave, &variable.item.name)).collect();
        let attributes = vec![
            ("ID", format!("G-{}-{}", &file[2..], place + 1)),
            ("type", "section".to_owned()),
            ("var", ids.join(" ")),
        ];
        within(xml, "varGrp", attributes, |xml| texts(xml, "labl", &group[0].item.section))?;
    }
    Ok(())
}

fn variable(
    xml: &mut Xml,
    codebook: &Codebook,
    part: &Part,
    wave: Option<&str>,
    file: &str,
    variable: &Variable,
) -> io::Result<()> {
    let item = &variable.item;
    let counts = counts_at(part, variable, wave);
    let mut attributes = vec![
        ("ID", id(part, wave, &item.name)),
        ("name", item.name.clone()),
        ("files", file.to_owned()),
        ("intrvl", if item.kind == ItemType::Decimal { "contin" } else { "discrete" }.to_owned()),
    ];
    if let Some((_, unit)) = told(&item.unit).first() {
        attributes.push(("measUnit", (*unit).to_owned()));
    }
    if let Some(nature) = nature(item.kind) {
        attributes.push(("nature", nature.to_owned()));
    }
    attributes.push(("representationType", representation(item.kind).to_owned()));
    within(xml, "var", attributes, |xml| {
        texts(xml, "labl", &item.label)?;
        let units = ("UNITS", if item.kind == ItemType::Decimal { "REAL" } else { "INT" }.to_owned());
        if let Some([least, greatest]) = item.range {
            let ends = [("min", least), ("max", greatest)].into_iter().filter(|(_, end)| end.is_finite());
            let mut range = vec![units.clone()];
            range.extend(ends.map(|(name, end)| (name, end.to_string())));
            within(xml, "valrng", Vec::new(), |xml| empty(xml, "range", range))?;
        }
        if !item.missing.is_empty() {
            within(xml, "invalrng", Vec::new(), |xml| {
                for missing in &item.missing {
                    empty(xml, "item", vec![units.clone(), ("VALUE", missing.code.to_string())])?;
                }
                Ok(())
            })?;
        }
        if let Some(counts) = counts {
            texts(xml, "universe", &counts.cohort)?;
            summary(xml, counts)?;
        }
        categories(xml, variable, counts)?;
        if let Some(derivation) = &variable.derivation {
            derived(xml, codebook, part, wave, derivation)?;
        }
        format(xml, item.kind)?;
        notes(xml, variable)
    })
}

fn derived(
    xml: &mut Xml,
    codebook: &Codebook,
    part: &Part,
    wave: Option<&str>,
    derivation: &super::Derivation,
) -> io::Result<()> {
    let holds = |part: &Part, name: &str, wave: Option<&str>| {
        present(part, wave).iter().any(|variable| variable.item.name == name)
    };
    let mut refs: Vec<String> = Vec::new();
    for name in &derivation.of {
        // At the same wave where it is there, else at the first where it is; of this form, or of one that was attached.
        let elsewhere = part.waves.iter().map(String::as_str).find(|wave| holds(part, name, Some(wave)));
        let attached = || {
            codebook.parts.iter().find(|other| holds(other, name, other.waves.first().map(String::as_str)))
        };
        refs.extend(if holds(part, name, wave) {
            Some(id(part, wave, name))
        } else if elsewhere.is_some() {
            Some(id(part, elsewhere, name))
        } else {
            attached().map(|other| id(other, other.waves.first().map(String::as_str), name))
        });
    }
    let attributes = if refs.is_empty() { Vec::new() } else { vec![("var", refs.join(" "))] };
    within(xml, "derivation", attributes, |xml| {
        text(xml, "drvdesc", lang(Language::En), &derivation.told(Language::En))?;
        text(xml, "drvcmd", vec![("syntax", "SQL".to_owned())], &derivation.rule)
    })
}

fn format(xml: &mut Xml, kind: ItemType) -> io::Result<()> {
    let (kind, category) = match kind {
        ItemType::Text => ("character", "other"),
        ItemType::Date => ("character", "date"),
        _ => ("numeric", "other"),
    };
    empty(xml, "varFormat", vec![("type", kind.to_owned()), ("category", category.to_owned())])
}

fn notes(xml: &mut Xml, variable: &Variable) -> io::Result<()> {
    let item = &variable.item;
    let better = item.better.map(|better| words::word(&format!("codebook.{better:?}").to_lowercase()));
    if let Some(better) = better {
        for (language, said) in told(&better) {
            let mut attributes = vec![("subject", "direction".to_owned())];
            attributes.extend(lang(language));
            text(xml, "notes", attributes, said)?;
        }
    }
    let sources = [
        ("reliability", item.reliability.as_ref().map(|found| format!("r = {}. {}", found.r, found.source))),
        (
            "thresholds",
            item.use_thresholds.as_ref().map(|found| {
                format!("-{} +{} / {}. {}", found.improved, found.deteriorated, found.window, found.source)
            }),
        ),
    ];
    for (subject, said) in sources {
        if let Some(said) = said {
            text(xml, "notes", vec![("subject", subject.to_owned())], &said)?;
        }
    }
    Ok(())
}

fn nature(kind: ItemType) -> Option<&'static str> {
    match kind {
        ItemType::Nominal | ItemType::Binary => Some("nominal"),
        ItemType::Ordinal => Some("ordinal"),
        ItemType::Integer | ItemType::Decimal => Some("interval"),
        ItemType::Date | ItemType::Text => None,
    }
}

fn representation(kind: ItemType) -> &'static str {
    match kind {
        ItemType::Nominal | ItemType::Ordinal | ItemType::Binary => "code",
        ItemType::Integer | ItemType::Decimal => "numeric",
        ItemType::Date => "datetime",
        ItemType::Text => "text",
    }
}
