//! From a source as the pipeline names it to a file that exists.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::error::{IntakeError, Origin, Unreadable};
use crate::plan::Source;
use crate::written::suggestion;

/// The path of a source's file. `folder` is the pipeline's: relative paths start there, while the path in a `$NAME`
/// environment variable starts where the program was started, as its user typed it.
///
/// # Errors
/// [`IntakeError::Unreadable`] where the variable is not set, or there is no such file.
pub fn locate(source: &Source, folder: &Path) -> Result<PathBuf, IntakeError> {
    locate_with(source, folder, |name| std::env::var_os(name))
}

fn locate_with(
    source: &Source,
    folder: &Path,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<PathBuf, IntakeError> {
    let origin = origin(source, Path::new(&source.file));
    let get = match source.get.is_empty() {
        true => String::new(),
        false => format!("; where to get the file: {}", source.get),
    };
    let path = match source.file.strip_prefix('$') {
        None => folder.join(&source.file),
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
    use crate::plan::{Encoding, Format, WaveOf};

    fn source(file: &str) -> Source {
        Source {
            id: "help".into(),
            instrument: "help".into(),
            wave: WaveOf::File("w0".into()),
            file: file.into(),
            get: "the R package mosaicData".into(),
            format: Format {
                delimiter: ',',
                decimal: '.',
                encoding: Encoding::Utf8,
                date: "%Y-%m-%d".into(),
            },
            respondent: "ID".into(),
        }
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
        assert_eq!(found, folder.path().join("wave1.csv"));
        let message = locate_with(&source("Wave1.CSV"), folder.path(), |_| None).unwrap_err().to_string();
        assert!(message.contains("did you mean `wave1.csv`?"), "{message}");
        let by_variable = locate_with(&source("$X"), Path::new("/nowhere"), |name| {
            (name == "X").then(|| folder.path().join("wave1.csv").into_os_string())
        });
        assert_eq!(by_variable.unwrap(), folder.path().join("wave1.csv"));
    }
}
