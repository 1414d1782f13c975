//! Files that users write (TOML). A mistake says where it is, what was found, what was expected and what to do.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::de::DeserializeOwned;

/// A file with its text, to which mistakes can point.
#[derive(Debug, Clone)]
pub struct Source {
    pub path: PathBuf,
    pub text: String,
}

/// A mistake in a file that people write.
#[derive(Debug)]
pub struct Mistake {
    pub path: PathBuf,
    /// What is wrong: found and expected.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The file's text and the bytes of the mistake; `None` where the whole file is meant.
    place: Option<(String, Range<usize>)>,
}

impl std::error::Error for Mistake {}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display().to_string();
        let mut group = Group::with_title(Level::ERROR.primary_title(self.message.as_str()));
        group = match &self.place {
            Some((text, span)) => group.element(
                Snippet::source(text.as_str())
                    .path(path.as_str())
                    .annotation(AnnotationKind::Primary.span(span.clone())),
            ),
            None => group.element(Origin::path(path.as_str())),
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        f.write_str(&Renderer::plain().render(&[group]))
    }
}

impl Source {
    /// The line, from 1, in which a byte of the text stands.
    pub fn line(&self, byte: usize) -> usize {
        1 + self.text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
    }

    /// Reads a file as UTF-8 text.
    ///
    /// # Errors
    /// A [`Mistake`] where it cannot be read or is not text.
    pub fn read(path: &Path) -> Result<Source, Mistake> {
        let bytes = std::fs::read(path).map_err(|error| {
            let help = nearest_file(path).filter(|_| error.kind() == std::io::ErrorKind::NotFound);
            Mistake::of_file(path, format!("the file cannot be read: {error}")).help(help.unwrap_or_else(
                || "check the path, and that you have permission to read the file".to_owned(),
            ))
        })?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Mistake::of_file(path, "the file is not UTF-8 text").help("save it as UTF-8"))?;
        Ok(Source { path: path.to_owned(), text })
    }

    /// Parses the text as TOML of the shape `T`; unknown keys are mistakes, with the nearest known one suggested.
    ///
    /// # Errors
    /// A [`Mistake`] at the line where the text departs from the shape.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, Mistake> {
        toml::from_str(&self.text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            let (message, help) = explain(error.message(), &self.text, &span);
            let mistake = self.mistake(span, message);
            match help {
                Some(help) => mistake.help(help),
                None => mistake,
            }
        })
    }

    /// A mistake at the bytes `span` of the text.
    pub fn mistake(&self, span: Range<usize>, message: impl Into<String>) -> Mistake {
        let start = span.start.min(self.text.len());
        let place = Some((self.text.clone(), start..span.end.clamp(start, self.text.len())));
        Mistake { path: self.path.clone(), message: message.into(), help: None, place }
    }
}

impl Mistake {
    /// A mistake of a whole file.
    pub fn of_file(path: &Path, message: impl Into<String>) -> Mistake {
        Mistake { path: path.to_owned(), message: message.into(), help: None, place: None }
    }

    /// The line of the mistake, from 1; `None` where the whole file is meant.
    pub fn line(&self) -> Option<usize> {
        self.place.as_ref().map(|(text, span)| text[..span.start].matches('\n').count() + 1)
    }

    /// Adds what to do.
    pub fn help(mut self, help: impl Into<String>) -> Mistake {
        self.help = Some(help.into());
        self
    }

    /// Suggests the known name nearest to what was found, and lists the known names where they are few.
    pub fn suggest<'a>(self, found: &str, known: impl IntoIterator<Item = &'a str>) -> Mistake {
        match suggestion(found, known) {
            Some(help) => self.help(help),
            None => self,
        }
    }
}

/// "did you mean …?", and the list of what is known where it is short enough to read.
pub fn suggestion<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    let nearest = known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&found.to_lowercase(), &name.to_lowercase()), *name))
        .min()
        .filter(|(distance, name)| *distance <= 1 + name.chars().count().max(found.chars().count()) / 4);
    let list = (!known.is_empty() && known.len() <= 24).then(|| format!("known here: {}", known.join(", ")));
    match (nearest, list) {
        (Some((_, name)), Some(list)) => Some(format!("did you mean `{name}`? ({list})")),
        (Some((_, name)), None) => Some(format!("did you mean `{name}`?")),
        (None, list) => list,
    }
}

/// Suggests the file of the same folder and kind whose name is nearest.
fn nearest_file(path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_str()?;
    let mut names: Vec<String> = std::fs::read_dir(path.parent()?)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| Path::new(name).extension() == path.extension())
        .collect();
    names.sort();
    let told = suggestion(wanted, names.iter().map(String::as_str));
    told.map(|told| told.replace("known here: ", "in this folder: "))
}

/// A text where a number is expected, or the other way about.
fn wrong_type(
    found: &str,
    expected: &str,
    text: &str,
    span: &Range<usize>,
) -> Option<(String, Option<String>)> {
    let whole = ["u8", "u16", "u32", "u64", "usize", "i8", "i16", "i32", "i64"].contains(&expected);
    let number = if whole { "a whole number" } else { "a number" };
    // The key stands before the value: `month = "6"`.
    let before = text.get(..span.start).unwrap_or_default().trim_end().trim_end_matches('=').trim_end();
    let key = before.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next();
    let key = key.filter(|key| !key.is_empty()).unwrap_or("key");
    if expected == "a string" && (found.starts_with("integer") || found.starts_with("floating point")) {
        let value = text.get(span.clone()).unwrap_or("…");
        let help = format!("a text stands in quotation marks: {key} = \"{value}\"");
        return Some(("a number stands where a text is expected".to_owned(), Some(help)));
    }
    if !whole && !["f64", "f32"].contains(&expected) {
        return None;
    }
    if found.starts_with("floating point") {
        let help = format!("write it without decimals: {key} = 6");
        return Some((format!("`{key}` is a whole number, and has decimals here"), Some(help)));
    }
    let inner = text.get(span.clone()).unwrap_or_default().trim_matches(['"', '\'']).trim().replace(',', ".");
    if !found.starts_with("string") {
        return Some((format!("`{key}` is {number}"), Some(format!("write it as {key} = 6"))));
    }
    Some(match inner.parse::<f64>() {
        Ok(value) if value.is_finite() => (
            format!("`{key}` is {number}, and stands in quotation marks"),
            Some(format!("a number stands without quotation marks: {key} = {inner}")),
        ),
        _ if key == "code" => (
            format!("`{key}` is {number}, and a text stands here"),
            Some("a code is a number without quotation marks; how it stands in the file goes in `written`: { code = 1, written = [\"M\"], … }".to_owned()),
        ),
        _ => (
            format!("`{key}` is {number}, and a text stands here"),
            Some(format!("a number stands without quotation marks: {key} = 6")),
        ),
    })
}

/// Rewords what the TOML reader says: an unknown key gets the nearest known one, and what it calls after its own grammar is
/// called as its author would.
fn explain(message: &str, text: &str, span: &Range<usize>) -> (String, Option<String>) {
    if ["missing escaped value", "too few unicode value digits", "invalid value for unicode"]
        .iter()
        .any(|what| message.starts_with(what))
    {
        let help = "in a text between double quotes \\ begins a sign of its own; write a path with / or between single quotes: \"data/x.csv\", 'C:\\data\\x.csv'";
        return ("a \\ stands in a text between double quotes".to_owned(), Some(help.to_owned()));
    }
    if let Some((found, expected)) =
        message.strip_prefix("invalid type: ").and_then(|rest| rest.rsplit_once(", expected "))
        && let Some(explained) = wrong_type(found, expected, text, span)
    {
        return explained;
    }
    if let Some(rest) = message.strip_prefix("missing field `") {
        let key = rest.split('`').next().unwrap_or_default();
        let help = "add it in this section; `utfall schema pipeline` (or dictionary, simulation, published) prints every key";
        return (format!("the key `{key}` is missing"), Some(help.to_owned()));
    }
    if message.starts_with("invalid boolean") || message.starts_with("string values must be quoted") {
        let help = "a text stands in quotation marks: key = \"…\"";
        return ("found neither a text nor a number, true or false".to_owned(), Some(help.to_owned()));
    }
    if message.ends_with("expected struct Text") {
        let help = "a text is written by language: { nb = \"Alder\", nn = \"Alder\", en = \"Age\" }; one language is enough";
        return ("a text stands without its language".to_owned(), Some(help.to_owned()));
    }
    for what in ["unknown field `", "unknown variant `"] {
        let Some(rest) = message.strip_prefix(what) else {
            continue;
        };
        let mut quoted = rest.split('`');
        let found = quoted.next().unwrap_or_default();
        let known: Vec<&str> = quoted.skip(1).step_by(2).collect();
        let noun = if what.starts_with("unknown field") { "key" } else { "value" };
        let elsewhere = home(found, &known).filter(|_| noun == "key");
        let nearest = suggestion(found, known);
        let help = match (elsewhere, nearest) {
            (Some(place), nearest) => {
                let near = nearest.as_deref().filter(|nearest| nearest.starts_with("did you mean"));
                let near = near.and_then(|near| near.split_once('?'));
                let near = near.map_or_else(String::new, |(near, _)| format!("{near}? "));
                Some(format!("{near}`{found}` belongs to {place}"))
            }
            (None, nearest) => nearest,
        };
        return (format!("unknown {noun} `{found}`"), help);
    }
    if message == "duplicate key" {
        let help =
            "a key or a section stands twice in this file: give one of them another name, or delete it";
        return ("this stands here for the second time".to_owned(), Some(help.to_owned()));
    }
    let syntax =
        ["missing ", "extra ", "invalid basic string", "invalid literal string", "unclosed ", "unexpected "];
    let help = syntax.iter().any(|begin| message.starts_with(begin)).then(|| {
        "a quotation mark, a comma or a bracket may be missing here or on a line above: a text begins and ends with a quotation mark on one line".to_owned()
    });
    (message.to_owned(), help)
}

/// Where a key belongs that is none of those `known` in its place, but of another table or file.
fn home(found: &str, known: &[&str]) -> Option<&'static str> {
    const SOURCE: [&str; 12] = [
        "form",
        "wide",
        "columns",
        "keep",
        "wave",
        "respondent",
        "wave_column",
        "wave_by",
        "updates",
        "file",
        "get",
        "instrument",
    ];
    const ITEM: [&str; 9] =
        ["column", "codes", "missing", "range", "constant", "asked", "required", "separator", "scale"];
    const FORMAT: [&str; 9] = [
        "delimiter",
        "decimal",
        "thousands",
        "encoding",
        "date",
        "years_from",
        "sheet",
        "heading",
        "heading_rows",
    ];
    match () {
        _ if known.contains(&found) => None,
        // The top of a dictionary has [instrument], that of a pipeline [[source]] and [[wave]].
        _ if SOURCE.contains(&found) => Some("`[[source]]` in the pipeline"),
        _ if FORMAT.contains(&found) => Some("`format = { … }` of a `[[source]]` in the pipeline"),
        _ if ITEM.contains(&found) => Some("`[[item]]` in the dictionary"),
        _ => None,
    }
}
