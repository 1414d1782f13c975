//! What counts as a change of a substance's use: thresholds in days, from a file that cites its publication.
//!
//! ```toml
//! format = 1
//! source = "Author et al. 2008, Journal 1:1–2, table 3"
//! window = 28
//! [[substance]]
//! name = "heroin"
//! improved = 13
//! deteriorated = 13
//! ```

use std::path::Path;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::written::UseWritten;
use super::{Better, ItemType};
use crate::written::{Mistake, Source};

/// The thresholds of one substance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UseThresholds {
    /// The substance's name in the file.
    pub substance: String,
    /// Length in days of the window that is asked about.
    pub window: u32,
    /// Fewer days by this many or more are an improvement.
    pub improved: u32,
    /// More days by this many or more are a deterioration.
    pub deteriorated: u32,
    /// Where the numbers were published.
    pub source: String,
}

/// Thresholds as people write them, for several substances from one publication.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseThresholdsFile {
    /// The version of this file format; always 1.
    pub format: Spanned<u32>,
    /// The publication that the thresholds come from, with the table.
    pub source: Spanned<String>,
    /// Length in days of the window that is asked about.
    pub window: Spanned<u32>,
    pub substance: Vec<SubstanceWritten>,
}

/// The thresholds of one substance as people write them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubstanceWritten {
    /// The name by which items refer to it.
    pub name: Spanned<String>,
    /// Fewer days by this many or more are an improvement.
    pub improved: Spanned<u32>,
    /// More days by this many or more are a deterioration.
    pub deteriorated: Spanned<u32>,
}

/// The thresholds that an item of the dictionary `source` names.
///
/// # Errors
/// A [`Mistake`] where the item cannot count days of use, the file cannot be read or names no source, the substance is not in
/// it, or days outside its window are allowed.
pub(super) fn of_item(
    source: &Source,
    declared: &Spanned<UseWritten>,
    name: &str,
    kind: ItemType,
    better: Option<Better>,
    range: Option<[f64; 2]>,
) -> Result<UseThresholds, Mistake> {
    let mistake = |message: String| source.mistake(declared.span(), message);
    if !matches!(kind, ItemType::Integer | ItemType::Decimal) {
        return Err(mistake(format!("`{name}` is not a number of days"))
            .help("days of use are type = \"integer\"; answers in bands have no thresholds"));
    }
    if better != Some(Better::Lower) {
        return Err(mistake(format!("fewer days of `{name}` are not declared better"))
            .help("add better = \"lower\"; days of abstinence are no days of use"));
    }
    let written = declared.get_ref();
    let folder = source.path.parent().unwrap_or(Path::new(""));
    let substance = &written.substance;
    let unknown = |names: &[String]| {
        let message = format!("there are no thresholds for `{}` in the file", substance.get_ref());
        let known = names.iter().map(String::as_str);
        source.mistake(substance.span(), message).suggest(substance.get_ref(), known)
    };
    let path = folder.join(written.thresholds.get_ref());
    let thresholds = read(&path, substance.get_ref(), unknown)?;
    match range {
        Some([least, greatest]) if least >= 0.0 && greatest <= f64::from(thresholds.window) => Ok(thresholds),
        _ => Err(mistake(format!("`{name}` allows days outside the window of {}", thresholds.window)).help(
            format!(
                "add range = [0, {}]; thresholds for another window than was asked about do not apply",
                thresholds.window
            ),
        )),
    }
}

/// The thresholds of a substance; `unknown` is the mistake where it is not among those of the file.
fn read(
    path: &Path,
    substance: &str,
    unknown: impl Fn(&[String]) -> Mistake,
) -> Result<UseThresholds, Mistake> {
    let source = Source::read(path)?;
    let file: UseThresholdsFile = source.parse()?;
    if *file.format.get_ref() != 1 {
        return Err(source
            .mistake(file.format.span(), "this version of utfall reads thresholds of format 1")
            .help("write `format = 1`"));
    }
    if file.source.get_ref().trim().is_empty() {
        return Err(source
            .mistake(file.source.span(), "thresholds have a source")
            .help("write source = \"…\": the publication, with the table or page"));
    }
    let mut named = file.substance.iter().filter(|written| written.name.get_ref() == substance);
    let found = match (named.next(), named.next()) {
        (None, _) => {
            let names: Vec<String> =
                file.substance.iter().map(|written| written.name.get_ref().clone()).collect();
            return Err(unknown(&names));
        }
        (Some(_), Some(second)) => {
            return Err(source
                .mistake(second.name.span(), format!("`{substance}` stands twice among the substances"))
                .help("leave one"));
        }
        (Some(found), None) => found,
    };
    let window = *file.window.get_ref();
    for days in [&found.improved, &found.deteriorated] {
        if *days.get_ref() == 0 || *days.get_ref() > window {
            return Err(source
                .mistake(
                    days.span(),
                    format!("a threshold of {} days in a window of {window}", days.get_ref()),
                )
                .help("a threshold lies above 0 and at most at the window's length"));
        }
    }
    Ok(UseThresholds {
        substance: substance.to_owned(),
        window,
        improved: *found.improved.get_ref(),
        deteriorated: *found.deteriorated.get_ref(),
        source: file.source.get_ref().trim().to_owned(),
    })
}
