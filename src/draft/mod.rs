//! Draft: dictionaries and a pipeline from files. It finds out what the columns are, who the records are about, and which waves there are. What
//! the files do not say is a guess, and has a comment that says so.
//!
//! Files are read whole, block by block, up to three times. What is remembered is bounded: for a column up to [`profile::KEPT`] different values,
//! and only a share of the people once there are many. A text goes into a draft only if at least [`persons::PERSONS`] people gave it.

mod cell;
mod dictionary;
mod double;
mod form;
mod heading;
mod item;
mod link;
mod look;
mod meta;
mod metadata;
mod names;
mod persons;
mod phrase;
mod pipeline;
mod probe;
mod profile;
mod scale;
mod services;
mod shape;
mod sketch;
mod sniff;
mod source;
mod suspect;
mod token;
mod trouble;
mod unique;
mod waves;
mod wide;
mod words;

use std::fmt;
use std::path::{Path, PathBuf};

pub use form::Form;
pub use look::Open;
pub use metadata::instrument;
pub use shape::Said;
pub use trouble::Trouble;

use crate::dictionary::Language;
use crate::read::Fault;

/// What is to be drafted.
#[derive(Debug, Clone)]
pub struct Request {
    /// The evaluation's name.
    pub id: String,
    pub files: Vec<PathBuf>,
    /// The language of labels and of the report.
    pub language: Language,
    pub said: Said,
}

/// A dictionary or a pipeline as text.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Name and text of each dictionary.
    pub dictionaries: Vec<(String, String)>,
    pub pipeline: String,
    /// What was found, a line each form.
    pub found: Vec<String>,
    /// What only a researcher knows: file and line, and what to fill in there.
    pub open: Vec<(String, usize, String)>,
    /// How many guesses stand in all of the texts.
    pub guesses: usize,
}

/// Why there is no draft.
#[derive(Debug)]
pub enum DraftError {
    /// A file that cannot be read.
    Read { path: PathBuf, fault: Fault },
    /// Files that can be read, but of which no evaluation can be made.
    /// `hint` is what a file looks like, and what to try first.
    Unsuited { paths: Vec<PathBuf>, why: Trouble, hint: Option<String> },
}

impl std::error::Error for DraftError {}

impl fmt::Display for DraftError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DraftError::Read { path, fault } => write!(f, "{}: {fault}", path.display()),
            DraftError::Unsuited { paths, why, hint } => {
                let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
                let hint = hint.as_ref().map_or_else(String::new, |hint| format!("{hint}. Otherwise: "));
                write!(f, "{}: {hint}{why}", paths.join(", "))
            }
        }
    }
}

/// Drafts dictionaries and a pipeline. `place` gives a file's path as the pipeline is to write it.
///
/// # Errors
/// A [`DraftError`] where a file cannot be read, or nothing tells its respondents.
pub fn draft(
    request: &Request,
    place: &dyn Fn(&Path) -> String,
    open: Open<'_>,
) -> Result<Draft, DraftError> {
    let mut looked = Vec::with_capacity(request.files.len());
    for path in &request.files {
        let seen = look::look(path, &request.said, open);
        looked.push(seen.map_err(|fault| DraftError::Read { path: path.clone(), fault })?);
    }
    // Before anything else, since every message and every file would name the columns.
    let headless = looked.iter().filter(|looked| heading::holds_answers(looked));
    let paths: Vec<PathBuf> = headless.map(|looked| looked.path.clone()).collect();
    if !paths.is_empty() {
        return Err(DraftError::Unsuited { paths, why: Trouble::NoHeading, hint: None });
    }
    look::align(&mut looked);
    let groups = form::groups(&looked);
    let mut forms: Vec<Form<'_>> = Vec::new();
    for files in groups {
        let id = form::id(&files, &forms);
        let first = files.first().copied();
        forms.push(form::form(id, files, request, open).map_err(|error| match error {
            DraftError::Unsuited {
                paths,
                why: why @ (Trouble::NoRecords | Trouble::NoRespondent | Trouble::NoItems),
                ..
            } => {
                let hint = first.and_then(|looked| probe::hint(looked, &request.said, open));
                DraftError::Unsuited { paths, why, hint }
            }
            error => error,
        })?);
    }
    let mut dictionaries = Vec::new();
    for form in &forms {
        let file = if forms.len() == 1 { "dictionary.toml".to_owned() } else { format!("{}.toml", form.id) };
        dictionaries.push((file, form.dictionary(request.language)));
    }
    let names: Vec<&str> = dictionaries.iter().map(|(name, _)| name.as_str()).collect();
    let mut pipeline = pipeline::pipeline(request, &forms, &names, place);
    let texts = dictionaries.iter().map(|(_, text)| text).chain([&pipeline]);
    let guesses = texts.map(|text| text.matches("# guess:").count()).sum();
    let what = if guesses == 1 { "guess" } else { "guesses" };
    pipeline += &format!("\n# {guesses} {what} to look at: grep 'guess:' *.toml\n");
    let open = pipeline::open(&forms, &dictionaries, &pipeline);
    let found = forms.iter().map(Form::told).collect();
    Ok(Draft { dictionaries, pipeline, found, open, guesses })
}
