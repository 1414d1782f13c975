//! Finds the files that a source of the pipeline names.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::error::{IntakeError, Origin, Unreadable};
use crate::plan::Source;
use crate::written::suggestion;

/// A file of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    pub path: PathBuf,
    /// Items that the file's name answers for every row: (item, text).
    pub captured: Vec<(String, String)>,
}

/// The files of a source, in the order in which they are declared, those of a pattern by name. `folder` is the pipeline's:
/// relative paths start there, while the path in a `$NAME` environment variable starts where the program was started, as its
/// user typed it.
///
/// # Errors
/// [`IntakeError::Unreadable`] where a variable is not set, there is no such file, or a pattern fits none.
pub fn locate(source: &Source, folder: &Path) -> Result<Vec<Located>, IntakeError> {
    locate_with(source, folder, |name| std::env::var_os(name))
}

fn locate_with(
    source: &Source,
    folder: &Path,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Vec<Located>, IntakeError> {
    let mut located: Vec<Located> = Vec::new();
    for file in &source.files {
        let found = match file.contains(['*', '{']) && !file.starts_with('$') {
            true => fitting(source, file, folder)?,
            false => vec![Located { path: one(source, file, folder, &variable)?, captured: Vec::new() }],
        };
        for file in found {
            if located.iter().all(|known| known.path != file.path) {
                located.push(file);
            }
        }
    }
    Ok(located)
}

/// The file of a plain name.
fn one(
    source: &Source,
    file: &str,
    folder: &Path,
    variable: &impl Fn(&str) -> Option<OsString>,
) -> Result<PathBuf, IntakeError> {
    let origin = origin(source, Path::new(file));
    let get = match source.get.is_empty() {
        true => String::new(),
        false => format!("; where to get the file: {}", source.get),
    };
    let path = match file.strip_prefix('$') {
        None => folder.join(file),
        Some(name) => match variable(name).filter(|path| !path.is_empty()) {
            Some(path) => PathBuf::from(path),
            None => {
                let found = format!("no environment variable `{name}`");
                return Err(Unreadable::new(&origin, found, "the path of the file in it")
                    .help(format!("set it to the file's path: {name}=…{get}"))
                    .into());
            }
        },
    };
    if path.is_file() {
        return Ok(path);
    }
    let found = match path.is_dir() {
        true => format!("a folder at {}", path.display()),
        false => format!("no file at {}", path.display()),
    };
    let help = format!("{}{get}", near(&path).unwrap_or_else(|| "check the path".to_owned()));
    Err(Unreadable::new(&origin, found, "a file that can be read").help(help).into())
}

/// The files that a pattern fits: `*` stands for any letters, `{item}` for letters that answer the item.
fn fitting(source: &Source, pattern: &str, folder: &Path) -> Result<Vec<Located>, IntakeError> {
    let parts = parts(pattern);
    let mut text = String::new();
    for part in &parts {
        match part {
            Part::Letters(letters) => text += &glob::Pattern::escape(letters),
            Part::Any | Part::Item(_) => text += "*",
        }
    }
    let base = glob::Pattern::escape(&folder.to_string_lossy());
    let whole = match base.is_empty() {
        true => text,
        false => format!("{base}/{text}"),
    };
    let origin = origin(source, Path::new(pattern));
    let options = glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::new() };
    let listed = glob::glob_with(&whole, options).map_err(|error| {
        Unreadable::new(
            &origin,
            format!("a pattern that cannot be read: {error}"),
            "a path with `*` or `{item}` in it",
        )
    })?;
    let mut located = Vec::new();
    for path in listed.filter_map(Result::ok).filter(|path| path.is_file() && !is_aside(path)) {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        // glob has found that it fits.
        let captured = captured(&parts, &name).unwrap_or_default();
        located.push(Located { path, captured });
    }
    match located.is_empty() {
        false => Ok(located),
        true => {
            let found = format!("no file that fits {pattern:?} in {}", folder.display());
            let help = "check the pattern: `*` stands for any letters within a name, `{item}` for letters that answer the item";
            Err(Unreadable::new(&origin, found, "at least one file").help(help).into())
        }
    }
}

/// Whether a program left the file aside while another is open: Excel's `~$w1.xlsx`, and hidden ones.
fn is_aside(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with("~$") || name.starts_with('.')
}

/// A part of a pattern of file names.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Letters(String),
    Any,
    Item(String),
}

fn parts(pattern: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['*', '{']) {
        if at > 0 {
            parts.push(Part::Letters(rest[..at].to_owned()));
        }
        let item = rest[at..].strip_prefix('{').and_then(|inner| inner.split_once('}'));
        rest = match item {
            Some((item, after)) => {
                parts.push(Part::Item(item.to_owned()));
                after
            }
            None => {
                parts.push(Part::Any);
                &rest[at + 1..]
            }
        };
    }
    if !rest.is_empty() {
        parts.push(Part::Letters(rest.to_owned()));
    }
    parts
}

/// What stands for each item of a pattern in a name that it fits; the shortest letters that do.
fn captured(parts: &[Part], name: &str) -> Option<Vec<(String, String)>> {
    match parts {
        [] => name.is_empty().then(Vec::new),
        [Part::Letters(letters), rest @ ..] => captured(rest, name.strip_prefix(letters.as_str())?),
        [open, rest @ ..] => {
            let ends = name.char_indices().map(|(at, _)| at).chain([name.len()]);
            for end in ends.take_while(|end| !name[..*end].contains('/')) {
                if let Some(mut found) = captured(rest, &name[end..]) {
                    if let Part::Item(item) = open {
                        found.insert(0, (item.clone(), name[..end].to_owned()));
                    }
                    return Some(found);
                }
            }
            None
        }
    }
}

/// The source and the name of its file, for messages.
pub(super) fn origin(source: &Source, path: &Path) -> Origin {
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Origin { source: source.id.clone(), file }
}

/// The file of the same folder whose name is nearest.
fn near(path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_str()?;
    let mut names: Vec<String> = std::fs::read_dir(path.parent()?)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    suggestion(wanted, names.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::WaveOf;

    fn source(file: &str) -> Source {
        let mut source = Source::new("help", "help", WaveOf::File("w0".into()), file, "ID");
        source.get = "the R package mosaicData".into();
        source
    }

    fn paths(located: Vec<Located>) -> Vec<PathBuf> {
        located.into_iter().map(|located| located.path).collect()
    }

    #[test]
    fn a_variable_that_is_not_set_is_named_with_where_to_get_the_file() {
        let message = locate_with(&source("$HELP_CSV"), Path::new("."), |_| None).unwrap_err().to_string();
        assert_eq!(
            message,
            "help ($HELP_CSV): found no environment variable `HELP_CSV`; expected the path of the file in it; \
             set it to the file's path: HELP_CSV=…; where to get the file: the R package mosaicData"
        );
    }

    #[test]
    fn paths_are_relative_to_the_folder_and_absent_files_suggest_a_near_name() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("wave1.csv"), "x").unwrap();
        let found = locate_with(&source("wave1.csv"), folder.path(), |_| None).unwrap();
        assert_eq!(paths(found), [folder.path().join("wave1.csv")]);
        let message = locate_with(&source("Wave1.CSV"), folder.path(), |_| None).unwrap_err().to_string();
        assert!(message.contains("did you mean `wave1.csv`?"), "{message}");
        let by_variable = locate_with(&source("$X"), Path::new("/nowhere"), |name| {
            (name == "X").then(|| folder.path().join("wave1.csv").into_os_string())
        });
        assert_eq!(paths(by_variable.unwrap()), [folder.path().join("wave1.csv")]);
    }

    #[test]
    fn patterns_give_every_file_that_they_fit_and_what_its_name_says() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("data")).unwrap();
        for name in ["Oslo-t0.csv", "Bodø-t0.csv", "Bodø-t6.csv", "notes.txt", "~$Oslo-t0.csv"] {
            std::fs::write(folder.path().join("data").join(name), "x").unwrap();
        }
        let found = locate_with(&source("data/{service}-t0.csv"), folder.path(), |_| None).unwrap();
        let services: Vec<&str> = found.iter().map(|file| file.captured[0].1.as_str()).collect();
        assert_eq!(services, ["Bodø", "Oslo"]);
        let found = locate_with(&source("data/*.csv"), folder.path(), |_| None).unwrap();
        assert_eq!(found.len(), 3);
        let message =
            locate_with(&source("data/*-t12.csv"), folder.path(), |_| None).unwrap_err().to_string();
        assert!(message.contains("no file that fits \"data/*-t12.csv\""), "{message}");
    }
}
